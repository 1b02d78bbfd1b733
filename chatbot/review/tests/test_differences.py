"""Two replies side by side, word by word, in three languages."""

import time

import pytest

from chatbot.review.differences import differences


def changed(before, after):
    found = differences(before, after)
    assert "".join(one.text for one in found.before) == before
    assert "".join(one.text for one in found.after) == after
    gone = [one.text.strip() for one in found.before if one.differs]
    return gone, [one.text.strip() for one in found.after if one.differs]


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("It is a calm story.", "It is a quiet story.", ["calm"], ["quiet"]),
        ("차분한 이야기를 골랐어요.", "밝은 이야기를 골랐어요.", ["차분한"], ["밝은"]),
        ("静かな物語を選びました。", "明るい物語を選びました。", ["静かな"], ["明るい"]),
        ("전쟁은 6권까지예요", "전쟁은 12권까지예요", ["6"], ["12"]),
        ("『등불의 서고』예요.", "『등불의 서고』예요.", [], []),
        ("", "새로 쓴 답이에요.", [], ["새로 쓴 답이에요."]),
        ("한 줄\n\n두 줄", "한 줄\n\n두 줄\n\n세 줄", [], ["세 줄"]),
        ("a_b\u200d🙂 ok", "a_b\u200d🙂 no", ["ok"], ["no"]),
    ],
)
def test_only_what_differs_is_marked(before, after, gone, new):
    assert changed(before, after) == (gone, new)


def test_the_same_says_so():
    assert differences("같은 말", "같은 말").are_equal
    assert differences("같은 말", "같은 말").alike == 100
    assert not differences("같은 말", "다른 말").are_equal


def test_long_texts_are_compared_in_time():
    before = "\n".join(f"줄 {number} 은 이렇게 읽어요, 조금 길게 써서." for number in range(1000))
    after = before.replace("줄 500 은", "줄 500 만")
    began = time.process_time()
    gone, new = changed(before, after)
    assert (len(gone), len(new)) == (1, 1)
    assert time.process_time() - began < 2
