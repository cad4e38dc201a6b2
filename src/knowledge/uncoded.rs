//! The rules that ask for no code: which of them a message can fulfil, told by one search for all their literal texts.
//!
//! What it costs depends on the message's length and not on the number of rules. Built at the first question.

use aho_corasick::{AhoCorasick, MatchKind};

/// The places of rules, and the search for what their regexes cannot do without.
#[derive(Debug)]
pub(super) struct Uncoded {
    rules: Vec<usize>,
    /// `None` where no rule has a literal.
    search: Option<AhoCorasick>,
    /// Whose literal each pattern of the search is.
    owners: Vec<usize>,
    /// The rules whose regex may match without any literal.
    always: Vec<usize>,
}

impl Uncoded {
    /// From the places of rules, each with its literals; a rule without literals is possible for any message.
    pub fn of<'t>(rules: impl Iterator<Item = (usize, &'t str)>) -> Self {
        let (mut known, mut always) = (Vec::new(), Vec::new());
        let (mut literals, mut owners) = (Vec::new(), Vec::new());
        for (number, (rule, texts)) in rules.enumerate() {
            known.push(rule);
            if texts.is_empty() {
                always.push(number);
                continue;
            }
            for text in texts.split('\u{1f}') {
                literals.push(text);
                owners.push(number);
            }
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            // Some regexes ignore case; to those that do not, a text in another case is only possible.
            .ascii_case_insensitive(true)
            .build(&literals);
        Self {
            rules: known,
            search: search.ok().filter(|_| !literals.is_empty()),
            owners,
            always,
        }
    }

    /// The places of the rules that may hold for a message, in their order.
    pub fn possible(&self, message: &str) -> Vec<usize> {
        let mut possible = self.always.clone();
        if let Some(search) = &self.search {
            let found = search.find_overlapping_iter(message);
            possible.extend(found.map(|found| self.owners[found.pattern().as_usize()]));
        }
        possible.sort_unstable();
        possible.dedup();
        possible.iter().map(|number| self.rules[*number]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_possible_by_any_of_their_literals() {
        let rules = [(5, "one\u{1f}two"), (6, ""), (9, "two three")];
        let uncoded = Uncoded::of(rules.into_iter());
        assert_eq!(uncoded.possible("nothing"), [6]);
        assert_eq!(uncoded.possible("one, two three, one"), [5, 6, 9]);
        assert_eq!(uncoded.possible("Two"), [5, 6]);
    }
}
