"""Rows of a list as the page shows them: what the list says, the works it may be, what stands on the shelf now."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chatbot.catalogue.models import Novel

from ..models import ShelfEntry
from . import folding, titles
from .formats import Format
from .lines import FAULTS
from .matching import Verdict
from .models import ReadingList

MAX_LINES_NAMED = 6
# Where a number leads to, so that a reader sees whether it is the novel or the manga.
PAGES = {
    "mal": ("MyAnimeList", "https://myanimelist.net/manga/{}"),
    "anilist": ("AniList", "https://anilist.co/manga/{}"),
}


@dataclass
class ShownWork:
    work: object
    candidates: list = field(default_factory=list)
    novel: Novel | None = None
    facts: list = field(default_factory=list)
    here: str = ""  # what the shelf says of it now
    searched: bool = False

    @property
    def title(self):
        """Of several volumes what they have in common."""
        return (len(self.work.said) > 1 and titles.read(self.work.title).name) or named(self.work)

    @property
    def is_open(self):
        return self.work.verdict == Verdict.DOUBTFUL and not self.work.left_out

    @property
    def can_answer(self):
        undone = self.work.of.state == ReadingList.State.UNDONE
        return not undone and not self.work.outcome and self.work.verdict != Verdict.FAULTY

    @property
    def reason(self):
        work = self.work
        return FAULTS[work.fault] if work.fault in FAULTS else work.get_reason_display()

    @property
    def links(self):
        """[(name of the site, address)] of the work at the sites that gave it a number."""
        ids = ids_of(self.work)
        return [(name, address.format(ids[site])) for site, (name, address) in PAGES.items() if site in ids]

    @property
    def lines(self):
        numbers = sorted({one["line"] for one in self.work.said if one.get("line")}) or [self.work.line]
        named = ", ".join(map(str, numbers[:MAX_LINES_NAMED])) + ("…" if len(numbers) > MAX_LINES_NAMED else "")
        return ngettext("line %(lines)s", "lines %(lines)s", len(numbers)) % {"lines": named}


def ids_of(work):
    """{site: number} that lines about `work` gave."""
    return {site: number for one in work.said for site, number in one.get("ids", {}).items()}


def named(work):
    """The title of `work` as its list has it; of one without, its number at the site, or its ISBN."""
    if work.title:
        return work.title
    ids = ids_of(work)
    for site, (name, _address) in PAGES.items():
        if site in ids:
            return _("%(site)s no. %(number)s") % {"site": name, "number": ids[site]}
    return next((f"{site} #{number}" for site, number in ids.items()), work.isbn)


def shown(works, reader, found=None):
    """Two queries for any number of works. `found`: novels somebody searched for, in place of the candidates."""
    wanted = {pk for work in works for pk in (*work.candidates, work.novel_id) if pk}
    novels = Novel.objects.in_bulk(wanted)
    entries = ShelfEntry.objects.filter(reader=reader, novel__in=wanted)
    states = {entry.novel_id: entry.get_state_display() for entry in entries}
    rows = []
    for work in works:
        novel = novels.get(work.novel_id)
        candidates = found if found is not None else [novels[pk] for pk in work.candidates if pk in novels]
        rows.append(
            ShownWork(
                work,
                candidates=candidates,
                novel=novel,
                facts=facts(folding.said_of(work), novel, work.of),
                here=states.get(work.novel_id, ""),
                searched=found is not None,
            )
        )
    return rows


def facts(said, novel, of):
    """What the list `of` says of one work, `novel` where it is known, in a few words each.

    Of titles that were pasted one state was told, with them; elsewhere it is yet to be chosen.
    """
    said = folding.in_state(said, of.stateless if of.format == Format.PASTED else "")
    entry = folding.fold(said, novel)
    told = []
    if entry["state"]:
        told.append(str(ShelfEntry.State(entry["state"]).label))
    if any(one.get("part") == 0 for one in said):
        told.append(_("perhaps only a part of it"))
    if entry["volumes_read"]:
        told += _up_to(entry["volumes_read"], folding.beyond(said, novel))
    if counted := [one["volumes"] for one in said if one.get("volumes")]:
        told.append(ngettext("%(n)s volume in all", "%(n)s volumes in all", max(counted)) % {"n": max(counted)})
    if entry["rating"]:
        given = {one["rating"] for one in said if one.get("rating")}
        words = _("★ %(stars)s on average") if len(given) > 1 else "★ %(stars)s"
        told.append(words % {"stars": f"{entry['rating'] / 2:g}"})
    if entry["started_on"]:
        told.append(_("begun %(day)s") % {"day": date_format(entry["started_on"])})
    if entry["finished_on"]:
        told.append(_("finished %(day)s") % {"day": date_format(entry["finished_on"])})
    elif any(one.get("finished_on") for one in said):
        told.append(_("the days of single volumes count for your year in books"))
    if entry["note"]:
        told.append(_("with a note"))
    return told


def _up_to(volume, beyond):
    told = [_("up to volume %(n)s") % {"n": volume}]
    return [*told, _("the list says volume %(n)s, which this work does not have") % {"n": beyond}] if beyond else told
