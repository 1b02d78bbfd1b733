"""Putting the catalogue's text files onto the shelf.

`data/tags.jsonl` and `data/novels.jsonl` hold one object a line. A line is loaded when it is new or has changed
since it was last loaded. A row that an operator has changed in the admin is theirs: it is kept as it is, and named
in the report, until the files are loaded with `overwrite`. Rows that are in no file stay on the shelf.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from ..text.folding import key, without_subtitle
from . import search
from .models import LANGUAGES, Name, Novel, NovelTag, Revision, Spelling, Tag

DATA = Path(__file__).with_name("data")
TAGS = DATA / "tags.jsonl"
NOVELS = DATA / "novels.jsonl"
BATCH = 500
# Part of the digest: raise it when what is made from a line changes, so that unchanged files are loaded again.
EDITION = "1"


class BadRow(ValueError):
    """A line that cannot become a row; the message says why, for the operator."""


@dataclass
class Report:
    """What a loading did, in slugs. `rejected` holds (line number, slug or "", reason)."""

    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    untouched: list = field(default_factory=list)
    kept: list = field(default_factory=list)  # the file differs, but an operator has changed the row
    rejected: list = field(default_factory=list)
    unread: bool = False  # the files are those of the last loading, so nothing was compared

    @property
    def changes(self):
        return len(self.added) + len(self.changed)


def load_catalogue(novels=NOVELS, tags=TAGS, *, overwrite=False):
    """Load both files. Returns (report on tags, report on novels). OSError when a file cannot be read."""
    tag_bytes, novel_bytes = Path(tags).read_bytes(), Path(novels).read_bytes()
    editions = f"{EDITION} {search.EDITION}".encode()
    digest = hashlib.sha256(b"\0".join([editions, tag_bytes, novel_bytes])).hexdigest()
    with transaction.atomic():
        if not overwrite and Revision.objects.filter(digest=digest).exists():
            return Report(unread=True), Report(unread=True)
        is_indexed = Revision.objects.filter(spelled=search.EDITION).exists()
        if not is_indexed:
            Spelling.objects.all().delete()
        on_tags = _load(tag_bytes, Tag, _tag_from, _save_tags, overwrite)
        known = dict(Tag.objects.values_list("slug", "pk"))
        on_novels = _load(novel_bytes, Novel, lambda row, n: novel_from(row, known), save_novels(known), overwrite)
        if on_tags.changes or on_novels.changes:
            Revision.advance(digest=digest)
        else:
            Revision.objects.update_or_create(pk=1, defaults={"digest": digest})
        if not is_indexed:
            search.index_missing()
            Revision.objects.filter(pk=1).update(spelled=search.EDITION)
    return on_tags, on_novels


def _load(content, model, make, save, overwrite):
    """Compare each line of `content` with its row and hand what must be written to `save(rows, is_new)`."""
    report, fresh, stale, seen = Report(), [], [], {}
    loaded = dict(model.objects.values_list("slug", "loaded"))
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip():
            continue
        slug = ""
        try:
            row = _parse(line)
            slug = row["slug"]
            if slug in seen:
                raise BadRow(f"the slug is already used on line {seen[slug]}")
            seen[slug] = number
            digest = hashlib.sha256((EDITION + line.strip()).encode()).hexdigest()
            if loaded.get(slug) == digest:
                report.untouched.append(slug)
                continue
            made = make(row, number)
            made[0].loaded = digest
        except BadRow as error:
            report.rejected.append((number, slug, str(error)))
            continue
        if slug not in loaded:
            report.added.append(slug)
            fresh.append(made)
        elif loaded[slug] or overwrite:
            report.changed.append(slug)
            stale.append(made)
        else:
            report.kept.append(slug)
    save(fresh, stale)
    return report


def _parse(line):
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadRow(f"not JSON: {error}") from None
    if not isinstance(row, dict) or not isinstance(row.get("slug"), str) or not row["slug"]:
        raise BadRow("not an object with a slug")
    return row


def _get(row, name, kind, default=None):
    """`row[name]`, which must be a `kind`; `default` where it is missing and a default was given."""
    value = row.get(name, default)
    # True is an int to Python, never to a reader of the file.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise BadRow(f"{name} is missing" if name not in row else f"{name} is not a {kind.__name__}: {value!r}")
    return value


def _texts(row, name, default=None):
    """`row[name]`, a list of texts that are not empty."""
    values = _get(row, name, list, default)
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise BadRow(f"{name} holds something that is not a text")
    return [value.strip() for value in values]


def _by_language(row, name, languages=LANGUAGES):
    values = _get(row, name, dict)
    for code in languages:
        if not isinstance(values.get(code), str) or not values[code].strip():
            raise BadRow(f"{name} has no {code}")
    return {code: value.strip() for code, value in values.items() if isinstance(value, str)}


def _checked(instance):
    """`instance` after the model's own checks of single fields (lengths, choices, ranges)."""
    try:
        instance.clean_fields()
    except ValidationError as error:
        reasons = [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
        raise BadRow("; ".join(reasons)) from None
    return instance


def _tag_from(row, number):
    labels = _by_language(row, "labels")
    words = _get(row, "words", dict)
    tag = Tag(
        slug=row["slug"],
        group=_get(row, "group", str),
        position=number,
        words={code: _texts(words, code, []) for code in LANGUAGES},
        **{f"label_{code}": labels[code] for code in LANGUAGES},
    )
    return (_checked(tag),)


def novel_from(row, known_tags):
    """(novel, strengths by tag slug, given names) from a line of novels.jsonl. BadRow when it cannot be one."""
    titles, synopses = _by_language(row, "titles"), _by_language(row, "synopsis")
    strengths = _get(row, "tags", dict)
    if unknown := sorted(set(strengths) - set(known_tags)):
        raise BadRow(f"unknown tags: {', '.join(unknown)}")
    if not all(type(strength) is int and 1 <= strength <= 3 for strength in strengths.values()):
        raise BadRow("a tag's strength is not 1, 2 or 3")
    related = _get(row, "related", list, [])
    if not all(isinstance(one, dict) and {"title_ja", "kind"} <= set(one) for one in related):
        raise BadRow("related holds something without title_ja and kind")
    authors = _texts(row, "authors")
    if not authors:
        raise BadRow("no author")
    novel = Novel(
        slug=row["slug"],
        title_ko_certain=_get(row, "ko_certain", bool, True),
        title_romaji=titles.get("romaji", ""),
        authors=authors,
        authors_ko=_texts(row, "authors_ko", []),
        authors_en=_texts(row, "authors_en", []),
        illustrators=_texts(row, "illustrators", []),
        imprint=_get(row, "imprint", str, ""),
        year=_get(row, "year", int),
        volumes=_get(row, "volumes", int),
        status=_get(row, "status", str),
        anime=_get(row, "anime", bool, False),
        adaptations=_get(row, "adaptations", list, []),
        renown=_get(row, "renown", int, 30),
        tone=_get(row, "tone", int, 0),
        editions=_get(row, "editions", dict, {}),
        related=related,
        kin=_texts(row, "kin", []),
        **{f"title_{code}": titles[code] for code in LANGUAGES},
        **{f"synopsis_{code}": synopses[code] for code in LANGUAGES},
    )
    _checked(novel)
    if novel.adaptations and not novel.anime:
        raise BadRow("adaptations of a work without an anime")
    if any((one["to_volume"] or 0) > novel.volumes for one in novel.adaptations):
        raise BadRow(f"adaptations tell more than the {novel.volumes} volumes there are")
    return novel, strengths, _texts(row, "names", [])


def row_of(novel):
    """The line of novels.jsonl that `novel`, with its tags and names prefetched, would be loaded from."""
    copied = ["authors", "authors_ko", "authors_en", "illustrators", "imprint", "year", "volumes", "status", "anime"]
    copied += ["adaptations", "renown", "tone", "editions", "related", "kin"]
    return {
        "slug": novel.slug,
        "titles": novel.titles,
        "ko_certain": novel.title_ko_certain,
        "names": [name.text for name in sorted(novel.names.all(), key=lambda name: name.pk) if name.given],
        **{name: getattr(novel, name) for name in copied},
        "tags": {one.tag.slug: one.strength for one in novel.novel_tags.all()},
        "synopsis": novel.synopses,
    }


def _write(model, fresh, stale):
    """Create `fresh` and overwrite `stale` by slug; every instance has its pk afterwards."""
    model.objects.bulk_create(fresh, batch_size=BATCH)
    pks = dict(model.objects.filter(slug__in=[row.slug for row in stale]).values_list("slug", "pk")) if stale else {}
    for row in stale:
        row.pk = pks[row.slug]
    fields = [one.name for one in model._meta.concrete_fields if not one.primary_key]
    model.objects.bulk_update(stale, fields, batch_size=50)


def _save_tags(fresh, stale):
    _write(Tag, [made[0] for made in fresh], [made[0] for made in stale])


def save_novels(tag_pks):
    """What writes two lists of `novel_from`: works that are new, and works that take the place of those on the shelf."""

    def save(fresh, stale):
        _write(Novel, [made[0] for made in fresh], [made[0] for made in stale])
        replaced = [novel.pk for novel, *_ in stale]
        NovelTag.objects.filter(novel__in=replaced).delete()
        Name.objects.filter(novel__in=replaced).delete()
        made = fresh + stale
        NovelTag.objects.bulk_create(
            (
                NovelTag(novel=novel, tag_id=tag_pks[slug], strength=strength)
                for novel, strengths, _ in made
                for slug, strength in strengths.items()
            ),
            batch_size=BATCH,
        )
        Name.objects.bulk_create(_names(made), batch_size=BATCH)
        search.index(novel.pk for novel, *_ in made)

    return save


def _names(made):
    """Name rows of `made`: titles, given names, and titles without their subtitle where no other work has that name."""
    claimed = Counter(Name.objects.values_list("key", flat=True))
    claimed.update(
        folded for novel, _, given in made for folded in {key(text) for text in [*novel.titles.values(), *given]}
    )
    for novel, _, given in made:
        texts = [(title, False) for title in novel.titles.values()] + [(text, True) for text in given]
        rows = {}
        for text, is_given in texts:
            rows.setdefault(key(text), Name(novel=novel, text=text, key=key(text), given=is_given))
        for title in novel.titles.values():
            if (short := without_subtitle(title)) and not claimed[key(short)]:
                rows.setdefault(key(short), Name(novel=novel, text=short, key=key(short), given=False))
        rows.pop("", None)
        yield from rows.values()


def rename(novel):
    """Make anew what is copied from the names of `novel`, after an operator has changed a title, a name or an author."""
    novel.names.filter(given=False).delete()
    given = list(novel.names.values_list("text", flat=True))
    kept = set(novel.names.values_list("key", flat=True))
    Name.objects.bulk_create(name for name in _names([(novel, {}, given)]) if name.key not in kept)
    search.index([novel.pk])


def export_rows():
    """Every novel as a line of novels.jsonl, all that is known of it: dicts in the order of their slugs."""
    for novel in Novel.objects.with_tags().prefetch_related("names").order_by("slug").iterator(chunk_size=BATCH):
        yield row_of(novel)
