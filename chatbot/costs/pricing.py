"""What a model's maker asks for tokens, so that a day's spending can be told and bounded.

Prices are rows with dates of effect (`PriceRule`), for a million tokens. `PRICE_READ`, `PRICE_WRITTEN` and
`PRICE_CACHED` in the settings go before them for the model that is set.
"""

import logging
import re
import time
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from django.conf import settings
from django.utils import timezone

from ..db_retry import DATABASE_AWAY
from .models import PriceRule

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Price:
    read: Decimal
    cached: Decimal  # of what was read, the part that came from the cache
    cache_written: Decimal  # and the part that was put there
    written: Decimal


# A model nobody has told us the price of: rather too dear, so that a bound holds.
UNKNOWN = Price(Decimal("2.00"), Decimal("2.00"), Decimal("2.50"), Decimal("10.00"))
DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")
REREAD_AFTER = 30  # seconds after which a process looks for new rules: no reply waits for a query of its own

_kept: tuple[float, tuple[PriceRule, ...]] | None = None


def price_of(model: str, day: date | None = None) -> Price | None:
    """The Price of a model on a day, today unless said, by the rules; None where none is for it. It is found by a dated
    or a gateway's name, too ("openai/gpt-6-luna"). A whole name goes before a beginning, and a longer one before a
    shorter."""
    day = day or timezone.localdate()
    names = _names(model)
    fitting = [rule for rule in _rules() if rule.valid_from <= day and _fits(rule.model, names)]
    if not fitting:
        return None
    rule = max(fitting, key=lambda one: ("*" not in one.model, len(one.model), one.valid_from, one.pk))
    return Price(rule.read, rule.cached, rule.cache_written, rule.written)


def models_priced(day: date | None = None) -> list[str]:
    """Whole names of models whose price is known on a day, today unless said."""
    day = day or timezone.localdate()
    return sorted({rule.model for rule in _rules() if rule.valid_from <= day and not rule.model.endswith("*")})


def _names(model: str) -> set[str]:
    whole = model.lower()
    short = whole.rsplit("/", 1)[-1]
    return {whole, short, DATED.sub("", whole), DATED.sub("", short)}


def _fits(rule: str, names: set[str]) -> bool:
    if rule.endswith("*"):
        return any(name.startswith(rule[:-1]) for name in names)
    return rule in names


def _rules() -> tuple[PriceRule, ...]:
    """All rules, read again after a while; those read before while the database does not answer."""
    global _kept
    now = time.monotonic()
    if _kept is None or now - _kept[0] > REREAD_AFTER:
        try:
            _kept = now, tuple(PriceRule.objects.all())
        except DATABASE_AWAY as error:
            if _kept is None:
                raise
            logger.warning("prices could not be read again, those of before stay: %s", error)
    return _kept[1]


def reread() -> None:
    """Have this process look for new rules at once."""
    global _kept
    _kept = None


def is_known() -> bool:
    """Whether it is known what the model that is set costs."""
    return settings.PRICE_READ is not None or price_of(settings.OPENAI_MODEL) is not None


def current(model: str, day: date | None = None) -> Price:
    """The Price of a model on a day; for the one that is set, the settings before the rules."""
    ruled = price_of(model, day) or UNKNOWN
    read, written, cached = (
        None if amount is None or model != settings.OPENAI_MODEL else Decimal(str(amount))
        for amount in (settings.PRICE_READ, settings.PRICE_WRITTEN, settings.PRICE_CACHED)
    )
    # Who gives a price and none for the cache pays the same for it.
    return Price(
        read=ruled.read if read is None else read,
        cached=cached if cached is not None else ruled.cached if read is None else read,
        cache_written=ruled.cache_written if read is None else read,
        written=ruled.written if written is None else written,
    )


def cost(model: str, read: int, written: int, cached: int | None = 0, cache_written: int | None = 0) -> int:
    """Of so many tokens today, in millionths, rounded up. `cached` and `cache_written` are parts of `read`; thoughts are
    part of `written`."""
    price = current(model)
    cached = min(cached or 0, read)
    cache_written = min(cache_written or 0, read - cached)
    plain = read - cached - cache_written
    sum_of = plain * price.read + cached * price.cached + cache_written * price.cache_written + written * price.written
    return int(sum_of.to_integral_value(ROUND_CEILING))
