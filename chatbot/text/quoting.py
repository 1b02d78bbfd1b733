"""Titles as a language marks them off from the words around them."""

MARKS = {"en": ("“", "”")}
ELSEWHERE = ("『", "』")


def titled(title: str, language: str | None) -> str:
    """“Title” in English, 『제목』 in Korean and Japanese."""
    opens, closes = MARKS.get((language or "")[:2], ELSEWHERE)
    return f"{opens}{title}{closes}"
