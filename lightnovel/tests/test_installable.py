"""The library as an app: what a browser needs to install it, and what it keeps, which is nobody's."""

import json
import re

import pytest
from django.contrib.staticfiles import finders

from chatbot.tests import factories

pytestmark = pytest.mark.django_db


def test_the_manifest_names_icons_that_are_there(client):
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"].startswith("application/manifest+json")
    told = json.loads(response.content)
    assert (told["start_url"], told["scope"], told["display"]) == ("/", "/", "standalone")
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    for icon in told["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        with open(path, "rb") as file:
            head = file.read(24)
        size = int(icon["sizes"].split("x")[0])
        assert head[16:24] == size.to_bytes(4, "big") * 2


def test_every_page_leads_to_the_manifest(client):
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").content.decode()


def test_the_worker_keeps_the_page_for_a_line_that_is_down_and_nothing_else(client):
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    script = response.content.decode()
    assert re.findall(r"cache\.(?:put|add)\b", script) == []
    files = json.loads(re.search(r"const FILES = (\[.*\]);", script)[1].replace("\\u002D", "-"))
    assert files == ["/static/css/offline.css", "/static/js/offline.js"]
    assert 'const PAGE = "/offline/";' in script


def test_another_language_is_another_worker(client):
    korean = client.get("/sw.js", headers={"Accept-Language": "ko"}).content
    assert korean != client.get("/sw.js", headers={"Accept-Language": "ja"}).content


def test_the_page_that_is_kept_is_nobodys(client):
    nobodys = client.get("/offline/").content
    client.force_login(factories.make_reader("saebyeok"))
    own = client.get("/offline/")
    assert own.content == nobodys
    assert "Set-Cookie" not in own
    assert b"csrf" not in nobodys


def test_workers_are_allowed_from_here_alone(client):
    assert "worker-src 'self'" in client.get("/")["Content-Security-Policy"]
