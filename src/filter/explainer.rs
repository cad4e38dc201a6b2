//! From an error to its explanation: the knowledge, what is true on this machine, and both together.

use std::sync::OnceLock;

use crate::{
    diagnose::{self, Explanation, Shell},
    environment::{self, About, Finding, Host},
    knowledge::Knowledge,
    recognise::AwsError,
};

/// Explains errors; one for a run, shared by all who read.
pub struct Explainer<'h> {
    host: Option<&'h (dyn Host + Sync)>,
    /// The machine is looked at once, at the first error.
    findings: OnceLock<Vec<Finding>>,
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
    pub fn new(host: Option<&'h (dyn Host + Sync)>, shell: Shell) -> Self {
        Self {
            host,
            findings: OnceLock::new(),
            shell,
            knowledge: Knowledge::default(),
            ignored: Vec::new(),
        }
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
        !self.ignored.is_empty()
            && (error.bare_code().is_some_and(is) || is(&self.knowledge.find(error).id))
    }

    /// What is told of the error.
    #[must_use]
    pub fn explain(&self, error: &AwsError) -> Explanation {
        let findings = self.findings.get_or_init(|| {
            let message = error.message.clone().unwrap_or_default();
            let about = About {
                message,
                ..About::default()
            };
            self.host
                .map(|host| environment::examine(host, &about))
                .unwrap_or_default()
        });
        let host = self.host.map(|host| host as &dyn Host);
        diagnose::explain(
            error,
            &self.knowledge.find(error),
            findings,
            host,
            self.shell,
        )
    }
}
