//! `awsexplain init`: for a shell a function `aws` that goes through `run`, and the completions; for the AWS CLI an alias.
//!
//! The function is for a person: where standard error is no terminal (a script, a capture), `aws` runs by itself.

use clap_complete::Shell;

use super::{arguments::Place, completions, screen};
use crate::error::Result;

/// Prints what a shell, or the AWS CLI, reads at its start.
pub fn init(place: Place) -> Result<u8> {
    let (function, shell) = match place {
        Place::Bash => (include_str!("init/bash.sh"), Some(Shell::Bash)),
        Place::Zsh => (include_str!("init/zsh.zsh"), Some(Shell::Zsh)),
        Place::Fish => (include_str!("init/fish.fish"), Some(Shell::Fish)),
        Place::Powershell => (include_str!("init/powershell.ps1"), Some(Shell::PowerShell)),
        Place::Alias => (include_str!("init/alias"), None),
    };
    let mut text = function.as_bytes().to_vec();
    match shell {
        // Its completions are there only where compinit was called.
        Some(Shell::Zsh) => {
            text.extend(b"\nif (( $+functions[compdef] )); then\n");
            text.extend(completions::script(Shell::Zsh)?);
            text.extend(b"fi\n");
        }
        Some(shell) => {
            text.push(b'\n');
            text.extend(completions::script(shell)?);
        }
        None => {}
    }
    screen::print(&text)
}
