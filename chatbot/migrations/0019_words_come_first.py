from django.db import migrations

# Who speaks of dying comes before every thumb, unless operators have weighed it themselves.
BEFORE, NOW = 60, 200


def weigh(apps, schema_editor):
    apps.get_model("chatbot", "ReviewRule").objects.filter(why="words", weight=BEFORE).update(weight=NOW)


class Migration(migrations.Migration):
    dependencies = [("chatbot", "0018_what_voices_were_given")]
    operations = [migrations.RunPython(weigh, migrations.RunPython.noop)]
