"""One run of the chaos: readers ask, mischief is done, then everything is left in peace and judged."""

import contextlib
import logging
import os
import random
import signal
import threading
import time
from collections import Counter, deque

from .door import PASSWORD, Door, SilentMailServer, replies_beside
from .readers import FINAL, Reader
from .stack import Stack, in_background, wait_for
from .upstream import WIRES, Upstream

LANGUAGES = ("ko", "en", "ja")
BURSTS = 3  # of sign-ups, at the least
TAKEN_UP_WITHIN = 5  # seconds, of an ask while letters wait for a mail server that says nothing
LEAVERS, THEIR_TURNS = 4, 10_000  # accounts that are deleted meanwhile, and how much each has said
GONE_WITHIN = 180  # seconds after the last mischief
LEAVE_WITHIN = 30  # seconds a process that is told to end may take
SETTINGS = {
    "OPENAI_API_KEY": "chaos",
    "OPENAI_READ_TIMEOUT": "3",
    "OPENAI_FIRST_TIMEOUT": "3",
    "OPENAI_TOTAL_TIMEOUT": "25",
    "OPENAI_CONNECT_TIMEOUT": "2",
    "DAILY_REPLIES": "200",
    "RATE_LIMITS": "off",
    "WEB_CONCURRENCY": "2",
}


def run(store, *, short, seed):
    began = time.monotonic()
    upstream, mail = Upstream(seed), SilentMailServer()
    # Others' words and settings stay out of it. A turn that a worker leaves may be taken up over another wire.
    workers = [{"OPENAI_API": wire} for wire in WIRES]
    stack = Stack(store, workers=workers, settings={**SETTINGS, "OPENAI_BASE_URL": upstream.url, "EMAIL_URL": mail.url})
    try:
        os.environ.update(stack.env)
        os.environ["DJANGO_SETTINGS_MODULE"] = "lightnovel.settings"
        import django

        django.setup()
        # That the database is away is no news here.
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
        print(f"chaos on {'SQLite' if store == 'sqlite' else 'PostgreSQL and Redis'}, seed {seed}", flush=True)
        return _run(stack, upstream, mail, short, seed, began)
    finally:
        stack.close()


def _run(stack, upstream, mail, short, seed, began):
    from . import verdict

    enough = threading.Event()
    readers = _readers(stack, enough, seed, 12 if short else 24)
    victims = _readers(stack, enough, seed + 1, 2 if short else 6, first=100)
    leavers = _leavers(stack, seed, *((2, THEIR_TURNS // 5) if short else (LEAVERS, THEIR_TURNS)))
    for reader in readers:
        reader.start()
    door = Door(stack.ports, [f"{reader.name}@example.com" for reader in readers], LANGUAGES)
    forgetful = in_background(door.forget_until, enough)
    mischief = Mischief(stack, victims, leavers, door, seed)
    turns, kills = (30, 10) if short else (300, 60)
    mischief.until(
        lambda: sum(len(reader.asked) for reader in readers) >= turns and sum(mischief.kills.values()) >= kills
    )
    while mischief.leavers:
        mischief.account_deleted()
    while mischief.faults["burst of sign-ups"] < BURSTS:
        mischief.signed_up_at_once()
    enough.set()
    forgetful.join(90)
    for reader in [*readers, *mischief.busy]:
        reader.join(150)
        if reader.is_alive():
            readers[0].trouble.append(f"{reader.name} is still waiting")
    upstream.calm = True
    beside, was_called = replies_beside(door, mail, victims)
    upstream.calm = False
    # The same whatever the store is, and half a minute of waiting: in short once.
    deployed = [] if short and stack.postgres else deploy(stack, upstream, victims, seed)
    with contextlib.suppress(RuntimeError):
        wait_for(lambda: not _unfinished(), 60, "the last turns")
    with contextlib.suppress(RuntimeError):
        wait_for(lambda: not _leaving(leavers), GONE_WITHIN, "the accounts that were deleted")
    time.sleep(1)
    mischief.watching = False
    everybody = [*readers, *victims, *leavers]
    faults = verdict.judge(everybody, upstream)
    faults["accounts not gone"] = _leaving(leavers)
    # PostgreSQL is restarted, of which pages may tell; a SQLite file is never away.
    faults["told to come back"] = [] if stack.postgres else [one.name for one in everybody if one.browser.outages]
    faults["left too late"] = [f"{seconds:.0f} s" for seconds in mischief.left + deployed if seconds > LEAVE_WITHIN]
    faults["not recovered"] = mischief.unrecovered()
    faults |= door.faults(orm(_names), may_be_away=bool(stack.postgres))
    faults["held up by mail"] = [f"{seconds:.1f} s" for seconds in beside if seconds > TAKEN_UP_WITHIN]
    if not (was_called and beside):
        faults["held up by mail"].append("nothing was tried: no letter was under way, or nobody asked")
    # A run proves nothing of a wire that nobody spoke.
    faults["wires unspoken"] = [wire for wire in WIRES if not upstream.faults[wire]]
    report(stack, upstream, mischief, everybody, deployed, faults, began, door, beside)
    return int(any(faults.values()))


def _names():
    from users.models import User

    return set(User.objects.values_list("username", flat=True))


def _unfinished():
    from chatbot.models import Turn

    return orm(lambda: Turn.objects.unfinished().count())


def _readers(stack, enough, seed, count, first=0):
    from django.contrib.auth.hashers import make_password

    from users.models import User

    hashed = make_password(PASSWORD)
    readers = []
    for number in range(first, first + count):
        User.objects.create(username=f"reader{number}", email=f"reader{number}@example.com", password=hashed)
        language = LANGUAGES[number % 3]
        readers.append(Reader(number, f"reader{number}", PASSWORD, stack.ports, language, enough, seed + number))
    return readers


def _leavers(stack, seed, count, turns):
    """Readers who have said much and only wait to go."""
    from django.utils import timezone

    from chatbot.models import Conversation, Turn
    from users.models import User

    leavers = _readers(stack, threading.Event(), seed + 2, count, first=200)
    said = {"text": "조용한 판타지 추천해 주세요", "reply": "등불 이야기를 권할게요.", "state": "done"}
    for leaver in leavers:
        reader = User.objects.get(username=leaver.name)
        conversation = Conversation.objects.create(reader=reader, title="긴 대화")
        made = (
            Turn(conversation=conversation, reader=reader, finished_at=timezone.now(), **said) for _ in range(turns)
        )
        Turn.objects.bulk_create(made, batch_size=1000)
    return leavers


def _leaving(leavers):
    """Those of `leavers` who are still there: not closed, or not deleted by a worker yet."""
    from django.db.models import Q

    from users.models import User

    names = Q(username__in=[leaver.name for leaver in leavers]) | Q(leaving_at__isnull=False)
    return orm(lambda: list(User.objects.filter(names).values_list("username", flat=True)))


def orm(query):
    """What `query` finds; asked again while the database restarts."""
    from django.db import Error, connection

    for _ in range(300):
        try:
            return query()
        except Error:
            connection.close()
            time.sleep(0.1)
    raise RuntimeError("the database does not come back")


class Mischief:
    """Kills and faults, one after another, in an order the seed decides."""

    def __init__(self, stack, victims, leavers, door, seed):
        self.door, self.stack, self.victims, self.random = door, stack, deque(victims), random.Random(seed)
        self.leavers = deque(leavers)
        self.kills, self.faults = Counter(), Counter()
        self.recoveries, self.left, self.busy, self.watching = [], [], [], True
        self._missing = {}  # turns that wait to be taken up again: {pk: (since, what happened, claims then)}
        self._lock = threading.Lock()
        self._repairs = []
        in_background(self._watch)

    def until(self, reached):
        """Do mischief until there was enough of it. Every kind comes once before any comes twice."""
        kinds = {
            self.worker_killed: 26,
            self.worker_told_to_end: 12,
            self.web_killed: 7,
            self.web_child_killed: 10,
            self.web_killed_after_commit: 6,
            self.queue_emptied: 5,
            self.queue_gone: 4,
            self.account_deleted: 4,
            self.signed_up_at_once: 4,
        }
        if self.stack.postgres:
            kinds |= {self.connection_killed: 8, self.postgres_crashed: 5}
        first = list(kinds)
        self.random.shuffle(first)
        time.sleep(3)
        end = time.monotonic() + 600
        while not reached() and time.monotonic() < end:
            kind = first.pop() if first else self.random.choices(list(kinds), list(kinds.values()))[0]
            kind()
            time.sleep(self.random.uniform(0.8, 2.6))
        for repair in self._repairs:
            repair.join(60)

    # --- What is done ------------------------------------------------------------------------

    def worker_killed(self):
        """SIGKILL in mid-stream: of the workers, one that is writing."""
        worker = self._busy_worker()
        self._expect(self._run_by(worker), "worker killed")
        worker.kill()
        self.kills["worker SIGKILL"] += 1
        worker.start()

    def worker_told_to_end(self):
        worker = self._busy_worker()
        worker.tell(signal.SIGTERM)
        self.kills["worker SIGTERM"] += 1
        place = self.stack.workers.index(worker)
        self.stack.workers[place] = self.stack.new_worker(place)
        self.stack.leaving.append(worker)
        self._repairs.append(in_background(self._leave, worker))

    def _leave(self, part):
        began = time.monotonic()
        with contextlib.suppress(Exception):
            part.process.wait(90)
        self.left.append(time.monotonic() - began)

    def web_killed(self):
        web = self.random.choice(self.stack.webs)
        web.kill()
        self.kills["web SIGKILL"] += 1
        self.stack.restart_web(web)

    def web_child_killed(self):
        web = self.random.choice(self.stack.webs)
        with open(f"/proc/{web.process.pid}/task/{web.process.pid}/children") as children:
            pids = children.read().split()
        if pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(self.random.choice(pids)), signal.SIGKILL)
            self.kills["web process SIGKILL"] += 1

    def web_killed_after_commit(self):
        """The words are kept, the worker was not told: the queue is held so that this moment lasts."""
        from chatbot.models import Turn

        victim = self.victims[0]
        self.victims.rotate()
        if any(thread.is_alive() for thread in self.busy if thread.name == victim.name):
            return
        if not victim.browser.cookies.get("sessionid"):
            victim.log_in()
        web = self.stack.webs[0]
        with self.stack.blocked_queue():
            before = len(victim.asked)
            thread = threading.Thread(target=victim.ask_and_read, name=victim.name, daemon=True)
            self.busy.append(thread)
            thread.start()
            wait_for(lambda: len(victim.asked) > before, 20, "the victim's ask")
            key = victim.asked[before].key
            kept = lambda: orm(lambda: Turn.objects.filter(key=key).first())  # noqa: E731
            with contextlib.suppress(RuntimeError):
                wait_for(kept, 15, "the commit")
            turn = kept()
            web.kill()
        self.kills["web SIGKILL after commit" if turn else "web SIGKILL before commit"] += 1
        if turn:
            self._expect([turn], "task lost")
        self.stack.restart_web(web)

    def account_deleted(self):
        """A reader who has said much leaves; then a worker is killed, most likely the one that deletes it all."""
        if not self.leavers:
            return
        leaver = self.leavers.popleft()
        leaver.leave()
        self.faults["large account deleted"] += 1
        time.sleep(self.random.uniform(0.2, 2))
        self.worker_killed()

    def signed_up_at_once(self):
        self.door.burst()
        self.faults["burst of sign-ups"] += 1

    def queue_emptied(self):
        self._expect(self._waiting(), "task lost")
        self.stack.empty_queue()
        self.faults["queue emptied"] += 1

    def queue_gone(self):
        """The file deleted, or Redis killed and started again with nothing in it; then a worker is restarted."""
        self._expect(self._waiting(), "task lost")
        if self.stack.redis:
            self.stack.redis.kill()
            self.kills["Redis SIGKILL"] += 1
            self.stack.redis.start()
            return
        self.stack.delete_queue()
        self.faults["queue file deleted"] += 1
        self.worker_killed()

    def connection_killed(self):
        self.stack.postgres.kill_backend()
        self.kills["PostgreSQL backend SIGKILL"] += 1

    def postgres_crashed(self):
        self.stack.postgres.crash()
        self.kills["PostgreSQL restarted"] += 1
        self.stack.postgres.start()

    # --- What comes back, and when -----------------------------------------------------------

    def _busy_worker(self):
        """A worker that is writing, waited for a moment; else any."""
        for _ in range(20):
            busy = [worker for worker in self.stack.workers if self._run_by(worker)]
            if busy:
                return self.random.choice(busy)
            time.sleep(0.1)
        return self.random.choice(self.stack.workers)

    def _run_by(self, worker):
        from chatbot.models import Turn

        running = Turn.objects.filter(state="running", worker__contains=f":{worker.process.pid}:")
        return orm(lambda: list(running))

    def _waiting(self):
        from chatbot.models import Turn

        return orm(lambda: list(Turn.objects.claimable()))

    def _expect(self, turns, what):
        with self._lock:
            now = time.monotonic()
            for turn in turns:
                self._missing[turn.pk] = (now, what, turn.claims)

    def _watch(self):
        """Look when what was thrown back is taken up again."""
        from chatbot.models import Turn

        while self.watching:
            time.sleep(0.05)
            with self._lock:
                missing = dict(self._missing)
            if not missing:
                continue
            for turn in orm(lambda missing=missing: list(Turn.objects.filter(pk__in=missing))):
                since, what, claims = missing[turn.pk]
                if turn.state in FINAL or (turn.state == "running" and turn.claims > claims):
                    with self._lock:
                        self._missing.pop(turn.pk, None)
                    self.recoveries.append((what, time.monotonic() - since))

    def unrecovered(self):
        return [f"turn {pk} ({what})" for pk, (_, what, _) in self._missing.items()]


def deploy(stack, upstream, victims, seed):
    """Web and worker are told to end while every answer takes two minutes. Returns how long each took to go."""
    from chatbot.models import Turn

    upstream.only, upstream.drip = "slow drip", 120
    for worker in stack.workers:
        worker.kill()
        worker.env = {
            **worker.env,
            "OPENAI_TOTAL_TIMEOUT": "150",
            "OPENAI_READ_TIMEOUT": "30",
            "OPENAI_FIRST_TIMEOUT": "30",
        }
        worker.start()
    threads = []
    for victim in victims[:3]:
        victim.enough = threading.Event()
        if not victim.browser.cookies.get("sessionid"):
            victim.log_in()
        thread = threading.Thread(target=victim.ask_and_read, daemon=True)
        thread.start()
        threads.append(thread)
    pks = lambda: list(Turn.objects.filter(state="running").exclude(reply="").values_list("pk", flat=True))  # noqa: E731
    with contextlib.suppress(RuntimeError):
        wait_for(lambda: len(orm(pks)) == len(threads), 40, "running replies")
    began = time.monotonic()
    upstream.only, upstream.calm = None, True
    old = [*stack.workers, *stack.webs]
    for part in old:
        part.tell(signal.SIGTERM)
    took = []
    leaving = [
        in_background(lambda part=part: (part.process.wait(90), took.append(time.monotonic() - began))) for part in old
    ]
    processes = [part.process for part in stack.workers]
    stack.workers = [stack.new_worker(place) for place in range(len(stack.workers))]
    for web in stack.webs:
        web.process.wait(60)
        stack.restart_web(web)
    for one in leaving:
        one.join(90)
    assert all(process.poll() is not None for process in processes)
    for thread in threads:
        thread.join(60)
    return took


def report(stack, upstream, mischief, readers, deployed, faults, began, door, beside):
    from chatbot.models import Turn

    states = Counter(Turn.objects.values_list("state", flat=True))
    failures = Counter(Turn.objects.filter(state="failed").values_list("failure", flat=True))
    polls = sum(reader.browser.answered for reader in readers)
    rows = [
        ("turns", f"{sum(states.values())}: " + _counts(states) + (f" ({_counts(failures)})" if failures else "")),
        ("kills", f"{sum(mischief.kills.values())}: " + _counts(mischief.kills)),
        ("queue and accounts", _counts(mischief.faults) or "–"),
        *(
            (f"model, {wire}", f"{sum(fared.values())} requests: {_counts(fared)}")
            for wire, fared in upstream.faults.items()
        ),
        ("readers", f"{len(readers)}, {polls} answers, {sum(r.browser.away for r in readers)} without an answer, "
                    f"{sum(r.browser.outages for r in readers)} times 503, sendings repeated "
                    f"{sum(max(0, one.sent - 1) for r in readers for one in r.asked)}"),
    ]  # fmt: skip
    for what in sorted({what for what, _ in mischief.recoveries}):
        rows.append((f"{what}: taken up", spread([seconds for name, seconds in mischief.recoveries if name == what])))
    rows.append(("signed up", f"{len(door.newcomers)}, in bursts"))
    rows.append(("new password: answered", spread(door.resets)))
    rows.append(("beside silent mail: taken up", spread(beside)))
    rows.append(("told to end: gone after", spread(mischief.left)))
    rows.append(("a deploy: gone after", spread(deployed)))
    rows += [(name, str(len(found))) for name, found in faults.items()]
    rows.append(("took", f"{time.monotonic() - began:.0f} s"))
    for name, words in rows:
        print(f"  {name:<26} {words}")
    for name, found in faults.items():
        for one in found[:8]:
            print(f"  ! {name}: {one}")
    print("nothing lost" if not any(faults.values()) else f"BROKEN; CHAOS_KEEP=1 keeps {stack.folder}", flush=True)


def _counts(counter):
    return ", ".join(f"{name} {count}" for name, count in counter.most_common())


def spread(seconds):
    """p50 / p95 / max of durations."""
    if not seconds:
        return "–"
    ordered = sorted(seconds)
    at = lambda share: ordered[min(len(ordered) - 1, int(share * len(ordered)))]  # noqa: E731
    return f"{len(ordered)} times, p50 {at(0.5):.1f} s, p95 {at(0.95):.1f} s, max {ordered[-1]:.1f} s"
