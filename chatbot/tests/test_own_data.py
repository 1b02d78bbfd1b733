"""What is the reader's own: gathered for the reply that speaks of it, and marked where they say so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chatbot import own_data, replies, understanding
from chatbot.language.acts import Act, ActPart, ReadTurn
from chatbot.models import Conversation, Pick, Turn
from users.models import DailyUse, ShelfEntry, TasteLine

from . import factories

pytestmark = pytest.mark.django_db


def read(*parts):
    return ReadTurn(parts, "")


def of(shelf="shelf"):
    return read(ActPart(Act.OWN_DATA, detail={"of": shelf}))


def verdict(state, *works):
    return read(ActPart(Act.VERDICT, works=works, detail={"state": state}))


@pytest.fixture
def turn(reader, catalogue):
    return factories.begin(reader, "내 서가에 뭐 있어?")


@pytest.fixture
def answer(monkeypatch):
    """Answers a turn whose words do what `acts` says, by the real path."""

    def run(turn, acts):
        monkeypatch.setattr(understanding, "read_acts", lambda *_given: acts)
        replies.write(Turn.objects.claim(turn.pk, "one"))
        return Turn.objects.get(pk=turn.pk)

    return run


def marks(reader):
    return dict(reader.shelf_entries.values_list("novel__slug", "state"))


# --- Gathering ---------------------------------------------------------------------------------


def test_nothing_is_gathered_where_nothing_of_it_is_spoken_of(turn, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert own_data.own_data(turn, read(ActPart(Act.RECOMMEND), ActPart(Act.THANKS))) is None


def test_only_ones_own_is_gathered(turn, reader, stranger, catalogue, settings):
    settings.DAILY_REPLIES = 7
    lamplight, snowfall, harbour, *_ = catalogue
    for someone, novel, state in ((reader, lamplight, "read"), (reader, snowfall, "read"), (stranger, harbour, "not")):
        ShelfEntry.objects.put(someone, novel, state)
        Pick.objects.create(turn=factories.make_turn(reader=someone), novel=novel, position=1, reason="등불 이야기")
    tag = factories.make_tag("fantasy")
    TasteLine.objects.create(reader=reader, kind="like", topic="tag:fantasy", tag=tag, turn=turn)
    TasteLine.objects.create(reader=reader, kind="read_to", topic="read_to:snowfall", novel=snowfall, volume=3)
    TasteLine.objects.create(reader=stranger, kind="never", topic="tag:fantasy", tag=tag)
    own = own_data.own_data(turn, of())
    assert {state: slugs for state, slugs in own.shelf.items() if slugs} == {"read": ["snowfall", "lamplight"]}
    assert own.shelf_counts == {"read": 2}
    assert own.offered == ["snowfall", "lamplight"]
    assert own.offered_count == 2
    assert (own.likes, own.never, own.read_to) == (["tag:fantasy"], [], {"snowfall": 3})
    assert own.learned == [("like", "tag:fantasy")]
    assert (own.replies_left, own.replies_a_day) == (DailyUse.objects.left(reader), 7)


def test_what_was_offered_in_a_deleted_conversation_is_not_brought_up(turn, reader, catalogue):
    told = factories.make_turn(reader=reader)
    Pick.objects.create(turn=told, novel=catalogue[0], position=1)
    assert own_data.own_data(turn, of("offered")).offered_count == 1
    Conversation.objects.filter(pk=told.conversation_id).update(deleted_at=told.queued_at)
    assert own_data.own_data(turn, of("offered")).offered == []


def test_what_was_offered_before_is_shown_again_as_small_cards(turn, reader, catalogue, answer):
    for novel in catalogue:
        Pick.objects.create(turn=factories.make_turn(reader=reader), novel=novel, position=1)
    done = answer(turn, of("offered"))
    assert done.reading["spoken"] == ["riddle", "letters", "harbour"]
    assert "5편" in done.reply


def test_what_was_offered_last_month_is_told_apart(reader, catalogue, answer):
    now = timezone.localtime()  # the day of the site's readers: in Seoul a month begins nine hours before UTC's
    then = [now.replace(day=1) - timedelta(days=days) for days in (2, 40)]
    for novel, when in zip(catalogue, [now, *then], strict=False):
        told = factories.make_turn(reader=reader, queued_at=when)
        Pick.objects.create(turn=told, novel=novel, position=1)
    turn = factories.begin(reader, "지난달에 뭐 추천해 줬어?")
    part = ActPart(Act.OWN_DATA, turn.text, detail={"of": "offered"})
    own = own_data.own_data(turn, read(part))
    assert (own.asks_then, own.offered_then, own.offered_then_count) == (True, ["snowfall"], 1)
    done = answer(turn, read(part))
    assert "『눈 내리는 왕국』" in done.reply
    assert "등불의 서고" not in done.reply
    assert done.reading["spoken"] == ["snowfall"]


def test_a_month_without_offers_is_told_as_such(reader, catalogue, answer):
    Pick.objects.create(turn=factories.make_turn(reader=reader), novel=catalogue[0], position=1)
    turn = factories.begin(reader, "작년에 뭐 추천해 줬어?")
    done = answer(turn, read(ActPart(Act.OWN_DATA, turn.text, detail={"of": "offered"})))
    assert "등불의 서고" not in done.reply
    assert "남아 있지 않아요" in done.reply


@pytest.mark.parametrize("rows", [1, 5])
def test_it_costs_as_many_queries_for_much_as_for_little(turn, reader, catalogue, rows, django_assert_num_queries):
    for novel in catalogue[:rows]:
        ShelfEntry.objects.put(reader, novel, "read")
        Pick.objects.create(turn=factories.make_turn(reader=reader), novel=novel, position=1)
    with django_assert_num_queries(6):  # shelf, its counts, offers, their count, taste, quota
        own_data.own_data(turn, of())


def test_replies_that_nobody_uses_up_are_not_counted(turn, settings):
    settings.DAILY_REPLIES = 1_000_000
    assert own_data.own_data(turn, of("quota")).replies_left is None


# --- Marking -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        ("read", "read"),
        ("loved", "read"),
        ("want", "want"),
        ("reading", "reading"),
        ("hold", "hold"),
        ("dropped", "dropped"),
        ("not", "not"),
    ],
)
def test_a_verdict_is_marked_on_the_shelf_and_said_back(turn, reader, answer, state, mark):
    done = answer(turn, verdict(state, "lamplight"))
    assert marks(reader) == {"lamplight": mark}
    assert "『등불의 서고』" in done.reply
    assert done.reading["spoken"] == ["lamplight"]
    assert done.reading["proposed"] == ("similar" if state in ("read", "loved", "want") else "")


@pytest.mark.parametrize("state", ["unmark", "unread", "curious"])
def test_a_work_is_taken_off_only_where_that_is_said(turn, reader, catalogue, answer, state):
    ShelfEntry.objects.put(reader, catalogue[0], "read")
    answer(turn, verdict(state, "lamplight"))
    assert marks(reader) == ({"lamplight": "read"} if state == "curious" else {})


def test_all_that_was_offered_in_this_conversation_is_listed_in_its_order(turn, reader, catalogue, answer):
    earlier = factories.make_turn(reader=reader, conversation=turn.conversation)
    for place, novel in enumerate(catalogue, start=1):
        Pick.objects.create(turn=earlier, novel=novel, position=place)
    assert answer(turn, of("offered")).reading["spoken"] == [novel.slug for novel in catalogue]


def test_an_unknown_verdict_or_work_marks_nothing(turn, reader, answer):
    assert answer(turn, read(*verdict("burnt", "lamplight").parts, *verdict("read", "gone").parts)).state == "done"
    assert marks(reader) == {}


@pytest.mark.parametrize(
    ("state", "left"),
    [
        ("unread", {"snowfall": "want"}),
        ("unlist", {"snowfall": "want"}),
        ("unwant", {"lamplight": "read"}),
        ("unrefuse", {"lamplight": "read", "snowfall": "want"}),
        ("unmark", {}),
    ],
)
def test_a_mark_is_taken_off_where_its_reader_says_so(turn, reader, catalogue, answer, state, left):
    for novel, mark in zip(catalogue[:2], ("read", "want"), strict=True):
        ShelfEntry.objects.put(reader, novel, mark)
    done = answer(turn, verdict(state, "lamplight", "snowfall"))
    assert marks(reader) == left
    assert "『등불의 서고』" in done.reply


@pytest.mark.parametrize("state", ["cool", "curious", "hearsay", "later", "partly", "owned"])
def test_a_word_of_taste_is_answered_and_marks_nothing(turn, reader, answer, state):
    assert "『등불의 서고』" in answer(turn, verdict(state, "lamplight")).reply
    assert marks(reader) == {}


def test_a_mark_of_an_earlier_turn_is_the_one_to_take_back(reader, catalogue):
    first = factories.make_turn(reader=reader)
    Turn.objects.filter(pk=first.pk).update(
        reading={"parts": [{"act": "verdict", "works": ["lamplight"], "detail": {"state": "read"}}]}
    )
    turn = Turn.objects.get(pk=first.pk)
    dialogue = understanding.dialogue_before(turn, [turn])
    assert (dialogue.marked, dialogue.mark) == (("lamplight",), "read")


def test_what_is_told_in_place_of_a_mark_replaces_it(turn, reader, catalogue, answer):
    ShelfEntry.objects.put(reader, catalogue[0], "not")
    answer(turn, read(*verdict("loved", "lamplight").parts, *verdict("unrefuse", "lamplight").parts))
    assert marks(reader) == {"lamplight": "read"}


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("등불의 서고 다 읽었어, 별 4개 반", {"state": "read", "rating": 9}),
        ("등불의 서고는 8점", {"state": "read", "rating": 8}),
        ("등불의 서고는 4점이야", {"state": "read", "rating": None}),
        ("등불의 서고는 전개가 느려서 하차했어", {"state": "dropped", "drop_reasons": ["slow"]}),
        ("등불의 서고 잠시 보류로 해 줘", {"state": "hold"}),
        ("등불의 서고 지금 읽는 중이야", {"state": "reading"}),
    ],
)
def test_what_is_said_plainly_stands_on_the_shelf(reader, catalogue, said, fields):
    turn = factories.begin(reader, said)
    replies.write(Turn.objects.claim(turn.pk, "here"))
    entry = reader.shelf_entries.get(novel=catalogue[0])
    assert {name: getattr(entry, name) for name in fields} == fields


def test_stars_alone_leave_a_work_where_it_stands(reader, catalogue):
    ShelfEntry.objects.record(reader, catalogue[0], state="reading", volumes_read=2)
    turn = factories.begin(reader, "등불의 서고는 별 5개")
    replies.write(Turn.objects.claim(turn.pk, "here"))
    entry = reader.shelf_entries.get()
    assert (entry.state, entry.rating, entry.volumes_read) == ("reading", 10, 2)
    assert reader.taste.get().entry == entry


def test_a_mark_that_stands_is_not_set_twice(turn, reader, catalogue, answer):
    ShelfEntry.objects.put(reader, catalogue[0], "read")
    before = ShelfEntry.objects.get().changed_at
    answer(turn, verdict("loved", "lamplight"))
    assert ShelfEntry.objects.get().changed_at == before


def test_what_was_taken_back_by_hand_is_not_set_again_by_the_same_words(turn, reader, answer):
    done = answer(turn, verdict("read", "lamplight"))
    ShelfEntry.objects.all().delete()
    again = factories.begin(reader, turn.text)
    Turn.objects.filter(pk=again.pk).update(replaces=done)
    done = answer(again, verdict("read", "lamplight"))
    assert marks(reader) == {}
    assert "꽂아" not in done.reply
    assert "적어" not in done.reply


def test_a_paused_taste_holds_no_mark_up(turn, reader, answer):
    reader.taste_paused = True
    reader.save()
    answer(turn, verdict("want", "lamplight"))
    assert marks(reader) == {"lamplight": "want"}


def test_a_reply_is_not_lost_over_a_mark(turn, reader, answer, monkeypatch, caplog):
    def broken(*_given):
        raise RuntimeError("no room")

    monkeypatch.setattr(own_data, "_put", broken)
    done = answer(turn, verdict("read", "lamplight"))
    assert (done.state, marks(reader)) == ("done", {})
    assert "nothing was marked" in caplog.text
    assert "적어" not in done.reply
