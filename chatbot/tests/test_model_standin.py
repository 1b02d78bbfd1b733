"""The stand-in that follows the prompt, over the whole way of a turn: it can only say what the prompt gives it."""

import asyncio
import threading

import pytest

from chatbot.assistant import acts_told
from chatbot.bench import model

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address():
    """Where the stand-in listens."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(model.answer, "127.0.0.1", 0, limit=2**22))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


@pytest.fixture
def talk(api, conversing, address, settings):
    settings.OPENAI_BASE_URL, settings.OPENAI_MODEL = address, "stand-in"
    return conversing


def test_a_conversation_in_korean(talk):
    offered = talk("판타지 추천해 주세요")
    assert (offered.state, offered.voice, offered.picks.count()) == ("done", "chatgpt", 3)
    told = talk("두 번째 책은 몇 권이에요?")
    second = offered.picks.get(position=2).novel
    assert told.reply == f"『{second.title_ko}』 — 5권까지 나와 있어요. 이야기는 완결되었어요."
    assert not told.picks.exists()
    assert talk("고마워요").reply


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "Who wrote 『The Tale of Riddle』?", "It is by 作者."),
        ("ja", "『riddleの物語』は何巻まで出ていますか", "5巻まで出ています。"),
    ],
)
def test_it_answers_in_the_language_of_the_reader(talk, language, text, said):
    turn = talk(text, language)
    assert turn.state == "done"
    assert said in turn.reply
    assert not turn.picks.exists()


def test_it_looks_up_what_it_was_not_given(talk):
    turn = talk("『세상에 없는 책』 같은 이야기 있어요?")
    assert [(call["name"], call["works"]) for call in turn.calls] == [("look_up_works", [])]
    assert "제 책장에 없는 책이에요: 『세상에 없는 책』." in turn.reply


@pytest.mark.parametrize("words", acts_told.TOLD.values())
def test_it_has_an_answer_for_all_that_a_reader_may_do(words):
    starts = ("looks for", "asks about our shelf", "asks about what is their own", "asks about a", "compares", "is in")
    assert all(any(words.startswith(start) for start in (*starts, *said)) for said in model.SAID.values())
