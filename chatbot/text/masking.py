"""Keys kept out of what is written down: some servers repeat the key they refuse, and a client names the header."""

import logging
import re

from django.conf import settings

HIDDEN = "[hidden]"
BEARER = re.compile(r"(?i)\b(bearer|basic)[\s:]+[^\s'\",;}\])]+")
KEY_PREFIXES = ("sk", "pk", "rk", "gsk", "xai", "hf")
KEY_PREFIX = f"(?:{'|'.join(KEY_PREFIXES)})"
KEY = re.compile(rf"\b(?:key|{KEY_PREFIX})[-_][A-Za-z0-9*._-]{{6,}}")
PASSWORD = re.compile(r"(\w://[^\s:/@]{0,80}:)[^\s/@]+@")
# Addresses sent by mail: who has the key in one is let in.
LINK = re.compile(r"(/accounts/(?:confirm-email|password/reset/key)/)(?!done\b|key/done\b)[^\s/'\"?]+")


def masked(text: str) -> str:
    """`text` without this installation's secrets and without what looks like a key."""
    for secret in _secrets():
        if len(secret) >= MIN_SECRET:
            text = text.replace(secret, HIDDEN)
    text = LINK.sub(rf"\1{HIDDEN}", PASSWORD.sub(rf"\1{HIDDEN}@", text))
    return KEY.sub(HIDDEN, BEARER.sub(rf"\1 {HIDDEN}", text))


# In prose a key must look like one: "a basic story" and "key-visual" are words.
KEY_IN_PROSE = re.compile(
    rf"""
    \b{KEY_PREFIX}[-_](?=[A-Za-z_.-]{{0,80}}[0-9*])[A-Za-z0-9*._-]{{12,}}
    |(?i:\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic)\s+)[^\s"',;}}\])]+
    |(?i:\b(?:bearer|basic)\s+)(?=[A-Za-z._~+/=-]{{0,80}}[0-9*])[A-Za-z0-9._~+/=*-]{{12,}}
    """,
    re.VERBOSE,
)
# At the end of a text: what may yet become a key.
UNFINISHED_KEY = re.compile(
    rf"""
    (?:
        \b{KEY_PREFIX}(?:[-_][A-Za-z0-9*._-]*)?
        |(?i:\bauthorization)["']?\s*(?:[:=]\s*["']?\w*(?:\s+[^\s"',;}}\])]*)?)?
        |(?i:\b(?:bearer|basic))(?:\s+[A-Za-z0-9._~+/=*-]*)?
    )\Z
    """,
    re.VERBOSE,
)
HEADS = (*KEY_PREFIXES, "bearer", "basic", "authorization")
HEAD_BEGINNINGS = {head[:length] for head in HEADS for length in range(1, len(head) + 1)}
LAST_WORD = re.compile(r"\b[A-Za-z]{1,13}\Z")
MAX_KEY_LENGTH = 2000  # characters after which nothing is a key any more
MIN_SECRET, MIN_LONG_SECRET = 4, 12  # characters of a secret that is masked in logs, and in prose


def masked_prose(text: str) -> str:
    """A reply without this installation's secrets and without keys, its words left alone."""
    return without_keys(without_secrets(text))


def without_keys(text: str) -> str:
    return KEY_IN_PROSE.sub(HIDDEN, text)


def without_secrets(text: str) -> str:
    for secret in _long_secrets():
        if secret[:4].casefold() in text.casefold():
            text = re.sub(re.escape(secret), HIDDEN, text, flags=re.IGNORECASE)
    return text


def settled(text: str) -> int:
    """How many characters of a growing reply cannot be the beginning of a key. Of a text without whole secrets."""
    end = len(text)
    match = UNFINISHED_KEY.search(text, max(0, end - MAX_KEY_LENGTH))
    if match is None and (word := LAST_WORD.search(text, max(0, end - 14))) and word[0].lower() in HEAD_BEGINNINGS:
        match = word
    if match:
        end = match.start()
    end = min([end, *(len(text) - _overlap(text, secret) for secret in _long_secrets())])
    # What is a key already is not cut in two where something else may begin.
    return min([end, *(key.start() for key in KEY_IN_PROSE.finditer(text) if key.start() < end < key.end())])


def _overlap(text: str, secret: str) -> int:
    """How many letters at the end of `text` begin `secret`, in any case, without being all of it."""
    last = text[-1:].lower()
    lengths = [place for place, letter in enumerate(secret[:-1].lower(), start=1) if letter == last]
    for length in reversed(lengths):
        if text[-length:].lower() == secret[:length].lower():
            return length
    return 0


def _secrets() -> tuple[str, str]:
    return settings.OPENAI_API_KEY.strip(), settings.SECRET_KEY


def _long_secrets() -> list[str]:
    """Secrets too long to be a word: servers on one's own machine are given keys like "none"."""
    return [secret for secret in _secrets() if len(secret) >= MIN_LONG_SECRET]


class MaskingFormatter(logging.Formatter):
    """Log lines and their tracebacks, masked."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
