"""`run`, the hint and the help in a real terminal."""

import os
import re
import signal
import time
from pathlib import Path

import pytest
from terminal import Terminal

ERROR = (
    "An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: "
    "The specified bucket does not exist"
)
STATUSES = [0, 1, 2, 3, 42, 64, 77, 100, 125, 126, 127, 128, 130, 200, 252, 253, 254, 255]
SIGNALS = [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]

# Says how often each signal came, when it is asked to by a line.
COUNTING = """
import collections, signal, sys
came = collections.Counter()
for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda number, _: came.update([number]))
print("ready", flush=True)
sys.stdin.readline()
print(*(f"{name}={came[name]}" for name in sorted(came)), "all", flush=True)
"""

# As `less` does on Ctrl-Z: stops itself and nobody else of its group.
STOPPING = """
import os, signal, sys
print("working", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
print("continued", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def terminal(environment):
    def start(*command, **options):
        return Terminal(command, {**environment, "TERM": "xterm", "PS1": "$ "}, **options)

    return start


@pytest.fixture
def bash(terminal, awsexplain):
    """An interactive bash with job control, where `awsexplain` is the program."""

    def start():
        shell = terminal("bash", "--norc", "--noprofile", "--noediting", "-i")
        shell.until("$ ")
        shell.type(f"stty -echo; PATH={awsexplain.parent}:$PATH PS2=\n")
        shell.until("$ ")
        return shell

    return start


@pytest.mark.parametrize("ending", [f"exit {n}" for n in STATUSES] + [f"kill -{n} $$" for n in SIGNALS])
def test_the_status_in_a_terminal(terminal, awsexplain, ending):
    with terminal(awsexplain, "run", "--", "sh", "-c", ending) as run:
        status, said = run.end()
    kind, number = ending.split()[0], int(ending.replace("-", " ").split()[1])
    assert (status, said) == (number if kind == "exit" else 128 + number, "")


def test_streams_are_the_terminal_and_notes_stand_in_it(terminal, awsexplain):
    script = f"test -t 0 && test -t 1 && echo yes; stty size; echo '{ERROR}' >&2; exit 254"
    with terminal(awsexplain, "run", "--", "sh", "-c", script, columns=70) as run:
        status, said = run.end()
    assert status == 254
    lines = said.splitlines()
    assert lines[0] == "yes" and lines[1] == "40 70"
    assert lines[2] == ERROR
    notes = lines[3:]
    assert notes and all("┃" in line for line in notes)
    assert "\x1b[36m" in notes[0], "colours, as in a terminal"
    prose = [line for line in notes if "https://" not in line and "aws " not in line]
    assert max(len(plain(line)) for line in prose) <= 70


def plain(line):
    return re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\", "", line)


def test_a_prompt_is_answered(terminal, awsexplain):
    script = "printf 'Enter MFA code: ' >&2; read code; echo got $code"
    with terminal(awsexplain, "run", "--", "sh", "-c", script) as run:
        run.until("Enter MFA code: ", seconds=10)
        run.type("123456\n")
        status, said = run.end()
    assert status == 0 and "got 123456\n" in said


@pytest.mark.parametrize("key, number", [("\x03", signal.SIGINT), ("\x1c", signal.SIGQUIT)])
def test_a_key_reaches_the_command_once(terminal, awsexplain, key, number):
    with terminal(awsexplain, "run", "--", "python3", "-c", COUNTING) as run:
        run.until("ready")
        run.type(key)
        time.sleep(0.3)
        os.kill(run.pid, signal.SIGTERM)  # and this one, which only we get
        time.sleep(0.3)
        run.type("\n")
        status, said = run.end()
    assert status == 0
    counts = " ".join(f"{n:d}=1" for n in sorted([number, signal.SIGTERM]))
    assert f"{counts} all" in said


def test_ctrl_c_ends_both(terminal, awsexplain):
    with terminal(awsexplain, "run", "--", "sh", "-c", "echo ready; exec sleep 20") as run:
        run.until("ready")
        run.type("\x03")
        status, _ = run.end(seconds=5)
    assert status == 130


def test_a_terminal_that_goes_away_ends_both(terminal, awsexplain, tmp_path):
    mark = tmp_path / "pid"
    run = terminal(awsexplain, "run", "--", "sh", "-c", f"echo $$ > {mark}; echo ready; exec sleep 20")
    run.until("ready")
    inner = int(mark.read_text())
    os.close(run.descriptor)
    _, ended = os.waitpid(run.pid, 0)
    assert os.waitstatus_to_exitcode(ended) == 129
    stat = Path(f"/proc/{inner}/stat")  # it is nobody's child now, and may not have been collected yet
    assert not stat.exists() or stat.read_text().rpartition(") ")[2][0] == "Z"


def continue_stopped_job(shell):
    shell.type("jobs\n")
    assert "Stopped" in shell.until("$ ")
    shell.type("fg\n")
    shell.until("awsexplain run")
    time.sleep(0.2)


def test_a_job_is_stopped_and_continued_by_the_shell(bash):
    with bash() as shell:
        shell.type("awsexplain run -- sh -c 'echo ready; read line; echo got $line; exit 7'\n")
        shell.until("ready")
        for _ in range(3):
            shell.type("\x1a")
            shell.until("Stopped")
            shell.until("$ ")
            continue_stopped_job(shell)
        shell.type("hello\n")
        shell.until("got hello")
        shell.until("$ ")
        shell.type("echo status $?\n")
        shell.until("status 7")


def test_a_command_that_stops_itself_gives_the_prompt_back(bash):
    with bash() as shell:
        shell.type(f"awsexplain run -- python3 -c '{STOPPING}'\n")
        shell.until("working")
        shell.until("Stopped")
        shell.until("$ ")
        shell.type("fg\n")
        shell.until("continued")
        shell.type("\n")
        shell.until("$ ")
        shell.type("echo status $?\n")
        shell.until("status 0")


def test_a_job_in_the_background_that_reads_is_stopped(bash):
    with bash() as shell:
        shell.type("awsexplain run -- sh -c 'read line; echo got $line' &\n")
        shell.until("$ ")
        time.sleep(0.5)
        continue_stopped_job(shell)
        shell.type("hello\n")
        shell.until("got hello")
        shell.until("$ ")


def test_the_hint_for_a_forgotten_redirection(terminal, awsexplain):
    hint = "nothing came through"
    error = f"echo '{ERROR}' >&2"
    for script, hinted in [
        (f"{{ {error}; }} | {awsexplain}", True),
        (f"{{ {error}; }} 2>&1 | {awsexplain}", False),
        (f"echo data | {awsexplain}", False),
        (f"{{ {error}; }} | {awsexplain} 2>/dev/null", False),
    ]:
        with terminal("sh", "-c", script) as run:
            status, said = run.end()
        assert status == 0
        assert (hint in said) == hinted, said
        assert not hinted or "2>&1 |" in said.splitlines()[-1]


def test_in_a_pager_it_is_as_wide_as_the_terminal(terminal, awsexplain):
    for columns in (60, 80):
        with terminal("sh", "-c", f"{awsexplain} explain InvalidToken --check never | cat", columns=columns) as run:
            status, said = run.end()
        prose = plain(said).splitlines()[:5]  # commands and links further down are never wrapped
        assert status == 0 and columns - 20 < max(map(len, prose)) <= columns, said


@pytest.mark.parametrize("words", [[], ["run"], ["explain"], ["list"], ["completions"]])
def test_help_begins_with_examples(terminal, awsexplain, words):
    for columns in (60, 80, 200):
        with terminal(awsexplain, *words, "--help", columns=columns) as run:
            status, said = run.end()
        assert status == 0
        assert plain(said).startswith("Examples:\n  "), said
        assert "\x1b[" in said, "colours, as in a terminal"


def test_without_anything_to_read_the_help_is_shown(terminal, awsexplain):
    with terminal(awsexplain) as run:
        status, said = run.end()
    assert status == 2
    assert plain(said).startswith("Examples:\n  ")
