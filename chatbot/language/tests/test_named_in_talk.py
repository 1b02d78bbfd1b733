"""Which work a turn in the middle of a talk means, and which it says were read, as readers type in a hurry."""

import pytest

from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

PICKS = ("the-genius-princes-guide", "spice-and-wolf", "gods-games-we-play")
COOKING = ("restaurant-to-another-world", "campfire-cooking-in-another-world", "kuma-kuma-kuma-bear")


@pytest.fixture(scope="module")
def shelf():
    return shipped_shelf()


def parts_of(text, language, shelf, dialogue):
    wish = understand([text], shelf, language, last_picks=dialogue.last_picks)
    return read_acts(text, dialogue, shelf, wish, language).parts


def after_picks(*picks):
    return Dialogue(picks, picks, (Act.RECOMMEND,))


def works_of(act, parts):
    return [set(part.works) for part in parts if part.act is act]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("늑향은 아는거고 첫번째거 완결임?", "ko"),
        ("늑향은 아는 거니까 첫번째거 완결임?", "ko"),
        ("늑향은 읽은 거고 첫 번째 거 완결났나요?", "ko"),
        ("spice and wolf I know, is the first one finished?", "en"),
        ("狼と香辛料は知ってるので、1つ目は完結してる？", "ja"),
    ],
)
def test_a_place_is_asked_of_beside_a_work_that_is_known(text, language, shelf):
    assert {"the-genius-princes-guide"} in works_of(Act.ABOUT, parts_of(text, language, shelf, after_picks(*PICKS)))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ok restaurant one. do u need to read them in order", "en"),
        ("restaurant one, do i have to read them in any order?", "en"),
    ],
)
def test_them_are_the_volumes_of_the_one_just_named(text, language, shelf):
    parts = parts_of(text, language, shelf, after_picks(*COOKING))
    assert works_of(Act.ABOUT, parts) == [{COOKING[0]}]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("do I need to read these in order?", "en"),
        ("who wrote the bear one?", "en"),
    ],
)
def test_what_is_asked_of_others_is_left(text, language, shelf):
    parts = parts_of(text, language, shelf, after_picks(*COOKING))
    assert parts
    assert all(COOKING[0] not in part.works or len(part.works) > 1 for part in parts)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("오 그거 좋네요 몇권이에요?", "ko"),
        ("그거 애니도 있나요?", "ko"),
        ("oh nice, is it finished?", "en"),
        ("それって何巻まで？", "ja"),
    ],
)
def test_it_is_the_one_offered_after_others_were_asked_of(text, language, shelf):
    before = Dialogue((PICKS[0],), PICKS[1:], (Act.ABOUT, Act.RECOMMEND))
    assert works_of(Act.ABOUT, parts_of(text, language, shelf, before)) == [{PICKS[0]}]
    asked = Dialogue((PICKS[0],), PICKS[1:], (Act.ABOUT,))  # and of those asked of where nothing was offered
    assert works_of(Act.ABOUT, parts_of(text, language, shelf, asked)) == [{*PICKS[1:]}]


@pytest.mark.parametrize(
    "text", ["which is longer and scarier, raven or ameku", "ok so which one is longer, raven or ameku?"]
)
def test_two_are_held_against_each_other_behind_a_comma(text, shelf):
    picks = ("hyakkakyuu-no-osoujigakari", "yatagarasu", "ameku-takao")
    before = Dialogue(picks, ("raven-of-the-inner-palace", "ameku-takao"), (Act.ABOUT,))
    assert works_of(Act.COMPARE, parts_of(text, "en", shelf, before)) == [{"raven-of-the-inner-palace", "ameku-takao"}]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what about bookworm something, ascendence?", "en"),
        ("what about bookworm something?", "en"),
        ("책벌레 뭐시기 그건 어때요?", "ko"),
        ("本好きなんとかはどう？", "ja"),
    ],
)
def test_a_title_is_known_by_the_word_that_is_remembered(text, language, shelf):
    parts = parts_of(text, language, shelf, after_picks("management-of-a-novice-alchemist"))
    assert "honzuki-no-gekokujou" in {slug for part in parts for slug in part.works}


@pytest.mark.parametrize("text", ["something with books", "give me something funny", "anything like that or something"])
def test_something_alone_names_nothing(text, shelf):
    parts = parts_of(text, "en", shelf, after_picks("management-of-a-novice-alchemist"))
    assert "honzuki-no-gekokujou" not in {slug for part in parts for slug in part.works}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("용돈 없어서 전자책 있는지도..", "ko"),
        ("코노하 여장작가?", "ko"),
        ("노겜노라랑 비교하면 어때", "ko"),
        ("45 books is insane. whats the english count?", "en"),
        ("my sister is picky. and who draws it", "en"),
        ("あと友崎って今何巻？", "ja"),
        ("お金ないから電子版ある？", "ja"),
    ],
)
def test_what_leads_up_to_a_question_is_no_title(text, language, shelf):
    before = Dialogue((), ("spice-and-wolf",), (Act.ABOUT,))
    assert not [part for part in parts_of(text, language, shelf, before) if "unknown" in part.detail]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("is zankyouki any good?", "en"),
        ("who wrote Moonlit Tailors?", "en"),
        ("달빛의 재봉사 작가 누구야?", "ko"),
        ("月夜の仕立屋は何巻までありますか", "ja"),
    ],
)
def test_a_title_that_is_not_here_is_still_said_back(text, language, shelf):
    before = Dialogue((), ("spice-and-wolf",), (Act.ABOUT,))
    assert [part for part in parts_of(text, language, shelf, before) if "unknown" in part.detail]


@pytest.mark.parametrize(
    ("text", "language", "works"),
    [
        ("友崎くんは何巻まで？", "ja", {"jaku-chara-tomozaki-kun"}),
        ("友崎は何巻まで？", "ja", {"jaku-chara-tomozaki-kun"}),
        ("負けインは何巻まで？", "ja", {"too-many-losing-heroines"}),
        ("妖怪アパートは何巻まで？", "ja", {"youkai-apartment"}),
        ("비공사 몇권이야?", "ko", {"toaru-hikuushi-e-no-tsuioku"}),
        ("바시소 몇 권이야?", "ko", {"baka-to-test"}),
        ("전생슬 몇 권이야?", "ko", {"tensei-slime"}),
    ],
)
def test_short_names_of_well_known_works(text, language, works, shelf):
    assert works_of(Act.ABOUT, parts_of(text, language, shelf, Dialogue())) == [works]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("check english for those 3", "en"),
        ("please check if there's an english edition of those three", "en"),
        ("그 세 권 한국어판 있는지 확인해줘", "ko"),
        ("その3冊の日本語版があるか確認して", "ja"),
    ],
)
def test_an_edition_is_asked_of_all_three(text, language, shelf):
    parts = parts_of(text, language, shelf, after_picks(*PICKS))
    assert [set(part.works) for part in parts if Question.EDITION in part.questions] == [{*PICKS}]


READ_LISTS = [
    ("禁書・ハルヒ・キノ・狼と香辛料・86は読了済", "ja",
     {"toaru-majutsu-no-index", "haruhi-suzumiya", "kino-no-tabi", "spice-and-wolf", "86-eighty-six"}),
    ("ハルヒ、キノ、86は全部読んだ", "ja", {"haruhi-suzumiya", "kino-no-tabi", "86-eighty-six"}),
    ("秋山瑞人はイリヤもEGコンバットも全部", "ja", {"iriya-no-sora"}),
    ("키노, 성계, 바시소 다 읽음", "ko", {"kino-no-tabi", "crest-of-the-stars", "baka-to-test"}),
    ("은영전 성계 읽음", "ko", {"legend-of-the-galactic-heroes", "crest-of-the-stars"}),
    ("키노 하루히 다 읽음", "ko", {"kino-no-tabi", "haruhi-suzumiya"}),
    ("read baccano kino 86", "en", {"baccano", "kino-no-tabi", "86-eighty-six"}),
    ("already read kino, baccano, 86", "en", {"baccano", "kino-no-tabi", "86-eighty-six"}),
    ("Already read Spice and Wolf, Baccano, 86, Kino", "en",
     {"spice-and-wolf", "baccano", "kino-no-tabi", "86-eighty-six"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "works"), READ_LISTS)
def test_all_of_a_list_are_read(text, language, works, shelf):
    parts = parts_of(text, language, shelf, Dialogue())
    read = [part for part in parts if part.detail.get("state") == "read"]
    assert {slug for part in read for slug in part.works} >= works


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("금서를 훔치는 도서관 이야기", "ko"),
        ("성계를 떠도는 우주선 이야기 추천", "ko"),
        ("a spice merchant in a kino", "en"),
        ("read some slime in school", "en"),
    ],
)
def test_everyday_words_are_no_names(text, language, shelf):
    assert not [part for part in parts_of(text, language, shelf, Dialogue()) if part.act is Act.VERDICT]
