"""Static files are renewed beside a web process that serves them."""

import re
import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError
from django.db import OperationalError
from django.http import Http404

from chatbot.management.commands.prepare import Command
from lightnovel import static_files
from lightnovel.middleware.static import StaticMiddleware


@pytest.fixture
def site(settings, tmp_path):
    """A site with two style sheets, one of which calls for the other; made once."""
    source = tmp_path / "source" / "css"
    source.mkdir(parents=True)
    (source / "base.css").write_text("p { color: red }")
    (source / "page.css").write_text('@import url("base.css");')
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    prepare()
    return source


def prepare():
    Command().collect_static()


def hashed(settings, name="css/base.css"):
    return settings.STATIC_ROOT / static_files.manifest()[name]


@pytest.mark.parametrize("lost", ["all", "one", "manifest"])
def test_what_is_missing_is_made_again_though_nothing_has_changed(site, settings, lost):
    file = hashed(settings)
    gone = {"all": settings.STATIC_ROOT, "one": file, "manifest": settings.STATIC_ROOT / "staticfiles.json"}[lost]
    if lost == "all":
        gone.rename(gone.with_name("elsewhere"))
    else:
        gone.unlink()
    prepare()
    assert file.read_text() == "p { color: red }"
    assert gone.exists()


@pytest.mark.parametrize("spoilt", ["static.stamp", "static/staticfiles.json"])
def test_garbage_for_what_says_they_are_there_makes_them_anew(site, settings, spoilt):
    told = (settings.VAR_DIR / spoilt).read_bytes()
    (settings.VAR_DIR / spoilt).write_bytes(bytes([0xEC, 0, 0xFF]) * 99)
    prepare()
    assert (settings.VAR_DIR / spoilt).read_bytes() == told
    assert hashed(settings).read_text() == "p { color: red }"


def test_a_file_taken_away_beside_a_web_process_is_not_found_and_no_error(site, settings, rf):
    def page(request):
        raise AssertionError("the middleware knows the file")

    settings.WHITENOISE_AUTOREFRESH = False
    serve = StaticMiddleware(page)
    request = rf.get(f"/static/{static_files.manifest()['css/base.css']}")
    assert serve(request).status_code == 200

    hashed(settings).unlink()
    with pytest.raises(Http404):
        serve(request)


def test_no_file_is_missing_while_they_are_renewed(site, settings):
    file, missing, over = hashed(settings, "css/page.css"), [], threading.Event()
    looks = 0

    def look():
        nonlocal looks
        while not over.is_set():
            looks += 1
            try:
                file.read_bytes()
            except FileNotFoundError as error:
                missing.append(error)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        for number in range(5):
            (site / "other.css").write_text(f"a {{ order: {number} }}")
            prepare()
    finally:
        over.set()
        looking.join()
    assert looks > 5
    assert missing == []


def test_what_the_release_before_calls_for_stays_once_and_goes_then(site, settings):
    before = hashed(settings)
    (site / "base.css").write_text("p { color: blue }")
    prepare()
    after = hashed(settings)
    assert before != after
    assert (before.exists(), after.exists()) == (True, True)
    (site / "page.css").write_text("a { color: green }")
    prepare()
    assert (before.exists(), after.exists()) == (False, True)
    assert [path.name for path in settings.VAR_DIR.glob("static-*")] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "trouble", [OSError(28, "No space left on device"), OperationalError("database or disk is full")]
)
def test_a_full_disk_is_told_of_in_a_line_and_the_next_start_goes_on(site, monkeypatch, trouble):
    def full(made):
        raise trouble

    monkeypatch.setattr("chatbot.management.commands.prepare.call_command", lambda *args, **options: None)
    (site / "base.css").write_text("p { color: blue }")
    with monkeypatch.context() as patch:
        patch.setattr(static_files, "renew", full)
        with pytest.raises(CommandError, match=r"Not ready: .*(No space|full).*\. The next start goes on from here\."):
            Command().handle()
    assert not _shows_blue()
    Command().handle()
    assert _shows_blue()


def _shows_blue():
    return any("blue" in path.read_text() for path in settings.STATIC_ROOT.glob("css/base*.css"))


@pytest.mark.parametrize("sheet", sorted(Path(settings.BASE_DIR, "static/css").glob("*.css")), ids=lambda one: one.name)
def test_every_rule_of_a_style_sheet_is_closed(sheet):
    """What follows an open rule is nested in it, and styles nothing any more. Nesting is not used."""
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    depths = [0]
    for line in rules.splitlines():
        depths.append(depths[-1] + line.count("{") - line.count("}"))
    assert depths[-1] == 0
    assert max(depths) <= 2  # a media query and a rule
