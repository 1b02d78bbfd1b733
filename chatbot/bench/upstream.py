"""A model's stand-in: silent for a while, then a piece at a steady pace, and a note of when each left.

Run with a port. `GET /log` returns {mark of the ask: {"asked": s, "first": s, "last": s}}, by the machine's
monotonic clock, which all of its processes share.
"""

import asyncio
import contextlib
import json
import re
import sys
import time

CHUNKS, PACE, SILENCE = 40, 0.01, 0.2
MARK = re.compile(r"qz[a-z]{6}zq")
SLUG = re.compile(r'\{"id": "([a-z0-9-]+)"')

log = {}


def pieces(request):
    """What a well-behaved model would say: some prose, two picks with reasons, each piece numbered."""
    words = "\n".join(message["content"] or "" for message in request["messages"])
    slugs = iter([*SLUG.findall(words)[:2], None, None])
    for number in range(CHUNKS):
        start = ""
        if number in (10, 24) and (slug := next(slugs)):
            start = f"\n\n[[{slug}]] "
        elif number == 36:
            start = "\n\n"
        yield f"{start}k{number:02d} 조용한 이야기를 골랐어요. "


def event(delta, finish=None, **more):
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "bench",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        **more,
    }
    return b"data: " + json.dumps(body).encode() + b"\n\n"


async def answer(reader, writer):
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        if head.startswith("GET /log"):
            body = json.dumps(log).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        else:
            length = int(re.search(r"content-length: (\d+)", head, re.IGNORECASE)[1])
            await speak(json.loads(await reader.readexactly(length)), writer)
        await writer.drain()
    writer.close()


async def speak(request, writer):
    asked = time.monotonic()
    marks = MARK.findall("\n".join(message["content"] or "" for message in request["messages"]))
    noted = log[marks[-1] if marks else "?"] = {"asked": asked}
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
    await asyncio.sleep(SILENCE)
    due = time.monotonic()
    for piece in pieces(request):
        await asyncio.sleep(max(0, due - time.monotonic()))
        due += PACE
        noted["last"] = time.monotonic()
        noted.setdefault("first", noted["last"])
        writer.write(event({"content": piece}))
        await writer.drain()
    usage = {"prompt_tokens": 900, "completion_tokens": 300, "total_tokens": 1200}
    writer.write(event({}, "stop") + event({}, usage=usage, choices=[]) + b"data: [DONE]\n\n")


async def serve(port):
    server = await asyncio.start_server(answer, "127.0.0.1", port, limit=2**22, backlog=512)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1])))
