//! The grammars that AWS errors are printed in: one file a shape, or a small family of them.
//!
//! Each is a byte scanner over a [`Block`]; the order of [`ALL`] is the order in which they are asked, the most specific
//! first.

mod aws_cli;
mod body;
mod boto2;
mod cli_format;
mod cloudformation;
mod foreign;
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

use super::{AwsError, Block};

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

    /// Whether the block's last line belongs to it, beyond what follows any error (traces, boxes).
    fn goes_on(&self, _block: &Block) -> bool {
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
];

/// What the first shape that knows the block reads in it.
#[must_use]
pub fn first(block: &Block) -> Option<AwsError> {
    ALL.iter().find_map(|shape| shape.read(block).found())
}

/// A box of which the marked line alone says nothing.
#[derive(Debug)]
pub struct Boxed;

impl Shape for Boxed {
    fn read(&self, _block: &Block) -> Reading {
        Reading::No
    }
}

/// Whether the line's mark may stand behind the head of its error.
#[must_use]
pub fn looks_back(line: &[u8]) -> bool {
    [
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
    ]
    .iter()
    .any(|mark| memchr::memmem::find(line, mark.as_bytes()).is_some())
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

/// A text as a field: trimmed, `None` where nothing is left.
fn some(text: &str) -> Option<String> {
    let text = text.trim();
    // A closing quote without its opening one is the end of the string that the text stood in.
    let odd = |quote: char| text.ends_with(quote) && text.matches(quote).count() % 2 == 1;
    let text = if odd('"') || odd('\'') || text.ends_with('\\') {
        text.trim_end_matches(['\\', '"', '\'']).trim()
    } else {
        text
    };
    (!text.is_empty()).then(|| text.to_owned())
}
