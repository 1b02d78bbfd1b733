"""The life of a turn: claimed once, ended once, rescued when its worker is gone."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from chatbot.assistant import failures
from chatbot.models import Conversation, Turn
from huey_tasks.sweeping import sweep
from users.models import DailyUse

from . import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(reader):
    return factories.begin(reader)


def expire(turn):
    Turn.objects.filter(pk=turn.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_turn_is_claimed_by_one_worker_only(asked):
    turn = Turn.objects.claim(asked.pk, "one")
    assert (turn.state, turn.worker, turn.claims) == ("running", "one", 1)
    assert Turn.objects.claim(asked.pk, "two") is None


def test_a_second_ask_waits_for_the_first(asked):
    second = asked.conversation.ask("그리고요", key=uuid.uuid4(), language="ko")
    assert Turn.objects.claim(second.pk, "one") is None
    first = Turn.objects.claim(asked.pk, "one")
    assert Turn.objects.claim(second.pk, "two") is None
    assert first.finish(reply="다 됐어요")
    assert Turn.objects.claim(second.pk, "two") is not None


def test_conversations_do_not_wait_for_each_other(asked, stranger):
    other = factories.begin(stranger)
    assert Turn.objects.claim(other.pk, "one") is not None
    assert Turn.objects.claim(asked.pk, "two") is not None


def test_a_finished_turn_ends_only_once(asked):
    turn = Turn.objects.claim(asked.pk, "one")
    assert turn.finish(reply="다 됐어요")
    assert not turn.finish(reply="또 됐어요")
    assert not turn.fail(failures.DOWN)
    assert not turn.stop()
    turn.refresh_from_db()
    assert (turn.state, turn.reply) == ("done", "다 됐어요")


def test_a_stopped_turn_cannot_be_written_to_any_more(asked):
    turn = Turn.objects.claim(asked.pk, "one")
    assert turn.progress(reply="조금")
    assert Turn.objects.get(pk=turn.pk).stop()
    assert not turn.progress(reply="조금 더")
    assert not turn.finish(reply="끝까지")
    turn.refresh_from_db()
    assert (turn.state, turn.reply) == ("stopped", "조금")


def test_a_turn_whose_lease_ran_out_goes_back_to_the_line(asked):
    turn = Turn.objects.claim(asked.pk, "one")
    expire(turn)
    assert Turn.objects.rescue()[:2] == (1, 0)
    turn.refresh_from_db()
    assert (turn.state, turn.phase, turn.worker) == ("queued", "again", "")


def test_a_worker_that_comes_back_late_changes_nothing(asked):
    late = Turn.objects.claim(asked.pk, "one")
    expire(late)
    Turn.objects.rescue()
    again = Turn.objects.claim(asked.pk, "two")
    assert not late.progress(reply="늦은 답")
    assert not late.finish(reply="늦은 답")
    assert again.finish(reply="제때 온 답")


def test_the_same_worker_claiming_again_does_not_mix_its_two_tries(asked):
    late = Turn.objects.claim(asked.pk, "one")
    expire(late)
    Turn.objects.rescue()
    Turn.objects.claim(asked.pk, "one")
    assert not late.finish(reply="늦은 답")


def test_a_turn_that_takes_five_workers_down_is_given_up(asked, reader):
    for worker in ("one", "two", "three", "four", "five"):
        expire(Turn.objects.claim(asked.pk, worker))
        Turn.objects.rescue()
    asked.refresh_from_db()
    assert (asked.state, asked.failure) == ("failed", failures.LOST)
    assert DailyUse.objects.left(reader) == 30


def test_a_living_worker_keeps_its_leases(asked, stranger):
    mine, other = Turn.objects.claim(asked.pk, "one"), Turn.objects.claim(factories.begin(stranger).pk, "two")
    expire(mine)
    expire(other)
    assert Turn.objects.keep_leases("one", [mine.pk, other.pk]) == 1
    assert Turn.objects.rescue()[0] == 1
    mine.refresh_from_db()
    assert mine.state == "running"


def test_the_turns_of_a_dead_worker_do_not_wait_for_their_leases(asked, stranger):
    Turn.objects.claim(asked.pk, "dead")
    alive = Turn.objects.claim(factories.begin(stranger).pk, "alive")
    assert Turn.objects.rescue(dead=["dead", "long dead"])[:2] == (1, 0)
    asked.refresh_from_db()
    alive.refresh_from_db()
    assert (asked.state, alive.state) == ("queued", "running")


def test_a_reader_whose_text_has_vanished_is_told_so_until_there_is_new_text(asked):
    turn = Turn.objects.claim(asked.pk, "one")
    assert turn.phase == "reading"
    turn.progress(reply="조금", phase=Turn.Phase.WRITING)
    expire(turn)
    Turn.objects.rescue()
    again = Turn.objects.claim(asked.pk, "two")
    assert (again.phase, again.reply) == ("again", "")


def test_what_is_handed_over_has_not_taken_a_worker_down(asked, stranger):
    other = Turn.objects.claim(factories.begin(stranger).pk, "one")
    for worker in ("one", "two", "three", "four"):
        late = Turn.objects.claim(asked.pk, worker)
        assert Turn.objects.hand_over(worker, [asked.pk]) == 1
        assert not late.finish(reply="늦은 답")
    asked.refresh_from_db()
    other.refresh_from_db()
    assert (asked.state, asked.phase, asked.claims) == ("queued", "again", 0)
    assert other.state == "running"


@pytest.mark.django_db(transaction=True)
def test_what_was_rescued_goes_first(asked, stranger, work):
    claimed = Turn.objects.claim(asked.pk, "dead")
    for _ in range(2):
        factories.begin(stranger)
    expire(claimed)
    Turn.objects.rescue()
    assert HUEY.pending()[0].args == (asked.pk,)


def test_an_ask_from_a_clock_that_is_ahead_is_not_forgotten(asked, monkeypatch):
    enqueued = []
    monkeypatch.setattr("chatbot.models.enqueue", lambda turn: enqueued.append(turn.pk))
    monkeypatch.setattr("chatbot.models.queue_length", lambda: 0)
    Turn.objects.filter(pk=asked.pk).update(queued_at=timezone.now() + timedelta(minutes=5))
    assert Turn.objects.rescue() == (0, 0, 1)
    assert enqueued == [asked.pk]


def test_a_lost_task_is_given_again(asked, monkeypatch):
    enqueued = []
    monkeypatch.setattr("chatbot.models.queue_length", lambda: 0)  # whatever other tests left in the queue
    monkeypatch.setattr("chatbot.models.enqueue", lambda turn: enqueued.append(turn.pk))
    assert Turn.objects.rescue() == (0, 0, 0)
    Turn.objects.filter(pk=asked.pk).update(queued_at=timezone.now() - timedelta(seconds=10))
    assert Turn.objects.rescue() == (0, 0, 1)
    assert enqueued == [asked.pk]


@pytest.mark.django_db(transaction=True)
def test_an_unreachable_queue_loses_nothing(reader, monkeypatch):
    monkeypatch.setattr("huey_tasks.tasks.write_reply", lambda pk, priority: 1 / 0)
    turn = factories.begin(reader)
    assert Turn.objects.get(pk=turn.pk).state == "queued"


def test_a_failed_turn_gives_the_reply_back(asked, reader):
    assert DailyUse.objects.left(reader) == 29
    Turn.objects.claim(asked.pk, "one").fail(failures.DOWN)
    assert DailyUse.objects.left(reader) == 30


def test_stopping_before_any_text_gives_the_reply_back(asked, reader):
    asked.stop()
    assert DailyUse.objects.left(reader) == 30


def test_stopping_in_the_middle_does_not(asked, reader):
    turn = Turn.objects.claim(asked.pk, "one")
    turn.progress(reply="조금")
    turn.stop()
    assert DailyUse.objects.left(reader) == 29


def test_over_quota_the_words_are_kept_in_a_friendly_turn(reader, settings):
    settings.DAILY_REPLIES = 1
    first = factories.begin(reader)
    over = first.conversation.ask("하나만 더요", key=uuid.uuid4(), language="ko")
    assert (over.state, over.failure, over.text) == ("failed", "quota", "하나만 더요")
    assert DailyUse.objects.get(reader=reader).used == 1


def test_the_quota_begins_anew_at_the_readers_midnight(reader, settings, monkeypatch):
    settings.DAILY_REPLIES = 1
    late_evening_in_seoul = datetime(2026, 5, 1, 14, 59, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: late_evening_in_seoul)
    assert DailyUse.objects.take(reader)
    assert not DailyUse.objects.take(reader)
    monkeypatch.setattr(timezone, "now", lambda: late_evening_in_seoul + timedelta(minutes=2))
    assert DailyUse.objects.take(reader)


def test_midnight_is_where_the_reader_lives(reader, settings, monkeypatch):
    settings.DAILY_REPLIES = 1
    reader.timezone = "America/New_York"
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 1, 14, 59, tzinfo=UTC))
    assert DailyUse.objects.take(reader)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 1, 15, 1, tzinfo=UTC))
    assert not DailyUse.objects.take(reader)


def test_one_key_makes_one_turn_and_one_conversation(reader):
    key = uuid.uuid4()
    first = Conversation.begin(reader, "판타지", key=key, language="ko")
    second = Conversation.begin(reader, "판타지", key=key, language="ko")
    assert first == second
    assert (Conversation.objects.count(), Turn.objects.count()) == (1, 1)
    assert first.conversation.ask("판타지", key=key, language="ko") == first
    assert DailyUse.objects.left(reader) == 29


def test_two_readers_may_have_the_same_key(reader, stranger):
    key = uuid.uuid4()
    assert Conversation.begin(reader, "판타지", key=key, language="ko") != Conversation.begin(
        stranger, "판타지", key=key, language="ko"
    )


def test_asking_a_failed_turn_again_hides_only_that_turn(asked):
    Turn.objects.claim(asked.pk, "one").fail(failures.DOWN)
    later = asked.conversation.ask("그리고요", key=uuid.uuid4(), language="ko")
    asked.refresh_from_db()
    again = asked.conversation.ask(asked.text, key=uuid.uuid4(), language="ko", replacing=asked)
    assert list(asked.conversation.turns.filter(hidden=False)) == [later, again]


def test_an_edited_ask_takes_the_place_of_all_that_followed(asked):
    Turn.objects.claim(asked.pk, "one").finish(reply="다 됐어요")
    later = asked.conversation.ask("그리고요", key=uuid.uuid4(), language="ko")
    later.stop()
    edited = asked.conversation.ask("다르게 물을게요", key=uuid.uuid4(), language="ko", replacing=asked)
    assert list(asked.conversation.turns.filter(hidden=False)) == [edited]
    assert edited.replaces == asked


def test_a_deleted_conversation_can_come_back_and_is_then_gone_for_good(asked):
    conversation = asked.conversation
    conversation.delete_soon()
    asked.refresh_from_db()
    assert asked.state == "stopped"
    assert not Conversation.objects.owned_by(conversation.reader).exists()
    sweep()
    assert conversation.restore()
    assert Conversation.objects.owned_by(conversation.reader).exists()
    conversation.delete_soon()
    Conversation.objects.update(deleted_at=timezone.now() - timedelta(minutes=2))
    # Too late: its rows may be going already.
    assert not conversation.restore()
    assert not Conversation.objects.owned_by(conversation.reader).exists()
    sweep()
    assert (Conversation.objects.count(), Turn.objects.count()) == (0, 0)


def test_deleting_the_account_deletes_its_turns(asked, reader, stranger):
    factories.begin(stranger)
    reader.delete()
    assert [turn.reader for turn in Turn.objects.all()] == [stranger]
