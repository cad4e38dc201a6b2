//! The line that an error begins with, `Code: message`, where what marks it is printed below.
//!
//! ```text
//! AccessDenied: Access Denied
//!     at throwDefaultError (…) {
//!   '$fault': 'client',          <- the marked line
//! ```

use super::{continuation, scan};
use crate::sieve::Literals;

/// What is printed below a head, and only there. In such a block nothing is read that stands above its last head.
const BELOW: &[&str] = &["$fault", "$metadata", "tus code: "];

/// Whether what marks this line is printed below a head ([`super::Reader::head`]). A box is read as a whole, since its head
/// may have been wrapped.
#[must_use]
pub fn stands_above(marked: &[u8]) -> bool {
    static SEARCH: Literals = Literals::new(|| BELOW.to_vec());
    SEARCH.stand_in(marked) && !continuation::has_edge(marked)
}

/// The code and the message of a line that is a head.
pub fn of(line: &str) -> Option<(&str, &str)> {
    line.match_indices(':').find_map(|(at, _)| {
        let name = line[..at].trim_end_matches(']');
        let (name, message) = (name.rsplit([' ', '[', '\t']).next()?, &line[at + 1..]);
        let sure = scan::is_sure_code(name)
            || matches!(name, "Forbidden" | "Unknown" | "Throttling" | "Conflict");
        (sure && (message.is_empty() || message.starts_with(' ')) && !name.ends_with("Warning"))
            .then_some((name, message))
    })
}

/// Whether a block may begin with this line: it is a head, and not one that is quoted in an object, whose lines are indented.
pub fn begins(line: &str) -> bool {
    !line.starts_with([' ', '\t', '"', '\'']) && of(line).is_some()
}
