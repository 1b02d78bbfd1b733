"""Where a text names works: in title brackets, in quotes, in bold, at the head of a line, or as the reader named them."""

import re
from collections.abc import Iterable
from functools import lru_cache, partial

from ...text.cleaning import MAX_LENGTH
from ...text.folding import fold, key
from ..phrasebook import PHRASES, either
from . import title_classifier as classifier
from .generic_words import CJK, is_generic, is_label
from .marks import ADDRESS, EMOJI, MARK, read_mark
from .quotes import unwrapped
from .tables import title_cells
from .title_mentions import Named, add_apart, keys_of, places_of
from .unquoted_titles import unquoted_titles

_words = partial(either, "titles_in_text")

# "3위 — ", "【3】 ", "Rank 3: ", "추천 ③ ", "3位　": the place of a work in a list, which is no part of its name.
_GAP = r"[ \t\u3000]*+"
_RANKED_BY = rf"(?:{_words('ranked_by')}|\#)[ \t]?"
# For a verbose pattern, as the next ones.
RANK = rf"""
    (?: (?:{_RANKED_BY})?+
            (?:\d\d?[ \t]?{_words("rank.unit")}{_words("rank.unit.behind")}?+|[①-⑳])
            {_GAP}[.:：—–―\-、]*+{_GAP}
      | {_RANKED_BY}(?:\#|No\.)?\d\d?{_GAP}[.:：—–―\-)]++{_GAP}
      | No\.[ \t]?\d\d?[ \t]++
      | [【\[(（]\d\d?[】\])）]{_GAP}
    )
"""
# Only title brackets are sure. A particle may follow any closing quote at once, so only Latin letters tell a quote from
# an apostrophe or an inch. What a quote holds may be as long as it likes, or the next would be paired wrongly.
NAMED = re.compile(
    rf"""
    (?P<mark>{MARK})
    | (?P<sure> 『[^『』\n]++』 | 《[^《》\n]++》 )
    | (?P<quoted>
        「[^「」\n]++」 | 〈[^〈〉\n]++〉 | <<[^<>\n]++>> | “[^“”\n]++” | „[^„“”\n]++[“”]
      | ‘(?:[^‘’\n]|’(?=[A-Za-z]))++’
      | «[^«»\n]++» | ‹[^‹›\n]++› | 〔[^〔〕\n]++〕 | 【(?!\d{{1,2}}】)[^【】\n]++】 | ＜[^＜＞\n]++＞
      | <(?![/!?\s])[^<>\n]++>(?![^<>\n]{{0,120}}</)
      | (?: ［[^［］\n]++］ | (?<!\[)\[(?![\s^]|\d\d?\])[^\[\]\n]++\] ){ADDRESS}
      | ＂[^＂\n]++＂ | ＇[^＇\n]++＇ | `[^`\n]++`
      | (?<![A-Za-z0-9"=])"[^"\n]++"(?![A-Za-z0-9])
      | (?<![A-Za-z0-9'])'(?![\s'])(?:[^'\n]|(?<=[A-Za-z])'(?=[A-Za-z]))++'(?![A-Za-z0-9])
    )
    | (?P<bold>
        \*\*[^*\n]{{2,120}}\*\* | __[^_\n]{{2,120}}__
      | (?<![*A-Za-z0-9])\*[^*\s][^*\n]{{1,118}}\*(?![*A-Za-z0-9])
      | (?<![_A-Za-z0-9])_[^_\s][^_\n]{{1,118}}_(?![_A-Za-z0-9])
      | <(?:b|strong|em|i|u|cite)>[^<>\n]{{2,120}}</(?:b|strong|em|i|u|cite)>
    )
    # What is led by a bullet, a number or a rank, up to a sign or the end of its line.
    | (?P<lead>
        (?: (?<=^)
            (?: \#{{1,6}}[ \t]++(?:\d{{1,2}}[.)][ \t]++)?
              | [ \t]{{0,8}}
                (?: \d{{1,2}}[.)．、][ \t]*+ | [-*•·▪●○◆■★☆▶►][ \t]++ | [①-⑳・][ \t]*+ )
                (?:\[[ xX]\][ \t]++)?
            )
          | (?<=^)[ \t>]*+(?:\#{{1,6}}[ \t]++)?+(?:{EMOJI}[ \t]*+)?+{RANK}
          | (?:(?<=[.!?。！？])|(?<={_words("quote.behind")}))[ \t]++\d{{1,2}}[).][ \t]++
        )
        (?P<led>(?![【［〔])[^\n\[\]*『《「“"|]{{2,120}}?)
        (?<![ \t])(?=[ \t]++[-–—―][ \t]|[ \t]*+(?:[(（:：—―|/→⇒]|$))
    )
    """,
    re.MULTILINE | re.VERBOSE,
)
# A line of its own that begins with a name: what follows must be its year, its author or what is said of it.
HEAD = re.compile(
    rf"""
    ^[ \t>]*+(?:{EMOJI}[ \t]*+)?
    (?P<headed>\w[^\n\[\]*『《「“"|\#<>]{{1,119}}?)(?<![ \t])
    (?P<note>[ \t]*+[(（][^()（）\n]{{1,40}}[)）])?
    (?P<sign>
        [ \t]*+(?: :(?=[ \t]++\S|[가-힣\u3040-\u30ff\u3400-\u9fff]) | ：(?=[ \t]*+\S) )
      | [ \t]++[-–—―][ \t]++(?=\S)
      | [ \t]*+[—―]{{1,2}}[ \t]*+(?=\S)
      | (?(note)[ \t]*+$|(?!))
    )
    """,
    re.MULTILINE | re.VERBOSE,
)
# "제목: …": what follows is said to be a title.
TITLED = re.compile(
    rf"""
    ^[ \t>]*+(?:[-*•·・▪●+]|\#{{1,6}}|\d{{1,2}}[.)])?+[ \t]*+[*_]{{0,2}}
    (?:{_words("titled.of")}[ \t]?)?{_words("titled")}(?:[ \t]?\d{{1,2}})?
    [*_]{{0,2}}[ \t]*+[:：][*_]{{0,2}}[ \t]*+
    (?P<titled>[^\s*_\[『《「“"'‘][^\n\[\]*『《「“"|]{{1,79}}?)
    (?<![ \t])(?=[ \t]*+$|[ \t]++[-–—―/][ \t]|[ \t]*+[(（,，])
    """,
    re.MULTILINE | re.IGNORECASE | re.VERBOSE,
)
# A title in its own brackets inside other quotes: alone there it is the name, else the quotes hold a saying.
INNER = re.compile("[『《]")
WHOLLY = re.compile(r"[^\w『《]{1,4}[『《][^『』《》]++[』》][^\w』》]{1,4}")
TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>|<[a-z]+:[^<>]*>")
RANKED = re.compile(rf"[ \t>#*_]*+(?:{EMOJI}[ \t]*+)?+{RANK}", re.VERBOSE)
RANKED_IN_BOLD = re.compile(rf"[*_]{{1,2}}[ \t]*+(?:{EMOJI}[ \t]*+)?+{RANK}(?=\w)", re.VERBOSE)
SPACED = re.compile(r"[*_]*+[ \t]")
MAX_NAME_LENGTH = 120
YEAR_OR_AUTHOR = re.compile(r"[*_]*[ \t]*(?:[(（][^()（）\n]*[0-9]{4}|[ \t]by[ \t][A-Z])")
BY = re.compile(r"(?:[ \t]++/[ \t]|,?[ \t]++by[ \t](?=[A-Z])|,[ \t](?=[A-Z]\w*[ \t][A-Z]\w*$)).*$")
SENTENCE = re.compile(rf"(?:[…、，,]|{_words('sentence_end')})$")
SENTENCE_TITLE = 8  # letters from which a sentence may be a title
ENDED = re.compile(r"[.。…,，、][\s\"'”’」*_\])>】》〉]*$")
OBJECT = re.compile(_words("object"))  # what a sentence said is never the object of a recommendation
POLITE = re.compile(rf"{_words('polite')}[!?！？]*$")
PLAIN_FORM = re.compile(rf"{_words('plain')}$")
CALLS = ".,。，、!?！？… "  # marks inside the quotes that are no part of a name
LATIN_WORD = re.compile(r"[^\W_][\w'’.-]*")
SMALL_WORDS = frozenset(PHRASES.phrases("titles_in_text", "small_words"))
# How a line begins that speaks to the reader and names nothing.
TALK = re.compile(rf"{_words('talk', 'ko', 'ja')}|{_words('talk', 'en')}\b", re.IGNORECASE)
KOREAN_TAIL = re.compile(rf"{_words('tail', 'ko')}$")
JAPANESE_TAIL = re.compile(rf"{_words('tail', 'ja')}$")
DESCRIBES = re.compile(rf"{_words('describes.how')}\s?{_words('describes.what')}$")
SPEAKER = re.compile(rf"[ ]{_words('pronouns')}\b")
ARTICLE = re.compile(rf"\b{_words('articles')}[ \t]$", re.IGNORECASE)
ONE_SHORT_WORD = re.compile("[가-힣]{1,3}|[\u3040-\u30ff\u3400-\u9fff]{1,3}")
SHORT = re.compile("[가-힣\\u3040-\\u30ff\\u3400-\\u9fff]{1,2}|[\\u3400-\\u9fff]{3}")
QUALIFIED = re.compile(_words("qualified"))
KIND_OF_WORKS = re.compile(rf"{_words('kinds_of_works')}$")
HANGUL = re.compile("[가-힣]")
ORNAMENT = re.compile(rf"^(?:{EMOJI}|\s)++(?:\d{{1,2}}[.)][ \t]++)?|^\d{{1,2}}[.)][ \t]++|{EMOJI}$")
PAUSE = re.compile(r"[.;；。,，、…]")
LOWER_SAYING = re.compile(rf"{_words('saying.start')}\b")
PARTICLES = re.compile(rf"{_words('particles')}*+(?![가-힣])")


def names_in(text: str, ask: str = "", titles: Iterable[str] = (), *, lines: bool = True) -> list[Named]:
    """Where `text` names works, as a list of Named in order.

    `ask`: the reader's words. What only repeats them in quotes is left out, but what they named as a title, and what is
    among `titles`, is found wherever it stands. `lines`: whether the lines of `text` may begin with a name.
    """
    asked, known = _asked(ask, tuple(titles))
    finder = _Finder(text, _letters(ask), known, lines)
    finder.look(0, len(text))
    found = finder.found
    if lines:
        add_apart(found, finder.heads())
        add_apart(found, list(finder.cells()))
        add_apart(found, unquoted_titles(text))
    if asked:
        add_apart(found, [place for place in places_of(asked, text) if _stands_alone(place, text)])
    return sorted(found, key=lambda one: one.start)


@lru_cache(maxsize=16)
def _asked(ask: str, titles: tuple[str, ...]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The titles a reader named, `titles` among them, and their keys. Of one ask every block of a reply needs them."""
    asked = tuple(dict.fromkeys((*titles, *titles_said(ask))))
    return asked, frozenset(one for title in asked for one in keys_of(title))


def titles_said(ask: str) -> list[str]:
    """What a reader put in quotes or title brackets and so named as a title, as written."""
    if not ask:
        return []
    said = []
    for match in NAMED.finditer(ask[:MAX_LENGTH]):
        if match["sure"] or match["quoted"]:
            name = _plain(match["sure"] or match["quoted"])
            if key(name) and len(name) <= MAX_NAME_LENGTH and (match["sure"] or _is_title_of_reader(name)):
                said.append(name)
    return said


def _is_title_of_reader(name):
    """Whether a name in a reader's quotes is one: readers write titles in lower case too, and describe what they want."""
    if is_generic(name) or SENTENCE.search(name) or DESCRIBES.search(name):
        return False
    if CJK.search(name):
        return len(key(name)) > 2
    return _is_title_cased(name) or (" " in name and not LOWER_SAYING.match(name.lower()))


class _Finder:
    """One search through one text."""

    def __init__(self, text, asked, known, lines):
        self.text, self.asked, self.known, self.lines, self.found = text, asked, known, lines, []

    def look(self, start, end, depth=0):
        for match in NAMED.finditer(self.text, start, end):
            if not self._take(match) and match.lastgroup in ("quoted", "bold") and depth < 3:
                # A saying in quotes or a sentence in bold may name a work inside it.
                self.look(match.start() + 1, match.end() - 1, depth + 1)

    def _take(self, match):
        if match["mark"]:
            self.found.append(_named_by_mark(match))
            return True
        group = "led" if match["led"] is not None else match.lastgroup
        start, end = match.span(group)
        if group == "bold":
            start, end = _without_rank(start, end, self.text)
        whole = name = _plain(self.text[start:end])
        if group in ("led", "bold"):
            name, place = _without_author(name, start, end, self.text)
            end = place if group == "led" else end  # a bold is closed behind the author
        return self._add(name, start, end, group, authored=name != whole)

    def _add(self, name, start, end, group, *, authored):
        written = self.text[start:end]
        if not key(name) or len(name) > MAX_NAME_LENGTH:
            return False
        if group in ("quoted", "bold") and (inner := INNER.search(written, 1)) and not WHOLLY.fullmatch(written):
            return False
        sure = group == "sure" or (group in ("quoted", "bold") and inner is not None)
        names = keys_of(name)
        told = any(one in self.known for one in names)
        if not sure and not told and not self._may_be_title(name, start, end, group):
            return False
        claim = told or ((sure or not is_generic(name)) and self._is_claim(name, start, end, group, sure or authored))
        self.found.append(Named(start, end, name, sure=sure, claim=claim, keys=names))
        return True

    def _may_be_title(self, name, start, end, group):
        """Whether a name in quotes, bold or at the head of a line can be a title, and is no label and no saying."""
        folded, written = key(name), self.text[start:end]
        if len(folded) < 2 or folded in self.asked or is_label(name) or TAG.fullmatch(written):
            return False
        following = self.text[end : end + 2].lstrip()[:1]
        if is_generic(name) and (following in (":", "：") or written.rstrip("*_ ")[-1:] in (":", "：")):
            return False
        common = is_generic(name) or (not self.lines and ONE_SHORT_WORD.fullmatch(name))
        likened = classifier.is_likened(self.text, end) and not is_generic(name)
        if common and group != "led" and not likened and not self._is_offered(start, end):
            return False  # many a common word is the nickname of some work
        if not CJK.search(name):
            return _is_title_cased(name) or sum(word[0].isupper() for word in name.split()) > 1
        if _is_sentence(name):
            if group in ("led", "bold") and POLITE.search(name):
                return False
            # Many a work is called by a sentence, and no known one is passed over; none ends in a period.
            return len(folded) >= SENTENCE_TITLE and not ENDED.search(written)
        weak = written[:1] in "'‘" and len(folded) < 4 and " " not in name
        return not weak and not (written[:1] in "[［【" and folded.isdigit())

    def _is_claim(self, name, start, end, group, sure):
        """Whether a name not known deserves a warning: it stands as titles do, and is spoken of as a book."""
        written = self.text[start:end]
        if classifier.is_told_as_phrase(self.text, end) or (
            written[-2:-1] in ("?", "!") and SPEAKER.match(self.text, end)
        ):
            return False
        if sure:
            short = bool(SHORT.fullmatch(name))
            short = short or (is_generic(name) and (is_label(name) or " " not in name) and len(key(name)) < 7)
            return not short or self._is_offered(start, end)
        if group != "quoted" and PLAIN_FORM.search(name) and self._is_ranked(start):
            return True  # many a work is called by a sentence, and what is ranked is a work
        if is_generic(re.split("[:：]", name, maxsplit=1)[0]) and not name[:1].isascii():
            return False  # "규칙: …"
        if not _reads_like_title(name, written, group, self.text[end : end + 2]) or classifier.is_label_like(name):
            return False
        if group == "led" or self._heads_line(start, end):
            if classifier.labels_a_name(self.text, end):
                return False
            return self._is_ranked(start) or not self._is_feature(name, start, end, group)
        if not classifier.has_cue(self.text, start, end, self._dressed):
            # In English so many capitals seldom tell of anything else.
            owned = ARTICLE.search(self.text[max(0, start - 8) : start])
            return self.lines and len(name.split()) > 3 and not CJK.search(name) and not owned
        return not DESCRIBES.search(name) and not KIND_OF_WORKS.search(name)

    def _is_offered(self, start, end):
        return self._heads_line(start, end) or classifier.has_cue(self.text, start, end, self._dressed)

    def _heads_line(self, start, end):
        if not self.lines or not (classifier.stands_at_head(self.text, start) or self._is_ranked(start)):
            return False
        return classifier.closes_head(self.text, end) or (
            bool(SPACED.match(self.text, end)) and (self._is_ranked(start) or classifier.is_numbered(self.text, start))
        )

    def _is_ranked(self, start):
        rank = RANKED.match(self.text, self.text.rfind("\n", 0, start) + 1)
        return bool(rank) and rank.end() >= start

    def _dressed(self, text, place):
        """The next name in quotes or bold, where one begins at `place`."""
        found = NAMED.match(text, place)
        return found if found and found.lastgroup in ("sure", "quoted", "bold") else None

    def _is_feature(self, name, start, end, group):
        """Whether a name at the head of a line is what a book has, or a kind of books, and no book."""
        numbered, said = classifier.is_numbered(self.text, start), self.text[end : end + 80].split("\n")[0].strip(" *_")
        if DESCRIBES.search(name) or (classifier.is_feature(name) and (not numbered or QUALIFIED.search(name))):
            return True
        if group in ("led", "bold") and classifier.is_list_of_features(self.text, start, bare=not said):
            return True
        if numbered:
            return False
        if not CJK.search(name) and " " not in name:
            return not YEAR_OR_AUTHOR.match(self.text, end)
        return not said and classifier.does_something(name)

    def heads(self):
        """Names that begin a line of their own, with what is said of them behind."""
        for match in HEAD.finditer(self.text):
            start, end = match.span("headed")
            name, end = _without_author(_plain(match["headed"]), start, end, self.text)
            told = any(one in self.known for one in keys_of(name))
            if _no_bullet(self.text, match.start()) and (told or self._may_head(name, match["note"])):
                yield Named(start, end, name, claim=told or self._may_claim_head(name, start), keys=keys_of(name))

        for match in TITLED.finditer(self.text):
            start, end = match.span("titled")
            name, end = _without_author(_plain(match["titled"]), start, end, self.text)
            if key(name) and not is_generic(name) and not _is_sentence(name) and len(name) <= MAX_NAME_LENGTH:
                yield Named(start, end, name, keys=keys_of(name))

    def _may_claim_head(self, name, start):
        return not (
            _is_sentence(name)
            or classifier.is_label_like(name)
            or classifier.is_feature(name)
            or classifier.is_list_of_features(self.text, start)
        )

    def _may_head(self, name, note):
        if (
            key(name) in self.asked
            or is_generic(name)
            or TALK.match(name)
            or PAUSE.search(name)
            or DESCRIBES.search(name)
        ):
            return False
        if not CJK.search(name):
            several = len([word for word in LATIN_WORD.findall(name) if word.lower() not in SMALL_WORDS]) > 1
            return _is_title_cased(name) and (several or note is not None) and len(name.split()) < 14
        if _is_sentence(name):
            return bool(PLAIN_FORM.search(name)) and len(key(name)) >= SENTENCE_TITLE
        if len(key(name)) < 3 or len(name.split()) > 9:
            return False
        return not KOREAN_TAIL.search(name) and not JAPANESE_TAIL.search(name)

    def cells(self):
        """Names in the title column of a table."""
        for start, end in title_cells(self.text):
            name = _plain(self.text[start:end])
            if len(name) <= MAX_NAME_LENGTH and len(key(name)) > 1 and not is_generic(name):
                for one in self.found:
                    one.claim = one.claim or (start <= one.start and one.end <= end and one.name == name)
                yield Named(start, end, name, keys=keys_of(name))


def _named_by_mark(match):
    mark = read_mark(match[2])
    return Named(match.start(), match.end(), mark.name, slug=mark.slug, pointed=True, keys=keys_of(mark.name))


def _reads_like_title(name, written, group, following):
    """Whether a name by itself can be an invented title, and is not just an emphasised word or a saying."""
    if not CJK.search(name):
        alone = " " not in name
        spoken = alone and bool(re.search(r"[.!?]\W?$", written))  # "Go." he said
        return _is_title_cased(name) and not spoken and (group == "quoted" or not alone or len(key(name)) > 6)
    if _is_sentence(name):
        return group == "quoted" and bool(OBJECT.match(following))
    if group == "quoted":
        return " " in name or len(key(name)) > (4 if written[:1] in "'‘" else 3)
    # Japanese puts no spaces between words, and says more with a letter.
    return " " in name or len(key(name)) > (6 if HANGUL.search(name) else 4)


def _is_sentence(name):
    plain = name.rstrip(CALLS)
    return not plain or bool(SENTENCE.search(plain))


def _no_bullet(text, place):
    """Whether the line at `place` is no item of a list, which is read as one."""
    return not re.compile(r"[ \t]*+(?:[-*•#・]|\d{1,2}[.)．、])").match(text, place)


def _plain(written):
    """A name without what it stands in, and without the comma or period that belongs to the sentence around it."""
    name = re.sub(r"\]\([^()\s]*\)$", "]", written)
    name = unwrapped(ORNAMENT.sub("", unwrapped(re.sub(r"^<[a-z]+>|</[a-z]+>$", "", name))))
    if name[-1:] in (":", "："):
        name = unwrapped(name[:-1])
    if name[-1:] in ",，、;；" or (
        name[-1:] in ".。" and not name.endswith(("..", "...")) and not _is_abbreviated(name)
    ):
        name = unwrapped(name[:-1])
    return name


def _is_abbreviated(name):
    """Whether the last period is part of a name: "R.D.G."."""
    return bool(re.search(r"\b\w\.\w\.$", name))


def _without_rank(start, end, text):
    """Where a name in bold begins and ends within the marks, where its rank stands before it."""
    inside = RANKED_IN_BOLD.match(text, start, end)
    return (inside.end(), end - len(re.search(r"[*_]*$", text[start:end])[0])) if inside else (start, end)


def _without_author(name, start, end, text):
    """`name` at the head of a line without the author behind it, and where it ends."""
    short = BY.sub("", name)
    if short != name and (" " in short.strip() or CJK.search(short)) and name in text[start:end]:
        return short.rstrip(), start + text[start:end].index(name) + len(short.rstrip())
    return name, end


def _is_title_cased(name):
    """Whether a Latin name is written as titles are: every word that counts begins with a capital or is a number."""
    words = LATIN_WORD.findall(name)
    counting = [word for word in words if word.lower() not in SMALL_WORDS]
    if not any(map(str.isalpha, name)):
        return len(key(name)) > 1 and not name.strip("(){} ").isdigit()
    return bool(counting) and not any(word[0].islower() for word in (words[0], *counting))


def _stands_alone(place, text):
    """Whether a name the reader gave stands in running text as a name, and is not part of a word or a common word."""
    letters, name = key(place.name), place.name
    if letters.isascii():
        # "another", "gate": a single word is a name only where a capital tells so, and not at the start of a sentence.
        before = text[max(0, place.start - 3) : place.start].rstrip()
        return " " in name or len(letters) > 9 or (name[:1].isupper() and before[-1:] not in ("", ".", "!", "?", "\n"))
    if len(letters) > 3:
        return True
    before = text[place.start - 1 : place.start] if place.start else ""
    return len(letters) > 1 and not before.isalnum() and bool(PARTICLES.match(text, place.end))


@lru_cache(maxsize=16)  # of one ask for every block of a reply
def _letters(text):
    return "".join(filter(str.isalnum, fold(text)))
