from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITORS = ("Catalogue editors", "Administrators")
# What has come into the catalogue since the groups were made. Other rights may have been taken from them on purpose.
NEW = ("volume", "upload", "change", "factmark")


def grant(apps, schema_editor):
    """Permissions are made after all migrations; here they are needed before."""
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    config = apps.get_app_config("catalogue")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    new = permission.objects.filter(content_type__app_label="catalogue", content_type__model__in=NEW)
    for one in group.objects.filter(name__in=EDITORS):
        one.permissions.add(*new)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0011_catalogue_desk"),
        ("chatbot", "0011_review_defaults"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
