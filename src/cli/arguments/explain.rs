//! The arguments of `explain`.

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::{CheckWhen, DocumentArguments, KnowledgeArguments, ScreenArguments};
use crate::cli::completions;

/// The arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A code, SERVICE:CODE, or an error as it was printed; standard input where nothing is named
    #[arg(value_name = "CODE|TEXT", add = ArgValueCompleter::new(completions::codes))]
    pub words: Vec<String>,

    /// What comes out.
    #[command(flatten)]
    pub output: DocumentArguments,

    /// Look at this machine to rank the causes; auto: unless standard input is a file
    ///
    /// Whoever asks about an error has mostly just had it, so this machine counts. A saved log that is piped in from a file
    /// may be from elsewhere.
    #[arg(
        long,
        value_enum,
        default_value = "auto",
        env = "AWSEXPLAIN_CHECK",
        hide_env_values = true
    )]
    pub check: CheckWhen,

    /// What is known beside what is built in.
    #[command(flatten)]
    pub knowledge: KnowledgeArguments,

    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenArguments,
}
