//! Text of a log inside a Markdown document: as text, never as markup, wherever it stands.
//!
//! Sites that show Markdown read it twice: first as markup, then they look through what came out for `@name` and `#12`, call
//! those people and mark those issues. An escape is gone by then, so a blank of no width stands behind such a sign.

/// A text in a line of Markdown, or in a cell of a table; line breaks become blanks.
#[must_use]
pub fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '!' | '|' | '~' | '$' => {
                out.extend(['\\', letter]);
            }
            // A runner takes `::` at a line's start for a command.
            ':' if out.is_empty() || out.ends_with("\\:") => out.push_str("\\:"),
            // The number of a list, where the text begins its line.
            '.' | ')' if out.bytes().all(|byte| byte.is_ascii_digit()) => {
                out.extend(['\\', letter]);
            }
            '+' | '-' | '=' if out.is_empty() => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
        part(&mut out, letter, letters.peek());
    }
    // Nothing becomes a link by itself.
    out.replace("://", "&#58;//").replace("www.", "www&#46;")
}

/// A text between tags of HTML in a Markdown document, where no escape of Markdown counts.
#[must_use]
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' | '\r' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(letter),
        }
        part(&mut out, letter, letters.peek());
    }
    out
}

/// Parts a sign that mentions somebody from the name behind it.
fn part(out: &mut String, letter: char, next: Option<&char>) {
    if matches!(letter, '@' | '#') && next.is_some_and(char::is_ascii_alphanumeric) {
        out.push_str("&#8203;");
    }
}

/// A block of code, behind a fence that is longer than any in the text.
#[must_use]
pub fn fenced(text: &str, language: &str) -> String {
    let longest = text
        .split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}")
}

#[cfg(test)]
mod tests {
    use super::{fenced, html, text};

    #[test]
    fn nothing_is_markup() {
        assert_eq!(
            text("<b>*x*</b> [a](http://b)\n# x"),
            "&lt;b&gt;\\*x\\*&lt;/b&gt; \\[a\\](http&#58;//b) \\# x"
        );
        assert_eq!(text("::error::x"), "\\:\\:error::x");
        assert_eq!(
            text("##[error] @all #12"),
            "\\#\\#\\[error\\] @&#8203;all \\#&#8203;12"
        );
        assert_eq!(text("12. a"), "12\\. a");
        assert_eq!(text("- a-b"), "\\- a-b");
        assert_eq!(
            html("<b> *x* @all &amp;"),
            "&lt;b&gt; *x* @&#8203;all &amp;amp;"
        );
    }

    #[test]
    fn a_fence_is_longer_than_any_in_the_text() {
        assert_eq!(fenced("a ```` b", "sh"), "`````sh\na ```` b\n`````");
        assert!(fenced("a", "sh").starts_with("```sh\n"));
    }
}
