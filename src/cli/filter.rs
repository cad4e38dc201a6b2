//! The filter: standard input, or the files that are named, to standard output.

use std::{
    fs::File,
    io::{self, IsTerminal},
    path::Path,
    sync::{Arc, atomic::AtomicBool},
};

use super::{
    arguments::{self, CheckWhen, FilterArguments, Notes},
    files::{Files, Found},
    screen, settings, stdin,
    telling::{self, Place},
};
use crate::{
    environment::RealHost,
    error::{Error, Result},
    filter::{self, Explainer, Input, Origin, Output, Relayed, Teller, Through},
    stream::{Progress, Source, pump},
};

/// What may have gone wrong where nothing came through the pipe.
const FORGOTTEN: &str = "awsexplain: nothing came through; if an error stands above, use `2>&1 |`";

/// Filters standard input, or the files that are named; gives the exit status.
pub fn filter(arguments: &FilterArguments) -> Result<u8> {
    let stdin = io::stdin();
    if arguments.files.is_empty() && stdin.is_terminal() {
        let _ = arguments::described().print_help();
        return Ok(2);
    }
    if settings::is_off() {
        return off(&arguments.files);
    }
    let host = RealHost;
    let live = arguments.files.is_empty() && !stdin::is_file();
    let place = Place {
        look: screen::look(
            &arguments.telling.screen,
            goes_to_terminal(arguments),
            io::stdout(),
            &host,
        ),
        counts: goes_to_terminal(arguments) && !arguments.files.is_empty(),
        fail_on: arguments.fail_on.clone(),
        stream: (arguments.notes == Notes::Stdout).then_some("/dev/stdout"),
        origin: if live {
            Origin::Pipe {
                asked: arguments.telling.check == CheckWhen::Always,
            }
        } else {
            Origin::Saved
        },
    };
    let explainer = telling::explainer(&arguments.telling, &place, &host)?;
    let (out, notes) = outputs(arguments)?;
    let form = telling::form(&arguments.telling, &place, &host);
    let mut teller = telling::teller(form, &arguments.telling, &place, out, notes);
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
        let input = Input::standard(teller.twin(&io::stdin()));
        filter::read(&input, &explainer, wishes, &passed, &mut teller)?;
        if live && passed.into_inner() == 0 && io::stderr().is_terminal() {
            screen::say(FORGOTTEN);
        }
    } else {
        status = read_files(arguments, &explainer, &mut teller)?;
        if let Some(command) = meant(&arguments.files).filter(|_| status > 0) {
            screen::say(&format!(
                "awsexplain: did you mean the command `awsexplain {command}`?"
            ));
        }
    }
    let failure = telling::finish(&mut teller)?;
    // That something could not be read says more than what was found in the rest.
    Ok(if status == 0 {
        u8::from(failure)
    } else {
        status
    })
}

/// The command that was meant, where the first file is none and has nearly the name of one.
fn meant(files: &[String]) -> Option<String> {
    let name = files.first()?;
    let is_word = name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_word || Path::new(name).exists() {
        return None;
    }
    let described = arguments::described();
    let commands = described.get_subcommands().map(clap::Command::get_name);
    let near = commands.map(|command| (strsim::osa_distance(command, name), command));
    let (distance, command) = near.min()?;
    (distance <= name.len().div_ceil(3).min(2)).then(|| command.to_owned())
}

/// Passes everything on and looks at none of it: `AWSEXPLAIN=off`. Gives the exit status.
fn off(files: &[String]) -> Result<u8> {
    let mut out = output()?;
    let mut through = Through::new(&mut out);
    let mut status = 0;
    let input = ["-".to_owned()];
    for name in if files.is_empty() { &input } else { files } {
        let passed = if name == "-" {
            let stdin = io::stdin();
            pump(&Source::new(&stdin, "standard input"), &mut through)
        } else {
            let opened = File::open(name).map_err(|source| Error::Read {
                from: name.clone(),
                source,
            });
            opened.and_then(|file| pump(&Source::new(&file, name), &mut through))
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

/// Reads the files that are named, on all cores, and tells of them in order. Gives the exit status.
fn read_files(
    arguments: &FilterArguments,
    explainer: &Explainer<'_>,
    teller: &mut Teller,
) -> Result<u8> {
    let wishes = teller.wishes();
    let wants_bar = !io::stdout().is_terminal();
    Files::named(&arguments.files, arguments.recursive).read_all(
        wants_bar,
        |name, progress, queue| {
            filter::read(&Input::open(name)?, explainer, wishes, progress, queue)
        },
        |found: Found<'_, Relayed>| match found {
            Found::Begins(name) => teller.enter((name != "-").then_some(name)),
            Found::Piece(piece) => piece.to(teller),
        },
    )
}

fn output() -> Result<Output> {
    telling::output(io::stdout(), "standard output")
}

fn outputs(arguments: &FilterArguments) -> Result<(Output, Option<Output>)> {
    let notes = match &arguments.notes {
        Notes::Stdout => None,
        Notes::Stderr => Some(telling::output(io::stderr(), "standard error")?),
        Notes::File(path) => Some(telling::notes_file(path)?),
    };
    Ok((output()?, notes))
}

/// Whether notes go to a terminal.
fn goes_to_terminal(arguments: &FilterArguments) -> bool {
    match arguments.notes {
        Notes::Stdout => io::stdout().is_terminal(),
        Notes::Stderr => io::stderr().is_terminal(),
        Notes::File(_) => false,
    }
}
