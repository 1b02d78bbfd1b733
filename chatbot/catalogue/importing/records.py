"""One work as a file of somebody else's tells it: read, cleaned, and put into the shape of our own lines."""

import re
from dataclasses import dataclass, field

from ...text.folding import key
from ..reasons import BadRow, Reason

MAX_LENGTH = {"title": 250, "person": 80, "imprint": 80, "synopsis": 2000}
MAX_PEOPLE, MAX_NAMES = 12, 30
FIRST_YEAR, LAST_YEAR, MOST_VOLUMES = 1970, 2100, 999
FEWEST_TAGS, MAX_TAGS = 6, 16
HANGUL = re.compile("[가-힣]")
KANA = re.compile("[ぁ-ゖァ-ヺ]")
EAST_ASIAN = re.compile("[가-힣ぁ-ゖァ-ヺ一-鿿]")
HTML = re.compile(r"<[a-zA-Z/!]")
UNSEEN = re.compile(r"[\x01-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


@dataclass
class Record:
    """`where` names it in the file; `row` holds only what the file says, as `loading.novel_from` reads it."""

    where: str
    source_id: str
    row: dict
    remarks: list = field(default_factory=list)  # what was not taken, and why
    unknown_tags: list = field(default_factory=list)

    @property
    def title(self):
        titles = self.row.get("titles", {})
        return next((titles[code] for code in ("ja", "ko", "en", "romaji") if titles.get(code)), "")

    @property
    def title_key(self):
        return key(self.title)


@dataclass
class Rejected:
    """What no record could be made of."""

    where: str
    reason: Reason


def text(value, what, longest=MAX_LENGTH["title"]):
    """`value` as one line, or BadRow. None is empty."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRow("not_text", field=what)
    if "\0" in value:
        raise BadRow("nul", field=what)
    if any("\ud800" <= letter <= "\udfff" or letter == "\ufffd" for letter in value):
        raise BadRow("letters", field=what)
    line = " ".join(UNSEEN.sub(" ", value[: 20 * longest]).split())
    if len(line) > longest:
        raise BadRow("too_long", field=what, most=longest)
    return line


def texts(values, what, longest, most, remarks=None):
    """The different texts of `values`. With `remarks`, those that are too long are left out and remarked on."""
    if values is None:
        return []
    if not isinstance(values, list):
        raise BadRow("not_list", field=what)
    found = {}
    for value in values[: 4 * most]:
        try:
            one = text(value, what, longest)
        except BadRow as error:
            if remarks is None:
                raise
            remarks.append(error.reason)
            continue
        if key(one):
            found.setdefault(key(one), one)
    return list(found.values())[:most]


def whole(value, what, lowest, highest):
    """`value` as a number, None where it is missing. BadRow when it is none, or out of bounds."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value.strip()):
        value = int(value)
    if type(value) is not int:
        raise BadRow("not_whole", field=what, said=repr(str(value)[:40]))
    if not lowest <= value <= highest:
        raise BadRow("not_between", field=what, low=lowest, high=highest, said=str(value)[:40])
    return value


def year(value):
    return whole(value, "year", FIRST_YEAR, LAST_YEAR)


def volumes(value):
    return whole(value, "volumes", 1, MOST_VOLUMES)


def person(name):
    """A name as the shelf writes it: Japanese names without the space between family and given name."""
    return name.replace(" ", "").replace("\u3000", "") if EAST_ASIAN.search(name) else name


def titles(said, remarks):
    """Those of `said` (by language) that are what they are said to be. A romanised title is none in Korean or English."""
    found = {code: text(said.get(code), f"titles.{code}") for code in ("ja", "ko", "en", "romaji")}
    found = {code: title for code, title in found.items() if key(title)}
    romaji = key(found.get("romaji", ""))
    wrong = {
        "ko": lambda title: KANA.search(title) or (not HANGUL.search(title) and key(title) == romaji),
        "en": lambda title: EAST_ASIAN.search(title) or key(title) == romaji,
        "ja": lambda title: HANGUL.search(title) or (not EAST_ASIAN.search(title) and romaji and key(title) == romaji),
        "romaji": EAST_ASIAN.search,
    }
    for code, is_wrong in wrong.items():
        if code in found and is_wrong(found[code]):
            remarks.append(Reason("other_language", field=f"titles.{code}", said=found.pop(code)))
    if not found:
        raise BadRow("no_title")
    return found


def external_ids(said, remarks):
    """Those of `said` (by site) that can be an id: digits, of BookWalker also a word. 12.0 is a number as Excel has it."""
    found = {}
    for site, value in said.items():
        one = re.sub(r"\.0+$", "", text(str(value), f"external_ids.{site}", 250)) if value not in (None, "") else ""
        if re.fullmatch(r"[1-9]\d{0,9}" if site != "bookwalker" else r"[\w-]{1,40}", one, re.ASCII):
            found[site] = one
        elif one:
            remarks.append(Reason("not_id", field=f"external_ids.{site}", said=one[:40]))
    return found


def lacks(row):
    """What `row` needs before it can stand on the shelf."""
    missing = [f"titles.{code}" for code in ("ko", "en", "ja") if not row.get("titles", {}).get(code)]
    missing += [name for name in ("authors", "year", "volumes", "status") if not row.get(name)]
    missing += [f"synopsis.{code}" for code in ("ko", "en", "ja") if not row.get("synopsis", {}).get(code)]
    return missing + (["tags"] if len(row.get("tags", {})) < FEWEST_TAGS else [])
