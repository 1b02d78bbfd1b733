"""Keys kept out of what is written down: some servers repeat the key they refuse, and a client names the header."""

import logging
import re

from django.conf import settings

HIDDEN = "[hidden]"
BEARER = re.compile(r"(?i)\b(bearer|basic)[\s:]+[^\s'\",;}\])]+")
KEY = re.compile(r"\b(?:sk|pk|rk|key|gsk|xai|hf)[-_][A-Za-z0-9*._-]{6,}")
PASSWORD = re.compile(r"(\w://[^\s:/@]{0,80}:)[^\s/@]+@")
# Addresses sent by mail: who has the key in one is let in.
LINK = re.compile(r"(/accounts/(?:confirm-email|password/reset/key)/)(?!done\b|key/done\b)[^\s/'\"?]+")


def masked(text):
    """`text` without this installation's secrets and without what looks like a key."""
    for secret in (settings.OPENAI_API_KEY.strip(), settings.SECRET_KEY):
        if len(secret) > 3:
            text = text.replace(secret, HIDDEN)
    text = LINK.sub(rf"\1{HIDDEN}", PASSWORD.sub(rf"\1{HIDDEN}@", text))
    return KEY.sub(HIDDEN, BEARER.sub(rf"\1 {HIDDEN}", text))


# In prose a key must look like one: "a basic story" and "key-visual" are words. `GROWING`: one that may yet become one.
WHOLE = re.compile(
    r"\b(?:sk|pk|rk|gsk|xai|hf)[-_](?=[A-Za-z_.-]{0,80}[0-9*])[A-Za-z0-9*._-]{12,}"
    r"|(?i:\bauthorization[\"']?\s*[:=]\s*[\"']?(?:bearer|basic)\s+)[^\s\"',;}\])]+"
    r"|(?i:\b(?:bearer|basic)\s+)(?=[A-Za-z._~+/=-]{0,80}[0-9*])[A-Za-z0-9._~+/=*-]{12,}"
)
GROWING = re.compile(
    r"(?:\b(?:sk|pk|rk|gsk|xai|hf)(?:[-_][A-Za-z0-9*._-]*)?"
    r"|(?i:\bauthorization)[\"']?\s*(?:[:=]\s*[\"']?\w*(?:\s+[^\s\"',;}\])]*)?)?"
    r"|(?i:\b(?:bearer|basic))(?:\s+[A-Za-z0-9._~+/=*-]*)?)\Z"
)
HEADS = ("sk", "pk", "rk", "gsk", "xai", "hf", "bearer", "basic", "authorization")
BEGUN = {head[:length] for head in HEADS for length in range(1, len(head) + 1)}
LAST_WORD = re.compile(r"\b[A-Za-z]{1,13}\Z")
MAX_KEY_LENGTH = 2000  # characters after which nothing is a key any more


def masked_prose(text):
    """A reply without this installation's secrets and without keys, its words left alone."""
    return without_keys(without_secrets(text))


def without_keys(text):
    return WHOLE.sub(HIDDEN, text)


def without_secrets(text):
    for secret in _long_secrets():
        if secret[:4].casefold() in text.casefold():
            text = re.sub(re.escape(secret), HIDDEN, text, flags=re.IGNORECASE)
    return text


def settled(text):
    """How many characters of a growing reply cannot be the beginning of a key. Of a text without whole secrets."""
    end = len(text)
    found = GROWING.search(text, max(0, end - MAX_KEY_LENGTH))
    if found is None and (word := LAST_WORD.search(text, max(0, end - 14))) and word[0].lower() in BEGUN:
        found = word
    if found:
        end = found.start()
    last = text[-1:].lower()
    for secret in _long_secrets():
        beginnings = [secret[: place + 1] for place, one in enumerate(secret[:-1].lower()) if one == last]
        for beginning in reversed(beginnings):
            if text[-len(beginning) :].lower() == beginning.lower():
                end = min(end, len(text) - len(beginning))
                break
    # What is a key already is not cut in two where something else may begin.
    return min([end, *(key.start() for key in WHOLE.finditer(text) if key.start() < end < key.end())])


def _long_secrets():
    """Secrets too long to be a word: servers on one's own machine are given keys like "none"."""
    return [one for one in (settings.OPENAI_API_KEY.strip(), settings.SECRET_KEY) if len(one) >= 12]


class MaskingFormatter(logging.Formatter):
    """Log lines and their tracebacks, masked."""

    def format(self, record):
        return masked(super().format(record))
