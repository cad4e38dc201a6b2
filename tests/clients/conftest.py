"""What the tests of real clients share: the program, environments, local servers."""

import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from aws_cli import ForkedCli
from session_proxy import SessionProxy
from stub import Stub

REPOSITORY = Path(__file__).resolve().parents[2]
BUILT = Path("target/debug/awsexplain")

# Who starts the tests may ignore some, a job in the background or a CI system; what the tests start must heed them.
for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM, signal.SIGTSTP, signal.SIGUSR1, signal.SIGUSR2):
    signal.signal(number, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)

ALLOW_ALL = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}


@pytest.fixture(scope="session")
def awsexplain():
    """The program under test, which `AWSEXPLAIN` may name."""
    path = (REPOSITORY / os.environ.get("AWSEXPLAIN", BUILT)).resolve()
    assert path.exists(), f"{path} is missing: run 'cargo build', or name the program in AWSEXPLAIN"
    return path


@pytest.fixture
def environment(tmp_path):
    """The environment of a fresh login: no AWS variables, no proxies, an empty home."""
    return clean_environment(tmp_path)


def clean_environment(home):
    here = Path(sys.executable).parent  # where the `aws` of these tests is
    return {
        "PATH": f"{here}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "SHELL": "/bin/bash",
        "LANG": "C.UTF-8",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_PAGER": "",
    }


@pytest.fixture(scope="session")
def explain(awsexplain, tmp_path_factory):
    """A function: the objects of `--format jsonl` for a text from anywhere."""
    env = clean_environment(tmp_path_factory.mktemp("home"))

    def run(text):
        command = [awsexplain, "--format", "jsonl", "--check", "never"]
        done = subprocess.run(command, input=text.encode(), env=env, capture_output=True)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


@pytest.fixture(scope="session")
def aws():
    """The AWS CLI, two commands at a time."""
    cli = ForkedCli(workers=2)
    yield cli
    cli.close()


@pytest.fixture(scope="session")
def stub_server():
    with Stub() as server:
        yield server


@pytest.fixture
def stub(stub_server):
    """A server that answers with the error which the test gives it."""
    yield stub_server
    stub_server.error = None


@dataclass(frozen=True)
class LocalAws:
    """A server that checks keys and signatures, and a key that it accepts."""

    url: str
    key: str
    secret: str
    bucket: str
    proxy: SessionProxy


@pytest.fixture(scope="session")
def local_aws(tmp_path_factory):
    """Moto, behind a proxy to which one session has expired."""
    calls = 4  # those of `populate`; from then on every request must be signed by a known key
    env = clean_environment(tmp_path_factory.mktemp("moto"))
    moto = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
        env={**env, "INITIAL_NO_AUTH_ACTION_COUNT": str(calls)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with SessionProxy(port_of(moto)) as proxy:
            yield populate(proxy)
    finally:
        moto.terminate()
        moto.communicate(timeout=10)


def port_of(server):
    """The port that a server says it listens on."""
    said = []
    for line in server.stderr:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
            return int(found[1])
    raise AssertionError("the local server did not start:\n" + "".join(said))


def populate(proxy):
    """Makes a user who may do all, with a key, and a bucket: four calls."""
    url = proxy.url
    session = boto3.session.Session("AKIASETUPSETUPSETUP2", "set-up", region_name="us-east-1")
    iam = session.client("iam", endpoint_url=url)
    iam.create_user(UserName="dev")
    iam.put_user_policy(UserName="dev", PolicyName="all", PolicyDocument=json.dumps(ALLOW_ALL))
    key = iam.create_access_key(UserName="dev")["AccessKey"]
    bucket = "seed-bucket"
    session.client("s3", endpoint_url=url).create_bucket(Bucket=bucket)
    while "/" in key["SecretAccessKey"]:  # as a key id, which tests try, it would be read as two
        own = boto3.session.Session(
            key["AccessKeyId"], key["SecretAccessKey"], region_name="us-east-1"
        )
        iam = own.client("iam", endpoint_url=url)
        old, key = key, iam.create_access_key(UserName="dev")["AccessKey"]
        iam.delete_access_key(UserName="dev", AccessKeyId=old["AccessKeyId"])
    return LocalAws(url, key["AccessKeyId"], key["SecretAccessKey"], bucket, proxy)
