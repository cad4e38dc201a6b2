//! Several literal texts looked for at once, with vector instructions where the processor has them.
//!
//! What it costs depends on the length of what is searched, and hardly on the number of texts. The search is built when
//! it is first asked for.

use std::sync::OnceLock;

use aho_corasick::{
    AhoCorasick, Input, Span,
    packed::{self, Searcher},
};

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
    Vector(Searcher),
    /// For processors without the instructions.
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
        let vector = packed::Config::new()
            .match_kind(packed::MatchKind::LeftmostFirst)
            .builder()
            .extend(texts)
            .build();
        vector.map_or_else(
            || {
                let plain = AhoCorasick::builder()
                    .match_kind(aho_corasick::MatchKind::LeftmostFirst)
                    .build(texts);
                Self::Plain(plain.expect("a few short texts are within all limits"))
            },
            Self::Vector,
        )
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
            Self::Vector(search) => search.find_in(bytes, span),
            Self::Plain(search) => search.find(Input::new(bytes).span(span)),
        };
        found.map(|found| (found.start(), found.pattern().as_usize()))
    }
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn the_plain_search_finds_the_same() {
        let texts = ["one two", "two three", "no"];
        let plain = AhoCorasick::builder()
            .match_kind(aho_corasick::MatchKind::LeftmostFirst)
            .build(texts)
            .unwrap();
        let (vector, plain) = (Search::of(&texts), Search::Plain(plain));
        let text = b"one two three, and so on: a text that is long enough for vectors, no";
        for from in 0..text.len() {
            assert_eq!(vector.find(text, from), plain.find(text, from), "{from}");
        }
    }
}
