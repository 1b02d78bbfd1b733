"""What is asked on of one book: the answer first, nothing twice, and a verdict on age that agrees with the notes."""

from functools import cache

import pytest

from chatbot.assistant import Brief, librarian
from chatbot.catalogue.facts import facts_of
from chatbot.catalogue.tests.factories import shipped_shelf
from chatbot.language.acts import Act, ActPart, Question
from chatbot.language.asking.asked import from_age
from chatbot.language.wishes.wish import Wish

LANGUAGES = ("ko", "en", "ja")


@cache
def shelf():
    return shipped_shelf()


def answered(language, slug, text, *questions, history=(), **detail):
    works = shelf()
    part = ActPart(Act.ABOUT, text, (slug,), questions, detail)
    brief = Brief(
        language=language, ask=text, candidates=[], catalogue=works, turn=1, parts=(part,), wish=Wish(),
        facts={slug: facts_of(works.by_slug[slug], works)}, history=history,
    )  # fmt: skip
    return "".join(event.text for event in librarian.write(brief))


def note(slug, kind, language):
    return shelf().by_slug[slug].notes[kind][language]


# --- For which age ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("Fine from about twelve or thirteen.", 12),
        ("Best kept for about seventeen and up.", 17),
        ("Explicit throughout. Adults only.", 18),
        ("For older teens and adults, sixteen at the very least.", 16),
        ("Harmless.", None),
    ],
)
def test_the_age_that_a_note_recommends_is_read(said, age):
    assert from_age(said) == age


VERDICTS = {
    "no": {"ko": "권하지 않아요", "en": "not one I would give", "ja": "おすすめしません"},
    "early": {"ko": "조금 일러요", "en": "a little early", "ja": "少し早い"},
    "fine": {"ko": "권해도 괜찮겠어요", "en": "should be fine", "ja": "大丈夫だと思います"},
}
TEXTS = {"ko": "12살이 읽어도 돼요?", "en": "can my 12-year-old read it?", "ja": "12歳でも読める？"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("slug", "verdict"),
    [
        ("goblin-slayer", "no"),
        ("re-zero", "no"),
        ("konosuba", "no"),
        ("durarara", "no"),
        ("86-eighty-six", "early"),
        ("oregairu", "fine"),
        ("campfire-cooking-in-another-world", "fine"),
    ],
)
def test_the_verdict_agrees_with_the_note_and_the_note_comes_with_it(language, slug, verdict):
    told = answered(language, slug, TEXTS[language], Question.SUITS, age=12)
    place = told.index(VERDICTS[verdict][language])
    assert place < told.index(note(slug, "content", language))


def test_no_work_is_fine_for_an_age_that_its_note_keeps_it_from():
    for work in shelf().works[::25]:
        noted = from_age(work.notes.get("content", {}).get("en", ""))
        told = answered("en", work.slug, TEXTS["en"], Question.SUITS, age=12)
        assert not (noted and noted > 12 and "should be fine" in told), told


# --- The answer first ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "slug", "text", "tag", "begins"),
    [
        ("en", "goblin-slayer", "is it gory?", "gore", "Yes. "),
        ("ko", "goblin-slayer", "잔인해?", "gore", "네. "),
        ("ja", "goblin-slayer", "グロい？", "gore", "はい。"),
        ("en", "toradora", "is there romance?", "romance", "Yes. "),
        ("ko", "toradora", "로맨스 있어?", "romance", "네. "),
        ("ja", "toradora", "恋愛はある？", "romance", "はい。"),
        ("en", "youjo-senki", "is there romance?", "romance", ""),
    ],
)
def test_a_note_is_led_by_a_yes_where_the_tags_bear_it_out(language, slug, text, tag, begins):
    told = answered(language, slug, text, Question.CONTENT, tags=[tag])
    if begins:
        assert told.startswith(begins)
    else:
        assert not told.startswith("Yes")


@pytest.mark.parametrize(
    ("language", "text"), [("ko", "성격이 어때?"), ("en", "what are the characters like?"), ("ja", "どんな性格？")]
)
def test_a_note_on_the_work_told_of_last_begins_without_its_name(language, text):
    title = "".join(f"『{shelf().by_slug['toradora'].titles[language]}』")
    told = answered(language, "toradora", text, Question.CHARACTERS)
    assert "『" in told
    short = told[told.index("『") : told.index("』") + 1]
    assert short in title or title.startswith(short[:-1])
    on = answered(language, "toradora", text, Question.CHARACTERS, history=(("?", f"{short} …"),))
    assert on.startswith(note("toradora", "people", language))


# --- Nothing twice ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"), [("ko", "성격이 어때?"), ("en", "what are the characters like?"), ("ja", "どんな性格？")]
)
def test_a_note_that_was_told_is_not_told_again_but_that_it_is_all(language, text):
    people = note("toradora", "people", language)
    history = ((text, people), ("?", "…"))
    told = answered(language, "toradora", text, Question.CHARACTERS, history=history)
    assert people not in told
    all_told = {"ko": "제가 아는 전부", "en": "all I know about that", "ja": "私の知るすべて"}
    assert all_told[language] in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_fact_is_told_again(language):
    first = answered(language, "toradora", "?", Question.VOLUMES)
    assert "10" in answered(language, "toradora", "?", Question.VOLUMES, history=(("?", first),))
