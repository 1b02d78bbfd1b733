"""What a turn's words mean in their conversation, for their reader: the wish, and whether they want books at all.

A turn's words are read once: what they add to the wish and what of them lasts is kept with the turn, so that the
twentieth costs no more than the second. Of a long text no more than a digest is read (`language.wishes.digest`).
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import QuerySet

from lightnovel.prepared import prepared
from users import taste

from .assistant import failures
from .catalogue.snapshot import CatalogueSnapshot
from .db_retry import DATABASE_AWAY
from .earlier_turns import grief_told, marks_so_far
from .language.acts import Act, ActPart, Dialogue, ReadTurn, asks_of_unnamed
from .language.tag_relations import implied_by
from .language.topics import Confidence, Topic, WishPart
from .language.turns.act_reader import read_acts
from .language.turns.left_besides import take_what_is_left
from .language.turns.verdicts import UNDONE
from .language.wishes import circumstances, preferences, turn_parser
from .language.wishes.digest import Digest, digest
from .language.wishes.maker_wishes import MAKERS
from .language.wishes.preferences import Preference
from .language.wishes.turn_parser import WishUpdate
from .language.wishes.wish import MOODS_OF_BRIGHTNESS, OF_TAGS, ReadAsk, Wish, read_ask, understand, wish_after
from .language.words import elsewhere
from .language.words.vocabulary import vocabulary
from .models import Pick, Turn
from .own_data import keep_verdicts, marks_of
from .recommender import descriptions
from .recommender.personalization import apply_taste
from .wish_corrections import with_corrections

logger = logging.getLogger(__name__)

REFUSALS = ("unwanted", "less", "not_about")  # parts of a wish that refuse
# What a verdict on a work makes of it in a wish: the reader goes on from one, and away from the other.
ROLE_OF_STATE = {
    "loved": "liked", "read": "read", "reading": "read", "hold": "read", "partly": "read", "owned": "read",
    "dropped": "refused", "not": "refused", "cool": "refused",
}  # fmt: skip
# Acts that ask or pass the time: nothing they say is true of the reader.
TEACHES_NOTHING = {
    Act.ABOUT, Act.COMPARE, Act.FIND, Act.AUTHOR, Act.CATALOGUE, Act.SERVICE, Act.DEFINITION, Act.OFF_TOPIC, Act.DISTRESS,
}  # fmt: skip
ASKS = {Act.ABOUT, Act.COMPARE, Act.AUTHOR}
LIKELY = 0.5  # the share of a work from which on it is taken to be the one that a question tells of
NEAR = 3  # turns back to which a question may be put right
MEMORY = 20  # turns of the conversation that are looked back on
STRICT = ("min_volumes", "max_volumes", "min_year", "max_year")  # limits that may be all that a turn says


@dataclass(frozen=True)
class Reading:
    """`earlier`: the turns looked back on, oldest first; `forgotten` counts those with a reply before them.

    `wish`: what the conversation asks for by now, the reader's taste laid over it. `dismissed`: parts of a wish
    that the reader has removed. `acts`: what the words do, part by part. `words`: those that were read. `said`: what
    later turns need of them. `lasting_before`: what turns before this one said for the whole conversation. `named`: slugs
    of works that the words name.
    """

    earlier: list[Turn]
    forgotten: int
    wish: Wish
    dismissed: list[WishPart]
    acts: ReadTurn
    dialogue: Dialogue
    words: str
    said: "Said"
    lasting_before: frozenset[str]
    named: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For keeping with the turn: its parts, the words that wish, and what these said."""
        parts = [part.as_json() for part in self.acts.parts]
        return {"parts": parts, "wish": self.acts.wish_text, "said": self.said.as_json()}


@dataclass(frozen=True)
class Said:
    """What the words of one turn say to those after it. `lasting`: sections of `circumstances.LASTING`."""

    ask: ReadAsk
    lasting: Sequence[str]

    def as_json(self) -> dict[str, Any]:
        return {**self.ask.as_json(), "lasting": list(self.lasting)}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        return cls(ReadAsk.from_json(values), values["lasting"])


def read_turn(turn: Turn, catalogue: CatalogueSnapshot, *, keeps: bool = True) -> Reading:
    """Understand a turn's words, and keep what they say of their reader for good, unless `keeps` is False: then nothing
    is written."""
    before = turn.conversation.turns.filter(pk__lt=turn.pk, hidden=False).exclude(failure=failures.QUOTA)
    earlier = list(before.order_by("-pk")[:MEMORY])[::-1]
    dialogue = dialogue_before(turn, earlier)
    read = digest(turn.text, vocabulary(catalogue))
    whole = understand([read.text], catalogue, turn.language, last_picks=dialogue.last_picks)
    acts = _identified(read_acts(read.text, dialogue, catalogue, whole, turn.language), catalogue)
    if keeps and not turn.conversation.temporary:
        # What is learned now weighs in this reply already.
        _learn(turn, read, acts, earlier, dialogue.last_picks, catalogue)
        keep_verdicts(turn, acts)
    dismissed = dismissed_parts(turn, earlier, whole)
    ask = _read_ask(acts.wish_text, read.text, turn, catalogue, dialogue.last_picks)
    take_what_is_left(ask.update, read.text, acts.wish_text, acts.parts, vocabulary(catalogue), turn.language)
    takes_back = any(part.detail.get("taken_back") for part in acts.parts)
    looks_again = any(part.act.wishes and part.detail.get("corrected") == "again" for part in acts.parts)
    renews = any(part.act.wishes and part.detail.get("renewed") for part in acts.parts)
    rewords = any(part.detail.get("corrected") == "wish" for part in acts.parts)
    remarks = any(part.detail.get("remarked") for part in acts.parts)
    if any(part.detail.get("left_out") for part in acts.parts):
        ask.update.anew = ask.update.forgets = False  # "drop it" is said of that work
    ask.update.refines |= takes_back or looks_again or remarks or (renews and not _names_a_genre(ask, catalogue))
    ask.update.refines |= rewords and _says_again(ask, earlier)
    _take_authors_meant(ask.update, acts.parts)
    _take_makers_meant(ask.update, acts.parts)
    _take_comparisons(ask.update, acts.parts)
    if renews or rewords:
        _turn_away(ask, dialogue, {slug for part in acts.parts if part.act.wishes for slug in part.works})
    said = [said_by(one, catalogue) for one in earlier]
    asks, parts = [*(one.ask for one in said), ask], [*map(parts_of, earlier), acts.parts]
    wish = wish_of(turn, asks, parts, dismissed, earlier, catalogue)
    if taken_back := _taken_back(acts.parts, wish):
        dismissed = sorted({*dismissed, *taken_back})
        wish = wish_of(turn, asks, parts, dismissed, earlier, catalogue)
        turn.waived = sorted({*turn.waived, *map(str, taken_back)})
        if keeps:
            turn.save(update_fields=["waived"])
    if shorter := next((part.detail["shorter"] for part in acts.parts if "shorter" in part.detail), None):
        wish = replace(wish, max_volumes=shorter)
    if takes_back or looks_again or renews or dialogue.grief:  # who mourns is not asked what kind it is to be
        wish = replace(wish, anything=True, quiet=False, unknown_titles=[])
    if acts.wishes:
        wish = _with_named(wish, whole)
    return Reading(
        earlier=earlier,
        forgotten=_answered_before(before, earlier),
        wish=wish,
        dismissed=dismissed,
        acts=acts,
        dialogue=dialogue,
        words=read.text,
        said=Said(_as_before(ask, acts.wish_text, read.text, turn, catalogue), circumstances.lasting(read.text)),
        lasting_before=_lasting(said, ask),
        named=_named(whole),
    )


def _lasting(said: Sequence[Said], ask: ReadAsk) -> frozenset[str]:
    """What the turns before `ask` said for the whole conversation; that the famous are known, until they are asked for."""
    lasting: set[str] = set()
    for asked, sections in (*((one.ask, one.lasting) for one in said), (ask, ())):
        if "less_known" in asked.update.lifted:
            lasting.discard(circumstances.KNOWS_FAMOUS)
        lasting |= {*sections}
    return frozenset(lasting)


def _names_a_genre(ask: ReadAsk, catalogue: CatalogueSnapshot) -> bool:
    """Whether an ask names a genre, which opens a new subject; a setting or a hero narrows the one there is."""
    groups = vocabulary(catalogue).groups
    return any(groups.get(tag) == "genre" for group in ask.update.groups for tag in group.said)


def _says_again(ask: ReadAsk, earlier: Sequence[Turn]) -> bool:
    """Whether all tags that an ask names were asked for before: "I said married OR grown up" only puts that right."""
    before = Wish.from_json(earlier[-1].wish).asked_tags if earlier else set()
    said = {tag for group in ask.update.groups for tag in group.said}
    return bool(said) and said <= before


def _turn_away(ask: ReadAsk, dialogue: Dialogue, alike: Collection[str]) -> None:
    """Works that a wish for others only names are not what it goes by: "Overlord is horror, I said romance". `alike`:
    those whose like it asks for."""
    for slug, role in ask.update.works.items():
        if role == "liked" and slug not in alike and ask.update.confidence.get(slug) == Confidence.INFERRED:
            ask.update.works[slug] = "refused" if slug in dialogue.known() else "read"


def _take_authors_meant(update: WishUpdate, parts: Sequence[ActPart]) -> None:
    """Whose books are wanted and whose are not, where the words only point at who that is: "other than this author"."""
    wishes = [part.detail for part in parts if part.act.wishes]
    by, not_by = ([name for detail in wishes for name in detail.get(kind, ())] for kind in ("by", "not_by"))
    update.by = [name for name in dict.fromkeys([*update.by, *by]) if name not in not_by]
    update.authors = list(dict.fromkeys([*update.by, *(one for one in update.authors if one not in not_by)]))
    update.not_by = list(dict.fromkeys([*update.not_by, *not_by]))
    for part in parts:
        if part.detail.get("styled"):
            update.works |= dict.fromkeys(part.works, "liked")
            update.about.clear()  # "a writer" is no story about one


def _take_makers_meant(update: WishUpdate, parts: Sequence[ActPart]) -> None:
    """Who is to have drawn for it where the words only point at them: "the same artist"."""
    for name in MAKERS:
        meant = (one for part in parts if part.act.wishes for one in part.detail.get(name, ()))
        setattr(update, name, list(dict.fromkeys([*getattr(update, name), *meant])))


def _take_comparisons(update: WishUpdate, parts: Sequence[ActPart]) -> None:
    """What books are to be that are held against the works spoken of: a limit for as long as this is the subject. One that
    is all a turn says to a list is not loosened."""
    for part in parts:
        for name, value in part.detail.get("than", {}).items():
            if name in update.facts and update.confidence.get(name, Confidence.SAID) == Confidence.SAID:
                continue  # "shorter, under six": the number is what is meant
            update.facts[name] = value
            update.confidence[name] = Confidence.INFERRED
        if part.detail.get("strict"):
            sure = (name for name in STRICT if update.confidence.get(name) == Confidence.SAID)
            update.musts |= {*sure} & update.facts.keys()


def _identified(read: ReadTurn, catalogue: CatalogueSnapshot) -> ReadTurn:
    """`read`, the works that it tells of found by what it tells; where none comes near, one is looked for."""
    return replace(read, parts=tuple(_found_in(part, catalogue) for part in read.parts))


def _found_in(part: ActPart, catalogue: CatalogueSnapshot) -> ActPart:
    said = part.detail.get("described")
    compares = part.act is Act.COMPARE
    if not said or (part.works and not compares):
        return part
    found = descriptions.find(said, catalogue, 1)
    if compares:
        return _beside(part, said, found)
    if not found or found[0].share < LIKELY:
        return ActPart(Act.FIND, part.text)
    return replace(part, works=(found[0].work.slug,))


def _beside(part: ActPart, said: str, found: Sequence[descriptions.Found]) -> ActPart:
    """The comparison with the work that half a title surely means; where none is, it is told that it is not here."""
    if found and found[0].is_sure and found[0].work.slug not in part.works:
        return replace(part, works=(*part.works, found[0].work.slug))
    return replace(part, detail={**part.detail, "unknown": said})


def _named(whole: Wish) -> tuple[str, ...]:
    found = ((role, slug) for role in ("liked", "read", "refused") for slug in getattr(whole, role))
    return tuple(dict.fromkeys(slug for role, slug in found if whole.sureness(role, slug) >= Confidence.SAID))


def _with_named(wish: Wish, whole: Wish) -> Wish:
    """`wish` with the works that the turn names outside of the words that wish: they are known to its reader."""
    denied = [slug for slug in whole.refused if slug in wish.liked]
    wish = replace(wish, liked=[slug for slug in wish.liked if slug not in denied], refused=[*wish.refused, *denied])
    known = wish.names_works
    liked = [slug for slug in whole.liked if slug not in known and whole.sureness("liked", slug) >= Confidence.SAID]
    others = [slug for slug in (*whole.read, *whole.liked) if slug not in known and slug not in liked]
    return replace(wish, liked=[*wish.liked, *liked], read=[*wish.read, *others])


def _answered_before(before: QuerySet[Turn], earlier: list[Turn]) -> int:
    """How many turns with a reply come before those looked back on: the window of memory moves by their number."""
    if len(earlier) < MEMORY:
        return 0
    answered = before.filter(state__in=(Turn.State.DONE, Turn.State.STOPPED), pk__lt=earlier[0].pk)
    return answered.exclude(reply="").count()


@prepared
def _latest_picks(conversation_id: int, before: int) -> QuerySet[Pick]:
    """(turn, slug) of what was offered last."""
    latest = Pick.objects.filter(turn__conversation=conversation_id, turn__lt=before).order_by("-turn_id")
    return Pick.objects.filter(turn_id__in=latest.values("turn_id")[:1]).values_list("turn_id", "novel__slug")


def dialogue_before(turn: Turn, earlier: list[Turn]) -> Dialogue:
    """What the conversation speaks of when `turn` begins; `earlier` are its turns, oldest first."""
    picks = _latest_picks(turn.conversation_id, turn.pk)
    offered = tuple(slug for _, slug in picks)
    spoken: tuple[str, ...] = offered
    for one in reversed(earlier):
        if picks and one.pk <= picks[0][0] and (not one.reading.get("spoken") or _only_offered_one(one, offered)):
            break
        if picks and one.pk == picks[0][0] and len(offered) > 1 < len(one.reading.get("spoken") or ()):
            break  # "those" are what was offered last, and not what was spoken of before it
        if said := one.reading.get("spoken"):
            spoken = _still_spoken(said, parts_of(one))
            break
    last = earlier[-1].reading if earlier else {}
    acts = tuple(Act(part["act"]) for part in last.get("parts", ()))
    said = [slug for one in reversed(earlier) for slug in one.reading.get("spoken") or ()]
    said += [slug for one in earlier[-1:] for role in ("liked", "read") for slug in one.wish.get(role, ())]
    marks: dict[str, str] = next((found for one in reversed(earlier) if (found := marks_of(parts_of(one)))), {})
    parts = [parts_of(one) for one in earlier]
    return Dialogue(
        last_picks=offered,
        spoken=spoken,
        acts=acts,
        proposed=last.get("proposed", ""),
        earlier=tuple(slug for slug in dict.fromkeys(said) if slug not in spoken),
        marked=tuple(marks),
        mark=next(iter(marks.values()), ""),
        shelved=marks_so_far(parts),
        grief=grief_told(parts, (str(one.wish.get("gentle", "")) for one in earlier)),
        asked=_asked(earlier[-NEAR:]),
        against=tuple(slug for one in earlier[-1:] for slug in _only_against(parts_of(one))),
        wished=_wished(earlier),
        said=earlier[-1].text if earlier else "",
        complained=any(part.act is Act.COMPLAINT for one in earlier for part in parts_of(one)),
        liked=tuple(slug for one in earlier[-1:] for slug in one.wish.get("liked", ())),
        absent=_absent(earlier[-1:]),
        unlisted=_unlisted(earlier[-1:]),
        waiting=tuple(part for one in earlier[-1:] for part in parts_of(one) if asks_of_unnamed(part)),
    )


def _absent(earlier: Sequence[Turn]) -> str:
    """The taste of the book that the turn before looked for, where it is known not to be on the shelf."""
    looked_for = (part.text for one in earlier for part in parts_of(one) if part.act is Act.FIND)
    return next((taste for text in looked_for for taste in elsewhere.told_of(text).values()), "")


def _unlisted(earlier: Sequence[Turn]) -> tuple[str, ...]:
    """The titles of works from elsewhere that the turn before asked of, where it asked of nothing else."""
    parts = [part for one in earlier for part in parts_of(one)]
    if len(parts) != 1 or parts[0].act is not Act.ABOUT or parts[0].works:
        return ()
    return tuple(title for title in parts[0].unknown if elsewhere.titles_in(title))


def _wished(earlier: Sequence[Turn]) -> dict[str, Any]:
    """What the latest of the turns that wished for books asked for, see `Dialogue`."""
    kept = next((one.wish for one in reversed(earlier) if one.candidates), {})
    wish = Wish.from_json(kept)
    told = {"unwanted": wish.unwanted, "brightness": wish.brightness, "status": wish.status}
    return {**told, "asked": sorted(wish.asked_tags), "max_volumes": wish.max_volumes} if kept else {}


def _still_spoken(spoken: Sequence[str], parts: Sequence[ActPart]) -> tuple[str, ...]:
    """Of the works of a turn those that "it" means: not what it only turned away from, or judged beside a question."""
    meant = {slug for part in parts if not part.turns_away for slug in part.meant}
    spoken = tuple(slug for slug in spoken if slug not in _only_against(parts))
    judged = {slug for part in parts if part.turns_away for slug in part.works} - meant
    denied = {slug for part in parts if part.detail.get("kind") == "not_it" for slug in part.works} - meant
    left = tuple(slug for slug in spoken if slug not in judged)
    return left or tuple(slug for slug in spoken if slug not in denied)


def _only_against(parts: Sequence[ActPart]) -> tuple[str, ...]:
    """Works that those spoken of were held against, and nothing else."""
    meant = {slug for part in parts for slug in part.meant}
    return tuple(dict.fromkeys(slug for part in parts for slug in part.works if slug not in meant))


def _asked(turns: Sequence[Turn]) -> tuple[ActPart, ...]:
    """What the latest of `turns` that asked of works asked."""
    asked = ([part for part in parts_of(one) if part.act in ASKS and part.works] for one in reversed(turns))
    return tuple(next(filter(None, asked), ()))


def _only_offered_one(turn: Turn, offered: Sequence[str]) -> bool:
    """Whether `turn` answered nothing and offered one work: "it" is that, and not what it is like."""
    return len(offered) == 1 and not any(part.act in ASKS for part in parts_of(turn))


# --- The wish ------------------------------------------------------------------------------------------------------


def wish_of(
    turn: Turn,
    asks: Sequence[ReadAsk],
    acts: Sequence[Sequence[ActPart]],
    dismissed: list[WishPart],
    earlier: Sequence[Turn],
    catalogue: CatalogueSnapshot,
) -> Wish:
    """What the conversation asks for by now, less what the reader has taken back and not said again (`dismissed`).

    `asks`, `acts`: of the turns looked back on (`earlier`) and of `turn`, oldest first.
    """
    since = max((place for place, ask in enumerate(asks) if ask.update.anew), default=0)
    wish = with_corrections(_with_works(wish_after(asks), acts, since), earlier, asks, since, dismissed, catalogue)
    wish = _with_refused(_without(wish, dismissed), acts)
    if any((part.act is Act.RECOMMEND and part.works) or part.detail.get("refused") for part in acts[-1]):
        wish = replace(wish, quiet=False)  # "something like it" says what to choose by
    return personalized(turn, wish, dismissed)


def _with_refused(wish: Wish, turns: Sequence[Sequence[ActPart]]) -> Wish:
    """`wish` less what a complaint said again that it must not have; what was asked for since is wanted."""
    now = {tag for part in turns[-1] for tag in part.detail.get("refused", ())}
    before = {tag for parts in turns[:-1] for part in parts for tag in part.detail.get("refused", ())}
    refused = sorted((now | (before - wish.asked_tags)) - {*wish.unwanted})
    wanted = [part for part in wish.parts() if part.kind in OF_TAGS and {part.value, *part.tags} & {*refused}]
    subjects = dict.fromkeys(one for parts in turns for part in parts for one in part.detail.get("refused_about", ()))
    about = [one for one in subjects if one not in (*wish.about, *wish.not_about)]
    narrowed = [tag for tag in implied_by(refused) if tag not in (*refused, *wish.unwanted, *wish.asked_tags)]
    unwanted = [*wish.unwanted, *refused, *narrowed]
    return replace(_without(wish, wanted), unwanted=unwanted, not_about=[*wish.not_about, *about])


def _without(wish: Wish, parts: Sequence[WishPart]) -> Wish:
    for part in parts:
        if part.kind != "taste":
            wish = wish.without(*part)
    return wish


def _taken_back(acts: Sequence[ActPart], wish: Wish) -> list[WishPart]:
    """Parts of `wish` that the reader says they never asked for, or never refused."""
    found: list[WishPart] = []
    for act in acts:
        of = act.detail.get("taken_back")
        kinds = REFUSALS if of == "refused" else ()
        values, limits = act.detail.get("values", ()), act.detail.get("limits", ())
        works = act.detail.get("works", ())
        for part in wish.parts() if of else ():
            # Of alternatives the others are still wanted; what only answers what was named goes with it.
            asked = {tag for tag in part.tags if tag in wish.named_tags} or {*part.tags}
            named = part.kind in limits or part.value in values or bool(asked and asked <= {*values})
            named |= part.kind == "liked" and part.value in works
            brightness = part.kind == "brightness" and not MOODS_OF_BRIGHTNESS.isdisjoint(values)
            if (named or brightness) and (not kinds or part.kind in kinds):
                found.append(part)
        topics = [*map(Topic.tag, values), *map(Topic.work, works)] if of else ()
        # What was learned of it does not bring it back.
        found += [WishPart.of_taste("dislikes" if kinds else "likes", topic) for topic in topics]
    return found


def said_by(turn: Turn, catalogue: CatalogueSnapshot) -> Said:
    """What an earlier turn said, as it was kept; read anew where it was answered before that was kept."""
    if kept := turn.reading.get("said") if turn.reading else None:
        return Said.from_json(kept)
    words: str = turn.reading.get("wish", turn.text) if turn.reading else turn.text
    said = read_as_wish(turn, words, catalogue)
    _take_comparisons(said.ask.update, parts_of(turn))
    return said


def read_as_wish(turn: Turn, words: str, catalogue: CatalogueSnapshot) -> Said:
    """What a turn says to those after it where `words` of it wish."""
    read = digest(turn.text, vocabulary(catalogue)).text
    return Said(_read_ask(words, read, turn, catalogue), circumstances.lasting(read))


def _read_ask(
    words: str, text: str, turn: Turn, catalogue: CatalogueSnapshot, last_picks: Sequence[str] = ()
) -> ReadAsk:
    """What `words` of `turn` add to a wish; `text`: all words of it that are read."""
    return read_ask(preferences.without_progress(words), text, catalogue, turn.language, last_picks)


def _as_before(ask: ReadAsk, words: str, text: str, turn: Turn, catalogue: CatalogueSnapshot) -> ReadAsk:
    """`ask` as later turns read it: a place in the reply before it is no place in theirs."""
    if not turn_parser.points_back(words):
        return ask
    anew = _read_ask(words, text, turn, catalogue)
    for name in ("authors", "by", "not_by", *MAKERS, "facts", "musts"):
        setattr(anew.update, name, getattr(ask.update, name))
    return anew


def parts_of(turn: Turn) -> tuple[ActPart, ...]:
    """What an earlier turn does, as it was read then."""
    return tuple(map(ActPart.from_json, turn.reading.get("parts", ())))


def _with_works(wish: Wish, turns: Sequence[Sequence[ActPart]], since: int = 0) -> Wish:
    """`wish` with the works that turns, oldest first, only pointed at: to like the like of, as read, as refused.
    `since`: the turn that wished anew."""
    for slug, role in _roles_of_works(turns, since).items():
        if role == "refused" and slug in wish.liked and wish.sureness("liked", slug) < Confidence.SAID:
            wish = replace(wish, liked=[one for one in wish.liked if one != slug])  # only taken to be liked
        if role == "liked" and slug in wish.read:  # its like is asked for, though it has been read
            wish = replace(wish, read=[one for one in wish.read if one != slug])
        if slug not in wish.names_works:
            wish = replace(wish, **{role: [*getattr(wish, role), slug]})
    return wish


def _roles_of_works(turns: Sequence[Sequence[ActPart]], since: int) -> dict[str, str]:
    """Slug to the role in a wish that the parts of turns, oldest first, give it.

    Only the last likeness asked for is still wanted; what came before it has been read all the same, and of what came
    before a wish that began anew nothing is chosen.
    """
    roles: dict[str, str] = {}
    for place, parts in enumerate(turns):
        if since and place == since:
            roles = {slug: "unliked" if role == "liked" else role for slug, role in roles.items()}
        elif any(part.act is Act.RECOMMEND and part.works for part in parts):
            roles = {slug: "read" if role == "liked" else role for slug, role in roles.items()}
        for part in parts:
            if part.detail.get("state") in UNDONE:
                roles = {slug: one for slug, one in roles.items() if slug not in part.works}
            if part.detail.get("kind") == "not_it":
                roles |= dict.fromkeys(part.works, "refused")
            roles |= dict.fromkeys(part.detail.get("without", ()), "refused")
            role = "liked" if part.act is Act.RECOMMEND else ROLE_OF_STATE.get(part.detail.get("state", ""))
            role = "unliked" if part.detail.get("left_out") else role  # nothing is chosen by its like
            if role and part.act in (Act.RECOMMEND, Act.VERDICT):
                roles |= dict.fromkeys(part.works, role)
    return roles


def personalized(turn: Turn, wish: Wish, dismissed: list[WishPart]) -> Wish:
    """`wish` with the reader's standing taste laid over it, less what they have taken back here."""
    return apply_taste(
        taste.taste_of(turn.reader),
        wish,
        language=turn.language,
        dismissed=dismissed,
        asks=turn_parser.asks_for_books(turn.text),
    )


def dismissed_parts(turn: Turn, earlier: list[Turn], whole: Wish) -> list[WishPart]:
    """Parts of the wish that the reader has removed and not said again since. `whole`: what `turn` says of a wish."""
    dismissed = {WishPart.parse(part) for one in earlier for part in one.waived}
    if dismissed:
        dismissed -= {*whole.parts()}
    return sorted(dismissed | {WishPart.parse(part) for part in turn.waived})


# --- What is said for good -----------------------------------------------------------------------------------------


def _learn(
    turn: Turn,
    read: Digest,
    acts: ReadTurn,
    earlier: list[Turn],
    last_picks: Sequence[str],
    catalogue: CatalogueSnapshot,
) -> None:
    """Keep what these words say of their reader for good. A reply is not lost over what could not be learned."""
    try:
        taste.learn(turn, standing_preferences(read, acts, earlier, last_picks, catalogue))
    except DATABASE_AWAY:
        raise
    except Exception:
        logger.exception("nothing was learned from turn %s", turn.pk)


def standing_preferences(
    read: Digest, acts: ReadTurn, earlier: list[Turn], last_picks: Sequence[str], catalogue: CatalogueSnapshot
) -> list[Preference]:
    """What these words say of their reader beyond this ask; "it" is what the conversation speaks of."""
    named = [slug for one in earlier[-1:] for part in ("liked", "read") for slug in one.wish.get(part, ())]
    named += [slug for one in earlier[-1:] for slug in one.reading.get("spoken") or ()]
    found = preferences.read_preferences(
        read.in_place,
        vocabulary(catalogue),
        named=tuple(dict.fromkeys(named)),
        last_picks=last_picks,
    )
    asked = [part.text for part in acts.parts if part.act in TEACHES_NOTHING]
    return [one for one in found if not any(read.in_place[one.begins : one.ends].strip() in text for text in asked)]
