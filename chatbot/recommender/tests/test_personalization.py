"""A standing taste laid over one wish: it leans, it yields to today's words, and "never again" does not."""

import pytest

from chatbot.catalogue.tests import factories
from chatbot.language.topics import Topic, WishPart
from chatbot.language.wishes.wish import Wish, understand
from chatbot.recommender.choosing import choose
from chatbot.recommender.features import features_of
from chatbot.recommender.personalization import LIKED_TAG, Refusals, Taste, TasteScorer, apply_taste, reads_only

SHELF = factories.make_catalogue(
    factories.make_work("rose", {"fantasy": 3, "harem": 2}, renown=90, authors=("作者甲",)),
    factories.make_work("blade", {"fantasy": 3, "war": 3}, renown=80),
    factories.make_work("clue", {"mystery": 3, "fantasy": 1}, renown=70),
    factories.make_work("field", {"slow-life": 3, "fantasy": 2}, renown=60, editions={"ko": {"known": True}}),
)


def topics(*texts):
    return tuple(map(Topic.parse, texts))


def laid(taste, text="판타지 추천해 주세요", **options):
    return apply_taste(taste, understand([text], SHELF, "ko"), **{"language": "ko", "asks": True, **options})


def order(wish):
    return [candidate.work.slug for candidate in choose(wish, SHELF).candidates]


def test_without_a_taste_nothing_is_added():
    assert laid(Taste()) == understand(["판타지 추천해 주세요"], SHELF, "ko")


def test_likes_raise_and_dislikes_lower():
    assert order(laid(Taste()))[0] == "rose"
    for topic in ("tag:war", "author:bladeの作者", "work:blade"):
        assert order(laid(Taste(likes=topics(topic))))[0] == "blade"
    for topic in ("tag:harem", "author:作者甲", "work:rose"):
        assert order(laid(Taste(dislikes=topics(topic))))[0] != "rose"


def test_a_like_leads_in_every_conversation_where_nothing_was_said():
    wish = laid(Taste(likes=topics("tag:mystery")), "책 추천해 주세요")
    for seed in map(str, range(30)):
        assert choose(wish, SHELF, seed=seed).candidates[0].work.slug == "clue"


def test_what_is_said_now_weighs_more_than_what_was_learned():
    wish = laid(Taste(dislikes=topics("tag:harem")), "오늘은 하렘 판타지 보고 싶어요")
    assert "taste" not in wish.as_json()
    assert order(wish)[0] == "rose"
    wish = laid(Taste(likes=topics("tag:harem")), "하렘 없는 판타지 추천해 주세요")
    assert "rose" not in order(wish)


def test_a_like_is_worth_less_than_any_tag_asked_for():
    asked, index = Wish(wanted={"mystery": 1.0}), features_of(SHELF)
    assert (
        TasteScorer(apply_taste(Taste(likes=topics("tag:war")), asked, language="ko"), index).column().max()
        <= LIKED_TAG
    )
    assert order(asked)[0] == "clue"


@pytest.mark.parametrize("text", ["하렘 추천해 주세요", "하렘 판타지 꼭 추천해 줘", "하렘이나 전쟁물 추천해 주세요"])
def test_never_again_leaves_the_wish_and_is_told(text):
    wish = laid(Taste(never=topics("tag:harem")), text)
    named = {*wish.required, *wish.wanted, *(tag for group in (*wish.any_of, *wish.leaning) for tag in group)}
    assert "harem" not in named
    assert wish.taste["refused"] == ["tag:harem"]
    assert not wish.is_vague


def test_never_again_that_was_not_asked_for_is_not_told():
    wish = laid(Taste(never=topics("tag:harem")))
    assert wish.taste == {"never": ["tag:harem"]}


def test_what_was_told_stays_told_when_the_taste_is_laid_once_more():
    once = laid(Taste(never=topics("tag:harem")), "하렘 추천해 주세요")
    assert apply_taste(Taste(never=topics("tag:harem")), once, language="ko").taste["refused"] == ["tag:harem"]


def test_refusals_cover_narrower_tags_authors_and_works():
    works = {work.slug: work for work in SHELF.works}
    assert Refusals(topics("tag:romance")).forbids(works["rose"])  # harem is a narrower romance
    assert Refusals(topics("author:作者甲")).forbids(works["rose"])
    assert Refusals(topics("work:rose")).forbids(works["rose"])
    assert not Refusals(topics("tag:romance", "author:作者乙", "work:clue")).forbids(works["blade"])
    assert Refusals(topics("work:rose")).forbidden(SHELF) == {works["rose"].pk}
    assert not Refusals([])


def test_what_is_taken_back_here_is_left_out():
    taste = Taste(likes=topics("tag:war"), dislikes=topics("tag:harem"), level="n5")
    wish = laid(taste, dismissed={WishPart.parse("taste:likes:tag:war"), WishPart.parse("taste:level:level")})
    assert wish.taste == {"dislikes": ["tag:harem"]}


def test_an_edition_in_ones_language_counts_for_who_reads_little_japanese():
    assert "edition" not in laid(Taste(level="n1")).taste
    assert "edition" not in laid(Taste(level="none"), language="ja").taste
    index = features_of(SHELF)
    row = index.row["field"]
    lean = [TasteScorer(laid(Taste(level=level)), index).column()[row] for level in ("none", "n4", "n3", "n2")]
    assert lean == sorted(lean, reverse=True)
    assert lean[0] > lean[-1] == 0


def test_a_greeting_needs_no_books_however_well_the_reader_is_known():
    taste = Taste(likes=topics("tag:war"))
    assert laid(taste, "안녕하세요", asks=False).is_vague
    assert not laid(taste, "추천해 주세요").is_vague
    assert laid(Taste(dislikes=topics("tag:war")), "추천해 주세요").is_vague


def test_works_that_left_the_shelf_break_nothing():
    taste = Taste(
        likes=topics("work:gone"),
        dislikes=topics("work:gone"),
        wants=("gone",),
        not_for=("gone",),
        never=topics("work:gone"),
    )
    assert order(laid(taste)) == order(laid(Taste()))


@pytest.mark.parametrize(
    ("language", "wish", "dismissed", "reads"),
    [
        ("ko", Wish(), (), "ko"),
        ("en", Wish(), (), "en"),
        ("ja", Wish(), (), ""),
        ("ko", Wish(edition="ko"), (), ""),
        ("ko", Wish(taste={"level": "n1"}), (), ""),
        ("ko", Wish(), [WishPart("taste", "level:level")], ""),
    ],
)
def test_one_language_is_read_unless_more_is_known(language, wish, dismissed, reads):
    assert reads_only(wish, language, dismissed) == reads
