"""How soon an idle worker begins a task, and what its idleness costs."""

import math
import time
from contextlib import ExitStack

from .stack import Missing, Stack, postgres, procfile, redis

STORES = {"SQLite": (), "PostgreSQL + Redis": ("postgres", "redis"), "PostgreSQL alone": ("postgres",)}
ADDRESSES = {"postgres": ("DATABASE_URL", postgres), "redis": ("REDIS_URL", redis)}


def measure(*, short):
    """{store: {"short": …, "long": … ms from sending to start, "idle_percent": of one core}}, printed as it comes."""
    print(f"\n{'the queue, from sending to start':35} {'after a short pause':>20} {'after a long one':>18} {'idle':>8}")
    found = {}
    for name, needs in STORES.items():
        try:
            found[name] = one = _of(needs, short)
        except Missing as missing:
            print(f"{name:35} skipped: {missing}")
            continue
        pairs = [f"{one[pause]['p50']:.1f} / {one[pause]['p95']:.1f} ms" for pause in ("short", "long")]
        print(f"{name:35} {pairs[0]:>20} {pairs[1]:>18} {one['idle_percent']:>7.2f}%", flush=True)
    return found


def _of(needs, short):
    with ExitStack() as stack:
        environment = {name: stack.enter_context(make()) for name, make in (ADDRESSES[need] for need in needs)}
        environment["DJANGO_SETTINGS_MODULE"] = "chatbot.bench.queue_settings"
        library = stack.enter_context(Stack({"worker": procfile()["worker"]}, **environment))
        time.sleep(8)  # until it is warm
        seconds = 10 if short else 60
        before = library.cpu()["worker"]
        time.sleep(seconds)
        idle = (library.cpu()["worker"] - before) / seconds
        return {
            "short": _spread(library, 40 if short else 200, 0.05, 0.3),
            "long": _spread(library, 4 if short else 12, 2.0, 8.0 if not short else 4.0),
            "idle_percent": round(100 * idle, 2),
        }


def _spread(library, times, shortest, longest):
    notes = library.folder / "pickups"
    notes.unlink(missing_ok=True)
    library.run("-m", "chatbot.bench.sender", str(times), str(shortest), str(longest))
    waited = sorted(1000 * float(line) for line in notes.read_text().split()[1:])
    if len(waited) < times:
        raise RuntimeError(f"{times - len(waited)} of {times} tasks never began")
    return {f"p{share}": round(waited[math.ceil(len(waited) * share / 100) - 1], 2) for share in (50, 95)}
