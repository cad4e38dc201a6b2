//! What stays the same where an error is printed again: a line without its times, numbers and ids, as one hash.
//!
//! ```text
//! 2024-05-01T10:00:00.123Z … StatusCode: 403, RequestID: 7UEWEX96ZSQAF2DC, api error AccessDenied: …
//! <time>                   … StatusCode: 403, RequestID: <id>,             api error AccessDenied: …
//! ```
//!
//! Left out is what no reading depends on: times, numbers of four digits or more, positions in a file of source
//! (`index.js:353:9`), and long runs of letters and digits that no code and no operation has the form of. Short numbers
//! stay, since `404` may be a code. Two lines with one skeleton are read as the same error, where each is read by itself.

use std::{
    hash::{BuildHasher, RandomState},
    ops::Range,
};

use super::prefix;

/// A hash over what was given to it, seeded anew in each run, so that no log can be made to collide.
#[derive(Debug, Clone, Copy)]
pub struct Skeleton(u64);

/// What a part that was left out is hashed as.
const LEFT_OUT: u64 = 0x9e37_79b9_7f4a_7c15;
/// What the mark of a line is hashed as.
const MARKED: u64 = 0xc2b2_ae3d_27d4_eb4f;
const FACTOR: u64 = 0xd6e8_feb8_6659_fd93;

impl Default for Skeleton {
    fn default() -> Self {
        thread_local! {
            static SEED: u64 = RandomState::new().hash_one(0);
        }
        Self(SEED.with(|seed| *seed))
    }
}

impl Skeleton {
    /// The hash of all that was added.
    pub fn value(self) -> u64 {
        self.0
    }

    /// The line that is added next is the marked one.
    pub fn mark(&mut self) {
        self.mix(MARKED);
    }

    /// Adds a line.
    pub fn add(&mut self, line: &str) {
        let bytes = line.as_bytes();
        let (mut from, mut at) = (0, 0);
        while let Some(digit) = digit(bytes, at) {
            let run = run(bytes, digit, from, u8::is_ascii_alphanumeric);
            if let Some(part) = varying(bytes, digit, &run, from) {
                self.text(&bytes[from..part.start]);
                self.mix(LEFT_OUT);
                (from, at) = (part.end, part.end);
            } else {
                at = run.end;
            }
        }
        self.text(&bytes[from..]);
        self.mix(b'\n'.into());
    }

    fn text(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            self.mix(u64::from_le_bytes(word.try_into().unwrap_or_default()));
        }
        let mut last = [0; 8];
        let rest = words.remainder();
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last));
        self.mix(bytes.len() as u64);
    }

    fn mix(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * u128::from(FACTOR);
        self.0 = (product as u64 ^ (product >> 64) as u64).wrapping_add(LEFT_OUT);
    }
}

/// The place of the next digit.
fn digit(bytes: &[u8], from: usize) -> Option<usize> {
    // Most parts of a line have none, which is told sixteen bytes at a time.
    let parts = bytes[from..].chunks(16);
    let without = parts.take_while(|part| {
        !part
            .iter()
            .fold(false, |any, byte| any | byte.is_ascii_digit())
    });
    let from = bytes.len().min(from + 16 * without.count());
    let digit = bytes[from..].iter().position(u8::is_ascii_digit);
    digit.map(|at| from + at)
}

/// The bytes of a kind around a place, not before `least`.
fn run(bytes: &[u8], at: usize, least: usize, is_of: impl Fn(&u8) -> bool) -> Range<usize> {
    let before = bytes[least..at].iter().rev().take_while(|byte| is_of(byte));
    let behind = bytes[at..].iter().take_while(|byte| is_of(byte));
    at - before.count()..at + behind.count()
}

/// The part to leave out around the first digit of a run of letters and digits, where it is one.
fn varying(bytes: &[u8], digit: usize, run: &Range<usize>, least: usize) -> Option<Range<usize>> {
    if run.start == digit
        && let Some(end) = prefix::time_at(&bytes[digit..])
    {
        return Some(digit..digit + end);
    }
    let word = &bytes[run.clone()];
    if word.iter().all(u8::is_ascii_digit) {
        return (word.len() >= 4 || is_position(&bytes[..run.start])).then(|| run.clone());
    }
    let is_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if word.len() >= 8 && word.iter().all(is_hex) {
        // The groups of a UUID that hold no digit are part of it.
        let uuid = &bytes[run.start..bytes.len().min(run.start + 36)];
        let is_uuid = uuid.len() == 36
            && [8, 13, 18, 23].iter().all(|at| uuid[*at] == b'-')
            && uuid.iter().filter(|byte| is_hex(byte)).count() == 32;
        return Some(run.start..if is_uuid { run.start + 36 } else { run.end });
    }
    if word.len() >= 10 && !word.iter().any(u8::is_ascii_lowercase) {
        return Some(run.clone());
    }
    let span = self::run(bytes, digit, least, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
    });
    let text = &bytes[span.clone()];
    let groups = text.windows(2);
    let groups = groups.filter(|pair| !pair[0].is_ascii_digit() && pair[1].is_ascii_digit());
    let is_mixed = text.iter().any(u8::is_ascii_lowercase)
        && text.iter().any(u8::is_ascii_uppercase)
        && groups.count() >= 3;
    let padding = bytes[span.end..].iter().take_while(|byte| **byte == b'=');
    (text.len() >= 20 && is_mixed).then(|| span.start..span.end + padding.count())
}

/// Whether a number behind these bytes is a place in a file of source: `index.js:`, `main.tf line `, or a column behind a
/// line that was left out.
fn is_position(before: &[u8]) -> bool {
    if before.ends_with(b" line ") {
        return true;
    }
    let Some(name) = before.strip_suffix(b":") else {
        return false;
    };
    let name = match name.iter().rposition(|byte| !byte.is_ascii_digit()) {
        Some(at) if at + 1 < name.len() && name[at] == b':' => &name[..at],
        _ => name,
    };
    let letters = name
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_lowercase());
    let letters = letters.count();
    (1..=5).contains(&letters) && name[..name.len() - letters].ends_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> u64 {
        let mut skeleton = Skeleton::default();
        skeleton.add(line);
        skeleton.value()
    }

    #[test]
    fn times_numbers_and_ids_are_left_out() {
        for (one, other) in [
            (
                "2024-05-01T10:00:00.1234567Z x",
                "2031-12-31T23:59:59.7654321Z x",
            ),
            (
                "2024-05-01 10:00:00,123 ERROR x",
                "2031-12-31 23:59:59,321 ERROR x",
            ),
            (
                "RequestID: 7UEWEX96ZSQAF2DC, x",
                "RequestID: ABCDEFGHJ0KLMNOP, x",
            ),
            (
                "request id: 8f3e1a2b-abcd-4efa-8bcd-0123456789ab",
                "request id: 1f3e1a2b-0000-4efa-8bcd-0123456789aa",
            ),
            (
                "HostID: 1bcdEFGH2jklMNOP3rstuvWXYZabcdEF+/abcdEF0=, x",
                "HostID: zbcd1FGHijklM9OPqrstuv2XYZabcd/F+aabcdEF0=, x",
            ),
            ("(index.js:353:9)", "(index.js:12:30)"),
            ("(Client.java:1234)", "(Client.java:57)"),
            (
                "arn:aws:iam::123456789012:user/x",
                "arn:aws:iam::210987654321:user/x",
            ),
            ("on main.tf line 7, in", "on main.tf line 77, in"),
        ] {
            assert_eq!(of(one), of(other), "{one}");
        }
    }

    #[test]
    fn what_may_be_a_code_an_operation_or_a_message_stays() {
        for (one, other) in [
            ("occurred (404) when", "occurred (403) when"),
            ("StatusCode: 404", "StatusCode: 403"),
            ("the ListObjectsV2 operation", "the ListObjectsV1 operation"),
            ("XAmzContentSHA256Mismatch", "XAmzContentSHA512Mismatch"),
            ("EC2ThrottledException: x", "EC3ThrottledException: x"),
            ("a 1 b", "a1 b"),
            ("a 12345 b", "a b"),
            ("x1", "x"),
            ("ab", "ba"),
            ("", "\0"),
        ] {
            assert_ne!(of(one), of(other), "{one}");
        }
    }
}
