"""Mail goes out through the worker: a page only writes the letter down, and waits for no mail server.

The row of a letter is the truth, and the task a nudge, as with turns. What fails is tried again for half a day.
"""

import logging
import smtplib
import threading

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from chatbot.text.masking import masked

from .models import Letter

logger = logging.getLogger(__name__)

PARTS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")
_delivering = threading.Lock()


class Outbox(BaseEmailBackend):
    """Django's way to send (`EMAIL_BACKEND`): writes letters down for the worker."""

    def send_messages(self, email_messages):
        for message in email_messages:
            if message.attachments:
                raise ValueError("Letters with attachments are not kept.")
            content = {name: getattr(message, name) for name in PARTS} | {
                "headers": message.extra_headers,
                "alternatives": [list(one) for one in getattr(message, "alternatives", ())],
            }
            post(", ".join(message.recipients()), {**content, "subject": str(message.subject)})
        return len(email_messages)


def post_reset(email, language, origin):
    """Write down that a new password was asked for. Whether anybody has the address, the worker looks: so the page tells
    it neither by its words nor by its time."""
    post(email, {"reset": {"email": email, "language": language, "origin": origin}})


def post(address, content):
    Letter.objects.create(address=address[:320], content=content)
    transaction.on_commit(_nudge)


def _nudge():
    from .tasks import deliver_mail  # not above: it imports every app

    try:
        deliver_mail()
    except Exception:
        # The row is there, and the worker looks for what nobody told it of each minute.
        logger.exception("the queue was not told of a letter")


def deliver():
    """Send what is due. One thread of a worker at a time: a silent mail server holds no more of them."""
    while Letter.objects.due().exists() and _delivering.acquire(blocking=False):
        try:
            while letter := Letter.objects.claim():
                if not _send(letter):
                    return
        finally:
            _delivering.release()


def _send(letter):
    """Send one letter. False when the mail server does not answer: the others wait for the next round."""
    try:
        if asked := letter.content.get("reset"):
            from users import resetting  # which posts letters itself

            resetting.send(**asked)
        else:
            _message(letter.content).send()
    except OSError as error:  # those of SMTP are among them
        _note(letter, error, for_good=_is_refused(error))
        return isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException)
    except Exception as error:
        # A letter that cannot be written down as a mail, now or later; the others are to go out.
        _note(letter, error, for_good=True)
        return True
    letter.delete()
    return True


def _message(content):
    parts = {name: content[name] for name in (*PARTS, "headers", "alternatives")}
    return EmailMultiAlternatives(**parts, connection=get_connection(settings.MAIL_BACKEND))


def _is_refused(error):
    """Whether the server has said that it will never take this letter."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _note(letter, error, *, for_good):
    said = masked(f"{type(error).__name__}: {error}")
    if letter.note_failure(said, for_good=for_good):
        logger.error("letter %s is given up after %s tries: %s", letter.pk, letter.attempts, said)
    else:
        logger.warning("letter %s could not be sent, try %s: %s", letter.pk, letter.attempts, said)
