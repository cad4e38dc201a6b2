//! When a session token was issued, by its own time stamp.
//!
//! A session token tells nobody when it ends, but its message holds when it began: one byte for its type, then a
//! protobuf message. The layout is not documented and was worked out by others, so that everything is demanded here:
//! a known type, a message that parses to its last byte, and a time that a token can have. Else nothing is said.

use super::text::base64;

/// What a session token says in the clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// When it was issued, in seconds since 1970.
    pub issued: u64,
}

/// 2015-01-01: no token in use is older.
const EARLIEST: u64 = 1_420_070_400;

/// How far before us a token's clock may be, in seconds; more means that the layout was misread.
const AHEAD: u64 = 86_400;

/// The stamp of a token; `None` where its form is not one of those known. `now` is in seconds since 1970.
pub fn stamp_of(token: &str, now: u64) -> Option<Stamp> {
    let bytes = base64(token.trim())?;
    let (kind, message) = bytes.split_first()?;
    let wanted = match kind {
        21 | 23 => 5,
        2 | 33 => 6,
        _ => return None,
    };
    let issued = number_of_field(message, wanted)?;
    (EARLIEST..=now + AHEAD)
        .contains(&issued)
        .then_some(Stamp { issued })
}

/// The number in a field of a protobuf message, where the whole message parses and the field stands there once.
fn number_of_field(mut message: &[u8], wanted: u64) -> Option<u64> {
    let mut found = None;
    while !message.is_empty() {
        let tag = varint(&mut message)?;
        let (field, form) = (tag >> 3, tag & 7);
        if field == 0 {
            return None;
        }
        let length = match form {
            0 => {
                let number = varint(&mut message)?;
                if field == wanted && found.replace(number).is_some() {
                    return None;
                }
                continue;
            }
            1 => 8,
            2 => usize::try_from(varint(&mut message)?).ok()?,
            5 => 4,
            _ => return None,
        };
        message = message.get(length..)?;
    }
    found
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..63).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::super::tests::token_issued_at;
    use super::*;

    const NOW: u64 = 1_767_225_600;

    #[test]
    fn reads_the_time_of_each_known_type() {
        for kind in [21, 23, 2, 33] {
            let token = token_issued_at(kind, NOW - 3600);
            assert_eq!(
                stamp_of(&token, NOW),
                Some(Stamp { issued: NOW - 3600 }),
                "type {kind}"
            );
        }
    }

    #[test]
    fn says_nothing_where_anything_is_odd() {
        let token = token_issued_at(21, NOW);
        assert_eq!(stamp_of(&token[..token.len() - 4], NOW), None, "cut off");
        assert_eq!(
            stamp_of(&token_issued_at(7, NOW), NOW),
            None,
            "another type"
        );
        assert_eq!(stamp_of(&token_issued_at(33, 12), NOW), None, "1970");
        assert_eq!(
            stamp_of(&token_issued_at(33, NOW + 10 * 86_400), NOW),
            None,
            "the future"
        );
        for text in ["", "FwoGZXIvYXdzEXAMPLE", "test", "\u{fffd}", "Fw=="] {
            assert_eq!(stamp_of(text, NOW), None, "{text}");
        }
    }

    #[test]
    fn takes_any_bytes() {
        for length in 0..200_u32 {
            let bytes: String = (0..length)
                .map(|at| char::from(b'A' + (at * 7 % 26) as u8))
                .collect();
            let _ = stamp_of(&bytes, NOW);
        }
    }
}
