"""What the librarian says, as it stands in the files: the same in every language, and nothing that cannot be said."""

import tomllib

import pytest

from chatbot.assistant import phrases
from chatbot.assistant.phrases import en
from chatbot.assistant.phrases.loading import BadPhrase, Words, load, slots_of
from chatbot.recommender.pick_counts import MAX_PICKS

AGREEING = en.SINGULAR.keys()  # slots of grammar, not of sense


@pytest.fixture
def written(tmp_path):
    """Loads what is written to a file of phrases."""

    def loaded(text):
        (tmp_path / "xx").mkdir()
        (tmp_path / "xx" / "end.toml").write_text(text, encoding="utf-8")
        return load("xx", tmp_path)

    return loaded


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_language_says_the_same_things(language):
    korean, other = phrases.of("ko"), phrases.of(language)
    assert other.variants.keys() == korean.variants.keys()
    assert other.parts.keys() == korean.parts.keys()
    assert other.tags.keys() == korean.tags.keys()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_said_takes_the_same_slots_in_every_language(language):
    korean, other = (phrases.of(one).vocabulary.slots() for one in ("ko", language))
    assert {name: slots - AGREEING for name, slots in other.items()} == korean


def test_only_english_has_slots_that_agree_with_a_number():
    assert {slot for slots in phrases.of("en").vocabulary.slots().values() for slot in slots} >= AGREEING
    assert en.SINGULAR.keys() == en.PLURAL.keys()
    assert phrases.of("ja").agreement(1) == phrases.of("ko").agreement(2) == {}


@pytest.mark.parametrize("language", phrases.LANGUAGES)
def test_as_many_works_as_are_offered_can_be_counted(language):
    assert all(phrases.of(language).has(f"counts.{count}") for count in range(1, MAX_PICKS + 1))


def test_a_file_is_read_by_dotted_names(written):
    found = written(
        'other = "else"\nend = ["{a} b", "c {d:>3}"]\n[deep.er]\nlist = ["x"]\n[tags.sf]\nthing = "SF"\nmod = "sf"\n'
    )
    assert found.parts == {"other": "else"}
    assert found.variants == {"end": ("{a} b", "c {d:>3}"), "deep.er.list": ("x",)}
    assert found.tags == {"sf": Words("SF", "sf")}
    assert found.slots() == {"other": set(), "end": {"a", "d"}, "deep.er.list": set()}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('end = ["a", "b", "a"]', "end.toml, end: a sentence is there twice"),
        ("end = []", "end.toml, end: not text, or empty"),
        ('end = ["a", " "]', "end.toml, end: not text, or empty"),
        ('[counts]\n1 = ""', "end.toml, counts.1: not text, or empty"),
        ("[counts]\n1 = 5", "end.toml, counts.1: not text, or empty"),
        ('[tags.sf]\nthing = "SF"', "end.toml, tags.sf: thing or mod is missing"),
        ('[tags.sf]\nthing = "SF"\nmod = "SF"\nhaed = "SF"', "end.toml, tags.sf: haed is no way to speak of a tag"),
    ],
)
def test_what_cannot_be_said_is_refused(written, text, reason):
    with pytest.raises(BadPhrase, match=f"^{reason}$"):
        written(text)


@pytest.mark.parametrize("text", ['end = ["a"]\nend = ["b"]', '[tags.sf]\nthing = "a"\n[tags.sf]\nmod = "b"'])
def test_a_name_that_is_there_twice_is_refused(written, text):
    with pytest.raises(tomllib.TOMLDecodeError):
        written(text)


def test_slots_are_found():
    assert slots_of("{a}[을] {b} {{c}}") == {"a", "b"}


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "우주나 로봇"), ("en", "space or robots"), ("ja", "宇宙やロボット")]
)
def test_what_is_denied_is_no_choice(language, said):
    things = {"ko": ["우주", "로봇"], "en": ["space", "robots"], "ja": ["宇宙", "ロボット"]}[language]
    assert phrases.of(language).neither(things) == said
