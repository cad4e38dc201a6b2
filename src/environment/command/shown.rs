//! The words of a command that may be shown: those whose place says that they are names. All others become `<blanks>`.
//!
//! An `aws` command takes secrets as arguments (`--master-user-password`, `--secret-string`, `configure set`), and no form
//! tells them from names. So it goes by where a word stands: the service and its operation, the paths of `aws s3`, and the
//! values of options that name a thing.

use super::{Command, program::among};

/// The most letters of a command that is shown; a longer one is easier found in the shell's history.
const LONGEST: usize = 300;

/// Options whose values are names, numbers or words of the CLI's own.
const PLAIN: &str = "--profile --region --output --query --color --bucket --prefix --delimiter --include --exclude --acl \
    --storage-class --service --services --key --queue-url --cluster --clusters --tasks --task-definition --repository-uri \
    --db-instance-identifier --db-cluster-identifier --stack-status-filter --launch-type --instance-type --scope \
    --status --since --limit --count --capabilities --statistics --period --page-size --max-items --max-keys \
    --max-results --cli-read-timeout --cli-connect-timeout --cli-binary-format --cli-error-format";

/// How the names of other such options end.
const ENDINGS: &[&str] = &["-name", "-names", "-id", "-ids", "-arn", "-arns"];

impl Command {
    /// The command with its words as they may be shown, from `aws` on: what may be secret is a `<blank>` to fill in. `None`
    /// where it is too long, a word holds what no name holds, or the words behind `aws` are not known.
    ///
    /// ```
    /// use awsexplain::environment::Command;
    /// let words = ["aws", "rds", "create-db-instance", "--db-instance-identifier", "main", "--master-user-password", "hunter2"];
    /// let shown = Command::parse(&words).unwrap().shown().unwrap();
    /// assert_eq!(shown[5..], ["--master-user-password", "<master-user-password>"]);
    /// ```
    #[must_use]
    pub fn shown(&self) -> Option<Vec<String>> {
        if self.words.is_empty() {
            return None;
        }
        let (mut shown, mut plain) = (vec!["aws".to_owned()], 0);
        // The option whose values stand here.
        let mut option: Option<&str> = None;
        for word in &self.words {
            if let Some(long) = word.strip_prefix("--") {
                let (name, value) = long
                    .split_once('=')
                    .map_or((long, None), |(name, value)| (name, Some(value)));
                if !is_name(name) {
                    return None;
                }
                match value {
                    Some(value) => shown.push(format!(
                        "--{name}={}",
                        of_option(&word[..name.len() + 2], value)
                    )),
                    None => shown.push(word.clone()),
                }
                option = value.is_none().then(|| &word[..]);
                continue;
            }
            let of = option.filter(|name| takes_value(name));
            if let Some(name) = of {
                let text = of_option(name, word);
                // A list becomes one blank.
                if !(text.starts_with('<') && shown.last() == Some(&text)) {
                    shown.push(text);
                }
                continue;
            }
            plain += 1;
            let is_shown = match plain {
                1 | 2 => is_name(word),
                _ => self.service.as_deref() == Some("s3") && is_path(word),
            };
            match (is_shown, plain) {
                (true, _) => shown.push(word.clone()),
                (false, 1 | 2) => return None,
                (false, _) => shown.push("<argument>".to_owned()),
            }
        }
        let letters: usize = shown.iter().map(|word| word.len() + 1).sum();
        (letters <= LONGEST).then_some(shown)
    }

    /// The options with a value among the words that are [`shown`](Self::shown), each with it; of a list only where it is one.
    ///
    /// ```
    /// use awsexplain::environment::Command;
    /// let command = Command::parse(&["aws", "ecs", "list-tasks", "--cluster", "main", "--family=x"]).unwrap();
    /// assert_eq!(Command::values(&command.shown().unwrap()), [("--cluster", "main")]);
    /// ```
    #[must_use]
    pub fn values(shown: &[String]) -> Vec<(&str, &str)> {
        let is_value = |word: Option<&String>| word.is_some_and(|word| !word.starts_with("--"));
        let values = shown.iter().enumerate().filter_map(|(at, word)| {
            let pair = match word.split_once('=') {
                Some(pair) => pair,
                // Of a list it cannot be said which one is meant.
                None if word.ends_with('s') && is_value(shown.get(at + 2)) => return None,
                None => (&word[..], shown.get(at + 1)?.as_str()),
            };
            let (option, value) = pair;
            let is_pair = option.starts_with("--") && !value.starts_with(['-', '<']);
            (is_pair && takes_value(option)).then_some(pair)
        });
        values.collect()
    }
}

/// Options of the CLI and of `aws s3` that stand alone, so that the word behind them is none of theirs.
const ALONE: &str = "--debug --no-verify-ssl --no-paginate --no-sign-request --no-cli-pager --cli-auto-prompt \
    --no-cli-auto-prompt --recursive --summarize --human-readable --dryrun --quiet --only-show-errors \
    --no-progress --delete --force --follow --exact-timestamps --size-only --dry-run --no-dry-run";

fn takes_value(option: &str) -> bool {
    !among(ALONE, option)
}

/// The value of an option, or a blank.
fn of_option(option: &str, value: &str) -> String {
    let is_shown = match option {
        "--endpoint-url" => is_path(value) && !value.contains('@'),
        "--query" => value.len() <= 120 && value.bytes().all(|byte| (b' '..=b'~').contains(&byte)),
        _ => {
            // An external id is agreed on in confidence.
            option != "--external-id"
                && (among(PLAIN, option) || ENDINGS.iter().any(|end| option.ends_with(end)))
                && is_path(value)
        }
    };
    if is_shown {
        value.to_owned()
    } else {
        format!("<{}>", option.trim_start_matches('-'))
    }
}

/// Whether a word is a name as the CLI itself has them.
fn is_name(word: &str) -> bool {
    (1..=64).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Whether a word holds what names, paths and ARNs hold.
fn is_path(word: &str) -> bool {
    (1..=200).contains(&word.len())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._:/@+,*-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Option<String> {
        let words: Vec<&str> = line.split(' ').collect();
        Some(Command::parse(&words)?.shown()?.join(" "))
    }

    #[test]
    fn names_are_shown_and_values_are_not() {
        for line in [
            "aws s3 ls",
            "aws --profile dev s3 cp ./a.txt s3://bucket/key --recursive --region eu-west-1",
            "aws s3api head-bucket --bucket my-bucket",
            "aws ec2 describe-instances --instance-ids i-1 i-2 --query Reservations[0]",
            "aws sts get-caller-identity --endpoint-url=http://localhost:4566",
        ] {
            assert_eq!(shown(line).as_deref(), Some(line));
        }
        for (line, wanted) in [
            (
                "aws secretsmanager put-secret-value --secret-id x --secret-string hunter2 again",
                "aws secretsmanager put-secret-value --secret-id x --secret-string <secret-string>",
            ),
            (
                "aws configure set aws_secret_access_key hunter2",
                "aws configure set <argument> <argument>",
            ),
            (
                "aws s3 ls --endpoint-url http://user:hunter2@host",
                "aws s3 ls --endpoint-url <endpoint-url>",
            ),
            (
                "aws sts get-session-token --token-code=123456",
                "aws sts get-session-token --token-code=<token-code>",
            ),
        ] {
            assert_eq!(shown(line).as_deref(), Some(wanted));
        }
        assert_eq!(shown("aws s3 Hunter2"), None);
        assert_eq!(shown("aws"), None);
        assert_eq!(
            shown(&format!("aws s3 ls {}", "a/".repeat(200))),
            Some("aws s3 ls <argument>".to_owned())
        );
        assert_eq!(shown(&format!("aws s3 rm {}", "a ".repeat(200))), None);
    }
}
