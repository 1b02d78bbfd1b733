"""Which workers of this machine are dead, known at once instead of when their leases run out.

Each worker holds a lock on a file of its own for as long as it lives. However the process ends, the kernel lets the
lock go; so a file that can be locked belonged to a worker that is dead. Unlike a process id, this cannot be taken for
another process's, and it means the same inside and outside of a container. Workers of other machines, and file
systems without locks, are left to the leases.
"""

import fcntl
import logging
import socket

from django.conf import settings

logger = logging.getLogger(__name__)

HOST = socket.gethostname()[:40]
FOLDER = settings.VAR_DIR / "workers"

_line = None  # the open file; closed, its lock would be gone


def hold(name):
    """Show that the worker `name`, this process, lives: until it ends."""
    global _line
    try:
        FOLDER.mkdir(exist_ok=True)
        line = (FOLDER / f".{name}").open("w")
        fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Only locked does it get the name the others look for.
        (FOLDER / f".{name}").rename(FOLDER / name)
    except OSError as error:
        logger.warning("no lock in %s, a dead worker is known by its lease alone: %s", FOLDER, error)
    else:
        _line = line


def of_the_dead():
    """Names of workers of this machine that are dead and not yet forgotten."""
    # The folder may be shared with machines whose locks are not seen here.
    return [path.name for path in FOLDER.glob(f"{HOST}:*") if _is_free(path)] if FOLDER.is_dir() else []


def forget(names):
    for name in names:
        (FOLDER / name).unlink(missing_ok=True)


def _is_free(path):
    try:
        with path.open() as line:
            # Shared, so that two who look at the same instant do not take each other for the owner.
            fcntl.flock(line, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
