//! Writes what was heard, in the form that was asked for, and keeps what is said at the end.

use std::{os::fd::AsFd, sync::Arc};

use super::{FailOn, Output, Repeat, Tally, Tell, Wishes};
use crate::{
    diagnose::Extent,
    error::{Error, Result},
    render::{self, Form, Look, Place, Told},
    secrets::Also,
    stream::{Encoding, Twin},
};

/// How errors are told, whatever the form.
#[derive(Debug, Clone)]
pub struct Options {
    /// The screen.
    pub look: Look,
    /// The same error again.
    pub repeat: Repeat,
    /// Whether secrets are masked in what passes, and what else is.
    pub redact: Option<Also>,
    /// When there is a summary at the end.
    pub summary: Summarise,
    /// Which errors make the run fail.
    pub fail_on: FailOn,
}

/// When there is a summary at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Summarise {
    /// Never.
    Never,
    /// Where there was an error.
    Always,
    /// Where there was more than one.
    Several,
}

/// How a run ended.
#[derive(Debug)]
pub struct Ended {
    /// Whether an error came that makes it fail.
    pub failure: bool,
    /// The form's page for the CI job.
    pub page: Option<Vec<u8>>,
    /// The summary, where the output is a document that it cannot stand in.
    pub summary: Vec<u8>,
}

/// Writes pieces and notes; one for a run.
pub struct Teller {
    form: Box<dyn Form>,
    options: Options,
    out: Output,
    /// Where notes and documents go, where that is not the output.
    notes: Option<Output>,
    /// Why notes could not be written there. The log passes on without them; it is told at the end.
    unwritten: Option<Error>,
    tally: Tally,
    /// Whether what was written last has no line break.
    unfinished: bool,
    /// How the input is written, and what stands among it.
    encoding: Encoding,
}

impl std::fmt::Debug for Teller {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Teller")
    }
}

impl Teller {
    /// A teller in this form.
    #[must_use]
    pub fn new(form: Box<dyn Form>, options: Options, out: Output, notes: Option<Output>) -> Self {
        Self {
            form,
            tally: Tally::new(options.fail_on.clone(), options.summary != Summarise::Never),
            options,
            out,
            notes,
            unwritten: None,
            unfinished: false,
            encoding: Encoding::default(),
        }
    }

    /// What it wants to hear.
    #[must_use]
    pub fn wishes(&self) -> Wishes {
        Wishes {
            verbatim: self.form.passes(),
            lines: self.form.counts_lines() || self.options.summary != Summarise::Never,
            all: self.form.lists_all(),
            extent: if self.form.passes() && !self.options.look.whole {
                Extent::First
            } else {
                Extent::Whole
            },
            repeat: self.options.repeat,
            redact: self.options.redact,
        }
    }

    /// Whether the input passes and notes stand in it; otherwise a document is written.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.form.passes()
    }

    /// The shorter way to the output of an input that passes as it comes; `None` where there is none.
    pub fn twin(&mut self, input: &impl AsFd) -> Option<Arc<Twin>> {
        let as_it_comes = self.form.passes() && self.options.redact.is_none();
        as_it_comes.then(|| self.out.twin(input))?
    }

    /// The input that comes next.
    pub fn enter(&mut self, file: Option<&str>) -> Result<()> {
        self.tally.enter();
        let bytes = self.form.enter(file);
        self.write(&bytes)?;
        self.encoding = Encoding::default();
        Ok(())
    }

    /// Tells of an error whose own stream passes elsewhere, with the line that it was found by.
    pub fn aside(&mut self, told: &Told) -> Result<()> {
        self.tally.told(told);
        let note = self.form.tell(told);
        if !self.form.passes() {
            return self.write(&note);
        }
        if self.notes.is_none() && std::mem::take(&mut self.unfinished) {
            self.write(b"\n")?;
        }
        self.write(&render::quote(&told.line, self.options.look))?;
        self.write(&note)
    }

    /// All inputs have ended.
    pub fn finish(&mut self) -> Result<Ended> {
        let bytes = self.form.finish();
        self.write(&bytes)?;
        let mut summary = self.summary();
        if self.form.passes() {
            let unfinished = self.unfinished && self.notes.is_none();
            self.note(std::mem::take(&mut summary), unfinished)?;
        }
        if let Some(fault) = self.unwritten.take() {
            return Err(fault);
        }
        Ok(Ended {
            failure: self.tally.is_failure(),
            page: self.form.page(),
            summary,
        })
    }

    fn summary(&self) -> Vec<u8> {
        let found = self.tally.summary();
        let least = match self.options.summary {
            Summarise::Never => return Vec::new(),
            Summarise::Always => 1,
            Summarise::Several => 2,
        };
        if found.errors < least {
            return Vec::new();
        }
        render::summary(found, self.options.look)
    }

    /// Writes whole lines of ours, behind an unfinished line of the input with the line break before and not behind.
    fn note(&mut self, mut note: Vec<u8>, unfinished: bool) -> Result<()> {
        if unfinished && note.pop().is_some() {
            note.insert(0, b'\n');
        }
        self.write(&note)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        match &mut self.notes {
            Some(notes) if self.form.passes() => {
                if self.unwritten.is_none() {
                    self.unwritten = notes.put(bytes).err();
                }
                Ok(())
            }
            Some(notes) => notes.put(bytes),
            None if self.form.passes() => self.out.put(&self.encoding.encode(bytes)),
            None => self.out.put(bytes),
        }
    }
}

impl Tell for Teller {
    fn encoded(&mut self, encoding: Encoding) -> Result<()> {
        self.encoding = encoding;
        self.out.part();
        Ok(())
    }

    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        if let Some(last) = bytes.last() {
            self.unfinished = *last != b'\n';
        }
        if self.encoding == Encoding::Bytes {
            self.out.pass(bytes)
        } else {
            self.out.put(&self.encoding.encode(bytes))
        }
    }

    fn told(&mut self, told: Told, unfinished: bool) -> Result<()> {
        if self.notes.is_some() || !self.form.passes() {
            return self.aside(&told);
        }
        self.tally.told(&told);
        let note = self.form.tell(&told);
        self.note(note, unfinished)
    }

    fn again(&mut self, key: u64, place: Place) -> Result<()> {
        self.tally.again(key, &place);
        Ok(())
    }
}
