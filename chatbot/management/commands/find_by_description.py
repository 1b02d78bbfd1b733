import json
import time
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ...catalogue.snapshot import current_catalogue
from ...recommender import descriptions

FIRST = 5


class Command(BaseCommand):
    help = "Find the work that each line of a file describes, and say how often the one that was meant is found."

    def add_arguments(self, parser):
        parser.add_argument(
            "descriptions", help="JSON lines: text, lang, and ja, the Japanese title that is meant, where it is known"
        )
        parser.add_argument(
            "--json", dest="out", type=Path, help='write [{"text", "found": [slug, best first, ten]}, …] here'
        )

    def handle(self, *args, out, **options):
        path = options["descriptions"]
        try:
            lines = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
            texts = [line["text"] for line in lines]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"Cannot read {path}: {error!r}") from None
        catalogue = current_catalogue()
        descriptions.index_of(catalogue)
        began = time.process_time()
        found = [descriptions.find(text, catalogue) for text in texts]
        took = time.process_time() - began
        self.tell([(line, ones) for line, ones in zip(lines, found, strict=True) if line.get("ja")], catalogue)
        if lines:
            self.stdout.write(f"{len(lines)} descriptions, {1000 * took / len(lines):.1f} ms of work each")
        if out:
            slugs = [[one.work.slug for one in ones] for ones in found]
            answers = [{"text": text, "found": ones} for text, ones in zip(texts, slugs, strict=True)]
            out.write_text(json.dumps(answers, ensure_ascii=False, indent=1), encoding="utf-8")

    def tell(self, described, catalogue):
        """Print hit@1 and hit@5 of pairs (line, found), in all and by language, and how often it was sure and right."""
        asked, first, among, sure, right = (Counter() for _ in range(5))
        for line, found in described:
            work = catalogue.find(line["ja"])
            if work is None:
                self.stderr.write(f"not on the shelf: {line['ja']}")
            slugs = [one.work.slug for one in found]
            is_first = work is not None and slugs[:1] == [work.slug]
            for code in ("all", line.get("lang", "ko")):
                asked[code] += 1
                first[code] += is_first
                among[code] += work is not None and work.slug in slugs[:FIRST]
                sure[code] += bool(found) and found[0].is_sure
                right[code] += bool(found) and found[0].is_sure and is_first
        for code, count in asked.items():
            self.stdout.write(
                f"{code:4} hit@1 {first[code] / count:.3f} ({first[code]} of {count})  "
                f"hit@{FIRST} {among[code] / count:.3f} ({among[code]} of {count})  "
                f"sure of {sure[code]}, right in {right[code]}"
            )
