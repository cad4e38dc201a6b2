//! From an error to its explanation: the knowledge, what is true on this machine, and both together.
//!
//! Which machine speaks of an error is decided by whose words it is, the [`Origin`]: those of a command that we know, of
//! whoever writes into our pipe, or of a log that was saved. Nothing is looked at before an error has been recognised.

use std::{
    io::{self, IsTerminal},
    sync::OnceLock,
};

use crate::{
    diagnose::{self, Explanation, Extent, Here, Shell, Status},
    environment::{Beside, Command, Examination, Finding, Host, Overlay, Said, beside},
    knowledge::{Answer, Knowledge},
    recognise::AwsError,
};

/// Whose words the errors are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Those of a command with our own variables; the command, where it is known to be the AWS CLI.
    Ours(Option<Command>),
    /// Those of whoever writes into our pipe, who is looked for at the first error. `asked`: the machine is looked at even
    /// where what writes shows a saved log, or runs elsewhere.
    Pipe {
        /// Whether `--check always` was given.
        asked: bool,
    },
    /// Those of a log that was saved, here or elsewhere, then or now.
    Saved,
}

/// Explains errors; one for a run, shared by all who read.
pub struct Explainer<'h> {
    host: Option<&'h dyn Host>,
    origin: Origin,
    /// The machine is looked at once, at the first error.
    view: OnceLock<View<'h>>,
    /// Which shell commands are written for; not yet known where it is told from the machine, at the first error.
    shell: OnceLock<Shell>,
    around: Option<&'h dyn Host>,
    knowledge: Knowledge,
    /// Ids and codes of errors that get no note.
    ignored: Vec<String>,
}

/// The machine, as far as it speaks of the command that failed.
#[derive(Debug, Default)]
struct View<'h> {
    /// `None` where it says nothing.
    machine: Option<Examination<'h>>,
    command: Option<Command>,
    /// That there is a command beside us, or that it runs elsewhere.
    beside: Option<Finding>,
    /// What is assumed, in a sentence, for notes that rest on a fact of this machine.
    assumed: Option<&'static str>,
    /// What every note says.
    remark: Option<String>,
}

impl std::fmt::Debug for Explainer<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Explainer")
    }
}

impl<'h> Explainer<'h> {
    /// An explainer for commands of that shell; `host` only where the check is on. The errors are taken as those of a
    /// command with our own variables.
    #[must_use]
    pub fn new(host: Option<&'h dyn Host>, shell: Shell) -> Self {
        Self {
            host,
            origin: Origin::Ours(None),
            view: OnceLock::new(),
            shell: OnceLock::from(shell),
            around: None,
            knowledge: Knowledge::default(),
            ignored: Vec::new(),
        }
    }

    /// The same for errors of this origin.
    #[must_use]
    pub fn of(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// The same for the shell that the reader sits at, which is looked for at the first error.
    #[must_use]
    pub fn in_shell_around(mut self, host: &'h dyn Host) -> Self {
        (self.shell, self.around) = (OnceLock::new(), Some(host));
        self
    }

    /// The same with a user's own knowledge, and without notes for the errors whose id or code is among `ignored`.
    #[must_use]
    pub fn knowing(mut self, knowledge: Knowledge, ignored: Vec<String>) -> Self {
        (self.knowledge, self.ignored) = (knowledge, ignored);
        self
    }

    /// An error has been recognised, whose block may go on: the machine is looked at now, since the command beside us may
    /// soon be gone, and since nobody waits for it while the note waits for a pause.
    pub fn look(&self) {
        if self.host.is_some() {
            self.view();
            self.shell();
        }
    }

    /// Whether there is no error of which nothing is to be said.
    #[must_use]
    pub fn ignores_none(&self) -> bool {
        self.ignored.is_empty()
    }

    /// Whether nothing is to be said of the error.
    #[must_use]
    pub fn ignores(&self, error: &AwsError) -> bool {
        let is = |name: &str| self.ignored.iter().any(|ignored| ignored == name);
        !self.ignored.is_empty()
            && (error.bare_code().is_some_and(is) || {
                let command = self.view().command.as_ref();
                is(&self.knowledge.find(&diagnose::completed(error, command)).id)
            })
    }

    /// What answers.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// What is told of the error.
    #[must_use]
    pub fn explain(&self, error: &AwsError, extent: Extent) -> Explanation {
        let error = diagnose::completed(error, self.view().command.as_ref());
        self.explain_by(&error, &self.knowledge.find(&error), extent)
    }

    /// What is told of the error where this answers.
    #[must_use]
    pub fn explain_by(&self, error: &AwsError, answer: &Answer, extent: Extent) -> Explanation {
        let view = self.view();
        let said = Said::of(error.message.as_deref().unwrap_or_default());
        let machine = view.machine.as_ref();
        let mut findings: Vec<Finding> = view.beside.iter().cloned().collect();
        findings.extend(
            machine
                .into_iter()
                .flat_map(|machine| machine.findings(&said)),
        );
        let here = Here {
            around: self.host.filter(|_| view.beside.is_some()),
            command: view.command.as_ref(),
            ..Here::seen(machine, &findings, self.shell())
        };
        let mut told = diagnose::explain(error, answer, here, extent);
        let rests_on_facts = told
            .causes
            .iter()
            .any(|cause| cause.status < Status::Possible);
        let assumed = view.assumed.filter(|_| rests_on_facts);
        let parts = [
            told.remark.take(),
            view.remark.clone(),
            assumed.map(str::to_owned),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        told.remark = Some(parts.join(" ")).filter(|text| !text.is_empty());
        told
    }

    fn shell(&self) -> Shell {
        let look = || self.around.map(Shell::around).unwrap_or_default();
        *self.shell.get_or_init(look)
    }

    fn view(&self) -> &View<'h> {
        self.view.get_or_init(|| match self.host {
            Some(host) => self.of_machine(host),
            None => View {
                command: match &self.origin {
                    Origin::Ours(command) => command.clone(),
                    _ => None,
                },
                ..View::default()
            },
        })
    }

    fn of_machine(&self, host: &'h dyn Host) -> View<'h> {
        let look = |seen: Overlay<'h>, command: Option<&Command>| {
            let command = command.cloned().unwrap_or_default();
            Some(Examination::new(
                seen,
                command.about(io::stderr().is_terminal()),
            ))
        };
        let asked = match &self.origin {
            Origin::Ours(command) => {
                return View {
                    machine: look(Overlay::none(host), command.as_ref()),
                    command: command.clone(),
                    ..View::default()
                };
            }
            Origin::Saved => {
                return View {
                    machine: look(Overlay::none(host), None),
                    remark: Some(AS_NOW.to_owned()),
                    ..View::default()
                };
            }
            Origin::Pipe { asked } => *asked,
        };
        let found = beside(host);
        let machine = asked.then(|| look(Overlay::none(host), None)).flatten();
        match found {
            Beside::Command(ref neighbour) => View {
                machine: look(
                    Overlay::of(host, neighbour.variables.iter().cloned()),
                    neighbour.command.as_ref(),
                ),
                command: neighbour.command.clone(),
                beside: found.finding(),
                assumed: (!neighbour.is_itself).then_some(AS_STARTED),
                remark: None,
            },
            Beside::Saved => View {
                remark: asked.then(|| AS_NOW.to_owned()),
                machine,
                ..View::default()
            },
            Beside::Elsewhere(_) => {
                let beside = found.finding();
                let seen = beside.as_ref().map_or("", |finding| &finding.seen[..]);
                let rest = if asked { AS_HERE } else { NOT_HERE };
                View {
                    remark: Some(format!("{seen} {rest}")),
                    machine,
                    beside,
                    ..View::default()
                }
            }
            Beside::Unknown => View {
                machine: look(Overlay::none(host), None),
                assumed: Some(AS_SHELL),
                ..View::default()
            },
        }
    }
}

/// What is assumed where the command was not seen.
const AS_SHELL: &str = "Judged as this shell sees it; the command itself could not be looked at.";
/// Where a script was seen and not its command.
const AS_STARTED: &str = "Judged by the variables that the script was started with.";
/// Where the log may be old, or of another machine.
const AS_NOW: &str =
    "The check describes this machine as it is now, not where and when the log was written.";
/// Where the command runs elsewhere, and the check was asked for.
const AS_HERE: &str = "The check describes this machine, not that one.";
/// Where the command runs elsewhere.
const NOT_HERE: &str = "This machine was not looked at.";
