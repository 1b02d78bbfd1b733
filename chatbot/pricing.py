"""What a model's maker asks for tokens, so that a day's spending can be told and bounded. Dollars for a million tokens.

From OpenAI's price list as of November 2026, standard processing, prompts of the usual length. `PRICE_READ`,
`PRICE_WRITTEN` and `PRICE_CACHED` in the settings go before it, in any currency.
"""

import re
from dataclasses import dataclass
from math import ceil

from django.conf import settings


@dataclass(frozen=True)
class Price:
    read: float
    cached: float  # of what was read, the part that came from the cache
    cache_written: float  # and the part that was put there
    written: float


PRICES = {
    "gpt-6-luna": Price(0.10, 0.01, 0.125, 0.50),
    "gpt-6.1-terra": Price(1.00, 0.05, 1.25, 5.00),
    "gpt-6-sol": Price(2.00, 0.20, 2.50, 10.00),
    "gpt-6.1-sol": Price(2.00, 0.10, 2.50, 10.00),
    "gpt-6-astra": Price(10.00, 1.00, 12.50, 50.00),
    "gpt-5.6-luna": Price(0.20, 0.02, 0.25, 1.20),
    "gpt-5.6-terra": Price(2.00, 0.20, 2.50, 12.00),
    "gpt-5.6-sol": Price(4.00, 0.40, 5.00, 20.00),
    "gpt-5.5": Price(5.00, 0.50, 5.00, 30.00),
    "gpt-5.4": Price(2.50, 0.25, 2.50, 15.00),
    "gpt-5.4-mini": Price(0.75, 0.075, 0.75, 4.50),
    "gpt-5.4-nano": Price(0.20, 0.02, 0.20, 1.25),
}
# A model nobody has told us the price of: rather too dear, so that a bound holds.
UNKNOWN = Price(2.00, 2.00, 2.50, 10.00)
DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")


def price_of(model: str) -> Price | None:
    """The listed Price of a model by its name, also a dated or a gateway's one ("openai/gpt-6-luna"); None where it is
    not listed."""
    return PRICES.get(DATED.sub("", model.rsplit("/", 1)[-1].lower()))


def is_known() -> bool:
    """Whether it is known what the model that is set costs."""
    return settings.PRICE_READ is not None or price_of(settings.OPENAI_MODEL) is not None


def current() -> Price:
    """The Price of the model that is set, the settings before the list."""
    listed = price_of(settings.OPENAI_MODEL) or UNKNOWN
    read, written, cached = settings.PRICE_READ, settings.PRICE_WRITTEN, settings.PRICE_CACHED
    if read is None and written is None and cached is None:
        return listed
    read = listed.read if read is None else read
    # Who gives a price and none for the cache pays the same for it.
    cached = (read if settings.PRICE_READ is not None else listed.cached) if cached is None else cached
    cache_written = listed.cache_written if settings.PRICE_READ is None else read
    return Price(read, cached, cache_written, listed.written if written is None else written)


def cost(read: int, written: int, cached: int | None = 0, cache_written: int | None = 0) -> int:
    """Of so many tokens, in millionths. `cached` and `cache_written` are parts of `read`; thoughts are part of
    `written`."""
    price = current()
    cached = min(cached or 0, read)
    cache_written = min(cache_written or 0, read - cached)
    plain = read - cached - cache_written
    # Rounded first: 0.1 and its like are no exact numbers.
    sum_of = plain * price.read + cached * price.cached + cache_written * price.cache_written + written * price.written
    return ceil(round(sum_of, 6))
