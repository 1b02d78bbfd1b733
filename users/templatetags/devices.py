from django import template

from users.devices import device

register = template.Library()
register.filter(device)
