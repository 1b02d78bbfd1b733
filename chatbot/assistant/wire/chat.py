"""Chat completions: what nearly every server speaks, OpenAI's older wire."""

from itertools import chain

from .events import (
    CALLS,
    FILTER,
    LENGTH,
    STOP,
    CallPart,
    Carried,
    Fault,
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

NAME = "chat"

REASONS = {
    **dict.fromkeys(("length", "max_tokens", "max_output_tokens", "model_length", "token_limit"), LENGTH),
    **dict.fromkeys(("content_filter", "safety", "recitation", "prohibited_content", "blocklist", "spii"), FILTER),
    **dict.fromkeys(("tool_calls", "function_call", "tool_use", "tool_call"), CALLS),
}
NO_REASON = {"", "null", "none"}  # written out by servers that have none yet
BROKEN_OFF = {"abort", "aborted", "cancelled", "canceled", "error", "insufficient_system_resource", "network_error"}
THOUGHTS = ("reasoning_content", "reasoning", "reasoning_details", "thinking")
SENT_BACK = ("reasoning_content", "reasoning_details")  # some refuse to go on after a call without them
EXTRA = ("extra_content", "thought_signature", "provider_specific_fields")


def send(client, request):
    """The request, as a context that gives the response while it comes."""
    # As `extra_body` it is sent as it is; else the client would look through all of it for keys to rename.
    return client.chat.completions.with_streaming_response.create(
        model=request["model"], messages=[], stream=request["stream"], extra_body=request
    )


def request(prompt, tools, brief):
    """The first request of a reply. `tools`: the functions to offer, if any."""
    made = {
        "model": model_of(brief),
        # One system message, and turns that alternate: the templates of some models refuse anything else.
        "messages": [
            {"role": "system", "content": prompt.system},
            *alternating(prompt.history),
            {"role": "user", "content": "\n\n".join(filter(None, (prompt.desk, prompt.ask)))},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if limit := max_tokens():
        made["max_completion_tokens" if at_openai() else "max_tokens"] = limit
    if level := effort():
        made["reasoning_effort"] = level
    if wordiness := verbosity():
        made["verbosity"] = wordiness
    if tools:
        offered = [{"type": "function", "function": tool} for tool in tools]
        made |= {"tools": offered, "tool_choice": "auto"}
    return made


def alternating(history):
    """`history` as messages whose roles alternate, beginning with the reader's."""
    messages = []
    for role, words in history:
        if messages and messages[-1]["role"] == role:
            messages[-1]["content"] += f"\n\n{words}"
        elif messages or role == "user":
            messages.append({"role": role, "content": words})
    if messages and messages[-1]["role"] == "user":
        # It was not answered; the ask that follows is a message of its own.
        messages.append({"role": "assistant", "content": "…"})
    return messages


def go_on(request, answer, answered, *, may_call):
    """`request` with the model's calls, in one message, and what each was answered. `answered`: Answered of each."""
    made = {"role": "assistant", "content": answer.shown or None, "tool_calls": []}
    results = []
    for place, call in enumerate(answered):
        # Nine letters and digits are what every server takes for an id.
        ident = call.ident or f"call{len(request['messages']) + place:05d}"
        function = {"name": call.name, "arguments": call.arguments}
        made["tool_calls"].append({"id": ident, "type": "function", "function": function, **call.extra})
        results.append({"role": "tool", "tool_call_id": ident, "content": call.result})
    for name in SENT_BACK:
        if thoughts := [carried[name] for carried in answer.carried if name in carried]:
            made[name] = "".join(thoughts) if isinstance(thoughts[0], str) else [*chain.from_iterable(thoughts)]
    messages = [*request["messages"], made, *results]
    return {**request, "messages": messages} | ({} if may_call else {"tool_choice": "none"})


def reminded(request, words):
    """`request` with a last word to the model."""
    *before, last = request["messages"]
    return {**request, "messages": [*before, {**last, "content": f"{last['content']}\n\n{words}"}]}


def read(message):
    """What a value of the stream, or the whole answer, tells: a list of events."""
    value = message.value
    if error := of(value, "error") or (value if message.event == "error" else None):
        return [fault_of(error)]
    if isinstance(value, dict) and not {"choices", "usage", "id", "object"} & set(value):
        # Anything else that is no chunk: {"detail": "…"}, {"message": "…"}.
        return [fault_of(value)] if of(value, "detail") or of(value, "message") else []
    events = _used(of(value, "usage"))
    # The last chunk, with the usage, has no choices; some servers send null for them.
    choices = of(value, "choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    delta = of(choice, "delta") or of(choice, "message")
    events += _thoughts(delta)
    if refusal := of(delta, "refusal"):
        events.append(Refusal(str(refusal)[:2000]))
    if text := text_of(of(delta, "content")):
        events.append(Written(text))
    events += _calls(delta)
    return events + _finished(of(choice, "finish_reason"), silent=not text and not of(delta, "tool_calls"))


def _finished(reason, silent):
    reason = reason.lower() if isinstance(reason, str) else ""
    if reason in NO_REASON:
        return []
    if reason in BROKEN_OFF:
        return [Fault(f"finish_reason {reason}", code="server_error")]
    # Some say "stop" with every piece: only one that comes alone is surely the last.
    return [Finished(REASONS.get(reason, STOP), sure=silent)]


def _thoughts(delta):
    events = []
    for name in THOUGHTS:
        if not (thought := of(delta, name)):
            continue
        events.append(Reasoning())
        if name in SENT_BACK and isinstance(thought, (str, list)):
            events.append(Carried({name: thought}))
    return events


def _calls(delta):
    pieces = of(delta, "tool_calls")
    events = []
    for piece in pieces if isinstance(pieces, list) else ():
        index = of(piece, "index")
        events.append(
            CallPart(
                index=index if isinstance(index, int) else None,
                ident=short(of(piece, "id"), 200),
                extra={name: piece[name] for name in EXTRA if of(piece, name)},
                **_function(of(piece, "function")),
            )
        )
    if function := of(delta, "function_call"):
        events.append(CallPart(old=True, **_function(function)))
    return events


def _function(function):
    return {"name": short(of(function, "name"), 80), "arguments": arguments_of(of(function, "arguments"))}


def _used(usage):
    if not isinstance(usage, dict):
        return []
    read, written = count_of(usage, "prompt_tokens"), count_of(usage, "completion_tokens")
    details = of(usage, "prompt_tokens_details")
    reasoned = count_of(of(usage, "completion_tokens_details"), "reasoning_tokens")
    if None not in (read, written, reasoned) and count_of(usage, "total_tokens") == read + written + reasoned:
        written += reasoned  # some count thoughts apart
    return [
        Used(
            read=read,
            written=written,
            cached=count_of(details, "cached_tokens") if details else count_of(usage, "prompt_cache_hit_tokens"),
            cache_written=count_of(details, "cache_write_tokens"),
            reasoned=reasoned,
        )
    ]
