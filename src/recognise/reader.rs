//! Keeps one block open, line by line, until its shape says that it is over.

use std::ops::Range;

#[cfg(test)]
use super::work;
use super::{
    AwsError, Block, Reading, Skeleton, block, continuation,
    memory::{Closing, Memory, Opening},
    shapes::{self, Kind},
};

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

/// What a block was.
#[derive(Debug)]
pub enum Closed {
    /// An error.
    Recognised(Recognised),
    /// An error that is known already, so it was not read again.
    Again {
        /// The same for all errors that count as one: [`AwsError::key`].
        key: u64,
        /// The bytes of its block in the stream, whole lines.
        place: Range<u64>,
    },
}

impl Closed {
    /// An error with this key, unless it needs no telling: `hears` is asked.
    pub fn unless(
        key: u64,
        found: Recognised,
        hears: impl FnOnce(u64, Option<&AwsError>) -> bool,
    ) -> Self {
        if hears(key, Some(&found.error)) {
            let place = found.place;
            Self::Again { key, place }
        } else {
            Self::Recognised(found)
        }
    }
}

/// What was found in the marked line, perhaps with lines before it.
#[derive(Debug, Default)]
enum Found {
    #[default]
    Nothing,
    Error(AwsError),
    /// The same as in an equal line before, so it was not read again.
    Known,
}

/// As many blanks stand where a terminal filled its lines up, and nowhere inside a sentence.
const PADDING: &str = "                    ";

/// How many paragraphs of a box are read: what goes wrong in one is told in fewer.
const PARAGRAPHS: usize = 8;

/// The state machine over lines.
#[derive(Debug, Default)]
pub struct Reader {
    block: Block,
    joined: Block,
    shape: Option<Kind>,
    /// A more specific shape than the one that has found something, which waits for more lines.
    waiting: Option<Kind>,
    found: Found,
    /// How many of the block's lines surely belong to it; a blank line may still be followed by more.
    sure: usize,
    memory: Memory,
    /// That of all lines up to the marked one.
    lines: Skeleton,
}

impl Reader {
    /// Shows a line that passed before the one to be opened.
    pub fn before(&mut self, line: &[u8], place: Range<u64>) {
        self.block.push(line, place, None);
        self.lines.add(self.block.line(self.block.len() - 1));
    }

    /// Opens a block with the marked line; the anchor stands at `mark` in it. Does nothing where no shape knows the line.
    pub fn open(&mut self, line: &[u8], place: Range<u64>, mark: usize) {
        self.block.push(line, place, Some(mark));
        self.block.mark_last();
        self.sure = self.block.len();
        self.lines.mark();
        self.lines.add(self.block.line(self.block.marked()));
        let opening = if let Some(known) = self.memory.opening(self.lines) {
            self.open_known(known)
        } else {
            let (opening, error) = open(&mut self.block);
            self.found = error.map_or(Found::Nothing, Found::Error);
            self.memory.opened(self.lines, opening);
            opening
        };
        (self.shape, self.waiting) = (opening.shape, opening.waiting);
        if self.shape.is_none() {
            self.forget();
        }
    }

    fn open_known(&mut self, known: Opening) -> Opening {
        #[cfg(test)]
        work::counted::beside(|| {
            let read = open(&mut self.block.clone()).0;
            let (known, read) = (format!("{known:?}"), format!("{read:?}"));
            assert_eq!(known, read, "{}", self.block.text());
        });
        if known.unescaped {
            let line = unescaped(self.block.line(self.block.marked()));
            self.block.replace_last(&line);
        }
        if known.found {
            self.found = Found::Known;
        }
        known
    }

    /// Whether a block waits for more lines.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.shape.is_some()
    }

    /// Whether there is something to tell as soon as the block is over.
    #[must_use]
    pub fn has_found(&self) -> bool {
        !matches!(self.found, Found::Nothing)
    }

    /// Shows the next line. Gives whether it was taken into the block; where it was not, the block is to be closed and the
    /// line looked at by itself.
    pub fn feed(&mut self, line: &[u8], place: Range<u64>) -> bool {
        let Some(shape) = self.shape.filter(|_| !self.block.is_full()) else {
            return false;
        };
        self.block.push(line, place, None);
        if self.goes_on(shape) {
            self.sure = self.block.len();
            return true;
        }
        let blank = self.block.body(self.block.len() - 1).trim().is_empty();
        let may_skip =
            shape.may_skip_blank(&self.block) || continuation::may_skip_blank(&self.block);
        if blank && self.sure + 1 == self.block.len() && may_skip {
            return true;
        }
        self.block.truncate(self.block.len() - 1);
        false
    }

    /// Whether the last line belongs to those before it.
    fn goes_on(&self, shape: Kind) -> bool {
        !continuation::is_past_fold(&self.block)
            && (continuation::continues(&self.block)
                || shape.goes_on(&self.block)
                || self
                    .waiting
                    .is_some_and(|waiting| waiting.goes_on(&self.block)))
    }

    /// Ends the block; gives its error, where there is one.
    pub fn close(&mut self) -> Option<Recognised> {
        match self.close_unless(|_, _| false)? {
            Closed::Recognised(found) => Some(found),
            Closed::Again { .. } => None,
        }
    }

    /// The same, but `hears` is asked whether the error needs no telling: by its key alone where such lines were read
    /// before, and if it says no, with the error itself.
    pub fn close_unless(
        &mut self,
        mut hears: impl FnMut(u64, Option<&AwsError>) -> bool,
    ) -> Option<Closed> {
        let shape = self.shape?;
        self.block.truncate(self.sure);
        let place = self.block.place(self.block.marked()..self.block.len());
        let mut lines = self.lines;
        for number in self.block.marked() + 1..self.block.len() {
            lines.add(self.block.line(number));
        }
        let known = self.memory.closing(lines);
        #[cfg(test)]
        if let Some(known) = known {
            work::counted::beside(|| self.assert_same(shape, known.key));
        }
        match known {
            Some(Closing { key: None }) => {
                self.forget();
                return None;
            }
            Some(Closing { key: Some(key) }) if hears(key, None) => {
                self.forget();
                return Some(Closed::Again { key, place });
            }
            _ => {}
        }
        let error = self.read(shape);
        let line = self.block.line(self.block.marked()).to_owned();
        self.forget();
        let key = error.as_ref().map(AwsError::key);
        self.memory.closed(lines, key);
        let (key, error) = key.zip(error)?;
        let found = Recognised { error, line, place };
        Some(Closed::unless(key, found, hears))
    }

    /// What is known is read again, to see that it is the same.
    #[cfg(test)]
    fn assert_same(&mut self, shape: Kind, known: Option<u64>) {
        let read = self.read(shape).as_ref().map(AwsError::key);
        assert_eq!(
            known,
            read,
            "read before as another error: {}",
            self.block.text()
        );
        self.found = Found::Known;
    }

    /// Reads the whole block.
    fn read(&mut self, shape: Kind) -> Option<AwsError> {
        let joined = self.joined(shape);
        let coded = joined.as_ref().is_some_and(|error| error.code.is_some());
        let error = if coded { None } else { self.whole(shape) };
        error
            .filter(|error| joined.is_none() || error.code.is_some())
            .or(joined)
            .or_else(|| self.kept(shape))
            .map(AwsError::completed)
    }

    /// What was found first, unless its shape takes it back with all lines before it.
    fn kept(&mut self, shape: Kind) -> Option<AwsError> {
        if matches!(shape.read(&self.block), Reading::No) {
            return None;
        }
        self.found_first()
    }

    /// What was found in the marked line.
    fn found_first(&mut self) -> Option<AwsError> {
        if matches!(self.found, Found::Known) {
            let mut block = self.block.clone();
            block.truncate(block.marked() + 1);
            self.found = Found::Nothing;
            return open(&mut block).1;
        }
        match std::mem::take(&mut self.found) {
            Found::Error(error) => Some(error),
            Found::Nothing | Found::Known => None,
        }
    }

    /// The whole block read once more: with all its lines a more specific shape may know it.
    fn whole(&self, shape: Kind) -> Option<AwsError> {
        if self.block.len() == self.block.marked() + 1 {
            return shape.read(&self.block).found();
        }
        shapes::first(&self.block)
    }

    /// What stands in a box, or was wrapped at a terminal's width, read again with one line for each paragraph.
    fn joined(&mut self, shape: Kind) -> Option<AwsError> {
        let marked = self.block.marked();
        let boxed = continuation::is_boxed(self.block.line(marked))
            || continuation::is_boxed(self.block.line(self.block.len() - 1));
        let folded = continuation::folds(self.block.body(marked)).is_some();
        let padded = self.block.line(marked).contains(PADDING);
        let found = self.found_first();
        let uncoded = found.as_ref().is_none_or(|found| found.code.is_none());
        self.found = found.map_or(Found::Nothing, Found::Error);
        // The lines of a stack are no rest of a sentence.
        let next = self.block.body(marked + 1);
        let stack = next.trim_start().starts_with("at ") && continuation::is_trace(next);
        let more = self.block.len() - marked > 1 && !stack;
        let cut = uncoded && (more || padded) && (shape.may_be_wrapped() || padded);
        if !(boxed && self.block.len() > 1 || folded && more || cut) {
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
        for seam in if boxed || folded {
            [" ", ""]
        } else {
            ["", " "]
        } {
            self.join(first, seam);
            let own = self.joined.marked();
            let paragraphs = (own..self.joined.len()).chain(0..own);
            for paragraph in paragraphs.take(PARAGRAPHS) {
                self.joined.mark(paragraph);
                let read = shapes::first(&self.joined);
                if read.as_ref().is_some_and(is_known) {
                    return read;
                }
                best = best.or(read.filter(|_| paragraph == own));
            }
        }
        // What the marked line says by itself needs no seams.
        if self.has_found() && !boxed && !padded && !folded {
            return None;
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

    /// Leaves the block, with nothing told of it.
    pub fn forget(&mut self) {
        self.block.clear();
        self.shape = None;
        self.waiting = None;
        self.found = Found::Nothing;
        self.sure = 0;
        self.lines = Skeleton::default();
    }
}

/// How a block opens whose last line is the marked one, and what was found in it. Where nothing was, and the line holds a
/// string of a record, the line is looked at without its escapes.
fn open(block: &mut Block) -> (Opening, Option<AwsError>) {
    let mut opening = Opening::default();
    for shape in shapes::asked(block) {
        match shape.read(block) {
            Reading::No => {}
            Reading::More => opening.shape = opening.shape.or(Some(shape)),
            // Who has found something goes before who still waits.
            Reading::Found(error) => {
                opening.waiting = opening.shape.replace(shape);
                opening.found = true;
                return (opening, Some(*error));
            }
        }
    }
    let line = block.line(block.marked());
    if line.contains("\\\"") {
        let escaped = line.to_owned();
        block.replace_last(&unescaped(&escaped));
        for shape in shapes::asked(block) {
            if let Reading::Found(error) = shape.read(block) {
                opening.waiting = opening.shape.replace(shape);
                opening.found = true;
                opening.unescaped = true;
                return (opening, Some(*error));
            }
        }
        block.replace_last(&escaped);
    }
    let marked = block.marked();
    let folded = || continuation::folds(block.body(marked)).is_some();
    if opening.shape.is_none() && (continuation::is_boxed(block.line(marked)) || folded()) {
        opening.shape = Some(shapes::BOXED);
    }
    (opening, None)
}

/// A line without the escapes of the string that it stands in.
fn unescaped(line: &str) -> String {
    line.replace("\\\"", "\"").replace("\\\\", "\\")
}

/// Whether what passed speaks like AWS and is another cloud or system.
#[must_use]
pub fn is_foreign(bytes: &[u8]) -> bool {
    shapes::foreign::speaks(bytes)
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
