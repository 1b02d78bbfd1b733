"""Questions are about what they name: a title nobody here knows, a work that is told of, several of the last list, an
author; and what is asked in unknown words asks for no synopsis."""

import pytest

from chatbot.catalogue.snapshot import CatalogueSnapshot
from chatbot.catalogue.tests.factories import labels, make_work, shipped_shelf
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.asking.asked import topics_in
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand
from chatbot.text.cleaning import language_of

SHELF = CatalogueSnapshot(
    1,
    (
        make_work("wolf", titles={"ko": "늑대와 상인", "en": "Wolf and Merchant", "ja": "狼と商人"}),
        make_work("tower", tags=("female-lead",), titles={"ko": "탑의 기록자", "en": "Tower Clerk", "ja": "塔の書記"}),
        make_work("lamp", tags=("horror",), titles={"ko": "등불의 서고", "en": "Lamp Library", "ja": "灯の書庫"}),
    ),
    labels(),
)
SLUGS = ("wolf", "tower", "lamp")
OFFERED = Dialogue(last_picks=SLUGS, spoken=SLUGS, acts=(Act.RECOMMEND,))
ASKED = Dialogue(last_picks=("tower",), spoken=("tower",), acts=(Act.ABOUT,))


def parts_of(text, language, dialogue=OFFERED):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language).parts


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("나 혼자만 레벨업은 라노벨이에요?", "ko", "나 혼자만 레벨업"),
        ("달빛정원 연대기도 있어요?", "ko", "달빛정원 연대기"),
        ("is Solo Leveling a light novel?", "en", "Solo Leveling"),
        ("do you also have Moonlit Gardener Chronicle?", "en", "Moonlit Gardener Chronicle"),
        ("夏目漱石ってラノベじゃないよね？", "ja", "夏目漱石"),
        ("月光の庭師もラノベですか？", "ja", "月光の庭師"),
    ],
)
def test_a_title_that_is_asked_about_is_none_of_the_works_offered(text, language, title):
    (part,) = parts_of(text, language)
    assert (part.act, part.works, part.detail["unknown"]) == (Act.ABOUT, (), title)


@pytest.mark.parametrize(
    ("text", "language"),
    [("다른 작품도 있어요?", "ko"), ("do you have any other novels?", "en"), ("他の作品もあります？", "ja")],
)
def test_what_is_no_title_is_not_taken_for_one(text, language):
    assert not any("unknown" in part.detail for part in parts_of(text, language))


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("숲지기랑 소금 나오는 거 작가가 누구예요?", "ko", "숲지기랑 소금 나오는"),
        ("who wrote the ones with the forester and the salt?", "en", "forester and the salt"),
        ("塩と森番の話って誰が書いたの？", "ja", "塩と森番"),
    ],
)
def test_who_wrote_a_work_that_is_told_of_is_asked_of_that_work(text, language, said):
    (part,) = parts_of(text, language, Dialogue())
    assert (part.act, part.detail["described"]) == (Act.AUTHOR, said)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("그 중에 여자가 주인공인 거 있어?", "ko"),
        ("which of these has a woman as the lead?", "en"),
        ("この中で女の人が主人公なのはどれ？", "ja"),
    ],
)
def test_which_of_the_last_list_has_something_is_asked_of_that_list(text, language):
    (part,) = parts_of(text, language)
    assert (part.act, part.works) == (Act.COMPARE, SLUGS)
    assert part.detail == {"by": ["female-lead"], "has": True}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("탑의 기록자는 그 왕립학회 소동이랑 상관 있지 않음?", "ko"),
        ("is Tower Clerk connected to the royal society business somehow?", "en"),
        ("塔の書記は例の王立協会の件と関係あるんですか？", "ja"),
    ],
)
def test_what_is_asked_in_unknown_words_is_no_request_for_the_synopsis(text, language):
    questions = {one for part in parts_of(text, language, Dialogue()) for one in part.questions}
    assert Question.OVERVIEW not in questions


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("외전도 포함해서 20권이야?", "ko", "counted"),
        ("does that include the side stories?", "en", "counted"),
        ("短編集も含めて20巻？", "ja", "counted"),
        ("몇 부까지 있어요?", "ko", "parts"),
        ("how many parts are there?", "en", "parts"),
        ("2年生編は出てる？", "ja", "parts"),
        ("이북이랑 종이책 중에 뭐가 나아?", "ko", "medium"),
        ("should I get the paperback or the ebook?", "en", "medium"),
        ("電子と紙、どっちがいい？", "ja", "medium"),
        ("톨스토이 팬이 좋아할까?", "ko", "fans"),
        ("would a Tolstoy fan like it?", "en", "fans"),
        ("漱石ファンにも合うかな？", "ja", "fans"),
    ],
)
def test_what_no_column_says_is_asked_of_the_work_spoken_of(text, language, topic):
    assert topic in topics_in(text)
    (part,) = parts_of(text, language, ASKED)
    assert (part.act, part.works) == (Act.ABOUT, ("tower",))


def test_somebody_in_the_story_is_no_title():
    (part,) = parts_of("does berthold end up with the clerk?", "en", ASKED)
    assert (part.act, part.works) == (Act.ABOUT, ("tower",))
    assert "unknown" not in part.detail


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("塔の書記 — is it finished, and who drew it?", "en"),
        ("how many volumes of 本の塔", "en"),
        ("Do You Love Your Mom 몇 권?", "ko"),
        ("Is It Wrong to Pick Up Girls 完結した？", "ja"),
    ],
)
def test_a_title_in_another_script_is_answered_in_the_language_of_the_question(text, language):
    assert language_of(text, default="xx") == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("그거 말고 같은 작가가 쓴 다른 거 있어?", "ko"),
        ("탑의 기록자 작가 책 다른 거 뭐 있어?", "ko"),
        ("got another one by the guy who wrote Tower Clerk?", "en"),
        ("それ以外で、同じ作者の別のやつある?", "ja"),
    ],
)
def test_other_books_of_an_author_are_asked_after_and_no_like_ones_wished_for(text, language):
    (part,) = parts_of(text, language, ASKED)
    assert (part.act, part.works) == (Act.AUTHOR, ("tower",))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("같은 작가 다른 책 추천해줘", "ko"),
        ("something else by the same author please", "en"),
        ("recommend me other books by that author", "en"),
        ("塔の書記の作者の別のシリーズが読みたい", "ja"),
        ("同じ人の別の本が読みたいな", "ja"),
    ],
)
def test_other_books_of_an_author_are_chosen_where_they_are_asked_for(text, language):
    (part,) = parts_of(text, language, ASKED)
    assert part.act is Act.RECOMMEND
    assert part.detail == {"by": ["towerの作者"], "besides": ["tower"]}


@pytest.mark.parametrize(
    ("text", "language", "work"),
    [
        ("기록자, 몇 권까지 나왔어요?", "ko", "tower"),
        ("두 번째 것만. 몇 권이야?", "ko", "tower"),
        ("sorry, just clerk. how many volumes is it?", "en", "tower"),
        ("tower clerk. how many volumes?", "en", "tower"),
        ("灯の書庫、何巻まで?", "ja", "lamp"),
        ("書庫だけ聞いたつもりでした。何巻まで?", "ja", "lamp"),
    ],
)
def test_a_question_behind_half_a_name_is_of_that_one_work(text, language, work):
    asked = [part for part in parts_of(text, language) if part.act is Act.ABOUT]
    assert [(part.works, part.questions) for part in asked] == [((work,), (Question.VOLUMES,))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("토라도라처럼 해피엔딩이야?", "ko"),
        ("토라도라만큼 슬퍼?", "ko"),
        ("토라도라보다 재밌어?", "ko"),
        ("does it end happily like Toradora did?", "en"),
        ("is it as sad as Toradora?", "en"),
        ("とらドラみたいにハッピーエンド？", "ja"),
        ("とらドラほど泣ける？", "ja"),
    ],
)
def test_a_book_that_another_is_held_against_is_not_asked_about(text, language):
    shelf = shipped_shelf()
    dialogue = Dialogue((), ("oregairu",), (Act.ABOUT,))
    turn = read_acts(text, dialogue, shelf, understand([text], shelf, language), language)
    assert turn.works == ("oregairu",)
