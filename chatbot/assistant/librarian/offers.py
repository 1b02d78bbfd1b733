"""An offer of picks: how it opens, which are chosen, why each fits, how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from ...language.learned import feelings
from ...language.names import focus
from ...language.names.makers import KINDS
from ...language.tag_relations import HEAVY_MOODS, NAMED_LAST, TONE_OF, WARNINGS, implied_by
from ...language.topics import Topic, TopicKind
from ...language.wishes.circumstances import (
    BEST,
    CHILD,
    GENTLE,
    ILL,
    NEWCOMER,
    ONE,
    STARTERS,
    SWAP,
    TEEN,
    WORN_OUT,
    Circumstances,
    says,
)
from ...language.wishes.circumstances import read as read_circumstances
from ...language.wishes.turn_parser import forgets
from ...language.wishes.wish import understand
from ...language.words import elsewhere, flavours
from ...recommender.candidates import Candidate, Reason
from ...recommender.certainty import full_warnings
from ...recommender.pick_counts import MAX_PICKS, PICKS
from ...recommender.welcome import says_little
from ..phrases.loading import Words
from . import shortfalls
from .absent import how_to_find
from .authors import shown_name
from .explanation import Explanation
from .reply import Reply, Slots, essential, plain

# Characters of a reason and of a whole reply. English needs nearly twice as many for the same.
ROOM = {"ko": (170, 880), "ja": (170, 880), "en": (320, 1600)}
BEFELL = ("work", "failed", "hurt", "lonely")  # what a reader may tell of beside a wish for anything
ENOUGH = 2  # picks that fit, beside which one that fits less is not offered
MAX_FLAVOURS = 2  # named before the kind of book
RANK = {"tone": 0, "warnings": 1, "traits": 1, "bonds": 1, "hero": 1, "setting": 2, "genre": 3}


class Offer:
    """The offer of one reply, and what is said where nothing can be offered."""

    def __init__(self, reply: Reply) -> None:
        self.reply, self.say = reply, reply.say
        self.brief, self.wish, self.catalogue, self.language = reply.brief, reply.wish, reply.catalogue, reply.language

    def paragraphs(self) -> list[str]:
        if self.wish.is_vague:
            return [*self._question_left(), *self._ask_back()]
        if admitted := self._all_untold():
            return [*self._question_left(), self.reply.unknown(), admitted]
        if not self.brief.candidates:
            return [*self._question_left(), self.reply.unknown(), self._nothing()]
        return [*self._question_left(), *self._offer()]

    def _all_untold(self) -> str:
        """That nothing here tells of the one thing asked for, and what else could be said: books chosen by chance would
        only look like an answer. "" where there is more to go by."""
        wish = self.wish
        more = (
            wish.liked or wish.about or wish.described or wish.elsewhere or wish.count or wish.audience or wish.gentle
        )
        if more or self.brief.history or not self._asked_slots(PICKS)["bare"]:
            return ""
        return shortfalls.untold(self.reply, bare=True)

    def _question_left(self) -> list[str]:
        """That a question beside the wish is none that the catalogue answers."""
        asked = plain(self.brief.question_left)
        return [self.reply.one_of("question_left", question=self.say.said_by_reader(asked))] if asked else []

    def _offer(self) -> list[str]:
        wanted = self.wish.count or PICKS
        chosen = self._without_strays(self._chosen(min(wanted, MAX_PICKS)))
        self.reply.breached_by_all = [
            one for one in chosen[0].breaches if all(one in other.breaches for other in chosen) and one.kind != "tone"
        ]
        opening = self._opening(chosen, wanted)
        tags, any_of = self._kind_of_book_asked()
        self.reply.named = set() if any_of else {*tags}
        single = len(chosen) == 1
        said_last = [shortfalls.of_some(self.reply, chosen), shortfalls.unpublished(self.reply, chosen)]
        said_last.append(shortfalls.left_out(self.reply))
        said_last.append(self.reply.once("closings_one" if single else "closings"))
        closing = self.say.between.join(filter(None, said_last))
        most, whole = ROOM[self.language]
        room = min(most, (whole - len(opening) - len(closing)) // len(chosen))
        return [
            opening,
            *(f"[[{one.work.slug}]] {self._explained(one, room)}" for one in chosen),
            closing,
        ]

    def _explained(self, candidate: Candidate, room: int) -> str:
        """Why it fits; and whatever else there is to say of it, what it is to be warned of."""
        text = Explanation(self.reply, candidate, room).text()
        things = [self.reply.words(tag).thing for tag in full_warnings(candidate.work)]
        if not (untold := [thing for thing in things if thing not in text]):
            return text
        warning = self.reply.one_of("frames.warning", candidate.work.slug, thing=self.say.listing(untold))
        return f"{text}{self.say.between}{warning}"

    def _chosen(self, wanted: int) -> list[Candidate]:
        """The first candidates, and last the one that steps aside: among so many when a number was asked for, else one
        more."""
        straight = [one for one in self.brief.candidates if not one.serendipity]
        serendipity = [one for one in self.brief.candidates if one.serendipity][:1]
        if self.wish.count:
            serendipity = serendipity if wanted > PICKS else []
            wanted -= len(serendipity)
        return [*straight[:wanted], *serendipity]

    def _without_strays(self, chosen: list[Candidate]) -> list[Candidate]:
        """`chosen` without those that lack more of what was asked for than the others, as long as enough are left.

        Who names a number gets as many; what each of them lacks is told.
        """
        if not (self.wish.count or self.brief.relaxed):
            tastes = [elsewhere.TASTES[name] for name in self.wish.elsewhere]
            alike = [one for one in chosen if any(taste.is_like(one.work.slug, one.work.tags) for taste in tastes)]
            chosen = alike or chosen
        self.reply.unmet = {one.work.slug: self.reply.unmet_by(one.work) for one in chosen if not one.breaches}
        # Beside a work that is liked, likeness counts for more than how much there is of a tag.
        by_example = self.wish.liked or self.wish.elsewhere
        traces = [0 if by_example else len(self.reply.faint(one.work)) for one in chosen]
        unmet = [len(self.reply.unmet.get(one.work.slug, ())) for one in chosen]
        lacked = [sum(both) for both in zip(unmet, traces, strict=True)]
        if self.wish.count or self.brief.relaxed or len(chosen) <= ENOUGH:
            return chosen
        # Where nothing but one thing was asked for, a book without it answers nothing.
        alone = self._asked_slots(len(chosen))["bare"] and bool(self.wish.about) and min(lacked) == 0
        bearable = 0 if alone else max(sorted(lacked)[ENOUGH - 1], 0)
        kept = [one for one, count in zip(chosen, lacked, strict=True) if count <= bearable]
        self.reply.unmet = {one.work.slug: self.reply.unmet[one.work.slug] for one in kept if not one.breaches}
        return kept

    def _opening(self, chosen: Sequence[Candidate], wanted: int) -> str:
        slots = self._asked_slots(len(chosen))
        sentences = [self._refused_for_good()] if self.wish.taste.get("refused") else []
        if self.wish.unknown_titles:
            sentences.append(self.reply.unknown(known=self._likened))
        sentences += [
            self.reply.one_of("likened.author", author=plain(part.detail["unknown"]))
            for part in self.brief.parts
            if part.detail.get("styled") and "unknown" in part.detail
        ]
        if first := self._warm() or self._put_right():
            sentences.append(first)
        admitted = shortfalls.untold(self.reply, bare=slots["bare"])
        by_text = shortfalls.by_their_text(self.reply, chosen, bare=slots["bare"])
        # Where nothing else was asked for, this is what the choice went by, and there is no more to say of it.
        if not (slots["bare"] and (admitted or by_text)):
            sentences.append(self._what_is_offered(slots, goes_on=bool(first)))
        sentences += [*([admitted] if admitted else []), *by_text]
        sentences += self._spared()
        if wanted > MAX_PICKS:
            sentences.append(self.reply.one_of("too_many", most=self.say.part(f"counts.{MAX_PICKS}")))
        elif any(elsewhere.TASTES[name].sparse for name in self.wish.elsewhere):
            sentences.append(self.reply.one_of("likened.sparse"))
        elif len(chosen) < wanted and not self.brief.relaxed:
            sentences.append(self.reply.one_of("fewer"))
        sentences += shortfalls.of_all(self.reply, chosen)
        return self.say.between.join(sentences)

    def _what_is_offered(self, slots: Slots, *, goes_on: bool) -> str:
        if self.brief.relaxed:
            return self._relaxed(slots)
        if goes_on:
            return self.reply.one_of("begin.rest", **slots)
        if self._likened and not slots["liked"]:
            kind = "begin.likened" if slots["kind"] else "begin.likened_alone"
            return self.reply.one_of(kind, **self._likened_slots(), **slots)
        if self.wish.unknown_titles and not self._likened:
            return self.reply.one_of("unknown_go_on", **slots)
        return self.reply.one_of(self._kind_of_opening(slots), **slots)

    @cached_property
    def _likened(self) -> list[str]:
        """The titles not on the shelf that the reader names and she knows the like of."""
        return list(elsewhere.named(self.brief.ask)) if self.wish.elsewhere else []

    def _likened_slots(self) -> Slots:
        """These titles, and what they are loved for; of several kinds the first thing of each."""
        named = elsewhere.named(self.brief.ask)
        tastes = list(dict.fromkeys(named[title] for title in self._likened))
        known_for = [
            self.reply.words(tag).thing
            for taste in tastes
            for tag in essential(elsewhere.TASTES[taste].known_for)[: 1 if tastes[1:] else 2]
        ]
        part = f"loved_for.{tastes[0]}"
        whole = self.say.has(part) and not tastes[1:]
        return {
            "titles": self.say.listing([self.reply.named_elsewhere(title) for title in self._likened[:2]]),
            "things": self.say.part(part) if whole else self.say.listing(list(dict.fromkeys(known_for))[:2]),
        }

    @cached_property
    def _told(self) -> Circumstances:
        """What the ask itself says of whom it is for and how the reader is."""
        return read_circumstances(self.brief.ask)

    def _warm(self) -> str:
        """A word to somebody who says now that they can bear little, before any book is spoken of."""
        state, feeling = self._told.gentle, feelings.felt(self.brief.ask)
        if self.wish.audience in (CHILD, TEEN):
            return ""
        if feeling == "happy":
            return self.reply.one_of("warm.happy")
        if not state and feeling in BEFELL:
            return self.reply.one_of(f"warm.{feeling}")
        if state == ILL and self._told.audience:
            return self.reply.one_of("warm.theirs")
        first, tells_now = not self.brief.occasion.was_offered, bool(state) and state == self.wish.gentle
        if self.say.has(f"warm.{feeling}"):
            return self.reply.one_of(f"warm.{feeling}") if first or tells_now else ""
        if first and self.wish.gentle not in ("", GENTLE):
            return self.reply.one_of(f"warm.{self.wish.gentle}")  # told a turn ago
        if not tells_now:
            return ""
        # Who only wants "nothing heavy" has not said that they are unwell.
        meant = state != GENTLE or says(WORN_OUT, self.brief.ask)
        return self.reply.one_of(f"warm.{state}") if meant else ""

    def _put_right(self) -> str:
        """What was meant and not heard, by its name; "" where nothing was corrected."""
        corrected = next((part.detail.get("corrected") for part in self.brief.parts if part.act.wishes), "")
        if corrected != "wish" or forgets(self.brief.ask):
            return ""
        said = " ".join(part.text for part in self.brief.parts if part.act.wishes) or self.brief.ask
        told = understand([said], self.catalogue, self.language)
        meant = [tag for tag in told.named_tags if tag not in self.wish.unwanted]
        words = [self.reply.words(slug) for slug in self._ordered(essential(meant)[:3])]
        limits = self.say.limits(told.firm())
        if words or limits:
            return self.reply.one_of("corrected.wish", np=self.say.kind_of_book(words, limits))
        return self.reply.one_of("talk.misread")

    def _spared(self) -> list[str]:
        """What was left out for whom it is for, unless some of it was asked for. It is told once."""
        wish = self.wish
        if self.brief.occasion.was_offered and not self._told:
            return []
        minor = wish.audience in (CHILD, TEEN)
        if not (who := wish.audience if minor else wish.gentle or wish.audience):
            return []
        asks_for_it = {*WARNINGS, *HEAVY_MOODS} & wish.asked_tags or wish.brightness < 0
        return [] if asks_for_it else [self.reply.one_of(f"circumstances.{who}")]

    def _refused_for_good(self) -> str:
        """What was asked for now, though the reader had asked never to be offered it."""
        things = []
        for topic in map(Topic.parse, self.wish.taste["refused"][:2]):
            is_work = topic.kind == TopicKind.WORK and self.reply.work(topic.value)
            if topic.kind == TopicKind.AUTHOR:
                things.append(self.say.part("books_by", author=shown_name(self.reply, topic.value)))
            else:
                things.append(self.reply.title_of(topic.value) if is_work else self.reply.words(topic.value).thing)
        return self.reply.one_of("refused_for_good", things=self.say.listing(things))

    def _kind_of_opening(self, slots: Slots) -> str:
        """The name of the sentence that opens, by what was said. That anything will do is said of nobody who said more."""
        if slots["liked"] and (not self.brief.history or self._names_liked()):
            return "openings.liked" if slots["kind"] else "openings.liked_alone"
        ask, limited = self.brief.ask, bool(self.say.limits(self.wish.firm()) or self._makers())
        said_how = self.wish.count or any(says(section, ask) for section in (BEST, ONE, SWAP, NEWCOMER, STARTERS))
        if self.wish.elsewhere and not (self.wish.asked_tags or limited):
            return "begin.alike"
        if "classic" in self.wish.flavours and not self._kind_of_book_asked()[0]:
            return "begin.classic"
        if says(BEST, ask) and slots["bare"]:
            return "begin.best"
        if self.wish.described and slots["bare"]:
            return "begin.described"
        if self.wish.gentle and slots["bare"] and not self.brief.occasion.was_offered:
            return "begin.rest"
        if self.brief.history and (said_how or not self.wish.anything):
            return "openings.again" if slots["kind"] else "openings.others"
        left_over = any(part.detail.get("taken_back") for part in self.brief.parts)
        if slots["bare"] and self.wish.anything and not (said_how or self._told or self.wish.taste or left_over):
            return "openings.anything"
        if (says_little(self.wish) or slots["bare"]) and not limited:
            return "begin.thin"
        return "openings.asked" if slots["kind"] else "openings.others"

    def _names_liked(self) -> bool:
        work = focus.work_in(self.brief.ask, self.catalogue, set(self.wish.liked))
        return work is not None and work.slug in self.wish.liked

    def _asked_slots(self, count: int) -> Slots:
        """What was understood, as parts of a sentence. `bare`: nothing was said that limits the choice."""
        tags, any_of = self._kind_of_book_asked()
        limits = self.say.limits(self.wish.firm())
        if self.wish.by and not any(reason.kind == "by" for reason in self.brief.blocked_by):
            limits = [self.say.part("limits.by", author=self._authors_named(self.wish.by)), *limits]
        limits = [*self._makers(), *limits]
        words = [*self._flavours(), *(self.reply.words(slug) for slug in tags)]
        excluded = self._excluded()
        less = [self.reply.words(slug).thing for slug in self.wish.less[:2]]
        kind = self.say.kind_of_book(words, limits, any_of=any_of)
        if not (words or limits) and (self.brief.history or ((excluded or less) and not self.wish.liked)):
            kind = self.say.part("others")
        return {
            "liked": self.say.listing([self.reply.title_of(slug) for slug in self._to_taste()[:2]]),
            "np": kind,
            "without": self.say.without(excluded) + self.say.little(less),
            "n": self.say.part(f"counts.{count}"),
            "kind": bool(words or limits),
            "bare": not (words or limits or excluded or less),
            **self.say.agreement(count),
        }

    def _makers(self) -> list[str]:
        """Who published it, or drew for it, as was asked for and found."""
        blocked = {reason.kind for reason in self.brief.blocked_by}
        asked = [kind for kind in KINDS if kind not in blocked]
        return [self.reply.made_by(f"limits.{kind}", name) for kind in asked for name in getattr(self.wish, kind)[:1]]

    def _to_taste(self) -> list[str]:
        return [slug for slug in self.wish.liked if self.reply.work(slug) and self.reply.is_to_taste(slug)]

    def _flavours(self) -> list[Words]:
        """What was asked for that no tag says, as a modifier of the kind of book."""
        names = [name for name in self.wish.flavours if self.say.has(f"flavours.{name}")][:MAX_FLAVOURS]
        return [Words(flavours.label(name, self.language), self.say.part(f"flavours.{name}")) for name in names]

    def _kind_of_book_asked(self) -> tuple[list[str], bool]:
        """The tags that name the kind of book asked for, in speaking order, and whether any one of them will do."""
        wish = self.wish
        named = wish.named_tags
        choices = [[slug for slug in group if slug in named] for group in wish.any_of]
        choices = [group for group in choices if len(group) > 1]
        moods = [slug for group in choices for slug in group if self.reply.group(slug) == "tone"]
        # "Dark or serious" is said of moods as "dark and serious": nobody minds both.
        choices = [group for group in choices if not set(group) <= set(moods)]
        if len(choices) == 1 and not wish.required:
            return choices[0][:2], True
        open_choice = {slug for group in choices for slug in group}
        tags = list(dict.fromkeys([*wish.required, *(slug for slug in named if slug not in open_choice)]))
        tags = essential(tags)[:3]
        if self._flavours():
            # Moods and these say the same in other words.
            return [slug for slug in self._ordered(tags) if self.reply.group(slug) != "tone"], False
        mood = TONE_OF.get(wish.brightness)
        if mood and len(tags) < 3 and not any(self.reply.group(slug) == "tone" for slug in tags):
            tags.append(mood)
        return self._ordered(tags), False

    def _ordered(self, tags: Sequence[str]) -> list[str]:
        """`tags` in the order in which they are spoken."""
        return sorted(tags, key=lambda slug: (RANK.get(self.reply.group(slug), 1), slug in NAMED_LAST))

    def _excluded(self) -> list[str]:
        refused = self.wish.unwanted
        implied = set(implied_by(refused))
        things = [self.reply.words(slug).thing for slug in refused if slug not in implied][:3]
        told = {slug for part in self.brief.parts if part.detail.get("kind") == "not_it" for slug in part.works}
        # What was turned away from before is known without saying so each time.
        now = understand([self.brief.ask], self.catalogue, self.language)
        works = [slug for slug in self.wish.refused[:1] if slug in now.refused and self.reply.work(slug)]
        works = [slug for slug in works if slug not in told and not things]
        authors = [name for name in self.wish.not_by[:2] if name in now.not_by]
        authors = [self.say.part("books_by", author=shown_name(self.reply, name)) for name in authors]
        made = [(kind, name) for kind in KINDS for name in getattr(self.wish, f"not_{kind}")[:2]]
        made = [(kind, name) for kind, name in made if name in getattr(now, f"not_{kind}")]
        authors += [self.reply.made_by(f"conditions.{kind}", name) for kind, name in made]
        return [*things, *authors, *(self._turned_from(slug) for slug in works)]

    def _turned_from(self, slug: str) -> str:
        title = self.reply.title_of(slug)
        return self.say.part("likes_of", title=title) if slug in self.wish.unlike else title

    def _relaxed(self, slots: Slots) -> str:
        """That nothing keeps every condition, which one is in the way, and which were kept all the same."""
        told = self._nearest(slots)
        held = [self.say.condition(kind, self.wish, "") for kind in self._held_kinds()]
        return self.reply.two(told, "relaxed_held", held=self.say.listing(held)) if held else told

    def _held_kinds(self) -> list[str]:
        kinds = (name.removeprefix("min_").removeprefix("max_") for name in sorted(self.wish.held))
        return list(dict.fromkeys(kinds))

    def _nearest(self, slots: Slots) -> str:
        if any(reason.kind == "by" for reason in self.brief.blocked_by):
            return self.reply.one_of("relaxed_by", author=self._authors_named(self.wish.by), **slots)
        things = [self._condition(reason) for reason in self.brief.blocked_by]
        things = list(dict.fromkeys(thing for thing in things if thing))[:2]
        if not things:
            return self.reply.one_of("relaxed_blind", **slots)
        return self.reply.one_of("relaxed", blocked=self.say.listing(things), **slots)

    def _condition(self, reason: Reason) -> str:
        if reason.kind in KINDS:
            return self.reply.made_by(f"conditions.{reason.kind}", reason.value)
        return self.say.condition(reason.kind, self.wish, self.reply.thing_asked(reason))

    def _nothing(self) -> str:
        blocked = next(iter(self.brief.blocked_by), None)
        kind = blocked.kind if blocked and self.say.has(f"loosen.{blocked.kind}") else "any"
        loosen = self.say.finish(self.say.part(f"loosen.{kind}", thing=self.reply.thing_asked(blocked)))
        return self.reply.one_of("nothing", loosen=loosen, **self._asked_slots(PICKS))

    def _authors_named(self, names: Sequence[str]) -> str:
        return self.say.listing([shown_name(self.reply, name) for name in names[:2]])

    def _ask_back(self) -> list[str]:
        """Too little was said."""
        if self.wish.unknown_titles:
            return [self.reply.two(self.reply.unknown(), how_to_find(self.wish.unknown_titles))]
        return [self.reply.two(self.reply.one_of("leads"), "ask_back")]
