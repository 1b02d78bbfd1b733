"""What the form of the first visit writes is read back, in every language, and so is what it wrote before."""

from itertools import product

import pytest

from chatbot.catalogue.tests import factories
from chatbot.language.tag_relations import FIRST_GENRES
from chatbot.language.wishes import first_ask
from chatbot.language.wishes.first_ask import BRIGHT, DARK, Answers
from chatbot.language.wishes.wish import understand
from chatbot.language.words.phrasebook import PHRASES
from chatbot.text.phrasebook import LANGUAGES

AWKWARD = [
    "Re:Zero",
    "Re：ゼロから始める異世界生活",
    "ソードアート・オンライン: アリシゼーション",
    "Spy Classroom, Vol 1",
    "사서: 등불, 그리고 책",
    "Mood: a story",
    "좋아하는 장르",
    "86 - Eighty Six",
    "Is It Wrong to Try?",
    "None of Us",
]
SHELF = factories.known_shelf()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("recent", ["", *AWKWARD])
@pytest.mark.parametrize("mood", ["", BRIGHT, DARK])
@pytest.mark.parametrize("genres", [(), ("A",), ("A", "B")])
def test_what_is_written_is_read_back(language, genres, recent, mood):
    answers = Answers(genres, recent, mood)
    lines = {line.question: line.answer for line in first_ask.read(first_ask.written(answers, language))}
    assert first_ask.spelled(answers, language) == lines
    assert lines.get("genre", "") == ", ".join(genres)
    assert lines.get("read", "") == recent
    assert first_ask.mood_of(lines.get("mood", "")) == mood


@pytest.mark.parametrize(("language", "slug"), list(product(LANGUAGES, FIRST_GENRES)))
def test_every_genre_offered_is_understood_as_written(language, slug):
    text = first_ask.written(Answers((factories.LABELS[slug].labels[language],)), language)
    assert slug in understand([text], SHELF, language).wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_break_in_a_title_does_not_break_the_line(language):
    [line] = first_ask.read(first_ask.written(Answers(recent="The Tale\nof Mood: dark"), language))
    assert (line.question, line.answer) == ("read", "The Tale of Mood: dark")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "좋아하는 장르: 판타지, 추리\n최근에 읽은 작품: 등불의 서고\n분위기: 밝은 편"),
        ("en", "Favourite genre: Fantasy, Mystery\nRead lately: The Lamp Archive\nMood: bright"),
        ("ja", "好きなジャンル：ファンタジー, ミステリー\n最近読んだ作品：灯の書庫\n雰囲気：明るめ"),
    ],
)
def test_it_writes_and_reads_what_it_has_always_written(language, text):
    lines = first_ask.read(text)
    genre, recent, mood = (line.answer for line in lines)
    assert [line.question for line in lines] == ["genre", "read", "mood"]
    assert first_ask.written(Answers(tuple(genre.split(", ")), recent, first_ask.mood_of(mood)), language) == text


def test_each_label_that_is_written_stands_once_a_language():
    for language, name in product(LANGUAGES, ("genre", "read", "mood", BRIGHT, DARK)):
        assert len(PHRASES.phrases("first_ask", f"written.{name}", language)) == 1


def test_an_answer_of_nothing_is_empty():
    lines = first_ask.read("Genre: none\n싫어하는 거: 없음\n最近読んだ作品：特になし")
    assert [(line.question, line.answer) for line in lines] == [("genre", ""), ("dislike", ""), ("read", "")]


def test_what_is_no_such_line_is_left_as_it_is():
    text = "Mood: dark. Something with dragons / Genre: fantasy"
    lines = first_ask.read(text)
    assert [line.question for line in lines] == ["mood", "genre"]
    assert first_ask.without(text, lines).strip() == "Something with dragons /"
    assert len(first_ask.without(text, lines, keep_places=True)) == len(text)


def test_titles_of_an_answer():
    assert first_ask.titles_of("『Overlord』, none、 《SAO》 / ") == ["Overlord", "SAO"]
