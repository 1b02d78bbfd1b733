from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chatbot", "0002_turn_waived")]

    operations = [
        migrations.CreateModel(
            name="Spending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("spent", models.BigIntegerField(default=0, verbose_name="spent")),
                ("reached_at", models.DateTimeField(blank=True, null=True, verbose_name="budget used up")),
            ],
            options={"verbose_name": "spending", "verbose_name_plural": "spendings"},
        ),
        migrations.AddField(
            model_name="turn",
            name="over_budget",
            field=models.BooleanField(default=False, db_default=False, verbose_name="the day's budget was used up"),
        ),
    ]
