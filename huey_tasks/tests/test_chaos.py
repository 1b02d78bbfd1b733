"""The chaos is only worth as much as its eyes: what it would have to see, shown to it."""

import json
import socket
import threading
import time
import uuid
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import openai
import pytest

from chatbot.models import Turn
from chatbot.tests import factories
from huey_tasks.chaos import verdict
from huey_tasks.chaos.door import ANSWERED_WITHIN, Door, SilentMailServer, taken_up_after
from huey_tasks.chaos.readers import WORDS, Asked, Away, Browser, Reader, Sighting
from huey_tasks.chaos.upstream import FAULTS, SAID, WIRES, Answer, Upstream


def seen(*states):
    """Sightings a third of a second apart: (state, pieces that can be seen, whether it says that it tries again)."""
    return [
        Sighting(at / 3, state, [("1", str(place)) for place in range(said)], again, until=at / 3)
        for at, (state, said, again) in enumerate(states)
    ]


@pytest.mark.parametrize(
    ("states", "found"),
    [
        ([("queued", 0, False), ("running", 0, False), ("running", 2, False), ("done", 5, False)], []),
        ([("running", 2, False), ("queued", 2, True), ("running", 0, True), ("done", 5, False)], []),
        ([("running", 2, False), ("running", 1, True), ("running", 3, False), ("done", 5, False)], []),
        ([("done", 5, False), ("running", 0, False), ("done", 5, False)], ["done became running"]),
        ([("running", 2, False), ("queued", 2, False), ("done", 5, False)], ["running became queued without a word"]),
        ([("running", 3, False), ("running", 1, False), ("done", 5, False)], ["the text"]),
        ([("running", 3, False), ("failed", 3, False)], ["seen as failed, kept as done"]),
    ],
)
def test_what_a_reader_may_not_see_is_seen(states, found):
    said = list(verdict.illegal(seen(*states), "done"))
    assert [one[: len(other)] for one, other in zip(said, found, strict=True)] == found


@pytest.fixture
def told(db):
    """A reader of the chaos with one turn, done as the upstream sent it."""
    person = factories.make_reader()
    turn = factories.begin(person, "Please. ask0x0;", "en")
    Turn.objects.claim(turn.pk, "w").finish(reply="Here a1p0; you are a1p1;")
    asked = Asked("reader0", turn.key, turn.text, turn.pk)
    reader = Reader(0, "reader0", "", [], "en", None, 1)
    reader.asked = [asked]
    upstream = type("Sent", (), {"answers": [Answer(1, "0x0", "", "Here a1p0; you are a1p1;", whole=True)]})
    return reader, upstream, turn


def broken(told):
    return {name for name, found in verdict.judge([told[0]], told[1]).items() if found}


def test_a_whole_turn_is_well(told):
    assert broken(told) == set()


def test_a_turn_that_is_not_there_is_lost(told):
    told[0].asked.append(Asked("reader0", uuid.uuid4(), "And? ask0x1;"))
    assert broken(told) == {"lost"}


def test_words_that_changed_are_lost(told):
    Turn.objects.update(text="Pleas ask0x0;")
    assert broken(told) == {"lost"}


def test_a_turn_nobody_asked_is_seen(told):
    told[0].asked.clear()
    assert broken(told) == {"unasked"}


def test_half_an_answer_is_torn(told):
    Turn.objects.update(reply="Here a1p0;")
    assert broken(told) == {"torn"}


def test_an_answer_in_two_turns_is_doubled(told):
    reader, _upstream, turn = told
    again = turn.conversation.ask("Please. ask0x0;", key=uuid.uuid4(), language="en")
    Turn.objects.claim(again.pk, "w").finish(reply="Here a1p0; you are a1p1;")
    reader.asked.append(Asked("reader0", again.key, again.text, again.pk))
    assert broken(told) == {"doubled"}


def test_a_turn_that_never_ends_is_stuck(told):
    reader, _upstream, turn = told
    again = turn.conversation.ask("And? ask0x1;", key=uuid.uuid4(), language="en")
    reader.asked.append(Asked("reader0", again.key, again.text, again.pk))
    assert broken(told) == {"stuck"}


def test_a_miscounted_quota_is_seen(told):
    turn = told[2]
    turn.reader.daily_uses.update(used=7)
    assert broken(told) == {"quota"}


def test_a_broken_page_is_seen(told):
    told[0].browser.broken.append("GET /: 500")
    assert broken(told) == {"pages broken"}


@pytest.mark.parametrize(("status", "outages", "broken"), [(503, 1, []), (500, 0, ["GET /: 500"]), (200, 0, [])])
def test_an_outage_is_told_from_a_broken_page(status, outages, broken):
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = Browser([server.server_port], "ko")
        with suppress(Away):
            browser.send("/")
        server.shutdown()
    assert (browser.outages, browser.broken) == (outages, broken)


def test_a_browser_tells_an_answer_from_none():
    with pytest.raises(Exception, match="Connection refused"):
        Browser([1], "ko").send("/")


# --- The model that misbehaves -----------------------------------------------------------------------------------

SHELF = '<shelf>\n{"id": "lamplight", "plot": "They ask9x9; and go."}\n{"id": "harbour-2"}\n</shelf>\n'


@pytest.fixture
def model():
    return Upstream(seed=1, silence=0.6, drip=0.6, pace=(0, 0))


def heard(model, wire, words):
    """(text, whether it came to its end, the error) of an answer."""
    text, ended = "", False
    exchange = [{"role": "user", "content": "Before. ask7x7;"}, {"role": "assistant", "content": "Yes."}]
    exchange.append({"role": "user", "content": SHELF + words})
    with openai.OpenAI(base_url=model.url, api_key="x", max_retries=0, timeout=10) as client:
        try:
            if wire == "chat":
                for chunk in client.chat.completions.create(model="m", messages=exchange, stream=True):
                    text += chunk.choices[0].delta.content or ""
                    ended = chunk.choices[0].finish_reason == "stop"
            else:
                for event in client.responses.create(model="m", input=exchange, stream=True):
                    text += event.delta if event.type == "response.output_text.delta" else ""
                    ended = event.type == "response.completed"
                    if event.type == "response.failed":
                        return text, ended, event.response.error
        except (openai.APIError, json.JSONDecodeError) as error:
            return text, ended, error
    return text, ended, None


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("language", WORDS)
def test_the_model_answers_for_the_ask_it_was_sent_on_either_wire(model, wire, language):
    model.calm = True
    text, ended, error = heard(model, wire, f"{WORDS[language]} ask3x4;")
    (answer,) = model.answers
    assert (answer.ask, answer.wire, answer.whole, answer.text) == ("3x4", wire, True, text)
    assert (ended, error) == (True, None)
    assert "[[lamplight]]" in text
    assert "[[harbour-2]]" in text
    assert {number for number, _ in SAID.findall(text)} == {"1"}
    assert {name: sum(fared.values()) for name, fared in model.faults.items()} == {
        name: int(name == wire) for name in WIRES
    }


FARES = {  # text: none, half or whole; whether it ends; the error
    "429 with Retry-After": ("none", False, "RateLimitError"),
    "500": ("none", False, "InternalServerError"),
    "silence": ("none", False, "APIConnectionError"),
    "signs of life and no text": ("none", False, "NoneType"),
    "half a stream": ("half", False, "NoneType"),
    "non-JSON": ("half", False, "JSONDecodeError"),
    "error in mid-stream": ("half", False, {"chat": "APIError", "responses": "ResponseError"}),
    "no finish reason": ("whole", False, "NoneType"),
    "slow drip": ("whole", True, "NoneType"),
    "10 MB": ("endless", True, "NoneType"),
}


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_there_on_either_wire(model, wire, fault):
    model.only, began = fault, time.monotonic()
    text, ended, error = heard(model, wire, "Please. ask0x0;")
    (answer,) = model.answers
    much = "endless" if len(text) > 9e6 else "none" if not text else "whole" if "perhaps." in text else "half"
    assert answer.text == text
    assert model.faults[wire] == {fault: 1}
    wanted = FARES[fault][2]
    assert (much, ended) == FARES[fault][:2]
    assert type(error).__name__ == (wanted if isinstance(wanted, str) else wanted[wire])
    assert answer.whole == ended
    if fault in ("silence", "signs of life and no text", "slow drip"):
        assert time.monotonic() - began >= 0.6


@pytest.fixture
def door():
    """A door at which all went well: one signed up, one asked for a new password."""
    door = Door([1], ["mina@example.com"], ["en"])
    door.newcomers["newcomer0"] = Browser([1], "en")
    door.resets.append(0.1)
    return door


def test_a_door_at_which_all_went_well_is_without_fault(door):
    assert not any(door.faults({"newcomer0"}, may_be_away=False).values())


@pytest.mark.parametrize(
    ("happens", "found"),
    [
        (lambda door: door.newcomers["newcomer0"].broken.append("POST /accounts/signup/: 500"), "door broken"),
        (lambda door: setattr(door.newcomers["newcomer0"], "outages", 1), "door broken"),
        (lambda door: setattr(door.forgetful[0], "outages", 1), "door broken"),
        (lambda door: door.trouble.append("newcomer0: RuntimeError()"), "door broken"),
        (lambda door: door.newcomers.update(newcomer1=Browser([1], "en")), "sign-ups lost"),
        (lambda door: door.resets.append(ANSWERED_WITHIN + 0.1), "resets slow"),
        (lambda door: door.resets.clear(), "door untried"),
        (lambda door: door.newcomers.clear(), "door untried"),
    ],
)
def test_what_may_not_happen_at_the_door_is_seen(door, happens, found):
    happens(door)
    assert [name for name, list_of in door.faults({"newcomer0"}, may_be_away=False).items() if list_of] == [found]


def test_pages_may_tell_that_a_database_is_away_where_it_was_restarted(door):
    door.forgetful[0].outages = 1
    assert not any(door.faults({"newcomer0"}, may_be_away=True).values())


def test_an_ask_that_waits_is_seen_to_wait():
    asked = Asked("reader0", uuid.uuid4(), "", sightings=seen(("queued", 0, False), *[("queued", 0, False)] * 2))
    assert taken_up_after(asked) == float("inf")
    asked.sightings += [Sighting(7, "running", [], again=False)]
    assert taken_up_after(asked) == 7


def test_the_silent_mail_server_takes_every_call_and_says_nothing():
    server = SilentMailServer()
    address = "127.0.0.1", int(server.url.rsplit(":", 1)[1])
    with socket.create_connection(address, timeout=0.3) as line, pytest.raises(TimeoutError):
        line.recv(1)
    assert len(server.lines) == 1
