"""The plain definition of choosing: every work weighed by itself. What `recommender` does for a whole shelf at once."""

import math
from collections import defaultdict

from chatbot.language.tag_relations import AKIN_TO_REFUSED, DIVISIVE, FANTASY, HEAVY_WISHES, NEVER_FOR_MINORS, WARNINGS
from chatbot.language.wishes.circumstances import FIT
from chatbot.language.wishes.wish import Wish
from chatbot.language.words.flavours import FLAVOURS, GENERAL_IMPRINTS, works_telling
from chatbot.language.words.subjects import is_known, works_about
from chatbot.recommender.choosing import ANOTHERS, DIVERSITY, LENGTHS_OFF, NARROWED, POOL, YEARS_OFF
from chatbot.recommender.features import BACK, HARD, LATER, LIKE, STRONGER
from chatbot.recommender.flavours import CALLED, DECADES, FULLY, WORTH, YOUNG
from chatbot.recommender.personalization import (
    DISLIKED_AUTHOR,
    DISLIKED_TAG,
    DISLIKED_WORK,
    IN_LANGUAGE,
    LIKE_FROM,
    LIKED_AUTHOR,
    LIKED_TAG,
    LIKED_WORK,
    MAX_TAGS,
    WANTED_BOOK,
)
from chatbot.recommender.pick_counts import PICKS
from chatbot.recommender.scoring import (
    AKIN,
    EXACT,
    FAINT,
    GENTLE_TONE,
    HIDDEN,
    LESS,
    MISSED,
    MUCH,
    TRACE,
    UNLIKE,
    WANTED,
    WEIGHTS,
)
from chatbot.recommender.welcome import OBSCURE, UNASKED_DIVIDES, UNASKED_WARNING
from chatbot.text.folding import key


def publishers(work):
    """By which names of publishers a work may be wished for."""
    own = {work.imprint, *((edition or {}).get("publisher", "") for edition in work.editions.values())} - {""}
    return {*own, *(["KADOKAWA"] if own & {"角川文庫", "電撃文庫"} else [])}


class Plain:
    def __init__(self, wish, catalogue):
        self.wish, self.works, self.by_slug = wish, catalogue.works, catalogue.by_slug
        self.about, self.telling = works_about(catalogue), works_telling(catalogue)
        carried = defaultdict(int)
        for work in self.works:
            for tag in work.tags:
                carried[tag] += 1
        self.idf = {tag: math.log(1 + len(self.works) / count) for tag, count in carried.items()}
        self.kin, self.called = self._kin(catalogue)
        self.openers, self.series = self._series(catalogue)
        self.liked = [self.by_slug[slug] for slug in wish.liked if slug in self.by_slug]
        self.unlike = [self.by_slug[slug] for slug in wish.unlike if slug in self.by_slug]
        self.like = self.liked or [self.by_slug[slug] for slug in wish.read if slug in self.by_slug]

    def _kin(self, catalogue):
        ties, called = defaultdict(lambda: defaultdict(float)), defaultdict(float)
        for work in self.works:
            found = []
            for place, title in enumerate(work.kin):
                other = catalogue.find(title)
                if other and other.slug not in (work.slug, *found):
                    found.append(other.slug)
                    ties[work.slug][other.slug] += LATER**place
                    ties[other.slug][work.slug] += BACK * LATER**place
                    called[other.slug] += LATER**place
        most = max((math.log1p(count) for count in called.values()), default=0)
        return ties, {slug: math.log1p(count) / max(most, 1) for slug, count in called.items()}

    def _series(self, catalogue):
        openers, together = defaultdict(list), {work.slug: {work.slug} for work in self.works}
        for work in self.works:
            for title, kind in work.related:
                other = catalogue.find(title)
                if other and other.slug != work.slug and kind in HARD:
                    if kind in ("sequel", "side-story") and other.slug not in openers:
                        openers[work.slug].append(other.slug)
                    joined = together[work.slug] | together[other.slug]
                    for slug in joined:
                        together[slug] = joined
        openers = {slug: [o for o in before if slug not in openers.get(o, ())] for slug, before in openers.items()}
        return openers, {slug: min(members) for slug, members in together.items()}

    # --- What may be offered ---

    def allowed(self, work):
        wish = self.wish
        begun = {*wish.liked, *wish.read, *(self.gone if wish.by or wish.drawn_by else ())}
        before = self.openers.get(work.slug)
        return not (
            work.slug in wish.names_works
            or self.series[work.slug] in {self.series[slug] for slug in self.turned_from() if slug in self.series}
            or any(self.is_like(one, work) for one in self.unlike)
            or set(work.tags) & set(wish.unwanted)
            or set(work.authors) & set(wish.not_by)
            or publishers(work) & set(wish.not_published)
            or set(work.illustrators) & set(wish.not_drawn_by)
            or {kind for kind, _ in self.broken(work, wish.firm())} & self.held()
            or any(work.slug in self.about.get(subject, ()) for subject in wish.not_about)
            or any(work.tags.get(tag, 0) >= least for tag, least in wish.exclusions.tags.items())
            or work.tone < wish.exclusions.lowest_tone
            or (before and not begun & set(before))
            or (self.liked and not any(set(work.tags) & set(one.tags) for one in self.liked))
        )

    def turned_from(self):
        """The works whose series is left with them."""
        return self.wish.names_works if self.wish.less_known else self.wish.refused

    def is_like(self, one, work):
        return self.likeness(one, work) >= LIKE or work.slug in self.kin[one.slug]

    def held(self):
        """The kinds of constraints that nothing may loosen."""
        return {name.removeprefix("min_").removeprefix("max_") for name in self.wish.held}

    @staticmethod
    def broken(work, wish):
        """What of the wish's constraints `work` breaks, as (kind, tags)."""
        found = [("tag", (tag,)) for tag in wish.required if tag not in work.tags]
        found += [("tag", tuple(tags)) for tags in wish.any_of if not set(tags) & set(work.tags)]
        if wish.by and not set(work.authors) & set(wish.by):
            found.append(("by", ()))
        if wish.published and not publishers(work) & set(wish.published):
            found.append(("published", ()))
        if wish.drawn_by and not set(work.illustrators) & set(wish.drawn_by):
            found.append(("drawn_by", ()))
        if wish.status and work.status != wish.status:
            found.append(("status", ()))
        for kind in ("volumes", "year"):
            low, high, value = getattr(wish, f"min_{kind}"), getattr(wish, f"max_{kind}"), getattr(work, kind)
            if (low is not None and value < low) or (high is not None and value > high):
                found.append((kind, ()))
        if wish.edition and not has_edition(work, wish.edition):
            found.append(("edition", ()))
        if wish.anime is not None and work.anime != wish.anime:
            found.append(("anime", ()))
        if wish.less_known and work.renown / 100 >= OBSCURE:
            found.append(("less_known", ()))
        return found

    def missed(self, work):
        groups = [set(tags) for tags in (*self.wish.any_of, *self.wish.leaning)]
        widest = [set(tags) for tags in self.wish.leaning if not any(set(tags) < group for group in groups)]
        return (
            sum(not tags & set(work.tags) for tags in widest)
            + sum(not self.has(name, work) for name in self.wish.flavours)
            + len(self.broken(work, self.wish.hoped()))
            + sum(strength >= MUCH for strength in self.little(work))
            + sum(work.slug not in self.about.get(subject, ()) for subject in self.wish.about)
        )

    def lacks(self, work):
        faint = sum(work.tags.get(tag) == 1 for tag in self.wish.required)
        return self.missed(work) + (TRACE if self.wish.about else 0) * faint

    def has(self, name, work):
        """Whether `work` has a flavour."""
        one, asked = FLAVOURS[name], self.wish.asked_tags
        return (
            one.tones[0] <= work.tone <= one.tones[1]
            and (not one.told or work.slug in self.telling[name])
            and (not one.core or max(work.tags.get(tag, 0) for tag in one.core) >= one.core_from)
            and not any(work.tags.get(tag, 0) >= least for tag, least in one.spoilt_by.items() if tag not in asked)
        )

    def flavour(self, name, work):
        one = FLAVOURS[name]
        weighed = one.general * (work.imprint in GENERAL_IMPRINTS) + (one.told and work.slug in self.telling[name])
        for tag, weight in one.weights.items():
            if weight > 0 or tag not in self.wish.asked_tags:
                weighed += weight * work.tags.get(tag, 0) / 3
        known = one.renown * (work.renown / 100 + CALLED * self.called.get(work.slug, 0))
        known += one.elder * max(0.0, min(1.0, (YOUNG - work.year) / DECADES))
        return WORTH * max(-1.0, min(1.0, weighed / FULLY)) + (known if not self.wish.less_known else 0)

    def little(self, work):
        """How much there is of each tag of which little is wanted, in whichever form there is most."""
        return [max([0, *(work.tags.get(tag, 0) for tag in forms)]) for forms in self.wish.little_of.values()]

    # --- How well it fits ---

    def vector(self, work):
        weights = {tag: strength**STRONGER * self.idf[tag] for tag, strength in work.tags.items()}
        length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
        return {tag: weight / length for tag, weight in weights.items()}

    def likeness(self, one, other):
        one, other = self.vector(one), self.vector(other)
        return sum(weight * other.get(tag, 0) for tag, weight in one.items())

    def near(self, one, other):
        """How near `other` is kin to `one`, directly and through common kin."""
        if one is other:
            return 0.0
        direct, tied = self.kin[one.slug], {slug: sum(ties.values()) for slug, ties in list(self.kin.items())}
        walked = sum(
            closeness * self.kin[between].get(other.slug, 0.0) / math.sqrt(tied[one.slug] * tied[between])
            for between, closeness in direct.items()
        )
        return WEIGHTS.kin * direct.get(other.slug, 0.0) + WEIGHTS.kin_of_kin * walked

    def score(self, work):
        wish = self.wish
        score = self.lean(work) - MISSED * self.missed(work) + 0.3 * wish.brightness * work.tone / 2
        score -= FAINT * sum(work.tags.get(tag) == 1 for tag in wish.required)
        score += sum(self.flavour(name, work) for name in wish.flavours)
        if not (wish.liked or wish.read) and any(work.tags.get(tag) == 3 for tag in DIVISIVE - wish.asked_tags):
            score -= UNASKED_DIVIDES
        score -= sum(LESS * strength / 3 for strength in self.little(work))
        if FANTASY not in wish.asked_tags and not self.liked:
            akin = [tag for refused in wish.unwanted for tag in AKIN_TO_REFUSED.get(refused, ())]
            score -= sum(AKIN / 3 * work.tags.get(tag, 0) for tag in akin if tag not in wish.asked_tags)
        if wish.gentle:
            score += GENTLE_TONE * work.tone / 2
        for who in (wish.audience, wish.gentle):
            if who in FIT:
                weights, worth = FIT[who]
                carried = sum(weight * work.tags.get(tag, 0) / 3 for tag, weight in weights.items())
                score += worth * max(-1.0, min(1.0, carried / 2))
        heavy = wish.brightness < 0 or wish.asked_tags & HEAVY_WISHES
        unasked = set(NEVER_FOR_MINORS if heavy else WARNINGS) - wish.asked_tags
        if not (wish.liked or wish.read) and any(work.tags.get(tag) == 3 for tag in unasked):
            score -= UNASKED_WARNING
        score -= sum(UNLIKE * self.likeness(one, work) for one in self.unlike)
        if wish.less_known:
            score -= 0.8 * abs(work.renown / 100 - HIDDEN)
        else:
            score += WEIGHTS.renown * work.renown / 100
        if self.like:
            alike = [self.likeness(one, work) for one in self.like]
            score += WEIGHTS.tags * (0.7 * max(alike) + 0.3 * sum(alike) / len(alike))
            score += sum(self.near(one, work) for one in self.like) / math.sqrt(len(self.like))
            score += WEIGHTS.called * (0 if wish.less_known else self.called.get(work.slug, 0))
            score += WEIGHTS.author * any(set(one.authors) & set(work.authors) for one in self.like)
            score += WEIGHTS.tone * (1 - min(abs(one.tone - work.tone) for one in self.like) / 4)
            score += WEIGHTS.era * math.exp(-min(abs(one.year - work.year) for one in self.like) / 6)
        if wish.wanted:
            total = sum(weight * self.idf.get(tag, 1.0) for tag, weight in wish.wanted.items())
            found = sum(
                weight * self.idf.get(tag, 1.0) * work.tags.get(tag, 0) / 3 for tag, weight in wish.wanted.items()
            )
            score += WANTED * found / total
        return round(score, EXACT)

    def lean(self, work):
        """What the reader's standing taste adds."""
        taste, authors = self.wish.taste, {key(name) for name in work.authors}
        if not taste:
            return 0.0

        def topics(name, kind):
            return [topic.split(":", 1)[1] for topic in taste.get(name, ()) if topic.split(":", 1)[0] == kind]

        def carried(tags):
            strengths = sorted((work.tags.get(tag, 0) / 3 for tag in tags[:MAX_TAGS]), reverse=True)
            return min(1.0, sum(strength * 0.35**place for place, strength in enumerate(strengths)))

        def along(weights):
            profile = defaultdict(float)
            for slug, weight in weights.items():
                for tag, part in self.vector(self.by_slug[slug]).items() if slug in self.by_slug else ():
                    profile[tag] += weight * part
            length = max(math.sqrt(sum(part**2 for part in profile.values())), 1.0)
            return sum(part / length * profile.get(tag, 0.0) for tag, part in self.vector(work).items())

        liked = dict.fromkeys(taste.get("wants", ()), WANTED_BOOK) | dict.fromkeys(topics("likes", "work"), 1.0)
        unlike = along(dict.fromkeys([*taste.get("not_for", ()), *topics("dislikes", "work")], 1.0))
        score = (
            LIKED_TAG * carried(topics("likes", "tag"))
            + LIKED_WORK * along(liked)
            + LIKED_AUTHOR * bool(authors & {key(name) for name in topics("likes", "author")})
            - DISLIKED_TAG * carried(topics("dislikes", "tag"))
            - DISLIKED_WORK * max(0.0, unlike - LIKE_FROM) / (1 - LIKE_FROM)
            - DISLIKED_AUTHOR * bool(authors & {key(name) for name in topics("dislikes", "author")})
        )
        if taste.get("edition") and has_edition(work, taste["edition"]):
            score += IN_LANGUAGE.get(taste.get("level", ""), 0.0)
        return score

    # --- Choosing ---

    def choose(self, offered, count):
        """(slugs, slug to the kinds of its breaches) as `recommender.choose` gives them, but for the step aside."""
        self.gone = {work.slug for work in self.works if work.pk in offered}
        allowed = [work for work in self.works if work.pk not in offered and self.allowed(work)]
        broken = {work.slug: self.broken(work, self.wish.firm()) for work in allowed}
        fitting = [work for work in allowed if not broken[work.slug]]
        main = self._told_first(allowed, broken)
        if not any(work in main for work in fitting):
            return self._nearest(main, broken, count)
        full = [work for work in fitting if not self.lacks(work)]
        lacking = sorted((work for work in fitting if self.lacks(work)), key=self.lacks)
        picks = self._diverse(full, count)
        if len(picks) < min(PICKS, count):
            fewest = [work for work in lacking if self.lacks(work) == self.lacks(lacking[0])]
            picks = self._diverse(fewest, min(PICKS, count), picks)
            picks = self._diverse(lacking, min(PICKS, count), picks)
        return [work.slug for work in picks], {}

    def _told_first(self, allowed, broken):
        """Those that tell of every subject asked for and breach one condition at most; all where there is none."""
        subjects = [one for one in self.wish.about if is_known(one)]
        told = [
            work
            for work in allowed
            if all(work.slug in self.about.get(one, ()) for one in subjects) and len(broken[work.slug]) <= 1
        ]
        return told if subjects and told else allowed

    def _nearest(self, allowed, broken, count):
        def cost(work):
            costs = [self.cost(kind, tags) for kind, tags in broken[work.slug]]
            return round(sum(costs) + sum(min(self.off(kind, work), 9) for kind in ("volumes", "year")), EXACT)

        allowed = [work for work in allowed if self.off("year", work) <= 1] or allowed

        chosen, series = [], set()
        for work in sorted(allowed, key=lambda work: (cost(work), -self.score(work), work.slug)):
            if len(chosen) < count and self.series[work.slug] not in series:
                series.add(self.series[work.slug])
                chosen.append(work.slug)
        return chosen, {slug: [kind for kind, _ in broken[slug]] for slug in chosen}

    def cost(self, kind, tags):
        if kind in ("published", "drawn_by"):
            wish = Wish(**{kind: getattr(self.wish, kind)})
            return math.log(1 + len(self.works) / max(sum(not self.broken(work, wish) for work in self.works), 1))
        return self.idf.get(tags[0], 1.0) if kind == "tag" else ANOTHERS if kind == "by" else 1.0

    def off(self, kind, work):
        """How far `work` lies outside of the volumes or years asked for, 1 being the farthest that is still near."""
        wish, value = self.wish.firm(), getattr(work, kind)
        off = 0.0
        for limit, beyond in ((getattr(wish, f"min_{kind}"), -1), (getattr(wish, f"max_{kind}"), 1)):
            if limit is not None:
                step = YEARS_OFF if kind == "year" else max(LENGTHS_OFF * limit, 1)
                off = max(off, beyond * (value - limit) / step)
        return off

    def _diverse(self, works, count, picks=()):
        picks = list(picks)
        pool = sorted(works, key=lambda work: (-self.score(work), work.slug))
        while len(picks) < count:
            series = {self.series[pick.slug] for pick in picks} if not self.wish.by else set()
            pool = [work for work in pool if self.series[work.slug] not in series and work not in picks]
            if not pool:
                break
            picks.append(max(pool[:POOL], key=lambda work: self._worth(work, picks)))
        return picks

    def _worth(self, work, picks):
        likest = max((self.likeness(work, pick) for pick in picks), default=0.0)
        wish = self.wish
        alike = [name for name in wish.flavours if not FLAVOURS[name].renown]
        asked = len(wish.required) + len(wish.any_of) + len(wish.leaning) + len(alike)
        return round(self.score(work) - DIVERSITY / (1 + NARROWED * asked) * likest, EXACT)


def has_edition(work, language):
    return (work.editions.get(language) or {}).get("known") is True
