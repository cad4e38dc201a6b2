//! The words of an `aws` command in AWS's own spelling: `s3api list-buckets` is `ListBuckets` of `s3`.

use super::{ALL_OPERATIONS, same_name, services_named};

/// What the AWS CLI calls otherwise than its models do.
const SERVICES: &[(&str, &str)] = &[
    ("s3api", "s3"),
    ("deploy", "codedeploy"),
    ("configservice", "config"),
    ("ddb", "dynamodb"),
];

/// Commands that the AWS CLI makes up itself, and the operation that each asks first, where it is always the same one.
const MADE_UP: &[(&str, &str, &str)] = &[
    ("ecr", "get-login", "GetAuthorizationToken"),
    ("ecr", "get-login-password", "GetAuthorizationToken"),
    ("eks", "update-kubeconfig", "DescribeCluster"),
    ("logs", "tail", "FilterLogEvents"),
    ("s3", "mb", "CreateBucket"),
    ("s3", "rb", "DeleteBucket"),
];

/// The service and the operation that the first two words of an `aws` command name; `None` for what AWS has no such of.
///
/// ```
/// use awsexplain::catalogue::typed;
/// assert_eq!(typed("s3api", "list-buckets"), (Some("s3"), Some("ListBuckets")));
/// assert_eq!(typed("s3", "cp"), (Some("s3"), None));
/// assert_eq!(typed("configure", "list"), (None, None));
/// ```
#[must_use]
pub fn typed(service: &str, operation: &str) -> (Option<&'static str>, Option<&'static str>) {
    let other = SERVICES.iter().find(|(typed, _)| *typed == service);
    let id = match (other, &services_named(service)[..]) {
        (Some((_, id)), _) => *id,
        // Its own id alone: the CLI knows none of the names that others give a service.
        (None, [id]) if same_name(id, service) => *id,
        _ => return (None, None),
    };
    let made_up = MADE_UP
        .iter()
        .find(|(of, name, _)| *of == service && *name == operation);
    let operation = match made_up {
        Some((_, _, operation)) => Some(*operation),
        // The commands of `aws s3` are none of its operations, whatever they are called.
        None if service == "s3" => None,
        None => of_service(id, operation),
    };
    (Some(id), operation)
}

fn of_service(id: &str, typed: &str) -> Option<&'static str> {
    let first = typed.bytes().next()?.to_ascii_uppercase();
    let rows = ALL_OPERATIONS
        .lines()
        .filter_map(|row| row.split_once('\t'));
    let mut named =
        rows.filter(|(name, _)| name.as_bytes().first() == Some(&first) && same_name(name, typed));
    named
        .find(|(_, services)| services.split(',').any(|one| one == id))
        .map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::typed;

    #[test]
    fn words_of_the_cli_are_spelt_as_aws_does() {
        for (service, operation, wanted) in [
            ("sts", "get-caller-identity", "GetCallerIdentity"),
            ("s3api", "list-objects-v2", "ListObjectsV2"),
            ("rds", "describe-db-instances", "DescribeDBInstances"),
            ("deploy", "list-deployments", "ListDeployments"),
            ("ecr", "get-login-password", "GetAuthorizationToken"),
            ("s3", "mb", "CreateBucket"),
        ] {
            assert_eq!(typed(service, operation).1, Some(wanted), "{operation}");
        }
        assert_eq!(typed("deploy", "push"), (Some("codedeploy"), None));
        assert_eq!(typed("sts", "list-buckets"), (Some("sts"), None));
        for nothing in ["", "-", "Amazon S3", "help"] {
            assert_eq!(typed(nothing, ""), (None, None), "{nothing}");
        }
    }
}
