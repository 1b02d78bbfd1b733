"""In a conversation: questions about the manga of a book are answered of that book."""

import pytest


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [("ko", "만화판도 있어?", "만화가 나아 소설이 나아?"), ("en", "is there a manga?", "is the manga any better?")],
)
def test_a_manga_is_never_answered_by_a_list_of_books(conversing, language, first, second):
    work = conversing({"ko": "판타지 추천해줘", "en": "a fantasy please"}[language], language)
    title = work.picks.order_by("pk").first().novel.titles[language]
    conversing(title, language)
    for text in (first, second):
        assert not conversing(text, language).picks.exists()
