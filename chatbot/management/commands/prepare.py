import hashlib

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.crypto import get_random_string
from redis import Redis
from redis.exceptions import RedisError

from lightnovel import static_files

from ...models import PromptVersion


class Command(BaseCommand):
    requires_system_checks = []  # `manage.py check` is for who writes code; it would load every page before the start

    help = (
        "Make the installation ready: tables, catalogue, static files, and the first time an operator. "
        "What is ready already is left alone, so it may run at every start."
    )

    def handle(self, **options):
        self.check_servers()
        try:
            self.prepare()
        except (OperationalError, OSError) as error:  # a full disk, a database that goes away
            raise CommandError(f"Not ready: {str(error).splitlines()[0]}. The next start goes on from here.") from error

    def prepare(self):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
            self.stdout.write("database: migrated")
        call_command("createcachetable", verbosity=0)
        call_command("load_catalogue", stdout=self.stdout, stderr=self.stderr)
        self.keep_instructions()
        if not settings.DEBUG:
            self.collect_static()
        self.make_operator()

    def check_servers(self):
        """One clear line when the database or Redis is not there; their addresses may hold passwords and are not shown."""
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            raise CommandError(f"The database of DATABASE_URL cannot be used: {str(error).splitlines()[0]}") from None
        if settings.REDIS_URL:
            try:
                Redis.from_url(settings.REDIS_URL).ping()
            except (RedisError, ValueError) as error:
                raise CommandError(f"The Redis of REDIS_URL cannot be used: {error}") from None

    def keep_instructions(self):
        """The instructions that ship with this release, as a version that operators can choose."""
        version, is_new = PromptVersion.objects.keep_shipped()
        if is_new:
            state = "in force" if version.is_active else "kept; another one is in force"
            self.stdout.write(f"instructions: version {version} {state}")

    def collect_static(self):
        """Collect and compress the static files when one of them has changed since the last time, or is missing."""
        digest = hashlib.sha256()
        for finder in get_finders():
            for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
                digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name).timestamp()}".encode())
        stamp = settings.VAR_DIR / "static.stamp"
        made = static_files.made()
        # Compared as bytes: a stamp that was spoilt need not be text.
        said = stamp.read_bytes() if stamp.is_file() else b""
        if said == digest.hexdigest().encode() and static_files.are_there(made):
            return
        static_files.renew(made)
        stamp.write_text(digest.hexdigest())
        self.stdout.write("static files: collected")

    def make_operator(self):
        User = get_user_model()
        if User.objects.filter(is_superuser=True).exists():
            return
        password = get_random_string(16)
        User.objects.create_superuser("operator", password=password)
        self.stdout.write(f"operator: log in as “operator” with the password {password} (shown only this once)")
