"""What a server's error means: that asking again may help, that it has to be asked otherwise, or that it is over."""

import re
from email.utils import parsedate_to_datetime

from django.conf import settings
from django.utils import timezone

from .. import failures
from ..failures import Failure
from .events import Fault
from .parts import part_of


class Passing(Exception):
    """A failure that asking again may mend. `wait`: seconds the server asked for, if it did."""

    def __init__(self, code, detail, wait=None):
        super().__init__(detail)
        self.failure, self.wait = Failure(code, detail), wait


class Refused(Exception):
    """The server does not take a `part` of the request (parts.py) that it can be asked without."""

    def __init__(self, part, detail):
        super().__init__(detail)
        self.part, self.failure = part, Failure(failures.BROKEN, detail[:500])


# Servers that do not know a part of a request say so with one of these.
UNKNOWN_TO_IT = (None, 400, 404, 405, 422, 500, 501)
TOO_LONG = re.compile(
    r"context.?length|maximum context|context window|context size|too many tokens|prompt is too long"
    r"|exceeds? the available"
)
POLICY = ("content_filter", "content_policy", "invalid_prompt", "policy_violation", "bio_policy", "moderation_blocked")


def fault(error):
    """A Fault from what the client raises for a status that is no success."""
    if isinstance(error, Fault):
        return error
    body = error.body if isinstance(error.body, dict) else {}
    code = getattr(error, "code", None) or body.get("code")
    return Fault(
        message=str(error.message),
        code=str(code or ""),
        kind=str(getattr(error, "type", None) or ""),
        param=str(getattr(error, "param", None) or ""),
        status=error.status_code,
    )


def refused(error, request):
    """Refused where the server refuses a part of `request` that it can be asked without; else None."""
    found = fault(error)
    said = f"{found.message} {getattr(error, 'body', '')}"[:4000]
    if found.status not in UNKNOWN_TO_IT or TOO_LONG.search(said.lower()) or found.code in POLICY:
        return None
    part = part_of(found.param, said, request)
    if part is None or (part == "tools" and settings.OPENAI_TOOLS == "on"):
        # A setting that insists on functions is not overruled.
        return None
    return Refused(part, _detail(found))


def raised(error):
    """What an error means for the reader: Passing when asking again may help, else Failure."""
    found = fault(error)
    status, code = found.status, found.code
    said = f"{code} {found.kind} {found.message}".lower()
    detail = _detail(found)
    if "insufficient_quota" in said or "billing" in code or status == 402:
        return Failure(failures.CREDIT, detail)
    if status in (401, 403, 404):
        return Failure(failures.KEY, detail)
    if TOO_LONG.search(said) or "context_length" in said or status == 413:
        return Failure(failures.TOO_LONG, detail)
    if any(policy in said for policy in POLICY):
        return Failure(failures.REFUSED, detail)
    headers = error.response.headers if hasattr(error, "response") else {}
    if status == 429 or "rate_limit" in said:
        return Passing(failures.BUSY, detail, retry_after(headers))
    if status is None or status >= 500 or status in (408, 409):
        return Passing(failures.DOWN, detail, retry_after(headers))
    return Failure(failures.BROKEN, detail)


def _detail(found):
    told = "in the answer" if found.status is None else f"HTTP {found.status}"
    return f"{told} {found.code} {found.message}"[:2000]


def retry_after(headers):
    """Seconds the server asks to wait, or None. It may say milliseconds, seconds or a date."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after")
        if value is None:
            return None
        if value.replace(".", "", 1).isdigit():
            return float(value)
        return max(0.0, (parsedate_to_datetime(value) - timezone.now()).total_seconds())
    except (ValueError, TypeError):
        return None
