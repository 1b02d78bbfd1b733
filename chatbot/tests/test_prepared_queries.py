"""What is asked at each poll and each reply in SQL that the ORM wrote once, or that we did: the same as the ORM gives."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chatbot import briefing, understanding
from chatbot.models import MAX_ID, SEEN_BY_POLL, Pick, Turn
from lightnovel.prepared import prepared
from users import taste
from users.models import ShelfEntry, TasteLine, User
from users.sessions import SessionStore

from . import factories

pytestmark = pytest.mark.django_db

OF_READERS = [
    taste._lines_in_force,
    taste._marks,
    taste._begun,
    taste._refused,
    taste._off_limits,
    briefing._shelved,
]


@pytest.fixture
def readers(catalogue):
    """Two readers who said other things of the same works, each with a turn that offered some."""
    return [full_of(factories.make_reader(), catalogue), full_of(factories.make_reader(), catalogue[::-1])]


def full_of(reader, novels):
    first, second, third, *_ = novels
    fantasy = factories.make_tag("fantasy")
    for place, (kind, fields) in enumerate(
        [("like", {"tag": fantasy}), ("never", {"novel": first}), ("read_to", {"novel": second, "volume": 3})]
    ):
        TasteLine.objects.create(reader=reader, kind=kind, topic=f"{place}", **fields)
    TasteLine.objects.create(reader=reader, kind="never", topic="paused", author="誰か", paused=True)
    TasteLine.objects.create(reader=reader, kind="never", topic="gone", author="誰か", forgotten_at=timezone.now())
    ShelfEntry.objects.create(reader=reader, novel=first, state="want")
    ShelfEntry.objects.create(reader=reader, novel=second, state="reading", volumes_read=2)
    ShelfEntry.objects.create(reader=reader, novel=third, state="not")
    turn = factories.begin(reader)
    for position, novel in enumerate(novels[:2]):
        Pick.objects.create(turn=turn, novel=novel, position=position)
    return reader


def same(query, *ids):
    """The rows of a prepared query, which are those of the ORM's own."""
    rows = query(*ids)
    assert [tuple(row) for row in rows] == list(query.__wrapped__(*ids))
    return rows


@pytest.mark.parametrize("query", OF_READERS, ids=lambda query: query.__name__)
def test_a_prepared_query_gives_each_reader_what_the_orm_gives(readers, query):
    mine, theirs = (same(query, reader.pk) for reader in readers)
    assert mine
    assert theirs
    assert mine != theirs or query is briefing._shelved
    assert not same(query, MAX_ID)


def test_so_do_those_of_picks(readers):
    turns = [reader.turns.get() for reader in readers]
    for turn in turns:
        assert len(same(briefing._offered, turn.reader_id, turn.conversation_id, MAX_ID)) == 2
        assert len(same(briefing._offered, turn.reader_id, None, MAX_ID)) == 2
        assert not same(briefing._offered, turn.reader_id, turn.conversation_id, turn.pk)
        assert len(same(understanding._latest_picks, turn.conversation_id, turn.pk + 1)) == 2
        assert not same(understanding._latest_picks, turn.conversation_id, turn.pk)


def test_only_the_query_is_kept_and_never_its_rows(readers, catalogue):
    reader = readers[0]
    before = taste._refused(reader.pk)
    TasteLine.objects.create(reader=reader, kind="never", topic="new", novel=catalogue[2])
    with CaptureQueriesContext(connection) as asked:
        assert len(taste._refused(reader.pk)) == len(before) + 1
    assert len(asked) == 1
    User.objects.filter(pk=reader.pk).update(taste_paused=True)
    assert taste._refused(reader.pk) == []


def test_a_query_is_written_once(readers):
    built = []

    @prepared
    def shelf(reader_id, before):
        built.append(reader_id)
        return ShelfEntry.objects.filter(reader_id=reader_id, novel_id__lt=before, state="want").values_list("state")

    for reader in readers:
        assert same(shelf, reader.pk, MAX_ID)
        assert not shelf(reader.pk, 0)
    assert len(built) == 1 + len(readers)  # once for itself, and by `same` for each


# --- The turn of a poll ------------------------------------------------------------------------


def test_a_poll_reads_each_field_of_its_turn(reader):
    turn = factories.begin(reader)
    turn = Turn.objects.claim(turn.pk, "one")
    turn.progress(reply="차분한", wish={"required": ["fantasy"]}, candidates=[{"slug": "a"}], cost=7)
    polled, asked = Turn.objects.polled(reader, turn.pk), Turn.objects.get(pk=turn.pk)
    assert not polled.get_deferred_fields()
    for field in Turn._meta.concrete_fields:
        value = getattr(polled, field.attname)
        assert value == getattr(asked, field.attname)
        assert type(value) is type(getattr(asked, field.attname))


def test_what_it_looks_at_before_waiting_is_enough_to_wait(reader, django_assert_num_queries):
    turn = factories.begin(reader)
    with django_assert_num_queries(1):
        seen = Turn.objects.polled(reader, turn.pk, SEEN_BY_POLL)
        assert (seen.pk, seen.reader_id, seen.version, seen.is_finished) == (turn.pk, reader.pk, 1, False)
        assert seen.first_text_at is None


@pytest.mark.parametrize("columns", ["turn.*", SEEN_BY_POLL])
def test_nobody_polls_what_is_not_theirs_or_is_gone(reader, stranger, columns):
    turn = factories.begin(reader)
    for asker, pk in [(stranger, turn.pk), (reader, turn.pk + 1), (reader, MAX_ID), (reader, MAX_ID + 1)]:
        with pytest.raises(Http404):
            Turn.objects.polled(asker, pk, columns)
    turn.conversation.delete_soon()
    with pytest.raises(Http404):
        Turn.objects.polled(reader, turn.pk, columns)


# --- The session ------------------------------------------------------------------------------


def test_a_session_is_read_as_django_reads_it():
    store = SessionStore()
    store["seen"], store["말"] = 7, "조용히"
    store.save()
    again = SessionStore(store.session_key)
    assert (again["seen"], again["말"], again.session_key) == (7, "조용히", store.session_key)


def test_of_a_session_that_is_over_nothing_is_read():
    store = SessionStore()
    store["seen"] = 7
    store.save()
    store.model.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    late = SessionStore(store.session_key)
    assert "seen" not in late
    assert late.session_key is None
