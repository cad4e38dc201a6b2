//! The known codes that look most like one that is not known.

use super::Knowledge;
use crate::catalogue;

/// How many are offered.
const OFFERED: usize = 5;
/// A longer word is no misspelt code.
const LONGEST: usize = 120;

impl Knowledge {
    /// A code as it is written, whatever the case it is asked for in; `None` where neither an entry nor the catalogue has it.
    #[must_use]
    pub fn spelt(&self, code: &str) -> Option<&str> {
        let own = || self.codes();
        if let Some(exact) = own().into_iter().find(|known| *known == code) {
            return Some(exact);
        }
        let mut all = catalogue::codes().map(|(known, _)| known);
        if catalogue::code(code).is_some() {
            return all.find(|known| *known == code);
        }
        let same = |known: &&str| known.eq_ignore_ascii_case(code);
        own().into_iter().find(same).or_else(|| all.find(same))
    }

    /// The known codes nearest to a word, the nearest first: within a quarter of its letters, or holding all of it.
    #[must_use]
    pub fn nearest(&self, word: &str) -> Vec<&str> {
        if word.len() > LONGEST || !word.is_ascii() {
            return Vec::new();
        }
        let wanted = word.to_ascii_lowercase();
        let most = (wanted.len() / 4).max(1);
        let of_entries = self.codes();
        let codes = of_entries
            .iter()
            .map(|code| (*code, 0))
            .chain(catalogue::codes().map(|(code, _)| (code, 1)));
        let mut near: Vec<(usize, u8, &str)> = codes
            .filter_map(|(code, kind)| Some((distance(&wanted, code, most)?, kind, code)))
            .collect();
        near.sort_unstable();
        let mut names: Vec<&str> = Vec::new();
        for (_, _, code) in near {
            if !names.contains(&code) {
                names.push(code);
            }
        }
        names.truncate(OFFERED);
        names
    }
}

/// How far a code is from the word; `None` where it is too far. A code that only has an ending more is nearly the same.
fn distance(wanted: &str, code: &str, most: usize) -> Option<usize> {
    let code = code.to_ascii_lowercase();
    if code.len().abs_diff(wanted.len()) <= most {
        // Lengths first: that leaves a tenth of the codes to be measured.
        let apart = strsim::osa_distance(wanted, &code);
        if apart <= most {
            return Some(apart);
        }
    }
    let bare = |text: &str| {
        let ends = ["exception", "error", "fault"];
        let end = ends.iter().find_map(|end| text.strip_suffix(end));
        end.unwrap_or(text).to_owned()
    };
    if bare(&code) == bare(wanted) {
        return Some(1);
    }
    (wanted.len() >= 5 && code.contains(wanted)).then_some(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_comes_first() {
        let knowledge = Knowledge::default();
        for (typed, meant) in [
            ("InvalidTokn", "InvalidToken"),
            ("NoSuchBuckt", "NoSuchBucket"),
            ("ExpierdToken", "ExpiredToken"),
            ("ThrottlingExeption", "ThrottlingException"),
            ("AccesDenied", "AccessDenied"),
        ] {
            assert_eq!(knowledge.nearest(typed).first(), Some(&meant), "{typed}");
        }
        assert!(knowledge.nearest("zzzzzzzzzzzz").is_empty());
        assert!(knowledge.nearest(&"a".repeat(5000)).is_empty());
        assert_eq!(knowledge.spelt("invalidtoken"), Some("InvalidToken"));
        assert_eq!(knowledge.spelt("InvalidTokn"), None);
    }
}
