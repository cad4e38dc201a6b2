//! `awsexplain init`: for a shell a function `aws` that goes through `run`, and the completions; for the AWS CLI
//! an alias.
//!
//! The function is for a person: where standard error is no terminal (a script, a capture), `aws` runs by itself.

use clap_complete::Shell;

use super::{arguments::InitShell, completions, screen};
use crate::error::Result;

/// Prints what a shell reads at its start.
pub fn init(shell: InitShell) -> Result<u8> {
    let (function, completed) = match shell {
        InitShell::Alias => return screen::print(include_bytes!("init/alias")),
        InitShell::Bash => (include_str!("init/bash.sh"), Shell::Bash),
        InitShell::Zsh => (include_str!("init/zsh.zsh"), Shell::Zsh),
        InitShell::Fish => (include_str!("init/fish.fish"), Shell::Fish),
        InitShell::Powershell => (include_str!("init/powershell.ps1"), Shell::PowerShell),
    };
    let script = String::from_utf8_lossy(&completions::script(completed)?).into_owned();
    let script = script.trim();
    let completing = match shell {
        // They need what compinit brings.
        InitShell::Zsh => format!("if (( $+functions[compdef] )); then\n{script}\nfi"),
        _ => script.to_owned(),
    };
    screen::print(format!("{function}\n{completing}\n").as_bytes())
}
