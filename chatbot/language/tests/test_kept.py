"""What is asked of what is kept of the reader, and what only sounds like it."""

import pytest

from chatbot.language.turns.kept import asks_what_is_kept


@pytest.mark.parametrize(
    "text",
    [
        "나 뭐뭐 읽었다고 했지", "나 지금까지 읽은거 목록 보여줘", "아까 찜한거 뭐였더라", "내가 읽은 책 말이야 내 책장",
        "아까 내가 싫다고한거 뭐뭐 기억하고있음?", "내가 뭐 빼달라고 했지",
        "whats on my read shelf", "what books do you have me down as having read", "whats on my tbr",
        "do you remember my hard nos", "what did i say i dont want",
        "読んだ本見せて", "俺何読んだって言ったっけ", "読みたいリスト見せて", "さっき苦手って言ったの何か覚えてる？",
    ],
)  # fmt: skip
def test_a_list_that_is_kept_is_asked_for(text):
    assert asks_what_is_kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "읽은거 말고 추천해줘", "싫다고 한걸 왜 또 줘", "이거 읽은 책 목록에 넣어줘", "하렘 싫다고 했잖아",
        "what should i read next", "i said no harem", "something similar to the ones ive read", "mark it as read",
        "読んだ本以外で何かある？", "苦手って言ったのになんで出すの", "これ読んだ本に入れて",
    ],
)  # fmt: skip
def test_a_wish_a_complaint_or_an_order_asks_for_no_list(text):
    assert not asks_what_is_kept(text)
