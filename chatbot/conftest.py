import pytest
from huey.contrib.djhuey import HUEY

from chatbot import replies
from chatbot.models import Turn
from chatbot.tests import factories
from chatbot.tests.upstream import Upstream


@pytest.fixture
def reader(db):
    return factories.make_reader("saebyeok")


@pytest.fixture
def stranger(db):
    return factories.make_reader("stranger")


@pytest.fixture
def catalogue(db):
    return factories.make_catalogue()


@pytest.fixture
def logged_in(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def upstream(settings, monkeypatch):
    """A server of a model; a request that failed is made again at once."""
    monkeypatch.setattr("chatbot.assistant.chatgpt.FIRST_WAIT", 0.05)
    server = Upstream()
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = server.url, "test-key-0123456789"
    settings.OPENAI_MODEL = "test-model"
    yield server
    server.close()


@pytest.fixture(params=["chat", "responses"])
def api(request, settings):
    """Either wire: what a reader gets of it is the same."""
    settings.OPENAI_API = request.param
    return request.param


@pytest.fixture
def conversing(reader, catalogue):
    """Ask in one conversation; each turn is answered before the next."""
    turns = []

    def say(text, language="ko"):
        if turns:
            turn = turns[-1].conversation.ask(text, key=factories.uuid.uuid4(), language=language)
        else:
            turn = factories.begin(reader, text, language)
        turns.append(Turn.objects.claim(turn.pk, "test-worker"))
        replies.write(turns[-1])
        turns[-1].refresh_from_db()
        return turns[-1]

    return say


@pytest.fixture
def work(transactional_db):
    """Run what is on the real queue, here and now, as a worker would. Returns how many tasks ran."""
    HUEY.flush()

    def run():
        ran = 0
        while task := HUEY.dequeue():
            HUEY.execute(task)
            ran += 1
        return ran

    yield run
    HUEY.flush()


@pytest.fixture
def novel(db):
    return factories.make_novel(
        "lamplight", "등불의 서고", ("fantasy", "mystery"), authors_ko=["이하루"], authors_en=["Haru Lee"]
    )
