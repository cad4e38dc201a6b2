//! What every form of the output has in common: what it is given, and what it may be asked.
//!
//! A form is one file of `forms` and one line of its table. It knows how an error looks and nothing else: whoever drives
//! it passes the input through where [`Form::passes`] says so, hands over each error, and writes the bytes that come back.

use std::sync::Arc;

use super::json::Event;
use crate::{diagnose::Explanation, recognise::AwsError};

/// Where an error stands.
#[derive(Debug, Clone)]
pub struct Place {
    /// The file, where it is one.
    pub file: Option<Arc<str>>,
    /// The numbers of the block's first and last line, from 1; `None` where lines are not counted.
    pub lines: Option<(u64, u64)>,
    /// The byte offset of the block's first byte.
    pub offset: u64,
}

/// One error, with all that is told of it.
#[derive(Debug, Clone)]
pub struct Told {
    /// What was read.
    pub error: AwsError,
    /// The line that it was found by, as the log has it; secrets are still in it.
    pub line: String,
    /// Where.
    pub place: Place,
    /// What it means.
    pub explanation: Explanation,
    /// The line where the same error was told first, where this is a repeat; 0 where lines are not counted.
    pub repeat_of: Option<u64>,
    /// Whether its head is enough.
    pub brief: bool,
    /// The same for all errors that count as one; see `filter::Quiet`.
    pub key: u64,
}

impl Told {
    /// The place, as the JSON object has it.
    #[must_use]
    pub fn event(&self) -> Event<'_> {
        Event {
            file: self.place.file.as_deref(),
            line: self.place.lines.map(|(first, _)| first),
            end_line: self.place.lines.map(|(_, last)| last),
            offset: self.place.offset,
            repeat_of: self.repeat_of,
        }
    }
}

/// A form of the output.
pub trait Form: Send {
    /// Whether the input passes through and this stands among it; otherwise the document is all that comes out.
    fn passes(&self) -> bool {
        true
    }

    /// Whether it lists every occurrence, whatever is asked for repeats.
    fn lists_all(&self) -> bool {
        !self.passes()
    }

    /// Whether it prints the numbers of lines.
    fn counts_lines(&self) -> bool {
        !self.passes()
    }

    /// The next input begins; `None` is standard input.
    fn enter(&mut self, _file: Option<&str>) -> Vec<u8> {
        Vec::new()
    }

    /// What is written for one error: whole lines.
    fn tell(&mut self, told: &Told) -> Vec<u8>;

    /// What is written when all inputs have ended.
    fn finish(&mut self) -> Vec<u8> {
        Vec::new()
    }

    /// A page for the CI job, beside what is written; `None` where the form has none or nothing was found.
    fn page(&mut self) -> Option<Vec<u8>> {
        None
    }
}
