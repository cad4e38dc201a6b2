//! What a check found: a fact, never a value.

use super::words::as_word;

/// How sure the fact itself is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It may be so.
    Hint,
    /// It is most probably so.
    Likely,
    /// It is so.
    Proven,
}

/// How bad the fact is by itself, whatever error was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is wrong; it is good to know.
    Info,
    /// It may surprise.
    Warning,
    /// Commands fail because of it.
    Error,
}

/// What would mend a finding, before it is written for a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remedy {
    /// Take these variables out of the shell.
    Unset(Vec<String>),
    /// Give this variable this value.
    Set(String, String),
    /// A command that only reads: its words.
    Look(Vec<String>),
    /// A command that changes something: its words.
    Run(Vec<String>),
    /// The failing command is to be given this option with this value, or without it.
    Give(&'static str, Option<String>),
    /// In the failing command the first option is to be the second.
    Rename(String, &'static str),
    /// A sentence, where no command does it.
    Do(String),
}

/// A fact about the environment, safe to print: names, files, lines and ages, never a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The slug of the check, as in `docs/checks.md`.
    pub id: &'static str,
    /// How sure it is.
    pub level: Level,
    /// How bad it is.
    pub severity: Severity,
    /// What was seen: `AWS_SESSION_TOKEN was issued 72 h ago`.
    pub seen: String,
    /// What follows from it.
    pub conclusion: String,
    /// What mends it.
    pub fix: Vec<Remedy>,
}

impl Finding {
    /// A fact that is certain.
    pub(super) fn proven(
        id: &'static str,
        severity: Severity,
        seen: impl Into<String>,
        conclusion: &str,
    ) -> Self {
        Self {
            id,
            level: Level::Proven,
            severity,
            seen: seen.into(),
            conclusion: conclusion.to_owned(),
            fix: Vec::new(),
        }
    }

    /// A fact that is most probably so.
    pub(crate) fn likely(
        id: &'static str,
        severity: Severity,
        seen: impl Into<String>,
        conclusion: &str,
    ) -> Self {
        Self {
            level: Level::Likely,
            ..Self::proven(id, severity, seen, conclusion)
        }
    }

    /// A fact that may be so.
    pub(super) fn hint(
        id: &'static str,
        severity: Severity,
        seen: impl Into<String>,
        conclusion: &str,
    ) -> Self {
        Self {
            level: Level::Hint,
            ..Self::proven(id, severity, seen, conclusion)
        }
    }

    /// The same finding, mended by taking these variables out of the shell.
    pub(super) fn unset(mut self, names: &[&str]) -> Self {
        self.fix.push(Remedy::Unset(
            names.iter().map(|name| (*name).to_owned()).collect(),
        ));
        self
    }

    /// The same finding, mended by giving a variable a value; the value must be safe to print.
    pub(super) fn set(mut self, name: &str, value: &str) -> Self {
        self.fix
            .push(Remedy::Set(name.to_owned(), value.to_owned()));
        self
    }

    /// The same finding, with a command that shows more.
    pub(super) fn look(mut self, words: &[&str]) -> Self {
        self.fix.push(Remedy::Look(
            words.iter().map(|word| (*word).to_owned()).collect(),
        ));
        self
    }

    /// The same finding, mended by a command.
    pub(super) fn run(mut self, words: &[&str]) -> Self {
        self.fix.push(Remedy::Run(
            words.iter().map(|word| (*word).to_owned()).collect(),
        ));
        self
    }

    /// The same finding, mended by a command of the AWS CLI for a profile. The default one is not named: where there is a
    /// section `[default]`, `aws configure --profile default` writes a second one, `[profile default]`, which hides it.
    pub(super) fn run_for(self, profile: &str, words: &[&str]) -> Self {
        let name = as_word(profile, "<profile>");
        if profile == "default" {
            self.run(words)
        } else {
            self.run(&[words, &["--profile", name]].concat())
        }
    }

    /// The same finding, mended by giving the command an option with another value, or leaving it out.
    pub(super) fn give(mut self, option: &'static str, value: Option<&str>) -> Self {
        self.fix
            .push(Remedy::Give(option, value.map(str::to_owned)));
        self
    }

    /// With an option that the failing command is to be given in place of another.
    pub(super) fn rename(mut self, option: &str, right: &'static str) -> Self {
        self.fix.push(Remedy::Rename(option.to_owned(), right));
        self
    }

    /// The same finding, mended by what a sentence says.
    pub(super) fn advise(mut self, sentence: impl Into<String>) -> Self {
        self.fix.push(Remedy::Do(sentence.into()));
        self
    }
}
