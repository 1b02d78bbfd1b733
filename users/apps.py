from allauth.core.internal import ratelimit
from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

# Of allauth's models, which have no words for them: one, several; fields.
WORDS_FOR_THEIRS = {
    "socialaccount.SocialAccount": (_("login elsewhere"), _("logins elsewhere"), {"user": _("reader")}),
    "mfa.Authenticator": (
        _("second factor"),
        _("second factors"),
        {"user": _("reader"), "type": _("kind"), "created_at": _("set up at"), "last_used_at": _("last used")},
    ),
    "usersessions.UserSession": (
        _("login"),
        _("logins"),
        {
            "user": _("reader"),
            "created_at": _("logged in"),
            "last_seen_at": _("last active"),
            "ip": _("IP address"),
            "user_agent": _("browser"),
        },
    ),
}

# Groups that a migration makes, by the name in the database, which stays.
GROUPS = {
    "Reviewers": _("Reviewers"),
    "Catalogue editors": _("Catalogue editors"),
    "Administrators": _("Administrators"),
}


def shown(group):
    """A group as the admin shows it: those that are ours in the operator's language."""
    return str(GROUPS.get(group.name, group.name))


class UsersConfig(AppConfig):
    name = "users"
    verbose_name = _("Readers")

    def ready(self):
        # Seconds. Whoever does not get hold of a counter in time is refused as one too many, which is not so.
        ratelimit.CACHE_LOCK_WAIT_TIMEOUT = 8
        # "group" is a kind of tags in our texts.
        group = apps.get_model("auth.Group")
        opts = group._meta
        opts.verbose_name, opts.verbose_name_plural = _("group of operators"), _("groups of operators")
        group.__str__ = shown
        for label, (one, several, fields) in WORDS_FOR_THEIRS.items():
            opts = apps.get_model(label)._meta
            opts.verbose_name, opts.verbose_name_plural = one, several
            opts.app_config.verbose_name = _("Logins and second factors")
            for name, words in fields.items():
                opts.get_field(name).verbose_name = words
