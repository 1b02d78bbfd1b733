import pytest

from chatbot.tests.factories import make_reader


@pytest.fixture
def reader(db):
    return make_reader("saebyeok")


@pytest.fixture
def stranger(db):
    return make_reader("stranger")


@pytest.fixture
def logged_in(client, reader):
    client.force_login(reader)
    return client
