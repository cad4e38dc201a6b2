"""Broken set-ups of a machine, each with the real AWS CLI in the pipe.

Each situation is one story.  A command fails; the note names the true cause
first, as confirmed or likely; the test does what the note's steps say, as they
are printed; the same command works.  Commands for the shell are run by bash.  A
sentence is followed by `EDITS`, which knows no situation, only the wording.
"""

import base64
import hashlib
import json
import os
import re
import shlex
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from local_tls import TlsServer
from session_proxy import EXPIRED_KEY, session_token
from sso_server import TOKEN, SsoServer

NOTE = "  ┃ "
WRONG_SECRET = "x5Jq0Zb7Ew2Rk9Tf4Ym1Ud6Hs3Vn8Gp0Lc5Ai2Xo"  # of no key at all
UNKNOWN_SESSION = "ASIAQNZGKIQYUNKNOWN7"
OLD_TOKEN = session_token(age_hours=72)
S3_LS = "aws s3 ls"
WHO = "aws sts get-caller-identity"
KEYS = "[default]\naws_access_key_id = {key}\naws_secret_access_key = {secret}\n"
REGION = "[default]\nregion = us-east-1\n"
EXPIRED = {
    "AWS_ACCESS_KEY_ID": EXPIRED_KEY,
    "AWS_SECRET_ACCESS_KEY": WRONG_SECRET,
    "AWS_SESSION_TOKEN": OLD_TOKEN,
}
GOOD = {"AWS_ACCESS_KEY_ID": "{key}", "AWS_SECRET_ACCESS_KEY": "{secret}"}
SSO = """[profile corp]
region = us-east-1
sso_session = corp
sso_account_id = 123456789012
sso_role_name = dev
[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_registration_scopes = sso:account:access
"""
ENDED_LOGIN = """{{"startUrl": "https://example.awsapps.com/start", "region": "us-east-1",
"accessToken": "aoaAAAAAGzQ7Kx9Wv2Lm4Yt5Rb8Nd3Hs6Jp1Cf", "expiresAt": "2026-01-01T00:00:00Z"}}"""
PROCESS = '#!/bin/sh\necho \'{{"Version": 1, "AccessKeyId": "{key}", "SecretAccessKey": "{secret}"}}\'\n'


@dataclass(frozen=True)
class Situation:
    """A set-up, the command that fails in it, and why.

    In texts `{key}`, `{secret}`, `{url}`, `{home}`, `{closed}` (a local address
    where nobody listens) and `{tls}` stand for what the local servers have.
    """

    cause: str  # of the entry that answers: area/Entry/cause
    command: str = S3_LS
    exported: dict = field(default_factory=dict)
    config: str = REGION
    credentials: str = KEYS
    files: dict = field(default_factory=dict)  # below the home folder
    late: float = 0  # by how many seconds this clock is behind the server's
    status: str = "confirmed"


SITUATIONS = {
    "expired-session-over-a-good-profile": Situation(
        "credentials/ExpiredToken/expired-session-exported", exported=EXPIRED
    ),
    "left-over-token": Situation(
        "credentials/InvalidToken/leftover-token", exported=GOOD | {"AWS_SESSION_TOKEN": OLD_TOKEN}
    ),
    "left-over-token-of-the-old-name": Situation(
        "credentials/InvalidToken/leftover-token",
        exported=GOOD | {"AWS_SECURITY_TOKEN": OLD_TOKEN},
    ),
    "left-over-token-in-the-file": Situation(
        "credentials/InvalidToken/leftover-token",
        credentials=KEYS + f"aws_session_token = {OLD_TOKEN}\n",
    ),
    "temporary-key-without-token": Situation(
        "credentials/InvalidClientTokenId/temporary-key-without-token",
        command=WHO,
        exported={"AWS_ACCESS_KEY_ID": UNKNOWN_SESSION, "AWS_SECRET_ACCESS_KEY": WRONG_SECRET},
    ),
    "swapped-variables": Situation(
        "credentials/InvalidClientTokenId/not-a-key-id",
        command=WHO,
        exported={"AWS_ACCESS_KEY_ID": "{secret}", "AWS_SECRET_ACCESS_KEY": "{key}"},
    ),
    "swapped-in-the-file": Situation(
        "credentials/InvalidClientTokenId/not-a-key-id",
        command=WHO,
        credentials="[default]\naws_access_key_id = {secret}\naws_secret_access_key = {key}\n",
    ),
    "carriage-return-behind-the-secret": Situation(
        "credentials/SignatureDoesNotMatch/secret-damaged",
        command=WHO,
        exported={"AWS_ACCESS_KEY_ID": "{key}", "AWS_SECRET_ACCESS_KEY": "{secret}\r"},
    ),
    "quotes-around-the-secret": Situation(
        "credentials/SignatureDoesNotMatch/secret-damaged",
        command=WHO,
        credentials='[default]\naws_access_key_id = {key}\naws_secret_access_key = "{secret}"\n',
    ),
    "quotes-around-the-key-id": Situation(
        "credentials/InvalidClientTokenId/not-a-key-id",
        command=WHO,
        credentials='[default]\naws_access_key_id = "{key}"\naws_secret_access_key = {secret}\n',
    ),
    "misspelt-profile": Situation(
        "credentials/ProfileNotFound/misspelt",
        exported={"AWS_PROFILE": "staging"},
        credentials=KEYS.replace("default", "stagging"),
        config=REGION.replace("default", "profile stagging"),
    ),
    "misspelt-profile-by-flag": Situation(
        "credentials/ProfileNotFound/misspelt",
        command=S3_LS + " --profile stagging",
        credentials=KEYS.replace("default", "staging"),
        config=REGION.replace("default", "profile staging"),
    ),
    "misspelt-option": Situation(
        "cli/UnknownOptions/misspelt-or-other-command",
        command=S3_LS + " --porfile default",
        status="likely",
    ),
    "profile-of-another-machine": Situation(
        "credentials/ProfileNotFound/misspelt", exported={"AWS_PROFILE": "customer-x"}
    ),
    "empty-profile": Situation(
        "credentials/ProfileNotFound/variable", exported={"AWS_PROFILE": ""}
    ),
    "header-without-the-word-profile": Situation(
        "credentials/ProfileNotFound/header",
        exported={"AWS_PROFILE": "dev"},
        config=KEYS.replace("default", "dev") + "region = us-east-1\n",
        credentials="",
    ),
    "duplicate-section": Situation(
        "credentials/ConfigParseError/duplicate",
        config="[default]\noutput = json\n[default]\nregion = us-east-1\n",
    ),
    "duplicate-option": Situation(
        "credentials/ConfigParseError/duplicate",
        credentials=KEYS + "aws_secret_access_key = {secret}\n",
    ),
    "expired-expiry": Situation(
        "credentials/RefreshedCredentialsExpired/expiry-variable",
        exported=GOOD | {"AWS_CREDENTIAL_EXPIRATION": "2026-01-01T00:00:00Z"},
    ),
    "closed-endpoint": Situation(
        "network/CouldNotConnect/endpoint-override", exported={"AWS_ENDPOINT_URL_S3": "{closed}"}
    ),
    "closed-endpoint-in-the-profile": Situation(
        "network/CouldNotConnect/endpoint-override",
        exported={"AWS_ENDPOINT_URL": ""},
        config=REGION
        + "services = local\nendpoint_url = {url}\n[services local]\ns3 =\n  endpoint_url = {closed}\n",
    ),
    "closed-proxy": Situation(
        "network/ProxyConnection/proxy-not-there",
        exported={"HTTPS_PROXY": "{closed}", "AWS_ENDPOINT_URL": "{tls}"},
        config=REGION + "ca_bundle = {home}/ca.pem\n",
    ),
    "missing-ca-bundle": Situation(
        "network/CertificateNotTrusted/ca-bundle",
        exported={"AWS_CA_BUNDLE": "/nowhere/ca.pem", "AWS_ENDPOINT_URL": "{tls}"},
        config=REGION + "ca_bundle = {home}/ca.pem\n",
    ),
    "region-of-a-wrong-form": Situation(
        "network/InvalidRegion/wrong-form",
        command=WHO,
        exported={"AWS_DEFAULT_REGION": "us_east_1"},
        config="[default]\noutput = json\n",
    ),
    "region-variable-that-is-not-read": Situation(
        "network/NoRegion/variable-not-read",
        command="aws dynamodb list-tables",
        exported={"AWS_REGION": "us-east-1"},
        config="[default]\noutput = json\n",
    ),
    "clock-behind": Situation(
        "credentials/RequestTimeTooSkewed/clock-off", command=WHO, late=1800
    ),
    "shell-syntax-in-credential-process": Situation(
        "credentials/CredentialProcessFailed/shell-syntax",
        config=REGION + "credential_process = cat {home}/.aws/saved | {home}/opt/give-key\n",
        credentials="",
        files={"opt/give-key": PROCESS, ".aws/saved": "nothing\n"},
    ),
    "ended-login": Situation(
        "credentials/SsoSessionExpired/session-ended",
        exported={
            "AWS_PROFILE": "corp",
            "AWS_ENDPOINT_URL_SSO": "{sso}",
            "AWS_ENDPOINT_URL_SSO_OIDC": "{sso}",
        },
        config=SSO,
        credentials="",
        files={f".aws/sso/cache/{hashlib.sha1(b'corp').hexdigest()}.json": ENDED_LOGIN},
    ),
    "half-a-pair": Situation(
        "credentials/PartialCredentials/half-in-variables",
        exported={"AWS_ACCESS_KEY_ID": "{key}"},
    ),
}


@pytest.fixture(params=SITUATIONS.values(), ids=SITUATIONS.keys())
def situation(request):
    return request.param


class Machine:
    """A home folder and a shell in it, set up as a situation says."""

    def __init__(self, situation, home, base, local, tls, sso):
        self.home = home
        self.words = {
            "key": local.key,
            "secret": local.secret,
            "url": local.url,
            "home": str(home),
            "closed": "http://127.0.0.1:9",
            "tls": tls.url,
            "sso": sso.url,
        }
        fill = lambda text: text.format(**self.words)
        files = {".aws/config": situation.config, ".aws/credentials": situation.credentials}
        for name, text in (files | situation.files).items():
            path = home / name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_text(fill(text))
            path.chmod(0o700 if text.startswith("#!") else 0o600)
        (home / "ca.pem").write_bytes(tls.authority)
        exported = {name: fill(value) for name, value in situation.exported.items()}
        self.env = {**base, "AWS_ENDPOINT_URL": local.url, **exported}
        self.secrets = {local.secret, WRONG_SECRET, OLD_TOKEN, TOKEN, "GzQ7Kx9Wv2Lm4Yt5Rb8Nd3Hs6Jp1Cf"}

    def run(self, command, stdin=b""):
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            env=self.env,
            cwd=self.home,
            input=stdin,
            capture_output=True,
            timeout=60,
        )

    def export(self, line):
        """Runs a line that changes the shell's variables."""
        done = self.run(f"{line} && env -0")
        assert done.returncode == 0, done.stderr.decode()
        pairs = done.stdout.decode().rstrip("\0").split("\0")
        self.env = dict(pair.split("=", 1) for pair in pairs)


@pytest.fixture(scope="module")
def tls(local_aws):
    with TlsServer(local_aws.url) as server:
        yield server


@pytest.fixture(scope="module")
def sso(local_aws):
    with SsoServer((local_aws.key, local_aws.secret)) as server:
        yield server


@pytest.fixture
def machine(situation, environment, local_aws, tls, sso, awsexplain, tmp_path):
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "awsexplain").symlink_to(awsexplain)
    path = f"{programs}{os.pathsep}{environment['PATH']}"
    home = tmp_path / "home"
    home.mkdir()
    base = {**environment, "PATH": path, "HOME": str(home), "AWSEXPLAIN_WIDTH": "120"}
    base["AWS_MAX_ATTEMPTS"] = "1"
    local_aws.proxy.ahead = situation.late
    yield Machine(situation, home, base, local_aws, tls, sso)
    local_aws.proxy.ahead = 0


# What the note says


def without_notes(output):
    lines = output.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(NOTE.rstrip().encode()))


def steps(note):
    """The steps of the fix: (sentence, command); of either one may be empty."""
    found = []
    for line in note.splitlines():
        if not line.startswith(NOTE):
            continue
        word, text = line[len(NOTE) :][:14].strip(), line[len(NOTE) :][14:]
        if word in ("fix", "then"):
            found.append([text])
        elif word:
            if found:
                break
        elif found:
            found[-1].append(text)
    for lines in found:
        if lines[0].endswith(":") or len(lines) > 1 and ":" in lines[-2][-25:]:
            yield " ".join(lines[:-1]), lines[-1]
        elif COMMAND.match(lines[0]):
            yield "", lines[0]
        else:
            yield " ".join(lines), ""


COMMAND = re.compile(r"(unset|export|aws|chmod|grep|ls) ")


# What its sentences ask for


def change_line(machine, file, number, change):
    path = Path(file.replace("~", str(machine.home), 1))
    lines = path.read_text().splitlines()
    lines[int(number) - 1 : int(number)] = change(lines[int(number) - 1])
    path.write_text("\n".join(lines) + "\n")


def take_out(machine, file, number):
    change_line(machine, file, number, lambda _: [])


def log_in(machine):
    """What `aws sso login` leaves behind; only version 2 has it, and these tests have version 1."""
    path = machine.home / ".aws/sso/cache" / f"{hashlib.sha1(b'corp').hexdigest()}.json"
    later = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 3600))
    path.write_text(json.dumps({"accessToken": TOKEN, "expiresAt": later}))


def only_the_value(machine, file, number):
    change_line(machine, file, number, lambda line: [line.replace('"', "")])


def write_header(machine, header, file, number):
    change_line(machine, file, number, lambda _: [header])


def write_a_script(machine, file, number):
    script = machine.home / "script"

    def change(line):
        key, command = line.split(" = ", 1)
        script.write_text(f"#!/bin/sh\n{command}\n")
        script.chmod(0o700)
        return [f"{key} = {script}"]

    change_line(machine, file, number, change)


SPOT = r"(\S+) line (\d+)"
EDITS = {
    rf"Take the line out: {SPOT}": take_out,
    "Log in with version 2 of the AWS CLI": log_in,
    rf"Leave only the value at {SPOT}": only_the_value,
    rf"Write (\[.*\]) in {SPOT}": write_header,
    rf"Correct {SPOT}, or take the line out": take_out,
    rf"Write whole paths at {SPOT}, or put the command into a script": write_a_script,
}


def apply(machine, note, local):
    """Does what the steps say; gives back what was done."""
    done = []
    for sentence, command in steps(note):
        if command.startswith(("unset ", "export ")):
            machine.export(command)
        elif re.match(r"aws configure( --profile \S+)?(  #|$)", command):
            answers = "{key}\n{secret}\n\n\n".format(**machine.words).encode()
            typed = command.split("  # ")[0]
            assert machine.run(typed, answers).returncode == 0
        elif command.startswith(("aws configure set ", "chmod ")) and "<" not in command:
            assert machine.run(command.split("  # ")[0]).returncode == 0
        elif sentence.startswith("Set the clock"):
            local.proxy.ahead = 0
        elif match := re.match(r"Name profile \"(.*)\" instead", sentence):
            machine.profile = match[1]
        elif match := re.match(r"Write (--\S+) in place of (--\S+)", sentence):
            machine.option = match[1], match[2]
        else:
            for wording, edit in EDITS.items():
                if match := re.match(wording, sentence):
                    edit(machine, *match.groups())
                    break
            else:
                continue
        done.append(sentence + command)
    return done


def test_the_fix_mends_it(situation, machine, local_aws):
    command = situation.command
    piped = machine.run(f"{command} 2>&1 | tee output | awsexplain")
    assert piped.returncode != 0, "the command does not fail"
    printed = (machine.home / "output").read_bytes()
    assert without_notes(piped.stdout) == printed
    assert piped.stderr == b""
    note = piped.stdout.decode()

    told = machine.run("cat output | awsexplain --format jsonl")
    assert told.returncode == 0, told.stderr.decode()
    errors = [json.loads(line) for line in told.stdout.splitlines()]
    assert errors, f"no error is recognised:\n{note}"
    first = errors[0]["causes"][0]
    assert f"{errors[0]['entry']}/{first['id']}" == situation.cause, note
    assert first["status"] == situation.status, note
    assert_no_secret_in(added(piped.stdout), machine)
    assert_no_secret_in(told.stdout, machine)

    done = apply(machine, note, local_aws)
    assert done, f"no step to follow:\n{note}"
    if hasattr(machine, "profile"):
        command = re.sub(r"--profile \S+", f"--profile {machine.profile}", command)
    if hasattr(machine, "option"):
        right, wrong = machine.option
        command = command.replace(wrong, right)
        assert f" {command}\n" in note, "the line to run again has the right option"
    mended = machine.run(command)
    assert mended.returncode == 0, f"{note}\ndone: {done}\n{mended.stderr.decode()}"


def added(output):
    """The notes alone."""
    lines = output.splitlines(keepends=True)
    return b"".join(line for line in lines if line.startswith(NOTE.encode()))


def assert_no_secret_in(output, machine):
    """No eight characters in a row of a secret, nor of its base64."""
    for secret in machine.secrets:
        for form in (secret, base64.b64encode(secret.encode()).decode()):
            for start in range(len(form) - 7):
                assert form[start : start + 8].encode() not in output
