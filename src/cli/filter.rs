//! The filter: standard input, or the files that are named, to standard output.

use std::{
    fs::File,
    io::{self, IsTerminal, Write},
    sync::{Arc, atomic::AtomicBool},
};

use clap::CommandFactory;

use super::{
    arguments::{Arguments, CheckWhen, FilterArguments, Notes, Redact},
    screen,
};
use crate::{
    environment::{Host, RealHost},
    error::{Error, Result},
    filter::{Filter, Options, Output, Teller},
    secrets::Also,
    sieve::Sieve,
    stream::{Source, pump},
};

/// Filters standard input, or the files that are named; gives the exit status.
pub fn filter(arguments: &FilterArguments) -> Result<u8> {
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

fn outputs(arguments: &FilterArguments) -> Result<(Output, Option<Output>)> {
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

fn options(arguments: &FilterArguments, host: &dyn Host) -> Options {
    let terminal = match arguments.notes {
        Notes::Stdout => io::stdout().is_terminal(),
        Notes::Stderr => io::stderr().is_terminal(),
        Notes::File(_) => false,
    };
    Options {
        form: arguments.format,
        repeat: arguments.repeat,
        look: screen::look(&arguments.screen, terminal, host),
        shell: screen::shell(&arguments.screen, host),
        redact: arguments.redact.map(|what| match what {
            Redact::Secrets => Also::Nothing,
            Redact::Accounts => Also::Accounts,
        }),
    }
}

fn is_file(input: &io::Stdin) -> bool {
    rustix::fs::fstat(input)
        .is_ok_and(|stat| rustix::fs::FileType::from_raw_mode(stat.st_mode).is_file())
}
