//! The arguments of the filter.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::TellingArguments;
use crate::filter::FailOn;

/// The arguments of the filter.
#[derive(Debug, Args)]
pub struct FilterArguments {
    /// Logs to read; standard input where none is named, `-` for it among others
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub files: Vec<String>,

    /// Read all files in folders that are named, and below them
    #[arg(long, short)]
    pub recursive: bool,

    /// Where notes go: stdout, stderr or a file
    #[arg(help_heading = "Output", long, value_name = "stdout|stderr|FILE", default_value = "stdout", value_parser = notes)]
    pub notes: Notes,

    /// Which errors make the status 1: never, any, or codes with commas between
    #[arg(help_heading = "Errors", long, value_name = "never|any|CODE,…", default_value = "never", value_parser = fail_on, env = "AWSEXPLAIN_FAIL_ON", hide_env_values = true)]
    pub fail_on: FailOn,

    /// How errors are told.
    #[command(flatten)]
    pub telling: TellingArguments,
}

/// Where notes go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notes {
    /// Among the input.
    Stdout,
    /// To standard error.
    Stderr,
    /// Into a file.
    File(PathBuf),
}

fn fail_on(text: &str) -> Result<FailOn, String> {
    match text {
        "never" => Ok(FailOn::Never),
        "any" => Ok(FailOn::Any),
        codes => {
            let codes: Vec<String> = codes
                .split(',')
                .map(|code| code.trim().to_owned())
                .collect();
            let fits = |code: &String| {
                let plain =
                    |letter: char| letter.is_ascii_alphanumeric() || "._-/".contains(letter);
                let is_word = matches!(code.as_str(), "never" | "any");
                !code.is_empty() && !is_word && code.chars().all(plain)
            };
            if codes.iter().all(fits) {
                Ok(FailOn::These(codes))
            } else {
                Err("it is never, any, or codes such as AccessDenied,ExpiredToken".to_owned())
            }
        }
    }
}

#[allow(clippy::unnecessary_wraps)] // clap wants a fallible parser
fn notes(text: &str) -> Result<Notes, String> {
    Ok(match text {
        "stdout" => Notes::Stdout,
        "stderr" => Notes::Stderr,
        file => Notes::File(PathBuf::from(file)),
    })
}
