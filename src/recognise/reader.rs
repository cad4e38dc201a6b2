//! Keeps one block open, line by line, until its shape says that it is over.

use std::ops::Range;

#[cfg(test)]
use super::work;
use super::{
    AwsError, Block, Reading, Skeleton, block, clean, continuation,
    lines::Lines,
    memory::{Closing, Memory, Opening, Seen, Step, Taken},
    prefix,
    shapes::{self, Kind},
};

/// How many lines before a marked one are worth showing to [`Reader::before`].
pub const BEFORE: usize = block::MOST_LINES / 2;

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

/// How much of a line tells whether it may belong to the one before it: 96 bytes.
const HEAD: usize = 96;

/// How many paragraphs of a box are read: what goes wrong in one is told in fewer.
const PARAGRAPHS: usize = 8;

/// The state machine over lines.
#[derive(Debug, Default)]
pub struct Reader {
    /// All lines of the block.
    lines: Lines,
    /// The number of the marked one.
    marked: usize,
    /// The cleaned lines, as far as they had to be read.
    block: Block,
    joined: Block,
    /// How the block was opened; nothing is open where that names no shape.
    opening: Opening,
    found: Found,
    /// How many of the block's lines surely belong to it; a blank line may still be followed by more.
    sure: usize,
    /// Whether no shape takes a line behind the last one.
    ends: bool,
    memory: Memory,
    /// That of all lines, and of those that are sure.
    skeleton: Skeleton,
    sure_skeleton: Skeleton,
    /// How a line begins that was looked at by itself.
    apart: Block,
}

impl Reader {
    /// Shows the lines that passed before the one to be opened; they stand at this offset of the stream.
    pub fn before(&mut self, lines: &[u8], mut offset: u64) {
        self.skeleton.add(lines);
        let mut rest = lines;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
            let place = offset..offset + end as u64;
            offset = place.end;
            self.lines.push(&rest[..end], place, None);
            rest = &rest[end..];
        }
    }

    /// Opens a block with the marked line; the anchor stands at `mark` in it. Does nothing where no shape knows the line.
    /// Gives whether lines before it may tell more.
    pub fn open(&mut self, line: &[u8], place: Range<u64>, mark: usize) -> bool {
        let part = self.lines.push(line, place, Some(mark));
        self.skeleton.mark();
        self.skeleton.add(part);
        self.sure = self.lines.len();
        self.marked = self.sure - 1;
        self.sure_skeleton = self.skeleton;
        self.opening = if let Some(known) = self.memory.opening(self.skeleton) {
            #[cfg(test)]
            work::counted::beside(|| self.assert_opens(known));
            if known.seen != Seen::Nothing {
                self.found = Found::Known;
            }
            known
        } else {
            self.open_new()
        };
        self.ends = self.opening.ends;
        let looks_back = self.opening.looks_back;
        if self.opening.shape.is_none() {
            self.forget();
        }
        looks_back
    }

    fn open_new(&mut self) -> Opening {
        self.settle();
        let (mut opening, error) = open(&mut self.block);
        self.found = error.map_or(Found::Nothing, Found::Error);
        opening.looks_back = shapes::looks_back(self.lines.line(self.marked));
        opening.ends = self.ends(opening);
        opening.boxed = continuation::is_in_box(&self.block);
        self.memory.opened(self.skeleton, opening);
        opening
    }

    /// What is known is opened again, to see that it is the same.
    #[cfg(test)]
    fn assert_opens(&mut self, known: Opening) {
        let before = std::mem::take(&mut self.opening);
        self.settle();
        self.opening = before;
        let (mut read, _) = open(&mut self.block);
        read.looks_back = shapes::looks_back(self.lines.line(self.marked));
        read.ends = self.ends(read);
        read.boxed = continuation::is_in_box(&self.block);
        let (known, read) = (format!("{known:?}"), format!("{read:?}"));
        assert_eq!(known, read, "{}", self.block.text());
    }

    /// Cleans the lines that were not cleaned yet.
    fn settle(&mut self) {
        for number in self.block.len()..self.lines.len() {
            self.block.push(self.lines.line(number));
            if number == self.marked {
                self.block.mark_last();
                if self.opening.seen == Seen::Unescaped {
                    let line = unescaped(self.block.line(number));
                    self.block.replace_last(&line);
                }
            }
        }
    }

    /// Whether a block waits for more lines.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.opening.shape.is_some()
    }

    /// Whether there is something to tell as soon as the block is over.
    #[must_use]
    pub fn has_found(&self) -> bool {
        !matches!(self.found, Found::Nothing)
    }

    /// Shows the next line. Gives whether it was taken into the block; where it was not, the block is to be closed and the
    /// line looked at by itself.
    pub fn feed(&mut self, line: &[u8], place: Range<u64>) -> bool {
        if !self.is_open() || self.lines.is_full() {
            return false;
        }
        if self.ends && self.is_apart(line) {
            #[cfg(test)]
            work::counted::beside(|| self.assert_apart(line));
            return false;
        }
        let part = self.lines.push(line, place, None);
        let mut skeleton = self.skeleton;
        skeleton.add(part);
        let boxed = Step {
            taken: Taken::Surely,
            ends: false,
        };
        let known = self.is_inside().then_some(boxed);
        let known = known.or_else(|| self.memory.step(skeleton));
        #[cfg(test)]
        if let Some(known) = known {
            work::counted::beside(|| self.assert_steps(known));
        }
        let step = known.unwrap_or_else(|| {
            self.settle();
            let step = self.step();
            self.memory.stepped(skeleton, step);
            step
        });
        match step.taken {
            Taken::No => {
                self.lines.truncate(self.lines.len() - 1);
                self.block.truncate(self.lines.len());
                return false;
            }
            Taken::Perhaps => {}
            Taken::Surely => {
                self.sure = self.lines.len();
                self.sure_skeleton = skeleton;
            }
        }
        self.skeleton = skeleton;
        self.ends = step.ends;
        true
    }

    /// Whether the last line stands inside the box of the marked one.
    fn is_inside(&self) -> bool {
        let (last, edges) = (self.lines.len() - 1, continuation::has_edge);
        let ends = |number| continuation::has_end(self.lines.line(number));
        self.opening.boxed && edges(self.lines.line(last)) && !ends(last) && !ends(last - 1)
    }

    /// Whether the line belongs to no error that stands before it, whatever its shape, unless the shape itself takes it.
    fn is_apart(&mut self, line: &[u8]) -> bool {
        let part = clean::part(line, None);
        if continuation::has_edge(part) {
            return false;
        }
        let head = &part[..part.len().min(HEAD)];
        if let Some(text) = clean::plain(head) {
            return continuation::begins_apart(prefix::body(text));
        }
        self.apart.clear();
        self.apart.push(head);
        continuation::begins_apart(self.apart.body(0))
    }

    #[cfg(test)]
    fn assert_apart(&mut self, line: &[u8]) {
        self.lines.push(line, 0..0, None);
        self.settle();
        assert_eq!(self.step().taken, Taken::No, "{}", self.block.text());
        self.lines.truncate(self.lines.len() - 1);
        self.block.truncate(self.lines.len());
    }

    #[cfg(test)]
    fn assert_steps(&mut self, known: Step) {
        self.settle();
        let step = self.step();
        // Inside a box it is not asked what may come behind.
        let step = Step {
            ends: step.ends && !self.is_inside(),
            ..step
        };
        assert_eq!(known, step, "{}", self.block.text());
    }

    /// What the last line is to those before it.
    fn step(&self) -> Step {
        let last = self.block.len() - 1;
        let asked = [self.opening.shape, self.opening.waiting];
        let goes_on = !continuation::is_past_fold(&self.block)
            && (continuation::continues(&self.block)
                || asked
                    .iter()
                    .flatten()
                    .any(|shape| shape.goes_on(&self.block)));
        let may_skip = || {
            asked[0].is_some_and(|shape| shape.may_skip_blank(&self.block))
                || continuation::may_skip_blank(&self.block)
        };
        let taken = if goes_on {
            Taken::Surely
        } else if self.block.body(last).trim().is_empty() && self.sure == last && may_skip() {
            Taken::Perhaps
        } else {
            Taken::No
        };
        Step {
            taken,
            ends: taken == Taken::Surely && self.ends(self.opening),
        }
    }

    /// Whether no shape takes a line behind the block, whichever comes.
    fn ends(&self, opening: Opening) -> bool {
        let mut shapes = [opening.shape, opening.waiting].into_iter().flatten();
        !continuation::awaits(&self.block) && !shapes.any(|shape| shape.may_go_on(&self.block))
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
        let shape = self.opening.shape?;
        self.lines.truncate(self.sure);
        self.block.truncate(self.sure);
        let place = self.lines.place_from(self.marked);
        let lines = self.sure_skeleton;
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
        self.settle();
        let error = self.read(shape);
        let line = self.block.line(self.marked).to_owned();
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
        self.settle();
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

    /// Whether what was found in the marked line has no code.
    fn is_uncoded(&mut self) -> bool {
        let found = self.found_first();
        let uncoded = found.as_ref().is_none_or(|found| found.code.is_none());
        self.found = found.map_or(Found::Nothing, Found::Error);
        uncoded
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
        match &self.found {
            _ if self.block.len() > self.block.marked() + 1 => shapes::first(&self.block),
            // Read just now, in the same line.
            Found::Error(error) => Some(error.clone()),
            Found::Nothing | Found::Known => shape.read(&self.block).found(),
        }
    }

    /// What stands in a box, or was wrapped at a terminal's width, read again with one line for each paragraph.
    fn joined(&mut self, shape: Kind) -> Option<AwsError> {
        let marked = self.block.marked();
        let boxed = continuation::is_boxed(self.block.line(marked))
            || continuation::is_boxed(self.block.line(self.block.len() - 1));
        let folded = continuation::folds(self.block.body(marked)).is_some();
        let padded = self.block.line(marked).contains(PADDING);
        // The lines of a stack are no rest of a sentence.
        let next = self.block.body(marked + 1);
        let stack = next.trim_start().starts_with("at ") && continuation::is_trace(next);
        let more = self.block.len() - marked > 1 && !stack;
        let cut = (padded || more && shape.may_be_wrapped()) && self.is_uncoded();
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
                self.joined.push(paragraph.as_bytes());
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
        self.lines.truncate(0);
        self.block.clear();
        self.opening = Opening::default();
        self.found = Found::Nothing;
        (self.marked, self.sure, self.ends) = (0, 0, false);
        self.skeleton = Skeleton::default();
        self.sure_skeleton = self.skeleton;
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
                opening.seen = Seen::Plain;
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
                opening.seen = Seen::Unescaped;
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
