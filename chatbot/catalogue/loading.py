"""Putting the catalogue's text files onto the shelf.

`data/tags.jsonl` and `data/novels.jsonl` hold one object a line, as do the files BESIDE the latter. A line is
loaded when it is new or has changed since it was last loaded. A row that an operator has changed in the admin is theirs:
it is kept as it is, and named in the report, until the files are loaded with `overwrite`. Rows that are in no file stay
on the shelf.

The files are loaded in batches, each work whole in one transaction. A loading that breaks off is ended by the next one:
each row knows which line it was made from, and the revision has no digest until all of them are there.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError

from lightnovel import batches

from ..text.folding import key, without_subtitle
from . import search
from .desk.differences import differences
from .models import LANGUAGES, Change, Name, Novel, NovelTag, Revision, Spelling, Tag
from .reasons import BadRow

DATA = Path(__file__).with_name("data")
TAGS = DATA / "tags.jsonl"
NOVELS = DATA / "novels.jsonl"
# Beside the novels: the file of a field, an object a line. It holds the value under the name of the field, or is it but
# for the "slug".
PREMISES = "premises.jsonl"
BESIDE = {
    "premise": PREMISES,
    "external_ids": "external_ids.jsonl",
    "notes": "notes.jsonl",
    "arcs": "arcs.jsonl",
}
BATCH = 500
AT_FIRST = 50  # rows of the first transaction where there were none
# Part of the digest: raise it when what is made from a line changes, so that unchanged files are loaded again.
EDITION = "1"


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
    beside = {name: _bytes(Path(novels).with_name(file)) for name, file in BESIDE.items()}
    editions = f"{EDITION} {search.EDITION}".encode()
    digest = hashlib.sha256(b"\0".join([editions, tag_bytes, novel_bytes, *beside.values()])).hexdigest()
    if not overwrite and Revision.objects.filter(digest=digest).exists():
        return Report(unread=True), Report(unread=True)
    was_broken_off = Revision.objects.filter(digest="").exists()
    on_tags = _load(tag_bytes, Tag, _tag_from, lambda tags: _TagWriter(), overwrite)
    known = dict(Tag.objects.values_list("slug", "pk"))
    for name, content in beside.items():
        novel_bytes = _with_field(novel_bytes, name, content)
    on_novels = _load(
        novel_bytes,
        Novel,
        lambda row, number: novel_from(row, known),
        lambda novels: _NovelWriter(known, Claims.of(novels)),
        overwrite,
    )
    _index_others([*on_novels.added, *on_novels.changed])
    if on_tags.changes or on_novels.changes or was_broken_off:
        Revision.advance(digest=digest)
    else:
        Revision.objects.update_or_create(pk=1, defaults={"digest": digest})
    return on_tags, on_novels


def _index_others(indexed):
    """Write anew the index of what is not among the slugs `indexed`, where it is of another edition."""
    if Revision.objects.filter(spelled=search.EDITION).exists():
        return
    done, pks, pace = set(indexed), dict(Novel.objects.values_list("slug", "pk")), batches.Pace()
    for some in pace.split(pk for slug, pk in pks.items() if slug not in done):
        before, rows = search.sources(some), list(search.spellings(some))
        with pace.transaction(len(some)):
            now = search.sources(some)
            # What somebody has changed meanwhile is indexed anew already.
            same = {pk for pk in now if now[pk] == before.get(pk)}
            search.replace(same, [row for row in rows if row.novel_id in same])
    Revision.objects.update_or_create(pk=1, defaults={"spelled": search.EDITION})


def _bytes(path):
    return path.read_bytes() if path.exists() else b""


def _with_field(novel_bytes, name, content):
    """The lines of the novels, each with its field `name` where it has none itself. Lines that cannot be read stay as they
    are."""
    values = {row.pop("slug"): row for row in map(json.loads, content.splitlines())}
    if not values:
        return novel_bytes
    lines = []
    for line in novel_bytes.splitlines():
        try:
            row = _parse(line)
        except BadRow:
            lines.append(line)
            continue
        if value := values.get(row["slug"]):
            value = value.get(name, value)
            line = json.dumps({name: value, **row}, ensure_ascii=False).encode("utf-8", "surrogatepass")
        lines.append(line)
    return b"\n".join(lines)


def _load(content, model, make, writer_of, overwrite):
    """Compare each line of `content` with its row and write what differs, by the writer that `writer_of` makes for it
    all."""
    report, wanted, seen = Report(), {}, {}
    loaded = dict(model.objects.values_list("slug", "loaded"))
    for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
        if not line.strip():
            continue
        slug = ""
        try:
            row = _parse(line)
            slug = row["slug"]
            if slug in seen:
                raise BadRow("slug_on_line", line=seen[slug])
            seen[slug] = number
            digest = hashlib.sha256((EDITION + line.strip()).encode()).hexdigest()
            if loaded.get(slug) == digest:
                report.untouched.append(slug)
                continue
            wanted[slug] = make(row, number)
            wanted[slug][0].loaded = digest
        except BadRow as error:
            report.rejected.append((number, slug, error.reason))
    # Where there is nothing yet, nobody reads; but a web process may serve already, and its readers sign up.
    pace = batches.Pace() if loaded else batches.Pace(AT_FIRST, rest=0)
    writer = writer_of(wanted.values())
    for slugs in pace.split(wanted):
        writer.prepare([wanted[slug] for slug in slugs])
        with pace.transaction(len(slugs)):
            _load_some(slugs, wanted, model, writer, report, overwrite)
    return report


def _load_some(slugs, wanted, model, writer, report, overwrite):
    # Looked at once more: an operator or another process may have been here since.
    loaded = dict(model.objects.filter(slug__in=slugs).values_list("slug", "loaded"))
    fresh, stale = [], []
    for slug in slugs:
        if slug not in loaded:
            report.added.append(slug)
            fresh.append(wanted[slug])
        elif loaded[slug] == wanted[slug][0].loaded:
            report.untouched.append(slug)
        elif loaded[slug] or overwrite:
            report.changed.append(slug)
            stale.append(wanted[slug])
        else:
            report.kept.append(slug)
    if fresh or stale:
        writer.write(fresh, stale)
        if not Revision.objects.filter(digest="").exists():
            # Until all is loaded, the shelf is that of no file.
            Revision.advance(digest="")


def _parse(line):
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadRow("not_json", what=error) from None
    if not isinstance(row, dict) or not isinstance(row.get("slug"), str) or not row["slug"]:
        raise BadRow("no_slug")
    return row


def _get(row, name, kind, default=None):
    """`row[name]`, which must be a `kind`; `default` where it is missing and a default was given."""
    value = row.get(name, default)
    # True is an int to Python, never to a reader of the file.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        if name not in row:
            raise BadRow("missing", field=name)
        raise BadRow("not_kind", field=name, kind=kind.__name__, said=repr(value))
    return value


def _texts(row, name, default=None):
    """`row[name]`, a list of texts that are not empty."""
    values = _get(row, name, list, default)
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise BadRow("holds_no_text", field=name)
    return [value.strip() for value in values]


def _by_language(row, name, languages=LANGUAGES):
    values = _get(row, name, dict)
    for code in languages:
        if not isinstance(values.get(code), str) or not values[code].strip():
            raise BadRow("missing_in", field=name, language=code)
    return {code: value.strip() for code, value in values.items() if isinstance(value, str)}


def _checked(instance):
    """`instance` after the model's own checks of single fields (lengths, choices, ranges)."""
    try:
        instance.clean_fields()
    except ValidationError as error:
        reasons = [f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items()]
        raise BadRow("as_said", what="; ".join(reasons)) from None
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
        raise BadRow("unknown_tags", what=", ".join(unknown))
    if not all(type(strength) is int and 1 <= strength <= 3 for strength in strengths.values()):
        raise BadRow("strength")
    related = _get(row, "related", list, [])
    if not all(isinstance(one, dict) and {"title_ja", "kind"} <= set(one) for one in related):
        raise BadRow("related")
    authors = _texts(row, "authors")
    if not authors:
        raise BadRow("no_author")
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
        premise=_get(row, "premise", dict, {}),
        notes=_get(row, "notes", dict, {}),
        arcs=_get(row, "arcs", list, []),
        editions=_get(row, "editions", dict, {}),
        related=related,
        reading_order=_get(row, "reading_order", list, []),
        kin=_texts(row, "kin", []),
        external_ids=_get(row, "external_ids", dict, {}),
        **{f"title_{code}": titles[code] for code in LANGUAGES},
        **{f"synopsis_{code}": synopses[code] for code in LANGUAGES},
    )
    _checked(novel)
    if novel.adaptations and not novel.anime:
        raise BadRow("no_anime")
    if any((one["to_volume"] or 0) > novel.volumes for one in novel.adaptations):
        raise BadRow("adapts_more", number=novel.volumes)
    if any(one["to"] > novel.volumes for one in novel.arcs):
        raise BadRow("arcs_beyond", number=novel.volumes)
    return novel, strengths, _texts(row, "names", [])


def row_of(novel):
    """The line of novels.jsonl that `novel`, with its tags and names prefetched, would be loaded from."""
    names = [name.text for name in sorted(novel.names.all(), key=lambda name: name.pk) if name.given]
    return _row(novel, names, {one.tag.slug: one.strength for one in novel.novel_tags.all()})


def _row(novel, names, strengths):
    copied = ["authors", "authors_ko", "authors_en", "illustrators", "imprint", "year", "volumes", "status", "anime"]
    copied += ["adaptations", "renown", "tone", "editions", "related", "reading_order", "kin", "external_ids"]
    return {
        "slug": novel.slug,
        "titles": novel.titles,
        "ko_certain": novel.title_ko_certain,
        "names": names,
        **{name: getattr(novel, name) for name in copied},
        "tags": strengths,
        "synopsis": novel.synopses,
        "premise": novel.premise,
        "notes": novel.notes,
        "arcs": novel.arcs,
    }


def _rows_of(slugs):
    """{slug: its line} of those that are on the shelf."""
    novels = Novel.objects.filter(slug__in=slugs).with_tags().prefetch_related("names") if slugs else ()
    return {novel.slug: row_of(novel) for novel in novels}


def _write(model, fresh, stale):
    """Create `fresh` and overwrite `stale` by slug; every instance has its pk afterwards."""
    model.objects.bulk_create(fresh, batch_size=BATCH)
    fields = [one.name for one in model._meta.concrete_fields if not one.primary_key and one.name != "slug"]
    # An upsert, as Django takes ten times as long to word a `bulk_update`.
    model.objects.bulk_create(
        stale, batch_size=BATCH, update_conflicts=True, unique_fields=["slug"], update_fields=fields
    )


@dataclass(frozen=True)
class Claims:
    """What the works that are being written are called, as keys, and which works these are, as slugs."""

    keys: frozenset = frozenset()
    slugs: frozenset = frozenset()

    @classmethod
    def of(cls, made):
        keys = (key(text) for novel, _, given in made for text in [*novel.titles.values(), *given])
        return cls(frozenset(keys), frozenset(novel.slug for novel, *_ in made))

    def __or__(self, other):
        return Claims(self.keys | other.keys, self.slugs | other.slugs)

    def of_others(self, shorts):
        """Those of the keys `shorts` by which another work is called, be it written now or on the shelf already."""
        names = Name.objects.filter(key__in=shorts).select_related("novel")
        on_shelf = {
            name.key
            for name in names
            # A title without its subtitle claims nothing: of two such works each has it.
            if name.novel.slug not in self.slugs and (name.given or name.key in map(key, name.novel.titles.values()))
        }
        return (self.keys & shorts) | on_shelf


class _TagWriter:
    def prepare(self, made):
        pass

    def write(self, fresh, stale):
        _write(Tag, [made[0] for made in fresh], [made[0] for made in stale])


@dataclass
class Cause:
    """Why works are written, for their history."""

    how: str = Change.How.LOADED
    by: object = None
    of: object = None  # the Import


class _NovelWriter:
    """Writes what `novel_from` made, of which `claims` knows all there is to write. What takes long is made by `prepare`,
    for which nobody has to wait; `write` is called with the lock in hand."""

    def __init__(self, tag_pks, claims):
        self.tag_pks, self.claims, self.names, self.spellings = tag_pks, claims, {}, {}
        self.cause = Cause()

    def prepare(self, made):
        self.names = {novel.slug: [] for novel, *_ in made}
        for name in _names(made, self.claims):
            self.names[name.novel.slug].append(name)
        self.spellings = {novel.slug: self._spellings(novel) for novel, *_ in made}

    def _spellings(self, novel):
        names = [name.text for name in self.names[novel.slug]]
        forms = search.forms(names, novel.authors, novel.authors_ko, novel.authors_en)
        return [Spelling(kind=kind, form=form, renown=novel.renown) for kind, form in forms]

    def write(self, fresh, stale):
        before = _rows_of([made[0].slug for made in stale])
        _write(Novel, [made[0] for made in fresh], [made[0] for made in stale])
        replaced = [novel.pk for novel, *_ in stale]
        NovelTag.objects.filter(novel__in=replaced).delete()
        Name.objects.filter(novel__in=replaced).delete()
        made = fresh + stale
        NovelTag.objects.bulk_create(
            (
                NovelTag(novel=novel, tag_id=self.tag_pks[slug], strength=strength)
                for novel, strengths, _ in made
                for slug, strength in strengths.items()
            ),
            batch_size=BATCH,
        )
        Name.objects.bulk_create((name for novel, *_ in made for name in self.names[novel.slug]), batch_size=BATCH)
        for novel, *_ in made:
            for row in self.spellings[novel.slug]:
                row.novel_id = novel.pk
        search.replace(replaced, [row for novel, *_ in made for row in self.spellings[novel.slug]])
        self._note(fresh, stale, before)

    def _note(self, fresh, stale, before):
        """The history: what differs of each work that was there, and which works an import has added."""
        changes = []
        for novel, strengths, _given in stale:
            names = [name.text for name in self.names[novel.slug] if name.given]
            differing = differences(before.get(novel.slug, {}), _row(novel, names, strengths))
            changes += [self._change(novel, self.cause.how, differing)] if differing else []
        if self.cause.of is not None:
            changes += [self._change(novel, Change.How.ADDED, {}) for novel, *_ in fresh]
        Change.objects.bulk_create(changes, batch_size=BATCH)

    def _change(self, novel, how, differing):
        cause = self.cause
        return Change(novel=novel, slug=novel.slug, how=how, by=cause.by, of=cause.of, differences=differing)


def writer_for(tag_pks, made, cause):
    """What `novel_from` made, ready to be written. `write(fresh, stale)` of it then takes any of these: works that are new,
    and works that take the place of those on the shelf. Made before the lock is held; `cause` may change until then."""
    writer = _NovelWriter(tag_pks, Claims())
    writer.cause = cause
    writer.prepare(made)
    return writer


def _names(made, claims=Claims()):
    """Name rows of `made`: titles, given names, and titles without their subtitle where no other work has that name."""
    shorts = {
        novel.slug: [short for title in novel.titles.values() if (short := without_subtitle(title))]
        for novel, *_ in made
    }
    claimed = (claims | Claims.of(made)).of_others({key(short) for found in shorts.values() for short in found})
    for novel, _, given in made:
        texts = [(title, False) for title in novel.titles.values()] + [(text, True) for text in given]
        rows = {}
        for text, is_given in texts:
            rows.setdefault(key(text), Name(novel=novel, text=text, key=key(text), given=is_given))
        for short in shorts[novel.slug]:
            if key(short) not in claimed:
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
