"""The ChatGPT voice over a real wire: what it sends, what it makes of what comes back."""

import asyncio
import selectors
import time

import pytest

from chatbot import replies
from chatbot.assistant import failures
from chatbot.models import Turn
from chatbot.tests import factories
from chatbot.tests.upstream import HTTP, Failed, Finish, Upstream, chunk, event, slugs_offered, texts_of
from chatbot.text.masking import MaskingFormatter
from users.models import DailyUse

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True, params=["chat", "responses"])
def api(request, settings):
    """Either wire: what a reader gets of it is the same."""
    settings.OPENAI_API = request.param
    return request.param


@pytest.fixture
def turn(reader, catalogue, upstream, settings):
    """A claimed turn, ready to be answered."""
    asked = factories.begin(reader, "판타지 추천해 주세요")
    return Turn.objects.claim(asked.pk, "test-worker")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr("chatbot.assistant.chatgpt.FIRST_WAIT", 0.05)


def answered(turn):
    replies.write(turn)
    turn.refresh_from_db()
    return turn


def test_a_whole_reply_is_done_with_its_picks_tokens_and_timings(turn, upstream):
    answered(turn)
    assert (turn.state, turn.failure, turn.voice, turn.model) == ("done", "", "chatgpt", "test-model")
    assert (turn.tokens_in, turn.tokens_out, turn.attempts) == (120, 40, 1)
    assert turn.queued_at <= turn.started_at <= turn.first_text_at <= turn.finished_at
    assert [pick.novel.slug for pick in turn.picks.all()] == slugs_offered(upstream.requests[0])[:2]
    assert turn.picks.first().reason == "차분한 분위기가 잘 맞아요."


def test_pieces_that_come_together_are_read_together(turn, upstream, monkeypatch):
    """To wake for each piece costs more than the piece: where there is text already, some gather first."""
    wakes = []

    class Counting(selectors.DefaultSelector):
        def select(self, timeout=None):
            found = super().select(timeout)
            wakes.extend(found)
            return found

    monkeypatch.setattr(asyncio, "new_event_loop", lambda: asyncio.SelectorEventLoop(Counting()))

    def many(request):
        yield "첫 글이에요. "
        for number in range(80):
            time.sleep(0.005)
            yield f"{number}번째 문장이에요. "

    upstream.says(many)
    assert answered(turn).state == "done"
    assert "79번째" in turn.reply
    assert 1 < len(wakes) < 50


def test_the_request_carries_persona_language_candidates_and_the_ask(turn, upstream):
    answered(turn)
    request = upstream.requests[0]
    assert request["stream"] is True
    texts = texts_of(request)
    assert "old library" in texts[0][1]
    assert "Answer in Korean" in texts[0][1]
    assert texts[-1][1].endswith("<ask>\n판타지 추천해 주세요\n</ask>")
    assert slugs_offered(request) == [candidate["slug"] for candidate in turn.candidates]


def test_later_asks_remember_the_conversation(turn, upstream, work):
    answered(turn)
    later = turn.conversation.ask("더 밝은 것도 있나요?", key=factories.uuid.uuid4(), language="ko")
    work()
    later.refresh_from_db()
    assert later.state == "done"
    words = texts_of(upstream.requests[1])
    assert words[1] == ("user", "판타지 추천해 주세요")
    assert words[2][0] == "assistant"
    assert "[[lamplight]] 차분한 분위기가 잘 맞아요." in words[2][1]
    assert '"title": "등불의 서고","mark": "lamplight"' in words[3][1]


def test_what_was_offered_is_not_offered_again(turn, upstream, work):
    answered(turn)
    later = turn.conversation.ask("판타지 더 추천해 주세요", key=factories.uuid.uuid4(), language="ko")
    work()
    later.refresh_from_db()
    before = set(turn.picks.values_list("novel__slug", flat=True))
    assert len(before) == 2
    assert before.isdisjoint(slugs_offered(upstream.requests[1]))


def test_like_the_second_means_the_second_pick(turn, upstream, work):
    answered(turn)
    second = turn.picks.get(position=2).novel.slug
    later = turn.conversation.ask("두 번째 책이랑 비슷한 걸로 더 추천해줘", key=factories.uuid.uuid4(), language="ko")
    work()
    later.refresh_from_db()
    assert later.wish["liked"] == [second]


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        ([HTTP(401, {"error": {"message": "Incorrect API key provided: sk-abc", "code": "invalid_api_key"}})], "key"),
        ([HTTP(404, {"error": {"message": "no such model", "code": "model_not_found"}})], "key"),
        ([HTTP(429, {"error": {"message": "You exceeded your quota", "code": "insufficient_quota"}})], "credit"),
        ([HTTP(400, {"error": {"message": "too long", "code": "context_length_exceeded"}})], "too_long"),
        ([HTTP(400, {"error": {"message": "flagged", "code": "content_filter"}})], "refused"),
        ([HTTP(400, {"error": {"message": "what is this"}})], "broken"),
        ([{"refusal": "I cannot help with that."}], "refused"),
        (["조금 쓰다가", Finish("content_filter")], "refused"),
        (["끝이 없는 ", Finish("length")], "cut"),
        ([HTTP(400, {"error": {"message": "flagged", "code": "invalid_prompt"}})], "refused"),
    ],
)
def test_what_asking_again_cannot_mend_fails_at_once(turn, upstream, script, failure):
    upstream.says(script)
    answered(turn)
    assert (turn.state, turn.failure, len(upstream.requests)) == ("failed", failure, 1)
    assert turn.failure_detail
    assert DailyUse.objects.left(turn.reader) == 30
    assert not turn.picks.exists()


@pytest.mark.parametrize(
    ("script", "failure"),
    [
        ([HTTP(500, {"error": {"message": "oops"}})], "down"),
        ([HTTP(503)], "down"),
        ([HTTP(429, {"error": {"message": "slow down", "code": "rate_limit_exceeded"}})], "busy"),
        (["조금 쓰다가", Finish(None)], "cut"),
        (["조금 쓰다가", b"data: {not json}\n\n"], "garbled"),
        (["조금 쓰다가", Failed("server_error", "overloaded")], "down"),
        ([1.0, "너무 늦게"], "slow"),
    ],
)
def test_what_may_pass_is_asked_again_and_then_given_up(turn, upstream, settings, script, failure):
    settings.OPENAI_ATTEMPTS, settings.OPENAI_FIRST_TIMEOUT, settings.OPENAI_READ_TIMEOUT = 2, 0.4, 0.4
    upstream.says(script)
    answered(turn)
    assert (turn.state, turn.failure) == ("failed", failure)
    assert (len(upstream.requests), turn.attempts) == (2, 2)


def test_a_second_attempt_replaces_what_the_first_had_written(turn, upstream):
    upstream.says(["반쯤 쓰다가", Finish(None)], ["처음부터 다시 썼어요."])
    answered(turn)
    assert (turn.state, turn.reply, turn.attempts) == ("done", "처음부터 다시 썼어요.", 2)


def test_retry_after_is_kept_and_said(turn, upstream):
    busy = HTTP(429, {"error": {"message": "slow down"}}, {"Retry-After": "1"})
    upstream.says([busy], ["이제 괜찮아요."])
    before = time.monotonic()
    answered(turn)
    assert turn.state == "done"
    assert time.monotonic() - before >= 1


def test_a_wait_longer_than_the_reply_may_take_is_not_waited(turn, upstream):
    upstream.says([HTTP(429, {"error": {"message": "slow down"}}, {"Retry-After": "900"})])
    before = time.monotonic()
    answered(turn)
    assert (turn.failure, len(upstream.requests)) == ("busy", 1)
    assert time.monotonic() - before < 60


def test_a_server_that_is_not_there_fails_in_plain_words(turn, upstream, settings):
    settings.OPENAI_BASE_URL, settings.OPENAI_ATTEMPTS = "http://127.0.0.1:9/v1", 2
    answered(turn)
    assert (turn.state, turn.failure) == ("failed", "down")
    assert "127.0.0.1" not in str(turn.failure_words)


def test_stopping_closes_the_upstream_stream(turn, upstream):
    def slow(request):
        yield "첫 문장이에요."
        # The reader stops between two pieces; the model would have gone on for a minute.
        replies.stop(Turn.objects.get(pk=turn.pk))
        yield 60.0

    upstream.says(slow)
    before = time.monotonic()
    replies.write(turn)
    assert upstream.cut_off.wait(5)
    assert time.monotonic() - before < 5
    turn.refresh_from_db()
    assert turn.state == "stopped"


def test_a_silent_server_can_be_stopped_before_its_first_byte(turn, upstream):
    def silent(request):
        replies.stop(Turn.objects.get(pk=turn.pk))
        yield 60.0

    upstream.says(silent)
    before = time.monotonic()
    replies.write(turn)
    assert time.monotonic() - before < 5
    turn.refresh_from_db()
    assert (turn.state, turn.reply) == ("stopped", "")
    assert DailyUse.objects.left(turn.reader) == 30


def test_text_is_saved_while_it_is_written(turn, upstream):
    seen = []

    def slow(request):
        for word in ("하나 ", "둘 ", "셋"):
            yield word
            yield 0.4
            seen.append(Turn.objects.get(pk=turn.pk).reply)

    upstream.says(slow)
    answered(turn)
    assert seen[0] == "하나 "
    assert seen[1] == "하나 둘 "
    assert turn.reply == "하나 둘 셋"


def test_an_unknown_error_is_logged_and_said_in_plain_words(turn, upstream, monkeypatch, caplog):
    from chatbot.recommender import choosing

    monkeypatch.setattr(choosing, "choose", lambda *args, **kwargs: 1 / 0)
    answered(turn)
    assert (turn.state, turn.failure) == ("failed", failures.BROKEN)
    assert "ZeroDivisionError" in caplog.text


def test_half_characters_are_joined_or_dropped(turn, upstream):
    upstream.says(["앞 ", "\ud83d", 0.3, "\ude00", "\ud800", "\x00", 0.3, " 뒤"])
    answered(turn)
    assert (turn.state, turn.reply) == ("done", "앞 \U0001f600 뒤")


@pytest.mark.parametrize("count", [None, "abc", -5, 10**30, 1.5, [1]])
def test_token_counts_that_are_none_do_not_cost_the_reply(turn, upstream, api, count):
    usage = {"prompt_tokens": count, "input_tokens": count, "completion_tokens": 7, "output_tokens": 7}
    ends = {
        "chat": chunk({}, "stop", usage=usage),
        "responses": event("response.completed", response={"status": "completed", "usage": usage}),
    }
    upstream.says(["여기 있어요.", ends[api], Finish(None, None)])
    answered(turn)
    assert (turn.state, turn.reply, turn.tokens_in, turn.tokens_out) == ("done", "여기 있어요.", None, 7)


def test_an_error_that_cannot_be_stored_ends_the_turn_all_the_same(turn, upstream):
    upstream.says([HTTP(400, {"error": {"message": "bad \x00 and \ud800 thing"}})])
    answered(turn)
    assert (turn.state, turn.failure, turn.attempts) == ("failed", "broken", 1)
    assert "bad  and  thing" in turn.failure_detail


@pytest.mark.parametrize("status", [400, 401, 500])
def test_a_key_the_server_repeats_is_kept_nowhere(turn, upstream, settings, caplog, status):
    settings.OPENAI_ATTEMPTS = 1
    message = "Incorrect API key: test-key-0123456789; Authorization: Bearer test-key-0123456789; sk-proj-Ab12*****wxyz"
    upstream.says([HTTP(status, {"error": {"message": message}})])
    answered(turn)
    kept = turn.failure_detail + caplog.text
    assert "Incorrect API key" in kept
    assert [secret for secret in ("0123456789", "Ab12", "wxyz") if secret in kept] == []


@pytest.mark.parametrize("key", ["test-key-0123456789\n", "test-key-0123456789열쇠"])
def test_a_key_that_no_header_takes_is_kept_nowhere(turn, upstream, settings, caplog, key):
    settings.OPENAI_API_KEY, settings.OPENAI_ATTEMPTS = key, 1
    answered(turn)
    lines = "\n".join(MaskingFormatter().format(record) for record in caplog.records)
    assert turn.state == "failed"
    assert "0123456789" not in turn.failure_detail + lines


def test_an_endless_answer_is_given_up(turn, upstream, monkeypatch):
    monkeypatch.setattr("chatbot.assistant.wire.exchange.MAX_BYTES", 100_000)
    upstream.says([b"data: ", *[b"x" * 50_000] * 40])
    answered(turn)
    assert (turn.state, turn.failure, len(upstream.requests)) == ("failed", "garbled", 1)


def test_an_endless_error_page_is_given_up(turn, upstream, monkeypatch):
    monkeypatch.setattr("chatbot.assistant.wire.exchange.MAX_BYTES", 100_000)
    upstream.says([HTTP(500, {"error": "x" * 2_000_000})])
    answered(turn)
    assert (turn.state, turn.failure, len(upstream.requests)) == ("failed", "garbled", 1)


def test_a_packed_answer_is_not_unpacked(turn, upstream):
    upstream.says([HTTP(200, {}, {"Content-Encoding": "gzip"})])
    answered(turn)
    assert (turn.state, turn.failure) == ("failed", "garbled")


def test_a_redirect_does_not_carry_the_readers_words_away(turn, upstream):
    elsewhere = Upstream()
    upstream.says([HTTP(307, {}, {"Location": f"{elsewhere.url}/chat/completions"})])
    answered(turn)
    elsewhere.close()
    assert (turn.state, elsewhere.requests) == ("failed", [])
