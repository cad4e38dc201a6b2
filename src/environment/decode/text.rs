//! Base64 and base32, decoding only.

/// The bytes of a base64 text, of the standard or the URL alphabet, with padding or without; `None` where any other
/// character stands in it or it cannot be whole.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    let digit = |byte| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let text = text.trim_end_matches('=');
    if text.len() % 4 == 1 {
        return None;
    }
    decode(text, 6, digit)
}

/// The bytes of a base32 text without padding; bits past the last whole byte are dropped.
pub fn base32(text: &str) -> Option<Vec<u8>> {
    decode(text, 5, |byte| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'2'..=b'7' => Some(byte - b'2' + 26),
        _ => None,
    })
}

fn decode(text: &str, width: u32, digit: impl Fn(u8) -> Option<u8>) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut pending, mut bits) = (0_u32, 0);
    for byte in text.bytes() {
        pending = (pending << width | u32::from(digit(byte)?)) & 0xffff;
        bits += width;
        if bits >= 8 {
            bits -= 8;
            bytes.push((pending >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_both_alphabets_with_and_without_padding() {
        assert_eq!(base64("aGVsbG8=").as_deref(), Some(&b"hello"[..]));
        assert_eq!(base64("aGVsbG8").as_deref(), Some(&b"hello"[..]));
        assert_eq!(base64("-_-_"), base64("+/+/"));
        assert_eq!(base32("NBSWY3DP").as_deref(), Some(&b"hello"[..]));
    }

    #[test]
    fn refuses_what_is_not_of_the_alphabet() {
        assert_eq!(base64("a b="), None);
        assert_eq!(base64("abcde"), None);
        assert_eq!(base32("nbswy3dp"), None);
    }
}
