//! What `awsexplain check` says of a machine: what the AWS CLI would use there, and what is wrong with it.

mod json;
mod table;

use std::cmp::Reverse;

use crate::{
    diagnose::{Explanation, Fix, Shell, fixes},
    environment::{Chain, Finding, Severity},
    online::Answer,
    recognise::AwsError,
};

pub use json::machine_object;
pub use table::table;

/// What AWS STS said, where it was asked.
#[derive(Debug)]
pub struct Online {
    /// Who was asked: scheme, host and port; `None` where nobody could be.
    pub to: Option<String>,
    /// What was said.
    pub answer: Answer,
    /// A refusal, and what explains it.
    pub explained: Option<(AwsError, Explanation)>,
}

/// A machine that was looked at.
#[derive(Debug)]
pub struct Checked {
    /// What the AWS CLI would use.
    pub chain: Chain,
    /// What was found, the worst first, each with its steps for the reader's shell.
    pub findings: Vec<(Finding, Vec<Fix>)>,
    /// When it was looked at, in seconds since 1970.
    pub now: u64,
    /// What AWS STS said; `None` where it was not asked for.
    pub online: Option<Online>,
}

impl Checked {
    /// Puts together what the environment says; `now` in seconds since 1970.
    #[must_use]
    pub fn new(chain: Chain, mut findings: Vec<Finding>, now: u64, shell: Shell) -> Self {
        // Stable: within a severity the order of the checks, which is that of the chain, stays.
        findings.sort_by_key(|finding| Reverse(finding.severity));
        let with_steps = |finding| {
            let steps = fixes(&finding, shell);
            (finding, steps)
        };
        Self {
            chain,
            findings: findings.into_iter().map(with_steps).collect(),
            now,
            online: None,
        }
    }

    /// Whether something is wrong: a finding that is an error, or keys that AWS STS was asked about and did not take.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        let taken = |online: &Online| matches!(online.answer, Answer::Identity { .. });
        self.count(Severity::Error) > 0 || !self.online.as_ref().is_none_or(taken)
    }

    /// How many findings are of that severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let is = |(finding, _): &&(Finding, Vec<Fix>)| finding.severity == severity;
        self.findings.iter().filter(is).count()
    }
}

/// `2026-01-01T00:00:00Z` for a time in seconds since 1970; `None` where no calendar reaches.
fn moment(seconds: u64) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}
