"""What is asked of a server, by either wire, and what is left out when it refuses."""

import json
from datetime import date
from types import SimpleNamespace

import pytest

from chatbot import replies
from chatbot.assistant import chatgpt, wire
from chatbot.assistant.wire import chat, options, parts, responses, shutdowns
from chatbot.models import Turn
from chatbot.tests import factories
from chatbot.tests.upstream import HTTP, calls, recommends, texts_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(chatgpt, "FIRST_WAIT", 0.05)


@pytest.fixture
def openai(settings, monkeypatch):
    """As if the local server were OpenAI's own."""
    monkeypatch.setattr(options, "OPENAI", "127.0.0.1")
    settings.OPENAI_MODEL = "gpt-6-luna"


@pytest.fixture
def ask(reader, catalogue, upstream):
    def answered(*scripts, text="판타지 추천해 주세요", conversation=None):
        if scripts:
            upstream.says(*scripts)
        if conversation:
            turn = conversation.ask(text, key=factories.uuid.uuid4(), language="ko")
        else:
            turn = factories.begin(reader, text)
        turn = Turn.objects.claim(turn.pk, "test-worker")
        replies.write(turn)
        turn.refresh_from_db()
        return turn

    return answered


def refusal(param, message="Unsupported parameter", code="unsupported_parameter", status=400):
    return [
        HTTP(status, {"error": {"message": message, "code": code, "param": param, "type": "invalid_request_error"}})
    ]


# --- Which wire ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "setting", "name"),
    [
        ("", "auto", "responses"),
        ("https://api.openai.com/v1", "auto", "responses"),
        ("https://eu.api.openai.com/v1", "auto", "responses"),
        ("http://localhost:11434/v1", "auto", "chat"),
        ("https://api.openai.com.evil.example/v1", "auto", "chat"),
        ("", "chat", "chat"),
        ("http://localhost:8000/v1", "responses", "responses"),
    ],
)
def test_openai_itself_is_spoken_to_by_responses_and_others_by_chat(settings, address, setting, name):
    settings.OPENAI_BASE_URL, settings.OPENAI_API = address, setting
    assert name == wire.wire().NAME


# --- What is asked -------------------------------------------------------------------------------------------------


def test_openai_is_asked_for_little_effort_few_words_and_nothing_stored(ask, upstream, openai):
    turn = ask()
    assert (turn.state, upstream.paths) == ("done", ["/v1/responses"])
    request = upstream.requests[0]
    assert request["model"] == "gpt-6-luna"
    assert request["store"] is False
    assert request["include"] == ["reasoning.encrypted_content"]
    assert (request["reasoning"], request["text"]) == ({"effort": "low"}, {"verbosity": "low"})
    assert request["max_output_tokens"] == 4000
    assert [item["role"] for item in request["input"]] == ["developer", "developer", "user"]
    assert request["input"][-1]["content"] == "<ask>\n판타지 추천해 주세요\n</ask>"


def test_openai_keeps_what_stays_and_not_what_belongs_to_one_ask(ask, upstream, openai):
    first = ask()
    ask(conversation=first.conversation, text="더 밝은 걸로 추천해 주세요")

    def kept(request):
        return [
            (item["role"], part["text"])
            for item in request["input"]
            if isinstance(item["content"], list)
            for part in item["content"]
            if part.get("prompt_cache_breakpoint") == {"mode": "explicit"}
        ]

    before, now = map(kept, upstream.requests)
    assert [role for role, _ in before] == ["developer"]
    assert "Answer in Korean" in before[0][1]
    assert now == [*before, ("user", "판타지 추천해 주세요")]
    assert [request["prompt_cache_options"] for request in upstream.requests] == [{"mode": "explicit"}] * 2


def test_a_model_without_breakpoints_is_told_the_same(ask, upstream, openai):
    ask(refusal("prompt_cache_options", "Unsupported parameter"), recommends)
    refused, taken = upstream.requests
    assert texts_of(refused) == texts_of(taken)
    assert "prompt_cache_breakpoint" not in json.dumps(taken)


def test_another_server_is_told_nothing_that_the_settings_do_not_say(ask, upstream, settings):
    assert ask().state == "done"
    assert set(upstream.requests[0]) == {"model", "messages", "stream", "stream_options", "tools", "tool_choice"}
    settings.OPENAI_EFFORT, settings.OPENAI_VERBOSITY, settings.OPENAI_MAX_TOKENS = "medium", "high", 900
    ask(text="로맨스")
    request = upstream.requests[1]
    assert (request["reasoning_effort"], request["verbosity"], request["max_tokens"]) == ("medium", "high", 900)


def test_openai_by_chat_has_its_own_name_for_the_limit(ask, upstream, openai, settings):
    settings.OPENAI_API = "chat"
    ask()
    request = upstream.requests[0]
    assert (request["max_completion_tokens"], request["reasoning_effort"]) == (4000, "low")
    assert "max_tokens" not in request


def test_readers_and_conversations_are_hidden_from_the_server_and_told_apart(ask, upstream, openai, reader):
    first = ask()
    ask(conversation=first.conversation, text="더 밝은 걸로 추천해 주세요")
    ask()
    keys = [request["prompt_cache_key"] for request in upstream.requests]
    readers = {request["safety_identifier"] for request in upstream.requests}
    assert keys[0] == keys[1] != keys[2]
    assert len(readers) == 1
    for hidden in (*keys, *readers):
        assert len(hidden) == 32
        assert reader.username not in hidden
    sent = json.dumps(upstream.requests, ensure_ascii=False)
    assert reader.username not in sent


def test_by_chat_there_is_one_system_message_and_roles_alternate(ask, upstream):
    first = ask()
    ask(conversation=first.conversation, text="더 밝은 걸로 추천해 주세요")
    roles = [message["role"] for message in upstream.requests[1]["messages"]]
    assert roles == ["system", "user", "assistant", "user"]


def test_what_is_constant_comes_first_and_is_the_same_in_every_turn(ask, upstream):
    first = ask()
    ask(conversation=first.conversation, text="더 밝은 걸로 추천해 주세요")
    one, other = upstream.requests
    assert one["tools"] == other["tools"]
    assert one["messages"][0] == other["messages"][0]
    assert "lamplight" not in one["messages"][0]["content"]


@pytest.mark.parametrize(
    ("history", "roles"),
    [
        ([], []),
        ([("user", "a"), ("assistant", "b")], ["user", "assistant"]),
        ([("assistant", "b"), ("user", "a"), ("user", "c"), ("assistant", "d")], ["user", "assistant"]),
        ([("user", "a")], ["user", "assistant"]),
    ],
)
def test_a_history_with_gaps_still_alternates(history, roles):
    assert [message["role"] for message in chat.alternating(history)] == roles


# --- What is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("api", "param", "message", "gone"),
    [
        ("responses", "reasoning.effort", "Unsupported parameter: 'reasoning.effort'", "reasoning"),
        ("responses", "text.verbosity", "Unsupported value: 'low'", "text"),
        ("responses", "max_output_tokens", "Unsupported parameter", "max_output_tokens"),
        ("responses", "include", "Encrypted content is not supported with this model", "include"),
        ("responses", "prompt_cache_key", "Unknown parameter", "prompt_cache_key"),
        ("responses", "prompt_cache_options", "Unsupported parameter", "prompt_cache_options"),
        (
            "responses",
            "input",
            "Unknown parameter: 'input[0].content[0].prompt_cache_breakpoint'",
            "prompt_cache_options",
        ),
        ("responses", "safety_identifier", "Unknown parameter", "safety_identifier"),
        ("responses", "parallel_tool_calls", "Unsupported parameter", "parallel_tool_calls"),
        ("chat", "reasoning_effort", "Unsupported parameter", "reasoning_effort"),
        ("chat", "verbosity", "Unknown parameter: 'verbosity'", "verbosity"),
        ("chat", "max_completion_tokens", "Unsupported parameter", "max_completion_tokens"),
        ("chat", None, "unknown field stream_options", "stream_options"),
    ],
)
def test_what_is_refused_by_name_is_left_out_at_once_and_from_then_on(
    ask, upstream, openai, settings, api, param, message, gone
):
    settings.OPENAI_API = api
    turn = ask(refusal(param, message), recommends)
    assert (turn.state, turn.attempts) == ("done", 1)
    ask(text="로맨스 추천해 주세요")
    assert [gone in request for request in upstream.requests] == [True, False, False]
    others = set(upstream.requests[0]) - {gone}
    assert others == set(upstream.requests[1])


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_an_organisation_that_may_not_stream_is_answered_whole(ask, upstream, openai, settings, api):
    settings.OPENAI_API = api
    said = "Your organization must be verified to stream this model. Please go to … and click on Verify Organization."
    turn = ask(refusal("stream", said, "unsupported_value"), recommends)
    assert (turn.state, turn.tokens_in, turn.picks.count()) == ("done", 120, 2)
    assert [request["stream"] for request in upstream.requests] == [True, False]


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_a_call_and_its_answer_go_through_without_a_stream(ask, upstream, openai, settings, api):
    settings.OPENAI_API = api
    said = "Your organization must be verified to stream this model."
    script = list(calls({"required": ["mystery"]}))
    turn = ask(refusal("stream", said), script, recommends, text="수사물")
    assert (turn.state, turn.wish["required"]) == ("done", ["mystery"])


TOGETHER = (
    "Function tools with reasoning_effort are not supported for gpt-5.6-luna in /v1/chat/completions. "
    "To use function tools, use /v1/responses or set reasoning_effort to 'none'."
)


@pytest.mark.parametrize("tools", ["auto", "on"])
def test_functions_with_effort_go_on_without_effort(ask, upstream, settings, tools):
    settings.OPENAI_TOOLS = tools
    turn = ask(refusal("reasoning_effort", TOGETHER, None), recommends)
    assert (turn.state, turn.attempts) == ("done", 1)
    assert [request.get("reasoning_effort") for request in upstream.requests] == [None, "none"]
    assert "tools" in upstream.requests[1]
    ask(text="로맨스 추천해 주세요")
    assert upstream.requests[2]["reasoning_effort"] == "none"


def test_where_no_effort_is_none_the_function_goes(ask, upstream, openai, settings):
    settings.OPENAI_API = "chat"
    none = "Unsupported value: 'reasoning_effort' does not support 'none' with this model."
    turn = ask(
        refusal("reasoning_effort", TOGETHER, None),
        refusal("reasoning_effort", none, "unsupported_value"),
        refusal("reasoning_effort", TOGETHER, None),
        recommends,
    )
    assert turn.state == "done"
    assert "tools" not in upstream.requests[3]


def test_a_server_that_refuses_without_end_fails_in_plain_words(ask, upstream):
    turn = ask(refusal("tools", "tools are not supported"))
    assert (turn.state, turn.failure) == ("failed", "broken")
    assert len(upstream.requests) == 2


def test_a_prompt_too_long_is_not_taken_for_a_refusal_of_its_parts(ask, upstream):
    said = "This model's maximum context length is 4096 tokens. Reduce the length of the messages or tools."
    turn = ask(refusal("messages", said, "context_length_exceeded"))
    assert (turn.state, turn.failure, len(upstream.requests)) == ("failed", "too_long", 1)


def test_what_was_refused_is_known_to_all_processes_for_a_day(ask, upstream):
    ask(refusal("tools", "tools are not supported"), recommends)
    parts._known.clear()  # another process
    ask(text="로맨스 추천해 주세요")
    assert ["tools" in request for request in upstream.requests] == [True, False, False]
    (left_out,) = wire.connection().left_out
    assert (left_out.part, "tools are not supported" in left_out.detail) == ("tools", True)


def test_another_model_is_offered_everything_again(ask, upstream, settings):
    ask(refusal("tools", "tools are not supported"), recommends)
    settings.OPENAI_MODEL = "another"
    ask(text="로맨스 추천해 주세요")
    assert "tools" in upstream.requests[2]


def test_a_cache_that_is_away_does_not_cost_the_reply(ask, upstream, monkeypatch):
    def away(*args, **kwargs):
        raise OSError("no cache")

    monkeypatch.setattr("chatbot.assistant.wire.parts.cache", SimpleNamespace(get=away, set=away))
    assert ask(refusal("tools", "tools are not supported"), recommends).state == "done"


@pytest.mark.parametrize(
    ("base", "shown"),
    [
        ("", "OpenAI"),
        ("http://user:secret@host.example:8000/v1?api-key=secret", "host.example:8000/v1"),
    ],
)
def test_an_address_is_shown_without_what_is_secret_in_it(settings, base, shown):
    settings.OPENAI_BASE_URL = base
    assert parts.server() == shown


# --- Operators -----------------------------------------------------------------------------------------------------


def test_operators_and_watchers_see_what_is_left_out(ask, upstream, client):
    ask(refusal("tools", "tools are not supported here"), recommends)
    assert client.get("/healthz").json()["model"] == {"name": "test-model", "api": "chat", "left_out": ["tools"]}
    client.force_login(factories.make_reader("keeper", is_staff=True, is_superuser=True))
    page = client.get("/admin/latency/").content.decode()
    assert "tools are not supported here" in page
    assert "test-model" in page


def test_without_a_model_there_is_nothing_to_see(client, settings):
    assert "model" not in client.get("/healthz").json()
    client.force_login(factories.make_reader("keeper", is_staff=True, is_superuser=True))
    assert client.get("/admin/latency/").context["connection"] is None


def test_ends_that_are_announced_are_read_from_the_installed_client(settings):
    announced = shutdowns.announced()
    assert announced["gpt-5-mini"] == date(2026, 12, 11)
    assert announced["gpt-4o"] == date(2027, 1, 14)
    assert "gpt-6-luna" not in announced
    settings.OPENAI_BASE_URL, settings.OPENAI_MODEL = "", "gpt-5-mini"
    assert wire.connection().ends_on == date(2026, 12, 11)
    settings.OPENAI_BASE_URL = "http://localhost/v1"
    assert wire.connection().ends_on is None


def test_the_default_model_is_not_announced_to_end():
    from lightnovel import settings as ours

    assert ours.OPENAI_MODEL == "gpt-6-luna"
    assert ours.OPENAI_MODEL not in shutdowns.announced()


def test_wires_are_alike():
    names = ("NAME", "send", "request", "go_on", "reminded", "read")
    assert [[hasattr(one, name) for name in names] for one in (chat, responses)] == [[True] * 6] * 2


def test_texts_of_both_wires_say_the_same(ask, upstream, settings):
    said = []
    upstream.says(["안녕하세요, 어서 오세요."])  # with nothing offered, the shelf stays the same
    for api in ("chat", "responses"):
        settings.OPENAI_API = api
        ask()
        said.append("\n\n".join(text for _, text in texts_of(upstream.requests[-1])))
    assert said[0] == said[1]
