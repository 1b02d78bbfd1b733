"""Every text a person reads is there in Korean and Japanese."""

import os
import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings

LOCALE = settings.BASE_DIR / "lightnovel" / "locale"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")


def catalogue(language, ending="po"):
    path = LOCALE / language / "LC_MESSAGES" / f"django.{ending}"
    return polib.pofile(str(path)) if ending == "po" else polib.mofile(str(path))


def texts(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_nothing_is_untranslated_or_doubtful(language):
    po = catalogue(language)
    assert [entry.msgid for entry in po.untranslated_entries()] == []
    assert [entry.msgid for entry in po.fuzzy_entries()] == []


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_the_compiled_texts_are_those_of_the_source(language):
    compiled = {(entry.msgctxt, entry.msgid): texts(entry) for entry in catalogue(language, "mo")}
    source = {(entry.msgctxt, entry.msgid): texts(entry) for entry in catalogue(language) if not entry.obsolete}
    assert compiled == source


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_placeholders_are_kept(language):
    for entry in catalogue(language):
        wanted = {
            frozenset(PLACEHOLDER.findall(entry.msgid)),
            frozenset(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid)),
        }
        for text in texts(entry):
            assert frozenset(PLACEHOLDER.findall(text)) in wanted, entry.msgid


@pytest.mark.skipif(not shutil.which("xgettext"), reason="collecting the texts needs gettext")
def test_every_text_in_the_code_is_in_the_source(tmp_path):
    for folder in ("chatbot", "huey_tasks", "lightnovel", "templates", "users"):
        shutil.copytree(
            settings.BASE_DIR / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.pyc", "*.jsonl")
        )
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    shutil.rmtree(tmp_path / "lightnovel" / "locale")
    (tmp_path / "lightnovel" / "locale").mkdir()
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale", "ko", "--no-location"],
        cwd=tmp_path,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "lightnovel.settings", "VAR_DIR": str(tmp_path / "var")},
        check=True,
        capture_output=True,
    )
    found = polib.pofile(str(tmp_path / "lightnovel" / "locale" / "ko" / "LC_MESSAGES" / "django.po"))
    assert len(found) > 400
    for language in ("ko", "ja"):
        known = {(entry.msgctxt, entry.msgid) for entry in catalogue(language) if not entry.obsolete}
        assert {(entry.msgctxt, entry.msgid) for entry in found} - known == set()
