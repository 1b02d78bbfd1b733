"""What is wrong with a work, or looks as if it were, while an operator edits it.

An error keeps the work from being saved: pages and replies would break on it, or tell what cannot be. A warning does
not: the operator knows better. Both stand at their field, in the operator's language.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...text.folding import key
from .. import search
from ..importing.records import EAST_ASIAN, FEWEST_TAGS, HANGUL, KANA, MAX_LENGTH, MAX_TAGS, MOST_VOLUMES
from ..models import LANGUAGES, Name, Novel, Tag
from ..volumes import Volume, shown

MAX_DOUBLES = 6  # works that are named as what a work may be
NEAR = 5  # works a title is compared with that only resemble it
MAX_VOLUMES = 2000  # rows of one work that are looked at
LONG_AGO = timedelta(days=5 * 365)  # an ongoing work without a new volume for so long has probably ended
FAR_AHEAD = timedelta(days=2 * 365)  # no publisher announces a volume earlier
WHOLE = re.compile(r"\d+")
PEOPLE = ("authors", "authors_ko", "authors_en", "illustrators")
KINDS = (Tag.Group.SETTING, Tag.Group.GENRE, Tag.Group.TONE)  # a tag of each is what choosing begins with
DARK, BRIGHT = {"dark", "gritty"}, {"bright", "cozy", "heartwarming"}
GRIM = {"gritty", "horror", "death-game", "revenge"}  # seldom without anything to warn of


@dataclass(frozen=True)
class Remark:
    """`field`: of the form, or "tags", "names" or "volume_rows". `works`: (pk, title) of those it speaks of."""

    field: str
    text: str
    is_error: bool = False
    works: tuple = ()


def check(fields, tags, names=(), pk=None):
    """Every remark on a work. `fields` as `differences.flat` has them, those that could not be read left out; `tags`:
    {slug: strength}; `names`: its other names; `pk`: of the row, where there is one."""
    volumes = list(Volume.objects.filter(novel=pk).order_by("language", "number")[:MAX_VOLUMES]) if pk else []
    return [
        *check_fields(fields),
        *_doubles(fields, names, pk),
        *_tags(tags, fields, is_new=pk is None),
        *_volumes(volumes, fields),
    ]


def errors(fields, pk=None):
    """The remarks that keep a work from being saved."""
    return [one for one in [*check_fields(fields), *_doubles(fields, (), pk)] if one.is_error]


def check_fields(fields):
    """Remarks on what the fields say, each for itself and beside each other. Asks no database."""
    return [
        *_shapes(fields),
        *_titles(fields),
        *_synopses(fields),
        *_times(fields),
        *_adaptations(fields),
    ]


# --- Shapes, without which pages break -----------------------------------------------------------------------------


def _shapes(fields):
    for name in (*PEOPLE, "kin"):
        if name in fields and not _is_texts(fields[name]):
            yield Remark(name, _("Expected names, one a line."), is_error=True)
        elif name != "kin" and any(len(one) > MAX_LENGTH["person"] for one in fields.get(name) or ()):
            yield Remark(name, _("A name is longer than %d letters.") % MAX_LENGTH["person"], is_error=True)
    if "authors" in fields and fields["authors"] == []:
        yield Remark("authors", _("A work has at least one author."), is_error=True)
    if "related" in fields and not _is_related(fields["related"]):
        expected = _('Expected a list as [{"title_ja": "…", "kind": "sequel"}].')
        yield Remark("related", expected, is_error=True)
    if "editions" in fields and not _is_editions(fields["editions"]):
        expected = _('Expected an object as {"ko": {"known": true, "publisher": "…"}}; known may be null.')
        yield Remark("editions", expected, is_error=True)


def _is_texts(values):
    return isinstance(values, list) and all(isinstance(one, str) and one.strip() for one in values)


def _is_related(values):
    return isinstance(values, list) and all(
        isinstance(one, dict) and {"title_ja", "kind"} <= one.keys() and all(isinstance(v, str) for v in one.values())
        for one in values
    )


def _is_editions(values):
    return isinstance(values, dict) and all(
        code in LANGUAGES
        and isinstance(one, dict)
        and one.get("known") in (True, False, None)
        and isinstance(one.get("publisher", ""), str)
        for code, one in values.items()
    )


# --- Languages -----------------------------------------------------------------------------------------------------


def _titles(fields):
    titles = {code: fields.get(f"title_{code}") or "" for code in (*LANGUAGES, "romaji")}
    for code, title in titles.items():
        if title and not key(title):
            yield Remark(f"title_{code}", _("A title needs at least one letter or digit."), is_error=True)
    wrong = {
        "ko": (_is_foreign(titles["ko"]), _("This is not Korean.")),
        "ja": (HANGUL.search(titles["ja"]), _("This is not Japanese.")),
        "en": (EAST_ASIAN.search(titles["en"]), _("This is not English.")),
        "romaji": (EAST_ASIAN.search(titles["romaji"]), _("A romanised title is written in Latin letters.")),
    }
    yield from (Remark(f"title_{code}", text) for code, (is_wrong, text) in wrong.items() if is_wrong)
    if "title_romaji" in fields and not titles["romaji"] and EAST_ASIAN.search(titles["ja"]):
        yield Remark("title_romaji", _("Missing: readers look for it this way, too."))
    if fields.get("title_ko_certain") is False and _edition(fields, "ko").get("known"):
        yield Remark("title_ko_certain", _("A Korean edition is known, so its title is, too."))
    yield from _people(fields)


def _is_foreign(korean):
    """Whether a title that should be Korean is in Japanese letters."""
    return KANA.search(korean) or (EAST_ASIAN.search(korean) and not HANGUL.search(korean))


def _people(fields):
    for code in ("ko", "en"):
        translated, authors = fields.get(f"authors_{code}"), fields.get("authors")
        if not authors or not _is_texts(translated) or not _is_texts(authors):
            continue
        if not translated:
            yield Remark(f"authors_{code}", _("Missing: readers of this language see another one's."))
        elif len(translated) != len(authors):
            text = _("%(here)d names beside %(there)d in Japanese.")
            yield Remark(f"authors_{code}", text % {"here": len(translated), "there": len(authors)})


def _synopses(fields):
    for code in LANGUAGES:
        name = f"synopsis_{code}"
        if name not in fields:
            continue
        synopsis = fields[name] or ""
        if not synopsis.strip():
            yield Remark(name, _("Missing: readers of this language see another one's."))
        elif (
            (code == "ko" and not HANGUL.search(synopsis))
            or (code == "ja" and not KANA.search(synopsis))
            or (code == "en" and len(EAST_ASIAN.findall(synopsis)) > len(synopsis) // 4)
        ):
            yield Remark(name, _("This is not in the language it should be in."))
    premise = fields.get("premise")
    if isinstance(premise, dict) and premise and (missing := [code for code in LANGUAGES if not premise.get(code)]):
        yield Remark("premise", _("Missing in: %s.") % ", ".join(missing))


def _edition(fields, code):
    editions = fields.get("editions")
    one = editions.get(code) if isinstance(editions, dict) else None
    return one if isinstance(one, dict) else {}


# --- Years, volumes, status ----------------------------------------------------------------------------------------


def _times(fields):
    year, volumes, status = fields.get("year"), fields.get("volumes"), fields.get("status")
    this_year = timezone.localdate().year
    if isinstance(year, int) and year > this_year + 1:
        yield Remark("year", _("This year is still to come."), is_error=True)
    elif isinstance(year, int) and year > this_year:
        yield Remark("year", _("This year is still to come: announced works have no volume yet."))
    if isinstance(volumes, int) and volumes > MOST_VOLUMES:
        yield Remark("volumes", _("No work has more than %d volumes.") % MOST_VOLUMES, is_error=True)
    elif (
        isinstance(year, int)
        and isinstance(volumes, int)
        and year <= this_year
        and volumes > 6 * (this_year - year + 1)
    ):
        yield Remark("volumes", _("So many volumes since %d?") % year)
    if status == Novel.Status.COMPLETED and isinstance(year, int) and year == this_year and (volumes or 0) > 1:
        yield Remark("status", _("Begun this year and completed already?"))


def _adaptations(fields):
    told, volumes = fields.get("adaptations"), fields.get("volumes")
    if not isinstance(told, list) or not told:
        return
    if fields.get("anime") is False:
        yield Remark("anime", _("What the anime tells is filled in, so there is one."), is_error=True)
    ends = [one.get("to_volume") or 0 for one in told if isinstance(one, dict)]
    if isinstance(volumes, int) and ends and max(ends) > volumes:
        yield Remark(
            "adaptations",
            _("It tells to volume %(told)d, and there are %(volumes)d.") % {"told": max(ends), "volumes": volumes},
            is_error=True,
        )
    year = fields.get("year")
    years = [one["year"] for one in told if isinstance(one, dict) and isinstance(one.get("year"), int)]
    if isinstance(year, int) and years and min(years) < year:
        yield Remark("adaptations", _("It was shown before the first volume came out."))


# --- Doubles -------------------------------------------------------------------------------------------------------


def _doubles(fields, names, pk):
    titles = {f"title_{code}": fields.get(f"title_{code}") or "" for code in ("ja", "ko", "en", "romaji")}
    wanted = {key(title): field for field, title in reversed(titles.items()) if key(title)}
    wanted = {**{key(name): "names" for name in names if key(name)}, **wanted}
    found = Name.objects.filter(key__in=wanted).exclude(novel=pk).select_related("novel").order_by("-novel__renown")
    works = defaultdict(dict)
    for name in found[: 4 * MAX_DOUBLES]:
        works[wanted[name.key]][name.novel_id] = name.novel
    told = set()
    for field, novels in works.items():
        same = [one for one in novels.values() if _is_same(one, fields)]
        told.update(novels)
        if same:
            text = _("This work is on the shelf already, with the same title, author and year.")
            yield Remark(field, text, is_error=True, works=_named(same))
        elif by_same := [one for one in novels.values() if _shares_author(one, fields)]:
            yield Remark(field, _("A work of the same author is called so, too."), works=_named(by_same))
        else:
            yield Remark(field, _("Another work is called so, too."), works=_named(novels.values()))
    yield from _near(titles, fields, {*told, pk})


def _near(titles, fields, known):
    """Works of the same author whose title is nearly the same, or the same in another spelling or script."""
    for field, title in titles.items():
        if not key(title):
            continue
        pks = [pk for pk in search.ranked(title, NEAR) if pk not in known]
        near = [one for one in Novel.objects.filter(pk__in=pks) if _shares_author(one, fields)]
        known.update(one.pk for one in near)
        if near:
            text = _("A work of the same author has nearly this title.")
            yield Remark(field, text, works=_named(near))


def _is_same(novel, fields):
    is_titled = key(novel.title_ja) == key(fields.get("title_ja") or "")
    return is_titled and novel.year == fields.get("year") and _shares_author(novel, fields)


def _shares_author(novel, fields):
    ours = {key(name) for one in PEOPLE[:3] for name in (fields.get(one) or ()) if isinstance(name, str)}
    return bool(ours & {key(name) for name in [*novel.authors, *novel.authors_ko, *novel.authors_en]})


def _named(novels):
    return tuple((one.pk, one.title) for one in novels)[:MAX_DOUBLES]


# --- Tags ----------------------------------------------------------------------------------------------------------


def tag_count(number, is_new):
    """Remarks on how many tags a work has. With too few a new one is not put on the shelf."""
    if number < FEWEST_TAGS:
        text = ngettext(
            "%(number)d tag; a work has at least %(few)d.", "%(number)d tags; a work has at least %(few)d.", number
        )
        yield Remark("tags", text % {"number": number, "few": FEWEST_TAGS}, is_error=is_new)
    elif number > MAX_TAGS:
        yield Remark(
            "tags", _("%(number)d tags; more than %(most)d say little.") % {"number": number, "most": MAX_TAGS}
        )


def _tags(tags, fields, is_new):
    known = {tag.slug: tag for tag in Tag.objects.filter(slug__in=tags)}
    groups = Counter(tag.group for tag in known.values())
    if unknown := sorted(tags.keys() - known.keys()):
        yield Remark("tags", _("No such tag: %s.") % ", ".join(unknown), is_error=True)
    yield from tag_count(len(tags), is_new)
    if tags and (missing := [group.label for group in KINDS if not groups[group]]):
        yield Remark("tags", _("No tag of the kind: %s.") % ", ".join(map(str, missing)))
    if tags and 3 not in tags.values():
        yield Remark("tags", _("No tag has strength 3: what is the work about?"))
    strong = {slug for slug, strength in tags.items() if strength >= 2}
    if strong & GRIM and not groups[Tag.Group.WARNINGS]:
        said = ", ".join(known[slug].label for slug in sorted(strong & GRIM) if slug in known)
        yield Remark("tags", _("%s, and nothing to warn of?") % said)
    tone = fields.get("tone")
    if isinstance(tone, int) and ((tone > 0 and strong & DARK) or (tone < 0 and strong & BRIGHT)):
        said = ", ".join(known[slug].label for slug in sorted(strong & (DARK if tone > 0 else BRIGHT)) if slug in known)
        yield Remark("tone", _("It contradicts the tags: %s.") % said)


# --- Volumes -------------------------------------------------------------------------------------------------------


def _volumes(rows, fields):
    today = timezone.localdate()
    editions = defaultdict(list)
    for row in rows:
        editions[row.language, row.format].append(row)
    for (language, form), some in editions.items():
        where = f"{Volume.Language(language).label}, {Volume.Format(form).label}"
        yield from (Remark("volume_rows", f"{where}: {text}") for text in _of_edition(some, fields, today))
    for code in ("ko", "en"):
        if _edition(fields, code).get("known") is False and any(row.language == code for row in rows):
            text = _("There are volumes in %s, so there is an edition.") % Volume.Language(code).label
            yield Remark("editions", text)
    yield from _beside_volumes(rows, fields, today)


def _of_edition(rows, fields, today):
    """What looks wrong with the volumes of one language and format."""
    numbers = Counter(row.number for row in rows)
    if twice := [shown(number) for number, times in numbers.items() if times > 1]:
        yield _("twice: %s.") % ", ".join(twice[:10])
    whole = sorted({int(shown(number)) for number in numbers if WHOLE.fullmatch(shown(number))})
    if whole and (missing := sorted(set(range(1, whole[-1])) - set(whole))):
        yield _("missing: %s.") % ", ".join(map(str, missing[:10]))
    dated = [row for row in rows if row.released_on and WHOLE.fullmatch(shown(row.number)) and shown(row.number) != "0"]
    for one, after in pairwise(dated):
        if after.released_on < one.released_on and after.number > one.number:
            yield _("volume %(after)s came out before volume %(one)s.") % {
                "one": one.shown_number,
                "after": after.shown_number,
            }
    for row in rows:
        if row.released_on and row.released_on > today + FAR_AHEAD:
            yield _("volume %(number)s is said to come out on %(day)s.") % {
                "number": row.shown_number,
                "day": date_format(row.released_on),
            }
        elif row.released_on and isinstance(fields.get("year"), int) and row.released_on.year < fields["year"]:
            yield _("volume %(number)s came out before the first year, %(year)d.") % {
                "number": row.shown_number,
                "year": fields["year"],
            }


def _beside_volumes(rows, fields, today):
    """What the volumes say against the number of volumes and the status."""
    volumes, status = fields.get("volumes"), fields.get("status")
    numbered = [int(shown(row.number)) for row in rows if WHOLE.fullmatch(shown(row.number))]
    if isinstance(volumes, int) and numbered:
        out = {
            int(shown(row.number))
            for row in rows
            if WHOLE.fullmatch(shown(row.number)) and (row.released_on is None or row.released_on <= today)
        }
        japanese = {
            int(shown(row.number)) for row in rows if row.language == "ja" and WHOLE.fullmatch(shown(row.number))
        }
        if out and max(out) > volumes:
            yield Remark("volumes", _("Volume %d is listed as being out.") % max(out))
        elif japanese and len(japanese) < volumes:
            text = _("Only %(there)d of %(volumes)d are listed in Japanese.")
            yield Remark("volumes", text % {"there": len(japanese), "volumes": volumes})
    days = [row.released_on for row in rows if row.released_on and row.language == "ja"]
    if not days:
        return
    if status == Novel.Status.COMPLETED and max(days) > today:
        yield Remark("status", _("Completed, and a volume is still to come on %s.") % date_format(max(days)))
    if status == Novel.Status.ONGOING and max(days) < today - LONG_AGO:
        yield Remark("status", _("Ongoing, and the last volume came out on %s.") % date_format(max(days)))
    if status == Novel.Status.HIATUS and max(days) > today - timedelta(days=180):
        yield Remark("status", _("On hiatus, and a volume came out on %s.") % date_format(max(days)))


def as_validation_errors(remarks):
    """{field: ValidationError} of the errors among `remarks`, as a form takes them."""
    found = defaultdict(list)
    for one in remarks:
        if one.is_error:
            named = ", ".join(title for _pk, title in one.works)
            found[one.field].append(f"{one.text} ({named})" if named else one.text)
    return {field: ValidationError(texts) for field, texts in found.items()}
