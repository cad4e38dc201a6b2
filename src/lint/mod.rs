//! The laws that every entry keeps, for the tests of this project and for authors of entries of their own.
//!
//! The form itself is held by [`crate::knowledge::form`]: an unknown key is refused where it is read. What is judged here is
//! beyond it: an entry [is whole](entry), its examples find it ([`examples()`]), and its near misses do not ([`near_misses`]).
//! A law is a sentence; a [`Fault`] is a sentence that does not hold, with the text by which its line is found.
//!
//! ```
//! use awsexplain::{knowledge, lint};
//! let (id, entry) = knowledge::all().next().unwrap();
//! assert!(lint::entry(id, &entry).is_empty());
//! ```

mod examples;
mod whole;

pub use examples::{Bench, examples, near_misses};
pub use whole::{claims, entry};

/// A law that an entry does not keep.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// What is wrong, without the particulars.
    pub reason: &'static str,
    /// The entry's id, the place in it, and what was found there.
    pub what: String,
    /// A text that stands on the line in question.
    pub at: String,
}

impl Fault {
    fn new(reason: &'static str, what: impl Into<String>, at: impl Into<String>) -> Self {
        Self {
            reason,
            what: what.into(),
            at: at.into(),
        }
    }
}
