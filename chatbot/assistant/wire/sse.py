"""A server's answer as the JSON values in it: an event stream, or one JSON text where it does not stream.

Tolerant where servers differ: events without data, comments, a byte order mark, any line end, events that no empty line
parts. Broken JSON raises ValueError, broken UTF-8 UnicodeDecodeError (a ValueError too).
"""

import codecs
import json
import re
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\n|\r(?!\Z)")
JSON_BEGINS = ("{", "[")
MAX_SHOWN = 500  # characters of an answer in no known form that are told


@dataclass(frozen=True, slots=True)
class Message:
    """One value of a stream; `event` is what the server calls it, mostly nothing."""

    value: object
    event: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer that was not streamed."""

    value: object
    event: str = ""


DONE = Message(None, "[DONE]")


async def read(chunks):
    """Yield Message and at last perhaps DONE, or one Whole. `chunks`: an asynchronous iterator of bytes."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    text, form = "", None
    async for chunk in chunks:
        text += decoder.decode(chunk)
        if form is None and (text := text.lstrip()):
            form = _Json() if text.startswith(JSON_BEGINS) else _Lines()
        if form:
            for message in form.take(text):
                yield message
            text = ""
    decoder.decode(b"", final=True)
    for message in form.end() if form else ():
        yield message


class _Json:
    """One JSON text."""

    def __init__(self):
        self.parts = []

    def take(self, text):
        self.parts.append(text)
        return ()

    def end(self):
        return [Whole(json.loads("".join(self.parts)))]


class _Lines:
    """The lines of an event stream, put together to events."""

    def __init__(self):
        self.event, self.data, self.rest, self.strange = "", [], "", ""
        self.is_stream = False

    def take(self, text):
        *lines, self.rest = LINE_END.split(self.rest + text)
        # One by one: what comes before a broken event is good.
        for line in lines:
            yield from self._line(line)

    def end(self):
        # What stands on a line without an end was cut off.
        lines = [self.rest[:-1], ""] if self.rest.endswith("\r") else [""]
        messages = [message for line in lines for message in self._line(line)]
        if self.strange and not self.is_stream:
            raise ValueError(f"neither an event stream nor JSON: {self.strange}")
        return messages

    def _line(self, line):
        if line:
            self._field(line)
            return ()
        event, data = self.event, self.data
        self.event, self.data = "", []
        return _messages(event, data)

    def _field(self, line):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self.data.append(value)
            self.is_stream = True
        elif name == "event":
            self.event = value
        elif name not in ("", "id", "retry"):
            self.strange = (self.strange + line)[:MAX_SHOWN]


def _messages(event, data):
    text = "\n".join(data).strip()
    if not text:
        return []
    try:
        return [_message(event, text)]
    except json.JSONDecodeError:
        if len(data) == 1:
            raise
        # No empty line between them: each line is an event.
        return [_message(event, line) for line in map(str.strip, data) if line]


def _message(event, text):
    return DONE if text.startswith("[DONE]") else Message(json.loads(text), event)
