"""Who logs in by a password."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from django.core.exceptions import PermissionDenied

from . import passwords


class PasswordBackend(AuthenticationBackend):
    """Looks for one reader and checks one password. Django's and allauth's own backends would check it once for each way
    to look, which takes long and tells by its time which names and addresses are known."""

    def authenticate(self, request, **credentials):
        password = credentials.get("password")
        if not password:
            return None
        name, email = credentials.get("username") or "", credentials.get("email") or ""
        reader = _reader(name, email)
        if passwords.fits(password, reader, name or email):
            if self.user_can_authenticate(reader):
                return reader
            self._stash_user(reader)  # allauth's way to tell a closed account from a wrong password
        raise PermissionDenied  # no other backend is asked


def _reader(name, email):
    """Whoever has this name, else this address; both are looked for, so that it takes as long."""
    by_name = get_user_by_username(name) if name else None
    by_email = filter_users_by_email(email, prefer_verified=True, for_login=True) if email else []
    return by_name or min(by_email, key=lambda reader: reader.pk, default=None)
