"""A model's stand-in on either wire: silent for a while, then a piece at a steady pace, and a note of when each left.

Run with a port. `GET /log` returns {mark of the ask: {"wire": name, "asked": s, "first": s, "last": s}}, by the
machine's monotonic clock, which all of its processes share.
"""

import asyncio
import contextlib
import json
import re
import sys
import time

from . import wires

CHUNKS, PACE, SILENCE = 40, 0.01, 0.2
MARK = re.compile(r"qz[a-z]{6}zq")
SLUG = re.compile(r'\{"id": "([a-z0-9-]+)"')

log = {}


def pieces(words):
    """What a well-behaved model would say: some prose, two picks with reasons, each piece numbered."""
    slugs = iter([*SLUG.findall(words)[:2], None, None])
    for number in range(CHUNKS):
        start = ""
        if number in (10, 24) and (slug := next(slugs)):
            start = f"\n\n[[{slug}]] "
        elif number == 36:
            start = "\n\n"
        yield f"{start}k{number:02d} 조용한 이야기를 골랐어요. "


async def answer(reader, writer):
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        if head.startswith("GET /log"):
            body = json.dumps(log).encode()
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        else:
            length = int(re.search(r"content-length: (\d+)", head, re.IGNORECASE)[1])
            request = json.loads(await reader.readexactly(length))
            if wire := wires.of(head.split(" ", 2)[1]):
                await speak(request, wire, writer)
            else:
                writer.write(b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
    writer.close()


async def speak(request, wire, writer):
    asked, wire, words = time.monotonic(), wire(request), wires.words_of(request)
    marks = MARK.findall(words)
    noted = log[marks[-1] if marks else "?"] = {"asked": asked, "wire": wire.NAME}
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + wire.begin())
    await asyncio.sleep(SILENCE)
    due = time.monotonic()
    for piece in pieces(words):
        await asyncio.sleep(max(0, due - time.monotonic()))
        due += PACE
        noted["last"] = time.monotonic()
        noted.setdefault("first", noted["last"])
        writer.write(wire.delta({"content": piece}))
        await writer.drain()
    writer.write(wire.finish("stop", wires.Usage(900, 300)))


async def serve(port):
    server = await asyncio.start_server(answer, "127.0.0.1", port, limit=2**22, backlog=512)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1])))
