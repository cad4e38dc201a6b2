//! What a `message` rule asks of a message: a regex, without Unicode tables.
//!
//! Compiling one costs a thousand times what matching does, so it is compiled only where the message holds the plain texts
//! that no match is without, and not at all where the regex is nothing but a choice of texts, as most are. The same message
//! comes again with other operations, so what was asked of it is remembered.

use std::{
    cell::RefCell,
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    rc::Rc,
};

use regex::bytes::{Regex, RegexBuilder};

use super::index::{ANY_CASE, LITERAL};

/// Whether a rule's regex matches.
#[must_use]
pub fn matches(regex: &str, text: &str) -> bool {
    end(regex, text).is_some()
}

/// Where the first match of a rule's regex ends; `None` where it does not match.
pub(super) fn end(regex: &str, text: &str) -> Option<usize> {
    if let Some(texts) = Texts::of(regex) {
        // Of two at one place the first is taken, as a regex does.
        let first = texts.places(text).min_by_key(|(at, _)| *at);
        return first.map(|(at, length)| at + length);
    }
    ENDS.with_borrow_mut(|(random, ends)| {
        let asked = random.hash_one((regex, text));
        if let Some(known) = ends.get(&asked) {
            return *known;
        }
        // Asked for its place too, a regex takes the quicker of its ways.
        let found =
            possible(regex, text).and_then(|regex| Some(regex.find(text.as_bytes())?.end()));
        keep(ends, ANSWERS, asked, found)
    })
}

/// What the named groups of a rule's regex hold, one after the other; nothing where it does not match.
pub(crate) fn groups(regex: &str, text: &str, mut put: impl FnMut(&str, &str)) {
    if !regex.contains("(?P<") && !regex.contains("(?<") {
        return;
    }
    let Some(regex) = possible(regex, text) else {
        return;
    };
    let Some(captures) = regex.captures(text.as_bytes()) else {
        return;
    };
    for name in regex.capture_names().flatten() {
        let found = captures.name(name).map(|found| found.as_bytes());
        if let Some(value) = found.and_then(|value| std::str::from_utf8(value).ok()) {
            put(name, value);
        }
    }
}

/// The regex, where the text may match it.
fn possible(regex: &str, text: &str) -> Option<Rc<Regex>> {
    let any_case = regex.starts_with(ANY_CASE);
    let stands = |literal: &&str| find(text, literal, any_case).is_some();
    let is_possible = needed(regex).iter().all(stands);
    let regex = is_possible.then(|| compile(regex))??;
    Some(if text.len() > LONG {
        Rc::new(Regex::clone(&regex))
    } else {
        regex
    })
}

/// Texts that stand in every match: what is plain in the regex, outside of all groups, and not optional. None where the
/// regex is a choice as a whole, or where something changes how letters are read (`(?s)`, `\x41`). `index` parses a rule for
/// the same and finds more; here that would cost as much as compiling.
fn needed(regex: &str) -> Vec<&str> {
    let regex = regex.strip_prefix(ANY_CASE).unwrap_or(regex);
    let bytes = regex.as_bytes();
    let (mut needed, mut at, mut depth) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        let next = |count: usize| bytes.get(at + count).copied();
        match bytes[at] {
            b'\\' if next(1).is_some_and(|kind| b"xuUpP".contains(&kind)) => return Vec::new(),
            b'\\' => at += 2,
            b'[' => at = behind_class(bytes, at),
            b'{' => {
                let end = memchr::memchr(b'}', &bytes[at..]);
                at = end.map_or(bytes.len(), |end| at + end + 1);
            }
            b'(' if next(1) == Some(b'?') && !matches!(next(2), Some(b':' | b'P' | b'<')) => {
                return Vec::new();
            }
            b'(' => (at, depth) = (at + 1, depth + 1),
            b')' => (at, depth) = (at + 1, depth - 1),
            b'|' if depth == 0 => return Vec::new(),
            b'|' => at += 1,
            byte if is_special(byte) => at += 1,
            _ => {
                let is_plain = |byte: &&u8| !is_special(**byte) && **byte != b'|';
                let (start, length) = (at, bytes[at..].iter().take_while(is_plain).count());
                at += length;
                // The last letter may be repeated no time.
                let optional = matches!(bytes.get(at), Some(b'?' | b'*' | b'{'));
                let last = regex[start..at].char_indices().next_back();
                let end = last.map_or(at, |(last, _)| if optional { start + last } else { at });
                if depth == 0 && end - start >= LITERAL {
                    needed.push(&regex[start..end]);
                }
            }
        }
    }
    needed
}

/// Whether a byte stands for itself in no regex; `|` parts texts that may be plain.
fn is_special(byte: u8) -> bool {
    b"\\.+*?()[]{}^$".contains(&byte)
}

/// The place behind the class of letters that begins here, whose first letter may be a bracket.
fn behind_class(regex: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    at += usize::from(regex.get(at) == Some(&b'^'));
    at += usize::from(regex.get(at) == Some(&b']'));
    let mut depth = 1;
    while at < regex.len() && depth > 0 {
        match regex[at] {
            b'\\' => at += 1,
            b'[' => depth += 1,
            b']' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    at
}

/// The texts that a regex is a choice of, where it is nothing else.
#[derive(Clone, Copy)]
struct Texts<'r> {
    texts: &'r str,
    any_case: bool,
}

impl<'r> Texts<'r> {
    fn of(regex: &'r str) -> Option<Self> {
        let plain = regex.strip_prefix(ANY_CASE);
        let texts = plain.unwrap_or(regex);
        (!texts.bytes().any(is_special)).then_some(Self {
            texts,
            any_case: plain.is_some(),
        })
    }

    /// Where each of them stands first, with its length.
    fn places<'t>(self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + use<'r, 't> {
        let one = move |one: &str| Some((find(text, one, self.any_case)?, one.len()));
        self.texts.split('|').filter_map(one)
    }
}

/// Where a literal stands first in a text.
pub(super) fn find(text: &str, literal: &str, any_case: bool) -> Option<usize> {
    if !any_case || literal.is_empty() {
        return memchr::memmem::find(text.as_bytes(), literal.as_bytes());
    }
    let literal = literal.as_bytes();
    let mut windows = text.as_bytes().windows(literal.len());
    windows.position(|window| window.eq_ignore_ascii_case(literal))
}

thread_local! {
    /// The regexes that were needed so far.
    static COMPILED: RefCell<HashMap<String, Option<Rc<Regex>>>> = RefCell::default();
    /// What [`end`] said, by a hash of both texts that no log can know.
    static ENDS: RefCell<(RandomState, HashMap<u64, Option<usize>>)> = RefCell::default();
}

/// How long a text is at most that a regex keeps its memory of: what it needs grows with the text, up to 256 KiB. Matched
/// with a longer one is a clone, whose memory goes with it.
const LONG: usize = 512;

/// How many regexes are kept at most, each of some ten to forty KiB. A run needs far fewer, unless it meets errors of all
/// kinds.
const KEPT: usize = 128;
/// How many answers are kept at most.
const ANSWERS: usize = 1024;

/// The regex of a rule, as all rules are read. Compiled once, and shared: a clone of a regex begins without the memory that
/// makes it fast.
pub(crate) fn compile(regex: &str) -> Option<Rc<Regex>> {
    COMPILED.with_borrow_mut(|compiled| {
        if let Some(known) = compiled.get(regex) {
            return known.clone();
        }
        let new = RegexBuilder::new(regex)
            .unicode(false)
            .build()
            .ok()
            .map(Rc::new);
        keep(compiled, KEPT, regex.to_owned(), new)
    })
}

/// Keeps a value, and gives it; where there are as many as there may be, all others are forgotten.
pub(super) fn keep<K: Eq + Hash, V: Clone>(
    kept: &mut HashMap<K, V>,
    most: usize,
    key: K,
    value: V,
) -> V {
    if kept.len() >= most {
        kept.clear();
    }
    kept.insert(key, value.clone());
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge;

    /// All regexes of the knowledge that is built in, each with the messages of its own entry's examples.
    fn regexes() -> Vec<(String, Vec<String>)> {
        let of = |entry: knowledge::Entry| {
            let texts: Vec<String> = entry.examples.into_iter().map(|one| one.text).collect();
            let rules = entry.rules.into_iter().filter_map(|rule| rule.message);
            let whens = entry.causes.into_iter().filter_map(|cause| cause.when);
            let conditions = whens.flat_map(|when| [when.message, when.unless]);
            let all: Vec<String> = rules.chain(conditions.flatten()).collect();
            all.into_iter().map(move |regex| (regex, texts.clone()))
        };
        knowledge::all().flat_map(|(_, entry)| of(entry)).collect()
    }

    #[test]
    fn no_more_regexes_are_kept_than_there_is_room_for() {
        for number in 0..3 * KEPT {
            assert!(matches(&format!("^x{number}$"), &format!("x{number}")));
        }
        COMPILED.with_borrow(|compiled| assert!(compiled.len() <= KEPT));
        ENDS.with_borrow(|(_, ends)| assert!(ends.len() <= ANSWERS));
    }

    #[test]
    fn what_a_rule_says_is_what_its_regex_says() {
        for (source, texts) in regexes() {
            let regex = compile(&source).expect("the linter has seen it");
            let plain = source.strip_prefix(ANY_CASE).unwrap_or(&source);
            let made = plain
                .split('|')
                .flat_map(|text| [format!("x {text}. {text}"), text.to_owned()]);
            for text in made.chain(texts).chain([String::new()]) {
                let found = regex.find(text.as_bytes()).map(|found| found.end());
                assert_eq!(end(&source, &text), found, "{source} in {text}");
            }
        }
    }

    #[test]
    fn only_what_no_match_is_without_is_needed() {
        for (regex, wanted) in [
            (
                "could not find (?P<name>[^ ]+) in",
                &["could not find ", " in"][..],
            ),
            ("abc|def ghi", &[]),
            ("(abc|def) ghi", &[" ghi"]),
            ("abcs? def", &["abc", " def"]),
            ("abcdä* x{2}yz", &["abcd", " x", "yz"]),
            ("(?i)a\\.bcd[]x|(]efg[^a[b]c]hij", &["bcd", "efg", "hij"]),
            ("abc(?: def)? ghi", &["abc", " ghi"]),
            ("a\\|bcd", &["bcd"]),
            ("(?is)abc", &[]),
            ("abc(?i:def)", &[]),
            ("\\x41bcd", &[]),
            ("abc\\p{Lu}", &[]),
        ] {
            let wanted: Vec<&str> = wanted
                .iter()
                .copied()
                .filter(|text| text.len() >= LITERAL)
                .collect();
            assert_eq!(needed(regex), wanted, "{regex}");
        }
    }
}
