//! Text of a log inside Markdown: as text, never as markup.

use crate::render::fenced;

/// Text within a line of Markdown: each letter that could begin markup is escaped, line breaks become blanks.
#[must_use]
pub fn plain(text: impl AsRef<str>) -> String {
    let mut out = String::new();
    for letter in text.as_ref().chars() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A mention would send mail to somebody.
            '@' => out.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '-' | '!'
            | '|' | '~' | ':' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

/// A block of code, whatever stands in it.
#[must_use]
pub fn block(text: impl AsRef<str>, language: &str) -> String {
    fenced(text.as_ref().trim_end(), language)
}

#[cfg(test)]
mod tests {
    use super::{block, plain};

    #[test]
    fn markup_becomes_text() {
        assert_eq!(
            plain("<img src=x> [a](b) @you\n# *x*"),
            "&lt;img src=x&gt; \\[a\\]\\(b\\) &#64;you \\# \\*x\\*"
        );
        assert_eq!(block("a ```` b", "sh"), "`````sh\na ```` b\n`````");
    }
}
