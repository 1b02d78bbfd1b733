"""A model that misbehaves by a script, and remembers every word it sent to whom."""

import contextlib
import json
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ASKED = re.compile(r"ask(\d+)x(\d+);")  # in the words of a reader: which reader, which ask
SAID = re.compile(r"a(\d+)p(\d+);")  # in the words of the model: which answer, which piece of it
CANDIDATE = re.compile(r'^\{"id": "([a-z0-9-]+)"', re.MULTILINE)

# How a request fares, and how often; the rest are answered well.
FAULTS = {
    "429 with Retry-After": 5,
    "500": 5,
    "silence": 2,
    "half a stream": 5,
    "non-JSON": 3,
    "no finish reason": 4,
    "10 MB": 1,
    "slow drip": 2,
}
WELL = 70


@dataclass
class Answer:
    number: int
    ask: str
    fault: str
    text: str = ""  # what was sent so far
    whole: bool = False  # sent to its end, finish reason included
    pieces: list = field(default_factory=list)


class Upstream:
    """`url` for OPENAI_BASE_URL. `drip`: while set, every answer is a drip of so many seconds."""

    def __init__(self, seed, silence=6.0, drip=12.0):
        self.random, self.silence, self.drip = random.Random(seed), silence, drip
        self.calm, self.only = False, None
        self.answers, self.faults = [], Counter()
        self._lock = threading.Lock()
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                with contextlib.suppress(OSError):  # the client went away
                    upstream.answer(self)

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.request_queue_size = 128
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, http):
        request = json.loads(http.rfile.read(int(http.headers["Content-Length"])))
        answer = self._begin(request)
        if answer.fault == "429 with Retry-After":
            return self._refuse(http, 429, {"Retry-After": "1"})
        if answer.fault == "500":
            return self._refuse(http, 500, {})
        if answer.fault == "silence":
            time.sleep(self.silence)
            return None
        http.send_response(200)
        http.send_header("Content-Type", "text/event-stream")
        http.end_headers()
        return self._stream(http, answer)

    def _begin(self, request):
        asked = ASKED.findall(request["messages"][-1]["content"])
        with self._lock:
            if self.only:
                fault = self.only
            elif self.calm:
                fault = ""
            else:
                fault = self.random.choices(["", *FAULTS], [WELL, *FAULTS.values()])[0]
            answer = Answer(len(self.answers) + 1, "x".join(asked[-1]) if asked else "", fault)
            self.answers.append(answer)
            self.faults[fault or "none"] += 1
            pace = self.random.uniform(0.03, 0.25)
        answer.pace = pace
        answer.pieces = self._pieces(answer.number, request)
        return answer

    def _pieces(self, number, request):
        """An introduction, two picks, a closing, each piece with its number."""
        words = "\n".join(str(message["content"]) for message in request["messages"])
        slugs = CANDIDATE.findall(words)[:2]
        said = ["Here ", "is ", "what ", "I found. ", "\n\n"]
        for slug in slugs:
            said += [f"[[{slug}]] ", "calm ", "and ", "careful. ", "\n\n"]
        said += ["One ", "more ", "evening, ", "perhaps. "]
        return [f"{one.rstrip()} a{number}p{place}; " if one.strip() else one for place, one in enumerate(said)]

    def _refuse(self, http, status, headers):
        body = json.dumps({"error": {"message": "not now", "type": "server_error"}}).encode()
        http.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(body), **headers}.items():
            http.send_header(name, str(value))
        http.end_headers()
        http.wfile.write(body)

    def _stream(self, http, answer):
        pieces = answer.pieces
        if answer.fault == "10 MB":
            pieces = self._endless(answer.number)
        elif answer.fault == "slow drip":
            pieces, answer.pace = answer.pieces, self.drip / len(answer.pieces)
        for place, piece in enumerate(pieces):
            time.sleep(answer.pace)
            if answer.fault in ("half a stream", "non-JSON") and place == len(pieces) // 2:
                if answer.fault == "non-JSON":
                    http.wfile.write(b"data: {oops\n\n")
                return
            answer.text += piece  # before it leaves: what arrives was sent
            self._event(http, {"content": piece}, None)
        if answer.fault == "no finish reason":
            return
        answer.whole = True
        self._event(http, {}, "stop")
        http.wfile.write(b"data: [DONE]\n\n")

    def _endless(self, number):
        for place in range(100):
            yield f"a{number}p{place}; " + "on and on " * 10_000

    @staticmethod
    def _event(http, delta, finish):
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        http.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        http.wfile.flush()
