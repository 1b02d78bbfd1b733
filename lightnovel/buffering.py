"""A gunicorn worker whose threads are only given requests that are there as a whole.

A thread reads until it has what it waits for: whoever sends a byte and stops holds one, and a few hundred of them hold
all. Here the main loop, which waits for every connection at once, takes the bytes in, within limits of time and size.
A buffering proxy does the same; it also keeps slow readers of answers from us, which this does not.
"""

import contextlib
import re
import selectors
import socket
import time
from functools import partial

from gunicorn.http.body import ChunkedReader
from gunicorn.http.message import Request
from gunicorn.http.unreader import IterUnreader
from gunicorn.workers.gthread import ThreadWorker

HEAD_WITHIN, BODY_WITHIN = 10, 30  # seconds from the first byte, and from the end of the head
MAX_HEAD = 64 * 1024  # bytes
MAX_BODY = 1024 * 1024  # bytes; Django takes 256 KiB of them (DATA_UPLOAD_MAX_MEMORY_SIZE)
LARGE_BODIES = {"/users/lists/": 21 * 1024 * 1024}  # a reading list of 20 MB and the rest of its form
MAX_LARGE = 4  # of those above `MAX_BODY` that a process takes in at once
# Connections of a process whose request is not there yet. With one more, the one that has taken longest is let go.
MAX_RECEIVING = 1000
AT_ONCE = 64 * 1024  # bytes taken from a connection before the others have their turn
EXPECT = re.compile(rb"\r\nexpect:[^\r\n]*", re.IGNORECASE)
HEX = re.compile(rb"[0-9a-fA-F]{1,15}")


class Refused(Exception):
    """A request that is not waited for any longer; says why, as a status line does."""


class Incoming:
    """The bytes of one request as they come in. When all are there, gunicorn reads it as if it had just come."""

    def __init__(self, cfg, address, idle):
        self.data = bytearray()
        self.deadline = time.monotonic() + idle
        self.wants_continue = False
        self._cfg, self._address = cfg, address
        self._searched = 0  # up to where the end of the head is known not to be
        self._end = None  # of the body, where its length is told
        self.is_large = False
        self._chunk = None  # where the next chunk begins, where they tell it

    def add(self, data):
        """Take in `data`; True when the request is there as a whole, or so broken that gunicorn refuses what is there."""
        if not self.data:
            self.deadline = time.monotonic() + HEAD_WITHIN
        self.data += data
        if self._end is None and self._chunk is None and not self._take_head():
            return False
        if self._end is not None:
            return len(self.data) >= self._end
        return self._has_last_chunk()

    def _take_head(self):
        while self.data[:2] == b"\r\n":  # which a client may send after a request
            del self.data[:2]
        end = self.data.find(b"\r\n\r\n", max(0, self._searched - 3))
        self._searched = len(self.data)
        if end < 0:
            if len(self.data) > MAX_HEAD:
                raise Refused("431 Request Header Fields Too Large")
            return False
        self._begin_body(bytes(self.data[: end + 4]))
        return True

    def _begin_body(self, head):
        self._end = len(head)
        told = head.lower()
        if b"content-length" not in told and b"transfer-encoding" not in told:
            return
        try:
            request = Request(self._cfg, IterUnreader([head]), self._address, 1)
        except Exception:
            # Whatever is wrong with it, gunicorn finds it again and answers; the loop that serves all must go on.
            return
        self.deadline = time.monotonic() + BODY_WITHIN
        self.wants_continue = request._expected_100_continue
        if self.wants_continue:
            self.data[: len(head)] = head = EXPECT.sub(b"", head)
        reader = request.body.reader
        if isinstance(reader, ChunkedReader):
            self._end, self._chunk = None, len(head)
            return
        self.is_large = reader.length > MAX_BODY
        if reader.length > LARGE_BODIES.get(request.path, MAX_BODY):
            raise Refused("413 Content Too Large")
        self._end = len(head) + reader.length

    def _has_last_chunk(self):
        while True:
            end = self.data.find(b"\r\n", self._chunk)
            if end < 0:
                return len(self.data) - self._chunk > self._cfg.limit_request_field_size
            size = bytes(self.data[self._chunk : end]).split(b";")[0].rstrip(b" \t")
            if not HEX.fullmatch(size):
                return True
            if int(size, 16) == 0:
                if len(self.data) - end > MAX_HEAD:
                    raise Refused("431 Request Header Fields Too Large")
                return self.data.find(b"\r\n\r\n", end) >= 0
            self._chunk = end + 2 + int(size, 16) + 2
            if self._chunk > MAX_HEAD + MAX_BODY:
                raise Refused("413 Content Too Large")


class BufferingWorker(ThreadWorker):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.receiving = {}  # connection: Incoming, in the order they began
        self._swept_at = 0.0

    def enqueue_req(self, conn):
        """Every way of a connection to a thread leads through here: a new one, one kept alive, one that has sent more."""
        if self.cfg.is_ssl:
            super().enqueue_req(conn)
            return
        conn.init()
        conn.sock.setblocking(False)
        incoming = Incoming(self.cfg, conn.client, self.cfg.keepalive)
        rest = conn.parser.unreader.take_buffered()
        if self._is_on(conn, incoming, rest) if rest else self._take_in(conn, incoming):
            if len(self.receiving) >= MAX_RECEIVING:
                self._refuse(next(iter(self.receiving)), "408 Request Timeout")
            self.receiving[conn] = incoming
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_bytes, conn))

    def _on_bytes(self, conn, client):
        # Of one turn of the loop, an earlier event may have let go of it.
        if incoming := self.receiving.get(conn):
            self._take_in(conn, incoming)

    def _take_in(self, conn, incoming):
        """Read what has come. True while there has to come more."""
        try:
            data = conn.sock.recv(AT_ONCE)
        except BlockingIOError:
            return True
        except OSError:
            data = b""
        if not data:
            self._drop(conn)
            return False
        return self._is_on(conn, incoming, data)

    def _is_on(self, conn, incoming, data):
        """Take in `data`, and give a request that is there to a thread. True while there has to come more."""
        try:
            is_there = incoming.add(data)
            if (
                incoming.is_large
                and sum(one.is_large for one in self.receiving.values() if one is not incoming) >= MAX_LARGE
            ):
                raise Refused("503 Service Unavailable")
        except Refused as refused:
            self._refuse(conn, str(refused))
            return False
        if is_there:
            self._forget(conn)
            conn.data_ready = True
            conn.parser.unreader.unread(bytes(incoming.data))
            super().enqueue_req(conn)
        elif incoming.wants_continue:
            incoming.wants_continue = False
            with contextlib.suppress(OSError):
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        return not is_there

    def murder_pending(self):
        """Let go of those whose time is over; called by the main loop at every turn."""
        super().murder_pending()
        now = time.monotonic()
        if now - self._swept_at < 1:
            return
        self._swept_at = now
        for conn, incoming in list(self.receiving.items()):
            if incoming.deadline > now and (self.alive or incoming.data):
                continue
            if incoming.data:
                self._refuse(conn, "408 Request Timeout")
            else:
                self._drop(conn)

    def _refuse(self, conn, status):
        with contextlib.suppress(OSError):
            conn.sock.send(f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode())
            conn.sock.shutdown(socket.SHUT_WR)
        self._drop(conn)

    def _drop(self, conn):
        self._forget(conn)
        self.nr_conns -= 1
        conn.close()

    def _forget(self, conn):
        if self.receiving.pop(conn, None):
            self.poller.unregister(conn.sock)
