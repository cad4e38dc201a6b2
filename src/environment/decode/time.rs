//! Times as the AWS clients write them, and ages as people say them.

/// Seconds since 1970 of a time as the clients' files write it: `2026-01-31T12:00:00Z`, with a fraction, with `UTC`
/// (older SSO caches) or an offset (`+00:00`) for the `Z`, or a blank for the `T`. `None` where it is none of these; a time
/// without a zone is local time somewhere, and tells nothing.
pub fn seconds_of(text: &str) -> Option<u64> {
    let text = text.trim();
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = text.get(from..to)?;
        digits
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| digits.parse().ok())?
    };
    let is_at = |at: usize, wanted: &str| {
        text.get(at..=at)
            .is_some_and(|found| wanted.contains(found))
    };
    if !(is_at(4, "-") && is_at(7, "-") && is_at(10, "T ") && is_at(13, ":") && is_at(16, ":")) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if !((1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61)
    {
        return None;
    }
    let zone = text
        .get(19..)?
        .trim_start_matches(|next: char| next == '.' || next.is_ascii_digit());
    // Go writes a zone twice, with a blank before it: ` -0700 MST`.
    let zone = zone.split_whitespace().next()?;
    let local = days_before(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    u64::try_from(local - offset_of(zone)?).ok()
}

/// The seconds that a zone is ahead of UTC.
fn offset_of(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "UTC") {
        return Some(0);
    }
    let sign = match zone.get(..1)? {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let hours: i64 = zone.get(1..3)?.parse().ok()?;
    let minutes: i64 = zone.get(3..)?.trim_start_matches(':').parse().ok()?;
    if !(0..24).contains(&hours) || !(0..60).contains(&minutes) {
        return None;
    }
    Some(sign * (hours * 3600 + minutes * 60))
}

/// The days from 1970-01-01 to a date of the Gregorian calendar (Hinnant's formula).
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// A span of seconds in words: `45 s`, `12 min`, `72 h`, `12 days`.
#[must_use]
pub fn age(seconds: u64) -> String {
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7199 => format!("{} min", seconds / 60),
        7200..=345_599 => format!("{} h", seconds / 3600),
        _ => format!("{} days", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_that_the_clients_write() {
        for text in [
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00UTC",
            "2026-01-01T00:00:00.123456Z",
            "2026-01-01T01:00:00+01:00",
            "2025-12-31 19:00:00-0500",
            "2026-01-01 01:00:00 +0100 CET",
        ] {
            assert_eq!(seconds_of(text), Some(1_767_225_600), "{text}");
        }
        assert_eq!(seconds_of("2024-02-29T12:00:00Z"), Some(1_709_208_000));
    }

    #[test]
    fn refuses_the_rest() {
        for text in [
            "",
            "soon",
            "2026-13-01T00:00:00Z",
            "2026-01-01",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00+00:9223372036854775807",
            "2026-01-01T00:00:00 o'clock",
            "äöüäöüäöüäöüäöü",
        ] {
            assert_eq!(seconds_of(text), None, "{text}");
        }
    }

    #[test]
    fn says_ages_in_one_unit() {
        assert_eq!(age(45), "45 s");
        assert_eq!(age(12 * 60), "12 min");
        assert_eq!(age(72 * 3600), "72 h");
        assert_eq!(age(12 * 86_400), "12 days");
    }
}
