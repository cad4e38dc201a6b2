//! A Markdown document: a section for each error, for a pull request's comment or a job's summary.
//!
//! Text that is not ours is escaped letter by letter, so that it is neither markup nor HTML nor a command; the log's line
//! stands in a quotation, so that no line begins with it.

use std::fmt::Write;

use crate::render::{Form, Told, digest::Digest};

/// How many errors one page tells, and beyond that are only counted.
const SECTIONS: u64 = 1000;

/// The document, as far as it was not taken.
#[derive(Default)]
pub(super) struct Markdown {
    text: String,
    errors: u64,
}

impl Markdown {
    /// Begins the document with its heading.
    pub(super) fn begin(&mut self) {
        self.text.push_str("# AWS errors\n");
    }

    /// Adds the section of an error.
    pub(super) fn add(&mut self, told: &Told) {
        self.errors += 1;
        if self.errors > SECTIONS {
            return;
        }
        let digest = Digest::of(told);
        let mut blocks = vec![format!("## {}", escaped(&digest.title))];
        blocks.extend(digest.place.as_deref().map(escaped));
        blocks.push(format!("> {}", escaped(&digest.line)));
        blocks.push(escaped(&digest.summary));
        blocks.extend(
            digest
                .cause
                .as_deref()
                .map(|cause| format!("**{}**", escaped(cause))),
        );
        blocks.extend(digest.because.iter().map(|because| escaped(because)));
        for (say, command) in &digest.fix {
            blocks.extend(
                say.as_deref()
                    .map(|say| format!("{}:", escaped(say).trim_end_matches(['.', '\\', ':']))),
            );
            blocks.extend(command.as_deref().map(|text| fenced(text, "sh")));
        }
        let links = digest.links.iter().map(|link| format!("- <{link}>"));
        blocks.push(links.collect::<Vec<_>>().join("\n"));
        blocks.retain(|block| !block.trim().is_empty());
        self.text.push('\n');
        self.text.push_str(&blocks.join("\n\n"));
        self.text.push('\n');
    }

    /// What was added since the last time.
    pub(super) fn taken(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.text).into_bytes()
    }
}

impl Form for Markdown {
    fn passes(&self) -> bool {
        false
    }

    fn lists_all(&self) -> bool {
        false
    }

    fn tell(&mut self, told: &Told) -> Vec<u8> {
        if self.errors == 0 {
            self.begin();
        }
        self.add(told);
        self.taken()
    }

    fn finish(&mut self) -> Vec<u8> {
        if self.errors == 0 {
            self.begin();
            self.text.push_str("\nNo AWS error was found.\n");
        } else if self.errors > SECTIONS {
            let more = self.errors - SECTIONS;
            let _ = writeln!(self.text, "\n{more} more errors were left out.");
        }
        self.taken()
    }
}

/// The text as Markdown shows it: each punctuation mark that could be markup is escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A mention of a person or a team would call them.
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '!' | '|' | '~' | '$' => {
                out.extend(['\\', letter]);
            }
            ':' if out.is_empty() || out.ends_with("\\:") => out.push_str("\\:"),
            // Nothing becomes a link by itself.
            ':' => out.push(':'),
            '.' | ')' if out.bytes().all(|byte| byte.is_ascii_digit()) => {
                out.extend(['\\', letter]);
            }
            '+' | '-' | '=' if out.is_empty() => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

/// A block of code, behind a fence that is longer than any in the text.
#[must_use]
pub fn fenced(text: &str, language: &str) -> String {
    let longest = text
        .split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(
            escaped("<b>*x*</b> [a](http://b)"),
            "&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](http&#58;//b)"
        );
        assert_eq!(escaped("::error::x"), "\\:\\:error::x");
        assert_eq!(escaped("##[error] @all"), "\\#\\#\\[error\\] &#64;all");
        assert!(fenced("a ``` b", "sh").starts_with("````sh\n"));
    }
}
