//! Breaking prose at a width.

/// The text in lines of at most `width` letters, broken at blanks; a word that is longer stands alone.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(12);
    let mut lines = Vec::new();
    let (mut line, mut letters) = (String::new(), 0);
    for word in text.split_ascii_whitespace() {
        let more = word.chars().count();
        if letters > 0 && letters + 1 + more > width {
            lines.push(std::mem::take(&mut line));
            letters = 0;
        }
        if letters == 0 {
            line.reserve(width.max(word.len()));
        } else {
            line.push(' ');
            letters += 1;
        }
        line.push_str(word);
        letters += more;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_at_blanks_and_long_words_stand_alone() {
        for (text, lines) in [
            ("", &[""][..]),
            ("one  two\nthree", &["one two", "three"]),
            ("exactly 12 l", &["exactly 12 l"]),
            (
                "a https://docs.aws.amazon.com b",
                &["a", "https://docs.aws.amazon.com", "b"],
            ),
            // Letters are counted, and not their bytes; a blank that is to hold words together does.
            ("“ä” – ‘ö’ ü x", &["“ä” – ‘ö’ ü", "x"]),
            ("one\u{a0}two three", &["one\u{a0}two", "three"]),
        ] {
            assert_eq!(wrap(text, 12), lines, "{text}");
        }
    }
}
