//! Where the system has no such way.

use std::os::fd::AsFd;

/// There is none.
#[derive(Debug)]
pub enum Twin {}

impl Twin {
    /// None.
    #[must_use]
    pub fn between(_input: impl AsFd, _output: impl AsFd) -> Option<Self> {
        None
    }

    pub(in crate::stream) fn double(
        &self,
        _input: impl AsFd,
        _before: usize,
        _most: usize,
    ) -> usize {
        match *self {}
    }

    pub(in crate::stream) fn was_read(&self, _count: usize) {
        match *self {}
    }

    /// Passes nothing on.
    #[must_use]
    pub fn pass(&self, _count: usize) -> usize {
        match *self {}
    }

    /// There is nothing to give up.
    pub fn give_up(&self) {
        match *self {}
    }
}
