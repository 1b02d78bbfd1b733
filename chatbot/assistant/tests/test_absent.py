"""What is answered of works that are not on the shelf and of which it is known what they are."""

import pytest

from chatbot.assistant import lookups, phrases, prompts
from chatbot.assistant.tests.test_answers import LANGUAGES, brief, said, shipped
from chatbot.assistant.tool_call import LOOK_UP
from chatbot.language.acts import Act, ActPart, Question
from chatbot.language.wishes.wish import Wish
from chatbot.language.words import elsewhere
from chatbot.tests import factories

FRIEREN = {"ko": "프리렌", "en": "Frieren", "ja": "フリーレン"}
LEVELING = {"ko": "나혼렙", "en": "Solo Leveling", "ja": "俺レベ"}
DRAMA = {"ko": "브레이킹 배드", "en": "Breaking Bad", "ja": "ブレイキング・バッド"}


def asked(language, *titles, questions=(), turn=1, history=(), text="?", **detail):
    named = titles[0] if len(titles) == 1 else list(titles)
    part = ActPart(Act.ABOUT, text, (), questions, {"unknown": named, **detail})
    return said(language, part, catalogue=shipped(), turn=turn, history=list(history))


def one_of(language, name, told, **slots):
    frames = phrases.of(language).variants[name]
    return any(phrases.of(language).finish(frame.format(**slots)) in told for frame in frames)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_medium_has_words(language):
    for medium in elsewhere.MEDIA:
        assert phrases.of(language).part(f"media.{medium}")
        assert "『X』" in phrases.of(language).part(f"media_named.{medium}", title="『X』")


@pytest.mark.parametrize("turn", range(6))
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "detail", "questions"),
    [
        ("kind", {"asks": "medium"}, ()),
        ("no-book", {"asks": "book"}, ()),
        ("here", {}, ()),
        ("here", {}, (Question.QUALITY,)),
        ("fact", {}, (Question.VOLUMES,)),
        ("fact", {}, (Question.STATUS,)),
    ],
)
def test_a_question_is_answered_by_what_it_is_and_its_like_is_offered(language, name, detail, questions, turn):
    told = asked(language, FRIEREN[language], questions=questions, turn=turn, **detail)
    what = phrases.of(language).part("media.manga")
    assert one_of(language, f"absent.{name}", told, title=f"『{FRIEREN[language]}』", what=what)
    assert "『" in told.replace(FRIEREN[language], "").split("』", 1)[1]  # what comes nearest
    assert one_of(language, "absent.offer-more", told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_what_began_in_words_it_is_said_that_there_is_a_book(language):
    told = asked(language, LEVELING[language], asks="book")
    what = phrases.of(language).part("media.korean-web-novel")
    assert one_of(language, "absent.book", told, title=f"『{LEVELING[language]}』", what=what)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_are_told_as_what_each_is(language):
    part = phrases.of(language).part
    told = asked(language, FRIEREN[language], DRAMA[language])
    assert part("media.manga") in told
    assert part("media.tv-series") in told
    alike = asked(language, LEVELING[language], {"ko": "전독시", "en": "orv", "ja": "全知読者"}[language])
    assert alike.count(part("media.korean-web-novel")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_its_like_is_not_known_it_is_asked_what_was_loved(language):
    told = asked(language, DRAMA[language])
    assert phrases.of(language).part("media.tv-series") in told
    assert one_of(language, "absent.ask", told)
    assert not one_of(language, "absent.offer", told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_yes_takes_up_what_was_offered_only_where_it_was(language):
    def proposed(title):
        part = ActPart(Act.ABOUT, "?", detail={"unknown": title})
        return brief(language, part, catalogue=shipped()).proposed

    assert proposed(FRIEREN[language]) == "alike"
    assert proposed(DRAMA[language]) == ""
    assert proposed("세상에 없는 책") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wish_that_names_one_calls_it_what_it_is(language):
    part = ActPart(Act.RECOMMEND, DRAMA[language])
    wish = Wish(unknown_titles=[DRAMA[language]])
    told = said(language, part, catalogue=shipped(), wish=wish)
    named = phrases.of(language).part("media_named.tv-series", title=f"『{DRAMA[language]}』")
    assert named.lower() in told.lower()
    assert one_of(language, "absent.ask", told)


# --- What a model is told --------------------------------------------------------------------------------------------


def test_a_model_is_told_what_it_is_and_may_say_that():
    part = ActPart(Act.ABOUT, "is Frieren a light novel?", detail={"unknown": ["Frieren", "Nowhere"], "asks": "medium"})
    words = prompts.desk(brief("en", part, catalogue=shipped()), may_look=True)
    assert '[{"title": "Frieren","what it is": "a manga"}], not on our shelf' in words
    assert "say plainly what it is" in words
    assert '"Nowhere" is no title or author here' in words
    assert '"asks"' not in words


def test_a_model_that_offers_is_told_what_the_named_work_is():
    shelf = shipped()
    wish = Wish(unknown_titles=["Frieren", "Nowhere"], elsewhere=["journey"])
    told = brief("en", ActPart(Act.RECOMMEND, "like Frieren"), catalogue=shelf, wish=wish)
    words = "\n".join(prompts._notes(told))
    assert '[{"title": "Frieren","what it is": "a manga"},"Nowhere"]' in words
    assert "is not on our shelf" in words


@pytest.mark.django_db
def test_a_model_that_looks_it_up_is_told_what_it_is():
    told = brief("en", catalogue=shipped())
    call = lookups.parse(LOOK_UP, {"names": ["Breaking Bad", "Nowhere at all"]}, told)
    assert list(lookups.sheets(call, told)) == [
        {"name": "Breaking Bad", "facts": "not on our shelf", "what it is": "a TV series"},
        {"name": "Nowhere at all", "facts": "not on our shelf"},
    ]


# --- A conversation --------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "asks", "on", "yes"),
    [
        ("ko", "프리렌은 라노벨이에요?", "그거 소설도 있어요?", "네"),
        ("en", "so frieren isnt a light novel?", "is there a book of it?", "yes please"),
        ("ja", "フリーレンってラノベ？", "それの小説はある？", "お願いします"),
    ],
)
def test_what_was_asked_of_is_asked_on_and_its_like_is_brought(conversing, language, asks, on, yes):
    factories.make_novel("kino-no-tabi", "키노의 여행", tags=("adventure", "bittersweet"))
    what = phrases.of(language).part("media.manga")
    assert what in conversing(asks, language).reply
    assert what in conversing(on, language).reply
    brought = conversing(yes, language)
    assert "kino-no-tabi" in {pick.novel.slug for pick in brought.picks.all()}
    assert brought.wish["elsewhere"] == ["journey"]
