"""Short forms that readers make of the titles of a conversation: TSS, 어실되, 転生スラ."""

import pytest

from chatbot.catalogue.tests.factories import make_catalogue, make_work
from chatbot.language.acts import Act, Dialogue
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

SHELF = make_catalogue(
    make_work("shadow", ("fantasy",), titles={"ko": "어둠의 실력자가 되고 싶어서", "ja": "陰の実力者になりたくて", "en": "The Eminence in Shadow"}),
    make_work("slime", ("fantasy",), titles={"ko": "전생했더니 슬라임이었던 건", "ja": "転生したらスライムだった件", "en": "That Time I Became a Slime"}),
    make_work("spell", ("romance",), titles={"ko": "전설의 시작", "ja": "氷の街角", "en": "The Silent Spell"}),
    make_work("other", ("mystery",), titles={"ko": "어실교", "ja": "霧の港", "en": "Fog Harbour"}),
)  # fmt: skip
OFFERED = Dialogue(("shadow", "slime", "spell"), ("shadow", "slime", "spell"), (Act.RECOMMEND,))


def works_of(text, language, dialogue=OFFERED):
    turn = read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language)
    return [part.works for part in turn.parts if part.act is Act.ABOUT]


@pytest.mark.parametrize(
    ("text", "language", "work"),
    [
        ("is TEIS finished?", "en", "shadow"),
        ("how many volumes is EIS?", "en", "shadow"),
        ("is TTIBAS finished?", "en", "slime"),
        ("is TSS finished?", "en", "spell"),
        ("어실되 완결났어?", "ko", "shadow"),
        ("어둠실력은 몇 권이야?", "ko", "shadow"),
        ("전슬건 몇 권이야?", "ko", "slime"),
        ("転生スラって何巻？", "ja", "slime"),
        ("陰実力は完結してる？", "ja", "shadow"),
    ],
)
def test_a_short_form_names_the_one_work_of_the_conversation_that_it_fits(text, language, work):
    assert works_of(text, language) == [(work,)]


@pytest.mark.parametrize(("text", "language"), [("is TSS finished?", "en"), ("어실되 완결났어?", "ko")])
def test_of_the_whole_shelf_it_names_none(text, language):
    assert ("spell",) not in works_of(text, language, Dialogue())
    assert ("shadow",) not in works_of(text, language, Dialogue())


def test_the_name_of_another_work_is_no_short_form():
    assert works_of("어실교 완결났어?", "ko") == [("other",)]


@pytest.mark.parametrize(
    ("text", "language"),
    [("is the USA in it?", "en"), ("WOW is it finished?", "en"), ("이세계 나와?", "ko"), ("완결 났어?", "ko")],
)
def test_other_words_name_none(text, language):
    assert all(len(works) != 1 for works in works_of(text, language))
