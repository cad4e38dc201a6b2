//! The shell that the reader sits at: the nearest interactive one among those that started us.
//!
//! `SHELL` names the shell that the user logs in to, which need not be the one in this window. A script is no place to
//! type at, so a shell that runs one is passed over for the one above it; where there is none (a CI job), it is taken.

use super::{Host, Processes, command::is_shell, command::name};

/// How far up it is looked for.
const HOPS: usize = 16;

/// The name of the shell around us (`fish`), from the processes that started us or else from `SHELL`; `None` where neither
/// tells.
///
/// ```
/// use awsexplain::environment::{FakeHost, FakeProcess, shell_around};
/// let host = FakeHost::new()
///     .with_variable("SHELL", "/bin/bash")
///     .with_process(1, FakeProcess::new(0, "-fish"))
///     .with_process(2, FakeProcess::new(1, "sh deploy.sh"))
///     .with_process(100, FakeProcess::new(2, "awsexplain"));
/// assert_eq!(shell_around(&host).as_deref(), Some("fish"));
/// ```
#[must_use]
pub fn shell_around(host: &dyn Host) -> Option<String> {
    let of_variable = || {
        let path = host.variable("SHELL").filter(|path| !path.is_empty())?;
        Some(bare(&path).to_owned())
    };
    host.processes().and_then(above).or_else(of_variable)
}

fn above(processes: &dyn Processes) -> Option<String> {
    let mut script = None;
    let mut process = processes.own();
    for _ in 0..HOPS {
        let Some(parent) = processes.parent(process) else {
            break;
        };
        process = parent;
        let words = processes.words(process);
        let Some((first, rest)) = words.split_first() else {
            continue;
        };
        let shell = bare(first);
        if !is_shell(shell) {
            continue;
        }
        if is_typed_at(rest) {
            return Some(shell.to_owned());
        }
        script.get_or_insert_with(|| shell.to_owned());
    }
    script
}

/// Whether a shell with these words reads what a person types: it was given neither a script nor a command.
fn is_typed_at(words: &[String]) -> bool {
    let runs = |word: &String| {
        let word = word.to_ascii_lowercase();
        !word.starts_with(['-', '/'])
            || matches!(
                &word[..],
                "-c" | "/c" | "-command" | "-file" | "-encodedcommand" | "-f"
            )
            || word.starts_with('-')
                && !word.starts_with("--")
                && word.len() <= 6
                && word.ends_with('c')
    };
    !words.iter().any(runs)
        || words
            .iter()
            .any(|word| matches!(&word.to_ascii_lowercase()[..], "-noexit" | "/k"))
}

/// The name of a shell without folder and ending.
fn bare(word: &str) -> &str {
    let name = name(word);
    name.strip_suffix(".exe").unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::{FakeHost, FakeProcess, Stream};

    /// We, started by the last of these, each of which started the next.
    fn under(lines: &[&str]) -> Option<String> {
        let mut host = FakeHost::new().with_variable("SHELL", "/usr/bin/login-shell");
        let mut parent = 0;
        for (id, line) in (1..).zip(lines) {
            host = host.with_process(id, FakeProcess::new(parent, line));
            parent = id;
        }
        shell_around(&host.with_process(100, FakeProcess::new(parent, "awsexplain")))
    }

    #[test]
    fn the_shell_that_is_typed_at_is_found() {
        for (lines, wanted) in [
            (&["sshd", "-zsh"][..], "zsh"),
            (&["tmux", "fish -l", "bash deploy.sh"], "fish"),
            (&["bash", "pwsh -NoLogo"], "pwsh"),
            (&["cmd.exe /k", "make", "sh -c x"], "cmd"),
            (&["bash --login -i", "python3 x.py"], "bash"),
            // Where nobody types: the one whose script it is.
            (&["runner", "pwsh -command x", "node x"], "pwsh"),
            (&["runner", "bash -e script.sh"], "bash"),
            (&["runner", "bash -ec x", "sh -euc y"], "sh"),
            (&["systemd", "cron"], "login-shell"),
            (&[], "login-shell"),
        ] {
            assert_eq!(under(lines).as_deref(), Some(wanted), "{lines:?}");
        }
        assert_eq!(shell_around(&FakeHost::new()), None);
    }

    #[test]
    fn it_is_found_on_macos_below_a_login_that_belongs_to_the_system() {
        let ours = |parent, line| FakeProcess::new(parent, line).with_streams([Stream::Other; 3]);
        let host = FakeHost::new()
            .with_variable("SHELL", "/bin/bash")
            .with_process(1, FakeProcess::new(0, "login -pf ada"))
            .with_process(2, ours(1, "-zsh"))
            .with_process(3, ours(2, "sh deploy.sh"))
            .with_process(100, ours(3, "awsexplain"));
        assert_eq!(shell_around(&host.on_macos()).as_deref(), Some("zsh"));
    }
}
