"""What a brief knows of the reader and of a work they ask about."""

import pytest

from chatbot.briefing import reader_facts
from chatbot.catalogue.facts import UNREAD
from chatbot.catalogue.snapshot import load
from chatbot.models import Pick
from users.models import ShelfEntry, TasteLine

from . import factories

pytestmark = pytest.mark.django_db
REASON = {"kind": "tag", "value": "fantasy", "tags": []}


@pytest.fixture
def works(catalogue):
    shelf = load()
    return [shelf.by_slug["lamplight"], shelf.by_slug["snowfall"]]


def offered(novel, conversation=None, said="밤에 읽기 좋아요.", **fields):
    given = [{"slug": novel.slug, "reasons": [REASON]}]
    turn = factories.make_turn(conversation, candidates=given, **fields)
    Pick.objects.create(turn=turn, novel=novel, position=0, reason=said)
    return turn


def test_of_a_work_offered_in_this_conversation_the_latest_words_and_reasons_are_known(reader, catalogue, works):
    first = offered(catalogue[0], reader=reader)
    offered(catalogue[0], first.conversation, "다시 보니 더 좋아요.")
    turn = factories.make_turn(first.conversation)
    known = reader_facts(turn, works)
    assert known["lamplight"].said == "다시 보니 더 좋아요."
    assert known["lamplight"].reasons == (REASON,)
    assert known["snowfall"] == UNREAD


def test_what_was_offered_elsewhere_is_no_offer_of_this_conversation(reader, stranger, catalogue, works):
    offered(catalogue[0], reader=reader)
    offered(catalogue[0], reader=stranger)
    turn = factories.make_turn(reader=reader)
    assert not reader_facts(turn, works)["lamplight"].is_offered


def test_the_readers_own_shelf_and_progress_are_known_and_no_strangers(reader, stranger, catalogue, works):
    for owner, state, volume in ((reader, "want", 3), (stranger, "not", 5)):
        ShelfEntry.objects.create(reader=owner, novel=catalogue[0], state=state)
        TasteLine.objects.create(reader=owner, novel=catalogue[0], kind="read_to", volume=volume)
    facts = reader_facts(factories.make_turn(reader=reader), works)["lamplight"]
    assert (facts.state, facts.read_to) == ("want", 3)


@pytest.mark.parametrize("count", [1, 2])
def test_the_number_of_queries_does_not_grow_with_the_works(reader, catalogue, works, count, django_assert_num_queries):
    turn = factories.make_turn(reader=reader)
    with django_assert_num_queries(4):
        reader_facts(turn, works[:count])


def test_without_works_nothing_is_asked_of_the_database(reader, django_assert_num_queries):
    turn = factories.make_turn(reader=reader)
    with django_assert_num_queries(0):
        assert reader_facts(turn, []) == {}
