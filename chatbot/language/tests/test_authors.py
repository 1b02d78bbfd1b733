"""Authors as readers call them, and what is wanted of them: their own books, the like of them, none of theirs."""

import json

import pytest

from chatbot.catalogue.loading import NOVELS
from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, ActPart, Dialogue
from chatbot.language.names import authors
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes import author_wishes
from chatbot.language.wishes.digest import digest
from chatbot.language.wishes.wish import understand
from chatbot.language.words.vocabulary import vocabulary


def shipped(row):
    names = {"ko": row["authors_ko"], "en": row["authors_en"], "ja": row["authors"]}
    return make_work(row["slug"], row["tags"], titles=row["titles"], names=row["names"], renown=row["renown"],
                     synopses=row["synopsis"], authors=row["authors"], author_names=names)  # fmt: skip


SHELF = make_catalogue(*(shipped(json.loads(line)) for line in NOVELS.read_text(encoding="utf-8").splitlines()))
WORDS = vocabulary(SHELF)
NISIO, KAWAHARA, TANAKA, HASEKURA = "西尾維新", "川原礫", "田中芳樹", "支倉凍砂"
NOTHING_SAID = Dialogue()
OF_NISIO = Dialogue((), ("katanagatari",), (Act.ABOUT,))
LIKES_NISIO = Dialogue(
    ("spice-and-wolf", "toradora"), ("spice-and-wolf", "toradora"), (Act.RECOMMEND,), liked=("katanagatari",)
)


def called(text):
    return [one.authors for one in authors.called(text, WORDS)]


def parts(text, language, dialogue=NOTHING_SAID):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language).parts


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("니시오 거 추천해줘", NISIO),
        ("가와하라 책 뭐 있음?", KAWAHARA),
        ("하세쿠라가 쓴 책", HASEKURA),
        ("西尾 거 추천", NISIO),
        ("something by Kawahara", KAWAHARA),
        ("got any Nisio?", NISIO),
        ("what else did hasekura write", HASEKURA),
        ("anything by 西尾?", NISIO),
        ("森見の他のやつ", "森見登美彦"),
        ("支倉さんの他の本ある？", HASEKURA),
        ("니시오の他の作品", NISIO),
        ("川原礫は抜きで", KAWAHARA),
    ],
)
def test_an_author_is_called_by_half_a_name_in_any_letters(text, author):
    assert called(text) == [(author,)]


@pytest.mark.parametrize(
    "text",
    [
        "유키 같은 여주 나오는 로맨스",
        "하야시라이스 나오는 요리물",
        "나츠키라는 여주 나오는 책 있어?",
        "a story about a sailor named Ono",
        "something with a girl called Yuki",
        "月夜の話が読みたい",
        "林の中の家の話",
        "主人公最強で明るいノリのやつ",
        "この作家の本",
    ],
)
def test_a_name_of_a_hero_or_a_word_is_no_author(text):
    assert called(text) == []


def test_of_a_name_that_several_have_all_are_meant_unless_the_talk_is_of_one():
    (several,) = called("다나카 작가 책 추천")
    assert several[0] == TANAKA
    assert len(several) > 2
    assert [one.authors for one in authors.called("다나카 작가 책 추천", WORDS, (TANAKA,))] == [(TANAKA,)]


@pytest.mark.parametrize(
    ("text", "language"),
    [("다나카 작가 책 추천해줘", "ko"), ("something by Tanaka", "en"), ("田中作品のおすすめ", "ja")],
)
def test_of_a_name_that_several_have_it_is_asked_which_and_the_answer_is_understood(text, language):
    (part,) = parts(text, language)
    assert part.act is Act.AUTHOR
    assert TANAKA in part.detail["namesakes"]
    waiting = Dialogue(acts=(Act.AUTHOR,), waiting=(part,))
    answer = {"ko": "요시키요", "en": "Yoshiki", "ja": "芳樹のほう"}[language]
    assert parts(answer, language, waiting) == (ActPart(Act.RECOMMEND, answer, detail={"by": [TANAKA]}),)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("카타나가타리 같은 거 추천해줘 근데 니시오 이신 작품 말고", "ko"),
        ("Nisio는 질렸어. 두뇌싸움 나오는 거 추천", "ko"),
        ("something like Katanagatari but not by Nisio", "en"),
        ("sick of nisioisin, give me a mystery", "en"),
        ("西尾維新はもう飽きた。頭脳戦ものを教えて", "ja"),
        ("西尾作品じゃないミステリ", "ja"),
    ],
)
def test_an_author_who_is_named_is_refused(text, language):
    wish = understand([text], SHELF, language)
    assert (wish.not_by, wish.authors) == ([NISIO], [])


@pytest.mark.parametrize("dialogue", [OF_NISIO, LIKES_NISIO])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("그 작가 거 말고", "ko"),
        ("다른 작가 걸로 줘", "ko"),
        ("other than this author please", "en"),
        ("not the same author tho", "en"),
        ("something similar but not by him", "en"),
        ("同じ作者以外で", "ja"),
        ("この作者のは除いて", "ja"),
        ("別の作者でお願い", "ja"),
    ],
)
def test_an_author_who_is_only_pointed_at_is_refused(text, language, dialogue):
    (part,) = parts(text, language, dialogue)
    assert (part.act, part.detail["not_by"], part.detail["renewed"]) == (Act.RECOMMEND, [NISIO], True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("이 작가 다른 책 추천해줘", "ko"),
        ("그분 다른 책 볼만한 거 줘", "ko"),
        ("recommend more by this author", "en"),
        ("more by him?", "en"),
        ("同じ作者の他のおすすめは？", "ja"),
        ("この作家の本、もっと読みたいな", "ja"),
    ],
)
def test_other_books_of_an_author_are_chosen_where_that_is_asked(text, language):
    (part,) = parts(text, language, OF_NISIO)
    assert (part.act, part.detail) == (Act.RECOMMEND, {"by": [NISIO], "besides": ["katanagatari"]})


@pytest.mark.parametrize(
    ("text", "language"),
    [("이 작가 다른 작품도 있어?", "ko"), ("did they write anything else?", "en"), ("作者は他に何を書いてる？", "ja")],
)
def test_what_an_author_wrote_is_told_where_only_that_is_asked(text, language):
    assert [part.act for part in parts(text, language, OF_NISIO)] == [Act.AUTHOR]


@pytest.mark.parametrize(
    ("text", "by", "like"),
    [
        ("니시오 이신 책 추천해줘", (NISIO,), ()),
        ("니시오 이신 같은 작가 없어?", (), (NISIO,)),
        ("something by Nisioisin", (NISIO,), ()),
        ("books like the works of Nisioisin", (), (NISIO,)),
        ("西尾維新の本", (NISIO,), ()),
        ("西尾維新みたいな作家", (), (NISIO,)),
    ],
)
def test_whose_books_are_wanted_is_told_from_whose_like_is(text, by, like):
    wanted = author_wishes.read(text, WORDS)
    assert (wanted.by, wanted.like) == (by, like)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("니시오 이신은 다시는 추천하지 마", "ko"),
        ("never recommend anything by Kawahara again", "en"),
        ("西尾維新は二度と勧めないで", "ja"),
    ],
)
def test_an_author_refused_for_good_is_a_taste(text, language):
    assert [part.act for part in parts(text, language)] == [Act.TASTE]


def test_a_refusal_holds_for_the_next_wish_until_that_author_is_asked_for():
    wish = understand(["카타나가타리 같은 거, 니시오 이신 말고", "로맨스 추천해줘"], SHELF, "ko")
    assert (wish.not_by, wish.required) == ([NISIO], ["romance"])
    assert understand(["니시오 이신 말고 미스터리", "니시오 이신 책 추천해줘"], SHELF, "ko").not_by == []


def test_a_long_text_of_names_costs_no_more_than_its_digest():
    text = " ".join(["니시오 거 말고 by Kawahara 森見の他の"] * 100)
    assert len(authors.called(digest(text, WORDS).text, WORDS)) < 100


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("니시오 이신 문체랑 비슷한 작가 있음?", "ko"),
        ("니시오 이신처럼 글맛 진한 요즘 작가", "ko"),
        ("any newer author whose prose is like nisioisin's?", "en"),
        ("somebody with a writing style similar to Nisioisin", "en"),
        ("西尾維新の文体に似てる作家", "ja"),
        ("西尾維新あたりの文体が好き、最近の作家で近い人いる?", "ja"),
    ],
)
def test_who_wants_others_who_write_alike_gets_none_of_their_own_books(text, language):
    (part,) = parts(text, language)
    assert part.act is Act.RECOMMEND
    assert part.detail["not_by"] == [NISIO]
    assert [*SHELF.by_slug[part.works[0]].authors] == [NISIO]


@pytest.mark.parametrize(("text", "language"), [("古橋秀之の文体に似てる作家", "ja")])
def test_who_is_not_here_is_no_work_of_the_conversation(text, language):
    parts_of_it = parts(text, language, OF_NISIO)
    assert not any(part.act is Act.AUTHOR or "katanagatari" in part.works for part in parts_of_it)
