import json
import time
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...catalogue.snapshot import current_catalogue
from ...recommender import evaluation


class Command(BaseCommand):
    help = (
        "Answer each ask of a file as a new reader's, and check the picks against its conditions. Where no work keeps "
        "every condition as understood there are no picks: what is then offered with its breach named is the nearest."
    )

    def add_arguments(self, parser):
        parser.add_argument("asks", help="JSON lines: ask, lang and the conditions each pick must satisfy")
        parser.add_argument(
            "--json", dest="out", type=Path, help='write [{"ask", "picks": [slug, …], "nearest": [slug, …]}, …] here'
        )

    def handle(self, *args, asks, out, **options):
        try:
            asked = evaluation.read_asks(asks)
        except (OSError, ValueError) as error:
            raise CommandError(f"Cannot read {asks}: {error}") from None
        answers, took = [], []
        asked_in, passed_in = Counter(), Counter()
        for ask in asked:
            began = time.perf_counter()
            wish, choice = evaluation.answer(ask, current_catalogue())
            took.append(time.perf_counter() - began)
            works = evaluation.picks_of(choice)
            faults = evaluation.faults(ask, works, current_catalogue())
            if ask.get("asks_back"):
                faults = [] if wish.is_vague else faults
            language = ask.get("lang", "ko")
            asked_in[language] += 1
            passed_in[language] += not faults
            nearest = evaluation.nearest_of(choice)
            answers.append({"ask": ask["ask"], "picks": _slugs(works), "nearest": _slugs(nearest)})
            if faults:
                self.stdout.write(f"failed  {ask['ask']}\n        {'; '.join(faults)}\n        {wish.as_json()}")
        took.sort()
        by_language = ", ".join(f"{code} {passed_in[code]} of {n}" for code, n in asked_in.items())
        self.stdout.write(
            f"{passed_in.total()} of {len(asked)} asks passed ({by_language}); median {took[len(took) // 2] * 1000:.1f} ms"
        )
        if out:
            out.write_text(json.dumps(answers, ensure_ascii=False, indent=1), encoding="utf-8")


def _slugs(works):
    return [work.slug for work in works]
