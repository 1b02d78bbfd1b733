"""Comparing what is measured with the rules, and telling operators once when it begins, lasts and is over."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from .measuring import asks_wait, measure
from .models import Alert, AlertRule, NoData

logger = logging.getLogger(__name__)


def check(now=None):
    """Try every rule in use. Two workers may do so at once: each rule's row is locked while its alert changes."""
    now = now or timezone.now()
    Alert.objects.going_on().exclude(rule__is_on=True).update(ended_at=now)
    rules = list(AlertRule.objects.filter(is_on=True))
    readings = measure(rules, now)
    waits = any(not reading.ended for reading in readings.values()) and asks_wait()
    for rule in rules:
        _note(rule.pk, _kind(rule, readings[rule.pk], waits), readings[rule.pk], now)


def _kind(rule, reading, waits):
    """What is wrong by this rule, or None."""
    if not reading.ended and (rule.no_data == NoData.ALWAYS or (rule.no_data == NoData.QUEUED and waits)):
        return Alert.Kind.NO_DATA
    if reading.value is not None and reading.turns >= rule.least and reading.value > rule.threshold:
        return Alert.Kind.ABOVE
    return None


@transaction.atomic
def _note(pk, kind, reading, now):
    """Begin, go on with or end the alert of a rule. The mail is written down in the same transaction."""
    rule = AlertRule.objects.select_for_update(no_key=True).filter(pk=pk, is_on=True).first()
    if rule is None:
        return
    alert = Alert.objects.going_on().filter(rule=rule).first()
    if alert and alert.kind != kind:
        _end(alert, reading, now)
        alert = None
    if kind and not alert:
        alert = Alert(rule=rule, kind=kind, since=now, told_at=now)
        _go_on(alert, reading, now, tell=True)
    elif kind:
        _go_on(alert, reading, now, tell=alert.is_to_be_told_again(now))


def _go_on(alert, reading, now, *, tell):
    alert.value, alert.turns = reading.value, reading.turns
    if reading.value is not None:
        alert.worst = max(reading.value, alert.worst or 0)
    if tell:
        alert.told_at = now
        alert.told += bool(settings.ALERT_RECIPIENTS)  # else nobody hears of it
    alert.save()
    if tell:
        _tell(alert)


def _end(alert, reading, now):
    alert.value, alert.turns, alert.ended_at = reading.value, reading.turns, now
    alert.save()
    _tell(alert)


def _tell(alert):
    """Write to the operators, in the site's language."""
    logger.warning("alert %s: %s, %s", "over" if alert.ended_at else "on", alert.rule_id, alert.kind)
    if not settings.ALERT_RECIPIENTS:
        return
    with translation.override(settings.LANGUAGE_CODE):
        context = {"alert": alert, "rule": alert.rule, "is_rested": alert.turns >= alert.rule.least}
        subject, body = (_lines(f"chatbot/alert/{part}.txt", context) for part in ("subject", "body"))
    send_mail(" ".join(subject), "\n".join(body) + "\n", None, settings.ALERT_RECIPIENTS)


def _lines(template, context):
    """What a template says, less the lines that its tags leave empty."""
    return [line.strip() for line in render_to_string(template, context).splitlines() if line.strip()]
