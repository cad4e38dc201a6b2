//! An entry by itself: its title, its causes, its steps, its links.

use std::collections::{BTreeMap, HashSet};

use super::Fault;
use crate::{
    environment,
    knowledge::{self, Cause, Entry, Step, anchors, form::Rule},
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

/// What is not whole about an entry. A retired one has only a title.
#[must_use]
pub fn entry(id: &str, entry: &Entry) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut unless = |holds: bool, reason, what: String, at: &str| {
        if !holds {
            faults.push(Fault::new(reason, what, at));
        }
    };
    let short = entry.title.chars().count() < 70 && !entry.title.ends_with('.');
    let long = "the title is long, or ends in a full stop";
    unless(short, long, id.to_owned(), "title:");
    let placed = id.split('/').count() == 2 && id.split('/').all(|part| !part.is_empty());
    let nowhere = "the file is not `<area>/<Name>.yaml`";
    unless(placed, nowhere, id.to_owned(), "title:");
    if entry.retired.is_some() {
        return faults;
    }
    let given = !entry.causes.is_empty();
    unless(given, "there is no cause", id.to_owned(), "causes:");
    let proven = !entry.examples.is_empty() || id.starts_with("families/");
    unless(proven, "there is no example", id.to_owned(), "examples:");
    for link in &entry.links {
        let safe = link.url.starts_with("https://");
        let what = format!("{id}: {}", link.url);
        unless(safe, "a link is not https", what, &link.url);
    }
    let conditions = entry
        .causes
        .iter()
        .filter_map(|cause| cause.when.as_ref())
        .flat_map(|when| [&when.message, &when.unless])
        .flatten();
    let rules = entry.rules.iter().filter_map(|rule| rule.message.as_ref());
    for regex in rules.chain(conditions) {
        let compiles = knowledge::compiled(regex).is_some();
        let what = format!("{id}: {regex}");
        unless(compiles, "a message is no regex", what, "message:");
    }
    for anchor in &entry.anchors {
        let (least, most) = (anchors::SHORTEST, Sieve::LONGEST);
        let what = format!("{id}: {anchor:?} (it takes {least} to {most} bytes of one line)");
        let fits = anchors::is_anchor(anchor);
        unless(fits, "a text can be no anchor", what, "anchors:");
    }
    let by_words = |rule: &Rule| rule.code.is_none() && rule.message.is_some();
    let read = entry.anchors.is_empty() || entry.rules.iter().any(by_words);
    let unread = "an entry with anchors wants a rule with a message and no code";
    unless(read, unread, id.to_owned(), "anchors:");
    causes(&mut faults, id, entry);
    faults
}

fn causes(faults: &mut Vec<Fault>, id: &str, entry: &Entry) {
    let (slugs, mut causes) = (environment::slugs(), HashSet::new());
    for cause in &entry.causes {
        let place = format!("{id} {}", cause.id);
        let at = format!("id: {}", cause.id);
        let mut unless = |holds: bool, reason, what: &str, at: &str| {
            if !holds {
                faults.push(Fault::new(reason, what, at));
            }
        };
        let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let plain = cause.id.bytes().all(word);
        unless(
            plain,
            "the cause's id is not words and hyphens",
            &place,
            &at,
        );
        unless(
            causes.insert(&cause.id),
            "the cause's id is taken",
            &place,
            &at,
        );
        for slug in evidence(cause) {
            let line = format!("{place}: {slug}");
            let known = slugs.contains(&slug.as_str());
            unless(known, "there is no such check", &line, slug);
        }
        for (number, step) in cause.fix.iter().enumerate() {
            check(faults, &format!("{place} step {}", number + 1), step, &at);
        }
    }
    for example in &entry.examples {
        let Some(cause) = &example.cause else {
            continue;
        };
        if !causes.contains(cause) {
            let what = format!("{id}: {cause}");
            let reason = "an example names no cause of the entry";
            faults.push(Fault::new(reason, what, format!("cause: {cause}")));
        }
    }
}

fn evidence(cause: &Cause) -> impl Iterator<Item = &String> {
    let of = &cause.evidence;
    let lists = [&of.confirmed_by, &of.likely_if, &of.ruled_out_by];
    lists.into_iter().flatten()
}

fn check(faults: &mut Vec<Fault>, place: &str, step: &Step, at: &str) {
    let kinds = [
        step.run.is_some(),
        !step.unset.is_empty(),
        !step.set.is_empty(),
        step.allow.is_some(),
        step.instruct.is_some(),
    ];
    let at = step.run.as_deref().unwrap_or(at);
    if kinds.iter().filter(|is| **is).count() != 1 {
        let reason = "a step has not exactly one of run, unset, set, allow, do";
        faults.push(Fault::new(reason, place, at));
    }
    let advice = serde_json::to_string(step).unwrap_or_default();
    let advice = advice.to_lowercase();
    for forbidden in FORBIDDEN {
        if advice.contains(forbidden) {
            let what = format!("{place}: {forbidden}");
            faults.push(Fault::new("forbidden advice", what, at));
        }
    }
}

/// Rules that two entries of one base have in the same words, so that only the first by id could ever answer.
#[must_use]
pub fn claims<'e>(entries: impl Iterator<Item = (&'e str, &'e Entry)>) -> Vec<Fault> {
    let (mut seen, mut faults) = (BTreeMap::new(), Vec::new());
    for (id, entry) in entries.filter(|(_, entry)| entry.retired.is_none()) {
        for rule in &entry.rules {
            let claim = serde_json::to_string(rule).unwrap_or_default();
            let first = *seen.entry(claim.clone()).or_insert(id);
            if first != id {
                let what = format!("{id}: {first} has the rule {claim} as well");
                faults.push(Fault::new("two entries claim the same", what, "match:"));
            }
        }
    }
    faults
}
