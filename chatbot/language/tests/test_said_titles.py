"""Whole titles of works just offered are names, however plain their words."""

from types import SimpleNamespace

import pytest

from chatbot.language.acts import Dialogue
from chatbot.language.names.said_titles import with_titles_quoted

CATALOGUE = SimpleNamespace(
    by_slug={
        "diner": SimpleNamespace(
            titles={"en": "Supper at the Far Door: A Tale", "ja": "遠い扉の食堂", "ko": "먼 문의 저녁 식당"}
        ),
        "one": SimpleNamespace(titles={"en": "Calm"}),
    },
    find=lambda name: name.lower() == "reborn as a lamp" or None,
)
OFFERED = Dialogue(last_picks=("diner", "one"))


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("supper at the far door then, is it long?", "“supper at the far door” then, is it long?"),
        ("遠い扉の食堂は長い？", "“遠い扉の食堂”は長い？"),
        ("먼 문의 저녁 식당 길어요?", "“먼 문의 저녁 식당” 길어요?"),
        ("something calm", "something calm"),
        ("“supper at the far door” it is", "“supper at the far door” it is"),
    ],
)
def test_a_whole_title_of_a_work_just_offered_is_set_apart(text, quoted):
    assert with_titles_quoted(text, OFFERED, CATALOGUE, set()) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("reborn as a lamp. is she like a daughter to him?", "“reborn as a lamp”. is she like a daughter to him?"),
        ("reborn as a lamp", "reborn as a lamp"),  # which may be a wish
        ("Reborn as a cat. or as a lamp?", "Reborn as a cat. or as a lamp?"),
    ],
)
def test_a_title_that_is_a_clause_before_others_is_set_apart(text, quoted):
    assert with_titles_quoted(text, Dialogue(), CATALOGUE, set()) == quoted


def test_a_title_that_was_never_spoken_of_or_is_read_already_stays_as_it_is():
    text = "supper at the far door"
    assert with_titles_quoted(text, Dialogue(), CATALOGUE, set()) == text
    assert with_titles_quoted(text, OFFERED, CATALOGUE, {"diner"}) == text
