"""The files of words and patterns: each line is found in its sentence, and no words stand in code."""

import ast
from pathlib import Path

import pytest

from chatbot.language.names import focus, title_frames
from chatbot.language.wishes import first_ask, preferences, turn_parser
from chatbot.language.words.phrasebook import PHRASES
from chatbot.text.phrasebook import LANGUAGES

OURS = {
    "turn_parser": turn_parser,
    "title_frames": title_frames,
    "preferences": preferences,
    "focus": focus,
    "first_ask": first_ask,
}
FOLDER = Path(turn_parser.__file__).parent


def test_every_line_is_found_in_its_sentence():
    assert PHRASES.check() > 3_000


@pytest.mark.parametrize("subject", OURS)
def test_every_pattern_has_a_sentence(subject):
    lines = [
        line
        for language in LANGUAGES
        for section in PHRASES.sections(subject, language).values()
        for line in section.lines
    ]
    assert len(lines) > 50


@pytest.mark.parametrize("subject", OURS)
def test_words_of_readers_stand_in_files(subject):
    """What is left in the code of Korean and Japanese are ranges of letters, docstrings and comments."""
    tree = ast.parse((FOLDER / f"{subject}.py").read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    letters = {letter for text in strings if text not in docstrings for letter in text if is_east_asian(letter)}
    assert letters <= set("가힣ぁんァヺー・一龥々十")


def is_east_asian(letter):
    return "가" <= letter <= "힣" or "ぁ" <= letter <= "ヿ" or "一" <= letter <= "龥" or letter == "々"
