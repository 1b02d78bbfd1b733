"""Words an attacker chose, wherever words are shown: nothing in them comes alive, and nothing leaves the page."""

import json
import os
import re
import subprocess
import sys
from itertools import cycle

import pytest
from django.conf import settings
from playwright.sync_api import expect

from .conftest import ask, sign_up
from .payloads import GROUPS, JS

pytestmark = pytest.mark.browser

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""
# What a careless hand or a curious mouse would set off.
PROVOKE = """
() => {
  const kinds = ["mouseover", "mouseenter", "pointerover", "focus", "focusin", "toggle", "animationstart", "load", "error"];
  for (const element of document.querySelectorAll("[data-reply], [data-reply] *, .ask *, h1, .stack *")) {
    for (const kind of kinds) element.dispatchEvent(new Event(kind, {bubbles: true}));
  }
  window.htmx?.process(document.body);
}
"""
STATE = """
() => ({
  attacked: window.attacked,
  names: Object.keys(window).sort(),
  violations: window.violations,
  title: document.title,
  composers: document.querySelectorAll("form[data-ask]").length,
  composer: document.getElementById("ask-text")?.tagName,
  turns: document.querySelectorAll("#turns > li[data-turn]").length,
  inside: document.querySelectorAll("#turns li[data-turn] li[data-turn]").length,
  doubled: [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, place, all) => all.indexOf(id) !== place),
  evil: [...document.querySelectorAll(
    "[data-reply] script, [data-reply] style, [data-reply] iframe, [data-reply] object, [data-reply] embed, [data-reply] link," +
    "[data-reply] meta, [data-reply] base, [data-reply] math, [data-reply] video, [data-reply] h1, [data-reply] h2, [data-reply] table," +
    ".prose form, .prose svg, .prose img, .prose input, .prose button, .prose [id], .prose [class]:not(.named):not(.unverified):not(.unverified-mark)"
  )].map((e) => e.outerHTML.slice(0, 200)),
  attributes: [...document.querySelectorAll(".prose *")].flatMap((e) => [...e.attributes].map((a) => a.name))
    .filter((name) => !["class", "href", "title", "data-unverified"].includes(name)),
  links: [...document.querySelectorAll("[data-reply] a")].map((a) => a.getAttribute("href")),
  handlers: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => /^(on|hx-on|data-hx-)/.test(a.name))).length,
})
"""


def in_pieces(text):
    """`text` cut in the middle of everything."""

    def script(request):
        sizes, place = cycle((1, 3, 2, 7, 5, 11)), 0
        while place < len(text):
            size = next(sizes)
            yield text[place : place + size]
            place += size

    return script


class Watched:
    """A page whose every request, dialog and refusal is noted."""

    def __init__(self, page, home):
        self.page, self.home = page, home
        self.requests, self.dialogs = [], []
        page.add_init_script(WATCH)
        page.on("request", lambda request: self.requests.append((request.method, request.url)))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("popup", lambda popup: self.dialogs.append(f"popup {popup.url}"))

    def names(self):
        return set(self.page.evaluate("Object.keys(window)"))

    def unharmed(self, names, turns):
        self.page.evaluate(PROVOKE)
        self.page.wait_for_timeout(250)
        state = self.page.evaluate(STATE)
        assert state["attacked"] is None
        assert set(state["names"]) - names == set()
        assert state["violations"] == []
        assert self.dialogs == []
        assert (state["composers"], state["composer"]) == (1, "TEXTAREA")
        assert (state["turns"], state["inside"]) == (turns, 0)
        assert state["doubled"] == []
        assert state["evil"] == []
        assert state["attributes"] == []
        assert [
            link for link in state["links"] if not re.match(r"^/(novels|turns|conversations|users/shelf)/", link)
        ] == []
        assert state["handlers"] == 0
        self.kept_to_itself()

    def kept_to_itself(self):
        """Every request went to us, and changed nothing but what the test itself did."""
        away = [url for _, url in self.requests if not url.startswith((self.home, "data:image/"))]
        assert away == []
        changing = [
            url
            for method, url in self.requests
            if method != "GET" and not re.search(r"/conversations/(\d+/ask/)?$", url)
        ]
        assert changing == []
        assert [url for _, url in self.requests if "/accounts/" in url or "/delete/" in url] == []


def test_there_are_enough_of_them():
    assert sum(len(group) for group in GROUPS.values()) >= 100


def test_the_watch_notices_what_comes_alive(watched, model, open_page):
    """The other tests would be worth nothing otherwise: here the page is broken on purpose."""
    model.says(["Ready."])
    expect(ask(watched.page, "판타지 추천해 주세요")).to_have_attribute("data-state", "done")
    names = watched.names()
    watched.unharmed(names, 1)
    for payload, what in (
        (f"<img src=x onerror={JS}>", "violations"),
        (f"<form action={JS}></form>", "evil"),
        ("<b style=color:red>x</b>", "attributes"),
        ("<a href='http://evil.invalid/'>x</a>", "links"),
        ("<b hx-on:click=x>x</b>", "handlers"),
    ):
        watched.page.evaluate("html => document.querySelector('[data-reply] .prose').innerHTML = html", payload)
        watched.page.wait_for_timeout(150)
        assert watched.page.evaluate(STATE)[what], payload
    with pytest.raises(AssertionError):
        watched.unharmed(names, 1)
    watched.requests.append(("GET", "http://evil.invalid/"))
    with pytest.raises(AssertionError):
        watched.kept_to_itself()
    open_page.complaints.clear()


@pytest.fixture
def watched(at_desk, library):
    watched = Watched(at_desk, library.url)
    at_desk.goto(f"{library.url}/")
    return watched


def test_nothing_the_model_writes_comes_alive(watched, model, open_page, library):
    page = watched.page
    model.says(["Ready."])
    expect(ask(page, "판타지 추천해 주세요")).to_have_attribute("data-state", "done")
    names = watched.names()
    for number, payloads in enumerate(GROUPS.values(), start=2):
        model.says(in_pieces("\n\n".join(payloads)))
        # The reader's own words are shown too: they are the next ask, and the title of the next chat.
        turn = ask(page, "\n".join(payloads)[:3900])
        expect(turn).to_have_attribute("data-state", "done")
        watched.unharmed(names, number)
    turns = len(GROUPS) + 1
    page.reload()
    watched.unharmed(names | watched.names(), turns)
    # Once more, at once, far too much of it: shown as it is.
    model.says(in_pieces("\n\n".join(payload for group in GROUPS.values() for payload in group)[:11_500]))
    expect(ask(page, "그리고요?")).to_have_attribute("data-state", "done")
    watched.unharmed(names, turns + 1)
    page.locator("[data-edit]").nth(2).click()
    page.wait_for_selector(".edit textarea")
    assert JS in page.input_value(".edit textarea")
    watched.kept_to_itself()
    assert page.evaluate("window.attacked") is None


def test_nothing_in_a_title_comes_alive(watched, model):
    page = watched.page
    model.says(["네."])
    for payload in (f"<img src=x onerror={JS}>", f"</title><script>{JS}</script>", f"\"' onmouseover='{JS}' x='"):
        page.goto(f"{watched.home}/")
        page.fill("textarea[name=text]", payload)
        page.click("form[data-ask] button[type=submit]")
        page.wait_for_selector("[data-turn][data-state=done]")
        names = watched.names()
        assert payload[:20] in page.title()
        assert payload[:20] in page.inner_text("h1")
        watched.unharmed(names, 1)
        page.goto(page.url + "rename/")
        assert payload[:20] in page.input_value("input[name=title]")
        assert page.evaluate("[window.attacked, window.violations.length]") == [None, 0]
    watched.kept_to_itself()


PLANT = """
import json, os, sys
import django; django.setup()
from chatbot.catalogue.models import Name, Novel, Revision
from chatbot.models import Turn
from users.models import User
evil = json.loads(sys.argv[1])
novel = Novel.objects.order_by("pk").first()
fields = {name: evil for name in ("title_ko", "title_ja", "title_en", "synopsis_ko", "synopsis_en", "synopsis_ja", "imprint")}
novel = Novel.objects.create(slug="evil-work", authors=[evil], year=2020, volumes=1, status="completed", **fields)
Name.objects.create(novel=novel, text=evil)
Revision.advance()
reader = User.objects.get(username=sys.argv[2])
turn = Turn.objects.filter(reader=reader).latest("pk")
Turn.objects.filter(pk=turn.pk).update(
    reply=f"{evil}\\n\\n[[evil-work]] {evil}\\n\\n또 [[evil-work]]도요. 『{evil}』",
    candidates=[{"pk": novel.pk, "slug": "evil-work", "score": 1, "breaches": [],
                 "reasons": [{"kind": "author", "value": "evil-work"}]}],
    failure_detail=evil, model=evil[:80], voice="chatgpt",
    wish={"liked": ["evil-work"], "unknown_titles": [evil]},
)
User.objects.filter(pk=reader.pk).update(username=evil[:100] + sys.argv[2], email=evil[:100] + sys.argv[2])
"""


def test_nothing_in_the_catalogue_or_a_name_comes_alive(open_page, library, model):
    """Titles and names are checked when they are taken in; here they are in the database all the same."""
    model.says(["네."])
    page = open_page()
    name = sign_up(page, library.url)
    watched = Watched(page, library.url)
    page.goto(f"{library.url}/")
    page.fill("textarea[name=text]", "판타지")
    page.click("form[data-ask] button[type=submit]")
    page.wait_for_selector("[data-turn][data-state=done]")
    address, evil = page.url, f"\"'></title><img src=x onerror={JS}><script>{JS}</script>"
    folder = library.log.parent
    environment = {**os.environ, "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "lightnovel.settings"}
    subprocess.run(
        [sys.executable, "-c", PLANT, json.dumps(evil), name], cwd=settings.BASE_DIR, env=environment, check=True
    )
    try:
        page.goto(address)
        assert page.locator("[data-novel=evil-work], [data-novel] .card-title").count() >= 1
        watched.unharmed(watched.names(), 1)
        for path in (
            "/novels/evil-work/",
            "/novels/?q=onerror",
            "/novels/evil-work/cover.svg",
            "/users/",
            "/users/shelf/",
            "/",
        ):
            page.goto(library.url + path)
            page.evaluate("window.htmx && htmx.process(document.body)")
            assert page.evaluate("window.attacked") is None, path
            assert not page.evaluate("window.violations"), path
        # And before the operators, who see it all.
        password = re.search(r"with the password (\S+)", library.log.read_text())[1]
        keeper = open_page()
        watched_keeper = Watched(keeper, library.url)
        keeper.goto(f"{library.url}/accounts/login/?next=/admin/")
        keeper.fill("input[name=login]", "operator")
        keeper.fill("input[name=password]", password)
        keeper.press("input[name=password]", "Enter")
        keeper.wait_for_url(re.compile("/admin/"))
        number = re.search(r"/conversations/(\d+)/", address)[1]
        keeper.goto(f"{library.url}/admin/chatbot/conversation/{number}/change/")
        keeper.press("input[name=why]", "Enter")  # why it is read: asked once, and the only thing that is sent
        keeper.wait_for_url("**/change/")
        watched_keeper.requests.clear()
        for path in (
            f"/admin/chatbot/conversation/{number}/change/",
            "/admin/chatbot/conversation/",
            "/admin/chatbot/turn/",
            "/admin/users/user/",
            "/admin/catalogue/novel/?q=evil",
            "/admin/latency/",
        ):
            keeper.goto(library.url + path)
            assert keeper.url == library.url + path
            assert keeper.evaluate("window.attacked") is None, path
            assert keeper.evaluate("window.violations") == [], path
        watched_keeper.kept_to_itself()
        assert (watched.dialogs, watched_keeper.dialogs) == ([], [])
    finally:
        undo = 'import django; django.setup(); from chatbot.catalogue.models import *; Novel.objects.filter(slug="evil-work").delete(); Revision.advance()'
        subprocess.run([sys.executable, "-c", undo], cwd=settings.BASE_DIR, env=environment, check=True)
