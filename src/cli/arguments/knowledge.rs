//! Which knowledge is asked, and what authors of entries do.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Where a user's own entries and settings are; the same for every command that asks them.
#[derive(Debug, Args)]
pub struct KnowledgeArguments {
    /// A folder of your own entries, asked before those that are built in; may be given several times
    ///
    /// Its entries are `<area>/<Name>.yaml`; `awsexplain knowledge new` begins one. Folders that are named here are read
    /// and checked at once; those of the variable and of the configuration at the first error.
    #[arg(help_heading = "Knowledge and configuration", long, value_name = "DIR", env = "AWSEXPLAIN_KNOWLEDGE", hide_env_values = true, value_delimiter = PATHS)]
    pub knowledge: Vec<PathBuf>,

    /// The configuration file to read instead of the usual one
    ///
    /// It holds the names of these flags with their values, in YAML. The usual one is ~/.config/awsexplain/config.yaml;
    /// `awsexplain config show` tells what holds.
    #[arg(
        help_heading = "Knowledge and configuration",
        long,
        value_name = "FILE"
    )]
    pub config: Option<PathBuf>,

    /// Whether the folders were typed, and are not from a variable or a file.
    #[arg(skip)]
    pub typed: bool,
}

/// What authors of entries do.
#[derive(Debug, Subcommand)]
pub enum KnowledgeCommand {
    /// Say what is wrong with the entries of a folder, with file and line
    Lint {
        /// The folder; its entries are `<area>/<Name>.yaml`
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Try the entries of a folder: each example has to find its entry, a near miss must not
    Test {
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Print a new entry to begin with, filled from an error that is pasted or piped in
    New {
        /// `<area>/<Name>`, such as `s3/NoSuchBucket`
        id: String,
        /// The error, as it was printed
        #[arg(long, value_name = "TEXT")]
        from: Option<String>,
        /// Write `<area>/<Name>.yaml` into this folder instead of printing it
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
    /// Print the JSON Schema of an entry, for editors
    Schema,
}

/// What stands between the folders of a list.
const PATHS: char = if cfg!(windows) { ';' } else { ':' };
