//! What is wrong with the value of a key id or a secret, in words that do not show it.

use super::super::decode::{KeyKind, kind_of};

/// The first character that no credential has, in words.
pub fn odd_character(value: &str) -> Option<&'static str> {
    if value.to_ascii_uppercase().contains("%0A") {
        return Some("an encoded line break");
    }
    value.chars().find_map(|next| match next {
        '\r' | '\n' => Some("a line break"),
        '"' | '\'' | '\u{201c}' | '\u{201d}' | '\u{2018}' | '\u{2019}' => Some("a quote"),
        next if next.is_whitespace() => Some("a blank"),
        next if next.is_control() => Some("a control character"),
        next if !next.is_ascii() => Some("a character that is not ASCII"),
        _ => None,
    })
}

/// Whether a value stands in for a real one. `free_form`: an endpoint is set by hand, where any value may do.
pub fn is_placeholder(value: &str, free_form: bool) -> bool {
    let lower = value.to_lowercase();
    let example = value.ends_with("EXAMPLE") || value.ends_with("EXAMPLEKEY");
    let words = [
        "your_",
        "your-",
        "<",
        "changeme",
        "change_me",
        "xxxx",
        "replace",
    ];
    let whole = [
        "xxx",
        "test",
        "dummy",
        "fake",
        "foo",
        "access_key",
        "secret_key",
        "...",
        "mock",
    ];
    !free_form
        && (example
            || whole.contains(&lower.as_str())
            || words.iter().any(|word| lower.starts_with(word)))
}

/// How a key id is not a key id.
pub fn wrong_id(id: &str, secret: &str) -> Option<&'static str> {
    let is_key =
        |text: &str| matches!(kind_of(text), KeyKind::LongTerm | KeyKind::Temporary) && is_id(text);
    if is_key(secret) && !is_key(id) {
        return Some("and the secret are swapped");
    }
    (kind_of(id) == KeyKind::NotAKey && is_id(id))
        .then_some("is the id of something else (a user, a role), not of a key")
}

/// Whether a text has the form of an id that AWS gives out.
pub fn is_id(text: &str) -> bool {
    text.len() == 20
        && text
            .bytes()
            .all(|byte| matches!(byte, b'A'..=b'Z' | b'0'..=b'9'))
}

/// Whether a text has the form of a secret access key.
pub fn is_secret(text: &str) -> bool {
    text.len() == 40
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+'))
}
