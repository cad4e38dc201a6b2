//! The command line: from arguments to a filter over inputs, and from failures to exit statuses.

mod arguments;

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    process::ExitCode,
    sync::{Arc, atomic::AtomicBool},
};

use clap::{CommandFactory, Parser};

use crate::{
    diagnose::Shell,
    environment::{Host, RealHost},
    error::{Error, Result},
    filter::{Filter, Options, Output, Teller},
    render::Look,
    sieve::Sieve,
    stream::{Source, pump},
};
use arguments::{Arguments, CheckWhen, Notes, When};

/// Variables that only terminals with hyperlinks set.
const LINKING: &[&str] = &[
    "VTE_VERSION",
    "WT_SESSION",
    "KITTY_WINDOW_ID",
    "WEZTERM_PANE",
    "ITERM_SESSION_ID",
    "KONSOLE_VERSION",
];

/// Runs the program with this process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(fault) => {
            let _ = fault.print();
            return ExitCode::from(u8::try_from(fault.exit_code()).unwrap_or(2));
        }
    };
    match filter(&arguments) {
        Ok(status) => ExitCode::from(status),
        Err(fault) if fault.is_closed_output() => ExitCode::SUCCESS,
        Err(fault) => {
            let _ = writeln!(io::stderr(), "awsexplain: {fault}");
            ExitCode::from(fault.status())
        }
    }
}

/// Filters standard input, or the files that are named; gives the exit status.
fn filter(arguments: &Arguments) -> Result<u8> {
    let stdin = io::stdin();
    if arguments.files.is_empty() && stdin.is_terminal() {
        let _ = Arguments::command().print_help();
        return Ok(2);
    }
    let (out, notes) = outputs(arguments)?;
    let host = RealHost;
    let live = arguments.files.is_empty() && !is_file(&stdin);
    let check = match arguments.check {
        CheckWhen::Always => true,
        CheckWhen::Auto => live,
        CheckWhen::Never => false,
    };
    let mut teller = Teller::new(
        options(arguments, &host),
        out,
        notes,
        check.then_some(&host as &dyn Host),
    );
    let sieve = Sieve::default();
    if arguments.files.is_empty() {
        if live {
            // Ctrl-C in a pipe is for the command that feeds us: what it still says goes through.
            let _ = signal_hook::flag::register(
                signal_hook::consts::SIGINT,
                Arc::new(AtomicBool::new(false)),
            );
        }
        pump(
            &Source {
                descriptor: &stdin,
                name: "standard input",
            },
            &mut Filter::new(&sieve, &mut teller),
        )?;
        return Ok(0);
    }
    let mut status = 0;
    for name in &arguments.files {
        match one(name, &sieve, &mut teller) {
            Ok(()) => {}
            Err(fault @ Error::Read { .. }) => {
                let _ = writeln!(io::stderr(), "awsexplain: {fault}");
                status = fault.status();
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(status)
}

fn one(name: &str, sieve: &Sieve, teller: &mut Teller<'_>) -> Result<()> {
    if name == "-" {
        teller.enter(None);
        return pump(
            &Source {
                descriptor: &io::stdin(),
                name: "standard input",
            },
            &mut Filter::new(sieve, teller),
        );
    }
    let file = File::open(name).map_err(|source| Error::Read {
        from: name.to_owned(),
        source,
    })?;
    teller.enter(Some(name));
    pump(
        &Source {
            descriptor: &file,
            name,
        },
        &mut Filter::new(sieve, teller),
    )
}

fn outputs(arguments: &Arguments) -> Result<(Output, Option<Output>)> {
    // Written past the standard library's line buffer, so that an unfinished line goes out at once.
    let descriptor = rustix::io::dup(io::stdout());
    let failed = |errno: rustix::io::Errno| Error::Write {
        to: "standard output".to_owned(),
        source: errno.into(),
    };
    let out = Output {
        to: Box::new(File::from(descriptor.map_err(failed)?)),
        name: "standard output".to_owned(),
    };
    let notes = match &arguments.notes {
        Notes::Stdout => None,
        Notes::Stderr => Some(Output {
            to: Box::new(io::stderr()),
            name: "standard error".to_owned(),
        }),
        Notes::File(path) => {
            let file = File::create(path).map_err(|source| Error::Write {
                to: path.display().to_string(),
                source,
            })?;
            Some(Output {
                to: Box::new(file),
                name: path.display().to_string(),
            })
        }
    };
    Ok((out, notes))
}

fn options(arguments: &Arguments, host: &dyn Host) -> Options {
    let set = |name: &str| host.variable(name).filter(|value| !value.is_empty());
    let terminal = match arguments.notes {
        Notes::Stdout => io::stdout().is_terminal(),
        Notes::Stderr => io::stderr().is_terminal(),
        Notes::File(_) => false,
    };
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
        .or_else(|| {
            rustix::termios::tcgetwinsize(io::stdout())
                .ok()
                .map(|size| usize::from(size.ws_col))
        })
        .filter(|width| *width > 0)
        .unwrap_or(100);
    let shell = arguments
        .shell
        .as_deref()
        .and_then(Shell::named)
        .unwrap_or_else(|| {
            let shell = set("SHELL").unwrap_or_default();
            Shell::named(shell.rsplit('/').next().unwrap_or_default()).unwrap_or_default()
        });
    Options {
        form: arguments.format,
        repeat: arguments.repeat,
        look: Look {
            links: color && terminal && LINKING.iter().any(|name| set(name).is_some()),
            color,
            unicode: locale.contains("utf-8") || locale.contains("utf8"),
            width: width.clamp(30, 120),
            whole: false,
        },
        shell,
    }
}

fn is_file(input: &io::Stdin) -> bool {
    rustix::fs::fstat(input)
        .is_ok_and(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode).is_file())
}
