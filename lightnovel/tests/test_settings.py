"""Settings as a process of its own reads them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

TELL = """
import json
from django.conf import settings
places = settings.DATABASES["default"]["NAME"], settings.HUEY["filename"], settings.STATIC_ROOT, settings.EMAIL_FILE_PATH
print(json.dumps([str(place) for place in places]))
"""


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lightnovel.settings",
            "DATABASE_URL": "",
            "REDIS_URL": "",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_folder_of_any_name_is_the_folder(tmp_path):
    folder = tmp_path / "library ?a=1#b%41%2F책"
    done = run("-c", TELL, VAR_DIR=str(folder))
    assert done.returncode == 0, done.stderr
    places = json.loads(done.stdout)
    assert {Path(place).parent for place in places} == {folder}


@pytest.mark.parametrize("spoilt", ["secret_key", "log"])
def test_a_folder_that_cannot_be_used_is_said_in_one_line(tmp_path, spoilt):
    if spoilt == "log":
        (tmp_path / "log").write_text("a file where a folder should be")
    else:
        (tmp_path / "secret_key").mkdir()
    done = run("manage.py", "check", VAR_DIR=str(tmp_path), SECRET_KEY="")
    assert done.returncode == 1
    assert "VAR_DIR cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_keep_alive_outlives_a_balancer_and_can_be_set():
    tell = "from lightnovel import gunicorn; print(gunicorn.keepalive)"
    assert int(run("-c", tell, KEEP_ALIVE="").stdout) > 60
    assert int(run("-c", tell, KEEP_ALIVE="5").stdout) == 5


def test_nothing_is_bound_to_one_session_of_postgresql():
    """Behind PgBouncer in transaction mode each statement may reach another."""
    tell = (
        "from django.conf import settings as s;"
        "print(s.HUEY['connection']['prepare_threshold'], s.DATABASES['default']['DISABLE_SERVER_SIDE_CURSORS'])"
    )
    assert run("-c", tell, DATABASE_URL="postgres://reader@127.0.0.1:6432/library").stdout.split() == ["None", "True"]
