//! The commands of `config`.

use std::path::PathBuf;

use clap::Subcommand;

use super::DocumentArguments;

/// What there is to know of the settings.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Show each setting's value and where it comes from: a variable, a file and its line, or built in
    Show {
        /// What comes out.
        #[command(flatten)]
        output: DocumentArguments,
        /// The configuration file to read instead of the usual one
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
}
