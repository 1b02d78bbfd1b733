import pytest

from chatbot.tests.factories import make_reader

PASSWORD = "lamp-and-shelf-7"


@pytest.fixture(autouse=True)
def _unhurried(settings):
    """A code made just before the half minute turns is still good just after."""
    settings.MFA_TOTP_TOLERANCE = 1


@pytest.fixture
def keeper(db):
    return make_reader("keeper", is_staff=True, is_superuser=True)


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client
