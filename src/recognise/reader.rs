//! Keeps one block open, line by line, until its shape says that it is over.

use std::ops::Range;

#[cfg(test)]
use super::work;
use super::{
    AwsError, Block, Skeleton, block, clean,
    clock::Clock,
    continuation, head,
    lines::Lines,
    memory::{Closing, Memory, Opening, Step, Taken},
    passage::{Found, Passage},
    prefix, shapes,
};

/// How many lines before a marked one are worth showing to [`Reader::before`].
pub const BEFORE: usize = block::MOST_LINES / 2;
/// In how many of them the head of an error stands most often ([`Reader::head`]), and who else speaks counts.
pub const NEAR: usize = BEFORE / 4;

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

/// How much of a line tells whether it may belong to the one before it: 64 bytes behind its time.
const HEAD: usize = 64;
/// How much of its body tells it: 32 bytes.
const BEGINNING: usize = 32;

/// The state machine over lines.
#[derive(Debug, Default)]
pub struct Reader {
    /// All lines of the block.
    lines: Lines,
    /// The number of the marked one.
    marked: usize,
    /// Those lines cleaned, as far as they had to be read.
    passage: Passage,
    /// How the block was opened; nothing is open where that names no shape.
    opening: Opening,
    /// How many of the block's lines surely belong to it; a blank line may still be followed by more.
    sure: usize,
    /// Whether no shape takes a line behind the last one.
    ends: bool,
    memory: Memory,
    /// That of all lines, and of those that are sure.
    skeleton: Skeleton,
    sure_skeleton: Skeleton,
    clock: Clock,
    /// What was looked at by itself.
    aside: Block,
}

impl Reader {
    /// Shows the lines that passed before the one to be opened; they stand at this offset of the stream.
    pub fn before(&mut self, lines: &[u8], mut offset: u64) {
        self.skeleton.add(lines, 0);
        let mut rest = lines;
        while !rest.is_empty() {
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
            let place = offset..offset + end as u64;
            offset = place.end;
            self.lines.push(clean::part(&rest[..end], None), place);
            rest = &rest[end..];
        }
    }

    /// Where the last head begins in the lines that passed before one that is printed below a head ([`super::stands_above`]);
    /// `None` where there is none, or where another cloud or system speaks in them.
    pub fn head(&mut self, lines: &[u8]) -> Option<usize> {
        if is_foreign(lines) {
            return None;
        }
        let mut end = lines.len();
        while end > 0 {
            let start = memchr::memrchr(b'\n', &lines[..end - 1]).map_or(0, |at| at + 1);
            if self.begins(clean::part(&lines[start..end], None)) {
                return Some(start);
            }
            end = start;
        }
        None
    }

    /// Whether a block may begin with this line.
    fn begins(&mut self, line: &[u8]) -> bool {
        let mut skeleton = Skeleton::default();
        skeleton.add(line, self.clock.length(line));
        if let Some(known) = self.memory.head(skeleton) {
            #[cfg(test)]
            work::counted::beside(|| assert_eq!(known, self.begins_new(line)));
            return known;
        }
        let begins = self.begins_new(line);
        self.memory.headed(skeleton, begins);
        begins
    }

    fn begins_new(&mut self, line: &[u8]) -> bool {
        self.aside.clear();
        self.aside.push(line);
        head::begins(self.aside.body(0))
    }

    /// Opens a block with the marked line; the anchor stands at `mark` in it. Does nothing where no shape knows the line.
    /// Gives whether lines before it may tell more.
    pub fn open(&mut self, line: &[u8], place: Range<u64>, mark: usize) -> bool {
        let part = clean::part(line, Some(mark));
        self.lines.push(part, place);
        self.skeleton.mark();
        self.skeleton.add(part, self.clock.length(part));
        self.sure = self.lines.len();
        self.marked = self.sure - 1;
        self.sure_skeleton = self.skeleton;
        self.opening = if let Some(known) = self.memory.opening(self.skeleton) {
            #[cfg(test)]
            work::counted::beside(|| self.assert_opens(known));
            if let Some(seen) = known.seen {
                self.passage.found = Found::Known(seen);
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
        let opening = self.passage.open();
        let opening = self.completed(opening);
        self.memory.opened(self.skeleton, opening);
        opening
    }

    /// An opening with what the lines themselves tell.
    fn completed(&self, opening: Opening) -> Opening {
        Opening {
            looks_back: shapes::looks_back(self.lines.line(self.marked)),
            ends: self.ends(opening),
            boxed: continuation::is_in_box(&self.passage.block),
            ..opening
        }
    }

    /// What is known is opened again, to see that it is the same.
    #[cfg(test)]
    fn assert_opens(&mut self, known: Opening) {
        self.settle();
        let read = self.passage.opened();
        let read = self.completed(read);
        let (known, read) = (format!("{known:?}"), format!("{read:?}"));
        assert_eq!(known, read, "{}", self.passage.block.text());
    }

    /// Cleans the lines that were not cleaned yet.
    fn settle(&mut self) {
        for number in self.passage.block.len()..self.lines.len() {
            self.passage.block.push(self.lines.line(number));
            if number == self.marked {
                let seen = self.opening.seen;
                self.passage
                    .mark_last(seen.is_some_and(|seen| seen.escaped));
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
        self.passage.found.is_some()
    }

    /// Whether it counts for what was found who speaks right before it, in so many lines: [`NEAR`].
    #[must_use]
    pub fn may_be_foreign(&self) -> bool {
        let shape = self.opening.shape;
        shape.is_some_and(|shape| shape.may_be_foreign())
    }

    /// Shows the next line. Gives whether it was taken into the block; where it was not, the block is to be closed and the
    /// line looked at by itself.
    pub fn feed(&mut self, line: &[u8], place: Range<u64>) -> bool {
        if !self.is_open() || self.lines.is_full() {
            return false;
        }
        let part = clean::part(line, None);
        if self.ends && self.is_apart(part) {
            #[cfg(test)]
            work::counted::beside(|| self.assert_apart(part));
            return false;
        }
        self.lines.push(part, place);
        let mut skeleton = self.skeleton;
        skeleton.add_below(part, self.clock.length(part));
        let known = self.boxed().or_else(|| self.memory.step(skeleton));
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
                self.passage.block.truncate(self.lines.len());
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

    /// What the last line is, where it stands in the box of the marked one: behind the lower edge nothing is taken.
    fn boxed(&self) -> Option<Step> {
        let last = self.lines.len() - 1;
        let line = |number| self.lines.line(number);
        let stands_in = self.opening.boxed
            && continuation::has_edge(line(last))
            && !continuation::has_end(line(last - 1));
        stands_in.then(|| Step {
            taken: Taken::Surely,
            ends: continuation::has_end(line(last)),
        })
    }

    /// Whether the line belongs to no error that stands before it, whatever its shape, unless the shape itself takes it.
    fn is_apart(&mut self, line: &[u8]) -> bool {
        if continuation::has_edge(line) {
            return false;
        }
        let rest = &line[self.clock.length(line)..];
        let head = &rest[..rest.len().min(HEAD)];
        if let Some(body) = std::str::from_utf8(head).ok().map(prefix::body) {
            let seen = (head.len() - body.len() + BEGINNING).min(head.len());
            if clean::is_plain(&head[..seen]) {
                // Where prefixes fill the head, what stands behind them is not known.
                let whole = body.len() >= BEGINNING || head.len() == rest.len();
                return whole && continuation::begins_apart(body);
            }
        }
        self.aside.clear();
        self.aside.push(head);
        continuation::begins_apart(self.aside.body(0))
    }

    #[cfg(test)]
    fn assert_apart(&mut self, line: &[u8]) {
        self.lines.push(line, 0..0);
        self.settle();
        assert_eq!(
            self.step().taken,
            Taken::No,
            "{}",
            self.passage.block.text()
        );
        self.lines.truncate(self.lines.len() - 1);
        self.passage.block.truncate(self.lines.len());
    }

    #[cfg(test)]
    fn assert_steps(&mut self, known: Step) {
        self.settle();
        let step = self.step();
        // In a box it is not asked what may come behind.
        let ends = self.boxed().map_or(step.ends, |boxed| boxed.ends);
        let step = Step { ends, ..step };
        assert_eq!(known, step, "{}", self.passage.block.text());
    }

    /// What the last line is to those before it.
    fn step(&self) -> Step {
        let last = self.passage.block.len() - 1;
        let asked = [self.opening.shape, self.opening.waiting];
        let past = self.opening.boxed && continuation::has_end(self.lines.line(last - 1))
            || continuation::opens_box(self.passage.block.line(last))
            || self.opening.seen.is_none_or(|seen| seen.coded)
                && continuation::begins_anew(&self.passage.block);
        let goes_on = !past
            && !continuation::is_past_fold(&self.passage.block)
            && (continuation::continues(&self.passage.block)
                || asked
                    .iter()
                    .flatten()
                    .any(|shape| shape.goes_on(&self.passage.block)));
        let may_skip = || {
            asked[0].is_some_and(|shape| shape.may_skip_blank(&self.passage.block))
                || continuation::may_skip_blank(&self.passage.block)
        };
        let taken = if goes_on {
            Taken::Surely
        } else if !past
            && self.passage.block.body(last).trim().is_empty()
            && self.sure == last
            && may_skip()
        {
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
        !continuation::awaits(&self.passage.block)
            && !shapes.any(|shape| shape.may_go_on(&self.passage.block))
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
        self.passage.block.truncate(self.sure);
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
        let error = self.passage.read(shape);
        let line = self.passage.block.line(self.marked).to_owned();
        self.forget();
        let key = error.as_ref().map(AwsError::key);
        self.memory.closed(lines, key);
        let (key, error) = key.zip(error)?;
        let found = Recognised { error, line, place };
        Some(Closed::unless(key, found, hears))
    }

    /// What is known is read again, to see that it is the same.
    #[cfg(test)]
    fn assert_same(&mut self, shape: shapes::Kind, known: Option<u64>) {
        self.settle();
        let read = self.passage.read(shape).as_ref().map(AwsError::key);
        assert_eq!(
            known,
            read,
            "read before as another error: {}",
            self.passage.block.text()
        );
        self.passage.found = self.opening.seen.map_or(Found::Nothing, Found::Known);
    }

    /// Leaves the block, with nothing told of it.
    pub fn forget(&mut self) {
        self.lines.truncate(0);
        self.passage.clear();
        self.opening = Opening::default();
        (self.marked, self.sure, self.ends) = (0, 0, false);
        self.skeleton = Skeleton::default();
        self.sure_skeleton = self.skeleton;
    }
}

/// Whether what passed speaks like AWS and is another cloud or system.
#[must_use]
pub fn is_foreign(bytes: &[u8]) -> bool {
    shapes::foreign::speaks(bytes)
}
