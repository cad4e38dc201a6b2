//! What is true on this machine, as far as it decides between the causes of an AWS error.
//!
//! One message, `InvalidToken`, has a dozen causes; the variables, the files and the clock tell which of them it is.
//! [`Examination`] looks at a [`Host`] once for a run and gives the [`Finding`]s for each error: facts in the field's terms,
//! each under the slug that `docs/checks.md` lists, safe to print. Which error a fact explains is not known here; the
//! entries say that.
//! [`Examination::chain`] tells where the AWS CLI would take its credentials, Region and endpoint from.
//!
//! | part | what it does |
//! | --- | --- |
//! | `host`, `fake` | the machine, real or made up: the only way to a fact |
//! | `processes` | who started whom, with which words, variables and pipes |
//! | `around` | the shell that the reader sits at |
//! | `beside` | the command that writes what we read |
//! | `overlay` | the machine as a command with variables of its own sees it |
//! | `decode` | what tokens and key ids say in the clear |
//! | `files` | the config and credentials files, line by line, as they stand |
//! | `scene` | one look at a host: variables, files, the profile in use |
//! | `examination` | that look kept for a run, and what it says of one error |
//! | `words`, `address` | names, paths and addresses on their way to people |
//! | `client` | which AWS CLI comes first on PATH |
//! | `command` | the words of the failing command: what they name, and which may be shown |
//! | `chain` | the order of the sources, and what the first one shadows |
//! | `lifetime` | until when they last: logins, cached sessions, noted ends |
//! | `differences` | where another client would use something else |
//! | `sts` | the keys, and where AWS STS would be asked whose they are |
//! | `checks` | small functions from a scene to findings, one file per group |

mod address;
mod around;
mod beside;
mod chain;
mod checks;
mod client;
mod command;
mod decode;
mod differences;
mod examination;
mod fake;
mod files;
mod finding;
mod host;
mod lifetime;
mod overlay;
mod processes;
mod regions;
mod scene;
mod sts;
#[cfg(test)]
mod tests;
mod words;

pub use around::shell_around;
pub use beside::{Beside, Neighbour, beside};
pub use chain::{Answer, Chain, Source};
pub use checks::slugs;
pub use client::Client;
pub use command::{Command, Program};
pub use decode::{age, is_account};
pub use differences::Difference;
pub use examination::{Examination, Said};
pub use fake::FakeHost;
pub use finding::{Finding, Level, Remedy, Severity};
pub use host::{FILE_CAP, Host, Kind, Metadata, RealHost};
pub use lifetime::Ending;
pub use overlay::Overlay;
pub use processes::{FakeProcess, Processes, Stream};
pub use regions::{other_partition_in, partition_of};
pub use sts::{Keys, StsRequest};

/// What is known of the failed command besides the machine it ran on: from its arguments.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct About {
    /// The value of `--profile`.
    pub profile: Option<String>,
    /// The value of `--region`.
    pub region: Option<String>,
    /// The value of `--endpoint-url`.
    pub endpoint: Option<String>,
    /// Whether there is a terminal to ask at.
    pub terminal: bool,
}
