import django.utils.timezone
from django.contrib.auth.management import create_permissions
from django.db import migrations, models


def grant(apps, schema_editor):
    """What is new since the groups were made goes to the one that has all. Permissions are made after all migrations;
    here they are needed before."""
    for label in ("chatbot", "huey_tasks"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    of_models = permission.objects.filter(content_type__model__in=["retentionday", "letter"])
    new = of_models | permission.objects.filter(codename="export_turns")
    for administrators in group.objects.filter(name="Administrators"):
        administrators.permissions.add(*new)


class Migration(migrations.Migration):

    dependencies = [
        ('chatbot', "0016_day_figures"),
        ('huey_tasks', '0002_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('conversations', models.PositiveIntegerField(default=0, verbose_name='conversations deleted')),
                ('evidence', models.PositiveIntegerField(default=0, verbose_name='turns whose evidence was emptied')),
                ('emptied_until', models.DateTimeField(blank=True, null=True, verbose_name='of turns until')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last at')),
            ],
            options={
                'verbose_name': 'day of retention',
                'verbose_name_plural': 'retention',
                'ordering': ['-day'],
            },
        ),
        migrations.AlterModelOptions(
            name='look',
            options={'ordering': ['-looked_at', '-pk'], 'permissions': [('see_personal_data', 'Can see personal data in conversations'), ('export_turns', 'Can export turns')], 'verbose_name': 'look at a conversation', 'verbose_name_plural': 'looks at conversations'},
        ),
        migrations.AddField(
            model_name='look',
            name='why',
            field=models.CharField(blank=True, choices=[('quality', 'To make replies better'), ('report', 'Something was reported or asked of us'), ('fault', 'To find out why something failed'), ('safety', 'Somebody may be in danger'), ('misuse', 'To look into misuse'), ('other', 'Something else'), ('export', 'Taken out in an export')], db_default='', default='', max_length=8, verbose_name='why'),
        ),
        migrations.AddField(
            model_name='look',
            name='words',
            field=models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='in words'),
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
