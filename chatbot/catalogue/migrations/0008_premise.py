import chatbot.catalogue.premises
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0007_reading_order'),
    ]

    operations = [
        migrations.AddField(
            model_name='novel',
            name='premise',
            field=models.JSONField(blank=True, default=dict, db_default={}, help_text='What it is about, as half a sentence: {"ko": "…하는", to be followed by 이야기, "ja": "…する", to be followed by 物語, "en": "a … does …", to be preceded by "Here"}.', validators=[chatbot.catalogue.premises.check_premise], verbose_name='premise'),
        ),
    ]
