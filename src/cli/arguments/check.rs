//! The arguments of `check`.

use clap::Args;

use super::{DocumentArguments, ScreenArguments};

/// The arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The profile, as it would be given to the AWS CLI by --profile: key variables then take no part
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,

    /// Ask AWS STS whose keys these are: one request, at most 3 s
    ///
    /// The request is signed with the keys that the AWS CLI would use, goes to AWS STS in the Region in use (or to
    /// `AWS_ENDPOINT_URL_STS`, where that is https or on this machine), and needs no permission. No program is run, no role
    /// assumed, no login renewed: where that would have to come first, it is said instead.
    #[arg(long)]
    pub online: bool,

    /// What comes out.
    #[command(flatten)]
    pub output: DocumentArguments,

    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenArguments,
}
