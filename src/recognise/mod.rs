//! From lines to errors: what a client printed, read into an [`AwsError`].
//!
//! A [`Shape`] knows one grammar. It is shown a [`Block`]: the line that the sieve marked, some lines before it, and those
//! after it as they come, all of them a cleaned copy (no colour, no carriage returns, valid UTF-8). It answers no, more or
//! found; [`Reader`] keeps the block open for as long as the shape says that it goes on. Memory is bounded by the block's
//! caps, and every line is read a bounded number of times.
//!
//! ```
//! use awsexplain::recognise;
//! let line = "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist";
//! let error = recognise::text(line).unwrap();
//! assert_eq!(error.code.as_deref(), Some("NoSuchBucket"));
//! assert_eq!(error.operation.as_deref(), Some("ListObjectsV2"));
//! ```

mod aws_error;
mod block;
mod clean;
mod clock;
mod continuation;
mod head;
mod lines;
mod memory;
mod passage;
mod prefix;
mod reader;
mod scan;
pub mod shapes;
mod skeleton;
mod work;

pub use aws_error::AwsError;
pub use block::Block;
pub use head::stands_above;
pub use reader::{BEFORE, Closed, NEAR, Reader, Recognised, is_foreign};
pub use shapes::{Reading, Shape};
use skeleton::Skeleton;
#[cfg(test)]
pub(crate) use work::counted;

/// A line as a person sees it: without colours, control characters and what a carriage return has overwritten.
#[must_use]
pub fn shown(line: &[u8]) -> String {
    let mut text = String::new();
    clean::part_into(clean::part(line, None), &mut text);
    text
}

/// The same without what programs put before a message (times, levels, names of containers); `mark` is a place in the line
/// that is wanted, where carriage returns part it.
#[must_use]
pub fn said(line: &[u8], mark: usize) -> String {
    let mut block = Block::default();
    block.push(clean::part(line, Some(mark)));
    block.body(0).trim_end().to_owned()
}

/// Reads the first error that stands in a text, as if it had come through the pipe.
#[must_use]
pub fn text(text: &str) -> Option<AwsError> {
    let mut marked = 0;
    text.split_inclusive('\n').find_map(|line| {
        let (before, rest) = text.split_at(marked);
        let mut reader = Reader::default();
        let above = stands_above(line.as_bytes()).then(|| reader.head(before.as_bytes()));
        let first = above.flatten().unwrap_or(0);
        reader.before(&before.as_bytes()[first..], first as u64);
        let mut at = marked as u64;
        marked += line.len();
        for (number, line) in rest.split_inclusive('\n').enumerate() {
            let place = at..at + line.len() as u64;
            at = place.end;
            if number == 0 {
                reader.open(line.as_bytes(), place, 0);
            } else if !reader.feed(line.as_bytes(), place) {
                break;
            }
        }
        reader.close().map(|found| found.error)
    })
}
