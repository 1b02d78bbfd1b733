from django.core.management.base import BaseCommand, CommandError

from chatbot.catalogue.importing import applying
from chatbot.catalogue.importing.models import Import


class Command(BaseCommand):
    help = (
        "Take an applied import back: works it added go, works it changed get back what they had. A work that somebody "
        "has changed since, or that readers use by now, is left and named. Without an id, the imports are listed."
    )

    def add_arguments(self, parser):
        parser.add_argument("id", type=int, nargs="?")

    def handle(self, *args, **options):
        if options["id"] is None:
            self._list()
            return
        imported = Import.objects.filter(pk=options["id"]).first()
        if imported is None:
            raise CommandError(f"There is no import {options['id']}.")
        try:
            left = applying.undo(imported)
        except applying.AlreadyUndone:
            raise CommandError(f"Import {imported.pk} has been undone already.") from None
        for work in left:
            self.stderr.write(
                f"left: {work.title} ({work.where}): {work.Left(work.left).name.lower().replace('_', ' ')}"
            )
        done = imported.works.count() - len(left)
        self.stdout.write(f"Import {imported.pk} undone: {done} taken back, {len(left)} left.")

    def _list(self):
        imports = Import.objects.all()[:50]
        for one in imports:
            undone = f", undone {one.undone_at:%Y-%m-%d %H:%M}" if one.undone_at else ""
            counts = ", ".join(f"{count} {action}" for action, count in one.counts.items())
            self.stdout.write(f"{one.pk}: {one} {one.made_at:%Y-%m-%d %H:%M}: {counts or 'broke off'}{undone}")
        if not imports:
            self.stdout.write("No import has been applied.")
