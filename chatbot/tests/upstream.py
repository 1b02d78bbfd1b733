"""A local server that speaks both wires of a model: it is replaced, and nothing else.

A script is called with the decoded request and yields what to send, in the same pieces for either wire, which the
request's path decides: text (str), thoughts (`Thought`), pauses in seconds (float), an Event to wait for, raw lines
(bytes), a delta as chat completions have it (dict), an end (`Finish`, `Failed`, `ErrorEvent`), or
`HTTP(status, body, headers)` before anything else. A script that begins with raw lines begins the stream itself. It
records every request and its path, and whether the client went away before the end. What the Responses API refuses
(`refusing`) is refused here, too.
"""

import itertools
import json
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from chatbot.bench import wires

# For who writes and reads these wires in a test.
from chatbot.bench.wires import Usage, calls_of, chunk, event, last_of, texts_of, tools_of, wire_of

from . import refusing

__all__ = [
    "HTTP",
    "ErrorEvent",
    "Failed",
    "Finish",
    "Thought",
    "Upstream",
    "Usage",
    "calls",
    "calls_of",
    "chunk",
    "event",
    "last_of",
    "recommends",
    "slugs_offered",
    "texts_of",
    "tools_of",
    "wire_of",
]


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
    usage: tuple | None = (120, 40)  # as Usage has it


@dataclass
class Failed:
    """Ends the stream as a server does that broke down while it wrote."""

    code: str = "server_error"
    message: str = "The model broke down."


@dataclass
class ErrorEvent:
    """Ends the stream with an error. `flat`: as the reference of the Responses API has it, not as the API sends it."""

    code: str = "server_error"
    message: str = "Something went wrong."
    param: str | None = None
    flat: bool = False


@dataclass
class Thought:
    """Thought, and not for the reader. Empty: without a summary."""

    text: str = ""


def slugs_offered(request):
    """The ids of the candidates in a request, as a real model would read them."""
    texts = texts_of(request)
    # What a function returned last replaces the candidates before.
    results = [*itertools.takewhile(lambda said: said[0] == "tool", reversed(texts))]
    words = "\n".join(text for _, text in results or texts)
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


ENDS = (Finish, Failed, ErrorEvent)


def written(wire, piece):
    """A piece of a script as that wire has it."""
    match piece:
        case bytes():
            return piece
        case str():
            return wire.delta({"content": piece})
        case dict():
            return wire.delta(piece)
        case Thought(text):
            return wire.delta({"reasoning_content": text})
        case Finish(reason, usage):
            return wire.finish(reason, usage and Usage(*usage))
        case Failed(code, message):
            return wire.failed(code, message)
        case ErrorEvent(code, message, param, flat):
            return wire.error(code, message, param, flat=flat)
        case float() | threading.Event():
            return b""
    raise TypeError(f"no script may say {piece!r}")


def whole(wire, end):
    """(status, body) of an answer that is not streamed, put together so far, with its end."""
    match end:
        case Failed(code, message):
            return wire.whole_failed(code, message)
        case ErrorEvent(code, message, param):
            return wire.whole_error(code, message, param)
    return wire.whole(end.reason, end.usage and Usage(*end.usage))


class Upstream:
    """`url` for OPENAI_BASE_URL. `scripts` are used up one a request; the last one stays.

    `requests` are decoded bodies, `paths` where each was sent. `refuses`: as OpenAI's server does; others take more.
    """

    def __init__(self):
        self.scripts, self.requests, self.paths = [recommends], [], []
        self.refuses, self.cut_off = True, threading.Event()
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
        # Closing waits for the next look at whether to go on.
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def says(self, *scripts):
        """Each script: a callable as above, or a list of the same things."""
        self.scripts = list(scripts)

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, http):
        request = json.loads(http.rfile.read(int(http.headers["Content-Length"])))
        wire = wires.of(http.path)
        refusal = self._refusal(http, wire, request)
        with self._lock:
            self.requests.append(request)
            self.paths.append(http.path)
            if not refusal:
                script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        pieces = iter([refusal] if refusal else script(request) if callable(script) else script)
        first = next(pieces, Finish())
        try:
            if isinstance(first, HTTP):
                self._answer_whole(http, json.dumps(first.body).encode(), first.status, first.headers)
            else:
                answer = self._stream if request.get("stream") else self._collect
                answer(http, wire(request), itertools.chain([first], pieces, [Finish()]))
        except (BrokenPipeError, ConnectionResetError):
            self.cut_off.set()

    def _refusal(self, http, wire, request):
        """What is refused before any script is used up, as an HTTP; else None."""
        if wire is None:
            return HTTP(404, {"error": {"message": f"Unknown request URL: POST {http.path}", "code": "unknown_url"}})
        refusal = refusing.refused(request) if self.refuses and wire is wires.Responses else None
        return refusal and HTTP(*refusal)

    @staticmethod
    def _answer_whole(http, body, status=200, headers=()):
        http.send_response(status)
        usual = {"Content-Type": "application/json", "Content-Length": len(body)}
        for name, value in {**usual, **dict(headers)}.items():
            http.send_header(name, str(value))
        http.end_headers()
        http.wfile.write(body)

    def _stream(self, http, wire, pieces):
        http.send_response(200)
        http.send_header("Content-Type", "text/event-stream")
        http.send_header("Connection", "close")
        http.end_headers()
        http.close_connection = True
        first = next(pieces)
        if not isinstance(first, bytes):
            http.wfile.write(wire.begin())
        for piece in itertools.chain([first], pieces):
            self._wait(http, piece)
            http.wfile.write(written(wire, piece))
            http.wfile.flush()
            if isinstance(piece, ENDS):
                return

    def _collect(self, http, wire, pieces):
        """Answer who wants it whole with the pieces put together: raw lines are the body, no end is half of it."""
        raw = b""
        for piece in pieces:
            self._wait(http, piece)
            if isinstance(piece, ENDS):
                break
            said = written(wire, piece)
            raw += said if isinstance(piece, bytes) else b""
        status, body = whole(wire, piece)
        body = raw or json.dumps(body).encode()
        http.close_connection = cut = isinstance(piece, Finish) and piece.reason is None
        self._answer_whole(
            http, body[: len(body) // 2] if cut else body, status, {"Content-Length": len(body), "Connection": "close"}
        )

    def _wait(self, http, piece):
        if isinstance(piece, float):
            self._pause(http, piece)
        elif isinstance(piece, threading.Event):
            assert piece.wait(30), "the test never let the model go on"

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
