"""A model's stand-in that follows the prompt: it reads the desk, and answers in the reader's language from what stands
there, or calls a function where something is missing. The same request is always answered alike.

So the whole way of a turn with OPENAI_BASE_URL can be tried, and talked with, without a model:

    python -m chatbot.bench.model 8999
    OPENAI_BASE_URL=http://127.0.0.1:8999/v1 python manage.py converse TALKS.jsonl

It knows nothing of books: what it says of one stands in the request. Its own words lie in `model_says.json`, those for
tags in the catalogue's data.
"""

import asyncio
import contextlib
import json
import re
import sys
from pathlib import Path

from . import wires

PICKS, PIECE = 3, 12  # picks a reply; letters a piece
SHELF = re.compile(r"<shelf>\n([^\n]*)\n(.*?)\n</shelf>", re.DOTALL)
ASK = re.compile(r"<ask>\n(.*)\n</ask>", re.DOTALL)
PART = re.compile(r"^- (.+)\.$", re.MULTILINE)
QUOTED = re.compile(r"[『「《“\"]([^』」》”\"\n]{2,60})[』」》”\"]")
LANGUAGE = re.compile(r"Answer in (Korean|English|Japanese)")
SENTENCE = re.compile(r"[^.!?。！？]*[.!?。！？]+[”」』\"']?\s*")
ANIME = re.compile(r"(season|film|ova) ([0-9]+)[^(]*(?:\([^0-9)]*\)[^(]*)*\(([0-9]{4})\): (.*)")
VOLUME = re.compile(r"tells to volume ([0-9]+)")
OWN = re.compile(r"^The reader's own, as JSON: (\{.*\})\.$", re.MULTILINE)
DETAIL = re.compile(r"; as JSON: (\{.*\})$")
CALL = "look_up_works"
DISTRESS = ("죽고 싶", "want to die", "死にたい")

SAID = json.loads((Path(__file__).parent / "model_says.json").read_text(encoding="utf-8"))
TAGS = Path(__file__).parents[1] / "catalogue" / "data" / "tags.jsonl"
LABELS = {tag["slug"]: tag["labels"] for tag in map(json.loads, TAGS.read_text(encoding="utf-8").splitlines())}
# Words of what is asked, as the prompt has them, and what of a work answers them.
ANSWERS = (
    ("spoil", ("spoils",)),
    ("what it is", ("plot", "volumes", "status")),
    ("plot", ("plot",)),
    ("characters", ("plot",)),
    ("volumes", ("volumes", "status")),
    ("next volume", ("unknown", "status")),
    ("status", ("status", "volumes")),
    ("year", ("year",)),
    ("imprint", ("imprint",)),
    ("illustrator", ("illustrated by",)),
    ("names", ("names",)),
    ("after the anime", ("anime", "after")),
    ("its anime", ("anime",)),
    ("edition", ("editions",)),
    ("whether it suits", ("warnings", "tags")),
    ("whether there is something", ("warnings", "tags")),
    ("warnings", ("warnings",)),
    ("whether it is good", ("tags", "warnings")),
    ("why it was offered", ("because",)),
    ("in which order", ("order",)),
    ("how long it takes", ("hours",)),
    ("how hard its Japanese", ("unknown",)),
    ("how it differs", ("unknown",)),
    ("something else", ("unknown",)),
    ("asks about an author", ("by", "others")),
    ("compares", ("volumes", "status", "tags", "warnings")),
)
OVERVIEW = ("plot", "volumes", "status")
LONGER, SHORTER = ("long", "longer", "longest"), ("short", "shorter", "shortest")


class Desk:
    """What a request gives: `shelves` are (heading, works), the latest answers of functions last."""

    def __init__(self, request):
        texts = wires.texts_of(request)
        self.words = next((text for role, text in reversed(texts) if role == "user"), "")
        self.ask = (ASK.findall(self.words) or [self.words])[-1]
        self.results = [text for role, text in texts if role == "tool"]
        self.say = SAID[(LANGUAGE.findall(last_system(texts)) or ["English"])[-1]]
        self.may_call = CALL in wires.tools_of(request) and request.get("tool_choice") != "none"
        self.given = "\n".join([self._desk_of(texts), *self.results])
        self.parts = PART.findall(self.given)
        self.shelves = [(heading, _works(lines)) for heading, lines in SHELF.findall(self.given)]

    @staticmethod
    def _desk_of(texts):
        """The last words of the reader, and what stands just before them."""
        last = max((place for place, (role, _) in enumerate(texts) if role == "user"), default=0)
        before = [text for role, text in texts[last - 1 : last] if role == "developer"]
        return "\n".join([*before, texts[last][1]])

    def works(self, heading):
        """The works of the last shelf whose heading has that word."""
        return next((works for head, works in reversed(self.shelves) if heading in head), [])


def last_system(texts):
    return "\n".join(text for role, text in texts if role == "system")


def _works(lines):
    works = []
    for line in lines.split("\n"):
        with contextlib.suppress(ValueError):
            works.append(json.loads(line))
    return works


def missing(desk):
    """Titles the reader set apart that no shelf tells, unless they have been looked up."""
    if not desk.may_call or desk.results:
        return []
    told = json.dumps(desk.shelves, ensure_ascii=False).casefold()
    return [title for title in QUOTED.findall(desk.ask) if title.casefold() not in told][:3]


def reply(desk):
    """The paragraphs of an answer."""
    say = desk.say
    if any(words in desk.ask for words in DISTRESS):
        return [say["distress"]]
    said = [paragraph for part in desk.parts for paragraph in _answer(part, desk) if paragraph]
    for facts in desk.works("Facts") if not said or desk.works("Candidates") else ():
        said.append(about(facts, ("plot", "by", "volumes", "status"), desk))
    if candidates := desk.works("Candidates"):
        picks = (f"[[{work['id']}]] {_tags(work, say, 'fits')}" for work in candidates[:PICKS])
        said += [say["offer"], *picks, say["close"]]
    elif "no candidate for this ask" in desk.given and not said:
        said.append(say["none"])
    return said or [say["hello"]]


def _answer(part, desk):
    say, works = desk.say, desk.works("all that is known")
    if part.startswith("looks for"):
        found = desk.works("plot fits")[:PICKS]
        return [say["found"].format(titles=_titles(found))] if found else [say["unknown"]]
    if part.startswith("asks about our shelf"):
        count, shown = re.search(r"On our shelf ([0-9]+)", desk.given), desk.works("Some of them")
        return [say["counted"].format(count=count[1], titles=_titles(shown))] if count and shown else [say["unknown"]]
    if part.startswith("asks about what is their own"):
        return [_own(part, desk)]
    if part.startswith(("asks about a work", "asks about an author", "compares")):
        named = [work for work in works if json.dumps(work["title"], ensure_ascii=False) in part] or works
        verdict = [_longer(part, named, say)] if part.startswith("compares") and len(named) > 1 else []
        told = [about(work, _wanted(part), desk) for work in named]
        if here := desk.works("by that author"):
            told.append(say["others"].format(others=_titles(here)))
        return [*verdict, *told] or ([] if desk.results else [say["unknown"]])
    return [words for start, words in say.items() if part.startswith(start)]


def _wanted(part):
    """What of a work is asked for; a part without a question asks what it is."""
    kind, _, asked = part.partition("; asked: ")
    words = asked or (kind if kind.startswith(("asks about an author", "compares")) else "")
    return tuple(dict.fromkeys(name for key, names in ANSWERS if key in words for name in names)) or OVERVIEW


def _detail(part):
    found = DETAIL.search(part)
    return json.loads(found[1]) if found else {}


def _longer(part, works, say):
    by = _detail(part).get("by")
    if by not in (*LONGER, *SHORTER):
        return ""
    by_length = sorted(works, key=lambda work: work["volumes"])
    name, work = ("longer", by_length[-1]) if by in LONGER else ("shorter", by_length[0])
    return say[name].format(title=f"『{work['title']}』")


def _own(part, desk):
    say, found, of = desk.say, OWN.search(desk.given), _detail(part).get("of")
    own = json.loads(found[1]) if found else {}
    told = {
        "left": own.get("replies left today"),
        "offered": own.get("offered so far"),
        "shelf": ", ".join(f"『{title}』" for titles in own.get("shelf", {}).values() for title in titles),
    }
    asked = {"quota": ["left"], "offered": ["offered"], "shelf": ["shelf"]}.get(of, list(told))
    sentences = [say[name].format(**told) for name in asked if told[name] not in (None, "")]
    return " ".join(sentences) or say["own nothing"]


def about(facts, wanted, desk):
    """A work's facts as sentences, its title first."""
    if facts.get("facts") == "not on our shelf":
        return desk.say["not here"].format(name=facts["name"])
    if "works here" in facts:
        return desk.say["others"].format(others=_titles(facts["works here"]))
    told = [_sentence(name, facts, desk) for name in wanted]
    return f"『{facts['title']}』 — {' '.join(filter(None, told)) or desk.say['unknown']}"


def _sentence(name, facts, desk):
    say = desk.say
    if name in SENTENCES:
        return SENTENCES[name](facts, say)
    return say[name].format(**facts) if facts.get(name) else say["unknown"]


def _others(facts, say):
    others = facts.get("others by the author here", "none")
    return say["no others"] if isinstance(others, str) else say["others"].format(others=_titles(others))


def _order(facts, say):
    order = facts.get("reading order") or [work["title"] for work in facts.get("series", ())]
    return say["order"].format(order=" → ".join(one.split(" (")[0] for one in order)) if order else say["unknown"]


def _editions(facts, say):
    told = (f"{say['languages'][code]} — {say['edition'].get(one, one)}" for code, one in facts["editions"].items())
    return say["editions"].format(editions=", ".join(told))


def _anime(facts, say):
    if isinstance(facts["anime"], str):
        return say["no anime" if facts["anime"] == "none" else "anime"]
    told = [ANIME.match(one) for one in facts["anime"]]
    return " ".join(_season(one, say) for one in told if one)


def _season(found, say):
    volume, frame = VOLUME.search(found[4]), "to unsure" if "not sure" in found[4] else "to"
    name = say["kinds"][found[1]].format(number=found[2])
    return say[frame if volume else "to unknown"].format(name=name, year=found[3], volume=volume and volume[1])


def _after(facts, say):
    told = [found for one in facts["anime"] if (found := ANIME.match(one)) and VOLUME.search(found[4])]
    if isinstance(facts["anime"], str) or not told:
        return say["unknown"]
    last = told[-1]
    next_one = int(VOLUME.search(last[4])[1]) + ("within that volume" not in last[4])
    return say["after"].format(name=say["kinds"][last[1]].format(number=last[2]), next=next_one)


def _tags(facts, say, frame="tags"):
    slugs = re.findall(r"[a-z]+(?:-[a-z]+)*", facts.get("tags", ""))[:3]
    return say[frame].format(tags=", ".join(LABELS[slug][say["code"]] for slug in slugs if slug in LABELS))


def _warnings(facts, say):
    found = re.findall(r"([a-z]+(?:-[a-z]+)*) ([1-3])", facts.get("warnings", ""))
    told = [
        f"{LABELS[slug][say['code']]} ({say['strength'][int(strength)]})" for slug, strength in found if slug in LABELS
    ]
    return say["warnings"].format(warnings=", ".join(told) or say["none noted"])


SENTENCES = {
    "spoils": lambda facts, say: say["spoils"],
    "unknown": lambda facts, say: say["unknown"],
    "status": lambda facts, say: say.get(facts.get("status"), ""),
    "plot": lambda facts, say: "".join(SENTENCE.findall(facts.get("plot", ""))[:2]).strip(),
    "names": lambda facts, say: ", ".join(facts[name] for name in ("original", "english") if name in facts),
    "because": lambda facts, say: facts.get("reader", {}).get("offered because") or _tags(facts, say),
    "hours": lambda facts, say: say["hours"].format(least=3 * facts["volumes"], most=5 * facts["volumes"]),
    "others": _others,
    "order": _order,
    "editions": _editions,
    "anime": _anime,
    "after": _after,
    "tags": _tags,
    "warnings": _warnings,
}


def _titles(works):
    return ", ".join(f"『{work['title']}』" for work in works[:PICKS])


# --- The server ----------------------------------------------------------------------------------------------------


def deltas(request):
    """(what to send piece by piece, why it ends)."""
    desk = Desk(request)
    if names := missing(desk):
        function = {"name": CALL, "arguments": json.dumps({"names": names}, ensure_ascii=False)}
        return [{"tool_calls": [{"index": 0, "id": "call_a", "type": "function", "function": function}]}], "tool_calls"
    text = "\n\n".join(reply(desk))
    return [{"content": text[place : place + PIECE]} for place in range(0, len(text), PIECE)], "stop"


async def answer(reader, writer):
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = int((re.search(r"content-length: (\d+)", head, re.IGNORECASE) or [0, 0])[1])
        body = await reader.readexactly(length)
        if spoken := wires.of(head.split(" ", 2)[1]):
            request = json.loads(body)
            _speak(request, spoken(request), writer)
        else:
            writer.write(b"HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
    writer.close()


def _speak(request, wire, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + wire.begin())
    pieces, reason = deltas(request)
    for piece in pieces:
        writer.write(wire.delta(piece))
    writer.write(wire.finish(reason, wires.Usage(len(wires.words_of(request)) // 3, len(pieces))))


async def serve(port):
    server = await asyncio.start_server(answer, "127.0.0.1", port, limit=2**22)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1])))
