from types import SimpleNamespace

from chatbot.assistant import Brief
from chatbot.briefing import _found
from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, ActPart, ReadTurn
from chatbot.language.wishes.wish import Wish

SHELF = make_catalogue(
    make_work("station", synopses={"ko": "", "en": "Cats inhabit a derelict space station.", "ja": ""}),
    *(make_work(f"other{n}", synopses={"ko": "마을", "en": "A village.", "ja": "村"}) for n in range(8)),
)


def found(*parts):
    return [one.work.slug for one in _found(SimpleNamespace(earlier=(), acts=ReadTurn(parts, ""), wish=Wish()), SHELF)]


def test_a_work_is_looked_for_by_the_words_that_describe_it():
    looking = ActPart(Act.FIND, "what's that one where cats live on a space station")
    assert found(ActPart(Act.THANKS, "thanks for the village"), looking)[0] == "station"


def test_nothing_is_looked_for_unasked():
    assert found(ActPart(Act.RECOMMEND, "cats on a space station")) == []


def test_the_works_of_an_author_who_is_asked_about_are_spoken_of():
    shelf = make_catalogue(
        *(
            make_work(f"song{n}", authors=("詩人",), author_names={"ko": ["시인"], "en": [], "ja": ["詩人"]})
            for n in range(6)
        ),
        make_work("other"),
    )
    for name in ("詩人", "시인"):
        asks = ActPart(Act.AUTHOR, works=("other",), detail={"author": name})
        assert Brief("ko", "?", Wish(), [], shelf, parts=(asks,)).spoken == [f"song{n}" for n in range(4)]
