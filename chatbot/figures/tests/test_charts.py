"""Where bars and lines stand, in the units of the drawing."""

import pytest

from chatbot.figures.charts import Series, ceiling, draw


def drawn(labels=("a", "b", "c"), **series):
    return draw(labels, [f"/{label}" for label in labels], told="{:g}".format, **series)


@pytest.mark.parametrize(
    ("value", "top"), [(0, 1), (1, 1), (3, 4), (4.1, 5), (7, 8), (9, 10), (101, 200), (0.03, 0.04), (0.1, 0.1)]
)
def test_the_scale_ends_at_a_round_number(value, top):
    assert ceiling(value) == top


def test_columns_stand_on_each_other():
    chart = drawn(columns=[Series("up", "good", [1, 0, 4]), Series("down", "bad", [1, 0, 0])])
    # 116 units from the foot at 132 to the top at 16, which stands for 4.
    assert [(bar.style, bar.y, bar.height) for bar in chart.bars] == [
        ("good", "103", "29"),
        ("bad", "74", "29"),
        ("good", "16", "116"),
    ]
    assert [(bar.x, bar.width) for bar in chart.bars] == [("13.2", "93.6"), ("13.2", "93.6"), ("253.2", "93.6")]
    assert chart.levels == [("16", "4"), ("74", "2")]
    assert chart.legend == [("good", "up"), ("bad", "down")]


def test_a_line_is_broken_where_nothing_was_counted():
    chart = drawn("abcd", lines=[Series("p50", "plain", [2, 2, None, 1])])
    (line,) = chart.lines
    assert line.path == "M45 16L135 16"
    assert line.dots == [("315", "74")]
    assert chart.legend == []


def test_each_slot_tells_its_numbers_and_leads_to_its_rows():
    chart = drawn(columns=[Series("up", "good", [1, 0, 4])], lines=[Series("p50", "plain", [None, 2, 3])])
    assert [(hit.x, hit.width, hit.href) for hit in chart.hits] == [
        ("0", "120", "/a"),
        ("120", "120", "/b"),
        ("240", "120", "/c"),
    ]
    assert chart.hits[0].title == "a\nup: 1\np50: –"


@pytest.mark.parametrize(("count", "labels"), [(1, "a"), (2, "ab"), (5, "abcde"), (9, "acegi")])
def test_no_more_labels_than_there_is_room_for(count, labels):
    chart = drawn("abcdefghi"[:count], columns=[Series("n", "plain", [1] * count)])
    assert "".join(label for _x, label, _anchor in chart.ticks) == labels


def test_the_outer_labels_stay_in_the_drawing():
    ticks = drawn("abcdefghi", columns=[Series("n", "plain", [1] * 9)]).ticks
    assert (ticks[0][0], ticks[0][2], ticks[-1][0], ticks[-1][2]) == ("0", "start", "360", "end")
