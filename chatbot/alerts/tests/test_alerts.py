"""Alerts: what is measured, when operators are told, and when not."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone, translation
from django.utils.formats import date_format

from chatbot.alerts import measuring
from chatbot.alerts.checking import check
from chatbot.alerts.measuring import measure
from chatbot.alerts.models import Alert, AlertRule, Measure, NoData
from chatbot.models import Turn
from chatbot.tests import factories
from huey_tasks.tasks import check_alerts

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(microsecond=0)


@pytest.fixture(autouse=True)
def _operators(settings, db):
    settings.ALERT_RECIPIENTS = ["keeper@library.example", "night@library.example"]
    AlertRule.objects.all().delete()


@pytest.fixture
def conversation(reader):
    turn = factories.begin(reader)
    Turn.objects.filter(pk=turn.pk).update(finished_at=NOW - timedelta(days=9), state="done", queued_at=NOW)
    return turn.conversation


@pytest.fixture
def ended(conversation):
    def make(minutes=1, count=1, **fields):
        """Replies that ended so many minutes ago."""
        at = NOW - timedelta(minutes=minutes)
        fields = {"state": "done", "text": "판타지", "queued_at": at, "finished_at": at, **fields}
        Turn.objects.bulk_create(
            Turn(conversation=conversation, reader_id=conversation.reader_id, **fields) for _ in range(count)
        )

    return make


def rule(measure=Measure.FAILED, threshold=20, **fields):
    fields = {"window": 15, "least": 4, "again_after": 60, **fields}
    return AlertRule.objects.create(measure=measure, threshold=threshold, **fields)


def read(one, now=NOW):
    reading = measure([one], now)[one.pk]
    return reading.value, reading.turns


def at(minutes):
    return NOW + timedelta(minutes=minutes)


def letters():
    """The subjects sent since this was last asked."""
    subjects = [letter.subject for letter in mail.outbox]
    mail.outbox.clear()
    return subjects


# --- What is measured ------------------------------------------------------------------------


def test_the_share_of_failures_is_of_all_that_ended_but_for_who_had_no_reply_left(ended):
    one = rule()
    assert read(one) == (None, 0)
    ended(count=6)
    ended(count=3, state="failed", failure="down")
    ended(state="stopped")
    ended(count=5, state="failed", failure="quota")
    ended(minutes=16, count=7, state="failed", failure="down")
    assert read(one) == (30.0, 10)


def test_the_window_ends_where_it_says(ended):
    one = rule(window=15)
    ended(minutes=15)
    ended(minutes=15.01)
    assert read(one) == (0.0, 1)


@pytest.mark.parametrize(("number", "p95"), [(1, 1), (19, 19), (20, 19), (21, 20), (100, 95)])
def test_the_wait_is_the_nearest_rank(ended, number, p95):
    for seconds in range(1, number + 1):
        asked = NOW - timedelta(minutes=5)
        ended(queued_at=asked, first_text_at=asked + timedelta(seconds=seconds), finished_at=NOW)
    assert read(rule(Measure.TEXT)) == (p95, number)


def test_who_never_saw_a_text_waited_until_the_end(ended):
    asked = NOW - timedelta(minutes=5)
    ended(state="failed", failure="timeout", queued_at=asked, finished_at=asked + timedelta(seconds=240))
    assert read(rule(Measure.TEXT)) == (240.0, 1)
    assert read(rule(Measure.WHOLE)) == (None, 0)
    ended(queued_at=asked, first_text_at=asked + timedelta(seconds=2), finished_at=asked + timedelta(seconds=9))
    assert read(rule(Measure.WHOLE)) == (9.0, 1)


def test_thumbs_count_when_they_are_given(ended):
    ended(minutes=3 * 24 * 60, count=2, thumb="down", thumb_at=at(-1))
    ended(minutes=3 * 24 * 60, count=3, thumb="up", thumb_at=at(-1))
    ended(count=4)
    ended(thumb="down", thumb_at=at(-99))
    ended(thumb="", thumb_at=None)
    assert read(rule(Measure.DOWN)) == (40.0, 5)


def test_only_what_was_looked_through_tells_of_unverified_titles(ended):
    ended(count=2, unverified=0)
    ended(unverified=1)
    ended(unverified=3)
    ended(count=9, unverified=None)
    assert read(rule(Measure.UNVERIFIED)) == (50.0, 4)


def test_spending_is_summed_over_the_window(ended):
    ended(count=3, cost=250_000)
    ended(cost=None)
    ended(minutes=16, cost=99_000_000)
    assert read(rule(Measure.SPENDING)) == (0.75, 4)


def test_the_latest_are_looked_at_where_there_are_many(ended, monkeypatch):
    monkeypatch.setattr(measuring, "MAX_TURNS", 5)
    ended(minutes=9, count=9, state="failed", failure="down", cost=1_000_000)
    ended(minutes=1, count=4, cost=1_000_000)
    assert read(rule()) == (20.0, 5)
    assert read(rule(Measure.SPENDING)) == (13.0, 13)


def test_one_query_reads_for_all_rules(ended, django_assert_num_queries):
    ended(count=3)
    rules = [rule(window=window) for window in (5, 60, 1440)]
    with django_assert_num_queries(1):
        measure(rules, NOW)
    rules += [rule(Measure.DOWN), rule(Measure.TEXT), rule(Measure.DOWN, window=99)]
    with django_assert_num_queries(2):
        measure(rules, NOW)
    with django_assert_num_queries(0):
        assert measure([], NOW) == {}


def test_what_is_measured_is_found_by_an_index(ended, django_assert_num_queries):
    """Also in a table with statistics, of which the window holds a small part."""
    ended(minutes=40_000, count=3000, thumb="up", thumb_at=at(-40_000))
    ended(count=3)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rules = [rule(), rule(Measure.DOWN), rule(Measure.SPENDING)]
    with django_assert_num_queries(3) as captured:
        measure(rules, NOW)
    for query in [one["sql"] for one in captured.captured_queries]:
        with connection.cursor() as cursor:
            cursor.execute(f"{connection.ops.explain_query_prefix()} {query}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "index" in plan.lower(), plan
        assert "SCAN chatbot_turn" not in plan, plan
        assert "Seq Scan" not in plan, plan


# --- When operators are told -----------------------------------------------------------------


def test_an_alert_is_told_once_then_again_and_when_it_is_over(ended):
    one = rule(again_after=60)
    ended(count=3)
    ended(state="failed", failure="down")
    check(at(0))
    assert letters() == ["답장 실패율: 25%, 기준 20% 초과"]
    alert = Alert.objects.get()
    assert (alert.rule, alert.kind, alert.since, alert.value, alert.turns, alert.told) == (
        one,
        Alert.Kind.ABOVE,
        NOW,
        25.0,
        4,
        1,
    )
    Turn.objects.filter(finished_at__gte=at(-30)).update(finished_at=at(50))
    ended(minutes=-50, state="failed", failure="down")
    check(at(59))
    alert.refresh_from_db()
    assert (letters(), alert.value, alert.worst, alert.told) == ([], 40.0, 40.0, 1)
    check(at(60))
    alert.refresh_from_db()
    assert (letters(), alert.told, alert.told_at) == (["답장 실패율: 40%, 기준 20% 초과"], 2, at(60))
    Turn.objects.filter(state="failed").update(state="done")
    check(at(61))
    alert.refresh_from_db()
    assert (letters(), alert.ended_at, alert.value, alert.worst) == (["해제: 답장 실패율"], at(61), 0.0, 40.0)
    check(at(62))
    check(at(200))
    assert letters() == []
    assert Alert.objects.count() == 1


def test_a_letter_says_what_where_and_since_when(ended):
    rule(again_after=60)
    ended(count=2)
    ended(count=2, state="failed", failure="down")
    check(NOW)
    Turn.objects.filter(state="failed").update(state="done")
    check(at(1))
    with translation.override("ko"):
        began, ended_at = (date_format(timezone.localtime(at(n)), "SHORT_DATETIME_FORMAT") for n in (0, 1))
    first, last = mail.outbox
    assert first.to == last.to == ["keeper@library.example", "night@library.example"]
    assert first.body.splitlines() == [
        "답장 실패율: 최근 15분 동안 4건 기준으로 50%예요. 기준은 20% 이하예요.",
        f"시작: {began}",
        "문제가 이어지면 60분 뒤에 다시 알려 드려요.",
        "자세한 내용은 운영실의 ‘알림’에서 볼 수 있어요.",
    ]
    assert last.body.splitlines() == [
        "답장 실패율: 지금은 0%로, 기준 20%를 넘지 않아요.",
        "가장 나빴을 때는 50%였어요.",
        f"시작: {began}",
        f"종료: {ended_at}",
        "자세한 내용은 운영실의 ‘알림’에서 볼 수 있어요.",
    ]


def test_what_came_back_is_a_new_alert(ended):
    rule(again_after=0)
    ended(count=4, state="failed", failure="down")
    check(at(0))
    check(at(5))
    Turn.objects.filter(state="failed").update(state="done")
    check(at(6))
    Turn.objects.filter(finished_at__gte=at(-5)).update(state="failed")
    check(at(7))
    assert len(letters()) == 3
    assert list(Alert.objects.order_by("since").values_list("ended_at", flat=True)) == [at(6), None]


def test_told_once_means_once(ended):
    rule(again_after=0, window=1440)
    ended(count=4, state="failed", failure="down")
    for minutes in (0, 100, 1000):
        check(at(minutes))
    assert len(letters()) == 1


def test_few_replies_tell_nothing(ended):
    rule(least=4)
    ended(count=3, state="failed", failure="down")
    check(NOW)
    assert letters() == []
    ended(state="failed", failure="down")
    check(NOW)
    assert len(letters()) == 1


def test_the_threshold_itself_is_allowed(ended):
    rule(threshold=25)
    ended(count=3)
    ended(state="failed", failure="down")
    check(NOW)
    assert letters() == []


def test_an_alert_that_can_no_more_be_measured_ends_and_says_so(ended):
    rule()
    ended(count=4, state="failed", failure="down")
    check(NOW)
    letters()
    check(at(20))
    assert "답장이 너무 적어" in mail.outbox[0].body
    assert letters() == ["해제: 답장 실패율"]
    assert Alert.objects.get().value is None


def test_a_rule_taken_out_of_use_ends_its_alert_in_silence(ended):
    rule()
    ended(count=4, state="failed", failure="down")
    check(NOW)
    letters()
    AlertRule.objects.update(is_on=False)
    check(at(1))
    assert letters() == []
    assert Alert.objects.get().ended_at == at(1)


def test_without_recipients_the_alert_is_kept_all_the_same(ended, settings):
    settings.ALERT_RECIPIENTS = []
    rule()
    ended(count=4, state="failed", failure="down")
    check(NOW)
    assert letters() == []
    assert Alert.objects.going_on().count() == 1


# --- Without data ----------------------------------------------------------------------------


def waits(conversation, minutes):
    at = timezone.now() - timedelta(minutes=minutes)
    Turn.objects.create(conversation=conversation, reader_id=conversation.reader_id, text="?", queued_at=at)


@pytest.mark.parametrize(
    ("no_data", "waiting", "told"),
    [
        (NoData.NEVER, 10, False),
        (NoData.QUEUED, None, False),
        (NoData.QUEUED, 1, False),
        (NoData.QUEUED, 10, True),
        (NoData.ALWAYS, None, True),
    ],
)
def test_no_reply_that_ends_is_an_alert_where_the_rule_says_so(conversation, no_data, waiting, told):
    rule(no_data=no_data)
    if waiting:
        waits(conversation, waiting)
    check(NOW)
    assert letters() == (["최근 15분 동안 끝난 답장이 없어요"] if told else [])
    assert [alert.kind for alert in Alert.objects.all()] == ([Alert.Kind.NO_DATA] if told else [])


def test_where_replies_end_asks_may_wait(conversation, ended):
    rule(no_data=NoData.QUEUED)
    waits(conversation, 10)
    ended()
    check(NOW)
    assert letters() == []


def test_from_no_data_to_too_many_failures(conversation, ended):
    rule(no_data=NoData.ALWAYS)
    check(at(0))
    ended(minutes=-1, count=4, state="failed", failure="down")
    check(at(1))
    assert letters() == [
        "최근 15분 동안 끝난 답장이 없어요",
        "해제: 답장 실패율",
        "답장 실패율: 100%, 기준 20% 초과",
    ]
    assert [(alert.kind, alert.ended_at) for alert in Alert.objects.order_by("pk")] == [
        (Alert.Kind.NO_DATA, at(1)),
        (Alert.Kind.ABOVE, None),
    ]


# --- The worker ------------------------------------------------------------------------------


def test_the_worker_checks_each_minute(ended):
    rule()
    Turn.objects.filter(finished_at=None).update(state="done")
    ended(count=4, state="failed", failure="down")
    check_alerts.call_local()
    assert len(letters()) == 1
    assert check_alerts.task_class().validate_datetime(timezone.now())
