//! `awsexplain run`: a command as ever, with its errors explained where they are printed.
//!
//! Its standard input and output are ours; its standard error comes through the filter. With `--both` its standard output
//! does as well, where it is no terminal: the bytes stay there, the notes go to standard error.

use std::{
    ffi::OsString,
    io::{self, IsTerminal},
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    thread,
};

use super::{
    arguments::RunArguments,
    screen, settings,
    telling::{self, Place},
};
use crate::{
    environment::{Command, Host, RealHost},
    error::{Error, Result},
    filter::{Beside, Explainer, FailOn, Input, Listener, Origin, Shared, Teller, Wishes},
    render::FORMS,
    run::{self, left},
    secrets::Also,
    stream::Progress,
};

/// Runs the command to its end; gives its status.
pub fn run(arguments: &RunArguments) -> Result<u8> {
    let host = RealHost;
    let command = match &arguments.alias {
        Some(name) => &behind_alias(name, &host)?,
        None => &arguments.command,
    };
    if settings::is_off() {
        return Err(run::become_it(command));
    }
    let in_place = arguments.notes.is_none();
    let terminal = in_place && io::stderr().is_terminal();
    let place = Place {
        look: screen::look(&arguments.telling.screen, terminal, io::stderr(), &host),
        counts: false,
        fail_on: FailOn::Never,
        stream: in_place.then_some("/dev/stderr"),
        origin: Origin::Ours(known(command)),
    };
    let explainer = telling::explainer(&arguments.telling, &place, &host)?;
    let teller = Shared::new(teller(arguments, &place, &host).map_err(Error::beside)?);
    told(command, arguments.both, &explainer, &teller).map_err(Error::beside)
}

/// How far up the `aws` that started us is looked for: it does so through a shell.
const HOPS: usize = 4;

/// The command that an alias of the AWS CLI stands for. The CLI takes its global options (`--profile`) for itself and hands
/// the other words on, so all of them are read where it was started.
fn behind_alias(name: &str, host: &dyn Host) -> Result<Vec<OsString>> {
    let shown = host.processes();
    let whole = shown.filter(|processes| processes.tells_every_word());
    let typed = whole.and_then(|processes| {
        let parents = std::iter::successors(Some(processes.own()), |one| processes.parent(*one));
        let mut lines = parents.skip(1).take(HOPS).map(|one| processes.words(one));
        lines.find_map(|words| Command::parse(&words)?.behind_alias(name))
    });
    let words = typed.filter(|words| !words.iter().any(|word| word.contains('\u{fffd}')));
    let words = words.ok_or_else(|| {
        Error::Usage(format!(
            "run: what stands around `{name}` in the command cannot be seen here; use `awsexplain run -- aws …`"
        ))
    })?;
    let aws = std::iter::once("aws".to_owned());
    Ok(aws.chain(words).map(OsString::from).collect())
}

/// The command's service, operation and options, where it is the AWS CLI.
fn known(command: &[OsString]) -> Option<Command> {
    let words: Vec<_> = command.iter().map(|word| word.to_string_lossy()).collect();
    Command::parse(&words)
}

/// Who writes: into standard error, or notes and documents into a file.
fn teller(arguments: &RunArguments, place: &Place, host: &dyn Host) -> Result<Teller> {
    let telling = &arguments.telling;
    let make = |form| {
        let notes = arguments.notes.as_deref().map(telling::notes_file);
        let out = telling::output(io::stderr(), "standard error")?;
        Ok(telling::teller(
            form,
            telling,
            place,
            out,
            notes.transpose()?,
        ))
    };
    let form = telling::form(telling, place, host);
    let teller = make(form)?;
    if teller.passes() || arguments.notes.is_some() {
        return Ok(teller);
    }
    if arguments.form_typed {
        let form = form.name;
        return Err(Error::Usage(format!(
            "run: a {form} document needs a place beside the command's own output; name a file with `--notes FILE`"
        )));
    }
    // A setting for the filter, which means nothing here.
    make(&FORMS[0])
}

/// Runs the command and tells of its errors.
fn told(
    command: &[OsString],
    both: bool,
    explainer: &Explainer<'_>,
    teller: &Shared,
) -> Result<u8> {
    let out = telling::output(io::stdout(), "standard output");
    let both = both && !io::stdout().is_terminal() && out.is_ok();
    let mut running = run::start(command, both)?;
    teller.lock().enter(None)?;
    // What the command says passes in any form.
    let wishes = Wishes {
        verbatim: true,
        ..teller.lock().wishes()
    };
    let (errors, output) = (running.errors.take(), running.output.take());
    let ended = &running.ended;
    let pass = |name, pipe: Option<OwnedFd>, to: BorrowedFd<'_>, mut beside: Beside<'_>| {
        let Some(pipe) = pipe else { return Ok(()) };
        let input = Input::of_command(name, pipe, ended);
        let mut listener = Listener::new(explainer, wishes, None, &mut beside);
        let passed = input.read_into(&Progress::new(0), &mut listener);
        if let (Ok(()), Some(pipe)) = (&passed, input.into_pipe()) {
            hear_those_left(pipe, to, wishes.redact);
        }
        match passed.err().or(beside.fault()) {
            // Nobody reads any more: the command learns it from its pipe, as it would without us.
            Some(fault) if !fault.is_closed_output() => Err(fault),
            _ => Ok(()),
        }
    };
    let (to_output, to_errors) = (io::stdout(), io::stderr());
    let (to_output, to_errors) = (to_output.as_fd(), to_errors.as_fd());
    let passed = thread::scope(|scope| {
        let beside = Beside::new(teller, out.ok());
        let second =
            both.then(|| scope.spawn(|| pass("the command's output", output, to_output, beside)));
        let beside = Beside::new(teller, None);
        let first = pass("the command's errors", errors, to_errors, beside);
        let second = second.map(|second| second.join().unwrap_or(Ok(())));
        first.and(second.unwrap_or(Ok(())))
    });
    let status = running.status();
    passed?;
    telling::finish(&mut teller.lock())?;
    Ok(status)
}

/// What those whom the command left behind still write passes as it comes, masked where that is wanted; it is not explained.
fn hear_those_left(pipe: OwnedFd, to: BorrowedFd<'_>, redact: Option<Also>) {
    if !left::is_held(&pipe) {
        return;
    }
    let mask = match redact {
        None => "",
        Some(Also::Nothing) => "--redact",
        Some(Also::Accounts) => "--redact=accounts",
    };
    let masking = [
        mask,
        "--format=annotate",
        "--notes=/dev/null",
        "--check=never",
        "--summary=never",
    ];
    let (arguments, off) = match redact {
        None => (&[][..], Some(("AWSEXPLAIN", "off"))),
        Some(_) => (&masking[..], None),
    };
    // Where it cannot be started, who writes finds the pipe closed.
    let _ = to
        .try_clone_to_owned()
        .and_then(|to| left::pass_on(pipe, to, arguments, off));
}
