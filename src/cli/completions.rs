//! Completions: at each Tab the shell asks the program itself, so that codes, areas and services are known as well.

use std::ffi::OsStr;

use clap_complete::{
    CompletionCandidate, Shell,
    env::{CompleteEnv, Shells},
};

use super::{arguments, screen};
use crate::{
    catalogue,
    error::Result,
    knowledge::{self, Knowledge},
};

/// The variable by which a shell asks.
const VARIABLE: &str = "AWSEXPLAIN_COMPLETE";

/// Answers a shell that asks, and ends then; does nothing otherwise.
pub fn answer() {
    if std::env::var_os(VARIABLE).is_some() {
        let asked = CompleteEnv::with_factory(arguments::described);
        asked.var(VARIABLE).complete();
    }
}

/// Prints what makes a shell ask.
pub fn completions(shell: Shell) -> Result<u8> {
    screen::print(&script(shell)?)
}

/// What makes a shell ask.
pub fn script(shell: Shell) -> Result<Vec<u8>> {
    let (mut script, name) = (Vec::new(), "awsexplain");
    let shells = Shells::builtins();
    if let Some(asking) = shells.completer(&shell.to_string()) {
        let written = asking.write_registration(VARIABLE, name, name, name, &mut script);
        written.map_err(screen::unwritten)?;
    }
    Ok(script)
}

/// The codes that begin with what was typed: those with entries of their own, and behind the first letter all others.
pub fn codes(typed: &OsStr) -> Vec<CompletionCandidate> {
    let knowledge = Knowledge::default();
    let others = catalogue::codes().map(|(code, _)| code);
    let others = others.filter(|_| !typed.is_empty());
    beginning(typed, knowledge.codes().into_iter().chain(others))
}

/// The areas of the knowledge.
pub fn areas(typed: &OsStr) -> Vec<CompletionCandidate> {
    let areas = knowledge::all().filter_map(|(id, _)| id.split('/').next());
    beginning(typed, areas)
}

/// The services of the catalogue.
pub fn services(typed: &OsStr) -> Vec<CompletionCandidate> {
    beginning(typed, catalogue::services())
}

fn beginning<'w>(typed: &OsStr, words: impl Iterator<Item = &'w str>) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else {
        return Vec::new();
    };
    let mut words: Vec<&str> = words.filter(|word| word.starts_with(typed)).collect();
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(CompletionCandidate::new).collect()
}
