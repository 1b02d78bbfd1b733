"""Questions about a book that is settled: where it goes on after its anime, what is asked once more, what is loved of two,
and that a pick does not fit. No book is chosen for any of them but the last, and nothing is marked as read."""

import pytest

from chatbot.language.acts import Act, ActPart, Dialogue, Question
from chatbot.language.tests.test_acts import OFFERED, SHELF
from chatbot.language.turns.act_reader import read_acts
from chatbot.language.wishes.wish import understand

OF_ONE = Dialogue(spoken=("tower",), acts=(Act.ABOUT,))
MISREAD = Dialogue(OFFERED.last_picks, ("tower",), (Act.RECOMMEND,), said="is the tower finished?")
ASKED = Dialogue(
    spoken=("tower",),
    acts=(Act.RECOMMEND,),
    asked=(ActPart(Act.ABOUT, "is it finished", ("tower",), (Question.STATUS,)),),
    said="is it finished?",
)
WEIGHED = Dialogue(
    spoken=("wolf", "lamp"),
    acts=(Act.COMPARE,),
    asked=(ActPart(Act.COMPARE, "which is better", ("wolf", "lamp"), detail={"by": "quality"}),),
)


def read(text, dialogue, language):
    return read_acts(text, dialogue, SHELF, understand([text], SHELF, language), language)


@pytest.mark.parametrize(
    ("text", "language", "season"),
    [
        ("done w s3. what next", "en", 3),
        ("i told you. season 3. volume?", "en", 3),
        ("NOT recs. where does the anime end in the books", "en", None),
        ("애니 3기까지 봤는데 몇부부터 읽음?", "ko", 3),
        ("2기 다 봄. 이제 뭐 읽음?", "ko", 2),
        ("アニメは4期まで見た。原作どこから?", "ja", 4),
        ("3期見終わった。次は?", "ja", 3),
    ],
)
def test_after_an_anime_it_is_told_where_the_books_go_on(text, language, season):
    turn = read(text, OF_ONE, language)
    assert [(part.act, part.works, part.questions) for part in turn.parts] == [
        (Act.ABOUT, ("tower",), (Question.AFTER_ANIME,))
    ]
    assert turn.parts[0].detail.get("season") == season
    assert not turn.wish_text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("done with the anime, something similar", "en"),
        ("3기 다 봤어 비슷한 거 추천해줘", "ko"),
        ("アニメ見たから似たやつ教えて", "ja"),
    ],
)
def test_who_has_seen_an_anime_may_still_wish_for_books(text, language):
    assert read(text, OF_ONE, language).wishes


@pytest.mark.parametrize(
    ("text", "language", "dialogue", "question"),
    [
        ("i asked if theres romance in it", "en", OF_ONE, Question.CONTENT),
        ("no recs pls just tell me if it is finished", "en", MISREAD, Question.STATUS),
        ("answer the question", "en", ASKED, Question.STATUS),
        ("아니 완결났냐고 물어봤잖아", "ko", MISREAD, Question.STATUS),
        ("추천 말고 질문에 답해줘", "ko", ASKED, Question.STATUS),
        ("だから完結してるのかって聞いてんの!", "ja", MISREAD, Question.STATUS),
        ("質問に答えてよ", "ja", ASKED, Question.STATUS),
    ],
)
def test_a_question_that_is_put_again_is_answered_and_brings_no_books(text, language, dialogue, question):
    turn = read(text, dialogue, language)
    assert [(part.act, part.works, part.questions) for part in turn.parts] == [(Act.ABOUT, ("tower",), (question,))]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i asked for a mystery, give me one", "en"),
        ("추리물 추천해 달라고 물어봤잖아", "ko"),
        ("ミステリーをおすすめしてって聞いてるんだけど", "ja"),
    ],
)
def test_who_asked_for_books_is_given_books(text, language):
    assert read(text, OFFERED, language).wishes


@pytest.mark.parametrize(
    ("text", "language"),
    [("i love horror more", "en"), ("난 공포가 더 좋은데", "ko"), ("ホラーなのが好きなんだけど", "ja")],
)
def test_two_works_are_weighed_once_more_by_what_is_loved(text, language):
    (part,) = read(text, WEIGHED, language).parts
    assert (part.act, part.works, part.detail["by"]) == (Act.COMPARE, ("wolf", "lamp"), ["horror"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("how is the second one a horror lol", "en"),
        ("두 번째 거 어디가 공포야ㅋㅋ", "ko"),
        ("二番目のどこがホラーなんだよw", "ja"),
    ],
)
def test_of_a_pick_that_does_not_fit_it_is_owned_and_another_looked_for(text, language):
    turn = read(text, OFFERED, language)
    assert turn.acts == (Act.COMPLAINT, Act.RECOMMEND)
    assert turn.parts[0].works == ("tower",)
    assert turn.parts[0].detail["tags"] == ["horror"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("why … tho", "en"), ("… 왜 골랐어?", "ko"), ("…はなんで?", "ja")],
)
def test_why_a_work_that_is_named_was_picked_is_asked(text, language):
    name = {"en": "the second one", "ko": "두 번째 거", "ja": "二番目"}[language]
    part = read(text.replace("…", name), OFFERED, language).parts[0]
    assert (part.act, part.works, part.questions) == (Act.ABOUT, ("tower",), (Question.WHY,))


@pytest.mark.parametrize(
    ("text", "language"),
    [("how many volumes? is there an anime?", "en"), ("몇권임? 애니 있음?", "ko"), ("何巻?アニメある?", "ja")],
)
def test_an_anime_that_nobody_saw_is_only_asked_after(text, language):
    asked = [one for part in read(text, OF_ONE, language).parts for one in part.questions]
    assert Question.AFTER_ANIME not in asked
