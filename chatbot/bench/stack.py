"""The real thing, started as the Procfile says, on data that is thrown away afterwards."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
POSTGRES, REDIS = "postgres://127.0.0.1:5432", "redis://127.0.0.1:6379"
TICK = os.sysconf("SC_CLK_TCK")


def procfile():
    """{name: command} of the Procfile."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Missing(Exception):
    """What is needed is not on this machine."""


@contextlib.contextmanager
def postgres():
    """The address of a new, empty database."""
    import psycopg

    name = f"library_bench_{os.getpid()}"
    try:
        server = psycopg.connect(f"{POSTGRES}/postgres", autocommit=True, connect_timeout=2)
    except psycopg.Error as error:
        raise Missing(f"no PostgreSQL at {POSTGRES}: {str(error).splitlines()[0]}") from None
    with server:
        server.execute(f'create database "{name}"')
        try:
            yield f"{POSTGRES}/{name}"
        finally:
            server.execute(f'drop database "{name}" with (force)')


@contextlib.contextmanager
def redis():
    """The address of a Redis database in which nothing is kept."""
    import redis as client

    for number in range(15, 0, -1):
        server = client.Redis.from_url(f"{REDIS}/{number}")
        try:
            if server.dbsize():
                continue
        except client.RedisError as error:
            raise Missing(f"no Redis at {REDIS}: {error}") from None
        try:
            yield f"{REDIS}/{number}"
        finally:
            server.flushdb()
        return
    raise Missing(f"no empty database in the Redis at {REDIS}")


class Stack:
    """Processes by name, each with its children in a session of its own, so that their CPU time can be told apart."""

    def __init__(self, commands, **environment):
        self.folder = Path(tempfile.mkdtemp(prefix="library-bench-"))
        self.port = free_port()
        quiet = {name: "" for name in os.environ if name.startswith("OPENAI_")}
        self.environment = {
            **os.environ,
            **quiet,
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "DJANGO_SETTINGS_MODULE": "lightnovel.settings",
            "VAR_DIR": str(self.folder),
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "RATE_LIMITS": "off",
            "DAILY_REPLIES": "100000",
            "DEBUG": "off",
            "HTTPS": "off",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            **environment,
        }
        self.commands, self.processes = commands, {}

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *exception):
        self._end()

    def _start(self):
        self.run("manage.py", "prepare")
        for name, command in self.commands.items():
            self.processes[name] = subprocess.Popen(
                command,
                shell=True,
                cwd=ROOT,
                env=self.environment,
                stdout=(self.folder / f"{name}.log").open("w"),
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        if "web" in self.commands:
            self._wait_for_web()

    def _wait_for_web(self):
        """Until it answers; whether it finds a worker of ours alive is another matter."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError((self.folder / "web.log").read_text())

    def run(self, *words):
        """Run Python with `words` in this environment; returns what it printed."""
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def logins(self, count):
        """`count` readers who are logged in, each with an empty conversation."""
        return json.loads(self.run("-m", "chatbot.bench.logins", str(count)))

    def log(self):
        return "".join((self.folder / f"{name}.log").read_text() for name in self.commands)

    def cpu(self):
        """{name: seconds of CPU its processes have used so far}"""
        seconds = dict.fromkeys(self.processes, 0.0)
        for name, fields in self._living():
            seconds[name] += sum(map(int, fields[11:15])) / TICK
        return seconds

    def memory(self):
        """{name: megabytes its processes hold, what they share counted once for each}"""
        megabytes = dict.fromkeys(self.processes, 0)
        for name, fields in self._living():
            megabytes[name] += int(fields[21]) * os.sysconf("SC_PAGE_SIZE") // 2**20
        return megabytes

    def _living(self):
        names = {process.pid: name for name, process in self.processes.items()}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                fields = stat.read_text().rsplit(") ", 1)[1].split()
                if name := names.get(int(fields[3])):
                    yield name, fields

    def _end(self):
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
