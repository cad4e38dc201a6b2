//! What the failing command names, or the line of a transfer: values for slots of which the message is silent.
//!
//! ```text
//! aws lambda invoke --function-name resize out.json      → {function}: resize
//! upload failed: ./a.txt to s3://logs/a.txt An error …   → {bucket}: logs, {key}: a.txt
//! ```

use super::slots::Slots;
use crate::{catalogue, environment::Command, knowledge::Subject};

/// Service, option, and the slot that its value fills.
const OPTIONS: &[(&str, &str, &str)] = &[
    ("apigateway", "--rest-api-id", "rest_api_id"),
    (
        "autoscaling",
        "--auto-scaling-group-name",
        "auto_scaling_group",
    ),
    ("backup", "--backup-vault-name", "vault"),
    ("cloudformation", "--stack-name", "stack"),
    ("cloudfront", "--id", "distribution"),
    ("cognito-idp", "--user-pool-id", "user_pool"),
    ("dynamodb", "--table-name", "table"),
    ("ec2", "--group-id", "security_group"),
    ("ec2", "--group-ids", "security_group"),
    ("ec2", "--image-id", "image"),
    ("ec2", "--image-ids", "image"),
    ("ec2", "--instance-id", "instance"),
    ("ec2", "--instance-ids", "instance"),
    ("ec2", "--subnet-id", "subnet"),
    ("ec2", "--subnet-ids", "subnet"),
    ("ec2", "--volume-id", "volume"),
    ("ec2", "--volume-ids", "volume"),
    ("ec2", "--vpc-id", "vpc"),
    ("ec2", "--vpc-ids", "vpc"),
    ("ecr", "--repository-name", "repository"),
    ("ecr", "--repository-names", "repository"),
    ("ecs", "--cluster", "cluster"),
    ("ecs", "--service", "ecs_service"),
    ("ecs", "--services", "ecs_service"),
    ("ecs", "--task-definition", "task_definition"),
    ("eks", "--cluster-name", "cluster"),
    ("eks", "--name", "cluster"),
    ("iam", "--role-name", "role"),
    ("iam", "--user-name", "user"),
    ("kinesis", "--stream-name", "stream"),
    ("kms", "--key-id", "kms_key"),
    ("lambda", "--function-name", "function"),
    ("logs", "--log-group-name", "log_group"),
    ("rds", "--db-instance-identifier", "db_instance"),
    ("route53", "--hosted-zone-id", "hosted_zone"),
    ("s3", "--bucket", "bucket"),
    ("s3", "--key", "key"),
    ("secretsmanager", "--secret-id", "secret"),
    ("sqs", "--queue-url", "queue_url"),
    ("ssm", "--name", "parameter"),
    ("transfer", "--server-id", "server"),
];

/// Operations that ask the place that something is taken from.
const READING: &[&str] = &["GetObject", "HeadObject", "ListObjectsV2", "ListObjects"];

/// Fills the slots that are still empty: from the line's own words first, then from the command's, where the error is of
/// the service that it calls.
pub fn fill(slots: &mut Slots, subject: &Subject<'_>, command: Option<&Command>) {
    let operation = subject.error.operation.as_deref().unwrap_or_default();
    let transfer = subject.error.transfer.as_deref().unwrap_or_default();
    if let Some(url) = failed(transfer.split(' '), operation) {
        put_url(slots, url, true);
    }
    let Some(command) = command else { return };
    let typed = command.service.as_deref().unwrap_or_default();
    let Some(service) = catalogue::typed(typed, "").0 else {
        return;
    };
    if !subject.services.contains(&service) {
        return;
    }
    let words = command.shown().unwrap_or_default();
    for (option, value) in Command::values(&words) {
        let known = |row: &&(&str, &str, &str)| (row.0, row.1) == (service, option);
        if let Some((.., slot)) = OPTIONS.iter().find(known) {
            slots.put(slot, value);
        }
    }
    if let Some(url) = failed(words.iter().map(String::as_str), operation) {
        // Of many objects the command names what their keys begin with.
        put_url(slots, url, false);
    }
}

/// Of the source and the target among the words of a transfer the one that was asked; `None` where that cannot be told.
fn failed<'w>(words: impl Iterator<Item = &'w str>, operation: &str) -> Option<&'w str> {
    let urls: Vec<&str> = words.filter(|word| word.starts_with("s3://")).collect();
    match urls[..] {
        [one] => Some(one),
        [source, _] if READING.contains(&operation) => Some(source),
        [_, target] if operation.starts_with("Put") => Some(target),
        _ => None,
    }
}

fn put_url(slots: &mut Slots, url: &str, is_object: bool) {
    let path = url.strip_prefix("s3://").unwrap_or_default();
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    // An access point's ARN stands where a bucket's name would.
    if bucket.starts_with("arn:") {
        return;
    }
    slots.put("bucket", bucket);
    if is_object && !key.ends_with('/') {
        slots.put("key", key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diagnose::completed, recognise::AwsError};

    /// The texts of a template, filled.
    fn filled(error: &AwsError, line: &str, template: &str) -> String {
        let words: Vec<&str> = line.split(' ').collect();
        let command = Command::parse(&words);
        let error = completed(error, command.as_ref());
        let subject = Subject::of(&error);
        let mut slots = Slots::of(&subject, None, None);
        fill(&mut slots, &subject, command.as_ref());
        slots.fill(template).into_owned()
    }

    fn calling(operation: &str) -> AwsError {
        AwsError {
            operation: Some(operation.to_owned()),
            ..AwsError::default()
        }
    }

    #[test]
    fn options_that_name_a_thing_fill_its_slot() {
        for (operation, line, template, wanted) in [
            (
                "Invoke",
                "aws lambda invoke --function-name resize out.json",
                "{function}",
                "resize",
            ),
            (
                "HeadBucket",
                "aws s3api head-bucket --bucket=logs",
                "{bucket}",
                "logs",
            ),
            (
                "DescribeInstances",
                "aws ec2 describe-instances --instance-ids i-0123456789abcdef0",
                "{instance}",
                "i-0123456789abcdef0",
            ),
            // Which of them it was is not said.
            (
                "DescribeInstances",
                "aws ec2 describe-instances --instance-ids i-0123456789abcdef0 i-0123456789abcdef1",
                "{instance}",
                "<instance>",
            ),
            (
                "DescribeServices",
                "aws ecs describe-services --cluster main --services web",
                "{cluster} {ecs_service}",
                "main web",
            ),
            // Another service was asked on the way.
            (
                "AssumeRole",
                "aws lambda invoke --function-name resize out.json",
                "{function}",
                "<function>",
            ),
        ] {
            assert_eq!(
                filled(&calling(operation), line, template),
                wanted,
                "{line}"
            );
        }
    }

    #[test]
    fn the_message_goes_first() {
        let error = AwsError {
            message: Some("not on resource: arn:aws:s3:::other/x".to_owned()),
            ..calling("PutObject")
        };
        let line = "aws s3api put-object --bucket logs --key a --body b";
        assert_eq!(filled(&error, line, "{bucket}/{key}"), "other/x");
    }

    #[test]
    fn of_a_copy_the_place_that_was_asked_is_named() {
        for (operation, line, wanted) in [
            ("PutObject", "aws s3 cp a s3://one/k", "one"),
            ("GetObject", "aws s3 cp s3://one/k s3://two/k", "one"),
            ("PutObject", "aws s3 cp s3://one/k s3://two/k", "two"),
            ("CopyObject", "aws s3 cp s3://one/k s3://two/k", "<bucket>"),
            ("ListObjectsV2", "aws s3 ls s3://one --recursive", "one"),
            ("ListBuckets", "aws s3 ls", "<bucket>"),
        ] {
            assert_eq!(
                filled(&calling(operation), line, "{bucket}"),
                wanted,
                "{line}"
            );
        }
    }

    #[test]
    fn the_line_of_a_transfer_names_its_object() {
        for (operation, line, wanted) in [
            (
                "PutObject",
                "upload failed: ./a to s3://one/dir/a",
                "one dir/a",
            ),
            ("GetObject", "download failed: s3://one/a to ./a", "one a"),
            (
                "HeadObject",
                "copy failed: s3://one/a to s3://two/b",
                "one a",
            ),
            (
                "PutObject",
                "copy failed: s3://one/a to s3://two/b",
                "two b",
            ),
            (
                "CopyObject",
                "copy failed: s3://one/a to s3://two/b",
                "<bucket> <key>",
            ),
            ("DeleteObject", "delete failed: s3://one/a", "one a"),
            (
                "PutObject",
                "upload failed: ./a to s3://one/$(x)",
                "one <key>",
            ),
        ] {
            let error = AwsError {
                transfer: Some(line.to_owned()),
                ..calling(operation)
            };
            assert_eq!(filled(&error, "cat", "{bucket} {key}"), wanted, "{line}");
        }
    }
}
