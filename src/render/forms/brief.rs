//! The input with the head of a note under each error: one line, where it fits.

use super::Making;
use crate::render::{Form, Look, Told, note};

/// Heads of notes.
pub(super) struct Brief(Look);

impl Brief {
    pub(super) fn new(making: &Making) -> Self {
        Self(making.look)
    }
}

impl Form for Brief {
    fn tell(&mut self, told: &Told) -> Vec<u8> {
        note::head(&told.error, &told.explanation, self.0)
    }
}
