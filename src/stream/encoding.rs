//! How a stream's text is written in bytes: as it is read here, or as UTF-16.
//!
//! UTF-16 is read as a copy in UTF-8, and the copy can be written back to the very bytes that it was made of, whatever
//! they were. Two things have no place in UTF-8 and get bytes that it never uses: a surrogate without its partner the three
//! bytes that its number would have (this is known as WTF-8), and half of a letter at the end [`HALF`] and two more.

use std::borrow::Cow;

/// How text is written in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// As it is read: UTF-8, or bytes of any kind.
    #[default]
    Bytes,
    /// UTF-16, the low byte of a unit first.
    Utf16Le,
    /// UTF-16, the high byte of a unit first.
    Utf16Be,
}

/// Stands before the two halves of a byte that is half a letter.
const HALF: u8 = 0xff;

impl Encoding {
    /// The encoding that a stream's byte order mark tells.
    #[must_use]
    pub fn of(head: &[u8]) -> Self {
        match head {
            [0xff, 0xfe, ..] => Self::Utf16Le,
            [0xfe, 0xff, ..] => Self::Utf16Be,
            _ => Self::Bytes,
        }
    }

    /// A whole text in any encoding, with replacement characters for what is no text.
    #[must_use]
    pub fn read(bytes: &[u8]) -> String {
        let (from, mut text) = (Self::of(bytes), Vec::new());
        if from == Self::Bytes {
            return String::from_utf8_lossy(bytes).into_owned();
        }
        from.decode(&bytes[2..], true, &mut text);
        String::from_utf8_lossy(&text).into_owned()
    }

    /// Bytes of this encoding for a text as it is read, all of its letters whole.
    #[must_use]
    pub fn encode(self, text: &[u8]) -> Cow<'_, [u8]> {
        if self == Self::Bytes {
            return text.into();
        }
        let mut out = Vec::with_capacity(2 * text.len());
        let mut rest = text.iter();
        while let Some(lead) = rest.next() {
            let mut add = |value: u32| value << 6 | u32::from(rest.next().unwrap_or(&0) & 0x3f);
            let lead = u32::from(*lead);
            let letter = match lead {
                0..0xc0 => lead,
                0xc0..0xe0 => add(lead & 0x1f),
                0xe0..0xf0 => {
                    let upper = add(lead & 0xf);
                    add(upper)
                }
                0xf0..0xff => {
                    let upper = add(lead & 7);
                    let upper = add(upper);
                    add(upper)
                }
                _ => {
                    let upper = add(0);
                    out.push((upper << 4 | add(0)) as u8);
                    continue;
                }
            };
            match letter.checked_sub(0x1_0000) {
                None => out.extend(self.unit(letter as u16)),
                Some(above) => {
                    out.extend(self.unit(0xd800 | (above >> 10) as u16));
                    out.extend(self.unit(0xdc00 | (above & 0x3ff) as u16));
                }
            }
        }
        out.into()
    }

    /// How many bytes of this encoding [`Encoding::encode`] gives for the text.
    #[must_use]
    pub fn width(self, text: &[u8]) -> u64 {
        if self == Self::Bytes {
            return text.len() as u64;
        }
        let of = |byte: &u8| match byte {
            0x80..0xc0 => 0,
            0xf0..HALF => 4,
            &HALF => 1,
            _ => 2,
        };
        text.iter().map(of).sum()
    }

    /// Appends UTF-16 as a text that can be read; gives how many of the bytes were taken. Without `ended` a letter at the
    /// end that is not whole is left for the next time.
    pub(super) fn decode(self, bytes: &[u8], ended: bool, text: &mut Vec<u8>) -> usize {
        let pairs = bytes.chunks_exact(2);
        let (odd, mut whole) = (pairs.remainder(), bytes.len() / 2);
        let mut units = pairs.map(|pair| match self {
            Self::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
            _ => u16::from_le_bytes([pair[0], pair[1]]),
        });
        let opens = |unit: u16| (0xd800..0xdc00).contains(&unit);
        if !ended && units.clone().next_back().is_some_and(opens) {
            whole -= 1;
        }
        for letter in char::decode_utf16(units.by_ref().take(whole)) {
            match letter {
                Ok(letter) => text.extend(letter.encode_utf8(&mut [0; 4]).bytes()),
                Err(alone) => {
                    let unit = alone.unpaired_surrogate();
                    let low = |bits: u16| 0x80 | (bits & 0x3f) as u8;
                    text.extend([0xed, low(unit >> 6), low(unit)]);
                }
            }
        }
        if !ended {
            return 2 * whole;
        }
        for byte in odd {
            text.extend([HALF, 0x80 | byte >> 4, 0x80 | byte & 0xf]);
        }
        bytes.len()
    }

    fn unit(self, unit: u16) -> [u8; 2] {
        match self {
            Self::Utf16Be => unit.to_be_bytes(),
            _ => unit.to_le_bytes(),
        }
    }
}
