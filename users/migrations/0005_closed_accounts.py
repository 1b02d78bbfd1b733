from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("users", "0004_taste")]

    operations = [
        migrations.AddField(
            "user",
            "leaving_at",
            models.DateTimeField(
                blank=True,
                editable=False,
                help_text="Closed then; the worker deletes the row. See leaving.",
                null=True,
            ),
        ),
        migrations.AddIndex(
            "user",
            models.Index(fields=["leaving_at"], condition=Q(leaving_at__isnull=False), name="readers_leaving"),
        ),
    ]
