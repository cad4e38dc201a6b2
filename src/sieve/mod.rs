//! Which few lines of a stream are worth a look: one search for literal texts over every chunk, no regex.
//!
//! There are two sets. The *rare* one, sixteen texts at most, is searched in everything that passes: that many are found
//! at about the speed of memory, more are not. The *full* one adds what has no rare mark (messages without a code, the AWS
//! CLI's JSON and table forms) and costs several times as much; it is searched in the first [`FULLY`] bytes of a
//! stream, which is more than any command says, and in what comes right before the end.
//!
//! An anchor says nothing but "look here": what it means is for the next layer.

mod anchors;
mod literals;
#[cfg(target_arch = "x86_64")]
mod wide;

use std::ops::Range;

use once_cell::unsync::OnceCell;

pub(crate) use literals::Search;

pub use anchors::{FULL, RARE};
pub use literals::Literals;

/// How much of a stream's beginning is searched for the full set: 4 MiB.
pub const FULLY: u64 = 4 << 20;

/// How far the full set was searched in one input: a text that was found ahead is not searched for again. Offsets are
/// those of the stream.
#[derive(Debug, Default)]
pub struct Ahead {
    searched: Vec<Searched>,
}

/// How far one search of the full set came.
#[derive(Debug, Default, Clone)]
struct Searched {
    bytes: Range<u64>,
    /// The first place in these bytes.
    hit: Option<u64>,
}

/// The search, built once for a run: each set when it is first searched for.
#[derive(Default)]
pub struct Sieve {
    rare: OnceCell<Search>,
    full: OnceCell<Vec<Search>>,
    /// Texts of a user's own, searched in everything.
    own: Option<Search>,
}

impl std::fmt::Debug for Sieve {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Sieve")
    }
}

const _: () = assert!(longest(RARE) <= Sieve::LONGEST && longest(FULL) <= Sieve::LONGEST);

const fn longest(texts: &[&str]) -> usize {
    let (mut longest, mut at) = (0, 0);
    while at < texts.len() {
        if texts[at].len() > longest {
            longest = texts[at].len();
        }
        at += 1;
    }
    longest
}

impl Sieve {
    /// The most bytes of an anchor.
    pub const LONGEST: usize = 32;

    /// A sieve that finds these texts of a user's own as well, each of at most [`Sieve::LONGEST`] bytes.
    #[must_use]
    pub fn with(own: &[String]) -> Self {
        let texts: Vec<&str> = own.iter().map(String::as_str).collect();
        Self {
            own: (!texts.is_empty()).then(|| Search::of(&texts)),
            ..Self::default()
        }
    }

    /// The place of the first rare anchor in `bytes`, or of the first text of a user's own.
    #[must_use]
    pub fn rare(&self, bytes: &[u8]) -> Option<usize> {
        let rare = self.rare.get_or_init(|| Search::of(RARE));
        let rare = rare.find(bytes, 0).map(|(at, _)| at);
        let Some(own) = &self.own else { return rare };
        let end = rare.unwrap_or(bytes.len());
        own.find(&bytes[..end], 0).map(|(at, _)| at).or(rare)
    }

    /// The place of the first anchor of the full set in `bytes`, which stand at the offset `from` in the stream.
    #[must_use]
    pub fn full(&self, bytes: &[u8], from: u64, ahead: &mut Ahead) -> Option<u64> {
        if bytes.is_empty() {
            // Building the set costs as much as all else at the start of the program.
            return None;
        }
        let full = self.full.get_or_init(|| Search::all(FULL));
        let all = full.iter().chain(&self.own);
        ahead.searched.resize(full.len() + 1, Searched::default());
        let to = from + bytes.len() as u64;
        let each = all.zip(&mut ahead.searched);
        let hits = each.filter_map(|(search, searched)| {
            let known = searched.bytes.contains(&from);
            if known && searched.hit.is_some_and(|hit| hit >= from) {
                return searched.hit;
            }
            let start = if known && searched.hit.is_none() {
                from.max(searched.bytes.end.saturating_sub(Self::overlap()))
            } else {
                from
            };
            let found = search.find(bytes, (start - from) as usize);
            *searched = Searched {
                bytes: from..to,
                hit: found.map(|(at, _)| from + at as u64),
            };
            searched.hit
        });
        hits.min()
    }

    /// Whether an anchor of the full set stands in `bytes`.
    #[must_use]
    pub fn sees(&self, bytes: &[u8]) -> bool {
        self.full(bytes, 0, &mut Ahead::default()).is_some()
    }

    /// How many bytes of a chunk's end have to be searched again with the next: one less than the longest anchor may have.
    #[must_use]
    pub const fn overlap() -> u64 {
        Self::LONGEST as u64 - 1
    }
}
