//! What can go wrong, and with which status the program then ends.
//!
//! Every error says what was being done, where (a flag, or a file and a line), and what mends it.
//! [`Error::status`] is the one place that knows the exit statuses:
//!
//! | status | when |
//! | --- | --- |
//! | 1 | `--fail-on` was met |
//! | 2 | the command line is wrong |
//! | 3 | the knowledge or the configuration is invalid |
//! | 4 | input or output failed |
//! | 125 | input or output of ours failed beside a command that `run` runs |
//! | 126, 127 | that command cannot be run, is not found |

use std::{io, path::PathBuf};

/// All failures of this program.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line cannot be carried out; the text names the flag and the remedy.
    #[error("{0}")]
    Usage(String),

    /// An entry or a configuration file is not of its form.
    #[error("{}{}: {}", file.display(), if *line > 0 { format!(":{line}") } else { String::new() }, without_number(what))]
    Invalid {
        /// The file that is wrong.
        file: PathBuf,
        /// Its line, from 1; 0 where the fault has none.
        line: usize,
        /// What is wrong, and what would be right.
        what: String,
    },

    /// Reading failed.
    #[error("cannot read {from}: {}", without_number(&source.to_string()))]
    Read {
        /// What was read: a path, or `standard input`.
        from: String,
        /// The system's own words.
        source: io::Error,
    },

    /// Writing failed.
    #[error("cannot write to {to}: {}", without_number(&source.to_string()))]
    Write {
        /// What was written to: a path, `standard output` or `standard error`.
        to: String,
        /// The system's own words.
        source: io::Error,
    },

    /// A command cannot be started.
    #[error("cannot run `{command}`: {}", why_not(source))]
    Start {
        /// The command's name, as it was typed.
        command: String,
        /// The system's own words.
        source: io::Error,
    },

    /// Something failed beside a command whose status is ours otherwise.
    #[error("{0}")]
    Beside(Box<Error>),
}

/// Why a command was not started, with the remedy.
fn why_not(fault: &io::Error) -> String {
    match fault.kind() {
        io::ErrorKind::NotFound => "it is not found; is it installed, and on PATH?".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "it is no program that may be executed (`chmod +x` makes a file one)".to_owned()
        }
        _ => without_number(&fault.to_string()),
    }
}

/// A text without the number that the system's words end with, which tells a reader nothing.
fn without_number(text: &str) -> String {
    let Some((before, rest)) = text.split_once(" (os error ") else {
        return text.to_owned();
    };
    let behind = rest.split_once(')').map_or("", |(_, behind)| behind);
    format!("{before}{behind}")
}

/// What a fallible part of this program returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The exit status that tells this failure from the others.
    #[must_use]
    pub fn status(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Invalid { .. } => 3,
            Self::Read { .. } | Self::Write { .. } => 4,
            Self::Beside(_) => 125,
            Self::Start { source, .. } => match source.kind() {
                io::ErrorKind::NotFound => 127,
                _ => 126,
            },
        }
    }

    /// The same failure beside a command, so that its status is no status of the command's.
    #[must_use]
    pub fn beside(self) -> Self {
        match self {
            Self::Read { .. } | Self::Write { .. } => Self::Beside(Box::new(self)),
            other => other,
        }
    }

    /// Whether the reader of our output has gone away, which ends the program quietly.
    #[must_use]
    pub fn is_closed_output(&self) -> bool {
        matches!(self, Self::Write { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}
