"""What a model is told of the acts of a turn: what the reader does, part by part, and how that is answered."""

from collections.abc import Callable, Iterator

from ..language.acts import Act, ActPart, Question
from ..language.learned.feelings import GLAD, HARD, REMARKS
from . import Brief, fact_sheet
from .tool_call import NAME as LOOK_ON_SHELF

Data = Callable[[object], str]

# At the beginning of a conversation they need no word of ours: the rules say enough.
PLAIN = {Act.GREETING, Act.SMALL_TALK, Act.THANKS, Act.DEFINITION, Act.OFF_TOPIC}

TOLD = {
    Act.RECOMMEND: "wants books: offer from the candidates",
    Act.ABOUT: "asks about a work",
    Act.COMPARE: "compares works: say first which, as far as the facts of both tell, then for whom which",
    Act.FIND: (
        "looks for a work by what they remember: name the likeliest of those found, up to three where none is clearly "
        "it, and ask for one more detail; say so where none fits"
    ),
    Act.AUTHOR: "asks about an author: who, and what else of theirs is here",
    Act.CATALOGUE: "asks about our shelf as a whole: answer by the number and the works given",
    Act.OWN_DATA: "asks about what is their own here: answer by what is given, and nothing of other readers",
    Act.SERVICE: (
        "asks about you or this place. You are an AI; the works are chosen by code from a checked catalogue, by what the "
        "reader says and has marked, and none comes twice; you put it into words. Readers can see, change and delete "
        "what is kept of them on their pages. Operators may read conversations to review them. Of what is not said "
        "here, say that you do not know"
    ),
    Act.DEFINITION: "asks what a word of the field means: two or three sentences, no work from memory",
    Act.TASTE: "says something of their taste for good: say it back in one sentence",
    Act.VERDICT: "says what became of a work: take it up in one sentence",
    Act.GREETING: "greets you",
    Act.SMALL_TALK: "chats: one or two warm sentences",
    Act.THANKS: "thanks you: one warm sentence",
    Act.COMPLAINT: "is not content: own what missed in half a sentence, without excuses",
    Act.ABUSE: "is rude: one calm sentence",
    Act.GIBBERISH: "typed what has no meaning: ask kindly what they would like",
    Act.OFF_TOPIC: "asks for something other than books",
    Act.DISTRESS: "is in distress",
    Act.YES: "takes up what you offered to do last: do it, as far as what is given lets you",
    Act.NO: "declines what you offered: one sentence, no urging",
}

# What small talk tells of, where it is known.
TALK = {
    **dict.fromkeys(
        HARD,
        "tells what hurts or weighs on them: one or two warm, human sentences on just that; no advice, no questions, no "
        "books; at most say in half a sentence that you could find something gentle to read, if you have not said so yet",
    ),
    **dict.fromkeys(GLAD, "tells of something good or is kind to you: one warm sentence on just that"),
    **dict.fromkeys(
        REMARKS, "remarks on books: answer the remark as a person would, in a sentence or two; no books, no question"
    ),
}
# What the code that read the turn has done about what became of a work.
MARKED = {
    "read": "as read",
    "loved": "as read",
    "want": "as wanted",
    "dropped": "as not for them",
    "not": "as not for them",
}
# What the reader has put right.
CORRECTED = {
    "again": "they say you offered it before: own that in half a sentence; the candidates are others",
    "medium": "they mean the novel and not its anime or manga: say in half a sentence that you speak of the novel",
}
ABSENT = (
    "not on our shelf, which has light novels only: say plainly what it is, as given, which is certain and answers "
    "whether it is a light novel, a manga or a book at first; that it is therefore not here; nothing more of it; "
    "then offer to look for something like it"
)
PUT_RIGHT = "they put you right: name in half a sentence what they meant, then do it"
LIKENED = (
    "; the first is held against the last: begin with yes, partly or no to the claim, then what they share and how they "
    "differ"
)
TOLD_ELSEWISE = ("unknown", "asks", "corrected", "kind", "ordered")  # of a detail, in words and not as JSON

ASKED = {
    Question.OVERVIEW: "what it is: its plot and what places it, in three or four sentences",
    Question.NEXT_VOLUME: "when the next volume comes (only what coming volumes say, with the day of our list)",
    Question.ANIME: "its anime: which seasons and films",
    Question.AFTER_ANIME: (
        'from which volume it goes on after the anime: "read on from" of the season or film they name, else of the last '
        "one; say so where that is not sure"
    ),
    Question.EDITION: "whether there is an edition in a language",
    Question.WHERE: "where to get it: which editions are known; no shop, price or link",
    Question.SUITS: "whether it suits somebody: by its warnings and tags",
    Question.CONTENT: "whether there is something in it: by tags and warnings with their strength",
    Question.QUALITY: "whether it is good: for whom and for whom not, by its tags and warnings; no reviews, no ratings",
    Question.WHY: 'why it was offered: by "offered because", else by what of its facts meets what the reader said',
    Question.GOES_ON: "whether there is more behind the volume they name, and what follows it in its series",
    Question.TOLD_IN: 'which volumes its film or season tells: by "read on from" of it and of the one before it',
    Question.ORDER: "in which order it is read: by its series",
    Question.ENDING: "what would spoil it (rule 6)",
    Question.READING_TIME: "how long it takes: three to five hours a volume, as an estimate",
    Question.LEVEL: "how hard its Japanese is: by its notes on reading, if they tell",
    Question.WEB_NOVEL: "how it differs from the web novel, the manga or the anime: by its notes, if they tell",
    Question.OTHER: "something else: where its facts do not tell, say that you do not know",
}


def lines(brief: Brief, data: Data, may_look: bool) -> Iterator[str]:
    """A line for each part; none where there is nothing to say. `data`: makes what a reader typed harmless. `may_look`:
    the model may have the shelf looked at."""
    parts = brief.parts
    acts = {part.act for part in parts}
    is_plain = acts <= {Act.RECOMMEND} or (acts <= PLAIN and not brief.recent)
    if is_plain and not any(part.detail.keys() & {"corrected", "kind"} for part in parts):
        return
    yield "What the reader does, part by part:"
    for part in parts:
        yield f"- {_told(part, brief, data)}"
    if not brief.wishes:
        unless = f", unless they do want books: then call {LOOK_ON_SHELF} first" if may_look else ""
        yield f"Our code read no wish for books, so there are no candidates: offer nothing{unless}."


def _told(part: ActPart, brief: Brief, data: Data) -> str:
    told = TALK.get(str(part.detail.get("kind")), TOLD[part.act])
    works = [work.titles[brief.language] for slug in part.works if (work := brief.catalogue.by_slug.get(slug))]
    if works:
        told += f"; of {data(works)}"
    elif part.act in (Act.ABOUT, Act.COMPARE) and not part.detail.get("unknown"):
        told += "; which one is not clear: ask, unless you can tell from the conversation"
    if part.detail.get("claim"):
        told += LIKENED
    told += "".join(f"; {one}" for one in _done(part, brief, is_known=bool(works)))
    if part.questions:
        told += f"; asked: {'; '.join(ASKED.get(one, one.value.replace('_', ' ')) for one in part.questions)}"
    told += "".join(f"; {one}" for one in _not_here(part, data))
    if detail := {name: value for name, value in part.detail.items() if name not in TOLD_ELSEWISE}:
        told += f"; as JSON: {data(detail)}"
    return f"{told}."


def _not_here(part: ActPart, data: Data) -> Iterator[str]:
    """What is said of titles that are not on the shelf: of those that are known as works, what they are."""
    sheets = [fact_sheet.of_absent(title) for title in part.unknown]
    known = [sheet for sheet in sheets if len(sheet) > 1]
    if strange := [sheet["title"] for sheet in sheets if sheet not in known]:
        named = data(strange if strange[1:] else strange[0])
        yield f"{named} is no title or author here: say so if they mean a book by it, else pass over it"
    if known:
        yield f"{data(known)}, {ABSENT}"


def _done(part: ActPart, brief: Brief, *, is_known: bool) -> Iterator[str]:
    """What was done about a part, or is to be done with it."""
    state = str(part.detail.get("state") or "")
    if part.act is Act.VERDICT and is_known and state in MARKED:
        yield f"our code has put it on their shelf {MARKED[state]}: say so in half a sentence"
    elif part.act is Act.VERDICT and is_known and state.startswith("un"):
        yield "such a mark is gone from their shelf, if it was there: say so only where they asked for that"
    if corrected := part.detail.get("corrected"):
        yield CORRECTED.get(str(corrected), PUT_RIGHT)
    if part.act is Act.COMPLAINT and not brief.wishes:
        yield "ask the one thing that would mend it"
