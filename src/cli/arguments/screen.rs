//! How what is printed looks, and its form: what several commands have in common.

use clap::{Args, ValueEnum};

/// How what is printed looks; the same for every command that explains.
#[derive(Debug, Args)]
pub struct ScreenArguments {
    /// Colours; auto: in a terminal, unless `NO_COLOR` is set
    #[arg(
        help_heading = "Screen",
        long,
        value_enum,
        default_value = "auto",
        env = "AWSEXPLAIN_COLOR",
        hide_env_values = true
    )]
    pub color: When,

    /// The shell that commands are written for: bash, zsh, fish, powershell or cmd
    #[arg(help_heading = "Screen", long, value_name = "SHELL", value_parser = ["auto", "bash", "zsh", "fish", "powershell", "cmd"], env = "AWSEXPLAIN_SHELL", hide_env_values = true)]
    pub shell: Option<String>,

    /// How wide notes are, in letters
    #[arg(
        help_heading = "Screen",
        long,
        value_name = "N", value_parser = width,
        env = "AWSEXPLAIN_WIDTH", hide_env_values = true
    )]
    pub width: Option<usize>,
}

fn width(text: &str) -> Result<usize, String> {
    let wanted = "a number of letters is wanted, such as 100";
    text.parse().map_err(|_| wanted.to_owned())
}

/// Always, never, or where it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// Where it fits.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The form of what comes out, where that is no log. Its id is not that of its flag: settings named `format` are the
/// filter's.
#[derive(Debug, Args)]
pub struct DocumentArguments {
    /// What comes out
    #[arg(
        long = "format",
        value_name = "FORMAT",
        value_enum,
        default_value = "text"
    )]
    pub document: Document,
}

/// The form of a command's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Document {
    /// For people.
    Text,
    /// For programs.
    Json,
}
