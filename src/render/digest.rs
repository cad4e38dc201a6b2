//! The few sentences of an explanation that short forms have room for, harmless but not yet escaped for a form.

use super::{form::Told, harmless::harmless, note::heading};
use crate::{
    diagnose::{CauseTold, Fix, Status},
    secrets::redact,
};

/// How many letters of a log's line are quoted.
const LONGEST: usize = 1000;

/// What short forms say of an error.
#[derive(Debug)]
pub(super) struct Digest {
    /// Code, service and operation, title: `NoSuchBucket: s3 ListObjectsV2: there is no bucket of that name`.
    pub title: String,
    /// What AWS is saying.
    pub summary: String,
    /// The first cause, with how sure it is.
    pub cause: Option<String>,
    /// What was seen here that makes it so.
    pub because: Vec<String>,
    /// The steps that mend it: a sentence, a command, or both.
    pub fix: Vec<(Option<String>, Option<String>)>,
    /// Where to read on.
    pub links: Vec<String>,
    /// The line of the log, without secrets, cut where it is long.
    pub line: String,
    /// `build.log:12`, where there is a file.
    pub place: Option<String>,
}

impl Digest {
    pub(super) fn of(told: &Told) -> Self {
        let explanation = &told.explanation;
        let title = heading(&told.error, explanation);
        let title: Vec<String> = title.into_iter().filter(|part| !part.is_empty()).collect();
        let first = first(&explanation.causes);
        let owned = |text: &str| harmless(text).into_owned();
        let step = |step: &Fix| {
            let clean = |text: &Option<String>| text.as_deref().map(owned);
            (clean(&step.say), clean(&step.command))
        };
        Self {
            title: owned(&title.join(": ")),
            summary: owned(explanation.summary.trim()),
            cause: first.map(|cause| {
                let word = cause.status.word();
                owned(&format!(
                    "{}: {}.",
                    capital(word),
                    cause.title.trim_end_matches('.')
                ))
            }),
            because: first
                .map(|cause| cause.because.iter().map(|text| owned(text)).collect())
                .unwrap_or_default(),
            fix: first.map_or_else(Vec::new, |cause| cause.fix.iter().map(step).collect()),
            links: explanation
                .links
                .iter()
                .map(|link| link.url.clone())
                .collect(),
            line: shortened(&harmless(&redact(told.line.trim()))),
            place: told.place.file.as_deref().map(|file| {
                let file = owned(file);
                match told.place.lines {
                    Some((line, _)) => format!("{file}:{line}"),
                    None => file,
                }
            }),
        }
    }

    /// The paragraphs of plain text: what AWS says, the first cause, what mends it.
    pub(super) fn paragraphs(&self) -> Vec<String> {
        let mut lines = vec![self.summary.clone()];
        lines.extend(self.cause.clone());
        lines.extend(self.because.clone());
        for (number, (say, command)) in self.fix.iter().enumerate() {
            let word = if number == 0 { "Fix" } else { "Then" };
            let step: Vec<&str> = [say, command]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            lines.push(format!("{word}: {}", step.join(": ")));
        }
        lines.extend(self.links.first().map(|link| format!("See: {link}")));
        lines.retain(|line| !line.trim().is_empty());
        lines
    }
}

/// The first letters of a line, as many as a reader looks at.
fn shortened(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} …", &line[..at]),
        None => line.to_owned(),
    }
}

/// The cause that is told first: the causes come ranked, and one that is ruled out is none.
fn first(causes: &[CauseTold]) -> Option<&CauseTold> {
    causes.iter().find(|cause| cause.status != Status::RuledOut)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |letter| {
        letter.to_uppercase().collect::<String>() + letters.as_str()
    })
}
