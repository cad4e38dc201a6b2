//! One JSON object a line for each error, and nothing else: for programs.

use crate::render::{Form, Told, harmless::harmless_json, object};

/// JSON objects.
pub(super) struct Jsonl;

impl Form for Jsonl {
    fn passes(&self) -> bool {
        false
    }

    fn tell(&mut self, told: &Told) -> Vec<u8> {
        let object = object(&told.event(), &told.error, &told.explanation);
        let mut line = harmless_json(&object).into_bytes();
        line.push(b'\n');
        line
    }
}
