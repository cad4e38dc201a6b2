//! Those whom a command leaves behind, and who go on writing into what they have from it: a server that it started, a browser.
//!
//! We end with the command, as a shell does; without us their words would still come, so they do with us. Whatever is to
//! pass them on is started as a process of its own and waited for by nobody; it ends when the last of them does.

use std::{
    ffi::OsStr,
    io,
    os::fd::OwnedFd,
    process::{Command, Stdio},
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// Whether somebody can still write into a pipe.
#[must_use]
pub fn is_held(pipe: &OwnedFd) -> bool {
    let mut asked = [PollFd::new(pipe, PollFlags::empty())];
    let polled = poll(&mut asked, Some(&Timespec::default()));
    polled.is_ok() && !asked[0].revents().contains(PollFlags::HUP)
}

/// Starts this program anew with these arguments and none of its own settings, but for this variable, from the pipe to an
/// output.
///
/// # Errors
/// It cannot be started; who writes then finds the pipe closed.
pub fn pass_on(
    pipe: OwnedFd,
    to: OwnedFd,
    arguments: &[&str],
    setting: Option<(&str, &str)>,
) -> io::Result<()> {
    let is_ours = |name: &OsStr| name.to_string_lossy().starts_with("AWSEXPLAIN");
    let variables = std::env::vars_os().filter(|(name, _)| !is_ours(name));
    Command::new(std::env::current_exe()?)
        .args(arguments)
        .env_clear()
        .envs(variables)
        .envs(setting)
        .current_dir("/")
        .stdin(Stdio::from(pipe))
        .stdout(Stdio::from(to))
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
}
