//! The lines of a block as a text, and what the shapes read in it: in the marked line when it opens, in all of them when it
//! is over.

use super::{
    AwsError, Block, Reading, continuation,
    memory::{Opening, Seen},
    scan,
    shapes::{self, Kind},
};

/// What was found in the marked line, perhaps with lines before it.
#[derive(Debug, Default)]
pub enum Found {
    /// Nothing.
    #[default]
    Nothing,
    /// This error.
    Error(AwsError),
    /// The same as in an equal line before, so it was not read again.
    Known(Seen),
}

impl Found {
    /// Whether there is something to tell.
    pub fn is_some(&self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

/// As many blanks stand where a terminal filled its lines up, and nowhere inside a sentence.
const PADDING: usize = 20;

/// Where the first [`PADDING`] of a line begins. So many letters in a row hold one whose place is a multiple of their number.
fn padding(line: &str) -> Option<usize> {
    let is_blank = |byte: &&u8| **byte == b' ';
    let mut starts = (0..line.len()).step_by(PADDING).filter_map(|at| {
        let (before, behind) = line.as_bytes().split_at(at);
        let behind = behind.iter().take_while(is_blank).count();
        let before = before.iter().rev().take_while(is_blank).count();
        (behind > 0 && before + behind >= PADDING).then(|| at - before)
    });
    starts.next()
}

/// How many paragraphs of a box are read: what goes wrong in one is told in fewer.
const PARAGRAPHS: usize = 8;

/// See the module.
#[derive(Debug, Default)]
pub struct Passage {
    /// The lines.
    pub block: Block,
    /// What was found in the marked one.
    pub found: Found,
    joined: Block,
}

impl Passage {
    /// Forgets all of it, and keeps the memory.
    pub fn clear(&mut self) {
        self.block.clear();
        self.found = Found::Nothing;
    }

    /// The line that was added last is the marked one; `escaped`: it is read without the escapes of the string that it holds.
    pub fn mark_last(&mut self, escaped: bool) {
        self.block.mark_last();
        if escaped {
            let line = unescaped(self.block.line(self.block.marked()));
            self.block.replace_last(&line);
        }
    }

    /// Reads the marked line, which is the last one.
    pub fn open(&mut self) -> Opening {
        let (opening, error) = open(&mut self.block);
        self.found = error.map_or(Found::Nothing, Found::Error);
        opening
    }

    /// How it opens, whatever was found before.
    #[cfg(test)]
    pub fn opened(&mut self) -> Opening {
        open(&mut self.block).0
    }

    /// Reads the whole block, which this shape has kept open.
    pub fn read(&mut self, shape: Kind) -> Option<AwsError> {
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
    fn is_uncoded(&self) -> bool {
        match &self.found {
            Found::Nothing => true,
            Found::Error(error) => error.code.is_none(),
            Found::Known(seen) => !seen.coded,
        }
    }

    /// What was found in the marked line.
    fn found_first(&mut self) -> Option<AwsError> {
        if matches!(self.found, Found::Known(_)) {
            let mut block = self.block.clone();
            block.truncate(block.marked() + 1);
            self.found = Found::Nothing;
            return open(&mut block).1;
        }
        match std::mem::take(&mut self.found) {
            Found::Error(error) => Some(error),
            Found::Nothing | Found::Known(_) => None,
        }
    }

    /// The whole block read once more: with all its lines a more specific shape may know it.
    fn whole(&self, shape: Kind) -> Option<AwsError> {
        match &self.found {
            _ if self.block.len() > self.block.marked() + 1 => shapes::first(&self.block),
            // Read just now, in the same line.
            Found::Error(error) => Some(error.clone()),
            Found::Nothing | Found::Known(_) => shape.read(&self.block).found(),
        }
    }

    /// What stands in a box, or was wrapped at a terminal's width, read again with one line for each paragraph.
    fn joined(&mut self, shape: Kind) -> Option<AwsError> {
        let marked = self.block.marked();
        let boxed = continuation::is_boxed(self.block.line(marked))
            || continuation::is_boxed(self.block.line(self.block.len() - 1));
        let folded = continuation::folds(self.block.body(marked)).is_some();
        let padded = padding(self.block.line(marked)).is_some();
        // The lines of a stack are no rest of a sentence.
        let next = self.block.body(marked + 1);
        let stack = next.trim_start().starts_with("at ") && continuation::is_trace(next);
        let more = self.block.len() - marked > 1 && !stack;
        let cut = || (padded || more && shape.may_be_wrapped()) && self.is_uncoded();
        if !(boxed && self.block.len() > 1 || folded && more || cut()) {
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
        if self.found.is_some() && !boxed && !padded && !folded {
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
        let block = &self.block;
        // A traceback is no rest of a sentence, unless it stands in the box.
        let is_end = |number: &usize| {
            block.body(*number).starts_with(continuation::TRACEBACK)
                && !continuation::is_boxed(block.line(*number))
        };
        let end = (first..block.len()).find(is_end).unwrap_or(block.len());
        for number in first..=end {
            let line = if number < end { block.body(number) } else { "" };
            let mut line = line.trim_matches(['│', '╷', '╵']).trim();
            if !line.is_empty() {
                while !line.is_empty() {
                    let (part, rest) = line.split_at(padding(line).unwrap_or(line.len()));
                    if !paragraph.is_empty() {
                        paragraph.push_str(seam);
                    }
                    paragraph.push_str(part.trim());
                    line = rest.trim();
                }
                marks |= number == block.marked();
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
                opening.seen = Some(seen(&error, false));
                return (opening, Some(*error));
            }
        }
    }
    let line = block.line(block.marked());
    if scan::contains(line, "\\\"") {
        let escaped = line.to_owned();
        block.replace_last(&unescaped(&escaped));
        for shape in shapes::asked(block) {
            if let Reading::Found(error) = shape.read(block) {
                opening.waiting = opening.shape.replace(shape);
                opening.seen = Some(seen(&error, true));
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

fn seen(error: &AwsError, escaped: bool) -> Seen {
    Seen {
        escaped,
        coded: error.code.is_some(),
    }
}

/// A line without the escapes of the string that it stands in.
fn unescaped(line: &str) -> String {
    line.replace("\\\"", "\"").replace("\\\\", "\\")
}

/// Whether the error has a code that AWS's models know.
fn is_known(error: &AwsError) -> bool {
    error
        .bare_code()
        .is_some_and(|code| crate::catalogue::code(code).is_some())
}

#[cfg(test)]
mod tests {
    use super::{PADDING, padding};

    #[test]
    fn padding_is_found_wherever_it_begins() {
        for start in 0..3 * PADDING {
            let of = |blanks: usize| format!("{}{}x", "a ".repeat(start), " ".repeat(blanks));
            assert_eq!(padding(&of(PADDING - 2)), None, "{start}");
            let begins = (2 * start).saturating_sub(1);
            for blanks in [PADDING, PADDING + 1, 3 * PADDING] {
                assert_eq!(padding(&of(blanks)), Some(begins), "{start}");
            }
        }
    }
}
