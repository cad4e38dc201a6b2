//! The machine, as far as the checks look at it: one trait, one real host and one made up for tests.
//!
//! Every fact that a check reads comes through [`Host`], so that a check is a pure function of a host.
//! Values are secret until shown otherwise: a host hands them out, a check never passes them on.

use std::{
    ffi::OsString,
    io::Read,
    net::{SocketAddr, TcpStream},
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::Processes;

/// The most bytes that are read of any one file.
pub const FILE_CAP: u64 = 1 << 20;

/// The most names that are read of any one folder.
const FOLDER_CAP: usize = 4096;

/// How long a port of this machine is given to answer; an open or a closed one answers within a millisecond.
const PORT_LIMIT: Duration = Duration::from_millis(50);

/// What stands under a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A device, a named pipe, a socket: never opened.
    Other,
}

/// What is known of a path without opening it; links are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Metadata {
    /// What it is.
    pub kind: Kind,
    /// Its permission bits (`0o644`); `None` where the system has no such thing.
    pub mode: Option<u32>,
    /// Its owner's number; `None` where the system has no such thing.
    pub owner: Option<u32>,
}

/// Where the checks get their facts from.
pub trait Host: Sync {
    /// The value of a variable; `None` where it is not set. A value that is not UTF-8 comes with replacement characters.
    fn variable(&self, name: &str) -> Option<String>;
    /// The names of all variables that are set, sorted.
    fn variable_names(&self) -> Vec<String>;
    /// The bytes of a regular file, at most [`FILE_CAP`]; `None` where there is none or it cannot be read.
    fn file(&self, path: &Path) -> Option<Vec<u8>>;
    /// Seconds since 1970.
    fn now(&self) -> u64;
    /// The user's home folder, as the AWS clients find it.
    fn home(&self) -> Option<PathBuf>;
    /// What stands under a path; `None` where nothing does, or where it cannot be known.
    fn metadata(&self, path: &Path) -> Option<Metadata>;
    /// The names in a folder, sorted, at most 4096; empty where there is no such folder.
    fn names_in(&self, folder: &Path) -> Vec<String>;
    /// A path with all links followed; `None` where there is none.
    fn resolved(&self, path: &Path) -> Option<PathBuf>;
    /// The number of the user that this runs as; `None` where the system has no such thing.
    fn user(&self) -> Option<u32>;
    /// Whether something listens at an address of this machine. Never asked of any other machine: `true` there.
    fn listens(&self, address: SocketAddr) -> bool;
    /// The processes beside us; `None` where the system does not show them.
    fn processes(&self) -> Option<&dyn Processes> {
        None
    }
}

/// This machine.
#[derive(Debug, Default, Clone, Copy)]
pub struct RealHost;

impl Host for RealHost {
    fn variable(&self, name: &str) -> Option<String> {
        std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
    }

    fn variable_names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::env::vars_os()
            .filter_map(|(name, _): (OsString, OsString)| name.into_string().ok())
            .collect();
        names.sort();
        names
    }

    fn file(&self, path: &Path) -> Option<Vec<u8>> {
        // Asked first, so that a named pipe or a device is never opened.
        if !std::fs::metadata(path).ok()?.is_file() {
            return None;
        }
        let file = std::fs::File::open(path).ok()?;
        read_up_to(file, FILE_CAP)
    }

    fn now(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        since.unwrap_or(Duration::ZERO).as_secs()
    }

    fn home(&self) -> Option<PathBuf> {
        std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
    }

    fn metadata(&self, path: &Path) -> Option<Metadata> {
        let found = std::fs::metadata(path).ok()?;
        let kind = match found.file_type() {
            kind if kind.is_file() => Kind::File,
            kind if kind.is_dir() => Kind::Folder,
            _ => Kind::Other,
        };
        let (mode, owner) = permissions(&found);
        Some(Metadata { kind, mode, owner })
    }

    fn names_in(&self, folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries
            .take(FOLDER_CAP)
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    fn resolved(&self, path: &Path) -> Option<PathBuf> {
        std::fs::canonicalize(path).ok()
    }

    fn user(&self) -> Option<u32> {
        user_number()
    }

    fn listens(&self, address: SocketAddr) -> bool {
        !address.ip().is_loopback() || TcpStream::connect_timeout(&address, PORT_LIMIT).is_ok()
    }

    #[cfg(any(target_os = "linux", target_os = "macos"))]
    fn processes(&self) -> Option<&dyn Processes> {
        Some(&super::processes::OfThisSystem)
    }
}

/// What a file has, up to so many bytes; most are read in one go.
pub(super) fn read_up_to(file: std::fs::File, cap: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(4096);
    file.take(cap).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(unix)]
fn permissions(found: &std::fs::Metadata) -> (Option<u32>, Option<u32>) {
    use std::os::unix::fs::MetadataExt;
    (Some(found.mode() & 0o7777), Some(found.uid()))
}

#[cfg(not(unix))]
fn permissions(_: &std::fs::Metadata) -> (Option<u32>, Option<u32>) {
    (None, None)
}

#[cfg(unix)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "other systems have no such number"
)]
fn user_number() -> Option<u32> {
    Some(rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn user_number() -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_opens_what_is_no_regular_file() {
        for path in ["/dev/zero", "/dev/tty", "/", "/nowhere"] {
            assert_eq!(RealHost.file(Path::new(path)), None, "{path}");
        }
    }

    #[test]
    fn tells_an_open_port_from_a_closed_one() {
        // A port that is closed may be another program's a moment later, but hardly every time.
        let told = (0..5).any(|_| {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
            let address = listener.local_addr().expect("it has an address");
            assert!(RealHost.listens(address));
            drop(listener);
            !RealHost.listens(address)
        });
        assert!(told);
    }
}
