from django import template

from users.shelf.models import stars

register = template.Library()
register.filter("stars", stars)
