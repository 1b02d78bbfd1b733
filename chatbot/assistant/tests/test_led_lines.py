"""Lines that a candidate's title leads are picks, a pick wins over every mention, and its reason stands alone."""

import time

import pytest
from django.utils import translation

from chatbot.assistant import grounding
from chatbot.assistant.grounding import PickLine, Prose
from chatbot.models import Turn
from chatbot.presentation.turns import present
from chatbot.tests import factories
from chatbot.text.particles import agreeing

GIVEN = [
    {"slug": "tower", "titles": ["탑의 마법사", "The Wizard of the Tower", "塔の魔法使い"]},
    {"slug": "harbour", "titles": ["항구의 아침", "Morning at the Harbour", "港の朝"]},
    {"slug": "spider", "titles": ["거미라도, 괜찮을까요?", "Is a Spider, Too, All Right?", "蜘蛛でも、いいですか。"]},
    {"slug": "another", "titles": ["어나더", "Another", "アナザー"]},
    {"slug": "36", "titles": ["36", "36"]},
]
TITLES = {"ko": ("탑의 마법사", "항구의 아침"), "en": ("The Wizard of the Tower", "Morning at the Harbour"), "ja": ("塔の魔法使い", "港の朝")}  # fmt: skip
REASONS = {"ko": "조용한 이야기예요.", "en": "A quiet tale.", "ja": "静かな物語です。"}
LANGUAGES = list(TITLES)


def read(text, **how):
    return grounding.read(text, GIVEN, **how)


def picked(text, **how):
    return [(block.slug, block.reason) for block in read(text, **how) if isinstance(block, PickLine)]


def prose(text, **how):
    return "\n".join(block.text for block in read(text, **how) if isinstance(block, Prose))


# --- Titles at the head of a line ------------------------------------------------------------------

ON_A_LINE = [
    "{t}: {r}", "{t} - {r}", "{t} — {r}", "{t}……{r}", "1. {t} - {r}", "1. **{t}** – {r}", "① {t}: {r}", "- '{t}': {r}", "・「{t}」：{r}",
    "（1）{t}　{r}", "第1位　{t}　{r}", "1위. {t}: {r}", "Rank 1 — {t}: {r}", "**Best overall:** {t} – {r}", "[{t}](tower) - {r}", "**{t}** (`tower`): {r}",
    "{t} (2014): {r}", "- {t} (A. Author) - {r}", "| 1 | {t} | {r} |", "📚 **{t}** — {r}", "하나: {t} - {r}", "一番静か：{t} - {r}", "> {t}: {r}",
]  # fmt: skip
ABOVE = [
    "{t}\n{r}", "**{t}**\n{r}", "『{t}』\n{r}", "### 1. 《{t}》\n{r}", "**🥇 1위 — {t}**\n{r}", "**2위: {t}**\n{r}", "**추천 ③ {t}**\n{r}", "🏆 #2 — {t}\n{r}",
    "**Recommendation #1 — {t}**\n{r}", "추천: {t}\n이유: {r}", "제목: {t}\n{r}", "【1】{t}（著者）\n → {r}", "**[{t}](tower)**\n{r}", "✨ **{t}** ✨\n{r}",
    "・作品名：{t}\n・ID：tower\n・理由：{r}", "title: {t}\nid: tower\ngenres: a, b\nreason: {r}", "- id: tower\n  title: {t}\n  reason: {r}", "### [[tower]]\n{r}",
    "**{t}** by Aki Tanaka\nGenre: quiet\n{r}", "おすすめ①　『{t}』\n{r}", "Recommendation: {t}\nWhy: {r}", "*{t}*\n> {r}",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", [*ON_A_LINE, *ABOVE])
def test_a_title_at_the_head_of_a_line_is_a_pick_with_its_reason(line, language):
    text = line.format(t=TITLES[language][0], r=REASONS[language])
    assert picked(text) == [("tower", REASONS[language])]
    assert prose(text) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", [*ON_A_LINE, *ABOVE])
def test_a_title_that_was_not_given_makes_no_pick(line, language):
    text = line.format(t=TITLES[language][0], r=REASONS[language]).replace("[[tower]]", TITLES[language][0])
    given = {one["slug"] for one in GIVEN[1:]}
    assert not [block for block in grounding.read(text, GIVEN[1:]) if getattr(block, "slug", "") in given]
    assert [block.slug for block in read(text) if isinstance(block, PickLine)], "what could have leaked"


@pytest.mark.parametrize(
    "text",
    ["첫 번째는 {}입니다. {}", "First, {} - {}", "まず、『{}』です。{}", "- {}。{}", "1. {}をおすすめします。{}"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ordinal_leads_to_a_title_too(text, language):
    assert picked(text.format(TITLES[language][0], REASONS[language])) == [("tower", REASONS[language])]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("거미라도, 괜찮을까요? - 조용해요", "조용해요"),
        ("- Is a Spider, Too, All Right?: quiet", "quiet"),
        ("蜘蛛でも、いいですか。がおすすめです。静かです。", "静かです。"),
        ("蜘蛛でも、いいですか。\n静かです。", "静かです。"),
    ],
)
def test_the_marks_a_title_ends_in_are_part_of_it(text, reason):
    assert picked(text) == [("spider", reason)]


@pytest.mark.parametrize(
    "text", ["Another: quiet", "- Another - quiet", "**Another**\nquiet", "“Another” — quiet", "36: quiet"]
)
def test_a_title_of_one_ordinary_word_is_one_where_it_stands_apart(text):
    assert [reason for _slug, reason in picked(text)] == ["quiet"]


@pytest.mark.parametrize(
    "text", ["Another day begins.", "- Another book is quiet", "36 pages of it", "1. 36 of them", "Anothers: x"]
)
def test_an_ordinary_word_is_no_title(text):
    assert picked(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "{}처럼 조용한 책이에요.",
        "- {} 같은 책을 찾으셨죠.",
        "『{}』が好きなら、次です。",
        "{}は既読とのことなので、外しました。",
        "{}: already read, so not for you.",
        "If you liked {}, read on.",
        "이미 읽으신 책: {}",
        "似た作品：{}",
    ],
)
def test_a_title_that_is_only_spoken_of_is_no_pick(text):
    for language in LANGUAGES:
        assert picked(text.format(TITLES[language][0])) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("frame", ["- {}\n- {}", "1. {}\n2. {}", "{}\n{}", "1) {} 2) {}", "① {} ② {}"])
def test_what_leads_the_next_line_begins_the_next_pick(frame, language):
    reason = REASONS[language]
    first, second = (f"{title}: {reason}" for title in TITLES[language])
    assert picked(frame.format(first, second)) == [("tower", reason), ("harbour", reason)]


@pytest.mark.parametrize("unknown", ["달토끼의 검", "The Paper Dragon", "月うさぎの剣"])
@pytest.mark.parametrize(
    "frame", ["- {}: x\n- {}: y", "1. {} - x\n2. {} - y", "{}: x\n{}: y", "Rank 1 — {}: x\nRank 2 — {}: y"]
)
def test_an_unknown_title_below_is_never_part_of_the_reason(frame, unknown):
    text = frame.format("탑의 마법사", unknown)
    assert picked(text) == [("tower", "x")]
    assert unknown in prose(text)


def test_turns_kept_before_titles_were_are_read_by_their_marks():
    assert grounding.read("1. 탑의 마법사 - x", [{"slug": "tower"}]) == [Prose("1. 탑의 마법사 - x")]
    assert grounding.read("[[tower]] x", [{"slug": "tower"}]) == [PickLine("tower", "x")]


# --- Marks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lead",
    ["1冊目：", "추천 도서: ", "또 하나: ", "마지막: ", "一番甘いのは：", "**Best overall:** ", "第1位　", "Rank 2 — "],
)
@pytest.mark.parametrize("parted", [" — {}", "\n{}"])
def test_a_mark_behind_a_few_words_is_a_pick(lead, parted):
    for reason in REASONS.values():
        assert picked(f"{lead}[[tower]]{parted.format(reason)}") == [("tower", reason)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gap", [" ", "", "\\n", "\\n\\n", "\n"])
def test_marks_that_begin_a_sentence_are_picks_each(language, gap):
    reason = REASONS[language]
    text = gap.join(f"[[{slug}]] {reason}" for slug in ("tower", "harbour", "another"))
    assert picked(text) == [(slug, reason) for slug in ("tower", "harbour", "another")]


@pytest.mark.parametrize(
    "text",
    [
        "[[tower]] 좋아요. [[harbour]]처럼요.",
        "[[tower]] 静か。[[harbour]]のように。",
        "[[tower]] A tale. [[harbour]]-like.",
    ],
)
def test_a_mark_that_is_only_likened_to_is_no_pick(text):
    assert [slug for slug, _reason in picked(text)] == ["tower"]


@pytest.mark.parametrize(
    "line", ["[[id]] tower: {}", "[[ID]] [[tower]] {}", "[[id]] 탑의 마법사: {}", "[[id]]: tower — {}"]
)
def test_the_word_id_in_a_mark_is_the_id_that_follows(line):
    for reason in REASONS.values():
        assert picked(line.format(reason)) == [("tower", reason)]


# --- Reasons ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["{m} {t}: {r}", "{m} **{t}** — {r}", "{m} ({t}) — {r}", "{m}『{t}』\n{r}", "{m}『{t}』(著者)\n{r}", '{m}: "{t}" - {r}', "{m} {t}\n→ {r}", "{m} - {t} - {r}",
     "{m} **Title:** {t} **Author:** A **Reason:** {r}", "**{m} {t}**: {r}", "{m}「{t}」。{r}", "{m} - {t} - 8.5/10 - https://a.example/x - {r}"],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_said_again_is_no_part_of_the_reason(line, language):
    text = line.format(m="[[tower]]", t=TITLES[language][0], r=REASONS[language])
    assert picked(text) == [("tower", REASONS[language])]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        *((f"[[tower]]{tie}静かです", "静かです") for tie in ("は", "では、", " では、", "については、", "について：", "という作品は、", "といえば、", "なら、", "（全26巻）は、", "（既刊12巻）なら、")),
        *((f"[[tower]]{tie}조용해요", "조용해요") for tie in ("는 ", "의 경우, ", "라면 ", " 라면 ", "라는 작품은 ", "입니다. ", "예요. ", "도 빼놓을 수 없죠. ", "를 추천합니다. ")),
        ("[[tower]]도 빼놓을 수 없죠.", "탑의 마법사도 빼놓을 수 없죠."),
        ("[[tower]]과 함께 걸어요", "탑의 마법사와 함께 걸어요"),
        ("[[tower]] is quiet", "The Wizard of the Tower is quiet"),
        ("[[tower]], on the other hand, is quiet", "The Wizard of the Tower, on the other hand, is quiet"),
        ("[[tower]]'s slow burn", "The Wizard of the Tower's slow burn"),
        ("[[tower]] もおすすめです。静かです", "静かです"),
    ],
)  # fmt: skip
def test_no_reason_is_left_a_stump(line, reason):
    assert picked(line) == [("tower", reason)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "line",
    ["{m} 【理由】{r}", "{m} (이유) {r}", "{m} ▶ 추천 이유 : {r}", "{m} 概要: {r}", "{m} ← {r}", "{m} ―― {r}", "{m} 🏰 → {r}", "{m} ~ {r}", "{m}\n> {r}",
     "{m}：\n★おすすめ度：★★★★★\n{r}", "{m} {r} 추천도: ★★★★☆", "{m} {r} Confidence: 0.92", "{m} (평점 4.5/5, 완결) {r}", "{m} [판타지/다크] {r}"],
)  # fmt: skip
def test_labels_and_ratings_are_no_part_of_the_reason(line, language):
    assert picked(line.format(m="[[tower]]", r=REASONS[language])) == [("tower", REASONS[language])]


@pytest.mark.parametrize(
    "reason",
    ["(조용한 이야기)", "8권까지 나온 이야기", "quiet - and slow", "제목처럼 조용해요", "The title says it all.", "It came out in 9/2014.", "탑의 마법사들이 모여요"],
)  # fmt: skip
def test_what_only_looks_like_data_stays_in_the_reason(reason):
    assert picked(f"[[tower]] {reason}") == [("tower", reason)]


@pytest.mark.parametrize(
    "reason", ["「塔の魔法使い」ごっこの話", "'탑의 마법사'놀이 이야기", "“The Wizard of the Tower”ish tales"]
)
def test_a_title_in_quotes_that_a_word_goes_on_behind_stays(reason):
    assert picked(f"[[tower]] {reason}") == [("tower", reason)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paragraph_between_two_picks_stays_where_it_was_seen_to_come(language):
    reason = REASONS[language]
    blocks = read(f"[[tower]] {reason}\n\n{reason}\n\n[[harbour]] {reason}")
    assert blocks == [PickLine("tower", reason), Prose(reason), PickLine("harbour", reason)]


@pytest.mark.parametrize(
    ("told", "question"),
    [
        ("조용한 이야기예요.", "더 추천해 드릴까요?"),
        ("조용한 이야기예요.", "어떤 쪽이 마음에 드세요?"),
        ("静かな物語です。", "気になりましたか？"),
        ("A quiet tale.", "Would you like more like this?"),
    ],
)
def test_a_question_to_the_reader_on_the_line_of_the_last_reason_is_prose(told, question):
    text = f"[[harbour]] {told}\n[[tower]] {told} {question}"
    assert picked(text) == [("harbour", told), ("tower", told)]
    assert prose(text) == question


@pytest.mark.parametrize(
    "reason", ["탑이 있어요. 마녀는 왜 숨었을까요?", "A tower stands. Who lit it?", "塔です。誰が灯したのか？"]
)
def test_a_question_of_the_story_stays(reason):
    assert picked(f"[[tower]] {reason}") == [("tower", reason)]


# --- While it is written ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", [*ON_A_LINE, *ABOVE])
def test_no_card_moves_or_vanishes_while_a_reply_grows(line, language):
    first, second = (line.format(t=title, r=REASONS[language]) for title in TITLES[language])
    text = f"{first}\n\n{second.replace('tower', 'harbour')}"
    before = []
    for length in range(len(text) + 1):
        slugs = list(dict.fromkeys(slug for slug, _ in picked(text[:length], unfinished=True)))
        assert slugs[: len(before)] == before, text[:length]
        before = slugs
    assert before == ["tower", "harbour"]


# --- Picks and mentions ----------------------------------------------------------------------------


@pytest.fixture
def given(db):
    factories.make_tag("fantasy")
    return [
        factories.make_novel("granary", "등불의 곳간", title_en="The Granary of Lamps", title_ja="灯の蔵"),
        factories.make_novel("snowy-quay", "눈 내리는 부두", title_en="The Snowy Quay", title_ja="雪の波止場"),
    ]


@pytest.fixture
def turn(reader, given):
    turn = factories.begin(reader)
    turn.candidates = [
        {
            "pk": novel.pk,
            "slug": novel.slug,
            "titles": list(novel.titles.values()),
            "score": 1,
            "reasons": [],
            "breaches": [],
        }
        for novel in given
    ]
    turn.state = Turn.State.DONE
    return turn


def shown(turn):
    (presented,) = present([turn])
    cards = [card for block in presented.blocks for card in block.cards or ()]
    return [
        (card.novel.slug, "".join(part.words if part.name else part.html for part in card.reason)) for card in cards
    ]


def resolving(turn):
    return lambda keys: next(
        (
            one["slug"]
            for one in turn.candidates
            if set(keys) & {key for title in one["titles"] for key in grounding.keys_of(title)}
        ),
        None,
    )


MENTIONS = ["『{t}』{ga}", "**{t}**, **{u}**", "{t}: ", "If you like **{t}**, read on.", "“{t}” と “{u}” です。"]


@pytest.mark.django_db
@pytest.mark.parametrize("mention", MENTIONS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_line_that_picks_wins_over_every_mention(turn, given, mention, language, gap):
    first, second = (novel.titles[language] for novel in given)
    reason = REASONS[language]
    turn.reply = (
        f"{mention.format(t=first, u=second, ga='가 좋아요.')}{gap}[[{given[0].slug}]] {reason}\n\n『{second}』!"
    )
    assert shown(turn) == [(given[0].slug, reason)]
    assert grounding.picks_in(turn.reply, turn.candidates, resolve=resolving(turn)) == [(given[0].slug, reason)]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_of_two_lines_that_pick_one_work_the_one_with_a_reason_counts(turn, given, language):
    reason, titles = REASONS[language], [novel.titles[language] for novel in given]
    turn.reply = f"1. **{titles[0]}**\n2. **{titles[1]}**\n\n[[{given[1].slug}]] {reason}\n[[{given[0].slug}]] {reason}"
    told = [(novel.slug, reason) for novel in given]
    assert shown(turn) == told
    assert grounding.picks_in(turn.reply, turn.candidates, resolve=resolving(turn)) == told


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["running", "done", "stopped", "failed"])
def test_titles_in_prose_are_cards_only_once_the_reply_has_ended(turn, given, state):
    turn.reply, turn.state = f"『{given[0].titles['ko']}』이 떠올라요.", state
    assert [slug for slug, _ in shown(turn)] == ([] if state == "running" else [given[0].slug])


REFUSALS = [
    "『{}』은 이미 읽으셨으니 제외했어요.",
    "『{}』 말고 다른 책이 좋겠어요.",
    "残念ながら、『{}』はお好みに合わないと思います。",
    "『{}』は既読でしたね。",
    "“{}” is not for you, I think.",
    "Skip “{}”.",
]


@pytest.mark.django_db
@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_work_the_reply_tells_not_to_read_makes_no_card(turn, given, refusal):
    for language in LANGUAGES:
        turn.reply = refusal.format(given[0].titles[language]) + f"\n\n『{given[1].titles[language]}』!"
        assert [slug for slug, _ in shown(turn)] == [given[1].slug]
        kept = grounding.picks_in(turn.reply, turn.candidates, resolve=resolving(turn))
        assert [slug for slug, _ in kept] == [given[1].slug]


# --- Particles -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "written", "told"),
    [("생활", "는", "은"), ("생활", "가", "이"), ("생활", "를", "을"), ("생활", "와", "과"), ("방법", "예요", "이에요"), ("방법", "로", "으로"), ("생활", "으로", "로"),
     ("방법", "라는", "이라"), ("기사", "은", "는"), ("기사", "이", "가"), ("기사", "을", "를"), ("기사", "과", "와"), ("기사", "이에요", "예요"), ("방법", "을(를)", "을")],
)  # fmt: skip
def test_a_particle_agrees_with_the_title_shown(word, written, told):
    assert agreeing(word, f"{written} x")[0] == told


@pytest.mark.parametrize("following", ["나라", "가장 좋은", "이야기", "로봇", " 좋아요", "、x", ""])
def test_what_is_no_particle_is_left(following):
    assert agreeing("방법", following) is None


@pytest.mark.django_db
@pytest.mark.parametrize("dress", ["[[{}]]는 멋져요.", "{}는 멋져요."])
def test_an_id_in_running_text_is_a_title_with_its_particle(turn, given, dress):
    slug, title = next(
        (novel.slug, novel.titles["ko"]) for novel in given if agreeing(novel.titles["ko"], "는")[0] == "은"
    )
    with translation.override("ko"):
        turn.reply = f"그중에 {dress.format(slug)}"
        (presented,) = present([turn])
        parts = [part for block in presented.blocks for part in block.parts or ()]
        told = "".join(part.words if part.name else part.html for part in parts)
    assert f"{title}은 멋져요" in told


LOST = (
    "Another ", "Another\n", "Another: ", "탑의 ", "탑의 마법사 ", "탑의 마법사는 ", "1. Another ", "1) ", "1) Another: a. ", "추천 ", "추천: ", "a: ", "- ", "* ", "**", "> ",
    "이유: ", "★★", "8.5/10 ", "추천도: ★", "title: a reason: ", "(a) ", "(a", "[a", "- https://a ", "…", "。", "까요? ", "가. [[tower]] ", "[[tower]] x\n\nb\n\n",
    "- [[tower]] x\n- y: z\n", "\\n", "[[id]] ", "[[id]] tower ", "by A ", "Another by A ", "🏆 1위 — ", "「Another", "[[tower]]과 ", "—", "\u3000", "그리고 [[", "(으)로",
)  # fmt: skip


@pytest.mark.parametrize("piece", LOST)
def test_a_model_lost_in_titles_is_read_in_a_moment(piece):
    for before, after in (("", ""), ("- ", "x"), ("[[tower]] ", "["), ("Another: ", "'"), ("1. ", ":")):
        text = before + piece * (12_000 // len(piece)) + after
        began = time.process_time()
        read(text)
        read(text, unfinished=True)
        assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("reason", "question"),
    [
        ("조용한 이야기예요.", "혹시 앞 권은 다 읽으셨나요?"),
        ("A calm and slow story.", "Have you read it already?"),
        ("静かで入門に向いています。", "ほかに気になる時代はありますか？"),
    ],
)
def test_a_question_behind_the_last_reason_is_put_to_the_reader(reason, question):
    blocks = grounding.read(f"[[lamplight]] {reason} {question}", ["lamplight"])
    assert blocks == [grounding.PickLine("lamplight", reason), grounding.Prose(question)]


def test_a_question_that_the_story_asks_stays_in_the_reason():
    told = "끝까지 가면 누가 웃게 될까요?"
    assert grounding.read(f"[[lamplight]] {told}", ["lamplight"]) == [grounding.PickLine("lamplight", told)]


@pytest.mark.parametrize(
    "line", ["・ID：dragon-garden", "- id: dragon-garden", "**ID**: `dragon-garden`", "Slug: [[dragon-garden]]"]
)
def test_an_id_that_was_made_up_is_not_read_out(line):
    blocks = grounding.read(f"제목: 없는 책\n{line}\n끝이에요.", ["lamplight"])
    assert "dragon-garden" not in "".join(block.text for block in blocks if isinstance(block, grounding.Prose))


@pytest.mark.parametrize(
    "heading",
    [
        "### Runner-Up",
        "**The Wild Card**",
        "### 그다음 작품",
        "■ 조용한 쪽",
        "【癒やし重視】",
        "そして、もう少しにぎやかな一作も。",
    ],
)
def test_what_stands_right_above_a_pick_is_said_of_that_one(heading):
    blocks = grounding.read(f"[[lamplight]] 조용해요.\n\n{heading}\n[[snowfall]] 밝아요.", ["lamplight", "snowfall"])
    assert [one.reason for one in blocks if isinstance(one, grounding.PickLine)] == ["조용해요.", "밝아요."]
    (prose,) = [one for one in blocks if isinstance(one, grounding.Prose)]
    assert prose.text == heading
    assert [one.name for one in grounding.names_of(prose) if one.claim] == []


def test_an_invented_title_above_a_pick_stays_one():
    blocks = grounding.read("『없는 책의 노래』\n[[lamplight]] 조용해요.", ["lamplight"])
    assert [one.name for one in grounding.names_of(blocks[0]) if one.claim] == ["없는 책의 노래"]


@pytest.mark.parametrize("reason", ["にぎやかです。", "とても静かです。", "もふもふの話です。"])
def test_a_word_that_begins_as_a_particle_is_none(reason):
    given = [{"slug": "lamplight", "titles": ["灯りの書庫"]}]
    assert grounding.read(f"[[lamplight]] {reason}", given) == [grounding.PickLine("lamplight", reason)]
