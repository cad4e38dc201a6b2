//! The files of a command line: what is in folders, where that is asked for, and the reading of all of them.

use std::{fs, io, thread};

use walkdir::WalkDir;

use super::{progress::Bar, screen};
use crate::{
    error::{Error, Result},
    filter::{Event, Queue, in_order},
    stream::Progress,
};

/// The inputs of a command.
pub struct Files {
    names: Vec<String>,
    /// The exit status, as far as a folder could not be looked into.
    status: u8,
}

/// What is found in them, in order.
pub enum Found<'n, P> {
    /// What follows is of this input; `-` is standard input.
    Begins(&'n str),
    /// A piece of it.
    Piece(P),
}

impl Files {
    /// The inputs that are named; where `recursive` says so, a folder is replaced by the regular files in and below it, by
    /// name. What could not be looked into is told of.
    pub fn named(names: &[String], recursive: bool) -> Self {
        if !recursive {
            return Self {
                names: names.to_vec(),
                status: 0,
            };
        }
        let (mut files, mut status) = (Vec::new(), 0);
        let mut failed = |fault: &Error| {
            screen::warn(fault);
            status = fault.status();
        };
        for name in names {
            if name == "-" || !fs::metadata(name).is_ok_and(|found| found.is_dir()) {
                files.push(name.clone());
                continue;
            }
            for found in WalkDir::new(name).sort_by_file_name() {
                match found {
                    Ok(found) if found.file_type().is_file() => match found.path().to_str() {
                        Some(path) => files.push(path.to_owned()),
                        None => failed(&Error::Read {
                            from: found.path().display().to_string(),
                            source: io::Error::other("its name is not UTF-8"),
                        }),
                    },
                    Ok(_) => {}
                    Err(fault) => failed(&Error::Read {
                        from: fault
                            .path()
                            .map_or(name.clone(), |path| path.display().to_string()),
                        source: fault.into(),
                    }),
                }
            }
        }
        Self {
            names: files,
            status,
        }
    }

    /// Reads all of them on all cores, each by `read`, and gives what is found to `take` in their order. One that could not
    /// be read is told of in its turn, and the others are read. `wants_bar`: work over a second shows how far it is. Gives the
    /// exit status.
    ///
    /// # Errors
    /// Those of `take`.
    pub fn read_all<'n, P: Send>(
        &'n self,
        wants_bar: bool,
        read: impl Fn(&str, &Progress, &mut Queue<P>) -> Result<()> + Sync,
        mut take: impl FnMut(Found<'n, P>) -> Result<()>,
    ) -> Result<u8> {
        let progress = Progress::new(0);
        let mut bar = Bar::new(&self.names, &progress, wants_bar);
        let mut status = self.status;
        let cores = thread::available_parallelism().map_or(1, usize::from);
        in_order(
            &self.names,
            cores.min(self.names.len()),
            |name, queue| read(name, &progress, queue),
            |event| {
                match event {
                    Event::Begins(name) => take(Found::Begins(name))?,
                    Event::Piece(piece) => take(Found::Piece(piece))?,
                    Event::Unread(fault) => {
                        bar.warn(&fault);
                        status = fault.status();
                    }
                    Event::Tick => bar.tick(),
                }
                Ok(())
            },
        )?;
        Ok(status)
    }
}

/// How many bytes the files have on the disk, as far as that is known.
pub fn size(files: &[String]) -> u64 {
    files
        .iter()
        .filter_map(|file| fs::metadata(file).ok())
        .map(|found| found.len())
        .sum()
}
