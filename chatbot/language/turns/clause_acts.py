"""What one clause of a turn does, told by its words and by what was spoken of before it.

Rules in the order of `part_of`: what is plainly told comes first, what only may be is settled by what is around it.
"""

import re
from itertools import pairwise

from ..acts import Act, ActPart, Question
from ..asking import asked, questions
from ..names import authors, focus
from ..names.half_names import PLAIN_FACTS
from ..wishes.turn_parser import begins_anew
from ..words import elsewhere
from ..words.clauses import QUOTES, Clause, joints_of
from ..words.cue_book import plain
from ..words.phrasebook import PHRASES
from . import act_parts
from .act_parts import BOOK, STATES, Reader, Stretch, verdict_in
from .author_acts import wished_of_authors
from .breaches import praises
from .choices import chosen_in, of_offers, turns_down
from .comparatives import wish_than
from .corrections import turned_down
from .kept import kept_list
from .likenings import likened, likenings_in
from .maker_acts import wished_of_makers
from .marks_told import is_of_anime, taken_off
from .orders import order_of, refuses
from .renewals import hopes, leads_up, names_others, renewed

MAX_TALK = 14  # letters beside a greeting or thanks that still are nothing of their own
MAX_JOINED = 120  # characters of clauses joined so far from which on only the last of these tells whether it goes on
MAX_JOINTS = 8  # places in a clause at which it may go on with another question
MAX_HALF = 12  # characters of what may be there, asked right after another question: "로맨스 있나"
MAX_PAIR = 40  # characters of two names
BETWEEN = re.compile(PHRASES.pattern("focus", "between"), re.IGNORECASE)
MAX_CONTENT = 40  # characters of a question that names only what may be in a work
LETTERS = re.compile(r"[가-힣ぁ-ヺ一-龥A-Za-z0-9]")
NOISE = re.compile(r"[ㄱ-ㅎㅏ-ㅣ]+|[^\w가-힣ぁ-ヺ一-龥]+|(.)\1{4,}|([ぁ-ん])\2{2,}|ㅋㅋ+")
LAUGHTER = re.compile(r"[ㅋㅎㅠㅜㅇㄹㅂㄱㅅㄴㄷㅈㅊ~!?.^\s]+")
VOWELS = re.compile(r"[aeiouy]")
MASHED = re.compile(r"(?:asdf|qwer|jkl|zxcv|hjk|fghj|sdfg|uiop|qwe|ajsd|fjd|jfk|dfj|sdf)", re.IGNORECASE)
DECLINES = re.compile(r"\bno[,.]?\s*$")  # "no thanks"
# Topics that only a work can be asked of.
OF_A_WORK = frozenset(("fans", "counted", "parts", "gap", "medium", "controversy"))
JAMO = re.compile(r"[ㄱ-ㅎㅏ-ㅣ]")


def joined(clauses: list[Clause], reader: Reader) -> list[Clause]:
    """Clauses, those that are parts of a list or mere leads joined to what follows them."""
    found: list[Clause] = []
    for place, clause in enumerate(clauses):
        before = found[-1] if found else None
        leads = clauses[place - 1] if before and len(before.text) > MAX_JOINED else before
        goes_on = leads is not None and _goes_on(leads, reader)
        if before and (
            goes_on
            or _is_title(clause)
            or _names_it(before, clause, reader)
            or _names_pair(before, clause)
            or _is_no_spoilers(clause, reader)
        ):
            found[-1] = Clause(reader.text[before.start : clause.end], before.start, clause.end)
        else:
            found.append(clause)
    return found


def _is_title(clause: Clause) -> bool:
    """Whether nothing but a title in quotation marks stands in a clause: what comes before it speaks of it."""
    return bool(QUOTES.fullmatch(clause.text))


def _names_it(before: Clause, clause: Clause, reader: Reader) -> bool:
    """Whether a clause is but the name of what the one before asks of: "what's it about again, Konosuba"."""
    if not questions.questions_in(before.text) or reader.named(before.text).works:
        return False
    letters = len(LETTERS.findall(clause.text))
    names = (reader.parsed.words_of(one) for one in reader.mentions(clause.text) if one.kind == "work")
    return any(len(LETTERS.findall(name)) >= letters - 1 for name in names)


def _names_pair(before: Clause, clause: Clause) -> bool:
    """Whether a clause is but the two that the one before holds against each other: "which is longer, raven or ameku"."""
    if not BOOK.has("compare", plain(before.text)) or not before.text.rstrip().endswith((",", "、", "，")):
        return False
    said = clause.text.strip(" ?？.!。")
    pieces = [piece for piece in BETWEEN.split(said) if piece.strip()]
    return (
        len(pieces) == 2 and len(said) <= MAX_PAIR and not (questions.questions_in(said) or focus.points(said.lower()))
    )


def _is_no_spoilers(clause: Clause, reader: Reader) -> bool:
    """Whether a clause only asks to be told no ending, which belongs to what comes before it."""
    lower = plain(clause.text)
    rest = questions.without_spoiler_talk(lower)
    return rest != lower and not reader.says_something(clause.text) and len(LETTERS.findall(rest)) <= MAX_TALK // 2


def _goes_on(before: Clause, reader: Reader) -> bool:
    """Whether a comma after `before` ends nothing: its words alone do nothing that is told."""
    if not before.text.endswith((",", "、", "，")):
        return False
    lower = plain(before.text)
    if any(_is_only(section, lower, before.text, reader) for section in ("yes", "no", "thanks", "greeting")):
        return False
    if any(BOOK.has(section, lower) for section in ("talk", "complaint", Act.ABUSE, "off_topic", *STATES)):
        return False
    if verdict_in(act_parts.without_names(before.text, reader)):
        return False
    said = before.text.rstrip(",、， ")
    chosen = chosen_in(said, reader.dialogue, reader.recent, reader.words)
    if chosen and {*chosen.works} & {*reader.known}:
        return False
    if BOOK.has("circumstance", lower) and not reader.has_stance(before.text):
        return False
    return not questions.is_question(before.text.rstrip(",、，"))


def asked_apart(clauses: list[Clause], reader: Reader) -> list[Clause]:
    """Clauses, those that ask several things in one breath cut where each of two neighbours asks or wishes by itself."""
    return [piece for clause in clauses for piece in _pieces(clause, reader)]


def _pieces(clause: Clause, reader: Reader) -> list[Clause]:
    """From its end, so that what a joint leaves over belongs to what comes before it."""
    joints = [joint for joint in joints_of(clause.text)[-MAX_JOINTS:] if not _is_in_name(joint, clause.text, reader)]
    spoken = reader.spoken or reader.parsed_works or reader.dialogue.last_picks
    complains = BOOK.has("complaint", plain(clause.text))
    if not joints or not spoken or complains or not questions.is_question(clause.text):
        return [clause]
    ends = [len(clause.text)]
    for joint in reversed(joints):
        if _are_two(clause.text[:joint], clause.text[joint : ends[0]], reader):
            ends.insert(0, joint)
    return [
        Clause(clause.text[start:end].strip(), clause.start + start, clause.start + end, asks=True)
        for start, end in pairwise([0, *ends])
    ]


def _are_two(before: str, after: str, reader: Reader) -> bool:
    """Whether each of two pieces asks by itself, and not only both of them where the novels go on after an anime."""
    if leads_up(plain(before)) or not (_asks_or_wishes(before, reader) and _asks_or_wishes(after, reader)):
        return False
    if names_others(plain(after)) and PLAIN_FACTS.isdisjoint(questions.questions_in(before)):
        return False  # what is told before "… 또 없음?" is told of the book that is wanted
    if Question.AFTER_ANIME not in questions.questions_in(before + after):
        return True
    return any(
        Question.AFTER_ANIME in questions.questions_in(one) or questions.asks_from_where(one) for one in (before, after)
    )


def _is_in_name(joint: int, text: str, reader: Reader) -> bool:
    """Whether a joint stands within the name of a work."""
    names = map(reader.parsed.words_of, reader.parsed.works)
    return any(place < joint < place + len(name) for name in names if (place := text.find(name)) >= 0)


def _asks_or_wishes(words: str, reader: Reader) -> bool:
    lower = plain(words)
    if any(likenings_in(words, reader)):
        return True
    if focus.says_similar(words):
        return BOOK.has("recommends", lower)
    asked = {*questions.questions_in(words)} - {Question.OVERVIEW, Question.OTHER}
    return bool(asked or reader.tags_asked(words)) or any(BOOK.has(cue, lower) for cue in ("author", "recommends"))


# --- What it does --------------------------------------------------------------------------------------------------


def part_of(stretch: Stretch, reader: Reader) -> ActPart | None:
    """What a clause does, or None where it tells nothing by itself."""
    lower, named, pointed = stretch.lower, stretch.named, stretch.pointed
    if part := _told_outright(stretch, reader):
        return part
    if act := _talk(stretch, reader):
        return act_parts.complaint(stretch, reader) if act is Act.COMPLAINT else ActPart(act, stretch.text)
    for section in ("own_data", "service", "definition"):
        if BOOK.has(section, lower) and not (section != "own_data" and (named.works or _places(stretch))):
            if (section == "definition" and _asks_of_work(stretch, reader)) or (section == "service" and stretch.said):
                continue
            return act_parts.asked_of_house(Act(section), stretch, reader)
    by_plot = elsewhere.told_of(stretch.text) and not reader.says_something(stretch.text)
    leads = BOOK.has("leads", lower) and not BOOK.has("title_asked", plain(reader.text))
    reader.sure = reader.sure or (leads and BOOK.has("find", lower))
    begun = bool(reader.dialogue.last_picks or reader.dialogue.spoken)
    remembered = BOOK.has("find", lower) or (BOOK.has("remembered", lower) and not begun)
    half = BOOK.has("half_remembered", lower)
    reader.sure |= half
    if half or ((by_plot or remembered) and not (leads or named.works or pointed)):
        return ActPart(Act.FIND, stretch.text)
    if _compares(stretch, reader) and (part := act_parts.comparison(stretch, reader)):
        return part
    if _asks_author(stretch, reader) and (part := act_parts.authorship(stretch, reader)):
        reader.sure = reader.sure or (asked.is_put(stretch.text, "others") and not reader.tags(stretch.text))
        return part
    return _of_works_or_wish(stretch, reader)


def _told_outright(stretch: Stretch, reader: Reader) -> ActPart | None:
    """What a clause says in so many words, whatever else may be in it."""
    if part := kept_list(stretch):
        reader.ordered.append(part)
        reader.sure = True
        return part
    if (
        stretch.named.works
        and is_of_anime(stretch.text)
        and Question.AFTER_ANIME in questions.questions_in(stretch.text)
    ):
        return act_parts.about(stretch, reader)
    for rule in (taken_off, wished_of_authors, wished_of_makers, wish_than, likened, turned_down, _of_the_offers):
        if part := rule(stretch, reader):
            return part
    return None if BOOK.has("distress", stretch.lower) else order_of(stretch, reader)


def _of_the_offers(stretch: Stretch, reader: Reader) -> ActPart | None:
    """A wish for others, a decision for one of the works of the conversation, what is said of the offers alone, or that
    one is bad."""
    if not BOOK.has("distress", stretch.lower) and (part := renewed(stretch, reader)):
        return part
    trails = _trails_a_verdict(stretch, reader)
    part = None if trails else chosen_in(stretch.text, reader.dialogue, reader.recent, reader.words)
    part = part or of_offers(stretch.text, reader.dialogue, reader.words)
    if not part and turns_down(reader.text) and reader.dialogue.acts:
        part = ActPart(Act.NO, stretch.text)
    if part:
        reader.ordered.append(part)
        return part
    return act_parts.verdict(stretch, reader) if _judges_one(stretch, reader) else None


def _trails_a_verdict(stretch: Stretch, reader: Reader) -> bool:
    """Whether nothing but "it" stands behind what became of a work: "3권에서 하차했음 그거" chooses nothing."""
    before = reader.found[-1][1] if reader.found else None
    return bool(before and before.act is Act.VERDICT) and focus.is_only_it(stretch.lower)


def _judges_one(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause finds one work bad: that it is slow is no complaint about the reply."""
    state = verdict_in(stretch.lower)
    if (
        state not in ("not", "dropped")
        or not BOOK.has("complaint", stretch.lower)
        or questions.is_question(stretch.text)
    ):
        return False
    if reader.tags(stretch.text) or BOOK.has("recommend", stretch.lower):
        return False
    works = stretch.named.works or stretch.pointed or (reader.spoken if state == "dropped" else ())
    return len(works) == 1


def _asks_of_work(stretch: Stretch, reader: Reader) -> bool:
    """Whether "what is …?" asks of a work or for books, and not what a word means."""
    lower = stretch.lower
    if stretch.named.works and Question.WEB_NOVEL in questions.questions_in(stretch.text):
        reader.sure = True
        return True  # how the web novel of one work differs, and not of any
    if BOOK.first("of.definition.", lower) or reader.tags(stretch.text):
        return False
    return bool(questions.questions_in(stretch.text)) or any(
        BOOK.has(section, lower) for section in ("author", "recommend", "find")
    )


def _places(stretch: Stretch) -> bool:
    return bool(stretch.pointed) and bool(focus.BOOK.first("place.", stretch.lower))


def _compares(stretch: Stretch, reader: Reader) -> bool:
    if _asks_among(stretch) and not questions.compared_by(stretch.text) and act_parts.among(stretch, reader):
        return False  # which of them have something
    if not BOOK.has("compare", stretch.lower):
        return False
    wishes = BOOK.has("recommend", stretch.lower) and not questions.is_question(stretch.text)
    return not wishes or bool(stretch.named.works or stretch.pointed)


def _asks_author(stretch: Stretch, reader: Reader) -> bool:
    if BOOK.has("author", stretch.lower):
        return not hopes(stretch.lower)
    if stretch.named.works or focus.says_similar(stretch.text) or verdict_in(stretch.lower) == "read":
        return False
    return bool(authors.called(stretch.text, reader.words, reader.known_authors))


def _talk(stretch: Stretch, reader: Reader) -> Act | None:
    """What wants neither books nor facts."""
    lower = stretch.lower
    if BOOK.has("distress", lower):
        return Act.DISTRESS
    if BOOK.has(Act.ABUSE, lower):
        return Act.ABUSE
    if not reader.text[: stretch.clause.start].strip():
        for act in (Act.NO, Act.YES):
            if _is_only(act.value, lower, stretch.text, reader):
                reader.sure |= _declines_list(stretch, reader) and act is Act.NO
                return act
    for act in (Act.THANKS, Act.GREETING):
        if _is_only(act.value, lower, stretch.text, reader):
            return act
    asks_of_work = bool(stretch.named.works) and stretch.asks
    if BOOK.has("off_topic", lower) and not BOOK.has("books", lower) and not asks_of_work:
        return Act.OFF_TOPIC
    complains = BOOK.has("complaint", lower) or _finds_picks_bad(stretch, reader)
    asks_why = Question.WHY in questions.questions_in(stretch.text) and bool(stretch.pointed) and stretch.asks
    praised = praises(lower) and not BOOK.has("restated", lower) and not questions.is_question(stretch.text)
    if complains and not (asks_why or praised or _is_of_others(lower) or _checks_spoken(stretch, reader)):
        return Act.COMPLAINT
    return None


def _declines_list(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause is all that is said to the list that was just offered."""
    offered = bool(reader.dialogue.last_picks) and Act.RECOMMEND in reader.dialogue.acts
    return offered and stretch.text == reader.text.strip()


def _is_of_others(lower: str) -> bool:
    """Whether an author or a publisher is complained of, and not the librarian."""
    return BOOK.has("not_at_her", lower) and not BOOK.has("restated", lower)


def _finds_picks_bad(stretch: Stretch, reader: Reader) -> bool:
    several = len(reader.spoken) > 1 or len(reader.dialogue.last_picks) > 1
    return several and not stretch.named.works and BOOK.has("bad_picks", stretch.lower)


def _is_only(section: str, lower: str, text: str, reader: Reader) -> bool:
    """Whether next to nothing stands beside what `section` finds in a clause."""
    for match in BOOK.matches(section, lower):
        rest = lower[: match.start()] + lower[match.end() :]
        if section == "thanks" and DECLINES.search(lower[: match.start()]):
            return False
        if BOOK.has("more", rest) or BOOK.has("books", rest) or reader.says_something(text):
            return False
        if (section == "yes" and BOOK.has("thanks", rest)) or (section == "no" and BOOK.has("greeting", rest)):
            return False
        if section in ("thanks", "greeting") and questions.questions_in(rest) and questions.is_question(rest):
            return False
        if len(LETTERS.findall(rest)) <= (MAX_TALK if lower.isascii() else MAX_TALK // 2):
            return True
    return False


def _of_works_or_wish(stretch: Stretch, reader: Reader) -> ActPart | None:
    """Facts of works, the shelf, a verdict, a taste, a wish."""
    lower, named, pointed = stretch.lower, stretch.named, stretch.pointed
    if part := _of_one_or_another(stretch, reader):
        return part
    unnamed = plain(reader.untitled(stretch.text))  # "Another World" asks for no other book
    wishes = BOOK.has("recommend", unnamed) or _asks_for_another(stretch, reader)
    similar = focus.says_similar(stretch.text)
    asks = stretch.asks
    asked = questions.questions_in(stretch.text)
    # "What do I read after volume 22?" asks for no other book.
    wishes = wishes and not (Question.GOES_ON in asked and named.works and asks)
    # Nor does "do I need to read them in order?" of what is spoken of.
    wishes = wishes and not (asked == (Question.ORDER,) and asks and reader.spoken and not reader.tags(stretch.text))
    wishes_more = wishes and (similar or not asks or BOOK.has("more", unnamed)) and not BOOK.has("tell", lower)
    if len(pointed) > 1 and BOOK.has("catalogue", lower) and not (named.works or wishes_more):
        return act_parts.of_shelf(stretch, reader)
    asks_it = asks or (not verdict_in(lower) and _may_ask(stretch, reader))
    if (asked or (stretch.said and asks)) and stretch.speaks_of_works and not wishes_more and asks_it:
        return act_parts.about(stretch, reader)
    if _asks_on(stretch, reader):
        reader.sure |= len(stretch.text) <= MAX_HALF and not stretch.named.works
        return act_parts.about(stretch, reader)
    chooses = wishes and any(True for _ in reader.mentions(stretch.text))  # a publisher's list is of its own books
    if BOOK.has("catalogue", lower) and not named.works and not chooses:
        return act_parts.of_shelf(stretch, reader)
    told = stretch.speaks_of_works or (reader.dialogue.spoken and not wishes)
    if verdict_in(lower) and not asks and told and not (similar and wishes) and not _cannot_bear(stretch, reader):
        return _verdict_or_complaint(stretch, reader)
    if wishes:
        part = act_parts.wish(stretch, reader)
        if not asks and _wishes_for_what_is_asked(stretch, reader):
            reader.weak.append(part)
        return part
    if asks and (stretch.named.works or _asks_of_unnamed(stretch, reader)) and not similar:
        return act_parts.about(stretch, reader) if stretch.named.works else act_parts.of_unnamed(stretch, reader)
    return _by_what_is_around(stretch, reader)


def _cannot_bear(stretch: Stretch, reader: Reader) -> bool:
    """Whether "I can't read that" is said of what may be in books, and of no book."""
    return verdict_in(stretch.lower) == "unread" and refuses(stretch.text, reader)


def _counts_volumes(stretch: Stretch, reader: Reader) -> bool:
    """Whether "how many are there" is asked of the one work that is spoken of, and not of the shelf."""
    told = bool(reader.recent) or act_parts.tells_of_one(reader.dialogue)
    if (
        len(reader.spoken) != 1
        or not told
        or (BOOK.has("of_house", stretch.lower) and not reader.recent)
        or BOOK.has("recommends", stretch.lower)
    ):
        return False
    return Question.VOLUMES in questions.questions_in(stretch.text) and not reader.tags(stretch.text)


def _of_one_or_another(stretch: Stretch, reader: Reader) -> ActPart | None:
    """What the works spoken of have or are, a title that nobody here knows, or a wish for another kind of book."""
    if _asks_among(stretch) and (part := act_parts.among(stretch, reader)):
        reader.sure = True
        return part
    if any(asks(stretch, reader) for asks in (_asks_of_a_work, _asks_what_is_in_it, _counts_volumes)):
        reader.sure = True
        return act_parts.about(stretch, reader)
    if stretch.asks and stretch.named.unknown and focus.BOOK.has("titled", stretch.lower):
        reader.sure = True
        return act_parts.about(stretch, reader)
    if _asks_of_the_one(stretch, reader) or _checks_spoken(stretch, reader):
        reader.sure |= Question.EDITION in questions.questions_in(stretch.text)
        return act_parts.about(stretch, reader)
    if not _is_other_kind(stretch, reader):
        return None
    reader.ordered.append(act_parts.wish(stretch, reader))
    return reader.ordered[-1]


def _asks_of_a_work(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause asks what only a work can be asked, whoever else it names: "would a Murakami fan like it?"."""
    asks = stretch.asks or questions.may_be_question(stretch.text)
    if not asks or not (stretch.speaks_of_works or reader.spoken) or stretch.named.unknown:
        return False
    if BOOK.has("recommends", stretch.lower):
        return False
    return not OF_A_WORK.isdisjoint(asked.topics_in(stretch.text))


def _asks_what_is_in_it(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause asks what may be in the one work that is spoken of: "and anything scary in it for a child"."""
    if len(reader.spoken) != 1 or focus.says_similar(stretch.text) or BOOK.has("recommends", stretch.lower):
        return False
    return BOOK.has("in_it", stretch.lower) and bool(reader.tags_asked(stretch.text))


def _asks_among(stretch: Stretch) -> bool:
    """Whether a clause asks which of several works have something, and not which has most of it."""
    lower = stretch.lower
    if stretch.named.works or not focus.BOOK.has("among", lower) or focus.BOOK.has("most", lower):
        return False
    return not any(BOOK.has(cue, lower) for cue in ("recommends", "complaint"))


def _is_other_kind(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause only names another kind of book: "a mystery then", or what follows "forget that"."""
    if not reader.tags(stretch.text) or stretch.named.works or _places(stretch):
        return False
    return BOOK.has("other_kind", stretch.lower) or (bool(reader.dialogue.acts) and begins_anew(reader.text))


def _asks_of_the_one(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause asks a plain fact where one work is spoken of: "is there an anime?", "where do I start?"."""
    if len(reader.spoken) != 1 or not questions.is_question(stretch.text) or len(stretch.text) > MAX_CONTENT:
        return False
    if any(BOOK.has(cue, stretch.lower) for cue in ("recommends", "more", "books", "catalogue")):
        return False
    # Where one was told of just now an edition is asked of it, and no books that have one are.
    told = act_parts.tells_of_one(reader.dialogue)
    others = {one.kind for one in reader.mentions(stretch.text)} - ({"anime", "edition"} if told else {"anime"})
    return not others and bool({*questions.questions_in(stretch.text)} & PLAIN_FACTS)


def _asks_on(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause asks something of the work it names, or one thing more of those that the turn has just asked of:
    "…, is the anime any good?"."""
    before = reader.found[-1][1] if reader.found else None
    goes_on = before and before.act in (Act.ABOUT, Act.AUTHOR, Act.COMPARE) and before.works
    if not stretch.asks or not (goes_on or stretch.named.works):
        return False
    lower, text = stretch.lower, stretch.text
    if focus.says_similar(text) or any(BOOK.has(cue, lower) for cue in ("recommends", "more", "books")):
        return False
    if questions.questions_in(text) or questions.asks_from_where(text):
        return not (reader.tags(text) and BOOK.has("recommend", lower))
    return bool(reader.tags_asked(text)) and (
        text.rstrip().endswith(("?", "？")) or not BOOK.has("recommend", lower) or len(text) <= MAX_HALF
    )


def _asks_for_another(stretch: Stretch, reader: Reader) -> bool:
    """Whether "any fantasy?" or "what else?" follows a work that was no good, of which nothing more is asked."""
    if not _follows_bad(reader) or stretch.speaks_of_works:
        return False
    return bool(reader.tags(stretch.text)) or BOOK.has("another", stretch.lower)


def _follows_bad(reader: Reader) -> bool:
    """Whether what was told last is that a work was no good, and at most why stands between."""
    before = next((part for _, part in reversed(reader.found) if part), None)
    return bool(before and before.act is Act.VERDICT and before.detail.get("state") in ("dropped", "not"))


def _wishes_for_what_is_asked(stretch: Stretch, reader: Reader) -> bool:
    """Whether "I would like to read it, though" is said of the work that the turn asks about, and asks for no other."""
    if reader.says_something(stretch.text) or any(BOOK.has(cue, stretch.lower) for cue in ("more", "recommends")):
        return False
    return any(part and part.act is Act.ABOUT and part.works for _, part in reader.found)


def _verdict_or_complaint(stretch: Stretch, reader: Reader) -> ActPart:
    """Of several works offered, words that point at none of them, or at all, say that the choice was poor."""
    part = act_parts.verdict(stretch, reader)
    reader.sure |= part.detail.get("state") == "read" and len(stretch.named.works) > 1  # a row of titles
    if part.detail.get("state") not in ("not", "cool") or stretch.named.works or len(reader.spoken) < 2:
        return part
    if part.works and not set(part.works).issuperset(reader.spoken):
        return part
    return ActPart(Act.COMPLAINT, stretch.text, reader.spoken)


def _asks_of_unnamed(stretch: Stretch, reader: Reader) -> bool:
    """Whether a work is asked about that has not been named: which one is to be asked back."""
    asked = questions.questions_in(stretch.text)
    if reader.spoken or stretch.speaks_of_works or BOOK.has("recommends", stretch.lower):
        return False
    if BOOK.has("unnamed", stretch.lower) and asked:
        return True
    names_one = any(one in PLAIN_FACTS for one in asked) or BOOK.has("author", stretch.lower)
    return names_one and not reader.tags(stretch.text) and not reader.chooses_beside_anime


def _by_what_is_around(stretch: Stretch, reader: Reader) -> ActPart | None:
    """What a clause does that says it of itself neither as a wish nor of a work."""
    lower = stretch.lower
    if BOOK.has("taste", lower):
        return ActPart(Act.TASTE, stretch.text)
    talks = BOOK.has("talk", lower)
    asked = questions.questions_in(stretch.text)
    if not (talks and not stretch.speaks_of_works and not asked) and _asks_of_spoken(stretch, reader):
        return act_parts.about(stretch, reader)
    if talks:
        return ActPart(Act.SMALL_TALK, stretch.text)
    if BOOK.has("circumstance", lower) and not reader.has_stance(stretch.text):
        return None
    if not reader.says_something(stretch.text):
        return None
    if stretch.asks and act_parts.tells_of_one(reader.dialogue):
        return act_parts.about(stretch, reader)
    if Act.FIND in reader.dialogue.acts:
        return ActPart(Act.FIND, stretch.text)  # one thing more that is remembered
    weak = act_parts.wish(stretch, reader)
    if not BOOK.has("more", lower):
        reader.weak.append(weak)
    return weak


def _asks_of_spoken(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause asks of what was spoken of."""
    asks = stretch.asks
    if reader.spoken and questions.questions_in(stretch.text) and (asks or _may_ask(stretch, reader)):
        return True
    return asks and (stretch.speaks_of_works or bool(reader.recent) or len(reader.dialogue.spoken) == 1)


def _checks_spoken(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause asks or says what may be in the works spoken of: "no love triangle, right?"."""
    if not reader.spoken or focus.says_similar(stretch.text) or not BOOK.has("check", stretch.lower):
        return False
    return bool(reader.tags(stretch.text)) and not BOOK.has("more", stretch.lower)


def _may_ask(stretch: Stretch, reader: Reader) -> bool:
    """Whether a clause without the mark of a question may be one: it is short and names nothing to choose by."""
    if _follows_bad(reader):
        return False  # why it was no good
    if stretch.sets_condition:
        return False
    if len(stretch.text) > MAX_CONTENT or not questions.may_be_question(stretch.text):
        return False
    return not reader.tags(stretch.text)


# --- Noise ---------------------------------------------------------------------------------------------------------


def noise(reader: Reader) -> Act | None:
    """What a turn does that is no sentence: a word of one letter or two, laughter, mashed keys; None where it is one."""
    text, lower = reader.text, plain(reader.text)
    if not _is_noise(text) or questions.questions_in(text) or reader.says_something(text):
        return None
    if BOOK.has(Act.ABUSE, lower):
        return None
    for act in (Act.YES, Act.NO, Act.THANKS, Act.GREETING, Act.RECOMMEND):
        if BOOK.has(act.value, lower):
            return act
    laughs = LAUGHTER.fullmatch(text) and len(set(text)) <= 3
    return Act.SMALL_TALK if laughs else Act.GIBBERISH


def _is_noise(text: str) -> bool:
    letters = LETTERS.findall(text)
    typed = text.replace(" ", "")
    if len(letters) <= 1 or NOISE.fullmatch(typed):
        return True
    if MASHED.search(typed) and " " not in text.strip():
        return True
    jamo = len(JAMO.findall(text))
    if jamo >= 3 and jamo * 2 >= len(typed):
        return True
    latin = [word for word in re.findall(r"[a-z]{4,}", text.lower()) if not VOWELS.search(word)]
    return bool(latin) and sum(map(len, latin)) * 2 >= len(letters)
