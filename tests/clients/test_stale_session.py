"""A session that is left in the environment, with the real AWS CLI in the pipe.

Each test is one story: a command fails, the note names the variables that are
to blame, its line is pasted into the shell, and the same command works.
"""

import base64
import json
import os
import re
import subprocess
from dataclasses import dataclass

import pytest
from session_proxy import EXPIRED_KEY, session_token

UNSET = re.compile(r"unset((?: AWS_[A-Z_]+)+)")
NOTE = "  ┃"
SECRET = "x5Jq0Zb7Ew2Rk9Tf4Ym1Ud6Hs3Vn8Gp0Lc5Ai2Xo"  # of no key at all
OLD_TOKEN = session_token(age_hours=72)
S3_LS = "aws s3 ls"
NEW_SESSION = "aws sts get-session-token --query Credentials.Expiration"


@dataclass(frozen=True)
class Story:
    """What is exported, and the command that fails for it."""

    command: str
    code: str
    key: str | None = EXPIRED_KEY  # None: the good key of the profile
    token: str | None = OLD_TOKEN


STORIES = {
    "expired-session": Story(S3_LS, "ExpiredToken"),
    "expired-session-asks-for-next": Story(NEW_SESSION, "ExpiredToken"),
    "left-over-token": Story(S3_LS, "InvalidToken", key=None),
    "unknown-session": Story(NEW_SESSION, "InvalidClientTokenId", key="ASIAQNZGKIQYUNKNOWN7"),
    "temporary-key-without-token": Story(
        NEW_SESSION, "InvalidClientTokenId", key="ASIAQNZGKIQYUNKNOWN7", token=None
    ),
}


@pytest.fixture(params=STORIES.values(), ids=STORIES.keys())
def story(request):
    return request.param


@pytest.fixture
def shell(environment, local_aws, awsexplain, tmp_path):
    """A function: what a command prints in a shell with a good default profile."""
    folder = tmp_path / ".aws"
    folder.mkdir(mode=0o700)
    (folder / "config").write_text("[default]\nregion = us-east-1\n")
    (folder / "credentials").write_text(
        f"[default]\naws_access_key_id = {local_aws.key}\n"
        f"aws_secret_access_key = {local_aws.secret}\n"
    )
    (folder / "credentials").chmod(0o600)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "awsexplain").symlink_to(awsexplain)
    base = {
        **environment,
        "PATH": f"{programs}{os.pathsep}{environment['PATH']}",
        "AWS_ENDPOINT_URL": local_aws.url,
    }

    def run(command, exported):
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            env={**base, **exported},
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
        )

    return run


@pytest.fixture
def exported(story, local_aws):
    """The variables that stand in the way."""
    variables = {
        "AWS_ACCESS_KEY_ID": story.key or local_aws.key,
        "AWS_SECRET_ACCESS_KEY": SECRET if story.key else local_aws.secret,
    }
    return variables | ({"AWS_SESSION_TOKEN": story.token} if story.token else {})


def test_the_fix_line_mends_it(story, shell, exported, local_aws):
    failed = shell(f"{story.command} 2>&1", exported)
    assert failed.returncode != 0
    assert f"({story.code})".encode() in failed.stdout

    piped = shell(f"{story.command} 2>&1 | awsexplain", exported)
    assert without_notes(piped.stdout) == failed.stdout
    assert piped.stderr == b""
    assert_no_secret_in(piped.stdout, exported, local_aws)

    notes = piped.stdout.decode()
    fix = UNSET.search(notes)
    assert fix, f"no line to paste:\n{notes}"
    assert set(fix[1].split()) <= exported.keys(), "it names what is not set"

    mended = shell(f"{fix[0]}; {story.command}", exported)
    assert mended.returncode == 0, mended.stderr.decode()


def test_the_objects_say_the_same(story, shell, exported, local_aws, tmp_path):
    (tmp_path / "saved.log").write_bytes(shell(f"{story.command} 2>&1", exported).stdout)

    told = shell("awsexplain --format jsonl --check always saved.log", exported)
    assert told.returncode == 0, told.stderr.decode()
    assert_no_secret_in(told.stdout + told.stderr, exported, local_aws)

    (error,) = map(json.loads, told.stdout.splitlines())
    assert (error["code"], error["match"]) == (story.code, "entry")
    first = error["causes"][0]
    assert first["status"] in ("confirmed", "likely")
    assert first["because"], "a cause is called so for a reason"
    assert any(UNSET.fullmatch(step["command"] or "") for step in first["fix"])


def without_notes(output):
    """What is left when the lines of notes are filtered out."""
    lines = output.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(NOTE.encode()))


def assert_no_secret_in(output, exported, local_aws):
    """No eight characters in a row of a secret, nor of its base64."""
    secrets = {local_aws.secret, exported["AWS_SECRET_ACCESS_KEY"]}
    secrets.add(exported.get("AWS_SESSION_TOKEN", ""))
    for secret in filter(None, secrets):
        for form in (secret, base64.b64encode(secret.encode()).decode()):
            for start in range(len(form) - 7):
                assert form[start : start + 8].encode() not in output
