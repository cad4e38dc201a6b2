//! Which AWS CLI comes first on PATH. Nothing is run: its place and its first line tell.

use super::Host;
use std::path::{Path, PathBuf};

/// An AWS CLI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Client {
    /// Version 1, a Python package.
    V1,
    /// Version 2.
    V2,
    /// None is found, or its version cannot be told; it is taken for version 2.
    #[default]
    Unknown,
}

/// Every `aws` on PATH, in order, each file once.
pub(super) fn all(host: &dyn Host) -> Vec<PathBuf> {
    let mut files: Vec<(PathBuf, PathBuf)> = Vec::new();
    for folder in std::env::split_paths(&host.variable("PATH").unwrap_or_default()) {
        let path = folder.join("aws");
        // Asked first: to resolve a path costs a call of the system for each of its folders.
        let Some(file) = runs(host, &path).then(|| host.resolved(&path)).flatten() else {
            continue;
        };
        if !files.iter().any(|(_, known)| *known == file) {
            files.push((path, file));
        }
    }
    files.into_iter().map(|(path, _)| path).collect()
}

/// Whether a path is a program.
pub(super) fn runs(host: &dyn Host, path: &Path) -> bool {
    let found = host.metadata(path);
    found.is_some_and(|found| {
        found.kind == super::Kind::File && found.mode.is_none_or(|mode| mode & 0o111 != 0)
    })
}

/// The version of an `aws`, by the folder it is installed in, or by the package beside it.
pub(super) fn version(host: &dyn Host, path: &Path) -> Client {
    let Some(file) = host.resolved(path) else {
        return Client::Unknown;
    };
    let place = file.to_string_lossy().replace('\\', "/");
    if place.contains("/aws-cli/v2/")
        || place.contains("/awscli/2.")
        || place.contains("/AWSCLIV2/")
    {
        return Client::V2;
    }
    if place.contains("/awscli/1.") {
        return Client::V1;
    }
    let Some(root) = file.parent().and_then(Path::parent) else {
        return Client::Unknown;
    };
    let library = root.join("lib");
    let pythons = host
        .names_in(&library)
        .into_iter()
        .filter(|name| name.starts_with("python"));
    let packages = pythons.flat_map(|python| {
        ["site-packages", "dist-packages"].map(|kind| library.join(&python).join(kind))
    });
    let mut names = packages.flat_map(|folder| host.names_in(&folder));
    let version = |name: &String| match name.strip_prefix("awscli-")?.as_bytes() {
        [b'1', b'.', ..] => Some(Client::V1),
        [b'2', b'.', ..] => Some(Client::V2),
        _ => None,
    };
    names.find_map(|name| version(&name)).unwrap_or_default()
}
