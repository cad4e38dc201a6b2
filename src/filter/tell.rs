//! What is written for each piece, in the form that was asked for.

use std::io::{self, Write};

use once_cell::unsync::OnceCell;

use super::{Heard, Pieces, Quiet};
use crate::{
    diagnose::{self, Explanation, Shell},
    environment::{self, About, Finding, Host},
    error::{Error, Result},
    knowledge,
    recognise::{AwsError, Recognised},
    render::{self, Event, Look},
    secrets::{Also, Mask},
};

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The input, with notes under its errors.
    Annotate,
    /// One line a note.
    Brief,
    /// One JSON object for each error, and nothing else.
    Jsonl,
}

/// How often the same error is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Once.
    Once,
    /// Once in full, then in one line.
    Brief,
    /// Every time in full.
    Full,
}

/// How errors are told.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The form.
    pub form: Form,
    /// The same error again.
    pub repeat: Repeat,
    /// The screen.
    pub look: Look,
    /// The shell that fixes are written for.
    pub shell: Shell,
    /// Whether secrets are masked in what passes, and what else is.
    pub redact: Option<Also>,
}

/// Something to write to, with the name that an error message calls it by.
pub struct Output {
    /// Where to.
    pub to: Box<dyn Write>,
    /// Its name.
    pub name: String,
}

impl std::fmt::Debug for Output {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.name)
    }
}

impl Output {
    /// Writes all of it, waiting where the other side of a non-blocking pipe is full.
    pub fn put(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            match self.to.write(bytes) {
                Ok(0) => return Err(self.failed(io::ErrorKind::WriteZero.into())),
                Ok(count) => bytes = &bytes[count..],
                Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
                Err(fault) if fault.kind() == io::ErrorKind::WouldBlock => {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                }
                Err(fault) => return Err(self.failed(fault)),
            }
        }
        Ok(())
    }

    fn failed(&self, source: io::Error) -> Error {
        Error::Write {
            to: self.name.clone(),
            source,
        }
    }
}

/// Writes pieces and notes.
pub struct Teller<'h> {
    options: Options,
    out: Output,
    /// Where notes go, where that is not the output.
    notes: Option<Output>,
    /// The machine, where the check is on.
    host: Option<&'h dyn Host>,
    findings: OnceCell<Vec<Finding>>,
    quiet: Quiet,
    /// Masks what passes, where that is wanted.
    mask: Option<Mask>,
    file: Option<String>,
    /// The command that failed, where it is known.
    again: Option<String>,
    /// How many errors were recognised, repeats included.
    pub count: u64,
}

impl std::fmt::Debug for Teller<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Teller")
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl<'h> Teller<'h> {
    /// A teller; `host` only where the check is on.
    #[must_use]
    pub fn new(
        options: Options,
        out: Output,
        notes: Option<Output>,
        host: Option<&'h dyn Host>,
    ) -> Self {
        Self {
            options,
            out,
            notes,
            host,
            findings: OnceCell::new(),
            quiet: Quiet::default(),
            mask: options.redact.map(Mask::new),
            file: None,
            again: None,
            count: 0,
        }
    }

    /// The input that comes next.
    pub fn enter(&mut self, file: Option<&str>) {
        self.file = file.map(str::to_owned);
        self.quiet = Quiet::default();
        self.mask = self.options.redact.map(Mask::new);
    }

    fn explain(&self, error: &AwsError) -> Explanation {
        let findings = self.findings.get_or_init(|| {
            let message = error.message.clone().unwrap_or_default();
            self.host
                .map(|host| {
                    environment::examine(
                        host,
                        &About {
                            message,
                            ..About::default()
                        },
                    )
                })
                .unwrap_or_default()
        });
        diagnose::explain(
            error,
            &knowledge::find(error),
            findings,
            self.host,
            self.options.shell,
        )
    }

    fn note(&self, error: &AwsError, heard: Heard) -> Option<Vec<u8>> {
        let brief = match (self.options.repeat, heard) {
            (_, Heard::First) | (Repeat::Full, _) => self.options.form == Form::Brief,
            (Repeat::Once, Heard::Again(_)) => return None,
            (Repeat::Brief, Heard::Again(_)) => true,
        };
        let mut told = self.explain(error);
        if brief {
            told.summary.clear();
            told.causes.clear();
            told.links.clear();
        }
        Some(render::note(
            error,
            &told,
            self.again.as_deref(),
            self.options.look,
        ))
    }
}

impl Pieces for Teller<'_> {
    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        if self.options.form == Form::Jsonl {
            return Ok(());
        }
        let Some(mask) = &mut self.mask else {
            return self.out.put(bytes);
        };
        let mut masked = Vec::with_capacity(bytes.len());
        mask.put(bytes, &mut masked);
        self.out.put(&masked)
    }

    fn holds(&self) -> bool {
        self.mask.as_ref().is_some_and(Mask::holds)
    }

    fn release(&mut self) -> Result<()> {
        let Some(mask) = &mut self.mask else {
            return Ok(());
        };
        let mut masked = Vec::new();
        mask.pause(&mut masked);
        self.out.put(&masked)
    }

    fn counts_lines(&self) -> bool {
        self.options.form == Form::Jsonl
    }

    fn recognised(
        &mut self,
        recognised: &Recognised,
        lines: Option<(u64, u64)>,
        unfinished: bool,
    ) -> Result<()> {
        self.count += 1;
        let error = &recognised.error;
        let heard = self.quiet.hear(error, lines.map_or(0, |(first, _)| first));
        if self.options.form == Form::Jsonl {
            let event = Event {
                file: self.file.as_deref(),
                line: lines.map(|(first, _)| first),
                end_line: lines.map(|(_, last)| last),
                offset: recognised.place.start,
                repeat_of: match heard {
                    Heard::First => None,
                    Heard::Again(line) => Some(line),
                },
            };
            let mut object = render::object(&event, error, &self.explain(error)).to_string();
            object.push('\n');
            return self
                .notes
                .as_mut()
                .unwrap_or(&mut self.out)
                .put(object.as_bytes());
        }
        let Some(mut note) = self.note(error, heard) else {
            return Ok(());
        };
        if let Some(notes) = &mut self.notes {
            notes.put(&render::quote(&recognised.line, self.options.look))?;
            return notes.put(&note);
        }
        self.release()?;
        if unfinished {
            note.pop();
            note.insert(0, b'\n');
        }
        self.out.put(&note)
    }
}
