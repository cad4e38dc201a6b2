//! What stays the same where an error is printed again: lines without their times, numbers and ids, as one hash.
//!
//! ```text
//! 2024-05-01T10:00:00.123Z … StatusCode: 403, RequestID: 7UEWEX96ZSQAF2DC, api error AccessDenied: …
//! <time>                   … StatusCode: 403, RequestID: <id>,             api error AccessDenied: …
//! ```
//!
//! It is made of the lines as they came, before anything else is done with them: what is known by its skeleton is not even
//! cleaned. Left out is what no reading depends on: times, numbers of four digits or more, positions in a file of source
//! (`index.js:353:9`), and long runs of letters and digits that no code and no operation has the form of, all of them only
//! where nothing is next to them that cleaning takes away. Short numbers stay, since `404` may be a code. Lines with one
//! skeleton are read as the same error, where each is read by itself.

use std::{
    hash::{BuildHasher, RandomState},
    ops::Range,
};

use super::{clean, prefix};

/// A hash over what was given to it, seeded anew in each run, so that no log can be made to collide.
#[derive(Debug, Clone, Copy)]
pub struct Skeleton {
    value: u64,
    secret: u64,
}

/// What a part that was left out is hashed as.
const LEFT_OUT: u64 = 0x9e37_79b9_7f4a_7c15;
/// What the mark of a line is hashed as.
const MARKED: u64 = 0xc2b2_ae3d_27d4_eb4f;

impl Default for Skeleton {
    fn default() -> Self {
        thread_local! {
            static SEEDS: [u64; 2] = {
                let random = RandomState::new();
                [random.hash_one(0), random.hash_one(1)]
            };
        }
        let [value, secret] = SEEDS.with(|seeds| *seeds);
        Self { value, secret }
    }
}

impl Skeleton {
    /// The hash of all that was added.
    pub fn value(self) -> u64 {
        self.value
    }

    /// The line that is added next is the marked one.
    pub fn mark(&mut self) {
        self.mix(MARKED, 0);
    }

    /// Adds a line or several, of which so many bytes are known to be a time and a blank.
    pub fn add(&mut self, bytes: &[u8], time: usize) {
        if time > 0 {
            self.text(&[], LEFT_OUT);
        }
        let (mut from, mut at) = (time, time);
        // No part begins before `least`; where that is the end of colours, they begin at `before`.
        let (mut least, mut before) = (time, time);
        while let Some(digit) = digit(bytes, at) {
            if let Some(colour) = colour(bytes, digit) {
                if colour.start > least {
                    before = colour.start;
                }
                (at, least) = (colour.end, colour.end);
                continue;
            }
            let mut run = Run::around(bytes, digit, least, ALNUM);
            let part = varying(bytes, digit, &mut run, least);
            let next = |part: &Range<usize>| {
                if part.start == least {
                    before
                } else {
                    part.start
                }
            };
            if let Some(part) = part.filter(|part| stands_free(bytes, part, next(part))) {
                self.text(&bytes[from..part.start], LEFT_OUT);
                (from, at) = (part.end, part.end);
                (least, before) = (part.end, part.end);
            } else {
                at = run.bytes.end;
            }
        }
        self.text(&bytes[from..], 0);
    }

    /// Adds a text and what it ends with. Of its last words those that are not full begin earlier.
    fn text(&mut self, bytes: &[u8], end: u64) {
        let word = |at: usize| {
            let word = bytes.get(at..at + 8).map(<[u8; 8]>::try_from);
            word.and_then(Result::ok).map_or(0, u64::from_le_bytes)
        };
        let length = bytes.len();
        let mut at = 0;
        while at + 16 < length {
            self.mix(word(at), word(at + 8));
            at += 16;
        }
        match length {
            0 => {}
            1..8 => {
                let few = bytes.iter().rev();
                self.mix(few.fold(0, |word, byte| word << 8 | u64::from(*byte)), 0);
            }
            8..16 => self.mix(word(0), word(length - 8)),
            _ => self.mix(word(length - 16), word(length - 8)),
        }
        self.mix(length as u64, end);
    }

    /// Neither factor can be chosen by who writes a log.
    fn mix(&mut self, one: u64, other: u64) {
        let product = u128::from(self.value ^ one) * u128::from(self.secret ^ other);
        self.value = (product as u64 ^ (product >> 64) as u64).wrapping_add(LEFT_OUT);
    }
}

/// The kinds that a byte is of, a bit each.
const DIGIT: u8 = 1;
const UPPER: u8 = 2;
const LOWER: u8 = 4;
const HEX: u8 = 8;
const JOINT: u8 = 16;
const ALNUM: u8 = DIGIT | UPPER | LOWER;

const KINDS: [u8; 256] = {
    let (mut kinds, mut at) = ([0; 256], 0);
    while at < 256 {
        kinds[at] = match at as u8 {
            b'0'..=b'9' => DIGIT | HEX,
            b'a'..=b'f' => LOWER | HEX,
            b'g'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'+' | b'/' => JOINT,
            _ => 0,
        };
        at += 1;
    }
    kinds
};

fn is_of(byte: u8, kinds: u8) -> bool {
    KINDS[usize::from(byte)] & kinds != 0
}

/// The place of the next digit.
fn digit(bytes: &[u8], from: usize) -> Option<usize> {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    const BEYOND: u64 = 0x7676_7676_7676_7676;
    let mut words = bytes[from..].chunks_exact(8);
    let mut at = from;
    for word in &mut words {
        // Eight bytes at once: of a digit nothing is left but a number below ten, which does not reach the highest bit.
        let word = u64::from_le_bytes(word.try_into().unwrap_or_default()) ^ ZEROS;
        let others = (((word & LOW) + BEYOND) | word) & !LOW;
        let digits = others ^ !LOW;
        if digits != 0 {
            return Some(at + digits.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let rest = words.remainder().iter();
    let digit = rest.copied().position(|byte| byte.is_ascii_digit());
    digit.map(|digit| at + digit)
}

/// A run of bytes of some kinds.
struct Run {
    bytes: Range<usize>,
    /// The kinds that one of them is of, and those that all are.
    any: u8,
    all: u8,
}

impl Run {
    /// The bytes of these kinds around one that is, not before `least`.
    fn around(bytes: &[u8], at: usize, least: usize, kinds: u8) -> Self {
        let (mut any, mut all) = (0, u8::MAX);
        let mut is_of = |byte: &u8| {
            let of = KINDS[usize::from(*byte)];
            if of & kinds == 0 {
                return false;
            }
            (any, all) = (any | of, all & of);
            true
        };
        let before = bytes[least..at].iter().rev().position(|byte| !is_of(byte));
        let behind = bytes[at..].iter().position(|byte| !is_of(byte));
        let start = before.map_or(least, |before| at - before);
        let end = behind.map_or(bytes.len(), |behind| at + behind);
        Self {
            bytes: start..end,
            any,
            all,
        }
    }
}

/// The part to leave out around the first digit of a run of letters and digits, where it is one.
///
/// Where it is none, the run is as long as what was looked at.
fn varying(bytes: &[u8], digit: usize, run: &mut Run, least: usize) -> Option<Range<usize>> {
    let (Range { start, end }, any) = (run.bytes.clone(), run.any);
    let next = bytes.get(end);
    if start == digit
        && next.is_some_and(|next| b":-/.,+".contains(next))
        && let Some(length) = prefix::time_at(&bytes[digit..])
    {
        return Some(digit..digit + length);
    }
    let length = end - start;
    if any & ALNUM == DIGIT {
        return (length >= 4 || is_position(&bytes[..start])).then_some(start..end);
    }
    if length >= 8 && run.all & HEX != 0 {
        // The groups of a UUID that hold no digit are part of it.
        let uuid = &bytes[start..bytes.len().min(start + 36)];
        let is_uuid = uuid.len() == 36
            && [8, 13, 18, 23].iter().all(|at| uuid[*at] == b'-')
            && uuid.iter().filter(|byte| is_of(**byte, HEX)).count() == 32;
        return Some(start..if is_uuid { start + 36 } else { end });
    }
    if length >= 10 && any & LOWER == 0 {
        return Some(start..end);
    }
    let is_joint = |byte: Option<&u8>| byte.is_some_and(|byte| is_of(*byte, JOINT));
    if length < 20 && !is_joint(next) && !is_joint(bytes[least..start].last()) {
        return None;
    }
    *run = Run::around(bytes, digit, least, ALNUM | JOINT);
    let (span, any) = (&run.bytes, run.any);
    if span.len() < 20 || any & (LOWER | UPPER) != LOWER | UPPER {
        return None;
    }
    let pairs = bytes[span.clone()].windows(2);
    let groups = pairs.filter(|pair| !pair[0].is_ascii_digit() && pair[1].is_ascii_digit());
    let padding = bytes[span.end..].iter().take_while(|byte| **byte == b'=');
    (groups.count() >= 3).then(|| span.start..span.end + padding.count())
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

/// What cleaning takes away where this digit is the first of a colour: the whole sequence, perhaps without its escape.
fn colour(bytes: &[u8], digit: usize) -> Option<Range<usize>> {
    let bracket = bytes[..digit].strip_suffix(b"[")?.len();
    let start = match bytes[..bracket].last() {
        Some(0x1b) => bracket - 1,
        _ => bracket,
    };
    let length = clean::sequence(&bytes[start..]);
    (length > 0).then(|| start..(start + length).min(bytes.len()))
}

/// Whether the part is the same part of the cleaned line: nothing stands next to it that is taken away, or only colours,
/// next to which no word goes on. `before`: where the colours right before it begin.
fn stands_free(bytes: &[u8], part: &Range<usize>, before: usize) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let is_end = |byte: &u8| is_plain(byte) && !is_of(*byte, ALNUM | JOINT);
    let head = match bytes[..before].last() {
        Some(byte) if before < part.start => is_end(byte),
        Some(byte) => is_plain(byte),
        None => true,
    };
    let mut behind = &bytes[part.end..];
    loop {
        match clean::sequence(behind) {
            0 => break,
            length => behind = &behind[length.min(behind.len())..],
        }
    }
    // An escape may be written in letters too.
    let is_written = matches!(
        behind,
        [b'\\', b'u' | b'x' | b'0' | b'e', ..] | [b'^', b'[', ..]
    );
    head && !is_written
        && match behind.first() {
            Some(byte) if behind.len() < bytes.len() - part.end => is_end(byte),
            Some(byte) => is_plain(byte),
            None => true,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> u64 {
        let mut skeleton = Skeleton::default();
        skeleton.add(line.as_bytes(), 0);
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
            (
                "\x1b[2m2024-05-01T10:00:00Z\x1b[0m \x1b[31mERROR\x1b[0m x",
                "\x1b[2m2031-12-31T23:59:59Z\x1b[0m \x1b[31mERROR\x1b[0m x",
            ),
            (
                "id \x1b[1m\x1b[36m12345\x1b[0m\x1b[22m.",
                "id \x1b[1m\x1b[36m67890\x1b[0m\x1b[22m.",
            ),
            ("[1;32m12345[0m x", "[1;32m67890[0m x"),
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
            // Without the colour, the escape or the control letter it is one word.
            ("Error\x1b[0m12345", "Error\x1b[0m67890"),
            ("12345\x1b[0mError", "67890\x1b[0mError"),
            ("12345[0mError", "67890[0mError"),
            ("Error\x1b]8;;x\x0712345", "Error\x1b]8;;x\x0767890"),
            ("12345\x07Error", "67890\x07Error"),
            ("12345\\u001b[0mError", "67890\\u001b[0mError"),
            ("Error\u{85}12345", "Error\u{85}67890"),
            ("", "\0"),
        ] {
            assert_ne!(of(one), of(other), "{one}");
        }
    }
}
