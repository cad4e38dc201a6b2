//! What was read before, by the skeleton of what it was read from, so that an error that comes again and again is not
//! read again and again.
//!
//! It grows with what there is to remember, up to a fixed size; then what is new takes the place of something old. What is
//! forgotten is read once more, so the output does not depend on it.

use std::{collections::HashMap, mem};

use super::{
    Skeleton,
    shapes::{self, Kind},
};

const _: () = assert!(
    shapes::ALL.len() < 31,
    "the number of a shape takes five bits"
);

/// For how many readings there is room at first.
const FIRST: usize = 3 << 9;
/// How many readings are remembered at most: 480 KiB of them.
const MOST: usize = FIRST << 5;
/// How many readings have a place in common: what they are known by fills one line of the processor's cache.
const WAYS: usize = 8;

/// How a block opens with its marked line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Opening {
    /// The shape that keeps it open; `None` where no shape knows the line.
    pub shape: Option<Kind>,
    /// A more specific shape than the one that has found something, which waits for more lines.
    pub waiting: Option<Kind>,
    /// What was found already.
    pub seen: Option<Seen>,
    /// Whether lines before the marked one may tell more.
    pub looks_back: bool,
    /// Whether no shape takes a line behind it, whichever comes.
    pub ends: bool,
    /// Whether each line of its box belongs to it.
    pub boxed: bool,
}

/// An error that was found in the marked line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Whether it was found in the line without the escapes of a string, and not in the line as it is.
    pub escaped: bool,
    /// Whether it has a code.
    pub coded: bool,
}

/// What the last line of a block is to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Whether it belongs to them.
    pub taken: Taken,
    /// Whether no shape takes a line behind it, whichever comes.
    pub ends: bool,
}

/// Whether a line belongs to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It does not.
    No,
    /// It does where another one comes that does: it is blank.
    Perhaps,
    /// It does.
    Surely,
}

/// What a whole block is.
#[derive(Debug, Clone, Copy)]
pub struct Closing {
    /// The key of its error; `None` where there is none.
    pub key: Option<u64>,
}

/// Which question was asked of the lines; it makes of one skeleton four hashes.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Head,
    Opening,
    Step,
    Closing,
}

/// See the module. Nothing is allocated before there is something to remember.
#[derive(Debug, Default)]
pub struct Memory {
    /// What each reading is known by, or [`FREE`]; what has one place may stand in any of [`WAYS`] slots.
    hashes: Vec<u64>,
    /// The reading of each slot.
    words: Vec<u16>,
    /// The keys of all errors that were read, by number.
    keys: Vec<u64>,
    numbers: HashMap<u64, u16>,
}

impl Memory {
    /// Whether a block may begin with this line.
    pub fn head(&self, line: Skeleton) -> Option<bool> {
        self.get(line, Asked::Head).map(|word| word == 1)
    }

    /// How a block opens with these lines.
    pub fn opening(&self, lines: Skeleton) -> Option<Opening> {
        self.get(lines, Asked::Opening).map(Opening::from_word)
    }

    /// What the last of these lines is to those before it.
    pub fn step(&self, lines: Skeleton) -> Option<Step> {
        self.get(lines, Asked::Step).map(Step::from_word)
    }

    /// What these lines are as a whole.
    pub fn closing(&self, lines: Skeleton) -> Option<Closing> {
        let number = self.get(lines, Asked::Closing)?;
        let key = number.checked_sub(1).map(|at| self.keys[usize::from(at)]);
        Some(Closing { key })
    }

    /// Remembers whether a block may begin with this line.
    pub fn headed(&mut self, line: Skeleton, begins: bool) {
        self.put(line, Asked::Head, u16::from(begins));
    }

    /// Remembers how a block opens.
    pub fn opened(&mut self, lines: Skeleton, opening: Opening) {
        self.put(lines, Asked::Opening, opening.word());
    }

    /// Remembers what the last line is to those before it.
    pub fn stepped(&mut self, lines: Skeleton, step: Step) {
        self.put(lines, Asked::Step, step.word());
    }

    /// Remembers what a whole block is.
    pub fn closed(&mut self, lines: Skeleton, key: Option<u64>) {
        let number = key.map_or(Some(NO_ERROR), |key| self.number(key));
        if let Some(number) = number {
            self.put(lines, Asked::Closing, number);
        }
    }

    /// The number of a key; `None` where there are too many.
    fn number(&mut self, key: u64) -> Option<u16> {
        if let Some(number) = self.numbers.get(&key) {
            return Some(*number);
        }
        let number = u16::try_from(self.keys.len() + 1).ok()?;
        self.keys.push(key);
        self.numbers.insert(key, number);
        Some(number)
    }

    fn get(&self, lines: Skeleton, asked: Asked) -> Option<u16> {
        let hash = hash(lines, asked);
        let place = place(hash, self.hashes.len());
        let ways = self.hashes.get(place..place + WAYS)?;
        let way = ways.iter().position(|other| *other == hash)?;
        Some(self.words[place + way])
    }

    fn put(&mut self, lines: Skeleton, asked: Asked, word: u16) {
        if self.hashes.is_empty() {
            self.make_room(FIRST);
        }
        let hash = hash(lines, asked);
        while !self.puts(hash, word) && self.hashes.len() < MOST {
            let (hashes, words) = (mem::take(&mut self.hashes), mem::take(&mut self.words));
            self.make_room(2 * hashes.len());
            for (hash, word) in hashes.into_iter().zip(words) {
                if hash != FREE {
                    self.puts(hash, word);
                }
            }
        }
    }

    fn make_room(&mut self, slots: usize) {
        self.hashes = vec![FREE; slots];
        self.words = vec![0; slots];
    }

    /// Puts it where it belongs; in the place of another one, and then says no, where there is no room.
    fn puts(&mut self, hash: u64, word: u16) -> bool {
        let place = place(hash, self.hashes.len());
        let ways = &mut self.hashes[place..place + WAYS];
        let free = ways.iter().position(|way| *way == hash || *way == FREE);
        let way = free.unwrap_or(hash as usize % WAYS);
        ways[way] = hash;
        self.words[place + way] = word;
        free.is_some()
    }
}

/// What stands where nothing is remembered.
const FREE: u64 = 0;

/// The number for a block without an error.
const NO_ERROR: u16 = 0;

impl Opening {
    fn word(self) -> u16 {
        let number = |kind: Option<Kind>| kind.map_or(0, |kind| u16::from(kind.number()) + 1);
        number(self.shape)
            | number(self.waiting) << 5
            | u16::from(self.seen.is_some()) << 10
            | u16::from(self.seen.is_some_and(|seen| seen.escaped)) << 11
            | u16::from(self.looks_back) << 12
            | u16::from(self.ends) << 13
            | u16::from(self.boxed) << 14
            | u16::from(self.seen.is_some_and(|seen| seen.coded)) << 15
    }

    fn from_word(word: u16) -> Self {
        let kind = |bits: u16| (bits as u8 & 31).checked_sub(1).map(Kind::numbered);
        Self {
            shape: kind(word),
            waiting: kind(word >> 5),
            seen: (word >> 10 & 1 == 1).then_some(Seen {
                escaped: word >> 11 & 1 == 1,
                coded: word >> 15 == 1,
            }),
            looks_back: word >> 12 & 1 == 1,
            ends: word >> 13 & 1 == 1,
            boxed: word >> 14 & 1 == 1,
        }
    }
}

impl Step {
    fn word(self) -> u16 {
        self.taken as u16 | u16::from(self.ends) << 8
    }

    fn from_word(word: u16) -> Self {
        let taken = match word & 0xff {
            0 => Taken::No,
            1 => Taken::Perhaps,
            _ => Taken::Surely,
        };
        Self {
            taken,
            ends: word >> 8 == 1,
        }
    }
}

/// What the readings of these lines are known by.
fn hash(lines: Skeleton, asked: Asked) -> u64 {
    let hash = match asked {
        Asked::Head => lines.value().rotate_left(42),
        Asked::Opening => lines.value(),
        Asked::Step => lines.value().rotate_left(21),
        Asked::Closing => !lines.value(),
    };
    hash.max(FREE + 1)
}

/// Where they stand among that many slots.
fn place(hash: u64, slots: usize) -> usize {
    (((hash >> 32) * (slots / WAYS) as u64) >> 32) as usize * WAYS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(number: usize) -> Skeleton {
        let mut lines = Skeleton::default();
        lines.add(format!("{}x", "y".repeat(number)).as_bytes(), 0);
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
        assert!(memory.hashes.len() <= MOST);
    }

    #[test]
    fn an_opening_is_what_it_was() {
        let kind = |number| Some(Kind::numbered(number));
        for opening in [
            Opening::default(),
            Opening {
                shape: kind(0),
                waiting: None,
                seen: Some(Seen {
                    escaped: true,
                    coded: false,
                }),
                looks_back: true,
                ends: false,
                boxed: true,
            },
            Opening {
                shape: kind(17),
                waiting: kind(3),
                seen: Some(Seen {
                    escaped: false,
                    coded: true,
                }),
                looks_back: false,
                ends: true,
                boxed: false,
            },
        ] {
            let again = Opening::from_word(opening.word());
            assert_eq!(format!("{again:?}"), format!("{opening:?}"));
        }
    }
}
