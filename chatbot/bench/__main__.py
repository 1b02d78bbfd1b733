"""`python -m chatbot.bench`: measure, print, and with `--json` keep."""

import argparse
import asyncio
import json
import os
import platform
import random
import shutil
import signal
import sys
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from . import open_loop, pickup
from .browser import BrowserReader
from .readers import Reader
from .stack import Missing, Stack, free_port, postgres, procfile, redis

OURS = {"web": procfile()["web"], "worker": procfile()["worker"]}
INLINE = {"web": procfile()["web"]}
CELERY = {
    "web": procfile()["web"],
    # As many at once as our own worker.
    "worker": "exec celery -A chatbot.bench.before.celery worker --pool threads --concurrency {workers} -l WARNING",
}
BEFORE = {"DJANGO_SETTINGS_MODULE": "chatbot.bench.before.settings"}

# readers at once: how often each asks, in so many rounds
ASKS = {1: (6, 2), 25: (4, 2), 100: (3, 2)}
SHORT = {1: (5, 1), 25: (3, 1)}
BEGIN = 2.0  # seconds over which the first asks are spread; they warm up and are not counted
PAUSE = (0.3, 1.5)  # seconds a reader takes between a reply and the next ask


class Scenario:
    def __init__(
        self, name, commands, needs=(), poll_every=None, reader=Reader, most=1000, open_loop=False, **environment
    ):
        """`most`: readers at once that this machine can put before it. `open_loop`: whether readers come by chance, too."""
        self.name, self.commands, self.needs = name, commands, needs
        self.poll_every, self.reader, self.most, self.environment = poll_every, reader, most, environment
        self.open_loop = open_loop


def scenarios(workers):
    celery = {**CELERY, "worker": CELERY["worker"].format(workers=workers)}
    return {
        "sqlite": Scenario("SQLite", OURS, open_loop=True),
        "responses": Scenario("SQLite, by the Responses API", OURS, OPENAI_API="responses"),
        "browser": Scenario("SQLite, seen in Chromium", OURS, reader=BrowserReader, most=1),
        "redis": Scenario("PostgreSQL + Redis", OURS, needs=("postgres", "redis"), open_loop=True),
        "postgres": Scenario("PostgreSQL alone", OURS, needs=("postgres",), open_loop=True),
        "inline": Scenario(
            "before: inside the request", INLINE, needs=("postgres", "redis"), ANSWERED_BY="inline", **BEFORE
        ),
        "celery": Scenario(
            "before: Celery, polled each 1 s",
            celery,
            needs=("postgres", "redis", "celery"),
            poll_every=1,
            open_loop=True,
            ANSWERED_BY="celery",
            **BEFORE,
        ),
        "celery5": Scenario(
            "before: Celery, polled each 5 s",
            celery,
            needs=("postgres", "redis", "celery"),
            poll_every=5,
            ANSWERED_BY="celery",
            **BEFORE,
        ),
    }


def rank(values, share):
    """The nearest-rank percentile; None of nothing."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)] if ordered else None


def run(scenario, upstream, rounds, arrivals, seconds):
    """Measure one scenario: {readers: figures}, and beside them {"open loop": {rate: figures}} of `arrivals`."""
    with ExitStack() as stack:
        environment = dict(scenario.environment)
        if "celery" in scenario.needs and not shutil.which("celery", path=str(Path(sys.executable).parent)):
            raise Missing("no Celery: `make bench` installs it")
        if "postgres" in scenario.needs:
            environment["DATABASE_URL"] = stack.enter_context(postgres())
        if "redis" in scenario.needs:
            environment["REDIS_URL"] = stack.enter_context(redis())
        environment |= {"OPENAI_BASE_URL": f"http://127.0.0.1:{upstream}/v1", "OPENAI_API_KEY": "bench"}
        library = stack.enter_context(Stack(scenario.commands, **environment))
        arrivals = arrivals if scenario.open_loop else ()
        most = max([*rounds, *(_readers(rate, seconds) for rate in arrivals)])
        logins = library.logins(min(scenario.most, most))
        figures = {}
        for readers, (asks, times) in rounds.items():
            if readers > scenario.most:
                continue
            done = [asyncio.run(_round(library, upstream, logins[:readers], asks, scenario)) for _ in range(times)]
            figures[readers] = _figures(done) | {"memory_mb": library.memory()}
            show(scenario.name, readers, figures[readers])
        for rate in arrivals:
            measured = asyncio.run(
                _arrivals(library, upstream, logins[: _readers(rate, seconds)], rate, scenario, seconds)
            )
            figures.setdefault("open loop", {})[rate] = one = _figures([measured]) | {"grows": measured["grows"]}
            show(f"{scenario.name}, {rate:g} a second", "", one, "the line grows" if one["grows"] else "")
        return figures


def _readers(rate, seconds):
    return min(open_loop.MAX_READERS, max(10, int(2 * rate * seconds)))


async def _round(library, upstream, logins, asks, scenario):
    readers = [scenario.reader(library.port, login, scenario.poll_every) for login in logins]
    for reader in readers:
        await reader.open()
    await asyncio.sleep(0.5)
    before, began = library.cpu(), time.monotonic()
    sights = await asyncio.gather(*(_visit(reader, asks) for reader in readers))
    seconds, after = time.monotonic() - began, library.cpu()
    for reader in readers:
        await reader.close()
    log = await asyncio.to_thread(_log, upstream)
    cpu = {name: (after[name] - before[name]) / len(readers) / asks for name in after}
    counted = [sight for visit in sights for sight in visit[1:]]
    return _measured(counted, log, cpu) | {"a_second": len(readers) * asks / seconds}


async def _arrivals(library, upstream, logins, rate, scenario, seconds):
    readers = [scenario.reader(library.port, login, scenario.poll_every) for login in logins]
    for reader in readers:
        await reader.open()
    await asyncio.sleep(0.5)
    before = library.cpu()
    came = await open_loop.arrive(readers, rate, seconds)
    after = library.cpu()
    for reader in readers:
        await reader.close()
    log = await asyncio.to_thread(_log, upstream)
    cpu = {name: (after[name] - before[name]) / max(1, len(came.sights)) for name in after}
    measured = _measured(came.sights, log, cpu) | {"a_second": len(came.sights) / came.seconds}
    measured["failed"] += came.turned_away
    return measured | {"grows": open_loop.grows([wait / 1000 for wait in measured["upstream"]])}


async def _visit(reader, asks):
    """One reader asks again and again, having read what came, in step with nobody."""
    await asyncio.sleep(random.uniform(0, BEGIN))
    sights = []
    for _ in range(asks):
        sights.append(await reader.read())
        await asyncio.sleep(random.uniform(*PAUSE))
    return sights


def _log(upstream):
    with urllib.request.urlopen(f"http://127.0.0.1:{upstream}/log", timeout=10) as answer:
        return json.load(answer)


def _measured(sights, log, cpu):
    """What one round showed, times in milliseconds."""
    good = [sight for sight in sights if sight.done and not sight.trouble and sight.mark in log]
    return {
        "return": [1000 * (sight.returned - sight.sent) for sight in good],
        "upstream": [1000 * (log[sight.mark]["asked"] - sight.sent) for sight in good],
        # Where nothing is seen before the end there is no first text to speak of.
        "first": [1000 * (s.first - log[s.mark]["first"]) for s in good if s.first and s.first < s.done],
        "done": [1000 * (sight.done - log[sight.mark]["last"]) for sight in good],
        # The whole wait, from sending, less what the model itself took: what a reader feels of us.
        "whole_first": [
            1000 * (s.first - s.sent - log[s.mark]["first"] + log[s.mark]["asked"])
            for s in good
            if s.first and s.first < s.done
        ],
        "whole": [1000 * (s.done - s.sent - log[s.mark]["last"] + log[s.mark]["asked"]) for s in good],
        "requests": [sight.requests for sight in good],
        "kilobytes": [sight.bytes / 1000 for sight in good],
        "wires": {log[sight.mark]["wire"] for sight in good},
        "cpu_by": cpu,
        "failed": len(sights) - len(good),
        "troubles": sorted({sight.trouble for sight in sights if sight.trouble}),
    }


TIMES = ("return", "upstream", "first", "done", "whole_first", "whole")


def _figures(rounds):
    """The median over the rounds of each one's p50, p95 or mean."""

    def spread(name):
        groups = [one[name] for one in rounds if one[name]]
        if not groups:
            return None
        return {f"p{share}": round(median(rank(group, share) for group in groups), 1) for share in (50, 95)}

    def mean(name):
        means = [sum(one[name]) / len(one[name]) for one in rounds if one[name]]
        return round(median(means), 2) if means else None

    return {
        **{name: spread(name) for name in TIMES},
        "requests": mean("requests"),
        "kilobytes": mean("kilobytes"),
        "cpu_by": {name: round(median(one["cpu_by"][name] for one in rounds), 3) for name in rounds[0]["cpu_by"]},
        "wires": sorted({wire for one in rounds for wire in one["wires"]}),
        "a_second": round(median(one["a_second"] for one in rounds), 1),
        "failed": sum(one["failed"] for one in rounds),
        "troubles": sorted({trouble for one in rounds for trouble in one["troubles"]}),
    }


HEAD = (
    f"{'':43} {'readers':>7} {'return':>11} {'upstream':>13} {'first text':>11} {'done':>11}"
    f" {'whole: first':>13} {'done':>13} {'req':>5} {'kB':>5} {'CPU ms':>11} {'/s':>5} {'failed':>6} wire"
)


def _cpu(by_name):
    return " + ".join(f"{1000 * seconds:.0f}" for seconds in by_name.values())


def show(name, readers, figures, remark=""):
    def pair(one):
        return f"{one['p50']:.0f} / {one['p95']:.0f}" if one else "none"

    print(
        f"{name:43} {readers:>7} {pair(figures['return']):>11} {pair(figures['upstream']):>13}"
        f" {pair(figures['first']):>11} {pair(figures['done']):>11}"
        f" {pair(figures['whole_first']):>13} {pair(figures['whole']):>13} {figures['requests'] or 0:>5.1f}"
        f" {figures['kilobytes'] or 0:>5.1f} {_cpu(figures['cpu_by']):>11} {figures['a_second']:>5.1f}"
        f" {figures['failed']:>6} {', '.join(figures['wires'])} {remark}".rstrip()
        + "".join(f"\n  {trouble}" for trouble in figures["troubles"]),
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(prog="python -m chatbot.bench", description=sys.modules["chatbot.bench"].__doc__)
    parser.add_argument(
        "--short", action="store_true", help="1 and 25 readers, fewer rounds and stacks: some seven minutes"
    )
    parser.add_argument(
        "--only", nargs="*", help="some of: sqlite responses browser redis postgres inline celery celery5 pickup"
    )
    parser.add_argument("--readers", nargs="*", type=int, help="how many readers at once")
    parser.add_argument("--arrivals", nargs="*", type=float, help="asks a second of the open loop; none: leave it out")
    parser.add_argument("--json", metavar="OUT", type=Path, help="keep every figure")
    options = parser.parse_args()
    # Told to end, it takes with it what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    rounds = SHORT if options.short else ASKS
    if options.readers:
        rounds = {count: ASKS.get(count, (3, 3)) for count in options.readers}
    arrivals = open_loop.RATES if options.arrivals is None else options.arrivals
    seconds = open_loop.SHORT_SECONDS if options.short else open_loop.SECONDS
    wanted = options.only or (["sqlite", "browser", "celery", "pickup"] if options.short else [*scenarios(0), "pickup"])
    print(f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}; times in ms, p50 / p95")
    result = {"cores": os.cpu_count(), "python": platform.python_version(), "replies": {}, "queue": {}}
    result["replies"] = _replies(wanted, rounds, arrivals, seconds)
    if "pickup" in wanted:
        result["queue"] = pickup.measure(short=options.short)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1))
    # In the open loop a line may grow longer than readers have patience for: that is what it shows.
    closed = [one for figures in result["replies"].values() for readers, one in figures.items() if readers in rounds]
    failed = sum(one["failed"] for one in closed)
    sys.exit(f"{failed} replies failed" if failed else 0)


def _replies(wanted, rounds, arrivals, seconds):
    import subprocess

    port = free_port()
    upstream = subprocess.Popen([sys.executable, "-m", "chatbot.bench.upstream", str(port)])
    found = {}
    print(HEAD)
    try:
        for key, scenario in scenarios(os.environ.get("WORKERS") or 32).items():
            if key not in wanted:
                continue
            try:
                found[key] = run(scenario, port, rounds, arrivals, seconds)
            except Missing as missing:
                print(f"{scenario.name:31} skipped: {missing}")
                continue
    finally:
        upstream.terminate()
        upstream.wait()
    return found


if __name__ == "__main__":
    main()
