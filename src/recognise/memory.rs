//! What was read before, by the skeleton of what it was read from, so that an error that comes again and again is not
//! read again and again.
//!
//! It grows with what there is to remember, up to a fixed size; then what is new takes the place of something old. What is
//! forgotten is read once more, so the output does not depend on it.

use super::{Skeleton, shapes::Kind};

/// For how many readings there is room at first.
const FIRST: usize = 1 << 10;
/// How many readings are remembered at most: 1 MiB of them.
const MOST: usize = 1 << 16;
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

/// See the module. Nothing is allocated before there is something to remember.
#[derive(Debug, Default)]
pub struct Memory {
    /// Hash and reading, or [`EMPTY`]; what has one place may stand in any of [`WAYS`] slots.
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
        let hash = hash(lines, asked);
        let place = place(hash, self.slots.len());
        let mut ways = self.slots.get(place..place + WAYS)?.iter();
        ways.find(|slot| slot[0] == hash).map(|slot| slot[1])
    }

    fn put(&mut self, lines: Skeleton, asked: Asked, word: u64) {
        if self.slots.is_empty() {
            self.slots = vec![EMPTY; FIRST];
        }
        let slot = [hash(lines, asked), word];
        while !self.puts(slot) && self.slots.len() < MOST {
            let larger = vec![EMPTY; 2 * self.slots.len()];
            for slot in std::mem::replace(&mut self.slots, larger) {
                self.puts(slot);
            }
        }
    }

    /// Puts it where it belongs; in the place of another one, and then says no, where there is no room.
    fn puts(&mut self, slot: [u64; 2]) -> bool {
        let place = place(slot[0], self.slots.len());
        let ways = &mut self.slots[place..place + WAYS];
        let is_free = |way: &[u64; 2]| way[0] == slot[0] || *way == EMPTY;
        let free = ways.iter().position(is_free);
        ways[free.unwrap_or(slot[0] as usize % WAYS)] = slot;
        free.is_some()
    }
}

/// What stands where nothing is remembered.
const EMPTY: [u64; 2] = [0; 2];

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

/// What the readings of these lines are known by.
fn hash(lines: Skeleton, asked: Asked) -> u64 {
    match asked {
        Asked::Opening => lines.value(),
        Asked::Closing => !lines.value(),
    }
}

/// Where they stand among that many slots.
fn place(hash: u64, slots: usize) -> usize {
    (hash >> 32) as usize % (slots / WAYS).max(1) * WAYS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(number: usize) -> Skeleton {
        let mut lines = Skeleton::default();
        lines.add(&format!("{}x", "y".repeat(number)));
        lines
    }

    #[test]
    fn what_fits_is_remembered_and_the_rest_takes_its_place() {
        let mut memory = Memory::default();
        assert!(memory.closing(lines(0)).is_none());
        for number in 0..2_000 {
            memory.closed(lines(number), Some(number as u64 + 1));
            memory.opened(lines(number), Opening::default());
        }
        let known = |number: usize| memory.closing(lines(number)).and_then(|known| known.key);
        let right = (0..2_000).filter(|number| known(*number) == Some(*number as u64 + 1));
        assert!(right.count() > 1_900);
        assert!((0..2_000).all(|number| known(number).is_none_or(|key| key == number as u64 + 1)));
        assert!(memory.slots.len() <= MOST);
    }

    #[test]
    fn an_opening_is_what_it_was() {
        let kind = |number| Some(Kind::numbered(number));
        for opening in [
            Opening::default(),
            Opening {
                shape: kind(0),
                waiting: None,
                unescaped: true,
                found: false,
            },
            Opening {
                shape: kind(17),
                waiting: kind(3),
                unescaped: false,
                found: true,
            },
        ] {
            let again = Opening::from_word(opening.word());
            assert_eq!(format!("{again:?}"), format!("{opening:?}"));
        }
    }
}
