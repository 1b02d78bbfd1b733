from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ChatbotConfig(AppConfig):
    name = "chatbot"
    verbose_name = _("Conversations")

    def ready(self):
        from . import conversation_search

        connection_created.connect(conversation_search.teach)
        post_migrate.connect(conversation_search.install, sender=self)
