//! From an entry, an error and what is true here to an [`Explanation`]: causes ranked, commands filled and quoted.
//!
//! Nothing here knows how it will look, and nothing of the log reaches a command unless it fits its slot's letters.

mod accounts;
mod again;
mod arn;
mod explanation;
mod here;
mod iam;
mod named;
mod rank;
mod remedy;
mod shell;
mod slots;

pub use explanation::{CauseTold, Explanation, Extent, Fix, Status};
pub use here::{Here, completed};
pub use rank::explain;
pub use remedy::fixes;
pub use shell::Shell;
