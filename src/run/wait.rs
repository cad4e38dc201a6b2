//! Waiting for a command's end, and stopping where it stops.
//!
//! A shell has a job for us and knows nothing of the command: where the command stops (Ctrl-Z), we have to stop as well, or
//! the shell would wait for us for ever. It is the command that decides: one that takes Ctrl-Z for itself goes on, and so do
//! we.
//!
//! The command is never reaped, so that its number is nobody else's for as long as we may send it a signal; the system
//! does that when we end.

use std::sync::{
    OnceLock,
    atomic::{AtomicBool, Ordering},
};

use rustix::{
    io::Errno,
    process::{Pid, Signal, WaitId, WaitIdOptions, WaitIdStatus, getpid, kill_process, waitid},
};

/// How it is with a command, as far as was seen.
#[derive(Debug, Default)]
pub struct State {
    /// Its status, when it has ended.
    pub ended: OnceLock<u8>,
    stopped: AtomicBool,
}

/// Waits for the end of a command; gives its status, or 128 + n where signal n killed it.
pub fn wait(command: Pid, state: &State) -> u8 {
    let any = WaitIdOptions::EXITED | WaitIdOptions::STOPPED | WaitIdOptions::CONTINUED;
    loop {
        match seen(command, any | WaitIdOptions::NOWAIT) {
            Ok(Some(seen)) => {
                if let Some(status) = status(&seen) {
                    return *state.ended.get_or_init(|| status);
                }
            }
            Ok(None) => continue,
            // Who started us has the system forget the children of all below: how it ended cannot be known.
            Err(_) => return *state.ended.get_or_init(|| 125),
        }
        let news = WaitIdOptions::STOPPED | WaitIdOptions::CONTINUED | WaitIdOptions::NOHANG;
        let Ok(Some(seen)) = seen(command, news) else {
            continue;
        };
        state.stopped.store(seen.stopped(), Ordering::SeqCst);
        if seen.stopped() && !goes_on(command) {
            let _ = kill_process(getpid(), Signal::STOP);
        }
    }
}

/// We were continued: a shell continues the whole group, others perhaps us alone.
pub fn continued(command: Pid, state: &State) {
    if state.stopped.load(Ordering::SeqCst) && !goes_on(command) {
        let _ = kill_process(command, Signal::CONT);
    }
}

/// Whether it was continued after it was stopped.
fn goes_on(command: Pid) -> bool {
    let options = WaitIdOptions::CONTINUED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    matches!(seen(command, options), Ok(Some(_)))
}

fn seen(command: Pid, options: WaitIdOptions) -> Result<Option<WaitIdStatus>, Errno> {
    loop {
        match waitid(WaitId::Pid(command), options) {
            Err(Errno::INTR) => {}
            seen => return seen,
        }
    }
}

/// What a shell tells of an end; `None` where it is none.
fn status(seen: &WaitIdStatus) -> Option<u8> {
    let exited = seen.exit_status().map(|status| status & 0xff);
    let killed = || seen.terminating_signal().map(|signal| 128 + signal);
    u8::try_from(exited.or_else(killed)?).ok()
}
