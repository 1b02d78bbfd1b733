"""The words by which replies are read, as files: `data/<language>/<subject>.txt`, in the form of `text.phrasebook`.

A subject is the module that uses it. What holds no word of a language (marks, brackets, tokens of model formats) stands
in code, where `either` puts the words into the patterns.
"""

from pathlib import Path

from ..text.phrasebook import Phrasebook

PHRASES = Phrasebook(Path(__file__).parent / "data")


def either(subject: str, section: str, *languages: str) -> str:
    """The lines of a section as one group of a regular expression, in which spaces count, within a verbose one too."""
    return f"(?-x:{PHRASES.alternatives(subject, section, *languages)})"
