"""A web process of the release before goes on beside a database that is migrated already."""

import uuid

import pytest
from django.apps import apps
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from chatbot.models import Turn
from chatbot.tests import factories

OURS = ("catalogue", "chatbot", "huey_tasks", "users")
TAKEN_AWAY = (migrations.RemoveField, migrations.RenameField, migrations.DeleteModel, migrations.RenameModel)


def operations():
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in OURS:
            yield from ((f"{app} {name}", operation) for operation in migration.operations)


def test_a_new_column_has_a_value_where_nobody_gives_one():
    added = [(where, one) for where, one in operations() if isinstance(one, migrations.AddField)]
    assert len(added) > 10
    missing = [
        f"{where}: {one.model_name}.{one.name}"
        for where, one in added
        if not (one.field.null or one.field.many_to_many or one.field.has_db_default())
    ]
    assert missing == []


def test_nothing_is_taken_away_that_the_release_before_asks_for():
    assert [where for where, one in operations() if isinstance(one, TAKEN_AWAY)] == []


@pytest.mark.django_db
def test_code_from_before_every_later_column_keeps_an_ask():
    began = MigrationLoader(connection).project_state(("chatbot", "0001_initial")).apps
    before = began.get_model("chatbot", "Turn")
    columns = {field.column for field in apps.get_model("chatbot", "Turn")._meta.local_concrete_fields}
    assert columns - {field.column for field in before._meta.local_concrete_fields}
    conversation = factories.begin(factories.make_reader()).conversation
    asked = before.objects.create(
        conversation_id=conversation.pk, reader_id=conversation.reader_id, key=uuid.uuid4(), text="판타지요"
    )
    turn = Turn.objects.get(pk=asked.pk)
    assert (turn.waived, turn.reading, turn.corrections, turn.over_budget, turn.stand_in) == ([], {}, [], False, "")
