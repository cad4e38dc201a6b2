//! The flags, as they are typed.

use std::{ffi::OsString, path::PathBuf};

use clap::{
    Arg, ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
    ValueHint,
    builder::{PossibleValuesParser, Resettable, Styles, TypedValueParser, styling::AnsiColor},
};
use clap_complete::{ArgValueCompleter, Shell as CompletedShell};

use super::completions;
use crate::{
    filter::{FailOn, Repeat},
    render::{FORMS, Named, named},
};

/// The colours of the help: those of notes.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Cyan.on_default().bold())
    .usage(AnsiColor::Cyan.on_default().bold())
    .literal(AnsiColor::Green.on_default())
    .placeholder(AnsiColor::Green.on_default().dimmed());

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

/// The arguments of `run`.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// The command and its arguments
    #[arg(
        value_name = "COMMAND",
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    pub command: Vec<OsString>,

    /// Also read the command's standard output, where it is no terminal; notes stand in standard error all the same
    #[arg(long)]
    pub both: bool,

    /// Put the notes, or a document such as jsonl, into this file instead of among standard error
    // Its id is not that of its flag: settings named `notes` are the filter's.
    #[arg(
        help_heading = "Output",
        id = "notes_file",
        long = "notes",
        value_name = "FILE"
    )]
    pub notes: Option<PathBuf>,

    /// How errors are told.
    #[command(flatten)]
    pub telling: TellingArguments,

    /// Take the words from the `aws` that started us by this alias of its own
    #[arg(long, value_name = "NAME", hide = true)]
    pub alias: Option<String>,

    /// Whether the form was typed, and is not from a variable or a file.
    #[arg(skip)]
    pub form_typed: bool,
}

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

/// The arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// Logs to read, `-` for standard input
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::AnyPath)]
    pub files: Vec<String>,

    /// Read all files in and below the folders that are named
    #[arg(long)]
    pub recursive: bool,

    /// Where the report goes; the name ends in .html or .md and so says the form
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    /// What is known beside what is built in.
    #[command(flatten)]
    pub knowledge: KnowledgeArguments,

    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenArguments,
}

/// The form of what comes out, where that is no log. Its id is not that of its flag: settings named `format` are the
/// filter's.
#[derive(Debug, Args)]
pub struct DocumentArguments {
    /// What comes out
    #[arg(
        long = "format",
        value_name = "FORMAT",
        value_enum,
        default_value = "text"
    )]
    pub document: Document,
}

/// The arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The profile, as it would be given to the AWS CLI by --profile: key variables then take no part
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,

    /// Ask AWS STS whose keys these are: one request, at most 3 s
    ///
    /// The request is signed with the keys that the AWS CLI would use, goes to AWS STS in the Region in use (or to
    /// `AWS_ENDPOINT_URL_STS`, where that is https or on this machine), and needs no permission. No program is run, no role
    /// assumed, no login renewed: where that would have to come first, it is said instead.
    #[arg(long)]
    pub online: bool,

    /// What comes out.
    #[command(flatten)]
    pub output: DocumentArguments,

    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenArguments,
}

/// The arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A code, SERVICE:CODE, or an error as it was printed; standard input where nothing is named
    #[arg(value_name = "CODE|TEXT", add = ArgValueCompleter::new(completions::codes))]
    pub words: Vec<String>,

    /// What comes out.
    #[command(flatten)]
    pub output: DocumentArguments,

    /// Look at this machine to rank the causes; auto: unless standard input is a file
    ///
    /// Whoever asks about an error has mostly just had it, so this machine counts. A saved log that is piped in from a file
    /// may be from elsewhere.
    #[arg(
        long,
        value_enum,
        default_value = "auto",
        env = "AWSEXPLAIN_CHECK",
        hide_env_values = true
    )]
    pub check: CheckWhen,

    /// What is known beside what is built in.
    #[command(flatten)]
    pub knowledge: KnowledgeArguments,

    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenArguments,
}

/// The arguments of `list`.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Only the entries of an area, such as `credentials`
    #[arg(long, value_name = "AREA", add = ArgValueCompleter::new(completions::areas))]
    pub area: Option<String>,

    /// Only those of a service, such as `s3`
    #[arg(long, value_name = "SERVICE", add = ArgValueCompleter::new(completions::services))]
    pub service: Option<String>,

    /// Only those whose text holds all of these words
    #[arg(long, value_name = "TEXT")]
    pub search: Option<String>,

    /// Also the codes that only AWS's service models know of
    #[arg(long)]
    pub catalogue: bool,

    /// What comes out.
    #[command(flatten)]
    pub output: DocumentArguments,

    /// What is known beside what is built in.
    #[command(flatten)]
    pub knowledge: KnowledgeArguments,

    /// How it looks.
    #[command(flatten)]
    pub screen: ScreenArguments,
}

/// Where a user's own entries and settings are; the same for every command that asks them.
#[derive(Debug, Args)]
pub struct KnowledgeArguments {
    /// A folder of your own entries, asked before those that are built in; may be given several times
    ///
    /// Its entries are `<area>/<Name>.yaml`; `awsexplain knowledge new` begins one. Folders that are named here are read
    /// and checked at once; those of the variable and of the configuration at the first error.
    #[arg(help_heading = "Knowledge and configuration", long, value_name = "DIR", env = "AWSEXPLAIN_KNOWLEDGE", hide_env_values = true, value_delimiter = PATHS)]
    pub knowledge: Vec<PathBuf>,

    /// The configuration file to read instead of the usual one
    ///
    /// It holds the names of these flags with their values, in YAML. The usual one is ~/.config/awsexplain/config.yaml;
    /// `awsexplain config show` tells what holds.
    #[arg(
        help_heading = "Knowledge and configuration",
        long,
        value_name = "FILE"
    )]
    pub config: Option<PathBuf>,

    /// Whether the folders were typed, and are not from a variable or a file.
    #[arg(skip)]
    pub typed: bool,
}

/// What there is to know of the settings.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Show each setting's value and where it comes from: a variable, a file and its line, or built in
    Show {
        /// What comes out.
        #[command(flatten)]
        output: DocumentArguments,
        /// The configuration file to read instead of the usual one
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
}

/// What authors of entries do.
#[derive(Debug, Subcommand)]
pub enum KnowledgeCommand {
    /// Say what is wrong with the entries of a folder, with file and line
    Lint {
        /// The folder; its entries are `<area>/<Name>.yaml`
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Try the entries of a folder: each example has to find its entry, a near miss must not
    Test {
        /// The folder
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Print a new entry to begin with, filled from an error that is pasted or piped in
    New {
        /// `<area>/<Name>`, such as `s3/NoSuchBucket`
        id: String,
        /// The error, as it was printed
        #[arg(long, value_name = "TEXT")]
        from: Option<String>,
        /// Write `<area>/<Name>.yaml` into this folder instead of printing it
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
    /// Print the JSON Schema of an entry, for editors
    Schema,
}

/// What stands between the folders of a list.
const PATHS: char = if cfg!(windows) { ';' } else { ':' };

/// The form of a command's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Document {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// How what is printed looks; the same for every command that explains.
#[derive(Debug, Args)]
pub struct ScreenArguments {
    /// Colours; auto: in a terminal, unless `NO_COLOR` is set
    #[arg(
        help_heading = "Screen",
        long,
        value_enum,
        default_value = "auto",
        env = "AWSEXPLAIN_COLOR",
        hide_env_values = true
    )]
    pub color: When,

    /// The shell that commands are written for: bash, zsh, fish, powershell or cmd
    #[arg(help_heading = "Screen", long, value_name = "SHELL", value_parser = ["auto", "bash", "zsh", "fish", "powershell", "cmd"], env = "AWSEXPLAIN_SHELL", hide_env_values = true)]
    pub shell: Option<String>,

    /// How wide notes are, in letters
    #[arg(
        help_heading = "Screen",
        long,
        value_name = "N", value_parser = width,
        env = "AWSEXPLAIN_WIDTH", hide_env_values = true
    )]
    pub width: Option<usize>,
}

fn width(text: &str) -> Result<usize, String> {
    let wanted = "a number of letters is wanted, such as 100";
    text.parse().map_err(|_| wanted.to_owned())
}

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

/// Always, never, or where it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// Where it fits.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
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
