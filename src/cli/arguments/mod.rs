//! The flags, as they are typed: one file a command, and one for what several have in common.

mod check;
mod config;
mod explain;
mod filter;
mod init;
mod knowledge;
mod list;
mod report;
mod run;
mod screen;
mod telling;

pub use check::CheckArguments;
pub use config::ConfigCommand;
pub use explain::ExplainArguments;
pub use filter::{FilterArguments, Notes};
pub use init::InitShell;
pub use knowledge::{KnowledgeArguments, KnowledgeCommand};
pub use list::ListArguments;
pub use report::ReportArguments;
pub use run::RunArguments;
pub use screen::{Document, DocumentArguments, ScreenArguments, When};
pub use telling::{CheckWhen, Redact, TellingArguments};

use clap::{
    Arg, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand,
    builder::{Resettable, Styles, styling::Style},
};
use clap_complete::Shell as CompletedShell;

/// The help is in the terminal's own colour, as the parts of a note are that have to be read on dark and on light.
const STYLES: Styles = Styles::styled()
    .header(Style::new().bold().underline())
    .usage(Style::new().bold().underline())
    .literal(Style::new().bold())
    .placeholder(Style::new());

/// Explains AWS errors where they are printed.
#[derive(Debug, Parser)]
#[command(
    name = "awsexplain",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    subcommand_value_name = "COMMAND",
    styles = STYLES,
    before_help = "Examples:\n  aws s3 ls 2>&1 | awsexplain          explain a command's errors as they come\n  awsexplain build.log                 explain a saved log\n  awsexplain --format jsonl build.log  one JSON object for each error"
)]
pub struct Arguments {
    /// Another thing to do than to filter.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// What and how to filter.
    #[command(flatten)]
    pub filter: FilterArguments,
}

/// The commands beside the filter: one file of `cli` each.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Look at this machine: which credentials, Region and endpoint the AWS CLI would use, and what is wrong with them
    #[command(
        before_help = "Examples:\n  awsexplain check                    what would be used, from where, and what is wrong\n  awsexplain check --profile prod     as the AWS CLI would with --profile prod\n  awsexplain check --online           and ask AWS STS whose keys these are\n  awsexplain check --format json      for programs",
        after_help = "Exit status: 0 where no finding is an error (warnings do not count) and, with --online, the identity is known; otherwise 1; 2 where the command line is wrong.\n\nNothing is run, and without --online nothing is sent. Names, files, lines and times are shown, never a value that is secret."
    )]
    Check(Later<CheckArguments>),
    /// Print the completions of awsexplain for a shell
    #[command(
        before_help = "Examples:\n  awsexplain completions bash > ~/.local/share/bash-completion/completions/awsexplain\n  awsexplain completions zsh > ~/.zfunc/_awsexplain\n  awsexplain completions fish > ~/.config/fish/completions/awsexplain.fish"
    )]
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: CompletedShell,
    },
    /// Explain a code or a pasted error: the whole entry, with every cause and fix
    #[command(
        before_help = "Examples:\n  awsexplain explain InvalidToken             every cause and fix\n  awsexplain explain s3:NoSuchBucket          the code of one service\n  awsexplain explain 'An error occurred …'    a pasted line\n  aws s3 ls 2>&1 | awsexplain explain         what a command said"
    )]
    Explain(Later<ExplainArguments>),
    /// Print a function aws that explains its errors, and the completions, for a shell; or an alias for the AWS CLI
    #[command(
        before_help = "Examples:\n  eval \"$(awsexplain init bash)\"                    in ~/.bashrc; zsh likewise, in ~/.zshrc\n  awsexplain init fish | source                     in ~/.config/fish/config.fish\n  awsexplain init powershell | Out-String | Invoke-Expression    in $PROFILE\n  awsexplain init alias >> ~/.aws/cli/alias         then: aws explain s3 ls (Linux)"
    )]
    Init {
        /// The shell; alias: the AWS CLI's own alias file
        #[arg(value_enum, value_name = "SHELL|alias")]
        shell: InitShell,
    },
    /// The settings, and where they come from
    #[command(subcommand)]
    #[command(
        before_help = "Examples:\n  awsexplain config show\n  awsexplain config show --format json"
    )]
    Config(ConfigCommand),
    /// For authors of entries: lint, test, begin one, print the schema
    #[command(subcommand)]
    #[command(
        before_help = "Examples:\n  aws … 2>&1 | awsexplain knowledge new acme/FooError --to knowledge\n  awsexplain knowledge lint knowledge\n  awsexplain knowledge test knowledge\n  awsexplain knowledge schema > entry.schema.json"
    )]
    Knowledge(KnowledgeCommand),
    /// List what the knowledge covers
    #[command(
        before_help = "Examples:\n  awsexplain list --area credentials\n  awsexplain list --service s3\n  awsexplain list --search 'session token'\n  awsexplain list --catalogue --format json"
    )]
    List(Later<ListArguments>),
    /// Print the manual page, for `man -l -`
    #[command(before_help = "Examples:\n  awsexplain man | man -l -")]
    Man,
    /// Write a page, or a comment in Markdown, about one or many logs
    #[command(
        before_help = "Examples:\n  awsexplain report build.log -o report.html\n  awsexplain report logs/*.log -o report.md     short, for a comment under a pull request"
    )]
    Report(Later<ReportArguments>),
    /// Run a command, explain its errors in place, and end with its status
    #[command(
        override_usage = "awsexplain run [OPTIONS] -- COMMAND...",
        before_help = "Examples:\n  awsexplain run -- aws s3 ls                           the command as ever, its errors explained\n  awsexplain run --both -- terraform apply > log        its standard output is read as well\n  awsexplain run --notes errors.txt -- ./deploy.sh      notes go to a file"
    )]
    Run(Later<RunArguments>),
}

/// The description of the command line. A variable that is set to nothing is as if it were not set.
pub fn described() -> clap::Command {
    without_empty_variables(Arguments::command())
}

fn without_empty_variables(command: clap::Command) -> clap::Command {
    let is_empty = |arg: &Arg| {
        let name = arg.get_env();
        name.and_then(std::env::var_os)
            .is_some_and(|value| value.is_empty())
    };
    if !command.get_arguments().any(is_empty) {
        return command;
    }
    command.mut_args(|arg| {
        if is_empty(&arg) {
            arg.env(Resettable::Reset)
        } else {
            arg
        }
    })
}

/// Arguments that are described only where their command is typed, so that the filter's start does not pay for them.
#[derive(Debug)]
pub struct Later<T>(pub T);

impl<T: Args> Args for Later<T> {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.defer(|command| {
            let about = command.get_about().cloned().unwrap_or_default();
            without_empty_variables(T::augment_args(command).about(about))
        })
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

impl<T: FromArgMatches> FromArgMatches for Later<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}
