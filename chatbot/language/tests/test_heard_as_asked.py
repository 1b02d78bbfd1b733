"""What is asked is heard as asked: two titles with "vs" between them, an illustrator's books, an author named in brackets,
a count of books that is no title."""

import json

import pytest

from chatbot.catalogue.loading import NOVELS, load_catalogue
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.language.acts import Act, Dialogue, Question
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

SLUGS = ("hell-mode", "evil-lord-of-an-intergalactic-empire", "sora-no-kane", "the-hentai-prince-and-the-stony-cat",
         "tate-no-yuusha", "tensei-slime", "my-sister-the-heroine")  # fmt: skip
AFTER_PICKS = Dialogue(last_picks=("tensei-slime",), spoken=("tensei-slime",), acts=(Act.RECOMMEND,))


@pytest.fixture
def catalogue(db, tmp_path):
    rows = NOVELS.read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if json.loads(row)["slug"] in SLUGS]
    (tmp_path / "novels.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")
    load_catalogue(tmp_path / "novels.jsonl")


def parts_of(text, language, dialogue=AFTER_PICKS):
    catalogue = current_catalogue()
    return read_acts(text, dialogue, catalogue, understand([text], catalogue, language), language).parts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("아니 답을 안하네;; 악덕영주 vs 헬모드 ㄱㄹㄱ", "ko"),
        ("악덕영주 vs 헬모드 ㄱㄹㄱ", "ko"),
        ("ヘルモード vs 悪徳領主 どっち", "ja"),
        ("hell mode vs evil lord of an intergalactic, pick one", "en"),
    ],
)
def test_two_titles_against_each_other_are_compared(catalogue, text, language):
    part = next(one for one in parts_of(text, language) if one.act is Act.COMPARE)
    assert {*part.works} == {"hell-mode", "evil-lord-of-an-intergalactic-empire"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("칸토쿠가 그린 라노벨 뭐뭐 있어요?", "ko"),
        ("カントクが描いたラノベって何がある？", "ja"),
        ("what light novels did kantoku illustrate?", "en"),
    ],
)
def test_what_an_illustrator_drew_is_looked_for(catalogue, text, language):
    part = parts_of(text, language)[0]
    assert (part.act, part.detail["drawn_by"]) == (Act.RECOMMEND, ["カントク"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("하늘의 종이 울리는 혹성에서 작가(와타세 소이치로) 다른 책 말이야", "ko"),
        ("作者（渡瀬草一郎）の他の本のことです", "ja"),
    ],
)
def test_an_author_in_brackets_is_asked_after(catalogue, text, language):
    part = next(one for one in parts_of(text, language) if one.act is Act.AUTHOR)
    assert part.detail["author"] == "渡瀬草一郎"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("라노벨 300권 넘게 읽었는데 추천 좀", "ko"),
        ("ラノベ300冊は読んだ。おすすめある？", "ja"),
        ("ive read like 300+ volumes. got anything i havent read", "en"),
    ],
)
def test_how_many_books_were_read_names_and_marks_none(catalogue, text, language):
    assert not understand([text], current_catalogue(), language).unknown_titles
    assert not any(part.works for part in parts_of(text, language) if part.act is Act.VERDICT)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("8권부터 사도 내용 이해돼?", "ko"),
        ("え、8巻から買っても話わかる？", "ja"),
        ("can I just start from volume 8?", "en"),
    ],
)
def test_where_one_may_begin_is_a_question_of_order(catalogue, text, language):
    assert Question.ORDER in parts_of(text, language)[0].questions


def test_what_says_where_a_hero_was_seen_is_no_part_of_a_title(catalogue):
    part = parts_of("あと異世界かるてっとに出てた盾の勇者ってどんな話？", "ja")[0]
    assert part.works == ("tate-no-yuusha",)


def test_a_word_for_people_names_no_book(catalogue):
    parts = parts_of("主人公の名前と、ヒロインが死ぬかだけ教えて。", "ja")
    assert {slug for part in parts for slug in part.works} == {"tensei-slime"}
