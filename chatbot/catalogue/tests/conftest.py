import pytest

from chatbot.catalogue import series
from chatbot.tests import factories


@pytest.fixture(autouse=True)
def _no_series_of_another_test():
    """Each test begins at the same revision, with other works."""
    series._ties.cache_clear()


@pytest.fixture
def novel(db):
    return factories.make_novel(
        "lamplight", "등불의 서고", ("fantasy", "mystery"), authors_ko=["이하루"], authors_en=["Haru Lee"]
    )
