"""What is thought of what was named: each chain takes the stand of the cues that speak of it."""

import re

from .context_rules import settle
from .coordination import SUMMED_UP, is_choice, is_list
from .mentions import is_tone, often_refused
from .scope import cues_after, cues_before, refer_back, verdict

EITHER = re.compile(r",?\s?(?:どっちでも|どちらでも|둘\s?중|either\b|whichever\b)")
SOFTENED = re.compile(
    r"(?:너무|덜|지나치게|그렇게|너무나|완전|\btoo\b|\bless\b|\boverly\b|\bthat\b(?!['’]?s?\s(?:not|is|are|has|does|do))|\bso\b|あまり|そんなに|すぎ|過ぎ)"
)
# Of a compound ("奴隷ハーレム", "追放ざまぁ") these are refused with its last word; any other first word only describes it.
REFUSED_TOGETHER = {"exiled", "revenge", "villainess", "reincarnation", "summoned"}
# In "ホラー、グロは苦手" the first of the list is disliked too; in "恋愛もの、悲恋は苦手" it is what is asked for.
OFTEN_DISLIKED = REFUSED_TOGETHER | {"horror", "isekai", "dark", "gritty", "siblings", "death-game", "absurd", "yuri"}
TOPIC = re.compile(r"\s?(?:물|계|류|系|もの|モノ|物|要素|요소)?(?:은|는|は)")


def assign_stances(found):
    """Give every target its stand. Returned: True under the number of each chain of which any one target will do."""
    chains, any_will_do = {}, {}
    for target in found.targets:
        chains.setdefault(target.chain, []).append(target)
    ordered = list(chains.values())
    for index, chain in enumerate(ordered):
        earlier = ordered[index - 1][-1].end if index else 0
        later = ordered[index + 1][0].start if index + 1 < len(ordered) else len(found.source)
        if not (is_choice(chain) and EITHER.match(found.lower, chain[-1].end)):
            _spread_back(found, chain, verdict(found, chain[-1]) or cues_after(found, chain[-1], later))
        _spread_forward(found, chain, cues_before(found, chain[0], earlier))
        if not any(target.stand not in ("", "read") for target in chain):
            refer_back(found, chain, later)
        if any(t.stand == "like" for t in chain) and all(t.kind == "tag" for t in chain) and is_list(chain):
            # "I like isekai, romance and comedy": nobody means all of them in one work.
            any_will_do[chain[0].chain] = True
    settle(found, ordered)
    return any_will_do


def _spread_back(found, chain, cues):
    for place in range(len(chain) - 1, -1, -1):
        _stand(found, chain[place], cues)
        if chain[place].joined == "compound" and cues and cues[0].kind in ("refuse", "dislike"):
            first = chain[place - 1]
            if not (often_refused(first, found.groups) or set(first.values) & REFUSED_TOGETHER):
                first.stand = "indifferent"
                break
        near = cues and (
            cues[0].kind in ("refuse", "indifferent", "bonus")
            or (cues[0].kind == "dislike" and (TOPIC.match(found.source, chain[-1].end) or _only_commas(chain)))
        )
        if chain[place].joined == "comma" and near and not SUMMED_UP.match(found.lower, chain[-1].end):
            previous = chain[place - 1]
            disliked = cues[0].kind == "dislike" and set(previous.values) & OFTEN_DISLIKED
            if not (disliked or often_refused(previous, found.groups)):
                break


def _spread_forward(found, chain, cues):
    # "no harem, slavery or gore" is one list; in "no harem, fantasy" the comma ends what is refused.
    last_of_list = max((place for place, target in enumerate(chain) if target.joined in ("any", "all")), default=0)
    for place, target in enumerate(chain):
        ends_list = target.joined in ("comma", "compound") and not often_refused(target, found.groups)
        if place > last_of_list and ends_list and cues and cues[0].kind in ("refuse", "indifferent"):
            break
        if place and target.joined == "all" and is_tone(target, found.groups) and cues and cues[0].kind == "refuse":
            break
        if place and target.kind == "status":
            break
        _stand(found, target, cues)


def _only_commas(chain):
    """Whether English names stand side by side and are no list: "mystery, horror is not my thing"."""
    return chain[-1].phrase.isascii() and not any(target.joined in ("any", "all") for target in chain)


def _stand(found, target, cues):
    """The stand that `cues`, nearest first, give `target`; a refusal outweighs a liking already found."""
    kinds = [cue.kind for cue in cues if cue.kind != "none"]
    if not kinds:
        return
    if target.kind == "work":
        order = ("dislike", "like", "similar", "refuse", "read", "indifferent", "bonus")
        best = kinds[0] if kinds[0] in ("refuse", "dislike") else min(kinds, key=order.index)
        if target.stand in ("", "read", "indifferent") or best in ("refuse", "dislike"):
            target.stand = best
        return
    # "초능력 같은 거 안 나오는": a tag is not compared to, so that what follows counts.
    best = next((kind for kind in kinds if kind not in ("similar", "read")), kinds[0])
    if target.stand in ("refuse", "dislike"):
        return
    if best in ("refuse", "dislike"):
        around = found.lower[max(0, target.start - 12) : target.end + 4]
        target.soft = bool(SOFTENED.search(around))
    target.stand = best
