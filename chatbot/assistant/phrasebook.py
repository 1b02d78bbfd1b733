"""The words by which replies are read, as files: `data/<language>/<subject>.txt`, in the form of `text.phrasebook`.

A subject is the module that uses it. What holds no word of a language (marks, brackets, tokens of model formats) stands
in code, where `either` puts the words into the patterns.
"""

import re
from pathlib import Path

from ..text.phrasebook import LANGUAGES, Phrasebook

PHRASES = Phrasebook(Path(__file__).parent / "data")


def lines_of(subject: str, section: str, *languages: str) -> str:
    """The lines of a section in the languages given, or in all of them, as alternatives without a group around them."""
    found: list[str] = []
    for language in languages or LANGUAGES:
        if held := PHRASES.sections(subject, language).get(section):
            found += [line.text if held.is_pattern else re.escape(line.text) for line in held.lines]
    return "|".join(found)


def either(subject: str, section: str, *languages: str) -> str:
    """The lines of a section as one group of a regular expression, in which spaces count, within a verbose one too."""
    return f"(?-x:{lines_of(subject, section, *languages)})"
