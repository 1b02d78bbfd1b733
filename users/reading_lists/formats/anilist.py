"""AniList: the download of one's account, which names works by number alone, and answers of its GraphQL interface."""

import json

from chatbot.text.encodings import WrongFile

from ..lines import MAX_SAID, Faulty, Line, day, half_stars, has_unread_day, note, number_id, one_line, title, volumes

STATES = {
    "CURRENT": "reading", "0": "reading",
    "PLANNING": "want", "1": "want",
    "COMPLETED": "read", "2": "read",
    "DROPPED": "dropped", "3": "dropped",
    "PAUSED": "hold", "4": "hold",
    "REPEATING": "reading", "5": "reading",
}  # fmt: skip
FORMATS = {"NOVEL": "novel", "MANGA": "manga", "ONE_SHOT": "manga"}
ANIME_FORMATS = {"TV", "TV_SHORT", "MOVIE", "SPECIAL", "OVA", "ONA", "MUSIC"}
SCALES = {"POINT_100": 100, "POINT_10_DECIMAL": 10, "POINT_10": 10, "POINT_5": 5, "POINT_3": 3}
KINDS = {"0": "anime", "anime": "anime", "1": "", "manga": ""}  # `series_type`: novels are among the manga
DEEPEST = 6  # how far a collection may lie below the top


def _load(text):
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise WrongFile("broken_json") from None


def is_list(text):
    said = _load(text)
    return _is_account(said) or bool(_collections(said))


def _is_account(said):
    lists = said.get("lists") if isinstance(said, dict) else None
    if lists == []:
        return "favourites" in said  # an account that lists nothing
    return isinstance(lists, list) and any(isinstance(one, dict) and "series_id" in one for one in lists)


def _collections(said, depth=0):
    """Every list of a `MediaListCollection`, wherever it lies: below `data`, or below a name of the asker's own."""
    if depth > DEEPEST:
        return []
    if isinstance(said, list):
        return [found for one in said[:200] for found in _collections(one, depth + 1)]
    if not isinstance(said, dict):
        return []
    lists = said.get("lists")
    if isinstance(lists, list) and any(isinstance(one, dict) and isinstance(one.get("entries"), list) for one in lists):
        return [said]
    return [found for one in said.values() for found in _collections(one, depth + 1)]


def read(text):
    said = _load(text)
    return _read_account(said) if _is_account(said) else _read_collections(_collections(said), _scale_said(text))


def _read_account(said):
    for number, entry in enumerate(said["lists"], 1):
        entry = entry if isinstance(entry, dict) else {}
        kind = KINDS.get(one_line(entry.get("series_type", 1)).lower())
        if kind is None or not number_id(entry.get("series_id")):
            yield _faulty(number, "shape", entry)
        elif kind == "anime":
            yield Line(number, kind=kind)  # its number is one of another series of numbers
        else:
            yield Line(
                number,
                ids={"anilist": number_id(entry["series_id"])},
                state=STATES.get(one_line(entry.get("status")).upper(), ""),
                rating=half_stars(entry.get("score"), 100),
                started_on=day(entry.get("started_on")),
                finished_on=day(entry.get("finished_on")),
                volumes_read=volumes(entry.get("progress_volume")),
                note=note(entry.get("notes")),
                unread_day=has_unread_day(entry.get("started_on"), entry.get("finished_on")),
            )


def _read_collections(collections, scale):
    entries = [entry for one in collections for part in one["lists"] for entry in _entries(part)]
    scale = scale or _scale(entries)
    seen = set()
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            yield _faulty(number, "shape")
            continue
        made = _line(number, entry, scale)
        # An entry comes back in each list of the reader's own it is in.
        which = made.ids.get("anilist") or made.title
        if which and which in seen:
            continue
        seen.add(which)
        yield made if made.title or made.ids else _faulty(number, "no_title", entry)


def _faulty(number, fault, entry=()):
    """What is written in an entry, but for what is nested in it."""
    said = {name: text for name in entry if (text := one_line(entry[name]))}
    return Faulty(number, fault, one_line(", ".join(f"{name}: {text}" for name, text in said.items()), MAX_SAID))


def _entries(part):
    entries = part.get("entries") if isinstance(part, dict) else None
    return entries if isinstance(entries, list) else []


def _line(number, entry, scale):
    media = entry.get("media") if isinstance(entry.get("media"), dict) else {}
    named = media.get("title") if isinstance(media.get("title"), dict) else {"romaji": media.get("title")}
    names = list(filter(None, (title(named.get(one)) for one in ("romaji", "english", "native", "userPreferred"))))
    ids = {"anilist": number_id(entry.get("mediaId") or media.get("id")), "mal": number_id(media.get("idMal"))}
    form = one_line(media.get("format")).upper()
    is_anime = form in ANIME_FORMATS or one_line(media.get("type")).upper() == "ANIME"
    return Line(
        number,
        title=names[0] if names else "",
        other_titles=tuple(names[1:]),
        ids={site: one for site, one in ids.items() if one},
        numbered=True,
        kind="anime" if is_anime else FORMATS.get(form, ""),
        state=STATES.get(one_line(entry.get("status")).upper(), ""),
        rating=half_stars(entry.get("score"), scale) if scale else None,
        started_on=_day(entry.get("startedAt")),
        finished_on=_day(entry.get("completedAt")),
        volumes_read=volumes(entry.get("progressVolumes")),
        volumes=volumes(media.get("volumes")),
        note=note(entry.get("notes")),
        unread_day=any(_is_unread(entry.get(name)) for name in ("startedAt", "completedAt")),
    )


def _day(said):
    if not isinstance(said, dict) or not all(said.get(part) for part in ("year", "month", "day")):
        return None
    return day(f"{said['year']}-{said['month']}-{said['day']}")


def _is_unread(said):
    """Whether a day is told and not whole: {"year": 2020}."""
    return isinstance(said, dict) and any(map(said.get, ("year", "month", "day"))) and _day(said) is None


def _scale_said(text):
    """The scale the reader rates on, where the answer tells it (`mediaListOptions { scoreFormat }`)."""
    found = [name for name in SCALES if f'"{name}"' in text]
    return SCALES[found[0]] if len(found) == 1 else 0


def _scale(entries):
    """By the highest score given; 0 where that fits several scales, and then no rating is taken."""
    scores = [entry.get("score") for entry in entries if isinstance(entry, dict)]
    most = max((score for score in scores if isinstance(score, int | float) and not isinstance(score, bool)), default=0)
    return 100 if most > 10 else 10 if most > 5 else 0
