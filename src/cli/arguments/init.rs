//! What `init` is for.

use clap::ValueEnum;

/// What `init` is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InitShell {
    /// Bash.
    Bash,
    /// Zsh.
    Zsh,
    /// Fish.
    Fish,
    /// `PowerShell`.
    Powershell,
    /// The AWS CLI, by its alias file.
    Alias,
}
