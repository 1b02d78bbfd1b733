"""A turn once more, for operators: by another voice or other words, with nothing kept on the reader's side."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from chatbot import replies
from chatbot.assistant.instructions import RULES
from chatbot.costs import pricing
from chatbot.costs.models import DailyCost, PriceRule, Spending, whole
from chatbot.models import PromptVersion, Replay, Turn
from chatbot.review import trials, working
from chatbot.review.jobs import MAX_ATTEMPTS
from chatbot.review.trial_models import BUDGET
from chatbot.tests import factories
from chatbot.tests.upstream import HTTP, recommends, texts_of
from users.models import ShelfEntry, TasteLine

pytestmark = pytest.mark.django_db(transaction=True)
KEPT_APART = {"Replay", "Spending", "DjangoCache"}


def everything():
    """All rows there are, but for the replays themselves."""
    return {
        model.__name__: sorted(map(repr, model._base_manager.order_by().values_list()))
        for model in apps.get_models()
        if model.__name__ not in KEPT_APART
    }


def replay(turn, voice="librarian", **fields):
    """Ask for a replay and let the worker make it."""
    made = Replay.objects.ask(turn, asked_by=None, with_voice=voice, **fields)
    working.work()
    made.refresh_from_db()
    return made


def test_the_same_turn_by_the_same_voice_reads_the_same(conversing):
    conversing("판타지 추천해 주세요")
    turn = conversing("그중에 제일 짧은 건 뭐예요?")
    made = replay(turn)
    assert (made.reply, made.voice, made.failure, made.is_waiting) == (turn.reply, "librarian", "", False)
    first = turn.conversation.turns.order_by("pk").first()
    made = replay(first)
    assert made.picks == list(first.picks.values_list("novel__slug", flat=True)) != []
    assert made.reply == first.reply


def test_nothing_changes_on_the_readers_side(conversing, reader):
    turn = conversing("로맨스는 다시는 추천하지 마세요. 등불의 서고는 다 읽었어요. 판타지 추천해 주세요")
    assert (TasteLine.objects.exists(), ShelfEntry.objects.exists()) == (True, True)
    TasteLine.objects.all().delete()
    ShelfEntry.objects.all().delete()
    before = everything()
    made = replay(turn)
    assert made.reply
    assert everything() == before


def test_another_voice_and_other_words(conversing, upstream, settings):
    settings.OPENAI_BASE_URL, server = "", settings.OPENAI_BASE_URL
    settings.OPENAI_API_KEY = ""
    turn = conversing("판타지 추천해 주세요")
    assert turn.voice == "librarian"
    settings.OPENAI_BASE_URL = server
    PromptVersion.objects.keep_shipped()
    PromptVersion.objects.create(name="curt", persona="You are curt.", rules=RULES)
    upstream.says(recommends)
    made = replay(turn, "chatgpt", with_prompt="curt")
    assert (made.voice, made.model, made.prompt_version) == ("chatgpt", "test-model", "curt")
    assert texts_of(upstream.requests[-1])[0][1].startswith("You are curt.")
    assert made.reply.startswith("말씀하신 이야기를")
    assert (made.tokens_in, made.tokens_out) == (120, 40)
    assert made.cost > 0
    assert len(made.picks) == 2
    replay(turn, "chatgpt")
    assert not texts_of(upstream.requests[-1])[0][1].startswith("You are curt.")


def test_from_the_candidates_of_then_or_from_the_present_catalogue(conversing):
    turn = conversing("판타지 추천해 주세요")
    given = [one["slug"] for one in turn.candidates]
    factories.make_novel("newcomer", "새로 온 이야기", ("fantasy",), renown=99)
    assert "newcomer" in [one["slug"] for one in replay(turn).candidates]
    made = replay(turn, keeps_candidates=True)
    assert [one["slug"] for one in made.candidates] == given


def test_what_a_replay_costs_counts_and_the_budget_holds(conversing, upstream, settings):
    settings.PRICE_READ, settings.PRICE_WRITTEN, settings.DAILY_BUDGET = 0.25, 2, 1.0
    turn = conversing("판타지 추천해 주세요")
    spent = Spending.objects.today().spent
    made = replay(turn, "chatgpt")
    assert Spending.objects.today().spent == spent + made.cost
    Spending.objects.update(spent=whole(1.0))
    before = len(upstream.requests)
    assert (replay(turn, "chatgpt").failure, len(upstream.requests)) == (BUDGET, before)
    assert Spending.objects.today().spent == whole(1.0)


def test_a_failure_is_kept_and_ends_it(conversing, upstream):
    turn = conversing("판타지 추천해 주세요")
    upstream.says([HTTP(401, {"error": {"message": "no"}})])
    made = replay(turn, "chatgpt")
    assert (made.failure, made.reply, made.is_waiting) == ("key", "", False)


def test_a_voice_or_a_version_that_is_gone_is_said(conversing):
    turn = conversing("판타지 추천해 주세요")
    assert replay(turn, "chatgpt").failure == "voice"
    assert replay(turn, with_prompt="never-was").failure == "prompt"


def test_one_worker_takes_it_and_of_a_dead_one_another(conversing):
    turn = conversing("판타지 추천해 주세요")
    Replay.objects.ask(turn, asked_by=None, with_voice="librarian")
    mine = Replay.objects.claim()
    assert (mine.turn_id, Replay.objects.claim()) == (turn.pk, None)
    Replay.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    other = Replay.objects.claim()
    assert (other.pk, mine.renew(), other.renew()) == (mine.pk, False, True)
    assert not mine.end(reply="too late")
    assert other.attempts == MAX_ATTEMPTS
    Replay.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    working.work()
    mine.refresh_from_db()
    assert (mine.failure, mine.is_waiting) == ("lost", False)


def test_a_replay_goes_with_its_turn_while_it_is_made(conversing, upstream, monkeypatch):
    turn = conversing("판타지 추천해 주세요")
    monkeypatch.setattr(trials, "LOOK_EVERY", 0)

    def gone(request):
        yield "말씀하신 "
        Turn.objects.filter(pk=turn.pk).delete()
        yield 5.0
        yield "이야기"

    upstream.says(gone)
    Replay.objects.ask(turn, asked_by=None, with_voice="chatgpt")
    working.work()
    assert not Replay.objects.exists()
    assert upstream.cut_off.wait(5)


def test_the_queue_tells_a_worker(conversing, work):
    turn = conversing("판타지 추천해 주세요")
    work()
    made = Replay.objects.ask(turn, asked_by=None, with_voice="librarian")
    assert work() == 2  # and once more, which finds nothing
    made.refresh_from_db()
    assert made.reply == turn.reply


def test_a_reply_after_it_is_as_if_it_had_not_been(conversing):
    turn = conversing("판타지 추천해 주세요")
    replay(turn)
    after = Turn.objects.claim(
        turn.conversation.ask("더 없어요?", key=factories.uuid.uuid4(), language="ko").pk, "test-worker"
    )
    replies.write(after)
    assert after.state == Turn.State.DONE


@pytest.mark.parametrize("wire", ["chat", "responses"])
def test_another_model_is_asked_for_that_replay_alone(conversing, upstream, settings, wire):
    settings.OPENAI_API = wire
    turn = conversing("판타지 추천해 주세요")
    before = len(upstream.requests)
    made = replay(turn, "chatgpt", with_model="gpt-6.1-terra")
    assert (made.failure, made.model) == ("", "gpt-6.1-terra")
    assert {body["model"] for body in upstream.requests[before:]} == {"gpt-6.1-terra"}
    before = len(upstream.requests)
    made = replay(turn, "chatgpt")
    assert (made.model, {body["model"] for body in upstream.requests[before:]}) == ("test-model", {"test-model"})
    turn.refresh_from_db()
    assert turn.model == "test-model"


def test_another_model_is_priced_as_itself(conversing, upstream, settings):
    settings.PRICE_READ, settings.PRICE_WRITTEN, settings.DAILY_BUDGET = 100, 100, 5.0
    turn = conversing("판타지 추천해 주세요")
    upstream.refuses, spent = False, Spending.objects.today().spent
    for model, read, written in (("gpt-6.1-terra", 1, 5), ("gpt-6-astra", 10, 50)):
        PriceRule.objects.create(model=model, read=read, cached=read, cache_written=read, written=written)
    pricing.reread()
    made = replay(turn, "chatgpt", with_model="gpt-6.1-terra")
    assert made.cost == 120 * 1 + 40 * 5  # in millionths; 120 tokens read and 40 written, by its rule
    assert DailyCost.objects.get(model="gpt-6.1-terra").cost == made.cost
    assert Spending.objects.today().spent == spent + made.cost
    Spending.objects.update(spent=whole(4.99))
    before = len(upstream.requests)
    assert (replay(turn, "chatgpt", with_model="gpt-6-astra").failure, len(upstream.requests)) == (BUDGET, before)


def test_what_one_model_refuses_is_sent_to_another(conversing, upstream):
    turn = conversing("판타지 추천해 주세요")
    upstream.refuses = False
    upstream.says([HTTP(400, {"error": {"message": "does not support tools"}})], recommends)
    replay(turn, "chatgpt", with_model="gpt-6.1-terra")
    first, second = upstream.requests[-2:]
    assert ("tools" in first, "tools" in second) == (True, False)
    replay(turn, "chatgpt")
    assert "tools" in upstream.requests[-1]
    replay(turn, "chatgpt", with_model="gpt-6.1-terra")
    assert "tools" not in upstream.requests[-1]


def test_the_librarian_asks_no_model(conversing):
    turn = conversing("판타지 추천해 주세요")
    made = replay(turn, with_model="gpt-6.1-terra")
    assert (made.model, made.voice, made.failure) == ("", "librarian", "")
