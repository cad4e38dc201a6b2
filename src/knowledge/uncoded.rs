//! The rules that ask for no code: which of them a message can fulfil, told by searches for all their literal texts.
//!
//! What it costs depends on the message's length and hardly on the number of rules. Built at the first question.

use std::collections::BTreeMap;

use crate::sieve::Search;

/// The places of rules, and the search for what their regexes cannot do without.
pub(super) struct Uncoded {
    rules: Vec<usize>,
    /// For the texts in small letters: some regexes ignore case, and to those that do not, a text in another case is only
    /// possible.
    searches: Vec<Search>,
    /// The rules that each text of the searches makes possible.
    owners: Vec<Vec<usize>>,
    /// The rules whose regex may match without any literal.
    always: Vec<usize>,
}

impl Uncoded {
    /// From the places of rules, each with its literals; a rule without literals is possible for any message.
    pub fn of<'t>(rules: impl Iterator<Item = (usize, &'t str)>) -> Self {
        let (mut known, mut always) = (Vec::new(), Vec::new());
        let mut owned: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, (rule, texts)) in rules.enumerate() {
            known.push(rule);
            if texts.is_empty() {
                always.push(number);
                continue;
            }
            for text in texts.split('\u{1f}') {
                let owners = owned.entry(text.to_ascii_lowercase()).or_default();
                owners.push(number);
            }
        }
        // Of texts that begin alike a search finds the one that is given first, here the longest; the others are in it.
        let (mut texts, mut owners) = (Vec::new(), Vec::new());
        let mut beginnings: Vec<(&str, &[usize])> = Vec::new();
        for (text, own) in &owned {
            beginnings.retain(|(beginning, _)| text.starts_with(beginning));
            beginnings.push((text, own));
            texts.push(text.as_str());
            let all = beginnings.iter().flat_map(|(_, own)| own.iter().copied());
            owners.push(all.collect::<Vec<usize>>());
        }
        texts.reverse();
        owners.reverse();
        Self {
            rules: known,
            searches: Search::all(&texts),
            owners,
            always,
        }
    }

    /// The places of the rules that may hold for a message, in their order.
    pub fn possible(&self, message: &str) -> Vec<usize> {
        let message = message.to_ascii_lowercase();
        let mut possible = self.always.clone();
        Search::each(&self.searches, message.as_bytes(), |text| {
            possible.extend(&self.owners[text]);
        });
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

    #[test]
    fn of_texts_that_begin_alike_all_are_found() {
        let rules = [
            (1, "one"),
            (2, "one two"),
            (3, "one TWO three"),
            (4, "one"),
            (5, "onx"),
        ];
        let uncoded = Uncoded::of(rules.into_iter());
        assert_eq!(uncoded.possible("a one two three"), [1, 2, 3, 4]);
        assert_eq!(uncoded.possible("a one two, one"), [1, 2, 4]);
        assert_eq!(uncoded.possible("a onx"), [5]);
        let many: Vec<String> = (0..200).map(|number| format!("text {number:03}")).collect();
        let rules = many
            .iter()
            .enumerate()
            .map(|(number, text)| (number, text.as_str()));
        assert_eq!(Uncoded::of(rules).possible("text 007 text 150"), [7, 150]);
    }
}
