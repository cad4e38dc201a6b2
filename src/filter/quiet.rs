//! One error told once: the same code, operation and message (without ids, numbers and times) is a repeat.
//!
//! So is what says less of an error that was told: Ansible prints the sentence, then an object with code and message alone.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::recognise::AwsError;

/// How many different errors are remembered at least, of twice as many at most; what was forgotten is told again.
const REMEMBERED: usize = 1024;
/// How many keys an error has at most: its own, and those of what says less of it.
const KEYS: usize = 3;

/// Whether an error is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Never told.
    First,
    /// Told before, at this line (0 where lines are not counted).
    Again(u64),
}

/// What was told.
#[derive(Debug, Default)]
pub struct Quiet {
    young: HashMap<u64, u64, RandomState>,
    old: HashMap<u64, u64, RandomState>,
}

impl Quiet {
    /// Whether the error with this key was told not long ago; where not, only [`hear`](Self::hear) can say.
    #[must_use]
    pub fn knows(&self, key: u64) -> bool {
        self.young.contains_key(&key)
    }

    /// Notes an error with this key at a line, and says whether it was told before.
    pub fn hear(&mut self, key: u64, error: &AwsError, line: u64) -> Heard {
        if let Some(first) = self.young.get(&key) {
            return Heard::Again(*first);
        }
        // Two generations: what is heard again moves to the young one, what is not goes with the old one.
        if self.young.len() >= REMEMBERED * KEYS {
            // The memory of the old one is used again: tables that come and go leave holes that others settle in.
            std::mem::swap(&mut self.young, &mut self.old);
            self.young.clear();
        }
        let first = self.old.get(&key).copied();
        self.young.insert(key, first.unwrap_or(line));
        for key in less(error) {
            self.young.entry(key).or_insert(first.unwrap_or(line));
        }
        first.map_or(Heard::First, Heard::Again)
    }
}

/// The keys of the same error without its operation, and without its code as well; a message has to be there.
fn less(error: &AwsError) -> impl Iterator<Item = u64> {
    let mut error = error.clone();
    let says = error
        .message
        .as_deref()
        .is_some_and(|said| said.contains(' '));
    let told = [error.operation.take().map(|_| error.key()), {
        error.code.take().map(|_| error.key())
    }];
    told.into_iter().flatten().filter(move |_| says)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: Option<&str>, operation: Option<&str>) -> AwsError {
        AwsError {
            code: code.map(str::to_owned),
            operation: operation.map(str::to_owned),
            message: Some("The specified bucket does not exist".to_owned()),
            ..AwsError::default()
        }
    }

    fn hear(quiet: &mut Quiet, error: &AwsError, line: u64) -> Heard {
        quiet.hear(error.key(), error, line)
    }

    #[test]
    fn what_says_less_is_a_repeat_and_what_says_more_is_news() {
        let (code, operation) = (Some("NoSuchBucket"), Some("GetObject"));
        let mut quiet = Quiet::default();
        assert_eq!(hear(&mut quiet, &error(code, operation), 3), Heard::First);
        assert_eq!(hear(&mut quiet, &error(code, None), 5), Heard::Again(3));
        assert_eq!(hear(&mut quiet, &error(None, None), 6), Heard::Again(3));
        assert_eq!(
            hear(&mut quiet, &error(code, Some("PutObject")), 7),
            Heard::First
        );
        assert_eq!(
            hear(&mut quiet, &error(Some("NoSuchKey"), None), 8),
            Heard::First
        );
    }
}
