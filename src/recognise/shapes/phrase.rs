//! Messages without a code, known by their words: those of `phrases::PHRASES`.
//!
//! The error's message is the line, without what stands before it; a code in front of it is taken along.

use super::{Block, Reading, Shape, foreign, found, named, of, phrases, some};
use crate::recognise::{
    continuation::TRACEBACK,
    scan::{after, parted, until, word},
};

/// See the module.
#[derive(Debug)]
pub struct Phrase;

impl Shape for Phrase {
    fn read(&self, block: &Block) -> Reading {
        let text = block.from_mark();
        let line = block.body(block.marked());
        let Some(row) = phrases::of(line) else {
            return if phrases::cut(line) {
                Reading::More
            } else {
                Reading::No
            };
        };
        // Source code that holds the words is no error: in brackets, or with a place for a value behind them.
        let words = row.words;
        let open = after(line, words).unwrap_or_default();
        let open = open.trim_start_matches(['\'', '"']);
        let placed = is_place(open);
        let quoted =
            placed || line.contains(&format!("('{words}")) || line.contains(&format!("(\"{words}"));
        if quoted || foreign::speaks(text) {
            return Reading::No;
        }
        if !is_near(block, row.near) {
            return Reading::More;
        }
        let mut error = of(row.producer);
        // A list of choices is no part of what went wrong.
        let whole = row.has_details || line.ends_with(':') && !line.ends_with(CHOICES);
        let said = parted(text, TRACEBACK).map_or(text, |(said, _)| said);
        error.message = some(if whole { said } else { line });
        error.code = code(line).or_else(|| row.name()).map(str::to_owned);
        found(error)
    }

    fn goes_on(&self, block: &Block) -> bool {
        let last = block.len() - 1;
        let head = block.from_mark();
        let line = block.body(last);
        let (first, behind) = (block.body(block.marked()), last - block.marked());
        // A sentence that was wrapped, the fields of a printed object, or what a validation has found.
        behind == 1 && phrases::cut(first)
            || is_quoted(first, head, behind)
            || behind < 3 && first.contains(LOCKED) && line.starts_with("Error message: ")
            || first.ends_with(CHOICES) && is_choice(line)
            || behind == 1 && first.contains("output to pager")
            || behind < 16 && is_field(block.body(last - 1)) && is_field(line)
            || is_page(first) && behind < 24 && !block.line(last - 1).contains("</HTML>")
            || head.contains("arameter validation failed") && behind < 16 && is_detail(line)
            || behind == 1 && is_transfer_alone(first) && !line.contains("://")
            || head.contains("validating the input") && behind < 16 && is_found(block.line(last))
    }

    fn may_go_on(&self, block: &Block) -> bool {
        let (head, first) = (block.from_mark(), block.body(block.marked()));
        let (last, behind) = (block.len() - 1, block.len() - block.marked());
        behind == 1 && (phrases::cut(first) || is_transfer_alone(first))
            || is_quoted(first, head, behind)
            || is_field(block.body(last))
            || is_page(first)
            || [LOCKED, CHOICES, "output to pager"]
                .iter()
                .any(|words| first.contains(words))
            || ["arameter validation failed", "validating the input"]
                .iter()
                .any(|words| head.contains(words))
    }

    fn may_be_wrapped(&self) -> bool {
        true
    }

    fn may_skip_blank(&self, block: &Block) -> bool {
        let text = block.from_mark();
        text.contains("aws: [ERROR]") || until(text, &['\n']).ends_with(CHOICES)
    }
}

/// How many lines before the words still tell whose they are.
const NEAR: usize = 16;

/// Whether one of these stands in the lines that tell whose the words are: where there are none, nothing has to.
fn is_near(block: &Block, marks: &[&str]) -> bool {
    let lines = block.lines(block.marked().saturating_sub(NEAR)..block.len());
    marks.is_empty() || marks.iter().any(|mark| lines.contains(mark))
}

/// Whether a place for a value stands at the start: `%s`, `${x}`, `{}`, `{name!r}`; JSON is none.
fn is_place(text: &str) -> bool {
    let inside = text.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    text.starts_with(['%', '$'])
        || inside.is_some_and(|(name, _)| {
            name.chars()
                .all(|letter| letter.is_alphanumeric() || "_.!".contains(letter))
        })
}

/// Whether the line says what was wrong with a parameter.
pub(super) fn is_detail(line: &str) -> bool {
    line.starts_with(' ')
        || line.contains("parameter")
        || line.starts_with("Invalid ")
        || line.starts_with("Missing ")
}

/// Whether the line says what PHP found at a parameter: `[Key] expected string length to be >= 1, but found …`.
fn is_found(line: &str) -> bool {
    line.contains("] expected ") || line.contains("] is missing") || line.contains("] must ")
}

/// Whether the line names what could not be transferred, and leaves it to the next line to say why.
fn is_transfer_alone(line: &str) -> bool {
    let target = line.split_once("load failed: ").and_then(|(_, rest)| {
        let (_, target) = rest.rsplit_once(" to ")?;
        Some(target)
    });
    target.is_some_and(|target| line.contains("s3://") && !target.contains(' '))
}

/// What a list of choices stands below.
const CHOICES: &str = "valid choices are:";

/// What Terraform says where the state is locked; why stands below a blank line.
const LOCKED: &str = "Error acquiring the state lock";

/// Whether the block's last line is of the input that a parameter could not be read from, which ends with a mark under the
/// place: `… for input: ⏎ Name=x ⏎ ^`.
fn is_quoted(first: &str, text: &str, behind: usize) -> bool {
    let quotes = first.contains("rror parsing parameter") && first.ends_with("for input:");
    let marked = |line: &str| line.trim() == "^";
    let mut inside = text.lines().skip(1).take(behind.saturating_sub(1));
    quotes && behind < 8 && !inside.any(marked)
}

/// Whether the line names choices: `get-caller-identity        | assume-role`, the last one alone, or those that are near:
/// `Invalid choice: 'x', maybe you meant:` and `  * y`.
fn is_choice(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with("Invalid choice: ") || line.starts_with("* ") {
        return true;
    }
    let mut names = line.split('|').map(str::trim);
    !line.trim().is_empty()
        && names.all(|name| name.is_empty() || word(name) == name && !name.contains('.'))
}

/// Whether the line is of a page of HTML, whose end comes.
fn is_page(line: &str) -> bool {
    line.contains("<TITLE>")
}

/// `name: 'value',`, `"name": "value",`: a field of an object that goes on.
fn is_field(line: &str) -> bool {
    let line = line.trim();
    let name = until(line.trim_start_matches(['"', '\'']), &['"', '\'', ':', ' ']);
    !name.is_empty() && word(name) == name && line.contains(": ") && line.ends_with(',')
}

/// A code of the catalogue that stands in front of its message (`ResourceInitializationError: …`), or behind it
/// (`… Exception ProvisionedThroughputExceededException. …`).
fn code(line: &str) -> Option<&str> {
    let words = || line.split([' ', '\t', '=', '"', '(', '[']);
    let mut heads = words().filter_map(|word| word.strip_suffix(':'));
    heads
        .find_map(named::own)
        .or_else(|| named::own(line.trim()))
        .or_else(|| {
            let (_, behind) = line.split_once(" Exception ")?;
            named::own(word(behind))
        })
}
