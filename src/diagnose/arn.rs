//! What an ARN tells: the slots that it fills, each in the form in which commands take it.
//!
//! Most commands take a name, which is a part of the ARN; some take the ARN alone, and for a few things the name in the
//! ARN is not the one that they go by.

/// The slots that an ARN fills, with their values. Text that is no ARN fills none.
pub(super) fn slots(arn: &str) -> Vec<(&'static str, String)> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let [_, partition, service, region, account, resource] = parts[..] else {
        return Vec::new();
    };
    let mut out = vec![
        ("partition", partition.to_owned()),
        ("region", region.to_owned()),
        ("account", account.to_owned()),
    ];
    let (kind, name) = resource.split_once(['/', ':']).unwrap_or(("", resource));
    // What stands behind the name (a version, an alias, a JSON key) is no part of the resource's own ARN.
    let name_alone = name.split(':').next().unwrap_or(name);
    let whole = || arn[..arn.len() - name.len() + name_alone.len()].to_owned();
    match (service, kind) {
        // Access points have an account, and are no buckets.
        ("s3", _) if account.is_empty() => {
            let (bucket, key) = resource.split_once('/').unwrap_or((resource, ""));
            out.extend([("bucket", bucket.to_owned()), ("key", key.to_owned())]);
        }
        ("sns", _) => {
            let topic = resource.split(':').next().unwrap_or(resource);
            let end = arn.len() - resource.len() + topic.len();
            out.push(("topic", topic.to_owned()));
            out.push(("topic_arn", arn[..end].to_owned()));
        }
        // In the ARN a name with levels lacks the slash that it begins with.
        ("ssm", "parameter") if name.contains('/') => out.push(("parameter", format!("/{name}"))),
        ("ecr", "repository") => out.push(("repository", name.to_owned())),
        ("logs", "log-group") => out.push(("log_group", name_alone.to_owned())),
        ("iam", "role" | "user") => {
            let name = name.rsplit('/').next().unwrap_or(name).to_owned();
            out.push((if kind == "role" { "role" } else { "user" }, name));
        }
        _ => {
            if let Some(slot) = known_by_arn(service, kind) {
                out.push((slot, whole()));
            } else if let Some(slot) = known_by_name(service, kind) {
                let name = name.split(['/', ':']).next().unwrap_or(name);
                out.push((slot, name.to_owned()));
            }
        }
    }
    out
}

/// The slot of what commands take by its ARN, or look for in the caller's own account alone when it is a bare id.
fn known_by_arn(service: &str, kind: &str) -> Option<&'static str> {
    Some(match (service, kind) {
        ("acm", "certificate") => "certificate",
        ("elasticloadbalancing", "loadbalancer") => "load_balancer",
        ("elasticloadbalancing", "targetgroup") => "target_group",
        ("iam", "mfa") => "mfa_serial",
        ("iam", "policy") => "policy",
        ("kms", "key" | "alias") => "kms_key",
        // Its name in the ARN has six letters behind it that are no part of the name.
        ("secretsmanager", "secret") => "secret",
        ("states", "stateMachine") => "state_machine",
        _ => return None,
    })
}

/// The slot of what goes by the first word behind its kind.
fn known_by_name(service: &str, kind: &str) -> Option<&'static str> {
    Some(match (service, kind) {
        ("cloudformation", "stack") => "stack",
        ("cloudfront", "distribution") => "distribution",
        ("cognito-idp", "userpool") => "user_pool",
        ("dynamodb", "table") => "table",
        ("ec2", "instance") => "instance",
        ("ec2", "security-group") => "security_group",
        ("ec2", "snapshot") => "snapshot",
        ("ec2", "subnet") => "subnet",
        ("ec2", "volume") => "volume",
        ("ec2", "vpc") => "vpc",
        ("ecs" | "eks", "cluster") => "cluster",
        ("kinesis", "stream") => "stream",
        ("lambda", "function") => "function",
        ("rds", "cluster") => "db_cluster",
        ("rds", "db") => "db_instance",
        ("route53", "hostedzone") => "hosted_zone",
        ("sqs", _) => "queue",
        ("ssm", "parameter") => "parameter",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::slots;

    /// Each ARN with a slot that it fills.
    const FILLS: &[(&str, &str, &str)] = &[
        (
            "states:eu-west-1:123456789012:stateMachine:pay:live",
            "state_machine",
            "arn:aws:states:eu-west-1:123456789012:stateMachine:pay",
        ),
        (
            "lambda:eu-west-1:123456789012:function:resize:live",
            "function",
            "resize",
        ),
        (
            "ssm:eu-west-1:123456789012:parameter/app/db",
            "parameter",
            "/app/db",
        ),
        ("ssm:eu-west-1:123456789012:parameter/db", "parameter", "db"),
        (
            "logs:eu-west-1:123456789012:log-group:/aws/lambda/resize:*",
            "log_group",
            "/aws/lambda/resize",
        ),
        (
            "secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password::",
            "secret",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf",
        ),
        (
            "sns:eu-west-1:123456789012:alerts:11111111-2222-3333-4444-555555555555",
            "topic_arn",
            "arn:aws:sns:eu-west-1:123456789012:alerts",
        ),
        ("sqs:eu-west-1:123456789012:jobs", "queue", "jobs"),
        (
            "kinesis:eu-west-1:123456789012:stream/clicks",
            "stream",
            "clicks",
        ),
        ("iam::123456789012:role/team/deploy", "role", "deploy"),
        (
            "iam::123456789012:policy/team/read",
            "policy",
            "arn:aws:iam::123456789012:policy/team/read",
        ),
        (
            "ecr:eu-west-1:123456789012:repository/team/shop",
            "repository",
            "team/shop",
        ),
        ("s3:::reports/2026/a.csv", "key", "2026/a.csv"),
        (
            "dynamodb:eu-west-1:123456789012:table/orders/index/by-day",
            "table",
            "orders",
        ),
    ];

    #[test]
    fn an_arn_fills_what_commands_take() {
        for (arn, slot, value) in FILLS {
            let filled = slots(&format!("arn:aws:{arn}"));
            assert!(
                filled.contains(&(*slot, (*value).to_owned())),
                "{arn}: {filled:?}"
            );
        }
    }

    #[test]
    fn an_access_point_is_no_bucket() {
        let filled = slots("arn:aws:s3:eu-west-1:123456789012:accesspoint/reports");
        assert!(filled.iter().all(|(slot, _)| *slot != "bucket"));
    }
}
