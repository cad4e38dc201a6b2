//! The names by which IAM knows what a request does, and who makes it.

/// Whether the ARN of a caller, or of the role behind a session, can be simulated: a user or a role. The root user and a
/// federated user cannot, and the role of a permission set has a path that the session does not tell.
pub(super) fn can_be_simulated(arn: &str) -> bool {
    let name = arn.splitn(6, ':').nth(5).unwrap_or_default();
    name.starts_with("user/")
        || name.starts_with("role/") && !name.starts_with("role/AWSReservedSSO_")
}

/// The IAM action that an operation needs, where its name follows from the operation's.
pub(super) fn action(service: &str, operation: &str) -> Option<String> {
    let name = match (service, operation) {
        // Its actions are HTTP methods on paths (`apigateway:POST`).
        ("apigateway" | "apigatewayv2", _) => return None,
        ("bedrock-runtime", "Converse") => "InvokeModel",
        ("bedrock-runtime", "ConverseStream") => "InvokeModelWithResponseStream",
        ("lambda", "Invoke") => "InvokeFunction",
        _ => operation,
    };
    Some(format!("{}:{name}", action_prefix(service)))
}

/// The prefix of a service's IAM actions.
fn action_prefix(service: &str) -> &str {
    match service {
        "stepfunctions" => "states",
        "elb" | "elbv2" => "elasticloadbalancing",
        "efs" => "elasticfilesystem",
        "emr" => "elasticmapreduce",
        "sesv2" => "ses",
        "opensearch" => "es",
        "cloudcontrol" => "cloudformation",
        "bedrock-runtime" | "bedrock-agent" | "bedrock-agent-runtime" => "bedrock",
        "cloudhsmv2" => "cloudhsm",
        "dynamodbstreams" => "dynamodb",
        "opensearchserverless" => "aoss",
        "pinpoint" => "mobiletargeting",
        "resourcegroupstaggingapi" => "tag",
        "s3control" => "s3",
        "sagemaker-runtime" => "sagemaker",
        "service-quotas" => "servicequotas",
        "sso-admin" => "sso",
        "timestream-query" | "timestream-write" => "timestream",
        other => other,
    }
}
