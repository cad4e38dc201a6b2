//! The profile in use: is it there, and where do its credentials come from.

use super::super::{
    Finding, Said,
    Severity::{Error, Info},
    chain::sources,
    client,
    files::IniFile,
    scene::Scene,
    words::{as_word, quoted},
};
use std::path::Path;

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    let answers = sources(scene);
    if let Some(first) = answers.first() {
        let seen = format!(
            "The AWS CLI takes its credentials from {} ({}).",
            first.source.name(),
            first.at
        );
        found.push(Finding::proven(
            "credential-source-found",
            Info,
            seen,
            "There is a source of credentials.",
        ));
    } else {
        let seen = "No variable, file or cache gives credentials.";
        found.push(Finding::proven(
            "no-credential-source",
            Error,
            seen,
            "Log in (aws sso login, aws login), or store keys (aws configure).",
        ));
    }
    if answers.is_empty() {
        found.extend(hollow(scene));
    }
    found.extend(process(scene));
}

pub fn of_error(scene: &Scene, said: &Said, found: &mut Vec<Finding>) {
    found.extend(unknown(scene, said));
}

/// The profile that the message could not find, in the words of botocore, and the Go SDK.
fn missed(message: &str) -> Option<&str> {
    let (before, behind) = ("The config profile (", ") could not be found");
    let name = match message.split_once(before) {
        Some((_, rest)) => rest.split_once(behind)?.0,
        None => {
            message
                .split_once("failed to get shared config profile, ")?
                .1
        }
    };
    let name = name.split('\n').next()?.trim();
    (!name.is_empty()).then_some(name)
}

fn unknown(scene: &Scene, said: &Said) -> Option<Finding> {
    let names = scene.profiles();
    // The command may have been given another one by a flag, which only its error tells.
    let (wanted, by) = match missed(&said.message) {
        Some(name) if name != scene.profile => (name, "the error"),
        _ if scene.profile_from.is_empty() => return None,
        _ => (scene.profile.as_str(), scene.profile_from),
    };
    if wanted.trim().is_empty() || names.contains(&wanted) || is_misplaced(scene, wanted) {
        return None;
    }
    // The error's own words come from a log, and are not repeated.
    let seen = if by == "the error" {
        "The profile that the error names is in neither file.".to_owned()
    } else {
        format!("Profile {} (from {by}) is in neither file.", quoted(wanted))
    };
    let finding = Finding::proven(
        "profile-unknown",
        Error,
        seen,
        "The AWS CLI stops at a profile that it cannot find.",
    );
    let distance =
        |name: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &wanted.to_lowercase());
    // In a name of two letters every other name of two letters is two edits away.
    let limit = if wanted.chars().count() < 4 { 1 } else { 2 };
    // Measuring takes time with the product of the lengths; no name that is typed is longer.
    let is_short = |name: &&str| name.len() <= 64 && wanted.len() <= 64;
    let near = names
        .into_iter()
        .filter(is_short)
        .map(|name| (distance(name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min();
    let list = ["aws", "configure", "list-profiles"];
    let is_variable = by.starts_with("AWS_");
    Some(match near {
        Some((_, name)) if is_variable && as_word(name, "") == name => finding.set(by, name),
        Some((_, name)) if by == "--profile" && as_word(name, "") == name => {
            finding.give("--profile", Some(name))
        }
        Some((_, name)) => finding.advise(format!("Name profile {} instead.", quoted(name))),
        None if is_variable => finding.unset(&[by]).look(&list),
        None => finding.look(&list),
    })
}

/// Whether a profile is there under a header of the other file's form; that is told by its header.
fn is_misplaced(scene: &Scene, name: &str) -> bool {
    let has = |file: &Option<IniFile>, header: &str| {
        file.as_ref()
            .is_some_and(|file| file.section(header).is_some())
    };
    has(&scene.config, name)
        || has(&scene.config, &format!("profile {name}"))
        || has(&scene.credentials, &format!("profile {name}"))
}

fn hollow(scene: &Scene) -> Option<Finding> {
    if !scene.profiles().contains(&scene.profile.as_str()) {
        return None;
    }
    let seen = format!(
        "Profile {} has settings, and no source of credentials.",
        quoted(&scene.profile)
    );
    let finding = Finding::proven(
        "profile-hollow",
        Error,
        seen,
        "The AWS CLI finds nothing to sign with.",
    );
    Some(finding.run_for(&scene.profile, &["aws", "configure"]))
}

fn process(scene: &Scene) -> Option<Finding> {
    let place = scene.used("credential_process")?;
    let at = place.spot();
    if needs_shell(place.value()) {
        let seen = format!("{at}: credential_process uses a shell's signs (~, $, |, >).");
        let finding = Finding::proven(
            "credential-process-shell",
            Error,
            seen,
            "No shell reads them.",
        );
        return Some(finding.advise(format!(
            "Write whole paths at {at}, or put the command into a script."
        )));
    }
    let value = place.value().trim();
    let program = match value.strip_prefix(['"', '\'']) {
        Some(rest) => rest.split(['"', '\'']).next()?,
        None => value.split_whitespace().next()?,
    };
    if is_program(scene, program) {
        return None;
    }
    let seen = format!("{at}: the program of credential_process is absent or not executable.");
    let finding = Finding::proven(
        "credential-process-missing",
        Error,
        seen,
        "No credentials come from it.",
    );
    Some(finding.advise(format!("Correct the path at {at}, or install the program.")))
}

fn is_program(scene: &Scene, program: &str) -> bool {
    if program.contains(['/', '\\']) {
        return client::runs(&*scene.host, Path::new(program));
    }
    let paths = scene.host.variable("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| {
        ["", ".exe", ".cmd"]
            .iter()
            .any(|end| client::runs(&*scene.host, &folder.join(format!("{program}{end}"))))
    })
}

/// Whether a command line holds, outside quotes, what only a shell would read.
fn needs_shell(command: &str) -> bool {
    let mut quote = None;
    let mut before = ' ';
    for next in command.chars() {
        match quote {
            Some(open) if open == next => quote = None,
            None if matches!(next, '"' | '\'') => quote = Some(next),
            None if matches!(next, '$' | '|' | '>' | '`') || next == '~' && before == ' ' => {
                return true;
            }
            Some(_) | None => {}
        }
        before = next;
    }
    false
}
