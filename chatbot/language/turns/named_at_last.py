"""A name given for the question back which work is meant: "몇 권까지 나왔어?", "오버로드요"."""

from dataclasses import replace

from ...text.matcher import tidy
from ..acts import Act, ActPart, ReadTurn
from ..asking import questions
from ..names import authors, focus
from ..names.half_names import called_for_short, heads, pointed_out
from ..names.loose_names import begun, loosely_named
from ..words.cue_book import plain
from .act_parts import BOOK, STATES, Reader
from .clause_acts import noise

MAX_NAME = 60  # characters of a turn that only names a work
MAX_UNKNOWN = 24  # characters of one that says nothing else than an unknown name
MAX_WISHED = 0.6  # the share of it that may be words to wish by
NO_NAME = (
    "yes",
    "no",
    "thanks",
    "greeting",
    "talk",
    "complaint",
    "distress",
    "off_topic",
    Act.ABUSE,
    "taste",
    "circumstance",
)


def named_at_last(reader: Reader) -> ReadTurn | None:
    """What was asked before of a work that nobody had named, where the turn does nothing but name it: "오버로드요"."""
    text, lower = reader.text, plain(reader.text)
    waiting = reader.dialogue.waiting or _answered_for_another(reader)
    if not waiting or len(text) > MAX_NAME or questions.questions_in(text):
        return None
    if any(BOOK.has(section, lower) for section in ("recommend", *STATES)):
        return None
    if chosen := _author_chosen(reader):
        return chosen
    named = reader.named(text)
    short = called_for_short(tidy(text), reader.words)
    works = named.works or ((short[0],) if short else loosely_named(text, reader.words)) or _called(text, reader)
    title = "" if works else next(iter(named.unknown), "") or _only_name(reader)
    if not works and not title:
        return None
    detail = {"unknown": title} if title else {}
    parts = (replace(part, works=works, detail={**part.detail, **detail}) for part in waiting)
    return ReadTurn(tuple(parts), "")


def _answered_for_another(reader: Reader) -> tuple[ActPart, ...]:
    """What was asked last and answered for another work, where the turn only says which was meant: 「Aのほうだって」."""
    if reader.parsed_works:
        return ()  # see `orders`
    asked = reader.dialogue.asked[-1:] if Act.ABOUT in reader.dialogue.acts else ()
    return tuple(asked) if focus.is_only_name(plain(reader.text)) and _called(reader.text, reader) else ()


def _author_chosen(reader: Reader) -> ReadTurn | None:
    """The books of one of several authors of a name, of whom it was asked back which is meant: "요시키요"."""
    namesakes = [name for part in reader.dialogue.waiting for name in part.detail.get("namesakes", ())]
    chosen = authors.told_apart(reader.text, namesakes, reader.words)
    if not chosen:
        return None
    part = ActPart(Act.RECOMMEND, reader.text, detail={"by": [chosen]})
    return ReadTurn((part,), reader.text)


def _only_name(reader: Reader) -> str:
    """A turn that is nothing but a name which nobody here knows, without the words that end it; else ""."""
    lower = plain(reader.text)
    source = tidy(reader.text).rstrip(".!。！~ ")
    if len(source) > MAX_UNKNOWN or noise(reader) or reader.words.wished_share(source) > MAX_WISHED:
        return ""
    if questions.is_question(source) or any(BOOK.has(act, lower) for act in NO_NAME):
        return ""
    said = next(pointed_out(source), source)
    return said if len(said) > 1 and not focus.BOOK.has("no_title", plain(said)) else ""


def _called(text: str, reader: Reader) -> tuple[str, ...]:
    """The work that a name says which is an everyday word elsewhere ("슬라임"), or the beginning of a title: 天才王子."""
    source = tidy(text).rstrip(".!。！?")
    said = [*heads(source), *pointed_out(source)]
    found = [work.slug for one in said if (work := reader.catalogue.find(one))]
    return tuple([*found, *(slug for one in said if (slug := begun(one, reader.words)))][:1])
