"""Finding what one text names: works and tags, and the cues that may take a stance on them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ...text.folding import key
from ...text.matcher import Passage, Span
from ...text.phrasebook import LANGUAGES
from ..tag_relations import BEINGS
from ..words import elsewhere
from ..words.cues import Cue
from ..words.mentions import Mention, Stance
from ..words.numbers import Bounds, bounds
from ..words.phrasebook import PHRASES
from ..words.vocabulary import Meaning, Vocabulary
from .asides import asides, asked_of_work, disowned, owned
from .coordination import CONNECTOR

Place = tuple[int, int]
Meanings = dict[str, list[Any]]  # kind, or "cue", to the meanings of that kind

# What a phrase is taken for where it has several meanings, the first of these before the later ones.
# A trope says more than the tag by which its words are known besides.
MENTION_KINDS = ("trope", "tag", "status", "anime", "edition", "known", "obscure", "male", "anything", "about")


def _words(section: str, *languages: str) -> str:
    return PHRASES.pattern("matching", section, *languages)


def _starts(section: str) -> tuple[str, ...]:
    return tuple(PHRASES.keys("matching", section))


FINISHED = PHRASES.keys("matching", "finished")
DID = re.compile(rf"{_words('did')}$")
DONE = PHRASES.keys("matching", "done")
STATE = re.compile(rf"{_words('state')}$")
# "性格終わってる主人公", "세상이 끝난 뒤": what is over here is not the series.
DOOMED = re.compile(rf"{_words('doomed')}{_words('doomed-particle')}?\s?{_words('doomed-adverb')}?\s?$")
QUOTED = re.compile(
    r"『([^』\n]{1,120})』|「([^」\n]{1,120})」"
    r"|《([^》\n]{1,120})》|〈([^〉\n]{1,120})〉"
    r"|“([^”\n]{1,120})”|\"([^\"\n]{1,120})\""
)
SENTENCE = re.compile(rf"[가-힣]{_words('sentence-end', 'ko')}[.!?]?$|{_words('sentence-end', 'ja')}[.!?。]?$")
QUOTES_SPEECH = re.compile(_words("quotes-speech"))
QUOTES_WORDS, QUOTES_ENDING = re.compile(_words("quotes-words")), re.compile(_words("quotes-ending"))
ONLY_ASKS = re.compile(PHRASES.pattern("asking", "word"), re.IGNORECASE)
WORDS = re.compile(r"[^\W\d_]+")
READ_AFTER = re.compile(_words("read-after"))
READ_BEFORE = re.compile(rf"{_words('read-before')}$")
LIKED_BEFORE = re.compile(rf"{_words('liked-before')}$")
NAMED_AFTER = re.compile(_words("named-after"))
NAMED_BEFORE = re.compile(rf"{_words('named-before')}$")
NAME_ENDS = re.compile(rf"\s*(?:$|[,.;!?)])|\s{_words('name-ends')}\b")
NAME_BEGINS = re.compile(r"\s[A-Z]")
DONE_WITH = re.compile(_words("done-with", "en"))
# What tells that words in English quotes are a title, where no capitals do.
TITLE_BEFORE = re.compile(rf"{_words('title-before', 'en')}[:,]?\s?$")
TITLE_AFTER = re.compile(_words("title-after", "en"))
# Between a verb and the name that it is said of: "finished all volumes of 86".
VOLUMES_OF = re.compile(rf"[^.!?,]{{0,5}}|\s(?:{_words('volumes-of')}\s)*")
BUT = re.compile(rf"\s{_words('but')}\b")
UNIT = re.compile(rf"\s?{_words('unit')}")
WITHIN = PHRASES.keys("matching", "within-sentence")
# "갓작이었어", "오버로드는 진짜 명작": praise of a work, not an ask for the best.
PRAISES = re.compile(_words("praises"))
PRAISED = re.compile(rf"\s?(?:{_words('praised')}\s?){{0,3}}")
FOR_WHOM = re.compile(
    rf"{_words('recipient-link', 'ja')}?{_words('recipient', 'ja')}?"
    rf"{_words('for-recipient', 'ja')}{_words('gift', 'ja')}"
    rf"|{_words('recipient-link', 'ko')}?\s?{_words('recipient', 'ko')}?\s?"
    rf"{_words('for-recipient', 'ko')}\s?{_words('gift', 'ko')}"
)
FOR_MY = re.compile(rf"{_words('for-my')}$")
PERSONS = PHRASES.keys("matching", "person")
PERSON_WANTS = re.compile(_words("person-wants"))
OWN_MOODS = _starts("own-mood")
MOOD_BEFORE = re.compile(rf"{_words('mood-before')}$")
MOOD_GOES_ON = _starts("mood-goes-on")
MOOD_AFTER = re.compile(_words("mood-after"))
# What a story and somebody in it can be: of the latter there are no tags.
NATURES = _starts("nature")
SOMEONE = re.compile(_words("someone"))
# To what somebody in a story is only likened.
LIKENED, LIKENED_TO = re.compile(_words("simile", "ko", "ja")), re.compile(rf"{_words('simile', 'en')}$")
MEDIA = PHRASES.keys("matching", "medium")
MEDIUM_LIKE, LIKE_MEDIUM = re.compile(_words("medium-like", "ko", "ja")), re.compile(rf"{_words('medium-like', 'en')}$")
# 싸우는 is no 우는, 教えろ no えろ: words that begin one of their own, and what stands before them where they do not.
INSIDE_WORDS = [
    (tuple(PHRASES.phrases("matching", "word-start", code)), re.compile(rf"{_words('inside', code)}$"))
    for code in ("ko", "ja")
]
# Who can be in a story: a detective is famous there, and a hero tired of war, whatever the reader is.
SOMEBODY = re.compile(rf"{_words('somebody')}(?!{_words('as-genre')})")
FAME = {"known", "obscure", "anything"}
# What a reader tells of themselves asks for nothing: "I'm a college student", "little romance in my life".
I_AM = [
    (re.compile(rf"{_words('i-am', language)}$"), re.compile(_words("so-i-am", language))) for language in LANGUAGES
]
PERSON_ENDING = re.compile(rf"{_words('person-ending')}$")
PERSON_BEHIND = re.compile(_words("person-behind"))
OWN_THINGS = re.compile(rf"{_words('own-things')}$")


ROW_GAP = re.compile(r" |, | and |, and ")
READ_ROW = re.compile(r"^(?:(?:i|ive|i've|already|so|ok|have) )*(?:read|finished|loved) $")


class MentionFinder:
    """One pass over one text. What it names is in `mentions` and `cues`, in the order of the text."""

    def __init__(self, vocabulary: Vocabulary, text: str, this_year: int) -> None:
        self.vocabulary = vocabulary
        self.groups: Mapping[str, str] = vocabulary.groups
        self.passage = Passage(text)
        self.source: str = self.passage.source
        self.lower = self.source.lower()
        self.bounds: Bounds = bounds(self.lower, vocabulary.newest, this_year)
        self.masks: list[Place] = []
        self.aside = bytearray(len(self.source))  # 1 at each place of what is said beside the wish
        self._mark_aside(asides(self.lower))
        self.disowned, self.owned = disowned(self.lower), owned(self.lower)
        for start, end in (*self.disowned, *self.owned):
            self.aside[start:end] = bytes(end - start)
        self.mentions: list[Mention] = []
        self.cues: list[tuple[Span, Sequence[Cue]]] = []
        self.doubtful: list[tuple[Span, str]] = []
        self.rivals: list[tuple[Span, str]] = []
        self.lowly: list[tuple[Span, str]] = []  # everyday words in small letters, names only in a row that was read
        self.titles_elsewhere = elsewhere.spans(self.source)
        self._take_quotes()
        self._take_spans()

    def _mark_aside(self, places: Iterable[Place]) -> None:
        for start, end in places:
            self.aside[start:end] = b"\1" * (end - start)

    def _is_aside(self, start: int, end: int) -> bool:
        return 1 in self.aside[start:end]

    def _is_named_only(self, span: Span) -> bool:
        """Whether a phrase is said beside the wish, or is part of a title that the catalogue does not have."""
        return self._is_aside(span.start, span.end) or _touches(span, self.titles_elsewhere)

    def _take_quotes(self) -> None:
        """Quoted titles are works or unknown titles, never tags: 『異世界薬局』 asks for no other world."""
        for match in QUOTED.finditer(self.source):
            text = next(group for group in match.groups() if group is not None).strip()
            letters = key(text)
            if work := self.vocabulary.catalogue.find(text):
                self._add("work", (work.slug,), match.span(), letters, quoted=True)
            elif (
                len(letters) < 2
                or self._is_said(match)
                or (match.group()[0] not in "『《" and (self._is_known_words(text) or self._is_phrase(match, text)))
            ):
                continue
            else:
                self._add("unknown", (text,), match.span(), letters, quoted=True)
            self.masks.append(match.span())

    def _is_said(self, match: re.Match[str]) -> bool:
        """Whether a quotation is what somebody says, or stands for a kind of thing: 「持ってきてはダメ」, "이런 거"."""
        if self._is_aside(match.start(), match.start() + 1) and self._is_aside(match.end() - 1, match.end()):
            return True
        return bool(QUOTES_SPEECH.match(self.lower, match.end()))

    def _is_phrase(self, match: re.Match[str], text: str) -> bool:
        """Whether words in quotes are only that: "carry the burden", "왜 이제야 읽었지" 싶은, 「なにそれ」ってなる."""
        if not text.isascii() or text != text.lower() or match.group() == self.source.strip():
            return bool(QUOTES_WORDS.match(self.lower, match.end()) or QUOTES_ENDING.search(text))
        before = self.lower[max(0, match.start() - 24) : match.start()]
        return not (TITLE_BEFORE.search(before) or TITLE_AFTER.match(self.lower, match.end()))

    def _is_known_words(self, text: str) -> bool:
        """Whether a quotation is made of tag words ("다크 판타지") or is a whole sentence, and so no title."""
        passage = Passage(text)
        covered = sum(len(span.phrase) for span in self.vocabulary.lexicon.find(passage))
        asks = all(ONLY_ASKS.fullmatch(word) for word in WORDS.findall(text))
        return asks or covered >= len(passage.letters) * 0.75 or bool(SENTENCE.search(text))

    def _take_spans(self) -> None:
        self._take_found(self.vocabulary.lexicon.find(self.passage))
        self._take_doubtful()
        self._drop_asked()
        self.mentions.sort(key=lambda mention: mention.start)
        self._take_finished_works()
        self.cues.sort(key=lambda pair: pair[0].start)

    def _take_finished_works(self) -> None:
        """ "finished overlord. what next": where a sentence begins, right before a name, it is what was read."""
        for mention, work in pairwise([*self.mentions]):
            beside = mention.kind == "status" and work.kind == "work" and work.start - mention.end == 1
            begins = self.lower[: mention.start].rstrip(" ")[-1:] in ("", ".", "!", "?", "\n")
            if beside and begins and mention.phrase in FINISHED and mention.phrase.isascii():
                self.mentions.remove(mention)
                span = Span(mention.start, mention.end, (), mention.phrase)
                self.cues.append((span, (Cue(Stance.READ, False),)))

    def _drop_asked(self) -> None:
        """Leave out what is only asked of a work: "is Overlord gory?" asks for no gore."""
        works = [mention for mention in self.mentions if mention.kind == "work"]
        asked = [place for work in works if (place := asked_of_work(self.lower, work.start, work.end))]
        if asked:
            self._mark_aside(asked)
            self.mentions = [
                mention
                for mention in self.mentions
                if mention.kind not in ("tag", "about") or not self._is_aside(mention.start, mention.end)
            ]

    def _take_found(self, spans: Iterable[Span]) -> None:
        for span in spans:
            if _touches(span, self.masks) or self._is_inside_word(span):
                continue
            meanings: Meanings = {}
            for meaning in span.meanings:
                kind = "cue" if isinstance(meaning, Cue) else meaning[0]
                meanings.setdefault(kind, []).append(meaning)
            if _touches(span, self.bounds.places) and not {"status", "work", "anything"} & meanings.keys():
                continue
            if "work" not in meanings and self._is_named_only(span):
                continue
            if "cue" not in meanings and self._is_recipient(span):
                continue
            if self._is_own_mood(span, meanings) or self._is_nature(span) or self._is_simile(span, meanings):
                continue
            if self._is_self(span, about="about" in meanings) or self._is_fame(span, meanings):
                continue
            self._sort(span, meanings)

    def _sort(self, span: Span, meanings: Meanings) -> None:
        named = meanings.pop("work", None)
        if named and (not self._is_common(span) or self._clearly_named(span, meanings)):
            self._add_at(span, "work", (named[0][1],))
            return
        if named:
            self._doubt(span, named[0][1], rivalled=bool(meanings))
        if named and not meanings:
            self._take_inside(span)
        elif "both" in meanings:
            for tag in meanings["both"][0][1]:
                self._add_at(span, "tag", (tag,))
        elif "anything" in meanings and self._is_praise(span):
            self.cues.append((span, (Cue(Stance.LIKE, True),)))
        elif kind := next((kind for kind in MENTION_KINDS if kind in meanings), None):
            self._sort_mention(span, kind, meanings[kind])
        elif span.phrase in DONE and STATE.search(self.lower[: span.start]):
            self._add_at(span, "status", ("completed",))
        elif "cue" in meanings:
            self.cues.append((span, tuple(meanings["cue"])))

    def _doubt(self, span: Span, slug: str, *, rivalled: bool) -> None:
        """Keep a name that may be none for what stands beside it to decide. "Is it gory?" does not name IS."""
        text = self.source[span.start : span.end]
        if len(text) <= 2 and text.isascii() and text != text.upper():
            return
        if text.isascii() and text[:1].islower() and not rivalled:
            self.lowly.append((span, slug))
        if text[:1].isupper() or not text[:1].isascii() or text.isdigit() or (rivalled and len(text) > 3):
            (self.rivals if rivalled else self.doubtful).append((span, slug))

    def _sort_mention(self, span: Span, kind: str, meanings: Sequence[Meaning]) -> None:
        if kind == "anything" and self._asks_for_no_any(span):
            return
        if kind == "status" and DOOMED.search(self.lower[: span.start]):
            return
        if kind == "status" and span.phrase in FINISHED and self._is_verb(span):
            self.cues.append((span, (Cue(Stance.READ, False),)))
            return
        self._add_at(span, "about" if kind == "trope" else kind, tuple(meaning[1] for meaning in meanings))

    def _is_praise(self, span: Span) -> bool:
        """Whether a word that asks for the best is said of a work named beside it: "오버로드는 진짜 명작"."""
        last = self.mentions[-1] if self.mentions else None
        praised = last is not None and last.kind == "work" and PRAISED.fullmatch(self.lower[last.end : span.start][:16])
        return bool(praised or PRAISES.match(self.lower, span.end))

    def _asks_for_no_any(self, span: Span) -> bool:
        """Whether "whatever" is a word of its sentence and does not leave the choice open: "whatever you do"."""
        return span.phrase in WITHIN and not NAME_ENDS.match(self.lower, span.end)

    def _add_at(self, span: Span, kind: str, values: tuple[str, ...]) -> None:
        self._add(kind, values, (span.start, span.end), span.phrase)

    def _add(self, kind: str, values: tuple[str, ...], place: Place, phrase: str, *, quoted: bool = False) -> None:
        told = kind == "work" and self._is_aside(*place)
        self.mentions.append(Mention(kind, values, *place, phrase, quoted, told=told))

    def _take_inside(self, span: Span) -> None:
        """What a name that was no name is made of."""
        inner = self.vocabulary.plain.find(Passage(self.source[span.start : span.end]))
        self._take_found(Span(span.start + one.start, span.start + one.end, one.meanings, one.phrase) for one in inner)

    def _is_recipient(self, span: Span) -> bool:
        """Whether a word says for whom a book is: "高校生の娘にプレゼント" asks for no school."""
        if span.phrase in PERSONS and PERSON_WANTS.match(self.lower, span.end):
            return True
        return bool(
            FOR_WHOM.match(self.lower, span.end) or FOR_MY.search(self.lower[max(0, span.start - 24) : span.start])
        )

    def _is_inside_word(self, span: Span) -> bool:
        """Whether what was found only ends another word: 우는 in 싸우는, えろ in 教えろ."""
        before = self.lower[max(0, span.start - 4) : span.start]
        return any(span.phrase.startswith(words) and inside.search(before) for words, inside in INSIDE_WORDS)

    def _is_own_mood(self, span: Span, meanings: Meanings) -> bool:
        """Whether a mood is the reader's and not a book's: "요즘 우울한데", "I've been so sad lately"."""
        if not any(self.groups.get(tag) == "tone" for _, tag in meanings.get("tag", ())):
            return False
        before = self.lower[max(0, span.start - 30) : span.start]
        if MOOD_BEFORE.search(before):
            return before.isascii() or self.lower.startswith(MOOD_GOES_ON, span.end)
        return span.phrase.startswith(OWN_MOODS) and bool(MOOD_AFTER.match(self.lower, span.end))

    def _is_nature(self, span: Span) -> bool:
        """Whether a word tells what somebody is like and not the story: "a quiet girl", "차분한 주인공"."""
        return span.phrase.startswith(NATURES) and bool(SOMEONE.match(self.lower, span.end))

    def _is_simile(self, span: Span, meanings: Meanings) -> bool:
        """Whether somebody is only likened to what a word names: "leads are like robots", "로봇 같은 주인공"."""
        if span.phrase in MEDIA:
            before = self.lower[max(0, span.start - 30) : span.start]
            return bool(MEDIUM_LIKE.match(self.lower, span.end) or LIKE_MEDIUM.search(before))
        tags = {tag for _, tag in meanings.get("tag", ())}
        if not (tags or "about" in meanings) or not tags <= BEINGS:
            return False
        before = self.lower[max(0, span.start - 30) : span.start]
        return bool(LIKENED.match(self.lower, span.end) or LIKENED_TO.search(before))

    def _is_self(self, span: Span, *, about: bool) -> bool:
        """Whether a word says what the reader is, or where they read: "I'm a nurse", "저는 대학생인데", "on the plane"."""
        behind = PERSON_BEHIND.match(self.lower, span.end)
        if not (about or behind or PERSON_ENDING.search(span.phrase)):
            return False
        end = behind.end() if behind else span.end
        before = self.lower[max(0, span.start - 24) : span.start]
        if about and OWN_THINGS.search(before):
            return True
        return any(i_am.search(before) and so.match(self.lower, end) for i_am, so in I_AM)

    def _is_fame(self, span: Span, meanings: Meanings) -> bool:
        """Whether somebody in the story is famous or hidden and not the book: "유명한 탐정", "a popular girl"."""
        return meanings.keys() <= FAME and bool(SOMEBODY.match(self.lower, span.end))

    def _is_verb(self, span: Span) -> bool:
        """Whether "finished" is what the reader did: "finished Overlord", not "something finished"."""
        before, after = self.source[: span.start], self.source[span.end : span.end + 10]
        if found := DID.search(before.lower()):
            return not STATE.search(before.lower()[: found.start()])
        return not before.strip() and bool(NAME_BEGINS.match(after) or DONE_WITH.match(after))

    def _take_doubtful(self) -> None:
        """A name that is an everyday word or a number ("86") is meant where it stands beside other works.

        A number or a capitalised word also where a stance is taken on it, or where it is all that was said.
        """
        for backwards in (False, True, False, True):  # each taken tells of its neighbours: 「禁書・ハルヒ・キノは読了」
            if not self._take_some(backwards=backwards):
                break

    def _take_some(self, *, backwards: bool) -> bool:
        """Take the names that are told by what stands beside them now; whether any was."""
        before_them = len(self.mentions)
        read = self._rows_read()
        for span, slug in self.lowly:
            if span.start in read:
                self._add_at(span, "work", (slug,))
        self.lowly = [(span, slug) for span, slug in self.lowly if span.start not in read]
        rivals, doubtful = (
            sorted(some, key=lambda one: one[0].start, reverse=backwards) for some in (self.rivals, self.doubtful)
        )
        self.rivals, self.doubtful = [], []
        for span, slug in rivals:
            if self._beside_works(span) or self._in_row_of_works(span):
                self.mentions = [mention for mention in self.mentions if mention.start != span.start]
                self._add_at(span, "work", (slug,))
                before_them = -1
            else:
                self.rivals.append((span, slug))
        for span, slug in doubtful:
            after, before = self.lower[span.end : span.end + 16], self.source[: span.start]
            if UNIT.match(after):
                continue
            name = span.phrase.isdigit() or self.source[span.start].isupper()
            alone = not (before.strip() or after.strip())
            meant = name and (alone or BUT.match(after) or self._has_stance(span))
            row = span.start in read or self._ends_row_of_works(span) or self._in_row_of_works(span)
            if meant or self._beside_works(span) or row:
                self._add_at(span, "work", (slug,))
            else:
                self.doubtful.append((span, slug))
        return len(self.mentions) > before_them

    def _has_stance(self, span: Span) -> bool:
        """Whether a cue beside the name at `span` takes a stance on it."""
        weak = (Stance.NONE, Stance.BONUS, Stance.INDIFFERENT)
        for place, cues in self.cues:
            follows = 0 <= place.start - span.end <= 6
            leads = bool(VOLUMES_OF.fullmatch(self.lower[place.end : span.start]))
            for cue in cues:
                near = follows if cue.after else leads and cue.stance != Stance.REFUSE
                if near and cue.stance not in weak:
                    return True
        return False

    def _beside_works(self, span: Span) -> bool:
        return any(
            mention.kind == "work"
            and (
                CONNECTOR.fullmatch(self.lower[mention.end : span.start])
                or CONNECTOR.fullmatch(self.lower[span.end : mention.start])
            )
            for mention in self.mentions
        )

    def _in_row_of_works(self, span: Span) -> bool:
        """Whether works stand on both sides with nothing between, or behind it and read: "방패용사 슬라임 코노스바 봤음"."""
        works = [one for one in self.mentions if one.kind == "work"]
        before = any(one.end < span.start and not self.lower[one.end : span.start].strip() for one in works)
        behind = next((one for one in works if one.start > span.end and one.start - span.end <= 1), None)
        return behind is not None and (before or bool(READ_AFTER.match(self.lower, behind.end)))

    def _ends_row_of_works(self, span: Span) -> bool:
        """Whether a work stands right before it and both are said to be read: "은영전 성계 읽음"."""
        works = (one for one in self.mentions if one.kind == "work")
        before = any(one.end < span.start and not self.lower[one.end : span.start].strip() for one in works)
        return before and bool(READ_AFTER.match(self.lower, span.end) or NAMED_AFTER.match(self.lower[span.end :]))

    def _rows_read(self) -> set[int]:
        """Where English names begin that stand in a bare row which is said to be read: "read baccano kino 86"."""
        named = [(one.start, one.end) for one in self.mentions if one.kind == "work"]
        named += [(span.start, span.end) for span, _ in (*self.doubtful, *self.lowly)]
        rows: list[list[Place]] = []
        for start, end in sorted(set(named)):
            if rows and ROW_GAP.fullmatch(self.lower, rows[-1][-1][1], start):
                rows[-1].append((start, end))
            else:
                rows.append([(start, end)])
        return {start for row in rows if len(row) > 1 and self._is_read_row(row) for start, _ in row}

    def _is_read_row(self, row: Sequence[Place]) -> bool:
        before = self.lower[max(0, row[0][0] - 24) : row[0][0]]
        said = NAMED_BEFORE.search(before) or READ_BEFORE.search(before) or READ_ROW.search(before)
        return bool(said and NAME_ENDS.match(self.lower, row[-1][1]))

    def _is_common(self, span: Span) -> bool:
        text = self.source[span.start : span.end]
        return span.phrase in self.vocabulary.common or self.vocabulary.is_made_of_tags(text)

    def _clearly_named(self, span: Span, others: Meanings) -> bool:
        """Whether a name that is also an everyday word is meant as a name here. `others`: what else it means."""
        if others:
            return self._is_read(span) or (others.keys() <= {"about"} and self._is_likened_to(span))
        if self._is_written_as_name(span) or NAMED_AFTER.match(self.lower[span.end : span.end + 14]):
            return True
        before = self.lower[max(0, span.start - 18) : span.start]
        if span.phrase.isascii() and self.source[span.start].islower() and not NAME_ENDS.match(self.lower, span.end):
            return False  # "I read another academy story"
        return bool(NAMED_BEFORE.search(before)) and (len(span.phrase) > 2 or span.phrase.isdigit())

    def _is_written_as_name(self, span: Span) -> bool:
        """Whether an English word is in capitals, or begins with one though no sentence begins there."""
        text, before = self.source[span.start : span.end], self.source[: span.start].rstrip()
        if not (text[:1].isascii() and text[:1].isalpha()):
            return False
        sentence_start = not before or before[-1:] in ".!?\n"
        return (text.isupper() and len(text) > 1) or (text[0].isupper() and not sentence_start)

    def _is_likened_to(self, span: Span) -> bool:
        """Whether books are to be like what an English word names, or it was loved: "similar to bookworm, finished"."""
        before = self.lower[max(0, span.start - 24) : span.start]
        return bool(NAME_ENDS.match(self.lower, span.end) and NAMED_BEFORE.search(before))

    def _is_read(self, span: Span) -> bool:
        """Whether the words around a name that is a tag's too are said of books only: "薬屋は読んだ", "loved Gamers!"."""
        if READ_AFTER.match(self.lower, span.end):
            return True
        before = self.lower[max(0, span.start - 24) : span.start]
        written_as_name = self.source[span.start].isupper() and NAME_ENDS.match(self.lower, span.end)
        return bool(READ_BEFORE.search(before) or (written_as_name and LIKED_BEFORE.search(before)))


def _touches(span: Span, places: Iterable[Place]) -> bool:
    return any(span.start < end and start < span.end for start, end in places)
