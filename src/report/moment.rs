//! When something happened, as the log's own lines say it.

use jiff::civil::DateTime;
use once_cell::sync::Lazy;
use regex::Regex;

/// A date and a time as logs write them: `2026-01-31T10:00:00`, `2026-01-31 10:00:00,123`.
static STAMP: Lazy<Regex> = Lazy::new(|| {
    Regex::new(r"(?-u)\b(20[0-9]{2}-[01][0-9]-[0-3][0-9])[T ]([0-2][0-9]:[0-5][0-9]:[0-5][0-9])")
        .expect("the pattern is valid")
});

/// How far into a line a time is looked for, in bytes.
const REACH: usize = 200;

/// The time in a line, as it is written there: its zone is not looked at.
#[must_use]
pub fn of(line: &str) -> Option<DateTime> {
    let end = (0..=REACH.min(line.len()))
        .rev()
        .find(|at| line.is_char_boundary(*at))?;
    let found = STAMP.captures(&line[..end])?;
    format!("{}T{}", &found[1], &found[2]).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn times_are_read_as_they_are_written() {
        let time = of("app-1 | 2026-01-31 10:00:01,123 ERROR x").unwrap();
        assert_eq!(time.to_string(), "2026-01-31T10:00:01");
        assert_eq!(of("2026-01-31T10:00:01.5Z x").unwrap(), time);
        assert!(of("2026-13-31T10:00:01Z").is_none());
        assert!(of("é no time").is_none());
    }
}
