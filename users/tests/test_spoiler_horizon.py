"""How far a reader is bounds what they are told, on pages and by either voice."""

import pytest
from django.urls import reverse

from chatbot import briefing, replies
from chatbot.assistant import fact_sheet
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.models import Turn
from chatbot.tests import factories
from users import taste
from users.models import ShelfEntry, TasteLine
from users.shelf import editing, progress

pytestmark = pytest.mark.django_db

ORDER = [
    {
        "title": {"ko": "등불의 서고", "en": "Lamplight", "ja": "灯火"},
        "slug": "lamplight",
        "kind": "main",
        "after": None,
    },
    {"title": {"ko": "첫 곁이야기", "en": "Early Tale", "ja": "外伝一"}, "slug": "", "kind": "side", "after": 2},
    {"title": {"ko": "왕이 된 뒤", "en": "After the Crown", "ja": "戴冠の後"}, "slug": "", "kind": "side", "after": 4},
]
EARLY, LATE = "첫 곁이야기", "왕이 된 뒤"


@pytest.fixture
def novel():
    order = [{**step, "skip": False} for step in ORDER]
    return factories.make_novel("lamplight", "등불의 서고", reading_order=order)


@pytest.fixture
def reader(client):
    reader = factories.make_reader("saebyeok")
    client.force_login(reader)
    return reader


def page(client):
    return client.get(reverse("catalogue:novel", args=["lamplight"])).content.decode()


def is_folded(html, words):
    """Whether `words` stand on the page only behind what opens it."""
    before, _, behind = html.partition('class="work-later"')
    return words not in before and words in behind.partition("</details>")[0]


def test_a_visitor_sees_the_whole_order(client, novel):
    assert LATE in page(client)
    assert "work-later" not in page(client)


@pytest.mark.parametrize(
    ("state", "volumes", "folds"), [("reading", 3, True), ("reading", 4, False), ("read", 3, False)]
)
def test_the_page_folds_what_lies_behind_the_volume_of_the_shelf(client, reader, novel, state, volumes, folds):
    ShelfEntry.objects.record(reader, novel, state=state, volumes_read=volumes)
    html = page(client)
    assert EARLY in html
    assert not is_folded(html, EARLY)
    assert is_folded(html, LATE) == folds


def test_what_was_said_in_words_bounds_it_too(client, reader, novel):
    TasteLine.objects.create(reader=reader, kind="read_to", topic="read_to:lamplight", novel=novel, volume=1)
    assert is_folded(page(client), EARLY)
    assert is_folded(page(client), LATE)


def test_how_far_somebody_else_is_bounds_nothing(client, reader, novel):
    ShelfEntry.objects.record(factories.make_reader(), novel, volumes_read=1)
    assert "work-later" not in page(client)


def test_what_is_said_last_counts_wherever_it_is_said(reader, novel):
    TasteLine.objects.create(reader=reader, kind="read_to", topic="read_to:lamplight", novel=novel, volume=5)
    editing.change(reader, [novel.pk], {"state": "reading", "volumes_read": 2}, adds=True)
    assert progress.read_to(reader.pk, [novel.pk]) == {novel.pk: 2}
    taste.correct(reader.taste.get(), volume=4)
    assert progress.read_to(reader.pk, [novel.pk]) == {novel.pk: 4}
    assert reader.shelf_entries.get().volumes_read == 4


def test_it_holds_while_taste_is_paused(reader, novel):
    ShelfEntry.objects.record(reader, novel, volumes_read=2)
    taste.pause_all(reader, True)
    assert progress.read_to(reader.pk, [novel.pk]) == {novel.pk: 2}


def asked(reader, words):
    turn = factories.begin(reader, words)
    replies.write(Turn.objects.claim(turn.pk, "here"))
    return Turn.objects.get(pk=turn.pk).reply


def test_the_librarian_keeps_back_what_is_read_later_and_says_so(reader, novel):
    ShelfEntry.objects.record(reader, novel, state="reading", volumes_read=3)
    told = asked(reader, "등불의 서고는 어떤 순서로 읽어?")
    assert EARLY in told
    assert LATE not in told
    assert "3권까지" in told


def test_the_librarian_tells_all_to_who_has_read_it_all(reader, novel):
    ShelfEntry.objects.record(reader, novel, state="read", volumes_read=3)
    assert LATE in asked(reader, "등불의 서고는 어떤 순서로 읽어?")


def test_the_model_is_given_nothing_that_lies_behind(reader, novel):
    ShelfEntry.objects.record(reader, novel, state="reading", volumes_read=3)
    turn = factories.make_turn(reader=reader, text="등불의 서고는 어떤 순서로 읽어?")
    work = current_catalogue().by_slug["lamplight"]
    facts = briefing.facts_of(work, current_catalogue(), briefing.reader_facts(turn, [work])["lamplight"])
    told = str(fact_sheet.of_work(facts, type("Brief", (), {"language": "ko", "catalogue": current_catalogue()})))
    assert EARLY in told
    assert LATE not in told
    assert "what happens after volume 3" in told
