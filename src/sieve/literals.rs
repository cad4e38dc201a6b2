//! Several literal texts looked for at once, with vector instructions where the processor has them.
//!
//! What it costs depends on the length of what is searched, and hardly on the number of texts. The search is built when
//! it is first asked for.

use std::sync::OnceLock;

use aho_corasick::{
    AhoCorasick, Input, Span,
    packed::{self, Searcher},
};

#[cfg(target_arch = "x86_64")]
use super::wide::Wide;

/// A set of literal texts.
pub struct Literals {
    texts: fn() -> Vec<&'static str>,
    search: OnceLock<Vec<Search>>,
}

impl std::fmt::Debug for Literals {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Literals")
    }
}

impl Literals {
    /// The texts that the function gives.
    #[must_use]
    pub const fn new(texts: fn() -> Vec<&'static str>) -> Self {
        Self {
            texts,
            search: OnceLock::new(),
        }
    }

    /// The place of the first of them in the bytes.
    #[must_use]
    pub fn first_in(&self, bytes: &[u8]) -> Option<usize> {
        let places = self.search().iter().filter_map(|one| one.find(bytes, 0));
        places.map(|(at, _)| at).min()
    }

    /// Whether one of them stands in the bytes.
    #[must_use]
    pub fn stand_in(&self, bytes: &[u8]) -> bool {
        self.search().iter().any(|one| one.find(bytes, 0).is_some())
    }

    /// Gives the number of each text that stands in the bytes, some of them several times. No text of the set may begin
    /// with another.
    pub fn all_in(&self, bytes: &[u8], each: impl FnMut(usize)) {
        Search::each(self.search(), bytes, each);
    }

    fn search(&self) -> &[Search] {
        self.search.get_or_init(|| Search::all(&(self.texts)()))
    }
}

/// A search for some literal texts.
pub(crate) enum Search {
    /// For a few, where the processor has the widest instructions.
    #[cfg(target_arch = "x86_64")]
    Wide(Box<Wide>),
    Vector(Searcher),
    /// For processors without vector instructions.
    Plain(AhoCorasick),
}

impl Search {
    /// How many texts one search with vector instructions takes at most.
    const AT_ONCE: usize = 64;

    /// As many searches as that many texts take.
    pub(crate) fn all(texts: &[&str]) -> Vec<Self> {
        texts.chunks(Self::AT_ONCE).map(Self::of).collect()
    }

    /// One search; of more than [`Self::AT_ONCE`] texts without vector instructions.
    pub(crate) fn of(texts: &[&str]) -> Self {
        #[cfg(target_arch = "x86_64")]
        if let Some(wide) = Wide::of(texts) {
            return Self::Wide(Box::new(wide));
        }
        Self::vector(texts).unwrap_or_else(|| Self::plain(texts))
    }

    /// `None` where the processor has no such instructions, or there are too many texts.
    fn vector(texts: &[&str]) -> Option<Self> {
        let mut config = packed::Config::new();
        let config = config.match_kind(packed::MatchKind::LeftmostFirst);
        config.builder().extend(texts).build().map(Self::Vector)
    }

    fn plain(texts: &[&str]) -> Self {
        let mut builder = AhoCorasick::builder();
        let builder = builder.match_kind(aho_corasick::MatchKind::LeftmostFirst);
        let search = builder.build(texts);
        Self::Plain(search.expect("a few short texts are within all limits"))
    }

    /// Gives the number of each text of [`all`](Self::all) that stands in the bytes, some of them several times; of texts
    /// that begin with another, the one that was given first.
    pub(crate) fn each(searches: &[Self], bytes: &[u8], mut each: impl FnMut(usize)) {
        for (part, search) in searches.iter().enumerate() {
            let mut from = 0;
            while let Some((at, text)) = search.find(bytes, from) {
                each(part * Self::AT_ONCE + text);
                // They may overlap.
                from = at + 1;
            }
        }
    }

    /// The place and the number of the first text from there on.
    pub(crate) fn find(&self, bytes: &[u8], from: usize) -> Option<(usize, usize)> {
        let span = Span::from(from..bytes.len());
        let found = match self {
            #[cfg(target_arch = "x86_64")]
            Self::Wide(search) => return search.find(bytes, from),
            Self::Vector(search) => search.find_in(bytes, span),
            Self::Plain(search) => search.find(Input::new(bytes).span(span)),
        };
        found.map(|found| (found.start(), found.pattern().as_usize()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};

    use super::*;

    #[test]
    fn texts_that_overlap_are_all_found() {
        let literals = Literals::new(|| vec!["one two", "two three", "no"]);
        let mut found = Vec::new();
        literals.all_in(b"one two three, no", |number| found.push(number));
        assert_eq!(found, [0, 1, 2]);
        assert_eq!(literals.first_in(b"..two three"), Some(2));
        assert!(!literals.stand_in(b"one, two"));
    }

    /// Each way to search for these texts that this processor has.
    fn ways(texts: &[&str]) -> Vec<Search> {
        let mut ways = vec![Search::plain(texts)];
        ways.extend(Search::vector(texts));
        #[cfg(target_arch = "x86_64")]
        ways.extend(Wide::of(texts).map(|wide| Search::Wide(Box::new(wide))));
        ways
    }

    #[test]
    fn a_text_is_found_at_each_place_of_a_block_and_in_what_is_left() {
        let few = [
            ["one two", "two three", "no"],
            ["\u{e9}tat", "two three", "no"],
        ];
        for texts in [&few[0][..], &few[1], super::super::RARE] {
            for search in ways(texts) {
                for length in 0..300 {
                    let text = format!("{}{}{}", "y".repeat(length), texts[1], "x".repeat(70));
                    for end in [length + texts[1].len(), text.len()] {
                        let found = search.find(&text.as_bytes()[..end], length / 2);
                        assert_eq!(found, Some((length, 1)), "{length}");
                    }
                    let cut = &text.as_bytes()[..length + texts[1].len() - 1];
                    assert_eq!(search.find(cut, 0), None, "{length}");
                    assert_eq!(search.find(text.as_bytes(), length + 1), None, "{length}");
                }
            }
        }
    }

    #[test]
    fn the_plain_search_finds_the_same() {
        let texts = ["one two", "two three", "no"];
        let text = b"one two three, and so on: a text that is long enough for vectors, no";
        let (chosen, ways) = (Search::of(&texts), ways(&texts));
        for from in 0..text.len() {
            for way in &ways {
                assert_eq!(way.find(text, from), chosen.find(text, from), "{from}");
            }
        }
    }

    proptest! {
        #[test]
        fn all_ways_find_the_same(
            texts in vec("[ab]{1,3}|[ab]{4}[ab\u{e9}]{0,7}", 1..70),
            bytes in vec(select(b"aaabbb\xc3\xa9\xe1.\0".as_slice()), 0..400),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let ways = ways(&texts);
            for from in 0..=bytes.len() {
                let found = ways[0].find(&bytes, from);
                for way in &ways[1..] {
                    prop_assert_eq!(way.find(&bytes, from), found, "from {}", from);
                }
            }
        }
    }
}
