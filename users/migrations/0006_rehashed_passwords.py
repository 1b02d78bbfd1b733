from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("users", "0005_closed_accounts")]

    operations = [
        migrations.AddField(
            "user",
            "rehashed",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="Digest of a hash that was made anew of the same password, and the sessions' hash of before.",
                max_length=129,
            ),
        ),
    ]
