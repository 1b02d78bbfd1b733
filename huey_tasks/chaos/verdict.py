"""What must hold in the end: every turn asked is there, once, ended, its words whole, and was shown truly all along."""

from collections import Counter, defaultdict
from itertools import pairwise

from django.db.models import Count

from chatbot.drafting import AGAIN_FOR
from chatbot.models import Pick, Turn
from chatbot.text.cleaning import storable
from users.models import DailyUse

from .readers import FINAL
from .upstream import ENDLESS, SAID

NAMES = (
    *("lost", "doubled", "stuck", "unasked", "torn", "illegal", "picks", "quota"),
    *("pages broken", "readers in trouble"),
)
UNSEEN = AGAIN_FOR  # seconds between two polls in which a whole "trying again" may have passed unseen


def judge(readers, upstream):
    """{name of what may not be: list of what is}; empty lists are good."""
    faults = {name: [] for name in NAMES}
    turns = {turn.key: turn for turn in Turn.objects.all()}
    asked = [one for reader in readers for one in reader.asked]
    for reader in readers:
        faults["readers in trouble"] += reader.trouble
        faults["pages broken"] += reader.browser.broken
    for one in asked:
        _judge_turn(one, turns.get(one.key), upstream, faults)
    faults["unasked"] += [str(key) for key in turns.keys() - {one.key for one in asked}]
    _judge_answers(turns.values(), upstream, faults)
    _judge_counts(faults)
    return faults


def _judge_turn(one, turn, upstream, faults):
    if turn is None:
        faults["lost"].append(f"{one.words} was sent {one.sent} times")
        return
    if turn.text != one.words:
        faults["lost"].append(f"{turn.pk} keeps {turn.text!r} of {one.words!r}")
    if turn.state not in FINAL:
        faults["stuck"].append(f"{turn.pk} is {turn.state} ({turn.phase}), claims {turn.claims}")
    faults["illegal"] += [f"{turn.pk}: {what}" for what in illegal(one.sightings, turn.state)]


def illegal(sightings, end):
    """What no reader should ever have seen, in the order of the polls."""
    for before, after in pairwise(sightings):
        if before.state in FINAL and after.state != before.state:
            yield f"{before.state} became {after.state}"
            continue
        if before.state == "running" and after.state == "queued" and not after.again:
            yield "running became queued without a word"
        kept = after.said[: len(before.said)] == before.said
        if not kept and not after.again and after.state == "running" and after.at - before.until < UNSEEN:
            yield f"the text {before.said[-1:]} became {after.said[-1:]} without a word"
    if sightings and sightings[-1].state in FINAL and sightings[-1].state != end:
        yield f"seen as {sightings[-1].state}, kept as {end}"


def _judge_answers(turns, upstream, faults):
    """Each reply holds the words of one answer, sent for this ask and for no other."""
    sent = {answer.number: answer for answer in upstream.answers}
    holders = defaultdict(list)
    for turn in turns:
        numbers = {int(number) for number, _ in SAID.findall(turn.reply)}
        marker = turn.text.split()[-1].removeprefix("ask").rstrip(";")
        for number in numbers:
            holders[number].append(turn.pk)
            if sent[number].ask != marker:
                faults["doubled"].append(f"answer {number}, meant for {sent[number].ask}, is in {turn.pk} of {marker}")
        if len(numbers) > 1:
            faults["torn"].append(f"{turn.pk} holds pieces of {sorted(numbers)}")
        elif turn.stand_in:
            if numbers or not any(one.ask == marker and one.fault == ENDLESS for one in sent.values()):
                faults["torn"].append(f"{turn.pk} was stood in for ({turn.stand_in}) without a cause")
        elif turn.state == "done":
            answer = sent.get(next(iter(numbers), None))
            if not answer or not answer.whole or turn.reply.strip() != storable(answer.text).strip():
                faults["torn"].append(f"{turn.pk} is done without its whole answer")
        elif numbers and not sent[next(iter(numbers))].text.startswith(turn.reply.rstrip()):
            faults["torn"].append(f"{turn.pk} ({turn.state}) holds what was never sent")
    faults["doubled"] += [f"answer {number} is in {pks}" for number, pks in holders.items() if len(pks) > 1]


def _judge_counts(faults):
    twice = Pick.objects.values("turn__reader", "novel").annotate(times=Count("pk")).filter(times__gt=1)
    faults["picks"] += [f"reader {row['turn__reader']} was offered {row['novel']} twice" for row in twice]
    charged = Counter(Turn.objects.exclude(charged_on=None).values_list("reader", "charged_on"))
    used = {(use.reader_id, use.day): use.used for use in DailyUse.objects.all()}
    for key in charged.keys() | used.keys():
        if charged.get(key, 0) != used.get(key, 0):
            faults["quota"].append(f"reader {key[0]} was charged {used.get(key, 0)} for {charged.get(key, 0)}")
    for turn in Turn.objects.filter(state="done", charged_on=None):
        faults["quota"].append(f"{turn.pk} is done and not counted")
    for turn in Turn.objects.filter(state="failed").exclude(charged_on=None):
        faults["quota"].append(f"{turn.pk} failed and is counted")
