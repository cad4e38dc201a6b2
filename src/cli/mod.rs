//! The command line: from arguments to a command, and from failures to exit statuses. One file a command.

mod arguments;
mod explain;
mod files;
mod filter;
mod job;
mod knowledge;
mod list;
mod manual;
mod progress;
mod report;
mod screen;
mod settings;
mod template;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Runs the program with this process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(fault) => {
            let _ = fault.print();
            return ExitCode::from(u8::try_from(fault.exit_code()).unwrap_or(2));
        }
    };
    let done = match arguments.command {
        None => filter::filter(&arguments.filter),
        Some(Command::Completions { shell }) => manual::completions(shell),
        Some(Command::Explain(arguments)) => explain::explain(&arguments),
        Some(Command::Knowledge(command)) => knowledge::knowledge(&command),
        Some(Command::List(arguments)) => list::list(&arguments),
        Some(Command::Man) => manual::man(),
        Some(Command::Report(arguments)) => report::report(&arguments),
    };
    match done {
        Ok(status) => ExitCode::from(status),
        Err(fault) if fault.is_closed_output() => ExitCode::SUCCESS,
        Err(fault) => {
            screen::warn(&fault);
            ExitCode::from(fault.status())
        }
    }
}
