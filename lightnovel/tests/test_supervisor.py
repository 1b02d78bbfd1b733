"""`make run` as a process manager: what dies is started again, what is told to end ends."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

from lightnovel import supervisor

# Two processes that say who they are.
CODE = """
import sys
from lightnovel import supervisor
supervisor.FINISH = 1
commands = {{"web": {web!r}, "worker": {worker!r}}}
sys.exit(supervisor.Supervisor(commands).run())
"""


@pytest.fixture
def start(tmp_path):
    begun = []

    def begin(worker="echo worker is $$; exec sleep 60", web="echo web is $$; exec sleep 60"):
        code = CODE.format(web=web, worker=worker)
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR, bufsize=1
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()


def said(process, words):
    """The next line with `words` in it."""
    for line in process.stdout:
        if words in line:
            return line
    raise AssertionError(f"never said: {words}")


def pid_of(line):
    return int(line.split()[-1])


def pids_of_both(process):
    """{name: pid}. The two start side by side, so either may be the first to say who it is."""
    pids = {}
    while len(pids) < 2:
        line = said(process, " is ")
        pids["web" if "web is" in line else "worker"] = pid_of(line)
    return pids


def lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pid):
    end = time.monotonic() + 5
    while lives(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not lives(pid)


def test_what_dies_is_started_again_and_the_other_is_left_alone(start):
    process = start()
    pids = pids_of_both(process)
    os.kill(pids["worker"], signal.SIGKILL)
    assert "worker ended (-9) and is started again in 1 s" in said(process, "ended")
    assert pid_of(said(process, "worker is")) != pids["worker"]
    assert lives(pids["web"])


def test_what_keeps_dying_is_started_ever_later(start):
    process = start("exit 3")
    assert "worker ended (3) and is started again in 1 s" in said(process, "ended")
    assert "in 2 s" in said(process, "ended")


def test_what_both_say_at_once_stays_in_lines(start):
    process = start(*(f"for i in $(seq 2000); do echo {name} says $i; done; exec sleep 60" for name in ("b", "a")))
    lines = [said(process, " says ").rstrip("\n") for _ in range(4000)]
    whole = re.compile(r"\d\d:\d\d:\d\d (web    \| a|worker \| b) says \d+")
    assert [line for line in lines if not whole.fullmatch(line)] == []


@pytest.mark.parametrize(("signum", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_both(start, signum, code):
    process = start()
    pids = pids_of_both(process).values()
    process.send_signal(signum)
    assert process.wait(10) == code
    assert all(map(gone, pids))


def test_what_does_not_end_in_time_is_killed(start):
    process = start("trap '' TERM; echo worker is $$; while true; do sleep 0.1; done")
    pid = pid_of(said(process, "worker is"))
    process.send_signal(signal.SIGTERM)
    assert "takes too long and is killed" in said(process, "too long")
    assert process.wait(10) == 143
    assert gone(pid)


def test_a_second_signal_does_not_wait(start):
    process = start("trap '' TERM; echo worker is $$; while true; do sleep 0.1; done")
    pid = pid_of(said(process, "worker is"))
    process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 130
    assert gone(pid)


def test_the_worker_has_time_to_hand_over_before_it_is_killed():
    assert settings.HUEY["consumer"]["shutdown_timeout"] < supervisor.FINISH < 30
