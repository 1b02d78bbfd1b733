"""What is asked to be in a work, by words that no tag is called by. Read by the rules alone."""

import pytest

from chatbot.catalogue.snapshot import CatalogueSnapshot
from chatbot.catalogue.tests.factories import labels, make_work
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.asking import asked, traits
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

pytestmark = pytest.mark.usefixtures("rules_alone")

SHELF = CatalogueSnapshot(
    1,
    (
        make_work("wolf", titles={"ko": "늑대의 장부", "en": "The Wolf Ledger", "ja": "狼の帳簿"}),
        make_work("funny", titles={"ko": "우울한 마녀", "en": "A Dark Comedy of Romance", "ja": "暗い塔の魔法"}),
        make_work("another", titles={"en": "Cooking in Another Town"}),
    ),
    labels(),
)


def read(text, language):
    return read_acts(text, Dialogue(), SHELF, understand([text], SHELF, language), language)


@pytest.mark.parametrize(
    ("language", "text", "tags"),
    [
        ("en", "is The Wolf Ledger scary?", {"horror"}),
        ("en", "how much fighting is there in The Wolf Ledger", {"action"}),
        ("en", "does the hero of The Wolf Ledger get a girlfriend?", {"romance"}),
        ("en", "Is there any romance in The Wolf Ledger, yes or no?", {"romance"}),
        ("en", "is the mc of The Wolf Ledger op?", {"overpowered"}),
        ("ko", "늑대의 장부 무서워?", {"horror"}),
        ("ko", "늑대의 장부 전투 많아?", {"action"}),
        ("ko", "늑대의 장부 주인공 여자친구 생겨?", {"romance"}),
        ("ko", "늑대의 장부 주인공 세?", {"overpowered"}),
        ("ko", "늑대의 장부 여주 똑똑해?", {"genius"}),
        ("ja", "『狼の帳簿』は怖いですか", {"horror"}),
        ("ja", "『狼の帳簿』は戦闘多い?", {"action"}),
        ("ja", "『狼の帳簿』の主人公に彼女はできますか", {"romance"}),
    ],
)
def test_a_question_of_what_is_in_a_named_work_asks_after_its_tags(language, text, tags):
    turn = read(text, language)
    assert not turn.wishes
    assert turn.works == ("wolf",)
    held = {tag for part in turn.parts for tag in part.detail.get("tags", ())}
    assert tags <= held
    assert any(Question.CONTENT in part.questions for part in turn.parts)


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        ("is it episodic?", "episodic"),
        ("does it have one big plot?", "episodic"),
        ("옴니버스야?", "episodic"),
        ("一話完結ですか", "episodic"),
        ("isn't that for girls?", "meant-for"),
        ("여자애들용이야?", "meant-for"),
        ("女の子向けですか", "meant-for"),
        ("what's the tone like?", "mood"),
        ("분위기 어때?", "mood"),
        ("여주 몇 명이야?", "cast"),
        ("ヒロイン多い?", "cast"),
    ],
)
def test_what_no_tag_tells_is_a_trait(text, trait):
    assert traits.traits_in(text) == [trait]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Is A Dark Comedy of Romance finished?"),
        ("ko", "우울한 마녀 완결났어?"),
        ("ja", "『暗い塔の魔法』は完結していますか"),
    ],
)
def test_the_words_of_a_title_ask_after_nothing(language, text):
    (part,) = read(text, language).parts
    assert (part.works, part.questions) == (("funny",), (Question.STATUS,))
    assert asked.tags_in(text, SHELF) == []


def test_another_in_a_title_asks_for_no_other_book():
    turn = read("how much fighting is there in Cooking in Another Town", "en")
    assert (turn.acts, turn.works) == ((Act.ABOUT,), ("another",))


@pytest.mark.parametrize("text", ["something scary please", "무서운 거 추천해줘", "怖いやつを教えて"])
def test_a_wish_stays_a_wish(text):
    assert read(text, "en").wishes


@pytest.mark.parametrize(
    ("language", "text", "season"),
    [
        ("en", "which volumes did season 2 of The Wolf Ledger adapt", 2),
        ("ko", "늑대의 장부 애니 2기는 몇 권까지야", 2),
        ("ja", "狼の帳簿の2期は何巻から何巻まで?", 2),
    ],
)
def test_how_far_a_season_goes_is_asked_by_its_volumes(language, text, season):
    (part,) = read(text, language).parts
    assert Question.AFTER_ANIME in part.questions
    assert part.detail["season"] == season


@pytest.mark.parametrize(
    "text", ["늑대의 장부 2기는 몇 권까지고 극장판은 몇 권이야", "狼の帳簿の2期は何巻まで?映画は何巻?"]
)
def test_a_film_is_no_title_that_is_missing(text):
    assert not any("unknown" in part.detail for part in read(text, "ko").parts)


@pytest.mark.parametrize(
    ("text", "volume"), [("what happens in volume 7?", 7), ("7권 무슨 내용이야?", 7), ("7巻はどんな話?", 7)]
)
def test_one_volume_is_asked_of_by_its_number(text, volume):
    assert asked.volume_in(text) == volume
    assert asked.volume_in("what is it about? 무슨 내용이야? どんな話?") is None
