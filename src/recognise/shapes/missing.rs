//! The command `aws` itself is not there: what shells, and programs that start others, say of it.
//!
//! ```text
//! [SHELL: [line N: ]][PATH/]aws: [command ]not found            bash, sh, ksh, tcsh, sudo
//! zsh: command not found: aws     fish: Unknown command: aws    [Errno 2] No such file or directory: 'aws'    spawn aws ENOENT
//! env: 'aws': No such file or directory                         env, xargs, make, nohup, timeout, a shell for a path
//! exec: "aws": executable file not found in $PATH               Go, Docker, kubectl
//! Command 'aws' not found, but can be installed with:           Ubuntu, Debian
//! The term 'aws' is not recognized …                            PowerShell, cmd
//! ```
//!
//! The name stands alone: `aws-vault` is another program, and `cat: aws: No such file or directory` is about a file.

use super::{Block, Reading, Shape, found, of, some};

/// See the module.
#[derive(Debug)]
pub struct Missing;

impl Shape for Missing {
    fn read(&self, block: &Block) -> Reading {
        let line = block.body(block.marked());
        if !names(line).any(|(before, behind)| is_missing(before, behind)) {
            return Reading::No;
        }
        let mut error = of("shell");
        error.message = some(line);
        found(error)
    }
}

/// What stands before and behind each `aws` that is a word, with a path before it or not, without its quotes.
fn names(line: &str) -> impl Iterator<Item = (&str, &str)> {
    const QUOTES: [char; 5] = ['\'', '"', '‘', '’', '`'];
    line.match_indices("aws").filter_map(|(at, name)| {
        let (before, behind) = (&line[..at], &line[at + name.len()..]);
        let behind = behind.strip_prefix(".exe").unwrap_or(behind);
        let starts = before.is_empty() || before.ends_with([' ', '/', '\\']);
        let quoted = before.strip_suffix(QUOTES);
        let ends = behind.is_empty() || behind.starts_with([':', ' ', ',', ')', '.']);
        let closed = behind.strip_prefix(QUOTES);
        match (quoted, closed) {
            (Some(before), Some(behind)) => Some((before, behind)),
            _ if starts && ends => Some((before, behind)),
            // A path in quotes is closed behind it alone.
            (None, Some(behind)) if before.ends_with('/') => Some((before, behind)),
            _ => None,
        }
    })
}

fn is_missing(before: &str, behind: &str) -> bool {
    let said = |words: &[&str]| words.iter().any(|words| behind.starts_with(words));
    let path = before.rsplit([' ', '"', '\'']).next().unwrap_or_default();
    let starter = before[..before.len() - path.len()].trim_end_matches(['\'', '"', '‘']);
    if said(&[
        ": command not found",
        ": Command not found",
        ": not found",
        ": executable file not found",
        ": cannot execute",
        " not found, but can be installed",
        " is not recognized as",
    ]) {
        return true;
    }
    if said(&[": No such file or directory", ": Permission denied"]) {
        let shell = ["sh: ", ": exec: "]
            .iter()
            .any(|end| starter.ends_with(end))
            || starter.contains(": line ");
        return STARTERS.iter().any(|end| starter.ends_with(end)) || shell && path.contains('/');
    }
    let ends = behind.is_empty() || behind.starts_with([' ', '\\', '"']);
    ends && [
        "command not found: ",
        "Unknown command: ",
        "Unknown command ",
        "No such file or directory: ",
        "No such file or directory - ",
        "executable file not found: ",
    ]
    .iter()
    .any(|end| before.ends_with(end))
        || before.ends_with("spawn ") && behind.starts_with(" ENOENT")
        || before.ends_with("Cannot run program ") && behind.contains("error=2")
}

/// Programs that start others, and say so when they cannot.
const STARTERS: &[&str] = &[
    "env: ",
    "xargs: ",
    "make: ",
    "]: ",
    "failed to run command ",
    "nice: ",
    "setsid: ",
    "watch: ",
];

#[cfg(test)]
mod tests {
    use crate::recognise;

    #[test]
    fn each_tool_in_its_own_words() {
        for line in [
            "bash: aws: command not found",
            "/home/runner/work/_temp/1.sh: line 1: aws: command not found",
            "/bin/sh: 1: aws: not found",
            "sh: /usr/local/bin/aws: not found",
            "ksh: aws: not found",
            "aws: Command not found.",
            "sudo: aws: command not found",
            "zsh: command not found: aws",
            "zsh:1: command not found: aws",
            "fish: Unknown command: aws",
            "fish: Unknown command 'aws'",
            "env: ‘aws’: No such file or directory",
            "/usr/bin/env: 'aws': No such file or directory",
            "env: aws: No such file or directory",
            "make: aws: No such file or directory",
            "make[1]: aws: Command not found",
            "xargs: aws: No such file or directory",
            "timeout: failed to run command ‘aws’: No such file or directory",
            "bash: /usr/local/bin/aws: No such file or directory",
            "FileNotFoundError: [Errno 2] No such file or directory: 'aws'",
            "Error: spawn aws ENOENT",
            "No such file or directory - aws (Errno::ENOENT)",
            r#"exec: "aws": executable file not found in $PATH"#,
            r#"docker: Error response from daemon: exec: "aws": executable file not found in $PATH: unknown."#,
            r#"java.io.IOException: Cannot run program "aws": error=2, No such file or directory"#,
            "Command 'aws' not found, but can be installed with:",
            "'aws' is not recognized as an internal or external command,",
            "aws : The term 'aws' is not recognized as the name of a cmdlet, function, script file, or operable program.",
            "aws: The term 'aws' is not recognized as a name of a cmdlet, function, script file, or executable program.",
            "/usr/local/bin/aws: cannot execute binary file: Exec format error",
        ] {
            let error = recognise::text(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((error.producer, error.code), ("shell", None), "{line}");
        }
    }

    #[test]
    fn other_programs_and_files_stay_silent() {
        for line in [
            "bash: aws-vault: command not found",
            "zsh: command not found: awslocal",
            "cat: aws: No such file or directory",
            "bash: cd: aws: No such file or directory",
            "ls: cannot access 'aws': No such file or directory",
            "fatal: path 'modules/aws' does not exist",
            "go: module aws: not a module",
        ] {
            assert_eq!(recognise::text(line), None, "{line}");
        }
    }
}
