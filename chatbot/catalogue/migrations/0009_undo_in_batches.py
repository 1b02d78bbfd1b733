from django.db import migrations, models
from django.db.models import F


def end_undone(apps, schema_editor):
    """What was undone before this was done at once."""
    imports = apps.get_model("catalogue", "Import").objects.using(schema_editor.connection.alias)
    imports.exclude(undone_at=None).update(undo_ended_at=F("undone_at"))


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_premise")]

    operations = [
        migrations.AddField(
            "import",
            "undo_ended_at",
            models.DateTimeField(editable=False, help_text="Empty: some works may still be to do.", null=True),
        ),
        migrations.AddField("importedwork", "taken_back", models.BooleanField(db_default=False, default=False, editable=False)),
        migrations.RunPython(end_undone, migrations.RunPython.noop, elidable=True),
    ]
