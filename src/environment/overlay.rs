//! The machine as a command sees it: where the command has variables of its own, those stand in the place of ours.
//!
//! In `AWS_PROFILE=x aws … | awsexplain` the variable is the command's alone. Of its variables the ones that the checks
//! judge by are taken ([`is_wanted`]); everything else (files, the clock, PATH) is the same for both.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use super::{
    Processes,
    host::{Host, Metadata},
};

/// Names that AWS clients read beside those that begin with `AWS_`.
const WANTED: &[&str] = &[
    "HOME",
    "USERPROFILE",
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "NO_PROXY",
    "no_proxy",
    "ALL_PROXY",
    "all_proxy",
    "REQUESTS_CA_BUNDLE",
    "SSL_CERT_FILE",
    "CURL_CA_BUNDLE",
];

/// Whether a variable of another process is one that the checks judge by; no other one is read.
#[must_use]
pub fn is_wanted(name: &str) -> bool {
    name.starts_with("AWS_") || WANTED.contains(&name)
}

/// A host with the wanted variables of a command in the place of its own.
pub struct Overlay<'h> {
    host: &'h dyn Host,
    /// The command's own; `None` where it has ours.
    variables: Option<BTreeMap<String, String>>,
}

impl<'h> Overlay<'h> {
    /// The host itself: the command has the variables that we have.
    #[must_use]
    pub fn none(host: &'h dyn Host) -> Self {
        Self {
            host,
            variables: None,
        }
    }

    /// The host as a command with these variables sees it.
    pub fn of(host: &'h dyn Host, variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let wanted = variables.into_iter().filter(|(name, _)| is_wanted(name));
        Self {
            host,
            variables: Some(wanted.collect()),
        }
    }
}

impl Host for Overlay<'_> {
    fn variable(&self, name: &str) -> Option<String> {
        match &self.variables {
            Some(variables) if is_wanted(name) => variables.get(name).cloned(),
            _ => self.host.variable(name),
        }
    }

    fn variable_names(&self) -> Vec<String> {
        let mut names = self.host.variable_names();
        if let Some(variables) = &self.variables {
            names.retain(|name| !is_wanted(name));
            names.extend(variables.keys().cloned());
            names.sort();
        }
        names
    }

    fn file(&self, path: &Path) -> Option<Vec<u8>> {
        self.host.file(path)
    }

    fn now(&self) -> u64 {
        self.host.now()
    }

    fn home(&self) -> Option<PathBuf> {
        let own = self.variables.as_ref().and_then(|all| all.get("HOME"));
        match own.filter(|home| !home.is_empty()) {
            Some(home) => Some(PathBuf::from(home)),
            None => self.host.home(),
        }
    }

    fn metadata(&self, path: &Path) -> Option<Metadata> {
        self.host.metadata(path)
    }

    fn names_in(&self, folder: &Path) -> Vec<String> {
        self.host.names_in(folder)
    }

    fn resolved(&self, path: &Path) -> Option<PathBuf> {
        self.host.resolved(path)
    }

    fn user(&self) -> Option<u32> {
        self.host.user()
    }

    fn listens(&self, address: SocketAddr) -> bool {
        self.host.listens(address)
    }

    fn processes(&self) -> Option<&dyn Processes> {
        self.host.processes()
    }
}
