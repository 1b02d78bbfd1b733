"""Personal data in what operators read: named, and not shown."""

from django.utils.translation import gettext_lazy as _

from ..text import personal_data

NAMES = {
    personal_data.EMAIL: _("e-mail address"),
    personal_data.PHONE: _("phone number"),
    personal_data.RESIDENT: _("personal number"),
    personal_data.CARD: _("card number"),
    personal_data.ACCOUNT: _("bank account"),
    personal_data.ADDRESS: _("address"),
}


def masked(text: str) -> str:
    """`text` with personal data named and not shown."""
    return personal_data.mask(text, name=lambda kind: f"〔{NAMES[kind]}〕")
