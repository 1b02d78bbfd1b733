"""The words by which replies are read stand in files, each with a sentence in which it is found."""

import re

import pytest

from chatbot.assistant.phrasebook import PHRASES, either
from chatbot.text.phrasebook import BadLine, Phrasebook


def test_each_line_is_found_in_its_sentence():
    assert PHRASES.check() > 4500


def test_a_pattern_that_finds_nothing_in_its_sentence_is_refused(tmp_path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "labels.txt").write_text("[labels] pattern\npicks?$\tmy picks for you\n", encoding="utf-8")
    with pytest.raises(BadLine, match="not in its sentence"):
        Phrasebook(tmp_path).check()


def test_spaces_count_in_a_verbose_pattern():
    assert re.fullmatch(rf"\d {either('title_cues', 'offers', 'ko')}", "1만나 보", re.VERBOSE)
    assert not re.fullmatch(rf"\d {either('title_cues', 'offers', 'ko')}", "1만나  보", re.VERBOSE)


@pytest.mark.parametrize(
    "path", sorted(PHRASES.folder.glob("*/*.txt")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_no_section_is_empty(path):
    sections = PHRASES.sections(path.stem, path.parent.name)
    assert sections
    assert all(section.lines for section in sections.values())
