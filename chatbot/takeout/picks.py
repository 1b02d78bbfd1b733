"""Books that were offered, as a list to be kept."""

from collections.abc import Iterable, Sequence

from ..models import Pick
from .transcripts import Work

MAX_PICKS = 400  # of one conversation


def works_of(picks: Iterable[Pick]) -> list[Work]:
    """Each work once, as it was offered first."""
    found: dict[str, Work] = {}
    for pick in picks:
        novel = pick.novel
        work = Work(novel.slug, novel.title, novel.title_ja, list(novel.author_names), novel.volumes, pick.reason)
        found.setdefault(novel.slug, work)
    return list(found.values())


def as_text(title: str, works: Sequence[Work]) -> str:
    entries = []
    for number, work in enumerate(works, 1):
        original = f"\n   {work.original}" if work.original != work.title else ""
        reason = f"\n   {' '.join(work.reason.split())}" if work.reason else ""
        entries.append(f"{number}. {work.title}{original}\n   {', '.join(work.authors)}{reason}")
    return f"{title}\n\n" + "\n\n".join(entries) + "\n"
