//! The whole way in order: stream, sieve, recognise, then whoever tells of it. The only file that knows the order.
//!
//! What comes out is a sequence of pieces, verbatim bytes and notes; the verbatim pieces joined are the input. Everything
//! that has arrived is passed on before more is read; only a note waits, for the end of its block or a pause.

mod beside;
mod collect;
mod explainer;
mod in_order;
mod inputs;
mod listen;
mod output;
mod quiet;
mod relayed;
mod tally;
mod tell;
mod through;

pub use beside::{Beside, Shared};
pub use collect::errors;
pub use explainer::{Explainer, Origin};
pub use in_order::{Event, Queue, in_order};
pub use inputs::{Input, read};
pub use listen::{Listener, Repeat, Tell, Wishes};
pub use output::Output;
pub use quiet::{Heard, Quiet};
pub use relayed::Relayed;
pub use tally::{FailOn, Tally};
pub use tell::{Ended, Options, Summarise, Teller};
pub use through::Through;

use std::ops::Range;

use crate::{
    error::Result,
    knowledge::Knowledge,
    recognise::{self, AwsError, Closed, Reader, Recognised},
    sieve::{Ahead, FULLY, Sieve},
    stream::{Encoding, KEPT, Sink, Window},
};

/// How far behind an anchor a line is looked at: 32 KiB.
const AHEAD: u64 = 32 << 10;
/// How far before an anchor a line is looked at, where it is longer: 8 KiB.
const BACK: u64 = 8 << 10;

/// Takes the pieces.
pub trait Pieces {
    /// Bytes of the input, unchanged (or its text, where it was decoded).
    fn verbatim(&mut self, bytes: &[u8]) -> Result<()>;
    /// An error whose block ends here. `unfinished`: the input has ended without a line break, so the note brings its own
    /// before itself and ends without one.
    fn recognised(
        &mut self,
        recognised: &Recognised,
        lines: Option<(u64, u64)>,
        unfinished: bool,
    ) -> Result<()>;
    /// Whether lines have to be counted.
    fn counts_lines(&self) -> bool;
    /// Whose own anchors and words count.
    fn knowledge(&self) -> Option<&Knowledge> {
        None
    }
    /// All that comes was decoded, and is to be written back as this.
    fn encoded(&mut self, _encoding: Encoding) -> Result<()> {
        Ok(())
    }
    /// An error has been recognised, and all that came with it was passed on; its block may still be open.
    fn noticed(&mut self) {}
    /// Whether an error with this key was told, or will be by one before it, so that its coming again is all there is to
    /// tell; what it says yes to is given to [`again`](Self::again). Asked in the order of the input: of an error that was
    /// not read again by its key alone, which changes nothing if it says no, and once with the error itself.
    fn hears(&mut self, _key: u64, _error: Option<&AwsError>) -> bool {
        false
    }
    /// An error comes again, at this offset.
    fn again(&mut self, _key: u64, _start: u64, _lines: Option<(u64, u64)>) -> Result<()> {
        Ok(())
    }
    /// Whether bytes are held back that a pause sets free.
    fn holds(&self) -> bool {
        false
    }
    /// Nothing has come for a while, or nothing will come: what is held back goes out.
    fn release(&mut self) -> Result<()> {
        Ok(())
    }
}

/// The filter over one input.
#[derive(Debug)]
pub struct Filter<'p, P> {
    window: Window,
    sieve: &'p Sieve,
    ahead: Ahead,
    reader: Reader,
    pieces: &'p mut P,
    /// Up to here bytes were passed on.
    written: u64,
    /// Lines before this were looked at.
    looked: u64,
    /// Anchors before this were found.
    scanned: u64,
    /// No line before this is shown again: it belongs to an error that was told.
    told: u64,
    /// An offset, and how many line breaks stand before it.
    breaks: (u64, u64),
    due: Vec<Closed>,
    /// How the input is written; all offsets here are those of its text as it is read.
    encoding: Encoding,
    /// How many bytes of the input arrived, where they are not those that are read.
    raw: u64,
}

impl<'p, P: Pieces> Filter<'p, P> {
    /// A filter at the start of an input.
    pub fn new(sieve: &'p Sieve, pieces: &'p mut P) -> Self {
        Self {
            window: Window::default(),
            sieve,
            ahead: Ahead::default(),
            reader: Reader::default(),
            pieces,
            written: 0,
            looked: 0,
            scanned: 0,
            told: 0,
            breaks: (0, 0),
            due: Vec::new(),
            encoding: Encoding::default(),
            raw: 0,
        }
    }

    /// How many bytes have passed.
    #[must_use]
    pub fn passed(&self) -> u64 {
        self.written
    }

    /// Looks at every line that has come; `ended`: also at the last one without a line break.
    fn look(&mut self, ended: bool) {
        loop {
            if self.reader.is_open() {
                let Some(end) = self.line_end(self.looked, ended) else {
                    break;
                };
                let line = self.window.bytes(self.looked, end);
                if is_note(line) {
                    // Told already, by a run before.
                    self.told = end;
                    self.reader.close();
                } else if !self.reader.feed(line, self.looked..end) {
                    self.close();
                } else {
                    self.looked = end;
                }
                continue;
            }
            let Some(hit) = self.next_anchor(ended) else {
                break;
            };
            self.scanned = hit;
            let Some(end) = self.line_end(hit, ended) else {
                break;
            };
            let end = end.min(hit + AHEAD);
            let start = self
                .window
                .line_start(hit, self.looked.max(hit.saturating_sub(BACK)));
            if !is_note(self.window.bytes(start, end)) {
                self.open(start, hit, end);
                if !self.reader.has_found() {
                    self.take_own(start, hit, end);
                }
            }
            self.looked = end;
            self.scanned = end;
        }
    }

    fn open(&mut self, start: u64, hit: u64, end: u64) {
        let line = self.window.bytes(start, end);
        let (place, mark) = (start..end, (hit - start) as usize);
        if !self.reader.open(line, place.clone(), mark) {
            return;
        }
        let limit = self.told.max(start.saturating_sub(BACK));
        let window = &self.window;
        let lines = |count| window.lines_start(start, count, limit);
        let near = || window.bytes(lines(recognise::NEAR), start);
        // An error that is whole in its line needs none before, unless somebody else speaks right before it.
        if self.reader.has_found()
            && !(self.reader.may_be_foreign() && recognise::is_foreign(near()))
        {
            return;
        }
        let head = if !self.reader.has_found() && recognise::stands_above(line) {
            let mut few = [recognise::NEAR, recognise::BEFORE].into_iter().map(lines);
            few.find_map(|first| {
                let head = self.reader.head(window.bytes(first, start))?;
                Some(first + head as u64)
            })
        } else {
            None
        };
        let first = head.unwrap_or_else(|| lines(recognise::BEFORE));
        let before = window.bytes(first, start);
        if before.is_empty() {
            return;
        }
        self.reader.forget();
        self.reader.before(before, first);
        self.reader.open(line, place, mark);
    }

    /// Takes the line as an error, where it is one by a user's own words.
    fn take_own(&mut self, start: u64, hit: u64, end: u64) {
        let Some(knowledge) = self.pieces.knowledge() else {
            return;
        };
        if knowledge.anchors().is_empty() {
            return;
        }
        let line = self.window.bytes(start, end);
        let Some(error) = knowledge.own_words(&recognise::said(line, (hit - start) as usize))
        else {
            return;
        };
        self.reader.forget();
        let found = Recognised {
            line: recognise::shown(line),
            place: start..end,
            error,
        };
        let key = found.error.key();
        let pieces = &mut *self.pieces;
        let closed = Closed::unless(key, found, |key, error| pieces.hears(key, error));
        self.put_by(closed);
    }

    /// The end of the line at `from`; `None` where it has not come yet. A line beyond the cap ends at the cap.
    fn line_end(&self, from: u64, ended: bool) -> Option<u64> {
        self.window.line_end(from).or_else(|| {
            let over = self.window.end() > from && (ended || self.window.end() - from >= AHEAD);
            over.then(|| self.window.end())
        })
    }

    /// The offset of the next anchor that was not looked at.
    fn next_anchor(&mut self, ended: bool) -> Option<u64> {
        let end = self.window.end();
        self.scanned = self.scanned.max(self.looked).max(self.window.oldest());
        if ended {
            // What comes right before the end is searched for the full set, wherever it stands.
            let from = self.looked.max(end.saturating_sub(KEPT as u64));
            let bytes = self.window.bytes(from, end);
            return self.sieve.full(bytes, from, &mut self.ahead);
        }
        while self.scanned < end {
            let fully = self.scanned < FULLY;
            let to = if fully { end.min(FULLY) } else { end };
            let bytes = self.window.bytes(self.scanned, to);
            let hit = if fully {
                self.sieve.full(bytes, self.scanned, &mut self.ahead)
            } else {
                let hit = self.sieve.rare(bytes);
                hit.map(|at| self.scanned + at as u64)
            };
            if hit.is_some() {
                return hit;
            }
            let seam = to.saturating_sub(Sieve::overlap()).max(self.scanned);
            if to == end {
                self.scanned = seam;
                break;
            }
            self.scanned = to;
        }
        None
    }

    fn close(&mut self) {
        let pieces = &mut *self.pieces;
        let closed = self
            .reader
            .close_unless(|key, error| pieces.hears(key, error));
        if let Some(closed) = closed {
            self.put_by(closed);
        }
    }

    /// Keeps what is to be told until all that stands before it has passed.
    fn put_by(&mut self, closed: Closed) {
        self.told = place(&closed).end;
        self.due.push(closed);
    }

    /// Passes everything on, notes where they belong.
    fn emit(&mut self, ended: bool) -> Result<()> {
        for closed in std::mem::take(&mut self.due) {
            let lines = self.lines(place(&closed));
            match closed {
                Closed::Again { key, place } => {
                    let start = self.in_input(place.start);
                    self.pieces.again(key, start, lines)?;
                }
                Closed::Recognised(mut found) => match self.place(&found, ended) {
                    Some(place) => {
                        self.pass(place)?;
                        let unfinished = place > 0 && self.window.bytes(place - 1, place) != b"\n";
                        let Range { start, end } = found.place;
                        found.place = self.in_input(start)..self.in_input(end);
                        self.pieces.recognised(&found, lines, unfinished)?;
                    }
                    None => self.due.push(Closed::Recognised(found)),
                },
            }
        }
        self.pass(self.window.end())
    }

    /// Whether what came last is at most one line, and no block is open: a note for it can stand nowhere but behind it, so
    /// it goes out before it is looked at.
    fn is_single(&self, count: usize) -> bool {
        let end = self.window.end();
        let come = self.window.bytes(end - count as u64, end);
        let first = memchr::memchr(b'\n', come);
        first.is_none_or(|at| at + 1 == count) && !self.reader.is_open() && self.due.is_empty()
    }

    /// Where a note is put: behind its block, or at the first line break behind what was passed on already.
    fn place(&self, found: &Recognised, ended: bool) -> Option<u64> {
        let wanted = found.place.end.max(self.written);
        let finished = wanted == 0 || self.window.bytes(wanted - 1, wanted) == b"\n";
        if finished {
            Some(wanted)
        } else {
            self.window
                .line_end(wanted)
                .or_else(|| ended.then(|| self.window.end()))
        }
    }

    fn pass(&mut self, to: u64) -> Result<()> {
        if to > self.written {
            self.pieces.verbatim(self.window.bytes(self.written, to))?;
            self.written = to;
        }
        Ok(())
    }

    /// The offset in the bytes of the input.
    fn in_input(&self, offset: u64) -> u64 {
        if self.encoding == Encoding::Bytes {
            return offset;
        }
        let behind = self.window.bytes(offset, self.window.end());
        self.raw - self.encoding.width(behind)
    }

    /// The numbers of a block's first and last line, where they are counted.
    fn lines(&mut self, place: &Range<u64>) -> Option<(u64, u64)> {
        if !self.pieces.counts_lines() {
            return None;
        }
        let first = self.breaks_before(place.start) + 1;
        let last = self.breaks_before(place.end.saturating_sub(1)) + 1;
        Some((first, last.max(first)))
    }

    /// How many line breaks stand before this offset.
    fn breaks_before(&mut self, offset: u64) -> u64 {
        let (counted, breaks) = self.breaks;
        let between =
            |from, to| memchr::memchr_iter(b'\n', self.window.bytes(from, to)).count() as u64;
        let breaks = if offset < counted {
            breaks - between(offset, counted)
        } else {
            breaks + between(counted, offset)
        };
        self.breaks = (offset, breaks);
        breaks
    }
}

/// Where a block stands.
fn place(closed: &Closed) -> &Range<u64> {
    match closed {
        Closed::Recognised(found) => &found.place,
        Closed::Again { place, .. } => place,
    }
}

/// Whether a line is one of our own notes, from a run before.
fn is_note(line: &[u8]) -> bool {
    if !matches!(line.first(), Some(b' ' | b'\x1b')) {
        return false;
    }
    let line = line.strip_prefix(b"\x1b[0m").unwrap_or(line);
    let line = line.strip_prefix(b"\x1b[36m").unwrap_or(line);
    if line.starts_with("  ┃".as_bytes()) {
        return true;
    }
    // The ASCII bar is also how containers are named, so its lines are known by what stands behind it.
    line.strip_prefix(b"  | ").is_some_and(|rest| {
        let columns: [&[u8]; 7] = [
            b"              ",
            b"fix  ",
            b"then  ",
            b"see  ",
            b"note  ",
            b"- possible  ",
            b"* ",
        ];
        let head = rest.first().is_some_and(u8::is_ascii_alphabetic)
            && memchr::memmem::find(rest, b" - ").is_some();
        head || columns.iter().any(|column| rest.starts_with(column))
    })
}

impl<P: Pieces> Sink for Filter<'_, P> {
    fn room(&mut self) -> &mut [u8] {
        self.window.room()
    }

    fn arrived(&mut self, count: usize) -> Result<()> {
        self.window.arrived(count);
        if self.encoding != Encoding::Bytes {
            let end = self.window.end();
            let come = self.window.bytes(end - count as u64, end);
            self.raw += self.encoding.width(come);
        }
        if self.is_single(count) {
            self.pass(self.window.end())?;
        }
        self.look(false);
        self.emit(false)?;
        if self.reader.has_found() {
            self.pieces.noticed();
        }
        if self.pieces.counts_lines() {
            // What will be forgotten is counted before.
            let end = self.window.end();
            self.breaks_before(end.saturating_sub(KEPT as u64).max(self.breaks.0));
        }
        Ok(())
    }

    fn idle(&mut self) -> Result<()> {
        if self.reader.has_found() {
            self.close();
        }
        self.emit(false)?;
        self.pieces.release()
    }

    fn waits(&self) -> bool {
        self.reader.has_found() || self.pieces.holds()
    }

    fn finish(&mut self) -> Result<()> {
        self.look(true);
        self.close();
        self.look(true);
        self.emit(true)?;
        self.pieces.release()
    }

    fn encoded(&mut self, encoding: Encoding) -> Result<()> {
        self.encoding = encoding;
        self.pieces.encoded(encoding)
    }
}

#[cfg(test)]
mod tests;
