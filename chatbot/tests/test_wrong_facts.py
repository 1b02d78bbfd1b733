"""What was marked as wrong in conversations reaches who keeps the catalogue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot import wrong_facts
from chatbot.catalogue.models import FactMark
from chatbot.models import Criterion, Review, ReviewItem, Turn
from chatbot.review import filling

from . import factories

pytestmark = pytest.mark.django_db
WRONG = {"slug": "lamplight", "kind": "volumes", "said": "9권", "nth": 0, "catalogue": 8, "detail": ""}


@pytest.fixture
def novel():
    return factories.make_novel("lamplight")


@pytest.fixture
def turn(reader, novel):
    """A reply that has ended a while ago and speaks of one work."""
    filling.fill()  # so that there is a mark from which on it looks
    made = factories.begin(reader)
    ended = timezone.now() - filling.SETTLED
    Turn.objects.filter(pk=made.pk).update(state="done", finished_at=ended, reading={"spoken": ["lamplight"]})
    made.refresh_from_db()
    return made


def marks():
    return [
        (mark.novel.slug, mark.field, mark.source, mark.said, mark.shelf, mark.turns) for mark in FactMark.objects.all()
    ]


def test_what_a_reply_states_otherwise_is_marked_once(turn):
    turn.corrections = [WRONG, {**WRONG, "slug": "gone"}, {**WRONG, "kind": "unheard-of"}]
    wrong_facts.note_corrections([turn])
    wrong_facts.note_corrections([turn])
    assert marks() == [("lamplight", "volumes", "reply", "9권", 8, [turn.pk])]
    assert FactMark.objects.get().times == 1


def test_the_queue_fills_the_marks(turn, monkeypatch):
    Turn.objects.filter(pk=turn.pk).update(corrections=[WRONG], finished_at=timezone.now())
    monkeypatch.setattr(filling, "SETTLED", timedelta(0))
    filling.fill()
    assert [mark.field for mark in FactMark.objects.all()] == ["volumes"]


def test_a_reader_marks_the_works_of_the_reply_and_no_words_of_theirs_are_kept(turn):
    turn.judge("down", "fact", "call me at 010-1234-5678")
    assert marks() == [("lamplight", "", "reader", "", None, [turn.pk])]
    turn.judge("down", "taste")
    turn.judge("up")
    assert len(marks()) == 1


def test_other_reasons_mark_nothing(turn):
    turn.judge("down", "taste", "")
    assert marks() == []


def test_a_reply_of_many_works_marks_none_of_them(turn):
    slugs = ["lamplight", *(factories.make_novel(f"work-{n}").slug for n in range(3))]
    Turn.objects.filter(pk=turn.pk).update(reading={"spoken": slugs})
    turn.refresh_from_db()
    turn.judge("down", "fact")
    assert marks() == []


def test_a_verdict_against_the_facts_marks_them_with_the_notes_masked(turn):
    criteria = {one.pk: one.name for one in Criterion.objects.all()}
    grounded = next(pk for pk, name in criteria.items() if name == wrong_facts.GROUNDED)
    item = ReviewItem.objects.note(turn, [("fact", 40)])
    review = Review(item=item, scores={str(grounded): 0}, notes="Nine volumes, says reader@example.com")
    wrong_facts.note_verdict(review, criteria)  # a draft
    assert marks() == []
    review.submitted_at = timezone.now()
    wrong_facts.note_verdict(review, criteria)
    (mark,) = marks()
    assert mark[:3] == ("lamplight", "", "reviewer")
    assert mark[3].startswith("Nine volumes, says ")
    assert "example.com" not in mark[3]


def test_a_verdict_that_finds_the_facts_right_marks_nothing(turn):
    criteria = {one.pk: one.name for one in Criterion.objects.all()}
    item = ReviewItem.objects.note(turn, [("fact", 40)])
    review = Review(item=item, scores=dict.fromkeys(map(str, criteria), 1), submitted_at=timezone.now())
    wrong_facts.note_verdict(review, criteria)
    assert marks() == []
