//! How an explanation looks: one file a form, behind one function each, none of which knows how it was reached.

mod json;
mod note;
mod wrap;

pub use json::{Event, object};
pub use note::{Look, note, quote};
