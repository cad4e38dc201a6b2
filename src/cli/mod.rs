//! The command line: from arguments to a command, and from failures to exit statuses. One file a command.

mod arguments;
mod check;
mod completions;
mod config;
mod config_file;
mod explain;
mod files;
mod filter;
mod init;
mod job;
mod knowledge;
mod list;
mod manual;
mod progress;
mod report;
mod run;
mod screen;
mod settings;
mod stdin;
mod step_summary;
mod telling;
mod template;

use std::process::ExitCode;

use arguments::Command;
use settings::Stop;

/// Runs the program with this process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    completions::answer();
    let arguments = match settings::arguments(std::env::args_os().collect()) {
        Ok(arguments) => arguments,
        Err(Stop::Usage(fault)) => {
            let _ = fault.print();
            if let Some(variable) = Stop::variable(&fault) {
                screen::say(&format!(
                    "awsexplain: the value is that of the variable {variable}"
                ));
            }
            return ExitCode::from(u8::try_from(fault.exit_code()).unwrap_or(2));
        }
        Err(Stop::Fault(fault)) => {
            screen::warn(&fault);
            return ExitCode::from(fault.status());
        }
    };
    let done = match arguments.command {
        None => filter::filter(&arguments.filter),
        Some(Command::Check(arguments)) => check::check(&arguments.0),
        Some(Command::Completions { shell }) => completions::completions(shell),
        Some(Command::Config(command)) => config::config(&command),
        Some(Command::Explain(arguments)) => explain::explain(&arguments.0),
        Some(Command::Init { shell }) => init::init(shell),
        Some(Command::Knowledge(command)) => knowledge::knowledge(&command),
        Some(Command::List(arguments)) => list::list(&arguments.0),
        Some(Command::Man) => manual::man(),
        Some(Command::Report(arguments)) => report::report(&arguments.0),
        Some(Command::Run(arguments)) => run::run(&arguments.0),
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
