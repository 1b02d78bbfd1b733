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


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("“밝은 이야기” 라고 하셨지요", "밝은 이야기 추천해 주세요"),
        ("“고양이가 나오는 책” 이라고 하셨지요", "고양이가 나오는 책 추천해 주세요"),
        ("“고양이가 나오는 책” 이라고 하셨지요", "“고양이가 나오는 책” 추천해 주세요"),
        ("「猫の出てくる本」ですね", "猫の出てくる本をおすすめして"),
        ('You said "stories with Cats"', "I want stories with cats"),
    ],
)
def test_the_readers_own_words_in_quotes_are_not_a_title(text, ask):
    assert names(text, ask) == []


QUOTES = [
    "“{}”", '"{}"', "‘{}’", "'{}'", "「{}」", "『{}』", "《{}》", "〈{}〉", "<{}>", "[{}]", "【{}】", "«{}»", "‹{}›", "〔{}〕",
    "＜{}＞", "［{}］", "**{}**", "__{}__", "**『{}』**", "“『{}』”", '["{}"]', "<b>{}</b>", "[{}](https://example.com/x)", "“{},”",
    '"{}."', "'{},'", "「{}。」", "**{}:**", "_{}_", "***{}***", "`{}`", "＂{}＂",
]  # fmt: skip
INVENTED = {"ko": "달토끼의 검", "en": "The Witch of the Star Library", "ja": "月うさぎの剣"}
SENTENCES = {
    "ko": ["{}을 추천해요.", "그리고 {}이나 다른 책도요", "저는 {}라는 책을 골랐어요", "{}: 조용한 이야기예요", "{}"],
    "en": [
        "Try {}, a slow fantasy.",
        "{} is lovely, isn't it?",
        "{}: a quiet tale that doesn't end",
        "The readers' {}",
    ],
    "ja": ["{}をおすすめします。", "次に{}はいかがですか", "{}：静かな物語です", "これは{}という本です"],
}


@pytest.mark.parametrize("quotes", QUOTES)
@pytest.mark.parametrize("language", INVENTED)
def test_an_invented_title_is_a_claim_in_any_quotes_whatever_follows(language, quotes):
    for sentence in SENTENCES[language]:
        text = sentence.format(quotes.format(INVENTED[language]))
        assert [(one.name, one.claim) for one in grounding.names_in(text)] == [(INVENTED[language], True)], text


@pytest.mark.parametrize("quotes", ["“{}”", '"{}"', "'{}'", "‘{}’", "<{}>"])
def test_an_apostrophe_neither_opens_nor_ends_a_title(quotes):
    text = f"It's said you shouldn't miss {quotes.format('The Magician' + chr(39) + 's Tale')}, the readers' choice; don't."
    assert names(text) == ["The Magician's Tale"]
    assert names("It's the reader's choice, isn't it? Rock 'n' roll, the dogs' bowls.") == []


HEADS = {
    "ko": ["{} - 조용한 이야기예요.", "{} – 조용해요", "{} — 조용해요", "{}: 조용한 이야기예요", "{}：조용해요", "{} (2014) - 조용해요", "{} (김작가): 조용해요", "{} / 김작가 - 조용해요", "📚 {} - 조용해요", "• {} - 조용해요", "① {} - 조용해요"],
    "en": ["{} - a quiet tale.", "{} – a quiet tale", "{} — quiet", "{}: a quiet tale", "{} (2014): quiet", "{} by Akira Tanaka - quiet", "{} (Akira Tanaka, 2014) - quiet"],
    "ja": ["{} - 静かな物語です。", "{}：静かな物語です", "{}――静かです", "{}（2014） - 静かです", "{}（田中）：静かです", "・{}：静か"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "head"), [(language, head) for language in HEADS for head in HEADS[language]])
def test_a_line_of_its_own_may_begin_with_a_title(language, head):
    text = f"{head.format(INVENTED[language])}\n\nx"
    assert [(one.name, one.claim) for one in grounding.names_in(text)] == [(INVENTED[language], True)]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("제목: {}", "달토끼의 검"),
        ("1. **작품명:** {} (2014)", "달토끼의 검"),
        ("- 추천작 2: {} - 조용해요", "달토끼의 검"),
        ("Title: {}", "The Moon Sword"),
        ("**Book:** {} by Akira Tanaka", "The Moon Sword"),
        ("**{} by Akira Tanaka** is slow", "The Moon Sword"),
        ("タイトル：{}", "月うさぎの剣"),
        ("- [ ] {}", "달토끼의 검"),
        ("### 🌙 {}", "달토끼의 검"),
        ("**1. {}**: 조용해요", "달토끼의 검"),
    ],
)
def test_what_is_said_to_be_a_title_is_one(line, title):
    assert [(one.name, one.claim) for one in grounding.names_in(line.format(title))] == [(title, True)]


@pytest.mark.parametrize(
    "line",
    [
        "이번 추천은 이거예요: 차분한 판타지",
        "정말 좋아요 - 꼭 읽어 보세요.",
        "한 가지 더 — 두 번째 권부터는 어두워져요.",
        "결론부터 말하면: 좋아요.",
        "조용한 이야기를 찾으셨군요 - 골라 봤어요.",
        "차분한 판타지를 골랐습니다 - 어떠세요?",
        "등불 아래에서 시작되는 이야기 — 조용해요.",
        "장르: 판타지",
        "좋은 점 - 조용해요",
        "One thing to know: it is slow.",
        "If you like dark stories — this fits.",
        "Note: it is slow",
        "It is slow - and I mean slow.",
        "Genre: fantasy",
        "Here are my picks:",
        "Happy Reading! - Your Librarian",
        "ひとつだけ：後半は暗いです",
        "静かな物語をお探しですね：こちらです",
        "結論から言うと：おすすめです",
        "ジャンル：ファンタジー",
        "読みどころ - 静かな語り口です",
        "오후 3:00 에 만나요",
        "2024년 - 완결",
        "제목은 조용해요: 정말로",
    ],
)
def test_a_sentence_with_a_dash_or_a_colon_is_no_title(line):
    assert names(line) == []


@pytest.mark.parametrize(
    "text",
    [
        "### 추천 작품", "## 첫 번째 추천", "**판타지**: 밝아요", "1. 장르: 판타지", "【추천 이유】 조용해요", "[줄거리] 옛날에", "‘힐링’ 판타지",
        "## Recommendations", "### Fantasy", "Here are my picks", "**Why You Might Like It:** slow", "[1] and [^2], [x]", "a ‘cozy’ mood",
        "a 'cozy' and \"slow\" mood", "<b>bold</b> and <br> and <https://example.com>", '"I love this!" she said',
        "### おすすめのライトノベル", "## 一つ目のおすすめ", "**ジャンル**：ファンタジー", "【おすすめポイント】静か", "「癒し」のある話", "- あらすじ：昔々",
        "| 제목 | 이유 |\n|---|---|", "| 번호 | 장르 |\n|:-:|:-:|\n| 1 | 판타지 |",
    ],
)  # fmt: skip
def test_generic_words_and_markup_are_no_titles(text):
    assert names(text) == []
    assert names(f"{text}\n\n『없는 책』") == ["없는 책"]


TABLES = [
    "| 제목 | 이유 |\n|---|---|\n| {} | 조용한 이야기 |",
    "| {} | 조용한 이야기 |",
    "| # | 작가 | 작품 |\n|:-:|---|---|\n| 1 | 김작가 | **{}** |",
    "번호 | 작품\n---|---\n1 | {}",
    "| No. | Title | Why |\n| --- | :---: | --- |\n| 1. | {} | slow |",
    "| 作者 | タイトル |\n|---|---|\n| 田中 | {} |",
    "| 順位 | 内容 |\n|---|---|\n| 1位 | {} |",
]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("language", INVENTED)
def test_the_title_of_a_row_of_a_table_is_a_claim(language, table):
    text = table.format(INVENTED[language])
    assert [(one.name, one.claim) for one in grounding.names_in(text)] == [(INVENTED[language], True)]
    [block] = grounding.read(text)
    assert names(block.text) == [INVENTED[language]]
    assert "|" not in block.text
    assert "---" not in block.text


@pytest.mark.parametrize("mark", ["[[lamplight]]", "lamplight", "`lamplight`"])
def test_a_mark_in_a_row_of_a_table_is_a_pick(mark):
    text = f"| 번호 | 작품 | id | 이유 |\n|---|---|---|---|\n| 1 | 등불의 서고 | {mark} | 차분해요 |"
    assert grounding.read(text, ["lamplight"]) == [PickLine("lamplight", "차분해요")]


NAMED_FIRST = [
    ("달토끼의 검", "“달토끼의 검” 추천해 줘", (), "{} 은 모르는 책이에요. 그래도 {}처럼 조용한 걸 골랐어요."),
    ("달토끼의 검", "『달토끼의 검』 재밌게 읽었어", (), "{}을 읽으셨군요.\n\n{}"),
    ("달토끼의 검", "달토끼의 검 추천해 줘", ("달토끼의 검",), "{}은 모르는 책이에요"),
    ("Sword of the Moon Bunny", "recommend 'Sword of the Moon Bunny' as if it existed", (), "I know {}! {} is lovely."),
    ("sword of the moon bunny", 'recommend "sword of the moon bunny"', (), "Well, {} is a slow fantasy."),
    ("月うさぎの剣", "「月うさぎの剣」をすすめて", (), "{}は素敵です。{}を読みましょう。"),
]


@pytest.mark.parametrize("dress", ["{}", "**{}**", "“{}”", "『{}』", "'{}'"])
@pytest.mark.parametrize(("title", "ask", "titles", "reply"), NAMED_FIRST)
def test_a_title_the_reader_named_first_is_found_however_it_stands(title, ask, titles, reply, dress):
    found = grounding.names_in(reply.format(*[dress.format(title)] * 2), ask, titles)
    assert [(one.name, one.claim) for one in found] == [(title, True)] * reply.count("{}")


def test_a_common_word_that_is_a_title_too_is_one_only_where_it_is_written_so():
    ask = 'I read "Gate" and "Horizon"'
    assert names("Gate after gate, and a horizon beyond.", ask) == []
    assert names("You read Gate, then.", ask) == ["Gate"]


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["등불의 서고", "편지를 쓰는 소녀", "The Tale of Letters"])
def test_a_work_of_the_shelf_that_the_reader_named_is_simply_known(reader, shelf, title):
    turn = factories.begin(reader, f"“{title}” 같은 책 추천해 주세요")
    turn.reply, turn.state = f"{title} 을 좋아하시는군요.", Turn.State.DONE
    present([turn])
    assert [part.novel.slug for part in parts(turn) if part.name] == ["lamplight" if "등불" in title else "letters"]


@pytest.mark.parametrize(
    "title",
    ["마왕군 최강의 마술사는 인간이었다", "転生したらスライムになりました", "Omae mitai na Heroine", "No Game No Life"],
)
@pytest.mark.parametrize("frame", ["“{}” 추천", "1. {} - 좋아요", "**{}** 추천"])
def test_a_name_that_reads_like_a_sentence_is_looked_up_and_no_claim(title, frame):
    assert [(one.name, one.claim) for one in grounding.names_in(frame.format(title))] == [(title, False)]


# --- Reasons ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[[lamplight]]는 차분해요", "차분해요"),
        ("[[lamplight]] 는 차분해요", "차분해요"),
        ("[[lamplight]]을(를) 추천해요", "추천해요"),
        ("[[lamplight]]이에요. 차분해요", "차분해요"),
        ("[[lamplight]] 이 책은 차분해요", "이 책은 차분해요"),
        ("[[lamplight]]이야기가 좋아요", "이야기가 좋아요"),
        ("[[lamplight]]は静か", "静か"),
        ("[[lamplight]]が静か", "静か"),
        ("[[lamplight]]です。静か", "静か"),
        ("[[lamplight]]もう一冊", "もう一冊"),
        ("[[lamplight]], a slow fantasy", "a slow fantasy"),
        ("[[lamplight]]'s world is quiet", "world is quiet"),
        ("[[lamplight]] – quiet", "quiet"),
        ("[[lamplight]]: quiet", "quiet"),
        ("[[lamplight]] → quiet", "quiet"),
        ("[[lamplight]]。静か", "静か"),
        ("[[lamplight]]」静か", "静か"),
        ("**[[lamplight]] 차분해요**", "차분해요"),
        ("[[lamplight]] 추천 이유: 차분해요", "차분해요"),
        ("**[[lamplight]]:** 차분해요", "차분해요"),
        ("**1. [[lamplight]]** 차분해요", "차분해요"),
        ("첫째, [[lamplight]]는 차분해요", "차분해요"),
        ("[[lamplight]] **정말** 차분해요", "**정말** 차분해요"),
    ],
)
def test_what_ties_a_reason_to_its_mark_is_no_part_of_it(line, reason):
    assert grounding.read(line) == [PickLine("lamplight", reason)]


@pytest.mark.parametrize(
    ("reason", "closing"),
    [
        ("차분해요.", "더 밝은 쪽도 찾아볼까요?"),
        ("차분해요.\n고요하고요.", "마음에 드는 게 있으면 말씀해 주세요."),
        ("Quiet.", "Shall I look for something brighter?"),
        ("Quiet.\nAnd slow.", "Let me know if you want more."),
        ("静かです。", "もっと明るいものも探しましょうか？"),
        ("静かです。\n穏やかです。", "気になるものがあれば教えてください。"),
    ],
)
def test_what_turns_to_the_reader_below_the_last_reason_is_no_part_of_it(reason, closing):
    told = " ".join(reason.split("\n"))
    for text in (f"[[lamplight]] {reason}\n{closing}", f"[[lamplight]]\n{reason}\n{closing}"):
        assert grounding.read(f"[[snowfall]] x\n\n{text}") == [
            PickLine("snowfall", "x"),
            PickLine("lamplight", told),
            Prose(closing),
        ]


@pytest.mark.parametrize(
    "reason",
    ["차분해요.\n마녀는 왜 숨었을까요?", "Quiet.\nWho put out the lamps?", "静かです。\n誰が灯りを消したのか。"],
)
def test_a_question_the_story_asks_stays_in_the_reason(reason):
    assert grounding.read(f"[[lamplight]] {reason}") == [PickLine("lamplight", " ".join(reason.split("\n")))]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n"])
@pytest.mark.parametrize(
    "label",
    ["- 이유: {}", "**추천 이유:** {}", "Reason: {}", "- **Why it fits:** {}", "理由：{}", "・おすすめの理由：{}"],
)
def test_a_labelled_reason_below_a_mark_alone_belongs_to_it(label, between):
    text = f"1. [[lamplight]]{between}{label.format('조용해요')}\n\n끝이에요"
    assert grounding.read(text) == [PickLine("lamplight", "조용해요"), Prose("끝이에요")]


def test_what_follows_an_empty_line_without_a_label_is_prose():
    assert grounding.read("[[lamplight]]\n\n천천히 읽어 보세요") == [PickLine("lamplight"), Prose("천천히 읽어 보세요")]


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
        "'a " * 4_000,
        "‘a’b" * 3_000,
        "<a " * 4_000,
        "[a](" * 3_000,
        "|a" * 6_000,
        "|a|b\n" * 2_400,
        "| - " * 3_000 + "x",
        "가 - " * 3_000,
        "A " * 6_000,
        "a by A " * 1_700,
        "**『가』b**" * 1_200,
        "추천작품" * 3_000,
        "[[lamplight]] x\n" + "더?\n" * 4_000,
        "[[lamplight]]" + "\n" * 11_000 + "- 이유: x",
        "(2014) " * 1_700,
        "1" + "." * 11_000 + "|x",
    ],
    ids=[
        *["spaces", "tabs", "stars", "heading", "item", "numbered", "columns", "emphasis", "brackets", "apostrophes"],
        *["quotes", "angles", "links", "cells", "rows", "rules", "dashes", "capitals", "authors", "nested", "generic"],
        *["questions", "emptiness", "years", "dots"],
    ],
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
