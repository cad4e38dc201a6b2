//! A line as a person sees it: without colours, without what a carriage return has overwritten, as valid UTF-8.

use std::borrow::Cow;

/// Whether nothing is to be cleaned in the bytes.
pub fn is_plain(bytes: &[u8]) -> bool {
    special(bytes).is_none() && !bytes.starts_with(MARK)
}

/// The byte order mark of a file's first line.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Appends a cleaned line to `out`, of which this is the [`part`] that is seen.
pub fn part_into(bytes: &[u8], out: &mut String) {
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    let text =
        std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
    let mut rest = text.as_ref();
    while let Some(at) = special(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let skipped = sequence(rest.as_bytes());
        if skipped == 0 {
            let letter = rest.chars().next().map_or(1, char::len_utf8);
            if rest.starts_with('[') {
                out.push('[');
            }
            rest = &rest[letter..];
        } else {
            if rest.starts_with('[') {
                // Inside a string the escape itself is written in letters.
                let written = ["\\u001b", "\\u001B", "\\x1b", "\\x1B", "\\033", "\\e", "^["];
                let kept = written.iter().find_map(|escape| out.strip_suffix(escape));
                out.truncate(kept.map_or(out.len(), str::len));
            }
            // The byte that ended the sequence may be the first of several that make one letter.
            let skipped = (skipped..=rest.len()).find(|at| rest.is_char_boundary(*at));
            rest = &rest[skipped.unwrap_or(rest.len())..];
        }
    }
    out.push_str(rest);
}

/// The place of the first control letter (but a tab), or of a bracket that may be left of a colour.
fn special(bytes: &[u8]) -> Option<usize> {
    let is_special = |at: &usize| match bytes[*at] {
        b'[' => matches!(bytes.get(at + 1), Some(b'0'..=b'9' | b';')),
        // Controls beyond ASCII are of two bytes, of which `c2` is the first.
        0xc2 => matches!(bytes.get(at + 1), Some(0x80..=0x9f)),
        byte => byte < b' ' && byte != b'\t' || byte == 0x7f,
    };
    let words = bytes.chunks_exact(8);
    let rest = bytes.len() - words.remainder().len()..bytes.len();
    let places = words.enumerate().flat_map(|(number, word)| {
        let word = u64::from_le_bytes(word.try_into().unwrap_or_default());
        bytes_of(candidates(word)).map(move |at| 8 * number + at)
    });
    places.chain(rest).find(is_special)
}

/// The highest bit of each byte that may be special: eight are looked at at once.
fn candidates(word: u64) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    // The low seven bits reach the highest where they are not zero, and where they are 32 or more.
    let is = |byte: u8| {
        let rest = word ^ u64::from_ne_bytes([byte; 8]);
        !(((rest & LOW) + LOW) | rest)
    };
    let beyond = ((word & LOW) + 0x6060_6060_6060_6060) | word;
    (!beyond | is(b'[') | is(0x7f) | is(0xc2)) & !LOW
}

/// The numbers of the bytes whose highest bits are set.
fn bytes_of(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (bits != 0).then(|| bits.trailing_zeros() as usize / 8);
        bits &= bits.wrapping_sub(1);
        at
    })
}

/// What is seen of a line, without its line break.
///
/// `mark` is the place of the anchor: of the parts between carriage returns the one with the mark is taken, without a mark
/// the last that is not empty.
pub fn part(bytes: &[u8], mark: Option<usize>) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    if memchr::memchr(b'\r', bytes).is_none() {
        return bytes;
    }
    let Some(mark) = mark.filter(|mark| *mark < bytes.len()) else {
        return bytes
            .split(|byte| *byte == b'\r')
            .rfind(|part| !part.is_empty())
            .unwrap_or_default();
    };
    let start = memchr::memrchr(b'\r', &bytes[..mark]).map_or(0, |at| at + 1);
    let end = memchr::memchr(b'\r', &bytes[mark..]).map_or(bytes.len(), |at| mark + at);
    &bytes[start..end]
}

/// The length of the escape sequence at the start of `bytes`, or of what is left of a colour that lost its escape
/// (`[1;32m`); 0 where there is none.
pub fn sequence(bytes: &[u8]) -> usize {
    match bytes {
        [0x1b, b'[', rest @ ..] => {
            let parameters = rest
                .iter()
                .take_while(|byte| matches!(byte, 0x20..=0x3f))
                .count();
            2 + (parameters + 1).min(rest.len())
        }
        [0x1b, b']', rest @ ..] => {
            let end = rest.iter().position(|byte| *byte == 0x07 || *byte == 0x1b);
            2 + end.map_or(rest.len(), |at| {
                if rest[at] == 0x1b {
                    (at + 2).min(rest.len())
                } else {
                    at + 1
                }
            })
        }
        [0x1b, ..] => 1,
        [b'[', rest @ ..] => {
            let digits = rest
                .iter()
                .take_while(|byte| byte.is_ascii_digit() || **byte == b';')
                .count();
            if digits > 0 && rest.get(digits) == Some(&b'm') {
                digits + 2
            } else {
                0
            }
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str, mark: Option<usize>) -> String {
        let mut out = String::new();
        part_into(part(text.as_bytes(), mark), &mut out);
        out
    }

    #[test]
    fn colours_and_their_remains_go_and_brackets_stay() {
        assert_eq!(
            clean(
                "\x1b[31m│\x1b[0m \x1b[1mError: [x] \x1b]8;;u\x07l[0;m\r\n",
                None
            ),
            "│ Error: [x] l"
        );
        assert_eq!(
            clean("aws: [ERROR]: An [1;32mx", None),
            "aws: [ERROR]: An x"
        );
    }

    #[test]
    fn colours_inside_strings_go_with_their_escapes() {
        assert_eq!(clean(r#""a\u001b[31mb\x1b[0m\n""#, None), r#""ab\n""#);
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_line() {
        assert_eq!(clean("\u{feff}Code: X\r\n", None), "Code: X");
    }

    #[test]
    fn a_sequence_that_ends_in_a_letter_of_several_bytes_does_no_harm() {
        assert_eq!(clean("\x1b[éx", None), "x");
        assert_eq!(clean("\x1b\u{fffd}y", None), "\u{fffd}y");
    }

    #[test]
    fn the_part_with_the_mark_counts() {
        let line = "Completed 1/2\rfatal error: x\r\n";
        assert_eq!(clean(line, Some(16)), "fatal error: x");
        assert_eq!(clean(line, Some(2)), "Completed 1/2");
        assert_eq!(clean("a\rb\r", None), "b");
    }
}
