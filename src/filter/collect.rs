//! The errors of a text that is at hand as a whole, read as if it had come through the pipe.

use super::{Filter, Pieces};
use crate::{
    error::Result,
    knowledge::Knowledge,
    recognise::{self, AwsError, Recognised},
    sieve::Sieve,
    stream::Sink,
};

struct Errors<'k>(Vec<AwsError>, &'k Knowledge);

impl Pieces for Errors<'_> {
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

    fn knowledge(&self) -> Option<&Knowledge> {
        Some(self.1)
    }
}

/// The different errors of a text, in their order. Where the sieve sees none, each line is looked at by itself.
pub fn errors(text: &str, knowledge: &Knowledge) -> Result<Vec<AwsError>> {
    let sieve = Sieve::with(knowledge.anchors());
    let mut errors = Errors(Vec::new(), knowledge);
    let mut filter = Filter::new(&sieve, &mut errors);
    filter.push(text.as_bytes())?;
    filter.finish()?;
    if errors.0.is_empty() {
        errors.0.extend(recognise::text(text));
    }
    Ok(errors.0)
}
