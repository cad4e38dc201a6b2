"""What real clients print for every error is read as what the server answered.

A local server gives the errors of all service models, one after the other, to
boto3, and a sample of them to the AWS CLI; so a change in what a client prints
is noticed here.
"""

import json
import random

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from conftest import clean_environment
from models import Models, sentence
from stub import Error

SEED = 20
SAMPLE = 40
BOTO3 = Models("botocore/data")
CLI = Models("awscli/botocore/data")


def error_of(pair):
    return Error(pair.protocol, pair.code, sentence(pair.code), pair.status)


# boto3


@pytest.fixture
def clients(stub, environment, monkeypatch):
    """A function: boto3's client of a service, pointed at the stub."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    session = boto3.session.Session(region_name="us-east-1")
    config = Config(
        signature_version=UNSIGNED,
        retries={"total_max_attempts": 1, "mode": "legacy"},
        inject_host_prefix=False,
        parameter_validation=False,
        s3={"addressing_style": "path"},
    )
    return lambda service: session.client(service, endpoint_url=stub.url, config=config)


def printed_by(client, pair):
    """The text of the exception that boto3 raises, or None where it raises another."""
    try:
        getattr(client, pair.method)(**BOTO3.parameters(pair))
    except ClientError as error:
        if error.response["Error"]["Code"] == pair.code:
            return str(error)
    except Exception:  # a client that wants more than its model says
        pass
    return None


def test_boto3(clients, stub, explain):
    texts = {}
    total = 0
    for service in BOTO3.services():
        client = clients(service)
        for pair in BOTO3.pairs(service):
            total += 1
            stub.error = error_of(pair)
            if text := printed_by(client, pair):
                texts[pair] = text
    assert len(texts) > 0.98 * total, "too few operations could be called"

    told = {error["line"]: error for error in explain("".join(f"{t}\n" for t in texts.values()))}
    wrong = []
    for line, (pair, text) in enumerate(texts.items(), 1):
        error = told.get(line, {})
        if (error.get("code"), error.get("operation")) != (pair.code, pair.operation):
            wrong.append(f"{text}\n  read as {error.get('code')}, {error.get('operation')}")
    assert not wrong, f"{len(wrong)} of {len(texts)} are misread:\n" + "\n".join(wrong[:20])


# The AWS CLI


def sample():
    """Some pairs, the same in every run."""
    rng = random.Random(SEED)
    found = []
    for service in rng.sample(CLI.services(), SAMPLE):
        easy = list(filter(CLI.is_easy, CLI.pairs(service)))
        found += rng.sample(easy, min(1, len(easy)))
    return found


@pytest.fixture
def cli(aws, stub, tmp_path):
    """A function: what an `aws` command prints, and how it ends."""
    (tmp_path / ".aws").mkdir()

    def run(args, env=(), config="", credentials=""):
        (tmp_path / ".aws" / "config").write_text(config)
        (tmp_path / ".aws" / "credentials").write_text(credentials)
        base = clean_environment(tmp_path) | {
            "AWS_ENDPOINT_URL": stub.url,
            "AWS_MAX_ATTEMPTS": "1",
            "NO_PROXY": "127.0.0.1",
        }
        return aws.run(args, base | dict(env), tmp_path)

    return run


KEY_ID = {"AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE"}
NO_REGION = KEY_ID | {"AWS_SECRET_ACCESS_KEY": "not-a-secret"}
KEYS = NO_REGION | {"AWS_DEFAULT_REGION": "us-east-1"}


@pytest.mark.parametrize("pair", sample(), ids=lambda pair: f"{pair.service}-{pair.code}")
def test_aws_cli(pair, cli, stub, explain):
    stub.error = error_of(pair)
    given = json.dumps(CLI.parameters(pair))
    result = cli([*pair.command, "--no-sign-request", "--cli-input-json", given], KEYS)
    assert f"({pair.code}) when calling the {pair.operation} operation" in result.stderr
    (error,) = explain(result.text)
    assert (error["code"], error["operation"]) == (pair.code, pair.operation)
    assert error["message"] == sentence(pair.code)


# Errors of the client itself: no request is sent, and there is no code.

WHO = ["sts", "get-caller-identity"]
CLIENT_SIDE = {
    "no-credentials": dict(args=WHO),
    "partial-credentials": dict(args=WHO, env=KEY_ID),
    "unknown-profile": dict(args=[*WHO, "--profile", "missing"]),
    "no-region": dict(args=["ec2", "describe-vpcs"], env=NO_REGION),
    "malformed-config": dict(args=WHO, config="[default\nregion = us-east-1\n"),
    "malformed-credentials": dict(args=WHO, credentials="aws_access_key_id = x\n"),
    "endpoint-closed": dict(args=[*WHO, "--endpoint-url", "http://127.0.0.1:9"], env=KEYS),
    "endpoint-malformed": dict(args=[*WHO, "--endpoint-url", "localhost"], env=KEYS),
    "unknown-option": dict(args=["s3", "ls", "--recursivly"], env=KEYS),
    "unknown-command": dict(args=["ec2", "describe-instnaces"], env=KEYS),
    "missing-argument": dict(args=["iam", "get-role"], env=KEYS),
    "invalid-value": dict(args=["s3", "ls", "--output", "xml"], env=KEYS),
    "malformed-json": dict(
        args=["dynamodb", "get-item", "--table-name", "t", "--key", '{"id": {S: 1}}'], env=KEYS
    ),
    "wrong-type": dict(
        args=["dynamodb", "get-item", "--table-name", "t", "--key", '{"id": 5}'], env=KEYS
    ),
    "missing-file": dict(
        args=["iam", "create-policy", "--policy-name", "p", "--policy-document", "file://no.json"],
        env=KEYS,
    ),
    "malformed-query": dict(args=[*WHO, "--query", "Account["], env=KEYS),
}


@pytest.mark.parametrize("case", CLIENT_SIDE.values(), ids=CLIENT_SIDE.keys())
def test_aws_cli_on_its_own(case, cli, explain):
    result = cli(**case)
    assert result.status not in (0, -1)
    told = explain(result.text)
    assert len([error for error in told if not error["repeat_of"]]) == 1, result.text
    assert told[0]["code"] is None
    assert told[0]["match"] == "entry"
