"""The client's manners on either wire, judged by llmock: every fault it can script, and its verdict on how we took it.

llmock breaks both wires alike, as it does so below them. What it never says on the Responses API (a response that
failed, an error event, a thought) the tests' own model does.
"""

import pytest

from chatbot import replies
from chatbot.models import Turn
from chatbot.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


PATHS = {"chat": "/v1/chat/completions", "responses": "/v1/responses"}
# Chunks after which the first piece of text or of a call has come: the Responses API announces each part before.
BEGUN = {"chat": 2, "responses": 5}


@pytest.fixture(params=PATHS)
def wire(request):
    return request.param


@pytest.fixture
def begun(wire):
    return BEGUN[wire]


@pytest.fixture
def answered(reader, catalogue, llmock, settings, wire):
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = f"{llmock.url}/v1", "test-key"
    settings.OPENAI_API = wire
    settings.OPENAI_READ_TIMEOUT = settings.OPENAI_FIRST_TIMEOUT = 2.0

    def answer():
        turn = Turn.objects.claim(factories.begin(reader).pk, "test-worker")
        replies.write(turn)
        turn.refresh_from_db()
        assert {request.path for request in llmock.requests} == {PATHS[wire]}
        return turn

    return answer


def test_an_undisturbed_exchange_is_done(answered, llmock):
    assert answered().state == "done"
    llmock.assert_resilient(strict=True)


PASSING = {
    "rate limit": lambda llmock, begun: llmock.rate_limit(times=1, retry_after=1),
    "500": lambda llmock, begun: llmock.fail(500, times=1),
    "503 twice": lambda llmock, begun: llmock.fail(503, times=2),
    "disconnect": lambda llmock, begun: llmock.disconnect(after_chunks=begun, times=1),
    "disconnect at once": lambda llmock, begun: llmock.disconnect(after_chunks=1, times=1),
    "truncate": lambda llmock, begun: llmock.truncate(after_chunks=begun, times=1),
    "truncate at once": lambda llmock, begun: llmock.truncate(after_chunks=1, times=1),
    "corrupt": lambda llmock, begun: llmock.corrupt(after_chunks=begun, times=1),
    "corrupt at once": lambda llmock, begun: llmock.corrupt(after_chunks=0, times=1),
    "stall": lambda llmock, begun: llmock.stall(after_chunks=begun, seconds=10, times=1),
    "stall at once": lambda llmock, begun: llmock.stall(seconds=10, times=1),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_a_passing_fault_is_mended(answered, llmock, begun, fault):
    fault(llmock, begun)
    assert answered().state == "done"
    assert llmock.requests[0].fault
    llmock.assert_resilient()  # not strict: its warnings depend on which of two requests it saw end first


@pytest.mark.parametrize("fault", ["slow_first_token", "delay"])
def test_what_only_takes_long_is_waited_for(answered, llmock, fault):
    getattr(llmock, fault)(1, times=1)
    turn = answered()
    assert turn.state == "done"
    assert llmock.requests[0].ended_at - llmock.requests[0].started_at >= 1
    llmock.assert_resilient()


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (lambda llmock, begun: llmock.fail(401, times=None), "key"),
        (lambda llmock, begun: llmock.fail(404, times=None), "key"),
        (lambda llmock, begun: llmock.context_overflow(), "too_long"),
        (lambda llmock, begun: llmock.outage(), "down"),
        (lambda llmock, begun: llmock.truncate(after_chunks=begun, times=None), "cut"),
    ],
    ids=["bad key", "no such model", "context overflow", "outage", "always truncated"],
)
def test_a_lasting_fault_ends_in_plain_words(answered, llmock, begun, fault, failure):
    fault(llmock, begun)
    turn = answered()
    assert (turn.state, turn.failure) == ("failed", failure)
    if failure != "cut":  # the verdict wants a retry after every cut stream, so also after the last attempt
        llmock.assert_resilient()


WITH_FUNCTIONS = {
    "no call": lambda llmock, begun: llmock.tool_mode("off"),
    "a call": lambda llmock, begun: llmock.call_tool("look_on_shelf", {"required": ["fantasy"]}),
    "a call of nothing": lambda llmock, begun: llmock.call_tool("look_on_shelf"),
    "an unknown function": lambda llmock, begun: llmock.break_tool_call("unknown_tool"),
    "malformed arguments": lambda llmock, begun: llmock.break_tool_call("malformed_arguments"),
    "a call with words before it": lambda llmock, begun: llmock.call_tool(
        "look_on_shelf", {"count": 2}, text="One moment."
    ),
    "a call, then cut": lambda llmock, begun: llmock.call_tool("look_on_shelf").truncate(after_chunks=begun),
    "a call, then dropped": lambda llmock, begun: llmock.call_tool("look_on_shelf", times=2).disconnect(
        after_chunks=begun
    ),
    "a call, then corrupt": lambda llmock, begun: llmock.call_tool("look_on_shelf").corrupt(after_chunks=begun),
    "a call, then silence": lambda llmock, begun: llmock.call_tool("look_on_shelf").stall(
        after_chunks=begun, seconds=10
    ),
    "a call, then refused for a while": lambda llmock, begun: llmock.call_tool("look_on_shelf").fail(502, times=2),
    "quotas": lambda llmock, begun: llmock.limits(rpm=600, tpm=900_000),
    "drop by drop": lambda llmock, begun: llmock.pace(20),
}


@pytest.mark.parametrize("script", WITH_FUNCTIONS.values(), ids=WITH_FUNCTIONS)
def test_what_concerns_functions_is_mended_too(answered, llmock, begun, script):
    script(llmock, begun)
    turn = answered()
    assert (turn.state, turn.failure) == ("done", "")
    assert "look_on_shelf" not in turn.reply
    llmock.assert_resilient()


@pytest.mark.parametrize("status", [402, 408, 409, 413, 422, 502, 504, 529])
def test_every_other_status_leaves_a_clean_verdict(answered, llmock, status):
    llmock.fail(status, times=1)
    turn = answered()
    assert turn.state == ("failed" if status in (402, 413, 422) else "done")
    llmock.assert_resilient()
