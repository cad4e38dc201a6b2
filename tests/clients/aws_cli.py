"""Runs many `aws` commands without starting Python for each.

A worker process imports the AWS CLI once and forks for every command; the
child runs the CLI's own entry function, so what it prints and how it ends is
what the command itself does.  `ForkedCli` talks to such a worker; this file,
run as a script, is one.
"""

import gc
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

TIMED_OUT = -1


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it printed."""

    status: int
    stdout: str
    stderr: str

    @property
    def text(self):
        return self.stdout + self.stderr


class ForkedCli:
    """The AWS CLI of this Python, in `workers` processes of its own."""

    def __init__(self, workers):
        self._idle = queue.SimpleQueue()
        self._workers = [
            subprocess.Popen(
                [sys.executable, __file__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _ in range(workers)
        ]
        for worker in self._workers:
            self._idle.put(worker)

    def run(self, args, env, cwd, timeout=60):
        """Runs `aws ARGS` in an environment and a folder."""
        worker = self._idle.get()
        try:
            job = {"args": args, "env": env, "cwd": str(cwd), "timeout": timeout}
            print(json.dumps(job), file=worker.stdin, flush=True)
            return Result(**json.loads(worker.stdout.readline()))
        finally:
            self._idle.put(worker)

    def run_all(self, commands, env, cwd):
        """The results of several commands, as many at a time as there are workers."""
        with ThreadPoolExecutor(len(self._workers)) as pool:
            return list(pool.map(lambda args: self.run(args, env, cwd), commands))

    def close(self):
        for worker in self._workers:
            worker.stdin.close()
        for worker in self._workers:
            worker.wait(10)


# The worker


def warm_up():
    """Does once what every command would do: imports, and reading the models."""
    import awscli.clidriver  # first: it puts a botocore of its own in place
    import awscli.handlers
    import botocore.client
    import botocore.httpsession

    keep_models()
    driver = awscli.clidriver.create_clidriver()
    driver.session.create_client("sts", region_name="us-east-1")


def keep_models():
    """Keeps the models that were read last, for the children that come after."""
    from botocore.loaders import JSONFileLoader

    read, kept = JSONFileLoader.load_file, {}

    def load_file(self, path):
        if path not in kept:
            if len(kept) > 60:  # a large process is slow to fork
                del kept[next(iter(kept))]
            kept[path] = read(self, path)
        return kept[path]

    JSONFileLoader.load_file = load_file


def preload(service):
    """Reads a service's models in the worker itself, so that its children have them."""
    from botocore.exceptions import DataNotFoundError, UnknownServiceError
    from botocore.session import Session

    loader = Session().get_component("data_loader")
    for kind in ("service-2", "endpoint-rule-set-1", "paginators-1", "waiters-2"):
        try:
            loader.load_service_model(service, kind)
        except (DataNotFoundError, UnknownServiceError):
            pass


def become(job, out, err):
    """In the child: turns into the command, and ends with its status."""
    for target, stream in ((1, out), (2, err)):
        os.dup2(stream.fileno(), target)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", closefd=False)
    models = os.environ["AWS_DATA_PATH"]  # awscli sets it when it is imported
    os.environ.clear()
    os.environ.update(job["env"], AWS_DATA_PATH=models)
    os.chdir(job["cwd"])
    sys.argv = ["aws", *job["args"]]
    status = 1
    try:
        import awscli.clidriver

        status = awscli.clidriver.main()
    except SystemExit as end:
        status = end.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else bool(status))


def wait_for(pid, timeout):
    """The status of a child; one that takes too long is ended."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return TIMED_OUT


def work():
    """Answers each job on standard input with a line on standard output."""
    sys.path.pop(0)  # the CLI must find its own modules, not this folder's
    warm_up()
    for line in sys.stdin:
        job = json.loads(line)
        if job["args"]:
            preload({"s3api": "s3"}.get(job["args"][0], job["args"][0]))
        gc.freeze()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            pid = os.fork()
            if pid == 0:
                become(job, out, err)
            result = {"status": wait_for(pid, job["timeout"])}
            for name, stream in (("stdout", out), ("stderr", err)):
                stream.seek(0)
                result[name] = stream.read().decode(errors="replace")
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    work()
