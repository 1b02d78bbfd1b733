"""What a stand on one target says of those beside it: what only describes what is refused, or is the reason for it."""

import re
from itertools import pairwise

from .coordination import BREAK, SUMMED_UP
from .mentions import REFUSALS, is_tone

ATTRIBUTE = re.compile(r"(?:나오는|있는|많은|가득한|인|한|な|がある|の出る|が出る)\s*$")
# "용사가 마왕 쓰러뜨리는 얘기 말고": a whole story is refused, of which the last tag says most.
TELLS = re.compile(r"(?:이|가|에서|에|으로|로|을|를|의|과|와|랑|이랑|が|の|で|に|を)?\s?")
TOLD = re.compile(
    r"[^.!?,。、\n]{0,14}(?:얘기|이야기|스토리|내용|전개|작품|소설|거|것|건|류|話|やつ|の|もの|展開|ストーリー)(?:들)?(?:은|는|は)?\s?(?:이제|정말|너무|진짜|좀|다|もう|ちょっと)?\s?"
    r"(?:말고|빼고|제외|싫|질[렸리려]|물[렸리려]|지[겨겹]|별로|그만|以外|じゃなく|は?苦手|は?嫌|は?飽)"
)
BRACKETS = re.compile(r"\([^()\n]{2,80}\)")
LOVE_STORIES = ("romance", "romcom", "drama")
# Bonds that are genres of their own: "no harem romance" asks for a romance.
ALONE = ("harem", "reverse-harem", "yuri", "bl")
SAID_OF = re.compile(
    r"\s?(?:물|계|류|系|もの|モノ|物|要素|요소)?(?:은|는|は|が|도|も)\s?(?:너무|좀|다|진짜|정말|내용이|ちょっと|本当に)?\s?|"
    r"\s(?:was|is|are|were|got|has|had)\s(?:too|so|way too|a bit|pretty|really|too much)?\s?"
)
BECAUSE = re.compile(r"[가-힣]{0,2}(?:워서|어서|아서|해서|라서|니까|서)\s|(?:い|くて|で|だ)?(?:から|ので|し|て)")
SHUNS = re.compile(
    r"\b(?:avoid(?:ing)?|no|skip|without|hate|dislike|sick of|tired of|don['’]?t (?:like|want|enjoy)|can['’]?t stand|steer clear of|hard pass on)"
    r"\s(?:any |more |the |all |all the |too much )?$"
)
REASON = re.compile(r"\b(?:because of|due to|bc of|cuz of|thanks to|for)\s(?:all\s|its\s|the\s|too much\s)*$")


def settle(found, chains):
    """Set right, between what stands side by side, the stands that `chains` have taken."""
    for chain, following in reversed(list(pairwise(chains))):
        _drop_attribute(found, chain[-1], following[0])
        _refuse_bond(found, chain[-1], following[0])
        _refuse_head(found, chain[-1], following[0])
        _refuse_topic(found, chain[-1], following[0])
    for first, second in pairwise(found.targets):
        _part_pair(first, second)
    _spread_into_brackets(found)
    _give_reasons(found)


def _drop_attribute(found, target, following):
    """ "어두운 이세계물은 싫어" refuses a kind of other world, and does not ask for the dark."""
    gap = found.lower[target.end : following.start]
    refused = following.stand == "dislike" or (following.stand == "refuse" and _refuses_whole(found, following))
    both_tags = target.kind == following.kind == "tag" and not target.stand
    if target.kind == "status" and following.kind == "tag" and following.stand in REFUSALS and not target.stand:
        if gap.strip() in ("", "인", "な", "の", "된"):
            # "연재중인 판타지는 싫어" refuses what goes on, and no fantasy.
            target.stand, following.stand = following.stand, ""
        return
    if following.stand in REFUSALS and _runs_on(found, target, following) and _is_summed_up(found, following):
        for one in found.targets:
            if one.chain == target.chain:
                one.stand = one.stand or following.stand
        return
    told = following.stand in REFUSALS and TELLS.fullmatch(gap) and TOLD.match(found.lower, following.end)
    describes = ATTRIBUTE.search(gap) or (is_tone(target, found.groups) and not gap.strip())
    if both_tags and (told or (refused and describes)):
        target.stand = "indifferent"


def _refuses_whole(found, target):
    return bool(re.match(r".{0,6}(?:말고|빼|제외|以外|じゃなく|ではなく)", found.lower[target.end : target.end + 12]))


def _runs_on(found, target, following):
    """Whether `following` stands beside `target` with nothing but the ending of a genre between: "추방물 복수물"."""
    return not found.lower[target.end : following.start].strip("물계류系 ")


def _is_summed_up(found, target):
    """Whether the run of names that `target` begins or goes on with is summed up: "노예 하렘 이딴 거"."""
    for one, other in pairwise(found.targets[found.targets.index(target) :]):
        if not _runs_on(found, one, other):
            return bool(SUMMED_UP.match(found.lower, one.end))
    return bool(SUMMED_UP.match(found.lower, found.targets[-1].end))


def _refuse_bond(found, target, following):
    """ "No age gap romance", "나이차 로맨스 빼줘": the bond is refused, and romance neither refused nor wanted."""
    side_by_side = found.lower[target.end : following.start] in ("", " ", "の")
    bond = target.kind == "tag" and found.groups.get(target.values[0]) == "bonds"
    if not (side_by_side and bond and following.values[0] in LOVE_STORIES):
        return
    if target.stand in REFUSALS and not following.stand and target.values[0] not in ALONE:
        following.stand = "indifferent"
    elif following.stand in REFUSALS and target.stand in ("", "indifferent"):
        target.stand, following.stand = following.stand, "indifferent"


def _refuse_head(found, target, following):
    """ "Avoid heavy drama": what the mood describes is avoided with it, unless it is wanted elsewhere."""
    gap = found.lower[target.end : following.start]
    if following.phrase in ("heavy", "nonsense") and gap in (" ", "-"):
        # "Not romance heavy", "no isekai nonsense" say nothing of a mood.
        following.stand = "indifferent"
    if not (is_tone(target, found.groups) and target.stand in REFUSALS and not target.soft):
        return
    side_by_side = gap == " " and target.phrase.isascii()
    elsewhere = any(one is not following and one.values == following.values for one in found.targets)
    if side_by_side and not elsewhere and not following.stand and SHUNS.search(found.lower[: target.start]):
        following.stand = target.stand


def _refuse_topic(found, target, following):
    """ "戦争ものは重いから避けて": the mood is the reason for which what it is said of is refused."""
    said_of = SAID_OF.fullmatch(found.lower[target.end : following.start])
    reason = following.stand in REFUSALS and BECAUSE.match(found.lower, following.end)
    if not (said_of and reason) or target.stand or following.kind != "tag":
        return
    if target.kind == "work":
        target.stand = following.stand
    elif target.kind == "tag" and is_tone(following, found.groups):
        target.stand, following.stand = following.stand, "indifferent"


def _part_pair(first, second):
    """ "No dark fantasy", "로판 말고" refuse what is said of the fantasy; one less dark is still wanted."""
    if first.start == second.start and second.stand in REFUSALS:
        plain = next((one for one in (first, second) if one.values == ("fantasy",)), None)
        if plain is not None:
            plain.stand = "" if first.soft or second.soft else "indifferent"


def _spread_into_brackets(found):
    """What stands in brackets tells what was just refused: "no game elements (levels, skills)"."""
    for match in BRACKETS.finditer(found.lower):
        before = [one for one in found.targets if 0 <= match.start() - one.end <= 1 and one.stand in REFUSALS]
        for target in found.targets if before else ():
            if match.start() < target.start < match.end() and not target.stand:
                target.stand = before[-1].stand


def _give_reasons(found):
    """ "I dropped X because of the harem": the reason is liked or disliked as the work is."""
    works = [target for target in found.targets if target.kind == "work" and target.stand in ("dislike", "like")]
    for target in found.targets:
        if target.kind != "tag" or target.stand or not REASON.search(found.lower[: target.start]):
            continue
        before = [w for w in works if w.end <= target.start and not BREAK.search(found.lower[w.end : target.start])]
        if before:
            target.stand = before[-1].stand
