"""Stories of grown-ups: whoever asks for them is offered no school."""

from functools import cache

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.wishes.wish import understand


@cache
def shelf():
    return shipped_shelf()


@pytest.mark.parametrize(
    ("language", "ask"),
    [
        ("ko", "성인 주인공 미스터리"),
        ("ko", "어른들 로맨스, 10대 말고"),
        ("ko", "주인공이 어른인 판타지"),
        ("en", "adult romance where they're already a couple, no teens"),
        ("en", "a mystery, no teenagers please"),
        ("en", "romance with adult characters"),
        ("ja", "大人の恋愛で、もう付き合っている二人"),
        ("ja", "大人が主人公のミステリー"),
        ("ja", "10代以外の恋愛もの"),
    ],
)
def test_no_story_of_a_school_is_for_who_asks_for_grown_ups(language, ask):
    wish = understand([ask], shelf(), language)
    assert "adult-lead" in wish.asked_tags
    assert wish.exclusions.tags["academy"] == 2


@pytest.mark.parametrize(
    ("language", "ask"),
    [
        ("ko", "학원물인데 주인공이 성인인 거"),
        ("en", "a school story with an adult lead"),
        ("ja", "学園もので主人公が大人"),
    ],
)
def test_a_school_that_is_asked_for_stays(language, ask):
    assert "academy" not in understand([ask], shelf(), language).exclusions.tags


def test_an_adult_romance_is_both():
    wish = understand(["adult romance please"], shelf(), "en")
    assert {"adult-lead", "romance"} <= {*wish.required}
