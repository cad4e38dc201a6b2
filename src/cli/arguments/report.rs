//! The arguments of `report`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{KnowledgeArguments, ScreenArguments};

/// The arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// Logs to read, `-` for standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::AnyPath)]
    pub files: Vec<String>,

    /// Read all files in and below the folders that are named
    #[arg(long)]
    pub recursive: bool,

    /// Where the report goes; the name ends in .html or .md and so says the form
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    /// What is known beside what is built in.
    #[command(flatten)]
    pub knowledge: KnowledgeArguments,

    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenArguments,
}
