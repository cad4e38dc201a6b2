//! What is told of one error, whatever the form.

use crate::knowledge::{Effect, Link, Match};

/// How sure a cause is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Proven, by a fact that leaves no other way.
    Confirmed,
    /// A fact speaks for it.
    Likely,
    /// Nothing speaks for or against it.
    Possible,
    /// A fact excludes it.
    RuledOut,
}

impl Status {
    /// The word in the JSON output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Likely => "likely",
            Self::Possible => "possible",
            Self::RuledOut => "ruled_out",
        }
    }
}

/// How much is told of the causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Everything.
    Whole,
    /// Of the first everything; of the others neither why nor what mends them, for who has no room for it.
    First,
}

/// One step of a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Why, or what to do where no command does it.
    pub say: Option<String>,
    /// A command for the user's shell, or a policy statement; never wrapped.
    pub command: Option<String>,
    /// What it does.
    pub effect: Effect,
}

/// A cause, as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseTold {
    /// Its id in the entry.
    pub id: String,
    /// What is the case.
    pub title: String,
    /// How that leads to the error.
    pub why: String,
    /// How sure it is.
    pub status: Status,
    /// What was seen here that makes it so.
    pub because: Vec<String>,
    /// What mends it.
    pub fix: Vec<Fix>,
    /// The command that failed, to be run again when it is mended; `None` where it is not known, or not to be shown.
    pub again: Option<String>,
}

/// What is told of one error.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// Who answered.
    pub by: Match,
    /// The entry's id.
    pub entry: String,
    /// What is the matter.
    pub title: String,
    /// What AWS is saying.
    pub summary: String,
    /// The causes, the surest first.
    pub causes: Vec<CauseTold>,
    /// Where to read on.
    pub links: Vec<Link>,
    /// The services that the error may be of.
    pub services: Vec<&'static str>,
    /// What was assumed or left out, in a sentence.
    pub remark: Option<String>,
}
