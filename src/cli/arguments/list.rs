//! The arguments of `list`.

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::{DocumentArguments, KnowledgeArguments, ScreenArguments};
use crate::cli::completions;

/// The arguments of `list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Only the entries of an area, such as `credentials`
    #[arg(long, value_name = "AREA", add = ArgValueCompleter::new(completions::areas))]
    pub area: Option<String>,

    /// Only those of a service, such as `s3`
    #[arg(long, value_name = "SERVICE", add = ArgValueCompleter::new(completions::services))]
    pub service: Option<String>,

    /// Only those whose text holds all of these words
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,

    /// Also the codes that only AWS's service models know of
    #[arg(long)]
    pub catalogue: bool,

    /// What comes out.
    #[command(flatten)]
    pub output: DocumentArguments,

    /// What is known beside what is built in.
    #[command(flatten)]
    pub knowledge: KnowledgeArguments,

    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenArguments,
}
