//! The filter: standard input, or the files that are named, to standard output.

use std::{
    cell::{Cell, RefCell},
    fs::File,
    io::{self, IsTerminal, Write},
    path::Path,
    sync::{Arc, atomic::AtomicBool},
    thread,
};

use clap::CommandFactory;

use super::{
    arguments::{Arguments, CheckWhen, FilterArguments, Notes, Redact, When},
    files, job, knowledge,
    progress::Bar,
    screen, settings, stdin, step_summary,
};
use crate::{
    environment::{Host, RealHost},
    error::{Error, Result},
    filter::{self, Explainer, Options, Output, Summarise, Teller, Through},
    render::{FORMS, Making, Named},
    secrets::Also,
    stream::{Progress, Source, pump},
};

/// What may have gone wrong where nothing came through the pipe.
const FORGOTTEN: &str = "awsexplain: nothing came through; if an error stands above, use `2>&1 |`";

/// Filters standard input, or the files that are named; gives the exit status.
pub fn filter(arguments: &FilterArguments) -> Result<u8> {
    let stdin = io::stdin();
    if arguments.files.is_empty() && stdin.is_terminal() {
        let _ = Arguments::command().print_help();
        return Ok(2);
    }
    if settings::is_off() {
        return off(&arguments.files);
    }
    let knowledge = knowledge::of(&arguments.knowledge)?;
    let (out, notes) = outputs(arguments)?;
    let host = RealHost;
    let live = arguments.files.is_empty() && !stdin::is_file();
    let check = match arguments.check {
        CheckWhen::Always => true,
        CheckWhen::Auto => live,
        CheckWhen::Never => false,
    };
    let look = screen::look(&arguments.screen, goes_to_terminal(arguments), &host);
    let form = form(arguments, &host);
    let form = (form.make)(&Making { look });
    let options = Options {
        look,
        repeat: arguments.repeat,
        redact: arguments.redact.map(|what| match what {
            Redact::Secrets => Also::Nothing,
            Redact::Accounts => Also::Accounts,
        }),
        summary: match arguments.summary {
            When::Always => Summarise::Always,
            When::Auto if goes_to_terminal(arguments) && !arguments.files.is_empty() => {
                Summarise::Several
            }
            When::Auto | When::Never => Summarise::Never,
        },
        fail_on: arguments.fail_on.clone(),
    };
    let mut teller = Teller::new(form, options, out, notes);
    let explainer = Explainer::new(
        check.then_some(&host as &(dyn Host + Sync)),
        screen::shell(&arguments.screen, &host),
    )
    .knowing(knowledge, arguments.ignore.clone());
    let mut status = 0;
    if arguments.files.is_empty() {
        if live {
            // Ctrl-C in a pipe is for the command that feeds us: what it still says goes through.
            let _ = signal_hook::flag::register(
                signal_hook::consts::SIGINT,
                Arc::new(AtomicBool::new(false)),
            );
        }
        teller.enter(None)?;
        let (wishes, passed) = (teller.wishes(), Progress::new(0));
        filter::read("-", &explainer, wishes, &passed, &mut teller)?;
        if live && passed.into_inner() == 0 && io::stderr().is_terminal() {
            screen::say(FORGOTTEN);
        }
    } else {
        status = read_files(arguments, &explainer, &mut teller)?;
    }
    let ended = teller.finish()?;
    let _ = io::stderr().write_all(&ended.summary);
    if let (Some(page), Some(path)) = (ended.page, std::env::var_os("GITHUB_STEP_SUMMARY")) {
        step_summary::append(Path::new(&path), &page)?;
    }
    // That something could not be read says more than what was found in the rest.
    Ok(if status == 0 {
        u8::from(ended.failure)
    } else {
        status
    })
}

/// Passes everything on and looks at none of it: `AWSEXPLAIN=off`. Gives the exit status.
fn off(files: &[String]) -> Result<u8> {
    let mut out = output()?;
    let mut through = Through::new(&mut out);
    let mut status = 0;
    let input = ["-".to_owned()];
    for name in if files.is_empty() { &input } else { files } {
        let passed = if name == "-" {
            let source = Source {
                descriptor: &io::stdin(),
                name: "standard input",
            };
            pump(&source, &mut through)
        } else {
            let opened = File::open(name).map_err(|source| Error::Read {
                from: name.clone(),
                source,
            });
            opened.and_then(|file| {
                let descriptor = &file;
                pump(&Source { descriptor, name }, &mut through)
            })
        };
        match passed {
            Err(fault @ Error::Read { .. }) => {
                screen::warn(&fault);
                status = fault.status();
            }
            passed => passed?,
        }
    }
    Ok(status)
}

/// The form that was asked for, or the one that fits the place.
fn form(arguments: &FilterArguments, host: &dyn Host) -> &'static Named {
    let of_job = || {
        let among = arguments.notes == Notes::Stdout;
        among.then(|| job::form(host)).flatten()
    };
    arguments.format.or_else(of_job).unwrap_or(&FORMS[0])
}

/// Reads the files that are named; one that fails is told, and the others are read. Gives the exit status.
fn read_files(
    arguments: &FilterArguments,
    explainer: &Explainer<'_>,
    teller: &mut Teller,
) -> Result<u8> {
    let (status, progress) = (Cell::new(0), Progress::new(0));
    let names = files::named(&arguments.files, arguments.recursive, &mut |fault| {
        screen::warn(fault);
        status.set(fault.status());
    });
    let bar = RefCell::new(Bar::new(&names, &progress));
    let mut failed = |fault: &Error| {
        bar.borrow().warn(fault);
        status.set(fault.status());
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let workers = workers.min(names.len());
    let mut tick = || bar.borrow_mut().tick();
    filter::read_all(
        &names,
        workers,
        explainer,
        teller,
        &progress,
        &mut failed,
        &mut tick,
    )?;
    Ok(status.get())
}

/// Standard output, written past the standard library's line buffer, so that an unfinished line goes out at once.
fn output() -> Result<Output> {
    let descriptor = rustix::io::dup(io::stdout());
    let descriptor = descriptor.map_err(|errno| screen::unwritten(errno.into()))?;
    Ok(Output {
        to: Box::new(File::from(descriptor)),
        name: "standard output".to_owned(),
    })
}

fn outputs(arguments: &FilterArguments) -> Result<(Output, Option<Output>)> {
    let out = output()?;
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

/// Whether notes go to a terminal.
fn goes_to_terminal(arguments: &FilterArguments) -> bool {
    match arguments.notes {
        Notes::Stdout => io::stdout().is_terminal(),
        Notes::Stderr => io::stderr().is_terminal(),
        Notes::File(_) => false,
    }
}
