import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...catalogue.snapshot import current_catalogue
from ...recommender import evaluation


class Command(BaseCommand):
    help = "Recall, hit rate and nDCG at 10 on works liked together, with 95 % bootstrap intervals, beside baselines."

    def add_arguments(self, parser):
        parser.add_argument("pairs", help="CSV with the columns src_ja and dst_ja")
        parser.add_argument("--steps", action="store_true", help="show what each kind of evidence brings")
        parser.add_argument("--json", dest="out", type=Path, help="write the figures here")

    def handle(self, *args, pairs, steps, out, **options):
        try:
            liked = evaluation.read_pairs(pairs, current_catalogue())
            missing = evaluation.count_missing(pairs, current_catalogue())
        except (OSError, KeyError) as error:
            raise CommandError(f"Cannot read {pairs}: {error}") from None
        if not liked:
            raise CommandError("No pair has both its works on the shelf.")
        results = evaluation.measure(liked, current_catalogue(), evaluation.STEPS if steps else evaluation.METHODS)
        self.stdout.write(f"{len(liked)} first works, {sum(map(len, liked.values()))} pairs on the shelf")
        for method, measures in results.items():
            figures = "  ".join(
                f"{n}@10 {mean:.3f} ({low:.3f}-{high:.3f})" for n, (mean, low, high) in measures.items()
            )
            self.stdout.write(f"{method:20} {figures}")
        mean, low, high = evaluation.recall_of_all(liked, missing, current_catalogue())
        self.stdout.write(
            f"ours, with the {sum(missing.values())} pairs whose second work is not on the shelf counted as missed: "
            f"recall@10 {mean:.3f} ({low:.3f}-{high:.3f})"
        )
        if out:
            out.write_text(json.dumps(results, indent=1), encoding="utf-8")
