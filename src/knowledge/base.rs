//! Gathered entries, searched where they lie: those that are built in, or a user's own.

use std::{
    cell::RefCell,
    collections::HashMap,
    ops::Range,
    rc::Rc,
    sync::atomic::{AtomicUsize, Ordering},
};

use super::{
    Entry, Subject,
    gather::{Gathered, Trials},
    index::ANY_CASE,
    message,
    uncoded::Uncoded,
};

/// The knowledge that is built in.
pub(super) static BUILT_IN: Base<'static> = Base {
    serial: 0,
    text: include_str!(concat!(env!("OUT_DIR"), "/entries.txt")),
    trials: include_str!(concat!(env!("OUT_DIR"), "/trials.txt")),
    places: include_str!(concat!(env!("OUT_DIR"), "/places.tsv")),
    rules: include_str!(concat!(env!("OUT_DIR"), "/rules.tsv")),
    families: include_str!(concat!(env!("OUT_DIR"), "/families.txt")),
};

/// Entries and the way into them; see [`Gathered`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Base<'t> {
    /// Which base of this process it is; 0 is what is built in.
    serial: usize,
    text: &'t str,
    trials: &'t str,
    places: &'t str,
    rules: &'t str,
    families: &'t str,
}

/// A user's own entries, as they were read.
#[derive(Debug)]
pub(super) struct Own {
    serial: usize,
    gathered: Gathered,
}

impl Own {
    pub fn new(gathered: Gathered) -> Self {
        static READ: AtomicUsize = AtomicUsize::new(1);
        Self {
            serial: READ.fetch_add(1, Ordering::Relaxed),
            gathered,
        }
    }

    pub fn base(&self) -> Base<'_> {
        Base {
            serial: self.serial,
            text: &self.gathered.text,
            trials: &self.gathered.trials,
            places: &self.gathered.places,
            rules: &self.gathered.rules,
            families: &self.gathered.families,
        }
    }
}

impl<'t> Base<'t> {
    /// The rules of a code, found by halving; those without a code for the empty one.
    pub fn rows_of<'c>(self, code: &'c str) -> impl Iterator<Item = Row<'t>> + use<'t, 'c> {
        let bytes = self.rules.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = memchr::memrchr(b'\n', &bytes[low..middle]).map_or(low, |at| low + at + 1);
            let first = self.rules[start..].split('\t').next().unwrap_or_default();
            if first < code {
                low =
                    memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at + 1);
            } else {
                high = start;
            }
        }
        lines(&self.rules[low..])
            .filter_map(Row::read)
            .take_while(move |row| row.code == code)
    }

    /// The rules without a code whose `message` a text may fulfil.
    pub fn uncoded(self, message: &str) -> impl Iterator<Item = Row<'t>> + use<'t> {
        let possible = UNCODED.with_borrow_mut(|known| {
            let uncoded = known.entry(self.serial).or_insert_with(|| {
                // They stand first, since the index is sorted by code.
                let mut from = 0;
                let lines = self.rules.split_inclusive('\n').map(|line| {
                    from += line.len();
                    (from - line.len(), line)
                });
                let rows = lines.filter_map(|(place, line)| {
                    Some((place, Row::read(line.trim_end_matches('\n'))?))
                });
                let rows = rows.take_while(|(_, row)| row.code.is_empty());
                let asked = rows.map(|(place, row)| (place, row.asked()));
                let asking = asked.filter(|(_, asked)| !asked.message.is_empty());
                Uncoded::of(asking.map(|(place, asked)| (place, asked.literals)))
            });
            uncoded.possible(message)
        });
        let line = move |place: usize| lines(&self.rules[place..]).next();
        possible
            .into_iter()
            .filter_map(move |place| Row::read(line(place)?))
    }

    /// All codes that a rule names, sorted, some of them several times.
    pub fn codes(self) -> impl Iterator<Item = &'t str> {
        self.rules
            .lines()
            .filter_map(|line| line.split('\t').next())
            .filter(|code| !code.is_empty())
    }

    /// The numbers of the families, the first to be asked first.
    pub fn families(self) -> impl Iterator<Item = usize> + use<'t> {
        self.families
            .lines()
            .filter_map(|number| number.parse().ok())
    }

    /// The id of an entry.
    pub fn id(self, number: usize) -> &'t str {
        self.place(number).id
    }

    fn place(self, number: usize) -> Place<'t> {
        let row = STARTS.with_borrow_mut(|known| {
            let starts = known.entry(self.serial).or_insert_with(|| {
                let breaks = memchr::memchr_iter(b'\n', self.places.as_bytes());
                std::iter::once(0).chain(breaks.map(|at| at + 1)).collect()
            });
            let start = starts.get(number).copied().unwrap_or(self.places.len());
            self.places[start..].lines().next()
        });
        Place::read(row.unwrap_or_default())
    }

    /// All entries, by id, with what they are tried by, parsed one at a time.
    pub fn all(self) -> impl Iterator<Item = (&'t str, Entry)> {
        self.places.lines().filter_map(move |row| {
            let place = Place::read(row);
            let mut entry = serde_json::from_str(self.text.get(place.text)?).ok()?;
            let trials: Trials = serde_json::from_str(self.trials.get(place.trials)?).ok()?;
            trials.into_entry(&mut entry);
            Some((place.id, entry))
        })
    }

    /// An entry by its number, without what it is tried by. What was asked for is kept, as far as there is room.
    pub fn entry(self, number: usize) -> Option<Rc<Entry>> {
        let parse = || {
            let text = self.text.get(self.place(number).text)?;
            serde_json::from_str(text).ok().map(Rc::new)
        };
        PARSED.with_borrow_mut(|parsed| {
            let known = parsed.get(&(self.serial, number)).cloned();
            known.unwrap_or_else(|| {
                message::keep(parsed, PARSED_MOST, (self.serial, number), parse())
            })
        })
    }
}

/// Where an entry lies in [`Base::text`] and [`Base::trials`]. It is not looked at before it is asked for: whoever looks at
/// a byte of what is built in has the system map all that stands around it.
struct Place<'t> {
    id: &'t str,
    text: Range<usize>,
    trials: Range<usize>,
}

impl<'t> Place<'t> {
    /// From a row of [`Base::places`].
    fn read(row: &'t str) -> Self {
        let mut fields = row.split('\t');
        let id = fields.next().unwrap_or_default();
        let mut number = || {
            fields
                .next()
                .and_then(|field| field.parse::<usize>().ok())
                .unwrap_or(0)
        };
        let mut part = || {
            let (start, length) = (number(), number());
            start..start + length
        };
        Self {
            id,
            text: part(),
            trials: part(),
        }
    }
}

/// The lines of a text, each without its line break.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = (!rest.is_empty()).then(|| &rest[..end]);
        rest = rest.get(end + 1..).unwrap_or_default();
        line
    })
}

/// The next field of a row.
fn field<'t>(rest: &mut &'t str) -> &'t str {
    let end = memchr::memchr(b'\t', rest.as_bytes()).unwrap_or(rest.len());
    let field = &rest[..end];
    *rest = rest.get(end + 1..).unwrap_or_default();
    field
}

/// One line of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'t> {
    pub code: &'t str,
    pub entry: usize,
    pub services: &'t str,
    /// See [`Asked`]: most rows of a code are other services', and are not read on.
    rest: &'t str,
}

/// What a row asks for besides the code and the service.
#[derive(Debug, Clone, Copy)]
struct Asked<'t> {
    operations: &'t str,
    producers: &'t str,
    message: &'t str,
    literals: &'t str,
}

impl<'t> Row<'t> {
    fn read(line: &'t str) -> Option<Self> {
        let mut rest = line;
        Some(Self {
            code: field(&mut rest),
            entry: field(&mut rest).parse().ok()?,
            services: field(&mut rest),
            rest,
        })
    }

    fn asked(&self) -> Asked<'t> {
        let mut rest = self.rest;
        Asked {
            operations: field(&mut rest),
            producers: field(&mut rest),
            message: field(&mut rest),
            literals: field(&mut rest),
        }
    }

    /// The regex that the message is to match; empty where any will do.
    pub fn message(&self) -> &'t str {
        self.asked().message
    }

    /// Whether it asks for nothing but the code, and perhaps the service.
    pub fn is_plain(&self) -> bool {
        let asked = self.asked();
        asked.message.is_empty() && asked.operations.is_empty() && asked.producers.is_empty()
    }

    /// How much it asks for, and how far into the message its regex matches: of two rules that ask for as much, the one that
    /// reads on further knows more of it. `None` where it does not hold.
    pub fn holds(&self, subject: &Subject<'_>) -> Option<(u32, usize)> {
        let error = subject.error;
        let mut weight = if self.code.is_empty() { 0 } else { 100 };
        if !self.services.is_empty() {
            let mut services = self.services.split(',');
            if !services.any(|service| subject.services.contains(&service)) {
                return None;
            }
            weight += 40;
        }
        let asked = self.asked();
        for (list, value, more) in [
            (asked.operations, error.operation.as_deref(), 25),
            (asked.producers, Some(error.producer), 10),
        ] {
            if !list.is_empty() {
                if !list.split(',').any(|item| Some(item) == value) {
                    return None;
                }
                weight += more;
            }
        }
        let mut reach = 0;
        if !asked.message.is_empty() {
            let text = error.message.as_deref().unwrap_or_default();
            let any_case = asked.message.starts_with(ANY_CASE);
            let stands = |literal: &str| message::find(text, literal, any_case).is_some();
            let possible = asked.literals.is_empty() || asked.literals.split('\u{1f}').any(stands);
            reach = possible.then(|| message::end(asked.message, text))??;
            weight += 30;
        }
        Some((weight, reach))
    }
}

/// Entries by base and number; `None` where one is not of the form.
type Parsed = HashMap<(usize, usize), Option<Rc<Entry>>>;

/// How many entries are kept at most, each of a few KiB.
const PARSED_MOST: usize = 128;

thread_local! {
    /// The entries that answered last, by base and number.
    static PARSED: RefCell<Parsed> = RefCell::default();
    /// Where the rows of [`Base::places`] begin, by base.
    static STARTS: RefCell<HashMap<usize, Vec<usize>>> = RefCell::default();
    /// The search for rules without a code, by base.
    static UNCODED: RefCell<HashMap<usize, Uncoded>> = RefCell::default();
}
