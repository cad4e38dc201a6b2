//! An option that the AWS CLI does not know, and the one that was probably meant.
//!
//! The AWS CLI names the nearest command for a misspelt one, and no option for a misspelt option.

use super::super::{Finding, Said, Severity::Warning, scene::Scene};

/// The options of every command, and those that are typed most.
const KNOWN: &str = "--bucket --ca-bundle --capabilities --cli-binary-format --cli-connect-timeout --cli-input-json \
    --cli-read-timeout --cluster --color --db-instance-identifier --debug --dry-run --dryrun --endpoint-url --exclude \
    --filter --filters --force --function-name --generate-cli-skeleton --include --instance-ids --key --log-group-name \
    --max-items --name --names --no-cli-pager --no-paginate --no-sign-request --output --page-size --parameters --payload \
    --policy-arn --policy-document --profile --query --queue-url --recursive --region --role-arn --role-name \
    --role-session-name --secret-id --service --services --stack-name --starting-token --table-name --tags --task-definition \
    --template-body --template-file --topic-arn --user-name --version --with-decryption";

pub fn of_error(_: &Scene, said: &Said, found: &mut Vec<Finding>) {
    found.extend(misspelt(&said.message));
}

fn misspelt(message: &str) -> Option<Finding> {
    let (_, named) = message.split_once("Unknown options: ")?;
    let option = named.split([',', ' ', '=', '\n']).next()?;
    let is_option = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
    if !option.starts_with("--") || option.len() > 40 || !option.bytes().all(is_option) {
        return None;
    }
    let known = KNOWN.split_whitespace();
    let distances = known.map(|known| (strsim::damerau_levenshtein(known, option), known));
    let (distance, nearest) = distances.min()?;
    // One that is there is unknown to this command for another reason.
    if !(1..=2).contains(&distance) {
        return None;
    }
    let seen = format!("{option} is nearly {nearest}.");
    let conclusion = "The option is misspelt, as far as can be seen.";
    let finding = Finding::likely("option-misspelt", Warning, seen, conclusion);
    Some(finding.rename(option, nearest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_nearest_option_and_no_other() {
        let seen = |message: &str| misspelt(message).map(|finding| finding.seen);
        let near = seen("Unknown options: --porfile, x");
        assert_eq!(near.as_deref(), Some("--porfile is nearly --profile."));
        let near = seen("Unknown options: --recursiv=true");
        assert_eq!(near.as_deref(), Some("--recursiv is nearly --recursive."));
        for message in [
            "Unknown options: --recursive",
            "Unknown options: --AKIAIOSFODNN7EXAMPLE",
            "Unknown options: --no-such-thing",
            "Unknown options: bucket",
            "Unknown options: ",
            "--porfile",
        ] {
            assert_eq!(seen(message), None, "{message}");
        }
    }
}
