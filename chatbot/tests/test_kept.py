"""What a growing turn has shown once is not made and sent anew: the page says what it has."""

import re

import pytest
from django.urls import reverse

from chatbot.models import Turn
from chatbot.presentation.kept import MAX_KEPT, have

from . import factories

HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(reader, catalogue):
    turn = Turn.objects.claim(factories.begin(reader, "판타지 추천해 주세요").pk, "one")
    turn.progress(
        candidates=[candidate(novel) for novel in catalogue], wish={"required": ["fantasy"], "wanted": {"fantasy": 1.0}}
    )
    return turn


def candidate(novel, **fields):
    reasons = [{"kind": "tag", "value": "fantasy", "tags": []}]
    return {"pk": novel.pk, "slug": novel.slug, "score": 1, "reasons": reasons, "breaches": [], **fields}


def poll(client, turn, have=""):
    return client.get(
        reverse("chatbot:turn", args=[turn.pk]), {"seen": "", "have": have}, headers=HTMX
    ).content.decode()


def has(page):
    """What a page that was drawn from `page` says to have."""
    return re.search(r"data-poll[^>]* hx-get=\"[^\"]*have=([0-9a-f.]*)\"", page)[1]


def card(page, slug):
    return re.search(
        rf'<article[^>]* id="card-\d+-{slug}".*?</article>|<article id="card-\d+-{slug}".*?</article>', page, re.S
    )[0]


def test_a_card_is_made_once_and_its_reason_goes_on(logged_in, running):
    running.progress(reply="골라 봤어요.\n\n[[lamplight]] 차분")
    first = poll(logged_in, running)
    assert "오래된 도서관에서" in card(first, "lamplight")
    running.progress(reply="골라 봤어요.\n\n[[lamplight]] 차분한 이야기예요.\n\n[[snowfall]] 눈이")
    later = poll(logged_in, running, has(first))
    assert "data-kept" in card(later, "lamplight")
    assert "차분한 이야기예요." in card(later, "lamplight")
    assert "오래된 도서관에서" not in card(later, "lamplight")
    assert "오래된 도서관에서" in card(later, "snowfall")


def test_what_was_understood_is_made_once(logged_in, running):
    first = poll(logged_in, running)
    assert 'value="required:fantasy"' in first
    later = poll(logged_in, running, has(first))
    assert f'<form id="understood-{running.pk}" data-kept></form>' in later
    assert has(later) == has(first)


def test_a_card_that_changed_is_made_anew(logged_in, running, catalogue):
    running.progress(reply="[[lamplight]] 차분해요")
    first = poll(logged_in, running)
    breach = [{"kind": "status", "value": "ongoing", "tags": []}]
    running.progress(candidates=[candidate(catalogue[0], breaches=breach)])
    assert "data-kept" not in card(poll(logged_in, running, has(first)), "lamplight")


def test_the_end_keeps_what_stands_and_brings_what_is_done_with_it(logged_in, running):
    running.progress(reply="[[lamplight]] 차분해요")
    first = poll(logged_in, running)
    running.finish(reply="[[lamplight]] 차분해요\n\n더 찾아볼까요?")
    last = poll(logged_in, running, has(first))
    assert "data-kept" in card(last, "lamplight")
    assert "더 찾아볼까요?" in last
    assert "hx-trigger" not in last
    assert "data-edit" in last


def test_a_page_that_is_opened_is_whole(logged_in, running):
    running.progress(reply="[[lamplight]] 차분해요")
    page = logged_in.get(running.conversation.get_absolute_url()).content.decode()
    assert "data-kept" not in page
    assert has(page) == has(poll(logged_in, running))


def test_a_poll_between_two_cards_asks_no_more_than_one_that_shows_none(logged_in, running, django_assert_num_queries):
    running.progress(reply="[[lamplight]] 차분")
    said = has(poll(logged_in, running))
    running.progress(reply="[[lamplight]] 차분해요")
    with django_assert_num_queries(3):  # session, reader, turn
        poll(logged_in, running, said)


def test_any_words_may_be_said_to_be_had(logged_in, running):
    running.progress(reply="[[lamplight]] 차분해요")
    for said in ("", "....", "\x00", "가나다", "a" * 9000, ".".join(["0" * 12] * 5000)):
        assert "오래된 도서관에서" in card(poll(logged_in, running, said), "lamplight")
    assert len(have(".".join(map(str, range(1000))))) == MAX_KEPT
