//! What describes the command line to others: completions for shells, and the manual page.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{arguments::Arguments, screen};
use crate::error::Result;

/// Prints the completions of awsexplain for a shell.
pub fn completions(shell: Shell) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "awsexplain", &mut script);
    screen::print(&script)
}

/// Prints the manual page, in the form that `man` reads.
pub fn man() -> Result<u8> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(Arguments::command()).render(&mut page);
    rendered.map_err(screen::unwritten)?;
    screen::print(&page)
}
