"""A command in a pseudo-terminal of its own, as a person has it."""

import os
import pty
import select
import signal
import struct
import termios
import time
from fcntl import ioctl


class Terminal:
    """A program whose standard streams are a terminal, and which a person reads and types to."""

    def __init__(self, command, env, columns=100, rows=40):
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvpe(command[0], [str(word) for word in command], env)
        self.text = ""
        self.status = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.descriptor)

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def read(self, seconds):
        """What comes within that time, once; `None` at the end."""
        if not select.select([self.descriptor], [], [], seconds)[0]:
            return ""
        try:
            came = os.read(self.descriptor, 65536)
        except OSError:  # the last one who had the terminal is gone
            return None
        self.text += came.decode(errors="replace").replace("\r\n", "\n").replace("\a", "")
        return came or None

    def until(self, wanted, seconds=20):
        """Reads until a text has come; gives all that came before and with it, and forgets it."""
        limit = time.monotonic() + seconds
        while wanted not in self.text:
            assert time.monotonic() < limit, f"no {wanted!r} in:\n{self.text}"
            assert self.read(0.1) is not None, f"it ended without {wanted!r}:\n{self.text}"
        before, _, self.text = self.text.partition(wanted)
        return before + wanted

    def end(self, seconds=20):
        """Reads to the end; gives the exit status as a shell tells it, and all that came."""
        limit = time.monotonic() + seconds
        while self.read(0.1) is not None:
            assert time.monotonic() < limit, f"it does not end:\n{self.text}"
        _, ended = os.waitpid(self.pid, 0)
        self.status = os.waitstatus_to_exitcode(ended)
        return self.status if self.status >= 0 else 128 - self.status, self.text
