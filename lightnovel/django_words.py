"""Texts of Django's admin that are worded better here than in its own catalogues, which ours come before."""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("Add %(name)s"),
    gettext_noop("None available"),
)
