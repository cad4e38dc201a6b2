//! The command that failed, as far as its words tell: an `aws` command line, read as the AWS CLI reads it.
//!
//! ```
//! use awsexplain::environment::Command;
//! let command = Command::parse(&["aws", "--profile", "dev", "s3api", "list-buckets", "--region=eu-west-1"]).unwrap();
//! assert_eq!((command.service.as_deref(), command.operation.as_deref()), (Some("s3api"), Some("list-buckets")));
//! assert_eq!((command.profile.as_deref(), command.region.as_deref()), (Some("dev"), Some("eu-west-1")));
//! ```
//!
//! `service` and `operation` are the words that were typed; `catalogue::typed` has AWS's own spelling of them. The words of
//! a command may be secret (`--master-user-password`, `configure set`); what of them may be shown is said by
//! [`Command::shown`].

mod program;
mod shown;

pub use program::Program;
pub(super) use program::{is_shell, name};

use super::About;

/// An `aws` command line. All texts are as typed, and none is safe to print.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Command {
    /// The words behind `aws`.
    words: Vec<String>,
    /// The first word that is no option: `s3api`.
    pub service: Option<String>,
    /// The second: `list-buckets`.
    pub operation: Option<String>,
    /// The value of `--profile`.
    pub profile: Option<String>,
    /// The value of `--region`.
    pub region: Option<String>,
    /// The value of `--endpoint-url`.
    pub endpoint: Option<String>,
    /// Whether requests go out unsigned (`--no-sign-request`), so that no credentials take part.
    pub unsigned: bool,
}

/// The AWS CLI's global options that take a value, wherever they stand.
const WITH_VALUE: &[&str] = &[
    "--endpoint-url",
    "--output",
    "--query",
    "--profile",
    "--region",
    "--color",
    "--ca-bundle",
    "--cli-read-timeout",
    "--cli-connect-timeout",
    "--cli-binary-format",
    "--cli-error-format",
];

impl Command {
    /// Reads the words of a process: `aws …`, with its path or without, started by Python (`python3 /usr/bin/aws …`) or by a
    /// program that only runs another one in the same environment (`time`, `timeout 10`, `stdbuf -oL`). `None` where it is
    /// no `aws` command.
    pub fn parse<S: AsRef<str>>(words: &[S]) -> Option<Self> {
        let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
        let at = program::aws_among(&words)?;
        let mut command = Self {
            words: words[at + 1..]
                .iter()
                .map(|word| (*word).to_owned())
                .collect(),
            ..Self::default()
        };
        let mut plain = Vec::new();
        let mut rest = words[at + 1..].iter();
        while let Some(word) = rest.next() {
            let (name, value) = word
                .split_once('=')
                .map_or((*word, None), |(name, value)| (name, Some(value)));
            if WITH_VALUE.contains(&name) {
                command.set(name, value.or_else(|| rest.next().copied()));
            } else if *word == "--no-sign-request" {
                command.unsigned = true;
            } else if !word.starts_with('-') && plain.len() < 2 {
                plain.push((*word).to_owned());
            }
        }
        let mut plain = plain.into_iter();
        (command.service, command.operation) = (plain.next(), plain.next());
        Some(command)
    }

    fn set(&mut self, name: &str, value: Option<&str>) {
        let field = match name {
            "--profile" => &mut self.profile,
            "--region" => &mut self.region,
            "--endpoint-url" => &mut self.endpoint,
            _ => return,
        };
        // The last one counts, as with the CLI.
        *field = value.map(str::to_owned);
    }

    /// The same command with an option of another value, or without it.
    #[must_use]
    pub fn given(&self, option: &str, value: Option<&str>) -> Self {
        let mut words = vec!["aws"];
        let mut rest = self.words.iter();
        while let Some(word) = rest.next() {
            if word == option {
                rest.next();
            } else if !word
                .strip_prefix(option)
                .is_some_and(|rest| rest.starts_with('='))
            {
                words.push(word);
            }
        }
        if let Some(value) = value {
            words.extend([option, value]);
        }
        Self::parse(&words).unwrap_or_default()
    }

    /// The same command with another option in the place of one.
    #[must_use]
    pub fn renamed(&self, option: &str, right: &str) -> Self {
        let renamed = |word: &String| {
            let rest = word.strip_prefix(option);
            let rest = rest.filter(|rest| rest.is_empty() || rest.starts_with('='));
            rest.map_or_else(|| word.clone(), |rest| format!("{right}{rest}"))
        };
        let aws = std::iter::once("aws".to_owned());
        let words: Vec<String> = aws.chain(self.words.iter().map(renamed)).collect();
        Self::parse(&words).unwrap_or_default()
    }

    /// The words behind `aws` without the name of an alias, which has to be the first word that is no option: what
    /// `aws --profile dev NAME s3 ls` stands for. `None` where it is no use of that alias.
    #[must_use]
    pub fn behind_alias(&self, name: &str) -> Option<Vec<String>> {
        let is_value = |at: usize| at > 0 && WITH_VALUE.contains(&&*self.words[at - 1]);
        let mut places = self.words.iter().enumerate();
        let (at, _) = places.find(|(at, word)| *word == name && !is_value(*at))?;
        let mut words = self.words.clone();
        words.remove(at);
        (self.service.as_deref() == Some(name)).then_some(words)
    }

    /// What the checks want to know of it; `terminal`: whether there is one to ask at.
    #[must_use]
    pub fn about(&self, terminal: bool) -> About {
        About {
            profile: self.profile.clone(),
            region: self.region.clone(),
            endpoint: self.endpoint.clone(),
            terminal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Option<Command> {
        Command::parse(&line.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn global_options_stand_anywhere() {
        for line in [
            "aws --profile dev --region eu-west-1 --endpoint-url http://x s3api list-buckets",
            "aws s3api --profile=dev list-buckets --region=eu-west-1 --endpoint-url=http://x",
            "aws --profile old s3api list-buckets --profile dev --endpoint-url http://x --region eu-west-1",
            "/usr/bin/python3 -s /usr/local/bin/aws s3api list-buckets --profile dev --region eu-west-1 --endpoint-url http://x",
            "timeout 10 aws --output json s3api list-buckets --profile dev --region eu-west-1 --endpoint-url http://x --max-items 3",
        ] {
            let command = parse(line).expect(line);
            let of = |text: &Option<String>| text.clone().unwrap_or_default();
            assert_eq!(of(&command.service), "s3api", "{line}");
            assert_eq!(of(&command.operation), "list-buckets", "{line}");
            assert_eq!(of(&command.profile), "dev", "{line}");
            assert_eq!(of(&command.region), "eu-west-1", "{line}");
            assert_eq!(of(&command.endpoint), "http://x", "{line}");
            assert!(!command.unsigned);
        }
    }

    #[test]
    fn what_is_missing_is_none() {
        let command = parse("aws s3 ls --no-sign-request --profile").expect("an aws command");
        assert!(command.unsigned);
        assert_eq!((command.profile, command.region), (None, None));
        assert_eq!(parse("aws").expect("an aws command").service, None);
    }

    #[test]
    fn an_option_is_given_anew_or_left_out() {
        let command = parse("aws --profile prd s3 ls --region=eu-west-1").expect("an aws command");
        let shown = |command: Command| command.shown().expect("names alone").join(" ");
        assert_eq!(
            shown(command.given("--profile", Some("prod"))),
            "aws s3 ls --region=eu-west-1 --profile prod"
        );
        assert_eq!(
            shown(command.given("--region", None)),
            "aws --profile prd s3 ls"
        );
        let misspelt = parse("aws s3 ls --porfile=prod --porfiles").expect("an aws command");
        let renamed = misspelt.renamed("--porfile", "--profile");
        assert_eq!(renamed.profile.as_deref(), Some("prod"));
        assert_eq!(shown(renamed), "aws s3 ls --profile=prod --porfiles");
    }

    #[test]
    fn an_alias_stands_for_the_other_words() {
        for (line, wanted) in [
            ("aws explain s3 ls", Some("s3 ls")),
            (
                "python3 /v/bin/aws --profile explain explain s3 ls --region=x",
                Some("--profile explain s3 ls --region=x"),
            ),
            ("aws --debug explain explain x", Some("--debug explain x")),
            ("aws s3 explain", None),
            ("aws s3 ls", None),
        ] {
            let words = parse(line).expect(line).behind_alias("explain");
            assert_eq!(
                words.map(|words| words.join(" ")).as_deref(),
                wanted,
                "{line}"
            );
        }
    }

    #[test]
    fn other_programs_are_no_aws_command() {
        for line in [
            "",
            "terraform apply",
            "ssh host aws s3 ls",
            "grep aws file",
            "docker run x aws s3 ls",
            "sudo aws s3 ls",
            "bash -c aws",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }
}
