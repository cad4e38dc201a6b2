//! The command next door: in `AWS_PROFILE=x aws … | awsexplain` the variable is not ours, but the command's.
//!
//! A pipe has the same number at both ends. So the process whose output or errors go into our standard input is known
//! without a guess; it is looked for among those that our own parents started, and those that these started in turn. What
//! only hands on (`tee`, `grep`) is followed back to whoever feeds it. Then its words tell: an AWS client is judged by its
//! own variables and options; what shows a saved log says nothing of this machine, nor does what runs elsewhere.
//!
//! It is asked when the first error has been recognised, and never before. A real `aws` lives 75 to 150 ms after its
//! message; what has ended by then, or is not ours to look at, is [`Beside::Unknown`].

use std::collections::BTreeSet;

use super::{
    Command, Finding, Host, Kind, Processes, Program,
    Severity::Info,
    Stream,
    command::{is_shell, name},
    words::{as_word, quoted},
};

/// Who writes what we read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// A program of this machine, with variables of its own.
    Command(Neighbour),
    /// A saved log, or another machine's.
    Saved,
    /// A command whose environment is elsewhere: the program that runs it there (`ssh`).
    Elsewhere(String),
    /// It has ended, it belongs to somebody else, or the system does not show it.
    Unknown,
}

/// A program that writes what we read. Neither words nor values are safe to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Its command line, where it is the AWS CLI.
    pub command: Option<Command>,
    /// Its variables, as far as AWS clients read them.
    pub variables: Vec<(String, String)>,
    /// Whether it is the very command that failed, as far as can be seen; a script may have run that one with variables
    /// that are its own.
    pub is_itself: bool,
}

/// How far a pipeline is followed back, and how far up and down the row of those that started each other.
const HOPS: usize = 8;

/// How many processes are looked at in all.
const MOST: usize = 256;

/// Looks for whoever writes what we read.
#[must_use]
pub fn beside(host: &dyn Host) -> Beside {
    host.processes()
        .and_then(|processes| Search { host, processes }.run())
        .unwrap_or(Beside::Unknown)
}

impl Beside {
    /// What was found, as a finding: that there is a command beside us, or that it runs elsewhere.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        match self {
            Self::Command(neighbour) => Some(neighbour.finding()),
            Self::Elsewhere(program) => {
                let seen = format!(
                    "The command runs elsewhere ({}).",
                    as_word(program, "another program")
                );
                let conclusion = "This machine's variables and files say nothing about it.";
                Some(Finding::proven("remote-command", Info, seen, conclusion))
            }
            Self::Saved | Self::Unknown => None,
        }
    }
}

impl Neighbour {
    fn finding(&self) -> Finding {
        let command = self.command.as_ref();
        let options: Vec<String> = [
            command
                .and_then(|command| command.profile.as_deref())
                .map(|profile| format!("--profile {}", quoted(profile))),
            command
                .and_then(|command| command.region.as_deref())
                .map(|region| format!("--region {}", quoted(region))),
            command
                .and_then(|command| command.endpoint.as_ref())
                .map(|_| "--endpoint-url".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let what = if command.is_some() {
            "The AWS CLI"
        } else {
            "A program"
        };
        let with = if options.is_empty() {
            String::new()
        } else {
            format!(", with {}", options.join(", "))
        };
        Finding::proven(
            "sibling-command",
            Info,
            format!("{what} writes into this pipe{with}."),
            "Its own options and variables count.",
        )
    }
}

struct Search<'s> {
    host: &'s dyn Host,
    processes: &'s dyn Processes,
}

impl Search<'_> {
    fn run(&self) -> Option<Beside> {
        let own = self.processes.own();
        let Stream::Pipe(mut pipe) = self.processes.stream(own, 0)? else {
            return None;
        };
        // Who made the pipe: the first above us that does not read from it as well.
        let mut shell = self.processes.parent(own)?;
        for _ in 0..HOPS {
            if self.processes.stream(shell, 0) != Some(Stream::Pipe(pipe)) {
                break;
            }
            shell = self.processes.parent(shell)?;
        }
        let mut seen = BTreeSet::from([own]);
        for _ in 0..HOPS {
            let Some(writer) = self.writer(shell, pipe, &mut seen) else {
                return self.hidden(own, shell);
            };
            let words = self.processes.words(writer);
            if self.shows_saved(writer, &words) {
                return Some(Beside::Saved);
            }
            match (Program::of(&words), self.processes.stream(writer, 0)) {
                (Program::Elsewhere, _) => return Some(elsewhere(&words)),
                (Program::PassesOn, Some(Stream::Pipe(next))) => pipe = next,
                (Program::PassesOn, _) => return None,
                _ => return self.neighbour(writer, &words),
            }
        }
        None
    }

    /// Who writes into a pipe: of those that the shell started, and of those that these started, the one that does; of
    /// several the AWS CLI, or else the last in the row of those that started each other.
    fn writer(&self, shell: u32, pipe: u64, seen: &mut BTreeSet<u32>) -> Option<u32> {
        let mut found = Vec::new();
        let of_shell = self.processes.words(shell);
        self.writers_below(shell, &of_shell, pipe, seen, &mut found);
        // A shell may become the last command of its pipeline (`zsh -c`): those that it started are then our own children.
        self.writers_below(self.processes.own(), &[], pipe, seen, &mut found);
        let best = found.into_iter().max_by_key(|(process, depth)| {
            let words = self.processes.words(*process);
            (Command::parse(&words).is_some(), *depth)
        });
        let (mut process, _) = best?;
        // A part of a script, such as `$( … )`, has the words of the script and is judged by it.
        while let Some(parent) = self.processes.parent(process) {
            let is_part = self.writes(parent, pipe)
                && self.processes.words(parent) == self.processes.words(process);
            if !is_part || parent == process {
                break;
            }
            process = parent;
        }
        seen.insert(process);
        Some(process)
    }

    fn writes(&self, process: u32, pipe: u64) -> bool {
        [1, 2]
            .into_iter()
            .any(|number| self.processes.stream(process, number) == Some(Stream::Pipe(pipe)))
    }

    fn writers_below(
        &self,
        parent: u32,
        of_shell: &[String],
        pipe: u64,
        seen: &BTreeSet<u32>,
        found: &mut Vec<(u32, usize)>,
    ) {
        let depth = found
            .last()
            .filter(|(last, _)| *last == parent)
            .map_or(0, |(_, depth)| depth + 1);
        // What a script looks up in a file on its way says nothing of what the script is.
        let is_script = depth > 0 && self.processes.words(parent) != of_shell;
        for child in self.processes.children(parent).into_iter().take(MOST) {
            if seen.contains(&child) || found.len() >= MOST || !self.writes(child, pipe) {
                continue;
            }
            let words = self.processes.words(child);
            if is_script && self.shows_saved(child, &words) {
                continue;
            }
            found.push((child, depth));
            // What these start (a proxy of `ssh`, a pager) is a part of their work; a script's commands are its matter.
            let has_matter = matches!(Program::of(&words), Program::Other | Program::PassesOn);
            if depth < HOPS && has_matter {
                self.writers_below(child, of_shell, pipe, seen, found);
            }
        }
    }

    /// A program of our pipeline that runs its command as somebody else, so that its streams are not shown to us.
    fn hidden(&self, own: u32, shell: u32) -> Option<Beside> {
        let group = self.processes.group(own)?;
        let beside = [shell, own]
            .into_iter()
            .flat_map(|parent| self.processes.children(parent))
            .take(MOST);
        beside
            .filter(|process| self.processes.group(*process) == Some(group))
            .filter(|process| self.processes.stream(*process, 1).is_none())
            .map(|process| self.processes.words(process))
            .find(|words| Program::of(words) == Program::Elsewhere)
            .map(|words| elsewhere(&words))
    }

    fn neighbour(&self, process: u32, words: &[String]) -> Option<Beside> {
        let is_shell = words.first().is_some_and(|word| is_shell(name(word)));
        // A part of the shell itself, such as `( … )`: its variables are shown as they were when the shell was started,
        // and ours, which it gave us just now, are nearer to the truth.
        let of_parent = || {
            self.processes
                .parent(process)
                .map(|parent| self.processes.words(parent))
        };
        if is_shell && of_parent().as_deref() == Some(words) {
            return None;
        }
        let command = Command::parse(words);
        Some(Beside::Command(Neighbour {
            is_itself: command.is_some() || !is_shell,
            variables: self.processes.variables(process)?,
            command,
        }))
    }

    /// Whether a process shows what was written before, or hands on what stands in a file.
    fn shows_saved(&self, process: u32, words: &[String]) -> bool {
        match Program::of(words) {
            Program::Shows => true,
            Program::PassesOn => {
                let reads = self.processes.stream(process, 0);
                self.reads_file(words)
                    || reads.is_some_and(|stream| !matches!(stream, Stream::Pipe(_)))
            }
            _ => false,
        }
    }

    /// Whether what hands on reads a file of its own: one of its words names one.
    fn reads_file(&self, words: &[String]) -> bool {
        let is_tee = words.first().is_some_and(|word| name(word) == "tee");
        let behind = words
            .windows(2)
            .filter(|pair| !matches!(pair[0].as_str(), "-f" | "--file" | "--from-file"));
        let mut named = behind
            .map(|pair| &pair[1])
            .filter(|word| !word.starts_with('-'));
        !is_tee
            && named.any(|word| {
                let found = self.host.metadata(word.as_ref());
                found.is_some_and(|found| found.kind != Kind::Other)
            })
    }
}

fn elsewhere(words: &[String]) -> Beside {
    Beside::Elsewhere(
        words
            .first()
            .map(|word| name(word).to_owned())
            .unwrap_or_default(),
    )
}
