//! What is kept of a log while it passes: its errors, their occurrences, and the lines around them.

use std::{
    collections::{HashMap, VecDeque},
    mem,
};

use jiff::civil::DateTime;

use super::{
    gathered::{Group, Groups, Log, Moment, Moments, Occurrence, Place, Source},
    moment,
};
use crate::{
    diagnose::Extent,
    error::Result,
    filter::{Explainer, Pieces},
    knowledge::Knowledge,
    recognise::{self, AwsError, Recognised},
    secrets::redact,
};

/// Lines that are shown before and behind an occurrence.
const AROUND: u64 = 3;
/// Lines that are remembered, so that a block and what stands before it can be shown.
const REMEMBERED: usize = 80;
/// Lines of one occurrence that are shown.
const SHOWN: usize = 40;
/// Letters of a line that are shown.
const WIDTH: usize = 1000;
/// Bytes of a line that are kept: what is shown of it, whatever its letters are.
const KEPT: usize = WIDTH * 8;
/// Kinds of errors whose group is remembered; what was forgotten is explained again.
const KINDS: usize = 8192;

/// Stands at the end of the filter and gathers one log.
#[derive(Debug)]
pub struct Gather<'e, 'h> {
    explainer: &'e Explainer<'h>,
    log: Log,
    /// The group of each kind of error, by its key.
    kinds: HashMap<u64, Option<usize>>,
    /// The last lines that passed, as they came.
    passed: VecDeque<Vec<u8>>,
    /// The line that has not ended yet.
    unfinished: Vec<u8>,
    /// The occurrence that still wants lines behind it: its group, and its last line.
    open: Option<(usize, u64)>,
    /// A time, and up to which line it was looked for.
    time: (u64, Option<DateTime>),
}

impl<'e, 'h> Gather<'e, 'h> {
    /// Nothing gathered yet of the log with this name.
    #[must_use]
    pub fn new(name: &str, explainer: &'e Explainer<'h>) -> Self {
        Self {
            explainer,
            log: Log {
                source: Source {
                    name: redact(&recognise::shown(name.as_bytes())),
                    lines: 0,
                    errors: 0,
                },
                groups: Groups::default(),
                moments: Moments::default(),
                uncounted: 0,
            },
            kinds: HashMap::new(),
            passed: VecDeque::with_capacity(REMEMBERED),
            unfinished: Vec::new(),
            open: None,
            time: (0, None),
        }
    }

    /// What was gathered.
    #[must_use]
    pub fn log(mut self) -> Log {
        if !self.unfinished.is_empty() {
            self.line();
        }
        self.log
    }

    /// Takes the line that has ended.
    fn line(&mut self) {
        self.log.source.lines += 1;
        let number = self.log.source.lines;
        if let Some((group, last)) = self.open {
            if number > last + AROUND {
                self.open = None;
            } else {
                let line = shown(number, &self.unfinished, number <= last);
                self.log.groups.lengthen(group, line);
            }
        }
        let mut room = Vec::new();
        if self.passed.len() == REMEMBERED {
            room = self.passed.pop_front().unwrap_or_default();
            room.clear();
        }
        self.passed
            .push_back(mem::replace(&mut self.unfinished, room));
    }

    /// The lines that are remembered, with their numbers.
    fn remembered(&self) -> impl DoubleEndedIterator<Item = (u64, &[u8])> {
        let first = self.log.source.lines + 1 - self.passed.len() as u64;
        let lines = self.passed.iter().enumerate();
        lines.map(move |(at, line)| (first + at as u64, &line[..]))
    }

    fn group(&mut self, error: &AwsError) -> Option<usize> {
        let key = error.key();
        if let Some(known) = self.kinds.get(&key) {
            return *known;
        }
        let group = Group::new(error.clone(), self.explainer.explain(error, Extent::Whole));
        let at = self.log.groups.place(group);
        if self.kinds.len() == KINDS {
            self.kinds.clear();
        }
        self.kinds.insert(key, at);
        at
    }

    /// The time in a block, or else the last one before it. No line is looked at twice.
    fn time(&mut self, first: u64, last: u64) -> Option<DateTime> {
        let (looked, known) = self.time;
        let fresh = |from: u64, to: u64| {
            let lines = self.remembered();
            lines.filter(move |(number, _)| *number > looked && (from..=to).contains(number))
        };
        let of = |(_, line): (u64, &[u8])| moment::of(&recognise::shown(line));
        let inside = fresh(first, last).find_map(of);
        let time = inside.or_else(|| fresh(0, first - 1).rev().find_map(of));
        let time = time.or(known);
        self.time = (last.max(looked), time);
        time
    }
}

impl Pieces for Gather<'_, '_> {
    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).map(|at| at + 1);
            let (piece, behind) = rest.split_at(end.unwrap_or(rest.len()));
            let room = KEPT.saturating_sub(self.unfinished.len());
            self.unfinished
                .extend_from_slice(&piece[..piece.len().min(room)]);
            if end.is_some() {
                self.line();
            }
            rest = behind;
        }
        Ok(())
    }

    fn recognised(
        &mut self,
        recognised: &Recognised,
        lines: Option<(u64, u64)>,
        unfinished: bool,
    ) -> Result<()> {
        if unfinished {
            // No line break comes any more.
            self.line();
        }
        let (first, last) = lines.unwrap_or((1, 1));
        self.log.source.errors += 1;
        let Some(group) = self.group(&recognised.error) else {
            self.log.uncounted += 1;
            return Ok(());
        };
        self.log.groups.count(group, 1);
        self.open = None;
        let room = self.log.groups.has_room(group);
        if !room && !self.log.moments.has_room() {
            return Ok(());
        }
        let time = self.time(first, last);
        self.log.moments.push(Moment { time, line: first });
        if room {
            let around = self
                .remembered()
                .filter(|(number, _)| *number + AROUND >= first && *number <= last + AROUND);
            let lines = around
                .take(SHOWN)
                .map(|(number, line)| shown(number, line, (first..=last).contains(&number)))
                .collect();
            let occurrence = Occurrence {
                file: self.log.source.name.clone(),
                line: first,
                time,
                lines,
            };
            self.log.groups.show(group, occurrence);
            self.open = Some((group, last));
        }
        Ok(())
    }

    fn counts_lines(&self) -> bool {
        true
    }

    fn knowledge(&self) -> Option<&Knowledge> {
        Some(self.explainer.knowledge())
    }
}

/// A line as it stands on the page.
fn shown(number: u64, line: &[u8], inside: bool) -> Place {
    let text = redact(&recognise::shown(line));
    let text = match text.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{} …", &text[..at]),
        None => text,
    };
    Place {
        number,
        text,
        inside,
    }
}
