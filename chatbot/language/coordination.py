"""What belongs together: targets joined by nothing but a connector are a chain, on which one stand is taken."""

import re

from .mentions import often_refused

BREAK = re.compile(
    r"[.!?。！？;…\n]|(?:^|\s)(?:근데|그런데|하지만|그치만|다만|단)(?=[\s,])|지만\s|[은는인한던]데\s|\bbut\b|\bhowever\b|\bthough\b|\balthough\b|"
    r"(?<=[、，\s])でも|でも[、\s]|けど|けれど|ただし|(?<=[たすいだ])が[、，,]|\bnow i want\b|\bi want\b|\bi'd like\b"
)
SUFFIX = r"(?:\s*(?:물|계|류|장르|요소|쪽|작품|소설|系|もの|モノ|物|要素|作品|같은 거|같은거|거|것|건|이|가|の|のもの|やつ|画面|シーン|描写|展開|ネタ|장면|묘사|전개|내용|소재|stuff|novels?|stories|genres?|types?|mcs?|protagonists?|leads?|main characters?|characters?|plots?|tropes?|elements?|scenes?|themes?|content|settings?|series|books?|things?|하는 거|하는 것))?"
ANY = r"이나|나|이든가?|든가?|이든지|든지|거나|또는|혹은|아니면|/|や|とか|か|または|もしくは|あるいは|\bor\b|\bor maybe\b|\bor a\b|\band/or\b|\bnor\b"
ALL = r"이랑|랑|와|과|하고|도|이고|및|그리고|·|・|&|\+|と|でも|も|かつ|\band\b|\bplus\b|\band also\b|\bas well as\b"
CONNECTOR = re.compile(
    rf"{SUFFIX}\s*(?:(?P<any>(?:{ANY})\s*[,、，]?)|(?P<all>(?:{ALL})\s*[,、，]?)|(?P<comma>[,、，]\s*)(?:(?P<any2>{ANY})|(?P<all2>{ALL}))?)"
    r"\s*(?:(?:a|an|the|some|any|too much|too many|lots of|a lot of|tons of|any kind of|stuff like|things like|all the|"
    r"graphic|explicit|excessive|gratuitous|constant|generic|typical|cheap|heavy)\s+)?"
)
COMPOUND = {"", "거", "것", "건", "게", "물", "もの", "系"}
# What stands for things named before it.
KO_SUCH = r"(?:그런|이런|저런|요런|그딴|이딴)\s?(?:거|것|건|게|류|쪽|식|장르|요소|작품|소재|부류|종류|내용|전개)(?:들)?(?:은|는|도|이|가|을|를|로)?\s?"
JA_SUCH = r"(?:そういう|こういう|ああいう|そんな|こんな|その手の|この手の|そういった|それ系の?)(?:の|もの|系|やつ|話|要素|展開|作品|ジャンル)?(?:は|も|が|を)?\s?"
EN_SUCH = (
    r"(?:all (?:of )?)?(?:those|these|they|both|that stuff|(?:that|this) (?:kind|sort)(?: of (?:thing|stuff))?|(?:stuff|things) like that)"
    r"(?:\s(?:things?|stuff|ones?|tropes?|kinds?|genres?))?\s"
)
SUMMED_UP = re.compile(
    rf"\s?(?:물|계|류|系|もの)?(?:은|는|이|가|을|를|도|は|も|とか|なんか|{EN_SUCH}|,)?\s?"
    rf"(?:{KO_SUCH}|{JA_SUCH}|(?:다|전부|싹\s?다?|모두|모조리|죄다|일절|全部|全て|すべて|一切|どれも|全般)\s?|"
    r"(?:이|この)\s?(?:둘|셋|두|세|네|[2-5二三四])\s?(?:다|개|가지|종류|つ|種類)?|:)"
)


def join(found):
    """Number the chains. Returned: True under the number of each of which any one target will do."""
    starts = [span.start for span, _ in found.cues]
    chain, choices = 0, {}
    for index, target in enumerate(found.targets):
        if index:
            previous = found.targets[index - 1]
            gap = found.lower[previous.end : target.start]
            between = any(previous.end <= start < target.start for start in starts)
            joins = len(gap) <= 24 and not between and not BREAK.search(gap)
            match = CONNECTOR.fullmatch(gap) if joins else None
            if target.start == previous.start:
                target.joined = "both"
            elif not gap.strip() and (target.kind == previous.kind == "work" or (target.quoted and previous.quoted)):
                target.joined = "comma"
            elif joins and _is_compound(previous, target, gap, found.groups):
                target.joined = "compound"
            elif match:
                target.joined = (
                    "any" if match["any"] or match["any2"] else "all" if match["all"] or match["all2"] else "comma"
                )
            else:
                chain += 1
        target.chain = chain
        if target.joined == "any":
            choices[chain] = True
    return choices


def _is_compound(first, second, gap, groups):
    """Whether two tags stand as one word (追放ざまぁ) or, of what is often refused, side by side (하렘 노예 없는)."""
    if not (first.kind == second.kind == "tag") or first.end > second.start or gap.strip() not in COMPOUND:
        return False
    return not gap or (often_refused(first, groups) and often_refused(second, groups))


def is_list(chain):
    """Whether `chain` names more than one thing; a word that says two tags at once names one."""
    return any(target.joined not in ("", "both") for target in chain[1:])


def is_choice(chain):
    """Whether any one of `chain` is asked for: "スリラーかホラー"."""
    return any(target.joined == "any" for target in chain)
