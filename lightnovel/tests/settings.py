"""The settings under test: the real ones, away from the installation's data and from anybody's keys."""

import os
import tempfile

os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="library-tests-")
for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "REDIS_URL", "DATABASE_URL"):
    os.environ[name] = os.environ.get(f"TEST_{name}", "")
for name in ("GOOGLE_CLIENT_ID", "KAKAO_CLIENT_ID", "NAVER_CLIENT_ID", "EMAIL_URL", "SECRET_KEY", "ALERT_RECIPIENTS"):
    os.environ[name] = ""
for name in ("DAILY_BUDGET", "OPERATORS_NEED_MFA", "TRUSTED_PROXIES", "ASKS_A_MINUTE", "ASKS_A_MINUTE_BY_ADDRESS"):
    os.environ[name] = ""
for name in (
    "GUEST_REPLIES",
    "GUEST_REPLIES_BY_ADDRESS",
    "GUEST_VOICE",
    "KEEP_CONVERSATIONS_DAYS",
    "KEEP_EVIDENCE_DAYS",
):
    os.environ[name] = ""
os.environ |= {"DEBUG": "off", "HTTPS": "off", "RATE_LIMITS": "on", "DAILY_REPLIES": "30"}

from lightnovel.settings import *  # noqa: E402, F403
from lightnovel.settings import DATABASES, HUEY, ON_POSTGRES, STORAGES, VAR_DIR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
if not ON_POSTGRES:
    # In a file, as in earnest: the in-memory database that Django would take knows no WAL and locks whole tables.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    # The queue lies in the database that is named, beside the tests' own ones: what runs beside this process empties
    # its own queue, not this one's.
    HUEY["name"] = f"replies-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
