//! A page about one or many logs: what failed, when and where, each explanation once with its occurrences.
//!
//! [`Gather`] stands at the end of the filter in place of a teller and keeps what a reader of the page wants: one [`Group`]
//! for each different error, its first occurrences with the lines around them, and the times of all. [`html`] and
//! [`markdown`] write it. Memory is bounded by the caps in `gather`, not by the logs.
//!
//! Promise: text of a log stands on the page as text only (the templates escape it), without secrets, and the page loads
//! nothing from anywhere.

mod gather;
mod moment;
mod page;
mod timeline;

pub use gather::{Gather, Group, Occurrence, Place, Report, Source};
pub use page::{html, markdown};
