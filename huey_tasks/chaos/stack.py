"""The real processes of the Procfile with a database and a queue of their own, and the ways to kill them."""

import contextlib
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from glob import glob
from pathlib import Path

from honcho.environ import parse_procfile

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def free_port(first=8950):
    # At random, as another run may look for one in the same moment.
    for port in random.sample(range(first, first + 30), 30):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port")


def wait_for(condition, seconds, what):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(f"{what}: not within {seconds} s")
        time.sleep(0.05)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Part:
    """A process with its children. What dies is started again, as a process manager does, unless it is ended."""

    def __init__(self, name, command, env, log):
        self.name, self.command, self.env, self.log = name, command, env, log
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            self.command,
            shell=True,
            env=self.env,
            cwd=BASE_DIR,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        return self

    def tell(self, signum):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signum)

    def kill(self):
        self.tell(signal.SIGKILL)
        self.process.wait()

    def alive(self):
        return self.process and self.process.poll() is None


class Redis:
    """A Redis of its own; killed, it has forgotten everything."""

    missing = "" if shutil.which("redis-server") else "redis-server is not here"

    def __init__(self, folder, log):
        self.port, self.folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/3"
        command = f"exec redis-server --port {self.port} --bind 127.0.0.1 --save '' --appendonly no --dir {folder}"
        self.part = Part("redis", command, os.environ.copy(), log)

    def start(self):
        self.part.start()
        wait_for(lambda: listens(self.port), 10, "redis")

    def kill(self):
        self.part.kill()

    def client(self):
        import redis

        return redis.Redis.from_url(self.url)


class Postgres:
    """A PostgreSQL cluster of its own, since the one of the machine may be others' too."""

    binaries = (sorted(glob("/usr/lib/postgresql/*/bin")) or [""])[-1]
    missing = "" if binaries or shutil.which("initdb") else "PostgreSQL's initdb is not here"

    def __init__(self, folder, log):
        self.port, self.folder, self.log = free_port(), Path(folder) / "pg", log
        self.url = f"postgres://chaos@127.0.0.1:{self.port}/postgres"
        self.folder.mkdir()
        # It refuses to run as root.
        self.user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "postgres")
            Path(folder).chmod(0o755)
        self._run(
            "initdb", "-D", str(self.folder), "-U", "chaos", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )

    def _run(self, name, *arguments):
        binary = str(Path(self.binaries) / name) if self.binaries else name
        subprocess.run([*self.user, binary, *arguments], check=True, stdout=self.log, stderr=self.log, cwd="/")

    def start(self):
        # Without fsync: processes are killed here, not the machine, whose memory keeps what was written.
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
        self._run("pg_ctl", "-D", str(self.folder), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def crash(self):
        self._run("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")

    def kill_backend(self):
        """One killed connection makes PostgreSQL throw out all and recover by itself."""
        import psycopg

        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url, autocommit=True) as line:
            others = (
                "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
            )
            if pid := line.execute(others + " limit 1").fetchone():
                os.kill(pid[0], signal.SIGKILL)


class Stack:
    """`store`: "sqlite" (database and queue are files), "postgres" (PostgreSQL and Redis) or "postgres alone".

    `settings`: environment; `workers`: what each worker has beside it. `apart`: each process has a folder of its own, as on a machine of its own.
    """

    def __init__(self, store, workers, settings, webs=1, *, apart=False):
        self.apart, self.folder = apart, tempfile.mkdtemp(prefix="library-chaos-")
        self.log = (Path(self.folder) / "log.txt").open("ab")
        self.postgres = self.redis = None
        others = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
        env = {key: value for key, value in os.environ.items() if key not in others}
        env |= {"VAR_DIR": self.folder, "HOST": "127.0.0.1", "PYTHONUNBUFFERED": "1", "DEBUG": "off", "HTTPS": "off"}
        env |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}", **settings}
        if store != "sqlite":
            self.postgres = Postgres(self.folder, self.log)
            self.postgres.start()
            env["DATABASE_URL"] = self.postgres.url
        if store == "postgres":
            self.redis = Redis(self.folder, self.log)
            self.redis.start()
            env["REDIS_URL"] = self.redis.url
        self.env = env
        procfile = parse_procfile((BASE_DIR / "Procfile").read_text()).processes
        subprocess.run(
            procfile["release"], shell=True, check=True, env=env, cwd=BASE_DIR, stdout=self.log, stderr=self.log
        )
        self.ports = []
        self.webs = []
        for _ in range(webs):
            port = free_port()
            self.ports.append(port)
            self.webs.append(self._part(f"web {port}", procfile["web"], PORT=str(port)))
            wait_for(lambda port=port: listens(port), 30, "web")
        self.worker_command, self.worker_settings = procfile["worker"], workers
        self.workers = [self.new_worker(place) for place in range(len(workers))]
        self.leaving = []

    def new_worker(self, place):
        """Another for that place among the workers, with the settings of the first there."""
        return self._part("worker", self.worker_command, **self.worker_settings[place])

    def _part(self, name, command, **settings):
        if self.apart:
            settings["VAR_DIR"] = tempfile.mkdtemp(dir=self.folder)
            # What the release of each machine would make again.
            (Path(settings["VAR_DIR"]) / "static").symlink_to(Path(self.folder) / "static")
        return Part(name, command, {**self.env, **settings}, self.log).start()

    def restart_web(self, web):
        wait_for(lambda: not listens(int(web.env["PORT"])), 20, "the port of the killed web process")
        web.start()
        wait_for(lambda: listens(int(web.env["PORT"])), 40, "web")

    def close(self):
        for part in [*self.webs, *self.workers, *self.leaving]:
            part.tell(signal.SIGKILL)
        if self.redis:
            self.redis.kill()
        if self.postgres:
            with contextlib.suppress(subprocess.CalledProcessError):
                self.postgres.crash()
        self.log.close()
        if not os.environ.get("CHAOS_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)

    # --- The queue ---------------------------------------------------------------------------

    @property
    def queue_file(self):
        return Path(self.folder) / "queue.sqlite3"

    def empty_queue(self):
        if self.redis:
            self.redis.client().flushdb()
            return
        with contextlib.closing(sqlite3.connect(self.queue_file, timeout=10)) as queue, queue:
            queue.execute("delete from task")

    def delete_queue(self):
        for end in ("", "-wal", "-shm"):
            Path(f"{self.queue_file}{end}").unlink(missing_ok=True)

    @contextlib.contextmanager
    def blocked_queue(self):
        """While this lasts, nothing gets onto the queue: who tries, waits."""
        if self.redis:
            self.redis.client().execute_command("CLIENT", "PAUSE", 20_000, "WRITE")
            try:
                yield
            finally:
                self.redis.client().execute_command("CLIENT", "UNPAUSE")
            return
        queue = sqlite3.connect(self.queue_file, timeout=10, isolation_level=None)
        queue.execute("begin exclusive")
        try:
            yield
        finally:
            queue.rollback()
            queue.close()


def in_background(function, *arguments):
    thread = threading.Thread(target=function, args=arguments, daemon=True)
    thread.start()
    return thread
