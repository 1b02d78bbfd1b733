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


def opened(card):
    """What stands outside of the fold."""
    return [strip_tags(found).strip() for found in re.findall(r'<p class="card-caveat".*?</p>', card, re.DOTALL)]


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
    assert len(said) == 2
    assert "판타지" in said[0]
    assert "로맨스" in said[1]
    assert "추리" in said[1]
    assert len(opened(card)) == 1


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("mood", "fantasy"), ("dated", "status"), ("dated", "volumes"), ("hoped", "status"), ("hoped", "volumes"),
        ("hoped", "year"), ("hoped", "edition"), ("hoped", "anime"), ("edition", "ko"), ("edition", "en"),
        ("unpublished", "en"), ("title", "ko"), ("warning", "fantasy"),
    ],
)  # fmt: skip
def test_every_caveat_has_words_of_its_own(logged_in, running, catalogue, kind, value):
    card = card_of(
        logged_in, running, catalogue, caveats=[{"kind": kind, "value": value, "tags": []}], certainty="likely"
    )
    assert len([*lines(card, "caveats"), *opened(card)][0]) > 5


def test_a_full_warning_and_a_missing_edition_stand_outside_of_the_fold(logged_in, running, catalogue):
    caveats = [
        {"kind": kind, "value": value, "tags": []} for kind, value in (("warning", "fantasy"), ("edition", "ko"))
    ]
    card = card_of(logged_in, running, catalogue, caveats=caveats, certainty="likely")
    assert len(opened(card)) == 2
    assert "판타지" in opened(card)[0]
    assert card.index("card-caveat") < card.index("<details")
    assert lines(card, "caveats") == []


def test_what_suits_whom_it_is_for_is_told_with_the_warnings_that_are_not_there(logged_in, running, catalogue):
    reasons = [{"kind": "suits", "value": "child", "tags": ["fantasy", "romance"]}]
    fits = lines(card_of(logged_in, running, catalogue, reasons=reasons), "fits")
    assert fits == ["주의할 내용 없음: 판타지, 로맨스"]


@pytest.mark.parametrize("page", ["en", "ja"])
def test_a_reply_with_its_cards_is_in_the_language_of_its_turn(logged_in, running, catalogue, page):
    running.progress(
        candidates=[
            {
                "pk": catalogue[0].pk, "slug": "lamplight", "score": 1, "breaches": [], "certainty": "certain",
                "reasons": [{"kind": "tag", "value": "fantasy", "tags": []}, {"kind": "anime", "value": True, "tags": []}],
            }
        ]
    )  # fmt: skip
    running.finish(reply="『lamplight』[은] 어떠세요?\n\n[[lamplight]] 차분해요")
    headers = {"HX-Request": "true", "Accept-Language": page}
    html = logged_in.get(reverse("chatbot:turn", args=[running.pk]), headers=headers).content.decode()
    card, marks = html[html.index('<article class="card"') : html.index("</article>")].split('<div class="card-marks"')
    assert 'lang="ko"' in card.split(">")[0]
    assert f">{catalogue[0].title_ko}</a>" in card
    assert catalogue[0].title_en not in card
    assert lines(card, "fits") == ["판타지", "애니메이션 있음"]
    assert marks.startswith(f' lang="{page}"')
    assert "읽었어요" not in marks


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
