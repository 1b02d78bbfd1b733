import time

import environ
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from lightnovel import carry_over

SOURCE = "carried"


class Command(BaseCommand):
    help = (
        "Carry an embedded SQLite database over into the empty PostgreSQL of DATABASE_URL, with counts and sums of "
        "every table. All or nothing. Stop web and worker first; keep SECRET_KEY, or readers have to log in again."
    )
    # The tables of the target are what is checked.
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument(
            "--from",
            dest="source",
            default=f"sqlite:///{settings.VAR_DIR / 'library.sqlite3'}",
            help="the database to be carried (default: %(default)s)",
        )
        parser.add_argument("--dry-run", action="store_true", help="check and sum everything, write nothing")
        parser.add_argument(
            "--drop-nul", action="store_true", help="leave out NUL characters, which PostgreSQL refuses"
        )

    def handle(self, *, source, dry_run, drop_nul, **options):
        self.connect(source)
        began = time.monotonic()
        try:
            carried = carry_over.carry(SOURCE, "default", drop_nul=drop_nul, dry_run=dry_run, say=self.stdout.write)
        except carry_over.Refused as refused:
            raise CommandError(str(refused)) from None
        finally:
            connections[SOURCE].close()
        if dry_run:
            for one in carried:
                self.stdout.write(f"{one.table}: {one.rows} rows, {one.digest}")
        rows = sum(one.rows for one in carried)
        done = "would be carried" if dry_run else "carried over and verified"
        self.stdout.write(f"{rows} rows of {len(carried)} tables {done} in {time.monotonic() - began:.0f} s")

    def connect(self, source):
        if connections["default"].vendor != "postgresql":
            raise CommandError("DATABASE_URL has to name the PostgreSQL to carry over to.")
        config = environ.Env.db_url_config(source)
        if not config["ENGINE"].endswith("sqlite3"):
            raise CommandError("--from has to name an SQLite database, as sqlite:////path/to/library.sqlite3.")
        try:
            # Not made where it is missing; and the write lock is taken at once, so that nothing is asked meanwhile.
            open(config["NAME"], "rb").close()
        except OSError as error:
            raise CommandError(f"{config['NAME']}: {error.strerror}") from None
        config["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20}
        connections.databases[SOURCE] = connections.configure_settings({"default": {}, SOURCE: config})[SOURCE]
        self.stdout.write(f"left out: {', '.join(carry_over.left_out(SOURCE)) or 'nothing'}")
