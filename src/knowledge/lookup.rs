//! From an error to its entry.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use regex::bytes::{Regex, RegexBuilder};

use super::{Entry, Subject, form};
use crate::{catalogue, error::Error, recognise::AwsError};

static ENTRIES: &str = include_str!(concat!(env!("OUT_DIR"), "/entries.txt"));
static PLACES: &str = include_str!(concat!(env!("OUT_DIR"), "/places.tsv"));
static RULES: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.tsv"));
static FAMILIES: &str = include_str!(concat!(env!("OUT_DIR"), "/families.txt"));

/// Who answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// An entry of its own.
    Entry,
    /// The family of its code.
    Family,
    /// The bare facts of the catalogue.
    Catalogue,
}

/// The entry for an error.
#[derive(Debug)]
pub struct Answer {
    /// `<area>/<Name>`; `catalogue` where there is none.
    pub id: String,
    /// Who answered.
    pub by: Match,
    /// What is known; `None` from the catalogue.
    pub entry: Option<Rc<Entry>>,
    /// Which rule it was, as its `message` regex, whose groups fill slots.
    pub message: Option<String>,
}

/// One line of the index.
#[derive(Debug, Clone, Copy)]
struct Row<'t> {
    code: &'t str,
    entry: usize,
    services: &'t str,
    operations: &'t str,
    producers: &'t str,
    message: &'t str,
    literals: &'t str,
}

impl<'t> Row<'t> {
    fn read(line: &'t str) -> Option<Self> {
        let mut fields = line.split('\t');
        let mut next = || fields.next();
        Some(Self {
            code: next()?,
            entry: next()?.parse().ok()?,
            services: next()?,
            operations: next()?,
            producers: next()?,
            message: next()?,
            literals: next()?,
        })
    }

    /// How far into the message its regex matches: of two rules that ask for as much, the one that reads on further knows
    /// more of it.
    fn reach(&self, error: &AwsError) -> usize {
        let text = error.message.as_deref().unwrap_or_default();
        let found = compile(self.message).filter(|_| !self.message.is_empty());
        found
            .and_then(|regex| regex.find(text.as_bytes()).map(|found| found.end()))
            .unwrap_or(0)
    }

    /// How much it asks for; `None` where it does not hold.
    fn holds(&self, subject: &Subject<'_>) -> Option<u32> {
        let error = subject.error;
        let mut asked = if self.code.is_empty() { 0 } else { 100 };
        if !self.services.is_empty() {
            if !self
                .services
                .split(',')
                .any(|service| subject.services.contains(&service))
            {
                return None;
            }
            asked += 40;
        }
        for (list, value, weight) in [
            (self.operations, error.operation.as_deref(), 25),
            (self.producers, Some(error.producer), 10),
        ] {
            if !list.is_empty() {
                if !list.split(',').any(|item| Some(item) == value) {
                    return None;
                }
                asked += weight;
            }
        }
        if !self.message.is_empty() {
            let text = error.message.as_deref().unwrap_or_default();
            let possible = self.literals.is_empty()
                || self
                    .literals
                    .split('\u{1f}')
                    .any(|literal| text.contains(literal));
            if !possible || !matches(self.message, text) {
                return None;
            }
            asked += 30;
        }
        Some(asked)
    }
}

/// Whether a `message` rule's regex matches.
#[must_use]
pub fn matches(regex: &str, text: &str) -> bool {
    compile(regex).is_some_and(|regex| regex.is_match(text.as_bytes()))
}

thread_local! {
    /// The regexes that were needed so far: compiling one costs a thousand times what matching does.
    static COMPILED: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
    /// The entries that answered so far.
    static PARSED: RefCell<HashMap<usize, Option<Rc<Entry>>>> = RefCell::default();
}

/// The regex of a rule, as all rules are read: without Unicode tables. Compiled once.
pub(crate) fn compile(regex: &str) -> Option<Regex> {
    COMPILED.with_borrow_mut(|compiled| {
        if let Some(known) = compiled.get(regex) {
            return known.clone();
        }
        let new = RegexBuilder::new(regex).unicode(false).build().ok();
        compiled.insert(regex.to_owned(), new.clone());
        new
    })
}

/// An entry of the base by its number, parsed once.
fn entry(number: usize) -> Option<Rc<Entry>> {
    PARSED.with_borrow_mut(|parsed| {
        parsed
            .entry(number)
            .or_insert_with(|| serde_yaml::from_str(place(number).1).ok().map(Rc::new))
            .clone()
    })
}

/// The entry that answers for the error.
#[must_use]
pub fn find(error: &AwsError) -> Answer {
    let subject = Subject::of(error);
    let code = error.bare_code().unwrap_or_default();
    let coded = rows_of(code);
    let best = coded
        .chain(rows_of(""))
        .filter_map(|row| {
            row.holds(&subject)
                .map(|asked| ((asked, row.reach(error)), row))
        })
        .filter(|(_, row)| !row.code.is_empty() || !row.message.is_empty())
        // Of two that ask for as much, the first by id.
        .max_by(|(one, first), (other, second)| {
            one.cmp(other).then(second.entry.cmp(&first.entry))
        });
    if let Some((_, row)) = best {
        let (id, _) = place(row.entry);
        return Answer {
            id: id.to_owned(),
            by: Match::Entry,
            entry: entry(row.entry),
            message: Some(row.message.to_owned()).filter(|message| !message.is_empty()),
        };
    }
    if !code.is_empty() {
        for number in FAMILIES.lines().filter_map(|number| number.parse().ok()) {
            let (id, _) = place(number);
            let Some(entry) = entry(number) else { continue };
            if entry
                .rules
                .iter()
                .any(|rule| is_of(rule, code, error.http_status))
            {
                return Answer {
                    id: id.to_owned(),
                    by: Match::Family,
                    entry: Some(entry),
                    message: None,
                };
            }
        }
    }
    Answer {
        id: "catalogue".to_owned(),
        by: Match::Catalogue,
        entry: None,
        message: None,
    }
}

/// Whether a code is of a family's form.
fn is_of(rule: &form::Rule, code: &str, status: Option<u16>) -> bool {
    let facts = catalogue::code(code);
    let status = status.or_else(|| facts.and_then(|facts| facts.statuses().next()));
    let form =
        |list: &[String], test: fn(&str, &str) -> bool| list.iter().any(|part| test(code, part));
    let asks_form = [
        &rule.code_is,
        &rule.code_starts,
        &rule.code_ends,
        &rule.code_has,
    ]
    .iter()
    .any(|list| !list.is_empty());
    let of_form = form(&rule.code_is, |code, part| code == part)
        || form(&rule.code_starts, |code, part| code.starts_with(part))
        || form(&rule.code_ends, |code, part| code.ends_with(part))
        || form(&rule.code_has, |code, part| code.contains(part));
    (!asks_form || of_form)
        && (rule.status.is_empty() || status.is_some_and(|status| rule.status.contains(&status)))
        && rule
            .fault
            .as_deref()
            .is_none_or(|fault| facts.and_then(|facts| facts.fault()) == Some(fault))
        && rule
            .retry
            .as_deref()
            .is_none_or(|retry| facts.and_then(|facts| facts.retry()) == Some(retry))
}

/// The rows of a code, found by halving; those without a code for the empty one.
fn rows_of(code: &str) -> impl Iterator<Item = Row<'static>> {
    let bytes = RULES.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |at| low + at + 1);
        let first = RULES[start..].split('\t').next().unwrap_or_default();
        if first < code {
            low = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at + 1);
        } else {
            high = start;
        }
    }
    RULES[low..]
        .lines()
        .filter_map(Row::read)
        .take_while(move |row| row.code == code)
}

/// The id and the text of an entry.
fn place(number: usize) -> (&'static str, &'static str) {
    let row = PLACES.lines().nth(number).unwrap_or_default();
    let mut fields = row.split('\t');
    let id = fields.next().unwrap_or_default();
    let mut number = || {
        fields
            .next()
            .and_then(|field| field.parse::<usize>().ok())
            .unwrap_or(0)
    };
    let (start, length) = (number(), number());
    (id, ENTRIES.get(start..start + length).unwrap_or_default())
}

/// All entries of the base, by id, parsed one at a time.
pub fn all() -> impl Iterator<Item = (&'static str, Entry)> {
    (0..PLACES.lines().count()).filter_map(|number| {
        let (id, text) = place(number);
        serde_yaml::from_str(text).ok().map(|entry| (id, entry))
    })
}

/// Reads one entry from a file's text.
pub fn parse(file: &std::path::Path, text: &str) -> Result<Entry, Error> {
    serde_yaml::from_str(text).map_err(|fault| Error::Invalid {
        file: file.to_owned(),
        line: fault.location().map_or(0, |at| at.line()),
        what: fault.to_string(),
    })
}
