#!/usr/bin/env python3
"""The whole filter beside cat, ripgrep and tailspin on made-up logs: benches/whole.py [--size MEBIBYTES] [--rounds N]

Every figure is a ratio to a `cat` that ran right before it, so that a busy machine does little harm: 1.0 is as fast as cat,
and of the rounds the median is printed. What is not installed is left out. Build first: cargo build --release
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
BINARY = Path(os.environ.get("CARGO_TARGET_DIR", HERE.parent / "target")) / "release/awsexplain"
TOOLS = {
    "awsexplain": [str(BINARY), "--check", "never"],
    "ripgrep": ["rg", "--no-config", "--passthru", "-aN", "--color=always", "-e", "error occurred \\(", "-e", "api error "],
    "tailspin": ["tspin", "--print"],
}


def seconds(command, log, into):
    """The wall time of the command over the log, into /dev/null, a file in memory, or a pipe."""
    with open(log, "rb") as source, tempfile.TemporaryFile(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as memory:
        null = subprocess.DEVNULL
        start = time.monotonic()
        if into == "pipe":
            feeder = subprocess.Popen(["cat"], stdin=source, stdout=subprocess.PIPE)
            tool = subprocess.Popen(command, stdin=feeder.stdout, stdout=subprocess.PIPE, stderr=null)
            sink = subprocess.Popen(["cat"], stdin=tool.stdout, stdout=null)
            feeder.stdout.close()
            tool.stdout.close()
            for process in (feeder, tool, sink):
                process.wait()
        else:
            subprocess.run(command, stdin=source, stdout=null if into == "null" else memory, stderr=null, check=False)
        return time.monotonic() - start


def first_error():
    """Milliseconds from the end of an error's block, told by the line behind it, to the note: the first of a process."""
    process = subprocess.Popen(TOOLS["awsexplain"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(b"an ordinary line\n")
    process.stdin.flush()
    process.stdout.readline()
    start = time.monotonic()
    process.stdin.write(
        b"An error occurred (InvalidToken) when calling the ListBuckets operation: The provided token is malformed or "
        b"otherwise invalid.\nan ordinary line\n"
    )
    process.stdin.flush()
    while "┃".encode() not in process.stdout.readline():
        pass
    took = time.monotonic() - start
    process.communicate()
    return 1000 * took


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--size", type=int, default=256)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    tools = {name: command for name, command in TOOLS.items() if shutil.which(command[0])}
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors; times as fast as cat")
    print(f"first error: {statistics.median(first_error() for _ in range(20)):.2f} ms from the end of its block to its note")
    with tempfile.TemporaryDirectory() as folder:
        for errors in (0, 10, 1000):
            log = Path(folder) / f"errors-{errors}.log"
            # Sixteen MiB are made, and repeated: what is repeated in a log is its errors, not its lines.
            part = subprocess.run([sys.executable, HERE / "log.py", "16", str(errors)], stdout=subprocess.PIPE, check=True).stdout
            with open(log, "wb") as out:
                for _ in range(max(1, chosen.size // 16)):
                    out.write(part)
            for into in ("null", "file", "pipe"):
                for name, command in tools.items():
                    ratios = [seconds(["cat"], log, into) / seconds(command, log, into) for _ in range(chosen.rounds)]
                    print(f"{errors:5} errors in 10,000 lines  {into:5} {name:12} {statistics.median(ratios):6.3f}", flush=True)


if __name__ == "__main__":
    main()
