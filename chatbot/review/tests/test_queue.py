"""The queue fills itself by rules, is shared without two at one reply, and closes with a verdict."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot.alerts.measuring import measure
from chatbot.alerts.models import AlertRule, Measure
from chatbot.catalogue.models import Tag
from chatbot.figures import counting
from chatbot.models import LateChange, Pick, PromptVersion, ReviewItem, ReviewRule, Turn, Watermark
from chatbot.prompting.figures import figures_of
from chatbot.review import filling
from chatbot.review.agreement import kappa
from chatbot.review.models import CLAIM, Review, Why
from chatbot.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules(db):
    ReviewRule.objects.all().delete()
    for why, weight, threshold, words in [
        (Why.FAILED, 20, None, ""),
        (Why.THUMB, 50, None, ""),
        (Why.SLOW, 10, 30, ""),
        (Why.WARNED, 30, None, ""),
        (Why.FLAGGED, 60, None, "죽고 싶\n自殺"),
        (Why.RANDOM, 5, 100, ""),
    ]:
        ReviewRule.objects.create(why=why, weight=weight, threshold=threshold, words=words)
    Watermark.objects.create(pk=1, finished_at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def ended(reader):
    def make(text="판타지 추천", seconds=3, **fields):
        turn = factories.begin(reader, text)
        end = timezone.now() - timedelta(minutes=1)
        fields = {"state": Turn.State.DONE, "reply": "네.", **fields}
        Turn.objects.filter(pk=turn.pk).update(queued_at=end - timedelta(seconds=seconds), finished_at=end, **fields)
        turn.refresh_from_db()
        return turn

    return make


def never():
    return 1.0


def why_of(turn):
    item = ReviewItem.objects.filter(turn=turn).first()
    return set(item.why) if item else None


def test_rules_put_replies_into_the_queue(ended):
    failed, slow = ended(state=Turn.State.FAILED, failure="timeout"), ended(seconds=31)
    said, good = ended("요즘 죽고  싶어"), ended()
    assert filling.fill(never)
    assert [why_of(turn) for turn in (failed, slow, said, good)] == [{"failed"}, {"slow"}, {"words"}, None]
    assert ReviewItem.objects.get(turn=said).weight == 60


def test_a_share_of_the_rest_is_drawn_at_random(ended):
    failed, good = ended(state=Turn.State.FAILED), ended()
    filling.fill(lambda: 0.999)
    assert (why_of(failed), why_of(good)) == ({"failed"}, {"random"})


def test_a_work_with_a_strong_warning_is_looked_at(ended, catalogue):
    gory = factories.make_novel("red", "붉은 방", ("horror", "gore"))
    turn = ended()
    Pick.objects.create(turn=turn, novel=gory, position=0)
    gory.novel_tags.update(strength=3)
    Tag.objects.filter(slug="gore").update(group=Tag.Group.WARNINGS)
    filling.fill(never)
    assert why_of(turn) == {"warned"}


def test_what_was_looked_through_is_not_looked_through_again(ended):
    turn = ended(state=Turn.State.FAILED)
    filling.fill(never)
    ReviewItem.objects.all().delete()
    filling.fill(never)
    assert why_of(turn) is None


def test_what_has_just_ended_waits_for_the_next_time(ended):
    turn = ended(state=Turn.State.FAILED)
    Turn.objects.update(finished_at=timezone.now())
    filling.fill(never)
    assert why_of(turn) is None


def test_many_are_looked_through_in_parts(ended, monkeypatch):
    monkeypatch.setattr(filling, "AT_ONCE", 2)
    turns = [ended(state=Turn.State.FAILED) for _ in range(3)]
    assert not filling.fill(never)
    assert filling.fill(never)
    assert all(why_of(turn) == {"failed"} for turn in turns)


def test_a_thumb_down_opens_what_was_closed(ended):
    turn = ended(state=Turn.State.FAILED)
    filling.fill(never)
    ReviewItem.objects.accept()
    turn.judge(Turn.Thumb.DOWN)
    item = ReviewItem.objects.get(turn=turn)
    assert (item.state, item.weight, set(item.why)) == (ReviewItem.State.OPEN, 70, {"failed", "thumb"})


def test_a_rule_that_is_off_counts_for_nothing(ended):
    ReviewRule.objects.filter(why=Why.FAILED).update(is_on=False)
    turn = ended(state=Turn.State.FAILED)
    filling.fill(never)
    assert why_of(turn) is None


def test_two_reviewers_never_get_the_same_reply(ended):
    one, other = factories.make_reader("one"), factories.make_reader("other")
    light, heavy = ended(seconds=31), ended(state=Turn.State.FAILED)
    filling.fill(never)
    assert ReviewItem.objects.claim_next(one).turn == heavy
    assert ReviewItem.objects.claim_next(other).turn == light
    assert ReviewItem.objects.claim_next(one).turn == heavy  # still theirs
    assert not ReviewItem.objects.claim(heavy.review_item.pk, other)


def test_a_claim_that_nobody_renews_runs_out(ended):
    one, other = factories.make_reader("one"), factories.make_reader("other")
    ended(state=Turn.State.FAILED)
    filling.fill(never)
    item = ReviewItem.objects.claim_next(one)
    ReviewItem.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert ReviewItem.objects.claim_next(other) == item
    assert item.is_held_by_another(one) is False  # as it was read then
    item.refresh_from_db()
    assert item.is_held_by_another(one)
    assert item.claimed_until <= timezone.now() + CLAIM


def test_what_one_skips_is_left_to_others(ended):
    one, other = factories.make_reader("one"), factories.make_reader("other")
    ended(state=Turn.State.FAILED)
    filling.fill(never)
    item = ReviewItem.objects.claim_next(one)
    item.skip(one)
    assert ReviewItem.objects.claim_next(one) is None
    assert ReviewItem.objects.claim_next(other) == item


def test_a_verdict_closes_and_its_changes_are_kept(ended):
    one = factories.make_reader("one")
    ended(state=Turn.State.FAILED)
    filling.fill(never)
    review = Review.objects.create(item=ReviewItem.objects.claim_next(one), reviewer=one)
    review.keep(scores={"1": 1}, notes="좋아요", corrected="", submit=False)
    assert ReviewItem.objects.get().state == ReviewItem.State.OPEN
    review.keep(scores={"1": 1}, notes="좋아요", corrected="", submit=True)
    assert ReviewItem.objects.get().state == ReviewItem.State.REVIEWED
    review.keep(scores={"1": 0}, notes="다시 보니 아니에요", corrected="", submit=True)
    assert [one["notes"] for one in review.history] == ["좋아요"]


def test_what_a_reader_deleted_is_looked_at_by_nobody(ended, reader):
    turn = ended(state=Turn.State.FAILED)
    filling.fill(never)
    turn.conversation.delete_soon()
    assert ReviewItem.objects.claim_next(factories.make_reader("one")) is None


def test_kappa_is_as_in_the_books():
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert kappa(pairs) == pytest.approx(0.4)
    assert kappa([]) is None
    assert kappa([(1, 1)] * 3) is None
    assert kappa([(1, 1), (0, 0)]) == 1


def test_a_reply_that_cannot_be_shown_holds_up_no_other(ended, caplog):
    broken, failed = ended(candidates=["no candidate"]), ended(state=Turn.State.FAILED)
    filling.fill(never)
    assert (why_of(broken), why_of(failed)) == (None, {"failed"})
    assert f"turn {broken.pk} could not be looked through" in caplog.text


@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize(
    ("language", "reply"),
    [
        ("ko", "『별을 삼킨 열세 번째 사서』도 재미있어요."),
        ("en", "“The Thirteenth Librarian Who Ate a Star” is fun, too: 『The Thirteenth Librarian Who Ate a Star』."),
        ("ja", "『星を呑んだ十三番目の司書』もおもしろいですよ。"),
    ],
)
def test_a_reply_with_an_unknown_title_is_one_for_figures_alerts_and_versions_alike(
    ended, catalogue, language, reply, is_on
):
    """Whether the rule of the queue is on or not."""
    ReviewRule.objects.create(why="name", weight=20, is_on=is_on)
    version = PromptVersion.objects.create(name="tried", persona="p", rules="r")
    told = {"voice": "chatgpt", "prompt_version": version.name, "language": language}
    turn, _good = ended(reply=reply, **told), ended(**told)
    day = timezone.localdate(turn.finished_at)
    LateChange.objects.all().delete()
    filling.fill(never)
    assert (why_of(turn) == {"name"}) is is_on
    rule = AlertRule(pk=1, measure=Measure.UNVERIFIED, window=60)
    assert measure([rule])[1].value == 50.0
    assert counting.count(day).whole.total("unverified") == 1
    found = figures_of([version])[version.name]
    assert (found.unverified, found.turns, found.grounded) == (1, 2, 50)
    assert set(LateChange.objects.values_list("day", flat=True)) == {day}  # it is counted anew
