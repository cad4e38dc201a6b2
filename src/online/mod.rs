//! Whose keys these are: one question to AWS STS, `GetCallerIdentity`, which needs no permission and changes nothing.
//!
//! It is asked only where the user says `--online`. One request is sent, to the address that [`StsRequest`] names and no
//! other: redirects are not followed. It ends within [`LIMIT`], whatever the server does, and reads at most 64 KiB. The
//! answer is read as text from a stranger.
//!
//! All of it is behind the cargo feature `online`; without it the program holds no network code, and says so.

#[cfg(feature = "online")]
mod ask;
#[cfg(feature = "online")]
mod read;

use std::time::Duration;

use crate::{
    environment::StsRequest,
    error::{Error, Result},
};

/// The longest that the whole question takes, from the search for the name to the last byte.
pub const LIMIT: Duration = Duration::from_secs(3);

/// What came of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The keys are good.
    Identity {
        /// Whose they are: `arn:aws:iam::123456789012:user/dev`.
        arn: String,
        /// The account, twelve digits.
        account: String,
    },
    /// AWS STS refuses them.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The error's code.
        code: String,
        /// Its message, secrets masked.
        message: String,
    },
    /// There is no answer of AWS STS, for this reason.
    Nothing(String),
}

/// An answer, and the server's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What came of it.
    pub answer: Answer,
    /// The time in the answer's Date header, in seconds since 1970; only of an answer of AWS STS.
    pub date: Option<u64>,
}

/// Asks AWS STS whose keys these are; `now` in seconds since 1970, for the signature. Fails only where the program was
/// built without network code.
#[cfg(feature = "online")]
pub fn who(request: &StsRequest, now: u64) -> Result<Asked> {
    Ok(ask::ask(request, now))
}

/// Says that this program cannot ask.
#[cfg(not(feature = "online"))]
pub fn who(_: &StsRequest, _: u64) -> Result<Asked> {
    Err(without())
}

/// Whether this program can ask at all; where it was built without network code, the error says how to get one that can.
pub fn available() -> Result<()> {
    if cfg!(feature = "online") {
        Ok(())
    } else {
        Err(without())
    }
}

fn without() -> Error {
    Error::Usage(
        "--online: this program was built without network code. Install one that has it with `cargo install --path .`, \
         or leave --online out and run `aws sts get-caller-identity`"
            .to_owned(),
    )
}
