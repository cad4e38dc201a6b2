//! The loop that moves bytes from a file descriptor to whoever looks at them.
//!
//! It reads plainly while nobody waits for a pause, so that a saturated pipe costs one read and one write a chunk; while
//! somebody does, it polls, and tells when nothing has come for [`IDLE`].
//!
//! The pipe of a command that we started ends with the command, although others whom it left behind may still hold it:
//! what lies in the pipe then is read, and for [`GRACE`] what they still say.

use std::{
    io,
    os::fd::{AsFd, OwnedFd},
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};

use super::{Encoding, Twin};
use crate::error::{Error, Result};

/// How long a stream must be silent to be called idle: 50 ms, from the arrival of its last byte.
const IDLE: Duration = Duration::from_millis(50);

/// How long after the end of a command the others who hold its pipe are listened to: 50 ms.
const GRACE: Duration = Duration::from_millis(50);

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
    /// Something that can be read when the writer has ended, where it may end without its last byte being seen as such.
    pub ended: Option<&'f OwnedFd>,
    /// A shorter way for what is passed on as it is.
    pub twin: Option<&'f Twin>,
}

impl<'f, F> Source<'f, F> {
    /// A source that ends where it says so itself.
    pub fn new(descriptor: &'f F, name: &'f str) -> Self {
        Self {
            descriptor,
            name,
            ended: None,
            twin: None,
        }
    }

    /// Why it could not be read.
    fn failed(&self, errno: Errno) -> Error {
        Error::Read {
            from: self.name.to_owned(),
            source: io::Error::from(errno),
        }
    }
}

/// Moves everything from the source into the sink, until the source ends.
pub fn pump<F: AsFd>(source: &Source<'_, F>, sink: &mut impl Sink) -> Result<()> {
    // When the last bytes came, or the last pause was over: what the sink does with them is a part of the next pause.
    let mut since = Instant::now();
    let mut brought = 0;
    loop {
        let limit = sink.waits().then(|| IDLE.saturating_sub(since.elapsed()));
        if limit.is_some() || source.ended.is_some() {
            match next(source, limit).map_err(|errno| source.failed(errno))? {
                Event::Bytes => {}
                Event::Pause => {
                    sink.idle()?;
                    since = Instant::now();
                    continue;
                }
                Event::End => {
                    rest(source, sink)?;
                    return sink.finish();
                }
            }
        }
        let mut room = sink.room();
        if let Some(twin) = source.twin {
            let count = twin.double(source.descriptor, brought, room.len());
            room = &mut room[..count];
        }
        match rustix::io::read(source.descriptor, room) {
            Ok(0) => return sink.finish(),
            Ok(count) => {
                since = Instant::now();
                brought = count;
                if let Some(twin) = source.twin {
                    twin.was_read(count);
                }
                sink.arrived(count)?;
            }
            Err(Errno::INTR) => {}
            // Someone else made the shared pipe non-blocking: wait for it as if it were not.
            Err(Errno::AGAIN) => {
                next(source, None).map_err(|errno| source.failed(errno))?;
            }
            Err(errno) => {
                sink.finish()?;
                return Err(source.failed(errno));
            }
        }
    }
}

/// What comes next of a source.
enum Event {
    /// There is something to read, or its end.
    Bytes,
    /// Nothing has come for the time given.
    Pause,
    /// The writer has ended.
    End,
}

/// Waits for what comes next; a pause only where there is a limit.
fn next<F: AsFd>(source: &Source<'_, F>, limit: Option<Duration>) -> Result<Event, Errno> {
    let bytes = PollFd::new(source.descriptor, PollFlags::IN);
    let time = limit.map(timespec);
    let polled = match source.ended {
        None => poll(&mut [bytes], time.as_ref()).map(|count| (count > 0, false)),
        Some(ended) => {
            let mut both = [bytes, PollFd::new(ended, PollFlags::IN)];
            let polled = poll(&mut both, time.as_ref());
            polled.map(|count| (count > 0, !both[1].revents().is_empty()))
        }
    };
    match polled {
        Ok((_, true)) => Ok(Event::End),
        Ok((came, false)) if came || limit.is_none() => Ok(Event::Bytes),
        Ok(_) => Ok(Event::Pause),
        Err(Errno::INTR) => Ok(Event::Bytes),
        Err(errno) => Err(errno),
    }
}

/// A time of less than a second, as `poll` takes it.
fn timespec(time: Duration) -> Timespec {
    Timespec {
        tv_sec: 0,
        tv_nsec: time.subsec_nanos().into(),
    }
}

/// Reads what a writer that has ended left in the pipe, and for a moment what others write there.
fn rest<F: AsFd>(source: &Source<'_, F>, sink: &mut impl Sink) -> Result<()> {
    let until = Instant::now() + GRACE;
    let mut left =
        rustix::io::ioctl_fionread(source.descriptor).map_err(|errno| source.failed(errno))?;
    loop {
        let wait = if left > 0 {
            GRACE
        } else {
            until.saturating_duration_since(Instant::now())
        };
        let mut wanted = [PollFd::new(source.descriptor, PollFlags::IN)];
        match poll(&mut wanted, Some(&timespec(wait))) {
            Ok(0) => return Ok(()),
            Ok(_) if left == 0 && Instant::now() >= until => return Ok(()),
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(errno) => return Err(source.failed(errno)),
        }
        match rustix::io::read(source.descriptor, sink.room()) {
            Ok(0) => return Ok(()),
            Ok(count) => {
                sink.arrived(count)?;
                left = left.saturating_sub(count as u64);
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(errno) => return Err(source.failed(errno)),
        }
    }
}
