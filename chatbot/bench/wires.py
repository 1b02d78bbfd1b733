"""How the server of a model reads and writes its two wires: chat completions, and the Responses API.

For whoever stands in for one: the tests', the chaos run's and this bench's. It lies here because the bench's may load
nothing but the standard library. It takes nothing from the product either: a mistake of ours about a wire would be made
at both of its ends, and be seen at neither.

A wire is made for one request. `begin`, `delta`, `finish`, `failed` and `error` return the bytes to send; `whole`,
`whole_failed` and `whole_error` return (status, body) for who did not ask for a stream.
"""

import itertools
import json
from typing import NamedTuple

CHAT, RESPONSES = "chat", "responses"


class Usage(NamedTuple):
    """Tokens; `cached` and `cache_written` are among those read, `thought` among those written."""

    read: int
    written: int
    cached: int = 0
    cache_written: int = 0
    thought: int = 0


def of(path):
    """The wire that is spoken at a path; None where a server has none."""
    path = path.partition("?")[0].rstrip("/")
    return next((wire for wire in (Chat, Responses) if path.endswith(wire.PATH)), None)


# --- Reading a request -------------------------------------------------------------------------------------------


def wire_of(request):
    return RESPONSES if "input" in request else CHAT


def texts_of(request):
    """[(role, text)] in their order, the same for both wires: instructions are the system's, what a function returned
    is a "tool"'s. Calls, thoughts and empty messages are left out."""
    given = request["input"] if "input" in request else request["messages"]
    said = [("system", request.get("instructions"))]
    for item in [{"role": "user", "content": given}] if isinstance(given, str) else given:
        if item.get("type") == "function_call_output":
            said.append(("tool", text_of(item["output"])))
        elif "role" in item:
            said.append((item["role"], text_of(item.get("content"))))
    return [(role, text) for role, text in said if text]


def words_of(request):
    """All that a request says, in one text."""
    return "\n".join(text for _, text in texts_of(request))


def last_of(request, role):
    """The last text of that role; empty where there is none."""
    return next((text for speaker, text in reversed(texts_of(request)) if speaker == role), "")


def tools_of(request):
    """The names of the functions a request offers."""
    return [(tool.get("function") or tool)["name"] for tool in request.get("tools") or ()]


def calls_of(request):
    """[(id, name, arguments)] of the calls a request tells again."""
    if "input" in request:
        calls = [item for item in request["input"] if isinstance(item, dict) and item.get("type") == "function_call"]
        return [(call["call_id"], call["name"], call["arguments"]) for call in calls]
    calls = [call for message in request["messages"] for call in message.get("tool_calls") or ()]
    return [(call["id"], call["function"]["name"], call["function"]["arguments"]) for call in calls]


def text_of(content):
    """Text, also where it comes in parts."""
    if isinstance(content, list):
        return "".join(text_of(part.get("text")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


# --- Chat completions --------------------------------------------------------------------------------------------


def chunk(delta, finish=None, *, model="test-model", **more):
    """One chunk of a chat completion, as it is sent."""
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": model,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        **more,
    }
    return b"data: " + json.dumps(body).encode() + b"\n\n"


class Chat:
    NAME, PATH = CHAT, "/chat/completions"

    def __init__(self, request):
        self.model = request.get("model") or "test-model"
        self.counts = bool((request.get("stream_options") or {}).get("include_usage"))
        self.deltas = []

    def begin(self):
        return b""

    def delta(self, fields):
        """`fields`: a delta as chat completions have it, whatever is in it."""
        if not self.deltas:
            fields = {"role": "assistant", **fields}
        self.deltas.append(fields)
        return chunk(fields, model=self.model)

    def finish(self, reason, usage=None):
        """`reason`: None where the stream just ends."""
        said = chunk({}, reason, model=self.model) if reason else b""
        if usage and self.counts:
            said += chunk({}, model=self.model, choices=[], usage=_chat_usage(usage))
        return said + (b"data: [DONE]\n\n" if reason else b"")

    def failed(self, code, message):
        return self.error(code, message)

    def error(self, code, message, param=None, *, flat=False):
        return b"data: " + json.dumps(_error(code, message, param)).encode() + b"\n\n"

    def whole(self, reason, usage=None):
        choice = {"index": 0, "message": self._message(), "finish_reason": reason}
        completion = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": self.model}
        return 200, {**completion, "choices": [choice], "usage": _chat_usage(usage) if usage else None}

    def whole_failed(self, code, message):
        return self.whole_error(code, message)

    def whole_error(self, code, message, param=None):
        return 500, _error(code, message, param)

    def _message(self):
        message = {"role": "assistant", "content": None, "refusal": None}
        for name in ("content", "refusal", "reasoning_content"):
            if pieces := [text_of(delta[name]) for delta in self.deltas if name in delta]:
                message[name] = "".join(pieces)
        if calls := self._calls():
            message["tool_calls"] = calls
        return message

    def _calls(self):
        calls = {}
        for piece in itertools.chain.from_iterable(delta.get("tool_calls", ()) for delta in self.deltas):
            empty = {"id": piece.get("id"), "type": "function", "function": {"name": "", "arguments": ""}}
            call = calls.setdefault(piece.get("index"), empty)
            for name, value in piece.get("function", {}).items():
                call["function"][name] += value
        return list(calls.values())


def _chat_usage(usage):
    return {
        "prompt_tokens": usage.read,
        "completion_tokens": usage.written,
        "total_tokens": usage.read + usage.written,
        "prompt_tokens_details": {"cached_tokens": usage.cached, "cache_write_tokens": usage.cache_written},
        "completion_tokens_details": {"reasoning_tokens": usage.thought},
    }


def _error(code, message, param=None):
    return {"error": {"message": message, "type": code, "param": param, "code": code}}


# --- Responses ---------------------------------------------------------------------------------------------------


def event(kind, **fields):
    """One event of the Responses API, as it is sent."""
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **fields})}\n\n".encode()


INCOMPLETE = {"length": "max_output_tokens", "content_filter": "content_filter"}


class Responses:
    NAME, PATH = RESPONSES, "/responses"

    def __init__(self, request):
        self.request, self.items, self.numbers = request, [], itertools.count()
        self.open = None  # the item that is being written, the last of `items`

    def begin(self):
        response = self._response("in_progress")
        return self._events(
            ("response.created", {"response": response}), ("response.in_progress", {"response": response})
        )

    def delta(self, fields):
        """`fields`: a delta as chat completions have it. What means nothing there is sent as an item."""
        said = b""
        if "reasoning_content" in fields:
            said += self._grow(_Thought, fields["reasoning_content"])
        if text := text_of(fields.get("content")):
            said += self._grow(_Text, text)
        if refusal := fields.get("refusal"):
            said += self._grow(_Refusal, refusal)
        pieces = fields.get("tool_calls") or ()
        for piece in pieces if isinstance(pieces, (list, tuple)) else [pieces]:
            said += self._grow_call(piece)
        if old := fields.get("function_call"):
            said += self._grow_call({"function": old})
        return said

    def finish(self, reason, usage=None):
        """`reason`: as of chat completions; None where the stream just ends."""
        if reason is None:
            return b""
        said = self._close("incomplete" if reason in INCOMPLETE else "completed")
        response = self._ended(reason, usage)
        return said + self._events((f"response.{response['status']}", {"response": response}))

    def failed(self, code, message):
        return self._events(("response.failed", {"response": self._failed(code, message)}))

    def error(self, code, message, param=None, *, flat=False):
        """`flat`: as the API's reference has it, and not as the API sends it."""
        fields = _error(code, message, param)
        return self._events(("error", fields["error"] | {"type": "error"} if flat else fields))

    def whole(self, reason, usage=None):
        self._close("incomplete" if reason in INCOMPLETE else "completed")
        return 200, self._ended(reason, usage)

    def whole_failed(self, code, message):
        return 200, self._failed(code, message)

    def whole_error(self, code, message, param=None):
        return 500, _error(code, message, param)

    def _events(self, *events):
        return b"".join(event(kind, sequence_number=next(self.numbers), **fields) for kind, fields in events)

    def _grow(self, kind, piece, *, like=None):
        said = b""
        if type(self.open) is not kind or not self.open.is_same(like):
            said += self._close("completed") + self._begin_item(kind(len(self.items), like))
        return said + self._events(*self.open.grown(piece))

    def _grow_call(self, piece):
        if not isinstance(piece, dict):
            return self._events(("response.output_item.added", {"output_index": len(self.items), "item": piece}))
        return self._grow(_Call, piece, like=piece)

    def _begin_item(self, item):
        self.items.append(item)
        self.open = item
        return self._events(*item.begun())

    def _close(self, status):
        done, self.open = self.open, None
        return self._events(*done.done(status)) if done else b""

    def _ended(self, reason, usage):
        if reason in INCOMPLETE:
            return self._response("incomplete", usage, incomplete_details={"reason": INCOMPLETE[reason]})
        return self._response("completed", usage, completed_at=2)

    def _failed(self, code, message):
        return self._response("failed", error={"code": code, "message": message})

    def _response(self, status, usage=None, **more):
        """What the request set comes back with every response, instructions and all, as the API does it."""
        asked = self.request
        return {
            "id": "resp_1",
            "object": "response",
            "created_at": 1,
            "status": status,
            "error": None,
            "incomplete_details": None,
            "instructions": asked.get("instructions"),
            "max_output_tokens": asked.get("max_output_tokens"),
            "metadata": {},
            "model": asked.get("model") or "test-model",
            "output": [item.item for item in self.items],
            "parallel_tool_calls": True,
            "previous_response_id": None,
            "reasoning": asked.get("reasoning") or {"effort": None, "summary": None},
            "store": asked.get("store", True),
            "temperature": 1.0,
            "text": asked.get("text") or {"format": {"type": "text"}},
            "tool_choice": asked.get("tool_choice") or "auto",
            "tools": asked.get("tools") or [],
            "top_p": 1.0,
            "truncation": "disabled",
            "usage": _responses_usage(usage) if usage else None,
            **more,
        }


def _responses_usage(usage):
    return {
        "input_tokens": usage.read,
        "input_tokens_details": {"cached_tokens": usage.cached, "cache_write_tokens": usage.cache_written},
        "output_tokens": usage.written,
        "output_tokens_details": {"reasoning_tokens": usage.thought},
        "total_tokens": usage.read + usage.written,
    }


class _Item:
    """One item of the output: `item` as it stands now, and the events of its life as (kind, fields)."""

    def __init__(self, index, item):
        self.index, self.item = index, item
        self.place = {"item_id": item["id"], "output_index": index}

    def is_same(self, like):
        """Whether a piece goes on with this item."""
        return True

    def added(self):
        return "response.output_item.added", {"output_index": self.index, "item": dict(self.item)}

    def ended(self, status):
        self.item |= {"status": status}
        return "response.output_item.done", {"output_index": self.index, "item": dict(self.item)}


class _Text(_Item):
    """A message of one part."""

    KIND, FIELD, MORE, BESIDE = "output_text", "text", {"annotations": [], "logprobs": []}, {"logprobs": []}

    def __init__(self, index, like=None):
        item = {"id": f"msg_{index}", "type": "message", "status": "in_progress", "role": "assistant", "content": []}
        super().__init__(index, item)
        self.place |= {"content_index": 0}
        self.said = []

    def _part(self):
        return {"type": self.KIND, self.FIELD: "".join(self.said), **self.MORE}

    def begun(self):
        return self.added(), ("response.content_part.added", {**self.place, "part": self._part()})

    def grown(self, piece):
        self.said.append(piece)
        return ((f"response.{self.KIND}.delta", {**self.place, "delta": piece, **self.BESIDE}),)

    def done(self, status):
        part = self._part()
        self.item["content"] = [part]
        return (
            (f"response.{self.KIND}.done", {**self.place, self.FIELD: part[self.FIELD], **self.BESIDE}),
            ("response.content_part.done", {**self.place, "part": part}),
            self.ended(status),
        )


class _Refusal(_Text):
    KIND, FIELD, MORE, BESIDE = "refusal", "refusal", {}, {}


class _Thought(_Item):
    """What the model thinks: a summary, and the whole for none but the server to read."""

    def __init__(self, index, like=None):
        super().__init__(index, {"id": f"rs_{index}", "type": "reasoning", "summary": [], "encrypted_content": "gAAAA"})
        self.place |= {"summary_index": 0}
        self.said = []

    def begun(self):
        return (self.added(),)

    def grown(self, piece):
        if not piece:  # thought, and no summary of it
            return ()
        events = [("response.reasoning_summary_text.delta", {**self.place, "delta": piece})]
        if not self.said:
            events.insert(0, ("response.reasoning_summary_part.added", {**self.place, "part": self._part()}))
        self.said.append(piece)
        return events

    def _part(self):
        return {"type": "summary_text", "text": "".join(self.said)}

    def done(self, status):
        # Only now it is whole: what was added began with it.
        self.item["encrypted_content"] = f"gAAAA-of-{self.item['id']}"
        events = []
        if self.said:
            part = self._part()
            self.item["summary"] = [part]
            events += [
                ("response.reasoning_summary_text.done", {**self.place, "text": part["text"]}),
                ("response.reasoning_summary_part.done", {**self.place, "part": part}),
            ]
        return [*events, self.ended(status)]


class _Call(_Item):
    """A function call. `like`: the piece of chat completions it begins with; its id may be missing there, and here."""

    def __init__(self, index, like):
        self.key = like.get("index")
        name = (like.get("function") or {}).get("name") or ""
        call = {"id": f"fc_{index}", "type": "function_call", "status": "in_progress", "arguments": "", "name": name}
        super().__init__(index, call | {"call_id": like.get("id") or ""})

    def is_same(self, like):
        return like.get("id") in (None, "", self.item["call_id"]) and like.get("index") in (None, self.key)

    def begun(self):
        return (self.added(),)

    def grown(self, piece):
        function = piece.get("function") or {}
        self.item["name"] = self.item["name"] or function.get("name") or ""
        arguments, before = function.get("arguments"), self.item["arguments"]
        if not arguments:
            return ()
        # A server that writes something else than text here does so on either wire.
        self.item["arguments"] = (
            before + arguments if isinstance(arguments, str) and isinstance(before, str) else arguments
        )
        return (("response.function_call_arguments.delta", {**self.place, "delta": arguments}),)

    def done(self, status):
        arguments = {**self.place, "arguments": self.item["arguments"]}
        return ("response.function_call_arguments.done", arguments), self.ended(status)
