"""Polls that are held until there is something to answer."""

import socket
import threading
import time
import uuid

import pytest
from django.db import connection, connections
from django.test import Client, RequestFactory
from django.urls import reverse

from chatbot import long_polling_policy as policy
from chatbot.long_polling import LongPoll, long_poll
from chatbot.models import Turn
from chatbot.tests import factories
from lightnovel.middleware import concurrency_limit

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/conversations/1/"}
SOON = 5  # seconds; half of what a poll may be held, and far more than a change takes to be noticed


class Held:
    """A poll sent by a thread of its own, as by the page of `reader`; `answer()` waits for it."""

    def __init__(self, reader, turn, **extra):
        client = Client()
        client.force_login(reader)
        address = reverse("chatbot:turn", args=[turn.pk])
        self.response = None

        def send():
            self.response = client.get(address, {"seen": turn.etag(), "hold": "1"}, headers=HTMX, **extra)
            connections.close_all()

        self.thread = threading.Thread(target=send)
        before = len(long_poll._waiters)
        self.thread.start()
        end = time.monotonic() + SOON
        while len(long_poll._waiters) == before and self.thread.is_alive():
            assert time.monotonic() < end
            time.sleep(0.005)

    def is_waiting(self):
        return self.thread.is_alive()

    def answer(self):
        self.thread.join(SOON)
        assert not self.thread.is_alive(), "the poll is still held"
        return self.response


@pytest.fixture
def running(transactional_db):
    return Turn.objects.claim(factories.begin(factories.make_reader()).pk, "worker")


def poll(client, turn, **fields):
    return client.get(reverse("chatbot:turn", args=[turn.pk]), {"seen": turn.etag(), **fields}, headers=HTMX)


def fresh(turn):
    return Turn.objects.select_related("reader").get(pk=turn.pk)


def test_new_text_is_answered_at_once(running):
    held = Held(running.reader, fresh(running))
    assert held.is_waiting()
    running.progress(reply="등불을 켜고 ", phase=Turn.Phase.WRITING)
    answer = held.answer()
    assert answer.status_code == 200
    assert "등불을 켜고" in answer.content.decode()


def test_the_end_is_answered_at_once(running):
    held = Held(running.reader, fresh(running))
    running.finish(reply="다 됐어요.")
    html = held.answer().content.decode()
    assert 'data-state="done"' in html
    assert "data-poll" not in html


def test_without_news_it_is_204_when_the_time_is_up(running, monkeypatch):
    monkeypatch.setattr(policy, "HOLD", 0.3)
    began = time.monotonic()
    client = Client()
    client.force_login(running.reader)
    assert poll(client, fresh(running), hold=1).status_code == 204
    assert time.monotonic() - began >= 0.3


def test_a_poll_that_does_not_ask_for_it_is_not_held(running):
    client = Client()
    client.force_login(running.reader)
    response = poll(client, fresh(running))
    assert response.status_code == 204
    assert not hasattr(response.wsgi_request, "held")


def test_a_page_that_is_behind_is_not_held(running):
    client = Client()
    client.force_login(running.reader)
    seen = fresh(running)
    running.progress(reply="먼저 온 글", phase=Turn.Phase.WRITING)
    response = poll(client, seen, hold=1)
    assert response.status_code == 200
    assert not hasattr(response.wsgi_request, "held")


def test_a_finished_turn_is_not_waited_for(running):
    client = Client()
    client.force_login(running.reader)
    running.finish(reply="다 됐어요.")
    response = poll(client, fresh(running), hold=1)
    assert response.status_code == 204
    assert not hasattr(response.wsgi_request, "held")


def test_strangers_are_not_held_but_told_404(running):
    client = Client()
    client.force_login(factories.make_reader())
    response = poll(client, fresh(running), hold=1)
    assert response.status_code == 404
    assert not hasattr(response.wsgi_request, "held")


def test_an_expired_session_is_not_held_but_led_to_the_login(running):
    response = poll(Client(), fresh(running), hold=1)
    assert response["HX-Redirect"].startswith("/accounts/login/")
    assert not hasattr(response.wsgi_request, "held")


def test_a_turn_deleted_meanwhile_is_404(running):
    held = Held(running.reader, fresh(running))
    running.conversation.delete()
    assert held.answer().status_code == 404


def test_a_process_that_ends_lets_everybody_go(running, monkeypatch):
    held = Held(running.reader, fresh(running))
    monkeypatch.setattr(long_poll, "ending", True)
    assert held.answer().status_code == 204
    client = Client()
    client.force_login(running.reader)
    assert not hasattr(poll(client, fresh(running), hold=1).wsgi_request, "held")


def test_a_client_that_hangs_up_is_not_held_any_longer(running, monkeypatch):
    monkeypatch.setattr(policy, "LINE_EVERY", 0)
    ours, theirs = socket.socketpair()
    held = Held(running.reader, fresh(running), **{"gunicorn.socket": ours})
    time.sleep(0.2)
    assert held.is_waiting()
    theirs.close()
    held.answer()
    ours.close()


def test_beyond_the_cap_polls_are_answered_at_once(running, monkeypatch):
    monkeypatch.setattr(policy, "MAX_HELD", 0)
    client = Client()
    client.force_login(running.reader)
    response = poll(client, fresh(running), hold=1)
    assert response.status_code == 204
    assert not hasattr(response.wsgi_request, "held")


def test_one_reader_cannot_take_all_places(running):
    polls = [Held(running.reader, fresh(running)) for _ in range(policy.MAX_HELD_EACH)]
    client = Client()
    client.force_login(running.reader)
    assert not hasattr(poll(client, fresh(running), hold=1).wsgi_request, "held")
    other = Turn.objects.claim(factories.begin(factories.make_reader()).pk, "worker")
    polls.append(Held(other.reader, fresh(other)))
    assert all(held.is_waiting() for held in polls)
    running.finish(reply="다 됐어요.")
    other.finish(reply="다 됐어요.")
    assert [held.answer().status_code for held in polls] == [200] * len(polls)


def test_moving_up_in_line_is_answered(running, monkeypatch):
    monkeypatch.setattr(policy, "LINE_EVERY", 0)
    before, asked = factories.begin(factories.make_reader()), factories.begin(factories.make_reader())
    asked = fresh(asked)
    assert asked.place_in_line == 1
    held = Held(asked.reader, asked)
    time.sleep(0.2)
    assert held.is_waiting()
    before.stop()
    assert held.answer().status_code == 200


def test_places_in_line_are_not_told_at_every_change(running, monkeypatch):
    monkeypatch.setattr(policy, "LINE_EVERY", 3600)
    monkeypatch.setattr(long_poll._policy, "line_at", time.monotonic())
    before, asked = factories.begin(factories.make_reader()), factories.begin(factories.make_reader())
    held = Held(asked.reader, fresh(asked))
    before.stop()
    time.sleep(0.3)
    assert held.is_waiting()
    asked.stop()
    assert held.answer().status_code == 200


def test_a_few_places_gained_in_a_long_line_are_no_news(running, monkeypatch):
    """Not while a poll is held, and not when it comes: the page has seen an older place than it is by then."""
    monkeypatch.setattr(policy, "LINE_EVERY", 0)
    line = [factories.begin(factories.make_reader()) for _ in range(5)]
    asked = fresh(line[-1])
    assert asked.etag() == "1-4"
    line[0].stop()
    held = Held(asked.reader, asked)
    time.sleep(0.2)
    assert held.is_waiting()
    line[1].stop()
    answer = held.answer()
    assert answer.status_code == 200
    assert "seen=1-2&amp;" in answer.content.decode()


def test_a_page_that_shows_a_newer_place_than_was_last_seen_is_held(running, monkeypatch):
    monkeypatch.setattr(policy, "LINE_EVERY", 0.3)
    line = [factories.begin(factories.make_reader()) for _ in range(3)]
    first = Held(line[-1].reader, fresh(line[-1]))
    line[0].stop()
    assert first.answer().status_code == 200  # told at a look along the line, at its place of that moment
    monkeypatch.setattr(policy, "LINE_EVERY", 3600)
    line[1].stop()
    second = Held(line[-1].reader, fresh(line[-1]))
    time.sleep(0.2)
    assert second.is_waiting()
    line[-1].stop()
    assert second.answer().status_code == 200


@pytest.mark.parametrize("etag", ["", "1", "x-y", "-", "99999999999-0", "²-0", "1-0-0", "\x00"])
def test_what_is_no_etag_is_not_held(running, etag):
    client = Client()
    client.force_login(running.reader)
    answer = client.get(reverse("chatbot:turn", args=[running.pk]), {"seen": etag, "hold": "1"}, headers=HTMX)
    assert answer.status_code == 200
    assert not hasattr(answer.wsgi_request, "held")


def test_being_taken_up_waits_a_little_for_the_text(running, monkeypatch):
    monkeypatch.setattr(policy, "DEBOUNCE", 3600)
    asked = factories.begin(factories.make_reader())
    held = Held(asked.reader, fresh(asked))
    claimed = Turn.objects.claim(asked.pk, "worker")
    time.sleep(0.3)
    assert held.is_waiting()
    claimed.progress(reply="글", phase=Turn.Phase.WRITING)
    assert held.answer().status_code == 200


def test_being_taken_up_is_told_when_there_is_no_text_soon(running):
    asked = factories.begin(factories.make_reader())
    held = Held(asked.reader, fresh(asked))
    Turn.objects.claim(asked.pk, "worker")
    assert held.answer().status_code == 200


def test_a_process_behind_its_work_tells_first_texts_and_ends_before_more_text(running, monkeypatch):
    monkeypatch.setattr(policy, "DEBOUNCE_LATE", 3600)
    monkeypatch.setattr(LongPoll, "_is_late", property(lambda self: True, lambda self, late: None), raising=False)
    held = Held(running.reader, fresh(running))
    running.progress(reply="첫 글", phase=Turn.Phase.WRITING)
    assert "첫 글" in held.answer().content.decode()
    held = Held(running.reader, fresh(running))
    running.progress(reply="첫 글과 다음 글", phase=Turn.Phase.WRITING)
    time.sleep(0.3)
    assert held.is_waiting()
    running.finish(reply="첫 글과 다음 글.")
    assert 'data-state="done"' in held.answer().content.decode()


def test_who_is_held_needs_no_connection_to_the_database(running, monkeypatch):
    monkeypatch.setattr(policy, "HOLD", 0.05)
    request = RequestFactory().get("/")
    turn = fresh(running)
    assert connection.connection is not None
    long_poll.wait_for_change(turn, 0, request)
    assert connection.connection is None
    assert request.held >= 0.05


def test_while_nobody_waits_nothing_is_asked(running, monkeypatch):
    looks = []
    monkeypatch.setattr(LongPoll, "_look", lambda self, waiters: looks.append(len(waiters)))
    monkeypatch.setattr(policy, "HOLD", 0.1)
    own = LongPoll()
    own.wait_for_change(fresh(running), 0, RequestFactory().get("/"))
    time.sleep(0.1)
    seen = len(looks)
    assert seen > 0
    time.sleep(0.3)
    assert len(looks) == seen


def test_trouble_with_the_database_ends_no_watch(running, monkeypatch, caplog):
    own = LongPoll()
    original, failures = LongPoll._look, iter([True])

    def look(self, waiters):
        if next(failures, False):
            raise RuntimeError("the database restarts")
        return original(self, waiters)

    monkeypatch.setattr(LongPoll, "_look", look)
    threading.Timer(
        0.1, lambda: (running.progress(reply="글", phase=Turn.Phase.WRITING), connections.close_all())
    ).start()
    began = time.monotonic()
    own.wait_for_change(fresh(running), 0, RequestFactory().get("/"))
    assert time.monotonic() - began < SOON
    assert "cannot be looked at" in caplog.text


def test_an_unchanged_poll_asks_three_things(running, django_assert_num_queries):
    client = Client()
    client.force_login(running.reader)
    seen = fresh(running)
    poll(client, seen)  # notes when the session was last used
    with django_assert_num_queries(3):  # session, reader, turn
        assert poll(client, seen).status_code == 204


def test_the_page_asks_to_be_held(running):
    client = Client()
    client.force_login(running.reader)
    html = client.get(running.conversation.get_absolute_url()).content.decode()
    assert f'hx-get="/turns/{running.pk}/?seen={fresh(running).etag()}&amp;hold=1&amp;have="' in html


def test_asking_once_more_does_not_hold_the_asker(running):
    """The second turn of a conversation waits behind the first: its poll and the first one's are all one reader has."""
    second = running.conversation.ask("그리고요", key=uuid.uuid4(), language="ko")
    polls = [Held(running.reader, fresh(turn)) for turn in (running, second)]
    assert all(held.is_waiting() for held in polls)
    running.finish(reply="다 됐어요.")
    second.stop()
    assert [held.answer().status_code for held in polls] == [200, 200]


def test_held_polls_leave_their_slots_to_others(running):
    """One client's middleware has all the slots: were they kept, the last request would wait for the first ones."""
    client = Client()
    client.force_login(running.reader)
    assert poll(client, fresh(running)).status_code == 204
    slot = poll(client, fresh(running)).wsgi_request.slot
    taken = [slot.acquire(blocking=False) for _ in range(concurrency_limit.MAX_CONCURRENT - 1)]
    assert all(taken)
    request = RequestFactory().get("/")
    request.slot = slot
    slot.acquire()
    asleep = threading.Thread(
        target=lambda: (long_poll.wait_for_change(fresh(running), 0, request), connections.close_all())
    )
    asleep.start()
    try:
        assert poll(client, fresh(running)).status_code == 204
    finally:
        running.finish(reply="다 됐어요.")
        asleep.join(SOON)
    assert not slot.acquire(blocking=False), "the waiter took its slot again"
