"""Faults around the pipe: whatever goes wrong, nothing is lost, nothing is doubled, and the status is clear."""

import os
import resource
import signal
import subprocess
import threading
import time

import pytest

ERROR = (
    b"An error occurred (InvalidToken) when calling the ListBuckets operation: "
    b"The provided token is malformed or otherwise invalid.\n"
)
LINE = b"2026-11-24 13:00:01,123 INFO root - 200 OK in 12 ms\n"
TEXT = (LINE * 500 + ERROR) * 40  # about 1 MB: more than any pipe holds
OTHER = ERROR.replace(b"InvalidToken", b"ExpiredToken").rstrip(b"\n")
NOTE = "┃".encode()


def verbatim(output):
    """The output without what was added: the lines that have the bar of our notes."""
    return b"".join(line for line in output.splitlines(True) if NOTE not in line)


@pytest.fixture
def start(awsexplain, environment):
    """A function: the program in a pipe, with what a test wants otherwise."""
    children = []

    def run(*arguments, **wishes):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        command = [awsexplain, "--check", "always", *arguments]
        child = subprocess.Popen(command, **(pipes | {"env": environment} | wishes))
        children.append(child)
        return child

    yield run
    for child in children:
        child.kill()
        child.wait()


def ended(child, text=TEXT):
    output, said = child.communicate(text, timeout=60)
    return child.returncode, output, said


def test_a_reader_that_stalls_loses_nothing(start):
    child = start()
    feeder = threading.Thread(target=lambda: (child.stdin.write(TEXT), child.stdin.close()))
    feeder.start()
    time.sleep(3)
    assert child.poll() is None
    output = child.stdout.read()
    feeder.join()
    assert verbatim(output) == TEXT
    assert child.wait() == 0


def test_a_producer_that_is_killed_leaves_what_it_wrote_and_its_note(start):
    cut = TEXT + OTHER
    reader, writer = os.pipe()
    producer = subprocess.Popen(["sh", "-c", "cat; kill -9 $$"], stdin=subprocess.PIPE, stdout=writer)
    child = start(stdin=reader)
    os.close(reader)
    os.close(writer)
    feeder = threading.Thread(target=lambda: producer.communicate(cut))
    feeder.start()
    output = child.stdout.read()
    feeder.join()
    assert producer.returncode == -signal.SIGKILL
    assert child.wait() == 0
    # The note behind the unfinished line brings a line break before itself.
    assert verbatim(output) in (cut, cut + b"\n")
    assert NOTE in output.rsplit(OTHER, 1)[1]


@pytest.mark.parametrize("number", [signal.SIGWINCH, signal.SIGINT, signal.SIGCONT])
def test_signals_interrupt_no_read_and_no_write(start, number):
    child = start()
    done = threading.Event()

    def shoot():
        while not done.wait(0.001):
            child.send_signal(number)

    def feed():
        for at in range(0, len(TEXT), 10_007):
            child.stdin.write(TEXT[at : at + 10_007])
            child.stdin.flush()
        child.stdin.close()

    child.stdin.write(b"\n")  # it runs, and has taken SIGINT for its own
    child.stdin.flush()
    assert child.stdout.read(1) == b"\n"
    shooter, feeder = threading.Thread(target=shoot), threading.Thread(target=feed)
    shooter.start()
    feeder.start()
    output = child.stdout.read()
    done.set()
    shooter.join()
    feeder.join()
    assert verbatim(output) == TEXT
    assert child.wait() == 0


def test_pipes_that_do_not_block_are_waited_for(start):
    (read_in, write_in), (read_out, write_out) = os.pipe(), os.pipe()
    for end in (read_in, write_out):
        os.set_blocking(end, False)
    child = start(stdin=read_in, stdout=write_out)
    os.close(read_in)
    os.close(write_out)

    def feed():
        with os.fdopen(write_in, "wb") as pipe:
            pipe.write(TEXT[: len(TEXT) // 2])
            pipe.flush()
            time.sleep(0.3)  # nothing to read
            pipe.write(TEXT[len(TEXT) // 2 :])

    feeder = threading.Thread(target=feed)
    feeder.start()
    time.sleep(1)  # no room to write
    with os.fdopen(read_out, "rb") as pipe:
        output = pipe.read()
    feeder.join()
    assert verbatim(output) == TEXT
    assert child.wait() == 0


def test_a_full_disk_behind_the_notes_stops_no_byte_of_the_log(start):
    status, output, said = ended(start("--notes", "/dev/full"))
    assert output == TEXT
    assert status == 4
    assert b"/dev/full" in said


def test_without_file_descriptors_the_notes_still_come(start):
    child = start()
    child.stdin.write(b"\n")
    child.stdin.flush()
    assert child.stdout.read(1) == b"\n"  # it was loaded, which takes descriptors
    resource.prlimit(child.pid, resource.RLIMIT_NOFILE, (3, 3))
    status, output, _ = ended(child)
    assert (status, verbatim(output)) == (0, TEXT)
    assert NOTE in output


@pytest.mark.parametrize("closed", ["0<&-", "2>&-", "0<&- 2>&-"])
def test_a_closed_stream_is_no_crash(awsexplain, environment, closed):
    shell = f'printf "%s" "$ERROR" | "$PROGRAM" {closed}'
    variables = {"ERROR": ERROR.decode(), "PROGRAM": str(awsexplain)}
    done = subprocess.run(["sh", "-c", shell], env=environment | variables, capture_output=True, timeout=30)
    assert done.returncode in (0, 4)
    assert b"panicked" not in done.stderr
    assert verbatim(done.stdout) in (b"", ERROR)


def test_a_closed_output_is_told(awsexplain, environment):
    done = subprocess.run(
        ["sh", "-c", 'printf "a line\\n" | "$PROGRAM" >&-'],
        env=environment | {"PROGRAM": str(awsexplain)},
        capture_output=True,
        timeout=30,
    )
    assert b"panicked" not in done.stderr
    assert done.returncode in (0, 4)


def test_a_folder_as_input_is_told(start, tmp_path):
    folder = os.open(tmp_path, os.O_RDONLY)
    child = start(stdin=folder)
    os.close(folder)
    output, said = child.communicate(timeout=30)
    assert (child.returncode, output) == (4, b"")
    assert b"standard input" in said


def test_thirty_two_at_once_keep_to_themselves(start):
    children = [start() for _ in range(32)]
    texts = [b"%d\n" % number + TEXT for number in range(32)]
    results = {}

    def run(number):
        results[number] = ended(children[number], texts[number])

    threads = [threading.Thread(target=run, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, text in enumerate(texts):
        status, output, said = results[number]
        assert (status, said) == (0, b"")
        assert verbatim(output) == text
