"""Ids in whatever dress a model puts them: a pick at the head of a line, a mention elsewhere, never raw on the page."""

import time

import pytest
from django.template.loader import render_to_string

from chatbot.assistant import grounding, prompts
from chatbot.assistant.grounding import PickLine, Prose, marks
from chatbot.models import Turn
from chatbot.presentation.plain_text import plain_text
from chatbot.presentation.turns import present
from chatbot.tests import factories

SLUGS = frozenset({"lamplight", "snowfall", "the-quiet-harbour", "gate", "86"})


def read(text, **how):
    return grounding.read(text, SLUGS, **how)


def mentioned(text):
    return [named.slug for block in read(text) for named in grounding.names_of(block) if named.slug]


DRESSES = [
    "[[{}]]",
    "【{}】",
    "[{}]",
    "({})",
    "［［{}］］",
    "[[ {} ]]",
    "[[id: {}]]",
    "[[ID：{}]]",
    "[[{}|등불의 서고]]",
    "[[{}: 등불의 서고]]",
    "[[{}]](https://example.com/{})",
    "[{}](https://example.com/novels/{})",
    "<{}>",
    "{{{}}}",
    "«{}»",
    "`{}`",
    "**[[{}]]**",
    "**{}**",
    "『[[{}]]』",
    "「{}」",
    '"{}"',
    "“[[{}]]”",
    "[[[{}]]]",
    "[[{}]",
    "id: {}",
    "ID：{}",
    "**작품 id:** [[{}]]",
    "作品ID：{}",
    "work id: [[{}]]",
    "제목: [[{}]]",
]
SPELLINGS = {
    "the-quiet-harbour": [
        "the-quiet-harbour",
        "THE-QUIET-HARBOUR",
        "the_quiet_harbour",
        "ｔｈｅ－ｑｕｉｅｔ－ｈａｒｂｏｕｒ",
    ],
    "lamplight": ["lamplight", "Lamplight", "ｌａｍｐｌｉｇｈｔ"],
}
REASONS = ["조용한 이야기예요.", "静かな物語です。", "a quiet tale"]


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("slug", SPELLINGS)
def test_an_id_in_any_dress_at_the_head_of_a_line_is_a_pick(dress, slug, reason):
    for spelling in SPELLINGS[slug]:
        for head in ("", "- ", "1. ", "2) ", "📚 ", "> "):
            line = f"{head}{dress.format(*[spelling] * 2)} — {reason}"
            assert read(line) == [PickLine(slug, reason)], line


FRAMES = ["그중에서는 {} 이(가) 가장 조용해요.", "The quietest of them is {} by far.", "一番静かなのは {} です。"]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("dress", DRESSES)
def test_an_id_in_any_dress_in_running_text_is_a_mention(dress, frame):
    assert mentioned(frame.format(dress.format(*["the-quiet-harbour"] * 2))) == ["the-quiet-harbour"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("the-quiet-harbour는 조용해요", "조용해요"),
        ("1. the-quiet-harbour: quiet", "quiet"),
        ("- the-quiet-harbour is quiet", "is quiet"),
        ("the-quiet-harbourは静か", "静か"),
        ("the-quiet-harbour\n조용해요", "조용해요"),
    ],
)
def test_a_bare_id_at_the_head_of_a_line_is_a_pick(line, reason):
    assert read(line) == [PickLine("the-quiet-harbour", reason)]


@pytest.mark.parametrize(
    "line", ["gate: quiet", "1. gate - quiet", "- gate", "gate — 조용해요", "gate 조용해요", "gateは静か"]
)
def test_a_bare_id_of_one_word_is_a_pick_where_it_stands_apart(line):
    assert [block.slug for block in read(line)] == ["gate"]


@pytest.mark.parametrize("text", ["마지막으로 gate를 추천해요", "最後にgateをどうぞ", "Try the-quiet-harbour next."])
def test_a_bare_id_that_can_be_no_word_of_the_text_is_a_mention(text):
    assert len(mentioned(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The lamplight falls on the gate, 86 steps below.",
        "gate after gate, it never ends",
        "Gate keepers are rare here.",
        "They pass the *gate* at last.",
        "It came out in '86 (86) and has 86 pages.",
        "86 pages of it are quiet.",
        "86권까지 나왔고 86년에 시작했어요.",
        "86巻まで出ています。",
        "a note [86] below",
        "https://example.com/the-quiet-harbour/",
        "the-quiet-harbours and not-the-quiet-harbour",
        "no English edition of 『The-Quiet-Harbour!』 yet",
    ],
)
def test_an_ordinary_word_or_number_is_no_id(text):
    assert mentioned(text) == []
    assert all(isinstance(block, Prose) for block in read(text))


# --- Several on one line ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[[lamplight]], [[snowfall]]", ""),
        ("[[lamplight, snowfall]]", ""),
        ("[[lamplight]] / [[snowfall]]: 둘 다 조용해요", "둘 다 조용해요"),
        ("- **[[lamplight]]**, **[[snowfall]]** — 조용해요", "조용해요"),
        ("[[lamplight]]와 [[snowfall]]는 조용해요", "조용해요"),
        ("[[lamplight]] 그리고 [[snowfall]]은 조용해요", "조용해요"),
        ("[[lamplight]] and [[snowfall]]: both quiet", "both quiet"),
        ("[[lamplight]] & [[snowfall]], both quiet", "both quiet"),
        ("[[lamplight]]と[[snowfall]]は静かです", "静かです"),
        ("[[lamplight]]、[[snowfall]]：静か", "静か"),
        ("`lamplight`, `snowfall`: quiet", "quiet"),
    ],
)
def test_marks_joined_on_a_line_are_picks_alike(line, reason):
    assert read(line) == [PickLine("lamplight", reason), PickLine("snowfall", reason)]


@pytest.mark.parametrize(
    "line",
    [
        "[[lamplight]] 는 [[snowfall]] 처럼 조용해요",
        "[[lamplight]] is as quiet as [[snowfall]]",
        "[[lamplight]]は[[snowfall]]のように静か",
    ],
)
def test_a_mark_the_reason_comes_to_is_a_mention(line):
    [pick] = read(line)
    assert pick.slug == "lamplight"
    assert "[[snowfall]]" in pick.reason


# --- Half-written ----------------------------------------------------------------------------------


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("before", ["골라 봤어요. ", "Here it is: ", "これです。", ""])
def test_no_part_of_a_mark_is_ever_seen_while_it_is_written(dress, before):
    written = dress.format(*["the-quiet-harbour"] * 2)
    for length in range(1, len(written) + 1):
        shown = "".join(getattr(block, "text", "") for block in read(before + written[:length], unfinished=True))
        shown = grounding.MARKED.sub("", shown)
        assert "harb" not in shown, written[:length]
        assert "quiet" not in shown, written[:length]
        assert "[" not in shown, written[:length]


def test_what_is_no_mark_is_not_held_back():
    for text in ("정말 *강조*", "그는 “그래”", 'and "so"', "(정말로)", "『책』"):
        assert read(text, unfinished=True) == [Prose(text)]


# --- What is no candidate --------------------------------------------------------------------------


@pytest.fixture
def turn(reader, catalogue):
    turn = factories.begin(reader)
    turn.candidates = [
        {"pk": novel.pk, "slug": novel.slug, "score": 1, "reasons": [], "breaches": []} for novel in catalogue[:3]
    ]
    turn.state = Turn.State.DONE
    return turn


def cards(presented):
    return [card.novel.slug for block in presented.blocks for card in block.cards or ()]


@pytest.mark.django_db
@pytest.mark.parametrize("dress", ["[[{}]]", "『[[{}]]』", "**[[{}]]**", "[[id: {}]]", "［［{}］］", "[[x|{}]]"])
@pytest.mark.parametrize("title", ["등불의 서고", "The Tale of Lamplight", "lamplightの物語"])
def test_a_title_in_place_of_an_id_is_a_pick_with_its_reason(turn, dress, title):
    turn.reply = f"1. {dress.format(title)} — 조용해요"
    (presented,) = present([turn])
    assert cards(presented) == ["lamplight"]
    assert [part.html for part in presented.blocks[0].cards[0].reason] == ["조용해요"]
    resolve = {"등불의서고": "lamplight", "thetaleoflamplight": "lamplight", "lamplightの物語": "lamplight"}
    picked = grounding.picks_in(turn.reply, turn.candidates, resolve=lambda keys: resolve.get(keys and keys[0]))
    assert picked == [("lamplight", "조용해요")]


@pytest.mark.django_db
@pytest.mark.parametrize("frame", ["{} 조용해요", "그리고 {} 도요", "| {} | 조용해요 |", "Try {}, too", "{}もどうぞ"])
def test_what_is_known_but_was_not_given_is_a_link_by_its_title(turn, frame):
    for dress in (
        "[[letters]]",
        "[[Letters]]",
        "[[편지를 쓰는 소녀]]",
        "[[letters|편지]]",
        "[[letters]](https://evil.example/)",
    ):
        turn.reply = frame.format(dress)
        (presented,) = present([turn])
        html = render_to_string("chatbot/turn/_reply.html", {"presented": presented})
        assert cards(presented) == []
        assert "/novels/letters/" in html
        assert "data-unverified" not in html
        assert "[[" not in html
        assert "evil.example" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("frame", ["{} 조용해요", "그리고 {} 도요", "Try {}, too", "{}もどうぞ"])
def test_what_nothing_is_known_by_is_unverified_and_never_raw(turn, frame):
    for dress in (
        "[[no-such-book]]",
        "[[달토끼의 검]]",
        "『[[달토끼의 검]]』",
        "[[x-y|달토끼의 검]]",
        "[[no-such]](https://evil.example/)",
    ):
        turn.reply = frame.format(dress)
        (presented,) = present([turn])
        html = render_to_string("chatbot/turn/_reply.html", {"presented": presented})
        assert cards(presented) == []
        assert "data-unverified" in html, dress
        assert "[[" not in html
        assert "]]" not in html
        assert "evil.example" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["stopped", "failed", "running"])
def test_half_a_mark_is_never_raw_in_a_reply_that_ended_within_it(turn, state):
    turn.reply, turn.state = "[[lamplight]] 조용해요\n\n그리고 [[snowf", state
    (presented,) = present([turn])
    html = render_to_string("chatbot/turn/_reply.html", {"presented": presented})
    assert cards(presented) == ["lamplight"]
    assert "[[" not in html
    assert "snowf" not in html


@pytest.mark.django_db
def test_copied_and_remembered_marks_are_titles(turn):
    turn.reply = "`lamplight` 조용해요\n\n그리고 【snowfall】과 [[달토끼의 검]], [[no-such]]도요."
    assert plain_text(present([turn])[0]).startswith("『등불의 서고』 조용해요")
    told = prompts.remembered(turn.reply, [candidate["slug"] for candidate in turn.candidates])
    assert told == "[[lamplight]] 조용해요\n그리고 [[snowfall]]과 [[달토끼의 검]], [[no-such]]도요."


PATHOLOGICAL = (
    "[[", "[[a", "[[a|b", "【", "［［", "(a", "(lamplight", "`lamplight` ", "lamplight ", "lamplight\n", "gate ", "id: ", "id:id:",
    "작품 id: ", "the-", "the-quiet-harbour ", "『(", "[lamplight](", "[[lamplight]], ", "[[lamplight]]와 ", "[[lamplight]]\n\n",
    "*_", "_a_a", "ａ", "http://a ", "|1", "| ", "1. ", "['", "[[lamplight]](",
)  # fmt: skip


@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_a_model_lost_in_marks_is_read_in_a_moment(piece):
    for before, after in (("", ""), ("- ", "x"), ("[[lamplight]] ", "["), ("'", "'")):
        text = before + piece * (12_000 // len(piece)) + after
        began = time.process_time()
        read(text)
        read(text, unfinished=True)
        marks.with_marks(text, frozenset())
        assert time.process_time() - began < 1
