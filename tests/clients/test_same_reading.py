"""The two files, read by botocore and by `awsexplain check`: thousands of generated pairs, the same reading.

Files are put together from lines that people and tools write, right and wrong: headers of every form,
settings with blanks, comments, quotes and colons, indented blocks, duplicates, a byte order mark.  For one
profile botocore says whether it can read the files, whether the profile is there, which Region it has and
where its keys come from; so does the program.  A difference is a fault of the program.
"""

import json
import os
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor

import botocore.exceptions
import botocore.session
import pytest

PAIRS = 2000
SEED = 20261124
NAMES = ["default", "a", "b c", "dev", "x.y", "profile", "ü"]
REGIONS = ["eu-west-1", "us-east-1", "eu-west-1  # Dublin", '"eu-west-1"', "", "frankfurt", "%(x)s"]
UNREADABLE = {"config-duplicate", "config-syntax", "config-encoding"}
MISPLACED = {"config-section-without-profile", "credentials-section-with-profile"}
METHODS = {
    "env": "environment variables",
    "assume-role": "an assumed role",
    "shared-credentials-file": "the credentials file",
    "config-file": "the config file",
}


class Writer:
    """Writes files that are mostly right."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def pick(self, *choices):
        return self.random.choice(choices)

    def seldom(self, chance=0.05):
        return self.random.random() < chance

    def header(self, is_config):
        name = self.random.choice(NAMES)
        plain = f"[{name}]"
        if not is_config:
            return plain if not self.seldom(0.15) else self.pick(f"[profile {name}]", f"[ {name} ]", "[DEFAULT]")
        usual = plain if name == "default" else f"[profile {name}]"
        if not self.seldom(0.3):
            return usual
        return self.pick(
            plain,
            f'[profile "{name}"]',
            f"[profile '{name}']",
            f"[profile   {name}]",
            f"[profile\t{name}]",
            f"[ profile {name} ]",
            f"[profile {name}] # mine",
            f"[profile {name}]]",
            f"[profile{name}]",
            f"[profile {name} {name}]",
            f"[profile {name}\\ z]",
            f'[profile "{name}]',
            f"[profile {name}",
            "[profile]",
            "[]",
            "[preview]",
            "[DEFAULT]",
            "[sso-session s]",
            "[services s]",
        )

    def setting(self):
        key = self.pick("region", "region", "aws_access_key_id", "aws_secret_access_key", "output", "role_arn")
        key = key if not self.seldom() else self.pick(key.upper(), key.title(), f"{key} ", "source_profile")
        value = self.random.choice(REGIONS) if key.lower().startswith("region") else self.pick("x", "y z", "")
        mark = " = " if not self.seldom(0.2) else self.pick("=", " =", "= ", ":", " : ", "\t=\t", "  ")
        return f"{key}{mark}{value}"

    def lines(self, is_config):
        yield from ["# written by hand"] * self.seldom(0.2)
        if self.seldom(0.03):
            yield self.setting()
        for _ in range(self.random.randint(0, 4)):
            yield self.header(is_config)
            indent = "" if not self.seldom(0.1) else self.pick(" ", "  ", "\t")
            if self.seldom(0.2):
                yield from [f"{indent}aws_access_key_id = x", f"{indent}aws_secret_access_key = x"]
            for _ in range(self.random.randint(0, 4)):
                yield indent + self.setting()
                if self.seldom(0.08):
                    yield "s3 ="
                    yield from ["  max_concurrent_requests = 20"] * self.seldom(0.9)
                    yield from ["    addressing_style = path", "  region = us-west-2"] * self.seldom(0.2)
                if self.seldom(0.06):
                    yield self.pick(
                        "", "   ", "; note", "  # note", "  more", "  region = eu-central-1", "nonsense", "export A=b"
                    )

    def file(self, is_config):
        end = "\n" if not self.seldom(0.1) else self.pick("\r\n", "\r")
        text = end.join(self.lines(is_config))
        text += end * (not self.seldom(0.2))
        text = self.seldom(0.02) * "\ufeff" + text
        return text.encode("latin-1" if "\xfc" in text and self.seldom() else "utf-8", "replace")


def by_botocore(folder, profile):
    """How botocore reads the files: `unreadable`, `absent`, or Region and source."""
    session = botocore.session.Session(profile=profile)
    session.set_config_variable("config_file", str(folder / "config"))
    session.set_config_variable("credentials_file", str(folder / "credentials"))
    try:
        scoped = session.get_scoped_config()
    except botocore.exceptions.ConfigParseError:
        return "unreadable"
    except botocore.exceptions.ProfileNotFound:
        return "absent"
    region = scoped.get("region")
    try:
        credentials = session.get_credentials()
        source = METHODS[credentials.method] if credentials else None
    except (botocore.exceptions.BotoCoreError, KeyError) as error:
        source = type(error).__name__
    return region, source


def by_program(awsexplain, folder, profile, environment):
    command = [awsexplain, "check", "--format", "json", "--profile", profile]
    env = environment | {
        "AWS_CONFIG_FILE": str(folder / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials"),
    }
    done = subprocess.run(command, env=env, capture_output=True, timeout=20)
    assert done.returncode in (0, 1), done.stderr
    machine = json.loads(done.stdout)
    return machine


def agree(says, machine):
    """Whether the program says what botocore says, as far as it may: a Region that is none is not shown."""
    found = {finding["id"] for finding in machine["findings"]}
    # Under a header of the wrong form; that of another profile is only a warning.
    misplaced = {f["id"] for f in machine["findings"] if f["severity"] == "error"} & MISPLACED
    if found & UNREADABLE or says == "unreadable":
        return bool(found & UNREADABLE) and says == "unreadable"
    if says == "absent":
        return "profile-unknown" in found or bool(misplaced)
    region, source = says
    shown = machine["region"]
    if shown == "(not a Region's name)":
        shown = region if region and region not in REGIONS[:2] else shown
    # An empty Region is none to the CLI; where botocore stops, there is no source to compare.
    same_source = source == machine["credentials"]["source"] or str(source).endswith("Error")
    return "profile-unknown" not in found and (region or None) == shown and same_source


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    writer = Writer(SEED)
    root = tmp_path_factory.mktemp("pairs")
    made = []
    for number in range(PAIRS):
        folder = root / str(number)
        folder.mkdir()
        for name in ("config", "credentials"):
            text = writer.file(name == "config")
            (folder / name).write_bytes(text)
        made.append((folder, writer.random.choice(NAMES)))
    return made


def test_both_read_the_same(awsexplain, environment, pairs, monkeypatch):
    for name in list(os.environ):
        if name.startswith("AWS_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with ThreadPoolExecutor(2) as pool:
        ours = list(pool.map(lambda pair: by_program(awsexplain, *pair, environment), pairs))
    theirs = [by_botocore(*pair) for pair in pairs]
    differing = [
        f"{folder} {profile!r}: botocore {says}, program {machine['region']}, {machine['credentials']['source']}\n"
        f"{sorted(finding['id'] for finding in machine['findings'])}\n"
        f"--- config\n{(folder / 'config').read_bytes()!r}\n--- credentials\n{(folder / 'credentials').read_bytes()!r}"
        for (folder, profile), says, machine in zip(pairs, theirs, ours)
        if not agree(says, machine)
    ]
    assert not differing, f"{len(differing)} of {len(pairs)} differ:\n" + "\n\n".join(differing[:12])
    kinds = {says if isinstance(says, str) else says[1] for says in theirs}
    assert {"unreadable", "absent", "the credentials file", "the config file", None} <= kinds
