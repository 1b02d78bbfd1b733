"""A local server that speaks chat completions: the model's wire, replaced, and nothing else.

A script is called with the decoded request and yields what to send: text pieces (str), pauses in seconds (float),
an Event to wait for, raw lines (bytes), or `HTTP(status, body, headers)` before anything else. It records every request
and whether the client went away before the end.
"""

import json
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class HTTP:
    status: int
    body: dict = field(default_factory=dict)
    headers: dict = field(default_factory=dict)


STOP, NOTHING = "stop", None


@dataclass
class Finish:
    """Ends the stream with this finish reason; None: without one."""

    reason: str | None = STOP
    usage: tuple | None = (120, 40)


def slugs_offered(request):
    """The ids of the candidates in a request, as a real model would read them."""
    messages = request["messages"]
    if messages[-1]["role"] == "tool":
        messages = messages[-1:]  # its candidates replace those before
    words = "\n".join(message["content"] or "" for message in messages)
    return re.findall(r'^\{"id": "([a-z0-9-]+)"', words, re.MULTILINE)


def recommends(request):
    """A well-behaved model: three sentences, two picks, a closing."""
    yield "말씀하신 이야기를 "
    yield "떠올리며 골랐어요.\n\n"
    for slug, reason in zip(slugs_offered(request), ("차분한 분위기가 잘 맞아요.", "설정이 꼼꼼해요."), strict=False):
        yield f"[[{slug}]] {reason}\n\n"
    yield "더 밝은 쪽도 찾아볼까요?"


def calls(arguments, *, name="look_on_shelf", ident="call_a", index=0, pieces=3):
    """A function call as OpenAI streams it: its name first, then its arguments in pieces, then the finish reason."""
    arguments = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
    function = {"name": name, "arguments": ""}
    yield {"tool_calls": [{"index": index, "id": ident, "type": "function", "function": function}]}
    size = max(1, -(-len(arguments) // pieces))
    for place in range(0, len(arguments), size):
        yield {"tool_calls": [{"index": index, "function": {"arguments": arguments[place : place + size]}}]}
    yield Finish("tool_calls")


class Upstream:
    """`url` for OPENAI_BASE_URL. `scripts` are used up one a request; the last one stays."""

    def __init__(self):
        self.scripts, self.requests, self.cut_off = [recommends], [], threading.Event()
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                upstream.answer(self)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        self._lock = threading.Lock()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def says(self, *scripts):
        """Each script: a callable as above, or a list of the same things."""
        self.scripts = list(scripts)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, http):
        request = json.loads(http.rfile.read(int(http.headers["Content-Length"])))
        with self._lock:
            self.requests.append(request)
            script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        pieces = iter(script(request) if callable(script) else script)
        first = next(pieces, Finish())
        if isinstance(first, HTTP):
            body = json.dumps(first.body).encode()
            http.send_response(first.status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": len(body),
                **first.headers,
            }.items():
                http.send_header(name, str(value))
            http.end_headers()
            http.wfile.write(body)
            return
        http.send_response(200)
        http.send_header("Content-Type", "text/event-stream")
        http.send_header("Connection", "close")
        http.end_headers()
        http.close_connection = True
        try:
            ended = False
            for piece in [first, *pieces] if isinstance(script, list) else self._chain(first, pieces):
                ended = self._send(http, piece, request)
                if ended:
                    break
            if not ended:
                self._send(http, Finish(), request)
        except (BrokenPipeError, ConnectionResetError):
            self.cut_off.set()

    @staticmethod
    def _chain(first, rest):
        yield first
        yield from rest

    def _send(self, http, piece, request):
        if isinstance(piece, float):
            self._pause(http, piece)
        elif isinstance(piece, threading.Event):
            assert piece.wait(30), "the test never let the model go on"
        elif isinstance(piece, bytes):
            http.wfile.write(piece)
        elif isinstance(piece, Finish):
            if piece.reason:
                self._event(http, {"choices": [{"index": 0, "delta": {}, "finish_reason": piece.reason}]})
            if piece.usage and request.get("stream_options"):
                read, written = piece.usage
                usage = {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}
                self._event(http, {"choices": [], "usage": usage})
            if piece.reason:
                http.wfile.write(b"data: [DONE]\n\n")
            http.wfile.flush()
            return True
        else:
            delta = piece if isinstance(piece, dict) else {"content": piece}
            self._event(http, {"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
        http.wfile.flush()
        return False

    @staticmethod
    def _event(http, body):
        chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "test-model", **body}
        http.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")

    def _pause(self, http, seconds):
        """Wait, but notice a client that closes its end meanwhile."""
        http.connection.settimeout(0.05)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if http.connection.recv(1) == b"":
                    raise BrokenPipeError
            except TimeoutError:
                continue
        http.connection.settimeout(None)
