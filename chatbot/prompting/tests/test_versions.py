"""Versions of the instructions: kept as they are, one in force, every turn named by the one it was answered by."""

import pytest
from django.db import IntegrityError, transaction

from chatbot import replies
from chatbot.assistant.instructions import RULES, SHIPPED, VERSION, Instructions
from chatbot.models import PromptVersion, Turn
from chatbot.prompting.active import active_instructions
from chatbot.tests import factories
from chatbot.tests.upstream import recommends, texts_of

pytestmark = pytest.mark.django_db
OWN_RULES = RULES.replace("You are precise, a little shy", "You are a gardener of books, plain and quick")


def own_version(name="own-1", rules=OWN_RULES, **fields):
    return PromptVersion.objects.create(name=name, persona="You keep a small library.", rules=rules, **fields)


@pytest.fixture
def answered(reader, catalogue, upstream):
    """Answer a new turn; the turn, and what the model was told first."""

    def answer(script=recommends):
        upstream.says(script)
        turn = Turn.objects.claim(factories.begin(reader).pk, "test-worker")
        before = len(upstream.requests)
        replies.write(turn)
        turn.refresh_from_db()
        return turn, texts_of(upstream.requests[before])[0][1]

    return answer


def test_what_ships_is_version_one_and_in_force():
    version, is_new = PromptVersion.objects.keep_shipped()
    assert (version.name, version.is_active, version.is_shipped, is_new) == (VERSION, True, True, True)
    assert PromptVersion.objects.keep_shipped() == (version, False)


def test_a_release_with_other_words_is_in_force_where_no_operator_chose(db):
    PromptVersion.objects.keep_shipped()
    newer = Instructions("2027-1", SHIPPED.persona, RULES + "\nBe brief.")
    PromptVersion.objects.keep_shipped(newer)
    assert PromptVersion.objects.active().get().name == "2027-1"
    PromptVersion.objects.activate(own_version().pk)
    PromptVersion.objects.keep_shipped(Instructions("2027-2", SHIPPED.persona, RULES + "\nBe briefer."))
    assert PromptVersion.objects.active().get().name == "own-1"
    assert PromptVersion.objects.filter(name="2027-2").exists()


def test_words_that_change_under_one_name_get_another(db):
    PromptVersion.objects.keep_shipped()
    PromptVersion.objects.keep_shipped(Instructions(VERSION, SHIPPED.persona, RULES + "\nBe brief."))
    assert set(PromptVersion.objects.values_list("name", flat=True)) == {VERSION, f"{VERSION}.2"}


def test_an_operator_who_goes_back_is_not_overruled_by_the_next_start(db):
    old, _new = PromptVersion.objects.keep_shipped()
    newer = Instructions("2027-1", SHIPPED.persona, RULES + "\nBe brief.")
    PromptVersion.objects.keep_shipped(newer)
    assert PromptVersion.objects.before_active() == old
    PromptVersion.objects.activate(old.pk)
    PromptVersion.objects.keep_shipped(newer)
    assert PromptVersion.objects.active().get() == old


def test_one_is_in_force():
    first, second = own_version("a", is_active=True), own_version("b")
    with pytest.raises(IntegrityError), transaction.atomic():
        PromptVersion.objects.filter(pk=second.pk).update(is_active=True)
    PromptVersion.objects.activate(second.pk)
    assert [one.pk for one in PromptVersion.objects.active()] == [second.pk]
    assert PromptVersion.objects.before_active() is None  # the first never went in by hand
    PromptVersion.objects.activate(first.pk)
    assert PromptVersion.objects.before_active() is None  # the second was taken back


def test_a_reply_is_written_by_the_version_in_force_and_says_so(answered):
    turn, told = answered()
    assert (turn.prompt_version, told.startswith(SHIPPED.persona)) == (VERSION, True)  # no row: as it ships
    PromptVersion.objects.activate(own_version().pk)
    turn, told = answered()
    assert turn.prompt_version == "own-1"
    assert told.startswith("You keep a small library. You are a gardener of books")
    assert "(in Korea 109," in told
    assert "three to five picks" in told


def test_the_words_in_force_are_kept_from_readers(answered):
    PromptVersion.objects.activate(own_version().pk)
    secret = OWN_RULES[:400]
    turn, _told = answered([secret])
    assert (turn.stand_in, turn.state) == ("recited", "done")
    assert "gardener of books" not in turn.reply
    assert "gardener of books" in turn.failure_detail or turn.failure_detail


def test_a_reply_costs_one_small_query_more(django_assert_num_queries):
    PromptVersion.objects.activate(own_version().pk)
    active_instructions()
    with django_assert_num_queries(1):
        assert active_instructions().version == "own-1"
