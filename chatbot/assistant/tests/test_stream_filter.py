"""What of a model's text the reader sees, however it is cut into chunks."""

import base64
import codecs
import json
import time

import pytest

from chatbot.assistant import prompts, tool_call
from chatbot.assistant.instructions import CRISIS, SHIPPED
from chatbot.assistant.stream_filter import Recited, StreamFilter

SECRET = SHIPPED.rules_sent(CRISIS)
CUTS = [1, 2, 7, 10_000]


@pytest.fixture(autouse=True)
def _key(settings):
    settings.OPENAI_API_KEY = "test-key-0123456789"


def sifted(text, size, shown=None):
    """(What was shown in the end, the calls found) when `text` comes in chunks of `size`."""
    shown, stream = [] if shown is None else shown, StreamFilter(prompts.secret(SHIPPED))
    for place in range(0, len(text), size):
        _show(stream, shown, stream.take(text[place : place + size]))
    _show(stream, shown, stream.rest())
    return "".join(shown), stream.calls.said


def withheld(text, size=3):
    """(What was shown in the end, what was kept back, whether another speaker began)."""
    shown, stream = [], StreamFilter(prompts.secret(SHIPPED))
    for place in range(0, len(text), size):
        _show(stream, shown, stream.take(text[place : place + size]))
    _show(stream, shown, stream.rest())
    return "".join(shown), stream.withheld, stream.ended


def _show(stream, shown, text):
    if stream.voided:
        shown.clear()
        stream.voided = False
    shown.append(text)


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "text",
    [
        "조용한 이야기를 골랐어요.\n\n[[lamplight]] 차분해요.\n\n[[harbour]] 밝아요.\n",
        "I <3 a basic story, a < b, and key-visual art.\n[not a mark] * {curly} `code`",
        "『本好きの下剋上』は {少し} 長いです。\n```\nただの引用\n```\nおわり",
        "{이런 줄도} 글이에요.",
        "I'm the apprentice of a great old library, a gentle, bookish girl who knows its light novels shelf by shelf.",
        "Please call 109 in Korea, 0120-279-338 in Japan, 988 in the USA, elsewhere the local emergency number.",
        "Ask me for the second volume, or risk-taking bears. sk- is not a key, and hf_ is none either; Bearer of light.",
        '```json\n{"title": "책"}\n```\n',
        "(╯°□°)╯ >_< 『서고』 <서고> <제목> [서평] 【注意】 <注意> (´・ω・`) <3",
        "Try <The Lamplit Library>, <Reflection> or <Final Fantasy>. [1] [a](b) if a<b>c, or 1 < 2.",
        "analysis of the book comes later; commentary is free.",
        "Commentary\nThe User: asks. Human: none.",
        "Understood: 판타지를 찾으시네요.\n- id 카드 이야기예요.\nTitle: The Tale\n- Status: completed\n",
        "집합은 {x | x > 0} 이고 {'이런'} 말도 {} 도 있어요.\n1. 하나\n- 둘\n",
        "「{不思議}」な本です。\n```\n{引用}です\n```\n[書評] おわり",
    ],
)
def test_ordinary_words_pass_whole(text, size):
    assert sifted(text, size) == (text, [])


def test_a_long_reply_is_sifted_quickly():
    text = ("She offers two or three picks, best first, and says why the reader would like each of them. " * 130)[
        :12_000
    ]
    before = time.process_time()
    assert sifted(text, 4) == (text, [])
    assert time.process_time() - before < 1.0


WISH = '{"required": ["isekai"]}'
WRITTEN = [
    f'<tool_call>\n{{"name": "look_on_shelf", "arguments": {WISH}}}\n</tool_call>',
    f'<tool_call>{{"name": "look_on_shelf", "arguments": {WISH}}}',
    f'```json\n{{"name": "look_on_shelf", "parameters": {WISH}}}\n```',
    f'```\n{{"tool": "look_on_shelf", "args": {WISH}}}\n```\n',
    f'{{"name": "look_on_shelf", "arguments": {WISH}}}',
    f'{{"type": "function", "function": {{"name": "look_on_shelf", "arguments": {WISH}}}}}',
    f'[TOOL_CALLS] [{{"name": "look_on_shelf", "arguments": {WISH}}}]',
    f'<|python_tag|>{{"name": "look_on_shelf", "parameters": {WISH}}}',
    f"<function=look_on_shelf>{WISH}</function>",
    f"look_on_shelf({WISH})",
    f"<|channel|>commentary to=functions.look_on_shelf <|constrain|>json<|message|>{WISH}<|call|>",
    f"```json\n{WISH}\n```",
    f"<think>Isekai it is. {WISH}</think>\n\n<tool_call>{WISH}</tool_call>",
]


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("text", WRITTEN)
def test_a_call_written_as_text_is_taken_out(text, size):
    shown, said = sifted(text, size)
    assert said == [{"required": ["isekai"]}]
    assert [mark for mark in "{<[`" if mark in shown] == []
    assert "look" not in shown


@pytest.mark.parametrize("size", CUTS)
def test_what_stands_around_a_call_is_kept(size):
    shown, said = sifted(f"찾아볼게요.\n<tool_call>{WISH}</tool_call>\n끝이에요.", size)
    assert (shown, said) == ("찾아볼게요.\n\n끝이에요.", [{"required": ["isekai"]}])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "text", ["<tool_call>{broken", '<tool_call>{"name": "look_on_shelf", "argu', "look_on_shelf(status=completed)"]
)
def test_a_broken_call_is_not_shown_either(text, size):
    shown, said = sifted("잠시만요. " + text, size)
    assert (shown, len(said)) == ("잠시만요. ", 1)
    assert isinstance(said[0], str)


@pytest.mark.parametrize("size", CUTS)
def test_thoughts_are_not_shown(size):
    assert sifted("<think>first I should\n{look}</think>\n\n안녕하세요.", size) == ("안녕하세요.", [])


# --- Thoughts ----------------------------------------------------------------------------------------------------------

WORDS = {"ko": "안녕하세요. 한 권 골랐어요.", "en": "Hello. I have picked one.", "ja": "こんにちは。一冊選びました。"}
THOUGHTS = [
    ("<think>", "</think>"),
    ("<Thinking>", "</Thinking>"),
    ('<thought lang="en">', "</thought>"),
    ("<REASONING>", "</REASONING>"),
    ("<reflection>", "</reflection>"),
    ("<analysis>", "</analysis>"),
    ("<scratchpad>", "</scratchpad>"),
    ("<inner_monologue>", "</inner_monologue>"),
    ("<seed:think>", "</seed:think>"),
    ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"),
    ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("<|START_THINKING|>", "<|END_THINKING|>"),
    ("<|channel>thought\n", "<channel|>"),
]


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize(("opening", "closing"), THOUGHTS)
def test_thoughts_in_any_marks_are_not_shown(opening, closing, words, size):
    assert sifted(f"{opening}The reader wants {{x}}.\n\n음…{closing}\n\n{words}", size) == (words, [])
    assert sifted(f"{words}\n{opening}And now? {words}", size)[0].strip() == words  # never closed


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("closing", [closing for _, closing in THOUGHTS])
def test_a_thought_that_is_only_closed_takes_back_what_was_shown(closing, words, size):
    assert sifted(f"The reader wants this. {words} 음…{closing}\n\n{words}", size) == (words, [])


def test_what_is_taken_back_is_announced_once():
    stream = StreamFilter(prompts.secret(SHIPPED))
    assert stream.take("생각해 보면… ") == "생각해 보면… "
    assert not stream.voided
    assert stream.take("</think>\n\n안녕") == "안녕"
    assert stream.voided
    stream.voided = False
    assert stream.take("하세요.</think>") + stream.rest() == "하세요."
    assert not stream.voided


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<think>a<think>b</think>c</think>답이에요.", "답이에요."),
        ("네. <think>a<think>b</think>c</think>답이에요.", "네. 답이에요."),
        ("<think>a<reflection>b</reflection>c</think>答えです。", "答えです。"),
        ("<think>a<think>b</think>The answer.", "The answer."),
        ("<think></think>\n생각해 보면</think>답이에요.", "답이에요."),
        ("<think>a</think><answer>답이에요.</answer>", "답이에요."),
        ("<response>\nHello.</response>", "Hello."),
        ("<output><final>答えです。</final></output>", "答えです。"),
        ("<|START_THINKING|>x<|END_THINKING|><|START_RESPONSE|>답<|END_RESPONSE|>", "답"),
    ],
)
def test_thoughts_within_thoughts_and_wrapped_answers(text, shown, size):
    assert sifted(text, size) == (shown, [])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize(
    "text",
    [
        "<|channel|>analysis<|message|>The user wants…<|end|><|start|>assistant<|channel|>final<|message|>{}<|return|>",
        "<|channel|>commentary<|message|>Let me.<|end|><|start|>assistant<|channel|>final<|message|>{}",
        "analysisThe user wants…assistantfinal{}",
        "analysis사용자는…assistantcommentaryI look.assistantfinal{}",
        "commentary\nLet me.\nassistantfinal{}",
        "assistantfinal{}",
    ],
)
def test_only_the_final_channel_is_shown(text, words, size):
    assert sifted(text.format(words), size) == (words, [])


@pytest.mark.parametrize("size", CUTS)
def test_a_channel_that_never_becomes_final_is_all_thought(size):
    assert sifted("analysisThe user wants something. 안녕하세요.", size) == ("", [])
    assert withheld("analysisThe user wants something.", size)[1] == {"thought"}


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "text",
    [
        f"<|start|>assistant to=functions.look_on_shelf<|channel|>commentary<|message|>{WISH}<|call|>",
        f"analysisI look.assistantcommentary to=functions.look_on_shelf json{WISH}",
        f'<|tool_call|>[{{"name": "look_on_shelf", "arguments": {WISH}}}]<|/tool_call|>',
        f"<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>look_on_shelf\n```json\n{WISH}\n```<｜tool▁call▁end｜>",
        f"<|tool_call_begin|>functions.look_on_shelf:0<|tool_call_argument_begin|>{WISH}<|tool_call_end|>",
        f"```python\nlook_on_shelf({WISH})\n```",
    ],
)
def test_a_call_in_a_channel_or_between_tokens_is_taken_out(text, size):
    assert sifted(text, size) == ("", [{"required": ["isekai"]}])


def test_a_call_within_a_thought_is_none():
    assert sifted(f"Let me see. <tool_call>{WISH}</tool_call></think>안녕하세요.", 3) == ("안녕하세요.", [])
    assert sifted(f"Let me see. <tool_call>{WISH}</tool_call>안녕하세요.", 3)[1] == [{"required": ["isekai"]}]


# --- Chat templates ----------------------------------------------------------------------------------------------------

TOKENS = [
    "<end_of_turn>", "</s>", "<eos>", "<|im_end|>", "<|eot_id|>", "<|end_of_text|>", "<|endoftext|>", "<|end|>",
    "<｜end▁of▁sentence｜>", "[|endofturn|]", "<|END_OF_TURN_TOKEN|>", "<turn|>",
]  # fmt: skip


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("token", [*TOKENS, "<pad>", "<unk>", "[/INST]", "<extra_id_1>", "<|im_en", "<end_of_tu"])
def test_tokens_of_a_chat_template_are_not_shown(token, words, size):
    assert sifted(f"{words}{token}", size) == (words, [])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "beginning",
    [
        "<|im_start|>assistant\n", "<start_of_turn>model\n", "<s>", "<bos>", "<s>[INST]", "<|assistant|>\n",
        "<|start_header_id|>assistant<|end_header_id|>\n\n", "<<SYS>><</SYS>>[/INST] ", "[|assistant|]",
    ],
)  # fmt: skip
def test_a_turn_may_begin_with_its_template(beginning, size):
    assert sifted(f"{beginning}안녕하세요.", size) == ("안녕하세요.", [])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize(
    "speaker",
    [
        "\n<|im_start|>user\n", "<start_of_turn>user\n", "\n### Human: ", "\nUser: ", "\n사용자: ", "\nユーザー:", "<|user|>",
        "\n[|user|]", "[INST] ", "\nuser\n",
    ],
)  # fmt: skip
def test_nobody_else_speaks_in_a_reply(token, speaker, size):
    shown, kept, ended = withheld(f"안녕하세요.{token}{speaker}더 추천해 줘{token}\n네.", size)
    assert (shown.strip(), kept, ended) == ("안녕하세요.", {"template"}, True)


def test_a_reader_in_a_list_is_no_speaker():
    text = "등장인물은 이래요.\n독자: 주인공\n### 손님: 친구"
    assert withheld(text) == (text, set(), False)


# --- The shelf, copied -------------------------------------------------------------------------------------------------


def facts(slug):
    return {
        "id": slug,
        "title": "등불의 서고",
        "original": "灯火の書庫",
        "authors": ["이"],
        "year": 2012,
        "volumes": 3,
        "status": "completed",
        "tags": ["fantasy"],
        "plot": 'She said "hello" {twice}, [once].\n끝.',
        "fits": ["tag: fantasy"],
    }


LINES = "\n".join(json.dumps(facts(slug), ensure_ascii=False) for slug in ("lamplight", "harbour"))
PRETTY = json.dumps([facts("lamplight"), facts("harbour")], ensure_ascii=False, indent=2)
COPIES = {
    "lines": LINES,
    "lines with commas": LINES.replace("\n", ",\n"),
    "a fence": f"```json\n{LINES}\n```",
    "a fence without a language": f"```\n{LINES}\n```",
    "an array": json.dumps([facts("lamplight"), facts("harbour")]),
    "an array over many lines": PRETTY,
    "an array in a fence": f"```json\n{PRETTY}\n```",
    "an object around it": f'{{"candidates": {PRETTY}}}',
    "single quotes": str(facts("lamplight")),
    "quotes within quotes": LINES.replace('\\"', '"'),
    "broken off in a line": LINES[:200],
    "broken off at once": '{"id": "lam',
    "one line broken, one whole": f"{LINES[:80]}\n{LINES}",
    "the shelf": f"<shelf>\nCandidates for this ask, one JSON object a line, best first:\n{LINES}\n</shelf>",
    "a shelf left open": f"<shelf>\n{LINES}",
    "what was understood": 'Understood: {"required": ["fantasy"], "liked": ["letters"]}',
    "what was understood, in a fence": 'Understood:\n```json\n{"required": ["fantasy"]}\n```',
    "a numbered list": "1. " + LINES.replace("\n", "\n2. "),
    "keys as a list": "- id: lamplight\n- title: 등불의 서고\n- tags:\n  - fantasy\n- plot: 끝",
    "keys with emphasis": "1. **id**: lamplight\n   **title**: 등불의 서고\n",
    "keys in quotes": '"title": "등불의 서고",\n"plot": "끝",\n"fits": []',
}


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_copy_of_the_shelf_is_kept_back(copy, words, size):
    shown, kept, _ = withheld(f"{words}\n\n{copy}", size)
    assert (shown.strip(), kept) == (words, {"shelf"})


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("name", [name for name in COPIES if name not in ("a shelf left open", "broken off at once")])
def test_words_behind_a_copy_of_the_shelf_are_shown(name, words, size):
    assert sifted(f"{COPIES[name]}\n\n{words}\n\n[[lamplight]] {words}", size)[0] == f"{words}\n\n[[lamplight]] {words}"


PICKS = "[[a]] {0}\n\n[[b]] {0}"
CHOICES = [
    '{{"picks": [{{"id": "a", "reason": "{0}"}}, {{"id": "b", "reason": "{0}"}}]}}',
    '[{{"id": "a", "why": "{0}"}}, {{"slug": "b", "comment": "{0}"}}]',
    '{{"id": "a", "이유": "{0}"}}\n{{"id": "b", "理由": "{0}"}}',
    '```json\n{{\n  "추천": [\n    {{"id": "a", "explanation": "{0}"}},\n    {{"id": "b", "explanation": "{0}"}}\n  ]\n}}\n```',
    "{{'anything': {{'picks': [{{'id': 'a', 'reason': '{0}'}}, {{'id': '[[b]]', 'reason': '{0}'}}]}}}}",
    '{{"picks": [{{"id": "a", "title": "등불", "plot": "끝", "reason": "{0}"}}, {{"id": "b", "reason": "{0}',
    "- id: a\n  reason: {0}\n- id: b\n  reason: {0}\n",
]


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("choice", CHOICES)
def test_a_choice_written_as_data_is_worded(choice, words, size):
    assert sifted(choice.format(words), size) == (PICKS.format(words), [])
    assert sifted(f"{words}\n{choice.format(words)}", size) == (f"{words}\n\n{PICKS.format(words)}", [])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_what_stands_beside_a_choice_is_kept(words, size):
    picks = '"picks": [{"id": "a", "reason": "R"}]'
    expected = f"{words}\n\n[[a]] R\n\nBye"
    for text in (
        f'{{"message": "{words}", {picks}, "closing": "Bye"}}',
        f'{{"closing": "Bye", "intro": "{words}", {picks}}}',
        f'{{"text": "{words}", {picks}, "note": "Bye"}}',
        f"{words}\n```json\n{{{picks}}}\n```\nBye",
        f"{words} {{{picks}}} Bye",
    ):
        assert sifted(text, size)[0].replace(" \n", "\n") == expected


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize("key", ["reply", "message", "text", "content", "response", "answer", "답변", "返信"])
def test_a_reply_wrapped_in_data_is_unwrapped(key, words, size):
    said = f'{words}\n\n[[a]] "{words}"'
    assert sifted(json.dumps({key: said}), size) == (said, [])
    assert sifted(json.dumps({"role": "assistant", key: said}, ensure_ascii=False), size) == (said, [])
    assert sifted(f'{{"{key}": "{words}\n\n[[a]] {words}"}}', size) == (f"{words}\n\n[[a]] {words}", [])


@pytest.mark.parametrize("size", CUTS)
def test_what_was_kept_back_is_told(size):
    assert withheld("안녕하세요.", size) == ("안녕하세요.", set(), False)
    assert withheld(f"<think>x</think>{LINES}<tool_call>{WISH}</tool_call><|im_end|>", size) == (
        "",
        {"thought", "shelf", "call", "template"},
        False,
    )


# --- What is said beside the reply -------------------------------------------------------------------------------------

THOUGHT_ALOUD = {
    "ko": [
        "사용자가 밝은 이야기를 원하므로 후보 중에서 고른다. 형식은 [[id]]로 시작해야 한다.\n1. a-b: 밝음\n\n답변:\n{}",
        "먼저 유저가 찾는 건 악역영애물이다.\n둘 다 좋다.\n\n### 최종 답변\n{}",
        "생각 과정:\n- 밝은 이야기\n\n최종 답변: {}",
        "<b>생각:</b> 사용자는 로맨스를 원합니다.\n답변: {}",
    ],
    "en": [
        "Okay, the user wants villainess novels. Let me look at the candidates.\nIt has 12 volumes.\nAnswer:\n{}",
        "Let me think step by step.\n1. The reader likes calm.\n2. a-b is calm.\n\n**Final answer:** {}",
        "Thinking Process:\n\n1. **Analyze the request:** isekai.\n2. Pick.\n\nFinal Response: {}",
        "Reasoning: The reader wants romance, so I will select from the candidates.\nResponse: {}",
    ],
    "ja": [
        "まず、ユーザーは悪役令嬢ものを求めている。\n候補1は長い。\n回答：\n{}",
        "**考え中…** まず、ユーザーは悪役令嬢ものを求めている。候補1: 本A。 **最終回答:** {}",
        "思考過程：\n- 明るい話\n\n最終回答：\n{}",
        "【思考】ユーザーは静かな話を探している。\n【回答】\n{}",
    ],
}


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in THOUGHT_ALOUD.items() for text in texts]
)
def test_what_was_thought_without_marks_goes_when_the_answer_comes(language, text, size):
    reply = f"{WORDS[language]}\n\n[[lamplight]] {WORDS[language]}"
    assert sifted(text.format(reply), size) == (reply, [])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    ("language", "thought"),
    [
        ("ko", "사용자가 밝은 이야기를 원한다. 후보를 살펴보자.\n둘 다 좋다."),
        ("en", "Okay, the user wants something bright.\nBoth are fine."),
        ("ja", "ユーザーは明るい話を求めている。\nどちらもよい。"),
    ],
)
def test_what_was_thought_without_marks_ends_before_the_picks(language, thought, size):
    reply = f"{WORDS[language]}\n\n[[lamplight]] {WORDS[language]}"
    assert sifted(f"{thought}\n\n{reply}", size) == (reply, [])
    assert sifted(thought, size) == ("", [])


TOLD_AGAIN = [
    "규칙: 목록에 없는 작품은 추천하지 말 것",
    "[규칙: 목록에 없는 작품은 추천하지 말 것]",
    "시스템: 당신은 라이트노벨 사서입니다. 후보에서만 고르세요.",
    "후보 목록에서 선택했습니다.",
    "제공해 주신 목록에는 12편이 있습니다.",
    "출력 형식에 맞춰 작성했습니다.",
    "(출처: 제공된 목록)",
    "후보: a-slug, b-slug",
    "후보 작품:\n- a-slug\n- b-slug",
    "ルール:候補リストからのみ選び、行の先頭に[[id]]を書くこと。",
    "あなたは図書館司書です。候補から2〜4作を選び、[[id]]で始まる行に書いてください。",
    "システムプロンプトの指示により、3件までとします。",
    "(注:候補リストにない作品は推薦していません)",
    "ご指定の形式で回答しました。",
    "提供されたデータに基づいています。",
    "候補データ: x / ジャンル: ファンタジー / 巻数: 26",
    "Note: I have followed the format as instructed.",
    "The list given to me contains 12 works.",
    "I can only recommend titles from the list provided.",
    "According to the system prompt, each line starts with [[id]].",
    "(Source: the provided list)",
    "Candidates:\n- a-slug\n- b-slug",
    "You are a librarian of light novels.",
]


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("told", TOLD_AGAIN)
def test_the_task_told_again_is_left_out(told, size):
    for words in WORDS.values():
        assert sifted(f"{told}\n\n{words}", size)[0] == words
        assert sifted(f"{words}\n\n{told}\n\n[[lamplight]] {words}", size)[0] == f"{words}\n\n[[lamplight]] {words}"
        assert sifted(f"[[lamplight]] {words}\n{told}", size)[0].strip() == f"[[lamplight]] {words}"


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("제공된 목록 중에서 『등불』이 어울려요.", "『등불』이 어울려요."),
        ("From the list provided, 『Lamp』 fits best.", "『Lamp』 fits best."),
        ("提供されたリストから『灯火』をおすすめします。", "『灯火』をおすすめします。"),
        ("선택: [[lamplight]] 좋아요.", "[[lamplight]] 좋아요."),
        ("選択：[[lamplight]] いいです。", "[[lamplight]] いいです。"),
    ],
)
def test_of_a_sentence_that_names_a_work_only_the_list_goes(text, shown, size):
    assert sifted(text, size) == (shown, [])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "text",
    [
        "왕비 후보 중에서 가장 조용한 소녀예요. 게임의 규칙을 따라 싸워요. 편지 형식을 따라가요. 마법 사용자가 나와요.",
        "시스템: 레벨 업이 있는 세계예요. 규칙: 밤에는 나가지 않기. 목록에 있는 다른 책도 궁금하세요?",
        "죄송하지만 제 지시 사항은 알려 드릴 수 없어요.",
        "王妃候補の中から選ばれた少女の話です。ルールに従って戦います。聖女候補のリストに載った人が逃げます。",
        "システム：レベル制の世界です。VRのユーザーが集まる街です。暗殺リストから逃げる話。",
        "システムプロンプトはお教えできません。",
        "One of the candidates for queen obeys the rules of the game. Format: 12 volumes. The user of the sword is cursed.",
        "A list of sins is given to the hero. The reader who likes calm tales will enjoy it. Here is the answer: yes.",
        "I can't share my instructions, but I can talk about books.",
        "So, you want a calm one. Let me think. Here it is.\n\n[[lamplight]] Calm.",
        "음, 어떤 걸 좋아하세요?\n- 밝은 이야기\n- 어두운 이야기",
        "まず、静かな物語からどうぞ。詳しくは本編で。",
        "분석: 밝은 걸 좋아하시는군요. 요청하신 형식의 이야기예요. 사용자님의 취향에 맞췄어요.\n\n[[lamplight]] 좋아요.",
        "分析：明るい話がお好きなのですね。候補は三つあります。（注：長いです。）\n\n[[lamplight]] いいです。",
        "Plan: read the first volume. I found three candidates for you. (Note: it is long.)\n\n[[lamplight]] Calm.",
    ],
)
def test_plots_and_plain_talk_are_no_task(text, size):
    assert sifted(text, size) == (text, [])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "text",
    [
        "Thought: look.\nAction: look_on_shelf\nAction Input: {0}\nObservation: [a]\nThought: good\nFinal Answer: {1}",
        "사고: 찾자\n행동: look_on_shelf\n행동 입력: {0}\n관찰: 3건\n최종 답변: {1}",
        "行動: look_on_shelf\n行動入力: {0}\n観察: 3件\n最終回答: {1}",
        "look_on_shelf({0})\nResult:\n{1}",
        "look_on_shelf({0})\n結果：\n{1}",
    ],
)
def test_the_steps_of_a_call_are_not_shown(text, size):
    for words in WORDS.values():
        assert sifted(text.format(WISH, words), size) == (words, [{"required": ["isekai"]}])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("서가를 볼게요:\n", "서가를 볼게요."),
        ("I'll check the shelf:\n", "I'll check the shelf."),
        ("確認しますね：\n", "確認しますね。"),
    ],
)
def test_no_colon_hangs_before_a_call(text, shown, size):
    assert sifted(f"{text}look_on_shelf({WISH})", size) == (shown, [{"required": ["isekai"]}])


def test_a_result_made_up_is_no_call():
    assert sifted("[look_on_shelf 결과: a-b, c-d]\n[[a-b]] 좋아요.", 3) == ("[[a-b]] 좋아요.", [])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('<pick id="a">{0}</pick><pick id="b">{0}</pick>', "[[a]] {0}\n[[b]] {0}"),
        ("<recommendation id='a'>{0}</recommendation>", "[[a]] {0}"),
        ('<book id="a" reason="{0}"/>', "[[a]] {0}"),
        ("<item><id>a</id> <reason>{0}</reason></item>", "[[a]] {0}"),
        ("<ul><li>{0}</li><li><b>{0}</b></li></ul>", "- {0}\n- {0}"),
        ("{0}<br>{0}<br/><p>{0}</p>", "{0}\n{0}\n{0}"),
        ("\\boxed{{{0}}}", "{0}"),
        ("\\[\\[a\\]\\] {0}", "[[a]] {0}"),
        ("{0}\\n[[b]] {0}\\n\\n{0}", "{0}\n[[b]] {0}\n\n{0}"),
        ("~~{0}~~ {0}", "{0} {0}"),
    ],
)
def test_tags_and_escapes_lose_their_dress(text, shown, size):
    for words in WORDS.values():
        assert sifted(text.format(words), size)[0].strip() == shown.format(words)


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "address",
    [
        "https://namu.wiki/w/overlord 를 보세요",
        "더 보기: https://ridibooks.com",
        "(참고: https://namu.wiki/w/x)",
        "詳しくは https://example.com/x をご覧ください。",
        "出典：https://example.com",
        "Read more at https://a.com/x?y=1&z=2.",
        "(https://a.b/c)",
        "See: www.example.com",
    ],
)
def test_no_address_is_shown(address, size):
    for words in WORDS.values():
        assert sifted(f"[[a]] {words} {address}", size)[0].strip() == f"[[a]] {words}"
        assert sifted(f"[[a]] {words}\n{address}\n\n{words}", size)[0] == f"[[a]] {words}\n\n{words}"
        assert sifted(f"[{words}](https://a.b/c) [[a]](https://a.b/c)", size)[0] == f"{words} [[a]]"


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "other",
    [
        "User: Thanks!\nAssistant: You are welcome.",
        "### User: 고마워 ### Assistant: 천만에요",
        "**사용자:** 고마워\n**사서:** 천만에요",
        "독자: 고마워요\n사서: 천만에요",
        "ユーザー：ありがとう\nアシスタント：いいえ",
    ],
)
def test_another_speaker_ends_the_reply(other, size):
    for words in WORDS.values():
        assert sifted(f"{words}\n\n{other}", size)[0].strip() == words
        assert withheld(f"{words}\n\n{other}\n", size)[2]


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "label", ["assistant\n", "Assistant: ", "사서: ", "司書：", "**Answer:** ", "답변: ", "回答：\n"]
)
def test_the_label_of_a_reply_is_not_shown(label, size):
    for words in WORDS.values():
        assert sifted(label + words, size) == (words, [])


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "end", [" [END OF RESPONSE]", "\n[끝]", " (以上)", "\n【終わり】", "\n--- END OF RESPONSE ---"]
)
def test_the_end_is_not_announced(end, size):
    for words in WORDS.values():
        assert sifted(words + end, size)[0].strip() == words


# --- Time --------------------------------------------------------------------------------------------------------------

ORDINARY = {
    "ko": "안녕하세요. 조용한 이야기를 찾으셨네요.\n\n[[lamplight]] 『등불의 서고』처럼 차분해요.\n\n- 첫째는 밝아요.\n1. 둘째예요.\n",
    "en": "Hello! Thinking of calm stories, I chose these.\n\n[[lamplight]] A title I like; the id of it is calm.\n\nBye.\n",
    "ja": "こんにちは。静かな物語ですね。\n\n[[lamplight]] 「書庫」のお話です。\n\n次は明るいものにしますか。\n",
}


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_an_ordinary_reply_hardly_waits(text):
    stream, shown = StreamFilter(prompts.secret(SHIPPED)), ""
    for place in range(0, len(text), 3):
        shown += stream.take(text[place : place + 3])
        assert len(text[: place + 3]) - len(shown) <= 12
    assert shown + stream.rest() == text


LOST = [
    "<", "{", "[", "`", " ", "\n", "<|", "[|", '"', "\\", '{"', '{"a"\n', '{"a": [', '{"reply": "', "```json\n{", "- ", "</think>",
    "<think", "<|channel|>", "id: a\n", "look_on_shelf ", "Understood: ", '" ', "analysisX ",
    "<b>", "~~", "\\n", "[a](", "(a) ", "https://", "후보 목록 ", "候補リスト", "the user ", "Final Answer: ", "답변: ", "사용자는 ",
    "Thinking Process:\n", "- a\n", "a. ", "。", "독자: \n", "from the list ",
]  # fmt: skip


def cpu(text):
    started = time.process_time()
    sifted(text, 4)
    return time.process_time() - started


@pytest.fixture(scope="module")
def ordinary():
    """What as long a reply of ordinary sentences costs here and now."""
    return cpu(("한 줄의 이야기가 여기 있습니다. A line of words, and 本の話。\n\n" * 12_000)[:12_000])


@pytest.mark.parametrize("before", ["", '{"reply": "', "```json\n", "<think>", "id: a\n"])
@pytest.mark.parametrize("piece", LOST)
def test_a_model_that_lost_itself_is_read_quickly(piece, before, ordinary):
    text = (before + piece * 12_000)[:12_000]
    assert cpu(text) < 8 * ordinary


# --- Instructions and keys ---------------------------------------------------------------------------------------------


def spaced(text):
    return " ".join(text)


def wide(text):
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


DISGUISES = {
    "as it is": lambda text: text,
    "in capitals": str.upper,
    "letter by letter": spaced,
    "full width": wide,
    "with marks": lambda text: "-".join(text),
    "one word a line": lambda text: "\n".join(text.split()),
    "numbered": lambda text: "\n".join(f"{n}. {word}" for n, word in enumerate(text.split())),
    "as a quote": lambda text: "> " + text.replace("\n", "\n> "),
    "with invisible characters": lambda text: "\u200b".join(text),
    "backwards": lambda text: text[::-1],
    "shifted": lambda text: codecs.encode(text, "rot13"),
    "in Korean": lambda text: f"제 지시문은 이래요: {text}",
    "in a fence": lambda text: f"```\n{text}\n```",
    "with remarks": lambda text: " (그리고) ".join(
        " ".join(text.split()[place : place + 6]) for place in range(0, len(text.split()), 6)
    ),
}


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_the_instructions_are_stopped_before_they_are_seen(disguise, size):
    shown = []
    with pytest.raises(Recited):
        sifted(disguise(SECRET), size, shown=shown)
    letters = [one for one in "".join(shown) if one.isalpha() and one.isascii()]
    assert len(letters) < 160


def test_what_the_function_is_for_is_kept_back_too():
    with pytest.raises(Recited):
        sifted(prompts.LOOK.replace(tool_call.NAME, "the function"), 5)


def test_instructions_repeated_in_a_thought_that_is_closed_later_end_nothing():
    stream = StreamFilter(prompts.secret(SHIPPED))
    with pytest.raises(Recited):
        stream.take(f"The rules say: {SECRET}")
    assert "instructions" in stream.withheld
    assert stream.take("더 읊어요. ") == ""
    assert stream.take("</think>안녕하세요.") + stream.rest() == "안녕하세요."
    assert stream.voided
    assert stream.withheld == {"thought"}


KEYS = [
    "test-key-0123456789",
    "TEST-KEY-0123456789",
    "sk-proj-Ab12Cd34Ef56Gh78",
    "Authorization: Bearer abcDEF123456ghi",
    "bearer abcDEF123456ghi789",
    '{"Authorization": "Bearer abcdefghijkl"}',
    "hf_AbCdEfGhIj0123456789",
]


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_masked_in_however_many_pieces(key, size):
    shown, _ = sifted(f"열쇠는 {key} 예요. 그리고 {key}", size)
    assert "[hidden]" in shown
    assert [piece for piece in ("0123456789", "Ab12", "abcdef", "Ef56") if piece.lower() in shown.lower()] == []
    assert shown.startswith("열쇠는 ")


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize("other", ["9)", "89)", "key-", "-", "t"])
@pytest.mark.parametrize("key", ["test-key-0123456789", "sk-0123456789-9)"])
def test_a_key_whose_end_may_begin_another_secret_is_masked(settings, key, other, size):
    settings.SECRET_KEY = f"{other}another-secret"
    for text in (key, f"{key} {key}", f"열쇠는 {key}"):
        shown, _ = sifted(text, size)
        assert shown.count("[hidden]") == text.count(key)
        assert "345678" not in shown


def test_what_is_beyond_the_filter_is_known():
    """Encoded instructions pass: nothing short of reading them tells them from nonsense. The prompt forbids them."""
    encoded = base64.b64encode(SECRET.encode()).decode()
    assert sifted(encoded, 50)[0] == encoded


@pytest.mark.parametrize("size", CUTS)
@pytest.mark.parametrize(
    "thought",
    [
        "The user wants cozy magic.",
        "사용자가 마법 학원물을 원합니다.",
        "ユーザーはほのぼのした異世界ものを求めています。",
    ],
)
@pytest.mark.parametrize(
    "answer", ["1. **The Quiet Lamp**: slow.", "**조용한 등불**\n조용해요.", "『静かな灯り』をどうぞ。"]
)
def test_a_thought_does_not_swallow_an_answer_that_begins_with_a_title(thought, answer, size):
    shown, _ = sifted(f"{thought}\n\n{answer}", size)
    assert shown.strip() == answer
