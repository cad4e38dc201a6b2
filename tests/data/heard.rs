//! What the filter gives, kept in memory: what tests of its promises and of recognition have in common.

use std::ops::Range;

use awsexplain::{
    error::Result,
    filter::{Filter, Pieces},
    recognise::{AwsError, Recognised},
    sieve::Sieve,
    stream::Sink,
};

/// An error that was recognised.
#[derive(Debug, PartialEq)]
pub struct Found {
    pub error: AwsError,
    /// The cleaned line that it was found by.
    pub line: String,
    /// The bytes of its block.
    pub place: Range<u64>,
    /// The number of its first line.
    pub number: u64,
}

/// What the filter gave, in order.
#[derive(Debug, Default)]
pub struct Heard {
    /// The verbatim pieces.
    pub joined: Vec<u8>,
    pub errors: Vec<Found>,
    /// How many bytes had passed when each error came, and whether it was said to be unfinished.
    pub notes: Vec<(usize, bool)>,
}

impl Pieces for Heard {
    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        self.joined.extend_from_slice(bytes);
        Ok(())
    }

    fn recognised(
        &mut self,
        recognised: &Recognised,
        lines: Option<(u64, u64)>,
        unfinished: bool,
    ) -> Result<()> {
        self.errors.push(Found {
            error: recognised.error.clone(),
            line: recognised.line.clone(),
            place: recognised.place.clone(),
            number: lines.unwrap_or_default().0,
        });
        self.notes.push((self.joined.len(), unfinished));
        Ok(())
    }

    fn counts_lines(&self) -> bool {
        true
    }
}

/// Filters an input that comes in these pieces.
pub fn heard<'i>(sieve: &Sieve, pieces: impl IntoIterator<Item = &'i [u8]>) -> Heard {
    let mut heard = Heard::default();
    let mut filter = Filter::new(sieve, &mut heard);
    for piece in pieces {
        filter.push(piece).expect("a vector takes everything");
    }
    filter.finish().expect("a vector takes everything");
    heard
}
