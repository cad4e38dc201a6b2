//! Text of a log made harmless for every place that we write it to.
//!
//! A log may hold what a CI system takes for a command (`##[error]` and `##vso[…]` anywhere in a line, `##teamcity[…]`),
//! what a terminal takes for one (any control letter), and letters that turn the order of others around. All of these are
//! taken apart here, before the form's own escaping. Commands that count only at the start of a line (`::error::`) cannot
//! come to be, since no form begins a line with text of the log.

use std::{borrow::Cow, fmt::Write};

/// The text without control letters and without letters that change how others are shown, and with each `##` taken apart.
/// Line breaks become blanks.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'"' | b'$'..=b'~');
    // Without a way out of the loop, so that many bytes are looked at at once.
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            _ if letter.is_control() || turns(letter) => {}
            '#' if out.ends_with('#') => out.push_str(" #"),
            _ => out.push(letter),
        }
    }
    Cow::Owned(out)
}

/// Whether a letter is itself not seen and changes the order or the joining of others, or stands outside of all text.
fn turns(letter: char) -> bool {
    matches!(letter,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{061c}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// A JSON text in one line, equal in meaning, in which letters that [`harmless`] takes out or apart are escaped instead.
#[must_use]
pub fn harmless_json(value: &serde_json::Value) -> String {
    escaped(&value.to_string())
}

/// The same over several lines, for a document by itself.
#[must_use]
pub fn document(value: &serde_json::Value) -> String {
    escaped(&format!("{value:#}")) + "\n"
}

fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        // Outside of strings JSON has none of these, and a line break nowhere else.
        let is_odd = letter.is_control() && letter != '\n' || turns(letter);
        if letter == '#' && out.ends_with('#') || letter == '<' || is_odd {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_and_controls_are_taken_apart() {
        assert_eq!(harmless("a ##[error]b"), "a # #[error]b");
        assert_eq!(harmless("####vso[x]"), "# # # #vso[x]");
        assert_eq!(harmless("#\u{200b}#[error]"), "# #[error]");
        assert_eq!(
            harmless("a\x1b[0Ksection_start:1:b\r\nc\u{9b}1m"),
            "a[0Ksection_start:1:b  c1m"
        );
        assert_eq!(harmless("\u{202e}x – ü"), "x – ü");
    }

    #[test]
    fn json_keeps_its_meaning() {
        let value = serde_json::json!({ "a": "##[error] ### <b> \u{202e}\u{9b}\u{e0001}\u{7f}" });
        let json = harmless_json(&value);
        assert!(!json.contains("##") && !json.contains('<') && !json.chars().any(char::is_control));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&json).ok(),
            Some(value.clone())
        );
        let several = document(&value);
        assert!(!several.contains("##") && several.lines().count() == 3);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&several).ok(),
            Some(value)
        );
    }
}
