//! What the shell was told: which profile to use, and which files set the credential variables anew.

use super::{
    super::{
        Finding,
        Severity::{Error, Info, Warning},
        scene::Scene,
        words::quoted,
    },
    variables::set_names,
};
use std::path::PathBuf;

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    found.extend(two_profiles(scene));
    found.extend(profile_beside_keys(scene));
    found.extend(empty_profile(scene));
    found.extend(set_by_file(scene));
}

fn two_profiles(scene: &Scene) -> Option<Finding> {
    let (new, old) = (
        scene.variable("AWS_PROFILE")?,
        scene.variable("AWS_DEFAULT_PROFILE")?,
    );
    if new == old || scene.about.profile.is_some() {
        return None;
    }
    let seen = "AWS_PROFILE and AWS_DEFAULT_PROFILE name different profiles.";
    let conclusion =
        "Version 1 of the AWS CLI and boto3 take AWS_DEFAULT_PROFILE; version 2 takes AWS_PROFILE.";
    Some(
        Finding::proven("two-profile-variables", Warning, seen, conclusion)
            .unset(&["AWS_DEFAULT_PROFILE"]),
    )
}

fn profile_beside_keys(scene: &Scene) -> Option<Finding> {
    if !scene.keys_in_variables() {
        return None;
    }
    let profile = scene
        .variable("AWS_PROFILE")
        .filter(|profile| !profile.trim().is_empty())?;
    let seen = format!(
        "AWS_PROFILE ({}) is set beside the key variables.",
        quoted(&profile)
    );
    let conclusion = "The AWS CLI uses the keys; the SDK for JavaScript and the one for .NET (version 3) use the profile.";
    Some(
        Finding::proven("profile-beside-key-variables", Warning, seen, conclusion)
            .unset(&set_names(scene)),
    )
}

fn empty_profile(scene: &Scene) -> Option<Finding> {
    let is_empty = |name: &&str| {
        scene
            .host
            .variable(name)
            .is_some_and(|value| value.trim().is_empty())
    };
    let name = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"]
        .into_iter()
        .find(is_empty)?;
    if scene.about.profile.is_some() {
        return None;
    }
    let seen = format!("{name} is set, to nothing.");
    let finding = Finding::proven(
        "empty-profile-variable",
        Error,
        seen,
        "The AWS CLI looks for a profile without a name.",
    );
    Some(finding.unset(&[name]))
}

/// The files that set variables anew in every shell.
const START_FILES: &[&str] = &[
    ".bashrc",
    ".bash_profile",
    ".profile",
    ".zshrc",
    ".zshenv",
    ".zprofile",
    ".config/fish/config.fish",
];

fn set_by_file(scene: &Scene) -> Option<Finding> {
    let names = set_names(scene);
    if names.is_empty() {
        return None;
    }
    let home = scene.host.home()?;
    let start_files = START_FILES.iter().map(|name| home.join(name));
    let (path, line, name) = start_files
        .chain([".env", ".envrc"].map(PathBuf::from))
        .find_map(|path| {
            let text = String::from_utf8_lossy(&scene.host.file(&path)?).into_owned();
            let mut lines = (1..).zip(text.lines());
            lines.find_map(|(line, text)| {
                let name = names.iter().find(|name| assigns(text, name))?;
                Some((path.clone(), line, *name))
            })
        })?;
    let file = scene.shown(&path);
    let seen = format!("{file} line {line} sets {name}.");
    let finding = Finding::proven(
        "variable-set-by-file",
        Info,
        seen,
        "Taking it out of this shell does not last.",
    );
    Some(finding.advise(format!("Take the line out of {file} (line {line}).")))
}

/// Whether a line of a shell's or a `.env` file sets a variable.
fn assigns(line: &str, name: &str) -> bool {
    let line = line.trim_start();
    let fish = line
        .strip_prefix("set ")
        .is_some_and(|rest| rest.split_whitespace().any(|word| word == name));
    let rest = line.strip_prefix("export ").unwrap_or(line).trim_start();
    fish || rest
        .strip_prefix(name)
        .is_some_and(|rest| rest.starts_with('='))
}
