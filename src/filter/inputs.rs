//! The inputs: standard input, a file, a stream of a command.

use std::{
    fs::File,
    io,
    os::fd::OwnedFd,
    sync::{Arc, atomic::Ordering},
};

use super::{Explainer, Filter, Listener, Pieces, Tell, Wishes};
use crate::{
    error::{Error, Result},
    knowledge::Knowledge,
    sieve::Sieve,
    stream::{Decoder, Progress, Source, Twin, pump, unpack},
};

/// Reads an input and tells of it.
pub fn read<T: Tell>(
    input: &Input<'_>,
    explainer: &Explainer<'_>,
    wishes: Wishes,
    progress: &Progress,
    to: &mut T,
) -> Result<()> {
    let file = match input.from {
        From::File(_) => Some(input.name),
        From::Stdin(_) | From::Command { .. } => None,
    };
    input.read_into(progress, &mut Listener::new(explainer, wishes, file, to))
}

/// An input that can be read: standard input, a file, or a stream of a command.
#[derive(Debug)]
pub struct Input<'n> {
    name: &'n str,
    from: From<'n>,
}

/// Where an input comes from.
#[derive(Debug)]
enum From<'n> {
    Stdin(Option<Arc<Twin>>),
    File(File),
    Command { pipe: OwnedFd, ended: &'n OwnedFd },
}

impl<'n> Input<'n> {
    /// Opens the input of that name; `-` is standard input.
    ///
    /// # Errors
    /// A file that cannot be opened, or that standard output goes to.
    pub fn open(name: &'n str) -> Result<Self> {
        if name == "-" {
            return Ok(Self::standard(None));
        }
        let failed = |source| Error::Read {
            from: name.to_owned(),
            source,
        };
        let file = File::open(name).map_err(failed)?;
        if is_output(&file) {
            return Err(failed(io::Error::other("it is also the output")));
        }
        let from = From::File(file);
        Ok(Self { name, from })
    }

    /// Standard input, of which `twin` is the shorter way to standard output.
    #[must_use]
    pub fn standard(twin: Option<Arc<Twin>>) -> Self {
        Self {
            name: "standard input",
            from: From::Stdin(twin),
        }
    }

    /// The pipe from a command; `ended` can be read when the command has ended.
    #[must_use]
    pub fn of_command(name: &'n str, pipe: OwnedFd, ended: &'n OwnedFd) -> Self {
        let from = From::Command { pipe, ended };
        Self { name, from }
    }

    /// The pipe that it was made of.
    #[must_use]
    pub fn into_pipe(self) -> Option<OwnedFd> {
        match self.from {
            From::Command { pipe, .. } => Some(pipe),
            From::Stdin(_) | From::File(_) => None,
        }
    }

    /// Its name, for people.
    #[must_use]
    pub fn name(&self) -> &'n str {
        self.name
    }

    /// Reads it to its end: a file unpacked, standard input as it comes.
    pub fn read_into<P: Pieces>(&self, progress: &Progress, pieces: &mut P) -> Result<()> {
        let sieve = Sieve::with(pieces.knowledge().map_or(&[], Knowledge::anchors));
        let mut filter = Filter::new(&sieve, pieces);
        let mut decoder = Decoder::new(&mut filter);
        let done = match &self.from {
            From::File(file) => return unpack(file, self.name, progress, &mut decoder),
            From::Stdin(twin) => {
                let (stdin, twin) = (io::stdin(), twin.as_deref());
                let source = Source {
                    twin,
                    ..Source::new(&stdin, self.name)
                };
                pump(&source, &mut decoder)
            }
            From::Command { pipe, ended } => {
                let ended = Some(*ended);
                let source = Source {
                    ended,
                    ..Source::new(pipe, self.name)
                };
                pump(&source, &mut decoder)
            }
        };
        progress.fetch_add(filter.passed(), Ordering::Relaxed);
        done
    }
}

/// Whether a file is the regular file that standard output goes to: reading it would never end.
fn is_output(file: &File) -> bool {
    let (Ok(input), Ok(output)) = (rustix::fs::fstat(file), rustix::fs::fstat(io::stdout())) else {
        return false;
    };
    rustix::fs::FileType::from_raw_mode(input.st_mode).is_file()
        && (input.st_dev, input.st_ino) == (output.st_dev, output.st_ino)
}
