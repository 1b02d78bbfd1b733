"""What the tests' stand-in for a model sends, the real client of each wire reads, and it reads what that sends."""

import json
import re
import subprocess
import sys
import threading
import urllib.request

import openai
import pytest
from openai.types.chat import ChatCompletion
from openai.types.responses import Response

from chatbot.bench import wires
from chatbot.bench.stack import ROOT, free_port

from .upstream import (
    HTTP,
    ErrorEvent,
    Failed,
    Finish,
    Thought,
    Upstream,
    Usage,
    calls,
    calls_of,
    last_of,
    recommends,
    slugs_offered,
    texts_of,
    tools_of,
    wire_of,
)

WIRES = ("chat", "responses")
ASKS = {
    "ko": "조용한 판타지 추천해 주세요",
    "en": "A quiet fantasy, please",
    "ja": "静かなファンタジーを教えてください",
}
SCHEMA = {"type": "object", "properties": {"required": {"type": "array", "items": {"type": "string"}}}}
SHELF = '<shelf>\n{"id": "lamplight", "title": "등불의 서고"}\n{"id": "harbour-2"}\n</shelf>\n'


@pytest.fixture
def server():
    server = Upstream()
    yield server
    server.close()


@pytest.fixture
def client(server):
    with openai.OpenAI(base_url=server.url, api_key="x", max_retries=0, timeout=10) as client:
        yield client


def sent(client, wire, ask="hello", *, stream=True, history=(), tools=False, **more):
    """Ask over one of the wires, with instructions and the history [(role, text)]."""
    exchange = [{"role": role, "content": text} for role, text in [*history, ("user", ask)]]
    function = {"name": "look_on_shelf", "parameters": SCHEMA}
    if wire == "chat":
        if tools:
            more["tools"] = [{"type": "function", "function": function}]
        if stream:
            more["stream_options"] = {"include_usage": True}
        messages = [{"role": "system", "content": "You are a librarian."}, *exchange]
        return client.chat.completions.create(model="test-model", messages=messages, stream=stream, **more)
    if tools:
        more["tools"] = [{"type": "function", "strict": False, **function}]
    return client.responses.create(
        model="test-model",
        instructions="You are a librarian.",
        input=exchange,
        stream=stream,
        store=False,
        include=["reasoning.encrypted_content"],
        **more,
    )


def told(client, wire, **options):
    """The text of a streamed answer."""
    if wire == "chat":
        return "".join(one.choices[0].delta.content or "" for one in sent(client, wire, **options) if one.choices)
    return "".join(one.delta for one in sent(client, wire, **options) if one.type == "response.output_text.delta")


# --- Responses, streamed -----------------------------------------------------------------------------------------

TEXT = ["response.content_part.added", "response.output_text.delta", "response.output_text.done"]
BEGUN, ADDED, DONE = (
    ["response.created", "response.in_progress"],
    "response.output_item.added",
    "response.output_item.done",
)


def events(client, **options):
    return list(sent(client, "responses", **options))


def kinds(found):
    """The types of events, a row of deltas as one."""
    names = [one.type for one in found]
    return [
        name for place, name in enumerate(names) if not (place and name == names[place - 1] and name.endswith("delta"))
    ]


def test_a_text_comes_as_the_responses_api_streams_it(client, server):
    server.says(["하나 ", "둘"])
    found = events(client)
    part = [*TEXT, "response.content_part.done"]
    assert kinds(found) == [*BEGUN, ADDED, *part, DONE, "response.completed"]
    assert [one.sequence_number for one in found] == list(range(len(found)))
    assert {one.item_id for one in found if hasattr(one, "item_id")} == {found[2].item.id}
    assert [one.response.status for one in (*found[:2], found[-1])] == ["in_progress", "in_progress", "completed"]
    assert found[-1].response.output_text == "하나 둘"
    assert found[-1].response.instructions == "You are a librarian."
    assert found[-1].response.output == [found[-2].item]


def test_every_event_and_object_is_of_the_declared_shape(client, server):
    """The client itself checks nothing; here each is held against the types it declares."""
    server.says([Thought("음, "), "앞 ", {"refusal": "no"}, *calls({"required": ["fantasy"]})])
    found = events(client, tools=True)
    assert len({one.type for one in found}) == 17
    for one in found:
        type(one).model_validate_json(one.model_dump_json(by_alias=True), strict=True)
    server.says(["x", Finish("length")], ["x", Failed("server_error", "oops")], ["x", ErrorEvent(flat=True)])
    for _ in range(3):
        last = events(client)[-1]
        type(last).model_validate_json(last.model_dump_json(by_alias=True), strict=True)


def test_what_is_thought_comes_first_with_what_the_server_wants_back(client, server):
    server.says([Thought("조용한 것… "), Thought("판타지."), "찾았어요."])
    found = events(client)
    thought, message = (one.item for one in found if one.type == DONE)
    assert [one.delta for one in found if one.type == "response.reasoning_summary_text.delta"] == [
        "조용한 것… ",
        "판타지.",
    ]
    assert ([part.text for part in thought.summary], message.content[0].text) == (["조용한 것… 판타지."], "찾았어요.")
    begun = next(one.item for one in found if one.type == ADDED)
    assert (begun.type, begun.id) == ("reasoning", thought.id)
    assert thought.encrypted_content.startswith(begun.encrypted_content)
    assert thought.encrypted_content != begun.encrypted_content
    assert found[-1].response.output_text == "찾았어요."


def test_what_is_thought_without_a_summary_is_an_item_alone(client, server):
    server.says([Thought(), "찾았어요."])
    found = events(client)
    assert not [one for one in found if one.type.startswith("response.reasoning_summary")]
    assert [one.item.type for one in found if one.type == DONE] == ["reasoning", "message"]


def test_a_call_is_an_item_of_its_own(client, server):
    server.says(["잠시만요. ", *calls({"required": ["판타지"]})])
    found = events(client, tools=True)
    call = found[-1].response.output[1]
    assert (call.type, call.call_id, call.name) == ("function_call", "call_a", "look_on_shelf")
    assert json.loads(call.arguments) == {"required": ["판타지"]}
    deltas = [one.delta for one in found if one.type == "response.function_call_arguments.delta"]
    assert (len(deltas), "".join(deltas)) == (3, call.arguments)
    assert {one.output_index for one in found if one.type.startswith("response.function_call")} == {1}
    assert found[-1].response.status == "completed"


def test_two_calls_are_two_items(client, server):
    server.says([*list(calls({"count": 1}))[:-1], *calls({"count": 2}, ident="call_b", index=1)])
    output = events(client, tools=True)[-1].response.output
    assert [(call.call_id, json.loads(call.arguments)) for call in output] == [
        ("call_a", {"count": 1}),
        ("call_b", {"count": 2}),
    ]


def test_a_call_that_no_protocol_knows_is_none_here_either(client, server):
    server.says([{"tool_calls": "look"}, {"tool_calls": [None, {"index": 0, "id": "x"}]}, Finish("tool_calls")])
    found = events(client, tools=True)
    assert [one.item for one in found if one.type == ADDED][:2] == ["look", None]
    assert [(call.call_id, call.name) for call in found[-1].response.output] == [("x", "")]


@pytest.mark.parametrize(
    ("end", "kind", "status", "why"),
    [
        (Finish("stop"), "response.completed", "completed", None),
        (Finish("length"), "response.incomplete", "incomplete", "max_output_tokens"),
        (Finish("content_filter"), "response.incomplete", "incomplete", "content_filter"),
    ],
)
def test_every_finish_reason_has_its_last_event(client, server, end, kind, status, why):
    server.says(["앞"])
    events(client)
    server.says(["앞", end])
    last = events(client)[-1]
    details = last.response.incomplete_details
    assert (last.type, last.response.status, details and details.reason) == (kind, status, why)
    assert last.response.output[0].status == status


def test_without_an_end_the_stream_just_ends(client, server):
    server.says(["앞", Finish(None)])
    assert kinds(events(client)) == [*BEGUN, ADDED, *TEXT[:2]]


def test_a_response_that_failed_says_why(client, server):
    server.says(["앞", Failed("rate_limit_exceeded", "slow down")])
    last = events(client)[-1]
    assert (last.type, last.response.status) == ("response.failed", "failed")
    assert (last.response.error.code, last.response.error.message) == ("rate_limit_exceeded", "slow down")


def test_an_error_comes_as_the_api_sends_it_or_as_its_reference_says(client, server):
    server.says(["앞", ErrorEvent("server_error", "oops", "input", flat=True)])
    last = events(client)[-1]
    assert (last.type, last.code, last.message, last.param) == ("error", "server_error", "oops", "input")
    server.says(["앞", ErrorEvent("server_error", "oops", "input")])
    with pytest.raises(openai.APIError, match="oops") as raised:
        events(client)
    assert (raised.value.code, raised.value.param) == ("server_error", "input")


def test_a_refusal_is_a_part_of_its_own_kind(client, server):
    server.says([{"refusal": "I cannot "}, {"refusal": "help."}])
    found = events(client)
    assert [one.delta for one in found if one.type == "response.refusal.delta"] == ["I cannot ", "help."]
    assert found[-1].response.output[0].content[0].refusal == "I cannot help."
    assert found[-1].response.output_text == ""


def test_the_clients_own_reading_of_a_stream_finds_the_same(client, server):
    server.says([Thought("음"), "하나 ", "둘 ", *calls({"count": 3})])
    tools = [{"type": "function", "name": "look_on_shelf", "parameters": SCHEMA, "strict": False}]
    with client.responses.stream(model="test-model", input="hello", tools=tools) as stream:
        snapshots = [one.snapshot for one in stream if one.type == "response.output_text.delta"]
        final = stream.get_final_response()
    assert (snapshots, final.output_text) == (["하나 ", "하나 둘 "], "하나 둘 ")
    assert final.output[2].arguments == '{"count": 3}'


# --- Chat completions, streamed ----------------------------------------------------------------------------------


def test_the_clients_own_reading_of_a_chat_finds_the_same(client, server):
    server.says([Thought("음"), "하나 ", "둘 ", *calls({"count": 3})])
    tools = [{"type": "function", "function": {"name": "look_on_shelf", "parameters": SCHEMA}}]
    messages = [{"role": "user", "content": "hello"}]
    with client.chat.completions.stream(model="test-model", messages=messages, tools=tools) as stream:
        deltas = [one.delta for one in stream if one.type == "content.delta"]
        final = stream.get_final_completion()
    (choice,) = final.choices
    assert (deltas, choice.message.content, choice.message.role) == (["하나 ", "둘 "], "하나 둘 ", "assistant")
    assert choice.finish_reason == "tool_calls"
    assert choice.message.tool_calls[0].function.arguments == '{"count": 3}'


def test_thoughts_of_a_chat_are_not_its_text(client, server):
    server.says([Thought("음"), "찾았어요."])
    chunks = [one for one in sent(client, "chat") if one.choices]
    assert [getattr(one.choices[0].delta, "reasoning_content", None) for one in chunks] == ["음", None, None]
    assert "".join(one.choices[0].delta.content or "" for one in chunks) == "찾았어요."


@pytest.mark.parametrize("end", [Failed("server_error", "oops"), ErrorEvent("server_error", "oops")])
def test_a_chat_that_breaks_down_says_so_in_its_stream(client, server, end):
    server.says(["앞", end])
    with pytest.raises(openai.APIError, match="oops"):
        list(sent(client, "chat"))


# --- Both --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_one_script_says_the_same_on_either_wire(client, server, wire, ask):
    server.says(recommends)
    assert told(client, wire, ask=f"{SHELF}{ask}") == (
        "말씀하신 이야기를 떠올리며 골랐어요.\n\n[[lamplight]] 차분한 분위기가 잘 맞아요.\n\n"
        "[[harbour-2]] 설정이 꼼꼼해요.\n\n더 밝은 쪽도 찾아볼까요?"
    )
    assert server.paths == [f"/v1{wires.of('/v1' + server.paths[0]).PATH}"]
    assert wire_of(server.requests[0]) == wires.of(server.paths[0]).NAME == wire


@pytest.mark.parametrize("wire", WIRES)
def test_usage_is_told_with_its_parts(client, server, wire):
    server.says(["앞", Finish(usage=Usage(1200, 90, cached=1024, cache_written=64, thought=50))])
    usage = (
        next(one.usage for one in sent(client, wire) if one.usage)
        if wire == "chat"
        else events(client)[-1].response.usage
    )
    if wire == "chat":
        read, written = usage.prompt_tokens_details, usage.completion_tokens_details
        assert (usage.prompt_tokens, usage.completion_tokens) == (1200, 90)
    else:
        read, written = usage.input_tokens_details, usage.output_tokens_details
        assert (usage.input_tokens, usage.output_tokens) == (1200, 90)
    assert (read.cached_tokens, read.cache_write_tokens, written.reasoning_tokens) == (1024, 64, 50)
    assert usage.total_tokens == 1290


@pytest.mark.parametrize("wire", WIRES)
def test_who_wants_it_whole_gets_it_whole(client, server, wire):
    server.says([Thought("음"), "하나 ", "둘 ", *calls({"count": 3})])
    answer = sent(client, wire, stream=False, tools=True)
    kind = ChatCompletion if wire == "chat" else Response
    kind.model_validate_json(answer.model_dump_json(by_alias=True), strict=True)
    if wire == "chat":
        message = answer.choices[0].message
        text, arguments, reason = (
            message.content,
            message.tool_calls[0].function.arguments,
            answer.choices[0].finish_reason,
        )
    else:
        text, arguments, reason = answer.output_text, answer.output[-1].arguments, answer.status
    assert (text, arguments) == ("하나 둘 ", '{"count": 3}')
    assert reason == ("tool_calls" if wire == "chat" else "completed")


@pytest.mark.parametrize("wire", WIRES)
def test_whole_answers_can_go_wrong_too(client, server, wire):
    server.says(["앞", Finish("length")])
    answer = sent(client, wire, stream=False)
    assert (answer.choices[0].finish_reason if wire == "chat" else answer.status) in ("length", "incomplete")
    server.says(["앞", ErrorEvent("server_error", "oops")])
    with pytest.raises(openai.InternalServerError, match="oops"):
        sent(client, wire, stream=False)
    server.says(["앞", Finish(None)])
    with pytest.raises(openai.APIConnectionError):
        sent(client, wire, stream=False)
    server.says(["앞", Failed("server_error", "oops")])
    if wire == "chat":
        with pytest.raises(openai.InternalServerError, match="oops"):
            sent(client, wire, stream=False)
    else:
        failed = sent(client, wire, stream=False)
        assert (failed.status, failed.error.message) == ("failed", "oops")


@pytest.mark.parametrize("wire", WIRES)
def test_statuses_headers_raw_lines_pauses_and_events_are_the_same_on_either_wire(client, server, wire):
    go_on = threading.Event()
    server.says(
        [HTTP(429, {"error": {"message": "slow down", "code": "x"}}, {"Retry-After": "7"})], ["앞", b"data: {oops\n\n"]
    )
    with pytest.raises(openai.RateLimitError, match="slow down") as raised:
        sent(client, wire)
    assert raised.value.response.headers["retry-after"] == "7"
    with pytest.raises(json.JSONDecodeError):
        told(client, wire)
    server.says(["앞 ", 0.1, go_on, "뒤"])
    threading.Timer(0.2, go_on.set).start()
    assert told(client, wire) == "앞 뒤"


@pytest.mark.parametrize("wire", WIRES)
def test_a_client_that_goes_away_is_noticed(client, server, wire):
    server.says(["앞", 30.0])
    stream = sent(client, wire)
    next(iter(stream))
    assert not server.cut_off.is_set()
    stream.close()
    assert server.cut_off.wait(5)


def test_a_path_that_no_wire_has_is_told_so(client, server):
    with pytest.raises(openai.NotFoundError):
        client.completions.create(model="test-model", prompt="hello")
    assert told(client, "chat")


# --- Reading -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_a_request_is_read_the_same_on_either_wire(client, server, wire, ask):
    told(client, wire, ask=f"{SHELF}{ask}", history=[("user", "먼저"), ("assistant", "네.")], tools=True)
    (request,) = server.requests
    assert texts_of(request) == [
        ("system", "You are a librarian."),
        ("user", "먼저"),
        ("assistant", "네."),
        ("user", f"{SHELF}{ask}"),
    ]
    assert (last_of(request, "user"), last_of(request, "tool")) == (f"{SHELF}{ask}", "")
    assert (tools_of(request), calls_of(request)) == (["look_on_shelf"], [])
    assert slugs_offered(request) == ["lamplight", "harbour-2"]


RESULT = 'These replace them.\n<shelf>\n{"id": "riddle"}\n</shelf>'
CALLED = {
    "chat": [
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [
                {"id": "call_a", "type": "function", "function": {"name": "look_on_shelf", "arguments": '{"count": 1}'}}
            ],
        },
        {"role": "tool", "tool_call_id": "call_a", "content": RESULT},
    ],
    "responses": [
        {"type": "reasoning", "id": "rs_0", "summary": [], "encrypted_content": "gAAAA"},
        {"type": "function_call", "call_id": "call_a", "name": "look_on_shelf", "arguments": '{"count": 1}'},
        {"type": "function_call_output", "call_id": "call_a", "output": RESULT},
    ],
}


@pytest.mark.parametrize("wire", WIRES)
def test_what_a_function_returned_is_the_last_word(client, server, wire):
    said = [{"role": "user", "content": SHELF}]
    create = client.chat.completions.create if wire == "chat" else client.responses.create
    create(**{"model": "m", "messages" if wire == "chat" else "input": [*said, *CALLED[wire]]})
    create(**{"model": "m", "messages" if wire == "chat" else "input": said})
    assert slugs_offered(server.requests[0]) == ["riddle"]
    assert texts_of(server.requests[0]) == [("user", SHELF), ("tool", RESULT)]
    assert calls_of(server.requests[0]) == [("call_a", "look_on_shelf", '{"count": 1}')]
    assert slugs_offered(server.requests[1]) == ["lamplight", "harbour-2"]


@pytest.mark.parametrize("parts", [{"type": "input_text", "text": "안녕"}, {"type": "text", "text": "안녕"}])
def test_text_in_parts_is_read_as_text(parts):
    assert texts_of({"input": [{"role": "user", "content": [parts, parts]}]}) == [("user", "안녕안녕")]
    assert texts_of({"messages": [{"role": "user", "content": [parts]}]}) == [("user", "안녕")]
    assert texts_of({"input": "안녕"}) == [("user", "안녕")]


CALL, RESULT_OF = ({"type": kind, "call_id": "call_a"} for kind in ("function_call", "function_call_output"))
THOUGHT = {"type": "reasoning", "id": "rs_0", "summary": []}
REFUSED = {
    "the other wire's messages": ({"messages": []}, "Unknown parameter: 'messages'"),
    "its options": ({"stream_options": {"include_usage": True}}, "Unknown parameter: 'stream_options.include_usage'"),
    "its functions": (
        {"tools": [{"type": "function", "function": {"name": "x"}}]},
        "Missing required .* 'tools\\[0\\].name'",
    ),
    "its choice": ({"tool_choice": {"type": "function", "function": {"name": "x"}}}, "'tool_choice.function'"),
    "its results": ({"input": [{"role": "tool", "content": "x"}]}, "Invalid value: 'tool'"),
    "its calls": (
        {"input": [{"role": "assistant", "content": None, "tool_calls": []}]},
        "Invalid type for 'input\\[0\\]",
    ),
    "parts of the wrong side": (
        {"input": [{"role": "assistant", "content": [{"type": "input_text", "text": "x"}]}]},
        "Invalid value: 'input_text'",
    ),
    "a call without a result": (
        {"input": [{**CALL, "name": "x", "arguments": "{}"}]},
        "No tool output found .* call_a",
    ),
    "a result without a call": ({"input": [{**RESULT_OF, "output": "x"}]}, "No tool call found .* call_a"),
    "a thought nobody kept": ({"input": [THOUGHT, {"role": "assistant", "content": "x"}]}, "'rs_0' not found"),
    "a thought alone": ({"input": [{**THOUGHT, "encrypted_content": "g"}]}, "without its required following item"),
}


@pytest.mark.parametrize(("fields", "message"), REFUSED.values(), ids=REFUSED)
def test_what_the_responses_api_refuses_is_refused_here(client, server, fields, message):
    server.says(["하나"], ["둘"])
    with pytest.raises(openai.APIStatusError, match=message):
        client.post("/responses", cast_to=object, body={"model": "m", "input": "x", "store": False, **fields})
    assert told(client, "responses") == "하나"
    assert len(server.requests) == 2


# --- The bench's model -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def benched():
    port = free_port()
    with subprocess.Popen([sys.executable, "-m", "chatbot.bench.upstream", str(port)], cwd=ROOT) as process:
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("ask", ASKS.values(), ids=ASKS)
def test_the_benchs_model_says_the_same_on_either_wire(benched, wire, ask):
    mark = f"qz{wire[:3]}{'abc'[[*ASKS.values()].index(ask)] * 3}zq"
    with openai.OpenAI(base_url=f"{benched}/v1", api_key="x", timeout=10, max_retries=5) as client:
        text = told(client, wire, ask=f"{SHELF}{ask} {mark}", history=[("user", "qzaaaaaazq")])
    assert re.findall(r"\bk(\d\d)\b", text) == [f"{number:02}" for number in range(40)]
    assert re.findall(r"\[\[(.*?)\]\]", text) == ["lamplight", "harbour-2"]
    with urllib.request.urlopen(f"{benched}/log") as log:
        noted = json.load(log)
    assert (noted[mark]["wire"], "qzaaaaaazq" in noted) == (wire, False)
    assert noted[mark]["asked"] < noted[mark]["first"] < noted[mark]["last"]
