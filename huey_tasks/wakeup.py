"""How a queue in a SQLite file wakes the workers that wait for it.

A file wakes nobody. So each waiting process holds a named pipe open in a folder beside the file, and whoever adds a
task writes a byte into every pipe. Losing such a byte costs no more than the timeout of the wait.
"""

import contextlib
import os
import select
import time
import uuid
from pathlib import Path

NO_PIPES_PAUSE = 0.05  # seconds between two looks on a file system without named pipes


class Wakeup:
    """The pipes of one folder, of which this process may hold one. Made with the first `wait`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._pipe: int | None = None

    def notify(self) -> None:
        """Wake every process that waits; of those that are gone, take the pipe away."""
        with contextlib.suppress(FileNotFoundError):
            for name in os.listdir(self.folder):
                self._notify(self.folder / name)

    @staticmethod
    def _notify(path: Path) -> None:
        try:
            pipe = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody has it open for reading
            if not path.name.startswith("."):
                path.unlink(missing_ok=True)
            return
        try:
            os.write(pipe, b"!")
        except BlockingIOError:
            pass  # full: its process has been notified all the while
        finally:
            os.close(pipe)

    def open(self) -> int:
        """A pipe of this process, open for reading."""
        self.folder.mkdir(exist_ok=True)
        name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        hidden, shown = self.folder / f".{name}", self.folder / name
        os.mkfifo(hidden, 0o600)
        # For writing too, or it would count as hung up whenever nobody is just writing.
        pipe = os.open(hidden, os.O_RDWR | os.O_NONBLOCK)
        # Only open does it get the name others look for: before, it would be taken for that of a dead process.
        hidden.rename(shown)
        return pipe

    def wait(self, timeout: float) -> None:
        """Until somebody notifies, for at most `timeout` seconds. What was notified before is forgotten: whoever waits
        next looks before it listens."""
        try:
            if self._pipe is None:
                self._pipe = self.open()
        except OSError:  # a file system without named pipes
            time.sleep(NO_PIPES_PAUSE)
            return
        poll = select.poll()
        poll.register(self._pipe, select.POLLIN)
        if poll.poll(timeout * 1000):
            with contextlib.suppress(BlockingIOError):
                os.read(self._pipe, 4096)
