//! Settings: what was typed, then variables, then the repository's file, then the user's, then what is built in.
//!
//! A file holds the same names as the flags. What neither a flag nor a variable sets is taken from the files and put before
//! the typed arguments as if it had been typed, so that every value is read and refused in one way. Without a file nothing
//! of this costs more than the failed attempts to open one.

use std::{ffi::OsString, path::PathBuf};

use clap::{
    ArgMatches, FromArgMatches,
    error::{ContextKind, ContextValue},
    parser::ValueSource,
};

use super::{
    arguments::{self, Arguments, Command},
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
    "summary",
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

impl Stop {
    /// The variable that a refused value is from, where it was not typed.
    pub fn variable(fault: &clap::Error) -> Option<String> {
        let Some(ContextValue::String(flag)) = fault.get(ContextKind::InvalidArg) else {
            return None;
        };
        let name = flag.split([' ', '=', '[']).next().unwrap_or_default();
        if std::env::args().any(|typed| typed.starts_with(name)) {
            return None;
        }
        let name = name.trim_start_matches('-').replace('-', "_");
        let variable = format!("AWSEXPLAIN_{}", name.to_uppercase());
        std::env::var_os(&variable).map(|_| variable)
    }
}

/// Whether everything only passes through: `AWSEXPLAIN=off`.
pub fn is_off() -> bool {
    std::env::var_os("AWSEXPLAIN").is_some_and(|value| value.eq_ignore_ascii_case("off"))
}

/// The arguments of this process, with the files' settings where nothing else was said.
pub fn arguments(typed: Vec<OsString>) -> Result<Arguments, Stop> {
    let matches = arguments::described().try_get_matches_from(&typed)?;
    let (scope, behind) = match matches.subcommand() {
        Some((_, scope)) => (scope, 2),
        None => (&matches, 1),
    };
    let flags = flags_of(matches.subcommand_name());
    let files = if flags.is_empty() {
        Files::default()
    } else {
        let named = scope.try_get_one::<PathBuf>("config").ok().flatten();
        config_file::find(named.map(PathBuf::as_path)).map_err(Stop::Fault)?
    };
    let folders_typed = source(scope, "knowledge") == Some(ValueSource::CommandLine);
    let mut arguments = if files.is_empty() {
        Arguments::from_arg_matches(&matches)?
    } else {
        let added = added(&files, scope, &flags);
        let mut all = typed;
        all.splice(behind..behind, added);
        Arguments::from_arg_matches(&arguments::described().try_get_matches_from(all)?)?
    };
    let knowledge = match &mut arguments.command {
        None => Some(&mut arguments.filter.telling.knowledge),
        Some(Command::Explain(explain)) => Some(&mut explain.0.knowledge),
        Some(Command::List(list)) => Some(&mut list.0.knowledge),
        Some(Command::Report(report)) => Some(&mut report.0.knowledge),
        Some(Command::Run(run)) => {
            run.0.form_typed = source(scope, "format") == Some(ValueSource::CommandLine);
            Some(&mut run.0.telling.knowledge)
        }
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

/// The settings that a command has a flag for; all of them for the filter.
fn flags_of(command: Option<&str>) -> Vec<&'static str> {
    let Some(command) = command else {
        return NAMES.to_vec();
    };
    let mut all = arguments::described();
    let takes = all.find_subcommand_mut(command).map(|command| {
        command.build();
        &*command
    });
    let has = |name: &&&str| {
        let id = name.replace('-', "_");
        let mut flags = takes.into_iter().flat_map(clap::Command::get_arguments);
        flags.any(|flag| flag.get_id() == id.as_str())
    };
    NAMES.iter().filter(has).copied().collect()
}

/// The settings of the files that nothing typed and no variable sets, as they would be typed.
fn added(files: &Files, scope: &ArgMatches, names: &[&str]) -> Vec<OsString> {
    let is_said = |name: &str| {
        let said = source(scope, name);
        said == Some(ValueSource::CommandLine) || said == Some(ValueSource::EnvVariable)
    };
    let unsaid = names.iter().filter(|name| !is_said(name));
    unsaid
        .filter_map(|name| files.get(name))
        .flat_map(flags)
        .map(OsString::from)
        .collect()
}

/// A file's item as it would be typed.
pub fn flags(item: &Item) -> impl Iterator<Item = String> {
    item.values
        .iter()
        .map(|value| format!("--{}={value}", item.name))
}
