"""Readers put straight into the database, logged in: hashing a hundred passwords would measure the hashing."""

import json
import sys

import django


def log_in(user):
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils.module_loading import import_string

    session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def make(count):
    from django.contrib.auth import get_user_model

    from chatbot.models import Conversation

    for number in range(count):
        user = get_user_model().objects.create(username=f"reader{number}", password="!")
        conversation = Conversation.objects.create(reader=user, title="bench")
        yield {"cookies": {"sessionid": log_in(user)}, "conversation": conversation.pk}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(list(make(int(sys.argv[1])))))
