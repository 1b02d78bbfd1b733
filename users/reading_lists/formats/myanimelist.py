"""MyAnimeList's own XML, and that of the tools that write it: elements by name, in any order."""

import io

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from chatbot.text.encodings import WrongFile

from ..lines import Faulty, Line, day, half_stars, has_unread_day, note, number_id, title, volumes
from .tables import kind_of

STATES = {
    "reading": "reading", "1": "reading",
    "completed": "read", "2": "read",
    "on-hold": "hold", "onhold": "hold", "3": "hold",
    "dropped": "dropped", "4": "dropped",
    "plan to read": "want", "plantoread": "want", "6": "want",
}  # fmt: skip
NUMBERS = ("manga_mangadb_id", "manga_mediadb_id", "series_mangadb_id")


def read(text):
    number = anime = 0
    for element in _elements(text):
        if element.tag == "manga":
            number += 1
            yield _line(number, {child.tag: (child.text or "").strip() for child in element})
        else:
            anime += 1
            yield Line(anime, kind="anime")  # its number is one of another series of numbers
    if not number:
        raise WrongFile("anime_list" if anime else "no_lines")


def _elements(text):
    """Each <manga> and <anime>, let go of when the next is read."""
    root = None
    try:
        for event, element in iterparse(io.BytesIO(text.encode()), events=("start", "end"), forbid_dtd=True):
            if root is None:
                root = element
                if root.tag != "myanimelist":
                    raise WrongFile("unknown_xml")
            elif event == "end" and element.tag in ("manga", "anime"):
                yield element
                root.clear()
    except DefusedXmlException:
        raise WrongFile("unsafe_xml") from None
    except (ParseError, LookupError) as error:
        raise WrongFile("broken_xml") from error


def _line(number, row):
    get = row.get
    mal = number_id(next(filter(None, map(get, NUMBERS)), ""))
    made = Line(
        number,
        title=title(get("manga_title") or get("series_title")),
        ids={"mal": mal} if mal else {},
        numbered=True,
        kind=kind_of(get("manga_media_type") or get("series_type") or ""),
        state=STATES.get(get("my_status", "").lower(), ""),
        rating=half_stars(get("my_score"), 10),
        started_on=day(get("my_start_date")),
        finished_on=day(get("my_finish_date")),
        volumes_read=volumes(get("my_read_volumes")),
        volumes=volumes(get("manga_volumes")),
        note=note(get("my_comments")),
        unread_day=has_unread_day(get("my_start_date"), get("my_finish_date")),
    )
    return made if made.title or made.ids else Faulty(number, "no_title")
