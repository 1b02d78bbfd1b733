"""A conversation is deleted while its reader asks, edits and stops: each request gets an answer, nothing is left to write
in what is gone, and nobody is broken off by a deadlock."""

import uuid

import pytest
from django.db import connection
from django.test import Client

from chatbot.catalogue.models import Novel
from chatbot.models import Conversation, Pick, Turn
from chatbot.tests.at_once import at_once
from chatbot.tests.factories import begin, make_novel, make_reader
from huey_tasks.sweeping import sweep
from users.models import DailyUse, ShelfEntry, User
from users.shelf.forms import PressForm

ROUNDS = 10 if connection.vendor == "postgresql" else 3  # SQLite has one writer at a time

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post(settings):
    settings.RATE_LIMITS = False

    def by(reader):
        """post(url, data): a call that sends that as `reader`, from a browser of its own, and returns the status."""

        def later(url, **data):
            client = Client(raise_request_exception=False)
            client.force_login(reader)
            return lambda: client.post(url, data).status_code

        return later

    return by


def asks(post, turn, done):
    """What a reader may press in the conversation of `turn`, which waits; `done` is an earlier turn of it."""
    ask = f"/conversations/{turn.conversation_id}/ask/"
    edited = {"text": "로맨스 추천해 주세요", "key": str(uuid.uuid4())}
    return [
        post(ask, text="판타지", key=str(uuid.uuid4())),
        post(ask, text="추리", key=str(uuid.uuid4())),
        post(f"/turns/{turn.pk}/stop/"),
        post(f"/turns/{done.pk}/edit/", **edited),
    ]


def talk(reader):
    """(a turn that was stopped, one that waits) of a new conversation."""
    done = begin(reader)
    done.stop()
    return done, done.conversation.ask("판타지", key=uuid.uuid4(), language="ko")


def may_be(came):
    """302: taken; 404: the conversation is gone."""
    assert set(came) <= {302, 404}, came


def test_what_is_asked_while_an_operator_deletes_the_conversation_leaves_nothing_to_write(post):
    for number in range(ROUNDS):
        reader = make_reader()
        done, turn = talk(reader)
        *came, deleted = at_once(
            *asks(post(reader), turn, done),
            lambda turn=turn: Conversation.objects.filter(pk=turn.conversation_id).delete_for_good(),
        )
        assert deleted is None
        may_be(came)
        assert not Turn.objects.unfinished().exists(), number
        assert sweep()
        assert not Turn.objects.exists(), number


def test_what_is_asked_while_the_reader_deletes_the_conversation_leaves_nothing_to_write(post):
    for number in range(ROUNDS):
        reader = make_reader()
        done, turn = talk(reader)
        may_be(at_once(*asks(post(reader), turn, done), post(reader)(f"/conversations/{turn.conversation_id}/delete/")))
        assert not Turn.objects.unfinished().exists(), number
        # What was asked and never begun is given back.
        assert DailyUse.objects.get(reader=reader).used == 0, number


def test_deleting_conversations_and_leaving_at_once_ends_without_a_deadlock(post):
    for number in range(ROUNDS):
        reader, other = make_reader(), make_reader()
        turns = [talk(one)[1] for one in (reader, other, reader, other)]
        every = Conversation.objects.filter(pk__in=[turn.conversation_id for turn in turns])
        came = at_once(
            lambda every=every: every.order_by("pk").delete_for_good(),
            lambda every=every: every.order_by("-pk").delete_for_good(),
            *(post(turn.reader)(f"/turns/{turn.pk}/stop/") for turn in turns),
            reader.leave,
            other.leave,
        )
        assert not [one for one in came if isinstance(one, Exception)], came
        # 302 and 400: logged out in the meantime, before the request or under it.
        assert {one for one in came if one is not None} <= {302, 400, 404}, came
        assert not Turn.objects.unfinished().exists(), number
        assert sweep()
        assert not User.objects.exists(), number


def test_a_work_that_leaves_the_shelf_while_a_reply_is_written_is_no_pick_of_it():
    gone, stays = make_novel("lamplight"), make_novel("snowfall")
    turn = Turn.objects.claim(begin(make_reader()).pk, "one")
    picks = [Pick(turn=turn, novel_id=novel.pk, position=n) for n, novel in enumerate((gone, stays), 1)]
    gone.delete()
    assert turn.finish(picks, reply="두 권이에요")
    turn.refresh_from_db()
    assert (turn.state, [pick.novel for pick in turn.picks.all()]) == ("done", [stays])


def test_a_work_that_leaves_the_shelf_while_it_is_marked_is_not_found(post, monkeypatch):
    novel, valid = make_novel("lamplight"), PressForm.is_valid
    mark = post(make_reader())("/users/shelf/lamplight/", state="want")
    monkeypatch.setattr(PressForm, "is_valid", lambda form: Novel.objects.filter(pk=novel.pk).delete() and valid(form))
    assert mark() == 404
    assert not ShelfEntry.objects.exists()
