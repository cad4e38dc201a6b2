//! Parts of a line that are others each time: times, long numbers, ids.

use std::ops::Range;

use super::super::{clean, prefix};

/// The kinds that a byte is of, a bit each.
const DIGIT: u8 = 1;
const UPPER: u8 = 2;
const LOWER: u8 = 4;
const HEX: u8 = 8;
const JOINT: u8 = 16;
/// Letters and digits.
pub const ALNUM: u8 = DIGIT | UPPER | LOWER;

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
pub fn digit(bytes: &[u8], from: usize) -> Option<usize> {
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
pub struct Run {
    pub bytes: Range<usize>,
    /// The kinds that one of them is of.
    any: u8,
}

impl Run {
    /// The one byte at a place.
    pub fn at(bytes: &[u8], at: usize) -> Self {
        Self {
            bytes: at..at + 1,
            any: KINDS[usize::from(bytes[at])],
        }
    }

    /// Adds the bytes of these kinds on both sides, not before `least`.
    pub fn extend(&mut self, bytes: &[u8], least: usize, kinds: u8) {
        let mut any = self.any;
        let mut is_of = |byte: &&u8| {
            let of = KINDS[usize::from(**byte)];
            any |= of;
            of & kinds != 0
        };
        let before = bytes[least..self.bytes.start].iter().rev();
        self.bytes.start -= before.take_while(&mut is_of).count();
        let behind = bytes[self.bytes.end..].iter();
        self.bytes.end += behind.take_while(&mut is_of).count();
        self.any = any & kinds;
    }
}

/// The part to leave out around the first digit of a run of letters and digits, where it is one.
///
/// Where it is none, the run is as long as what was looked at.
pub fn varying(bytes: &[u8], digit: usize, run: &mut Run, least: usize) -> Option<Range<usize>> {
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
    if length >= 8 && bytes[start..end].iter().all(|byte| is_of(*byte, HEX)) {
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
    run.extend(bytes, least, ALNUM | JOINT);
    let (span, any) = (&run.bytes, run.any);
    if span.len() < 20 || any & (LOWER | UPPER) != LOWER | UPPER {
        return None;
    }
    let padding = bytes[span.end..].iter().take_while(|byte| **byte == b'=');
    let pairs = bytes[span.clone()].windows(2);
    let mut groups = pairs.filter(|pair| !pair[0].is_ascii_digit() && pair[1].is_ascii_digit());
    groups
        .nth(2)
        .map(|_| span.start..span.end + padding.count())
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
pub fn colour(bytes: &[u8], digit: usize) -> Option<Range<usize>> {
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
pub fn stands_free(bytes: &[u8], part: &Range<usize>, before: usize) -> bool {
    let is_plain = |byte: &u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let is_end = |byte: &u8| is_plain(byte) && !is_of(*byte, ALNUM | JOINT);
    let head = match bytes[..before].last() {
        Some(byte) if before < part.start => is_end(byte),
        Some(byte) => is_plain(byte),
        None => true,
    };
    let mut behind = &bytes[part.end..];
    while let [0x1b | b'[', ..] = behind
        && let length @ 1.. = clean::sequence(behind)
    {
        behind = &behind[length.min(behind.len())..];
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
