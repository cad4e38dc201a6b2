//! An entry among the others: its examples find it and show what they promise, its near misses do not find it.

use super::Fault;
use crate::{
    diagnose::{self, Explanation, Extent, Here},
    knowledge::{Answer, Entry, Knowledge, Step, form::Example},
    recognise::{self, AwsError},
    sieve::Sieve,
};

/// What examples are tried with.
#[derive(Debug, Default)]
pub struct Bench {
    /// The knowledge that the entry is among.
    pub knowledge: Knowledge,
    /// The sieve that examples have to be seen by.
    pub sieve: Sieve,
}

/// The examples that do not find their entry, or do not show what they promise.
#[must_use]
pub fn examples(id: &str, entry: &Entry, bench: &Bench) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, example) in entry.examples.iter().enumerate() {
        let place = format!("{id} example {}: {:?}", number + 1, example.text);
        let at = line(&example.text);
        let mut add = |reason, what: String| faults.push(Fault::new(reason, what, at));
        if !bench.sieve.sees(example.text.as_bytes()) {
            add("passes the sieve unseen", place.clone());
        }
        let Some(error) = read(&example.text, bench) else {
            add("not recognised", place);
            continue;
        };
        let answer = bench.knowledge.find(&error);
        if answer.id == id {
            let told = explain(&error, &answer);
            faults.extend(shown(&place, entry, example, &told));
        } else {
            let read = format!("{} read {:?}, {:?}", answer.id, error.code, error.message);
            add("another entry answers", format!("{place}\n    → {read}"));
        }
    }
    faults
}

/// The near misses that find the entry.
#[must_use]
pub fn near_misses(id: &str, entry: &Entry, bench: &Bench) -> Vec<Fault> {
    let finds = |text: &&String| {
        let error = read(text, bench);
        error.is_some_and(|error| bench.knowledge.find(&error).id == id)
    };
    let misses = entry.near_misses.iter().filter(finds);
    misses
        .map(|text| {
            Fault::new(
                "a near miss finds it",
                format!("{id}: {text:?}"),
                line(text),
            )
        })
        .collect()
}

/// The error in a text, by a shape or by a user's own words.
fn read(text: &str, bench: &Bench) -> Option<AwsError> {
    let by_words = || {
        let mut lines = text.lines();
        lines.find_map(|line| {
            bench
                .knowledge
                .own_words(&recognise::said(line.as_bytes(), 0))
        })
    };
    recognise::text(text).or_else(by_words)
}

/// The first line of a text, which stands in the file as it is but for quotes.
fn line(text: &str) -> &str {
    text.lines()
        .next()
        .unwrap_or_default()
        .split('\'')
        .next()
        .unwrap_or_default()
}

/// An error's explanation as it is where nothing is known of the machine: then every cause is shown.
fn explain(error: &AwsError, answer: &Answer) -> Explanation {
    diagnose::explain(error, answer, Here::default(), Extent::Whole)
}

/// What an example says beyond its entry: the cause that is among those shown, and what its slots are filled with.
fn shown(place: &str, entry: &Entry, example: &Example, told: &Explanation) -> Vec<Fault> {
    let (mut faults, at) = (Vec::new(), line(&example.text));
    if let Some(cause) = &example.cause
        && !told.causes.iter().any(|told| told.id == *cause)
    {
        let what = format!("{place}\n    → {cause}");
        faults.push(Fault::new("the cause is not shown", what, at));
    }
    let (as_written, as_told) = (written(entry, told), texts(told).join("\n"));
    for (slot, value) in &example.fills {
        // A slot that no text of this entry has cannot be seen from outside.
        if as_written.contains(&format!("{{{slot}}}")) && !as_told.contains(value) {
            let what = format!("{place}\n    → {slot} = {value}");
            faults.push(Fault::new("a slot is not filled", what, at));
        }
    }
    faults
}

/// Every text of the entry that stands, filled, in the explanation.
fn written(entry: &Entry, told: &Explanation) -> String {
    let mut texts = vec![entry.title.clone(), entry.summary.clone()];
    let is_told = |id: &str| told.causes.iter().any(|cause| cause.id == id);
    for cause in entry.causes.iter().filter(|cause| is_told(&cause.id)) {
        texts.extend([cause.title.clone(), cause.why.clone()]);
        texts.extend(cause.fix.iter().map(advice));
    }
    texts.join("\n")
}

/// Every text of an explanation.
fn texts(told: &Explanation) -> Vec<&str> {
    let mut texts = vec![told.title.as_str(), &told.summary];
    for cause in &told.causes {
        texts.extend([cause.title.as_str(), &cause.why]);
        let steps = cause.fix.iter().flat_map(|step| [&step.say, &step.command]);
        texts.extend(steps.flatten().map(String::as_str));
    }
    texts
}

fn advice(step: &Step) -> String {
    serde_json::to_string(step).unwrap_or_default()
}
