//! The failing command as it is to be run again when a cause is mended.
//!
//! What proves a repair is the command itself. It is written with what the repair changes of it: in
//! `AWS_PROFILE=prd aws s3 ls` the variable is the command's alone, so that no `export` mends it, and the line to type is
//! `AWS_PROFILE=prod aws s3 ls`. Where the command has variables of its own that are not to be shown (keys), there is no
//! such line, and the reader is told in words.

use std::fmt::Write;

use super::{Here, Shell};
use crate::{
    environment::{Command, Finding, Host, Remedy},
    secrets::redact,
};

/// Variables of a command that may be shown, since their values are names and switches.
const SHOWN: &[&str] = &[
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_DEFAULT_OUTPUT",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_CA_BUNDLE",
    "AWS_PAGER",
    "AWS_MAX_ATTEMPTS",
    "AWS_RETRY_MODE",
    "AWS_SDK_LOAD_CONFIG",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_STS_REGIONAL_ENDPOINTS",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
];

/// What a repair changes of the command: by name, the new value, or that it goes.
#[derive(Debug, Default)]
pub struct Changes<'f> {
    variables: Vec<(&'f str, Option<&'f str>)>,
    options: Vec<(&'f str, Option<&'f str>)>,
    /// Options that are to be others.
    renamed: Vec<(&'f str, &'f str)>,
}

impl<'f> Changes<'f> {
    /// What these findings and the entry's own steps (variables that they take out) change.
    pub fn of(findings: &[&'f Finding], unset: impl Iterator<Item = &'f str>) -> Self {
        let mut changes = Self::default();
        for remedy in findings.iter().flat_map(|finding| &finding.fix) {
            match remedy {
                Remedy::Set(name, value) => changes.variables.push((name, Some(value))),
                Remedy::Unset(names) => changes
                    .variables
                    .extend(names.iter().map(|name| (&name[..], None))),
                Remedy::Give(option, value) => changes.options.push((option, value.as_deref())),
                Remedy::Rename(option, right) => changes.renamed.push((option, right)),
                Remedy::Look(_) | Remedy::Run(_) | Remedy::Do(_) => {}
            }
        }
        changes.variables.extend(unset.map(|name| (name, None)));
        changes
    }
}

/// Whether a variable is set for the command alone, so that the shell around it can neither set it nor take it out.
pub fn is_alone(here: Here<'_>, name: &str) -> bool {
    let (Some(command), Some(shell)) = (here.host, here.around) else {
        return false;
    };
    let own = command.variable(name);
    own.is_some() && own != shell.variable(name)
}

/// The command, written for the shell, with these changes; what may be secret in its words stands as a blank. `None` where
/// it is not known or cannot be shown.
pub fn again(here: Here<'_>, changes: &Changes<'_>) -> Option<String> {
    let mut command: Command = here.command?.clone();
    for (option, value) in &changes.options {
        command = command.given(option, *value);
    }
    for (option, right) in &changes.renamed {
        command = command.renamed(option, right);
    }
    let shown = command.shown()?.into_iter();
    let words: Vec<String> = shown
        .map(|word| {
            if redact(&word) == word {
                word
            } else {
                "<value>".to_owned()
            }
        })
        .collect();
    let mut line = before(here, changes)?;
    line.push_str(&here.shell.line(&words));
    Some(line)
}

/// What stands before the command: the variables that are set for it alone.
fn before(here: Here<'_>, changes: &Changes<'_>) -> Option<String> {
    let mut before = String::new();
    let names = here.host.map(Host::variable_names).unwrap_or_default();
    for name in names
        .iter()
        .filter(|name| name.starts_with("AWS_") && is_alone(here, name))
    {
        let own = here.host.and_then(|host| host.variable(name));
        let mut renewed = changes.variables.iter();
        let value = match renewed.find(|(changed, _)| changed == name) {
            Some((_, None)) => continue,
            Some((_, Some(value))) => (*value).to_owned(),
            None => own.filter(|_| SHOWN.contains(&&name[..]))?,
        };
        let is_plain =
            value.len() <= 100 && !value.chars().any(char::is_control) && redact(&value) == value;
        // Other shells have no such prefix.
        if !is_plain || !matches!(here.shell, Shell::Posix | Shell::Fish) {
            return None;
        }
        let _ = write!(before, "{name}={} ", here.shell.word(&value));
    }
    Some(before)
}
