//! What macOS shows of processes, read: without asking it, so that it is tested on every system.

use std::ffi::OsString;

use super::super::{Stream, text, wanted};
use crate::environment::overlay::is_wanted;

/// The bytes that the table `kern.proc.all` has for each process (`struct kinfo_proc`), and where in them its numbers
/// stand. The form is the same for Intel and Apple processors, and has not changed since programs have 64 bits.
const ROW: usize = 648;
const SECONDS: usize = 0;
const MICROSECONDS: usize = 8;
const PROCESS: usize = 40;
const PARENT: usize = 560;

/// Those that a process started, in the order of their start, by the table of all processes. What is no whole row is none.
pub fn children(table: &[u8], parent: u32) -> Vec<u32> {
    let (rows, _) = table.as_chunks::<ROW>();
    let mut found: Vec<(i64, i32, u32)> = rows
        .iter()
        .filter(|row| positive(row, PARENT) == Some(parent))
        .filter_map(|row| {
            let seconds = i64::from_le_bytes(bytes(row, SECONDS)?);
            let microseconds = i32::from_le_bytes(bytes(row, MICROSECONDS)?);
            Some((seconds, microseconds, positive(row, PROCESS)?))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, _, process)| process).collect()
}

fn bytes<const N: usize>(row: &[u8; ROW], at: usize) -> Option<[u8; N]> {
    row.get(at..)?.first_chunk().copied()
}

/// The number of a process: 0 is the kernel, and less is none.
fn positive(row: &[u8; ROW], at: usize) -> Option<u32> {
    let number = i32::from_le_bytes(bytes(row, at)?);
    u32::try_from(number).ok().filter(|number| *number > 0)
}

/// A pipe by the handles of one end and of the other: each has a handle of its own, and both ends are to have one number.
/// Where the other end is closed its handle is 0.
pub fn pipe(handle: u64, peer: u64) -> Stream {
    Stream::Pipe(handle.max(peer))
}

/// Something with a place among files, by its mode.
pub fn file(mode: u16) -> Stream {
    const KIND: u16 = 0o170_000;
    const REGULAR: u16 = 0o100_000;
    if mode & KIND == REGULAR {
        Stream::File
    } else {
        Stream::Other
    }
}

/// What `sysinfo` tells of a process.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The name of its program.
    pub name: OsString,
    /// Its words; none where they are not shown.
    pub words: Vec<OsString>,
    /// Its variables, `NAME=value`; none where they are not shown.
    pub variables: Vec<OsString>,
}

impl Told {
    /// The words it was started with; its name alone where they are not shown.
    ///
    /// `sysinfo` takes runs of zeros for one, so that it leaves out empty words and counts as many variables in their place,
    /// which then stand behind the others. Where the last word is such a variable, it is not known which words were left out:
    /// in `aws --profile '' s3 ls` the profile would be `s3`. So only the program is told then.
    ///
    /// `is_variable`: whether a name is one that the process may have, as ours has it.
    pub fn words(&self, is_variable: impl Fn(&str) -> bool) -> Vec<String> {
        let sure = match self.borrowed(is_variable) {
            0 => self.words.len(),
            borrowed => 1.min(self.words.len() - borrowed),
        };
        let words = if sure == 0 {
            std::slice::from_ref(&self.name)
        } else {
            &self.words[..sure]
        };
        words.iter().map(lossy).collect()
    }

    /// The variables that AWS clients read; `None` where the system shows none at all.
    pub fn variables(&self, is_variable: impl Fn(&str) -> bool) -> Option<Vec<(String, String)>> {
        if self.variables.is_empty() {
            return None;
        }
        let of_words = self.words.iter().rev().take(self.borrowed(is_variable));
        let all = of_words.chain(&self.variables);
        Some(wanted(all.map(|one| one.as_encoded_bytes())))
    }

    /// How many variables stand among the words.
    fn borrowed(&self, is_variable: impl Fn(&str) -> bool) -> usize {
        if self.variables.is_empty() {
            return 0;
        }
        let behind = self.words.iter().rev();
        behind
            .take_while(|word| {
                let pair = word.to_str().and_then(|word| word.split_once('='));
                pair.is_some_and(|(name, _)| is_wanted(name) || is_variable(name))
            })
            .count()
    }
}

fn lossy(word: &OsString) -> String {
    text(word.as_encoded_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row of the table, as the kernel fills it: a process, its parent, and when it was started.
    fn row(process: i32, parent: i32, at: (i64, i32)) -> [u8; ROW] {
        let mut row = [0xA5; ROW];
        row[SECONDS..][..8].copy_from_slice(&at.0.to_le_bytes());
        row[MICROSECONDS..][..4].copy_from_slice(&at.1.to_le_bytes());
        row[PROCESS..][..4].copy_from_slice(&process.to_le_bytes());
        row[PARENT..][..4].copy_from_slice(&parent.to_le_bytes());
        row
    }

    #[test]
    fn children_come_in_the_order_of_their_start() {
        let rows = [
            row(900, 1, (5, 0)),
            // Numbers begin anew when they have come to their end.
            row(101, 900, (7, 300)),
            row(99_998, 900, (7, 200)),
            row(950, 900, (6, 999_999)),
            row(951, 950, (8, 0)),
            row(0, 900, (9, 0)),
            row(-1, 900, (9, 0)),
            row(952, -1, (9, 0)),
            row(0, 0, (0, 0)),
        ];
        let table = rows.concat();
        assert_eq!(children(&table, 900), [950, 99_998, 101]);
        assert_eq!(children(&table, 950), [951]);
        for parent in [0, 7, u32::MAX] {
            assert_eq!(children(&table, parent), [0; 0], "{parent}");
        }
        // A table that was cut off: whole rows count.
        assert_eq!(children(&table[..4 * ROW - 1], 900), [99_998, 101]);
        assert_eq!(children(&table[..ROW - 1], 1), [0; 0]);
        assert_eq!(children(&[], 1), [0; 0]);
    }

    #[test]
    fn both_ends_of_a_pipe_have_one_number() {
        let (read, write) = (0x9c3f_0001_1dd2_a7e1, 0x11d0_77aa_0042_0003);
        assert_eq!(pipe(read, write), pipe(write, read));
        assert_ne!(pipe(read, write), pipe(read + 1, write + 1));
        assert_eq!(pipe(read, 0), Stream::Pipe(read));
        assert_eq!(file(0o100_644), Stream::File);
        for mode in [0o020_620, 0o010_600, 0o040_755, 0o140_777, 0] {
            assert_eq!(file(mode), Stream::Other, "{mode:o}");
        }
    }

    fn told(words: &[&str], variables: &[&str]) -> Told {
        let all = |texts: &[&str]| texts.iter().map(OsString::from).collect();
        Told {
            name: "program".into(),
            words: all(words),
            variables: all(variables),
        }
    }

    /// Words and variables where ours are `TERM`, `__CFBundleIdentifier` and `HOME`.
    fn read(told: &Told) -> (String, Option<String>) {
        let ours = |name: &str| matches!(name, "TERM" | "__CFBundleIdentifier" | "HOME");
        let variables = told.variables(ours).map(|all| {
            let all: Vec<String> = all
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            all.join(" ")
        });
        (told.words(ours).join(" "), variables)
    }

    #[test]
    fn words_and_wanted_variables_are_told() {
        let (words, variables) = read(&told(
            &[
                "aws",
                "s3",
                "ls",
                "--profile",
                "x",
                "--filters",
                "Name=a,Values=b",
            ],
            &[
                "TERM=x",
                "AWS_PROFILE=dev",
                "SECRET=y",
                "HOME=/h=1",
                "AWS_",
                "=AWS_X=1",
                "",
            ],
        ));
        assert_eq!(words, "aws s3 ls --profile x --filters Name=a,Values=b");
        assert_eq!(variables.as_deref(), Some("AWS_PROFILE=dev HOME=/h=1"));
        // Of another user there is the name alone; of the system's own programs there are no variables.
        assert_eq!(read(&told(&[], &[])), ("program".to_owned(), None));
        let (words, variables) = read(&told(&["/bin/sh", "x.sh", "TERM=1"], &[]));
        assert_eq!((&words[..], variables), ("/bin/sh x.sh TERM=1", None));
        assert_eq!(read(&told(&["p"], &["A=b"])).1.as_deref(), Some(""));
    }

    #[test]
    fn words_that_were_left_out_make_the_others_doubtful() {
        // `aws --profile '' s3 ls ''`, as sysinfo tells it: two words short, two variables in their place.
        let (words, variables) = read(&told(
            &[
                "aws",
                "--profile",
                "s3",
                "ls",
                "AWS_REGION=r",
                "__CFBundleIdentifier=t",
            ],
            &["HOME=/h"],
        ));
        assert_eq!(words, "aws");
        assert_eq!(variables.as_deref(), Some("AWS_REGION=r HOME=/h"));
        // Not even the name of the program was given.
        let (words, _) = read(&told(&["TERM=x"], &["HOME=/h"]));
        assert_eq!(words, "program");
        // What is among the variables themselves counts.
        let (_, variables) = read(&told(&["make", "HOME=/a"], &["HOME=/b"]));
        assert_eq!(variables.as_deref(), Some("HOME=/a HOME=/b"));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_not_utf_8_is_told_as_well_as_can_be() {
        use std::os::unix::ffi::OsStringExt;
        let odd = |text: &[u8]| OsString::from_vec(text.to_vec());
        let told = Told {
            words: vec![odd(b"aws"), odd(b"s\xff3"), odd(b"TERM=\xff")],
            variables: vec![odd(b"AWS_PROFILE=\xfe"), odd(b"AWS_\xff=1")],
            ..Told::default()
        };
        let (words, variables) = read(&told);
        assert_eq!(words, "aws s\u{fffd}3 TERM=\u{fffd}");
        assert_eq!(variables.as_deref(), Some("AWS_PROFILE=\u{fffd}"));
    }
}
