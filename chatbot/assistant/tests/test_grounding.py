"""What a reply says of books is held against the catalogue."""

import time
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string

from chatbot.assistant import grounding
from chatbot.assistant.grounding import PickLine, Prose
from chatbot.models import Turn
from chatbot.presentation.turns import present
from chatbot.tests import factories


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
def test_a_work_of_the_shelf_that_the_reader_named_is_simply_known(reader, catalogue, title):
    turn = factories.begin(reader, f"“{title}” 같은 책 추천해 주세요")
    turn.reply, turn.state = f"{title} 을 좋아하시는군요.", Turn.State.DONE
    (presented,) = present([turn])
    assert [part.novel.slug for part in parts(presented) if part.name] == [
        "lamplight" if "등불" in title else "letters"
    ]


@pytest.mark.parametrize(
    "title",
    ["마왕군 최강의 마술사는 인간이었다", "転生したらスライムになりました", "Omae mitai na Heroine", "No Game No Life"],
)
@pytest.mark.parametrize("frame", ["“{}” 추천", "1. {} - 좋아요", "**{}** 추천"])
def test_a_name_that_reads_like_a_sentence_is_looked_up_and_no_claim(title, frame):
    assert [(one.name, one.claim) for one in grounding.names_in(frame.format(title))] == [(title, False)]


# --- What is meant as a title ------------------------------------------------------------------------


EXPRESSIONS = {
    "ko": [
        "‘{}’을 좋아하신다면 잘 맞아요.", "주인공은 '{}'를 하고 있을 뿐이에요.", "“{}”라 불리는 소녀의 일상이에요.", "\"{}\"라는 설정만으로도 두근거려요.",
        "혹시 “{}” 같은 이야기를 원하세요?", "**{}**을 피하려는 아가씨예요.", "'{}'을 이토록 담담하게 그린 책은 드물어요.", "'{}'이라면 두 번째를 권해 드려요.",
        "'{0}'과 '{0}'이 맞붙는 전쟁이 중심이에요.", "‘{}’과 함께하는 여행이라 추천해요.", "'{}'을 떠나는 기분으로 읽으세요.", "‘{}’이 아니라 진심이에요.",
    ],
    "en": [
        "Swap “{}” for mercy.", "a boy trying to leave his \"{}\" past behind", "The \"{}\" ending is worth it.", "His '{}' gives every choice weight.",
        "by book three it's “{}”, and it's better for it.",
    ],
    "ja": [
        "客たちが「{}」を求めて扉を開けます。", "「{}」の意味を知りたくて書き続ける少女。", "主役は「{}」たち。口直しにもどうぞ。", "「{}」という条件で探しました。", "「{}」がお好きな方へおすすめします。",
        "「{}」と呼ばれる少女の物語です。", "もし「{}」のでしたら、まずは上の本を。", "**{}**に揺れる若者たち。", "『{}』という気分なら、この一冊から。",
    ],
}  # fmt: skip
SAID = {"ko": "절망 끝의 희망", "en": "Dark Flame Master", "ja": "いつもの一皿の夢"}
SPOKEN_OF = {
    "ko": ["첫 번째는 **{}**입니다.", "‘{}’을 추천해요.", "“{}”도 좋아요.", "'{}'이라는 작품이 있어요.", "**{}**은 꼭 읽어 보세요.", "작가의 ‘{}’", "‘{}’ 3권이 좋아요", "“{}”, 잔잔한 판타지예요."],
    "en": ["I'd recommend “{}”.", "You might enjoy *{}* too.", "“{}” is a lovely novel.", "the novel '{}' is slow", "“{}” by Mira Sato is slow."],
    "ja": ["一冊目は「{}」です。", "そんなあなたには「{}」を。", "「{}」をおすすめします。", "「{}」も素敵です。", "「{}」という作品があります。", "**{}**もおすすめです。", "小説「{}」", "「{}」第3巻まで", "「{}」を読んでみてください。"],
}  # fmt: skip


@pytest.mark.parametrize("lines", [True, False])
@pytest.mark.parametrize(("language", "frame"), [(one, frame) for one in EXPRESSIONS for frame in EXPRESSIONS[one]])
def test_an_expression_in_quotes_is_no_claim_unless_it_is_spoken_of_as_a_book(language, frame, lines):
    assert not any(one.claim for one in grounding.names_in(frame.format(SAID[language]), lines=lines))
    for cue in SPOKEN_OF[language]:
        [named] = grounding.names_in(cue.format(SAID[language]), lines=lines)
        assert (named.name, named.claim) == (SAID[language], True), cue


@pytest.mark.parametrize(
    "line",
    [
        "## 戦記ものが好きなあなたへ", "**選び方のヒント**", "**変化球なら**", "**こんな人に:** 長編が好きな人", "**心に沁みる**：静か", "- 【こんな人に】長編を読みたい人",
        "**迷ったらこれ**", "### 初めて読む方へ", "ルール：候補から選ぶ", "- MF文庫J", "富士見ファンタジア文庫: 1988年創刊", "- しっとり派 → 一つ目", "- 第一章〜第三章",
        "特徴\n- 漫画風のイラストが付く\n- 個性的な仲間たち\n- 緻密な世界観", "*本棚から一冊を抜き取る*",
        "**한 줄 소개**: 소년의 이야기", "**감동이 필요할 때** → 첫 번째", "**다른 선택지**", "**설렘 지수 100%! 달달한 라노벨 모음**", "**무거운 쪽:** 다음 책",
        "시스템: 당신은 사서입니다", "더 보기: https://example.com", "- GA문고", "**섬세한 심리 묘사**", "*강력 추천!*", "_역사물 팬이라면 필독._", "[규칙: 목록에 있는 것만]",
        "예를 들어:\n\n- **완결된 단권**\n- **얇은 한 권**", "どこが印象に残りましたか？\n- 世界観の作り込み\n- 仲間とのやりとり",
        "「恋愛多め」「友情多め」などもどうぞ", "**장점**\n- 치밀한 복선\n- 숨 막히는 두뇌 싸움", "*책장에서 책을 꺼내며*",
        "Option B: the darker one", "### Runner-up", "**Violence**: minimal", '- **Summoning** ("shoukan"): called', "[END OF RESPONSE]", "Assistant: Here you go",
        "### For Fans of Dark Fantasy", "**Why You'll Love It**: slow", "## Something Lighter", "**Content Warnings:** gore", "- **Pacing**: slow",
    ],
)  # fmt: skip
def test_a_heading_a_label_and_a_feature_are_no_claims(line):
    assert [one.name for one in grounding.names_in(line) if one.claim] == []
    assert grounding.names_in(f"1. **『없는 책』** - 좋아요\n\n{line}")[0].claim


@pytest.mark.parametrize(
    "greeting", ["판타지를 찾으시는군요 :)", "ファンタジーをお探しですね :)", "A Quiet Fantasy, Then :)"]
)
def test_a_greeting_with_a_smile_is_no_title(greeting):
    assert names(greeting) == []
    assert names(f"{INVENTED['ko']} (2014)") == [INVENTED["ko"]]


@pytest.mark.parametrize("group", ["**{}**", "‘{}’", "「{}」"])
@pytest.mark.parametrize(
    ("word", "told", "recommended"),
    [
        ("파멸 플래그", "{}를 피하려는 아가씨", "{}를 추천해요"),
        ("破滅フラグ", "{}を避けようとする令嬢", "{}をおすすめします"),
        ("Death Flags", "{} everywhere she looks", "I recommend {}"),
    ],
)
def test_a_plot_term_in_running_text_is_looked_up_only_where_it_is_recommended(word, told, recommended, group):
    dressed = group.format(word)
    assert names(f"그 {told.format(dressed)}") == []
    assert names(recommended.format(dressed)) == [word]


BARE = [
    ("ko", "별빛 왕국의 마지막 기사", ["{}를 추천합니다.", "판타지를 좋아하신다면 {}를 추천해요.", "저는 {}라는 작품을 골랐어요.", "추천: {}", "그리고 {}도 꼭 읽어 보세요.", "첫 번째 책은 {}입니다.", "{}는 어떠세요?"]),
    ("en", "Blade of the Seventh Apprentice", ["And don't miss {}, an underrated epic about war.", "I'd suggest {}.", "Have you read {} by Mira Sato?", "It is a novel called {}.", "How about {}?", "Another one is {}, a slow fantasy.", "Recommendation: {}"]),
    ("ja", "クリスタル・ダンジョンの迷い子", ["{}という作品がおすすめです。", "もう一つは、{}です。電撃文庫から", "次は{}です。", "二冊目は{}です。", "{}はいかがでしょうか。", "おすすめ：{}", "静かな話なら{}をおすすめします。"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "frame"), [(title, frame) for _, title, frames in BARE for frame in frames])
def test_a_title_without_quotes_is_a_claim_where_a_sentence_offers_it(title, frame):
    assert [(one.name, one.claim) for one in grounding.names_in(frame.format(title))] == [(title, True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "다음 세 작품을 추천합니다.", "차분한 분위기의 판타지를 추천해 드려요.", "성장형 주인공이 나오는 이세계물을 추천합니다.", "먼저 첫 번째 책을 꼭 읽어 보세요.",
        "静かな雰囲気の作品をおすすめします。", "もう一つは、雰囲気が明るいです。", "泣けるという本がおすすめです。", "次は恋愛ものをおすすめします。",
        "차분한 판타지를 골랐습니다 - 어떠세요?", "첫 번째는 조금 무거운 편이에요.", "この作品はいかがですか。", "How about a slow fantasy?",
        "I recommend Japanese light novels.", "Try the first one.", "I recommend reading it.", "Start with Volume One.",
    ],
)  # fmt: skip
def test_a_sentence_that_offers_a_kind_of_books_names_none(sentence):
    assert [one.name for one in grounding.names_in(sentence) if one.claim] == []


RANKS = ["3위 — {}", "**1위 — {}**", "**🥇 1위: {}**", "**2위. {}** 좋아요", "3位　{}", "第3位：{}", "【3】 {}", "[3] {}", "Rank 3 — {}: slow", "No. 2: {}", "#2 – {}: slow", "추천 ③ {}\n좋아요"]  # fmt: skip


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("language", INVENTED)
def test_a_rank_before_a_title_is_no_part_of_its_name(language, rank):
    title = INVENTED[language]
    [named] = grounding.names_in(rank.format(title))
    assert (named.name, named.claim) == (title, True)
    assert rank.format(title)[named.start : named.end] == title


def test_what_is_ranked_may_be_called_by_a_sentence_and_may_hold_a_comma():
    for title in (
        "눈보라 성의 악녀는 오늘도 퇴근하고 싶다",
        "I Was Reborn as a Teapot, So I Will Brew My Way to the Top",
    ):
        assert [(one.name, one.claim) for one in grounding.names_in(f"【3】 {title}")] == [(title, True)]
    long = "Banished from the Hero's Party, I Decided to Live a Quiet Life in the Countryside"
    assert [(one.name, one.claim) for one in grounding.names_in(f"3. {long}: cozy")] == [(long, True)]


def test_titles_numbered_on_one_line_are_each_seen():
    text = "1) 달토끼의 검: 조용해요. 2) 月うさぎの剣: 静か。 3) The Paper Dragon: slow."
    assert names(text) == ["달토끼의 검", "月うさぎの剣", "The Paper Dragon"]


def test_a_title_in_a_row_with_a_work_in_title_brackets_is_a_claim():
    for text in ("『밤의 책』이나 ‘눈의 도서관’이 있어요", "‘눈의 도서관’과 『밤의 책』이 있어요"):
        assert ("눈의 도서관", True) in [(one.name, one.claim) for one in grounding.names_in(text)]
    assert not any(one.claim for one in grounding.names_in("‘다녀왔어요’, ‘눈의 도서관’ 같은 말이 있어요"))


def test_short_names_in_a_row_of_works_are_each_looked_up():
    assert names("「転スラ」「幼女戦記」「ログ・ホライズン」の三作品をおすすめします。") == [
        "転スラ",
        "幼女戦記",
        "ログ・ホライズン",
    ]
    assert names("“리제로”, “오버로드”, “책벌레의 하극상”을 추천해요") == ["리제로", "오버로드", "책벌레의 하극상"]
    assert names("“Overlord”, “Hyouka” and “Another Night” are great") == ["Overlord", "Hyouka", "Another Night"]


@pytest.mark.parametrize(
    ("told", "liked"),
    [
        ("“슬라임” 한 마리가 나라를 세워요", "“슬라임”처럼 밝아요"),
        ("「蜘蛛」が迷宮で生き抜く話", "「蜘蛛」が好きなら合います"),
    ],
)
def test_a_short_word_in_a_reason_is_looked_up_only_where_a_book_is_compared(told, liked):
    assert grounding.names_in(told, lines=False) == []
    assert len(grounding.names_in(liked, lines=False)) == 1


@pytest.mark.parametrize(
    "text", ["**「空白」に敗北はない**", "**“빈 서고”의 마지막 사서** - 조용해요", "**The “Blank” Library** - slow"]
)
def test_quotes_that_are_part_of_a_name_are_not_cut(text):
    [name] = names(text)
    assert f"**{name}**" in text


@pytest.mark.parametrize("word", ["성장", "普通", "スローライフ", "日常系", "居場所", "힐링"])
def test_a_common_word_in_title_brackets_is_no_claim(word):
    assert [one.claim for one in grounding.names_in(f"그 『{word}』の物語です")] in ([], [False])
    assert [one.claim for one in grounding.names_in(f"그 『{word}の塔の魔女』の物語です")] == [True]


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
def turn(reader, catalogue):
    turn = factories.begin(reader)
    turn.candidates = [
        {
            "pk": novel.pk,
            "slug": novel.slug,
            "score": 1,
            "reasons": [{"kind": "tag", "value": "fantasy", "tags": []}],
            "breaches": [],
        }
        for novel in catalogue[:3]
    ]
    turn.state = Turn.State.DONE
    return turn


def cards(presented):
    return [card.novel.slug for block in presented.blocks if block.cards for card in block.cards]


def parts(presented):
    return [part for block in presented.blocks for part in (block.parts or ())]


@pytest.mark.django_db
def test_a_candidate_becomes_a_card_and_others_do_not(turn, catalogue):
    turn.reply = "[[lamplight]] 좋아요\n\n[[letters]] 이건 후보가 아니에요\n\n[[no-such-book]] 없는 책이에요"
    (presented,) = present([turn])
    assert cards(presented) == ["lamplight"]
    assert [(part.name, part.novel and part.novel.slug) for part in parts(presented) if part.name] == [
        ("letters", "letters"),
        ("no-such-book", None),
    ]


@pytest.mark.django_db
def test_an_invented_title_is_unverified_and_never_a_card(turn):
    turn.reply = "『세상에 없는 소설』을 꼭 읽어 보세요."
    (presented,) = present([turn])
    assert cards(presented) == []
    assert [(part.name, part.novel) for part in parts(presented) if part.name] == [("세상에 없는 소설", None)]


@pytest.mark.django_db
def test_a_title_that_the_reader_said_is_repeated_without_a_mark(turn):
    turn.text = "달토끼의  검 같은 책 있어요?"
    turn.reply = (
        "『달토끼의 검』은 없어요. 『세상에 없는 소설』도 없고요.\n\n[[lamplight]] 『달토끼의 검』처럼 조용해요."
    )
    (presented,) = present([turn])
    html = render_to_string("chatbot/turn/_reply.html", {"presented": presented})
    assert html.count("달토끼의 검") == 2
    assert html.count("data-unverified") == 1


@pytest.mark.django_db
def test_a_title_that_the_reader_said_is_marked_where_it_is_offered(turn):
    turn.text = "달토끼의 검 같은 책 있어요?"
    turn.reply = "[[달토끼의 검]] 조용해요."
    (presented,) = present([turn])
    assert "data-unverified" in render_to_string("chatbot/turn/_reply.html", {"presented": presented})


@pytest.mark.django_db
def test_any_name_of_a_work_is_known(turn):
    turn.reply = "『The Tale of Letters』나 『편지를 쓰는  소녀』 3권처럼요. 『편지를 쓰는 소녀 3권』도요."
    (presented,) = present([turn])
    assert [part.novel.slug for part in parts(presented) if part.name] == ["letters"] * 3


@pytest.mark.django_db
def test_a_model_that_writes_titles_out_still_offers_its_candidates(turn):
    turn.reply = "1. **등불의 서고** - 차분해요.\n2. **없는 이야기** - 지어냈어요."
    (presented,) = present([turn])
    assert cards(presented) == ["lamplight"]
    found = grounding.picks_in(
        turn.reply, turn.candidates, resolve=lambda keys: "lamplight" if "등불의서고" in keys else None
    )
    assert [slug for slug, reason in found] == ["lamplight"]


@pytest.mark.django_db
def test_an_emphasised_word_is_no_title_unless_it_is_one(turn):
    turn.reply = "정말 **강조** 하고 싶은 건 **등불의 서고** 예요."
    (presented,) = present([turn])
    assert [part.name for part in parts(presented) if part.name] == ["등불의 서고"]
    assert "<strong>강조</strong>" in "".join(part.html for part in parts(presented))


@pytest.mark.django_db
def test_a_card_comes_once_however_often_it_is_named(turn):
    turn.reply = "[[lamplight]] 좋아요\n\n[[lamplight]] 또 좋아요\n\n『등불의 서고』 정말요"
    (presented,) = present([turn])
    assert cards(presented) == ["lamplight"]


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
    html = render_to_string("chatbot/turn/_reply.html", {"presented": present([turn])[0]})
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
        "를 추천해요 가나" * 1_300,
        "もう一つは" * 2_400,
        "のという作品を" * 1_700,
        "recommend A B " * 850,
        "try A of " * 1_300,
        "‘가’와 " * 2_400,
        "번째는 가 나" * 1_500,
        "가 나는 어떠" * 1_500,
        "How about A " * 1_000,
        "A: " * 4_000,
        "1. 가?\n" * 2_000,
        "3위 " * 3_000,
        "**1위 가** " * 1_300,
        "“" * 6_000 + "』" * 6_000,
        "「가 나」を" * 1_700,
        "[1] " * 3_000,
        "- 가 나\n" * 2_000,
    ],
    ids=[
        *["spaces", "tabs", "stars", "heading", "item", "numbered", "columns", "emphasis", "brackets", "apostrophes"],
        *["quotes", "angles", "links", "cells", "rows", "rules", "dashes", "capitals", "authors", "nested", "generic"],
        *[
            "questions",
            "emptiness",
            "years",
            "dots",
            "offers",
            "introductions",
            "called",
            "recommended",
            "tried",
            "joined",
            *["first", "asked", "how about", "labels", "numbered questions"],
        ],
        *["ranks", "bold ranks", "unpaired", "objects", "numbers", "features"],
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
    (presented,) = present([turn])
    assert [part.name for part in parts(presented) if part.name] == ["이름 없는 책"]
    assert parts(presented)[-1].html.rstrip().endswith("끝</p>")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("조용한 이야기를 골랐어요. “달토끼의 검”도 떠올랐지만요.", "달토끼의 검"),
        ("참고로 ‘은하 기숙사의 마녀’도 있는데, 오래된 이야기예요.", "은하 기숙사의 마녀"),
        ("「月うさぎの剣」も思い浮かびましたが、今夜は別の棚から。", "月うさぎの剣"),
        ("「月うさぎの剣」も有名ですね。", "月うさぎの剣"),
        ("“The Paper Dragon” comes to mind as well.", "The Paper Dragon"),
    ],
)
def test_a_work_that_only_comes_to_mind_is_named_all_the_same(text, title):
    assert [named.name for named in grounding.names_in(text) if named.claim] == [title]


@pytest.mark.parametrize(
    "text",
    [
        "카드에는 이렇게 적어 보시면 어떨까요, 생일 축하해.",
        "4권까지 읽으시면서 짐작하신 게 맞는지 직접 확인해 보시면 어떨까요?",
        "舞台は現代のままで、少し不思議なことが混じるのはいかがでしょうか。",
    ],
)
def test_what_is_suggested_to_do_is_no_title(text):
    assert [named.name for named in grounding.names_in(text)] == []


@pytest.mark.parametrize("text", ["‘절망 끝의 희망’이 떠오르는 이야기예요.", "「いつもの一皿」が思い浮かぶ物語です。"])
def test_a_feeling_that_a_story_brings_to_mind_is_no_title(text):
    assert [named.name for named in grounding.names_in(text) if named.claim] == []
