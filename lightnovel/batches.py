"""Much work on the database in transactions of bounded time, with the write lock let go between them.

SQLite has one write lock, and PostgreSQL's row locks hold others back as well: whoever asks meanwhile waits for one
batch and never for all of the work. What is to be done is marked first, so that a crash between two batches loses
nothing: the work is begun again and finds what is left.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import CASCADE, Model, QuerySet

from .telling import tell_worker

AIM = 0.1  # seconds a write transaction should take
REST = 0.5  # of the time a transaction took, in which others get the lock
FIRST, MOST = 5, 1000  # rows of the first batch, and of any
MAX_TRIES = 4  # of one batch, when others come in between


class Pace:
    """How many rows the next transaction takes: as many as fit into `aim`, by what the last ones took."""

    def __init__(self, size: int = 0, rest: float = REST, aim: float = AIM):
        self.size, self.rest, self.aim = min(size or FIRST, MOST), rest, aim

    @contextmanager
    def transaction(self, rows: int) -> Iterator[None]:
        """One write transaction on `rows` rows, then a rest."""
        is_outermost = not connection.in_atomic_block
        with transaction.atomic():
            began = time.monotonic()  # with the lock in hand: waiting for it holds nobody back
            yield
        took = max(time.monotonic() - began, 0.001)
        fitting = self.size * self.aim / took
        if rows >= self.size or fitting < self.size:
            self.size = max(1, int(min(fitting, 2 * self.size, MOST)))
        if is_outermost:
            time.sleep(self.rest * took)

    def split(self, rows: Iterable[Any]) -> Iterator[list[Any]]:
        """`rows` in batches, each as large as the pace is by then."""
        left = iter(rows)
        while batch := list(islice(left, self.size)):
            yield batch


_paces: dict[type[Model], Pace] = defaultdict(Pace)  # a row of a turn costs many times what a row of a pick does


def delete(rows: QuerySet[Any], deadline: float | None = None) -> bool:
    """Delete `rows` and all that hangs on them, leaves first. False when `deadline` (monotonic) came before the end.

    Only rows that still are among `rows` go: a condition is asked again with each deletion.
    """
    pace = _paces[rows.model]
    while pks := list(rows.order_by().values_list("pk", flat=True)[: pace.size]):
        for hanging in hanging_on(rows.model, pks):
            if not delete(hanging, deadline):
                return False
        if deadline is not None and time.monotonic() > deadline:
            return False
        _delete(rows.filter(pk__in=pks), pace, len(pks))
    return True


def hanging_on(model: type[Model], owners: Any) -> Iterator[QuerySet[Any]]:
    """The rows that go with `owners` (keys or a queryset), relation by relation."""
    for field in model._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and getattr(field, "on_delete", None) is CASCADE:
            related: Any = field.related_model
            yield related._base_manager.filter(**{f"{field.remote_field.name}__in": owners})


def _delete(rows: QuerySet[Any], pace: Pace, number: int) -> None:
    for left in reversed(range(MAX_TRIES)):
        try:
            with pace.transaction(number):
                # Of large rows only the key is read. What has come in since goes with its owner.
                rows.only("pk").delete()
            return
        except (IntegrityError, OperationalError):  # the latter: a deadlock, of which one has to yield
            if not left:
                raise


def count(rows: QuerySet[Any]) -> dict[type[Model], int]:
    """How many rows of each model `delete` would take, counted by the database."""
    counts = {rows.model: rows.order_by().count()}
    for hanging in hanging_on(rows.model, rows.order_by().values("pk")):
        for model, number in count(hanging).items() if hanging.exists() else ():
            # A turn hangs on its reader and on its conversation, and is one row all the same.
            counts[model] = max(number, counts.get(model, 0))
    return counts


def nudge() -> None:
    """Tell a worker, once it can be seen, that something is marked. Losing this is harmless: it looks each minute."""
    tell_worker("sweep")
