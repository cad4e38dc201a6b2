//! The processes of Linux, under `/proc`.

use std::{fs, path::PathBuf};

use super::{Processes, Stream, text, wanted};
use crate::environment::host::read_up_to;

/// The most bytes that are read of a process's words or variables: as much as the system takes of them by default.
const CAP: u64 = 2 << 20;

/// The most threads of a process whose children are looked at.
const THREADS: usize = 64;

/// The processes of this machine.
#[derive(Debug, Clone, Copy)]
pub struct Linux;

fn path(process: u32, rest: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{process}/{rest}"))
}

fn read(process: u32, rest: &str) -> Option<Vec<u8>> {
    read_up_to(fs::File::open(path(process, rest)).ok()?, CAP)
}

/// A field of `/proc/PID/stat`, counted behind the name, which may hold blanks and brackets: 1 the parent, 2 the group.
fn status(process: u32, field: usize) -> Option<u32> {
    let bytes = read(process, "stat")?;
    let text = String::from_utf8_lossy(&bytes);
    let (_, behind) = text.rsplit_once(')')?;
    behind.split_whitespace().nth(field)?.parse().ok()
}

/// The parts of a text that each end with a zero.
fn parts(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes
        .strip_suffix(b"\0")
        .unwrap_or(bytes)
        .split(|byte| *byte == 0)
}

impl Processes for Linux {
    fn own(&self) -> u32 {
        std::process::id()
    }

    fn parent(&self, process: u32) -> Option<u32> {
        status(process, 1).filter(|parent| *parent > 0)
    }

    fn group(&self, process: u32) -> Option<u32> {
        status(process, 2)
    }

    fn children(&self, process: u32) -> Vec<u32> {
        let threads = fs::read_dir(path(process, "task"));
        let threads = threads.into_iter().flatten().flatten().take(THREADS);
        let lists: Vec<String> = threads
            .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
            .collect();
        if !lists.is_empty() {
            let numbers = lists.iter().flat_map(|list| list.split_whitespace());
            return numbers.filter_map(|number| number.parse().ok()).collect();
        }
        // A kernel without these lists: all processes are asked for their parent.
        let all = fs::read_dir("/proc").into_iter().flatten().flatten();
        let numbers = all.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        let mut children: Vec<u32> = numbers
            .filter(|child| self.parent(*child) == Some(process))
            .collect();
        children.sort_unstable();
        children
    }

    fn words(&self, process: u32) -> Vec<String> {
        let bytes = read(process, "cmdline").unwrap_or_default();
        if bytes.is_empty() {
            return Vec::new();
        }
        parts(&bytes).map(text).collect()
    }

    fn tells_every_word(&self) -> bool {
        true
    }

    fn stream(&self, process: u32, number: u8) -> Option<Stream> {
        let link = path(process, &format!("fd/{number}"));
        let target = fs::read_link(&link).ok()?;
        let pipe = target.to_str().and_then(|target| {
            target
                .strip_prefix("pipe:[")?
                .strip_suffix(']')?
                .parse()
                .ok()
        });
        Some(match pipe {
            Some(number) => Stream::Pipe(number),
            // Followed, so that a file that was taken away is one still.
            None if fs::metadata(&link).is_ok_and(|found| found.is_file()) => Stream::File,
            None => Stream::Other,
        })
    }

    fn variables(&self, process: u32) -> Option<Vec<(String, String)>> {
        let mut bytes = read(process, "environ")?;
        let wanted = wanted(parts(&bytes));
        // The rest is none of our business, and is not left lying in memory.
        bytes.fill(0);
        std::hint::black_box(&bytes);
        Some(wanted)
    }
}
