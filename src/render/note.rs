//! The note in a terminal, a pipe or a log: every line of it begins with two blanks and a bar, and no command is wrapped.
//!
//! ```text
//!   ┃ InvalidToken · s3 ListBuckets · the session token was not accepted
//!   ┃ ● confirmed    A session token is set beside a long-term key
//! ```

use std::{borrow::Cow, io::Write};

use termcolor::{Buffer, ColorSpec, HyperlinkSpec, WriteColor};

use super::{
    colors::{aside, doubtful, frame, strong, wrong},
    form::Told,
    harmless::harmless,
    wrap::wrap,
};
use crate::{
    diagnose::{CauseTold, Explanation, Fix, Status},
    knowledge::Effect,
    recognise::AwsError,
    secrets::redact,
};

/// What the reader's screen can do.
#[allow(clippy::struct_excessive_bools)] // four independent facts of a screen
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Colours.
    pub color: bool,
    /// Letters beyond ASCII.
    pub unicode: bool,
    /// Hyperlinks.
    pub links: bool,
    /// Letters in a line.
    pub width: usize,
    /// Every cause with its whole fix, not only the first.
    pub whole: bool,
}

impl Look {
    /// The text in the letters that the screen has.
    pub(super) fn shown(self, text: &str) -> Cow<'_, str> {
        if self.unicode {
            Cow::Borrowed(text)
        } else {
            ascii(text)
        }
    }
}

/// How wide the column of words (`fix`, `see`) is.
const COLUMN: usize = 13;
/// A column without a word, and the blank behind it.
const BLANKS: &str = "              ";
const _: () = assert!(BLANKS.len() == COLUMN + 1);

/// The line of an error, quoted above its note where the two do not stand in one stream.
#[must_use]
pub fn quote(line: &str, look: Look) -> Vec<u8> {
    let mut note = Note::new(look);
    note.bar();
    let line = redact(line.trim());
    let line = look.shown(&line);
    note.say(&format!("> {line}"), &aside());
    note.end();
    note.out.into_inner()
}

/// The note of one error: whole, or its head alone where that is enough.
pub(super) fn told(told: &Told, look: Look) -> Vec<u8> {
    if told.brief {
        head(&told.error, &told.explanation, look)
    } else {
        note(&told.error, &told.explanation, look)
    }
}

/// The first line of the note, or lines where the screen is narrow.
pub(super) fn head(error: &AwsError, told: &Explanation, look: Look) -> Vec<u8> {
    let mut note = Note::new(look);
    note.head(error, told);
    note.out.into_inner()
}

/// What the head says: code, service and operation, title, as far as they are known.
pub(super) fn heading(error: &AwsError, told: &Explanation) -> [String; 3] {
    let service = match &told.services[..] {
        [one] => Some((*one).to_owned()),
        _ => None,
    };
    let place = [service, error.operation.as_deref().map(redact)];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let code = error.bare_code().map(redact).unwrap_or_default();
    [code, place.join(" "), told.title.clone()]
}

/// The lines of a note as they are put together.
pub(super) struct Note {
    out: Buffer,
    look: Look,
}

/// The bytes of the note, each line with its line break.
#[must_use]
pub fn note(error: &AwsError, told: &Explanation, look: Look) -> Vec<u8> {
    let mut note = Note::new(look);
    note.head(error, told);
    note.prose("", &told.summary);
    let open: Vec<&CauseTold> = told
        .causes
        .iter()
        .filter(|cause| look.whole || cause.status != Status::RuledOut)
        .collect();
    let proven = open
        .first()
        .is_some_and(|cause| cause.status == Status::Confirmed);
    for (number, cause) in open.iter().enumerate() {
        if cause.status == Status::RuledOut {
            note.cause(cause, false);
        } else if number == 0 || look.whole {
            note.cause(cause, true);
            note.fix(&cause.fix, cause.again.as_deref());
        } else if number <= if proven { 2 } else { 3 } {
            note.cause(cause, false);
        }
    }
    if let Some(remark) = &told.remark {
        note.prose("note", remark);
    }
    for link in told.links.iter().take(if look.whole { 9 } else { 3 }) {
        note.link(&link.url);
    }
    note.out.into_inner()
}

impl Note {
    pub(super) fn new(look: Look) -> Self {
        let out = if look.color {
            Buffer::ansi()
        } else {
            Buffer::no_color()
        };
        Self { out, look }
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.out.into_inner()
    }

    fn head(&mut self, error: &AwsError, told: &Explanation) {
        self.bold(&heading(error, told));
    }

    /// The first line: those of the parts that are not empty, with dots between.
    pub(super) fn bold(&mut self, parts: &[String]) {
        let dot = if self.look.unicode { " · " } else { " - " };
        let parts: Vec<&str> = parts
            .iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        let head = parts.join(dot);
        for line in wrap(&self.look.shown(&head), self.look.width.saturating_sub(4)) {
            self.bar();
            self.say(&line, &strong());
            self.end();
        }
    }

    /// A command by itself, under what it is for.
    pub(super) fn command(&mut self, text: &str) {
        self.line("", text, &strong());
    }

    /// The column of words, as wide as there is room for: on a narrow screen a word stands right before its text.
    fn column(&self, word: &str) -> String {
        if self.look.width >= 50 {
            let letters = word.chars().count().min(COLUMN);
            return [word, &BLANKS[letters..]].concat();
        }
        if word.is_empty() {
            "  ".to_owned()
        } else {
            format!("{word} ")
        }
    }

    fn cause(&mut self, cause: &CauseTold, whole: bool) {
        let (mark, word) = match (cause.status, self.look.unicode) {
            (Status::Confirmed, true) => ("●", "confirmed"),
            (Status::Likely, true) => ("●", "likely here"),
            (Status::RuledOut, true) => ("×", "ruled out"),
            (Status::Possible, true) => ("○", "possible"),
            (Status::Confirmed, false) => ("*", "confirmed"),
            (Status::Likely, false) => ("*", "likely here"),
            (Status::RuledOut, false) => ("x", "ruled out"),
            (Status::Possible, false) => ("-", "possible"),
        };
        let color = match cause.status {
            Status::Confirmed => wrong(),
            Status::Likely => doubtful(),
            _ => aside(),
        };
        let title = format!("{}.", cause.title.trim_end_matches('.'));
        self.paragraph(&format!("{mark} {word}"), &title, &color, &ColorSpec::new());
        for because in &cause.because {
            self.prose("", because);
        }
        if whole {
            self.prose("", &cause.why);
        }
    }

    fn fix(&mut self, steps: &[Fix], again: Option<&str>) {
        for (number, step) in steps.iter().enumerate() {
            let word = if number == 0 { "fix" } else { "then" };
            let mark = match step.effect {
                Effect::Reads => "",
                Effect::Writes => " (changes something)",
                Effect::Deletes => " (deletes something)",
            };
            match (&step.command, &step.say) {
                (Some(command), say) => {
                    if let Some(say) = say {
                        self.prose(word, &format!("{say}{mark}:"));
                        self.line("", command, &strong());
                    } else {
                        self.line(
                            word,
                            &format!("{command}{}", mark.replace(" (", "  # (")),
                            &strong(),
                        );
                    }
                }
                (None, Some(say)) => self.prose(word, &format!("{say}{mark}")),
                (None, None) => {}
            }
        }
        let word = if steps.is_empty() { "fix" } else { "then" };
        match again {
            Some(command) => self.line(word, command, &strong()),
            None => self.prose(word, "Run your command again"),
        }
    }

    pub(super) fn prose(&mut self, word: &str, text: &str) {
        self.paragraph(word, text, &aside(), &ColorSpec::new());
    }

    fn paragraph(&mut self, word: &str, text: &str, color: &ColorSpec, body: &ColorSpec) {
        if text.trim().is_empty() {
            return;
        }
        let column = self.column(word);
        let blank = &BLANKS[..column.chars().count().min(BLANKS.len())];
        let room = self.look.width.saturating_sub(blank.len() + 4);
        for (number, line) in wrap(&self.look.shown(text), room).iter().enumerate() {
            self.bar();
            self.say(if number == 0 { &column } else { blank }, color);
            self.say(line, body);
            self.end();
        }
    }

    /// One line that is never wrapped.
    fn line(&mut self, word: &str, text: &str, color: &ColorSpec) {
        let column = self.column(word);
        self.bar();
        self.say(&column, &aside());
        self.say(text, color);
        self.end();
    }

    /// A link's address, which is itself the hyperlink where the terminal has them.
    fn link(&mut self, url: &str) {
        if !self.look.links {
            return self.line("see", url, &aside());
        }
        let column = self.column("see");
        self.bar();
        self.say(&column, &aside());
        let _ = self.out.set_hyperlink(&HyperlinkSpec::open(url.as_bytes()));
        self.say(url, &aside());
        let _ = self.out.set_hyperlink(&HyperlinkSpec::close());
        self.end();
    }

    fn bar(&mut self) {
        self.say(if self.look.unicode { "  ┃ " } else { "  | " }, &frame());
    }

    fn say(&mut self, text: &str, color: &ColorSpec) {
        // Whatever came from the log, no command of it reaches a terminal or a CI system by our hand.
        let text = harmless(text);
        let plain = color.is_none();
        // A buffer in memory takes everything.
        let _ = if plain {
            Ok(())
        } else {
            self.out.set_color(color)
        };
        let _ = self.out.write_all(text.as_bytes());
        let _ = if plain { Ok(()) } else { self.out.reset() };
    }

    fn end(&mut self) {
        let _ = self.out.write_all(b"\n");
    }
}

/// The text with the letters beyond ASCII that we ourselves use replaced, and a question mark for each other one.
fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '‘' | '’' => out.push('\''),
            '“' | '”' => out.push('"'),
            '…' => out.push_str("..."),
            '–' | '—' => out.push('-'),
            _ if letter.is_ascii() => out.push(letter),
            _ => out.push('?'),
        }
    }
    Cow::Owned(out)
}
