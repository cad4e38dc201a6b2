//! What a report tells, of one log and of all together.
//!
//! Each log is gathered by itself, on any core, and [`Report::add`] puts one behind the other. The caps hold for a log as they
//! hold for the whole, so memory is bounded by them and by the number of cores.

use std::collections::HashMap;

use jiff::civil::DateTime;

use crate::{diagnose::Explanation, recognise::AwsError};

/// Occurrences of one error that are shown with their lines; the others are counted.
const OCCURRENCES: usize = 20;
/// Different errors that are kept; what comes beyond is counted.
const GROUPS: usize = 1000;
/// Bytes of lines that are kept: 16 MiB. Beyond them only the first occurrence of an error is shown with its lines.
const TEXT: usize = 16 << 20;
/// Moments that are kept for the timeline.
const MOMENTS: usize = 200_000;

/// One line of a log on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its number, from 1.
    pub number: u64,
    /// Its text: cleaned, without secrets, cut where it is long.
    pub text: String,
    /// Whether it belongs to the error.
    pub inside: bool,
}

/// One time that an error occurred.
#[derive(Debug, Clone)]
pub struct Occurrence {
    /// The log's name.
    pub file: String,
    /// The first line of the block.
    pub line: u64,
    /// The time in the block or shortly before it, where one is written there.
    pub time: Option<DateTime>,
    /// The block and the lines around it.
    pub lines: Vec<Place>,
}

impl Occurrence {
    /// The lines of the error itself.
    #[must_use]
    pub fn block(&self) -> String {
        let own = self.lines.iter().filter(|line| line.inside);
        own.map(|line| line.text.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// An error and everything that is told of it.
#[derive(Debug)]
pub struct Group {
    /// The first of its kind, as it was read.
    pub error: AwsError,
    /// Its explanation; this machine's state has no part in it.
    pub told: Explanation,
    /// How often it occurred.
    pub count: u64,
    /// The first occurrences.
    pub occurrences: Vec<Occurrence>,
}

impl Group {
    /// A kind of error that has not been counted yet.
    #[must_use]
    pub fn new(error: AwsError, told: Explanation) -> Self {
        Self {
            error,
            told,
            count: 0,
            occurrences: Vec::new(),
        }
    }

    /// Equal for what stands under one heading: code, operation, entry.
    fn heading(&self) -> Heading {
        let word = |text: Option<&str>| text.unwrap_or_default().to_owned();
        (
            word(self.error.bare_code()),
            word(self.error.operation.as_deref()),
            self.told.entry.clone(),
        )
    }
}

type Heading = (String, String, String);

/// The different errors, each once, in the order in which they came.
#[derive(Debug, Default)]
pub struct Groups {
    list: Vec<Group>,
    known: HashMap<Heading, usize>,
    /// Bytes of the lines that are kept.
    text: usize,
}

impl Groups {
    /// The number of the group that stands for this one, which becomes one where it is the first of its kind; `None` where there
    /// are too many.
    pub fn place(&mut self, group: Group) -> Option<usize> {
        let heading = group.heading();
        if let Some(at) = self.known.get(&heading) {
            return Some(*at);
        }
        if self.list.len() == GROUPS {
            return None;
        }
        let at = self.list.len();
        self.known.insert(heading, at);
        self.list.push(group);
        Some(at)
    }

    /// Counts an error that comes so often.
    pub fn count(&mut self, at: usize, times: u64) {
        self.list[at].count += times;
    }

    /// Whether an occurrence is to be shown with its lines.
    #[must_use]
    pub fn has_room(&self, at: usize) -> bool {
        let shown = self.list[at].occurrences.len();
        shown == 0 || shown < OCCURRENCES && self.text < TEXT
    }

    /// Keeps an occurrence, where there is room for it; gives whether there is.
    pub fn show(&mut self, at: usize, occurrence: Occurrence) -> bool {
        let room = self.has_room(at);
        if room {
            let bytes = occurrence.lines.iter().map(|line| line.text.len());
            self.text += bytes.sum::<usize>();
            self.list[at].occurrences.push(occurrence);
        }
        room
    }

    /// A line more for the occurrence that came last.
    pub fn lengthen(&mut self, at: usize, line: Place) {
        if let Some(last) = self.list[at].occurrences.last_mut() {
            self.text += line.text.len();
            last.lines.push(line);
        }
    }
}

/// A log that was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its lines.
    pub lines: u64,
    /// Errors in it.
    pub errors: u64,
}

/// Where and when an error stood, for the timeline.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The time, where it is known.
    pub time: Option<DateTime>,
    /// The line, counted through all logs.
    pub line: u64,
}

/// When errors stood: those that are kept, and all that were.
#[derive(Debug, Default)]
pub struct Moments(Vec<Moment>);

impl Moments {
    /// Keeps one, where there is room.
    pub fn push(&mut self, moment: Moment) {
        if self.has_room() {
            self.0.push(moment);
        }
    }

    /// Whether another one is kept.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.0.len() < MOMENTS
    }
}

/// One log, gathered.
#[derive(Debug)]
pub struct Log {
    /// It itself.
    pub source: Source,
    /// The errors in it.
    pub groups: Groups,
    /// When they occurred; lines are its own.
    pub moments: Moments,
    /// Errors beyond the cap of groups.
    pub uncounted: u64,
}

/// What a page tells.
#[derive(Debug, Default)]
pub struct Report {
    /// The logs, in the order in which they were read.
    pub sources: Vec<Source>,
    /// Errors beyond the cap of groups.
    pub uncounted: u64,
    groups: Groups,
    moments: Moments,
    /// Lines of all logs so far.
    lines: u64,
}

impl Report {
    /// The log that comes next.
    pub fn add(&mut self, log: Log) {
        self.uncounted += log.uncounted;
        for mut group in log.groups.list {
            let (count, occurrences) = (group.count, std::mem::take(&mut group.occurrences));
            group.count = 0;
            let Some(at) = self.groups.place(group) else {
                self.uncounted += count;
                continue;
            };
            self.groups.count(at, count);
            for occurrence in occurrences {
                self.groups.show(at, occurrence);
            }
        }
        for moment in log.moments.0 {
            let line = self.lines + moment.line;
            self.moments.push(Moment { line, ..moment });
        }
        self.lines += log.source.lines;
        self.sources.push(log.source);
    }

    /// Errors in all logs.
    #[must_use]
    pub fn errors(&self) -> u64 {
        self.sources.iter().map(|source| source.errors).sum()
    }

    /// Lines of all logs.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.lines
    }

    /// The different errors, the most frequent first.
    #[must_use]
    pub fn groups(&self) -> Vec<&Group> {
        let mut groups: Vec<&Group> = self.groups.list.iter().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.count));
        groups
    }

    /// When they occurred.
    #[must_use]
    pub fn moments(&self) -> &[Moment] {
        &self.moments.0
    }
}
