from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("users", "0002_shelfentry")]

    operations = [
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("paid_until", models.FloatField(help_text="Seconds since 1970.")),
            ],
            options={"verbose_name": "pace", "verbose_name_plural": "paces"},
        ),
    ]
