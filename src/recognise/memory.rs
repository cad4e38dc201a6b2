//! What was read before, by the skeleton of what it was read from, so that an error that comes again and again is not
//! read again and again.
//!
//! It has a fixed size; what is new takes the place of something old. What is forgotten is read once more, so the output
//! does not depend on it.

use super::{Shape, Skeleton};

/// How many openings and closings are remembered at most.
const SLOTS: usize = 1 << 13;

/// How a block opens with its marked line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Opening {
    /// The shape that keeps it open; `None` where no shape knows the line.
    pub shape: Option<&'static dyn Shape>,
    /// A more specific shape than the one that has found something, which waits for more lines.
    pub waiting: Option<&'static dyn Shape>,
    /// Whether it was found in the line without the escapes of a string.
    pub unescaped: bool,
    /// Whether an error was found already.
    pub found: bool,
}

#[derive(Debug, Clone, Copy)]
enum Reading {
    Opening(Opening),
    Closing(Closing),
}

/// What a whole block is.
#[derive(Debug, Clone, Copy)]
pub struct Closing {
    /// The key of its error; `None` where there is none.
    pub key: Option<u64>,
}

/// See the module. Nothing is allocated before there is something to remember.
#[derive(Debug, Default)]
pub struct Memory {
    slots: Vec<Option<(u64, Reading)>>,
}

impl Memory {
    /// How a block opens with these lines.
    pub fn opening(&self, lines: Skeleton) -> Option<Opening> {
        match self.get(lines, false) {
            Some(Reading::Opening(opening)) => Some(opening),
            _ => None,
        }
    }

    /// What these lines are as a whole.
    pub fn closing(&self, lines: Skeleton) -> Option<Closing> {
        match self.get(lines, true) {
            Some(Reading::Closing(closing)) => Some(closing),
            _ => None,
        }
    }

    /// Remembers how a block opens.
    pub fn opened(&mut self, lines: Skeleton, opening: Opening) {
        self.put(lines, false, Reading::Opening(opening));
    }

    /// Remembers what a whole block is.
    pub fn closed(&mut self, lines: Skeleton, key: Option<u64>) {
        self.put(lines, true, Reading::Closing(Closing { key }));
    }

    fn get(&self, lines: Skeleton, whole: bool) -> Option<Reading> {
        let (place, hash) = place(lines, whole);
        let (known, reading) = (*self.slots.get(place)?)?;
        (known == hash).then_some(reading)
    }

    fn put(&mut self, lines: Skeleton, whole: bool, reading: Reading) {
        if self.slots.is_empty() {
            self.slots = vec![None; SLOTS];
        }
        let (place, hash) = place(lines, whole);
        self.slots[place] = Some((hash, reading));
    }
}

/// Where the reading of these lines stands, and the hash that it is known by.
fn place(lines: Skeleton, whole: bool) -> (usize, u64) {
    let hash = if whole { !lines.value() } else { lines.value() };
    ((hash >> 32) as usize % SLOTS, hash)
}
