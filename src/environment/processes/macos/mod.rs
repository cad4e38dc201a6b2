//! The processes of macOS, which has no `/proc`: three libraries ask the kernel, since this program has no `unsafe` code.
//!
//! | what | who tells | seen of |
//! | --- | --- | --- |
//! | who started whom, in what order | `sysctl`: the table `kern.proc.all` | all |
//! | parent, group, streams, the two ends of a pipe | `proc_pidinfo` | parent and group of all, streams of our user's |
//! | the name of the program | `sysinfo` | all |
//! | words | `sysinfo` (`KERN_PROCARGS2`) | our user's |
//! | variables | the same | our user's, except programs of the system's own |
//!
//! The last line is a rule of the kernel: of what Apple ships (`/bin/sh`, `/usr/bin/ssh`) it gives the words and leaves the
//! variables out, without an error. The AWS CLI, terraform and other installed programs show theirs. So a script that
//! `/bin/bash` runs is seen by its words alone, until it has started an `aws`.
//!
//! [`system`] asks, and does nothing else, since it can be compiled on another system and not be run there; what the
//! answers mean is read in [`shown`], which is tested everywhere.

#[cfg_attr(
    not(target_os = "macos"),
    allow(dead_code, reason = "tested everywhere, used on macOS")
)]
mod shown;
#[cfg(target_os = "macos")]
mod system;

#[cfg(target_os = "macos")]
pub use system::MacOs;
