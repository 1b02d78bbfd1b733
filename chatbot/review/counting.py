"""How many rows there are, as pages say it."""

from typing import Any

from django.db.models import QuerySet

MAX_COUNTED = 1000


def counted(rows: QuerySet[Any]) -> int | str:
    """The number of `rows`; "1000+" where there are more, as those beyond are not counted."""
    number = rows.values("pk")[: MAX_COUNTED + 1].count()
    return number if number <= MAX_COUNTED else f"{MAX_COUNTED}+"
