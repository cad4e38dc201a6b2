//! The index of entries: one line of text for each rule, sorted by code, so that it costs nothing until it is asked.
//!
//! Made by `build.rs`, which this file is a part of. A line is
//!
//! ```text
//! code ⇥ entry ⇥ services ⇥ operations ⇥ producers ⇥ message ⇥ literals
//! ```
//!
//! where `entry` is a number, lists are separated by commas and `literals` (separated by U+001F) are texts of which one
//! must stand in whatever the `message` regex matches. Rules without a code come first. It imports nothing of this crate.

use regex_syntax::hir::{Hir, HirKind};

use super::form::{Entry, Rule};

/// The length from which a literal is worth a search.
pub const LITERAL: usize = 3;

/// The lines for one entry.
///
/// # Errors
/// A sentence, where a message rule is not a regex or has no literal text of three bytes.
pub fn lines(number: usize, entry: &Entry) -> Result<Vec<String>, String> {
    if entry.retired.is_some() {
        return Ok(Vec::new());
    }
    entry.rules.iter().map(|rule| line(number, rule)).collect()
}

fn line(number: usize, rule: &Rule) -> Result<String, String> {
    let message = rule.message.as_deref().unwrap_or_default();
    // With a code the regex is tried for errors of that code alone, so that it needs no literal.
    let literals = match needed(message) {
        Err(fault) if rule.code.is_none() => return Err(fault),
        literals => literals.unwrap_or_default(),
    };
    let fields = [
        rule.code.clone().unwrap_or_default(),
        number.to_string(),
        rule.services.join(","),
        rule.operations.join(","),
        rule.producers.join(","),
        message.to_owned(),
        literals.join("\u{1f}"),
    ];
    if fields.iter().any(|field| field.contains(['\t', '\n'])) {
        return Err("a rule holds a tab or a line break".to_owned());
    }
    Ok(fields.join("\t"))
}

/// The beginning of a regex that ignores case; its literals are looked for in any case.
pub const ANY_CASE: &str = "(?i)";

/// Texts of which at least one stands in every match of the regex.
fn needed(regex: &str) -> Result<Vec<String>, String> {
    let plain = regex.strip_prefix(ANY_CASE).unwrap_or(regex);
    let hir = regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .build()
        .parse(plain)
        .map_err(|fault| format!("`{regex}` is not a regex: {fault}"))?;
    if regex.is_empty() {
        return Ok(Vec::new());
    }
    best(&hir).ok_or_else(|| {
        format!("`{regex}` has no literal text of three bytes that every match holds")
    })
}

/// The set of literals with the longest shortest member, among those that a match cannot do without.
fn best(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            (text.len() >= LITERAL).then(|| vec![text.to_owned()])
        }
        HirKind::Capture(capture) => best(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => best(&repetition.sub),
        HirKind::Concat(parts) => parts
            .iter()
            .filter_map(best)
            .max_by_key(|set| shortest(set)),
        HirKind::Alternation(ways) => {
            let sets: Option<Vec<_>> = ways.iter().map(best).collect();
            sets.map(|sets| sets.into_iter().flatten().collect())
        }
        _ => None,
    }
}

fn shortest(set: &[String]) -> usize {
    set.iter().map(String::len).min().unwrap_or(0)
}
