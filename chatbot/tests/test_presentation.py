"""Every kind of thing that is shown has words of its own."""

from dataclasses import fields

from chatbot.language.wish import LIMITS, Wish
from chatbot.presentation import breaches, caveats, chips, reasons
from chatbot.presentation.lines import NAMES_A_TAG, NAMES_A_WORK, Line

# Parts of a wish that make no chip: works to leave out, and what is about the ask and not about the books.
CHIPLESS = {"read", "refused", "count", "unknown_titles", "anything", "sure", "quiet", "taste"}


def test_every_part_of_a_wish_has_words_on_its_chip():
    assert {part.name for part in fields(Wish)} - CHIPLESS == chips.WORDS.keys()
    assert {*LIMITS} <= chips.WORDS.keys()


def test_kinds_that_name_a_tag_or_a_work_have_words():
    assert {*NAMES_A_TAG, *NAMES_A_WORK} <= reasons.WORDS.keys() | caveats.WORDS.keys()


def test_a_line_is_told_by_its_kind():
    assert reasons.ReasonLine("volumes", 1).words != reasons.ReasonLine("volumes", 2).words
    assert breaches.BreachLine("tag", "fantasy").words != reasons.ReasonLine("tag", "fantasy").words
    assert breaches.BreachLine("volumes", 13).words == reasons.ReasonLine("volumes", 13).words
    assert len({caveats.CaveatLine("hoped", value).words for value in ("status", "volumes", "anime")}) == 3


def test_what_has_no_words_yet_stands_as_it_is():
    assert reasons.ReasonLine("unheard-of", "x").words == "x"
    assert caveats.CaveatLine("unheard-of", "x").words == ""


def test_what_has_left_the_catalogue_leaves_its_place_empty():
    line = Line.of({"kind": "kin", "value": "gone", "tags": ["gone"]}, {}, {})
    assert (line.novel, line.tag, line.tags, line.title, line.label) == (None, None, [], "", "")
