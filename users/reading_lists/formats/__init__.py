"""The forms that lists come in. A reader of one takes the text and yields a Line or Faulty for each line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from chatbot.text.encodings import WrongFile, decoded

from .. import unpacking
from . import anilist, booklog, bookwyrm, goodreads, hardcover, myanimelist, own_shelf, pasted, storygraph, tables

MAX_LINES = 20_000


class Format(models.TextChoices):
    MYANIMELIST = "myanimelist", "MyAnimeList"
    ANILIST = "anilist", "AniList"
    GOODREADS = "goodreads", "Goodreads"
    STORYGRAPH = "storygraph", "StoryGraph"
    HARDCOVER = "hardcover", "Hardcover"
    BOOKWYRM = "bookwyrm", "BookWyrm"
    BOOKLOG = "booklog", "ブクログ"
    OWN_SHELF = "own_shelf", _("Shelf of this library")
    TABLE = "table", _("Table")
    PASTED = "pasted", _("Titles")


BY_HEADER = {
    Format.GOODREADS: goodreads,
    Format.STORYGRAPH: storygraph,
    Format.HARDCOVER: hardcover,
    Format.BOOKWYRM: bookwyrm,
    Format.OWN_SHELF: own_shelf,
}


def recognise(data):
    """(format, encoding) of an unpacked file. WrongFile where it is none."""
    encoding = unpacking.likeliest_encoding(data)
    text = decoded(data, encoding)
    start = text.lstrip()[:1]
    if start == "<":
        return Format.MYANIMELIST, encoding
    if start in ("{", "["):
        try:
            if anilist.is_list(text):
                return Format.ANILIST, encoding
            raise WrongFile("unknown_json")
        except WrongFile as error:
            # Titles may begin with a bracket: [映]アムリタ.
            if start == "{" or error.code != "broken_json":
                raise
    table = tables.Table(text)
    for form, module in BY_HEADER.items():
        if set(table.header) >= module.HEADER:
            return form, encoding
    if booklog.is_list(table):
        return Format.BOOKLOG, encoding
    return (Format.TABLE if table.width > 1 else Format.PASTED), encoding


def read(form, text, options=None):
    """Yield what each line says. `options`: what the reader chose, for a table."""
    if form == Format.MYANIMELIST:
        return myanimelist.read(text)
    if form == Format.ANILIST:
        return anilist.read(text)
    if form == Format.PASTED:
        return pasted.read(text)
    table = tables.Table(text)
    if form == Format.BOOKLOG:
        return booklog.read(table)
    if form == Format.TABLE:
        return tables.read(table, options or {})
    return tables.read_named(table, BY_HEADER[form].line)
