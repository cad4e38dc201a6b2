//! The checks: small functions from a scene to findings, one file per group, all groups in one table.
//!
//! A check says what is so; it does not know which error was printed. What it says holds names, files, lines and ages,
//! never a value.

mod clock;
mod context;
mod endpoint;
mod file_keys;
mod file_lines;
mod files;
mod keys;
mod options;
mod profiles;
mod region;
mod roles;
mod shell;
mod slugs;
mod sso;
mod values;
mod variables;
mod web_identity;

use super::{Finding, Said, scene::Scene};

/// All groups of checks, in the order in which their findings are told.
const GROUPS: &[fn(&Scene, &mut Vec<Finding>)] = &[
    context::check,
    variables::check,
    keys::check,
    shell::check,
    web_identity::check,
    files::check,
    file_lines::check,
    file_keys::check,
    profiles::check,
    roles::check,
    sso::check,
    region::check,
    endpoint::check,
    clock::check,
];

/// The groups that have checks which look at what the error says, too.
const OF_ERROR: &[fn(&Scene, &Said, &mut Vec<Finding>)] = &[
    variables::of_error,
    profiles::of_error,
    region::of_error,
    endpoint::of_error,
    clock::of_error,
    options::of_error,
];

/// What is so whatever an error says.
pub(super) fn standing(scene: &Scene) -> Vec<Finding> {
    let mut found = Vec::new();
    for group in GROUPS {
        group(scene, &mut found);
    }
    found
}

/// What is found for an error that says this.
pub(super) fn of_error(scene: &Scene, said: &Said, found: &mut Vec<Finding>) {
    for group in OF_ERROR {
        group(scene, said, found);
    }
}

/// Every slug that a finding can have, as `docs/checks.md` lists them.
#[must_use]
pub fn slugs() -> &'static [&'static str] {
    slugs::SLUGS
}
