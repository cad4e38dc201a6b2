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
    knowledge::{self, Entry, Match},
    lint::{self, Bench, Fault},
    recognise::AwsError,
};

/// The faults as a list, grouped by reason.
fn list(mut faults: Vec<Fault>) -> String {
    faults.sort();
    let (mut told, mut last) = (String::new(), "");
    for fault in &faults {
        if fault.reason != last {
            let same = |other: &&Fault| other.reason == fault.reason;
            let count = faults.iter().filter(same).count();
            let _ = writeln!(told, "\n# {} ({count})", fault.reason);
            last = fault.reason;
        }
        let _ = writeln!(told, "{}", fault.what);
    }
    told
}

/// Fails with the list, where there is one.
fn judge(faults: Vec<Fault>) {
    let (count, list) = (faults.len(), list(faults));
    assert!(count == 0, "{count} faults\n{list}");
}

fn entries() -> impl Iterator<Item = (&'static str, Entry)> {
    knowledge::all().filter(|(_, entry)| entry.retired.is_none())
}

#[test]
fn examples_find_their_entry() {
    let bench = Bench::default();
    let faults: Vec<Fault> = entries()
        .flat_map(|(id, entry)| lint::examples(id, &entry, &bench))
        .collect();
    if let Some(file) = std::env::var_os("KNOWLEDGE_FAULTS") {
        std::fs::write(file, list(faults.clone())).expect("the file for faults can be written");
    }
    judge(faults);
}

#[test]
fn anchors_are_for_users_own_entries() {
    // Those of the built-in knowledge stand in `src/sieve/anchors.rs`, where they are measured together.
    let with_anchors: Vec<&str> = entries()
        .filter(|(_, entry)| !entry.anchors.is_empty())
        .map(|(id, _)| id)
        .collect();
    assert_eq!(with_anchors, [""; 0]);
}

#[test]
fn near_misses_do_not_find_it() {
    let bench = Bench::default();
    let faults = entries().flat_map(|(id, entry)| lint::near_misses(id, &entry, &bench));
    judge(faults.collect());
}

#[test]
fn entries_are_whole() {
    let faults = knowledge::all().flat_map(|(id, entry)| lint::entry(id, &entry));
    judge(faults.collect());
}

#[test]
fn no_two_entries_claim_the_same() {
    let all: Vec<_> = knowledge::all().collect();
    let mut ids = HashSet::new();
    for (id, _) in &all {
        assert!(ids.insert(id.to_ascii_lowercase()), "{id} is taken");
    }
    judge(lint::claims(all.iter().map(|(id, entry)| (*id, entry))));
}

#[test]
fn every_known_code_is_answered() {
    let codes: Vec<_> = catalogue::codes().map(|(code, _)| code).collect();
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
