//! Names and paths on their way to people: what could be a secret in the wrong place is left out.

/// A name for people, in quotes; one that could be a secret pasted into the wrong place is not shown.
pub fn quoted(name: &str) -> String {
    if is_showable(name) {
        format!("\"{name}\"")
    } else {
        "(a name not shown here)".to_owned()
    }
}

/// A name for a command; one that is not shown becomes a blank to fill in.
pub fn as_word<'n>(name: &'n str, blank: &'n str) -> &'n str {
    if is_showable(name) { name } else { blank }
}

/// Whether a name holds only what names hold, and does not look like a key, a secret or a token.
fn is_showable(name: &str) -> bool {
    let plain = |next: char| next.is_alphanumeric() || " -_.@+:/".contains(next);
    let is_key = name.contains("AKIA") || name.contains("ASIA");
    let is_random = |word: &str| {
        let has = |kind: fn(&char) -> bool| word.chars().any(|next| kind(&next));
        let mixed = has(char::is_ascii_lowercase)
            && has(char::is_ascii_uppercase)
            && has(char::is_ascii_digit);
        word.len() >= 20 && mixed
    };
    name.chars().count() <= 64
        && !is_key
        && name.chars().all(plain)
        && !name.split([' ', '-', '_', '.', '@']).any(is_random)
}

/// A text for people, cut to 120 characters, control characters replaced.
pub fn printable(text: &str) -> String {
    let plain = text
        .chars()
        .map(|next| if next.is_control() { '\u{fffd}' } else { next });
    plain.take(120).collect()
}
