//! Service, operation and message beside the code, where a client prints them in a way of its own.

use awsexplain::recognise;

/// The code, service, operation and message that are read in a text, as they are printed; `-` where it does not tell.
fn read(text: &str) -> [String; 4] {
    let error = recognise::text(text).unwrap_or_else(|| panic!("nothing is read in {text}"));
    let fields = [error.code, error.service, error.operation, error.message];
    fields.map(|field| field.unwrap_or_else(|| "-".to_owned()))
}

#[test]
fn the_parts_of_an_error_are_found_where_clients_put_them() {
    for (text, parts) in [
        // What a refusal names tells the service where several have the operation.
        (
            "An error occurred (AccessDeniedException) when calling the Query operation: User: x is not authorized to perform: dynamodb:Query on resource: y",
            [
                "AccessDeniedException",
                "dynamodb",
                "Query",
                "User: x is not authorized to perform: dynamodb:Query on resource: y",
            ],
        ),
        // What the role may not hand on is another service's matter.
        (
            "An error occurred (AccessDeniedException) when calling the CreateFunction operation: User: x is not authorized to perform: iam:PassRole on resource: y",
            [
                "AccessDeniedException",
                "-",
                "CreateFunction",
                "User: x is not authorized to perform: iam:PassRole on resource: y",
            ],
        ),
        (
            "[2024/05/01 10:00:00] [error] [output:cloudwatch_logs:cloudwatch_logs.0] PutLogEvents API responded with error='ThrottlingException', message='Rate exceeded'",
            ["ThrottlingException", "-", "PutLogEvents", "Rate exceeded"],
        ),
        (
            "2020-07-16 09:54:08 +0000 [warn]: #0 failed to flush the buffer. error_class=Aws::CloudWatchLogs::Errors::ThrottlingException error=\"Rate exceeded\"",
            [
                "ThrottlingException",
                "CloudWatchLogs",
                "-",
                "Rate exceeded",
            ],
        ),
        (
            "2024-05-01T10:00:00.000Z\t7a1b\tERROR\tInvoke Error \t{\"errorType\":\"ResourceNotFoundException\",\"errorMessage\":\"Requested resource not found\",\"name\":\"ResourceNotFoundException\",\"$fault\":\"client\",\"$metadata\":{\"httpStatusCode\":400,\"attempts\":1},\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\",\"stack\":[\"x\"]}",
            [
                "ResourceNotFoundException",
                "dynamodb",
                "-",
                "Requested resource not found",
            ],
        ),
        (
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\",\"message\":\"Requested resource not found\"}",
            [
                "ResourceNotFoundException",
                "dynamodb",
                "-",
                "Requested resource not found",
            ],
        ),
        (
            "{\"__type\":\"com.amazon.coral.service#UnrecognizedClientException\",\"message\":\"The security token included in the request is invalid.\"}",
            [
                "UnrecognizedClientException",
                "-",
                "-",
                "The security token included in the request is invalid.",
            ],
        ),
        (
            "Unhandled exception. Amazon.Runtime.AmazonServiceException: Unable to get IAM security credentials from EC2 Instance Metadata Service.",
            [
                "-",
                "-",
                "-",
                "Unable to get IAM security credentials from EC2 Instance Metadata Service.",
            ],
        ),
        (
            "[2024-05-01T10:00:00,000][ERROR][logstash.outputs.s3] Uploading failed, retrying {:exception=>Aws::S3::Errors::AccessDenied, :message=>\"Access Denied\", :path=>\"/tmp/x\"}",
            ["AccessDenied", "S3", "-", "Access Denied"],
        ),
        // A line of JSON ends with the quote of its string.
        (
            "    \"msg\": \"Error launching instance: InsufficientInstanceCapacity: There is no Spot capacity available that matches your request.\",",
            [
                "InsufficientInstanceCapacity",
                "-",
                "-",
                "There is no Spot capacity available that matches your request.",
            ],
        ),
        // Two errors in one line, without a message.
        (
            "level=warning msg=\"location \\\"default\\\" is unavailable: rpc error: code = Unknown desc = InvalidAccessKeyId: \\n\\tstatus code: 403, request id: tx01, host id: ; location \\\"other\\\" is unavailable: rpc error: code = Unknown desc = InvalidAccessKeyId: \\n\\tstatus code: 403, request id: tx02, host id: )\"",
            ["InvalidAccessKeyId", "-", "-", "-"],
        ),
        (
            "Error [NetworkingError]: connect ECONNREFUSED 127.0.0.1:8000",
            [
                "-",
                "-",
                "-",
                "Error [NetworkingError]: connect ECONNREFUSED 127.0.0.1:8000",
            ],
        ),
    ] {
        assert_eq!(read(text), parts, "{text}");
    }
}
