//! From an error to its explanation: the knowledge, what is true on this machine, and both together.

use std::{io::IsTerminal, sync::OnceLock};

use crate::{
    diagnose::{self, Explanation, Here, Shell},
    environment::{Command, Examination, Host, Overlay, Said},
    knowledge::Knowledge,
    recognise::AwsError,
};

/// Explains errors; one for a run, shared by all who read.
pub struct Explainer<'h> {
    host: Option<&'h dyn Host>,
    /// The command whose output is read, where it is known from the start.
    command: Option<Command>,
    /// The machine is looked at once, at the first error.
    examination: OnceLock<Examination<'h>>,
    shell: Shell,
    knowledge: Knowledge,
    /// Ids and codes of errors that get no note.
    ignored: Vec<String>,
}

impl std::fmt::Debug for Explainer<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Explainer")
    }
}

impl<'h> Explainer<'h> {
    /// An explainer for commands of that shell; `host` only where the check is on.
    #[must_use]
    pub fn new(host: Option<&'h dyn Host>, shell: Shell) -> Self {
        Self {
            host,
            command: None,
            examination: OnceLock::new(),
            shell,
            knowledge: Knowledge::default(),
            ignored: Vec::new(),
        }
    }

    /// The same for the output of this command, which runs with our own variables.
    #[must_use]
    pub fn of_command(mut self, command: Option<Command>) -> Self {
        self.command = command;
        self
    }

    /// The same with a user's own knowledge, and without notes for the errors whose id or code is among `ignored`.
    #[must_use]
    pub fn knowing(mut self, knowledge: Knowledge, ignored: Vec<String>) -> Self {
        (self.knowledge, self.ignored) = (knowledge, ignored);
        self
    }

    /// Whether nothing is to be said of the error.
    #[must_use]
    pub fn ignores(&self, error: &AwsError) -> bool {
        let is = |name: &str| self.ignored.iter().any(|ignored| ignored == name);
        let id = || {
            let error = diagnose::completed(error, self.command.as_ref());
            self.knowledge.find(&error).id
        };
        !self.ignored.is_empty() && (error.bare_code().is_some_and(is) || is(&id()))
    }

    /// What is told of the error.
    #[must_use]
    pub fn explain(&self, error: &AwsError) -> Explanation {
        let command = self.command.as_ref();
        let error = diagnose::completed(error, command);
        let examination = self.host.map(|host| self.examination(host));
        let findings = examination.map(|examination| {
            examination.findings(&Said::of(error.message.as_deref().unwrap_or_default()))
        });
        let here = Here {
            findings: findings.as_deref().unwrap_or_default(),
            host: examination.map(Examination::host),
            command,
            shell: self.shell,
        };
        diagnose::explain(&error, &self.knowledge.find(&error), here)
    }

    fn examination(&self, host: &'h dyn Host) -> &Examination<'h> {
        self.examination.get_or_init(|| {
            let terminal = std::io::stderr().is_terminal();
            let about = self.command.as_ref().map(|command| command.about(terminal));
            Examination::new(Overlay::none(host), about.unwrap_or_default())
        })
    }
}
