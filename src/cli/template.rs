//! A new entry to begin with, filled from an error where one was pasted. It keeps the laws as it is, so that its author
//! starts from something that works.

use std::fmt::Write;

use crate::{
    knowledge::{Subject, anchors},
    recognise::{self, AwsError},
    secrets,
    sieve::Sieve,
};

/// How much of a message without a code the rule asks for, in letters.
const ASKED: usize = 60;

/// Whether a text is of the form `<area>/<Name>`.
pub fn is_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphanumeric()) && name.bytes().all(plain)
    };
    id.len() <= 120
        && id
            .split_once('/')
            .is_some_and(|(area, name)| is_name(area) && is_name(name))
}

/// The text of a new entry.
pub fn filled(id: &str, pasted: &str) -> String {
    let name = id.rsplit('/').next().unwrap_or(id);
    let error = recognise::text(pasted);
    let mut out = format!(
        "# What to write where: `awsexplain knowledge schema` and docs/knowledge.md\ntitle: {name} came back\nmatch:\n"
    );
    let unread = said(pasted).filter(|_| error.is_none());
    match &unread {
        Some(line) => words(&mut out, line),
        None => rule(&mut out, name, error.as_ref()),
    }
    out.push_str(
        "summary: >-
  One or two plain sentences: what AWS is saying, in other words than the message.
causes:
  - id: most-frequent-cause
    title: What is the case, in one line
    why: >-
      How that leads to this error, and how it is told from the other causes.
    fix:
      - run: aws sts get-caller-identity
        say: The first step only reads
links: []
",
    );
    out.push_str("examples:\n");
    let example = if error.is_some() || unread.is_some() {
        secrets::redact(pasted.trim_end())
    } else {
        format!(
            "An error occurred ({name}) when calling the ListBuckets operation: The message as it is printed"
        )
    };
    let _ = writeln!(out, "  - text: {}", scalar(&example, 6));
    out.push_str("near_misses: []\n");
    out
}

/// What the first line says that has something to say.
fn said(pasted: &str) -> Option<String> {
    let mut lines = pasted
        .lines()
        .map(|line| secrets::redact(&recognise::said(line.as_bytes(), 0)));
    lines.find(|line| anchor(line).is_some())
}

/// The longest part of a line that can be its anchor.
fn anchor(line: &str) -> Option<&str> {
    let parts =
        line.split(|letter: char| letter.is_ascii_digit() || letter.is_control() || letter == '…');
    let parts = parts.map(|part| {
        let end = (0..=part.len().min(Sieve::LONGEST))
            .rev()
            .find(|at| part.is_char_boundary(*at));
        part[..end.unwrap_or_default()].trim()
    });
    parts
        .filter(|part| anchors::is_anchor(part))
        .max_by_key(|part| part.len())
}

/// The rule for a line that no shape reads an error in, and the anchor that finds it.
fn words(out: &mut String, line: &str) {
    message(out, line);
    let anchor = anchor(line).unwrap_or_default();
    let _ = writeln!(out, "anchors: [{}]", quoted(anchor));
}

/// A rule for a message without a code.
fn message(out: &mut String, line: &str) {
    let asked: String = secrets::redact(line).chars().take(ASKED).collect();
    // What was masked can be anything.
    let parts: Vec<String> = asked.split('…').map(regex::escape).collect();
    let _ = writeln!(out, "  - message: {}", quoted(&parts.join(".*")));
}

fn rule(out: &mut String, name: &str, error: Option<&AwsError>) {
    let code = error.and_then(AwsError::bare_code);
    let Some(error) = error else {
        let _ = writeln!(out, "  - code: {}", quoted(name));
        return;
    };
    let Some(code) = code else {
        let said = error.message.as_deref().unwrap_or_default();
        message(out, said.lines().next().unwrap_or_default());
        return;
    };
    let _ = writeln!(out, "  - code: {}", quoted(code));
    if let Some(service) = Subject::of(error).service() {
        let _ = writeln!(out, "    services: [{service}]");
    }
}

/// A text of one line as YAML, whatever is in it.
fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !letter.is_control()).collect();
    format!("'{}'", text.replace('\'', "''"))
}

/// A text as YAML: as it is, line by line, or on one line.
fn scalar(text: &str, indent: usize) -> String {
    let printable = |letter: char| letter == '\n' || !letter.is_control();
    if !text.contains('\n') {
        return quoted(text);
    }
    if text.starts_with([' ', '\n']) || !text.chars().all(printable) {
        return serde_json::Value::from(text).to_string();
    }
    let blank = " ".repeat(indent);
    let lines: Vec<String> = text
        .lines()
        .map(|line| format!("{blank}{line}").trim_end().to_owned())
        .collect();
    format!("|-\n{}", lines.join("\n"))
}
