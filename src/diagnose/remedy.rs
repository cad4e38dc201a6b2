//! The fix of a cause: what the facts of this machine say of it, and what the entry says.
//!
//! An entry speaks of every machine: it names each variable that might be set, and the commands that find out where the
//! fault stands. A finding speaks of this one: `export AWS_PROFILE=prod`, "take the second header out, line 5". So a
//! finding goes first, and where it is proven and knows its own remedy there is nothing left to find out: it is the fix.

use super::{Fix, Here, Shell, again::is_alone};
use crate::{
    environment::{Finding, Level, Remedy, Severity},
    knowledge::Effect,
    secrets::redact,
};

/// What the findings that bear on a cause say of its fix.
pub struct Advice {
    /// The variables that are in the way; empty where no finding names any.
    pub unset: Vec<String>,
    /// The other steps, each once.
    pub steps: Vec<Fix>,
    /// Whether these are the whole fix, so that the entry's own steps are not needed.
    pub is_whole: bool,
}

impl Advice {
    /// `confirming` are the findings that the entry names as proof, `supporting` those that speak for the cause.
    pub fn of(confirming: &[&Finding], supporting: &[&Finding], here: Here<'_>) -> Self {
        let mut advice = Self {
            unset: Vec::new(),
            steps: Vec::new(),
            is_whole: false,
        };
        for finding in confirming {
            for remedy in &finding.fix {
                let proven = finding.level == Level::Proven;
                advice.is_whole |= advice.take(remedy, here) && proven;
            }
        }
        // What only speaks for a cause may unset what the cause has nothing to do with.
        for finding in supporting {
            for remedy in &finding.fix {
                if finding.severity > Severity::Info && !matches!(remedy, Remedy::Unset(_)) {
                    advice.take(remedy, here);
                }
            }
        }
        advice
    }

    /// Takes a remedy; `true` where it is a step of its own that leaves nothing open.
    fn take(&mut self, remedy: &Remedy, here: Here<'_>) -> bool {
        if let Remedy::Unset(names) = remedy {
            for name in names {
                if !self.unset.contains(name) {
                    self.unset.push(name.clone());
                }
            }
            return false;
        }
        let step = step(remedy, here);
        // What the reader would have to fill in, the entry's own steps say with more words.
        let is_filled = step.command.as_ref().is_none_or(|line| !line.contains('<'));
        if is_filled && !self.steps.contains(&step) {
            self.steps.push(step);
        }
        is_filled && !matches!(remedy, Remedy::Look(_))
    }
}

/// The steps that mend a finding by itself, for a shell.
#[must_use]
pub fn fixes(finding: &Finding, shell: Shell) -> Vec<Fix> {
    let here = Here {
        shell,
        ..Here::default()
    };
    let fixes = finding.fix.iter();
    fixes.map(|remedy| step(remedy, here)).collect()
}

/// A remedy as a step, for a shell.
fn step(remedy: &Remedy, here: Here<'_>) -> Fix {
    let shell = here.shell;
    let (say, command, effect) = match remedy {
        Remedy::Unset(names) => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            (None, Some(shell.unset(&names)), Effect::Reads)
        }
        Remedy::Set(name, value) if is_alone(here, name) => {
            let value = redact(value);
            let say = format!(
                "{name} is set for this command alone, not in the shell; set it to {value} there"
            );
            (Some(say), None, Effect::Reads)
        }
        Remedy::Set(name, value) => (None, Some(shell.set(name, value)), Effect::Reads),
        Remedy::Give(option, value) => {
            let say = match value {
                Some(value) if *option == "--profile" => {
                    format!("Name profile \"{value}\" instead")
                }
                Some(value) => format!("Give {option} {value}"),
                None => format!("Leave {option} out"),
            };
            (Some(say), None, Effect::Reads)
        }
        Remedy::Rename(option, right) => {
            let say = format!("Write {right} in place of {option}");
            (Some(say), None, Effect::Reads)
        }
        Remedy::Look(words) => (None, Some(shell.line(words)), Effect::Reads),
        Remedy::Run(words) => (None, Some(shell.line(words)), Effect::Writes),
        Remedy::Do(sentence) => {
            let sentence = redact(sentence.trim_end_matches('.'));
            (Some(sentence), None, Effect::Reads)
        }
    };
    Fix {
        say,
        command,
        effect,
    }
}
