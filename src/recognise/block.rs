//! The lines that an error is read from.

use std::{cell::Cell, ops::Range};

use super::{clean, prefix, work};

/// No block has more lines than this, before and after its marked line together.
pub const MOST_LINES: usize = 64;
/// No block has more bytes of text than this.
pub const MOST_BYTES: usize = 64 << 10;

/// A line of a block: where its text lies in the block.
#[derive(Debug, Clone)]
struct Line {
    text: Range<usize>,
    /// Where its text begins behind all prefixes, once that was asked for.
    body: Cell<Option<usize>>,
}

/// Some lines of a stream, as a cleaned copy.
#[derive(Debug, Clone, Default)]
pub struct Block {
    text: String,
    lines: Vec<Line>,
    marked: usize,
}

impl Block {
    /// Forgets all lines, and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.lines.clear();
        self.marked = 0;
    }

    /// Adds a line, of which this is the part that is seen ([`clean::part`]).
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let start = self.text.len();
        clean::part_into(bytes, &mut self.text);
        self.lines.push(Line {
            text: start..self.text.len(),
            body: Cell::new(None),
        });
        self.text.push('\n');
        work::holds(self.text.len());
    }

    /// Puts another text in the place of the line that was added last.
    pub(super) fn replace_last(&mut self, text: &str) {
        if let Some(line) = self.lines.last_mut() {
            self.text.truncate(line.text.start);
            self.text.push_str(text);
            line.text.end = self.text.len();
            line.body.set(None);
            self.text.push('\n');
        }
    }

    /// The line added last is the marked one.
    pub(super) fn mark_last(&mut self) {
        self.marked = self.lines.len() - 1;
    }

    /// This line is the marked one.
    pub(super) fn mark(&mut self, number: usize) {
        self.marked = number;
    }

    /// Takes away the lines from `count` on.
    pub(super) fn truncate(&mut self, count: usize) {
        if let Some(line) = self.lines.get(count) {
            self.text.truncate(line.text.start);
            self.lines.truncate(count);
        }
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there is no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The number of the line that the sieve marked.
    #[must_use]
    pub fn marked(&self) -> usize {
        self.marked
    }

    /// A line without its line break; empty where there is none of that number.
    #[must_use]
    pub fn line(&self, number: usize) -> &str {
        self.lines
            .get(number)
            .map_or("", |line| work::read(&self.text[line.text.clone()]))
    }

    /// A line without what log collectors, CI systems and boxes put before it.
    #[must_use]
    pub fn body(&self, number: usize) -> &str {
        let Some(line) = self.lines.get(number) else {
            return "";
        };
        let body = line.body.get().unwrap_or_else(|| {
            let text = &self.text[line.text.clone()];
            let body = line.text.end - prefix::body(text).len();
            line.body.set(Some(body));
            body
        });
        work::read(&self.text[body..line.text.end])
    }

    /// The marked line and all behind it, lines separated by `\n`.
    #[must_use]
    pub fn from_mark(&self) -> &str {
        self.lines
            .get(self.marked)
            .map_or("", |line| work::read(&self.text[line.text.start..]))
    }

    /// Some lines in one, separated by `\n`.
    #[must_use]
    pub fn lines(&self, numbers: Range<usize>) -> &str {
        let start = |number: usize| self.lines.get(number).map(|line| line.text.start);
        let end = start(numbers.end).unwrap_or(self.text.len());
        work::read(&self.text[start(numbers.start).unwrap_or(end)..end])
    }

    /// All of it.
    #[must_use]
    pub fn text(&self) -> &str {
        work::read(&self.text)
    }

    /// The number of the line that holds this place of [`Block::text`].
    #[must_use]
    pub fn line_at(&self, place: usize) -> usize {
        self.lines
            .partition_point(|line| line.text.end < place)
            .min(self.lines.len().saturating_sub(1))
    }
}
