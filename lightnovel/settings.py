"""Every setting of the project. What a deployment may change is read from the environment
(or a `.env` file) and named in `.env.example`."""

import json
import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")
# Matrices here are small: threads of numpy's own would only wait for one another. It reads this when it is loaded.
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
env = environ.Env()


def positive(name, default, cast=int):
    """A number above zero from the environment; anything else stops the start with one line."""
    try:
        value = cast(env.str(name, "") or default)
    except ValueError:
        value = 0
    if not 0 < value < float("inf"):
        kind = "whole number" if cast is int else "number"
        raise ImproperlyConfigured(f"{name} must be a {kind} above zero, not {env.str(name)!r}.")
    return value


def whole(name, default):
    """A number that may be zero."""
    return 0 if env.str(name, "").strip() == "0" else positive(name, default)


def switch(name, default):
    """An on/off setting: on, true, yes, 1 or off, false, no, 0."""
    value = (env.str(name, "").strip() or default).lower()
    if value not in {"on", "true", "yes", "1", "off", "false", "no", "0"}:
        raise ImproperlyConfigured(f"{name} must be on or off, not {value!r}.")
    return value in {"on", "true", "yes", "1"}


def one_of(name, default, choices):
    value = env.str(name, "").strip().lower() or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def shops():
    """Shops from the environment, as JSON: [{"language", "name", "search": address with {title}}, …]; none when unset."""
    try:
        found = json.loads(env.str("SHOPS", "") or "[]")
        for shop in found:
            if shop["language"] not in ("ko", "ja", "en") or not shop["name"]:
                raise ValueError
            if not shop["search"].startswith(("https://", "http://")) or "{title}" not in shop["search"]:
                raise ValueError
    except (ValueError, TypeError, KeyError, AttributeError):
        form = '[{"language": "ko", "name": "…", "search": "https://…{title}"}]'
        raise ImproperlyConfigured(f"SHOPS must be JSON of the form {form}.") from None
    return found


def secret_key(path):
    """The key of this installation, made at the first start and readable by its owner only."""
    try:
        # Exclusive creation, so that two processes starting at once agree on one key.
        with open(path, "x", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text().strip()


# --- Where things are kept -------------------------------------------------------------------

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var"))).resolve()
LOG_DIR = VAR_DIR / "log"
try:
    LOG_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"VAR_DIR cannot be used: {error}.") from None

DEBUG = switch("DEBUG", "off")
HTTPS = switch("HTTPS", "off")
try:
    SECRET_KEY = env.str("SECRET_KEY", "") or secret_key(VAR_DIR / "secret_key")
    if not os.access(VAR_DIR, os.W_OK):
        raise PermissionError(f"{VAR_DIR} cannot be written to")
except OSError as error:
    raise ImproperlyConfigured(f"VAR_DIR cannot be used: {error}.") from None

PORT = positive("PORT", 8000)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = positive("TRUSTED_PROXIES", 1) if env.str("TRUSTED_PROXIES", "0") not in ("", "0") else 0

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "users",
    "chatbot.catalogue",
    "chatbot",
    "huey_tasks",
    "lightnovel.apps.LibraryAdminConfig",
    "huey.contrib.djhuey",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.kakao",
    "allauth.socialaccount.providers.naver",
]

MIDDLEWARE = [
    "lightnovel.middleware.latency.LatencyMiddleware",
    "lightnovel.middleware.concurrency_limit.ConcurrencyLimitMiddleware",
    # Pages and covers; Django pads them with random bytes and masks the CSRF token anew each time against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "lightnovel.middleware.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "lightnovel.middleware.static.StaticMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "lightnovel.middleware.charset.CharsetMiddleware",
    "lightnovel.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lightnovel.middleware.htmx.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "users.middleware.LastSeenMiddleware",
    "users.middleware.GuestMiddleware",
    "lightnovel.middleware.admin_lookups.AdminLookupsMiddleware",
]

ROOT_URLCONF = "lightnovel.urls"
WSGI_APPLICATION = "lightnovel.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Database --------------------------------------------------------------------------------

# Replies written at the same time by one worker process: mostly it waits for the model. See huey_tasks/storage.py.
WORKERS = positive("WORKERS", 32)
# Connections to PostgreSQL of one process: of the threads of a web process most wait without one.
DATABASE_POOL = positive("DATABASE_POOL", WORKERS + 4)
DATABASE_URL = env.str("DATABASE_URL", "")
# Ours is no URL: what is a mark in one may be a letter in the name of a folder.
OUR_FILE = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(VAR_DIR / "library.sqlite3")}
DATABASES = {"default": env.db_url_config(DATABASE_URL) if DATABASE_URL else OUR_FILE}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "lightnovel.sqlite3"
    # IMMEDIATE takes the write lock when a transaction begins; the deferred default fails with
    # "database is locked" when two transactions read first and then both want to write.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 600
ON_POSTGRES = DATABASES["default"]["ENGINE"].endswith("postgresql")
if ON_POSTGRES:
    # How psycopg is told of it, for the queue.
    where = ("HOST", "PORT", "USER", "PASSWORD", "NAME")
    POSTGRES = {("dbname" if name == "NAME" else name.lower()): DATABASES["default"][name] for name in where}
    POSTGRES = {name: value for name, value in POSTGRES.items() if value} | DATABASES["default"].get("OPTIONS", {})
    # Behind PgBouncer in transaction mode the next statement may reach another session: neither what was prepared in
    # one nor a cursor on the server is there then. Django prepares nothing by itself.
    POSTGRES["prepare_threshold"] = None
    DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
        "pool": {"min_size": 1, "max_size": DATABASE_POOL, "max_idle": 60, "timeout": 5}
    }
    DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
# What lies in Redis is named after the database: of two libraries on one Redis, each would take the other's tasks.
LIBRARY = Path(str(DATABASES["default"]["NAME"])).stem
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": LIBRARY,
        }
    }
else:
    # Rate limits count in the cache, so every web process has to see the same one.
    # Django keeps 300 entries unless told otherwise and then throws out any third: a way to shake off a limit.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "cache",
            "OPTIONS": {"MAX_ENTRIES": 50_000},
        }
    }
SESSION_ENGINE = "users.sessions"

# --- The queue -------------------------------------------------------------------------------

REPLY_QUEUE = "huey_tasks.queue"  # where conversations tell of turns that wait

HUEY = {
    "name": "replies",
    "immediate": False,
    "results": False,
    "consumer": {
        "workers": WORKERS,
        "worker_type": "thread",
        "scheduler_interval": 5,
        # Seconds for a worker that is told to end to finish its replies; what is left is handed over.
        "shutdown_timeout": 20,
        # Seconds, and only where the queue does not answer: waiting for tasks is the storage's own business.
        "initial_delay": 0.1,
        "max_delay": 2,
    },
}
if REDIS_URL:
    HUEY |= {
        "name": f"turns-{LIBRARY}",
        "huey_class": "huey_tasks.storage.RedisQueue",
        "connection": {"url": REDIS_URL},
    }
elif ON_POSTGRES:
    HUEY |= {"huey_class": "huey_tasks.storage.PostgresQueue", "connection": POSTGRES}
else:
    HUEY |= {"huey_class": "huey_tasks.storage.SqliteQueue", "filename": str(VAR_DIR / "queue.sqlite3")}

# --- The voice that words a reply ------------------------------------------------------------

OPENAI_API_KEY = env.str("OPENAI_API_KEY", "")
OPENAI_BASE_URL = env.str("OPENAI_BASE_URL", "")
OPENAI_MODEL = env.str("OPENAI_MODEL", "") or "gpt-6-luna"
OPENAI_API = one_of("OPENAI_API", "auto", ("auto", "responses", "chat"))
# How hard the model thinks, how much it writes: "" leaves it to us at OpenAI, and to any other server itself.
OPENAI_EFFORT = one_of("OPENAI_EFFORT", "", ("", "none", "minimal", "low", "medium", "high", "xhigh", "max"))
OPENAI_VERBOSITY = one_of("OPENAI_VERBOSITY", "", ("", "low", "medium", "high"))
OPENAI_MAX_TOKENS = positive("OPENAI_MAX_TOKENS", 1) if env.str("OPENAI_MAX_TOKENS", "") else None
# Seconds: to connect, until the first word, between two pieces, and for one reply with all its retries.
OPENAI_CONNECT_TIMEOUT = positive("OPENAI_CONNECT_TIMEOUT", 5, float)
OPENAI_FIRST_TIMEOUT = positive("OPENAI_FIRST_TIMEOUT", 120, float)
OPENAI_READ_TIMEOUT = positive("OPENAI_READ_TIMEOUT", 30, float)
OPENAI_TOTAL_TIMEOUT = positive("OPENAI_TOTAL_TIMEOUT", 240, float)
OPENAI_ATTEMPTS = positive("OPENAI_ATTEMPTS", 4)
OPENAI_TOOLS = one_of("OPENAI_TOOLS", "auto", ("auto", "on", "off"))

# --- Limits ----------------------------------------------------------------------------------

DAILY_REPLIES = positive("DAILY_REPLIES", 30)
# Replies a day that need no account, of one browser and of one address; 0: whoever asks needs one.
GUEST_REPLIES = whole("GUEST_REPLIES", 3)
GUEST_REPLIES_BY_ADDRESS = positive("GUEST_REPLIES_BY_ADDRESS", GUEST_REPLIES or 1)
# Who answers guests: the built-in one, so that strangers cost nothing, or ChatGPT as everybody else.
GUEST_VOICE = one_of("GUEST_VOICE", "librarian", ("librarian", "chatgpt"))
RATE_LIMITS = switch("RATE_LIMITS", "on")
# Asks at once, by one reader and from one address; as many again within the next minute.
ASKS_A_MINUTE = positive("ASKS_A_MINUTE", 20)
ASKS_A_MINUTE_BY_ADDRESS = positive("ASKS_A_MINUTE_BY_ADDRESS", 120)
# What all replies of a day may cost together, in the currency of the prices; None: no bound.
DAILY_BUDGET = positive("DAILY_BUDGET", 0, float) if env.str("DAILY_BUDGET", "") else None
# Of a million tokens read, written, and read from the cache; None: by the rules for the model (chatbot/costs/pricing.py).
PRICE_READ = positive("PRICE_READ", 1, float) if env.str("PRICE_READ", "") else None
PRICE_WRITTEN = positive("PRICE_WRITTEN", 1, float) if env.str("PRICE_WRITTEN", "") else None
PRICE_CACHED = positive("PRICE_CACHED", 1, float) if env.str("PRICE_CACHED", "") else None
# Days a conversation is kept that nobody asks in, and the raw words of what went wrong in a turn; None: for ever.
KEEP_CONVERSATIONS_DAYS = positive("KEEP_CONVERSATIONS_DAYS", 1) if env.str("KEEP_CONVERSATIONS_DAYS", "") else None
KEEP_EVIDENCE_DAYS = positive("KEEP_EVIDENCE_DAYS", 1) if env.str("KEEP_EVIDENCE_DAYS", "") else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_HANDLERS = [
    "users.reading_lists.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Shops -----------------------------------------------------------------------------------

# Where a work's page leads for buying it: the address of a shop's own search, with {title} in place of the title in
# that language. Nothing is read from the shops.
SHOPS = shops() or [
    {
        "language": "ko",
        "name": "알라딘",
        "search": "https://www.aladin.co.kr/search/wsearchresult.aspx?SearchWord={title}",
    },
    {"language": "ko", "name": "교보문고", "search": "https://search.kyobobook.co.kr/search?keyword={title}"},
    {"language": "ko", "name": "YES24", "search": "https://www.yes24.com/product/search?query={title}"},
    {"language": "ko", "name": "리디", "search": "https://ridibooks.com/search?q={title}"},
    {"language": "ja", "name": "BOOK☆WALKER", "search": "https://bookwalker.jp/search/?word={title}"},
    {"language": "ja", "name": "Amazon.co.jp", "search": "https://www.amazon.co.jp/s?k={title}&i=stripbooks"},
    {"language": "ja", "name": "honto", "search": "https://honto.jp/netstore/search.html?k={title}"},
    {"language": "en", "name": "BookWalker Global", "search": "https://global.bookwalker.jp/search/?word={title}"},
    {"language": "en", "name": "Amazon.com", "search": "https://www.amazon.com/s?k={title}&i=stripbooks"},
    {"language": "en", "name": "Kobo", "search": "https://www.kobo.com/search?query={title}"},
]

# --- Accounts --------------------------------------------------------------------------------

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "users.backends.PasswordBackend",
    # Never asked for a password, as the first one says no for all; sessions of before name them.
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["users.passwords.Argon2PasswordHasher", "users.passwords.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "users.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "users.forms.LoginForm",
    "signup": "users.forms.SignupForm",
    "reset_password": "users.forms.ResetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Small letters only, so that the column's uniqueness holds for every script (users/usernames.py).
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# Beside allauth's own (30 logins a minute from one address, 5 failed ones in 5 minutes for one name, and the like).
ACCOUNT_RATE_LIMITS = {"signup": "20/m/ip,100/h/ip"}
if not RATE_LIMITS:
    ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "users.adapters.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "users.forms.AddPasskeyForm",
    "edit_webauthn": "users.forms.RenamePasskeyForm",
    "login_webauthn": "users.forms.LoginPasskeyForm",
    "authenticate_webauthn": "users.forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "users.forms.ReauthenticatePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# An operator without a second step is led to set one up before any page of the admin.
OPERATORS_NEED_MFA = switch("OPERATORS_NEED_MFA", "on" if HTTPS else "off")
MFA_TOTP_ISSUER = "Light-novel librarian"
SOCIALACCOUNT_ADAPTER = "users.adapters.SocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
# Where each login leads: browsers hold a form's redirects, too, against `form-action`.
SOCIAL_HOSTS = {
    "google": ["https://accounts.google.com"],
    "kakao": ["https://kauth.kakao.com", "https://accounts.kakao.com"],
    "naver": ["https://nid.naver.com"],
}
SOCIALACCOUNT_PROVIDERS = {
    # A login without its keys stays out of the pages altogether.
    provider: {"APPS": [{"client_id": client_id, "secret": env.str(f"{provider.upper()}_SECRET", "")}]}
    for provider in SOCIAL_HOSTS
    if (client_id := env.str(f"{provider.upper()}_CLIENT_ID", ""))
}
EMAIL_URL = env.str("EMAIL_URL", "")
EMAIL_CONFIG = env.email_url_config(EMAIL_URL or "filemail://")
if not EMAIL_URL:
    EMAIL_CONFIG["EMAIL_FILE_PATH"] = str(VAR_DIR / "mail")
vars().update(EMAIL_CONFIG)
# Pages write letters down; the worker sends them by the backend that EMAIL_URL names (huey_tasks/mail.py).
MAIL_BACKEND, EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"], "huey_tasks.mail.Outbox"
EMAIL_TIMEOUT = 10  # seconds of silence
# Whom the worker writes to when an alert rule is broken, and when it is over.
ALERT_RECIPIENTS = [address for address in env.list("ALERT_RECIPIENTS", default=[]) if address]
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "librarian@localhost")

# --- Language and time -----------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English")), ("ja", _("Japanese"))]
LOCALE_PATHS = [BASE_DIR / "lightnovel" / "locale"]
FORMAT_MODULE_PATH = "lightnovel.formats"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

# --- Static files ----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site may read them anyway (Cross-Origin-Resource-Policy)


def WHITENOISE_ADD_HEADERS_FUNCTION(headers, path, url):
    """A style sheet or a script loads nothing by itself: the shortest policy, as a page calls for twenty of them."""
    headers["Content-Security-Policy"] = "default-src 'none'"


# A file missing from the manifest costs its hash, not the page; the page may be the error page.
WHITENOISE_MANIFEST_STRICT = False

# --- Security --------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 24 * 3600
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
if HTTPS and TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "lightnovel.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *(host for provider in SOCIALACCOUNT_PROVIDERS for host in SOCIAL_HOSTS[provider])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}

# --- Logging ---------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "chatbot.text.masking.MaskingFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "bare": {"format": "{message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "quiet": {"class": "logging.NullHandler"},
        # Several web processes write and rotate this file at once, which the standard handler does not survive.
        "latency": {
            "class": "concurrent_log_handler.ConcurrentRotatingFileHandler",
            "filename": str(LOG_DIR / "latency.jsonl"),
            "maxBytes": 5_000_000,
            "backupCount": 4,
            "formatter": "bare",
            "delay": True,
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "latency": {"handlers": ["latency"], "level": "INFO", "propagate": False},
        # Without Django's mails to ADMINS: they hold a whole request with what is secret in it, unmasked.
        "django": {"level": "INFO"},
        # A host that is not ours is refused with 400. Told of each with its traceback, anybody could fill the log.
        "django.security.DisallowedHost": {"handlers": ["quiet"], "propagate": False},
        "chatbot": {"level": "INFO"},
        "huey_tasks": {"level": "INFO"},
        # A handler of its own also keeps the consumer from setting one up that says everything twice.
        "huey": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
