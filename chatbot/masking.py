"""Keys kept out of what is written down: some servers repeat the key they refuse, and a client names the header."""

import logging
import re

from django.conf import settings

HIDDEN = "[hidden]"
BEARER = re.compile(r"(?i)\b(bearer|basic)[\s:]+[^\s'\",;}\])]+")
KEY = re.compile(r"\b(?:sk|pk|rk|key|gsk|xai|hf)[-_][A-Za-z0-9*._-]{6,}")


def masked(text):
    """`text` without this installation's secrets and without what looks like a key."""
    for secret in (settings.OPENAI_API_KEY.strip(), settings.SECRET_KEY):
        if len(secret) > 3:
            text = text.replace(secret, HIDDEN)
    return KEY.sub(HIDDEN, BEARER.sub(rf"\1 {HIDDEN}", text))


class MaskingFormatter(logging.Formatter):
    """Log lines and their tracebacks, masked."""

    def format(self, record):
        return masked(super().format(record))
