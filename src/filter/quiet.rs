//! One error told once: the same code, operation and message (without ids, numbers and times) is a repeat.

use std::collections::HashMap;

use crate::recognise::AwsError;

/// How many different errors are remembered at least, of twice as many at most; what was forgotten is told again.
const REMEMBERED: usize = 1024;

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
    young: HashMap<u64, u64>,
    old: HashMap<u64, u64>,
}

impl Quiet {
    /// Notes an error at a line, and says whether it was told before.
    pub fn hear(&mut self, error: &AwsError, line: u64) -> Heard {
        let key = key(error);
        if let Some(first) = self.young.get(&key) {
            return Heard::Again(*first);
        }
        // Two generations: what is heard again moves to the young one, what is not goes with the old one.
        if self.young.len() == REMEMBERED {
            self.old = std::mem::take(&mut self.young);
        }
        let first = self.old.get(&key).copied();
        self.young.insert(key, first.unwrap_or(line));
        first.map_or(Heard::First, Heard::Again)
    }
}

/// FNV-1a over the code, the operation and the message's words that hold no digit: equal for errors that count as one.
pub fn key(error: &AwsError) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    // A retry loop's class name and its plain code are one error.
    add(error.bare_code().unwrap_or_default().as_bytes());
    add(b"|");
    if error.bare_code().is_none() || error.operation.is_some() {
        add(error.operation.as_deref().unwrap_or_default().as_bytes());
    }
    let message = error.message.as_deref().unwrap_or_default();
    for word in
        message.split(|letter: char| letter.is_whitespace() || "\"'`,;()[]".contains(letter))
    {
        if !word.bytes().any(|byte| byte.is_ascii_digit()) {
            add(word.as_bytes());
        }
    }
    hash
}
