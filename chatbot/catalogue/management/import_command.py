"""What the commands share that bring works or volumes in from a file."""

import json
from contextlib import contextmanager
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from chatbot.catalogue.importing import ranobedb, tables

TOLD = ("rejected", "doubtful", "kept")
LINES = 200  # of each kind, before the rest is left to the report


class ImportCommand(BaseCommand):
    """A subclass says what it reads (`readers`: by source, `map_form` and `fields` of a table), what may become of a
    record (`actions`), what it brings (`what`), and has `columns`, `run` and, if need be, `begin` and `sum_up`."""

    def add_arguments(self, parser):
        parser.add_argument("format", choices=list(self.readers))
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--map",
            action="append",
            metavar=self.map_form,
            help="csv: the column of a field, again for each field, or a .toml or .json file that says it all. Fields: "
            + ", ".join(self.fields),
        )
        parser.add_argument("--encoding", help="csv: utf-8 by default; cp949 and cp932 are Excel's in Korea and Japan")
        parser.add_argument("--apply", action="store_true", help="write it, and keep what is needed to undo it")
        parser.add_argument("--report", type=Path, metavar="OUT.json", help="where to write what became of each work")
        parser.add_argument("--by", metavar="EMAIL", help="the operator to name as who applied it")

    def handle(self, *args, file, verbosity, **options):
        source, apply = options["format"], options["apply"]
        user = self._operator(options["by"])
        told = dict.fromkeys(self.actions, 0)
        try:
            how = {"apply": apply, "file_name": file.name, "user": user, **self.begin(file, options)}
            more = {"columns": self.columns(options["map"], options["encoding"])} if source == "csv" else {}
            with _written(options["report"], source, file.name, apply) as write:

                def tell(item):
                    told[item.action] += 1
                    write(item.as_json())
                    self._tell(item, told[item.action], verbosity)

                report, summary = self.run(self.readers[source](file, **more), source, tell=tell, **how)
                write(None, counts=report.counts, **summary)
        except (ranobedb.NotADump, tables.BadMap) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"Cannot use {error.filename}: {error.strerror}") from None
        self.sum_up(report, apply)

    def begin(self, file, options):
        """What `run` is told besides."""
        return {}

    def _operator(self, email):
        if not email:
            return None
        found = get_user_model().objects.filter(email__iexact=email, is_staff=True).first()
        if found is None:
            raise CommandError(f"No operator has the address {email}")
        return found

    def _tell(self, item, number, verbosity):
        if item.action not in TOLD and verbosity < 2:
            return
        if number == LINES + 1:
            self.stderr.write(f"… more {item.action}: --report names them all")
        if number > LINES:
            return
        said = f"{item.where}: {item.action}: {item.title or 'no title'}"
        said += f" – {item.reason}" if item.reason else ""
        said += f" (it may be {', '.join(item.candidates)})" if item.candidates else ""
        (self.stderr if item.action in ("rejected", "doubtful") else self.stdout).write(said)

    def sum_up(self, report, apply):
        if not report.counts:
            self.stdout.write(f"No {self.what} was found in the file.")
        self.stdout.write(", ".join(f"{report.counts[action]} {action}" for action in self.actions))
        if report.kept:
            self.stdout.write(
                f"Applied as import {report.kept.pk}; manage.py undo_import {report.kept.pk} takes it back."
            )
        else:
            self.stdout.write("Nothing was changed." if apply else "A dry run: nothing was written. --apply writes it.")


@contextmanager
def _written(path, source, name, is_applied):
    """What writes the report, work after work, so that it takes no memory either."""
    if path is None:
        yield lambda item, **more: None
        return
    with open(path, "w", encoding="utf-8") as out:
        head = json.dumps({"format": source, "file": name, "applied": is_applied}, ensure_ascii=False)
        out.write(head.removesuffix("}") + ', "works": [')
        mark = "\n"

        def write(item, **more):
            nonlocal mark
            if item is None:
                out.write("\n], " + json.dumps(more, ensure_ascii=False).removeprefix("{") + "\n")
                return
            out.write(mark + json.dumps(item, ensure_ascii=False))
            mark = ",\n"

        yield write
