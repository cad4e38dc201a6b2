//! A command that runs as if we were not there, but for the streams that come through us.
//!
//! It has our standard input, our terminal, our process group and our settings of signals; its standard error, and where
//! that is asked for its standard output, are pipes to us. So all that a terminal sends to the group (Ctrl-C, Ctrl-Z) it
//! gets as ever; what is sent to us alone is passed on (`signals`), we stop where it stops, and what it ends with is told
//! as a shell tells it (`wait`). Others whom it leaves behind are heard as long as they live (`left`).
//!
//! ```no_run
//! # fn main() -> awsexplain::error::Result<()> {
//! let mut running = awsexplain::run::start(&["aws".into(), "s3".into(), "ls".into()], false)?;
//! let errors = running.errors.take(); // a pipe to read, for as long as `running.ended` is silent
//! # drop(errors);
//! assert!(running.status() < 255);
//! # Ok(())
//! # }
//! ```

pub mod left;
mod signals;
mod wait;

use std::{
    ffi::OsString,
    io,
    os::{fd::OwnedFd, unix::process::CommandExt},
    process::{Command, Stdio},
    sync::Arc,
    thread::{self, JoinHandle},
};

use rustix::process::Pid;

use self::wait::State;
use crate::error::{Error, Result};

/// A command that was started.
#[derive(Debug)]
pub struct Running {
    /// What it says on standard error.
    pub errors: Option<OwnedFd>,
    /// What it says on standard output, where that comes through us.
    pub output: Option<OwnedFd>,
    /// Can be read when it has ended.
    pub ended: OwnedFd,
    waiting: JoinHandle<u8>,
}

impl Running {
    /// Waits for its end: its own status, or 128 + n where signal n killed it.
    #[must_use]
    pub fn status(self) -> u8 {
        self.waiting.join().unwrap_or(125)
    }
}

/// Starts a command, with standard output through us where `both` says so.
///
/// # Errors
/// It cannot be started, or the system has no more pipes, threads or processes for us.
pub fn start(command: &[OsString], both: bool) -> Result<Running> {
    let ours = |source: io::Error| Error::Read {
        from: "the command's output".to_owned(),
        source,
    };
    let (ended, end) = io::pipe().map_err(ours)?;
    let relay = signals::Relay::new().map_err(ours)?;
    let mut started = named(command)?;
    started.stderr(Stdio::piped());
    if both {
        started.stdout(Stdio::piped());
    }
    let mut child = started.spawn().map_err(|fault| refused(command, fault))?;
    let (errors, output) = (child.stderr.take(), child.stdout.take());
    let command = Pid::from_child(&child);
    let state = Arc::<State>::default();
    // It has the signals as we had them, ignored ones too; from here on those sent to us are passed on.
    relay.to(command, Arc::clone(&state)).map_err(ours)?;
    let waiting = thread::Builder::new().spawn(move || {
        let status = wait::wait(command, &state);
        drop(end);
        status
    });
    Ok(Running {
        errors: errors.map(OwnedFd::from),
        output: output.map(OwnedFd::from),
        ended: ended.into(),
        waiting: waiting.map_err(ours)?,
    })
}

/// Becomes the command; comes back only where that fails.
#[must_use]
pub fn become_it(command: &[OsString]) -> Error {
    match named(command) {
        Ok(mut becoming) => refused(command, becoming.exec()),
        Err(fault) => fault,
    }
}

fn named(command: &[OsString]) -> Result<Command> {
    let Some((name, arguments)) = command.split_first() else {
        return Err(Error::Usage("run: which command?".to_owned()));
    };
    let mut named = Command::new(name);
    named.args(arguments);
    Ok(named)
}

fn refused(command: &[OsString], source: io::Error) -> Error {
    let command = command.first().map(|name| name.to_string_lossy());
    Error::Start {
        command: command.unwrap_or_default().into_owned(),
        source,
    }
}
