//! What describes the command line to others: completions for shells, and the manual page.

use std::io;

use clap::CommandFactory;
use clap_complete::Shell;

use super::arguments::Arguments;
use crate::error::{Error, Result};

/// Prints the completions of awsexplain for a shell.
pub fn completions(shell: Shell) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "awsexplain", &mut script);
    print(&script)
}

/// Prints the manual page, in the form that `man` reads.
pub fn man() -> Result<u8> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(Arguments::command()).render(&mut page);
    rendered.map_err(failed)?;
    print(&page)
}

fn print(text: &[u8]) -> Result<u8> {
    io::Write::write_all(&mut io::stdout(), text).map_err(failed)?;
    Ok(0)
}

fn failed(source: io::Error) -> Error {
    Error::Write {
        to: "standard output".to_owned(),
        source,
    }
}
