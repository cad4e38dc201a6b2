//! The summary at the end: how often each error came, where first and last, and what to do first.
//!
//! ```text
//!   ┃ Summary · 7 AWS errors of 2 kinds in 3 inputs
//!   ┃               5 × AccessDenied: s3 GetObject: S3 refused the request (a.log:12 to b.log:90)
//!   ┃               2 × ExpiredToken: The session has expired (b.log:3 to 4)
//!   ┃ fix           First ExpiredToken: drop the ended session from this shell:
//!   ┃               unset AWS_SESSION_TOKEN
//! ```

use super::{
    digest::Digest,
    form::{Place, Told},
    note::{Look, Note},
};
use crate::diagnose::Status;

/// How many kinds are listed; the most frequent ones.
const LISTED: usize = 20;

/// What a run has found.
#[derive(Debug, Default)]
pub struct Summary {
    /// How many errors, repeats included.
    pub errors: u64,
    /// How many inputs were read.
    pub inputs: u64,
    /// The kinds, in the order in which they came first.
    pub kinds: Vec<Counted>,
    /// Errors of further kinds.
    pub others: u64,
}

/// One kind of error.
#[derive(Debug)]
pub struct Counted {
    /// Code, service and operation, title.
    pub title: String,
    code: String,
    step: Option<(Option<String>, Option<String>)>,
    /// How often it came.
    pub count: u64,
    /// Where first.
    pub first: Place,
    /// Where last.
    pub last: Place,
    /// How sure its first cause is.
    pub sure: Status,
}

impl Counted {
    /// A kind, at its first error, that is not yet counted.
    #[must_use]
    pub fn first(told: &Told) -> Self {
        let digest = Digest::of(told);
        Self {
            code: digest
                .title
                .split(':')
                .next()
                .unwrap_or_default()
                .to_owned(),
            title: digest.title,
            step: digest.fix.into_iter().next(),
            count: 0,
            first: told.place.clone(),
            last: told.place.clone(),
            sure: Status::Possible,
        }
    }

    fn places(&self) -> String {
        let place = |place: &Place| {
            let line = place.lines.map(|(line, _)| line);
            match (place.file.as_deref(), line) {
                (Some(file), Some(line)) => format!("{file}:{line}"),
                (Some(file), None) => file.to_owned(),
                (None, Some(line)) => format!("line {line}"),
                (None, None) => String::new(),
            }
        };
        let (first, last) = (place(&self.first), place(&self.last));
        match (first == last, first.is_empty()) {
            (_, true) => String::new(),
            (true, _) => format!(" ({first})"),
            (false, _) => match (self.first.file == self.last.file, self.last.lines) {
                (true, Some((line, _))) => format!(" ({first} to {line})"),
                _ => format!(" ({first} to {last})"),
            },
        }
    }
}

/// The lines of the summary; none where there was no error.
#[must_use]
pub fn summary(summary: &Summary, look: Look) -> Vec<u8> {
    let mut note = Note::new(look);
    if summary.errors == 0 {
        return Vec::new();
    }
    let plural = |count: u64, one: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    };
    let more = if summary.others > 0 { "more than " } else { "" };
    note.bold(&[
        "Summary".to_owned(),
        format!(
            "{} of {more}{} in {}",
            plural(summary.errors, "AWS error"),
            plural(summary.kinds.len() as u64, "kind"),
            plural(summary.inputs, "input"),
        ),
    ]);
    let mut kinds: Vec<&Counted> = summary.kinds.iter().collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
    let times = if look.unicode { '×' } else { 'x' };
    for kind in kinds.iter().take(LISTED) {
        note.prose(
            "",
            &format!("{} {times} {}{}", kind.count, kind.title, kind.places()),
        );
    }
    let listed: u64 = kinds.iter().take(LISTED).map(|kind| kind.count).sum();
    if listed < summary.errors {
        note.prose("", &format!("{} of other kinds", summary.errors - listed));
    }
    // What is proven first, then what came most often; the sort is stable.
    kinds.sort_by_key(|kind| kind.sure);
    if let Some((kind, (say, command))) = kinds
        .iter()
        .find_map(|kind| kind.step.as_ref().map(|step| (kind, step)))
    {
        let say = say
            .as_deref()
            .map(|say| format!(": {}", say.trim_end_matches(['.', ':'])));
        let colon = if command.is_some() { ":" } else { "" };
        note.prose(
            "fix",
            &format!("First {}{}{colon}", kind.code, say.unwrap_or_default()),
        );
        if let Some(command) = command {
            note.command(command);
        }
    }
    note.bytes()
}
