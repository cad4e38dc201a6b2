//! The lines of an open block as they came. They are cleaned and read only where nothing is known of them.

use std::ops::Range;

use super::block;

/// A line: where it lies among these bytes, and where in the stream.
#[derive(Debug)]
struct Line {
    bytes: Range<usize>,
    place: Range<u64>,
}

/// See the module.
#[derive(Debug, Default)]
pub struct Lines {
    bytes: Vec<u8>,
    lines: Vec<Line>,
}

impl Lines {
    /// Adds a line, of which this is the part that counts (`clean::part`).
    pub fn push(&mut self, part: &[u8], place: Range<u64>) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(part);
        let bytes = start..self.bytes.len();
        self.lines.push(Line { bytes, place });
    }

    /// A line without its line break; empty where there is none of that number.
    pub fn line(&self, number: usize) -> &[u8] {
        let line = self.lines.get(number);
        line.map_or(&[], |line| &self.bytes[line.bytes.clone()])
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether nothing more may be added.
    pub fn is_full(&self) -> bool {
        self.lines.len() >= block::MOST_LINES || self.bytes.len() >= block::MOST_BYTES
    }

    /// Takes away the lines from `count` on.
    pub fn truncate(&mut self, count: usize) {
        if let Some(line) = self.lines.get(count) {
            self.bytes.truncate(line.bytes.start);
            self.lines.truncate(count);
        }
    }

    /// The bytes of the stream from one line to the last.
    pub fn place_from(&self, number: usize) -> Range<u64> {
        let start = self.lines.get(number).map_or(0, |line| line.place.start);
        start..self.lines.last().map_or(0, |line| line.place.end)
    }
}
