//! How errors are told, from the arguments that the filter and `run` have in common.

use std::{fs::File, io::Write, path::Path};

use super::{
    arguments::{Redact, TellingArguments, When},
    job, knowledge, screen, step_summary,
};
use crate::{
    diagnose::Shell,
    environment::Host,
    error::{Error, Result},
    filter::{Explainer, FailOn, Options, Origin, Output, Summarise, Teller},
    render::{FORMS, Look, Making, Named},
    secrets::Also,
};

/// What the arguments do not tell: where it is told, and of what.
pub struct Place {
    /// The screen.
    pub look: Look,
    /// Whether notes go to a terminal, for files.
    pub counts: bool,
    /// Which errors make the status 1.
    pub fail_on: FailOn,
    /// The stream that a CI job's log would be, where notes stand in one: `/dev/stdout` or `/dev/stderr`.
    pub stream: Option<&'static str>,
    /// Whose words the errors are; for those of a saved log this machine counts only where that is asked for.
    pub origin: Origin,
}

/// The form that was asked for, or the one that fits the place.
pub fn form(arguments: &TellingArguments, place: &Place, host: &dyn Host) -> &'static Named {
    let of_job = || place.stream.and_then(|stream| job::form(host, stream));
    arguments.format.or_else(of_job).unwrap_or(&FORMS[0])
}

/// Who writes what was heard, in this form.
pub fn teller(
    form: &Named,
    arguments: &TellingArguments,
    place: &Place,
    out: Output,
    notes: Option<Output>,
) -> Teller {
    let look = place.look;
    let options = Options {
        look,
        repeat: arguments.repeat,
        redact: arguments.redact.map(|what| match what {
            Redact::Secrets => Also::Nothing,
            Redact::Accounts => Also::Accounts,
        }),
        summary: match arguments.summary {
            When::Always => Summarise::Always,
            When::Auto if place.counts => Summarise::Several,
            When::Auto | When::Never => Summarise::Never,
        },
        fail_on: place.fail_on.clone(),
    };
    let form = (form.make)(&Making { look });
    Teller::new(form, options, out, notes)
}

/// Who explains them.
pub fn explainer<'h>(
    arguments: &TellingArguments,
    place: &Place,
    host: &'h dyn Host,
) -> Result<Explainer<'h>> {
    let knowledge = knowledge::of(&arguments.knowledge)?;
    let check = arguments.check.holds(place.origin != Origin::Saved);
    let machine = check.then_some(host);
    let explainer = match screen::typed_shell(&arguments.screen) {
        Some(shell) => Explainer::new(machine, shell),
        None => Explainer::new(machine, Shell::default()).in_shell_around(host),
    };
    let explainer = explainer.of(place.origin.clone());
    Ok(explainer.knowing(knowledge, arguments.ignore.clone()))
}

/// A descriptor of ours to write to, past the standard library's buffers, so that an unfinished line goes out at once.
pub fn output(descriptor: impl rustix::fd::AsFd, name: &str) -> Result<Output> {
    let descriptor = rustix::io::dup(descriptor).map_err(|errno| Error::Write {
        to: name.to_owned(),
        source: errno.into(),
    })?;
    Ok(Output {
        to: File::from(descriptor),
        name: name.to_owned(),
        twin: None,
    })
}

/// A file for notes.
pub fn notes_file(path: &Path) -> Result<Output> {
    let name = path.display().to_string();
    match File::create(path) {
        Ok(file) => Ok(Output {
            to: file,
            name,
            twin: None,
        }),
        Err(source) => Err(Error::Write { to: name, source }),
    }
}

/// Ends the telling: a summary where there is one to give, and the page of a CI job's step. Gives whether an error came
/// that makes the run fail.
pub fn finish(teller: &mut Teller) -> Result<bool> {
    let ended = teller.finish()?;
    let _ = std::io::stderr().write_all(&ended.summary);
    if let (Some(page), Some(path)) = (ended.page, std::env::var_os("GITHUB_STEP_SUMMARY")) {
        step_summary::append(Path::new(&path), &page)?;
    }
    Ok(ended.failure)
}
