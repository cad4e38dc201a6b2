//! The arguments of `run`.

use std::{ffi::OsString, path::PathBuf};

use clap::Args;

use super::TellingArguments;

/// The arguments of `run`.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The command and its arguments
    #[arg(
        value_name = "COMMAND",
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub command: Vec<OsString>,

    /// Also read the command's standard output, where it is no terminal; notes stand in standard error all the same
    #[arg(long)]
    pub both: bool,

    /// Put the notes, or a document such as jsonl, into this file instead of among standard error
    // Its id is not that of its flag: settings named `notes` are the filter's.
    #[arg(
        help_heading = "Output",
        id = "notes_file",
        long = "notes",
        value_name = "FILE"
    )]
    pub notes: Option<PathBuf>,

    /// How errors are told.
    #[command(flatten)]
    pub telling: TellingArguments,

    /// Take the words from the `aws` that started us by this alias of its own
    #[arg(long, value_name = "NAME", hide = true)]
    pub alias: Option<String>,

    /// Whether the form was typed, and is not from a variable or a file.
    #[arg(skip)]
    pub form_typed: bool,
}
