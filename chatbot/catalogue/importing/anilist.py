"""AniList's media, as its GraphQL API answers: a list, the answer itself ({"data": {"Page": {"media": […]}}}), a
reader's collection ({"data": {"MediaListCollection": {"lists": [{"entries": [{"media": …}]}]}}}), a list of such
answers, or one object a line. Read piece by piece, so that the size of the file does not matter.
"""

import json
import re

from ..reasons import BadRow, Reason
from . import records, tags
from .records import Record, Rejected, text, texts

LARGEST = 1_000_000  # letters of one work
MAX_TEXT = 4 * LARGEST  # letters in which a text has to end
DEEPEST = 40
CHUNK = 65_536
CUT = Reason("cut")
STATUS = {"FINISHED": "completed", "RELEASING": "ongoing", "HIATUS": "hiatus", "CANCELLED": "hiatus"}
RELATIONS = {"PREQUEL": "sequel", "SEQUEL": "prequel", "PARENT": "side-story"}
AUTHORS = re.compile(r"(?:original )?(?:story|creator|author)\b", re.IGNORECASE)
ILLUSTRATORS = re.compile(r"(?:art|illustration|character design)\b", re.IGNORECASE)
# A media object may lie under these, and nothing else that is wanted does.
AROUND = ("data", "Page", "media", "Media", "MediaList", "MediaListCollection", "mediaList", "lists", "entries")
BESIDE = ("pageInfo", "errors", "extensions", "user")
# One member of an object: with a plain value and more behind it, or with the bracket that opens its value.
MEMBER = re.compile(r'\s*"((?:[^"\\]|\\.)*)"\s*:\s*(?:("(?:[^"\\]|\\.)*"|[^\s"{}\[\],]+)\s*,|[{\[])')
TITLE = re.compile(r'"title"\s*:')
TOKEN = re.compile(r'["{}\[\]]')
STRENGTHS = ((80, 3), (50, 2), (20, 1))  # from which rank on


def read(path, **options):
    """Record or Rejected of each media object."""
    seen = {}
    with open(path, encoding="utf-8-sig", errors="replace") as file:
        for where, media, reason in _media(file, str(path)):
            try:
                if reason:
                    raise BadRow(reason)
                record = _record(where, media)
                if record.source_id in seen:
                    raise BadRow("id_used", where=seen[record.source_id])
                seen[record.source_id] = where
                yield record
            except BadRow as error:
                yield Rejected(where, error.reason)


def _media(file, name):
    """(where, object or None, why there is none) of each media object."""
    lines = _is_lines(file, name)
    file.seek(0)
    found = read_lines(file) if lines else enumerate_objects(file)
    for where, source, reason in found:
        if reason:
            yield where, None, reason
            continue
        try:
            value = json.loads(source)
        except (ValueError, RecursionError) as error:
            yield where, None, Reason("not_json", what=str(error)[:80])
            continue
        found = list(_media_in(value))
        is_wrapped = len(found) != 1 or found[0] is not value
        for number, media in enumerate(found, 1):
            yield f"{where}, work {number}" if is_wrapped else where, media, ""


def _media_in(value):
    """The media objects in `value`; itself where nothing says that it is only around others."""
    if isinstance(value, dict) and "title" not in value:
        inner = [
            one for name, one in value.items() if isinstance(one, (dict, list)) and (name in AROUND or _is_around(one))
        ]
        for one in inner:
            yield from _media_in(one)
        if inner:
            return
    if isinstance(value, list):
        for one in value:
            yield from _media_in(one)
        return
    yield value


def _is_around(value):
    """Whether what lies under a name of the asker's own, {"data": {"mine": …}}, is a work or around works."""
    return isinstance(value, dict) and (
        "title" in value or any(isinstance(value.get(name), (dict, list)) for name in AROUND)
    )


def _is_lines(file, name):
    """Whether each line stands for itself."""
    if name.endswith((".jsonl", ".ndjson")):
        return True
    line = file.readline(LARGEST)
    if not line.lstrip().startswith("{"):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def read_lines(file):
    """(where, JSON, fault) of each line."""
    number = 0
    while line := file.readline(LARGEST):
        number += 1
        fault = ""
        while not line.endswith("\n") and (rest := file.readline(LARGEST)):
            fault, line = Reason("long_line", most=LARGEST), rest
        if not fault and _depth(line) > DEEPEST:
            fault = Reason("deep", most=DEEPEST)
        if line.strip() or fault:
            yield f"line {number}", line, fault


def _depth(source):
    depth = most = 0
    for mark in re.findall(r'"(?:[^"\\]|\\.)*"|[{}\[\]]', source):
        depth += (mark in "{[") - (mark in "}]") if len(mark) == 1 else 0
        most = max(most, depth)
    return most


def enumerate_objects(file):
    """(where, JSON, fault) of each object that is not merely around others. For one JSON value of any size."""
    scan, is_cut = _Scan(file), False
    while (mark := scan.next_mark()) is not None:
        if mark == '"':
            scan.skip_string()
        elif mark == "{" and scan.name == "data":
            scan.enter("data")
        elif mark == "{" and not scan.opens_a_wrapper():
            where = f"line {scan.line}"
            source, fault = scan.take_object()
            is_cut = fault == CUT
            # Under "data" a work may have a name of the asker's own, and so may the reader.
            if scan.is_listed or (scan.around[-1] == "data" and TITLE.search(source)):
                yield where, source, fault
        elif mark in "{[":
            scan.enter(mark)
        else:
            scan.leave()
    if scan.around and not is_cut:
        yield f"line {scan.line}", None, "the file ends before its JSON does"


class _Scan:
    """A place in a stream of JSON, with a little of what lies before it."""

    def __init__(self, file):
        self.file, self.buffer, self.at, self.line, self.around = file, "", 0, 1, []

    @property
    def is_listed(self):
        """Whether what was just read stands in a list, or under "Media": pageInfo and the like do not."""
        return not self.around or self.around[-1] == "[" or self.is_media

    is_media = False
    name = ""  # the last string, under which the next value may lie

    def _more(self):
        chunk = self.file.read(CHUNK)
        self.line += self.buffer.count("\n", 0, self.at)
        self.buffer, self.at = self.buffer[self.at :] + chunk, 0
        return bool(chunk)

    def next_mark(self):
        """The next bracket or quote, on which the scan then stands. None at the end."""
        while not (found := TOKEN.search(self.buffer, self.at)):
            self.at = len(self.buffer)
            if not self._more():
                return None
        self._go(found.start())
        return found[0]

    def _go(self, place):
        self.line += self.buffer.count("\n", self.at, place)
        self.buffer, self.at = self.buffer[place:], 0

    def opens_a_wrapper(self):
        """Whether the object on whose bracket the scan stands is around others: its first member that holds an object
        or a list says so. Before that may stand "__typename" and the like."""
        at = 1
        while True:
            found = MEMBER.match(self.buffer, at)
            if found and not found[2]:
                return found[1] in (*AROUND, *BESIDE)
            if found:
                at = found.end()
            elif len(self.buffer) - at > CHUNK or not self._more():
                return False

    def enter(self, mark):
        self.around.append(mark)
        self.name = ""
        self._go(1)

    def leave(self):
        if self.around:
            self.around.pop()
        self._go(1)

    def skip_string(self):
        string = self._string(0)
        self.name = self.buffer[1 : string - 1] if string is not None else ""
        self.is_media = self.name in ("Media", "media")
        self._go(string or len(self.buffer))

    def _string(self, start):
        """Where the string that begins at `start` ends. None: nowhere, or too far away."""
        place = start + 1
        while True:
            found = re.compile(r'["\\]').search(self.buffer, place)
            if found and found[0] == '"':
                return found.end()
            if found and found.end() < len(self.buffer):
                place = found.end() + 1
                continue
            place = found.start() if found else len(self.buffer)
            if len(self.buffer) > MAX_TEXT or not self._more():
                return None

    def take_object(self):
        """(the object on whose bracket the scan stands, fault). What is too large is passed over."""
        depth, deepest, place, dropped = 0, 0, 0, False
        while True:
            found = TOKEN.search(self.buffer, place)
            if not found:
                place = len(self.buffer)
                if place > LARGEST:
                    dropped = True
                    self._go(place)
                    place = 0
                if not self._more():
                    self._go(len(self.buffer))
                    return "", CUT
                continue
            if found[0] == '"':
                place = self._string(found.start())
                if place is None:
                    fault = CUT if len(self.buffer) <= MAX_TEXT else Reason("long_line", most=LARGEST)
                    self._go(len(self.buffer))
                    return "", fault
                continue
            place = found.end()
            depth += 1 if found[0] in "{[" else -1
            deepest = max(deepest, depth)
            if depth == 0:
                source = "" if dropped else self.buffer[:place]
                self._go(place)
                if dropped or len(source) > LARGEST:
                    return "", Reason("long_line", most=LARGEST)
                return source, Reason("deep", most=DEEPEST) if deepest > DEEPEST else ""


def _record(where, media):
    if not isinstance(media, dict) or type(media.get("id")) is not int:
        raise BadRow("no_media")
    where, remarks = f"{where}, id {media['id']}", []
    _refuse(media)
    said = _titles(media, remarks)
    authors, authors_en, illustrators = _people(media)
    known, unknown = _tags(media)
    row = {
        "titles": said,
        "names": texts(media.get("synonyms"), "synonyms", 250, records.MAX_NAMES, remarks),
        "authors": authors,
        "authors_en": authors_en,
        "illustrators": illustrators,
        "year": records.year(_dict(media, "startDate").get("year")),
        "volumes": records.volumes(media.get("volumes") or None),
        "status": STATUS.get(media.get("status"), ""),
        "anime": any(_is_anime(edge) for edge in _edges(media, "relations")),
        "tags": known,
        "related": _related(media),
        "external_ids": records.external_ids({"anilist": media["id"], "mal": media.get("idMal")}, remarks),
    }
    return Record(where, str(media["id"]), {name: value for name, value in row.items() if value}, remarks, unknown)


def _refuse(media):
    if media.get("format") != "NOVEL":
        raise BadRow("no_novel", said=str(media.get("format"))[:20])
    if media.get("isAdult"):
        raise BadRow("adults")
    if media.get("status") == "NOT_YET_RELEASED":
        raise BadRow("not_released")
    if media.get("countryOfOrigin", "JP") not in ("JP", None):
        raise BadRow("not_japanese", field="countryOfOrigin", said=str(media["countryOfOrigin"])[:10])


def _dict(media, name):
    value = media.get(name)
    if value is not None and not isinstance(value, dict):
        raise BadRow("not_object", field=name)
    return value or {}


def _list(values):
    return values if isinstance(values, list) else []


def _edges(media, name):
    for edge in _list(_dict(media, name).get("edges")):
        if isinstance(edge, dict) and isinstance(edge.get("node"), dict):
            yield edge


def _titles(media, remarks):
    said = _dict(media, "title")
    return records.titles({"ja": said.get("native"), "en": said.get("english"), "romaji": said.get("romaji")}, remarks)


def _people(media):
    """(authors, the same in Latin letters, illustrators)."""
    authors, latin, illustrators = [], [], []
    for edge in _edges(media, "staff"):
        name, role = _dict(edge["node"], "name"), str(edge.get("role") or "")
        native = records.person(text(name.get("native"), "staff", records.MAX_LENGTH["person"]))
        full = text(name.get("full"), "staff", records.MAX_LENGTH["person"])
        if AUTHORS.match(role):
            authors += [native] if native else []
            latin += [full] if full else []
        elif ILLUSTRATORS.match(role) and (native or full):
            illustrators.append(native or full)
    return tuple(list(dict.fromkeys(names))[: records.MAX_PEOPLE] for names in (authors, latin, illustrators))


def _tags(media):
    """Tags by their rank; those that give the story away are left out. A genre is clearly present."""
    names = [(genre, 2) for genre in _list(media.get("genres")) if isinstance(genre, str)]
    for tag in _list(media.get("tags")):
        if isinstance(tag, dict) and isinstance(tag.get("name"), str) and type(tag.get("rank")) is int:
            strength = next((strength for rank, strength in STRENGTHS if tag["rank"] >= rank), 0)
            if strength and not tag.get("isMediaSpoiler"):
                names.append((tag["name"], strength))
    return tags.from_names(names)


def _is_anime(edge):
    return edge.get("relationType") == "ADAPTATION" and edge["node"].get("type") == "ANIME"


def _related(media):
    """What this work is to other novels, by their Japanese titles."""
    found = []
    for edge in _edges(media, "relations"):
        kind, node = RELATIONS.get(edge.get("relationType")), edge["node"]
        title = text(_dict(node, "title").get("native"), "relations")
        if kind and title and node.get("format") == "NOVEL":
            found.append({"title_ja": title, "kind": kind})
    return found[: records.MAX_PEOPLE]
