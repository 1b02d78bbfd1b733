"""`manage.py check_model`: what an operator is told of the model that is set."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from chatbot.assistant import chatgpt
from chatbot.assistant.wire import options, shutdowns
from chatbot.models import PriceRule
from chatbot.tests.upstream import HTTP, Finish, texts_of, tools_of

pytestmark = pytest.mark.django_db(transaction=True)

HELLO = ["안녕하세요, 어서 오세요.", Finish("stop", (1200, 30, 1000, 0, 12))]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    monkeypatch.setattr(chatgpt, "FIRST_WAIT", 0.05)


@pytest.fixture(params=["chat", "responses"])
def api(request, settings):
    settings.OPENAI_API = request.param
    return request.param


def told():
    out = StringIO()
    try:
        call_command("check_model", stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}"
    return out.getvalue()


def test_a_model_that_works_is_told_with_time_tokens_and_price(catalogue, upstream, api, settings):
    settings.OPENAI_MODEL = "gpt-6-luna"
    prices = {"read": "0.10", "cached": "0.01", "cache_written": "0.125", "written": "0.50"}
    PriceRule.objects.update_or_create(model="gpt-6-luna", valid_from=date(2026, 11, 1), defaults=prices)
    upstream.says(HELLO)
    said = told()
    assert f"gpt-6-luna at 127.0.0.1:{upstream.server.server_port}/v1, by the {api} API" in said
    assert "streamed: yes; function offered: yes" in said
    assert "tokens: 1200 read (1000 from the cache), 30 written (12 thoughts)" in said
    assert "price: 0.000045 dollars" in said
    assert "first words after" in said
    assert said.strip().endswith("Replies work.")


def test_it_asks_by_the_path_that_replies_take(catalogue, upstream, api):
    upstream.says(HELLO)
    told()
    (request,) = upstream.requests
    assert request["stream"] is True
    assert tools_of(request) == ["look_on_shelf", "look_up_works", "find_by_description"]
    assert "old library" in texts_of(request)[0][1]


def test_what_is_refused_is_told_with_what_follows_from_it(catalogue, upstream, api):
    refusal = HTTP(
        400, {"error": {"message": "Your organization must be verified to stream this model.", "param": "stream"}}
    )
    upstream.says([refusal], HELLO)
    said = told()
    assert "streamed: no" in said
    assert "refused, and left out from now on: stream (replies arrive whole" in said
    assert "Replies work." in said


@pytest.mark.parametrize(
    ("script", "advice"),
    [
        ([HTTP(401, {"error": {"message": "Incorrect API key"}})], "OPENAI_API_KEY"),
        ([HTTP(404, {"error": {"message": "no such model", "code": "model_not_found"}})], "OPENAI_MODEL"),
        ([HTTP(429, {"error": {"message": "no", "code": "insufficient_quota"}})], "billing"),
        ([HTTP(503, {"error": {"message": "loading"}})], "OPENAI_BASE_URL"),
        ([HTTP(400, {"error": {"message": "too long", "code": "context_length_exceeded"}})], "context is too small"),
        (["안녕", Finish("length")], "OPENAI_MAX_TOKENS"),
        ([HTTP(200, {"error": {"message": "invalid_prompt", "code": "invalid_prompt"}})], "refused a greeting"),
    ],
)
def test_what_does_not_work_is_told_with_what_to_set(catalogue, upstream, api, settings, script, advice):
    settings.OPENAI_ATTEMPTS = 1
    upstream.says(script)
    said = told()
    assert "Replies do not work." in said
    assert advice in said


def test_a_server_that_is_not_there_is_told(catalogue, settings):
    settings.OPENAI_BASE_URL, settings.OPENAI_ATTEMPTS = "http://127.0.0.1:9/v1", 1
    assert "check OPENAI_BASE_URL, and that it runs" in told()


def test_a_key_is_not_told(catalogue, upstream, settings):
    settings.OPENAI_API_KEY, settings.OPENAI_ATTEMPTS = "sk-test-0123456789abcdef", 1
    upstream.says([HTTP(401, {"error": {"message": "Incorrect API key provided: sk-test-0123456789abcdef"}})])
    said = told()
    assert "Incorrect API key provided" in said
    assert "0123456789abcdef" not in said


def test_a_model_that_answers_in_another_language_is_told(catalogue, upstream, api):
    upstream.says(["Good evening, and welcome to the library of light novels!"])
    assert "Its answers are none for a reader (language)" in told()


def test_a_model_that_ends_is_named_with_its_day(catalogue, upstream, settings, monkeypatch):
    monkeypatch.setattr(options, "OPENAI", "127.0.0.1")
    settings.OPENAI_MODEL = "gpt-5-mini"
    assert "gpt-5-mini" in shutdowns.announced()
    upstream.says(HELLO)
    assert "OpenAI shuts gpt-5-mini down on 2026-12-11." in told()


def test_with_no_model_it_says_who_answers(settings):
    settings.OPENAI_API_KEY = settings.OPENAI_BASE_URL = ""
    assert "the built-in librarian answers" in told()
