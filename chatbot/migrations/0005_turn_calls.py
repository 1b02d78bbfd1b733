from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chatbot", "0004_turn_refused"),
    ]

    operations = [
        migrations.AddField(
            model_name="turn",
            name="calls",
            field=models.JSONField(
                blank=True,
                default=list, db_default=[],
                help_text="How the model read the wish, where it asked for other candidates, and what was made of it.",
                verbose_name="calls of the model",
            ),
        ),
    ]
