from datetime import date
from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

# Of a million tokens, in dollars: OpenAI's price list as of November 2026, standard processing, prompts of the usual
# length. Model, read, read from the cache, put into the cache, written.
LISTED_ON = date(2026, 11, 1)
PRICES = [
    ("gpt-6-luna", "0.10", "0.01", "0.125", "0.50"),
    ("gpt-6.1-terra", "1.00", "0.05", "1.25", "5.00"),
    ("gpt-6-sol", "2.00", "0.20", "2.50", "10.00"),
    ("gpt-6.1-sol", "2.00", "0.10", "2.50", "10.00"),
    ("gpt-6-astra", "10.00", "1.00", "12.50", "50.00"),
    ("gpt-5.6-luna", "0.20", "0.02", "0.25", "1.20"),
    ("gpt-5.6-terra", "2.00", "0.20", "2.50", "12.00"),
    ("gpt-5.6-sol", "4.00", "0.40", "5.00", "20.00"),
    ("gpt-5.5", "5.00", "0.50", "5.00", "30.00"),
    ("gpt-5.4", "2.50", "0.25", "2.50", "15.00"),
    ("gpt-5.4-mini", "0.75", "0.075", "0.75", "4.50"),
    ("gpt-5.4-nano", "0.20", "0.02", "0.20", "1.25"),
]
ALERTS = [  # measure, threshold, minutes, least number, again after, without data, in use
    ("failed", 20, 15, 10, 60, "queued", True),
    ("text", 30, 15, 10, 60, "never", True),
    ("spending", 5, 60, 0, 360, "never", False),
    ("down", 40, 1440, 10, 1440, "never", True),
    ("name", 20, 1440, 20, 1440, "never", True),
]
NEW = ("alert", "alertrule", "dailycost", "pricerule", "taskcount")


def fill(apps, schema_editor):
    price, rule = apps.get_model("chatbot", "PriceRule"), apps.get_model("chatbot", "AlertRule")
    for model, read, cached, cache_written, written in PRICES:
        price.objects.create(
            model=model, valid_from=LISTED_ON, read=read, cached=cached, cache_written=cache_written, written=written
        )
    for measure, threshold, window, least, again_after, no_data, is_on in ALERTS:
        rule.objects.create(
            measure=measure,
            threshold=threshold,
            window=window,
            least=least,
            again_after=again_after,
            no_data=no_data,
            is_on=is_on,
        )


def permit(apps, schema_editor):
    """Permissions are made after all migrations; here they are needed before."""
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for label in ("chatbot", "huey_tasks"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    for administrators in group.objects.filter(name="Administrators"):
        administrators.permissions.add(*permission.objects.filter(content_type__model__in=NEW))


class Migration(migrations.Migration):

    dependencies = [
        ('chatbot', '0014_turn_cost'),
        ('huey_tasks', '0003_task_counts'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='AlertRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(choices=[('failed', 'Replies that failed'), ('text', 'Wait for the first text (p95)'), ('whole', 'Wait for the whole reply (p95)'), ('spending', 'Spending'), ('down', 'Thumbs down'), ('name', 'Replies with a title nobody knows')], max_length=8, verbose_name='what is measured')),
                ('threshold', models.DecimalField(decimal_places=2, help_text='Told of when it is above: percent, seconds, or an amount in the currency of the prices.', max_digits=12, validators=[django.core.validators.MinValueValidator(0)], verbose_name='threshold')),
                ('window', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1440)], verbose_name='over the last … minutes')),
                ('least', models.PositiveIntegerField(default=10, help_text='With fewer in the window nothing is said; of thumbs, the least number of those.', verbose_name='least number of replies')),
                ('again_after', models.PositiveIntegerField(default=60, help_text='While it lasts; 0: told once.', validators=[django.core.validators.MaxValueValidator(10080)], verbose_name='told again after … minutes')),
                ('no_data', models.CharField(choices=[('never', 'No'), ('queued', 'While asks wait in line'), ('always', 'Always')], default='never', help_text='When no reply has ended in the window.', max_length=6, verbose_name='alert without data')),
                ('is_on', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'alert rule',
                'verbose_name_plural': 'alert rules',
                'ordering': ['measure', 'window', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('above', 'above its threshold'), ('no_data', 'no reply has ended')], max_length=8, verbose_name='what is wrong')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('value', models.FloatField(null=True, verbose_name='measured last')),
                ('worst', models.FloatField(null=True, verbose_name='highest')),
                ('turns', models.PositiveIntegerField(default=0, verbose_name='replies')),
                ('told_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='told last')),
                ('told', models.PositiveIntegerField(default=0, verbose_name='told')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='chatbot.alertrule', verbose_name='rule')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='over')),
            ],
            options={
                'verbose_name': 'alert',
                'verbose_name_plural': 'alerts',
                'ordering': ['-since', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DailyCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('model', models.CharField(max_length=80, verbose_name='model')),
                ('voice', models.CharField(max_length=12, verbose_name='voice')),
                ('replies', models.PositiveBigIntegerField(default=0, verbose_name='replies')),
                ('tokens_read', models.PositiveBigIntegerField(default=0, verbose_name='tokens read')),
                ('tokens_cached', models.PositiveBigIntegerField(default=0, verbose_name='of those read, from the cache')),
                ('tokens_cache_written', models.PositiveBigIntegerField(default=0, verbose_name='of those read, put into the cache')),
                ('tokens_written', models.PositiveBigIntegerField(default=0, verbose_name='tokens written')),
                ('cost', models.BigIntegerField(default=0, verbose_name='cost')),
                ('assumed', models.BigIntegerField(default=0, verbose_name='of it, assumed')),
            ],
            options={
                'verbose_name': 'spending of a day',
                'verbose_name_plural': 'spending by day, model and voice',
                'ordering': ['-day', 'model', 'voice'],
            },
        ),
        migrations.CreateModel(
            name='PriceRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(help_text='Its name without date and gateway, in small letters; with * at its end, all that begin so.', max_length=80, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9._:/@+-]*\\*?$|^\\*$')], verbose_name='model')),
                ('valid_from', models.DateField(default=django.utils.timezone.localdate, verbose_name='valid from')),
                ('read', models.DecimalField(decimal_places=4, help_text='A million tokens that the model reads.', max_digits=10, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100000'))], verbose_name='read')),
                ('cached', models.DecimalField(decimal_places=4, max_digits=10, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100000'))], verbose_name='read from the cache')),
                ('cache_written', models.DecimalField(decimal_places=4, max_digits=10, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100000'))], verbose_name='put into the cache')),
                ('written', models.DecimalField(decimal_places=4, help_text='A million tokens that the model writes, thoughts included.', max_digits=10, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100000'))], verbose_name='tokens written')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='entered')),
            ],
            options={
                'verbose_name': 'price of a model',
                'verbose_name_plural': 'prices of models',
                'ordering': ['model', '-valid_from', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='turn',
            name='unverified',
            field=models.PositiveSmallIntegerField(blank=True, help_text='How many the reply names. Empty: nobody has looked through it yet.', null=True, verbose_name='titles nobody knows'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(condition=models.Q(('thumb_at__isnull', False)), fields=['-thumb_at'], name='turns_by_thumb_at'),
        ),
        migrations.AddConstraint(
            model_name='dailycost',
            constraint=models.UniqueConstraint(fields=('day', 'model', 'voice'), name='one_cost_per_day_and_model'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(fields=['-since', '-id'], name='chatbot_ale_since_6f8e18_idx'),
        ),
        migrations.AddIndex(
            model_name='alert',
            index=models.Index(fields=['ended_at', '-since'], name='chatbot_ale_ended_a_f40636_idx'),
        ),
        migrations.AddConstraint(
            model_name='alert',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('rule',), name='one_alert_at_a_time'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(permit, migrations.RunPython.noop),
    ]
