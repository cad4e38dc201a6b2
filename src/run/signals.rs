//! Signals on their way to a command, each once.
//!
//! What a terminal sends (Ctrl-C, Ctrl-\, Ctrl-Z) goes to every process of the group, and so to the command
//! without us: it must not be passed on. What `kill` sends to us alone must be. The system says of each signal who sent it,
//! itself or a process, and so they are told apart. The end of a terminal is told to the first process of its session alone:
//! where we are that one, it is passed on. What a process sends to the whole group by itself (`kill -- -GROUP`) is
//! not told apart from what it sends to us, and reaches the command twice, except where the command is the sender.
//!
//! The signals are blocked and read only once the command is there: it starts with what was ignored ignored and nothing
//! blocked. What comes while it starts is caught, and passed on then.

use std::{io, process::exit, sync::Arc, thread};

use rustix::process::{Pid, Signal, kill_process};

use super::wait::{self, State};

/// One signal that came.
struct Came {
    /// Its number.
    number: i32,
    /// Whether the command has it already.
    shared: bool,
}

impl Relay {
    /// Passes to the command what comes for us, from now on. A signal that comes when it has ended ends us too.
    pub fn to(self, command: Pid, state: Arc<State>) -> io::Result<()> {
        self.take()?;
        thread::Builder::new().spawn(move || {
            let mut early = self.early().into_iter();
            while let Some(came) = early.next().or_else(|| self.next(command)) {
                let Some(signal) = Signal::from_named_raw(came.number) else {
                    continue;
                };
                if signal == Signal::CONT {
                    wait::continued(command, &state);
                } else if let Some(status) = state.ended.get() {
                    exit((*status).into());
                } else if !came.shared {
                    let _ = kill_process(command, signal);
                }
            }
        })?;
        Ok(())
    }
}

#[cfg(target_os = "linux")]
pub use linux::Relay;
#[cfg(not(target_os = "linux"))]
pub use others::Relay;

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        fs, io,
        sync::{
            Arc,
            atomic::{AtomicBool, Ordering},
        },
    };

    use nix::sys::{
        signal::{SigSet, Signal},
        signalfd::{SfdFlags, SignalFd},
    };
    use rustix::process::{Pid, getpid};

    use super::Came;

    /// As the system says that it is the sender itself: a terminal.
    const KERNEL: i32 = 0x80;

    /// Reads the signals that come for us.
    pub struct Relay {
        signals: SigSet,
        descriptor: SignalFd,
        /// Whether one came while the command was started.
        early: Vec<(Signal, Arc<AtomicBool>)>,
    }

    /// The signals that are ignored, as the system shows them: bit n - 1 is signal n.
    fn ignored() -> Option<u64> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let bits = status
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))?;
        u64::from_str_radix(bits.trim(), 16).ok()
    }

    impl Relay {
        /// Gets ready; nothing is taken yet.
        pub fn new() -> io::Result<Self> {
            let mut signals = SigSet::empty();
            for signal in [
                Signal::SIGHUP,
                Signal::SIGINT,
                Signal::SIGQUIT,
                Signal::SIGTERM,
                Signal::SIGTSTP,
                Signal::SIGTTIN,
                Signal::SIGCONT,
                Signal::SIGUSR1,
                Signal::SIGUSR2,
            ] {
                signals.add(signal);
            }
            let descriptor = SignalFd::with_flags(&signals, SfdFlags::SFD_CLOEXEC)?;
            let mut early = Vec::new();
            // One that is ignored is left as it is, since the command has to find it so; where that is not known, all are.
            if let Some(ignored) = ignored() {
                for signal in &signals {
                    if signal != Signal::SIGCONT && ignored >> (signal as i32 - 1) & 1 == 0 {
                        let came = Arc::<AtomicBool>::default();
                        signal_hook::flag::register(signal as i32, Arc::clone(&came))?;
                        early.push((signal, came));
                    }
                }
            }
            Ok(Self {
                signals,
                descriptor,
                early,
            })
        }

        /// Those that came while the command was started; a key's is taken as the command's own already.
        pub(super) fn early(&self) -> Vec<Came> {
            let keys = [
                Signal::SIGINT,
                Signal::SIGQUIT,
                Signal::SIGTSTP,
                Signal::SIGTTIN,
            ];
            let came = self
                .early
                .iter()
                .filter(|(_, came)| came.load(Ordering::SeqCst));
            came.map(|(signal, _)| Came {
                number: *signal as i32,
                shared: keys.contains(signal),
            })
            .collect()
        }

        /// From now on they are ours, in this thread and those that it starts.
        pub(super) fn take(&self) -> io::Result<()> {
            Ok(self.signals.thread_block()?)
        }

        /// Waits for the next one.
        pub(super) fn next(&self, command: Pid) -> Option<Came> {
            // The session of one who was put into a container from outside has no number there: rustix has no word for that.
            let own_number = getpid().as_raw_nonzero().get();
            let is_first = || nix::unistd::getsid(None).is_ok_and(|of| of.as_raw() == own_number);
            loop {
                match self.descriptor.read_signal() {
                    Ok(Some(came)) => {
                        let number = i32::try_from(came.ssi_signo).ok()?;
                        let own = u32::try_from(command.as_raw_nonzero().get());
                        let alone = number == Signal::SIGHUP as i32 && is_first();
                        let shared = came.ssi_code == KERNEL && !alone || own == Ok(came.ssi_pid);
                        return Some(Came { number, shared });
                    }
                    Ok(None) | Err(nix::errno::Errno::EINTR) => {}
                    Err(_) => return None,
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod others {
    //! Where the system does not say who sent a signal, those that a terminal sends are taken as its own while our group is
    //! the one that it has in front.

    use std::{
        fs::File,
        io,
        sync::{Mutex, PoisonError},
    };

    use rustix::{
        process::{Pid, getpgrp},
        termios::tcgetpgrp,
    };
    use signal_hook::{
        consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGUSR1, SIGUSR2},
        iterator::Signals,
    };

    use super::Came;

    /// Catches the signals that come for us.
    pub struct Relay {
        signals: Mutex<Signals>,
    }

    impl Relay {
        /// Gets ready; nothing is taken yet.
        pub fn new() -> io::Result<Self> {
            let signals = Mutex::new(Signals::new([] as [i32; 0])?);
            Ok(Self { signals })
        }

        /// From now on they are ours.
        pub(super) fn take(&self) -> io::Result<()> {
            let signals = self.signals.lock().unwrap_or_else(PoisonError::into_inner);
            for signal in [
                SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGCONT, SIGUSR1, SIGUSR2,
            ] {
                signals.add_signal(signal)?;
            }
            Ok(())
        }

        /// None: what comes while the command is started ends us.
        #[expect(clippy::unused_self, reason = "elsewhere it is kept here")]
        pub(super) fn early(&self) -> Vec<Came> {
            Vec::new()
        }

        /// Waits for the next one.
        pub(super) fn next(&self, _: Pid) -> Option<Came> {
            let mut signals = self.signals.lock().unwrap_or_else(PoisonError::into_inner);
            let number = signals.forever().next()?;
            let terminals = matches!(number, SIGINT | SIGQUIT | SIGTSTP | SIGTTIN);
            let shared = terminals && is_in_front();
            Some(Came { number, shared })
        }
    }

    fn is_in_front() -> bool {
        let front = File::open("/dev/tty").map(tcgetpgrp);
        matches!(front, Ok(Ok(group)) if group == getpgrp())
    }
}
