"""Rows that count: each worker adds to them, and none waits for another longer than one statement takes."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet


def add_to(rows: QuerySet[Any], key: dict[str, Any], changes: dict[str, Any], first: dict[str, Any]) -> None:
    """Change the row of `rows` with the unique `key` by `changes`, {field: expression}; where there is none yet, make it
    of `first`, {field: value}."""
    row = rows.filter(**key)
    if row.update(**changes):
        return
    try:
        with transaction.atomic():
            rows.create(**key, **first)
    except IntegrityError:  # another worker has just made it
        row.update(**changes)
