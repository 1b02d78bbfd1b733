from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chatbot", "0013_prompts_and_trials"),
    ]

    operations = [
        migrations.AddField(
            model_name="turn",
            name="cost",
            field=models.BigIntegerField(
                blank=True,
                help_text=(
                    "Millionths of the currency of the prices, as they were when the reply ended."
                    " Empty: nothing was paid, or it is not known."
                ),
                null=True,
                verbose_name="cost",
            ),
        ),
    ]
