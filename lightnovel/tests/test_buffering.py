"""Requests that come slowly hold no thread."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from lightnovel.buffering import MAX_BODY, MAX_HEAD, MAX_LARGE, MAX_RECEIVING, Incoming, Refused

HEAD = b"POST /x HTTP/1.1\r\nHost: a\r\n"
CHUNKS = b"4;name=v\r\nab\r\n\r\n1\r\nx\r\n0\r\n"


def incoming():
    return Incoming(Config(), ("127.0.0.1", 1), idle=5)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"\r\n\r\nGET / HTTP/1.0\r\n\r\n",
        HEAD + b"Content-Length: 0\r\n\r\n",
        HEAD + b"content-LENGTH: 11\r\n\r\nab\r\n\r\ncdefg",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS + b"\r\n",
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + CHUNKS + b"Trailer: x\r\n\r\n",
    ],
)
@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_a_request_is_there_with_its_last_byte_and_not_before(request_, step):
    one = incoming()
    pieces = [request_[at : at + step] for at in range(0, len(request_), step)]
    assert [one.add(piece) for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert bytes(one.data) == request_.lstrip(b"\r\n")


@pytest.mark.parametrize(
    "broken",
    [
        b"nonsense\r\n\r\n",
        HEAD + b"Content-Length: x\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        HEAD + b"Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nx\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * 9000,
    ],
)
def test_what_gunicorn_refuses_is_not_waited_for(broken):
    assert incoming().add(broken)


@pytest.mark.parametrize(
    ("large", "status"),
    [
        (b"GET / HTTP/1.1\r\nX: " + b"x" * MAX_HEAD, "431"),
        (HEAD + b"Content-Length: %d\r\n\r\n" % (MAX_BODY + 1), "413"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nfffffff\r\n", "413"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * MAX_HEAD, "431"),
    ],
)
def test_what_is_too_large_is_not_waited_for(large, status):
    with pytest.raises(Refused, match=status):
        incoming().add(large)


def test_a_reading_list_may_be_larger_than_other_bodies():
    head = HEAD.replace(b" /x ", b" /users/lists/?of=goodreads ", 1)
    assert head != HEAD
    one = incoming()
    assert not one.add(head + b"Content-Length: %d\r\n\r\n" % (20 * 1024 * 1024))
    assert one.is_large
    with pytest.raises(Refused, match="413"):
        incoming().add(head + b"Content-Length: %d\r\n\r\n" % (22 * 1024 * 1024))


def test_whoever_asks_whether_to_go_on_is_told_once():
    one = incoming()
    assert not one.add(HEAD + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    assert one.wants_continue
    assert one.add(b"ab")
    assert b"xpect" not in one.data


# --- A real server -----------------------------------------------------------------------------

APP = """
def app(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]
"""
CONFIG = """
from lightnovel import buffering
buffering.HEAD_WITHIN = buffering.BODY_WITHIN = {within}
worker_class, workers, threads, keepalive = "lightnovel.buffering.BufferingWorker", 1, 4, 5
worker_connections, loglevel = 2000, "warning"
"""


@contextlib.contextmanager
def served(folder, within):
    (folder / "app.py").write_text(APP)
    (folder / "conf.py").write_text(CONFIG.format(within=within))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "app:app", "-c", str(folder / "conf.py"), "-b", f"127.0.0.1:{port}"]
    env = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{os.getcwd()}"}
    log = (folder / "log").open("wb")
    process = subprocess.Popen([*command, "--chdir", str(folder)], env=env, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 30
        while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < end:
            time.sleep(0.05)
        yield SimpleNamespace(port=port, log=folder / "log", process=process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def connect(server):
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def read(line, ending):
    """What comes until it ends so."""
    came = b""
    while not came.endswith(ending):
        more = line.recv(65536)
        assert more, came
        came += more
    return came


def exchange(server, data):
    with connect(server) as line:
        line.sendall(data)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_large_reading_lists_come_through_but_few_at_once(tmp_path):
    size = 3 * MAX_BODY
    head = b"POST /users/lists/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % size
    with served(tmp_path, within=10) as server, contextlib.ExitStack() as lines:
        assert exchange(server, head + b"x" * size).endswith(b"x" * size)
        begun = [lines.enter_context(connect(server)) for _ in range(MAX_LARGE)]
        for one in begun:
            one.sendall(head + b"x")
        time.sleep(0.5)
        assert exchange(server, head).startswith(b"HTTP/1.1 503")
        begun[0].sendall(b"x" * (size - 1))
        assert read(begun[0], b"x" * size).startswith(b"HTTP/1.1 200")
        assert exchange(server, head + b"x" * size).endswith(b"x" * size)


def test_five_hundred_slow_bodies_and_heads_hold_nobody_up(tmp_path):
    """Four threads serve; a thousand connections that send a byte and stop would have held them 250 times over."""
    with served(tmp_path, within=6) as server, contextlib.ExitStack() as lines:
        slow = []
        for begin in (HEAD + b"Content-Length: 5\r\n\r\na", b"GET / HTTP/1.1\r\nHo"):
            for _ in range(500):
                slow.append(lines.enter_context(connect(server)))
                slow[-1].sendall(begin)
        took = []
        for _ in range(20):
            began = time.monotonic()
            answer = exchange(server, HEAD + b"Connection: close\r\nContent-Length: 5\r\n\r\nhello")
            took.append(time.monotonic() - began)
            assert answer.startswith(b"HTTP/1.1 200 OK")
            assert answer.endswith(b"hello")
        assert sorted(took)[18] < 1
        # Who comes slowly but in time is served; who stops is let go.
        in_time = lines.enter_context(connect(server))
        for piece in (HEAD + b"Content-Length: 5\r\n\r\na", b"bc", b"de"):
            in_time.sendall(piece)
            time.sleep(0.2)
        assert in_time.recv(65536).startswith(b"HTTP/1.1 200 OK")
        assert b"408" in slow[0].recv(65536)
        assert b"408" in slow[-1].recv(65536)
        assert server.log.read_text() == ""


def test_of_too_many_that_are_slow_the_oldest_is_let_go(tmp_path):
    with served(tmp_path, within=60) as server, contextlib.ExitStack() as lines:
        slow = []
        for _ in range(MAX_RECEIVING + 5):
            slow.append(lines.enter_context(connect(server)))
            slow[-1].sendall(b"G")
        assert b"408" in slow[0].recv(65536)
        slow[-1].sendall(b"ET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert slow[-1].recv(65536).startswith(b"HTTP/1.1 200")


def test_a_connection_is_kept_for_further_requests_whole_or_in_pieces(tmp_path):
    with served(tmp_path, within=5) as server, connect(server) as line:
        ask = HEAD + b"Content-Length: 2\r\n\r\n"
        # Two at once and the beginning of a third, which must hold no thread either.
        line.sendall(ask + b"ab" + ask + b"cd" + ask[:20])
        assert read(line, b"cd").count(b"\r\n\r\nab") == 1
        for _ in range(8):  # more than there are threads
            with connect(server) as other:
                other.sendall(ask + b"xy" + ask[:30])
                read(other, b"\r\n\r\nxy")
        line.sendall(ask[20:] + b"ef")
        read(line, b"\r\n\r\nef")
        line.sendall(HEAD + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert read(line, b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b"gh")
        assert b"100 Continue" not in read(line, b"\r\n\r\ngh")
        line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nij\r\n0\r\n\r\n")
        read(line, b"\r\n\r\nij")


def test_a_server_that_ends_waits_for_nobody_slow(tmp_path):
    with served(tmp_path, within=60) as server, connect(server), connect(server) as idle:
        exchange(server, b"GET / HTTP/1.0\r\n\r\n")
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(15)
        assert time.monotonic() - began < 8
        assert idle.recv(10) == b""
