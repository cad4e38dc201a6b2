#!/usr/bin/env python3
"""Measures awsexplain over a night's logs: many packed files at once.

    benches/many_files.py [PROGRAM] [--files 200] [--size 2048] [--keep FOLDER]

Writes --size MiB of log lines into --files packed files (gzip and zstd in turn; gzip alone where there is no `zstd`), the
same for the same numbers, with an AWS error in about every thousand lines. Then PROGRAM reads all of them, and a tenth of
them, to /dev/null or into a report, and the table says how many MiB of log that were in a second, how many cores were busy,
and the most memory that was held.
"""

import argparse
import gzip
import multiprocessing
import os
import random
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

MIB = 1 << 20
ERRORS = [
    "An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:iam::123456789012:user/ci is not "
    'authorized to perform: s3:GetObject on resource: "arn:aws:s3:::logs-{n}/a.csv"',
    "An error occurred (ThrottlingException) when calling the DescribeTable operation (reached max retries: {n}): Rate exceeded",
    "An error occurred (ExpiredToken) when calling the ListObjectsV2 operation: The provided token has expired.",
    "operation error S3: HeadBucket, https response error StatusCode: 404, RequestID: {n}, HostID: {n}, NotFound: Not Found",
]
WORDS = "build test fetch store index cache queue worker session upload region bucket table stack deploy release config".split()


def block(random):
    """About 1 MiB of log lines."""
    lines, length, second = [], 0, random.randrange(3600)
    while length < MIB:
        second += random.random() / 10
        line = "2026-01-31T02:%02d:%02d.%03dZ " % (second // 60 % 60, second % 60, second % 1 * 1000)
        if random.random() < 0.001:
            line += random.choice(ERRORS).replace("{n}", str(random.randrange(10**6)))
        else:
            words = " ".join(random.choices(WORDS, k=random.randrange(3, 14)))
            line += f"{random.choice(['INFO', 'INFO', 'DEBUG', 'WARN'])} [{random.randrange(99)}] {words} {random.getrandbits(64):x}"
        lines.append(line)
        length += len(line) + 1
    return "\n".join(lines).encode() + b"\n"


def generate(folder, files, size):
    """Writes the packed logs."""
    blocks = [block(random.Random(seed)) for seed in range(24)]
    zstd = shutil.which("zstd")
    for number in range(files):
        chosen = random.Random(number).choices(blocks, k=max(1, size // files))
        log = b"".join(piece.replace(b"T02:", b"T%02d:" % (number % 24)) for piece in chosen)
        packed = number % 2 and zstd
        name = folder / f"{number:04}.log.{'zst' if packed else 'gz'}"
        if packed:
            name.write_bytes(subprocess.run([zstd, "-q", "-c"], input=log, capture_output=True, check=True).stdout)
        else:
            name.write_bytes(gzip.compress(log, compresslevel=6, mtime=0))


def measure(program, arguments, names, size):
    """One run: MiB a second, cores busy, MiB of memory at most."""
    begun = time.monotonic()
    with open(os.devnull, "wb") as sink:
        child = subprocess.Popen([program, *arguments, *names], stdout=sink, env={"LANG": "C.UTF-8", "HOME": "/nonexistent"})
        _, status, used = os.wait4(child.pid, 0)
    seconds = time.monotonic() - begun
    assert status == 0, status
    return size / seconds, (used.ru_utime + used.ru_stime) / seconds, used.ru_maxrss / 1024


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program", nargs="?", default="target/release/awsexplain")
    arguments.add_argument("--files", type=int, default=200)
    arguments.add_argument("--size", type=int, default=2048, help="MiB, unpacked")
    arguments.add_argument("--keep", type=Path, help="where the logs are kept for another run")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        if not any(folder.iterdir()):
            # In a process of its own: the system counts what this one holds as memory of a child that it starts.
            making = multiprocessing.Process(target=generate, args=(folder, given.files, given.size))
            making.start()
            making.join()
        names = sorted(folder.iterdir())
        packed = sum(name.stat().st_size for name in names)
        load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        print(f"{given.size} MiB in {len(names)} files, {packed // MIB} MiB packed; {load}")
        print(f"{'form':10} {'files':>5} {'MiB/s':>7} {'cores':>6} {'peak MiB':>9}")
        page = Path(temporary) / "report.html"
        forms = {
            "annotate": ["--format", "annotate"],
            "jsonl": ["--format", "jsonl"],
            "report": ["report", "--output", str(page)],
        }
        for form, typed in forms.items():
            for count in (max(1, len(names) // 10), len(names)):
                size = given.size * count // len(names)
                speed, cores, peak = measure(given.program, typed, names[:count], size)
                print(f"{form:10} {count:5} {speed:7.0f} {cores:6.2f} {peak:9.1f}")


if __name__ == "__main__":
    main()
