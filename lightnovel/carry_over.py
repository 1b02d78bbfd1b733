"""Carrying an installation's database over into another, empty one: every table of ours, ids kept, counted and summed.

Rows go through the models, so that dates, JSON and UUIDs arrive as what they are, and in batches, so that a million of
them need no more memory than a thousand. All of it is one transaction of the target: what fails leaves nothing there.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from chatbot.models import Turn
from huey_tasks.models import Worker

BATCH = 1000  # rows
NAMED = 20  # values that cannot be carried are named up to this many
# Made by `migrate` in the target as well, under ids of its own: replaced, as ours refer to them.
MADE_BY_MIGRATE = {
    "contenttypes.ContentType",
    "auth.Permission",
    "auth.Group",
    "auth.Group_permissions",
    "chatbot.ReviewRule",
    "chatbot.Criterion",
    "chatbot.PriceRule",
    "chatbot.AlertRule",
}


class Refused(Exception):
    """It cannot be done; the message says why, in words for an operator."""


@dataclass
class Carried:
    table: str
    rows: int
    digest: str


def models():
    """Every model with a table of its own, those between two models too."""
    return [
        model for model in apps.get_models(include_auto_created=True) if model._meta.managed and not model._meta.proxy
    ]


def left_out(source):
    """Tables of the source that no model knows: the cache, indexes that the target makes for itself, the migrations."""
    known = {model._meta.db_table for model in models()}
    unknown = set(connections[source].introspection.table_names()) - known
    # An index of words brings tables of its own, which say nothing more than its name.
    return sorted(name for name in unknown if not any(name.startswith(f"{other}_") for other in unknown))


def carry(source, target, *, drop_nul=False, dry_run=False, say=print):
    """Copy everything. Returns a list of `Carried`; raises Refused, with the target as it was."""
    check_source(source)
    check_target(target)
    # The write lock of the source, for as long as it takes: what were asked meanwhile would be left behind.
    with transaction.atomic(using=source):
        _check_values(source, drop_nul)
        if dry_run:
            return [_summed(model, source, drop_nul) for model in models()]
        try:
            with transaction.atomic(using=target):
                carried = _carry(source, target, drop_nul, say)
        except DatabaseError as error:
            raise Refused(f"The new database refuses: {str(error).splitlines()[0]} Nothing was kept there.") from error
    ContentType.objects.clear_cache()
    return carried


def check_source(source):
    connection = connections[source]
    if plan := _unapplied(connection):
        raise Refused(f"The database to be carried lacks {len(plan)} migrations, the first of them {plan[0]}.")
    alive = [worker.name for worker in Worker.objects.using(source) if worker.is_alive]
    if alive:
        raise Refused(f"A worker still lives ({alive[0]}). Stop web and worker, wait 20 s, and begin again.")
    if waiting := Turn.objects.using(source).unfinished().count():
        raise Refused(f"{waiting} turns are not answered yet. Let a worker answer them, then stop web and worker.")


def check_target(target):
    connection = connections[target]
    if plan := _unapplied(connection):
        raise Refused(f"The new database lacks {len(plan)} migrations: run manage.py migrate first (not prepare).")
    for model in models():
        if model._meta.label not in MADE_BY_MIGRATE and model._base_manager.using(target).exists():
            raise Refused(f"The new database is not empty: there are rows in {model._meta.db_table}.")


def _unapplied(connection):
    executor = MigrationExecutor(connection)
    if not MigrationRecorder(connection).has_table():
        return ["all"]
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


# --- What PostgreSQL does not take -----------------------------------------------------------


def _check_values(source, drop_nul):
    """SQLite holds any text in any column; name what the target would break off at."""
    refused = []
    for model in models():
        for row in _rows(model, source):
            refused += [f"{model._meta.db_table} {row.pk}, {what}" for what in _refused(row, drop_nul)]
            if len(refused) > NAMED:
                break
    if refused:
        raise Refused(
            "These values cannot be carried:\n  " + "\n  ".join([*refused[:NAMED], "…"[len(refused) <= NAMED :]])
        )


def _refused(row, drop_nul):
    for one in row._meta.concrete_fields:
        value = getattr(row, one.attname)
        if not drop_nul and _has_nul(value):
            yield f"{one.column}: a NUL character (--drop-nul leaves them out)"
        if isinstance(value, str) and one.max_length and len(value) > one.max_length:
            yield f"{one.column}: {len(value)} characters, {one.max_length} at the most"


def _has_nul(value):
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(map(_has_nul, value))


def _without_nul(value):
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {_without_nul(key): _without_nul(part) for key, part in value.items()}
    return [_without_nul(part) for part in value] if isinstance(value, list) else value


# --- Copying ---------------------------------------------------------------------------------


def _carry(source, target, drop_nul, say):
    for model in models():
        if model._meta.label in MADE_BY_MIGRATE:
            model._base_manager.using(target).all().delete()
    carried = []
    for model in models():
        one = _copied(model, source, target, drop_nul)
        there = _summed(model, target, drop_nul=False)
        if there != one:
            raise Refused(f"{one.table}: {one.rows} rows ({one.digest}) became {there.rows} ({there.digest}).")
        say(f"{one.table}: {one.rows} rows, {one.digest}")
        carried.append(one)
    # References are checked when a transaction ends; here, so that a broken one is named before.
    connections[target].check_constraints()
    with connections[target].cursor() as cursor:
        for statement in connections[target].ops.sequence_reset_sql(no_style(), models()):
            cursor.execute(statement)
    return carried


def _copied(model, source, target, drop_nul):
    total, rows = 0, 0
    fields = [one for one in model._meta.concrete_fields if not one.generated]
    found = _rows(model, source, drop_nul)
    while batch := list(islice(found, BATCH)):
        # Raw: nothing that a model would set when saved, such as the time of the last change.
        model._base_manager.using(target)._insert(batch, fields=fields, using=target, raw=True)
        rows += len(batch)
        total += sum(map(_sum, batch))
    return Carried(model._meta.db_table, rows, _digest(total))


def _rows(model, using, drop_nul=False):
    for row in model._base_manager.using(using).order_by("pk").iterator(chunk_size=BATCH):
        if drop_nul:
            for one in model._meta.concrete_fields:
                setattr(row, one.attname, _without_nul(getattr(row, one.attname)))
        yield row


def _summed(model, using, drop_nul):
    total, rows = 0, 0
    for row in _rows(model, using, drop_nul):
        total += _sum(row)
        rows += 1
    return Carried(model._meta.db_table, rows, _digest(total))


def _sum(row):
    """A number for all values of a row. Added up, in any order: databases sort text differently."""
    values = [_exact(getattr(row, one.attname)) for one in row._meta.concrete_fields]
    text = json.dumps(values, ensure_ascii=True, sort_keys=True, default=str)
    return int.from_bytes(hashlib.sha256(text.encode()).digest())


def _exact(value):
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _digest(total):
    return f"{total % 2**64:016x}"
