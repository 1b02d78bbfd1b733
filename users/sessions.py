"""Django's sessions in the database, less the keys that no database should be asked for."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key):
        """A cookie can hold any character, NUL written as \\000 too, on which PostgreSQL breaks off."""
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()
