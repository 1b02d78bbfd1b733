"""A model that misbehaves by a script, the same on either wire, and remembers every word it sent to whom."""

import contextlib
import json
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from chatbot.bench import wires

WIRES = (wires.CHAT, wires.RESPONSES)
ASKED = re.compile(r"ask(\d+)x(\d+);")  # in the words of a reader: which reader, which ask
SAID = re.compile(r"a(\d+)p(\d+);")  # in the words of the model: which answer, which piece of it
CANDIDATE = re.compile(r'^\{"id": "([a-z0-9-]+)"', re.MULTILINE)

ENDLESS = "10 MB"
# What a good answer says, in the language it is asked to answer in: an introduction, a reason, a closing.
WORDS = {
    "Korean": ("제가 찾은 ", "책은 ", "이렇게 ", "있어요. ", "차분하고 ", "꼼꼼한 ", "이야기예요. ", "하루 ", "저녁 ", "더 ", "어떠세요. "),
    "English": ("Here ", "is ", "what ", "I found. ", "calm ", "and ", "careful. ", "One ", "more ", "evening, ", "perhaps. "),
    "Japanese": ("見つけた", "本は ", "こちら", "です。 ", "静かで ", "丁寧な ", "物語です。 ", "もう", "一晩 ", "いかが", "でしょう。 "),
}  # fmt: skip
ANSWER_IN = re.compile(r"Answer in (Korean|English|Japanese)")

# How a request fares, and how often; the rest are answered well.
FAULTS = {
    "429 with Retry-After": 5,
    "500": 5,
    "silence": 2,
    "signs of life and no text": 2,
    "half a stream": 5,
    "non-JSON": 3,
    "error in mid-stream": 3,
    "no finish reason": 4,
    ENDLESS: 1,
    "slow drip": 2,
}
WELL = 70
# What is sent in the middle of a stream, which then ends.
BREAKS = {
    "half a stream": lambda wire: b"",
    "non-JSON": lambda wire: b"data: {oops\n\n",
    "error in mid-stream": lambda wire: wire.failed("server_error", "not now"),
}


@dataclass
class Answer:
    number: int
    ask: str
    fault: str
    text: str = ""  # what was sent so far
    whole: bool = False  # sent to its end, finish reason included
    pieces: list = field(default_factory=list)
    wire: str = ""


class Upstream:
    """`url` for OPENAI_BASE_URL. `faults`: {wire: how its requests fared}.

    `silence`, `drip`: seconds of a silence and of a slow drip. `pace`: seconds between two pieces, from and to.
    `calm`: no faults. `only`: this one and no other.
    """

    def __init__(self, seed, silence=6.0, drip=12.0, pace=(0.03, 0.25)):
        self.random, self.silence, self.drip, self.pace = random.Random(seed), silence, drip, pace
        self.calm, self.only = False, None
        self.answers, self.faults = [], {wire: Counter() for wire in WIRES}
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
        wire = wires.of(http.path)(request)
        answer = self._begin(request, wire)
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
        self._send(http, wire.begin())
        if answer.fault == "signs of life and no text":
            return self._show_life(http)
        return self._stream(http, wire, answer)

    def _begin(self, request, wire):
        # What we send along stands in the same message, before the words of the reader.
        asked = ASKED.findall(wires.last_of(request, "user"))
        with self._lock:
            if self.only:
                fault = self.only
            elif self.calm:
                fault = ""
            else:
                fault = self.random.choices(["", *FAULTS], [WELL, *FAULTS.values()])[0]
            answer = Answer(len(self.answers) + 1, "x".join(asked[-1]) if asked else "", fault, wire=wire.NAME)
            self.answers.append(answer)
            self.faults[wire.NAME][fault or "none"] += 1
            pace = self.random.uniform(*self.pace)
        answer.pace = pace
        answer.pieces = self._pieces(answer.number, request)
        return answer

    def _pieces(self, number, request):
        """An introduction, two picks, a closing, each piece with its number."""
        read = wires.words_of(request)
        asked = ANSWER_IN.search(read)
        words = WORDS[asked[1] if asked else "English"]
        said = [*words[:4], "\n\n"]
        for slug in CANDIDATE.findall(read)[:2]:
            said += [f"[[{slug}]] ", *words[4:7], "\n\n"]
        said += words[7:]
        return [f"{one.rstrip()} a{number}p{place}; " if one.strip() else one for place, one in enumerate(said)]

    def _refuse(self, http, status, headers):
        body = json.dumps({"error": {"message": "not now", "type": "server_error"}}).encode()
        http.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(body), **headers}.items():
            http.send_header(name, str(value))
        http.end_headers()
        http.wfile.write(body)

    def _show_life(self, http):
        """Comments, as gateways send them lest the line be thought dead."""
        end = time.monotonic() + self.silence
        while time.monotonic() < end:
            self._send(http, b": still here\n\n")
            time.sleep(0.5)

    def _stream(self, http, wire, answer):
        pieces = answer.pieces
        if answer.fault == ENDLESS:
            pieces = self._endless(answer.number)
        elif answer.fault == "slow drip":
            pieces, answer.pace = answer.pieces, self.drip / len(answer.pieces)
        for place, piece in enumerate(pieces):
            time.sleep(answer.pace)
            if answer.fault in BREAKS and place == len(pieces) // 2:
                return self._send(http, BREAKS[answer.fault](wire))
            answer.text += piece  # before it leaves: what arrives was sent
            self._send(http, wire.delta({"content": piece}))
        if answer.fault == "no finish reason":
            return None
        answer.whole = True
        return self._send(http, wire.finish("stop", wires.Usage(900, 300)))

    def _endless(self, number):
        for place in range(100):
            yield f"a{number}p{place}; " + "on and on " * 10_000

    @staticmethod
    def _send(http, line):
        http.wfile.write(line)
        http.wfile.flush()
