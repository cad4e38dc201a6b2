//! The loop that moves bytes from a file descriptor to whoever looks at them.
//!
//! It reads plainly while nobody waits for a pause, so that a saturated pipe costs one read and one write a chunk; while
//! somebody does, it polls, and tells when nothing has come for [`IDLE`].

use std::{io, os::fd::AsFd};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use super::Encoding;
use crate::error::{Error, Result};

/// How long a stream must be silent to be called idle: 50 ms.
const IDLE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 50_000_000,
};

/// Who takes the bytes.
pub trait Sink {
    /// Room to read into; the same until bytes arrive.
    fn room(&mut self) -> &mut [u8];
    /// The first `count` bytes of the room have arrived; all of them are passed on before this returns.
    fn arrived(&mut self, count: usize) -> Result<()>;
    /// Nothing has come for a while.
    fn idle(&mut self) -> Result<()>;
    /// Whether a pause matters now.
    fn waits(&self) -> bool;
    /// The input has ended.
    fn finish(&mut self) -> Result<()>;

    /// All that comes was decoded, and is to be written back as this; said before the first byte.
    fn encoded(&mut self, _encoding: Encoding) -> Result<()> {
        Ok(())
    }

    /// Takes bytes that are already in memory.
    fn push(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let room = self.room();
            let count = room.len().min(bytes.len());
            room[..count].copy_from_slice(&bytes[..count]);
            self.arrived(count)?;
            bytes = &bytes[count..];
        }
        Ok(())
    }
}

/// Where the bytes come from, with the name that an error message calls it by.
#[derive(Debug)]
pub struct Source<'f, F> {
    /// The descriptor.
    pub descriptor: &'f F,
    /// A path or `standard input`.
    pub name: &'f str,
}

/// Moves everything from the source into the sink, until the source ends.
pub fn pump<F: AsFd>(source: &Source<'_, F>, sink: &mut impl Sink) -> Result<()> {
    let failed = |errno: Errno| Error::Read {
        from: source.name.to_owned(),
        source: io::Error::from(errno),
    };
    loop {
        if sink.waits() && !ready(source.descriptor, Some(&IDLE)).map_err(failed)? {
            sink.idle()?;
            continue;
        }
        match rustix::io::read(source.descriptor, sink.room()) {
            Ok(0) => return sink.finish(),
            Ok(count) => sink.arrived(count)?,
            Err(Errno::INTR) => {}
            // Someone else made the shared pipe non-blocking: wait for it as if it were not.
            Err(Errno::AGAIN) => {
                ready(source.descriptor, None).map_err(failed)?;
            }
            Err(errno) => {
                sink.finish()?;
                return Err(failed(errno));
            }
        }
    }
}

/// Waits until there is something to read (true) or the time is over (false).
fn ready(descriptor: &impl AsFd, limit: Option<&Timespec>) -> Result<bool, Errno> {
    let mut wanted = [PollFd::new(descriptor, PollFlags::IN)];
    match poll(&mut wanted, limit) {
        Ok(count) => Ok(count > 0 || limit.is_none()),
        Err(Errno::INTR) => Ok(true),
        Err(errno) => Err(errno),
    }
}
