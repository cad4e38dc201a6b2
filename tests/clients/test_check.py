"""`awsexplain check` beside the real AWS CLI: the same identity, the same caches, the same choice."""

import json
import re
import shutil
import subprocess

import botocore.session
import pytest
from botocore.config import Config
from conftest import REPOSITORY
from local_tls import TlsServer
from session_proxy import EXPIRED_KEY, session_token

WRONG_SECRET = "x5Jq0Zb7Ew2Rk9Tf4Ym1Ud6Hs3Vn8Gp0Lc5Ai2Xo"
ROLE = "arn:aws:iam::123456789012:role/deploy"


@pytest.fixture
def check(awsexplain, environment, tmp_path):
    """A function: how `awsexplain check --format json` ends with some variables, and its object."""

    def run(*arguments, **variables):
        command = [awsexplain, "check", "--format", "json", *arguments]
        env = {**environment, "AWS_DEFAULT_REGION": "us-east-1", **variables}
        done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, timeout=20)
        return done.returncode, json.loads(done.stdout), done.stderr.decode()

    return run


def keys(key, secret):
    return {"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret}


def test_good_keys_are_those_that_the_cli_names(check, aws, local_aws, environment, tmp_path):
    variables = keys(local_aws.key, local_aws.secret) | {"AWS_ENDPOINT_URL_STS": local_aws.url}
    status, machine, said = check("--online", **variables)
    assert said == f"awsexplain: asking {local_aws.url} whose keys these are\n"
    env = {**environment, "AWS_DEFAULT_REGION": "us-east-1", **variables}
    cli = aws.run(["sts", "get-caller-identity", "--output", "json"], env, tmp_path)
    identity = json.loads(cli.stdout)
    assert machine["online"]["answer"] == "identity", machine["online"]
    assert machine["online"]["arn"] == identity["Arn"]
    assert machine["online"]["account"] == identity["Account"]
    assert status == 0, machine["findings"]


@pytest.mark.parametrize(
    "exported, code",
    [
        ({"AWS_SECRET_ACCESS_KEY": WRONG_SECRET}, "SignatureDoesNotMatch"),
        ({"AWS_ACCESS_KEY_ID": "AKIAQNZGKIQYUNKNOWN7"}, "InvalidClientTokenId"),
        (
            {"AWS_ACCESS_KEY_ID": EXPIRED_KEY, "AWS_SESSION_TOKEN": session_token(72)},
            "ExpiredToken",
        ),
    ],
)
def test_bad_keys_are_refused_as_the_cli_is(check, aws, local_aws, environment, tmp_path, exported, code):
    variables = keys(local_aws.key, local_aws.secret) | exported
    variables |= {"AWS_ENDPOINT_URL_STS": local_aws.url}
    env = {**environment, "AWS_DEFAULT_REGION": "us-east-1", **variables}
    assert f"({code})" in aws.run(["sts", "get-caller-identity"], env, tmp_path).text
    status, machine, _ = check("--online", **variables)
    assert status == 1
    assert machine["online"]["refusal"]["code"] == code
    assert machine["online"]["refusal"]["causes"]


def test_a_private_authority_is_trusted_where_the_bundle_names_it(check, local_aws, tmp_path):
    with TlsServer(local_aws.url) as server:
        bundle = tmp_path / "authority.pem"
        bundle.write_bytes(server.authority)
        variables = keys(local_aws.key, local_aws.secret) | {"AWS_ENDPOINT_URL_STS": server.url}
        _, machine, _ = check("--online", **variables)
        assert machine["online"]["why"].startswith("The server's certificate is not trusted")
        _, machine, _ = check("--online", **variables, AWS_CA_BUNDLE=str(bundle))
        assert machine["online"]["answer"] == "identity", machine["online"]


def test_the_session_that_the_cli_keeps_is_found(check, local_aws, environment, tmp_path):
    folder = tmp_path / ".aws"
    folder.mkdir()
    (folder / "config").write_text(
        f"[profile base]\naws_access_key_id = {local_aws.key}\n"
        f"aws_secret_access_key = {local_aws.secret}\n"
        f"[profile deploy]\nrole_arn = {ROLE}\nsource_profile = base\nduration_seconds = 3600\n"
        "role_session_name = me\nexternal_id = an-id\nregion = us-east-1\n"
    )
    before = check("--profile", "deploy")[1]["credentials"]
    assert (before["source"], before["endings"]) == ("an assumed role", [])
    env = {**environment, "AWS_ENDPOINT_URL": local_aws.url}
    # A process of its own: the CLI finds its cache below the home folder that it starts in.
    program = shutil.which("aws", path=environment["PATH"])
    who = [program, "sts", "get-caller-identity", "--profile", "deploy"]
    cli = subprocess.run(who, env=env, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert cli.returncode == 0, cli.stderr
    kept = next((folder / "cli/cache").iterdir())
    session = json.loads(kept.read_text())["Credentials"]
    _, machine, _ = check("--profile", "deploy", "--online", AWS_ENDPOINT_URL=local_aws.url)
    after = machine["credentials"]
    assert [ending["what"] for ending in after["endings"]] == ["the cached session"]
    assert after["expires"][:19] == session["Expiration"][:19]
    assert machine["online"]["arn"] == json.loads(cli.stdout)["Arn"], machine["online"]


def test_the_addresses_of_sts_are_those_of_botocore():
    """What the unit test of the addresses expects is what botocore gives."""
    text = (REPOSITORY / "src/environment/tests/asks.rs").read_text("utf-8")
    rows = re.findall(r'\(\s*&\[([a-z, ]*)\](?:\[\.\.\])?,\s*"([a-z0-9-]+)",\s*"(https:[^"]+)",?\s*\)', text)
    assert len(rows) >= 6
    for switches, region, wanted in rows:
        config = Config(use_fips_endpoint="fips" in switches, use_dualstack_endpoint="dual" in switches)
        session = botocore.session.Session()
        session.set_credentials("a", "b")
        session.set_config_variable("sts_regional_endpoints", "regional")
        client = session.create_client("sts", region_name=region, config=config)
        sent = {}
        client.meta.events.register("before-send.sts", lambda request, **_: sent.update(url=request.url) or Refused())
        client.get_caller_identity()
        assert sent["url"] == wanted + "/", (switches, region)


class Refused:
    """An answer in place of one of the network."""

    status_code, headers, content = 200, {}, b"<A><GetCallerIdentityResult/></A>"
