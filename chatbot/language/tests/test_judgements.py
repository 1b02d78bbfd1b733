"""What a reader finds a book to be is told of that book: it is neither wished for nor refused."""

import pytest

from chatbot.language.acts import Act
from chatbot.language.tests.test_shelf_orders import OFFERED, READ, SHELF
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand


def wish(text, dialogue, language):
    turn = read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language)
    refused = [tag for part in turn.parts for tag in part.detail.get("refused", ())]
    found = understand([turn.wish_text], SHELF, language)
    return {*found.wanted}, {*found.unwanted, *refused}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("灯火の書庫は恋愛じゃなくない？喧嘩しながらの恋がいいんだってば", "ja"),
        ("それは恋愛じゃないと思う。恋愛がいい", "ja"),
        ("塔の記録者は恋愛じゃないよね。恋愛がいいんだけど", "ja"),
        ("that's not a romance. i want romance", "en"),
        ("the first one is not even romance lol, give me a romance", "en"),
        ("Lamplit Stacks isn't a romance tho? i want romance", "en"),
        ("첫 번째는 로맨스가 아니잖아. 로맨스로 줘", "ko"),
        ("등불의 서고는 로맨스 아닌 거 같은데.. 로맨스 원해요", "ko"),
        ("등불의 서고는 로맨스 아니지 않아? 로맨스 보고 싶다고", "ko"),
    ],
)
def test_what_a_book_is_not_is_not_refused(text, language):
    wanted, unwanted = wish(text, OFFERED, language)
    assert "romance" in wanted
    assert "romance" not in unwanted


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("灯火の書庫は読んだ。悪くなかったがあれは怪談だな。もっと宇宙の話がいい", "ja"),
        ("あれはホラーだったな。宇宙ものがいい", "ja"),
        ("read Lamplit Stacks, not bad, but that's basically a ghost story. something with space", "en"),
        ("Lamplit Stacks is a horror. something set in space", "en"),
        ("등불의 서고는 읽었어. 나쁘진 않았는데 그건 괴담이더라. 우주 나오는 거", "ko"),
        ("등불의 서고는 공포물이네. 우주 나오는 거 보고 싶어", "ko"),
    ],
)
@pytest.mark.parametrize("dialogue", [OFFERED, READ])
def test_what_a_book_is_is_not_wished_for(text, language, dialogue):
    wanted, _ = wish(text, dialogue, language)
    assert "space" in wanted
    assert "horror" not in wanted


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("not romance please", "en"),
        ("something that is not a romance", "en"),
        ("恋愛じゃないやつがいい", "ja"),
        ("로맨스 아닌 걸로 줘", "ko"),
    ],
)
def test_what_the_next_book_is_not_to_be_is_refused(text, language):
    turn = read_acts(text, OFFERED, SHELF, understand([text], SHELF, language), language)
    assert Act.RECOMMEND in turn.acts
    assert "romance" in wish(text, OFFERED, language)[1]
