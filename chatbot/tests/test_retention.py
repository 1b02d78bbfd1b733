"""What is kept no longer than an installation says, and the report of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot import retention
from chatbot.models import Conversation, Look, RetentionDay, Review, ReviewItem, Turn
from chatbot.review.models import Why
from chatbot.tests import factories
from huey_tasks import sweeping, tasks

pytestmark = pytest.mark.django_db


def aged(reader, days, **fields):
    """A conversation last asked in so many days ago, with all that can hang on it."""
    turn = factories.make_turn(reader=reader, failure_detail="401: raw words", calls=[{"said": "{}"}])
    at = timezone.now() - timedelta(days=days)
    Turn.objects.filter(pk=turn.pk).update(queued_at=at, finished_at=at)
    Conversation.objects.filter(pk=turn.conversation_id).update(updated_at=at, **fields)
    item = ReviewItem.objects.note(turn, [(Why.FAILED, 1)])
    Review.objects.create(item=item, reviewer=factories.make_reader())
    Look.objects.create(reader=reader, conversation=turn.conversation)
    return turn


def test_by_default_everything_is_kept(reader):
    aged(reader, 5000)
    assert retention.carry_out()
    assert Conversation.objects.get().deleted_at is None
    assert Turn.objects.get().failure_detail
    assert not RetentionDay.objects.exists()


def test_old_conversations_go_with_all_that_hangs_on_them(reader, settings):
    settings.KEEP_CONVERSATIONS_DAYS = 30
    aged(reader, 31)
    young = aged(reader, 29)
    pinned = aged(reader, 400, pinned_at=timezone.now())
    tasks.carry_out_retention.call_local()
    while not sweeping.sweep():
        pass
    assert set(Turn.objects.all()) == {young, pinned}
    for model in (ReviewItem, Review, Look, Conversation):
        assert model.objects.count() == 2, model
    report = RetentionDay.objects.get()
    assert (report.day, report.conversations, report.evidence) == (timezone.localdate(), 1, 0)


def test_what_its_reader_deleted_is_not_counted_twice(reader, settings):
    settings.KEEP_CONVERSATIONS_DAYS = 30
    aged(reader, 31).conversation.delete_soon()
    aged(reader, 32)
    retention.carry_out()
    retention.carry_out()
    assert RetentionDay.objects.get().conversations == 1


def test_raw_words_of_failures_are_emptied_and_the_rest_stays(reader, settings):
    settings.KEEP_EVIDENCE_DAYS = 30
    old, young = aged(reader, 31), aged(reader, 29)
    assert retention.carry_out()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.failure_detail, old.calls, old.text) == ("", [], young.text)
    assert young.failure_detail
    assert RetentionDay.objects.get().evidence == 1


def test_no_turn_is_looked_at_twice(reader, settings, monkeypatch):
    settings.KEEP_EVIDENCE_DAYS = 30
    monkeypatch.setattr(retention, "SPAN", 2)
    turns = [aged(reader, 90 - n // 4) for n in range(9)]  # some end in one instant
    at = Turn.objects.get(pk=turns[0].pk).finished_at
    Turn.objects.filter(pk__in=[turn.pk for turn in turns[:4]]).update(finished_at=at)
    while not retention.carry_out(seconds=0):
        pass
    assert not Turn.objects.exclude(failure_detail="").exists()
    assert RetentionDay.objects.get().evidence == 9
    later = RetentionDay.objects.get().emptied_until
    retention.carry_out()
    assert RetentionDay.objects.get().emptied_until > later
    assert RetentionDay.objects.get().evidence == 9


def test_operators_see_the_rules_and_what_they_took(client, settings):
    settings.KEEP_CONVERSATIONS_DAYS = 30
    RetentionDay.objects.add(conversations=1234)
    client.force_login(factories.make_reader("keeper", is_staff=True, is_superuser=True))
    page = client.get("/admin/chatbot/retentionday/", headers={"accept-language": "en"}).content.decode()
    assert "nobody has asked in it for 30 days" in page
    assert "KEEP_EVIDENCE_DAYS is not set" in page
    assert "1,234" in page or "1234" in page


def test_readers_are_told_how_long_theirs_are_kept(logged_in, settings):
    told = "A conversation that you have not asked in for 30 days is deleted"
    logged_in.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    assert told not in logged_in.get("/users/looks/").content.decode()
    settings.KEEP_CONVERSATIONS_DAYS = 30
    assert told in logged_in.get("/users/looks/").content.decode()
