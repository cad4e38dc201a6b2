//! The input with a note under each error: for people, in a terminal, a pipe or a log.

use super::Making;
use crate::render::{Form, Told};

/// Notes.
pub(super) struct Annotate(Making);

impl Annotate {
    pub(super) fn new(making: &Making) -> Self {
        Self(making.clone())
    }
}

impl Form for Annotate {
    fn tell(&mut self, told: &Told) -> Vec<u8> {
        self.0.note(told)
    }
}
