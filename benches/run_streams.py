#!/usr/bin/env python3
"""Measures `awsexplain run`: so much through each stream of a command.

    benches/run_streams.py [PROGRAM] [--size 1024]

Runs a command that writes --size MiB of log lines into standard error or standard output, reads them, and says for each
stream how long that took, how much processor time PROGRAM itself took for it, and the most memory that it held. What does not pass
through PROGRAM (standard output without --both) is there for comparison.
"""

import argparse
import os
import subprocess
import tempfile
import time

MIB = 1 << 20
LINE = b"2026-01-31T10:00:00Z INFO worker 77 fetched an item from the queue and stored it in the bucket of the team\n"


def measure(program, options, stream, block, count):
    """Seconds, seconds of processor time, MiB of memory at most."""
    script = f"i=0; while [ $i -lt {count} ]; do cat {block}; i=$((i+1)); done >&{stream}; read end"
    reader, writer = os.pipe()
    begun = time.monotonic()
    with open(os.devnull, "wb") as sink:
        child = subprocess.Popen(
            [program, "run", *options, "--", "sh", "-c", script],
            stdin=subprocess.PIPE,
            stdout=writer if stream == 1 else sink,
            stderr=writer if stream == 2 else sink,
            env={"LANG": "C.UTF-8", "HOME": "/nonexistent", "PATH": os.environ["PATH"]},
        )
    os.close(writer)
    left = count * MIB
    while left:
        left -= len(os.read(reader, MIB))
    seconds = time.monotonic() - begun
    # Its own peak, while it is there: what the system tells at the end counts this process's memory as well.
    with open(f"/proc/{child.pid}/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    child.stdin.close()
    _, _, used = os.wait4(child.pid, 0)
    os.close(reader)
    return seconds, used.ru_utime + used.ru_stime, peak / 1024


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("program", nargs="?", default="target/release/awsexplain")
    arguments.add_argument("--size", type=int, default=1024, help="MiB")
    given = arguments.parse_args()
    with tempfile.NamedTemporaryFile() as block:
        block.write((LINE * (MIB // len(LINE) + 1))[:MIB])
        block.flush()
        print(f"{given.size} MiB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        print(f"{'options':8} {'stream':15} {'seconds':>7} {'busy':>5} {'peak MiB':>9}")
        for options, stream in [([], 2), (["--both"], 2), (["--both"], 1), ([], 1)]:
            name = {1: "standard output", 2: "standard error"}[stream]
            seconds, busy, peak = measure(given.program, options, stream, block.name, given.size)
            print(f"{' '.join(options):8} {name:15} {seconds:7.1f} {busy:5.1f} {peak:9.1f}")


if __name__ == "__main__":
    main()
