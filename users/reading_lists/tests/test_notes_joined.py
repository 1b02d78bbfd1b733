"""What a site keeps in two fields is kept whole, in one note."""

import pytest

from users.reading_lists.formats import bookwyrm, goodreads, hardcover


@pytest.mark.parametrize(
    ("read", "row", "note"),
    [
        (goodreads.line, {"private notes": "mine", "my review": "theirs"}, "mine\n\ntheirs"),
        (goodreads.line, {"private notes": "same", "my review": "same"}, "same"),
        (hardcover.line, {"private notes": "", "review": "theirs"}, "theirs"),
        (
            bookwyrm.line,
            {"review_cw": "gore", "review_name": "Hm", "review_content": "not mine"},
            "gore\n\nHm\n\nnot mine",
        ),
    ],
)
def test_no_field_of_words_is_lost(read, row, note):
    assert read(1, {"title": "A", **row}).note == note


def test_the_day_on_which_somebody_stopped_is_kept():
    line = bookwyrm.line(1, {"title": "A", "stopped_date": "2024-03-02"})
    assert (line.state, line.finished_on.isoformat()) == ("dropped", "2024-03-02")
