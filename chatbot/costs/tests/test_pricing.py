"""What tokens cost: by rules with their days, by the settings, and with what came from a cache."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from chatbot import replies
from chatbot.costs import pricing
from chatbot.costs.models import PriceRule, Spending
from chatbot.models import Turn
from chatbot.tests import factories
from chatbot.tests.upstream import Finish

MILLION = 1_000_000
LUNA = {"read": "0.10", "cached": "0.01", "cache_written": "0.125", "written": "0.50"}


def rule(model="gpt-6-luna", valid_from=date(2026, 11, 1), **prices):
    made = PriceRule.objects.create(model=model, valid_from=valid_from, **{**LUNA, **prices})
    pricing.reread()
    return made


def read_of(model, day=None):
    price = pricing.price_of(model, day)
    return price and float(price.read)


@pytest.fixture(autouse=True)
def rules(db, settings):
    settings.PRICE_READ = settings.PRICE_WRITTEN = settings.PRICE_CACHED = None
    PriceRule.objects.all().delete()
    rule()
    rule("gpt-5.4-mini", read="0.75")
    yield
    pricing.reread()


@pytest.mark.parametrize(
    ("model", "read"),
    [
        ("gpt-6-luna", 0.1),
        ("gpt-6-luna-2026-09-22", 0.1),
        ("openai/gpt-6-luna", 0.1),
        ("OpenAI/GPT-6-Luna-2026-09-22", 0.1),
        ("gpt-5.4-mini", 0.75),
        ("gpt-5.4", None),
        ("my-gpt-6-luna", None),
    ],
)
def test_a_model_is_found_by_any_of_its_names(model, read):
    assert read_of(model) == read


def test_a_million_of_each_costs_what_the_rule_says():
    def cost(*tokens, **cached):
        return pricing.cost("gpt-6-luna", *tokens, **cached)

    assert cost(MILLION, 0) == 100_000
    assert cost(0, MILLION) == 500_000
    assert cost(MILLION, 0, cached=MILLION) == 10_000
    assert cost(MILLION, 0, cache_written=MILLION) == 125_000
    assert cost(MILLION, 0, cached=600_000, cache_written=400_000) == 6_000 + 50_000
    # By hand: 3 * 0.1 + 1 * 0.01 + 2 * 0.125 + 7 * 0.5 = 4.06 millionths, rounded up.
    assert cost(6, 7, cached=1, cache_written=2) == 5
    # No sum of inexact numbers: 30 * 0.1 is 3, and not a trifle more.
    assert cost(30, 0) == 3


def test_counts_that_contradict_each_other_cost_no_less_than_nothing():
    assert pricing.cost("gpt-6-luna", 100, 0, cached=5000, cache_written=5000) == 1
    assert pricing.cost("gpt-6-luna", 100, 0, cached=None, cache_written=None) == 10


def test_a_price_holds_from_its_day_on_until_the_next():
    rule(valid_from=date(2026, 12, 1), read="0.20")
    rule(valid_from=date(2027, 1, 1), read="0.30")
    days = ["2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01", "2030-01-01"]
    found = [read_of("gpt-6-luna", date.fromisoformat(day)) for day in days]
    assert found == [None, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3]


def test_the_day_is_that_of_the_library(monkeypatch):
    """Midnight in Seoul is three in the afternoon in Greenwich."""
    rule(valid_from=date(2026, 12, 1), read="0.20")
    for moment, read in [("2026-11-30T14:59:59+00:00", 0.1), ("2026-11-30T15:00:00+00:00", 0.2)]:
        monkeypatch.setattr("django.utils.timezone.now", lambda at=moment: timezone.datetime.fromisoformat(at))
        assert read_of("gpt-6-luna") == read


def test_of_one_day_the_rule_that_was_entered_last_holds():
    rule(read="0.90")
    assert read_of("gpt-6-luna") == 0.9


def test_a_whole_name_goes_before_a_beginning_and_a_longer_one_before_a_shorter():
    rule("*", read="9")
    rule("gpt-*", read="8")
    rule("gpt-6-*", read="7", valid_from=date(2026, 11, 20))
    day = date(2026, 11, 25)
    found = [read_of(model, day) for model in ("gpt-6-luna", "gpt-6-nova", "gpt-7", "llama")]
    assert found == [0.1, 7, 8, 9]
    assert read_of("gpt-6-nova", date(2026, 11, 19)) == 8


def test_an_unlisted_model_is_taken_for_a_dear_one(settings):
    settings.OPENAI_MODEL = "somebody-s-own"
    assert not pricing.is_known()
    assert pricing.current("somebody-s-own") == pricing.UNKNOWN


def test_the_settings_go_before_the_rules_for_the_model_that_is_set(settings):
    settings.OPENAI_MODEL, settings.PRICE_READ, settings.PRICE_WRITTEN = "gpt-6-luna", 3, 4
    assert pricing.cost("gpt-6-luna", MILLION, MILLION) == 7_000_000
    assert pricing.cost("gpt-6-luna", MILLION, 0, cached=MILLION) == 3_000_000
    assert pricing.cost("gpt-5.4-mini", MILLION, 0) == 750_000
    settings.PRICE_CACHED = 0.5
    assert pricing.cost("gpt-6-luna", MILLION, 0, cached=MILLION) == 500_000


def test_a_reply_waits_for_no_query_of_its_own(django_assert_num_queries):
    pricing.cost("gpt-6-luna", 1, 1)
    with django_assert_num_queries(0):
        for _ in range(3):
            pricing.cost("gpt-6-luna", 1, 1)


def test_new_rules_are_found_after_a_while(monkeypatch):
    assert read_of("gpt-6-luna") == 0.1
    PriceRule.objects.create(model="gpt-6-luna", valid_from=timezone.localdate(), **{**LUNA, "read": "0.40"})
    assert read_of("gpt-6-luna") == 0.1
    monkeypatch.setattr(pricing, "REREAD_AFTER", -1)
    assert read_of("gpt-6-luna") == 0.4


def test_while_the_database_does_not_answer_the_rules_of_before_hold(monkeypatch):
    assert read_of("gpt-6-luna") == 0.1

    def refuse():
        raise OperationalError

    monkeypatch.setattr(pricing, "REREAD_AFTER", -1)
    monkeypatch.setattr(PriceRule.objects, "all", refuse)
    assert read_of("gpt-6-luna") == 0.1
    pricing.reread()
    with pytest.raises(OperationalError):
        read_of("gpt-6-luna")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_reply_costs_less_for_what_was_cached(reader, catalogue, upstream, settings, api):
    settings.OPENAI_API, settings.OPENAI_MODEL, settings.DAILY_BUDGET = api, "gpt-6-luna", 1.0
    usage = (100_000, 10_000, 60_000, 20_000, 9_000)
    upstream.says(["조용한 이야기를 골랐어요.", Finish("stop", usage)])
    turn = Turn.objects.claim(factories.begin(reader).pk, "test-worker")
    replies.write(turn)
    turn.refresh_from_db()
    kept = (turn.tokens_in, turn.tokens_out, turn.tokens_cached, turn.tokens_cache_written, turn.tokens_reasoned)
    assert kept == usage
    assert turn.cost == Spending.objects.today().spent
    assert turn.cost == 20_000 * 0.1 + 60_000 * 0.01 + 20_000 * 0.125 + 10_000 * 0.5


@pytest.mark.django_db(transaction=True)
def test_what_a_reply_cost_stays_when_prices_change(reader, catalogue, upstream, settings):
    settings.OPENAI_MODEL = "gpt-6-luna"
    turn = Turn.objects.claim(factories.begin(reader).pk, "test-worker")
    replies.write(turn)
    before = Turn.objects.get(pk=turn.pk).cost
    rule(valid_from=timezone.localdate() - timedelta(days=1), read="100")
    assert Turn.objects.get(pk=turn.pk).cost == before == 120 * 0.1 + 40 * 0.5
