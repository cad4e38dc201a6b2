"""Every command that the knowledge proposes is one that the AWS CLI accepts.

The commands of `run` steps are given to the real CLI, slots filled, against a
local server that refuses every request.  Whether the request would do good is
for the entry's author to say; that it is a valid request is tested here.
"""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from conftest import REPOSITORY, clean_environment

KNOWLEDGE = REPOSITORY / "knowledge"
ENTRIES = sorted(KNOWLEDGE.rglob("*.yaml"))
SLOT = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}")  # doubled braces are braces

# What stands in a slot: by its name, else by how its name ends, else `example`.
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/example"
SLOTS = {
    "access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "account": ACCOUNT,
    "action": "s3:GetObject",
    "boundary_arn": f"arn:aws:iam::{ACCOUNT}:policy/example",
    "bucket": "amzn-s3-demo-bucket",
    "certificate": f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/example",
    "command_id": "0831e1a8-a1ac-4257-a1fd-c831bEXAMPLE",
    "desired_value": "100",
    "domain": "example.com",
    "end_time": "2026-01-02T04:00:00Z",
    "encoded_message": "4bXs0nZ1pKQ0f5Wg",
    "endpoint": "http://127.0.0.1:9",
    "http_method": "GET",
    "instance": "i-0123456789abcdef0",
    "instance_type": "t3.micro",
    "ip": "203.0.113.7",
    "load_balancer": f"arn:aws:elasticloadbalancing:us-east-1:{ACCOUNT}:loadbalancer/app/a/b",
    "mfa_code": "123456",
    "mfa_serial": f"arn:aws:iam::{ACCOUNT}:mfa/example",
    "mount_target": "fsmt-0123456789abcdef0",
    "operation": "GetObject",
    "opensearch_version": "OpenSearch_2.11",
    "path": "example.json",
    "policy": f"arn:aws:iam::{ACCOUNT}:policy/example",
    "port": "5432",
    "principal": ROLE,
    "quota_code": "L-1216C47A",
    "region": "eu-west-1",
    "resource": f"arn:aws:s3:::amzn-s3-demo-bucket/{ACCOUNT}",
    "secret_version_id": "EXAMPLE1-90ab-cdef-fedc-ba987EXAMPLE",
    "service": "s3",
    "server": "s-0123456789abcdef0",
    "service_code": "ec2",
    "topic": f"arn:aws:sns:us-east-1:{ACCOUNT}:example",
    "url": "http://127.0.0.1:9",
    "version_id": "v1",
}
SLOT_ENDINGS = {
    "_account": ACCOUNT,
    "_arn": ROLE,
    "_bucket": "amzn-s3-demo-bucket",
    "_code": "123456",
    "_domain": "example.com",
    "_file": "example.json",
    "number": "7",
    "_region": "eu-west-1",
    "_time": "2026-01-02T03:00:00Z",
    "_size": "20",
    "_count": "2",
    "_url": "http://127.0.0.1:9",
}

# Version 2 of the AWS CLI has these, and version 1, which is tested, has not. Nothing here tests
# their options: compare a new command with the reference of version 2.
ONLY_VERSION_2 = {
    ("configure", "export-credentials"): "prints the credentials in use",
    ("configure", "import"): "reads a file of keys",
    ("configure", "list-profiles"): "names the profiles",
    ("configure", "mfa-login"): "makes an MFA session",
    ("configure", "sso"): "sets up a profile of IAM Identity Center",
    ("configure", "sso-session"): "sets up a session of IAM Identity Center",
    ("ec2-instance-connect", "ssh"): "connects to an instance",
    ("login",): "signs in with the console's credentials",
    ("logout",): "ends such a login",
    ("logs", "tail"): "follows a log group",
    ("sso", "login"): "signs in to IAM Identity Center",
    ("sso", "logout"): "ends such a login",
}
# Options that only version 2 has; the rest of the command is tested without them.
OPTIONS_OF_VERSION_2 = {"--no-cli-pager", "--no-cli-auto-prompt"}

# Other tools, which are not run: a new one is read with care before it is added.
REVIEWED_TOOLS = set(
    """
    base64 cat cdk cfn-lint chmod chronyc curl date df dig docker eksctl env file gh git
    grep helm id ip kubectl ls lsblk nc node npm npx nslookup openssl pip podman printenv python
    ldd locale
    php pulumi python3 sam session-manager-plugin ssh-keygen sudo systemctl terraform timedatectl tofu type uname unzip w32tm wc wget whoami
    """.split()
)

USAGE_ERROR = (2, 252)
REFUSED = re.compile(
    "Parameter validation failed|Error parsing parameter|Bad value for --query|Unknown options"
    "|Traceback|Invalid endpoint|must be specified|is required",
)


def commands(path):
    """The commands of an entry, as it has them."""
    entry = yaml.safe_load(path.read_text("utf-8"))
    for cause in entry.get("causes", []):
        for step in cause.get("fix", []):
            if "run" in step:
                yield step["run"]


def fill(word):
    """A word with values in place of its slots."""

    def value(slot):
        name = slot[1]
        if name is None:
            return slot[0][0]
        by_ending = (v for ending, v in SLOT_ENDINGS.items() if name.endswith(ending))
        return SLOTS.get(name) or next(by_ending, "example")

    return SLOT.sub(value, word)


def only_in_version_2(words):
    return any(tuple(words[: len(known)]) == known for known in ONLY_VERSION_2)


class Parser:
    """Gives commands to the AWS CLI, each once however many entries have it."""

    def __init__(self, aws, folder, url):
        self.aws = aws
        self.folder = folder
        self.env = clean_environment(folder) | {
            "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "not-a-secret",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_ENDPOINT_URL": url,
            "HTTP_PROXY": url,  # what names an endpoint of its own stays here all the same
            "HTTPS_PROXY": url,
            "NO_PROXY": "127.0.0.1",
        }
        config = folder / ".aws" / "config"
        config.parent.mkdir()
        config.write_text("[profile example]\nregion = us-east-1\n")
        self.results = {}

    def run_all(self, filled):
        new = [words for words in dict.fromkeys(filled) if words not in self.results]
        for word in (word for words in new for word in words):
            self.make_file_for(word)
        # Two that write the configuration file at the same time would leave none that can be read.
        writes = [words for words in new if words[0] == "configure"]
        reads = [words for words in new if words[0] != "configure"]
        results = self.aws.run_all(map(list, reads), self.env, self.folder)
        self.results.update(zip(reads, results))
        for words in writes:
            self.results[words] = self.aws.run(list(words), self.env, self.folder)
        return {words: self.results[words] for words in filled}

    def make_file_for(self, word):
        """A file that a command reads is there."""
        name = re.sub("^fileb?://", "", word)
        suffix = Path(name).suffix
        if suffix in (".json", ".yaml", ".yml", ".zip", ".pem") and not name.startswith("/"):
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("{}\n")


@pytest.fixture(scope="module")
def parser(aws, stub_server, tmp_path_factory):
    return Parser(aws, tmp_path_factory.mktemp("commands"), stub_server.url)


@pytest.mark.parametrize("path", ENTRIES, ids=lambda path: str(path.relative_to(KNOWLEDGE))[:-5])
def test_commands(path, parser):
    faults, filled = [], {}
    for command in commands(path):
        tool, *words = shlex.split(command)
        if tool != "aws":
            if tool not in REVIEWED_TOOLS:
                faults.append(f"{command}\n  {tool} is not among the reviewed tools")
        elif not only_in_version_2(words):
            kept = (word for word in words if word not in OPTIONS_OF_VERSION_2)
            filled[tuple(map(fill, kept))] = command
    for words, result in parser.run_all(filled).items():
        if result.status < 0 or result.status in USAGE_ERROR or REFUSED.search(result.stderr):
            said = "\n  ".join(result.text.strip().splitlines()[-6:])
            faults.append(f"{filled[words]}\n  status {result.status}: {said}")
    assert not faults, "\n" + "\n".join(faults)
