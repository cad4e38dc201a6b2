//! A plain pass-through, where everything else is turned off.

use super::Output;
use crate::{error::Result, stream::Sink};

/// How much is read at once: 128 KiB.
const ROOM: usize = 128 << 10;

/// Passes bytes on, and looks at none of them.
#[derive(Debug)]
pub struct Through<'o> {
    room: Vec<u8>,
    out: &'o mut Output,
}

impl<'o> Through<'o> {
    /// From somewhere to there.
    pub fn new(out: &'o mut Output) -> Self {
        Self {
            room: vec![0; ROOM],
            out,
        }
    }
}

impl Sink for Through<'_> {
    fn room(&mut self) -> &mut [u8] {
        &mut self.room
    }

    fn arrived(&mut self, count: usize) -> Result<()> {
        self.out.put(&self.room[..count])
    }

    fn idle(&mut self) -> Result<()> {
        Ok(())
    }

    fn waits(&self) -> bool {
        false
    }

    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}
