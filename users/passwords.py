"""Hashing passwords: one at a time in a process, without a database connection, and as long for a name nobody has.

A hash costs some ten times what a page costs. A hundred at once would keep every page waiting for the processor, and
held inside a transaction or with a pooled connection, for the database, too.
"""

import threading
from contextlib import contextmanager

from django.contrib.auth import hashers
from django.db import connections
from django.db.models import Max
from django.utils.crypto import salted_hmac

from .models import User

PATIENCE = 55  # seconds in line; proxies wait for 60
_turn = threading.RLock()


class Busy(Exception):
    """So many passwords wait to be hashed that this one would wait too long."""


@contextmanager
def one_at_a_time():
    """Wait in line to hash a password, within a turn as often as needed."""
    if not _turn.acquire(timeout=PATIENCE):
        raise Busy
    try:
        yield
    finally:
        _turn.release()


def _give_back_connections():
    """Give pooled connections of this thread back to the pool, but for one inside a transaction."""
    for connection in connections.all(initialized_only=True):
        if connection.settings_dict["OPTIONS"].get("pool") and not connection.in_atomic_block:
            connection.close()


class OneAtATime:
    """A hasher that waits for its turn."""

    def encode(self, *args, **kwargs):
        _give_back_connections()
        with one_at_a_time():
            return super().encode(*args, **kwargs)

    def verify(self, *args, **kwargs):
        _give_back_connections()
        with one_at_a_time():
            return super().verify(*args, **kwargs)


class Argon2PasswordHasher(OneAtATime, hashers.Argon2PasswordHasher):
    """Argon2id, one round above OWASP's least (19 MiB, 2 rounds, 1 lane): a tenth of what PBKDF2 costs here, and
    dearer to guess, as it needs memory. Django's own setting takes 100 MiB and eight threads for each."""

    memory_cost = 19 * 1024  # KiB
    time_cost = 3
    parallelism = 1


class PBKDF2PasswordHasher(OneAtATime, hashers.PBKDF2PasswordHasher):
    """For hashes of before, each replaced when its reader logs in."""


def fits(password, reader, name):
    """Whether `password` is that of `reader`, who was looked for by `name`; None was not found, and none fits.

    It takes as long for a name nobody has: such a password is compared with another reader's, always the same one's for
    a name, as hashes of before take longer. A hash of before is replaced, unless the password has changed meanwhile.
    """
    other = _other_hash(name)
    has_one = reader is not None and reader.has_usable_password()
    encoded = reader.password if has_one else other
    if encoded is None:
        hashers.make_password(password)
        return False
    is_right, is_old = hashers.verify_password(password, encoded)
    if not (has_one and is_right):
        return False
    if is_old:
        reader.rehash(hashers.make_password(password))
    return True


def _other_hash(name):
    """The hash of some reader, chosen by `name`; None where nobody has one."""
    share = int.from_bytes(salted_hmac("users.passwords", name).digest()[:4], "big") / 2**32
    with_password = User.objects.exclude(password__startswith=hashers.UNUSABLE_PASSWORD_PREFIX)
    last = with_password.aggregate(last=Max("pk"))["last"] or 0
    found = with_password.filter(pk__gte=share * last).order_by("pk")
    return found.values_list("password", flat=True).first()
