//! SARIF 2.1.0, as code scanning and viewers of results read it: a result for each occurrence, a rule for each kind.
//!
//! The document is written as it comes, the results first, the rules at the end, so that only the rules are kept. A
//! message of SARIF may hold links and placeholders, so brackets and braces are escaped in it; the log's own line stands
//! as a snippet, which is plain text.

use std::{collections::BTreeMap, fmt::Write};

use serde_json::{Value, json};

use crate::{
    render::{Form, Told, digest::Digest, harmless::harmless_json, object},
    secrets::redact,
};

/// The document so far.
#[derive(Default)]
pub(super) struct Sarif {
    begun: bool,
    results: u64,
    rules: BTreeMap<String, Value>,
}

/// Where the schema of the format is published.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

impl Sarif {
    fn begin(&mut self) -> String {
        if self.begun {
            return String::new();
        }
        self.begun = true;
        let schema = json!(SCHEMA);
        format!("{{\"$schema\":{schema},\"version\":\"2.1.0\",\"runs\":[{{\"results\":[")
    }
}

impl Form for Sarif {
    fn passes(&self) -> bool {
        false
    }

    fn tell(&mut self, told: &Told) -> Vec<u8> {
        let mut out = self.begin();
        let digest = Digest::of(told);
        let entry = &told.explanation.entry;
        self.rules.entry(entry.clone()).or_insert_with(|| {
            let help = told.explanation.links.first().map(|link| &link.url);
            let mut rule = json!({
                "id": entry,
                "shortDescription": { "text": message(&told.explanation.title) },
                "fullDescription": { "text": message(told.explanation.summary.trim()) },
                "defaultConfiguration": { "level": "error" },
            });
            if let Some(help) = help {
                rule["helpUri"] = json!(help);
            }
            rule
        });
        let (first, last) = told.place.lines.unwrap_or((1, 1));
        let paragraphs = digest.paragraphs().join("\n");
        let mut region = json!({ "startLine": first, "endLine": last });
        if first == last {
            region["snippet"] = json!({ "text": redact(told.line.trim()) });
        }
        let result = json!({
            "ruleId": entry,
            "level": "error",
            "message": { "text": message(&format!("{}\n{paragraphs}", digest.title)) },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": told.place.file.as_deref().map_or("stdin".to_owned(), uri) },
                "region": region,
            } }],
            "partialFingerprints": { "awsexplain/v1": format!("{:016x}", told.key) },
            "properties": { "awsexplain": object(&told.event(), &told.error, &told.explanation) },
        });
        out.push_str(if self.results == 0 { "\n" } else { ",\n" });
        self.results += 1;
        out.push_str(&harmless_json(&result));
        out.into_bytes()
    }

    fn finish(&mut self) -> Vec<u8> {
        let mut out = self.begin();
        let rules: Vec<&Value> = self.rules.values().collect();
        let driver = json!({
            "name": "awsexplain",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        });
        out.push_str("\n],\"tool\":{\"driver\":");
        out.push_str(&harmless_json(&driver));
        out.push_str("},\"columnKind\":\"unicodeCodePoints\"}]}\n");
        out.into_bytes()
    }
}

/// A message's text: without links and placeholders.
fn message(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '[' | ']' | '\\' => out.extend(['\\', letter]),
            '{' | '}' => out.extend([letter, letter]),
            _ => out.push(letter),
        }
    }
    out
}

/// A path as a URI reference.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    if path.starts_with('/') {
        format!("file://{out}")
    } else {
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_and_paths_are_escaped() {
        assert_eq!(message("[a](b) {0}"), "\\[a\\](b) {{0}}");
        assert_eq!(uri("a b/ü:#?.log"), "a%20b/%C3%BC%3A%23%3F.log");
        assert_eq!(uri("/a"), "file:///a");
    }
}
