from django import template
from django.utils.translation import get_language

from chatbot.text import quoting

register = template.Library()


@register.filter
def titled(title):
    """A title between the marks of the page's language."""
    return quoting.titled(title, get_language())
