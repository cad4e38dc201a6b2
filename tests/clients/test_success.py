"""What real clients print when all goes well is not taken for an error.

Fifty commands against moto, those that show something in several of the forms that the AWS CLI or a program with boto3
prints an answer in.  The names, rules and policies in them are what accounts are full of, and speak of errors: an alarm
for `AccessDenied`, a filter for `errorCode`, a state machine that catches `ThrottlingException`.
"""

import json
import pprint
import subprocess

import boto3
import pytest
import yaml

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "DenyExpiredToken",
            "Effect": "Deny",
            "Principal": {"Service": "states.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
        }
    ],
}
MACHINE = {
    "StartAt": "Call",
    "States": {
        "Call": {
            "Type": "Task",
            "Resource": "arn:aws:lambda:us-east-1:123456789012:function:call",
            "Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException", "ThrottlingException"]}],
            "Catch": [{"ErrorEquals": ["States.TaskFailed"], "Next": "Failed"}],
            "End": True,
        },
        "Failed": {"Type": "Fail", "Error": "ResourceNotFoundException", "Cause": "Not found"},
    },
}
TEMPLATE = {
    "Description": "Tells of AccessDenied errors",
    "Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "errors"}}},
    "Outputs": {"ErrorCode": {"Value": "NoSuchBucket"}},
}
FILTER = '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }'
ROLE = "arn:aws:iam::123456789012:role/denied"

# Those that make something, once each.
MAKING = [
    ["s3", "mb", "s3://access-denied-logs"],
    ["s3api", "create-bucket", "--bucket", "no-such-bucket"],
    ["s3api", "put-object", "--bucket", "no-such-bucket", "--key", "errors/AccessDenied.log"],
    ["s3api", "put-bucket-tagging", "--bucket", "no-such-bucket"]
    + ["--tagging", "TagSet=[{Key=Error,Value=InvalidToken}]"],
    ["iam", "create-role", "--role-name", "denied"]
    + ["--assume-role-policy-document", json.dumps(TRUST)],
    ["iam", "create-policy", "--policy-name", "AccessDeniedException"]
    + ["--policy-document", json.dumps({**TRUST, "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]})],
    ["iam", "create-group", "--group-name", "InvalidClientTokenId"],
    ["dynamodb", "create-table", "--table-name", "ThrottlingException"]
    + ["--attribute-definitions", "AttributeName=errorCode,AttributeType=S"]
    + ["--key-schema", "AttributeName=errorCode,KeyType=HASH", "--billing-mode", "PAY_PER_REQUEST"],
    ["dynamodb", "put-item", "--table-name", "ThrottlingException", "--return-consumed-capacity", "TOTAL"]
    + ["--item", '{"errorCode": {"S": "ValidationException"}, "message": {"S": "Denied"}}'],
    ["sqs", "create-queue", "--queue-name", "QueueDoesNotExist"],
    ["sns", "create-topic", "--name", "NotFoundException"],
    ["logs", "create-log-group", "--log-group-name", "/aws/lambda/ServiceUnavailable"],
    ["logs", "put-metric-filter", "--log-group-name", "/aws/lambda/ServiceUnavailable"]
    + ["--filter-name", "UnauthorizedAttempts", "--filter-pattern", FILTER]
    + ["--metric-transformations", "metricName=AccessDenied,metricNamespace=Errors,metricValue=1"],
    ["cloudwatch", "put-metric-alarm", "--alarm-name", "AccessDeniedException"]
    + ["--alarm-description", "An error occurred more than 5 times: ThrottlingException"]
    + ["--metric-name", "ThrottledRequests", "--namespace", "AWS/DynamoDB", "--statistic", "Sum"]
    + ["--period", "60", "--evaluation-periods", "1", "--threshold", "5"]
    + ["--comparison-operator", "GreaterThanThreshold"],
    ["stepfunctions", "create-state-machine", "--name", "errors", "--role-arn", ROLE]
    + ["--definition", json.dumps(MACHINE)],
    ["cloudformation", "create-stack", "--stack-name", "errors"]
    + ["--template-body", json.dumps(TEMPLATE)],
    ["secretsmanager", "create-secret", "--name", "ExpiredToken", "--secret-string", "x"],
    ["ssm", "put-parameter", "--name", "/errors/ParameterNotFound", "--type", "String", "--value", "NoSuchKey"],
    ["kms", "create-key", "--description", "AccessDeniedException: for tests"],
    ["ecr", "create-repository", "--repository-name", "RepositoryNotFoundException".lower()],
    ["ec2", "create-security-group", "--group-name", "InvalidGroup.NotFound", "--description", "x"],
    ["events", "put-rule", "--name", "errors"]
    + ["--event-pattern", '{"detail": {"errorCode": ["AccessDenied", "Client.UnauthorizedOperation"]}}'],
    ["kinesis", "create-stream", "--stream-name", "errors", "--shard-count", "1"],
]

# Those that show something: as JSON, and as text or table.
SHOWING = [
    ["s3", "ls"],
    ["s3", "ls", "s3://no-such-bucket", "--recursive"],
    ["s3api", "list-buckets"],
    ["s3api", "list-objects-v2", "--bucket", "no-such-bucket"],
    ["s3api", "get-bucket-tagging", "--bucket", "no-such-bucket"],
    ["sts", "get-caller-identity"],
    ["iam", "get-role", "--role-name", "denied"],
    ["iam", "list-policies", "--scope", "Local"],
    ["iam", "list-groups"],
    ["dynamodb", "describe-table", "--table-name", "ThrottlingException"],
    ["dynamodb", "scan", "--table-name", "ThrottlingException"],
    ["sqs", "list-queues"],
    ["sns", "list-topics"],
    ["logs", "describe-log-groups"],
    ["logs", "describe-metric-filters"],
    ["cloudwatch", "describe-alarms"],
    ["stepfunctions", "list-state-machines"],
    ["cloudformation", "describe-stacks"],
    ["cloudformation", "describe-stack-events", "--stack-name", "errors"],
    ["cloudformation", "get-template", "--stack-name", "errors"],
    ["secretsmanager", "list-secrets"],
    ["ssm", "describe-parameters"],
    ["ssm", "get-parameter", "--name", "/errors/ParameterNotFound"],
    ["kms", "list-keys"],
    ["ecr", "describe-repositories"],
    ["ec2", "describe-security-groups"],
    ["ec2", "describe-regions"],
    ["ec2", "describe-vpcs"],
    ["events", "list-rules"],
    ["kinesis", "describe-stream", "--stream-name", "errors"],
]

DELETING = [
    ["s3", "rm", "s3://no-such-bucket/errors/AccessDenied.log"],
    ["s3", "rb", "s3://access-denied-logs"],
    ["iam", "delete-group", "--group-name", "InvalidClientTokenId"],
    ["dynamodb", "delete-table", "--table-name", "ThrottlingException"],
    ["sns", "delete-topic", "--topic-arn", "arn:aws:sns:us-east-1:123456789012:NotFoundException"],
    ["secretsmanager", "delete-secret", "--secret-id", "ExpiredToken"],
]

# What programs with boto3 ask for, and print as Python or YAML has it.
CALLS = [
    ("s3", "list_objects_v2", {"Bucket": "no-such-bucket"}),
    ("s3", "head_object", {"Bucket": "no-such-bucket", "Key": "errors/AccessDenied.log"}),
    ("iam", "get_role", {"RoleName": "denied"}),
    ("dynamodb", "describe_table", {"TableName": "ThrottlingException"}),
    ("dynamodb", "scan", {"TableName": "ThrottlingException"}),
    ("logs", "describe_metric_filters", {}),
    ("cloudwatch", "describe_alarms", {}),
    ("stepfunctions", "list_state_machines", {}),
    ("cloudformation", "describe_stack_events", {"StackName": "errors"}),
    ("secretsmanager", "list_secrets", {}),
    ("ssm", "get_parameters", {"Names": ["/errors/ParameterNotFound", "AccessDenied"]}),
    ("events", "list_rules", {}),
]


@pytest.fixture
def signed(local_aws, environment):
    return {
        **environment,
        "AWS_ACCESS_KEY_ID": local_aws.key,
        "AWS_SECRET_ACCESS_KEY": local_aws.secret,
        "AWS_DEFAULT_REGION": "us-east-1",
    }


def printed_by_boto3(local_aws):
    session = boto3.session.Session(local_aws.key, local_aws.secret, region_name="us-east-1")
    for service, method, parameters in CALLS:
        client = session.client(service, endpoint_url=local_aws.url)
        answer = getattr(client, method)(**parameters)
        name = f"{service} {method}"
        plain = json.loads(json.dumps(answer, default=str))
        yield name, repr(answer)
        yield name, pprint.pformat(answer)
        yield name, json.dumps(plain)
        yield name, json.dumps(plain, indent=4)
        yield name, yaml.safe_dump(plain, sort_keys=False)


def told_of(awsexplain, environment, folder, texts):
    """What is told of texts that come from nowhere else, each as a file of its own; the name of each is its first half."""
    paths = {}
    for number, (name, text) in enumerate(texts):
        path = folder / f"{number}.out"
        path.write_text(text)
        paths[str(path)] = name
    command = [awsexplain, "--format", "jsonl", "--check", "never", *paths]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    errors = [json.loads(line) for line in done.stdout.splitlines()]
    return [f"{paths[e['file']]}, line {e['line']}: {e['code']}: {e['title']}" for e in errors]


def test_success_is_silent(aws, awsexplain, local_aws, signed, tmp_path):
    def with_form(commands, form):
        return [[*args, "--endpoint-url", local_aws.url, "--output", form] for args in commands]

    def said(jobs, results):
        failed = [f"{job}: {done.text}" for job, done in zip(jobs, results) if done.status]
        assert not failed, "\n".join(failed)
        return [(" ".join(job), done.text) for job, done in zip(jobs, results)]

    def in_order(commands):
        jobs = with_form(commands, "json")
        return said(jobs, [aws.run(args, signed, tmp_path) for args in jobs])

    assert len(MAKING) + len(SHOWING) + len(DELETING) >= 50
    texts = in_order(MAKING)
    shown = with_form(SHOWING, "json") + with_form(SHOWING[::2], "text")
    shown += with_form(SHOWING[1::2], "table")
    texts += said(shown, aws.run_all(shown, signed, tmp_path))
    texts += printed_by_boto3(local_aws)
    texts += in_order(DELETING)
    texts = [(name, text) for name, text in texts if text.strip()]
    assert len(texts) > 120, f"only {len(texts)} commands said something"
    faults = told_of(awsexplain, signed, tmp_path, texts)
    assert not faults, f"{len(faults)} notes:\n" + "\n".join(faults)
    # An error among them would have been told.
    error = "An error occurred (NoSuchBucket) when calling the GetObject operation: It is gone\n"
    assert len(told_of(awsexplain, signed, tmp_path, [(n, t + error) for n, t in texts])) == len(texts)
