"""What a turn refuses or limits beside the words of it that wish."""

import pytest

from chatbot.language.tests.test_shelf_orders import OFFERED, SHELF
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.turns.left_besides import take_what_is_left
from chatbot.language.wishes.turn_parser import parse_ask
from chatbot.language.wishes.wish import understand
from chatbot.language.words.vocabulary import vocabulary

WORDS = vocabulary(SHELF)


def update_of(text, language, dialogue=OFFERED):
    turn = read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language)
    update = parse_ask(turn.wish_text, WORDS, language, ())
    take_what_is_left(update, text, turn.wish_text, turn.parts, WORDS, language)
    return update


@pytest.mark.parametrize(
    ("language", "text", "tag"),
    [
        ("ko", "그거 몇권까지 나옴? 글고 성폭력은 빼줘 그건 못봄", "sexual-violence"),
        ("ko", "두 번째 작가 누구예요? 글고 고딩 나오는 건 싫어요", "academy"),
        ("en", "how many volumes is the first? and no sexual violence, i can't take that", "sexual-violence"),
        ("en", "who wrote the second? also no harem please", "harem"),
        ("ja", "一つ目は何巻まで？あと性暴力はなしで", "sexual-violence"),
        ("ja", "二つ目の作者は誰？ハーレムは苦手です", "harem"),
    ],
)
def test_what_is_refused_beside_a_question_is_kept(language, text, tag):
    assert tag in update_of(text, language).unwanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "그건 너무 어두워서 싫었어"),
        ("ko", "회사 가기 싫다"),
        ("ko", "하렘은 없어?"),
        ("en", "does the first have no romance?"),
        ("en", "i hate my school"),
        ("ja", "一つ目にハーレムはない？"),
        ("ja", "それは暗くて嫌だった"),
    ],
)
def test_judging_asking_and_talking_refuse_nothing(language, text):
    assert not update_of(text, language).unwanted


@pytest.mark.parametrize(
    ("language", "text", "limit"),
    [
        ("en", "who wrote the first? finished series only, in english", ("status", "completed")),
        ("ko", "첫 번째 작가 누구예요? 완결작만요", ("status", "completed")),
        ("ja", "一つ目の作者は誰？完結作品だけで", ("status", "completed")),
    ],
)
def test_what_only_may_be_is_kept(language, text, limit):
    assert limit in update_of(text, language).facts.items()


def test_so_many_volumes_are_all_right_too_wherever_it_is_said():
    assert update_of("두세권도 ㅇㅋ. 사서님 오늘 왤케 힘이 없어 보임", "ko").also_volumes == 3
    assert update_of("それはいいね。2、3巻でもいいよ", "ja").also_volumes == 3


def test_a_good_cry_is_wished_for_beside_a_length():
    update = update_of("ㅇㅇ 걍 펑펑 울고싶음 ㅠㅠㅠ 한권짜리로 ㄱㄱ", "ko")
    assert "tearjerker" in {tag for group in update.groups for tag in group.said}
