//! What was read before, by the skeleton of what it was read from, so that an error that comes again and again is not
//! read again and again.
//!
//! It has a fixed size; what is new takes the place of something old. What is forgotten is read once more, so the output
//! does not depend on it.

use super::{Skeleton, shapes::Kind};

/// How many readings are remembered at most: 1 MiB of them.
const SLOTS: usize = 1 << 16;
/// How many readings have a place in common: as many as one line of the processor's cache holds.
const WAYS: usize = 4;

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

/// Which question was asked of the lines; it makes of one skeleton two hashes.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Opening,
    Closing,
}

/// See the module. Nothing is allocated before there is something to remember, and of what is, only the pages that are
/// written to take memory.
#[derive(Debug, Default)]
pub struct Memory {
    /// Hash and reading; what has one place may stand in any of [`WAYS`] slots.
    slots: Vec<[u64; 2]>,
}

impl Memory {
    /// How a block opens with these lines.
    pub fn opening(&self, lines: Skeleton) -> Option<Opening> {
        self.get(lines, Asked::Opening).map(Opening::from_word)
    }

    /// What these lines are as a whole.
    pub fn closing(&self, lines: Skeleton) -> Option<Closing> {
        let word = self.get(lines, Asked::Closing)?;
        let key = (word != NO_ERROR).then_some(word);
        Some(Closing { key })
    }

    /// Remembers how a block opens.
    pub fn opened(&mut self, lines: Skeleton, opening: Opening) {
        self.put(lines, Asked::Opening, opening.word());
    }

    /// Remembers what a whole block is.
    pub fn closed(&mut self, lines: Skeleton, key: Option<u64>) {
        if key != Some(NO_ERROR) {
            self.put(lines, Asked::Closing, key.unwrap_or(NO_ERROR));
        }
    }

    fn get(&self, lines: Skeleton, asked: Asked) -> Option<u64> {
        let (place, hash) = place(lines, asked);
        let mut ways = self.slots.get(place..place + WAYS)?.iter();
        ways.find(|slot| slot[0] == hash).map(|slot| slot[1])
    }

    fn put(&mut self, lines: Skeleton, asked: Asked, word: u64) {
        if self.slots.is_empty() {
            self.slots = vec![[0; 2]; SLOTS];
        }
        let (place, hash) = place(lines, asked);
        let ways = &mut self.slots[place..place + WAYS];
        let free = ways.iter().position(|slot| *slot == [0; 2]);
        ways[free.unwrap_or(hash as usize % WAYS)] = [hash, word];
    }
}

/// The word for a block without an error.
const NO_ERROR: u64 = 0;

impl Opening {
    fn word(self) -> u64 {
        let number = |kind: Option<Kind>| kind.map_or(0, |kind| u64::from(kind.number()) + 1);
        number(self.shape)
            | number(self.waiting) << 8
            | u64::from(self.unescaped) << 16
            | u64::from(self.found) << 17
    }

    fn from_word(word: u64) -> Self {
        let kind = |byte: u64| (byte as u8).checked_sub(1).map(Kind::numbered);
        Self {
            shape: kind(word),
            waiting: kind(word >> 8),
            unescaped: word >> 16 & 1 == 1,
            found: word >> 17 & 1 == 1,
        }
    }
}

/// Where the readings of these lines stand, and the hash that they are known by.
fn place(lines: Skeleton, asked: Asked) -> (usize, u64) {
    let hash = match asked {
        Asked::Opening => lines.value(),
        Asked::Closing => !lines.value(),
    };
    ((hash >> 32) as usize % (SLOTS / WAYS) * WAYS, hash)
}
