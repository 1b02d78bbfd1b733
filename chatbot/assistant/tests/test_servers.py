"""Servers in their own way: each was seen somewhere, and each is replayed here by a local server."""

import gzip
import json
import re
import zlib

import pytest

from chatbot import replies
from chatbot.assistant import chatgpt
from chatbot.assistant.wire import exchange
from chatbot.models import Turn
from chatbot.tests import factories
from chatbot.tests.upstream import HTTP, ErrorEvent, Failed, Finish, Thought, calls, calls_of, chunk, event, recommends

pytestmark = pytest.mark.django_db(transaction=True)

SAYS = "조용한 이야기를 골랐어요."


@pytest.fixture(params=["chat", "responses"])
def api(request, settings):
    settings.OPENAI_API = request.param
    return request.param


@pytest.fixture
def chat(settings):
    settings.OPENAI_API = "chat"


@pytest.fixture
def responses(settings):
    settings.OPENAI_API = "responses"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(chatgpt, "FIRST_WAIT", 0.05)


@pytest.fixture
def ask(reader, catalogue, upstream):
    def answered(*scripts, text="판타지 추천해 주세요"):
        upstream.says(*scripts)
        turn = Turn.objects.claim(factories.begin(reader, text).pk, "test-worker")
        replies.write(turn)
        turn.refresh_from_db()
        return turn

    return answered


def data(body):
    return b"data: " + json.dumps(body).encode() + b"\n\n"


# --- How a stream is written ---------------------------------------------------------------------------------------

NOISE = {
    "retry": b"retry: 3000\n\n",
    "bare data": b"data:\n\n",
    "empty data": b"data: \n\n",
    "ping": b"event: ping\n\n",
    "ping with data": b"event: ping\ndata: {}\n\n",
    "an id with a comment": b"id: 7\n: still here\n\n",
    "comments": b": OPENROUTER PROCESSING\n\n",
    "many empty lines": b"\n\n\n\n",
}


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_events_that_say_nothing_are_passed_over(ask, upstream, api, noise):
    turn = ask(["조용한 ", noise, "이야기를 ", noise, "골랐어요.", noise])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 1)


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_a_stream_may_begin_with_nothing_too(ask, upstream, chat, noise):
    turn = ask([noise, SAYS])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 1)


@pytest.mark.parametrize("end", [b"\r\n", b"\r", b"\n"])
def test_any_line_end_and_a_byte_order_mark_are_read(ask, upstream, chat, end):
    stream = chunk({"content": SAYS}) + chunk({}, "stop") + b"data: [DONE]\n\n"
    turn = ask([b"\xef\xbb\xbf" + stream.replace(b"\n", end), Finish(None, None)])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 1)


def test_a_stream_in_single_bytes_is_read(ask, upstream, chat):
    stream = json.dumps({"choices": [{"delta": {"content": "고양이 🐈 이야기예요."}}]}, ensure_ascii=False).encode()
    sent = b"data: " + stream + b"\r\n\r\n" + chunk({}, "stop")
    turn = ask([*(bytes([one]) for one in sent), Finish(None, None)])
    assert (turn.state, turn.reply) == ("done", "고양이 🐈 이야기예요.")


def test_events_that_no_empty_line_parts_are_read(ask, upstream, chat):
    stream = (chunk({"content": "조용한 "}) + chunk({"content": "이야기를 골랐어요."}) + chunk({}, "stop")).replace(
        b"\n\n", b"\n"
    )
    turn = ask([stream + b"\n", Finish(None, None)])
    assert (turn.state, turn.reply) == ("done", SAYS)


@pytest.mark.parametrize("packed", ["gzip", "deflate"])
def test_a_packed_stream_is_unpacked(ask, upstream, chat, packed):
    stream = chunk({"content": SAYS}) + chunk({}, "stop") + b"data: [DONE]\n\n"
    body = gzip.compress(stream) if packed == "gzip" else zlib.compress(stream)
    upstream.says([b""])
    upstream.answer = lambda http: _send(http, body, packed)
    turn = ask([b""])
    assert (turn.state, turn.reply) == ("done", SAYS)


def test_a_packed_answer_that_swells_is_given_up(ask, upstream, chat, monkeypatch):
    monkeypatch.setattr(exchange, "MAX_BYTES", 1_000_000)
    bomb = gzip.compress(b"data: " + b" " * 50_000_000)
    upstream.answer = lambda http: _send(http, bomb, "gzip")
    turn = ask([b""])
    assert (turn.state, turn.failure) == ("failed", "garbled")
    assert "more than 1000000 bytes" in turn.failure_detail


def test_an_answer_packed_otherwise_is_told_to_the_operators(ask, upstream, api):
    turn = ask([HTTP(200, {}, {"Content-Encoding": "br"})])
    assert (turn.state, turn.failure) == ("failed", "garbled")
    assert "packed: br" in turn.failure_detail


def _send(http, body, packed):
    http.rfile.read(int(http.headers["Content-Length"]))
    http.send_response(200)
    http.send_header("Content-Type", "text/event-stream")
    http.send_header("Content-Encoding", packed)
    http.send_header("Content-Length", str(len(body)))
    http.end_headers()
    http.wfile.write(body)


# --- How it ends ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["stop", "null", "none", ""])
def test_a_finish_reason_in_every_chunk_does_not_end_it(ask, upstream, chat, reason):
    pieces = [chunk({"content": word}, reason) for word in ("조용한 ", "이야기를 ")]
    turn = ask(
        [
            pieces[0],
            1.3,
            pieces[1],
            0.2,
            chunk({"content": "골랐어요."}, "stop"),
            b"data: [DONE]\n\n",
            Finish(None, None),
        ]
    )
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 1)


def test_a_finish_reason_in_every_chunk_and_no_end_is_whole_when_it_falls_silent(ask, upstream, chat, settings):
    settings.OPENAI_READ_TIMEOUT = 0.5
    turn = ask([chunk({"content": SAYS}, "stop"), 60.0])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 1)


def test_a_stream_that_ends_in_good_order_without_a_reason_is_whole(ask, upstream, chat):
    turn = ask([SAYS, b"data: [DONE]\n\n", Finish(None, None)])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 1)


def test_a_stream_cut_off_is_asked_for_again(ask, upstream, api):
    turn = ask(["조용한 이야", Finish(None)], [SAYS])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 2)


@pytest.mark.parametrize(
    ("reason", "failure"),
    [("max_tokens", "cut"), ("MAX_TOKENS", "cut"), ("SAFETY", "refused"), ("RECITATION", "refused")],
)
def test_reasons_are_understood_by_any_name(ask, upstream, chat, reason, failure):
    turn = ask([chunk({"content": "조용한 이야"}), chunk({}, reason), Finish(None, None)])
    assert (turn.state, turn.failure, len(upstream.requests)) == ("failed", failure, 1)


@pytest.mark.parametrize("reason", ["abort", "error", "insufficient_system_resource"])
def test_a_reason_that_tells_of_a_breakdown_is_asked_again(ask, upstream, chat, reason):
    turn = ask([chunk({"content": "조용한 이야"}), chunk({}, reason), Finish(None, None)], [SAYS])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 2)


def test_what_was_thought_all_the_way_is_told_to_the_operators(ask, upstream, responses):
    turn = ask([Thought("음…"), Finish("length", (900, 4000, 0, 0, 4000))])
    assert (turn.state, turn.failure, turn.tokens_reasoned) == ("failed", "cut", 4000)
    assert "4000 tokens of it thoughts" in turn.failure_detail


# --- Whole answers, and errors where none are expected -------------------------------------------------------------


def completion(**message):
    return {
        "id": "c",
        "object": "chat.completion",
        "choices": [{"index": 0, "message": {"role": "assistant", **message}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 120, "completion_tokens": 40, "total_tokens": 160},
    }


def test_whole_json_in_answer_to_a_stream_is_read(ask, upstream, chat):
    turn = ask([HTTP(200, completion(content=SAYS))])
    assert (turn.state, turn.reply, turn.tokens_in, len(upstream.requests)) == ("done", SAYS, 120, 1)


def test_a_whole_response_in_answer_to_a_stream_is_read(ask, upstream, responses):
    message = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": SAYS}]}
    usage = {"input_tokens": 120, "output_tokens": 40, "output_tokens_details": {"reasoning_tokens": 30}}
    body = {"object": "response", "status": "completed", "output": [{"type": "reasoning"}, message], "usage": usage}
    turn = ask([HTTP(200, body)])
    assert (turn.state, turn.reply, turn.tokens_reasoned, len(upstream.requests)) == ("done", SAYS, 30, 1)


def test_a_call_in_whole_json_is_followed(ask, upstream, chat):
    function = {"name": "look_on_shelf", "arguments": '{"required": ["mystery"]}'}
    call = completion(content=None, tool_calls=[{"id": "x", "type": "function", "function": function}])
    turn = ask([HTTP(200, call)], recommends, text="수사물")
    assert (turn.state, turn.wish["required"], len(upstream.requests)) == ("done", ["mystery"], 2)


@pytest.mark.parametrize(
    ("body", "failure", "said"),
    [
        ({"error": {"message": "the model is loading", "code": 503}}, "down", "the model is loading"),
        ({"error": "out of memory"}, "down", "out of memory"),
        ({"detail": "no such adapter"}, "down", "no such adapter"),
        ({"error": {"message": "quota", "code": "insufficient_quota"}}, "credit", "quota"),
    ],
)
def test_an_error_in_a_200_reaches_the_operators(ask, upstream, api, settings, body, failure, said):
    settings.OPENAI_ATTEMPTS = 1
    turn = ask([HTTP(200, body)])
    assert (turn.state, turn.failure) == ("failed", failure)
    assert said in turn.failure_detail
    assert said not in str(turn.failure_words)


def test_a_page_instead_of_an_answer_reaches_the_operators(ask, upstream, chat, settings):
    settings.OPENAI_ATTEMPTS = 1
    upstream.answer = lambda http: _send_page(http)
    turn = ask([b""])
    assert (turn.state, turn.failure) == ("failed", "garbled")
    assert "Please log in" in turn.failure_detail


def _send_page(http):
    http.rfile.read(int(http.headers["Content-Length"]))
    http.send_response(200)
    body = b"<!DOCTYPE html>\n<title>Please log in</title>\n"
    http.send_header("Content-Length", str(len(body)))
    http.end_headers()
    http.wfile.write(body)


@pytest.mark.parametrize("end", [Failed(), ErrorEvent(), ErrorEvent(flat=True)], ids=["failed", "error", "flat"])
def test_an_error_in_the_stream_is_asked_again(ask, upstream, api, end):
    turn = ask(["조용한 이야", end], [SAYS])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 2)


@pytest.mark.parametrize(
    ("code", "failure"),
    [("invalid_prompt", "refused"), ("insufficient_quota", "credit"), ("rate_limit_exceeded", "busy")],
)
@pytest.mark.parametrize("kind", [Failed, ErrorEvent])
def test_an_error_in_the_stream_is_told_for_what_it_is(ask, upstream, api, settings, kind, code, failure):
    settings.OPENAI_ATTEMPTS = 1
    turn = ask(["조용한 이야", kind(code, "no more")])
    assert (turn.state, turn.failure) == ("failed", failure)


# --- Time ----------------------------------------------------------------------------------------------------------


def test_the_first_word_may_take_longer_than_the_next(ask, upstream, api, settings):
    settings.OPENAI_READ_TIMEOUT, settings.OPENAI_FIRST_TIMEOUT = 0.5, 5.0
    turn = ask([1.2, SAYS])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 1)


def test_thoughts_in_the_middle_are_waited_for_as_well(ask, upstream, api, settings):
    settings.OPENAI_READ_TIMEOUT, settings.OPENAI_FIRST_TIMEOUT = 0.5, 5.0
    turn = ask(["조용한 책이에요.", Thought("음"), 1.2, "이야기를 골랐어요."])
    between = {"chat": "", "responses": "\n\n"}[api]  # there what follows thoughts is a message of its own
    assert (turn.state, turn.reply) == ("done", f"조용한 책이에요.{between}이야기를 골랐어요.")
    assert len(upstream.requests) == 1


def test_who_falls_silent_in_mid_sentence_is_asked_again(ask, upstream, api, settings):
    settings.OPENAI_READ_TIMEOUT, settings.OPENAI_FIRST_TIMEOUT = 0.5, 5.0
    turn = ask(["조용한 ", 60.0], [SAYS])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 2)
    assert upstream.cut_off.wait(5)


def test_signs_of_life_are_no_silence(ask, upstream, api, settings):
    settings.OPENAI_READ_TIMEOUT = settings.OPENAI_FIRST_TIMEOUT = 0.6
    turn = ask(
        [b": here\n\n", 0.4, b": here\n\n", 0.4, b": here\n\n", 0.4, SAYS]
        if settings.OPENAI_API == "chat"
        else ["", 0.4, b": here\n\n", 0.4, b": here\n\n", 0.4, SAYS]
    )
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", SAYS, 1)


def test_the_reader_is_told_that_she_thinks(ask, upstream, api):
    seen = []

    def thinks(request):
        yield Thought("어떤 책이 좋을까")
        yield 0.6
        seen.append(Turn.objects.get().phase)
        yield SAYS

    turn = ask(thinks)
    assert seen == ["thinking"]
    assert (turn.state, turn.reply) == ("done", SAYS)


def test_a_long_silence_is_told_as_thinking_too(ask, upstream, api, monkeypatch):
    monkeypatch.setattr(chatgpt, "THINKS_AFTER", 0.3)
    seen = []

    def slow(request):
        yield 1.0
        seen.append(Turn.objects.get().phase)
        yield SAYS

    ask(slow)
    assert seen == ["thinking"]


def test_thoughts_are_never_shown(ask, upstream, api):
    turn = ask([Thought("독자는 비밀을 좋아한다"), SAYS])
    assert turn.reply == SAYS


# --- Calls ---------------------------------------------------------------------------------------------------------


def piece(**fields):
    return {"tool_calls": [fields]}


def test_an_id_that_changes_with_each_piece_is_one_call(ask, upstream, chat):
    stream = [
        piece(index=0, id="a1", type="function", function={"name": "look_on_shelf", "arguments": '{"required":'}),
        piece(index=0, id="a2", type="function", function={"name": "look_on_shelf", "arguments": ' ["mys'}),
        piece(index=0, id="a3", type="function", function={"arguments": 'tery"]}'}),
        Finish("tool_calls"),
    ]
    turn = ask(stream, recommends, text="수사물")
    assert (turn.wish["required"], [call["fault"] for call in turn.calls]) == (["mystery"], [""])


def test_what_has_to_be_sent_back_with_a_call_is_sent_back(ask, upstream, chat):
    signature = {"google": {"thought_signature": "c2lnbmF0dXJl"}}
    stream = [
        {"reasoning_content": "수사물이라면 "},
        {"reasoning_content": "추리겠지"},
        piece(
            index=0,
            id="x",
            function={"name": "look_on_shelf", "arguments": '{"required": ["mystery"]}'},
            extra_content=signature,
        ),
        Finish("tool_calls"),
    ]
    turn = ask(stream, recommends, text="수사물")
    made = upstream.requests[1]["messages"][-2]
    assert made["reasoning_content"] == "수사물이라면 추리겠지"
    assert made["tool_calls"][0]["extra_content"] == signature
    assert "추리겠지" not in turn.reply


def test_a_server_that_refuses_thoughts_sent_back_is_asked_without_them(ask, upstream, chat):
    stream = [{"reasoning_content": "음"}, *calls({"required": ["mystery"]})]
    refusal = HTTP(400, {"error": {"message": "'messages.3': property 'reasoning_content' is unsupported"}})
    turn = ask(stream, [refusal], recommends, text="수사물")
    assert turn.state == "done"
    assert "reasoning_content" in upstream.requests[1]["messages"][-2]
    assert "reasoning_content" not in upstream.requests[2]["messages"][-2]


def test_encrypted_reasoning_is_carried_over_a_call(ask, upstream, responses):
    turn = ask([Thought("수사물이라면 추리"), *calls({"required": ["mystery"]})], recommends, text="수사물")
    assert (turn.state, turn.wish["required"]) == ("done", ["mystery"])
    items = upstream.requests[1]["input"][len(upstream.requests[0]["input"]) :]
    assert [item["type"] for item in items] == ["reasoning", "function_call", "function_call_output"]
    assert items[0]["encrypted_content"]
    assert items[1]["call_id"] == items[2]["call_id"] == "call_a"


def test_what_was_said_before_a_call_goes_back_with_its_phase(ask, upstream, responses):
    message = {"type": "message", "role": "assistant", "phase": "commentary"}
    content = [{"type": "output_text", "text": "잠시만요, 찾아볼게요."}]
    call = {"type": "function_call", "call_id": "a", "name": "look_on_shelf", "arguments": '{"required": ["mystery"]}'}
    body = {"object": "response", "status": "completed", "output": [{**message, "content": content}, call]}
    turn = ask([HTTP(200, body)], recommends, text="수사물")
    assert turn.reply.startswith("잠시만요, 찾아볼게요.\n\n")
    said = [item for item in upstream.requests[1]["input"] if item.get("role") == "assistant"]
    assert said == [{"role": "assistant", "content": "잠시만요, 찾아볼게요.", "phase": "commentary"}]


@pytest.mark.parametrize("ident", ["", None])
def test_an_id_that_we_make_up_has_nine_letters_and_digits(ask, upstream, chat, ident):
    function = {"name": "look_on_shelf", "arguments": '{"required": ["mystery"]}'}
    ask([piece(index=0, id=ident, function=function), Finish("tool_calls")], recommends, text="수사물")
    ((ident, _, _),) = calls_of(upstream.requests[1])
    assert re.fullmatch(r"[a-zA-Z0-9]{9}", ident)


def test_thoughts_in_parts_of_the_content_are_not_shown(ask, upstream, chat):
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "비밀"}]}
    turn = ask([{"content": [thought, {"type": "text", "text": SAYS}]}])
    assert turn.reply == SAYS


def test_tokens_of_thoughts_that_are_counted_apart_are_added(ask, upstream, chat):
    usage = {
        "prompt_tokens": 100,
        "completion_tokens": 20,
        "total_tokens": 150,
        "completion_tokens_details": {"reasoning_tokens": 30},
        "prompt_tokens_details": {"cached_tokens": 64},
    }
    turn = ask([SAYS, chunk({}, "stop"), data({"choices": [], "usage": usage}), Finish(None, None)])
    assert (turn.tokens_in, turn.tokens_out, turn.tokens_reasoned, turn.tokens_cached) == (100, 50, 30, 64)


# --- Addresses -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tail", ["?api-version=2026-10-01", "/?api-version=2026-10-01"])
def test_a_base_address_with_a_query_keeps_it(ask, upstream, api, settings, tail):
    settings.OPENAI_BASE_URL = upstream.url + tail
    assert ask([SAYS]).state == "done"
    path = {"chat": "/v1/chat/completions", "responses": "/v1/responses"}[api]
    assert upstream.paths == [f"{path}?api-version=2026-10-01"]


def test_unknown_events_are_passed_over(ask, upstream, responses):
    turn = ask(["조용한 ", event("response.mood.delta", delta="비밀"), "이야기를 골랐어요."])
    assert turn.reply == SAYS
