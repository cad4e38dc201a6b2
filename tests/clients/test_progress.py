"""The progress bar: on a terminal's standard error, for work over a second, and nowhere else."""

import os
import pty
import subprocess
import threading
import time

import pytest
from conftest import clean_environment


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """Two logs that together are longer than all that may wait to be told."""
    folder = tmp_path_factory.mktemp("logs")
    for name in ("a.log", "b.log"):
        (folder / name).write_bytes((b"0123456789abcdef" * 4 + b"\n") * 330_000)
    return [folder / "a.log", folder / "b.log"]


def said(awsexplain, logs, terminal, pause):
    """What comes on standard error, a terminal or a pipe, while the reader of the output pauses for this long."""
    reader, writer = pty.openpty() if terminal else os.pipe()
    environment = clean_environment(logs[0].parent) | {"TERM": "xterm"}
    child = subprocess.Popen([awsexplain, *logs], env=environment, stdout=subprocess.PIPE, stderr=writer)
    os.close(writer)
    come = bytearray()

    def read():
        try:
            while piece := os.read(reader, 4096):
                come.extend(piece)
        except OSError:  # a terminal ends so
            pass

    thread = threading.Thread(target=read)
    thread.start()
    child.stdout.read(1)
    time.sleep(pause)
    passed = 1
    while piece := child.stdout.read(1 << 20):
        passed += len(piece)
    assert child.wait() == 0
    thread.join()
    os.close(reader)
    assert passed == sum(log.stat().st_size for log in logs)
    return bytes(come)


def test_a_terminal_sees_it_for_long_work(awsexplain, logs):
    shown = said(awsexplain, logs, terminal=True, pause=1.5)
    assert b"MiB of 40.9" in shown and b" left" in shown, shown
    assert b"\x1b[2K" in shown.rsplit(b" left", 1)[1], "it is taken away at the end"


def test_a_pipe_never_sees_it(awsexplain, logs):
    assert said(awsexplain, logs, terminal=False, pause=1.5) == b""


def test_short_work_has_none(awsexplain, logs):
    short = logs[0].with_name("short.log")
    short.write_text("text\n")
    assert said(awsexplain, [short], terminal=True, pause=0) == b""
