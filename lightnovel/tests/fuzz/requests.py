"""Requests as nobody would send them by accident: what can stand in a path, a query, a form, a header, a body."""

import re
import uuid
from pathlib import Path
from urllib.parse import quote

from django import forms
from django.apps import apps
from django.conf import settings
from hypothesis import strategies as st

import chatbot.forms
import users.forms

METHODS = ("GET", "POST", "GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FROBNICATE")
PLACE = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")

NASTY = (
    "", " ", "0", "1", "-1", "00", "1e9", "9" * 18, "9" * 19, "9" * 40, "２", "٣", "0x10", "NaN", "Infinity", "null",
    "None", "true", "\x00", "a\x00b", "%00", "\ufffd", "\ufeff", "\u202e", "\u200b", "\ud55c\uae00", "『』", "『" * 50,
    "𝕏" * 10, "e\u0301" * 20, "ﷺ" * 30, "'", "\"", "\\", "' OR 1=1 --", "%", "_", "%25", "{{ 7 }}", "{% x %}", "${x}",
    "<script>alert(1)</script>", "javascript:alert(1)", "//evil.example", "/\\evil.example", "http://[", "../../etc/passwd",
    "[[lamplight]]", "lamplight", "fantasy", "done", "read", "want", "day", "all", "any", "required:fantasy", "liked:",
    ":", "kind:value:more", "[]", "{}", "[" * 3000, '{"id": "\\ud800"}', "x" * 300, "가" * 4001, "x" * 20_000, "\n" * 3000,
    "2026-11-23", "2026-13-45", "9999-12-31", "0001-01-01", "a@example.com", "@", "Asia/Seoul", "Nowhere/At_all",
    "ko", "en", "xx-!", "on", "saebyeok", "keeper", "lamp-and-shelf-7", "6f1d4c0e-7a53-4c6c-8d8f-3c2a0d1b5e77",
)  # fmt: skip
ALPHABET = st.characters(exclude_categories=["Cs"])
words = st.sampled_from(NASTY) | st.text(ALPHABET, max_size=40)

BY_HAND = {
    "q", "p", "o", "e", "all", "action", "index", "_selected_action", "select_across", "_popup", "_to_field", "_save",
    "_changelist_filters", "_facets", "is_staff__exact", "reader__id__exact", "queued_at__gte", "queued_at__year",
    "created_at__day", "id__in", "pk", "reader__password__startswith", "app_label", "model_name", "field_name", "term",
    "login", "password", "password1", "password2", "oldpassword", "username", "email", "remember", "credential", "code",
    "action_send", "action_primary", "action_remove", "action_add", "session", "account", "process", "unverified", "next",
}  # fmt: skip


def _names():
    """Every field a view reads or a form knows, so that new ones come under fire by themselves."""
    found = set(BY_HAND)
    for module in (chatbot.forms, users.forms):
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, forms.BaseForm):
                found |= set(thing.base_fields)
    reads = re.compile(r"\b(?:GET|POST|params|query|data)(?:\.get(?:list)?\(|\[)\s*\"(\w+)\"")
    for folder in ("chatbot", "users", "lightnovel"):
        for path in Path(settings.BASE_DIR, folder).rglob("*.py"):
            if "tests" not in path.parts:
                found |= set(reads.findall(path.read_text()))
    for label in ("chatbot", "catalogue", "users"):
        for model in apps.get_app_config(label).get_models():
            found |= {field.name for field in model._meta.fields}
    return sorted(found)


NAMES = _names()
fields = st.lists(st.tuples(st.sampled_from(NAMES) | words, words), max_size=6)

headers = st.fixed_dictionaries(
    {},
    optional={
        "HTTP_HOST": st.sampled_from(
            ["testserver"] * 9 + ["evil.example", "testserver:99999", "[::1", "x" * 300, "", "a b"]
        ),
        "HTTP_HX_REQUEST": st.sampled_from(["true", "false", "1"]),
        "HTTP_HX_CURRENT_URL": st.sampled_from(
            ["http://testserver/", "http://[", "//", "javascript:x", "%ff", "x" * 5000]
        ),
        "HTTP_HX_HISTORY_RESTORE_REQUEST": st.just("true"),
        "HTTP_HX_TARGET": st.sampled_from(["turns", "", "'\"><x"]),
        "HTTP_HX_BOOSTED": st.just("true"),
        "HTTP_ACCEPT_LANGUAGE": st.sampled_from(
            ["ko", "ja;q=nan", "x" * 600, "en;q=1,ko;q=1,*", "zz-🙂", ";;;,,", "a" * 9]
        ),
        "HTTP_ACCEPT": st.sampled_from(["application/json", "*/*", "text/html;q=x", ""]),
        "HTTP_ACCEPT_ENCODING": st.sampled_from(["gzip", "br, gzip;q=0", "identity;q=0"]),
        "HTTP_X_REQUESTED_WITH": st.just("XMLHttpRequest"),
        "HTTP_X_FORWARDED_FOR": st.sampled_from(["1.2.3.4", "1.2.3.4, x", "::1", "'", "," * 50, "[::1]:80", "é"]),
        "HTTP_X_FORWARDED_PROTO": st.sampled_from(["https", "http,https", "x"]),
        "HTTP_X_FORWARDED_HOST": st.just("evil.example"),
        "HTTP_REFERER": st.sampled_from(["http://testserver/", "http://[", "data:,x"]),
        "HTTP_USER_AGENT": st.sampled_from(["", "Mozilla/5.0", "x" * 3000, "é\x7f"]),
        "HTTP_IF_NONE_MATCH": st.sampled_from(["*", '"x"', "W/", "x" * 200]),
        "HTTP_IF_MODIFIED_SINCE": st.sampled_from(
            ["x", "Mon, 01 Jan 0001 00:00:00 GMT", "Mon, 99 Foo 2026 99:99:99 GMT"]
        ),
        "HTTP_RANGE": st.sampled_from(["bytes=0-1", "bytes=9-1", "bytes=-", "x=1-2"]),
        "HTTP_AUTHORIZATION": st.sampled_from(["Bearer x", "Basic !!!", "x"]),
        "REMOTE_ADDR": st.sampled_from(["127.0.0.1", "::1", "", "unix"]),
    },
)
cookies = st.dictionaries(
    st.sampled_from(["sessionid", "csrftoken", "theme", "django_language", "messages", "hijack"]),
    st.sampled_from(["", "x", "a" * 32, "a" * 4000, "\\000", "paper", "night", "xx", "é", '"', "W10:1t:x", ";"]),
    max_size=2,
)
BROKEN = (
    ("multipart/form-data", b""),
    ("multipart/form-data; boundary=", b"--\r\n"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc'),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="text"; filename="a"\r\n\r\nz\r\n--x--',
    ),
    ("multipart/form-data; boundary=" + "x" * 300, b"--x--"),
    ("multipart/form-data; boundary=\xe9", b"--\xe9--"),
    ("application/x-www-form-urlencoded; charset=utf-7", b"text=+2AA-"),
    ("application/x-www-form-urlencoded; charset=nonsense", b"text=a"),
    ("application/x-www-form-urlencoded", b"text=%ED%A0%80&key=%00&a" + b"&b" * 300),
    ("application/x-www-form-urlencoded", b"text=" + b"x" * 300_000),
    ("application/x-www-form-urlencoded", b"\xff\xfe=\x80"),
    ("application/json", b"{"),
    ("application/json", b"[" * 5000),
    ("text/plain", b"x"),
    ("", b"text=a"),
    ("\x00", b"text=a"),
)
bodies = (
    st.tuples(st.just("form"), fields)
    | st.tuples(st.just("multipart"), fields)
    | st.tuples(st.just("raw"), st.sampled_from(BROKEN))
)

# The form that stands on the page itself, with some of its fields replaced.
page = st.tuples(st.just("page"), st.lists(st.tuples(st.integers(0, 60), words), max_size=3))
bodies = bodies | page

# What stands in a place of an address: one of what is there (by its number), or what is not.
own = st.tuples(st.just("own"), st.integers(0, 3))
theirs = st.tuples(st.just("theirs"), st.integers(0, 1))
places = own | own | theirs | st.tuples(st.just("text"), words)


@st.composite
def steps(draw, addresses):
    """One request, as plain data: it can be printed, made smaller, and sent again."""
    address = draw(st.sampled_from(addresses))
    return {
        "address": address,
        "places": [draw(places) for _ in PLACE.findall(address)],
        "method": draw(st.sampled_from(METHODS)),
        "query": draw(fields) if draw(st.booleans()) else [],
        "body": draw(bodies),
        "headers": draw(headers) if draw(st.booleans()) else {},
        "cookies": draw(cookies) if draw(st.integers(0, 4)) == 0 else {},
    }


plausible = st.fixed_dictionaries(
    {
        "text": st.sampled_from(
            ["판타지 추천해 주세요", "『등불의 서고』 같은 거요", "not that, without romance", "x" * 4000, ""]
        )
        | words,
        "key": st.integers(0, 3).map(lambda number: str(uuid.UUID(int=number))) | st.just("no key"),
    },
    optional={
        "novel": st.sampled_from(["lamplight", "snowfall", "riddle", "no-such"]) | words,
        "part": st.sampled_from(["required:fantasy", "liked:lamplight", "any_of:mystery+romance", "unwanted:romance"])
        | words,
        "title": st.just("제목") | words,
        "do": st.sampled_from(["correct", "pause", "resume", "forget", "restore"]) | words,
        "kind": st.sampled_from(["like", "dislike", "never", "read_to", "level"]),
        "topic": st.sampled_from(["tag:fantasy", "work:lamplight", "author:作者", "read_to:lamplight", "level", "tag:"])
        | words,
        "volume": st.sampled_from(["1", "0", "1000", "-1"]) | words,
        "level": st.sampled_from(["n5", "books", "x"]),
        "genres": st.sampled_from(["fantasy", "nonsense"]),
        "recent": words,
        "mood": st.sampled_from(["bright", "dark", "grey"]),
        "state": st.sampled_from(["read", "want", "not", "", "gone"]),
        "next": st.sampled_from(["/novels/", "//evil.example"]),
    },
)


@st.composite
def walks(draw, addresses):
    """One step of a reader who means it: what is there, the right method mostly, words that could be theirs; or, for
    "work", a worker that answers what waits."""
    if draw(st.integers(0, 5)) == 0:
        return {
            "address": "work",
            "places": [],
            "method": "",
            "query": [],
            "body": ("form", []),
            "headers": {},
            "cookies": {},
        }
    address = draw(st.sampled_from(addresses))
    return {
        "address": address,
        "places": [draw(own) for _ in PLACE.findall(address)],
        "method": draw(st.sampled_from(["POST", "POST", "POST", "GET"])),
        "query": draw(
            st.sampled_from([[], [], [("before", "3")], [("seen", "1-0")], [("older", "1")], [("deleted", "2")]])
        ),
        "body": ("form", sorted(draw(plausible).items())),
        "headers": draw(st.sampled_from([{}, {"HTTP_HX_REQUEST": "true"}])),
        "cookies": {},
    }


def path_of(address, filled):
    filled = iter(filled)
    address = PLACE.sub(lambda match: quote(str(next(filled)), safe="%/"), address)
    return address.replace("^", "").replace("$", "").replace("\\", "")
