//! What was read before, by the skeleton of what it was read from, so that an error that comes again and again is not
//! read again and again.
//!
//! It has a fixed size; what is new takes the place of something old. What is forgotten is read once more, so the output
//! does not depend on it.

use super::{Skeleton, shapes::Kind};

/// How many readings are remembered at most.
const SLOTS: usize = 1 << 15;

/// How a block opens with its marked line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Opening {
    /// The shape that keeps it open; `None` where no shape knows the line.
    pub shape: Option<Kind>,
    /// A more specific shape than the one that has found something, which waits for more lines.
    pub waiting: Option<Kind>,
    /// Whether it was found in the line without the escapes of a string.
    pub unescaped: bool,
    /// Whether an error was found already.
    pub found: bool,
}

/// What a whole block is.
#[derive(Debug, Clone, Copy)]
pub struct Closing {
    /// The key of its error; `None` where there is none.
    pub key: Option<u64>,
}

/// What was read of some lines.
#[derive(Debug, Clone, Copy, Default)]
enum Reading {
    #[default]
    Nothing,
    Opening(Opening),
    /// The last of the lines belongs to the block.
    GoesOn,
    Closing(Closing),
}

/// Which question was asked of the lines; it makes of one skeleton three hashes.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Opening = 0,
    GoesOn = 1,
    Closing = 2,
}

/// See the module. Nothing is allocated before there is something to remember.
#[derive(Debug, Default)]
pub struct Memory {
    slots: Vec<(u64, Reading)>,
}

impl Memory {
    /// How a block opens with these lines.
    pub fn opening(&self, lines: Skeleton) -> Option<Opening> {
        match self.get(lines, Asked::Opening) {
            Reading::Opening(opening) => Some(opening),
            _ => None,
        }
    }

    /// Whether the last of these lines is known to belong to what is before it.
    pub fn goes_on(&self, lines: Skeleton) -> bool {
        matches!(self.get(lines, Asked::GoesOn), Reading::GoesOn)
    }

    /// What these lines are as a whole.
    pub fn closing(&self, lines: Skeleton) -> Option<Closing> {
        match self.get(lines, Asked::Closing) {
            Reading::Closing(closing) => Some(closing),
            _ => None,
        }
    }

    /// Remembers how a block opens.
    pub fn opened(&mut self, lines: Skeleton, opening: Opening) {
        self.put(lines, Asked::Opening, Reading::Opening(opening));
    }

    /// Remembers that the last line belongs to those before it.
    pub fn went_on(&mut self, lines: Skeleton) {
        self.put(lines, Asked::GoesOn, Reading::GoesOn);
    }

    /// Remembers what a whole block is.
    pub fn closed(&mut self, lines: Skeleton, key: Option<u64>) {
        self.put(lines, Asked::Closing, Reading::Closing(Closing { key }));
    }

    fn get(&self, lines: Skeleton, asked: Asked) -> Reading {
        let (place, hash) = place(lines, asked);
        match self.slots.get(place) {
            Some((known, reading)) if *known == hash => *reading,
            _ => Reading::Nothing,
        }
    }

    fn put(&mut self, lines: Skeleton, asked: Asked, reading: Reading) {
        if self.slots.is_empty() {
            self.slots = vec![(0, Reading::Nothing); SLOTS];
        }
        let (place, hash) = place(lines, asked);
        self.slots[place] = (hash, reading);
    }
}

/// Where the reading of these lines stands, and the hash that it is known by.
fn place(lines: Skeleton, asked: Asked) -> (usize, u64) {
    let hash = lines.value().rotate_left(21 * asked as u32);
    ((hash >> 32) as usize % SLOTS, hash)
}
