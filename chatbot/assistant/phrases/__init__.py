"""What the librarian says, a module a language.

Not gettext: a reply is in the language of the ask, whatever the language of the page, and its sentences are built
from parts that each language joins in its own way. Each module has the same names; `words.Words` says what a tag has.
"""

from . import en, ja, ko

LANGUAGES = {"ko": ko, "en": en, "ja": ja}


def of(language):
    """The phrases of `language`; English for one she does not speak."""
    return LANGUAGES.get(language, en)
