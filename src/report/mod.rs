//! A page about one or many logs: what failed, when and where, each explanation once with its occurrences.
//!
//! [`Gather`] stands at the end of the filter in place of a teller and keeps of one log what a reader of the page wants: one
//! [`Group`] for each different error, its first occurrences with the lines around them, and the times of all. A [`Report`] is
//! made of such logs; [`html`] and [`markdown`] write it. Memory is bounded by the caps in `gathered`, not by the logs.
//!
//! Promise: text of a log stands on the page as text only (the templates escape it), without secrets, and the page loads
//! nothing from anywhere.

mod gather;
mod gathered;
mod moment;
mod page;
mod timeline;

pub use gather::Gather;
pub use gathered::{Group, Log, Occurrence, Place, Report, Source};
pub use page::{html, markdown};
