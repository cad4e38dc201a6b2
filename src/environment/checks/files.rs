//! The two files as files: are they there, can they be read, who else can.

use super::super::{
    Finding, Kind,
    Severity::{Error, Warning},
    scene::Scene,
    words::printable,
};
use std::path::{Path, PathBuf};

pub fn check(scene: &Scene, found: &mut Vec<Finding>) {
    let files = [
        ("AWS_CONFIG_FILE", scene.config_path()),
        ("AWS_SHARED_CREDENTIALS_FILE", scene.credentials_path()),
    ];
    for (name, path) in files {
        let Some(path) = path else { continue };
        found.extend(missing(scene, name, &path));
        found.extend(unreadable(scene, &path));
    }
    found.extend(open(scene));
    found.extend(elsewhere(scene));
}

fn missing(scene: &Scene, name: &str, path: &Path) -> Option<Finding> {
    if !scene.is_set(name) || scene.host.metadata(path).is_some() {
        return None;
    }
    let seen = format!("{name} names a file that is not there.");
    Some(
        Finding::proven(
            "config-path-missing",
            Error,
            seen,
            "The AWS CLI reads no profile from it.",
        )
        .unset(&[name]),
    )
}

fn unreadable(scene: &Scene, path: &Path) -> Option<Finding> {
    let found = scene.host.metadata(path)?;
    if scene.host.file(path).is_some() {
        return None;
    }
    let file = scene.shown(path);
    let (what, remedy) = match found.kind {
        Kind::Folder => ("is a folder", format!("Move the folder {file} away.")),
        Kind::Other => (
            "is no regular file",
            format!("Put a regular file in the place of {file}."),
        ),
        Kind::File if found.owner == Some(0) && scene.host.user() != Some(0) => (
            "belongs to root, and cannot be read",
            format!("Give {file} back to your user: sudo chown \"$USER\" {file}"),
        ),
        Kind::File => (
            "cannot be read by this user",
            format!("Make it readable: chmod 600 {file}"),
        ),
    };
    let finding = Finding::proven(
        "config-unreadable",
        Error,
        format!("{file} {what}."),
        "None of its profiles can be used.",
    );
    Some(finding.advise(remedy))
}

fn open(scene: &Scene) -> Option<Finding> {
    let path = scene.credentials_path()?;
    let found = scene
        .host
        .metadata(&path)
        .filter(|found| found.kind == Kind::File)?;
    // The last six bits are what the group and everybody else may do.
    if found.mode?.trailing_zeros() >= 6 {
        return None;
    }
    let file = scene.shown(&path);
    let finding = Finding::proven(
        "credentials-open-to-others",
        Warning,
        format!("{file} is open to other users of this machine."),
        "They can use its keys.",
    );
    Some(finding.run(&["chmod", "600", &printable(&path.to_string_lossy())]))
}

fn elsewhere(scene: &Scene) -> Option<Finding> {
    let user = scene.host.user()?;
    let home = scene.host.home()?;
    let text = String::from_utf8_lossy(&scene.host.file(Path::new("/etc/passwd"))?).into_owned();
    let own = text.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        (fields.get(2)?.parse() == Ok(user))
            .then(|| PathBuf::from(fields.get(5).copied().unwrap_or_default()))
    })?;
    if own == home || own.as_os_str().is_empty() {
        return None;
    }
    let by = if scene.is_set("SUDO_USER") {
        " (this runs under sudo)"
    } else {
        ""
    };
    let seen = format!("HOME is not the home folder of this user{by}.");
    Some(Finding::likely(
        "home-elsewhere",
        Warning,
        seen,
        "The files in ~/.aws are those of another user.",
    ))
}
