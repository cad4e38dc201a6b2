"""The AWS SDKs for JavaScript and Rust against a local server: what they print is read as what the server answered.

The probes in js-sdk and rust-sdk make one call each and print its error the way
programs do.  `tests/run` installs the one and builds the other.
"""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from stub import Error

HERE = Path(__file__).parent
NODE_MODULES = os.environ.get("NODE_MODULES", "")
RUST_PROBE = os.environ.get("RUST_SDK_PROBE", "")
KEYS = {
    "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "not-a-secret",
    "AWS_REGION": "us-east-1",
    "AWS_MAX_ATTEMPTS": "1",
    "NO_PROXY": "127.0.0.1",
}
CLOSED = "http://127.0.0.1:9"


@dataclass(frozen=True)
class Case:
    """A call, and the error that it is answered with."""

    service: str
    operation: str
    input: dict
    error: Error


INVALID_KEY = Error(
    "query", "InvalidClientTokenId", "The security token included in the request is invalid.", 403
)
CASES = {
    "s3": Case(
        "s3",
        "GetObject",
        {"Bucket": "demo-bucket", "Key": "k"},
        Error("s3", "NoSuchBucket", "The specified bucket does not exist", 404),
    ),
    "dynamodb": Case(
        "dynamodb",
        "GetItem",
        {"TableName": "orders", "Key": {"id": {"S": "1"}}},
        Error("json", "ResourceNotFoundException", "Requested resource not found"),
    ),
    "sts": Case("sts", "GetCallerIdentity", {}, INVALID_KEY),
    "sqs": Case(
        "sqs",
        "GetQueueUrl",
        {"QueueName": "orders"},
        Error("json", "QueueDoesNotExist", "The specified queue does not exist."),
    ),
    "ec2": Case(
        "ec2",
        "DescribeInstances",
        {},
        Error("ec2", "UnauthorizedOperation", "You are not authorized to perform this operation.", 403),
    ),
    "lambda": Case(
        "lambda",
        "ListFunctions",
        {},
        Error("rest-json", "TooManyRequestsException", "Rate exceeded", 429),
    ),
}
WAYS = ["uncaught", "inspect", "label", "stack", "string", "json"]


def news(told):
    return [error for error in told if not error["repeat_of"]]


# JavaScript, the third version


def printed(command, env, folder):
    """How a program ends that asks nothing, and all that it prints."""
    done = subprocess.run(
        command,
        env=env,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout


@pytest.fixture
def javascript(environment, stub, tmp_path):
    """A function: what a call prints, and how it ends."""
    assert Path(NODE_MODULES).is_dir(), "NODE_MODULES is missing: tests/run installs and names it"

    def run(case, way, **env):
        base = environment | KEYS | {"AWS_ENDPOINT_URL": stub.url, "NODE_MODULES": NODE_MODULES}
        env = {name: value for name, value in (base | env).items() if value is not None}
        command = ["node", HERE / "js-sdk/probe.cjs", case.service, case.operation]
        return printed([*command, json.dumps(case.input), way], env, tmp_path)

    return run


@pytest.mark.parametrize(
    ("name", "way"),
    [(name, way) for name in CASES for way in (WAYS if name in ("s3", "dynamodb") else WAYS[:2])],
)
def test_javascript(name, way, javascript, stub, explain):
    case = CASES[name]
    stub.error = case.error
    status, text = javascript(case, way)
    assert status == 1, text
    (error,) = news(explain(text))
    assert error["code"] == case.error.code, text
    assert error["match"] in ("entry", "family")
    if way != "json":  # it leaves the message out
        assert error["message"] == case.error.message
    if f"de_{case.operation}Command" in text:
        assert error["operation"] == case.operation


def test_javascript_message_alone(javascript, stub, explain):
    stub.error = INVALID_KEY
    _, text = javascript(CASES["sts"], "message")
    (error,) = news(explain(text))
    assert (error["code"], error["match"]) == (None, "entry")


@pytest.mark.parametrize(
    ("entry", "env"),
    [
        ("credentials/NoCredentials", {"AWS_ACCESS_KEY_ID": None}),
        ("network/NoRegion", {"AWS_REGION": None}),
        ("families/connection", {"AWS_ENDPOINT_URL": CLOSED}),
    ],
)
def test_javascript_on_its_own(entry, env, javascript, explain):
    status, text = javascript(CASES["sts"], "uncaught", **env)
    assert status == 1
    (error,) = news(explain(text))
    assert error["entry"] == entry, text


def test_javascript_is_silent_on_success(javascript, stub, explain):
    stub.error = Error("json", "", "", 200)
    status, text = javascript(CASES["dynamodb"], "uncaught")
    assert (status, "httpStatusCode: 200" in text) == (0, True), text
    assert explain(text) == []


# Rust


@pytest.fixture
def rust(environment, stub, tmp_path):
    """A function: what a call prints, and how it ends."""
    assert Path(RUST_PROBE).is_file(), "RUST_SDK_PROBE is missing: tests/run builds and names it"

    def run(service, way, endpoint=None):
        env = environment | {"AWS_ENDPOINT_URL": endpoint or stub.url}
        return printed([RUST_PROBE, service, way], env, tmp_path)

    return run


@pytest.mark.parametrize("way", ["debug", "pretty", "context", "unwrap"])
@pytest.mark.parametrize("service", ["sts", "sqs"])
def test_rust(service, way, rust, stub, explain):
    stub.error = CASES[service].error
    status, text = rust(service, way)
    assert status != 0, text
    (error,) = news(explain(text))
    assert (error["producer"], error["code"]) == ("rust-sdk", stub.error.code), text
    assert error["message"] == stub.error.message
    assert error["match"] == "entry"


@pytest.mark.parametrize("way", ["debug", "context"])
def test_rust_on_its_own(way, rust, explain):
    _, text = rust("sts", way, CLOSED)
    (error,) = news(explain(text))
    assert (error["producer"], error["code"]) == ("rust-sdk", None), text


def test_rust_says_nothing_but_service_error(rust, stub, explain):
    """`{}` alone has no word of AWS in it: nothing can be read there, and nothing is."""
    stub.error = INVALID_KEY
    _, text = rust("sts", "display")
    assert (text.strip(), explain(text)) == ("Error: service error", [])


def test_rust_is_silent_on_success(rust, stub, explain):
    stub.error = Error("json", "", "", 200)
    status, text = rust("sqs", "debug")
    assert status == 0, text
    assert explain(text) == []
