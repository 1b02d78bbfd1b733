from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0002_spellings'),
    ]

    operations = [
        # The next loading makes every spelling anew.
        migrations.RunSQL('DELETE FROM catalogue_spelling', migrations.RunSQL.noop),
        migrations.RunSQL("UPDATE catalogue_revision SET spelled = '', digest = ''", migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name='spelling',
            name='spelling_by_form',
        ),
        migrations.AddField(
            model_name='spelling',
            name='renown',
            field=models.PositiveSmallIntegerField(default=0, db_default=0, help_text="The novel's, so that the best known are found in one index."),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='spelling',
            index=models.Index(fields=['kind', 'form', 'renown', 'novel'], name='spelling_by_form'),
        ),
    ]
