//! What is known of errors: entries, and which of them answers.
//!
//! The entries lie in the binary as the text they were written in; an index made at build time finds the right one, and
//! only that one is parsed. The look-up goes from the most specific rule to the least: code and service, code and operation
//! or message, the code, the message alone, then a *family* by the code's form and the catalogue's facts.
//!
//! ```
//! use awsexplain::{knowledge, recognise};
//! let line = "An error occurred (InvalidToken) when calling the ListBuckets operation: The provided token is malformed or otherwise invalid.";
//! let error = recognise::text(line).unwrap();
//! assert_eq!(knowledge::find(&error).id, "credentials/InvalidToken");
//! ```

pub mod anchors;
mod base;
pub mod form;
pub mod gather;
mod index;
mod lookup;
#[cfg(test)]
mod many;
mod message;
mod nearest;
mod subject;
mod uncoded;

pub use form::{Allow, Cause, Effect, Entry, Link, OneOrMany, Step};
pub use lookup::{Answer, Asked, Folder, Knowledge, Match, OfCode, all, find};
pub use message::matches;
pub(crate) use message::{compile as compiled, groups};
pub use subject::Subject;
