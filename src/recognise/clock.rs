//! The time that a line begins with. In a log it has the form of one that came before, and is then known at a glance.

use super::prefix;

/// How long a time is at most whose form is remembered, with the blank behind it: so many words of eight bytes.
const WORDS: usize = 5;
/// How many forms are remembered: what several programs print is often one log.
const FORMS: usize = 2;

/// The forms of the last times.
#[derive(Debug, Default)]
pub struct Clock {
    forms: [Form; FORMS],
    /// Which of them is the oldest.
    oldest: usize,
}

impl Clock {
    /// How many bytes the time at the start of the line has, with the blank behind it; 0 where there is none. That does not
    /// depend on the lines before.
    pub fn length(&mut self, line: &[u8]) -> usize {
        if !line.first().is_some_and(u8::is_ascii_digit) {
            return 0;
        }
        if let Some(form) = self.forms.iter().find(|form| form.fits(line)) {
            return form.length;
        }
        let mut length = 0;
        // Date and time may stand apart.
        while let rest = &line[length..]
            && let Some(end) = prefix::time_at(rest)
            && rest.get(end) == Some(&b' ')
        {
            length += end + 1;
        }
        if (1..=8 * WORDS).contains(&length) {
            self.forms[self.oldest] = Form::of(&line[..length]);
            self.oldest = (self.oldest + 1) % FORMS;
        }
        length
    }
}

/// The form of a time.
#[derive(Debug, Default)]
struct Form {
    /// How long it is, with the blank behind it; 0 where this is none.
    length: usize,
    /// Its bytes, each digit as `0`.
    bytes: [u64; WORDS],
    /// The bits of each byte that are the same in each such time: all, or the upper half of a digit; none behind the end.
    fixed: [u64; WORDS],
    /// The lower half of each digit.
    free: [u64; WORDS],
}

impl Form {
    fn of(time: &[u8]) -> Self {
        let mut form = Self {
            length: time.len(),
            ..Self::default()
        };
        for (at, byte) in time.iter().enumerate() {
            let (number, shift) = (at / 8, at % 8 * 8);
            let (byte, free) = match byte {
                b'0'..=b'9' => (b'0', 0x0f_u8),
                other => (*other, 0),
            };
            form.bytes[number] |= u64::from(byte) << shift;
            form.fixed[number] |= u64::from(!free) << shift;
            form.free[number] |= u64::from(free) << shift;
        }
        form
    }

    /// Whether the line begins with a time of this form, and with no more of one: a digit behind it may begin another.
    fn fits(&self, line: &[u8]) -> bool {
        const SIX: u64 = 0x0606_0606_0606_0606;
        const OVER: u64 = 0x1010_1010_1010_1010;
        let Some(bytes) = line.get(..8 * self.length.div_ceil(8)) else {
            return false;
        };
        let mut differs = 0;
        for (number, bytes) in bytes.chunks_exact(8).enumerate() {
            let word = u64::from_le_bytes(bytes.try_into().unwrap_or_default());
            let free = self.free[number];
            // Of the upper half a digit has 3, and of the lower one no more than nine.
            differs |= (word ^ self.bytes[number]) & self.fixed[number];
            differs |= ((word & free) + (SIX & free)) & OVER;
        }
        let next = line.get(self.length);
        differs == 0 && self.length > 0 && !next.is_some_and(u8::is_ascii_digit)
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn a_time_is_as_long_whatever_came_before() {
        let lines = [
            "2024-05-01T10:00:00.1234567Z An error occurred, and so on",
            "2031-12-31T23:59:59.7654321Z     at x",
            "2024-05-01 10:00:00,123 ERROR [main] c.e.X - request failed",
            "2024-05-01 and so on, as long as a line is",
            "2024-05-01T10:00:00.12345678 An error occurred, and so on",
            "2024-05-01T10:00:0a.1234567Z An error occurred, and so on",
            "2024-05-01T10:00:0:.1234567Z An error occurred, and so on",
            "2024-05-01T10:00:00.1234567Z",
            "2024-05-01T10:00:00.1234567Zz",
            "2024-05-01T10:00:00.1234567Z x",
            "2024-05-01T10:00:00.1234567Z 10:00:00 x",
            "2024-05-01T10:00:00.123456789+00:00 An error occurred, and so on",
            "2024-05-01T10:00:00.123456789123456789+00:00 An error occurred",
            "10:00:00 x",
            "10.0.0.1 - - x",
            "404 Not Found",
            "4",
            "",
            "An error occurred",
        ];
        let lengths = [
            29, 29, 24, 11, 29, 0, 29, 0, 0, 29, 38, 36, 45, 9, 0, 0, 0, 0, 0,
        ];
        let alone = lines.map(|line| Clock::default().length(line.as_bytes()));
        assert_eq!(alone, lengths);
        for before in lines {
            for (line, length) in lines.iter().zip(lengths) {
                let mut clock = Clock::default();
                clock.length(before.as_bytes());
                for _ in 0..2 {
                    assert_eq!(clock.length(line.as_bytes()), length, "{before}\n{line}");
                }
            }
        }
    }
}
