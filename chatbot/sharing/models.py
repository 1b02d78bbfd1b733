import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MAX_SHARES = 50  # of one reader


def new_token():
    return secrets.token_urlsafe(16)


class ShareQuerySet(models.QuerySet):
    def open(self):
        """Those that a stranger may read now: not ended, of conversations and readers that are still there."""
        lasting = Q(ends_at=None) | Q(ends_at__gt=timezone.now())
        return self.filter(lasting, conversation__deleted_at=None, reader__leaving_at=None)

    def ended(self):
        return self.filter(ends_at__lt=timezone.now() - timedelta(days=1))

    def count_view(self, pk):
        self.filter(pk=pk).update(views=F("views") + 1)


class Share(models.Model):
    """What a stranger sees of a conversation. Taking it back deletes the row, and the copy with it."""

    conversation = models.ForeignKey("chatbot.Conversation", models.CASCADE, related_name="shares")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shares")
    token = models.CharField(max_length=32, unique=True, default=new_token)
    title = models.CharField(max_length=80)
    language = models.CharField(max_length=2, default="ko")
    turns = models.JSONField(default=list, help_text="The turns as they were; see snapshot.")
    created_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)
    views = models.PositiveIntegerField(default=0)
    picture = models.BinaryField(
        default=bytes, blank=True, help_text="A PNG for messengers; empty where none could be drawn."
    )

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["reader", "-id"], name="shares_of_a_reader"),
            models.Index(fields=["ends_at"], condition=Q(ends_at__isnull=False), name="shares_that_end"),
        ]
        verbose_name = _("shared conversation")
        verbose_name_plural = _("shared conversations")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("chatbot:shared", args=[self.token])

    @property
    def is_over(self):
        return self.ends_at is not None and self.ends_at <= timezone.now()
