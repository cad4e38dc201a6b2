//! The way itself.

use std::{
    os::fd::{AsFd, OwnedFd},
    sync::{
        OnceLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use rustix::{
    fs::{FileType, Stat, fstat},
    io::{Errno, dup},
    pipe::{
        PipeFlags, SpliceFlags, fcntl_getpipe_size, fcntl_setpipe_size, pipe_with, splice, tee,
    },
};

/// From how many bytes of one read on the next takes this way. With less, each line would take a place in the output's pipe
/// that a page has room in, and a slow reader would hold the writer up sooner.
const SATURATED: usize = 16 << 10;

/// How much a pipe on this way holds at least, where the system lets it: four times the usual, so that who writes and who
/// reads need not take turns at every 64 KiB.
const WIDTH: usize = 256 << 10;

/// See the module above. Shared by who reads and who writes.
#[derive(Debug)]
pub struct Twin {
    output: OwnedFd,
    /// Our own pipe, made when the stream is first saturated; `None` where it could not be.
    pipe: OnceLock<Option<Pipe>>,
    /// How many bytes lie in it.
    holds: AtomicUsize,
    given_up: AtomicBool,
}

#[derive(Debug)]
struct Pipe {
    read: OwnedFd,
    write: OwnedFd,
}

impl Twin {
    /// One between an input and an output; `None` where one of them is no pipe.
    #[must_use]
    pub fn between(input: impl AsFd, output: impl AsFd) -> Option<Self> {
        let is_pipe = |status: Stat| FileType::from_raw_mode(status.st_mode).is_fifo();
        if !is_pipe(fstat(input).ok()?) || !is_pipe(fstat(&output).ok()?) {
            return None;
        }
        Some(Self {
            output: dup(output).ok()?,
            pipe: OnceLock::new(),
            holds: AtomicUsize::new(0),
            given_up: AtomicBool::new(false),
        })
    }

    /// Our own pipe, with the others made as wide as it.
    fn pipe(&self, input: impl AsFd) -> Option<&Pipe> {
        let pipe = self.pipe.get_or_init(|| {
            let (read, write) = pipe_with(PipeFlags::CLOEXEC).ok()?;
            for end in [input.as_fd(), write.as_fd(), self.output.as_fd()] {
                if fcntl_getpipe_size(end).is_ok_and(|width| width < WIDTH) {
                    let _ = fcntl_setpipe_size(end, WIDTH);
                }
            }
            Some(Pipe { read, write })
        });
        pipe.as_ref()
    }

    /// Doubles what comes next, waiting for it. Gives how many bytes of it are to be read, at most `most`; `before` is what
    /// the last read brought.
    pub(in crate::stream) fn double(&self, input: impl AsFd, before: usize, most: usize) -> usize {
        if before < SATURATED {
            return most;
        }
        if self.holds.load(Ordering::Relaxed) > 0 {
            // Somebody keeps bytes back, and writes them later.
            self.give_up();
        }
        if self.given_up.load(Ordering::Relaxed) {
            return most;
        }
        let Some(pipe) = self.pipe(&input) else {
            return most;
        };
        match tee(input, &pipe.write, most, SpliceFlags::empty()) {
            Ok(count @ 1..) => {
                self.holds.store(count, Ordering::Relaxed);
                count
            }
            // The end, or a signal, or nothing yet: the read will tell.
            Ok(_) | Err(Errno::INTR | Errno::AGAIN) => most,
            Err(_) => {
                self.give_up();
                most
            }
        }
    }

    /// So many bytes were read of what was doubled.
    pub(in crate::stream) fn was_read(&self, count: usize) {
        // Somebody else reads the same pipe, and has taken some of them.
        if self.holds.load(Ordering::Relaxed) > count {
            self.give_up();
        }
    }

    /// Passes the next `count` bytes on, waiting for who reads; gives how many of them have passed.
    #[must_use]
    pub fn pass(&self, count: usize) -> usize {
        let mut passed = 0;
        while passed < count {
            let left = (count - passed).min(self.holds.load(Ordering::Relaxed));
            let pipe = self.pipe.get().and_then(Option::as_ref);
            let Some(pipe) = pipe.filter(|_| left > 0 && !self.given_up.load(Ordering::Relaxed))
            else {
                break;
            };
            match splice(
                &pipe.read,
                None,
                &self.output,
                None,
                left,
                SpliceFlags::empty(),
            ) {
                Ok(more @ 1..) => {
                    passed += more;
                    self.holds.fetch_sub(more, Ordering::Relaxed);
                }
                Err(Errno::INTR) => {}
                // A closed or a full output: whoever writes the rest meets it again, and knows what to do.
                Ok(_) | Err(_) => self.give_up(),
            }
        }
        passed
    }

    /// Nothing passes here any more.
    pub fn give_up(&self) {
        self.given_up.store(true, Ordering::Relaxed);
    }
}
