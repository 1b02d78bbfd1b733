import pytest
from huey.contrib.djhuey import HUEY

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
def upstream(settings):
    server = Upstream()
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = server.url, "test-key-0123456789"
    settings.OPENAI_MODEL = "test-model"
    yield server
    server.close()


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
