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
//! where nothing is next to them that cleaning takes away (`varying`); and what no shape reads (`unread`). Short numbers
//! stay, since `404` may be a code. Lines with one skeleton are read as the same error, where each is read by itself.

mod unread;
mod varying;

use std::{
    hash::{BuildHasher, RandomState},
    ops::Range,
};

use varying::{ALNUM, Run, colour, digit, stands_free, varying};

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
/// What a line of a stack is hashed as that is not read.
const FRAME: u64 = 0x1656_67b1_9e37_79f9;

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
        self.parts(bytes, time);
    }

    /// Adds a line below the marked one, without what no shape reads there.
    pub fn add_below(&mut self, line: &[u8], time: usize) {
        if let Some(indent) = unread::frame(&line[time..]) {
            self.mix(FRAME, indent as u64);
        } else if let Some(name) = unread::resource(line) {
            self.add(&line[..name.start], time);
            self.text(&[], LEFT_OUT);
            self.parts(&line[name.end..], 0);
        } else {
            self.add(line, time);
        }
    }

    /// Adds the bytes behind `time` without the parts that vary.
    fn parts(&mut self, bytes: &[u8], time: usize) {
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
            let mut run = Run::at(bytes, digit);
            run.extend(bytes, least, ALNUM);
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
