"""Who asks for what few know: through a whole conversation."""

import pytest

from chatbot.tests import factories


@pytest.fixture
def shelf(catalogue):
    for place in range(12):
        tag, renown = ("fantasy", "romance")[place % 2], (20, 90)[place < 6]
        factories.make_novel(f"{tag}-{renown}-{place}", tags=(tag,), renown=renown)


def renown_of(turn):
    return {pick.novel.renown for pick in turn.picks.all()}


@pytest.mark.parametrize(
    ("language", "first", "then", "back"),
    [
        ("ko", "남들이 잘 모르는 판타지 추천해줘", "그럼 로맨스로", "이번엔 유명한 판타지로 추천해줘"),
        ("en", "a fantasy, nothing popular", "a romance instead", "now a popular fantasy instead"),
        ("ja", "マイナーなファンタジーを教えて", "やっぱり恋愛ものを", "有名なのを教えて"),
    ],
)
def test_nothing_famous_comes_until_it_is_asked_for(reader, shelf, conversing, language, first, then, back):
    for text in (first, then):
        turn = conversing(text, language)
        found = renown_of(turn)
        assert found, turn.reply
        assert max(found) < 55
    assert 90 in renown_of(conversing(back, language))
