"""Answers that are none for a reader: asked for once more, then the built-in librarian writes."""

import time
from types import SimpleNamespace

import pytest

from chatbot import replies
from chatbot.assistant import answer, chatgpt, fitness
from chatbot.assistant.answer import MAX_HELD, Answer
from chatbot.assistant.instructions import SHIPPED
from chatbot.assistant.wire.events import Written
from chatbot.models import Turn
from chatbot.tests import factories
from chatbot.tests.upstream import Finish, calls, recommends, texts_of

pytestmark = pytest.mark.django_db(transaction=True)

ASKS = {
    "ko": "판타지 추천해 주세요",
    "en": "Please recommend me some fantasy novels",
    "ja": "ファンタジーをおすすめしてください",
}
SAYS = {
    "ko": "마법이 있는 조용한 이야기를 골라 보았어요. 천천히 읽어 보세요.",
    "en": "I have chosen a quiet story with magic in it. I hope that you will enjoy it.",
    "ja": "魔法のある静かな物語を選んでみました。ゆっくり読んでみてくださいね。",
}


@pytest.fixture(autouse=True, params=["chat", "responses"])
def api(request, settings, monkeypatch):
    settings.OPENAI_API = request.param
    monkeypatch.setattr(chatgpt, "FIRST_WAIT", 0.05)


@pytest.fixture
def ask(reader, catalogue, upstream):
    def answered(*scripts, language="ko", text=None):
        upstream.says(*scripts)
        turn = Turn.objects.claim(factories.begin(reader, text or ASKS[language], language).pk, "test-worker")
        replies.write(turn)
        turn.refresh_from_db()
        return turn

    return answered


OTHERS = [(own, other) for own in SAYS for other in SAYS if own != other]


@pytest.mark.parametrize(("own", "other"), OTHERS)
def test_a_reply_in_another_language_is_asked_for_once_more(ask, upstream, own, other):
    turn = ask([SAYS[other]], [SAYS[own]], language=own)
    assert (turn.state, turn.reply, turn.voice, turn.stand_in) == ("done", SAYS[own], "chatgpt", "")
    assert (len(upstream.requests), turn.attempts, turn.tokens_in) == (2, 2, 240)
    name = {"ko": "Korean", "en": "English", "ja": "Japanese"}[own]
    assert f"Answer in {name} only" in texts_of(upstream.requests[1])[-1][1]


@pytest.mark.parametrize(("own", "other"), OTHERS)
def test_a_model_that_stays_with_its_language_is_stood_in_for(ask, upstream, own, other, client, reader):
    turn = ask([SAYS[other]], language=own)
    assert (turn.state, turn.voice, turn.model, turn.stand_in) == ("done", "librarian", "test-model", "language")
    assert fitness.is_in(turn.reply, own, whole=True)
    assert SAYS[other][:20] in turn.failure_detail
    assert turn.picks.exists()
    assert len(upstream.requests) == 2
    client.force_login(reader)
    client.cookies["django_language"] = "en"
    page = client.get(turn.conversation.get_absolute_url()).content.decode()
    assert "the language model gave no usable answer" in page


@pytest.mark.parametrize("language", SAYS)
def test_nothing_of_another_language_is_shown_meanwhile(ask, upstream, language):
    other = next(one for one in SAYS if one != language)
    seen = []

    def foreign(request):
        for word in SAYS[other].split(" "):
            yield f"{word} "
            yield 0.3
            seen.append(Turn.objects.get().reply)

    assert ask(foreign, [SAYS[language]], language=language).reply == SAYS[language]
    assert set(seen) == {""}


def test_chinese_is_no_japanese(ask, upstream):
    turn = ask(["我为您挑选了一些安静的奇幻小说，希望您会喜欢这些作品。"], language="ja")
    assert turn.stand_in == "language"


def test_french_is_no_english(ask, upstream):
    said = (
        "Voici quelques romans que je vous propose ce soir : des histoires calmes, pleines de magie, où les héros "
        "prennent leur temps. Vous y trouverez une bibliothèque, un phare et une sorcière qui vend du pain chaud "
        "aux marins de passage, avec beaucoup de douceur et un peu de tristesse."
    )
    assert ask([said], language="en").stand_in == "language"


def test_a_language_the_reader_asks_for_is_answered_in(ask, upstream):
    turn = ask([SAYS["en"]], text="판타지 추천해 주세요. 영어로 대답해 주세요")
    assert (turn.reply, turn.voice) == (SAYS["en"], "chatgpt")


def test_titles_in_other_letters_make_no_other_language(ask, upstream):
    said = "『Sword Art Online』이나 『薬屋のひとりごと』처럼 유명한 작품은 아니지만 마음에 드실 거예요."
    assert ask([said]).reply == said


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ([""], "empty"),
        (["   \n\n"], "empty"),
        (["... !!! ???"], "garbage"),
        (["ㅋ" * 400], "garbage"),
        (["추천 " * 300], "garbage"),
        (["이 책을 추천해요. 정말 재미있어요. " * 60], "garbage"),
        (["안녕하세요 " + "\ufffd" * 60], "garbage"),
        (["말" * 13_000], "garbage"),
        (["<think>독자가 무엇을 바라는지 모르겠다.</think>"], "empty"),
    ],
)
def test_what_is_no_reply_is_asked_for_once_more_and_then_stood_in_for(ask, upstream, said, reason):
    turn = ask(said)
    assert (turn.state, turn.voice, turn.stand_in, len(upstream.requests)) == ("done", "librarian", reason, 2)
    assert turn.picks.exists()
    again = ask(said, [SAYS["ko"]])
    assert (again.state, again.voice, again.reply) == ("done", "chatgpt", SAYS["ko"])


def test_what_was_shown_and_is_none_after_all_goes(ask, upstream):
    turn = ask(
        ["조용한 이야기를 골랐어요. ", "The rest of this reply is in English, for the model has forgotten itself. " * 9]
    )
    assert (turn.voice, turn.stand_in) == ("librarian", "language")
    assert "forgotten" not in turn.reply


def test_who_stands_in_offers_what_the_model_had_asked_for(ask, upstream):
    turn = ask(list(calls({"required": ["mystery"]})), [SAYS["en"]], text="수사물")
    assert (turn.voice, turn.wish["required"]) == ("librarian", ["mystery"])
    assert {pick.novel.slug for pick in turn.picks.all()} == {"lamplight", "riddle"}


def test_a_second_try_that_fails_is_told_as_a_failure(ask, upstream, settings):
    settings.OPENAI_ATTEMPTS = 1
    turn = ask([SAYS["en"]], [Finish(None, None)])
    assert (turn.state, turn.failure) == ("failed", "cut")


def test_a_reply_that_is_one_is_not_asked_for_again(ask, upstream):
    assert ask(recommends).stand_in == ""
    assert len(upstream.requests) == 1


def test_foreign_words_are_not_waited_through_for_ever(ask, upstream, monkeypatch):
    monkeypatch.setattr(answer, "MAX_HELD", 200)
    turn = ask([SAYS["en"] * 4, 60.0])
    assert turn.stand_in == "language"
    assert upstream.cut_off.wait(5)


def streamed(text, size=4):
    """An answer to a Korean reader after `text` has come in pieces, and what it cost."""
    came = Answer(SimpleNamespace(ask=ASKS["ko"], language="ko", instructions=SHIPPED))
    began = time.process_time()
    for place in range(0, len(text), size):
        came.take([Written(text[place : place + size])])
    return came, time.process_time() - began


@pytest.mark.parametrize("piece", [SAYS["en"] + " ", SAYS["ja"] + "\n", "『", "1. ", "**a"])
def test_judging_a_foreign_answer_takes_time_by_its_length(piece):
    text = (piece * MAX_HELD)[: MAX_HELD - 100]
    third = min(streamed(text[: len(text) // 3])[1] for _ in range(3))
    assert min(streamed(text)[1] for _ in range(2)) < 6 * third + 0.05


@pytest.mark.parametrize("foreign", [10, 150, 1_000, 5_000])
def test_the_readers_own_words_behind_foreign_ones_are_soon_shown(foreign):
    before = (SAYS["en"] * MAX_HELD)[:foreign]
    own = SAYS["ko"] * 40
    came, _ = streamed(f"{before}\n{own[: 40 + foreign // 4]}")
    assert came.shown.endswith(own[max(0, foreign // 8 - 40) : 40 + foreign // 4][-20:])


@pytest.mark.parametrize("language", SAYS)
@pytest.mark.parametrize("text", ["", "…", "[[lamplight]]", "『Re:Zero』", "OK", "86", "\ud83d\ude42"])
def test_what_is_too_short_to_tell_is_in_any_language(language, text):
    assert fitness.is_in(text, language, whole=True) is not False


@pytest.mark.parametrize(
    "text",
    [
        "ㅎㅎ 반가워요!",
        "네.",
        "Yes, of course!",
        "はい、わかりました。",
        "첫째, 조용해요.\n둘째, 조용해요.\n셋째, 조용해요.",
        SAYS["ko"] * 2,
        "[[a-b]] 차분해요.\n\n[[c-d]] 차분해요.\n\n[[e-f]] 차분해요.",
    ],
)
def test_short_and_plain_words_are_no_nonsense(text):
    assert not fitness.is_nonsense(text)


HONEST = """Here's my recommendation:

### 1. Redo of Healer
A brutal, morally grey tale. **Perfect if you like**: revenge plots, grim worlds.

### 2. Overlord
Slightly lighter but still cynical.

### Honorable mention
*Sword Art Online* is also worth a look, though it's more adventure than dark fantasy.

Happy reading!"""


@pytest.mark.parametrize(
    "text",
    [HONEST, "El Cid, La La Land, Les Misérables and Die Hard: four titles. Enjoy!", "Try Isekai Nonbiri Nouka."],
)
def test_english_full_of_names_is_english(text):
    assert fitness.is_in(text, "en", whole=True) is not False
    assert fitness.foreign_part(text, {"en"}) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Voici une histoire calme et douce pour vous, avec un phare.",
        "Estos son los libros que le recomiendo para una noche tranquila.",
        "Ich empfehle Ihnen das Buch, es ist eine ruhige Geschichte und nicht zu lang.",
        "Ecco una storia tranquilla che parla di una biblioteca e di un faro per te.",
        "Recomendo uma história calma que não é muito longa, para você ler com calma.",
        "Saya merekomendasikan cerita ini untuk anda, yang sangat tenang dengan akhir bahagia.",
        "Tôi giới thiệu cho bạn một câu chuyện rất hay về các người bạn trong trường học và những ngày hè.",
        "Вот несколько спокойных историй, которые я выбрала для вас этим вечером.",
    ],
)
def test_another_language_in_the_same_letters_is_no_english(text):
    assert fitness.is_in(text, "en", whole=True) is False


PARTS = [
    ("ko", "とても面白いです。"),
    ("ko", "这本书非常有趣"),
    ("ko", "This is a really good story for you and it has a calm ending."),
    ("ja", "주인공이 정말 귀여워요."),
    ("ja", "非常有趣的故事。希望您会喜欢!"),
    ("ja", "This is a really good story for you and it has a calm ending."),
    ("en", "주인공이 정말 귀여워요."),
    ("en", "とても面白いです。"),
    ("en", "这本书非常有趣"),
]


@pytest.mark.parametrize(("language", "part"), PARTS)
def test_a_whole_sentence_in_another_language_is_asked_for_once_more(ask, upstream, language, part):
    turn = ask([f"{SAYS[language]}\n\n[[lamplight]] {part}"], [SAYS[language]], language=language)
    assert (turn.reply, turn.voice, len(upstream.requests)) == (SAYS[language], "chatgpt", 2)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", "매우 感動적인 이야기예요."),
        (
            "ko",
            "원제는 『とても面白いです。』이고, (痛いのは嫌なので防御力に極振りしたいと思います。) 같은 제목이에요.",
        ),
        ("ko", "WorldEnd: What Do You Do at the End of the World? Are You Busy? Will You Save Us?"),
        ("ja", "原題は「방패 용사 성공담이에요.」です。目的達成後の結末。"),
        ("ja", "Sword Art Online"),
        ("en", "It is called 転生したらスライムだった件 in Japanese."),
        ("en", "The first line is 『とても面白いです。』, and I love it."),
    ],
)
def test_titles_and_quotations_in_other_letters_are_no_other_language(language, words):
    assert fitness.foreign_part(f"{SAYS[language]}\n{words}", {language}) == ""
    assert fitness.foreign_part(f"{SAYS[language]}\n{dict(PARTS)[language]}", {language})


ALOUD = {
    "ko": "Hamefura is the best-known of these and it has twelve volumes. I could start with it.",
    "en": "まず一番有名なのはこれです。次に短いものを選びます。",
    "ja": "제일 유명한 작품부터 보겠어요. 다음은 짧은 작품을 고르면 되겠어요.",
}


@pytest.mark.parametrize("language", SAYS)
def test_a_beginning_that_was_said_to_nobody_is_left_out(ask, upstream, language):
    turn = ask([f"{ALOUD[language]}\n\n{SAYS[language]}"], language=language)
    assert (turn.reply, turn.voice, len(upstream.requests)) == (SAYS[language], "chatgpt", 1)


def test_a_foreign_title_or_quotation_may_begin_a_reply():
    for text in (
        "Sword Art Online\n\n좋은 작품이에요.",
        '"It is the end of the world and you are in it."\n\n이렇게 시작해요.',
    ):
        assert fitness.from_own(text, {"ko"}) == text


@pytest.mark.parametrize(
    "text",
    [
        "オーバーロードみたいな作品ですね。" * 8,
        "I'm sorry, but I couldn't find a match. " * 6,
        "[[x]] 静かな本です。" + "魔法の世界の細かな設定もあり、" * 6,
        "골라 봤어요.\n\n[[x]] 좋아요. " + "주인공이 정말 귀여워요. " * 6 + "\n\n즐겁게 읽어 주세요.",
        "I chose this. " + "It is calm. It is long. " * 5,
    ],
)
def test_words_that_go_in_circles_are_nonsense(text):
    assert fitness.is_nonsense(text)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"[[{slug}]] 주인공이 정말 귀여워요." for slug in "abcde"),
        "\n".join(f"{n}. 『本{n}』 静かな物語です。" for n in range(1, 6)),
        "No, no, no, no: that one is sad. No, really.",
        "아니, 아니, 아니, 그건 슬픈 책이에요.",
    ],
)
def test_picks_with_like_reasons_are_no_nonsense(text):
    assert not fitness.is_nonsense(text)
