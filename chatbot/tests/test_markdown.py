"""Markdown as models write it in Korean and Japanese."""

import re

import pytest

from chatbot.assistant import grounding
from chatbot.presentation.markdown import to_html


def rendered(text, inline=False):
    return re.sub(r"\n", "", to_html(text, inline))


STRESSED = [
    ('**"이세계"**를', "", '"이세계"', "를"),
    ("**「…」**です", "", "「…」", "です"),
    ("이건 **『책』**이에요", "이건 ", "『책』", "이에요"),
    ("**그래서…**라고", "", "그래서…", "라고"),
    ("이번엔**(완결)**입니다", "이번엔", "(완결)", "입니다"),
    ("結末は**“幸せ”**で", "結末は", "“幸せ”", "で"),
    ("**100%**로", "", "100%", "로"),
    ("**“quoted”** words", "", "“quoted”", " words"),
]


@pytest.mark.parametrize(("text", "before", "stressed", "behind"), STRESSED)
@pytest.mark.parametrize(("mark", "tag"), [("**", "strong"), ("*", "em")])
def test_emphasis_needs_no_space_beside_cjk(text, before, stressed, behind, mark, tag):
    expected = f"{before}<{tag}>{stressed}</{tag}>{behind}"
    assert rendered(text.replace("**", mark), inline=True) == expected


def test_an_underscore_closes_behind_a_bracket_and_what_is_not_seen_is_no_letter():
    assert rendered("_「…」_です", inline=True) == "<em>「…」</em>です"
    assert rendered('**"이세계"**\u200b를', inline=True) == '<strong>"이세계"</strong>\u200b를'


def test_two_underscores_stress_what_stands_in_brackets_and_no_name():
    assert rendered("__「…」__です", inline=True) == "<strong>「…」</strong>です"
    assert rendered("__init__은 __이름__은", inline=True) == "__init__은 __이름__은"


@pytest.mark.parametrize("padded", ["** 이세계 **를", "**이세계 **를", "** 이세계**를"])
def test_what_is_stressed_may_be_padded_beside_cjk(padded):
    assert rendered(padded, inline=True) == "<strong>이세계</strong>를"
    assert rendered(f"**A** 별 {padded}", inline=True) == "<strong>A</strong> 별 <strong>이세계</strong>를"
    assert rendered("2 ** 3 ** 4", inline=True) == "2 ** 3 ** 4"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("~~지움~~을", "<s>지움</s>을"),
        ("~~「夜」~~は", "<s>「夜」</s>は"),
        ("~~**둘**~~ words", "<s><strong>둘</strong></s> words"),
        ("와~~대박~~ 네~~ 좋아요~~", "와~~대박~~ 네~~ 좋아요~~"),
        ("1~3권 ~지움~", "1~3권 ~지움~"),
    ],
)
def test_two_tildes_strike_words_out_and_draw_out_none(text, html):
    assert rendered(text, inline=True) == html


@pytest.mark.parametrize("text", ["별점 ** 다섯", "2 * 3 * 4", "a_“b”_c", "snake_case_name", "**", "* 별"])
def test_asterisks_that_stress_nothing_stay(text):
    assert rendered(text, inline=True) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("3. 셋\n4. 넷", '<ol start="3"><li>셋</li><li>넷</li></ol>'),
        ("1. 하나\n3. 셋\n4. 넷", '<ol><li>하나</li><li value="3">셋</li><li>넷</li></ol>'),
        ("1. 하나\n1. 둘", "<ol><li>하나</li><li>둘</li></ol>"),
        ("1. 하나\n1. 둘\n1. 셋", "<ol><li>하나</li><li>둘</li><li>셋</li></ol>"),
        ("10. 열\n9. 아홉\n8. 여덟", '<ol start="10"><li>열</li><li value="9">아홉</li><li value="8">여덟</li></ol>'),
        ("0. 영\n1. 하나", '<ol start="0"><li>영</li><li>하나</li></ol>'),
        ("007. 본드", "<p>007. 본드</p>"),
        ("01) はじめ\n02) つぎ", "<p>01) はじめ<br>02) つぎ</p>"),
        ("2019. 그해 봄", "<p>2019. 그해 봄</p>"),
        ("1999) その年", "<p>1999) その年</p>"),
        ("> 2019. 그해", "<blockquote><p>2019. 그해</p></blockquote>"),
        ("- 2019. 그해", "<ul><li>2019. 그해</li></ul>"),
        ("1. 처음\n   2019. 그해", "<ol><li>처음<br>2019. 그해</li></ol>"),
    ],
)
def test_a_number_stays_what_was_written(text, html):
    assert rendered(text) == html


def test_no_other_attribute_comes_through():
    assert rendered('<ol start="3" onclick="x()"><li value="2">a</li></ol>').count("<") == rendered("").count("<") + 2
    assert "<ol" not in rendered('<ol start="3">a</ol>')


TABLE = "| 작품 | 권수 | 분위기 |\n|---|:-:|--:|\n| 달토끼의 검 | 12 | 밝음 |\n| 별의 마녀 | 3 | |"


@pytest.mark.parametrize("frame", ["{}", "골랐어요.\n\n{}\n\n어때요?", "- 비교:\n{}"])
def test_the_rows_of_a_table_lose_their_bars_and_nothing_else(frame):
    [block] = grounding.read(frame.format(TABLE))
    html = to_html(block.text, False)
    assert "|" not in html
    assert "<li>달토끼의 검 — 권수: 12 · 분위기: 밝음</li>" in html
    assert "<li>별의 마녀 — 3" not in html
    assert "별의 마녀 — 권수: 3" in html


def test_a_comparison_names_what_stands_in_its_columns():
    [block] = grounding.read(
        "| | 달토끼의 검 | 별의 마녀 |\n|---|---|---|\n| 권수 | 12 | 3 |\n| 결말 | 밝음 | 어두움 |"
    )
    assert block.text == "- 권수 — 달토끼의 검: 12 · 별의 마녀: 3\n- 결말 — 달토끼의 검: 밝음 · 별의 마녀: 어두움"


def test_rows_with_bars_of_full_width_are_a_table_too():
    [block] = grounding.read("｜作品｜巻数｜\n｜---｜---｜\n｜月うさぎの剣｜26｜")
    assert block.text == "- 月うさぎの剣 — 巻数: 26"


def test_a_table_in_a_quote_is_shown_as_one_that_scrolls():
    quoted = "\n".join(f"> {line}" for line in TABLE.split("\n"))
    html = rendered(quoted)
    assert "|" not in html
    assert '<blockquote><div class="table" tabindex="0"><table><thead><tr><th>작품</th>' in html
    assert html.count("<td>") == 6


@pytest.mark.parametrize(
    "drawn",
    [
        "+---+---+\n| 작품 | 권수 |\n+===+===+\n| 달토끼의 검 | 12 |\n+---+---+",
        "┌───┬───┐\n│ 작품 │ 권수 │\n├───┼───┤\n│ 달토끼의 검 │ 12 │\n└───┴───┘",
        "│ 작품 │ 권수 │\n│---│---│\n│ 달토끼의 검 │ 12 │",
        "| 작품 | 권수 |\n|—|—|\n| 달토끼의 검 | 12 |",
        "작품 | 권수\n달토끼의 검 | 12",
        "| 작품 | 권수 |\n|---|---|\n| 달토끼의<br>검 | 12 |",
    ],
)
def test_however_a_table_is_drawn_no_bar_of_it_is_shown(drawn):
    [block] = grounding.read(drawn)
    assert block.text == "- 달토끼의 검 — 권수: 12"


def test_what_stands_right_behind_a_table_is_no_part_of_its_last_row():
    [block] = grounding.read(f"{TABLE}\n어때요?")
    assert rendered(block.text).endswith("</ul><p>어때요?</p>")


def test_a_bar_within_a_cell_begins_no_other():
    [block] = grounding.read("| 작품 | 태그 |\n|---|---|\n| 달토끼의 검 | 판타지 \\| 모험 |")
    assert block.text == "- 달토끼의 검 — 판타지 / 모험"


@pytest.mark.parametrize(
    ("head", "told"), [("권", " — 권: 1"), ("巻", " — 巻: 1"), ("순위", ""), ("#", ""), ("No.", "")]
)
def test_a_number_that_begins_a_row_is_left_out_only_where_it_counts_the_rows(head, told):
    [block] = grounding.read(f"| {head} | 내용 |\n|---|---|\n| 1 | 둘이 만난다 |")
    assert block.text == f"- 둘이 만난다{told}"


def test_a_bar_in_a_sentence_is_no_table():
    [block] = grounding.read("이세계 | 판타지 둘 다 돼요.")
    assert block.text == "이세계 | 판타지 둘 다 돼요."
