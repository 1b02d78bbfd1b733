"""An operator's own file of JSON lines: works as `data/novels.jsonl` has them, whole or only what is to be changed."""

import json

from ..external_ids import SITES
from ..models import LANGUAGES, Novel, Tag
from ..reasons import BadRow, Reason
from . import records
from .anilist import read_lines
from .records import Record, Rejected

LISTS = {"authors": records.MAX_PEOPLE, "authors_ko": records.MAX_PEOPLE, "authors_en": records.MAX_PEOPLE}
LISTS |= {"illustrators": records.MAX_PEOPLE, "names": records.MAX_NAMES, "kin": records.MAX_NAMES}
# What `loading.novel_from` and the model's own checks look at when the work is made.
AS_IT_IS = {
    "adaptations": list,
    "reading_order": list,
    "premise": dict,
    "notes": dict,
    "arcs": list,
    "editions": dict,
    "related": list,
}
KNOWN = {
    "id",
    "slug",
    "titles",
    "ko_certain",
    "imprint",
    "year",
    "volumes",
    "status",
    "anime",
    "renown",
    "tone",
    "tags",
}
KNOWN |= {"synopsis", "external_ids", *LISTS, *AS_IT_IS}


def read(path, encoding="utf-8-sig"):
    """Record or Rejected of each line that is not empty."""
    known_tags, seen = set(Tag.objects.values_list("slug", flat=True)), {}
    with open(path, encoding=encoding, errors="replace") as file:
        for where, line, fault in read_lines(file):
            try:
                if fault:
                    raise BadRow(fault)
                record = _record(where, _object(line), known_tags)
                if record.source_id and seen.setdefault(record.source_id, where) != where:
                    raise BadRow("id_used", where=seen[record.source_id])
                yield record
            except BadRow as error:
                yield Rejected(where, error.reason)


def _object(line):
    if "\ufffd" in line:
        raise BadRow("unreadable")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRow("not_json", what=str(error)[:80]) from None
    if not isinstance(value, dict):
        raise BadRow("no_object")
    return value


def _record(where, said, known_tags):
    remarks = [Reason("unknown_field", field=name[:40]) for name in sorted(said.keys() - KNOWN)]
    row = {
        "titles": records.titles(_of_kind(said, "titles", dict), remarks),
        "synopsis": _synopses(said),
        "external_ids": _ids(said, remarks),
        **{name: _people(said, name, most) for name, most in LISTS.items()},
        **{name: _of_kind(said, name, kind) for name, kind in AS_IT_IS.items()},
        "slug": records.text(said.get("slug"), "slug", 60),
        "imprint": records.text(said.get("imprint"), "imprint", records.MAX_LENGTH["imprint"]),
        "year": records.year(said.get("year")),
        "volumes": records.volumes(said.get("volumes")),
        "renown": records.whole(said.get("renown"), "renown", 1, 100),
        "tone": records.whole(said.get("tone"), "tone", -2, 2),
        "status": _status(said),
    }
    if not all(code in LANGUAGES and isinstance(one, dict) for code, one in row["editions"].items()):
        raise BadRow("editions")
    tags, unknown = _tags(said, known_tags)
    row |= {"tags": tags, **{name: said[name] for name in ("anime", "ko_certain") if type(said.get(name)) is bool}}
    # What a line does not say stays as it is; so does what it leaves empty.
    row = {name: value for name, value in row.items() if value not in (None, "", [], {})}
    return Record(where, records.text(str(said.get("id", "")), "id", 64), row, remarks, unknown)


def _of_kind(said, name, kind):
    value = said.get(name)
    if value is None:
        return kind()
    if not isinstance(value, kind):
        raise BadRow("not_list" if kind is list else "not_object", field=name)
    return value


def _people(said, name, most):
    found = records.texts(_of_kind(said, name, list), name, records.MAX_LENGTH["title"], most)
    if name != "names" and name != "kin" and any(len(one) > records.MAX_LENGTH["person"] for one in found):
        raise BadRow("too_long", field=name, most=records.MAX_LENGTH["person"])
    return [records.person(one) for one in found] if name in ("authors", "illustrators") else found


def _synopses(said):
    value = _of_kind(said, "synopsis", dict)
    found = {
        code: records.text(value.get(code), f"synopsis.{code}", records.MAX_LENGTH["synopsis"]) for code in LANGUAGES
    }
    if any(records.HTML.search(text) for text in found.values()):
        raise BadRow("html", field="synopsis")
    return {code: text for code, text in found.items() if text}


def _ids(said, remarks):
    value = _of_kind(said, "external_ids", dict)
    return records.external_ids({site: value[site] for site in SITES if site in value}, remarks)


def _status(said):
    status = records.text(said.get("status"), "status", 20)
    if status and status not in Novel.Status.values:
        raise BadRow("status", there=", ".join(Novel.Status.values), said=repr(status))
    return status


def _tags(said, known):
    value = said.get("tags")
    strengths = dict.fromkeys((one for one in value if isinstance(one, str)), 2) if isinstance(value, list) else value
    if strengths is not None and not isinstance(strengths, dict):
        raise BadRow("tags")
    strengths = strengths or {}
    if not all(type(strength) is int and 1 <= strength <= 3 for strength in strengths.values()):
        raise BadRow("strength")
    return {slug: n for slug, n in strengths.items() if slug in known}, sorted(
        slug for slug in strengths if slug not in known
    )
