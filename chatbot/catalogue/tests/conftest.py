import pytest

from chatbot.tests import factories


@pytest.fixture
def novel(db):
    return factories.make_novel(
        "lamplight", "등불의 서고", ("fantasy", "mystery"), authors_ko=["이하루"], authors_en=["Haru Lee"]
    )
