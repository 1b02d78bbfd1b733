"""The functions by which a model asks for facts: of works and authors it names, and of works it can only describe.

What they answer is data of the catalogue; nothing can be offered by it, for it has no ids.
"""

from collections.abc import Iterable
from typing import Any

from ..catalogue import search
from ..catalogue.facts import facts_of, works_called_by
from ..catalogue.snapshot import CatalogueSnapshot, Work
from ..language.wishes.wish import understand
from ..recommender import descriptions
from ..text.cleaning import clean
from ..text.folding import key
from . import Brief, fact_sheet
from .tool_call import FIND, LOOK_UP, ToolCall, called, listed, read_arguments

MAX_ASKED = 5  # names looked up by one call
MAX_OF_AUTHOR = 8  # works told of an author
MAX_FOUND = 6  # works told of a description
MAX_LIKE = 4  # works told whose titles hold a name that none has whole
MIN_PART = 3  # letters of such a name
HOLD_IT = (search.Tier.BEGINS, search.Tier.CONTAINS)
MAX_TEXT = 600  # characters of a description

TOOLS: list[dict[str, Any]] = [
    {
        "name": LOOK_UP,
        "description": (
            "Facts of works by title, or of an author's works here. For what the reader speaks of and no shelf tells."
        ),
        "parameters": {
            "type": "object",
            "properties": {
                "names": {"type": "array", "items": {"type": "string"}, "description": "titles or authors, at most 5"}
            },
            "required": ["names"],
            "additionalProperties": False,
        },
    },
    {
        "name": FIND,
        "description": "Works whose plot fits a description, likeliest first. For a work whose title nobody remembers.",
        "parameters": {
            "type": "object",
            "properties": {"text": {"type": "string", "description": "what happens in it, in the reader's words"}},
            "required": ["text"],
            "additionalProperties": False,
        },
    },
]


def parse(name: str, raw: object, brief: Brief) -> ToolCall:
    """The call of one of these functions, with the works it finds."""
    text, values, fault = read_arguments(raw)
    call = ToolCall(text, name=name, fault=fault)
    if not fault:
        known = "names" if name == LOOK_UP else "text"
        call.dropped = [str(one)[:40] for one in list(values)[:20] if one != known]
        (_look_up if name == LOOK_UP else _find)(call, values.get(known), brief)
    return call


def _look_up(call: ToolCall, names: object, brief: Brief) -> None:
    call.asked = listed(names)[:MAX_ASKED]
    call.fault = "" if call.asked else "no name in it"
    works = (work for name in call.asked for work in _works_called(name, brief))
    call.works = list(dict.fromkeys(work.slug for work in works))


def _find(call: ToolCall, text: object, brief: Brief) -> None:
    description = clean(text[:MAX_TEXT]) if isinstance(text, str) else ""
    call.asked = [description] if description else []
    call.fault = "" if call.asked else "no description in it"
    if description:
        call.works = [one.work.slug for one in descriptions.find(description, brief.catalogue, MAX_FOUND)]


def _works_called(name: str, brief: Brief) -> list[Work]:
    """The work of that title, or else the works of that author, or those that a reader who said so would mean."""
    catalogue = brief.catalogue
    if work := catalogue.by_slug.get(name) or called(name, catalogue):
        return [work]
    if works := works_by(name, catalogue):
        return works
    meant = understand([f"『{name}』"], catalogue, brief.language).names_works & catalogue.by_slug.keys()
    return [catalogue.by_slug[meant.pop()]] if len(meant) == 1 else []


def works_by(author: str, catalogue: CatalogueSnapshot) -> list[Work]:
    """The best known works of an author here, who may be called by any of their names."""
    return works_called_by(author, catalogue)[:MAX_OF_AUTHOR]


def works_with(part: str, catalogue: CatalogueSnapshot) -> list[Work]:
    """The best known works whose names hold `part`, which none has whole."""
    tiers = search.ranked(part, MAX_LIKE) if len(key(part)) >= MIN_PART else {}
    return [catalogue.by_pk[pk] for pk, tier in tiers.items() if tier in HOLD_IT and pk in catalogue.by_pk]


# --- What is answered ----------------------------------------------------------------------------------------------


def sheets(call: ToolCall, brief: Brief) -> Iterable[fact_sheet.Sheet]:
    """What the call is answered with, an object a line. `brief`: with what it has found."""
    if call.name == FIND:
        return [fact_sheet.of_found(one, brief.language) for one in brief.found]
    return [sheet for name in call.asked for sheet in _sheets_of(name, brief)]


def _sheets_of(name: str, brief: Brief) -> list[fact_sheet.Sheet]:
    works = _works_called(name, brief)
    if not works and (like := works_with(name, brief.catalogue)):
        return [{"name": name, "may be one of": [fact_sheet.line(work, brief.language) for work in like]}]
    if not works:
        known = {name: told for name, told in fact_sheet.of_absent(name).items() if name != "title"}
        return [{"name": name, "facts": "not on our shelf", **known}]
    if len(works) == 1:
        return [fact_sheet.of_work(brief.facts.get(works[0].slug) or facts_of(works[0], brief.catalogue), brief)]
    return [{"author": name, "works here": [fact_sheet.line(work, brief.language) for work in works]}]
