//! The grammars that AWS errors are printed in: one file a shape, or a small family of them.
//!
//! Each is a byte scanner over a [`Block`]; the order of [`ALL`] is the order in which they are asked, the most specific
//! first.

mod aws_cli;
mod body;
mod boto2;
mod cli_format;
mod cloudformation;
pub(super) mod foreign;
mod go;
mod haskell;
mod java;
mod javascript;
mod marked;
mod missing;
mod named;
mod phrase;
mod phrases;
mod powershell;
mod rust;

use std::{ops::Range, sync::OnceLock};

#[cfg(test)]
use super::work;
use super::{AwsError, Block, scan::braces};
use crate::{catalogue, sieve::Literals};

/// What a shape says of a block.
#[derive(Debug)]
pub enum Reading {
    /// It is none of its kind.
    No,
    /// It may be, when more lines have come.
    More,
    /// It is this error, as far as the lines go.
    Found(Box<AwsError>),
}

impl Reading {
    /// The error, where it is one.
    #[must_use]
    pub fn found(self) -> Option<AwsError> {
        match self {
            Self::Found(error) => Some(*error),
            Self::No | Self::More => None,
        }
    }
}

/// One grammar.
pub trait Shape: Sync + std::fmt::Debug {
    /// Reads the block around its marked line.
    fn read(&self, block: &Block) -> Reading;

    /// Texts of which one stands in the block wherever it reads anything in it; none where that cannot be said, and then
    /// it is always asked.
    fn needs(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether the block's last line belongs to it, beyond what follows any error (traces, boxes).
    fn goes_on(&self, _block: &Block) -> bool {
        false
    }

    /// Whether [`goes_on`](Self::goes_on) may take a line behind the block's last one that begins with a word of its own
    /// (`continuation::begins_apart`). Where not, no such line is read.
    fn may_go_on(&self, _block: &Block) -> bool {
        false
    }

    /// Whether an error of its form may be another cloud's, so that it counts who speaks right before it.
    fn may_be_foreign(&self) -> bool {
        false
    }

    /// Whether a blank line may stand inside the block.
    fn may_skip_blank(&self, _block: &Block) -> bool {
        false
    }

    /// Whether its lines, where nothing was found in them, may be one that was wrapped.
    fn may_be_wrapped(&self) -> bool {
        false
    }
}

/// All shapes, in the order in which they are asked.
pub const ALL: &[&dyn Shape] = &[
    &aws_cli::AwsCli,
    &cli_format::CliFormat,
    &go::Version2,
    &java::Java,
    &cloudformation::CloudFormation,
    &java::ModelClass,
    &powershell::PowerShell,
    &boto2::Boto2,
    &haskell::Haskell,
    &rust::Rust,
    &go::Version1,
    &javascript::JavaScript,
    &body::Xml,
    &marked::Marked,
    &body::Json,
    &missing::Missing,
    &named::Named,
    &phrase::Phrase,
    &Boxed,
];

/// Which shape of [`ALL`] it is.
#[derive(Clone, Copy)]
pub struct Kind(u8);

impl Kind {
    /// Its place in [`ALL`].
    pub(super) fn number(self) -> u8 {
        self.0
    }

    /// The shape at this place.
    pub(super) fn numbered(number: u8) -> Self {
        Self(number)
    }
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(out)
    }
}

impl std::ops::Deref for Kind {
    type Target = dyn Shape;

    fn deref(&self) -> &Self::Target {
        ALL[usize::from(self.0)]
    }
}

/// The shape that holds a box together.
pub const BOXED: Kind = Kind(ALL.len() as u8 - 1);

/// The shapes that may read something in the block, in their order: one search tells for all of them what they need.
pub fn asked(block: &Block) -> impl Iterator<Item = Kind> + use<> {
    static SEARCH: Literals = Literals::new(|| needs().map(|(_, text)| text).collect());
    static OWNERS: OnceLock<Vec<usize>> = OnceLock::new();
    let owners = OWNERS.get_or_init(|| needs().map(|(shape, _)| shape).collect());
    let mut asked = [false; ALL.len()];
    for (shape, asked) in ALL.iter().zip(&mut asked) {
        *asked = shape.needs().is_empty();
    }
    SEARCH.all_in(block.text().as_bytes(), |text| asked[owners[text]] = true);
    #[cfg(test)]
    assert_needs(block, &asked);
    (0..)
        .zip(asked)
        .filter_map(|(number, asked)| asked.then_some(Kind(number)))
}

/// Where a shape is not asked, it would have read nothing.
#[cfg(test)]
fn assert_needs(block: &Block, asked: &[bool]) {
    work::counted::beside(|| {
        for (shape, asked) in ALL.iter().zip(asked) {
            let is_right = *asked || matches!(shape.read(block), Reading::No);
            let text = block.text();
            assert!(is_right, "{shape:?} needs less than it says: {text}");
        }
    });
}

/// Each shape's number with a text that it needs.
fn needs() -> impl Iterator<Item = (usize, &'static str)> {
    let numbered = ALL.iter().enumerate();
    numbered.flat_map(|(number, shape)| shape.needs().iter().map(move |text| (number, *text)))
}

/// What the first shape that knows the block reads in it.
#[must_use]
pub fn first(block: &Block) -> Option<AwsError> {
    asked(block).find_map(|shape| shape.read(block).found())
}

/// A box of which the marked line alone says nothing.
#[derive(Debug)]
pub struct Boxed;

impl Shape for Boxed {
    fn read(&self, _block: &Block) -> Reading {
        Reading::No
    }
}

/// What stands in a line whose error may have begun on a line before.
const BEHIND: &[&str] = &[
    "tus code: ",
    "tusCode",
    "$fault",
    "$metadata",
    "extractError",
    "Code>",
    "__type",
    "ode\"",
    "rror message: ",
    "│",
    "ode: ",
    "rors::",
    "Code'",
    "client)",
    "server)",
    "RespMetadata",
    "errorType",
    "FullyQualifiedErrorId",
    "code       =",
    "de: ",
    "be logged in to",
    "[Errno 2]",
    "parsing HTTP 40",
];

/// Whether the line's mark may stand behind the head of its error.
#[must_use]
pub fn looks_back(line: &[u8]) -> bool {
    static SEARCH: Literals = Literals::new(|| BEHIND.to_vec());
    SEARCH.stand_in(line)
}

/// How many more braces these lines open than they close.
fn depth(block: &Block, lines: Range<usize>) -> i32 {
    lines.map(|number| braces(block.line(number))).sum()
}

/// An error of this producer with nothing in it yet.
fn of(producer: &'static str) -> AwsError {
    AwsError {
        producer,
        ..AwsError::default()
    }
}

/// A found error.
fn found(error: AwsError) -> Reading {
    Reading::Found(Box::new(error))
}

/// The service whose model a type of JSON is of: `com.amazonaws.dynamodb.v20120810#CODE`.
fn of_namespace(kind: &str) -> Option<String> {
    let (namespace, _) = kind.split_once('#')?;
    let service = namespace
        .strip_prefix("com.amazonaws.")?
        .split('.')
        .next()?;
    let is_known = !catalogue::services_named(service).is_empty();
    is_known.then(|| service.to_owned())
}

/// A text as a field: trimmed, `None` where nothing is left.
fn some(text: &str) -> Option<String> {
    let text = text.trim();
    // A closing quote without its opening one is the end of the string that the text stood in, a comma may part it from more.
    let string = text.strip_suffix(',').unwrap_or(text);
    let odd = |quote: char| string.ends_with(quote) && string.matches(quote).count() % 2 == 1;
    let is_string = odd('"') || odd('\'');
    let text = if is_string { string } else { text };
    let text = if is_string || text.ends_with('\\') {
        text.trim_end_matches(['\\', '"', '\'']).trim()
    } else {
        text
    };
    (!text.is_empty()).then(|| text.to_owned())
}
