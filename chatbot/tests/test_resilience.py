"""The client's manners, judged by llmock: every fault it can script, and its verdict on how we took it."""

import pytest

from chatbot import replies
from chatbot.models import Turn

from . import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered(reader, shelf, llmock, settings):
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = f"{llmock.url}/v1", "test-key"
    settings.OPENAI_READ_TIMEOUT = 2.0

    def answer():
        turn = Turn.objects.claim(factories.begin(reader).pk, "test-worker")
        replies.write(turn)
        turn.refresh_from_db()
        return turn

    return answer


def test_an_undisturbed_exchange_is_done(answered, llmock):
    assert answered().state == "done"
    llmock.assert_resilient(strict=True)


@pytest.mark.parametrize(
    "fault",
    [
        lambda llmock: llmock.rate_limit(times=1, retry_after=1),
        lambda llmock: llmock.fail(500, times=1),
        lambda llmock: llmock.fail(503, times=2),
        lambda llmock: llmock.disconnect(after_chunks=2, times=1),
        lambda llmock: llmock.truncate(after_chunks=2, times=1),
        lambda llmock: llmock.corrupt(after_chunks=2, times=1),
        lambda llmock: llmock.stall(seconds=10, times=1),
        lambda llmock: llmock.slow_first_token(1, times=1),
        lambda llmock: llmock.delay(1, times=1),
    ],
    ids=["rate limit", "500", "503 twice", "disconnect", "truncate", "corrupt", "stall", "slow first token", "delay"],
)
def test_a_passing_fault_is_mended(answered, llmock, fault):
    fault(llmock)
    assert answered().state == "done"
    llmock.assert_resilient()  # not strict: its warnings depend on which of two requests it saw end first


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (lambda llmock: llmock.fail(401, times=None), "key"),
        (lambda llmock: llmock.fail(404, times=None), "key"),
        (lambda llmock: llmock.context_overflow(), "too_long"),
        (lambda llmock: llmock.outage(), "down"),
        (lambda llmock: llmock.truncate(after_chunks=2, times=None), "cut"),
    ],
    ids=["bad key", "no such model", "context overflow", "outage", "always truncated"],
)
def test_a_lasting_fault_ends_in_plain_words(answered, llmock, fault, failure):
    fault(llmock)
    turn = answered()
    assert (turn.state, turn.failure) == ("failed", failure)
    if failure != "cut":  # the verdict wants a retry after every cut stream, so also after the last attempt
        llmock.assert_resilient()


WITH_FUNCTIONS = {
    "no call": lambda llmock: llmock.tool_mode("off"),
    "a call": lambda llmock: llmock.call_tool("look_on_shelf", {"required": ["fantasy"]}),
    "a call of nothing": lambda llmock: llmock.call_tool("look_on_shelf"),
    "an unknown function": lambda llmock: llmock.break_tool_call("unknown_tool"),
    "malformed arguments": lambda llmock: llmock.break_tool_call("malformed_arguments"),
    "a call with words before it": lambda llmock: llmock.call_tool("look_on_shelf", {"count": 2}, text="One moment."),
    "a call, then cut": lambda llmock: llmock.call_tool("look_on_shelf").truncate(after_chunks=1),
    "a call, then dropped": lambda llmock: llmock.call_tool("look_on_shelf", times=2).disconnect(after_chunks=2),
    "a call, then corrupt": lambda llmock: llmock.call_tool("look_on_shelf").corrupt(after_chunks=2),
    "a call, then silence": lambda llmock: llmock.call_tool("look_on_shelf").stall(seconds=10),
    "a call, then refused for a while": lambda llmock: llmock.call_tool("look_on_shelf").fail(502, times=2),
    "quotas": lambda llmock: llmock.limits(rpm=600, tpm=900_000),
    "drop by drop": lambda llmock: llmock.pace(20),
}


@pytest.mark.parametrize("script", WITH_FUNCTIONS.values(), ids=WITH_FUNCTIONS)
def test_what_concerns_functions_is_mended_too(answered, llmock, script):
    script(llmock)
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
