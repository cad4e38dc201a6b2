//! What is kept of the logs while they pass: groups of errors, their occurrences, and the lines around them.

use std::collections::{HashMap, VecDeque};

use jiff::civil::DateTime;

use super::moment;
use crate::{
    diagnose::{self, Explanation, Here, Shell},
    error::Result,
    filter::Pieces,
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
/// Occurrences of one error that are shown with their lines; the others are counted.
const OCCURRENCES: usize = 20;
/// Different errors that are kept; what comes beyond is counted.
const GROUPS: usize = 1000;
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
    /// The group's number.
    pub group: usize,
    /// The time, where it is known.
    pub time: Option<DateTime>,
    /// The line, counted through all logs.
    pub line: u64,
}

/// What a page tells.
#[derive(Debug, Default)]
pub struct Report {
    /// The logs, in the order in which they were read.
    pub sources: Vec<Source>,
    /// The errors, the most frequent first after [`Gather::report`].
    pub groups: Vec<Group>,
    /// When they occurred.
    pub moments: Vec<Moment>,
    /// Errors beyond the cap of groups.
    pub uncounted: u64,
}

impl Report {
    /// Errors in all logs.
    #[must_use]
    pub fn errors(&self) -> u64 {
        self.sources.iter().map(|source| source.errors).sum()
    }
}

/// Stands at the end of the filter and gathers.
#[derive(Debug, Default)]
pub struct Gather {
    report: Report,
    known: HashMap<(String, String, String), usize>,
    shell: Shell,
    knowledge: Knowledge,
    /// The last lines that passed, with their numbers.
    passed: VecDeque<(u64, String)>,
    /// The line that has not ended yet.
    unfinished: Vec<u8>,
    /// Lines of all logs before this one.
    before: u64,
    /// The occurrence that still wants lines behind it: its group, and its last line.
    open: Option<(usize, u64)>,
    time: Option<DateTime>,
}

impl Gather {
    /// Nothing gathered yet; commands are written for this shell.
    #[must_use]
    pub fn new(shell: Shell, knowledge: Knowledge) -> Self {
        Self {
            shell,
            knowledge,
            ..Self::default()
        }
    }

    /// The log that comes next.
    pub fn enter(&mut self, name: &str) {
        self.leave();
        self.before += self.report.sources.last().map_or(0, |source| source.lines);
        self.report.sources.push(Source {
            name: redact(&recognise::shown(name.as_bytes())),
            lines: 0,
            errors: 0,
        });
    }

    /// What was gathered, the most frequent errors first.
    #[must_use]
    pub fn report(mut self) -> Report {
        self.leave();
        let mut order: Vec<usize> = (0..self.report.groups.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(self.report.groups[*at].count));
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        self.report
            .groups
            .sort_by_key(|group| std::cmp::Reverse(group.count));
        for moment in &mut self.report.moments {
            moment.group = place[moment.group];
        }
        self.report
    }

    fn leave(&mut self) {
        if !self.unfinished.is_empty() {
            self.line();
        }
        self.passed.clear();
        (self.open, self.time) = (None, None);
    }

    /// Takes the line that has ended.
    fn line(&mut self) {
        let text = recognise::shown(&std::mem::take(&mut self.unfinished));
        let Some(source) = self.report.sources.last_mut() else {
            return;
        };
        source.lines += 1;
        let number = source.lines;
        self.time = moment::of(&text).or(self.time);
        let text = shown(&text);
        if let Some((group, last)) = self.open {
            if number > last + AROUND {
                self.open = None;
            } else if let Some(occurrence) = self.report.groups[group].occurrences.last_mut() {
                occurrence.lines.push(Place {
                    number,
                    text: text.clone(),
                    inside: number <= last,
                });
            }
        }
        if self.passed.len() == REMEMBERED {
            self.passed.pop_front();
        }
        self.passed.push_back((number, text));
    }

    fn group(&mut self, error: &AwsError) -> Option<usize> {
        let answer = self.knowledge.find(error);
        let key = (
            error.bare_code().unwrap_or_default().to_owned(),
            error.operation.clone().unwrap_or_default(),
            answer.id.clone(),
        );
        if let Some(at) = self.known.get(&key) {
            return Some(*at);
        }
        if self.report.groups.len() == GROUPS {
            return None;
        }
        self.known.insert(key, self.report.groups.len());
        self.report.groups.push(Group {
            told: diagnose::explain(
                error,
                &answer,
                Here {
                    shell: self.shell,
                    ..Here::default()
                },
            ),
            error: error.clone(),
            count: 0,
            occurrences: Vec::new(),
        });
        Some(self.report.groups.len() - 1)
    }
}

impl Pieces for Gather {
    fn verbatim(&mut self, bytes: &[u8]) -> Result<()> {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = (WIDTH * 8).saturating_sub(self.unfinished.len());
            self.unfinished
                .extend_from_slice(&piece[..piece.len().min(room)]);
            if piece.ends_with(b"\n") {
                self.line();
            }
        }
        Ok(())
    }

    fn recognised(
        &mut self,
        recognised: &Recognised,
        lines: Option<(u64, u64)>,
        _unfinished: bool,
    ) -> Result<()> {
        let (first, last) = lines.unwrap_or_default();
        let Some(source) = self.report.sources.last_mut() else {
            return Ok(());
        };
        source.errors += 1;
        let (file, errors_before) = (source.name.clone(), self.before);
        let Some(group) = self.group(&recognised.error) else {
            self.report.uncounted += 1;
            return Ok(());
        };
        let around = self
            .passed
            .iter()
            .filter(|(number, _)| *number + AROUND >= first && *number <= last + AROUND);
        let lines: Vec<Place> = around
            .map(|(number, text)| Place {
                number: *number,
                text: text.clone(),
                inside: (first..=last).contains(number),
            })
            .take(SHOWN)
            .collect();
        let mut own = lines.iter().filter(|line| line.inside);
        let time = own.find_map(|line| moment::of(&line.text)).or(self.time);
        if self.report.moments.len() < MOMENTS {
            self.report.moments.push(Moment {
                group,
                time,
                line: errors_before + first,
            });
        }
        let group_of = &mut self.report.groups[group];
        group_of.count += 1;
        if group_of.occurrences.len() < OCCURRENCES {
            group_of.occurrences.push(Occurrence {
                file,
                line: first,
                time,
                lines,
            });
            self.open = Some((group, last));
        } else {
            self.open = None;
        }
        Ok(())
    }

    fn counts_lines(&self) -> bool {
        true
    }
}

/// A line as it stands on the page.
fn shown(text: &str) -> String {
    let text = redact(text);
    match text.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{} …", &text[..at]),
        None => text,
    }
}
