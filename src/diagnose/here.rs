//! What is known of the place where the error happened, as far as an explanation needs it.

use super::Shell;
use crate::{
    catalogue,
    environment::{Command, Examination, Finding, Host},
    recognise::AwsError,
};
use std::borrow::Cow;

/// The place where the error happened.
#[derive(Clone, Copy, Default)]
pub struct Here<'a> {
    /// The facts of this machine; none where the check is off.
    pub findings: &'a [Finding],
    /// The machine, as the command sees it; `None` where the check is off: then variables are named whether they are set or
    /// not, since nothing is known of them.
    pub host: Option<&'a dyn Host>,
    /// The machine as the shell around the command sees it, where the command has variables of its own.
    pub around: Option<&'a dyn Host>,
    /// The command that failed, where it is known.
    pub command: Option<&'a Command>,
    /// The shell that commands are written for.
    pub shell: Shell,
}

impl<'a> Here<'a> {
    /// What was found on a machine; `None` where none was looked at.
    #[must_use]
    pub fn seen(
        machine: Option<&'a Examination<'_>>,
        findings: &'a [Finding],
        shell: Shell,
    ) -> Self {
        Self {
            findings,
            host: machine.map(Examination::host),
            shell,
            ..Self::default()
        }
    }
}

/// The error with the service and the operation that the failing command names, where the text is silent and does not
/// speak of another one.
///
/// ```
/// use awsexplain::{diagnose::completed, environment::Command, recognise::AwsError};
/// let command = Command::parse(&["aws", "ec2", "describe-instances"]);
/// let error = completed(&AwsError::default(), command.as_ref()).into_owned();
/// assert_eq!((error.service.as_deref(), error.operation.as_deref()), (Some("ec2"), Some("DescribeInstances")));
/// ```
#[must_use]
pub fn completed<'e>(error: &'e AwsError, command: Option<&Command>) -> Cow<'e, AwsError> {
    let typed = command.and_then(|command| {
        let operation = command.operation.as_deref().unwrap_or_default();
        Some(catalogue::typed(command.service.as_deref()?, operation))
    });
    let Some((Some(service), operation)) = typed else {
        return Cow::Borrowed(error);
    };
    // A command may call other services on its way (`sts` for a role); its error then names their operation.
    let is_its_own = match error.operation.as_deref() {
        None => true,
        Some(said) => {
            operation == Some(said) || catalogue::services_with(said).any(|one| one == service)
        }
    };
    if error.service.is_some() || !is_its_own {
        return Cow::Borrowed(error);
    }
    let mut completed = error.clone();
    completed.service = Some(service.to_owned());
    if completed.operation.is_none() {
        completed.operation = operation.map(str::to_owned);
    }
    Cow::Owned(completed)
}
