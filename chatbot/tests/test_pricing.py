"""What tokens cost: by model, by the settings, and with what came from a cache."""

import pytest

from chatbot import pricing, replies
from chatbot.models import Turn
from chatbot.spending import Spending

from . import factories
from .upstream import Finish


@pytest.fixture(autouse=True)
def _unset(settings):
    settings.PRICE_READ = settings.PRICE_WRITTEN = settings.PRICE_CACHED = None


@pytest.mark.parametrize(
    ("model", "read"),
    [("gpt-6-luna", 0.1), ("gpt-6-luna-2026-09-22", 0.1), ("openai/gpt-6-luna", 0.1), ("gpt-5.4-mini", 0.75)],
)
def test_a_model_is_found_by_any_of_its_names(model, read):
    assert pricing.price_of(model).read == read


def test_a_million_of_each_costs_what_the_list_says(settings):
    settings.OPENAI_MODEL = "gpt-6-luna"
    million = 1_000_000
    assert pricing.cost(million, 0) == 100_000
    assert pricing.cost(0, million) == 500_000
    assert pricing.cost(million, 0, cached=million) == 10_000
    assert pricing.cost(million, 0, cache_written=million) == 125_000
    assert pricing.cost(million, 0, cached=600_000, cache_written=400_000) == 6_000 + 50_000


def test_counts_that_contradict_each_other_cost_no_less_than_nothing(settings):
    settings.OPENAI_MODEL = "gpt-6-luna"
    assert pricing.cost(100, 0, cached=5000, cache_written=5000) == 1
    assert pricing.cost(100, 0, cached=None, cache_written=None) == 10


def test_an_unlisted_model_is_taken_for_a_dear_one(settings):
    settings.OPENAI_MODEL = "somebody-s-own"
    assert not pricing.is_known()
    assert pricing.current() == pricing.UNKNOWN


def test_the_settings_go_before_the_list(settings):
    settings.OPENAI_MODEL, settings.PRICE_READ, settings.PRICE_WRITTEN = "gpt-6-luna", 3, 4
    assert pricing.cost(1_000_000, 1_000_000) == 7_000_000
    assert pricing.cost(1_000_000, 0, cached=1_000_000) == 3_000_000
    settings.PRICE_CACHED = 0.5
    assert pricing.cost(1_000_000, 0, cached=1_000_000) == 500_000


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
    assert Spending.objects.today().spent == 20_000 * 0.1 + 60_000 * 0.01 + 20_000 * 0.125 + 10_000 * 0.5
