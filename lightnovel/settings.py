"""Every setting of the project. What a deployment may change is read from the environment
(or a `.env` file) and named in `.env.example`."""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")
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


def switch(name, default):
    """An on/off setting: on, true, yes, 1 or off, false, no, 0."""
    value = env.str(name, default).strip().lower()
    if value not in {"on", "true", "yes", "1", "off", "false", "no", "0"}:
        raise ImproperlyConfigured(f"{name} must be on or off, not {value!r}.")
    return value in {"on", "true", "yes", "1"}


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
SECRET_KEY = env.str("SECRET_KEY", "") or secret_key(VAR_DIR / "secret_key")

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
    # Pages and covers; Django pads them with random bytes and masks the CSRF token anew each time against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "lightnovel.middleware.charset.CharsetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lightnovel.middleware.htmx.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "users.middleware.LastSeenMiddleware",
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

DATABASE_URL = env.str("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / 'library.sqlite3'}"
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
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
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    # Rate limits count in the cache, so every web process has to see the same one.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
SESSION_ENGINE = "users.sessions"

# --- The queue -------------------------------------------------------------------------------

WORKERS = positive("WORKERS", 8)
HUEY = {
    "name": "replies",
    "immediate": False,
    "results": False,
    "consumer": {
        "workers": WORKERS,
        "worker_type": "thread",
        "scheduler_interval": 1,
        # SqliteHuey polls; without a bound an idle consumer backs off to ten seconds.
        "initial_delay": 0.05,
        "max_delay": 0.1,
        "backoff": 1.15,
    },
}
if REDIS_URL:
    HUEY |= {"huey_class": "huey.RedisHuey", "connection": {"url": REDIS_URL}}
else:
    HUEY |= {"huey_class": "huey.SqliteHuey", "filename": str(VAR_DIR / "queue.sqlite3")}

# --- The voice that words a reply ------------------------------------------------------------

OPENAI_API_KEY = env.str("OPENAI_API_KEY", "")
OPENAI_BASE_URL = env.str("OPENAI_BASE_URL", "")
OPENAI_MODEL = env.str("OPENAI_MODEL", "gpt-5-mini")
# Seconds: to connect, between two chunks, and for one reply with all its retries.
OPENAI_CONNECT_TIMEOUT = positive("OPENAI_CONNECT_TIMEOUT", 5, float)
OPENAI_READ_TIMEOUT = positive("OPENAI_READ_TIMEOUT", 30, float)
OPENAI_TOTAL_TIMEOUT = positive("OPENAI_TOTAL_TIMEOUT", 150, float)
OPENAI_ATTEMPTS = positive("OPENAI_ATTEMPTS", 4)

# --- Limits ----------------------------------------------------------------------------------

DAILY_REPLIES = positive("DAILY_REPLIES", 30)
RATE_LIMITS = switch("RATE_LIMITS", "on")
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# --- Accounts --------------------------------------------------------------------------------

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
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
ACCOUNT_FORMS = {"login": "users.forms.LoginForm", "signup": "users.forms.SignupForm"}
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
EMAIL_CONFIG = env.email_url_config(env.str("EMAIL_URL", "") or f"filemail:///{VAR_DIR / 'mail'}")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "librarian@localhost")

# --- Language and time -----------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English")), ("ja", _("Japanese"))]
LOCALE_PATHS = [BASE_DIR / "lightnovel" / "locale"]
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
    }
}

# --- Logging ---------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "chatbot.masking.MaskingFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "bare": {"format": "{message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
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
        "chatbot": {"level": "INFO"},
        "huey_tasks": {"level": "INFO"},
        # A handler of its own also keeps the consumer from setting one up that says everything twice.
        "huey": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
