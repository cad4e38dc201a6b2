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

/// As many blanks stand where a terminal filled its lines up, and nowhere inside a sentence.
const PADDING: &str = "                    ";

/// The state machine over lines.
#[derive(Debug, Default)]
pub struct Reader {
    block: Block,
    joined: Block,
    shape: Option<&'static dyn Shape>,
    /// A more specific shape than the one that has found something, which waits for more lines.
    waiting: Option<&'static dyn Shape>,
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
                    self.waiting = self.shape.replace(*shape);
                    return;
                }
            }
        }
        self.open_string();
        if self.shape.is_some() {
            return;
        }
        if continuation::is_boxed(self.block.line(self.block.marked())) {
            self.shape = Some(&shapes::Boxed);
        } else {
            self.clear();
        }
    }

    /// Where nothing was found and the marked line holds a string of a record: looks at it without its escapes.
    fn open_string(&mut self) {
        let marked = self.block.marked();
        let line = self.block.line(marked);
        if !line.contains("\\\"") {
            return;
        }
        let escaped = line.to_owned();
        self.block
            .replace_last(&escaped.replace("\\\"", "\"").replace("\\\\", "\\"));
        for shape in shapes::ALL {
            if let Reading::Found(error) = shape.read(&self.block) {
                self.found = Some(*error);
                self.waiting = self.shape.replace(*shape);
                return;
            }
        }
        self.block.replace_last(&escaped);
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
        let goes_on = continuation::continues(&self.block)
            || shape.goes_on(&self.block)
            || self
                .waiting
                .is_some_and(|waiting| waiting.goes_on(&self.block));
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
        let joined = self.joined(shape);
        let coded = joined.as_ref().is_some_and(|error| error.code.is_some());
        let error = if coded { None } else { self.whole(shape) };
        let error = error
            .filter(|error| joined.is_none() || error.code.is_some())
            .or(joined)
            .or_else(|| self.kept(shape));
        let line = self.block.line(self.block.marked()).to_owned();
        let place = self.block.place(self.block.marked()..self.block.len());
        self.clear();
        error.map(|error| Recognised {
            error: error.completed(),
            line,
            place,
        })
    }

    /// What was found first, unless its shape takes it back with all lines before it.
    fn kept(&mut self, shape: &'static dyn Shape) -> Option<AwsError> {
        let taken_back = matches!(shape.read(&self.block), Reading::No);
        self.found.take().filter(|_| !taken_back)
    }

    /// The whole block read once more: with all its lines a more specific shape may know it.
    fn whole(&self, shape: &'static dyn Shape) -> Option<AwsError> {
        if self.block.len() == self.block.marked() + 1 {
            return shape.read(&self.block).found();
        }
        shapes::first(&self.block)
    }

    /// What stands in a box, or was wrapped at a terminal's width, read again with one line for each paragraph.
    fn joined(&mut self, shape: &'static dyn Shape) -> Option<AwsError> {
        let marked = self.block.marked();
        let boxed = continuation::is_boxed(self.block.line(marked))
            || continuation::is_boxed(self.block.line(self.block.len() - 1));
        let padded = self.block.line(marked).contains(PADDING);
        let uncoded = self.found.as_ref().is_none_or(|found| found.code.is_none());
        let cut = uncoded
            && (self.block.len() - marked > 1 || padded)
            && (shape.may_be_wrapped() || padded);
        if !(boxed && self.block.len() > 1 || cut) {
            return None;
        }
        let first = if boxed {
            (0..marked)
                .rev()
                .take_while(|n| continuation::is_boxed(self.block.line(*n)))
                .last()
                .unwrap_or(marked)
        } else {
            marked
        };
        let mut best = None;
        for seam in if boxed { [" ", ""] } else { ["", " "] } {
            self.join(first, seam);
            let own = self.joined.marked();
            for paragraph in (own..self.joined.len()).chain(0..own) {
                self.joined.mark(paragraph);
                let read = shapes::first(&self.joined);
                if read.as_ref().is_some_and(is_known) {
                    return read;
                }
                best = best.or(read.filter(|_| paragraph == own));
            }
        }
        if let Some(error) = best.as_mut().filter(|_| boxed) {
            self.join(first, " ");
            self.add_reasons(error);
        }
        best
    }

    /// Adds what else went wrong in the same box to a message without a code: there it says why.
    fn add_reasons(&self, error: &mut AwsError) {
        let Some(message) = error.message.as_mut().filter(|_| error.code.is_none()) else {
            return;
        };
        let others = self.joined.marked() + 1..self.joined.len();
        for reason in others.filter_map(|number| self.joined.body(number).strip_prefix("Error: ")) {
            message.push('\n');
            message.push_str(reason);
        }
    }

    /// Writes the lines from `first` on into [`Self::joined`], those of a paragraph with `seam` between them, and marks
    /// the paragraph of the marked line.
    fn join(&mut self, first: usize, seam: &str) {
        self.joined.clear();
        let (mut paragraph, mut marks) = (String::new(), false);
        for number in first..=self.block.len() {
            let line = self.block.body(number);
            let line = line.trim_matches(['│', '╷', '╵']).trim();
            if !line.is_empty() {
                for part in line.split(PADDING).map(str::trim) {
                    if !(paragraph.is_empty() || part.is_empty()) {
                        paragraph.push_str(seam);
                    }
                    paragraph.push_str(part);
                }
                marks |= number == self.block.marked();
            } else if !paragraph.is_empty() {
                self.joined.push(paragraph.as_bytes(), 0..0, None);
                if marks {
                    self.joined.mark_last();
                }
                paragraph.clear();
                marks = false;
            }
        }
    }

    fn clear(&mut self) {
        self.block.clear();
        self.shape = None;
        self.waiting = None;
        self.found = None;
        self.sure = 0;
    }
}

/// Whether the error has a code that AWS's models know.
fn is_known(error: &AwsError) -> bool {
    error
        .bare_code()
        .is_some_and(|code| crate::catalogue::code(code).is_some())
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
