import os
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from chatbot.assistant import speaks_for_itself


class Command(BaseCommand):
    requires_system_checks = []  # `manage.py check` is for who writes code; it would load every page before the start

    help = (
        "Make the installation ready, then run web and worker as the Procfile says, until Ctrl-C. "
        "What dies of them is started again."
    )

    def add_arguments(self, parser):
        parser.add_argument("--reload", action="store_true", help="for development: restart both when the code changes")

    def handle(self, *, reload, **options):
        host = os.environ.setdefault("HOST", "127.0.0.1")
        self.check_port(host)
        call_command("prepare", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write(
            f"The library is open at http://{'localhost' if host == '127.0.0.1' else host}:{settings.PORT}/"
        )
        self.stdout.flush()
        binaries = Path(sys.executable).parent
        os.environ["PATH"] = f"{binaries}{os.pathsep}{os.environ['PATH']}"
        os.environ["PYTHONUNBUFFERED"] = "1"
        os.chdir(settings.BASE_DIR)
        if reload:
            self.run_reloading(host)
        os.environ["PORT"] = str(settings.PORT)
        arguments = ["-m", "lightnovel.supervisor", "web", "worker"]
        if not speaks_for_itself():
            arguments += ["--once", "check_model"]
        # One process less than starting it as a child, and Ctrl-C reaches it directly.
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606

    def check_port(self, host):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, settings.PORT))
            except OSError as error:
                raise CommandError(
                    f"Port {settings.PORT} cannot be used ({error.strerror}). PORT=… make run takes another."
                ) from None

    def run_reloading(self, host):
        from lightnovel.supervisor import Supervisor

        worker = "watchfiles --filter python 'python manage.py run_huey --graceful-signal TERM'"
        commands = {
            "web": f"exec python manage.py runserver {host}:{settings.PORT}",
            "worker": f"exec {worker} chatbot huey_tasks lightnovel users",
        }
        sys.exit(Supervisor(commands).run())
