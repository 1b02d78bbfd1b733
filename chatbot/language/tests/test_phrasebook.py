import ast
import re
from pathlib import Path

import pytest

from chatbot.language.words.cues import STANCES
from chatbot.language.words.mentions import Stance
from chatbot.language.words.phrasebook import PHRASES
from chatbot.text.phrasebook import LANGUAGES, BadLine, NoSection, Phrasebook

MODULES = Path(__file__).parents[1]
SUBJECTS = ("coordination", "scope", "stance_exceptions", "context_rules", "matching", "numbers", "vocabulary")
# Korean and Japanese are built alike: what stands behind a name in one does so in the other. What only one of them has:
ONLY_KOREAN = {
    "matching": {
        "mood-before", "mood-goes-on", "person-wants", "subject-begins", "subject-ends",
    },
    "scope": {"excess-before", "excess-after"},
    "numbers": {
        "count.asks", "count.bare", "count.bare-asked", "count.bare-only", "count.books", "count.just", "count.more",
        "count.volumes", "year-suffix",
    },
}  # fmt: skip
ONLY_JAPANESE = {
    "scope": {"like-such", "excess"},
    "numbers": {"age.after.at-least", "count.further", "count.one", "era.-1988", "era.1989-2019", "era.2019-"},
    "vocabulary": {"function-word"},
}
# Modules that read numerals, or take particles and endings off a name letter by letter.
WORDS_IN_CODE = {
    "asked", "loose_names", "half_names", "authors", "spoken_names", "laughter", "verdicts", "act_parts",
    "shelf_orders", "hearts",
}  # fmt: skip


def phrasebook(folder, text, language="ko"):
    """A phrasebook of one file, `cues.txt`."""
    (folder / language).mkdir(exist_ok=True)
    (folder / language / "cues.txt").write_text(text, encoding="utf-8")
    return Phrasebook(folder)


def test_every_phrase_and_every_pattern_is_found_in_its_sentence():
    assert PHRASES.check() > 4_000


def test_lines_come_in_their_order_and_language_by_language(tmp_path):
    phrasebook(tmp_path, "[after.refuse]\n없는\t하렘 없는 거\n말고\t하렘 말고\n")
    book = phrasebook(tmp_path, "# Refusals.\n\n[after.refuse]\nfree\tharem-free\n", "en")

    assert book.phrases("cues", "after.refuse") == ["없는", "말고", "free"]
    assert book.phrases("cues", "after.refuse", "en") == ["free"]
    assert list(book.each("cues"))[-1] == ("after.refuse", "en", "free")
    assert book.check() == 3


def test_a_pattern_joins_the_lines_of_a_section(tmp_path):
    book = phrasebook(tmp_path, "[tells] pattern\n이|가\t용사가\n에서?\t학교에서\n")

    assert book.pattern("cues", "tells") == "(?:이|가|에서?)"


def test_a_phrase_is_taken_by_its_letters_in_a_pattern(tmp_path):
    book = phrasebook(tmp_path, "[after.refuse]\n(x)\t하렘 (x)\n", "ko")

    assert re.fullmatch(book.pattern("cues", "after.refuse"), "(x)")


def test_keys_are_the_letters_of_phrases(tmp_path):
    book = phrasebook(tmp_path, "[copula]\nisn't a\ta hero who isn't a teenager\n", "en")

    assert book.keys("cues", "copula") == {"isnta"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("없는\t하렘 없는 거\n", "no section yet"),
        ("[a]\n없는\n", "has no sentence"),
        ("[a]\n없는\t \n", "has no sentence"),
        ("[a]\n없는\t하렘 말고\n", "not in its sentence"),
        ("[a]\n없는\t하렘 없는 거\n말고\t하렘 말고\n없는\t노예 없는 거\n", "line 4: 없는 is there twice"),
        ("[a]\n없는\t하렘 없는 거\n[b]\n말고\t하렘 말고\n[a]\n빼고\t하렘 빼고\n", "the section a is there twice"),
        ("[a] pattern\n없[는다]\t하렘 말고\n", "not in its sentence"),
        ("[a] pattern\n없(는\t하렘 없는 거\n", "no pattern"),
    ],
)
def test_a_line_that_cannot_be_used_is_refused(tmp_path, text, fault):
    with pytest.raises(BadLine, match=re.escape(fault)):
        phrasebook(tmp_path, text).check()


def test_the_same_line_may_stand_in_two_sections(tmp_path):
    assert phrasebook(tmp_path, "[a]\n없는\t하렘 없는 거\n[b]\n없는\t하렘 없는 거\n").check() == 2


@pytest.mark.parametrize("read", [Phrasebook.pattern, Phrasebook.keys])
def test_a_section_that_no_language_has_is_an_error(tmp_path, read):
    book = phrasebook(tmp_path, "[after.refuse]\n없는\t하렘 없는 거\n[empty]\n")

    assert read(book, "cues", "after.refuse")
    for section, language in (("after.refused", "ko"), ("empty", "ko"), ("after.refuse", "en")):
        with pytest.raises(NoSection):
            read(book, "cues", section, language)


def test_cues_take_a_stance_or_are_pseudo_cues():
    for language in LANGUAGES:
        for section in PHRASES.sections("stance_cues", language):
            side, stance = section.split(".")
            assert side in ("after", "before")
            assert stance in STANCES or Stance(stance)
        assert {f"after.{stance}" for stance in Stance if stance} <= PHRASES.sections("stance_cues", language).keys()


def test_every_subject_has_words_in_every_language():
    sections = [PHRASES.sections("subjects", language).keys() for language in LANGUAGES]
    assert sections[0] == sections[1] == sections[2]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_korean_and_japanese_have_the_same_sections(subject):
    korean, japanese = (set(PHRASES.sections(subject, language)) for language in ("ko", "ja"))

    assert japanese - korean == ONLY_JAPANESE.get(subject, set())
    assert korean - japanese == ONLY_KOREAN.get(subject, set())


@pytest.mark.parametrize("subject", SUBJECTS)
def test_code_reads_every_section(subject):
    """By name, or by the part before or after its first dot where it is made of two."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES.rglob("*.py"))
    read = set(re.findall(r"""["']([a-z0-9_.-]+)(?:\.\{\w+\})?["']""", code))
    for language in LANGUAGES:
        for section in PHRASES.sections(subject, language):
            first, _, rest = section.partition(".")
            assert section in read or (first in read and rest) or rest in read, section


def test_a_line_is_short_enough_to_be_read():
    for subject in SUBJECTS:
        for language in LANGUAGES:
            for section in PHRASES.sections(subject, language).values():
                assert all(len(line.text) <= 120 for line in section.lines), section.name


def test_words_of_readers_stand_in_files():
    """Of Korean and Japanese only ranges of letters and marks are left in code, beside docstrings and comments."""
    for path in sorted(MODULES.rglob("*.py")):
        if "tests" not in path.parts and path.stem not in WORDS_IN_CODE:
            code = "".join(strings_of(path))
            assert set(re.findall("[가-힣ぁ-ヿ一-龥]", code)) <= set("가힣ぁんァヺヿー・一龥十"), path.name


def strings_of(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docstrings = {ast.get_docstring(node, clean=False) for node in documented}
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [text for text in strings if text not in docstrings]
