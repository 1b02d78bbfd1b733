"""The ways a reply can fail: a code is kept, a sentence is shown."""

import pytest
from django.utils.translation import override

from chatbot.assistant import failures
from chatbot.models import Turn

FIELD = Turn._meta.get_field("failure")
CODES = [value for name, value in vars(failures).items() if name.isupper() and isinstance(value, str)]


def test_sentences_stay_out_of_the_migrations():
    assert FIELD.choices is None


def test_every_code_has_its_sentence():
    assert sorted(CODES) == sorted(failures.WORDS)


@pytest.mark.parametrize("code", CODES)
def test_a_code_fits_its_column_and_is_told_in_three_languages(code):
    assert len(code) <= FIELD.max_length
    told = set()
    for language in ("en", "ko", "ja"):
        with override(language):
            told.add(str(Turn(failure=code).failure_words))
    assert len(told) == 3
