"""The whole shelf weighed at once chooses what weighing each work by itself would."""

import random

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.wishes.circumstances import AUDIENCES, GRIEF, PET, STATES
from chatbot.language.wishes.wish import Wish
from chatbot.language.words import subjects
from chatbot.language.words.flavours import FLAVOURS
from chatbot.recommender.choosing import choose, rank
from chatbot.recommender.tests.plain import Plain

TAGS = ["isekai", "fantasy", "cozy", "dark", "romcom", "academy", "harem", "sf", "mystery", "war", "cooking", "gore"]
SUBJECTS = [slug for slug in subjects.slugs() if slug in ("cat", "elf", "maid")]


def a_shelf(chance, size):
    slugs = [f"w{number:03}" for number in range(size)]

    def work(slug):
        related = []
        if chance.random() < 0.2:
            kind = chance.choice(["sequel", "prequel", "side-story", "same-world"])
            related = [(f"{chance.choice(slugs)}の物語", kind)]
        tags = {tag: chance.randint(1, 3) for tag in chance.sample(TAGS, chance.randint(0, 7))}
        subject = chance.choice(["A cat sleeps.", "An elf and her maid.", "An ageless cat.", "", ""])
        return make_work(
            slug,
            tags,
            authors=tuple(f"作者{chance.randrange(size)}" for _ in range(chance.randint(0, 2))),
            year=chance.randint(1990, 2024),
            volumes=chance.randint(1, 30),
            status=chance.choice(["ongoing", "completed", "hiatus"]),
            anime=chance.random() < 0.4,
            # Few values, so that many works are equals.
            renown=chance.choice([10, 40, 40, 70, 95]),
            tone=chance.randint(-2, 2),
            editions={
                "ko": {"known": chance.choice([True, False, None])},
                "en": {"publisher": chance.choice(["", "Yen Press"])},
            },
            related=tuple(related),
            kin=tuple(
                f"{other}の物語" for other in chance.sample([*slugs, "nowhere"], min(size, chance.randint(0, 9)))
            ),
            synopses={"ko": "", "en": subject, "ja": ""},
            illustrators=tuple(f"画家{chance.randrange(9)}" for _ in range(chance.randint(0, 2))),
            imprint=chance.choice(["角川文庫", "電撃文庫"]),
        )

    return make_catalogue(*(work(slug) for slug in slugs))


def a_wish(chance, catalogue):
    """Anything between nothing and more than any work could keep."""
    slugs, greed = [*catalogue.by_slug, "not-here"], chance.choice([0.05, 0.2, 0.5])

    def maybe(value, otherwise):
        return value if chance.random() < greed else otherwise

    def some(values, most):
        return chance.sample(values, min(len(values), chance.randint(1, most)))

    def topics():
        return [f"tag:{tag}" for tag in some(TAGS, 6)] + [
            f"work:{some(slugs, 1)[0]}",
            f"author:作者{chance.randrange(9)}",
        ]

    taste = {
        "likes": topics(), "dislikes": topics(), "wants": some(slugs, 2), "not_for": some(slugs, 2),
        "level": "n5", "edition": "ko",
    }  # fmt: skip
    wish = Wish(
        liked=maybe(some(slugs, 3), []),
        read=maybe(some(slugs, 3), []),
        refused=maybe(some(slugs, 2), []),
        required=maybe(some(TAGS, 2), []),
        any_of=maybe([some(TAGS, 3)], []),
        leaning=maybe([some(TAGS, 2), some(TAGS, 2)], []),
        wanted=maybe({tag: chance.choice([0.35, 0.7, 1.0]) for tag in some(TAGS, 4)}, {}),
        unwanted=maybe(some(TAGS, 2), []),
        by=maybe([f"作者{chance.randrange(9)}"], []),
        not_by=maybe([f"作者{chance.randrange(9)}"], []),
        published=maybe(some(["角川文庫", "電撃文庫", "KADOKAWA", "Yen Press"], 2), []),
        not_published=maybe(some(["角川文庫", "電撃文庫", "KADOKAWA", "Yen Press"], 1), []),
        drawn_by=maybe([f"画家{chance.randrange(9)}"], []),
        not_drawn_by=maybe([f"画家{chance.randrange(9)}"], []),
        musts=maybe(some(["status", "min_volumes", "max_year", "anime"], 1), []),
        flavours=maybe(some(list(FLAVOURS), 2), []),
        less=maybe(some(TAGS, 2), []),
        about=maybe(some(SUBJECTS, 2), []),
        not_about=maybe(some(SUBJECTS, 1), []),
        status=maybe(chance.choice(["ongoing", "completed"]), ""),
        min_volumes=maybe(chance.randint(1, 40), None),
        max_year=maybe(chance.randint(1985, 2020), None),
        edition=maybe(chance.choice(["ko", "en"]), ""),
        anime=maybe(chance.choice([True, False]), None),
        brightness=maybe(chance.choice([-1, 1]), 0),
        less_known=maybe(True, False),
        audience=maybe(chance.choice(AUDIENCES), ""),
        gentle=maybe(chance.choice([one for one in STATES if one not in (PET, GRIEF)]), ""),
        taste=maybe(taste, {}),
        unlike=maybe(some(slugs, 1), []),
    )
    wish.refused = [*wish.refused, *wish.unlike]
    if wish.status and chance.random() < 0.5:
        wish.sure = {f"status:{wish.status}": 0.3}
    return wish


@pytest.mark.parametrize("seed", range(60))
def test_a_random_wish_gets_from_a_random_shelf_what_the_plain_definition_gives(seed):
    chance = random.Random(seed)
    catalogue = a_shelf(chance, chance.choice([1, 7, 40, 160]))
    for _ in range(3):
        wish = a_wish(chance, catalogue)
        offered = frozenset(
            chance.sample([work.pk for work in catalogue.works], chance.randrange(len(catalogue.works) + 1))
        )
        offered = chance.choice([offered, frozenset()]) | frozenset(range(10**6, 10**6 + chance.choice([0, 4000])))
        count = chance.choice([1, 3, 5, 12])
        plain = Plain(wish, catalogue)
        slugs, breaches = plain.choose(offered, count)
        choice = choose(wish, catalogue, offered=offered, count=count)
        # What is deliberately put among the picks is no part of the definition, and is tested by itself.
        found = [None if one.serendipity else one.work.slug for one in choice.candidates]
        assert found == [None if one.serendipity else slug for slug, one in zip(slugs, choice.candidates, strict=True)]
        assert {one.work.slug: [b.kind for b in one.breaches] for one in choice.candidates if one.breaches} == breaches
        assert [one.score for one in choice.candidates if not one.serendipity] == pytest.approx(
            [plain.score(catalogue.by_slug[slug]) for slug in found if slug], abs=1e-4
        )


@pytest.mark.parametrize("seed", range(20))
def test_works_are_ranked_as_the_plain_definition_ranks_them(seed):
    chance = random.Random(seed)
    catalogue = a_shelf(chance, 120)
    wish = Wish(liked=chance.sample(list(catalogue.by_slug), 2))
    plain = Plain(wish, catalogue)
    expected = sorted(filter(plain.allowed, catalogue.works), key=lambda work: (-plain.score(work), work.slug))
    assert rank(wish, catalogue, 200) == expected
