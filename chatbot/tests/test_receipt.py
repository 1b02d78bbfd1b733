"""What stands under a pick: what it matches, what it breaches, how far it is from certain, and whether it steps aside."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from chatbot import assistant, replies
from chatbot.assistant import librarian
from chatbot.models import Turn

from . import factories

pytestmark = pytest.mark.django_db
REPLY = "골라 봤어요.\n\n[[lamplight]] 차분해요"


@pytest.fixture
def running(reader, catalogue):
    return Turn.objects.claim(factories.begin(reader, "판타지 추천해 주세요").pk, "one")


def card_of(client, turn, catalogue, *, reasons=(), **given):
    given = {"pk": catalogue[0].pk, "slug": "lamplight", "score": 1, "reasons": list(reasons), "breaches": []} | given
    turn.progress(candidates=[given])
    turn.finish(reply=REPLY)
    html = client.get(reverse("chatbot:turn", args=[turn.pk]), headers={"HX-Request": "true"}).content.decode()
    return html[html.index('<article class="card"') : html.index("</article>")]


def lines(card, kind):
    return [strip_tags(found).strip() for found in re.findall(rf'<li class="{kind}">(.*?)</li>', card, re.DOTALL)]


@pytest.mark.parametrize("level", ["certain", "likely", "guess"])
def test_how_certain_a_pick_is_stands_on_its_receipt(logged_in, running, catalogue, level):
    caveats = [
        {"kind": "faint", "value": "fantasy", "tags": []},
        {"kind": "hint", "value": "romance", "tags": ["mystery"]},
        {"kind": "unpublished", "value": "ko", "tags": []},
    ]
    card = card_of(logged_in, running, catalogue, caveats=caveats, certainty=level)
    assert f'data-level="{level}"' in card
    said = lines(card, "caveats")
    assert len(said) == 3
    assert "판타지" in said[0]
    assert "로맨스" in said[1]
    assert "추리" in said[1]
    assert said[2]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("mood", "fantasy"), ("dated", "status"), ("dated", "volumes"), ("hoped", "status"), ("hoped", "volumes"),
        ("hoped", "year"), ("hoped", "edition"), ("hoped", "anime"), ("edition", "ko"), ("edition", "en"),
        ("unpublished", "en"), ("title", "ko"),
    ],
)  # fmt: skip
def test_every_caveat_has_words_of_its_own(logged_in, running, catalogue, kind, value):
    card = card_of(
        logged_in, running, catalogue, caveats=[{"kind": kind, "value": value, "tags": []}], certainty="likely"
    )
    assert len(lines(card, "caveats")[0]) > 5


def test_a_reply_from_before_certainty_was_kept_shows_none(logged_in, running, catalogue):
    card = card_of(logged_in, running, catalogue)
    assert "certainty" not in card
    assert lines(card, "caveats") == []
    assert "card-aside" not in card


def test_a_step_aside_is_labelled_and_is_no_match(logged_in, running, catalogue):
    reasons = [{"kind": "aside", "value": "mystery", "tags": []}, {"kind": "tag", "value": "fantasy", "tags": []}]
    card = card_of(logged_in, running, catalogue, reasons=reasons, aside=True)
    label = re.search(r'<p class="card-aside">(.*?)</p>', card, re.DOTALL)[1]
    assert "추리" in strip_tags(label)
    assert lines(card, "fits") == ["판타지"]


def test_certainty_is_kept_with_the_candidates(running):
    replies.write(running)
    running.refresh_from_db()
    assert running.candidates
    for candidate in running.candidates:
        assert candidate["certainty"] in ("certain", "likely", "guess")
        assert candidate["aside"] is False
        # The editions of these works are not known of.
        assert {"kind": "edition", "value": "ko", "tags": []} in candidate["caveats"]


def test_the_voice_of_these_tests_is_the_librarian():
    assert assistant.voice() is librarian
