//! The screen and the shell that things are printed for: from flags, variables and what the output is.

use std::{
    io::{self, Write},
    os::fd::AsFd,
};

use super::arguments::{ScreenArguments, When};
use crate::{
    diagnose::Shell,
    environment::Host,
    error::{Error, Result},
    render::{Look, harmless},
};

/// Variables that only terminals with hyperlinks set.
const LINKING: &[&str] = &[
    "VTE_VERSION",
    "WT_SESSION",
    "KITTY_WINDOW_ID",
    "WEZTERM_PANE",
    "ITERM_SESSION_ID",
    "KONSOLE_VERSION",
];

/// How notes look; `terminal`: whether they go to one, `stream`: as wide as this one is, where it is a terminal.
pub fn look(
    arguments: &ScreenArguments,
    terminal: bool,
    stream: impl AsFd,
    host: &dyn Host,
) -> Look {
    let set = |name: &str| host.variable(name).filter(|value| !value.is_empty());
    let forced = ["CLICOLOR_FORCE", "FORCE_COLOR"]
        .iter()
        .any(|name| set(name).is_some_and(|value| value != "0"));
    let color = match arguments.color {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            set("NO_COLOR").is_none()
                && (forced || terminal && set("TERM").is_some_and(|term| term != "dumb"))
        }
    };
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| set(name))
        .unwrap_or_default()
        .to_lowercase();
    let width = arguments
        .width
        .or_else(|| columns(&stream))
        // A pager or `head` behind us shows it on the terminal that standard error is.
        .or_else(|| is_pipe(&stream).then(|| columns(io::stderr())).flatten())
        .unwrap_or(100);
    Look {
        links: color && terminal && LINKING.iter().any(|name| set(name).is_some()),
        color,
        unicode: locale.contains("utf-8") || locale.contains("utf8"),
        width: width.clamp(30, 120),
        whole: false,
    }
}

/// How many letters stand in a line of a terminal.
fn columns(stream: impl AsFd) -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(stream).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}

fn is_pipe(stream: impl AsFd) -> bool {
    let found = rustix::fs::fstat(stream);
    found.is_ok_and(|found| {
        rustix::fs::FileType::from_raw_mode(found.st_mode) == rustix::fs::FileType::Fifo
    })
}

/// The shell that was named for commands to be written for; `None` is for the one that the reader sits at.
pub fn typed_shell(arguments: &ScreenArguments) -> Option<Shell> {
    arguments.shell.as_deref().and_then(Shell::named)
}

/// The shell that commands are written for.
pub fn shell(arguments: &ScreenArguments, host: &dyn Host) -> Shell {
    typed_shell(arguments).unwrap_or_else(|| Shell::around(host))
}

/// Prints a document to standard output; gives the exit status.
pub fn print(text: &[u8]) -> Result<u8> {
    io::stdout().write_all(text).map_err(unwritten)?;
    Ok(0)
}

/// Standard output could not be written to.
pub fn unwritten(source: io::Error) -> Error {
    Error::Write {
        to: "standard output".to_owned(),
        source,
    }
}

/// Tells of a fault on standard error.
pub fn warn(fault: &Error) {
    say(&format!("awsexplain: {fault}"));
}

/// A line on standard error; whatever a file's name or text brings along, nothing of it moves a terminal or commands a CI job.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{}", harmless(text));
}
