"""A corrected reply becomes a case that later replies have to keep to; it stays without its reader."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from chatbot import replies
from chatbot.models import Conversation, RegressionCase, Replay, Review, ReviewItem, Turn
from chatbot.review import regressions, working
from chatbot.review.models import Why
from chatbot.tests import factories
from chatbot.tests.upstream import recommends, texts_of
from huey_tasks.sweeping import sweep
from users import leaving

pytestmark = pytest.mark.django_db(transaction=True)


def corrected(turn, words):
    """The case of a correction by an operator."""
    item = ReviewItem.objects.note(turn, [(Why.FAILED, 1)])
    review = Review.objects.create(item=item, reviewer=factories.make_reader())
    review.keep(scores={}, notes="", corrected=words, submit=True)
    return regressions.make_case(review, review.reviewer)[0]


def test_what_the_correction_says_is_what_is_expected(conversing):
    turn = conversing("판타지 추천해 주세요")
    offered = list(turn.picks.values_list("novel__slug", flat=True))
    case = corrected(turn, "찾아봤어요.\n\n[[riddle]] 차분한 이야기예요.\n\n『편지를 쓰는 소녀』도 좋아요.")
    assert case.offers == RegressionCase.Offers.SOME
    assert set(case.must_name.split()) == {"riddle", "letters"} - set(offered)
    assert set(case.must_not_name.split()) == {*offered} - {"riddle", "letters"}
    none = conversing("몇 권이에요?")
    assert corrected(none, "다섯 권이에요.").offers == RegressionCase.Offers.EITHER


def test_a_correction_without_books_expects_none(conversing):
    turn = conversing("판타지 추천해 주세요")
    assert corrected(turn, "어떤 판타지를 좋아하세요?").offers == RegressionCase.Offers.NONE


def test_a_correction_that_names_a_book_by_another_name_does_not_expect_none(conversing):
    turn = conversing("판타지 추천해 주세요")
    assert corrected(turn, "『아무도 모르는 이름의 책』은 어떨까요?").offers == RegressionCase.Offers.EITHER


def test_a_case_is_made_once_and_of_a_correction_alone(conversing):
    turn = conversing("판타지 추천해 주세요")
    case = corrected(turn, "어떤 판타지를 좋아하세요?")
    review = Review.objects.get()
    assert regressions.make_case(review, None) == (case, False)
    review.corrected = " "
    with pytest.raises(regressions.Unmade, match="none"):
        regressions.make_case(review, None)
    Conversation.objects.update(temporary=True)
    review.corrected = "네?"
    with pytest.raises(regressions.Unmade, match="temporary"):
        regressions.make_case(review, None)


def test_it_is_tried_with_the_voice_that_is_set_and_its_result_kept(conversing):
    first = conversing("추리 소설 좋아해요")
    turn = conversing("판타지 추천해 주세요")
    case = corrected(turn, "어떤 판타지를 좋아하세요?")
    case.must_not_name = ""
    case.save()
    regressions.run(case)
    case.refresh_from_db()
    assert case.passed is False
    assert [one["kind"] for one in case.differences] == ["offers_some"]
    case.offers = RegressionCase.Offers.SOME
    case.save()
    regressions.run(case)
    case.refresh_from_db()
    assert (case.passed, case.passed_before, case.differences) == (True, False, [])
    before = set(first.picks.values_list("novel__slug", flat=True))
    assert (len(case.picks), before.isdisjoint(case.picks), len(before)) == (turn.picks.count(), True, 2)


def test_trying_leaves_no_row_behind_and_reads_the_same_each_time(conversing):
    turn = conversing("판타지 추천해 주세요")
    conversing("더 있어요?")
    case = corrected(turn, "어떤 판타지를 좋아하세요?")
    counts = [model.objects.count() for model in (get_user_model(), Conversation, Turn)]
    said = set()
    for _ in range(2):
        regressions.run(case)
        said.add(case.reply)
    assert len(said) == 1
    assert [model.objects.count() for model in (get_user_model(), Conversation, Turn)] == counts


def test_what_is_loaded_first_holds_up_no_writer(conversing, monkeypatch):
    case = corrected(conversing("판타지 추천해 주세요"), "어떤 판타지를 좋아하세요?")
    held = []
    monkeypatch.setattr(replies, "warm_up", lambda: held.append(connection.in_atomic_block))
    regressions._warm_up.cache_clear()
    regressions.run(case)
    assert held == [False]


def test_the_conversation_before_is_told_again(conversing, upstream):
    conversing("추리 소설 추천해 주세요")
    turn = conversing("그 책은 몇 권이에요?")
    case = corrected(turn, "다섯 권이에요.")
    upstream.says(recommends)
    regressions.run(case)
    told = texts_of(upstream.requests[-1])
    assert ("user", "추리 소설 추천해 주세요") in told
    assert "그 책은 몇 권이에요?" in told[-1][1]


def test_it_stays_without_its_reader_and_says_nothing_of_them(conversing, reader):
    conversing("제 번호는 010-1234-5678 이에요. 추리 소설 추천해 주세요")
    turn = conversing("판타지 추천해 주세요. 답은 lamp@example.com 으로요")
    case = corrected(turn, "네, 010-1234-5678 로 연락할게요. 어떤 판타지를 좋아하세요?")
    leaving.close(get_user_model().objects.filter(pk=reader.pk))
    while not sweep():
        pass
    assert not Turn.objects.exists()
    case = RegressionCase.objects.get(pk=case.pk)
    assert case.turn_id is None
    row = json.dumps(RegressionCase.objects.filter(pk=case.pk).values().get(), default=str, ensure_ascii=False)
    assert "판타지 추천해 주세요" in row
    for private in ("010-1234-5678", "lamp@example.com", reader.username):
        assert private not in row
    regressions.run(case)
    assert case.reply


def test_what_is_expected_is_looked_for_by_slug_title_and_words(conversing, catalogue):
    case = RegressionCase(must_name="lamplight\n서고를 좋아", must_not_name="riddle\n죄송해요", offers="")
    snapshot = regressions.current_catalogue()

    def differences(reply, picks=()):
        outcome = {"failure": "", "stand_in": "", "picks": [*picks], "reply": reply, "corrections": []}
        return [(one["kind"], one["what"]) for one in regressions.differences_from(case, outcome, snapshot)]

    assert differences("『등불의 서고』요. 서고를 좋아하신다니!") == []
    assert differences("서고를 좋아하시면", picks=["lamplight"]) == []
    assert differences("글쎄요") == [("lacks", "lamplight"), ("lacks", "서고를 좋아")]
    said = "등불의 서고, 그리고 『수수께끼 저택』. 서고를  좋아하시죠. 죄송해요."
    assert differences(said) == [("names", "riddle"), ("names", "죄송해요")]


def test_the_command_says_which_differ_and_ends_with_one(conversing, capsys, tmp_path):
    turn = conversing("판타지 추천해 주세요")
    case = corrected(turn, "어떤 판타지를 좋아하세요?")
    with pytest.raises(SystemExit) as ended:
        call_command("regressions", "--json", str(tmp_path / "told.json"))
    assert ended.value.code == 1
    said = capsys.readouterr().out
    assert f"{case.pk} DIFFERS: 판타지 추천해 주세요" in said
    assert "0 of 1 cases keep to what they expect" in said
    told = json.loads((tmp_path / "told.json").read_text())
    assert (told["voice"], told["cases"][0]["id"], told["cases"][0]["passed"]) == ("librarian", case.pk, False)
    RegressionCase.objects.update(offers="some", must_not_name="")
    call_command("regressions")
    assert f"{case.pk} passes (it was otherwise the last time)" in capsys.readouterr().out
    RegressionCase.objects.update(offers="")
    call_command("regressions")  # any reply would do, so that it did says nothing
    said = capsys.readouterr().out
    assert f"{case.pk} EXPECTS NOTHING" in said
    assert "0 of 1 cases" in said
    assert RegressionCase.objects.get().passed is None
    with pytest.raises(CommandError, match="no case 4711"):
        call_command("regressions", "--case", str(case.pk), "4711")


def test_a_worker_tries_what_it_is_asked_to(conversing):
    turn = conversing("판타지 추천해 주세요")
    case = corrected(turn, "어떤 판타지를 좋아하세요?")
    assert RegressionCase.objects.filter(pk=case.pk).ask() == 1
    working.work()
    case.refresh_from_db()
    assert (case.is_waiting, case.passed) == (False, False)


def test_without_a_budget_nothing_is_known_of_a_case(conversing, upstream, settings):
    turn = conversing("판타지 추천해 주세요")
    case = corrected(turn, "어떤 판타지를 좋아하세요?")
    RegressionCase.objects.update(passed=True)
    settings.DAILY_BUDGET = 0.0
    with pytest.raises(CommandError, match="budget is used up"):
        call_command("regressions")
    RegressionCase.objects.filter(pk=case.pk).ask()
    assert working.work()
    case.refresh_from_db()
    assert (case.passed, case.is_waiting) == (True, False)


def test_replays_come_before_cases_one_at_a_time(conversing):
    turn = conversing("판타지 추천해 주세요")
    corrected(turn, "어떤 판타지를 좋아하세요?")
    RegressionCase.objects.all().ask()
    replay = Replay.objects.ask(turn, asked_by=None, with_voice="librarian")
    assert working.work()
    replay.refresh_from_db()
    assert (replay.is_waiting, RegressionCase.objects.get().is_waiting) == (False, True)
    assert working.work()
    assert not working.work()
