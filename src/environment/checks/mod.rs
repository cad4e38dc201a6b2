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
mod profiles;
mod region;
mod roles;
mod shell;
mod slugs;
mod sso;
mod values;
mod variables;
mod web_identity;

use super::{About, Finding, Host, scene::Scene};

/// Makes the checks of one group.
type Group = fn(&Scene, &mut Vec<Finding>);

/// All groups, in the order in which their findings are told.
const GROUPS: &[Group] = &[
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

/// Makes all checks that need no network, in a fixed order.
///
/// Nothing is run and nothing is sent; where the message speaks of a connection, or where there is none
/// (`awsexplain check`), a port of this very machine that an endpoint or a proxy names is tried.
#[must_use]
pub fn examine(host: &dyn Host, about: &About) -> Vec<Finding> {
    let scene = Scene::new(host, about);
    let mut found = Vec::new();
    for group in GROUPS {
        group(&scene, &mut found);
    }
    found
}

/// Every slug that a finding can have, as `docs/checks.md` lists them.
#[must_use]
pub fn slugs() -> &'static [&'static str] {
    slugs::SLUGS
}
