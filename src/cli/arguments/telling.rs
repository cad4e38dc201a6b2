//! How errors are told: what the filter and `run` have in common.

use clap::{
    Args, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{KnowledgeArguments, ScreenArguments, When};
use crate::{
    filter::Repeat,
    render::{FORMS, Named, named},
};

/// How errors are told, whatever is read.
#[derive(Debug, Args)]
pub struct TellingArguments {
    /// What comes out: the input with notes, in one of several forms, or a document instead of it; by default annotate, or in
    /// a CI job's log the form of its system
    #[arg(help_heading = "Output", long, value_parser = form(), env = "AWSEXPLAIN_FORMAT", hide_env_values = true)]
    pub format: Option<&'static Named>,

    /// Look at this machine's credentials and settings to rank the causes; auto: only in a live pipe
    #[arg(
        help_heading = "Errors",
        long,
        value_enum,
        default_value = "auto",
        env = "AWSEXPLAIN_CHECK",
        hide_env_values = true
    )]
    pub check: CheckWhen,

    /// The same error again: told once, in one line, or in full
    #[arg(
        help_heading = "Errors",
        long,
        value_enum,
        default_value = "once",
        env = "AWSEXPLAIN_REPEAT",
        hide_env_values = true
    )]
    pub repeat: Repeat,

    /// Mask keys, tokens and signatures in what passes through; `=accounts`: account ids too
    #[arg(help_heading = "Output", long, value_enum, value_name = "accounts", num_args = 0..=1, require_equals = true, default_missing_value = "secrets", env = "AWSEXPLAIN_REDACT", hide_env_values = true)]
    pub redact: Option<Redact>,

    /// Counts of all errors at the end; auto: for files in a terminal, where there was more than one error
    #[arg(
        help_heading = "Output",
        long,
        value_enum,
        default_value = "auto",
        env = "AWSEXPLAIN_SUMMARY",
        hide_env_values = true
    )]
    pub summary: When,

    /// Errors that get no note: an entry's id or a code; may be given several times
    ///
    /// They pass as all else does, and count for nothing: not for --summary and not for --fail-on.
    #[arg(
        help_heading = "Errors",
        long,
        value_name = "ID|CODE",
        value_delimiter = ',',
        env = "AWSEXPLAIN_IGNORE",
        hide_env_values = true
    )]
    pub ignore: Vec<String>,

    /// What is known beside what is built in.
    #[command(flatten)]
    pub knowledge: KnowledgeArguments,

    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenArguments,
}

/// What is masked in what passes through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Redact {
    /// Keys, tokens and signatures.
    Secrets,
    /// These, and account ids.
    Accounts,
}

/// When the environment is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CheckWhen {
    /// In a live pipe, not for files: a log from elsewhere says nothing of this machine.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl CheckWhen {
    /// Whether it is looked at, where `auto` means this.
    pub fn holds(self, auto: bool) -> bool {
        match self {
            Self::Auto => auto,
            Self::Always => true,
            Self::Never => false,
        }
    }
}

fn form() -> impl TypedValueParser<Value = &'static Named> {
    PossibleValuesParser::new(FORMS.iter().map(|form| form.name))
        .try_map(|name| named(&name).ok_or("no such form"))
}

impl ValueEnum for Repeat {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Once, Self::Brief, Self::Full]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(match self {
            Self::Once => "once",
            Self::Brief => "brief",
            Self::Full => "full",
        }))
    }
}
