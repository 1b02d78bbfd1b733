"""A reply that is being written outlives a short absence of the database, and its reader is told what happens."""

import pytest
from django.db import OperationalError

from chatbot import db_retry, replies
from chatbot.models import Pick, Turn

from . import factories
from .upstream import Finish, recommends

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def claimed(reader, catalogue, upstream):
    return Turn.objects.claim(factories.begin(reader).pk, "worker")


def away(monkeypatch, verb, times, *, after=False, when=lambda changes: True):
    """Let the database break off `verb` of a turn so many times: before it does anything, or `after` it has."""
    real, left = getattr(Turn, verb), [times]

    def broken(self, *args, **changes):
        if left[0] and when(changes):
            left[0] -= 1
            if after:
                real(self, *args, **changes)
            raise OperationalError("the connection is lost")
        return real(self, *args, **changes)

    monkeypatch.setattr(Turn, verb, broken)


def ended(turn):
    replies.write(turn)
    turn.refresh_from_db()
    return turn


def test_saving_waits_for_the_database(claimed, upstream, monkeypatch):
    away(monkeypatch, "progress", 2, when=lambda changes: "reply" in changes)
    assert ended(claimed).state == "done"
    assert len(upstream.requests) == 1


def test_ending_waits_for_the_database(claimed, upstream, monkeypatch):
    away(monkeypatch, "finish", 2)
    assert ended(claimed).state == "done"
    assert Pick.objects.filter(turn=claimed).count() == 2
    assert len(upstream.requests) == 1


def test_an_end_that_was_kept_though_nobody_heard_so_is_kept_once(claimed, monkeypatch):
    away(monkeypatch, "finish", 1, after=True)
    assert ended(claimed).state == "done"
    assert Pick.objects.filter(turn=claimed).count() == 2


def test_a_failure_waits_for_the_database(claimed, upstream, monkeypatch, reader):
    upstream.says([Finish("content_filter")])
    away(monkeypatch, "fail", 1)
    turn = ended(claimed)
    assert (turn.state, turn.charged_on) == ("failed", None)


def test_a_database_that_stays_away_is_not_waited_for(claimed, monkeypatch):
    monkeypatch.setattr(db_retry, "PATIENCE", 0.3)
    away(monkeypatch, "finish", 100)
    assert ended(claimed).state == "running"


def test_trying_again_is_said_for_long_enough_to_be_seen(claimed, upstream, monkeypatch):
    upstream.says(["절반만 ", 0.3, Finish(None)], lambda request: [*recommends(request), 1.2, "끝이에요."])
    shown, real = [], Turn.progress

    def progress(self, **changes):
        shown.append((changes.get("phase"), bool(changes.get("reply"))))
        return real(self, **changes)

    monkeypatch.setattr(Turn, "progress", progress)
    assert ended(claimed).state == "done"
    phases = [phase for phase, _ in shown if phase]
    assert phases[0] == "writing"
    assert ("again", False) in shown  # the text has vanished, and why
    assert ("again", True) in shown  # there is new text, and still why
    assert phases[-1] == "writing"
