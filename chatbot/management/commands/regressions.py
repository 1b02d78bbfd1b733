import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from ... import assistant
from ...admin.regressions import words_of
from ...models import RegressionCase
from ...prompting.active import active_instructions
from ...review import regressions


class Command(BaseCommand):
    help = (
        "Try all regression cases with the voice that is set, and say which differ from what they expect. Ends with 1 "
        "where one differs. Each result is kept with its case."
    )

    def add_arguments(self, parser):
        parser.add_argument("--case", type=int, nargs="+", metavar="ID", help="only these, also ones not in use")
        parser.add_argument(
            "--json", dest="out", type=Path, help='write {"voice", "model", "prompt", "cases": […]} here'
        )

    def handle(self, *args, case, out, **options):
        cases = RegressionCase.objects.filter(pk__in=case) if case else RegressionCase.objects.in_use()
        if case and len(missing := set(case) - set(cases.values_list("pk", flat=True))):
            raise CommandError(f"There is no case {', '.join(map(str, sorted(missing)))}.")
        try:
            tried = [self.told(one) for one in cases.order_by("pk").iterator(20)]
        except regressions.Unaffordable:
            raise CommandError("The day's budget is used up: the model is not asked any more today.") from None
        failed = [one for one in tried if one["differences"]]
        if out:
            told = {"voice": assistant.voice().NAME, "model": assistant.voice().model_name()}
            told |= {"prompt": active_instructions().version, "cases": tried}
            out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        passed = sum(bool(one["passed"]) for one in tried)
        self.stdout.write(f"{passed} of {len(tried)} cases keep to what they expect")
        if failed:
            raise SystemExit(1)

    def told(self, case):
        """Try it, say a line, and return it as it is written."""
        regressions.run(case)
        with translation.override("en"):
            differences = [words_of(one) for one in case.differences]
        news = "" if case.passed_before in (None, case.passed) else " (it was otherwise the last time)"
        state = "passes" if case.passed else "DIFFERS" if differences else "EXPECTS NOTHING"
        self.stdout.write(f"{case.pk} {state}{news}: {case.name}")
        for one in differences:
            self.stdout.write(f"    {one}")
        return {
            "id": case.pk,
            "name": case.name,
            "passed": case.passed,
            "passed_before": case.passed_before,
            "differences": case.differences,
            "reply": case.reply,
            "picks": case.picks,
        }
