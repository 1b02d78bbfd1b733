"""What a conversation speaks of when its next turn begins."""

import pytest

from chatbot.language.acts import Act, ActPart
from chatbot.models import Pick
from chatbot.understanding import dialogue_before

from . import factories

pytestmark = pytest.mark.django_db

LIKE = ActPart(Act.RECOMMEND, works=("lamplight",))
ASKS = ActPart(Act.ABOUT, works=("lamplight",))


@pytest.mark.parametrize(
    ("parts", "offers", "spoken"),
    [
        ((LIKE,), 1, ("snowfall",)),  # "something like A": the one offered is "it"
        ((ASKS, LIKE), 1, ("lamplight",)),  # A was asked about, too
        ((LIKE,), 2, ("lamplight",)),  # two are no "it"
    ],
)
def test_of_one_offered_and_one_it_is_like_it_is_the_one_offered(reader, catalogue, parts, offers, spoken):
    reading = {"parts": [part.as_json() for part in parts], "spoken": ["lamplight"]}
    turn = factories.make_turn(reader=reader, reading=reading)
    for position, novel in enumerate(catalogue[1 : 1 + offers]):
        Pick.objects.create(turn=turn, novel=novel, position=position)
    after = factories.make_turn(turn.conversation)
    dialogue = dialogue_before(after, [turn])
    assert dialogue.spoken == spoken
    assert len(dialogue.last_picks) == offers


def test_of_several_told_of_and_several_offered_beside_them_those_offered_are_spoken_of(reader, catalogue):
    told, offered = catalogue[:2], catalogue[2:4]
    parts = [ActPart(Act.ABOUT, works=tuple(one.slug for one in told)), LIKE]
    reading = {"parts": [part.as_json() for part in parts], "spoken": [one.slug for one in told]}
    turn = factories.make_turn(reader=reader, reading=reading)
    for position, novel in enumerate(offered):
        Pick.objects.create(turn=turn, novel=novel, position=position)
    dialogue = dialogue_before(factories.make_turn(turn.conversation), [turn])
    assert dialogue.spoken == dialogue.last_picks == tuple(one.slug for one in offered)
