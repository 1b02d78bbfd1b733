"""Times of requests and replies: measured, kept without anything personal, and shown to operators."""

import json
import logging
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from chatbot.assistant import failures
from chatbot.models import Turn
from chatbot.tests import factories
from huey_tasks.models import Worker
from lightnovel import latency
from lightnovel.middleware.latency import LatencyMiddleware


@pytest.fixture
def kept():
    """Lines of the log written while a test runs."""
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(json.loads(record.getMessage()))

    handler = Keep()
    logging.getLogger("latency").addHandler(handler)
    yield lines
    logging.getLogger("latency").removeHandler(handler)


@pytest.fixture
def log(settings, tmp_path):
    settings.LOG_DIR = tmp_path
    return tmp_path / "latency.jsonl"


def line(ms=10.0, *, route="", method="GET", status=200, ago=0.0):
    at = timezone.now().timestamp() - ago
    return json.dumps({"at": at, "route": route, "name": "", "method": method, "status": status, "ms": ms})


# --- Measuring -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_request_is_timed_for_the_browser_and_for_the_log(client, kept):
    response = client.get("/healthz")
    duration = response["Server-Timing"].removeprefix("app;dur=")
    assert float(duration) > 0
    (entry,) = kept
    assert entry.keys() == {"at", "route", "name", "method", "status", "ms"}
    assert (entry["route"], entry["name"], entry["method"], entry["status"]) == ("healthz", "healthz", "GET", 503)
    assert f"{entry['ms']:.1f}" == duration


@pytest.mark.django_db
def test_the_log_holds_no_id_no_query_and_no_name(client, kept):
    reader = factories.make_reader("kimsaebyeok")
    conversation = factories.begin(reader, "비밀스러운 이야기").conversation
    client.force_login(reader)
    client.get(f"/conversations/{conversation.pk}/?before=918273&q=secret", HTTP_REFERER="/?q=secret")
    (entry,) = kept
    assert entry["route"] == "conversations/<int:pk>/"
    written = json.dumps(entry | {"at": 0, "ms": 0, "status": 0}, ensure_ascii=False)
    for personal in (str(conversation.pk), "918273", "secret", "kimsaebyeok", "비밀", "127.0.0.1"):
        assert personal not in written


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_is_not_kept_as_typed(client, kept):
    assert client.get("/kimsaebyeok@example.com/").status_code == 404
    assert [(entry["route"], entry["status"]) for entry in kept] == [(None, 404)]


def test_a_view_that_breaks_is_timed_as_500(client, kept, monkeypatch):
    def broken():
        raise RuntimeError("the shelf fell over")

    monkeypatch.setattr("lightnovel.views.Worker.last_beat", broken)
    client.raise_request_exception = False
    response = client.get("/healthz")
    assert response.status_code == 500
    assert "Server-Timing" in response
    assert [(entry["route"], entry["status"]) for entry in kept] == [("healthz", 500)]


def test_a_streamed_answer_is_timed_and_left_unread(kept):
    pieces = iter([b"one", b"two"])
    response = LatencyMiddleware(lambda request: StreamingHttpResponse(pieces))(RequestFactory().get("/"))
    assert response["Server-Timing"].startswith("app;dur=")
    assert list(response) == [b"one", b"two"]
    assert len(kept) == 1


def test_timings_of_a_view_are_kept_beside_ours(kept):
    answer = HttpResponse(headers={"Server-Timing": "db;dur=3"})
    response = LatencyMiddleware(lambda request: answer)(RequestFactory().get("/"))
    assert response["Server-Timing"].startswith("db;dur=3, app;dur=")


def test_a_log_that_cannot_be_written_withholds_no_answer(monkeypatch):
    def full(message):
        raise OSError("No space left on device")

    monkeypatch.setattr("lightnovel.middleware.latency.logger.info", full)
    response = LatencyMiddleware(lambda request: HttpResponse("here"))(RequestFactory().get("/"))
    assert response.content == b"here"


def test_odd_methods_are_kept_as_other(kept):
    LatencyMiddleware(lambda request: HttpResponse())(RequestFactory().generic("KIMSAEBYEOK", "/"))
    assert [entry["method"] for entry in kept] == ["OTHER"]


WRITE = """
import json, logging, logging.config, sys
handler, writer = json.loads(sys.argv[1]), int(sys.argv[2])
logging.config.dictConfig({"version": 1, "formatters": {"bare": {"format": "%(message)s"}},
    "handlers": {"latency": handler}, "loggers": {"latency": {"handlers": ["latency"], "level": "INFO"}}})
for number in range(400):
    logging.getLogger("latency").info(json.dumps({"writer": writer, "number": number, "padding": "x" * 60}))
"""


def test_two_processes_rotate_the_log_without_losing_a_line(tmp_path):
    # The project's own handler, only sooner full: 800 lines of about 100 bytes into files of 20,000.
    handler = project.LOGGING["handlers"]["latency"] | {
        "filename": str(tmp_path / "latency.jsonl"),
        "maxBytes": 20_000,
    }
    command = [sys.executable, "-c", WRITE, json.dumps(handler)]
    writers = [subprocess.Popen([*command, str(number)], stderr=subprocess.PIPE) for number in range(2)]
    assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [(b"", 0), (b"", 0)]
    files = sorted(tmp_path.glob("latency.jsonl*"))
    assert len(files) == handler["backupCount"] + 1
    assert all(file.stat().st_size < 20_200 for file in files)
    lines = [json.loads(one) for file in files for one in file.read_text().splitlines()]
    assert sorted((one["writer"], one["number"]) for one in lines) == [(w, n) for w in range(2) for n in range(400)]
    assert sorted(path.name for path in tmp_path.iterdir() if path not in files) == [".__latency.jsonl.lock"]


def test_the_log_lies_in_var_log():
    assert project.LOGGING["handlers"]["latency"]["filename"] == str(project.VAR_DIR / "log" / "latency.jsonl")


# --- Reading ---------------------------------------------------------------------------------


def test_routes_come_with_their_spread_the_busiest_first(log):
    log.write_text(
        "\n".join(
            [*(line(ms, route="novels/") for ms in range(1, 101)), line(7, route="novels/", method="POST", status=500)]
        )
        + "\n"
    )
    assert latency.routes() == [
        latency.Route("GET", "novels/", latency.Spread(100, 50, 95), 0),
        latency.Route("POST", "novels/", latency.Spread(1, 7, 7), 1),
    ]


def test_one_request_is_its_own_percentile():
    assert latency.Spread.of([3]) == latency.Spread(1, 3, 3)
    assert latency.Spread.of([]) == latency.Spread(0, None, None)


def test_lines_that_cannot_be_read_are_skipped(log):
    broken = [
        "", "{", "[]", "null", "3", '{"at": 1}', line().replace("200", '"two hundred"'), line(float("nan")),
        line(float("inf")), "[" * 100_000, "\ufffd", '{"at": null, "route": "", "method": "GET", "status": 200, "ms": 1}',
    ]  # fmt: skip
    log.write_bytes("\n".join([line(1), *broken, line(2)]).encode() + b"\n\xff\xfe\n" + line(3).encode())
    assert [request.ms for request in latency.requests()] == [3, 2, 1]


def test_rotated_files_follow_the_newest_and_reading_ends_in_time(log, monkeypatch):
    log.write_text(line(5) + "\n" + line(6) + "\n")
    log.with_name("latency.jsonl.1").write_text(line(3) + "\n" + line(4) + "\n")
    log.with_name("latency.jsonl.2").write_text(line(1) + "\n" + line(2) + "\n")
    assert [request.ms for request in latency.requests()] == [6, 5, 4, 3, 2, 1]
    monkeypatch.setattr(latency, "MAX_LINES", 3)
    assert [request.ms for request in latency.requests()] == [6, 5, 4]


def test_lines_are_whole_however_the_blocks_cut_them(log):
    log.write_text("첫째\n둘째\n\n셋째")
    for block in range(1, 30):
        assert [one.decode() for one in latency._lines_backwards(log, block)] == ["셋째", "둘째", "첫째"]


def test_no_log_yet_means_no_requests(log):
    assert latency.routes() == []


def test_a_period_leaves_out_what_came_before(log):
    log.write_text(line(1, ago=7200) + "\n" + line(2, ago=60) + "\n")
    assert latency.routes(latency.since("hour"))[0].times == latency.Spread(1, 2, 2)
    assert latency.routes(latency.since("all"))[0].times.count == 2


# --- Replies ---------------------------------------------------------------------------------


def ended(*, voice="librarian", state="done", failure="", waits=(100, 200, 300), ago=60):
    """A turn that took `waits` milliseconds to begin, to its first text and to its end; None: never came so far."""
    turn = factories.begin(factories.make_reader())
    moments = [timezone.now() - timedelta(seconds=ago)]
    for wait in waits:
        moments.append(moments[-1] + timedelta(milliseconds=wait) if wait is not None else None)
    fields = dict(zip(("queued_at", "started_at", "first_text_at", "finished_at"), moments, strict=True))
    Turn.objects.filter(pk=turn.pk).update(voice=voice, state=state, failure=failure, **fields)


@pytest.mark.django_db
def test_replies_are_timed_by_stage_and_voice():
    ended(waits=(100, 200, 300))
    ended(waits=(300, 400, 500))
    ended(voice="chatgpt", waits=(10, 20, 30))
    factories.begin(factories.make_reader())  # not ended: not counted
    chatgpt, librarian = latency.voices()
    assert (chatgpt.name, chatgpt.turns, chatgpt.stages["whole"]) == ("chatgpt", 1, latency.Spread(1, 60, 60))
    assert (librarian.name, librarian.turns) == ("librarian", 2)
    assert librarian.stages == {
        "line": latency.Spread(2, 100, 300),
        "thought": latency.Spread(2, 200, 400),
        "writing": latency.Spread(2, 300, 500),
        "whole": latency.Spread(2, 600, 1200),
    }


@pytest.mark.django_db
def test_failed_and_stopped_turns_are_counted_but_are_no_whole_replies():
    ended()
    ended(state="failed", failure="cut", waits=(100, 200, 9000))
    ended(state="failed", failure="cut", waits=(100, 200, 9000))
    ended(state="failed", failure="slow", waits=(100, 200, 9000))
    ended(state="stopped", waits=(100, 200, 9000))
    (librarian,) = latency.voices()
    assert librarian.turns == 5
    assert [(code, n) for code, _cause, n in librarian.failures] == [("cut", 2), ("slow", 1)]
    assert librarian.stages["line"].count == 5
    assert librarian.stages["writing"] == latency.Spread(1, 300, 300)
    assert librarian.stages["whole"] == latency.Spread(1, 600, 600)


@pytest.mark.django_db
def test_turns_over_the_quota_had_no_wait():
    reader = factories.make_reader()
    turn = factories.begin(reader)
    now = timezone.now()
    Turn.objects.filter(pk=turn.pk).update(state="failed", failure="quota", queued_at=now, finished_at=now)
    (nobody,) = latency.voices()
    assert (nobody.name, nobody.failures) == ("", [("quota", str(failures.CAUSES["quota"]), 1)])
    assert {spread.count for spread in nobody.stages.values()} == {0}


@pytest.mark.django_db
def test_only_the_last_replies_are_looked_at(monkeypatch, django_assert_num_queries):
    ended(waits=(1, 1, 1), ago=300)
    ended(waits=(5, 5, 5), ago=30)
    monkeypatch.setattr(latency, "MAX_TURNS", 1)
    with django_assert_num_queries(1):
        (librarian,) = latency.voices()
    assert librarian.stages["whole"] == latency.Spread(1, 15, 15)


# --- The page --------------------------------------------------------------------------------


def test_operators_see_routes_and_replies(admin_client, log):
    log.write_text(line(1234, route="novels/<slug:slug>/") + "\n" + line(8, status=404).replace('""', "null", 1) + "\n")
    ended(voice="chatgpt", waits=(100, 200, 300))
    Worker.beat("one")
    response = admin_client.get("/admin/latency/", {"period": "all"}, headers={"Accept-Language": "en"})
    assert response.status_code == 200
    assert [route.route for route in response.context["routes"]] == [None, "novels/<slug:slug>/"]
    page = response.content.decode()
    assert "/novels/&lt;slug:slug&gt;/" in page
    assert "1,234" in page
    assert "ChatGPT" in page
    assert "A worker lives" in page


@pytest.mark.parametrize(("asked", "shown"), [("hour", "hour"), ("all", "all"), ("", "day"), ("\x00'", "day")])
def test_the_period_can_be_switched_and_nonsense_is_the_day(admin_client, log, asked, shown):
    response = admin_client.get("/admin/latency/", {"period": asked})
    assert (response.status_code, response.context["period"]) == (200, shown)


def test_the_index_leads_to_it(admin_client):
    assert reverse("admin:latency") in admin_client.get("/admin/").content.decode()


@pytest.mark.django_db
def test_strangers_and_readers_are_kept_out(client, log):
    log.write_text(line(1234, route="novels/<slug:slug>/") + "\n")
    login = f"{reverse('admin:login')}?next=/admin/latency/"
    response = client.get("/admin/latency/")
    assert (response.status_code, response["Location"]) == (302, login)
    client.force_login(factories.make_reader())
    response = client.get("/admin/latency/")
    assert (response.status_code, response["Location"]) == (302, login)
    client.force_login(factories.make_reader(is_staff=True))
    assert client.get("/admin/latency/").status_code == 200
