//! Reading forward through a text, byte by byte: what the shapes are written with instead of regexes.

use super::work::read;

/// How long a text is at most that is searched without building a search for it: 2 KiB.
const SHORT: usize = 2 << 10;

/// The place of the first `words` in the text. The searches of the libraries want to be built first, which pays for long
/// texts; what is read here is nearly always a line.
pub fn find(text: &str, words: &str) -> Option<usize> {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    if text.len() > SHORT {
        return memchr::memmem::find(text, words);
    }
    let frequency = |at: &usize| FREQUENCIES[usize::from(words[*at])];
    let rarest = (0..words.len()).min_by_key(frequency)?;
    let last = text.len().checked_sub(words.len())?;
    memchr::memchr_iter(words[rarest], &text[rarest..=last + rarest])
        .find(|at| text[*at..].starts_with(words))
}

/// Whether the words stand in the text.
pub fn contains(text: &str, words: &str) -> bool {
    find(text, words).is_some()
}

/// How often a byte stands in what programs print, roughly.
const FREQUENCIES: [u8; 256] = {
    let (mut frequencies, mut at) = ([0; 256], 0);
    while at < 256 {
        frequencies[at] = match at as u8 {
            b' ' | b'e' | b't' | b'a' | b'o' | b'i' | b'n' | b's' | b'r' => 3,
            b'a'..=b'z' | b'0'..=b'9' | b'.' | b':' | b'/' | b'-' | b'"' => 2,
            b'A'..=b'Z' => 1,
            _ => 0,
        };
        at += 1;
    }
    frequencies
};

/// What stands before and behind the first `words` in the text.
pub fn parted<'t>(text: &'t str, words: &str) -> Option<(&'t str, &'t str)> {
    find(text, words).map(|at| (&text[..at], &text[at + words.len()..]))
}

/// What stands behind the first `head` in the text.
pub fn after<'t>(text: &'t str, head: &str) -> Option<&'t str> {
    let at = find(text, head);
    read(&text[..at.unwrap_or(text.len())]);
    at.map(|at| &text[at + head.len()..])
}

/// What stands between the first `head` and the next `tail`.
pub fn between<'t>(text: &'t str, head: &str, tail: &str) -> Option<&'t str> {
    let rest = after(text, head)?;
    find(rest, tail).map(|end| &rest[..end])
}

/// The text up to the first of these letters, all of them ASCII, or all of it.
pub fn until<'t>(text: &'t str, ends: &[char]) -> &'t str {
    let bytes = text.as_bytes();
    let end = match *ends {
        [one] => memchr::memchr(one as u8, bytes),
        [one, two] => memchr::memchr2(one as u8, two as u8, bytes),
        [one, two, three] => memchr::memchr3(one as u8, two as u8, three as u8, bytes),
        _ => bytes
            .iter()
            .position(|byte| ends.contains(&char::from(*byte))),
    };
    debug_assert!(ends.iter().all(char::is_ascii));
    read(end.map_or(text, |end| &text[..end]))
}

/// How many more braces the text opens than it closes.
pub fn braces(text: &str) -> i32 {
    let one = |byte: u8| i32::from(byte == b'{') - i32::from(byte == b'}');
    read(text).bytes().map(one).sum()
}

/// How many more brackets of any kind the text opens than it closes.
pub fn nesting(text: &str) -> i32 {
    let one = |byte: u8| {
        i8::from(matches!(byte, b'{' | b'(' | b'[')) - i8::from(matches!(byte, b'}' | b')' | b']'))
    };
    // A sum that fits into a byte is made of sixteen bytes at a time.
    let parts = read(text).as_bytes().chunks(64);
    parts
        .map(|part| i32::from(part.iter().map(|byte| one(*byte)).sum::<i8>()))
        .sum()
}

/// The first line.
pub fn line(text: &str) -> &str {
    until(text, &['\n']).trim_end()
}

/// Letters, digits and what else a code, an operation or an id is made of.
pub fn word(text: &str) -> &str {
    let end = text
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(byte))
        .count();
    text[..end].trim_end_matches('.')
}

/// The letters at the end of the text that are of this kind.
pub fn ending(text: &str, kind: impl Fn(char) -> bool) -> &str {
    &text[text.trim_end_matches(kind).len()..]
}

/// The number at the start of the text.
pub fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    let text = text.trim_start();
    text[..text.bytes().take_while(u8::is_ascii_digit).count()]
        .parse()
        .ok()
}

/// Whether the text is of a code's form: a letter first, then letters, digits, dots, dashes or underscores, 3 to 120 of them.
pub fn is_code(text: &str) -> bool {
    (3..=120).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-:#/".contains(&byte))
}

/// Whether the text is of a code's form and has at least two capitals or ends like an error, so that a plain word is none.
pub fn is_sure_code(text: &str) -> bool {
    is_code(text)
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && !text.contains([':', '/', '#'])
        && text.bytes().filter(u8::is_ascii_uppercase).count() >= 2
        && text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether the line is a field of an answer as YAML: `BucketName: things`, `Reasons:`. An error has a field's form too
/// (`XException: it failed`, `aws: [ERROR]: it failed`), and is none.
pub fn is_field(line: &str) -> bool {
    let line = line.trim_end();
    let Some((name, value)) = line
        .split_once(": ")
        .or(line.strip_suffix(':').map(|name| (name, "")))
    else {
        return false;
    };
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    let is_error = name.ends_with("Exception") || value.starts_with("[ERROR]");
    !name.is_empty() && name.bytes().all(is_name) && !is_error
}

/// The value of a quoted string that starts with the text's first byte (`"` or `'`), and what stands behind it.
/// The escapes `\n`, `\"` and the like are resolved.
pub fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text
        .chars()
        .next()
        .filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
    let (mut value, mut letters) = (String::new(), text[1..].char_indices());
    let whole = |value: String, end: usize| {
        read(&text[..end]);
        Some((value, &text[end..]))
    };
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => match letters.next()?.1 {
                'n' => value.push('\n'),
                't' => value.push('\t'),
                'r' => {}
                other => value.push(other),
            },
            _ if letter == quote => return whole(value, at + 2),
            _ => value.push(letter),
        }
    }
    read(text);
    None
}

/// The value of `name: value`, `name=value`, `"name": "value"` or `'name': 'value'` in an object printed by some language;
/// a string without its quotes, or a bare word or number. `name` must be a whole word.
pub fn field(text: &str, name: &str) -> Option<String> {
    let mut from = 0;
    while let Some(behind) = after(&text[from..], name) {
        let at = text.len() - behind.len() - name.len();
        from = at + name.len();
        let before = text[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == '$') {
            continue;
        }
        let rest = text[from..]
            .trim_start_matches(['\\', '"', '\''])
            .trim_start();
        let Some(rest) = rest
            .strip_prefix("=>")
            .or_else(|| rest.strip_prefix([':', '=']))
        else {
            continue;
        };
        let escaped = rest.trim_start();
        let rest = escaped.trim_start_matches('\\');
        // Inside a string the quotes themselves are escaped: the value ends at the next escaped one.
        if rest.len() < escaped.len() && rest.starts_with('"') {
            return Some(until(&rest[1..], &['\\', '"', '\n']).to_owned());
        }
        if rest.starts_with(['"', '\'', '`']) {
            return match quoted(rest) {
                Some((value, _)) => Some(value.trim_end_matches('\\').to_owned()),
                None => Some(line(&rest[1..]).to_owned()),
            };
        }
        // One that opens with a bracket is no word.
        if rest.starts_with(['{', '[']) {
            continue;
        }
        let value = until(rest, &[',', '\n', '}', ')', ']', ' ']).trim();
        if !value.is_empty() {
            return Some(value.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_short_and_in_long_texts() {
        for before in ["", "e", "api errors, no api error", &"api erro".repeat(300)] {
            for (words, behind) in [("api error ", "x"), ("é", ""), ("e", ""), ("}", "{")] {
                let text = format!("{before}{words}{behind}");
                assert_eq!(find(&text, words), text.find(words), "{words} in {text}");
            }
            assert_eq!(find(before, "another thing"), None);
        }
    }

    #[test]
    fn fields_of_printed_objects() {
        let text =
            r#"{ "name":"X", httpStatusCode: 403, 'requestId': 'a-b', message: "it's \"so\"" }"#;
        assert_eq!(field(text, "name").as_deref(), Some("X"));
        assert_eq!(field(text, "httpStatusCode").as_deref(), Some("403"));
        assert_eq!(field(text, "requestId").as_deref(), Some("a-b"));
        assert_eq!(field(text, "message").as_deref(), Some("it's \"so\""));
        assert_eq!(field(text, "StatusCode"), None);
        assert_eq!(
            field(r#"{\"__type\":\"a#B\"}"#, "__type").as_deref(),
            Some("a#B")
        );
    }
}
