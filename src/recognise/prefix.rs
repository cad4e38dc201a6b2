//! What stands before a line that is not its own: times, levels, container names, boxes, quotes of a test runner.

/// The line behind all its prefixes, leading blanks of its own kept as far as they can be told from them.
#[must_use]
pub fn body(line: &str) -> &str {
    let mut rest = line;
    // Prefixes stack, but not without end.
    for _ in 0..8 {
        match strip_one(rest) {
            Some(behind) => rest = behind,
            None => break,
        }
    }
    rest
}

/// The line behind one prefix; `None` where there is none.
fn strip_one(line: &str) -> Option<&str> {
    let named = || named(line);
    // What it can be is told by how it begins; most lines have none, and are asked for each.
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    match line.bytes().find(|byte| !is_blank(byte))? {
        b'|' | 0xe2 => box_edge(line),
        b'[' => bracketed(line),
        b'>' | b'=' => marker(line),
        b'0'..=b'9' | b':' | b'-' | b'/' | b'.' | b',' | b'+' | b'T' | b'Z' => {
            time(line).or_else(named)
        }
        b'E' => marker(line).or_else(named).or_else(|| level(line)),
        b'W' | b'I' | b'D' | b'F' | b'C' | b'S' => named().or_else(|| level(line)),
        b'A'..=b'Z' | b'a'..=b'z' | b'_' => named(),
        _ => None,
    }
}

/// `│ `, `| `, `║ ` at the left edge, perhaps behind blanks.
fn box_edge(line: &str) -> Option<&str> {
    let inner = line.trim_start_matches([' ', '\t']);
    let rest = inner.strip_prefix(['│', '┃', '║', '╷', '╵', '|'])?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

/// A date, a time of day, or both; the letters of an ISO time.
fn time(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    let rest = &line[time_at(line.as_bytes())?..];
    (rest.is_empty() || rest.starts_with([' ', '\t', ']', '|']))
        .then(|| rest.strip_prefix([' ', '\t']).unwrap_or(rest))
}

/// The length of the date or time at the start of the bytes: four digits and two marks between them at least.
pub(super) fn time_at(bytes: &[u8]) -> Option<usize> {
    /// What each byte counts for: a digit in the low half, a mark in the high one; 0 where it ends the time.
    const COUNTS: [u32; 256] = {
        let (mut counts, mut at) = ([0; 256], 0);
        while at < 256 {
            counts[at] = match at as u8 {
                b'0'..=b'9' => OTHER + 1,
                b':' | b'-' | b'/' => OTHER + MARK,
                b'.' | b',' | b'T' | b'Z' | b'+' => OTHER,
                _ => 0,
            };
            at += 1;
        }
        counts
    };
    const MARK: u32 = 1 << 10;
    const OTHER: u32 = 1 << 20;
    let counts = bytes
        .iter()
        .take(LONGEST)
        .map(|byte| COUNTS[usize::from(*byte)]);
    let all: u32 = counts.take_while(|count| *count > 0).sum();
    let (length, marks, digits) = (all / OTHER, all / MARK % (OTHER / MARK), all % MARK);
    (digits >= 4 && marks >= 2).then_some(length as usize)
}

/// How long a date or a time is at most; beyond, a line of numbers would be looked at again from each of them.
const LONGEST: usize = 64;

/// `[stderr] `, `[2024-01-01T00:00:00Z] `, `[INFO] `, `[main] `: one word or a time in brackets.
fn bracketed(line: &str) -> Option<&str> {
    let inner = line.trim_start_matches(' ').strip_prefix('[')?;
    let end = inner.find(']')?;
    let (word, rest) = (&inner[..end], &inner[end + 1..]);
    let plain = !word.is_empty()
        && word.len() <= 60
        && !word.contains(['"', '{', '(', '\''])
        && word != "ERROR"
        && !word.starts_with("Errno ")
        && rest.starts_with([' ', ':']);
    plain.then(|| {
        rest.trim_start_matches(':')
            .strip_prefix(' ')
            .unwrap_or(rest)
    })
}

/// pytest's `E   `, an exception group's `    | `, packer's `==> name: `, a diff's or quote's `> `.
fn marker(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix("E   ") {
        return Some(rest);
    }
    if let Some(rest) = line.strip_prefix("==> ") {
        return rest
            .split_once(": ")
            .filter(|(name, _)| !name.contains(' '))
            .map(|(_, behind)| behind);
    }
    line.strip_prefix("> ")
}

/// A name and what tells that it is a container's or a program's.
fn named(line: &str) -> Option<&str> {
    let bytes = line.as_bytes();
    let bytes = &bytes[..bytes.len().min(MOST + 1)];
    let is_name = |byte: &&u8| NAMES[usize::from(**byte)];
    let name = bytes.iter().take_while(is_name).count();
    match line.as_bytes().get(name)? {
        b' ' | b'|' if (1..=MOST).contains(&name) => container(&line[name..]),
        b'[' | b'/' => process(line),
        _ => None,
    }
}

/// How many letters a name has at most.
const MOST: usize = 40;

/// Which bytes a name is made of.
const NAMES: [bool; 256] = {
    let (mut names, mut at) = ([false; 256], 0);
    while at < 256 {
        let byte = at as u8;
        names[at] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        at += 1;
    }
    names
};

/// What stands behind the name in `service-1  | `, `controller | `: blanks, a bar.
fn container(rest: &str) -> Option<&str> {
    let rest = rest.trim_start_matches(' ').strip_prefix('|')?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

/// `app[web.1]: `, `cron[4711]: `: a program and its process.
fn process(line: &str) -> Option<&str> {
    let name = plain(line)?;
    let rest = line[name.len()..].strip_prefix('[')?;
    let number = plain(rest)?;
    rest[number.len()..].strip_prefix("]: ")
}

/// The name or number at the start of the text.
fn plain(text: &str) -> Option<&str> {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_./".contains(byte);
    let length = text.bytes().take(MOST + 1).take_while(is_plain).count();
    (1..=MOST).contains(&length).then(|| &text[..length])
}

/// `ERROR `, `WARN: `, `ERROR - `: a level in capitals.
fn level(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    let rest = [
        "ERROR", "WARNING", "WARN", "INFO", "DEBUG", "FATAL", "CRITICAL", "SEVERE",
    ]
    .iter()
    .find_map(|level| line.strip_prefix(level))?;
    let behind = rest.strip_prefix(':').unwrap_or(rest);
    let behind = behind.strip_prefix(' ')?;
    Some(behind.strip_prefix("- ").unwrap_or(behind))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, body, time_at};

    #[test]
    fn no_more_is_looked_at_than_a_time_is_long() {
        assert_eq!(time_at(&b"12:34:56,".repeat(100)), Some(LONGEST));
        assert_eq!(time_at(b"2031-07-19T07:00:00.123456789+00:00 x"), Some(35));
        assert_eq!(time_at(&b"1.1".repeat(100)), None);
    }

    #[test]
    fn prefixes_stack_and_come_off() {
        for (line, rest) in [
            ("2024-05-01T10:00:00.1234567Z \tat x", "\tat x"),
            ("svc-1  | │ Error: x", "Error: x"),
            ("13:16:46  │ x", "x"),
            ("[2024-01-01T00:00:00Z] │   with y", "  with y"),
            ("==> amazon-ebs: ==> amazon-ebs: x: y", "x: y"),
            ("E   botocore.exceptions.X: y", "botocore.exceptions.X: y"),
            ("2023-09-15 07:52:05.291415 | controller | boto3", "boto3"),
            ("    at foo (bar)", "    at foo (bar)"),
            ("aws: [ERROR]: x", "aws: [ERROR]: x"),
            ("404: Not Found", "404: Not Found"),
            (
                "2016-07-09T11:29:20.607+00:00 app[web.1]:   code: 'X',",
                "  code: 'X',",
            ),
            (
                "[Errno 13] Permission denied: ''",
                "[Errno 13] Permission denied: ''",
            ),
        ] {
            assert_eq!(body(line), rest, "{line}");
        }
    }
}
