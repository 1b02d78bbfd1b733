"""What a reply says of books is held against the catalogue."""

import time
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from chatbot.assistant import grounding
from chatbot.assistant.grounding import PickLine, Prose
from chatbot.models import Turn
from chatbot.transcript import present

from . import factories


def names(text, ask=""):
    return [named.name for named in grounding.names_in(text, ask)]


def test_a_marked_line_is_a_pick_with_the_rest_of_its_paragraph_as_reason():
    blocks = grounding.read("골라 봤어요.\n\n[[lamplight]] 차분해요.\n조용하고요.\n\n어떠세요?")
    assert blocks == [
        Prose("골라 봤어요."),
        PickLine("lamplight", "차분해요. 조용하고요."),
        Prose("어떠세요?"),
    ]


@pytest.mark.parametrize(
    "line",
    ["[[lamplight]] 좋아요", "1. [[lamplight]]: 좋아요", "- **[[lamplight]]** — 좋아요", "[[ Lamplight ]] 좋아요"],
)
def test_marks_are_read_however_a_model_dresses_them(line):
    assert grounding.read(line) == [PickLine("lamplight", "좋아요")]


@pytest.mark.parametrize("half", ["골라 봤어요 [", "골라 봤어요 [[", "골라 봤어요 [[lamp", "골라 봤어요 [[lamplight]"])
def test_a_mark_still_being_written_is_held_back(half):
    assert grounding.read(half, unfinished=True) == [Prose("골라 봤어요 ")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("『없는 책』을 추천해요.", ["없는 책"]),
        ("《은하수 도서관》도 좋아요.", ["은하수 도서관"]),
        ("“The Paper Dragon” is lovely.", ["The Paper Dragon"]),
        ('Try "The Paper Dragon" next.', ["The Paper Dragon"]),
        ("**별을 삼킨 마왕** 은 어때요?", ["별을 삼킨 마왕"]),
        ("1. 별을 삼킨 마왕 - 재미있어요", ["별을 삼킨 마왕"]),
        ("2. The Paper Dragon (2014): lovely", ["The Paper Dragon"]),
        ("「紙の竜」がおすすめです。", ["紙の竜"]),
        ("### 별을 삼킨 마왕\n재미있어요", ["별을 삼킨 마왕"]),
    ],
)
def test_titles_are_seen_in_every_dress(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "**줄거리**: 도서관 이야기",
        "**추천하는 이유:** 차분해요",
        "「そうですね。」と笑いました。",
        "“정말 재미있어요.” 하고 말했어요.",
        "조용한 이야기를 골랐어요.",
    ],
)
def test_labels_and_sayings_are_not_titles(text):
    assert names(text) == []


def test_the_readers_own_words_in_quotes_are_not_a_title():
    assert names("“밝은 이야기” 라고 하셨지요", ask="밝은 이야기 추천해 주세요") == []


@pytest.fixture
def turn(reader, shelf):
    turn = factories.begin(reader)
    turn.candidates = [
        {
            "pk": novel.pk,
            "slug": novel.slug,
            "score": 1,
            "reasons": [{"kind": "tag", "value": "fantasy", "tags": []}],
            "breaches": [],
        }
        for novel in shelf[:3]
    ]
    turn.state = Turn.State.DONE
    return turn


def cards(turn):
    return [card.novel.slug for block in turn.blocks if block.cards for card in block.cards]


def parts(turn):
    return [part for block in turn.blocks for part in (block.parts or ())]


@pytest.mark.django_db
def test_a_candidate_becomes_a_card_and_others_do_not(turn, shelf):
    turn.reply = "[[lamplight]] 좋아요\n\n[[letters]] 이건 후보가 아니에요\n\n[[no-such-book]] 없는 책이에요"
    present([turn])
    assert cards(turn) == ["lamplight"]
    assert [(part.name, part.novel and part.novel.slug) for part in parts(turn) if part.name] == [
        ("letters", "letters"),
        ("no-such-book", None),
    ]


@pytest.mark.django_db
def test_an_invented_title_is_unverified_and_never_a_card(turn):
    turn.reply = "『세상에 없는 소설』을 꼭 읽어 보세요."
    present([turn])
    assert cards(turn) == []
    assert [(part.name, part.novel) for part in parts(turn) if part.name] == [("세상에 없는 소설", None)]


@pytest.mark.django_db
def test_any_name_of_a_work_is_known(turn):
    turn.reply = "『The Tale of Letters』나 『편지를 쓰는  소녀』 3권처럼요. 『편지를 쓰는 소녀 3권』도요."
    present([turn])
    assert [part.novel.slug for part in parts(turn) if part.name] == ["letters"] * 3


@pytest.mark.django_db
def test_a_model_that_writes_titles_out_still_offers_its_candidates(turn):
    turn.reply = "1. **등불의 서고** - 차분해요.\n2. **없는 이야기** - 지어냈어요."
    present([turn])
    assert cards(turn) == ["lamplight"]
    found = grounding.picks_in(
        turn.reply, turn.candidates, resolve=lambda keys: "lamplight" if "등불의서고" in keys else None
    )
    assert [slug for slug, reason in found] == ["lamplight"]


@pytest.mark.django_db
def test_an_emphasised_word_is_no_title_unless_it_is_one(turn):
    turn.reply = "정말 **강조** 하고 싶은 건 **등불의 서고** 예요."
    present([turn])
    assert [part.name for part in parts(turn) if part.name] == ["등불의 서고"]
    assert "<strong>강조</strong>" in "".join(part.html for part in parts(turn))


@pytest.mark.django_db
def test_a_card_comes_once_however_often_it_is_named(turn):
    turn.reply = "[[lamplight]] 좋아요\n\n[[lamplight]] 또 좋아요\n\n『등불의 서고』 정말요"
    present([turn])
    assert cards(turn) == ["lamplight"]


class Elements(HTMLParser):
    """Every element, attribute and address of a piece of markup."""

    def __init__(self):
        super().__init__()
        self.names, self.attributes, self.addresses = set(), set(), set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, value in attrs}
        self.addresses |= {value for name, value in attrs if name in ("href", "src", "action")}


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "[x](javascript:alert(1))",
    "![x](https://evil.example/a.png)",
    '<div hx-get="/accounts/logout/" hx-trigger="load">x</div>',
    "<style>body{display:none}</style>",
    "<iframe src=//evil.example></iframe>",
    "<svg onload=alert(1)>",
    "[[lamplight]] <script>alert(1)</script>",
    "『<script>alert(1)</script>』",
    "`<script>alert(1)</script>`",
]


@pytest.mark.django_db
@pytest.mark.parametrize("reply", HOSTILE)
def test_nothing_a_model_writes_becomes_markup(turn, reply):
    turn.reply = reply
    html = render_to_string("chatbot/_reply.html", {"turn": present([turn])[0]})
    seen = Elements()
    seen.feed(html)
    assert seen.names <= {
        "header",
        "div",
        "p",
        "span",
        "code",
        "a",
        "article",
        "img",
        "h3",
        "details",
        "summary",
        "svg",
        "path",
        "ul",
        "li",
    }
    assert not {name for name in seen.attributes if name.startswith(("on", "hx-", "style", "srcdoc"))}
    assert all(address.startswith(("/novels/",)) for address in seen.addresses)


@pytest.mark.django_db
def test_a_conversation_takes_the_same_queries_however_long(turn, django_assert_num_queries):
    turn.reply = "[[lamplight]] 좋아요. 『눈 내리는 왕국』도요."
    present([turn])  # its novels are kept from here on, until the catalogue changes
    with django_assert_num_queries(4):  # names, the revision, refusals, marks
        present([turn])
    with django_assert_num_queries(4):
        present([turn] * 3)


@pytest.mark.parametrize(
    "reply",
    [
        " " * 12_000 + "x",
        "\t" * 12_000 + "x",
        " " * 4_000 + "*" * 4_000 + " " * 4_000,
        "# " + "\t" * 11_990 + "[",
        "- " + " " * 11_990 + "[",
        "# 1. " + " " * 5_000 + "1. " + " " * 5_000 + "[",
        ("- a" + " " * 77 + "b\n") * 148,
        "_*" * 6_000,
        "[" * 6_000 + "]" * 6_000,
    ],
    ids=["spaces", "tabs", "stars", "heading", "item", "numbered", "columns", "emphasis", "brackets"],
)
def test_a_reply_that_lost_itself_is_read_in_a_moment(turn, reply):
    turn.reply = reply
    before = time.process_time()
    present([turn])
    grounding.picks_in(reply, turn.candidates, resolve=lambda keys: None)
    assert time.process_time() - before < 1


def test_placeholders_written_as_entities_break_no_page(turn):
    turn.reply = "『이름 없는 책』 &#xE000;" + "1" * 5000 + "&#xE001; &#xE000;7&#xE001; &#xE000;²&#xE001; 끝"
    present([turn])
    assert [part.name for part in parts(turn) if part.name] == ["이름 없는 책"]
    assert parts(turn)[-1].html.rstrip().endswith("끝</p>")
