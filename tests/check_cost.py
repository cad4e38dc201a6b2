#!/usr/bin/env python3
"""What the check adds to a run: tests/check_cost.py PROGRAM [RUNS]

Each run is a real pipe: a process named `aws`, with a profile of its own, holds
the writing end; an error goes through; the note is awaited; then the pipe ends.
Runs with the check and without it take turns.  Printed are the medians of the
processor time and of the time until the note is there (which holds the pause of
50 ms), in milliseconds, and what the check adds: the median of the differences
between a run with it and the one without it right before.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ERROR = (
    b"An error occurred (InvalidToken) when calling the ListBuckets operation: "
    b"The provided token is malformed or otherwise invalid.\n"
)
QUIET = b"upload: ./a.txt to s3://bucket/a.txt\n"
KEYS = "[{name}]\naws_access_key_id = AKIAY34FZKBOKMUTVV7A\naws_secret_access_key = x\n"


def run(program, home, text, check):
    """Processor time and time to the note of one run."""
    env = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    reads, writes = os.pipe()
    aws = subprocess.Popen(
        [home / "aws", "30"], stdout=writes, stderr=writes, env=env | {"AWS_PROFILE": "work"}
    )
    command = [program, "--check", check]
    filter_ = subprocess.Popen(command, stdin=reads, stdout=subprocess.PIPE, env=env)
    time.sleep(0.01)
    begun = time.monotonic()
    os.write(writes, text)
    os.close(reads)
    out = b""
    wanted = b"see " if text == ERROR else b"\n"
    while wanted not in out:
        out += os.read(filter_.stdout.fileno(), 65536)
    until_note = time.monotonic() - begun
    aws.kill()
    aws.wait()
    os.close(writes)
    _, _, usage = os.wait4(filter_.pid, 0)
    filter_.returncode = 0
    filter_.stdout.close()
    assert (b"confirmed" in out or b"likely" in out) == (text == ERROR and check == "auto"), out
    return (usage.ru_utime + usage.ru_stime) * 1000, until_note * 1000


def main(program, runs=100):
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copy(shutil.which("sleep"), home / "aws")
        (home / ".aws").mkdir()
        profiles = "".join(f"[profile p{at}]\nregion = eu-west-1\n" for at in range(50))
        (home / ".aws/config").write_text(profiles + "[profile work]\nregion = eu-west-1\n")
        token = "aws_session_token = abc\n"
        (home / ".aws/credentials").write_text(KEYS.format(name="work") + token)
        (home / ".bashrc").write_text("# nothing\n" * 200)
        cases = [(name, text, check) for name, text in (("error", ERROR), ("no error", QUIET))
                 for check in ("never", "auto")]
        found = {case[:1] + case[2:]: [] for case in cases}
        for _ in range(int(runs)):
            for name, text, check in cases:
                found[name, check].append(run(program, home, text, check))
    for (name, check), times in found.items():
        cpu, wall = (statistics.median(column) for column in zip(*times))
        print(f"{name:8} --check {check:5}  processor {cpu:6.2f} ms  until it is there {wall:6.2f} ms")
    for name in ("error", "no error"):
        pairs = zip(found[name, "never"], found[name, "auto"])
        more = [(auto[0] - never[0], auto[1] - never[1]) for never, auto in pairs]
        cpu, wall = (statistics.median(column) for column in zip(*more))
        print(f"{name:8} the check adds  processor {cpu:+6.2f} ms  until it is there {wall:+6.2f} ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
