//! Secrets covered in a stream, whatever its chunks are: each letter becomes `*`, so that lengths stay.
//!
//! Only a run of letters at the end of what has come is held back, until its end comes, for at most [`HELD`] bytes, or
//! until a pause: a prompt ends in a blank and passes at once. A run that is longer is judged by its beginning.

use super::{Also, is_run, judge};

/// How much of a run is held back and judged: 4 KiB.
pub const HELD: usize = 4 << 10;
/// How much of a line is remembered for the name before a run.
const BEFORE: usize = 128;

/// A mask over a stream.
#[derive(Debug, Default)]
pub struct Mask {
    also: Also,
    /// The end of what was passed before the run.
    before: Vec<u8>,
    /// The run that has begun, up to [`HELD`] bytes.
    run: Vec<u8>,
    /// How much of the run was passed on already.
    passed: usize,
    /// What the rest of a run beyond [`HELD`] bytes is: secret or not.
    beyond: Option<bool>,
}

impl Mask {
    /// A mask at the start of a stream.
    #[must_use]
    pub fn new(also: Also) -> Self {
        Self {
            also,
            ..Self::default()
        }
    }

    /// Takes bytes and gives into `out` what can be passed on, masked.
    pub fn put(&mut self, mut bytes: &[u8], out: &mut Vec<u8>) {
        while !bytes.is_empty() {
            let length = bytes.iter().take_while(|byte| is_run(**byte)).count();
            let (run, rest) = bytes.split_at(length);
            self.lengthen(run, out);
            let open = rest.iter().take_while(|byte| !is_run(**byte)).count();
            if open > 0 {
                self.end(out);
                out.extend_from_slice(&rest[..open]);
                self.remember(&rest[..open]);
            }
            bytes = &rest[open..];
        }
    }

    /// Passes on what is held back: a pause has come, or the end. What follows may still belong to the same run.
    pub fn pause(&mut self, out: &mut Vec<u8>) {
        if self.beyond.is_none() {
            self.pass(out);
        }
    }

    /// Whether something is held back.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.passed < self.run.len()
    }

    fn lengthen(&mut self, run: &[u8], out: &mut Vec<u8>) {
        let (held, beyond) = run.split_at(run.len().min(HELD - self.run.len()));
        self.run.extend_from_slice(held);
        if beyond.is_empty() {
            return;
        }
        if self.beyond.is_none() {
            self.beyond = Some(self.pass(out));
        }
        if self.beyond == Some(true) {
            out.resize(out.len() + beyond.len(), b'*');
        } else {
            out.extend_from_slice(beyond);
        }
    }

    /// Passes on what is held back of the run; gives whether its end is a secret.
    fn pass(&mut self, out: &mut Vec<u8>) -> bool {
        let (start, mut last) = (out.len(), 0);
        out.extend_from_slice(&self.run[self.passed..]);
        for secret in judge(&self.before, &self.run, self.also) {
            let from = secret.start.max(self.passed) - self.passed;
            let to = secret.end.max(self.passed) - self.passed;
            out[start + from..start + to].fill(b'*');
            last = secret.end;
        }
        self.passed = self.run.len();
        last == self.run.len()
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        if self.beyond.is_none() {
            self.pass(out);
        }
        let run = std::mem::take(&mut self.run);
        self.remember(&run);
        self.run = run;
        self.run.clear();
        (self.passed, self.beyond) = (0, None);
    }

    fn remember(&mut self, bytes: &[u8]) {
        let bytes = &bytes[bytes.len() - bytes.len().min(BEFORE)..];
        let over = (self.before.len() + bytes.len()).saturating_sub(BEFORE);
        self.before.drain(..over);
        self.before.extend_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn masked(chunks: &[&[u8]]) -> Vec<u8> {
        let (mut mask, mut out) = (Mask::default(), Vec::new());
        for chunk in chunks {
            mask.put(chunk, &mut out);
        }
        mask.pause(&mut out);
        out
    }

    #[test]
    fn a_secret_across_a_chunk_border_is_covered() {
        let text = b"x AKIAY34FZKBOKMUTVV7A aws_secret_access_key = abc+def/ghi end";
        let whole = masked(&[text]);
        assert_eq!(
            String::from_utf8_lossy(&whole),
            "x AKIA**************** aws_secret_access_key = *********** end"
        );
        for at in 0..text.len() {
            assert_eq!(masked(&[&text[..at], &text[at..]]), whole, "cut at {at}");
        }
    }

    #[test]
    fn a_prompt_is_not_held_back() {
        let (mut mask, mut out) = (Mask::default(), Vec::new());
        mask.put(b"Enter MFA code: ", &mut out);
        assert_eq!(out, b"Enter MFA code: ");
        assert!(!mask.holds());
        mask.put(b"123", &mut out);
        assert!(mask.holds());
        mask.pause(&mut out);
        assert_eq!(out, b"Enter MFA code: 123");
    }

    #[test]
    fn what_is_long_is_covered_to_its_end_and_never_kept() {
        let token = [b"IQoJb3JpZ2lu".to_vec(), vec![b'a'; 100_000]].concat();
        let (mut mask, mut out) = (Mask::default(), Vec::new());
        for piece in token.chunks(777) {
            mask.put(piece, &mut out);
            assert!(mask.run.len() <= HELD);
        }
        mask.pause(&mut out);
        assert_eq!(out, vec![b'*'; token.len()]);
    }

    proptest! {
        #[test]
        fn chunks_do_not_matter_and_lengths_stay(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "AKIAY34FZKBOKMUTVV7A", "SecretAccessKey", ": ", "\"", "=", "\n", "<Token-0>", "é", "abc", "%2F",
                    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x", "X-Amz-Signature=", "Bearer ", "123456789012", "&",
                ]),
                0..40,
            ),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
        ) {
            let text = words.concat().into_bytes();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect();
            let whole = masked(&[&text]);
            prop_assert_eq!(whole.len(), text.len());
            prop_assert_eq!(masked(&pieces), whole);
        }
    }
}
