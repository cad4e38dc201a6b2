//! Writes what was heard, in the form that was asked for, and keeps what is said at the end.

use super::{Output, Repeat, Tell, Wishes};
use crate::{
    error::Result,
    render::{self, Form, Look, Place, Told},
    secrets::Also,
};

/// How errors are told, whatever the form.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The screen.
    pub look: Look,
    /// The same error again.
    pub repeat: Repeat,
    /// Whether secrets are masked in what passes, and what else is.
    pub redact: Option<Also>,
}

/// Writes pieces and notes; one for a run.
pub struct Teller {
    form: Box<dyn Form>,
    options: Options,
    out: Output,
    /// Where notes and documents go, where that is not the output.
    notes: Option<Output>,
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
            options,
            out,
            notes,
        }
    }

    /// What it wants to hear.
    #[must_use]
    pub fn wishes(&self) -> Wishes {
        Wishes {
            verbatim: self.form.passes(),
            lines: self.form.counts_lines(),
            all: self.form.lists_all(),
            repeat: self.options.repeat,
            redact: self.options.redact,
        }
    }

    /// The input that comes next.
    pub fn enter(&mut self, file: Option<&str>) -> Result<()> {
        let bytes = self.form.enter(file);
        self.write(&bytes)
    }

    /// All inputs have ended.
    pub fn finish(&mut self) -> Result<()> {
        let bytes = self.form.finish();
        self.write(&bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.notes.as_mut().unwrap_or(&mut self.out).put(bytes)
    }
}

impl Tell for Teller {
    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        self.out.put(bytes)
    }

    fn told(&mut self, told: Told, unfinished: bool) -> Result<()> {
        let mut note = self.form.tell(&told);
        if self.form.passes() {
            if let Some(notes) = &mut self.notes {
                notes.put(&render::quote(&told.line, self.options.look))?;
            } else if unfinished && note.pop().is_some() {
                note.insert(0, b'\n');
            }
        }
        self.write(&note)
    }

    fn again(&mut self, _key: u64, _place: Place) -> Result<()> {
        Ok(())
    }
}
