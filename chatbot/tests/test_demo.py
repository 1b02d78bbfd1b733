"""A library filled with made-up readers, to try the operators' pages with."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from chatbot.assistant import failures
from chatbot.demo import planning, playing
from chatbot.models import Conversation, DailyCost, Look, Review, ReviewItem, Turn
from chatbot.tests import factories
from users.models import DailyUse, ShelfEntry, User

pytestmark = pytest.mark.django_db
TURNS = 60


@pytest.fixture
def demo(catalogue, capsys, monkeypatch):
    """Runs the command, in a library small enough for a test where more goes wrong; returns its last line."""
    monkeypatch.setattr(planning, "SHARES", {"failed": 0.4, "stopped": 0.1, "slow": 0.1, "thumb": 0.5, "outcome": 0.3})

    def run(**options):
        call_command("demo", turns=TURNS, **options)
        return capsys.readouterr().out.splitlines()[-1]

    return run


def test_it_makes_asks_of_all_kinds_with_what_became_of_them(demo):
    line = demo()
    assert line.startswith(f"demo: {TURNS} turns, ")
    turns = Turn.objects.all()
    assert turns.filter(state=Turn.State.DONE, voice="librarian").exists()
    assert turns.filter(voice="chatgpt", model=planning.MODEL, tokens_in__gt=0, tokens_out__gt=0).exists()
    paid = turns.exclude(cost=None)
    assert (
        sum(paid.values_list("cost", flat=True))
        == DailyCost.objects.total(timezone.localdate() - timedelta(days=100))
        > 0
    )
    assert turns.filter(state=Turn.State.STOPPED).exclude(reply="").exists()
    assert set(turns.filter(state=Turn.State.FAILED).values_list("failure", flat=True)) == set(failures.WORDS)
    assert set(turns.values_list("language", flat=True)) == {"ko", "en", "ja"}
    assert turns.filter(thumb=Turn.Thumb.DOWN).exclude(shortcoming="").exists()
    assert ShelfEntry.objects.exists()
    assert ReviewItem.objects.filter(state=ReviewItem.State.OPEN).exists()
    assert Look.objects.count() == Review.objects.count() > 0


def test_times_are_in_order_and_lie_within_three_months(demo):
    demo()
    now = timezone.now()
    for turn in Turn.objects.all():
        times = [turn.queued_at, turn.started_at, turn.first_text_at, turn.finished_at]
        known = [at for at in times if at]
        assert known == sorted(known)
        assert (now - turn.queued_at).days <= planning.DAYS
        assert turn.finished_at < now
        assert turn.charged_on in {None, timezone.localdate(turn.queued_at)}
    assert Turn.objects.exclude(charged_on=None).count() == sum(DailyUse.objects.values_list("used", flat=True))
    days = {timezone.localdate(at) for at in Turn.objects.values_list("queued_at", flat=True)}
    assert len(days) > 5
    for talk in Conversation.objects.all():
        assert talk.created_at < talk.turns.first().queued_at < talk.updated_at


def test_the_same_seed_makes_the_same(demo):
    first = demo(seed=3)
    demo(clear=True)
    assert demo(seed=3) == first
    demo(clear=True)
    assert demo(seed=4) != first


def test_it_is_taken_away_whole_and_nothing_else_is(demo, reader):
    own = factories.make_turn(reader=reader)
    demo(into_used=True)
    assert (
        demo(clear=True) == f"demo: {max(4, TURNS // planning.TURNS_A_READER) + 2} accounts deleted, with all of theirs"
    )
    assert list(Turn.objects.all()) == [own]
    assert list(User.objects.all()) == [reader]
    assert not ReviewItem.objects.exists()
    assert not DailyCost.objects.exists()


def test_it_refuses_where_real_readers_are_or_where_it_was_before(demo, reader):
    with pytest.raises(CommandError, match="Real readers"):
        demo()
    assert not playing.made_up().exists()
    demo(into_used=True)
    with pytest.raises(CommandError, match="filled already"):
        demo(into_used=True)


def test_an_operator_alone_is_no_real_reader(demo):
    factories.make_reader("keeper", is_staff=True, is_superuser=True)
    assert "60 turns" in demo()


@pytest.mark.parametrize("language", sorted(set(planning.LANGUAGES)))
def test_each_language_has_the_same_kinds_of_words(language):
    assert planning.words_of(language).keys() == planning.words_of("ko").keys()
