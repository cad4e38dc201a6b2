//! The processes beside us, as far as it takes to find the command that we read: who started whom, which pipes their
//! streams are, their words, and of their variables those that AWS clients read.
//!
//! Linux shows them under `/proc`, macOS to those who ask its kernel. Elsewhere there is no [`Processes`], and what is said
//! of this machine is said as the shell around us sees it. Who is looked for, and what is made of it, is the matter of
//! `beside` and `around`, which know of no system.

mod fake;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(any(target_os = "macos", test))]
mod macos;

pub use fake::{FakeProcess, FakeProcesses};

#[cfg(target_os = "linux")]
pub use linux::Linux as OfThisSystem;
#[cfg(target_os = "macos")]
pub use macos::MacOs as OfThisSystem;

#[cfg(any(target_os = "linux", target_os = "macos", test))]
use super::overlay::is_wanted;

/// Where a stream of a process goes to or comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// A pipe; both ends have the same number.
    Pipe(u64),
    /// A regular file.
    File,
    /// A terminal, a device, a socket.
    Other,
}

/// The processes of this machine. What has ended, and what belongs to others, gives nothing.
pub trait Processes {
    /// Our own number.
    fn own(&self) -> u32;
    /// Who started a process.
    fn parent(&self, process: u32) -> Option<u32>;
    /// The group of a process: a shell gives all of a pipeline the same one.
    fn group(&self, process: u32) -> Option<u32>;
    /// Those that a process started and that still are, in the order of their start.
    fn children(&self, process: u32) -> Vec<u32>;
    /// The words it was started with; they may be secret. Where the system shows only its name (macOS, of others), that one.
    fn words(&self, process: u32) -> Vec<String>;
    /// Whether [`words`](Self::words) are all that there are, so that the same command can be run by them.
    fn tells_every_word(&self) -> bool;
    /// A stream: 0 what it reads, 1 its output, 2 its errors.
    fn stream(&self, process: u32, number: u8) -> Option<Stream>;
    /// The variables that it was started with, as far as AWS clients read them; the values may be secret. `None` where the
    /// system does not show them.
    fn variables(&self, process: u32) -> Option<Vec<(String, String)>>;
}

/// Of texts `NAME=value` those that AWS clients read.
#[cfg(any(target_os = "linux", target_os = "macos", test))]
fn wanted<'t>(texts: impl Iterator<Item = &'t [u8]>) -> Vec<(String, String)> {
    let pairs = texts.filter_map(|pair| {
        let at = pair.iter().position(|byte| *byte == b'=')?;
        let name = std::str::from_utf8(&pair[..at]).ok()?;
        is_wanted(name).then(|| (name.to_owned(), text(&pair[at + 1..])))
    });
    pairs.collect()
}

#[cfg(any(target_os = "linux", target_os = "macos", test))]
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(all(test, any(target_os = "linux", target_os = "macos")))]
mod tests {
    use super::*;
    use std::{
        io::{Read, Write},
        process::{Command, Stdio},
    };

    #[test]
    fn a_child_is_seen_with_its_words_variables_and_streams() {
        let system = OfThisSystem;
        let mut child = Command::new("cat")
            .env("AWS_PROFILE", "x")
            .env("OTHER", "y")
            .arg("-")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("cat is there");
        // Once it has answered it has begun; before that its words may not be there yet.
        let (mut to, mut from) = (
            child.stdin.take().expect("a pipe"),
            child.stdout.take().expect("a pipe"),
        );
        let mut answer = [0];
        to.write_all(b"x")
            .and_then(|()| from.read_exact(&mut answer))
            .expect("it answers");
        let (id, own) = (child.id(), system.own());
        assert_eq!(system.words(id), ["cat", "-"]);
        assert_eq!(system.parent(id), Some(own));
        assert_eq!(system.group(id), system.group(own));
        assert!(system.children(own).contains(&id));
        assert!(matches!(system.stream(id, 0), Some(Stream::Pipe(_))));
        assert_ne!(system.stream(id, 0), system.stream(id, 1));
        assert_eq!(system.stream(id, 2), Some(Stream::Other));
        // macOS keeps back those of its own programs.
        if cfg!(target_os = "linux") {
            let variables = system.variables(id).expect("they can be read");
            assert!(variables.contains(&("AWS_PROFILE".to_owned(), "x".to_owned())));
            assert!(variables.iter().all(|(name, _)| name != "OTHER"));
        }
        drop(to);
        child.wait().expect("it ends");
        assert_eq!((system.words(id), system.stream(id, 0)), (Vec::new(), None));
    }
}
