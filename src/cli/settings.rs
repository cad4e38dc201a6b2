//! Settings: what was typed, then variables, then the repository's file, then the user's, then what is built in.
//!
//! A file holds the same names as the flags. What neither a flag nor a variable sets is taken from the files and put before
//! the typed arguments as if it had been typed, so that every value is read and refused in one way. Without a file nothing
//! of this costs more than the failed attempts to open one.

use std::ffi::OsString;

use clap::{ArgMatches, CommandFactory, FromArgMatches, parser::ValueSource};

use super::{
    arguments::{Arguments, Command},
    config_file::{self, Files, Item},
};
use crate::error::Error;

/// All settings, by the names of their flags.
pub const NAMES: &[&str] = &[
    "format",
    "notes",
    "check",
    "repeat",
    "ignore",
    "fail-on",
    "redact",
    "color",
    "shell",
    "width",
    "knowledge",
];

/// Those that a repository's file may set: it comes from strangers.
pub const REPOSITORY: &[&str] = &["ignore", "format", "width", "repeat", "fail-on"];

/// Those that take several values.
pub const LISTS: &[&str] = &["ignore", "knowledge"];

/// Why nothing is done.
pub enum Stop {
    /// Help, the version, or a wrong command line.
    Usage(Box<clap::Error>),
    /// A file that was named is not of the form.
    Fault(Error),
}

impl From<clap::Error> for Stop {
    fn from(fault: clap::Error) -> Self {
        Self::Usage(Box::new(fault))
    }
}

/// Whether everything only passes through: `AWSEXPLAIN=off`.
pub fn is_off() -> bool {
    std::env::var_os("AWSEXPLAIN").is_some_and(|value| value.eq_ignore_ascii_case("off"))
}

/// The arguments of this process, with the files' settings where nothing else was said.
pub fn arguments(typed: Vec<OsString>) -> Result<Arguments, Stop> {
    let matches = Arguments::command().try_get_matches_from(&typed)?;
    let (scope, behind) = match matches.subcommand() {
        Some((_, scope)) => (scope, 2),
        None => (&matches, 1),
    };
    let named = scope.try_get_one::<std::path::PathBuf>("config");
    let named = named.ok().flatten().map(std::path::PathBuf::as_path);
    let files = config_file::find(named).map_err(Stop::Fault)?;
    let folders_typed = source(scope, "knowledge") == Some(ValueSource::CommandLine);
    let mut arguments = if files.is_empty() {
        Arguments::from_arg_matches(&matches)?
    } else {
        let added = added(&files, scope, matches.subcommand_name());
        let mut all = typed;
        all.splice(behind..behind, added);
        Arguments::from_arg_matches(&Arguments::command().try_get_matches_from(all)?)?
    };
    let knowledge = match &mut arguments.command {
        None => Some(&mut arguments.filter.knowledge),
        Some(Command::Explain(explain)) => Some(&mut explain.knowledge),
        Some(Command::List(list)) => Some(&mut list.knowledge),
        Some(_) => None,
    };
    if let Some(knowledge) = knowledge {
        knowledge.typed = folders_typed;
    }
    Ok(arguments)
}

/// Where a value is from, for a command that has the flag.
pub fn source(scope: &ArgMatches, name: &str) -> Option<ValueSource> {
    let id = name.replace('-', "_");
    scope.try_contains_id(&id).ok()?;
    scope.value_source(&id)
}

/// The settings of the files that the command has, and that nothing typed and no variable sets, as they would be typed.
fn added(files: &Files, scope: &ArgMatches, command: Option<&str>) -> Vec<OsString> {
    let all = Arguments::command();
    let takes = command.map_or(Some(&all), |name| all.find_subcommand(name));
    let mut added = Vec::new();
    for name in NAMES {
        let id = name.replace('-', "_");
        let has = takes.is_some_and(|command| {
            command
                .get_arguments()
                .any(|arg| arg.get_id().as_str() == id)
        });
        let said = matches!(
            source(scope, name),
            Some(ValueSource::CommandLine | ValueSource::EnvVariable)
        );
        if let Some(item) = files.get(name).filter(|_| has && !said) {
            added.extend(flags(item).map(OsString::from));
        }
    }
    added
}

/// A file's item as it would be typed.
pub fn flags(item: &Item) -> impl Iterator<Item = String> {
    item.values
        .iter()
        .map(|value| format!("--{}={value}", item.name))
}
