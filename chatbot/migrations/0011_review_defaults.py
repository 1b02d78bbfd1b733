from django.contrib.auth.management import create_permissions
from django.db import migrations

RULES = [  # reason, weight, threshold, words
    ("words", 60, None, "자살\n죽고 싶\n성폭행\n미성년\nsuicide\nkill myself\nunderage\n自殺\n死にたい\n未成年"),
    ("thumb", 50, None, ""),
    ("fact", 40, None, ""),
    ("breach", 40, None, ""),
    ("warned", 30, None, ""),
    ("name", 20, None, ""),
    ("failed", 20, None, ""),
    ("stopped", 10, None, ""),
    ("slow", 10, 30, ""),
    ("random", 5, 5, ""),
]
CRITERIA = [  # the English is looked up among the translations where it is shown
    ("Grounded", "Everything it says of books stands in the catalogue."),
    ("Answers the ask", "It answers what was asked, all of it."),
    ("Fits", "What it offers fits the wish and the reader."),
    ("Language and tone", "It is natural, warm and in the reader's language."),
    ("Safe", "Nothing in it could harm the reader."),
]
GROUPS = {
    "Reviewers": [
        ("chatbot", ("view_conversation", "view_turn", "view_reviewitem", "view_review", "add_review", "change_review")),
        ("catalogue", ("view_novel", "view_tag")),
    ],
    "Catalogue editors": [("catalogue", None)],
    "Administrators": [("chatbot", None), ("catalogue", None), ("users", None), ("huey_tasks", None)],
}


def fill(apps, schema_editor):
    rule, criterion = apps.get_model("chatbot", "ReviewRule"), apps.get_model("chatbot", "Criterion")
    for why, weight, threshold, words in RULES:
        rule.objects.get_or_create(why=why, defaults={"weight": weight, "threshold": threshold, "words": words})
    if not criterion.objects.exists():
        for position, (name, description) in enumerate(CRITERIA, start=1):
            criterion.objects.create(name=name, description=description, position=position)


def make_groups(apps, schema_editor):
    """Permissions are made after all migrations; here they are needed before."""
    group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for label in ("chatbot", "catalogue", "users", "huey_tasks"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    for name, parts in GROUPS.items():
        one, is_new = group.objects.get_or_create(name=name)
        if not is_new:
            continue
        for label, codenames in parts:
            found = permission.objects.filter(content_type__app_label=label)
            one.permissions.add(*(found.filter(codename__in=codenames) if codenames else found))


class Migration(migrations.Migration):
    dependencies = [
        ("chatbot", "0010_feedback_and_review"),
        ("catalogue", "0009_undo_in_batches"),
        ("users", "0006_rehashed_passwords"),
        ("huey_tasks", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
