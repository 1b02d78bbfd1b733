"""Runs what the Procfile names on this machine, as a process manager would: what dies is started again.

`python -m lightnovel.supervisor web worker --once check_model`: what stands behind `--once` are commands of manage.py
that run beside them and are not started again. Without Django, so that it costs next to nothing beside what it runs.
Ctrl-C or SIGTERM ends all of them and gives each the time to finish; a second one does not wait.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

from honcho.colour import get_colours
from honcho.environ import parse_procfile
from honcho.printer import Message, Printer

PROCFILE = Path(__file__).resolve().parent.parent / "Procfile"
FINISH = 28  # seconds a process has to end in before it is killed; a worker hands over what it runs after 20
MAX_WAIT = 30  # seconds between a death and the next start, at the most
WELL = 10  # seconds after which a process counts as well: its next death is a first one


class Kept(threading.Thread):
    """A command that is run again whenever it ends, ever later while it keeps dying."""

    def __init__(self, name, command, supervisor, colour):
        super().__init__(name=name)
        self.command, self.supervisor, self.colour = command, supervisor, colour
        self.process, self.returncode = None, 0
        self._starting = threading.Lock()

    def run(self):
        wait = 1
        while self._start():
            began = time.monotonic()
            threading.Thread(target=self._relay, args=(self.process.stdout,), daemon=True).start()
            self.returncode = self.process.wait()
            # Children that outlive it would keep its port.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            if self.supervisor.ending.is_set():
                break
            wait = 1 if time.monotonic() - began > WELL else wait
            self.supervisor.say(f"{self.name} ended ({self.returncode}) and is started again in {wait} s")
            self.supervisor.ending.wait(wait)
            wait = min(2 * wait, MAX_WAIT)

    def _relay(self, lines):
        for line in lines:
            self.supervisor.say(line.decode("utf-8", "replace"), self)

    def _start(self):
        with self._starting:
            if self.supervisor.ending.is_set():
                return False
            # The lines of a Procfile are written for a shell.
            self.process = subprocess.Popen(  # noqa: S602
                self.command,
                shell=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            return True

    def tell(self, signum):
        """Send a signal to the process and all its children, if it runs."""
        with self._starting:
            if self.process and self.process.poll() is None:
                os.killpg(self.process.pid, signum)


class Once(Kept):
    """A command that is run once."""

    def run(self):
        if self._start():
            self._relay(self.process.stdout)
            self.returncode = self.process.wait()


class Supervisor:
    def __init__(self, commands, once=None):
        """`commands` are kept running, those of `once` run once: {name: command line}."""
        once = once or {}
        self.ending = threading.Event()
        self._printer = Printer(sys.stdout, width=max(map(len, [*commands, *once, "system"])))
        # The printer writes a line and its end apart: two threads at once would mix theirs.
        self._printing = threading.Lock()
        colours = get_colours()
        self.kept = [Kept(name, command, self, next(colours)) for name, command in commands.items()]
        self.kept += [Once(name, command, self, next(colours)) for name, command in once.items()]
        self.code = 0

    def say(self, line, kept=None):
        name, colour = (kept.name, kept.colour) if kept else ("system", None)
        with self._printing:
            self._printer.write(Message("line", line, datetime.now(), name, colour))

    def run(self):
        """Until a signal ends it. Returns the exit code."""
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, self._end)
        for one in self.kept:
            one.start()
        while not self.ending.wait(1):
            pass
        deadline = time.monotonic() + FINISH
        for one in self.kept:
            one.join(max(0.0, deadline - time.monotonic()))
            if one.is_alive():
                self.say(f"{one.name} takes too long and is killed")
                one.tell(signal.SIGKILL)
        return self.code

    def _end(self, signum, frame):
        self.code = 128 + signum
        sent = signal.SIGKILL if self.ending.is_set() else signal.SIGTERM
        self.ending.set()
        for one in self.kept:
            one.tell(sent)


def main(arguments):
    """Run what is named until a signal ends it. Returns the exit code."""
    known = parse_procfile(PROCFILE.read_text()).processes
    names, _, once = " ".join(arguments).partition("--once")
    return Supervisor(
        {name: known[name] for name in names.split()},
        {name: f"exec {sys.executable} manage.py {name}" for name in once.split()},
    ).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
