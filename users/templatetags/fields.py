from django import template

register = template.Library()


@register.filter
def box(field):
    """The box of a form field. allauth repeats the label as placeholder, which would be read out twice; codes get the
    keyboard of digits."""
    attrs = {"placeholder": False}
    if field.field.widget.attrs.get("autocomplete") == "one-time-code":
        attrs |= {"inputmode": "numeric", "autofocus": True}
    return field.as_widget(attrs=attrs)
