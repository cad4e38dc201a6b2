//! The base holds what it promises: its own examples prove it.
//!
//! An entry is data, so what a reviewer would have to check by eye is checked here for all of them at once: the examples
//! of an entry find it and show the cause that they name, its near misses do not, and its parts are of the form that
//! `knowledge/README.md` gives beyond what the build already refuses. A new entry needs no line here.
//!
//! Each test goes through the whole base, collects every fault and then fails with the list, since whoever changes a
//! shape wants to see at once all that this changes. With `KNOWLEDGE_FAULTS=FILE` the list of examples that fail is also
//! written there, grouped by reason (empty where all is well).

use std::{collections::HashSet, fmt::Write, num::NonZero, thread};

use awsexplain::{
    catalogue,
    diagnose::{self, Explanation, Shell},
    environment,
    knowledge::{self, Answer, Entry, Match, Step, form::Example},
    recognise::{self, AwsError},
    sieve::Sieve,
};

/// Advice that is never given, in lower case: it would trade one trouble for a worse one.
const FORBIDDEN: &[&str] = &[
    "--no-verify-ssl",
    "administratoraccess",
    "\"action\":\"*\"",
    "public-read",
    "allusers",
];

/// Faults as they are found, each under a reason; all of them are told together.
#[derive(Default)]
struct Faults(Vec<(&'static str, String)>);

impl Faults {
    fn add(&mut self, reason: &'static str, what: impl Into<String>) {
        self.0.push((reason, what.into()));
    }

    fn unless(&mut self, holds: bool, reason: &'static str, what: &str) {
        if !holds {
            self.add(reason, what);
        }
    }

    fn list(&mut self) -> String {
        self.0.sort();
        let (mut told, mut last) = (String::new(), "");
        for (reason, what) in &self.0 {
            if *reason != last {
                let count = self.0.iter().filter(|(other, _)| other == reason).count();
                let _ = writeln!(told, "\n# {reason} ({count})");
                last = reason;
            }
            let _ = writeln!(told, "{what}");
        }
        told
    }

    fn judge(mut self) {
        let list = self.list();
        assert!(list.is_empty(), "{} faults\n{list}", self.0.len());
    }
}

fn entries() -> impl Iterator<Item = (&'static str, Entry)> {
    knowledge::all().filter(|(_, entry)| entry.retired.is_none())
}

/// An error's explanation as it is where nothing is known of the machine: then every cause is shown.
fn explain(error: &AwsError, answer: &Answer) -> Explanation {
    diagnose::explain(error, answer, &[], None, Shell::Posix)
}

#[test]
fn examples_find_their_entry() {
    let (mut faults, sieve) = (Faults::default(), Sieve::default());
    for (id, entry) in entries() {
        for (number, example) in entry.examples.iter().enumerate() {
            let place = format!("{id} example {}: {:?}", number + 1, example.text);
            if sieve.full(example.text.as_bytes()).is_none() {
                faults.add("passes the sieve unseen", &place);
            }
            let Some(error) = recognise::text(&example.text) else {
                faults.add("not recognised", place);
                continue;
            };
            let answer = knowledge::find(&error);
            if answer.id == id {
                shown(
                    &mut faults,
                    &place,
                    &entry,
                    example,
                    &explain(&error, &answer),
                );
            } else {
                let read = format!("{} read {:?}, {:?}", answer.id, error.code, error.message);
                faults.add("another entry answers", format!("{place}\n    → {read}"));
            }
        }
    }
    if let Some(file) = std::env::var_os("KNOWLEDGE_FAULTS") {
        std::fs::write(file, faults.list()).expect("the file for faults can be written");
    }
    // Examples that are true but not read yet stand in a list. It only shrinks: one that is read has to leave it.
    let name = |what: &str| what.split(": ").next().unwrap_or_default().to_owned();
    let known: HashSet<&str> = include_str!("data/examples-not-yet.txt").lines().collect();
    let found: HashSet<String> = faults.0.iter().map(|(_, what)| name(what)).collect();
    faults
        .0
        .retain(|(_, what)| !known.contains(name(what).as_str()));
    for example in known.iter().filter(|example| !found.contains(**example)) {
        faults.add(
            "read now: take it off tests/data/examples-not-yet.txt",
            *example,
        );
    }
    faults.judge();
}

/// What an example says beyond its entry: the cause that is among those shown, and what its slots are filled with.
fn shown(faults: &mut Faults, place: &str, entry: &Entry, example: &Example, told: &Explanation) {
    if let Some(cause) = &example.cause {
        let given = told.causes.iter().any(|told| told.id == *cause);
        let line = format!("{place}\n    → {cause}");
        faults.unless(given, "the cause is not shown", &line);
    }
    let (as_written, as_told) = (written(entry, told), texts(told).join("\n"));
    for (slot, value) in &example.fills {
        // A slot that no text of this entry has cannot be seen from outside.
        let seen = !as_written.contains(&format!("{{{slot}}}")) || as_told.contains(value);
        let line = format!("{place}\n    → {slot} = {value}");
        faults.unless(seen, "a slot is not filled", &line);
    }
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
    serde_json::to_string(step).expect("a step is plain data")
}

#[test]
fn near_misses_do_not_find_it() {
    let mut faults = Faults::default();
    for (id, entry) in entries() {
        for text in &entry.near_misses {
            let found = recognise::text(text).map(|error| knowledge::find(&error).id);
            let line = format!("{id}: {text:?}");
            faults.unless(found.as_deref() != Some(id), "a near miss finds it", &line);
        }
    }
    faults.judge();
}

#[test]
fn entries_are_whole() {
    let (mut faults, mut ids) = (Faults::default(), HashSet::new());
    for (id, entry) in knowledge::all() {
        faults.unless(ids.insert(id.to_ascii_lowercase()), "the id is taken", id);
        let short = entry.title.chars().count() < 70 && !entry.title.ends_with('.');
        faults.unless(short, "the title is long, or ends in a full stop", id);
        if entry.retired.is_some() {
            continue;
        }
        faults.unless(!entry.causes.is_empty(), "there is no cause", id);
        let proven = !entry.examples.is_empty() || id.starts_with("families/");
        faults.unless(proven, "there is no example", id);
        for link in &entry.links {
            let line = format!("{id}: {}", link.url);
            faults.unless(
                link.url.starts_with("https://"),
                "a link is not https",
                &line,
            );
        }
        let conditions = entry
            .causes
            .iter()
            .filter_map(|cause| cause.when.as_ref()?.message.as_ref());
        for regex in entry
            .rules
            .iter()
            .filter_map(|rule| rule.message.as_ref())
            .chain(conditions)
        {
            let compiles = regex::bytes::RegexBuilder::new(regex)
                .unicode(false)
                .build()
                .is_ok();
            faults.unless(compiles, "a message is no regex", &format!("{id}: {regex}"));
        }
    }
    faults.judge();
}

#[test]
fn causes_are_whole() {
    let (mut faults, slugs) = (Faults::default(), environment::slugs());
    for (id, entry) in entries() {
        let mut causes = HashSet::new();
        for cause in &entry.causes {
            let place = format!("{id} {}", cause.id);
            let plain = cause
                .id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            faults.unless(plain, "the cause's id is not words and hyphens", &place);
            faults.unless(causes.insert(&cause.id), "the cause's id is taken", &place);
            let evidence = &cause.evidence;
            for slug in [
                &evidence.confirmed_by,
                &evidence.likely_if,
                &evidence.ruled_out_by,
            ]
            .into_iter()
            .flatten()
            {
                let line = format!("{place}: {slug}");
                faults.unless(
                    slugs.contains(&slug.as_str()),
                    "there is no such check",
                    &line,
                );
            }
            for (number, step) in cause.fix.iter().enumerate() {
                check_step(&mut faults, &format!("{place} step {}", number + 1), step);
            }
        }
        for cause in entry
            .examples
            .iter()
            .filter_map(|example| example.cause.as_deref())
        {
            let line = format!("{id}: {cause}");
            faults.unless(
                causes.iter().any(|id| *id == cause),
                "an example names no cause of the entry",
                &line,
            );
        }
    }
    faults.judge();
}

fn check_step(faults: &mut Faults, place: &str, step: &Step) {
    let kinds = [
        step.run.is_some(),
        !step.unset.is_empty(),
        !step.set.is_empty(),
        step.allow.is_some(),
        step.instruct.is_some(),
    ];
    let one = kinds.iter().filter(|is| **is).count() == 1;
    faults.unless(one, "a step has not exactly one kind", place);
    let advice = advice(step).to_lowercase();
    for forbidden in FORBIDDEN {
        let line = format!("{place}: {forbidden}");
        faults.unless(!advice.contains(forbidden), "forbidden advice", &line);
    }
}

#[test]
fn every_known_code_is_answered() {
    let codes: Vec<_> = catalogue::codes().map(|facts| facts.code()).collect();
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let bare = |code: &&str| {
        let code = Some((*code).to_owned());
        let error = AwsError {
            producer: "aws-cli",
            code,
            ..AwsError::default()
        };
        knowledge::find(&error).by == Match::Catalogue
    };
    // Thousands of look-ups: shared among the processor's cores.
    let unanswered: Vec<&str> = thread::scope(|scope| {
        let parts = codes.chunks(codes.len().div_ceil(workers));
        let parts: Vec<_> = parts
            .map(|part| scope.spawn(move || part.iter().copied().filter(bare).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().expect("no look-up panics"))
            .collect()
    });
    assert!(
        unanswered.is_empty(),
        "no entry or family answers for {unanswered:?}"
    );
}
