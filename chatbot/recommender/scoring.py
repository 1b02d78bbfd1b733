"""How well each work fits a wish, and why: every work of a catalogue weighed at once."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..catalogue.snapshot import Work
from ..language.names.makers import KINDS
from ..language.tag_relations import AKIN_TO_REFUSED, FANTASY
from ..language.wishes.wish import Wish
from ..language.words.elsewhere import HEART, TASTES
from ..language.words.flavours import FLAVOURS
from .candidates import Candidate, Reason
from .constraints import constraints_of, has_edition, keeps_limit
from .features import LATER, Column, Features, Mask
from .flavours import flavour, flavours_of, lacking
from .personalization import TasteScorer
from .told import LITERALLY, hearts_among, tellers_of, told
from .welcome import UNASKED_DIVIDES, UNASKED_WARNING, fit, unasked_divides, unasked_warnings

MAX_REASONS = 4
WANTED, MISSED = 0.9, 0.6
BY_AUTHOR = 1.5  # how much it weighs that a work is by an author whose books, or the like of them, are asked for
FLAVOURED = 5.0  # how much that a work has a flavour asked for weighs among the reasons for it
TRACE = 2  # subjects that are missed, as many as which a trace of a tag asked for counts
FAINT = 0.6  # what a work loses where a tag asked for is only a trace in it
LESS = 0.4  # what a work loses for a tag at full strength of which little is wanted
UNLIKE = 1.0  # what a work loses for each part of likeness to one whose likes are refused
AKIN = 0.4  # what a work loses for being, at full strength, what is akin to a kind that is refused
MUCH = 2  # the strength from which it has much of it
IN_OWN_LANGUAGE = 0.7  # what an edition gains that the reader can read: where one fits it comes first
GENTLE_TONE = 0.2  # what the brightest work gains for a reader who can bear nothing heavy
ELSEWHERE_KIN = 0.6  # what a work gains for being known as the nearest to one that is not on the shelf
DESCRIBED = 0.9  # what standing out by a description adds
TOLD = 0.4  # how far a work has to stand out for it to be a reason
WIDELY_READ = 60  # the renown from which it speaks for a work that many know it
HIDDEN = 0.3  # the renown of a hidden gem: known to some, for what nobody knows is seldom one
EXACT = 9  # decimals of a score that count, so that the order of adding up does not


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence adds to a score, measured by `evaluate_recommender --steps`."""

    tags: float = 1.0
    kin: float = 0.35  # called kindred by the catalogue, from either side
    kin_of_kin: float = 1.0
    called: float = 0.4  # how often the catalogue names it as kin at all
    author: float = 0.1
    tone: float = 0.06
    era: float = 0.28
    renown: float = 0.35


WEIGHTS = Weights()


class Scorer:
    """Every work of a catalogue weighed for one wish: `scores`, and `missed`, how many things that only lean it lacks."""

    def __init__(
        self,
        wish: Wish,
        features: Features,
        weights: Weights = WEIGHTS,
        *,
        reads: str = "",
        described: Column | None = None,
    ) -> None:
        self.wish, self.features, self.weights = wish, features, weights
        self.reads, self.described, self.begins = reads, described, False
        self.liked = [features.by_slug[slug] for slug in wish.liked if slug in features.by_slug]
        # A work read, but not said to be liked, still says something about a taste.
        self.like = self.liked or [features.by_slug[slug] for slug in wish.read if slug in features.by_slug]
        self.by = [work for work in features.works if set(work.authors) & set(wish.authors)]
        self.like = self.like or self.by
        # Of an author whose own books are asked for several of one series may come.
        self.series = np.arange(len(features.works)) if wish.by else features.series
        self.lean = TasteScorer(wish, features)
        self.flavoured = flavours_of(wish, features)
        self.missed = self._missed()
        # What only names a subject never stands before what has the tag asked for at heart.
        self.lacks = self.missed + (TRACE if wish.about and not self.by else 0) * self._faint()
        self.scores = self._scores().round(EXACT)

    def begin(self, column: Column) -> None:
        """Weigh besides how good each work is to begin with."""
        self.begins = True
        self.scores = (self.scores + column).round(EXACT)

    def _missed(self) -> Column:
        missed = np.zeros(len(self.features.works), int)
        for tags in self._widest_moods():
            missed += ~self.features.carries(tags)
        for _, keeps in constraints_of(self.wish.hoped(), self.features):
            missed += ~keeps
        for forms in self.wish.little_of.values():
            missed += self.features.strongest(forms) >= MUCH
        for subject in self.wish.about:
            missed += ~self.features.of(tellers_of(subject, self.features.catalogue))
        missed += self._unlike_elsewhere()
        return missed + lacking(self.wish, self.features)

    def _unlike_elsewhere(self) -> Mask:
        """Works without the heart of any of the tastes named."""
        features = self.features
        if not self.wish.elsewhere:
            return features.none()
        unlike = ~features.none()
        for taste in map(TASTES.__getitem__, self.wish.elsewhere):
            has = np.sum([features.strengths(tag) >= MUCH for tag in taste.heart], axis=0)
            unlike &= (has < min(len(taste.heart), HEART)) & ~features.of(taste.kin)
        return unlike

    def _widest_moods(self) -> list[list[str]]:
        """The moods that lean, without those within another: a word for two moods asks for either of them."""
        groups = [set(tags) for tags in (*self.wish.any_of, *self.wish.leaning)]
        return [tags for tags in self.wish.leaning if not any(set(tags) < group for group in groups)]

    def _faint(self) -> Column:
        """How many of the tags every pick must carry are no more than a trace in each work."""
        faint = np.zeros(len(self.features.works), int)
        for tag in self.wish.required:
            faint += self.features.strengths(tag) == 1
        return faint

    def _scores(self) -> Column:
        wish, features = self.wish, self.features
        scores: Column = (
            self.lean.column()
            - MISSED * self.missed
            - FAINT * self._faint()
            + 0.3 * wish.brightness * features.tone / 2
        )
        for forms in wish.little_of.values():
            scores -= LESS / 3 * features.strongest(forms)
        for tag in self._akin_to_refused():
            scores -= AKIN / 3 * features.strengths(tag)
        if self.reads:
            scores[features.editions.get(self.reads, [])] += IN_OWN_LANGUAGE
        if wish.gentle:
            scores += GENTLE_TONE * features.tone / 2
        scores += fit(wish, features) + flavour(wish, features) - UNASKED_WARNING * unasked_warnings(wish, features)
        scores -= UNASKED_DIVIDES * unasked_divides(wish, features)
        scores += self._renown() - UNLIKE * self._likeness_to_unlike()
        if self.like:
            scores += self._likeness_to_liked()
        if wish.elsewhere:
            scores += self._likeness_to_elsewhere()
        if self.by:
            scores[features.rows_of([work.slug for work in self.by])] += BY_AUTHOR
        if wish.wanted:
            scores += WANTED * self._wanted()
        return scores + DESCRIBED * self._told_by_texts()

    def _renown(self) -> Column:
        renown: Column = self.features.renown
        return -0.8 * abs(renown - HIDDEN) if self.wish.less_known else self.weights.renown * renown

    def _likeness_to_unlike(self) -> Column:
        nothing: Column = np.zeros(len(self.features.works))
        return sum((self.features.alike(row) for row in self.features.rows_of(self.wish.unlike)), nothing)

    def _akin_to_refused(self) -> list[str]:
        akin = [tag for refused in self.wish.unwanted for tag in AKIN_TO_REFUSED.get(refused, ())]
        fantasy = FANTASY in self.wish.asked_tags  # whoever asks for fantasy without isekai asks for these
        return [] if fantasy or self.liked else [tag for tag in akin if tag not in self.wish.asked_tags]

    def _told_by_texts(self) -> Column:
        """How far the texts of each work say what no tag stands for, and what the wish describes."""
        column: Column = np.zeros(len(self.features.works))
        for heart in hearts_among(self.wish.about):
            column += told(heart, self.features.catalogue)
        return column if self.described is None else column + self.described

    def _wanted(self) -> Column:
        wanted, idf = self.wish.wanted, self.features.idf
        total = sum(weight * idf.get(tag, 1.0) for tag, weight in wanted.items())
        found: Column = np.zeros(len(self.features.works))
        for tag, weight in wanted.items():
            found += weight * idf.get(tag, 1.0) / 3 * self.features.strengths(tag)
        return found / total

    def _likeness_to_liked(self) -> Column:
        features, weights = self.features, self.weights
        nothing = np.zeros(len(features.works))
        nearest, total, kin = nothing, nothing, nothing
        tone_gap, year_gap, by_author = nothing + 9, nothing + 9_999, features.none()
        for row in features.rows_of([work.slug for work in self.like]):
            alike = features.alike(row)
            nearest, total = np.maximum(nearest, alike), total + alike
            if weights.kin or weights.kin_of_kin:
                kin = kin + features.kinship(row, weights.kin, weights.kin_of_kin)
            tone_gap = np.minimum(tone_gap, abs(features.tone - features.tone[row]))
            year_gap = np.minimum(year_gap, abs(features.year - features.year[row]))
            for name in features.works[row].authors:
                by_author[features.by_author[name]] = True
        count = len(self.like)
        # Near to one liked work counts more than lukewarm to all.
        scores: Column = weights.tags * (0.7 * nearest + 0.3 * total / count)
        scores += kin / np.sqrt(count)
        scores += weights.called * features.called * (not self.wish.less_known)
        scores += weights.author * by_author
        scores += weights.tone * (1 - tone_gap / 4)
        return scores + weights.era * np.exp(-year_gap / 6)

    def _likeness_to_elsewhere(self) -> Column:
        """How near each work is to what was named and is not on the shelf: by tags, and by what is known as kin."""
        features = self.features
        scores: Column = np.zeros(len(features.works))
        for name in self.wish.elsewhere:
            near = self.weights.tags * features.alike_to(TASTES[name].tags)
            for place, row in enumerate(features.rows_of(TASTES[name].kin)):
                near[row] += ELSEWHERE_KIN * LATER**place
            scores = np.maximum(scores, near)
        return scores

    def candidate(self, row: int) -> Candidate:
        work = self.features.works[row]
        return Candidate(work, round(float(self.scores[row]), 4), self.reasons(work))

    def reasons(self, work: Work) -> tuple[Reason, ...]:
        """At most four reasons, the strongest first."""
        found = [*self._kinship_reasons(work), *self._tag_reasons(work), *self._fact_reasons(work)]
        found += [*self._elsewhere_reasons(work), *self._maker_reasons(work)]
        found += [(FLAVOURED, Reason("flavour", name)) for name in self.flavoured.get(work.slug, ())]
        if not found and self.begins and work.status == "completed" and work.volumes > 1:
            found.append((0.2, Reason("status", work.status)))
        if not found and not self.wish.less_known and work.renown >= WIDELY_READ:
            found.append((0.1, Reason("renown", work.renown)))
        suits = self._suits()
        found.sort(key=lambda pair: -pair[0])
        chosen: list[Reason] = []
        tags = 0
        for _, reason in found:
            tags += reason.kind == "tag"
            # Room for what is not a tag, for four tags say less than three and the status asked for.
            if len(chosen) < MAX_REASONS - len(suits) and not (reason.kind == "tag" and tags > 3):
                chosen.append(reason)
        return (*chosen, *suits)

    def _suits(self) -> list[Reason]:
        """What every pick keeps for whom it is for; the warnings in `tags` are not there at all."""
        if not (self.wish.audience or self.wish.gentle):
            return []
        return [Reason("suits", self.wish.audience or self.wish.gentle, self.wish.exclusions.warnings())]

    def _kinship_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        own = {work.slug for work in self.by} if set(work.authors) & set(self.wish.by) else set()
        for one in self.like:
            if one is work or (one.slug in own and one not in self.liked):
                continue  # that it is by the author asked for says nothing for one of their books over another
            shared = sorted(
                set(one.tags) & set(work.tags),
                key=lambda tag: (-one.tags[tag] * work.tags[tag] * self.features.idf[tag], tag),
            )
            if set(work.authors) & set(one.authors):
                yield 2.2, Reason("author", one.slug)
            if self.features.series[self.features.row[one.slug]] == self.features.series[self.features.row[work.slug]]:
                yield 2.5, Reason("series", one.slug)
            elif shared:
                near = self.features.near(one.slug, work.slug)
                yield (
                    1.2 + near + self.features.likeness(one.slug, work.slug),
                    Reason("kin", one.slug, tuple(shared[:4])),
                )

    def _elsewhere_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        for name in self.wish.elsewhere:
            taste = TASTES[name]
            shared = [tag for tag in taste.known_for if work.tags.get(tag, 0) > 1]
            if len(shared) > 1 or (shared and work.slug in taste.kin):
                yield 2.0 + (work.slug in taste.kin), Reason("elsewhere", name, tuple(shared[:4]))

    def _tag_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        asked = {*self.wish.required, *(tag for tags in self.wish.any_of for tag in tags)}
        for tag, weight in self.wish.wanted.items():
            if tag in work.tags and (weight > 0.5 or tag in asked):
                bonus = 1.0 if tag in self.wish.required else 0.5 if weight > 0.5 else 0.0
                yield 0.3 * weight * work.tags[tag] * self.features.idf[tag] / 2 + bonus, Reason("tag", tag)

    def _maker_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        for kind in KINDS:
            made = self.features.made[kind]
            if name := next((one for one in getattr(self.wish, kind) if work.slug in made.get(one, ())), ""):
                yield 1.2, Reason(kind, name)

    def _fact_reasons(self, work: Work) -> Iterator[tuple[float, Reason]]:
        wish = self.wish
        for heart in hearts_among(wish.about):
            if share := float(told(heart, self.features.catalogue)[self.features.row[work.slug]]):
                yield 1.5 + share, Reason("told" if share > LITERALLY else "told_alike", heart)
        if self.described is not None and (told_of := self.described[self.features.row[work.slug]]) >= TOLD:
            yield 1.0 + float(told_of), Reason("description", wish.described)
        if wish.status and work.status == wish.status:
            yield 1.1, Reason("status", work.status)
        if keeps_limit(work.volumes, wish.min_volumes, wish.max_volumes):
            yield 1.0, Reason("volumes", work.volumes)
        if keeps_limit(work.year, wish.min_year, wish.max_year):
            yield 0.9, Reason("year", work.year)
        if wish.edition and has_edition(work, wish.edition):
            yield 0.8, Reason("edition", wish.edition)
        if wish.anime is not None and work.anime == wish.anime:
            yield 0.7, Reason("anime", work.anime)
        if wish.brightness * work.tone > 0:
            yield 0.95, Reason("tone", "bright" if work.tone > 0 else "dark")


def asked_for(wish: Wish) -> int:
    """How many things were asked for that make books alike."""
    alike = [name for name in wish.flavours if not FLAVOURS[name].renown]
    return len(wish.required) + len(wish.any_of) + len(wish.leaning) + len(alike)
