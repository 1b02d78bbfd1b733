"""Why a line of a file becomes no row, or why not all of it is taken: a code, and what stands in its sentence.

Commands and reports say it in English, pages in the operator's language. Names of fields and values stay as they are.
"""

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

SENTENCES = {
    # A value of a field.
    "not_text": gettext_noop("%(field)s is not a text"),
    "not_list": gettext_noop("%(field)s is not a list"),
    "not_object": gettext_noop("%(field)s is not an object"),
    "not_whole": gettext_noop("%(field)s is not a whole number: %(said)s"),
    "not_between": gettext_noop("%(field)s is not between %(low)s and %(high)s: %(said)s"),
    "not_kind": gettext_noop("%(field)s is not a %(kind)s: %(said)s"),
    "nul": gettext_noop("%(field)s holds a NUL byte"),
    "letters": gettext_noop("%(field)s holds letters that could not be read: is the encoding right?"),
    "too_long": gettext_noop("%(field)s is longer than %(most)s letters"),
    "html": gettext_noop("%(field)s holds HTML"),
    "missing": gettext_noop("%(field)s is missing"),
    "missing_in": gettext_noop("%(field)s has no %(language)s"),
    "holds_no_text": gettext_noop("%(field)s holds something that is not a text"),
    "several": gettext_noop("%(field)s holds %(number)s values: %(said)s"),
    "means_nothing": gettext_noop("%(field)s means nothing here: %(said)s"),
    "not_listed": gettext_noop("a list that cannot be read: %(said)s"),
    "anime": gettext_noop("anime is neither yes nor no: %(said)s"),
    "tone": gettext_noop("tone is not between -2 and 2: %(said)s"),
    "status": gettext_noop("the status is none of %(there)s: %(said)s"),
    "editions": gettext_noop("editions is not an object by language"),
    "tags": gettext_noop("tags is neither an object nor a list"),
    "strength": gettext_noop("a tag's strength is not 1, 2 or 3"),
    "unknown_tags": gettext_noop("unknown tags: %(what)s"),
    "related": gettext_noop("related holds something without title_ja and kind"),
    "no_anime": gettext_noop("adaptations of a work without an anime"),
    "adapts_more": gettext_noop("adaptations tell more than the %(number)s volumes there are"),
    "arcs_beyond": gettext_noop("named parts go beyond the %(number)s volumes there are"),
    "no_title": gettext_noop("no title"),
    "no_author": gettext_noop("no author"),
    "no_volume": gettext_noop("no volume"),
    "no_date": gettext_noop("not a date: %(said)s"),
    # A line as a whole.
    "unreadable": gettext_noop("it holds letters that could not be read: is the encoding right?"),
    "not_json": gettext_noop("not JSON: %(what)s"),
    "no_object": gettext_noop("not an object"),
    "no_slug": gettext_noop("not an object with a slug"),
    "long_line": gettext_noop("the line is longer than %(most)s letters"),
    "deep": gettext_noop("nested deeper than %(most)s"),
    "open_quote": gettext_noop("a quote is opened and not closed; the lines behind it are read for themselves"),
    "cut": gettext_noop("the file ends inside the work"),
    "columns": gettext_noop("%(number)s columns where there should be %(wanted)s"),
    "not_utf8": gettext_noop("not UTF-8"),
    "slug_on_line": gettext_noop("the slug is already used on line %(line)s"),
    "id_used": gettext_noop("the id is already used in %(where)s"),
    "id_twice": gettext_noop("the id is used twice"),
    "no_id": gettext_noop("no id"),
    # What it is about.
    "no_media": gettext_noop("not a media object with an id"),
    "no_novel": gettext_noop("not a novel: format %(said)s"),
    "adults": gettext_noop("for adults only, which this shelf does not carry"),
    "not_released": gettext_noop("not yet released"),
    "not_japanese": gettext_noop("not a Japanese work: %(field)s %(said)s"),
    "no_work": gettext_noop("nothing says of which work it is"),
    "same_work": gettext_noop("%(where)s is about this work too"),
    "same_title": gettext_noop("%(where)s has the same title"),
    "titles_of_several": gettext_noop("its titles belong to several works"),
    "other_author": gettext_noop("the title is on the shelf with another author or year"),
    "names_of_several": gettext_noop("its names belong to several works"),
    "only_nickname": gettext_noop("only a nickname, and author and year are not both the same"),
    "before_work": gettext_noop("it came out before the work did, in %(year)s"),
    "slug_unknown": gettext_noop("no work has this slug"),
    # What became of it.
    "gone": gettext_noop("its work has just been taken off the shelf"),
    "by_hand": gettext_noop("somebody has changed it by hand"),
    "draft_differs": gettext_noop("an unfinished work has the title, with another author and year"),
    "slug_taken": gettext_noop("the slug belongs to another work: %(what)s"),
    "no_free_slug": gettext_noop("no slug is free for it"),
    # What was not taken.
    "unknown_field": gettext_noop("%(field)s: no such field, left out"),
    "other_language": gettext_noop("%(field)s not taken, it is only romanised or in another language: %(said)s"),
    "not_id": gettext_noop("%(field)s not taken, it is no id: %(said)s"),
    "not_isbn": gettext_noop("not an ISBN, left out: %(said)s"),
    "not_address": gettext_noop("not an address, left out: %(said)s"),
    "shelf_has": gettext_noop("%(field)s %(said)s not taken, the shelf has %(there)s"),
    "enough_tags": gettext_noop("tags not taken, the work has enough already: %(what)s"),
    "of_volume": "%(where)s: %(what)s",
    "as_said": "%(what)s",  # by somebody else, as the database's checks and Python's reader of tables
    # A table as a whole.
    "no_column": gettext_noop("no column %(what)s in the file read as %(encoding)s; its columns: %(there)s"),
    "first_line": gettext_noop("the first line cannot be read: %(what)s"),
}
MAX_KEPT = 50  # letters of a value, where there is little room for a reason


class Reason(str):
    """A reason as its English sentence, with the `code` and the `values` that it is worded from anew elsewhere."""

    code: str
    values: dict

    def __new__(cls, code, **values):
        made = super().__new__(cls, SENTENCES[code] % values)
        made.code, made.values = code, values
        return made

    def __reduce__(self):
        return _made, (self.code, self.values)

    def as_json(self):
        return {"code": self.code, **{name: str(value) for name, value in self.values.items()}}

    def as_short_text(self):
        """As a text of less than 300 letters, for `in_words`."""
        told = {name: value[:MAX_KEPT] for name, value in self.as_json().items()}
        return json.dumps(told, ensure_ascii=False)


class BadRow(ValueError):
    """A line that cannot become a row. It is given a Reason, or the code and the values of one."""

    def __init__(self, code, **values):
        self.reason = code if isinstance(code, Reason) else Reason(code, **values)
        super().__init__(self.reason)


def in_words(told):
    """A reason, kept as `Reason.as_json` or as its short text, in the language of the page. A text without a code is said
    as it is."""
    if isinstance(told, str):
        told = _parsed(told)
    if isinstance(told, str) or told.get("code") not in SENTENCES:
        return told if isinstance(told, str) else ""
    values = {name: place_in_words(value) if name == "where" else value for name, value in told.items()}
    return _(SENTENCES[told["code"]]) % values


def place_in_words(where):
    """Where something stands in a file, "line 3" or "line 3, id 7", in the language of the page."""
    head, _comma, rest = where.partition(",")
    word, _space, number = head.partition(" ")
    if word != "line" or not number.isdecimal():
        return where
    return _("line %(line)s") % {"line": number} + _comma + rest


def _parsed(text):
    try:
        told = json.loads(text) if text.startswith('{"code"') else text
    except ValueError:
        return text
    return told if isinstance(told, dict) else text


def _made(code, values):
    return Reason(code, **values)
