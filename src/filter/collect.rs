//! The errors of a text that is at hand as a whole, read as if it had come through the pipe.

use super::{Filter, Pieces};
use crate::{
    error::Result,
    recognise::{self, AwsError, Recognised},
    sieve::Sieve,
    stream::Sink,
};

struct Errors(Vec<AwsError>);

impl Pieces for Errors {
    fn verbatim(&mut self, _: &[u8]) -> Result<()> {
        Ok(())
    }

    fn recognised(&mut self, found: &Recognised, _: Option<(u64, u64)>, _: bool) -> Result<()> {
        if !self.0.contains(&found.error) {
            self.0.push(found.error.clone());
        }
        Ok(())
    }

    fn counts_lines(&self) -> bool {
        false
    }
}

/// The different errors of a text, in their order. Where the sieve sees none, each line is looked at by itself.
pub fn errors(text: &str) -> Result<Vec<AwsError>> {
    let (sieve, mut errors) = (Sieve::default(), Errors(Vec::new()));
    let mut filter = Filter::new(&sieve, &mut errors);
    filter.push(text.as_bytes())?;
    filter.finish()?;
    if errors.0.is_empty() {
        errors.0.extend(recognise::text(text));
    }
    Ok(errors.0)
}
