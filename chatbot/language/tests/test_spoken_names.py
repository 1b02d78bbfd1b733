"""Works found by names that no row has, and questions on works that nobody named."""

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand
from chatbot.text.transliteration import in_hangul, in_kana, in_other_letters, in_romaji

SHELF = shipped_shelf()


def read(text, language, dialogue=None):
    return read_acts(text, dialogue or Dialogue(), SHELF, understand([text], SHELF, language), language)


@pytest.mark.parametrize(
    ("romaji", "hangul", "kana"),
    [("oregairu", "오레가이루", "おれがいる"), ("hyouka", "효카", "ひょうか"), ("gakkou", "갓코", "がっこう")],
)
def test_romaji_is_written_in_other_letters(romaji, hangul, kana):
    assert hangul in in_hangul(romaji)
    assert in_kana(romaji) == kana


def test_kana_is_written_in_romaji_and_hangul():
    assert in_romaji("とんスキ") == "tonsuki"
    assert "톤스키" in in_other_letters("とんスキ", 4, 4, 3)
    assert in_other_letters("薬屋", 4, 4, 3) == set()
    assert in_other_letters("Shield", 4, 4, 3) == set()


@pytest.mark.parametrize(
    ("language", "text", "slug"),
    [
        ("ko", "요우지츠 몇 권까지 나왔어?", "classroom-of-the-elite"),
        ("ko", "무쇼쿠 같은 거 추천해줘", "mushoku-tensei"),
        ("ko", "무직 전생 26권 재밌게 봤어요", "mushoku-tensei"),
        ("en", "anything like overlrod?", "overlord"),
        ("en", "something like tate no yusha", "tate-no-yuusha"),
        ("en", "i loved rascal does not dream", "aobuta"),
        ("en", "how many volumes does the slime one have?", "tensei-slime"),
        ("ja", "ようじょせんきは何巻まで？", "youjo-senki"),
        ("ja", "この素晴らしい世界にみたいな作品ありますか", "konosuba"),
    ],
)
def test_a_work_is_found_however_it_is_named(language, text, slug):
    named = understand([text], SHELF, language).names_works
    assert slug in {*named, *read(text, language).works}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "마지막으로 하나만 물어볼게요"),
        ("ko", "그리고 작가가 누구야?"),
        ("ko", "어떤 순서로 읽어야 해?"),
        ("en", "summoned to another world, please"),
        ("en", "and who wrote it?"),
        ("ja", "ロボットものはないでしょうか"),
        ("ja", "それと作者は誰ですか"),
    ],
)
def test_ordinary_words_name_nothing(language, text):
    turn, wish = read(text, language), understand([text], SHELF, language)
    assert not turn.works
    assert not wish.names_works
    assert not wish.unknown_titles
    assert not any("unknown" in part.detail for part in turn.parts)


@pytest.mark.parametrize(
    ("language", "question", "asked", "name", "slug"),
    [
        ("ko", "애니가 소설 몇 권까지예요?", Question.AFTER_ANIME, "오버로드요", "overlord"),
        ("en", "how many volumes are there?", Question.VOLUMES, "the slime one", "tensei-slime"),
        ("ja", "何巻までありますか？", Question.VOLUMES, "リゼロです", "re-zero"),
    ],
)
def test_a_question_on_nothing_waits_for_a_name(language, question, asked, name, slug):
    turn = read(question, language)
    assert [(part.act, part.works) for part in turn.parts] == [(Act.ABOUT, ())]
    answered = read(name, language, Dialogue(acts=(Act.ABOUT,), waiting=turn.parts))
    assert [(part.act, part.works) for part in answered.parts] == [(Act.ABOUT, (slug,))]
    assert asked in answered.parts[0].questions


@pytest.mark.parametrize(
    ("language", "question", "name"),
    [
        ("ko", "작가가 누구야?", "달빛정원사요"),
        ("en", "who wrote it?", "Moonlit Gardener"),
        ("ja", "作者は誰？", "銀の庭師"),
    ],
)
def test_a_name_nobody_knows_is_said_to_be_missing(language, question, name):
    waiting = read(question, language).parts
    assert [(part.act, part.works) for part in waiting] == [(Act.AUTHOR, ())]
    (part,) = read(name, language, Dialogue(acts=(Act.AUTHOR,), waiting=waiting)).parts
    assert part.detail["unknown"] == name.removesuffix("요")


def test_a_wish_after_a_question_back_is_a_wish():
    waiting = read("몇 권까지 있어요?", "ko").parts
    turn = read("하렘 없는 로맨스 추천해줘", "ko", Dialogue(acts=(Act.ABOUT,), waiting=waiting))
    assert turn.acts == (Act.RECOMMEND,)


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        ("ko", "달빛정원사랑 오버로드 몇 권이야?", "달빛정원사"),
        ("en", "how many volumes do Tower of Dawn and Overlord have?", "Tower of Dawn"),
        ("ja", "月夜の庭師とオーバーロードは何巻まで？", "月夜の庭師"),
    ],
)
def test_a_title_beside_a_work_of_the_shelf_is_not_passed_over(language, text, title):
    (part,) = read(text, language).parts
    assert part.works == ("overlord",)
    assert part.detail["unknown"] == title
