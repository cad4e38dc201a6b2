//! A machine made up for tests: what stands on it is said in one chain of calls.

use super::{
    Processes,
    host::{Host, Kind, Metadata},
    processes::{FakeProcess, FakeProcesses},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// A machine made up for a test.
///
/// ```
/// use awsexplain::environment::{FakeHost, Host};
/// let host = FakeHost::new().with_variable("AWS_REGION", "eu-west-1");
/// assert_eq!(host.variable("AWS_REGION").as_deref(), Some("eu-west-1"));
/// ```
#[derive(Debug, Default, Clone)]
pub struct FakeHost {
    variables: BTreeMap<String, String>,
    files: BTreeMap<PathBuf, Vec<u8>>,
    metadata: BTreeMap<PathBuf, Metadata>,
    links: BTreeMap<PathBuf, PathBuf>,
    ports: BTreeSet<u16>,
    processes: FakeProcesses,
    now: u64,
}

/// The user that a made-up machine runs as.
const USER: u32 = 1000;

impl FakeHost {
    /// A host with nothing on it, whose home is `/home/dev` (or its variable HOME), whose user is number 1000 and whose
    /// clock stands at 2026-01-01.
    #[must_use]
    pub fn new() -> Self {
        Self {
            now: 1_767_225_600,
            ..Self::default()
        }
    }

    /// The same host with a variable set.
    #[must_use]
    pub fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The same host with a file on it, of the user's own and for them alone (`0o600`).
    #[must_use]
    pub fn with_file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.with_file_of(path, bytes, 0o600, USER)
    }

    /// The same host with a file of these permission bits and this owner; without any permission it cannot be read.
    #[must_use]
    pub fn with_file_of(
        mut self,
        path: &str,
        bytes: impl AsRef<[u8]>,
        mode: u32,
        owner: u32,
    ) -> Self {
        let path = PathBuf::from(path);
        if mode & 0o444 != 0 {
            self.files.insert(path.clone(), bytes.as_ref().to_vec());
        }
        self.metadata.insert(
            path,
            Metadata {
                kind: Kind::File,
                mode: Some(mode),
                owner: Some(owner),
            },
        );
        self
    }

    /// The same host with a folder on it.
    #[must_use]
    pub fn with_folder(mut self, path: &str) -> Self {
        let folder = Metadata {
            kind: Kind::Folder,
            mode: Some(0o755),
            owner: Some(USER),
        };
        self.metadata.insert(PathBuf::from(path), folder);
        self
    }

    /// The same host with a link on it, already followed.
    #[must_use]
    pub fn with_link(mut self, path: &str, target: &str) -> Self {
        self.links
            .insert(PathBuf::from(path), PathBuf::from(target));
        self
    }

    /// The same host with something listening at a port.
    #[must_use]
    pub fn with_port(mut self, port: u16) -> Self {
        self.ports.insert(port);
        self
    }

    /// The same host with a process; number 100 is ours.
    #[must_use]
    pub fn with_process(mut self, id: u32, process: FakeProcess) -> Self {
        self.processes.0.insert(id, process);
        self
    }

    /// The same host with its processes as macOS shows them; otherwise they are as Linux shows them.
    #[must_use]
    pub fn on_macos(mut self) -> Self {
        self.processes = self.processes.on_macos();
        self
    }

    /// The same host at another time, in seconds since 1970.
    #[must_use]
    pub fn at(mut self, now: u64) -> Self {
        self.now = now;
        self
    }

    fn target<'a>(&'a self, path: &'a Path) -> &'a Path {
        self.links.get(path).map_or(path, PathBuf::as_path)
    }
}

impl Host for FakeHost {
    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn variable_names(&self) -> Vec<String> {
        self.variables.keys().cloned().collect()
    }

    fn file(&self, path: &Path) -> Option<Vec<u8>> {
        self.files.get(self.target(path)).cloned()
    }

    fn now(&self) -> u64 {
        self.now
    }

    fn home(&self) -> Option<PathBuf> {
        Some(PathBuf::from(
            self.variables
                .get("HOME")
                .map_or("/home/dev", String::as_str),
        ))
    }

    fn metadata(&self, path: &Path) -> Option<Metadata> {
        self.metadata.get(self.target(path)).copied()
    }

    fn names_in(&self, folder: &Path) -> Vec<String> {
        let names = self
            .metadata
            .keys()
            .filter_map(|path| path.strip_prefix(folder).ok());
        let firsts = names.filter_map(|rest| rest.iter().next());
        let unique: BTreeSet<String> = firsts
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        unique.into_iter().collect()
    }

    fn resolved(&self, path: &Path) -> Option<PathBuf> {
        let target = self.target(path);
        self.metadata
            .contains_key(target)
            .then(|| target.to_path_buf())
    }

    fn user(&self) -> Option<u32> {
        Some(USER)
    }

    fn listens(&self, address: SocketAddr) -> bool {
        !address.ip().is_loopback() || self.ports.contains(&address.port())
    }

    fn processes(&self) -> Option<&dyn Processes> {
        Some(&self.processes)
    }
}
