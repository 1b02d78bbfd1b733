"""The Responses API: how OpenAI's own models take functions and reasoning together.

Nothing is stored there: what the model reasoned comes back encrypted and is sent along when the exchange goes on after
a call.

Since gpt-5.6 OpenAI's servers keep a prompt up to a breakpoint only, the last words where none is set, and find it again
only where a later prompt has the same words up to there. Ours end with what belongs to one ask; so the breakpoints stand
behind what stays: the rules, and each ask that is remembered.
"""

from django.utils.crypto import salted_hmac

from .events import (
    CALLS,
    FILTER,
    LENGTH,
    STOP,
    CallPart,
    Carried,
    Finished,
    Reasoning,
    Refusal,
    Used,
    Written,
    arguments_of,
    count_of,
    fault_of,
    of,
    short,
    text_of,
)
from .options import at_openai, effort, max_tokens, model_of, verbosity

NAME = "responses"
BREAKPOINT = "prompt_cache_breakpoint"
SENT_BACK = ("type", "id", "summary", "encrypted_content")  # of a reasoning item


def send(client, request):
    """The request, as a context that gives the response while it comes."""
    # As `extra_body` it is sent as it is; else the client would look through all of it for keys to rename.
    return client.responses.with_streaming_response.create(stream=request["stream"], extra_body=request)


def request(prompt, tools, brief):
    """The first request of a reply. `tools`: the functions to offer, if any."""
    desk = [{"role": "developer", "content": prompt.desk}] if prompt.desk else []
    made = {
        "model": model_of(brief),
        **_what_stays(prompt, [*desk, {"role": "user", "content": prompt.ask}]),
        "stream": True,
        "store": False,
        "include": ["reasoning.encrypted_content"],
        "prompt_cache_key": _hidden("conversation", brief.conversation),
        "safety_identifier": _hidden("reader", brief.reader),
    }
    if limit := max_tokens():
        made["max_output_tokens"] = limit
    if level := effort():
        made["reasoning"] = {"effort": level}
    if wordiness := verbosity():
        made["text"] = {"verbosity": wordiness}
    if tools:
        made |= {
            "tools": [{"type": "function", "strict": False, **tool} for tool in tools],
            "tool_choice": "auto",
            "parallel_tool_calls": False,
        }
    return made


def _what_stays(prompt, now):
    """The fields of a request that hold the words: what stays the same, and `now`, what belongs to this ask."""
    history = [{"role": role, "content": words} for role, words in prompt.history]
    if not at_openai():
        return {"instructions": prompt.system, "input": [*history, *now]}
    rules = {"role": "developer", "content": prompt.system}
    stays = [one if one["role"] == "assistant" else _kept_to_here(one) for one in (rules, *history)]
    return {"input": [*stays, *now], "prompt_cache_options": {"mode": "explicit"}}


def _kept_to_here(message):
    """`message` with a breakpoint behind it; the model's own words can carry none."""
    words = {"type": "input_text", "text": message["content"], BREAKPOINT: {"mode": "explicit"}}
    return {**message, "content": [words]}


def without_breakpoints(request):
    """`request` for a model that knows of none."""
    items = [
        {**item, "content": [{name: part[name] for name in part if name != BREAKPOINT} for part in item["content"]]}
        if isinstance(item.get("content"), list)
        else item
        for item in request["input"]
    ]
    return {**{name: value for name, value in request.items() if name != "prompt_cache_options"}, "input": items}


def _hidden(kind, ident):
    """Stands for one of ours with others, who cannot tell which one it is."""
    return salted_hmac(f"chatbot.wire.{kind}", str(ident), algorithm="sha256").hexdigest()[:32]


def go_on(request, answer, answered, *, may_call):
    """`request` with the model's calls and what each was answered. `answered`: Answered of each."""
    said = [{"role": "assistant", "content": answer.shown}] if answer.shown.strip() else []
    if any("phase" in item for item in answer.carried):
        said = []  # it is carried with its phase, without which newer models lose their thread
    calls, outputs = [], []
    for place, call in enumerate(answered):
        ident = call.ident or f"call{len(request['input']) + place:05d}"
        calls.append({"type": "function_call", "call_id": ident, "name": call.name, "arguments": call.arguments})
        outputs.append({"type": "function_call_output", "call_id": ident, "output": call.result})
    items = [*request["input"], *said, *answer.carried, *calls, *outputs]
    return {**request, "input": items} | ({} if may_call else {"tool_choice": "none"})


def reminded(request, words):
    """`request` with a last word to the model."""
    return {**request, "input": [*request["input"], {"role": "developer", "content": words}]}


def read(message):
    """What an event of the stream, or the whole response, tells: a list of events."""
    value = message.value
    kind = of(value, "type") or message.event or of(value, "object") or ""
    if kind == "response":
        return _whole(value)
    if reader := _READ.get(kind):
        return reader(value)
    if kind.startswith("response.reasoning"):
        return [Reasoning()]
    if kind == "error" or of(value, "error") or of(value, "detail"):
        return [fault_of(of(value, "error") or value)]
    return []


def _text(value):
    return [Written(text)] if (text := text_of(of(value, "delta"))) else []


def _refusal(value):
    return [Refusal(text)] if (text := text_of(of(value, "delta"))) else []


def _item_begun(value):
    item, index = of(value, "item"), _index(value)
    kind = of(item, "type")
    if kind == "reasoning":
        return [Reasoning()]
    if kind == "function_call":
        return [_call(item, index)]
    if kind == "message" and index:
        # Of two messages in one answer the second begins a paragraph.
        return [Written("\n\n")]
    return []


def _item_done(value):
    return _item(of(value, "item"), _index(value))


def _item(item, index):
    """What has to be known of a finished item besides the text, which came in pieces."""
    kind = of(item, "type")
    if kind == "function_call":
        return [_call(item, index, whole=True)]
    if kind == "reasoning" and isinstance(of(item, "encrypted_content"), str):
        return [Carried({"summary": [], **{name: item[name] for name in SENT_BACK if name in item}})]
    if kind == "message" and of(item, "phase"):
        return [Carried({"role": "assistant", "content": text_of(of(item, "content")), "phase": item["phase"]})]
    return []


def _call(item, index, whole=False):
    return CallPart(
        index=index,
        ident=short(of(item, "call_id") or of(item, "id"), 200),
        name=short(of(item, "name"), 80),
        arguments=arguments_of(of(item, "arguments")) if whole else "",
        whole=whole,
    )


def _arguments(value):
    delta = of(value, "delta")
    return [CallPart(index=_index(value), arguments=delta)] if isinstance(delta, str) else []


def _ended(value):
    """The last event: how it ended, and what it took."""
    response = of(value, "response") or value
    if error := of(response, "error"):
        return [fault_of(error)]
    usage, status = _used(of(response, "usage")), of(response, "status")
    if status in ("failed", "cancelled"):
        return [*usage, fault_of({"message": f"the response {status}", "code": "server_error"})]
    if status == "incomplete":
        reason = of(of(response, "incomplete_details"), "reason")
        return [*usage, Finished(FILTER if reason == "content_filter" else LENGTH)]
    called = any(of(item, "type") == "function_call" for item in _output(response))
    return [*usage, Finished(CALLS if called else STOP)]


def _whole(response):
    """A response that was not streamed."""
    events = []
    for index, item in enumerate(_output(response)):
        if of(item, "type") == "message":
            parts = of(item, "content")
            for part in parts if isinstance(parts, list) else ():
                if refusal := of(part, "refusal"):
                    events.append(Refusal(str(refusal)[:2000]))
            events += [Written("\n\n")] if events else []
            events.append(Written(text_of(parts)))
        events += _item(item, index)
    return events + _ended(response)


def _output(response):
    output = of(response, "output")
    return output if isinstance(output, list) else []


def _used(usage):
    if not isinstance(usage, dict):
        return []
    read = of(usage, "input_tokens_details")
    return [
        Used(
            read=count_of(usage, "input_tokens"),
            written=count_of(usage, "output_tokens"),
            cached=count_of(read, "cached_tokens"),
            cache_written=count_of(read, "cache_write_tokens"),
            reasoned=count_of(of(usage, "output_tokens_details"), "reasoning_tokens"),
        )
    ]


def _index(value):
    index = of(value, "output_index")
    return index if isinstance(index, int) else None


_READ = {
    "response.output_text.delta": _text,
    "response.refusal.delta": _refusal,
    "response.output_item.added": _item_begun,
    "response.output_item.done": _item_done,
    "response.function_call_arguments.delta": _arguments,
    "response.completed": _ended,
    "response.incomplete": _ended,
    "response.failed": _ended,
}
