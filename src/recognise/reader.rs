//! Keeps one block open, line by line, until its shape says that it is over.

use std::ops::Range;

use super::{AwsError, Block, Reading, Shape, block, continuation, shapes};

/// An error, and where it stands.
#[derive(Debug)]
pub struct Recognised {
    /// What was read.
    pub error: AwsError,
    /// The cleaned line that it was found by.
    pub line: String,
    /// The bytes of its block in the stream, whole lines.
    pub place: Range<u64>,
}

/// The state machine over lines.
#[derive(Debug, Default)]
pub struct Reader {
    block: Block,
    joined: Block,
    shape: Option<&'static dyn Shape>,
    found: Option<AwsError>,
    /// How many of the block's lines surely belong to it; a blank line may still be followed by more.
    sure: usize,
}

impl Reader {
    /// Shows a line that passed before the one to be opened.
    pub fn before(&mut self, line: &[u8], place: Range<u64>) {
        self.block.push(line, place, None);
    }

    /// Opens a block with the marked line; the anchor stands at `mark` in it. Does nothing where no shape knows the line.
    pub fn open(&mut self, line: &[u8], place: Range<u64>, mark: usize) {
        self.block.push(line, place, Some(mark));
        self.block.mark_last();
        self.sure = self.block.len();
        for shape in shapes::ALL {
            match shape.read(&self.block) {
                Reading::No => {}
                Reading::More => self.shape = self.shape.or(Some(*shape)),
                // Who has found something goes before who still waits.
                Reading::Found(error) => {
                    self.found = Some(*error);
                    self.shape = Some(*shape);
                    return;
                }
            }
        }
        if self.shape.is_some() {
            return;
        }
        if continuation::is_boxed(self.block.line(self.block.marked())) {
            self.shape = Some(&shapes::Boxed);
        } else {
            self.clear();
        }
    }

    /// Whether a block waits for more lines.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.shape.is_some()
    }

    /// Whether there is something to tell as soon as the block is over.
    #[must_use]
    pub fn has_found(&self) -> bool {
        self.found.is_some()
    }

    /// Shows the next line. Gives whether it was taken into the block; where it was not, the block is to be closed and the
    /// line looked at by itself.
    pub fn feed(&mut self, line: &[u8], place: Range<u64>) -> bool {
        let Some(shape) = self.shape.filter(|_| !self.block.is_full()) else {
            return false;
        };
        self.block.push(line, place, None);
        let goes_on = continuation::continues(&self.block) || shape.goes_on(&self.block);
        let blank = self.block.body(self.block.len() - 1).trim().is_empty();
        if goes_on {
            self.sure = self.block.len();
            return true;
        }
        if blank && self.sure + 1 == self.block.len() && shape.may_skip_blank(&self.block) {
            return true;
        }
        self.block.truncate(self.block.len() - 1);
        false
    }

    /// Ends the block; gives its error, where there is one.
    pub fn close(&mut self) -> Option<Recognised> {
        let shape = self.shape?;
        self.block.truncate(self.sure);
        let error = self
            .joined(shape)
            .or_else(|| self.whole(shape))
            .or_else(|| self.found.take());
        let line = self.block.line(self.block.marked()).to_owned();
        let place = self.block.place(self.block.marked()..self.block.len());
        self.clear();
        error.map(|error| Recognised {
            error: error.completed(),
            line,
            place,
        })
    }

    /// The whole block read once more: with all its lines a more specific shape may know it.
    fn whole(&self, shape: &'static dyn Shape) -> Option<AwsError> {
        let read = |shape: &dyn Shape| match shape.read(&self.block) {
            Reading::Found(error) => Some(*error),
            Reading::No | Reading::More => None,
        };
        if self.block.len() == self.block.marked() + 1 {
            return read(shape);
        }
        shapes::ALL.iter().find_map(|shape| read(*shape))
    }

    /// What stands in a box, or was wrapped at a terminal's width, read again as one line.
    fn joined(&mut self, shape: &'static dyn Shape) -> Option<AwsError> {
        let boxed = continuation::is_boxed(self.block.line(self.block.marked()));
        let cut = self.found.is_none()
            && self.block.len() - self.block.marked() > 1
            && shape.may_be_wrapped();
        if !(boxed || cut) || self.block.len() == 1 {
            return None;
        }
        let marked = self.block.marked();
        let first = if boxed {
            (0..marked)
                .rev()
                .take_while(|n| continuation::is_boxed(self.block.line(*n)))
                .last()
                .unwrap_or(marked)
        } else {
            marked
        };
        let seam = if boxed { " " } else { "" };
        let mut best = None;
        for seam in [seam, if boxed { "" } else { " " }] {
            let lines: Vec<&str> = (first..self.block.len())
                .map(|n| self.block.body(n).trim_matches(['│', '╷', '╵']).trim())
                .collect();
            let text = lines.join(seam);
            self.joined.clear();
            self.joined.push(text.as_bytes(), 0..0, None);
            self.joined.mark_last();
            let read = shapes::ALL
                .iter()
                .find_map(|shape| match shape.read(&self.joined) {
                    Reading::Found(error) => Some(*error),
                    _ => None,
                });
            let known = |error: &AwsError| {
                error
                    .bare_code()
                    .is_some_and(|code| crate::catalogue::code(code).is_some())
            };
            if read.as_ref().is_some_and(known) {
                return read;
            }
            best = best.or(read);
        }
        best
    }

    fn clear(&mut self) {
        self.block.clear();
        self.shape = None;
        self.found = None;
        self.sure = 0;
    }
}

/// How many lines before a marked one are worth showing to [`Reader::before`].
#[must_use]
pub fn reach(line: &[u8]) -> usize {
    if shapes::looks_back(line) {
        block::MOST_LINES / 2
    } else {
        0
    }
}
