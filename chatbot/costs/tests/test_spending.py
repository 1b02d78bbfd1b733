"""The bound on what a day's replies may cost, all readers together."""

import logging
import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client
from django.utils import timezone

from chatbot import replies
from chatbot.costs import spending
from chatbot.costs.models import DailyCost, Spending, whole
from chatbot.costs.pricing import cost
from chatbot.costs.spending import estimate
from chatbot.models import Turn
from chatbot.tests import factories
from chatbot.tests.upstream import HTTP, Finish, recommends

pytestmark = pytest.mark.django_db(transaction=True)

ESTIMATE = 6_000 * 0.25 + 1_500 * 2  # millionths, at the prices below


@pytest.fixture
def budget(settings, upstream):
    settings.PRICE_READ, settings.PRICE_WRITTEN, settings.DAILY_BUDGET = 0.25, 2, 1.0
    return settings


@pytest.fixture
def answer(reader, catalogue):
    def answer():
        turn = Turn.objects.claim(factories.begin(reader).pk, "test-worker")
        replies.write(turn)
        turn.refresh_from_db()
        return turn

    return answer


def spent():
    return Spending.objects.today().spent


def booked():
    columns = ("model", "voice", "replies", "tokens_read", "tokens_written", "cost", "assumed")
    return list(DailyCost.objects.order_by("model", "voice").values_list(*columns))


def test_a_reply_costs_its_tokens(budget, answer):
    turn = answer()
    assert (turn.voice, turn.state, turn.over_budget) == ("chatgpt", "done", False)
    assert turn.cost == spent() == cost("test-model", 120, 40) == 110
    answer()
    assert spent() == 220


def test_when_the_budget_is_used_up_the_librarian_answers(budget, answer, caplog):
    Spending.objects.create(day=timezone.localdate(), spent=whole(1.0) - ESTIMATE + 1)
    with caplog.at_level(logging.WARNING, "chatbot"):
        turns = [answer() for _ in range(3)]
    assert {(turn.voice, turn.state, turn.over_budget) for turn in turns} == {("librarian", "done", True)}
    assert [record.getMessage() for record in caplog.records].count(
        f"the budget of {timezone.localdate()} is used up: the built-in librarian answers until midnight"
    ) == 1
    assert spent() == whole(1.0) - ESTIMATE + 1


def test_tomorrow_has_a_budget_of_its_own(budget, answer, monkeypatch):
    Spending.objects.create(day=timezone.localdate(), spent=whole(1.0))
    assert answer().voice == "librarian"
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("chatbot.costs.models.timezone.localdate", lambda: tomorrow)
    assert answer().voice == "chatgpt"


def test_without_a_budget_nothing_is_reserved_and_what_was_spent_is_kept(settings, upstream, answer):
    assert settings.DAILY_BUDGET is None
    assert answer().voice == "chatgpt"
    assert Spending.objects.count() == 0
    assert booked() == [("test-model", "chatgpt", 1, 120, 40, cost("test-model", 120, 40), 0)]


def test_the_built_in_librarian_alone_costs_nothing(settings, answer):
    settings.DAILY_BUDGET = 1.0
    assert (answer().voice, Turn.objects.get().over_budget, Turn.objects.get().cost) == ("librarian", False, None)
    assert Spending.objects.count() == DailyCost.objects.count() == 0


@pytest.mark.parametrize(
    ("script", "cost", "known"),
    [
        ([HTTP(401, {"error": {"message": "no"}})], 0, None),
        ([HTTP(402, {"error": {"message": "no"}})], 0, None),
        ([HTTP(400, {"error": {"message": "content_filter"}})], ESTIMATE, None),
        (["a", Finish(None, None)], ESTIMATE, None),  # cut off: the model has worked, nobody says for how much
        (["a", Finish("length", (1000, 100))], 1000 * 0.25 + 100 * 2, 450),
    ],
)
def test_what_failed_costs_what_it_may_have_cost(budget, answer, upstream, script, cost, known):
    budget.OPENAI_ATTEMPTS = 1
    upstream.says(script)
    turn = answer()
    assert (turn.state, turn.cost) == ("failed", known)
    assert spent() == cost
    _model, _voice, _replies, _read, _written, *kept = booked()[0]
    assert kept == [cost, cost if known is None else 0]


def test_earlier_attempts_of_a_reply_cost_too(budget, answer, upstream):
    upstream.says(["a", Finish(None, None)], recommends)
    turn = answer()
    assert (turn.state, turn.attempts) == ("done", 2)
    assert turn.cost == spent() == cost("test-model", 240, 40)


def test_a_worker_that_dies_leaves_its_estimate_spent(budget, reader):
    turn = Turn.objects.claim(factories.begin(reader).pk, "test-worker")
    account = spending.account(turn)
    assert account.__enter__() is True
    assert spent() == ESTIMATE
    # Nothing runs after a SIGKILL; the estimate simply stays.
    account.gen.close()


def test_an_unanswered_settlement_does_not_cost_the_reply(budget, answer, monkeypatch):
    def refuse(*args):
        raise DatabaseError

    monkeypatch.setattr("chatbot.costs.models.SpendingQuerySet.settle", refuse)
    assert answer().state == "done"
    assert spent() == ESTIMATE


def test_a_day_is_kept_by_model_and_voice(budget, answer, upstream):
    answer()
    answer()
    ours = cost("test-model", 120, 40)
    budget.OPENAI_MODEL = "another-model"
    upstream.says(["쯧", Finish(None, None)])
    budget.OPENAI_ATTEMPTS = 1
    assert answer().state == "failed"
    assert booked()[1:] == [("test-model", "chatgpt", 2, 240, 80, 2 * ours, 0)]
    model, _voice, replies_, read, written, real, assumed = booked()[0]
    assert (model, replies_, read, written) == ("another-model", 1, 0, 0)
    assert real == assumed == estimate()
    assert spent() == sum(row[5] for row in booked())


def test_what_a_stopped_reply_may_have_cost_is_kept_as_assumed(budget, reader, catalogue, upstream):
    turn = Turn.objects.claim(factories.begin(reader).pk, "test-worker")
    with spending.account(turn):
        turn.attempts, turn.model, turn.voice = 1, "test-model", "chatgpt"
        turn.stop()
    assert booked() == [("test-model", "chatgpt", 1, 0, 0, ESTIMATE, ESTIMATE)]
    assert Turn.objects.get().cost is None


def test_replies_that_end_at_once_are_all_counted(db):
    start = threading.Barrier(8)
    today = timezone.localdate()

    def end():
        start.wait()
        try:
            for _ in range(3):
                DailyCost.objects.add(day=today, model="m", voice="chatgpt", replies=1, cost=7)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=end) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert booked() == [("m", "chatgpt", 24, 0, 0, 168, 0)]


def test_what_was_spent_stays_when_its_reader_leaves(budget, answer, reader):
    answer()
    before = booked()
    reader.delete()
    assert booked() == before != []


def test_workers_at_once_do_not_together_run_past_it(budget):
    Spending.objects.create(day=timezone.localdate(), spent=whole(1.0) - 5 * ESTIMATE)
    taken, start = [], threading.Barrier(8)

    def take():
        start.wait()
        try:
            taken.extend(bool(Spending.objects.reserve(estimate())) for _ in range(3))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(taken), taken.count(True)) == (24, 5)
    assert spent() == whole(1.0)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "allowance for the language model is used up"), ("ko", None), ("ja", None)]
)
def test_the_pages_say_so(budget, answer, reader, language, words):
    client = Client()
    client.force_login(reader)
    client.cookies["django_language"] = language
    turn = answer()
    url = f"/conversations/{turn.conversation_id}/"
    before = {page: client.get(page).content.decode() for page in (url, "/")}
    Spending.objects.update(spent=whole(1.0))
    turn = answer()
    for page, was in before.items():
        response = client.get(page)
        assert response.context["over_budget"] is True
        if words:
            assert words in response.content.decode()
            assert words not in was
    if words:
        said = client.get(f"/conversations/{turn.conversation_id}/").content.decode()
        assert "Written by the built-in librarian: today" in said


def test_operators_see_it(budget):
    keeper = factories.make_reader("keeper", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(keeper)
    client.cookies["django_language"] = "en"
    Spending.objects.create(day=timezone.localdate(), spent=whole(0.25))
    for page in ("/admin/", "/admin/latency/"):
        assert "Replies have cost 0.25 of 1.00 today" in client.get(page).content.decode()
        assert "budget is used up" not in client.get(page).content.decode()
    Spending.objects.update(spent=whole(1.0))
    assert "budget is used up" in client.get("/admin/").content.decode()
    budget.DAILY_BUDGET = None
    assert "Replies have cost" not in client.get("/admin/").content.decode()
    DailyCost.objects.add(day=timezone.localdate(), model="m", voice="chatgpt", cost=123_400)
    assert "Replies have cost 0.1234 today" in client.get("/admin/").content.decode()


def test_no_query_is_spent_on_it_without_a_budget(settings, upstream, django_assert_num_queries):
    assert connection.vendor
    with django_assert_num_queries(0):
        assert spending.is_used_up() is False
