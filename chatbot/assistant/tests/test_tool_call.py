"""The function a model may call: how it is offered, what is made of its arguments, what it can never do."""

import json
import os
import subprocess
import sys
from dataclasses import fields, replace

import pytest

from chatbot import replies
from chatbot.assistant import tool_call
from chatbot.assistant.wire import exchange
from chatbot.catalogue.snapshot import current_catalogue
from chatbot.language.topics import WishPart
from chatbot.language.wishes.wish import Wish
from chatbot.models import Turn
from chatbot.tests import factories
from chatbot.tests.upstream import (
    HTTP,
    Finish,
    calls,
    calls_of,
    chunk,
    event,
    recommends,
    slugs_offered,
    texts_of,
    tools_of,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("api")]

SAYS = ["[[riddle]] 수수께끼가 좋아요.\n\n즐겁게 읽으세요."]


@pytest.fixture
def ask(reader, catalogue, upstream):
    def answered(text="판타지 추천해 주세요", *scripts):
        if scripts:
            upstream.says(*scripts)
        turn = Turn.objects.claim(factories.begin(reader, text).pk, "test-worker")
        replies.write(turn)
        turn.refresh_from_db()
        return turn

    return answered


def picked(turn):
    return [pick.novel.slug for pick in turn.picks.all()]


def given(turn):
    return {candidate["slug"] for candidate in turn.candidates}


# --- Over the wire -------------------------------------------------------------------------------------------------


def test_the_function_is_offered_with_the_first_request(ask, upstream):
    turn = ask()
    assert (turn.state, turn.attempts, turn.calls, len(upstream.requests)) == ("done", 1, [], 1)
    request = upstream.requests[0]
    assert request["tool_choice"] == "auto"
    tool = request["tools"][0]
    assert tools_of(request) == ["look_on_shelf", "look_up_works", "find_by_description"]
    assert tool.get("function", tool)["description"].endswith("Tags: fantasy mystery romance")
    assert "Understood:" in "".join(text for _, text in texts_of(request))


def test_a_call_chooses_anew_and_the_same_exchange_goes_on(ask, upstream):
    turn = ask("뭔가 두근두근 수사하는 거", list(calls({"required": ["추리"]})), SAYS)
    assert (turn.state, turn.attempts) == ("done", 2)
    assert turn.wish["required"] == ["mystery"]
    assert given(turn) == {"lamplight", "riddle"}
    assert picked(turn) == ["riddle"]
    assert (turn.tokens_in, turn.tokens_out) == (240, 80)
    first, second = map(texts_of, upstream.requests)
    assert second[: len(first)] == first
    ((ident, name, arguments),) = calls_of(upstream.requests[1])
    assert (ident, name, json.loads(arguments)) == ("call_a", "look_on_shelf", {"required": ["mystery"]})
    assert [role for role, _ in second[len(first) :]] == ["tool"]
    assert set(slugs_offered(upstream.requests[1])) == {"lamplight", "riddle"}


def test_operators_see_the_call_and_what_was_made_of_it(ask):
    turn = ask("판타지 주세요", list(calls({"required": ["mystery", "no-such-tag"], "colour": "red"})), SAYS)
    (call,) = turn.calls
    assert call["told"] == {"required": ["mystery"]}
    assert call["dropped"] == ["required: no-such-tag", "colour"]
    assert call["heard"]["required"] == ["fantasy"]
    assert turn.wish["required"] == ["fantasy", "mystery"]
    assert json.loads(call["said"])["colour"] == "red"


def test_words_before_a_call_stay_and_the_reply_goes_on_behind_them(ask, upstream):
    turn = ask("수사물", ["잠시만요.\n\n", *calls({"required": ["mystery"]})], SAYS)
    assert turn.reply == "잠시만요.\n\n" + SAYS[0]
    assert texts_of(upstream.requests[1])[-2] == ("assistant", "잠시만요.\n\n")


def test_words_before_each_of_two_calls_stay(ask, upstream):
    first, second = ({"required": ["mystery"]}, {"count": 1})
    turn = ask("수사물", ["하나. ", *calls(first)], ["둘. ", *calls(second, ident="call_b")], SAYS)
    assert turn.reply == "하나.\n\n둘.\n\n" + SAYS[0]
    spoken = [text for role, text in texts_of(upstream.requests[2]) if role == "assistant"]
    assert spoken == ["하나. ", "둘. "]
    assert (turn.wish["required"], turn.wish["count"]) == (["mystery"], 1)


def test_a_reply_that_has_offered_works_is_not_undone_by_a_call(ask, upstream):
    turn = ask("판타지", ["[[harbour]] 좋아요.\n\n", *calls({"required": ["mystery"]})])
    assert (turn.state, picked(turn), len(upstream.requests)) == ("done", ["harbour"], 1)
    assert "required" not in turn.wish or turn.wish["required"] == ["fantasy"]


def test_what_was_shown_stays_until_there_is_new_text(ask, upstream):
    seen = []

    def slow(request):
        yield 0.6
        seen.append(Turn.objects.get().reply)
        yield "[[lamplight]] 새 글이에요."

    def hesitant(request):
        yield "음, 이건… "
        yield 0.4
        yield from calls("{broken")

    turn = ask("판타지", hesitant, slow)
    assert seen == ["음, 이건… "]
    assert turn.reply == "[[lamplight]] 새 글이에요."


def test_stopping_during_the_second_request_closes_it(reader, catalogue, upstream):
    turn = Turn.objects.claim(factories.begin(reader, "수사물").pk, "test-worker")

    def slow(request):
        replies.stop(Turn.objects.get(pk=turn.pk))
        yield 60.0

    upstream.says(list(calls({"required": ["mystery"]})), slow)
    replies.write(turn)
    turn.refresh_from_db()
    assert turn.state == "stopped"
    assert len(upstream.requests) == 2


def test_a_turn_stopped_before_the_call_arrives_is_not_chosen_for_anew(reader, catalogue, upstream):
    turn = Turn.objects.claim(factories.begin(reader, "수사물").pk, "test-worker")

    def stopped_meanwhile(request):
        replies.stop(Turn.objects.get(pk=turn.pk))
        yield from calls({"required": ["mystery"]})

    upstream.says(stopped_meanwhile, SAYS)
    replies.write(turn)
    turn.refresh_from_db()
    assert (turn.state, turn.calls, len(upstream.requests)) == ("stopped", [], 1)


def test_both_requests_share_the_time_for_a_reply(ask, upstream, settings):
    settings.OPENAI_TOTAL_TIMEOUT = 1.5
    turn = ask("수사물", [1.0, *calls({"required": ["mystery"]})], ["조금 ", 1.0, "더 ", 1.0, "더"])
    assert (turn.state, turn.failure) == ("failed", "slow")


def test_a_second_request_that_breaks_off_is_made_again_alone(ask, upstream):
    turn = ask("수사물", ["네. ", *calls({"required": ["mystery"]})], ["반쯤", Finish(None)], SAYS)
    assert (turn.state, turn.attempts, len(upstream.requests)) == ("done", 3, 3)
    assert upstream.requests[1] == upstream.requests[2]
    assert turn.reply == "네.\n\n" + SAYS[0]


def test_calling_for_ever_is_ended(ask, upstream):
    turn = ask("수사물", *[list(calls({"required": ["mystery"]}))] * 4, SAYS)
    assert (turn.state, picked(turn)) == ("done", ["riddle"])
    assert [request.get("tool_choice") for request in upstream.requests] == ["auto", "auto", "auto", "none", None]
    assert [call["fault"] for call in turn.calls] == ["", "", "", "called too often"]


def test_for_a_model_that_only_calls_the_librarian_stands_in(ask, upstream):
    turn = ask("수사물", list(calls({"required": ["mystery"]})))
    assert (turn.state, turn.voice, turn.stand_in) == ("done", "librarian", "empty")
    assert set(picked(turn)) <= {"lamplight", "riddle"}
    assert len(upstream.requests) == 6


def delta(**fields):
    return {"tool_calls": [fields]}


STREAMS = {
    "all at once": [
        delta(index=0, id="x", function={"name": "look_on_shelf", "arguments": '{"required": ["mystery"]}'}),
        Finish("stop"),
    ],
    "no index": [
        delta(id="x", function={"name": "look_on_shelf", "arguments": '{"required":'}),
        delta(function={"arguments": ' ["mystery"]}'}),
        Finish("tool_calls"),
    ],
    "empty strings for what does not change": [
        delta(index=0, id="x", function={"name": "look_on_shelf", "arguments": '{"required":'}),
        delta(index=0, id="", function={"name": "", "arguments": ' ["mystery"]}'}),
        Finish("tool_calls"),
    ],
    "no id": [
        delta(index=0, function={"name": "look_on_shelf", "arguments": '{"required": ["mystery"]}'}),
        Finish("tool_calls"),
    ],
    "an object": [
        delta(index=0, id="x", function={"name": "look_on_shelf", "arguments": {"required": ["mystery"]}}),
        Finish("tool_calls"),
    ],
    "one index for two": [
        delta(index=0, id="x", function={"name": "look_on_shelf", "arguments": '{"required": ["mystery"]}'}),
        delta(index=0, id="y", function={"name": "look_on_shelf", "arguments": '{"required": ["romance"]}'}),
        Finish("tool_calls"),
    ],
    "the first of two is broken": [
        delta(index=0, id="w", function={"name": "look_on_shelf", "arguments": "{"}),
        delta(index=1, id="x", function={"name": "look_on_shelf", "arguments": '{"required": ["mystery"]}'}),
        Finish("tool_calls"),
    ],
    "the old way": [
        {"function_call": {"name": "look_on_shelf", "arguments": '{"required":'}},
        {"function_call": {"arguments": ' ["mystery"]}'}},
        Finish("function_call"),
    ],
    "as text": ['<tool_call>{"name": "look_on_shelf", ', '"arguments": {"required": ["mystery"]}}</tool_call>'],
    "as fenced text": ['```json\n{"name": "look_on_shelf", "arguments": {"required": ["mystery"]}}\n```'],
    "as a string in a string": list(calls(json.dumps('{"required": ["mystery"]}'))),
}


@pytest.mark.parametrize("stream", STREAMS.values(), ids=STREAMS)
def test_every_way_of_calling_is_understood(ask, upstream, stream):
    turn = ask("수사하는 이야기", stream, SAYS)
    assert (turn.state, turn.wish["required"], picked(turn)) == ("done", ["mystery"], ["riddle"])
    assert turn.reply == SAYS[0]
    assert set(slugs_offered(upstream.requests[1])) == {"lamplight", "riddle"}


BROKEN = {
    "not JSON": list(calls("required: mystery")),
    "broken off": [*list(calls('{"required": ["myst'))[:-1], Finish("length")],
    "a list": list(calls("[1, 2]")),
    "too deep": list(calls("[" * 3000)),
    "too long": list(calls('{"required": ["' + "x" * 9000 + '"]}')),
    "another function": list(calls({"path": "/etc/passwd"}, name="read_file")),
    "announced only": [Finish("tool_calls")],
    "broken, as text": ['<tool_call>{"name": "look_on_shelf", "argu'],
    "nothing in it": [delta(index=0, id="x"), Finish("tool_calls")],
    "nonsense": [{"tool_calls": "look"}, {"tool_calls": [None, 5]}, Finish("tool_calls")],
}


CHAT_ALONE = ("announced only", "nonsense")  # there is no such thing in the other wire


@pytest.mark.parametrize("way", BROKEN)
def test_a_call_that_cannot_be_read_falls_back_to_our_own_reading(ask, upstream, settings, way):
    if way in CHAT_ALONE:
        settings.OPENAI_API = "chat"
    stream = BROKEN[way]
    turn = ask("판타지 추천해 주세요", stream, recommends)
    assert (turn.state, len(upstream.requests)) == ("done", 2)
    assert turn.wish["required"] == ["fantasy"]
    assert picked(turn) == slugs_offered(upstream.requests[1])[:2]
    assert "tools" not in upstream.requests[1]
    assert turn.calls[0]["fault"]
    assert "look_on_shelf" not in turn.reply


def test_an_endless_call_is_given_up(ask, upstream):
    turn = ask("판타지", list(calls("x" * 300_000, pieces=30)))
    assert (turn.state, turn.voice, turn.stand_in) == ("done", "librarian", "garbage")


REFUSALS = [
    HTTP(400, {"error": {"message": "registry.ollama.ai/library/gemma3:4b does not support tools"}}),
    HTTP(500, {"error": {"message": "tools param requires --jinja flag", "type": "server_error"}}),
    HTTP(404, {"error": {"message": "No endpoints found that support tool use."}}),
    HTTP(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "tools"], "msg": "Extra inputs"}]}),
    HTTP(400, {"error": {"message": '"auto" tool choice requires --enable-auto-tool-choice to be set'}}),
]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_server_that_refuses_functions_is_asked_without_and_remembered(ask, upstream, refusal):
    assert ask("판타지", [refusal], recommends).state == "done"
    assert ask("로맨스").state == "done"
    assert ["tools" in request for request in upstream.requests] == [True, False, False]
    assert "look_on_shelf" not in json.dumps(upstream.requests[1:])


def test_a_server_that_refuses_everything_optional_is_asked_plainly(ask, upstream, settings):
    settings.OPENAI_API = "chat"
    unknown = HTTP(400, {"error": {"message": "Unrecognized request argument supplied: stream_options"}})
    turn = ask("판타지", [unknown], [REFUSALS[0]], recommends)
    assert (turn.state, turn.attempts) == ("done", 1)
    assert set(upstream.requests[2]) == {"model", "messages", "stream"}
    assert ask("로맨스").state == "done"
    assert set(upstream.requests[3]) == {"model", "messages", "stream"}


def test_what_was_not_the_matter_is_offered_again(ask, upstream):
    failing = HTTP(400, {"error": {"message": "these tools are broken, and so is all else"}})
    assert ask("판타지", [failing], [HTTP(400, {"error": {"message": "no"}})]).state == "failed"
    ask("판타지", recommends)
    assert "tools" in upstream.requests[2]


@pytest.mark.parametrize(("setting", "offered"), [("on", [True]), ("off", [False])])
def test_the_setting_decides(ask, upstream, settings, setting, offered):
    settings.OPENAI_TOOLS = setting
    turn = ask("판타지", [REFUSALS[0]] if setting == "on" else recommends)
    assert turn.state == ("failed" if setting == "on" else "done")
    assert ["tools" in request for request in upstream.requests] == offered


@pytest.fixture
def end(api):
    """The event that ends an answer well, as bytes."""
    ended = event("response.completed", response={"status": "completed"})
    return {"chat": chunk({}, "stop"), "responses": ended}[api]


@pytest.mark.parametrize("after", [b"", b"data: {not json}\n\n", b'data: {"error": {"message": "x"}}\n\n'])
def test_what_has_its_finish_reason_is_whole_however_it_ends(ask, upstream, end, after):
    turn = ask("판타지", ["다 썼어요.", end, after, Finish(None, None)])
    assert (turn.state, turn.reply, len(upstream.requests)) == ("done", "다 썼어요.", 1)


def test_a_connection_left_open_after_the_finish_reason_is_not_waited_for(ask, upstream, end, monkeypatch):
    monkeypatch.setattr(exchange, "GRACE", 0.3)
    turn = ask("판타지", ["다 썼어요.", end, 20.0])
    assert (turn.state, turn.reply) == ("done", "다 썼어요.")
    assert upstream.cut_off.wait(5)


@pytest.mark.parametrize(
    "chunk",
    [
        b"data: 5\n\n",
        b'data: {"choices": [null]}\n\n',
        b'data: {"choices": [{"delta": 7}]}\n\n',
        b'data: {"choices": {"a": 1}}\n\n',
    ],
)
def test_chunks_of_no_shape_are_passed_over(ask, chunk):
    assert ask("판타지", ["앞 ", chunk, "뒤"]).reply == "앞 뒤"


def test_the_web_process_loads_no_client_of_a_model():
    code = "import django; django.setup(); import lightnovel.urls, lightnovel.wsgi, sys; print('openai' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lightnovel.settings"}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.split()[-1] == "False"


# --- The arguments -------------------------------------------------------------------------------------------------


def test_every_field_of_a_wish_is_offered_or_kept_from_the_model():
    kept = {
        "leaning",
        "less",
        "flavours",
        "untold",
        "elsewhere",
        "unlike",
        "unliked",
        "authors",
        "unknown_titles",
        "by",
        "not_by",
        "musts",
        "anything",
        "quiet",
        "about",
        "not_about",
        "sure",
        "taste",
        "audience",
        "age",
        "gentle",
    }
    assert {one.name for one in fields(Wish)} - set(tool_call.FIELDS) <= kept
    assert set(tool_call.FIELDS) <= {one.name for one in fields(Wish)}


def test_what_is_not_for_a_child_is_not_brought_back():
    ours = Wish(audience="child")
    wish = tool_call.merged(ours, {"required": ["gore", "fantasy"], "wanted": ["dark"]}, current_catalogue())
    assert (wish.audience, wish.required, list(wish.wanted)) == ("child", ["fantasy"], ["fantasy"])


@pytest.mark.parametrize(
    ("values", "parsed"),
    [
        ({"required": ["fantasy", "판타지", "ファンタジー", "Fantasy"]}, {"required": ["fantasy"]}),
        ({"required": "romance"}, {"required": ["romance"]}),
        ({"wanted": {"romance": 0.9, "x": 1}}, {"wanted": ["romance"]}),
        ({"required": [5, None, {}, ["fantasy"], "fantasy"]}, {"required": ["fantasy"]}),
        ({"required": ["fantasy"] * 500}, {"required": ["fantasy"]}),
        ({"any_of": [["fantasy", "romance"], ["no"], "mystery"]}, {"any_of": [["fantasy", "romance"], ["mystery"]]}),
        ({"any_of": ["fantasy", "romance"]}, {"any_of": [["fantasy", "romance"]]}),
        ({"liked": ["등불의 서고", "The Tale of Harbour", "letters"]}, {"liked": ["lamplight", "harbour", "letters"]}),
        ({"liked": ["없는 책"]}, {}),
        ({"liked": ["내가 말한 책"]}, {"unknown_titles": ["내가 말한 책"]}),
        ({"min_volumes": 3, "max_volumes": "10"}, {"min_volumes": 3, "max_volumes": 10}),
        ({"min_volumes": 9, "max_volumes": 2}, {}),
        ({"min_volumes": 10**30}, {}),
        ({"min_volumes": -1}, {}),
        ({"min_volumes": True}, {}),
        ({"max_year": 2005.0, "min_year": 1e400}, {"max_year": 2005}),
        ({"status": "completed", "edition": "ko"}, {"status": "completed", "edition": "ko"}),
        ({"status": "COMPLETED OR DROP TABLE", "edition": ["ko"]}, {}),
        ({"anime": "true", "less_known": 1}, {"anime": True}),
        ({"anime": False}, {"anime": False}),
        ({"brightness": 2}, {}),
        ({"brightness": -1}, {"brightness": -1}),
        ({"count": 99}, {}),
        ({"count": 3}, {"count": 3}),
        ({"described": "  a girl who runs an inn "}, {"described": "a girl who runs an inn"}),
        ({"described": ["x"]}, {}),
        (
            {"misread": ["Fantasy", "등불의 서고", "max_volumes", "고양이"]},
            {"misread": ["fantasy", "lamplight", "max_volumes", "고양이"]},
        ),
        ({"published": ["文庫", "no such house"], "not_drawn_by": ["nobody"]}, {"published": ["文庫"]}),
        ({"misread": "romance"}, {"misread": ["romance"]}),
        ({"__class__": "x", "taste": {"never": []}, "offered": [], "waived": ["x"], "sure": {}}, {}),
        ({"required": {"a": {"b": [1] * 1000}}}, {}),
        ({"required": None, "status": "", "liked": []}, {}),
    ],
)
def test_arguments_are_cleaned(catalogue, values, parsed):
    raw = json.dumps(values)
    assert tool_call.parse_call(raw, current_catalogue(), "그… 내가 말한 책 있죠?").parsed == parsed


def ours(**parts):
    return Wish(**parts)


@pytest.mark.parametrize(
    ("before", "parsed", "after"),
    [
        # What was refused or read stays so.
        (ours(unwanted=["romance"]), {"required": ["romance"]}, {"unwanted": ["romance"]}),
        (ours(unwanted=["romance"]), {"unwanted": ["mystery"]}, {"unwanted": ["romance", "mystery"]}),
        (ours(refused=["letters"]), {"liked": ["letters"]}, {"refused": ["letters"]}),
        (ours(read=["letters"]), {"liked": ["letters"]}, {"liked": ["letters"]}),
        (ours(liked=["letters"]), {"refused": ["letters"]}, {"refused": ["letters"]}),
        # What was said plainly is narrowed, not widened.
        (ours(status="completed"), {"status": "ongoing"}, {"status": "completed"}),
        (ours(max_volumes=5), {"max_volumes": 50}, {"max_volumes": 5}),
        (ours(max_volumes=5), {"max_volumes": 3}, {"max_volumes": 3}),
        (ours(max_volumes=5), {"min_volumes": 8}, {"max_volumes": 5}),
        (ours(anime=False), {"anime": True}, {"anime": False}),
        (ours(required=["fantasy"]), {"required": ["mystery"]}, {"required": ["fantasy", "mystery"]}),
        # Whose books are asked for, too; a refusal was no wish.
        (ours(published=["文庫"]), {"published": ["新書"]}, {"published": ["文庫"]}),
        (ours(required=["fantasy"]), {"published": ["文庫"]}, {"required": ["fantasy"], "published": ["文庫"]}),
        (ours(published=["文庫"]), {"not_published": ["文庫"]}, {"not_published": ["文庫"]}),
        (ours(not_published=["文庫"]), {"published": ["文庫"]}, {"not_published": ["文庫"]}),
        (ours(published=["文庫"], anime=True), {"misread": ["文庫"]}, {"anime": True}),
        # What the model says is refused was never wanted, however plainly we read it.
        (ours(required=["fantasy"]), {"unwanted": ["fantasy"]}, {"unwanted": ["fantasy"]}),
        (
            ours(any_of=[["fantasy", "mystery"]]),
            {"unwanted": ["fantasy"]},
            {"unwanted": ["fantasy"], "any_of": [["mystery"]]},
        ),
        # What it names as misread goes, and what else was read stays.
        (ours(unwanted=["romance"]), {"misread": ["romance"], "required": ["romance"]}, {"required": ["romance"]}),
        (ours(unwanted=["romance", "mystery"]), {"misread": ["로맨스"]}, {"unwanted": ["mystery"]}),
        (ours(max_volumes=3, status="completed"), {"misread": ["max_volumes"]}, {"status": "completed"}),
        (ours(required=["fantasy", "mystery"]), {"misread": ["required"]}, {}),
        (ours(leaning=[["fantasy", "romance"]]), {"misread": ["fantasy"]}, {"leaning": [["romance"]]}),
        (ours(about=["teacher", "cat"]), {"misread": ["teacher"]}, {"about": ["cat"]}),
        (ours(liked=["letters"]), {"misread": ["The Tale of Harbour", "letters"]}, {}),
        (ours(anime=True), {"misread": ["anime"], "anime": False}, {"anime": False}),
        # Also a limit that nothing was to loosen, but not for whom it is.
        (ours(max_volumes=3, musts=["max_volumes"]), {"misread": ["max_volumes", "musts"]}, {}),
        (
            ours(max_volumes=3, musts=["max_volumes"]),
            {"max_volumes": 9},
            {"max_volumes": 3, "musts": ["max_volumes"]},
        ),
        (ours(audience="child"), {"misread": ["audience"]}, {"audience": "child"}),
        (ours(audience="teen"), {"misread": ["audience"]}, {}),
        (ours(gentle="grief"), {"misread": ["gentle"]}, {}),
        (ours(), {"described": "runs an inn"}, {"described": "runs an inn"}),
        # Where what it says is the whole wish, nothing else of ours holds but what must not come and whom it is for.
        (
            ours(
                required=["fantasy"],
                status="completed",
                musts=["status"],
                gentle="gentle",
                about=["cat"],
                max_volumes=3,
            ),
            {"whole": True, "wanted": ["mystery"], "max_volumes": 9},
            {"max_volumes": 9},
        ),
        (
            ours(unwanted=["romance", "mystery"], read=["letters"], audience="child", liked=["harbour"]),
            {"whole": True, "misread": ["mystery"], "liked": ["riddle"]},
            {
                "unwanted": ["romance"],
                "read": ["letters"],
                "audience": "child",
                "liked": ["riddle"],
                "unliked": ["harbour"],
            },
        ),
        (ours(status="completed"), {"whole": False, "max_volumes": 3}, {"status": "completed", "max_volumes": 3}),
        # What was guessed gives way.
        (ours(max_volumes=5, sure={"max_volumes:5": 0.4}), {"max_volumes": 12}, {"max_volumes": 12}),
        (ours(status="ongoing", sure={"status:ongoing": 0.4}), {"status": "completed"}, {"status": "completed"}),
        (ours(edition="ko", sure={"edition:ko": 0.4}), {"edition": "ko"}, {"edition": "ko"}),
        (ours(brightness=1), {"brightness": -1}, {"brightness": -1}),
        (
            ours(required=["fantasy"], sure={"required:fantasy": 0.7}),
            {"required": ["mystery"]},
            {"required": ["mystery"]},
        ),
        # What was never to come again is not wished for.
        (ours(taste={"never": ["tag:romance"]}), {"required": ["romance", "mystery"]}, {"required": ["mystery"]}),
        (ours(), {"any_of": [["romance", "mystery"]]}, {"any_of": [["romance", "mystery"]]}),
        (ours(count=3), {"count": 9}, {"count": 3}),
    ],
)
def test_both_readings_are_put_together(catalogue, before, parsed, after):
    parsed, _ = tool_call.cleaned(parsed, current_catalogue())
    result = tool_call.merged(before, parsed, current_catalogue()).as_json()
    assert {name: value for name, value in result.items() if name not in ("wanted", "sure", "taste")} == after


def test_what_the_reader_said_since_holds_beside_a_whole_wish(catalogue):
    wish = tool_call.merged(
        Wish(required=["fantasy"], max_volumes=5),
        {"whole": True, "wanted": ["mystery"]},
        current_catalogue(),
        since=Wish(max_volumes=5),
    )
    assert (wish.required, wish.max_volumes, list(wish.wanted)) == ([], 5, ["mystery"])


@pytest.mark.parametrize(
    ("part", "parsed"),
    [
        ("unwanted:romance", {"unwanted": ["romance"]}),
        ("required:fantasy", {"required": ["fantasy"], "wanted": ["fantasy"], "any_of": [["fantasy", "romance"]]}),
        ("any_of:fantasy+romance", {"any_of": [["fantasy", "romance"]]}),
        ("liked:letters", {"liked": ["letters"]}),
        ("status:completed", {"status": "completed"}),
        ("max_volumes:5", {"max_volumes": 5}),
        ("brightness:1", {"brightness": 1}),
    ],
)
def test_what_the_reader_took_back_does_not_return(catalogue, part, parsed):
    assert tool_call.merged(Wish(), parsed, current_catalogue(), [WishPart.parse(part)]).as_json() == {}
    assert tool_call.merged(Wish(), parsed, current_catalogue(), []).as_json() != {}


def test_merging_leaves_our_own_reading_as_it_was(catalogue):
    wish = Wish(required=["fantasy"], unwanted=["romance"], liked=["letters"], wanted={"fantasy": 1.0})
    before = replace(wish, required=["fantasy"], unwanted=["romance"], liked=["letters"], wanted={"fantasy": 1.0})
    parsed = {"required": ["mystery"], "unwanted": ["mystery"], "liked": ["riddle"], "wanted": ["mystery"]}
    tool_call.merged(wish, parsed, current_catalogue(), [WishPart("liked", "riddle")])
    assert wish == before
