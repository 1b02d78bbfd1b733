"""One ask, read as a change to what is wanted: works, groups of tags, limits, and how it stands to the asks before."""

import re
from dataclasses import dataclass, field

from ..text.folding import key
from .parse import parse

# What else answers a wish for a tag where few works carry it, because readers use one word for both.
AS_GOOD = {
    "time-loop": ("time-loop", "time-travel"),
}
# Moods and qualities: a matter of degree, so that neighbours answer them too. Beside a genre they decide which works
# come first; alone they decide which come at all.
MOODS = {
    "heartwarming": ("heartwarming", "cozy"),
    "cozy": ("cozy", "heartwarming", "slow-life"),
    "bright": ("bright", "heartwarming", "cozy", "comedy"),
    "dark": ("dark", "gritty"),
    "serious": ("serious", "dark", "gritty", "philosophical"),
    "bittersweet": ("bittersweet", "tearjerker"),
    "tearjerker": ("tearjerker", "bittersweet"),
    "absurd": ("absurd", "comedy"),
    "gritty": ("gritty", "dark"),
    "philosophical": ("philosophical",),
    "world-building": ("world-building",),
    "ensemble-cast": ("ensemble-cast",),
    "magic-system": ("magic-system",),
}
# Comedy asked for as a quality ("funny") rather than as a genre ("a comedy").
AMUSING = ("comedy", "absurd", "romcom")
COMEDY = re.compile("코미디|코메디|개그물|comedy|comedies|コメディ|ギャグもの")
BRIGHTNESS = {"bright": 1, "dark": -1, "gritty": -1}
LIGHT = {"bright", "cozy", "heartwarming", "absurd", "comedy", "slow-life"}
HEAVY = {"dark", "gritty", "serious"}

FORM = re.compile(
    r"(?:^|(?<=[.。!/] ))[ \t]*(?:(?P<genre>좋아하는 ?장르|선호 ?장르|좋아하는 ?(?:거|것|요소)|좋은 ?(?:거|것)|likes?|好きな(?:もの|要素)|好き|favou?rite genres?|genres?|好きなジャンル|ジャンル)"
    r"|(?P<read>최근에? ?읽은 ?(?:작품|책|라이트노벨|라노벨)[^:：\n]{0,8}|read (?:lately|recently)|recently read|(?:a )?light novel read lately"
    r"|最近読んだ(?:作品|本|ライトノベル|ラノベ))"
    r"|(?P<dislike>싫어하는 ?(?:거|것|장르|요소)|싫은 ?(?:거|것|장르|요소)|嫌い|苦手|NG|dislikes?|hates?|苦手な(?:もの|ジャンル|要素)|嫌いな(?:もの|ジャンル|要素))"
    r"|(?P<mood>(?:이야기의? ?)?분위기|mood|atmosphere|tone|雰囲気))[ \t]*[:：][ \t]*(?P<answer>(?:(?! / )[^\n.。])*)[.。]?",
    re.IGNORECASE | re.MULTILINE,
)
NOTHING = re.compile(
    r"(?:없음|없어요?|없습니다|딱히|모름|글쎄|none|nothing|n/?a|no|-|—|なし|無し|特にない|特になし|ない|ありません)[.。!]?",
    re.IGNORECASE,
)
BRIGHT_ANSWER = re.compile(r"밝|bright|light|明る", re.IGNORECASE)
DARK_ANSWER = re.compile(r"어두|어둡|dark|暗", re.IGNORECASE)

# The wish so far still holds and this ask only changes it.
REFINES = re.compile(
    r"그거|이거|그런 ?거|그것|이것|저거|그중|이 ?중|거기서|거기에|방금|아까|다른|또 |또$|더 |추가|그리고 |게다가|도 있으면|"
    r"\b(?:more|another|else|instead|others?|actually|rather than that|again|as well|those|these|that one|not that|too\W*$)\b|"
    r"\b\w{2,12}er (?:one|ones|please)\b|もっと|もう少し|もうちょっと|他の|他に|ほかの|ほかに|別の|それより|それと|あと、|また|そして|さらに|その中|それら|これら",
    re.IGNORECASE,
)
# The genre so far is exchanged for the one named now; limits and refusals stay.
REPLACES = re.compile(
    r"(?:그거|이거|그것|이것|그런 ?거|저거) ?(?:말고|대신)|(?:^|\s)아니[ ,]|대신|차라리|\b(?:instead|actually|not that|not those|rather)\b|"
    r"^いや|やっぱり|代わりに|それより|それじゃなく|そうじゃなく",
    re.IGNORECASE,
)
ADDS = re.compile(
    r"^\s*(?:and|also|plus|but|with|without|그리고|거기에|게다가|근데|아 그리고|あと|それと|そして|でも|さらに)\b",
    re.IGNORECASE,
)
ALSO = re.compile(r"\s?(?:물|요소|要素|もの|系)?(?:도|も)(?![가-힣])")
CLAUSE = re.compile(r"[.,!?;()。、，！？\n]|\b(?:but|that|not|with|without|minus|where)\b|근데|인데|지만|けど")
# Any length, any age will do: earlier limits are lifted.
ANY_LENGTH = re.compile(
    r"(?:길어도|길이(?:는|가)?|권수(?:는|가)?|몇 ?권이[든라])\s?(?:돼|되|괜찮|상관|무관|좋|ㄱㅊ|든|도)|장편(?:도|이어도)\s?(?:돼|괜찮|상관|좋)|"
    r"\b(?:length|volume count)\b[^.!?]{0,16}\b(?:matter|fine|ok|okay|issue|problem)|\b(?:long|longer)(?: ones| series)? (?:is|are) (?:fine|ok|okay|good)|"
    r"\bany length\b|長くても|長さは(?:問わ|気にし|関係)|何巻でも|巻数は(?:問わ|気にし|関係)"
)
ANY_AGE = re.compile(
    r"(?:오래된|옛날)(?: ?(?:것|거|게|작품|책|소설|라노벨))?(?:도|이어도|여도|라도)\s?(?:돼|되|됨|괜찮|상관|좋|ㄱㅊ)|(?:연도|년도|시기)(?:는|도)?\s?(?:상관|무관)|"
    r"\bold(?:er)?(?: ones| series| stuff| books| novels| titles)? (?:is|are) (?:totally |also |perfectly )?(?:fine|ok|okay|good)\b|\bany (?:year|era|age)\b|古くても|古いのでも|年代は(?:問わ|気にし|関係)"
)
BRIGHTER = re.compile(r"더 ?밝|밝은 ?걸로|\bbrighter|\blighter|もっと明る|明るめ")
DARKER = re.compile(r"더 ?어두|\bdarker|もっと暗|暗め")
REQUEST = re.compile(
    r"추천|알려|골라|뭐 ?읽|읽을 ?만|볼 ?만|찾아|찾고|부탁|recommend|suggest|\brec\b|\brecs\b|what should|what(?:'s| is)? (?:next|to read)|"
    r"next|another|\bmore\b|others?\b|\belse\b|different|다른|또|더 ?줘|더 ?없|おすすめ|オススメ|お勧め|教えて|紹介|他|別の|もっと|次",
    re.IGNORECASE,
)
# After works that were only read: "… 다 봤어. 비슷한 거"
ALIKE = re.compile(
    r"비슷|같은 ?(?:거|걸|느낌)|\bsimilar\b|\blike (?:that|those|them|it|these)\b|\bmore like\b|似た|似て|みたいな|ような|系統"
)
LIKE_NTH = re.compile(
    r"(?P<ko>첫|두|세|네|다섯|\d)\s?번째|(?P<kn>\d)\s?번(?!\s?이상)|(?P<last>마지막|\blast one\b|最後の)|"
    r"\b(?P<en>first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\b|(?:#|\bnumber |\bno\. ?)(?P<no>\d)|"
    r"(?P<ja>[一二三四五\d])(?:番目|つ目|つめ|冊目|作目)|(?P<top>最初の)",
    re.IGNORECASE,
)
ORDINALS = {
    "첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5,
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5,
}  # fmt: skip

TITLE_FRAMES = [
    re.compile(
        r"(?:^|[\n.!?,]|는데 |지만 )\s*(?:저는|나는|난|전|내가|제가|최근에?|요즘|요새|예전에|얼마 ?전에|어제|오늘|방금|이번에|지난번에|그리고)?\s*"
        r"(?P<title>[^\n.!?,]{2,40}?)(?:을|를|은|는|이|가)?\s"
        r"(?:(?:진짜|정말|너무|엄청|아주|완전|되게|꽤|제일|가장|다|이미|최근에|전에)\s)?"
        r"(?:재밌게|재미있게|잼있게|인상 ?깊게|감명 ?깊게|즐겁게)\s?(?:읽|봤|본|보고)"
    ),
    re.compile(
        r"\b(?:loved|enjoyed|adored|finished(?: reading)?|have read|i've read|just read|fan of|reading|liked|hated|disliked|dropped|"
        r"(?:something|anything|books?|novels?|stuff|similar to|more|series) (?:like|similar to)|similar to)\s"
        r"(?P<title>(?:[A-Z0-9][\w'’:!\-]*)(?:,?\s(?:(?:of|the|a|an|in|to|no|wo|ga|ni|and)\b|[A-Z0-9][\w'’:!\-]*))*)"
    ),
    re.compile(
        r"(?:^|[\n。！？、,]|最近|この前|昨日)(?P<title>[^\n。！？、,のはをがにで]{3,30})(?:は|を|が)(?:もう|すごく|とても|既に)?"
        r"(?:読んだ|読みました|読了|面白かった|おもしろかった|好き)"
    ),
    re.compile(
        r"(?:^|[\n.!?,]|는데 )\s*(?P<title>[가-힣A-Za-z0-9:·]{1,20}(?: [가-힣A-Za-z0-9:·]{1,20})?) ?(?:같은|처럼|(?:이?랑|와|과) 비슷한)"
    ),
    re.compile(
        r"(?:^|[\n。！？、])(?P<title>[ァ-ヺー一-龥々A-Za-z0-9ぁ-ん△☆♪・]{0,20}[ァ-ヺーA-Z][ァ-ヺー一-龥々A-Za-z0-9△☆♪・]{1,20})(?:みたい|のような|っぽい|に似)"
    ),
]
NOT_A_TITLE = re.compile(
    r"^(?:이거|그거|저거|그것|이것|이 책|그 책|책|소설|라노벨|라이트노벨|작품|이런|그런|저런|이|그|저|뭐|예전|전|위|꿈|나|저희|다|모두|전부|추천해 ?주신|추천해준|말씀하신|i|it|them|this|that|all|the|a|"
    r"everything|manga|anime|novels?|light novels?|ln|lns|books?|この本|これ|それ|全部|ラノベ|小説|本|作品)(?:\s|$)|거$|것$|작품$",
    re.IGNORECASE,
)


# How sure it is that a part of a wish was meant: said in so many words, inferred from them, or only hoped for.
# What is only hoped for is a leaning and never a condition.
SAID, INFERRED, HOPED = 1.0, 0.7, 0.4
HOPE_BEFORE = re.compile(
    r"(?:가능하면|가능하다면|되도록|이왕이면|기왕이면|웬만하면|가급적|될 수 있으면|できれば|できたら|なるべく|可能なら|可能であれば|"
    r"\b(?:preferably|ideally|if possible|hopefully|maybe|perhaps))[^.!?。\n,、]{0,20}$"
)
HOPE_AFTER = re.compile(
    r"(?:인 거|인 게|인|이)?\s?(?:면|으면) (?:더|금상)|[^.!?。\n]{0,8}(?:なら嬉|だと嬉|ならなお|だとなお)|"
    r"[^.!?\n]{0,12}\b(?:if possible|would be nice|would be great|would be a plus|preferred)\b"
)


@dataclass(slots=True)
class Group:
    """Tags of which a pick needs one, as one ask said them. `kind`: plain, mood, soft (welcome, not needed)."""

    tags: tuple
    kind: str
    said: tuple  # the tags really named, of which `tags` may hold neighbours
    sure: float = SAID


@dataclass(slots=True)
class WishUpdate:
    """What one ask adds to the conversation."""

    works: dict = field(default_factory=dict)  # slug to liked, read, refused
    groups: list = field(default_factory=list)
    unwanted: list = field(default_factory=list)
    released: set = field(default_factory=set)  # tags that are now all right either way
    facts: dict = field(default_factory=dict)  # status, volumes, years, edition, anime, brightness, less_known
    about: dict = field(default_factory=dict)  # subject to whether it is wanted
    sure: dict = field(default_factory=dict)  # work, unwanted tag, fact or subject to how sure it is, where not SAID
    lifted: set = field(default_factory=set)  # facts of earlier asks that no longer bind
    count: int | None = None
    unknown: list = field(default_factory=list)
    anything: bool = False
    refines: bool = False
    replaces: bool = False
    asks: bool = False

    @property
    def says_something(self):
        return bool(
            self.works
            or self.groups
            or self.unwanted
            or self.facts
            or self.about
            or self.anything
            or self.released
            or self.lifted
        )

    @property
    def opens_subject(self):
        """Whether it can stand alone as a new subject: it names a genre or a liked work."""
        return (
            any(g.kind == "plain" for g in self.groups) or "liked" in self.works.values() or True in self.about.values()
        )


def parse_ask(text, words, language, last_picks):
    delta = WishUpdate()
    text = FORM.sub(lambda match: _take_answer(match, delta, words), text)
    heard = parse(text, words)
    delta.refines = bool(REFINES.search(heard.source))
    delta.replaces = bool(REPLACES.search(heard.source))
    delta.asks = bool(REQUEST.search(heard.source))
    for target in heard.mentions:
        _TAKE[target.kind](delta, target, heard, words, language)
    if delta.works and ALIKE.search(heard.source.lower()) and "liked" not in delta.works.values():
        delta.works = {slug: "liked" if stand == "read" else stand for slug, stand in delta.works.items()}
    _gather_tags(delta, heard, words)
    _take_bounds(delta, heard)
    _take_nth(delta, heard.source, last_picks, words)
    _find_unknown(delta, heard, words)
    if BRIGHTER.search(heard.source.lower()) and "brightness" not in delta.facts:
        delta.facts["brightness"] = 1
    elif DARKER.search(heard.source.lower()) and "brightness" not in delta.facts:
        delta.facts["brightness"] = -1
    if (
        delta.count
        and not delta.says_something
        and re.search(r"\banything\b|아무|何でも|なんでも", heard.source.lower())
    ):
        delta.anything = True
    also = any(t.kind == "tag" and t.stance not in REFUSING and ALSO.match(heard.source, t.end) for t in heard.mentions)
    if also or ADDS.search(heard.source):
        delta.refines = True
    return delta


def _take_answer(match, delta, words):
    """One line of the first visit's form. Its answer is read by what was asked, not as a sentence."""
    answer = match["answer"].strip()
    if answer and not NOTHING.fullmatch(answer):
        kind = next(name for name in ANSWERS if match[name])
        ANSWERS[kind](answer, delta, words)
    return ""


def _answer_genre(answer, delta, words):
    said = [target for target in parse(answer, words).mentions if target.kind == "tag"]
    delta.unwanted += [tag for target in said if target.stance in REFUSING for tag in target.values]
    tags = tuple(dict.fromkeys(tag for target in said if target.stance not in REFUSING for tag in target.values))
    if tags:
        delta.groups.append(Group(tags, "plain", tags))


def _answer_dislike(answer, delta, words):
    delta.unwanted += [tag for target in parse(answer, words).mentions if target.kind == "tag" for tag in target.values]


def _answer_mood(answer, delta, words):
    if BRIGHT_ANSWER.search(answer):
        delta.facts["brightness"] = 1
    elif DARK_ANSWER.search(answer):
        delta.facts["brightness"] = -1


def _answer_read(answer, delta, words):
    """Works read lately are taken as liked: why else would a reader name them."""
    for title in re.split(r"[,、，/]", answer):
        title = title.strip(" 『』「」\"'《》<>")
        if not title or NOTHING.fullmatch(title):
            continue
        work = words.catalogue.find(title)
        named = [work.slug] if work else [t.values[0] for t in parse(title, words).mentions if t.kind == "work"]
        delta.works |= dict.fromkeys(named, "liked")
        if not named:
            delta.unknown.append(title)


ANSWERS = {"genre": _answer_genre, "read": _answer_read, "mood": _answer_mood, "dislike": _answer_dislike}
REFUSING = ("refuse", "dislike")
ROLE_OF_STANCE = {
    "like": "liked",
    "similar": "liked",
    "read": "read",
    "refuse": "refused",
    "dislike": "refused",
    "": "liked",
}


def _take_work(delta, target, heard, words, language):
    stand = ROLE_OF_STANCE.get(target.stance, "liked")
    slug = target.values[0]
    # "転スラみたいな…、転スラ以外で": a liked work never comes back anyway.
    rank = ("liked", "refused", "read") if target.stance != "dislike" else ("refused", "liked", "read")
    if slug not in delta.works or rank.index(stand) < rank.index(delta.works[slug]):
        delta.works[slug] = stand
        if not target.stance:
            delta.sure[slug] = INFERRED


def _take_status(delta, target, heard, words, language):
    if target.stance == "indifferent":
        delta.lifted.add("status")
        return
    _weigh(delta, "status", target, heard)
    other = {"completed": "ongoing", "ongoing": "completed"}
    status = target.values[0]
    if target.joined == "any" and not target.stance and delta.facts.get("status") == other[status]:
        delta.facts.pop("status")
        delta.lifted.add("status")
        return
    delta.facts["status"] = other[status] if target.stance in REFUSING else status


# "Anime" alone names where a work is known from; only its absence is a condition.
NO_ANIME_AFTER = re.compile(
    r"(?:로|로는|가|는|은|도|화|화가)?\s?(?:아직\s?)?(?:(?:안|못)\s?(?:나|된|됐|되|만들|봤던)|없)|(?:は|が|も|に)?(?:まだ)?(?:な(?:い|し)|なって(?:い)?ない|されて(?:い)?ない)"
)
NO_ANIME_BEFORE = re.compile(
    r"\b(?:no|without|without an|lacks|doesn't have an|hasn't got an|haven't got an|never got an|don't have an)\s$"
)


def _take_anime(delta, target, heard, words, language):
    if target.values[0] == "maybe":
        lower = heard.source.lower()
        if NO_ANIME_AFTER.match(lower, target.end) or NO_ANIME_BEFORE.search(lower[: target.start]):
            delta.facts["anime"] = False
    elif target.stance == "indifferent":
        delta.lifted.add("anime")
    else:
        delta.facts["anime"] = target.stance not in REFUSING
        _weigh(delta, "anime", target, heard)


def _take_edition(delta, target, heard, words, language):
    if target.stance in (*REFUSING, "indifferent"):
        delta.lifted.add("edition")
    else:
        edition = target.values[0] or language
        if edition in ("ko", "en"):
            delta.facts["edition"] = edition
            _weigh(delta, "edition", target, heard, SAID if target.values[0] else INFERRED)


def _take_known(delta, target, heard, words, language):
    if target.stance in REFUSING:
        delta.facts["less_known"] = True
        delta.sure["less_known"] = INFERRED


def _take_obscure(delta, target, heard, words, language):
    delta.facts["less_known"] = target.stance not in REFUSING


LOVED = {"romance", "reverse-harem", "villainess", "female-lead", "marriage"}


def _take_male(delta, target, heard, words, language):
    """No tag says that a hero is a man, but a heroine's story is not what was meant."""
    if target.phrase in ("남주", "男主") and any(LOVED & {*one.values} for one in heard.mentions if one.kind == "tag"):
        return  # in a romance it is whom she loves
    if target.stance in REFUSING:
        delta.groups.append(Group(("female-lead",), "plain", ("female-lead",)))
    elif target.stance != "indifferent":
        delta.unwanted.append("female-lead")
        delta.sure["female-lead"] = INFERRED


def _take_about(delta, target, heard, words, language):
    """A subject that no tag stands for. What is found in a synopsis is a leaning: the others may have it too."""
    for subject in target.values:
        if target.stance != "indifferent":
            delta.about[subject] = target.stance not in REFUSING
            delta.sure[subject] = INFERRED


def _weigh(delta, fact, target, heard, sure=SAID):
    """Note how sure `fact` is, which `target` says."""
    lower = heard.source.lower()
    hoped = target.stance == "bonus" or _is_hoped(lower, target.start, target.end)
    delta.sure[fact] = HOPED if hoped else sure


def _is_hoped(text, start, end):
    return bool(HOPE_BEFORE.search(text[max(0, start - 40) : start]) or HOPE_AFTER.match(text, end))


def _take_anything(delta, target, heard, words, language):
    delta.anything = True


def _take_unknown(delta, target, heard, words, language):
    delta.unknown.append(target.values[0])


_TAKE = {
    "work": _take_work,
    "status": _take_status,
    "anime": _take_anime,
    "edition": _take_edition,
    "known": _take_known,
    "obscure": _take_obscure,
    "male": _take_male,
    "anything": _take_anything,
    "unknown": _take_unknown,
    "about": _take_about,
    "tag": lambda *_: None,
}


def _gather_tags(delta, heard, words):
    """Tags, chain by chain: a list of which any will do becomes one group."""
    said = [target for target in heard.mentions if target.kind == "tag"]
    chains = {}
    for target in said:
        if target.stance in REFUSING:
            _refuse(delta, target, words)
        elif target.stance == "indifferent":
            delta.released.update(target.values)
        else:
            chains.setdefault(target.coordination, []).append(target)
            if target.values[0] in BRIGHTNESS:
                delta.facts["brightness"] = BRIGHTNESS[target.values[0]]
    for number, wanted in chains.items():
        split = _alternatives(wanted, number in heard.choices)
        if split > 1:
            delta.groups.append(_any_group(wanted[:split], words))
        delta.groups += [_group(target, words) for target in wanted[split if split > 1 else 0 :]]
    last = {tag: target.stance in REFUSING for target in said for tag in target.values}
    last |= dict.fromkeys(_refused_in_part(said, heard.source, words.catalogue.labels), False)
    delta.unwanted = [tag for tag in delta.unwanted if last.get(tag, True)]
    refused = {tag for tag in delta.unwanted if last.get(tag)}
    delta.groups = [group for group in delta.groups if not set(group.said) <= refused]


def _refused_in_part(said, source, labels):
    """Tags wanted of which only a part is refused: "post-apocalyptic, no zombies".

    Of a tag both wanted and refused by its name ("슬라임 말고 다른 몬스터") the last word counts.
    """
    for target in said:
        if target.stance in REFUSING:
            apart = [tag for one in said if _is_wanted_apart(one, target, source) for tag in one.values]
            yield from (tag for tag in target.values if tag in apart and not _is_name(target.phrase, labels[tag]))


def _is_wanted_apart(one, refused, source):
    """Whether `one` is wanted in another clause than that of what is refused."""
    between = source[min(one.end, refused.end) : max(one.start, refused.start)]
    return one.stance not in (*REFUSING, "indifferent") and bool(CLAUSE.search(between))


def _is_name(phrase, label):
    return any(phrase[:2] in key(name) for name in label.labels.values())


def _alternatives(wanted, is_list):
    """How many of `wanted`, from the first, are alternatives: of "cooking or crafting, cozy" two."""
    if not is_list:
        return 0
    if all(target.stance == "like" for target in wanted):
        return len(wanted)
    joints = [place for place, target in enumerate(wanted) if target.joined == "any"]
    return joints[-1] + 1 if joints else 0


def _any_group(wanted, words):
    groups = [_group(target, words) for target in wanted]
    kinds = {group.kind for group in groups}
    tags = dict.fromkeys(tag for group in groups for tag in group.tags)
    said = dict.fromkeys(tag for group in groups for tag in group.said)
    return Group(tuple(tags), "plain" if "plain" in kinds else kinds.pop(), tuple(said))


def _refuse(delta, target, words):
    tags = target.values
    # A word of several tags is refused by its mood, not by every genre it may stand for.
    for tag in tags:
        if tag in BRIGHTNESS:
            delta.facts["brightness"] = -BRIGHTNESS[tag]
            delta.sure["brightness"] = INFERRED
        if target.soft and words.groups.get(tag) == "tone":
            continue
        delta.unwanted.append(tag)


def _group(target, words):
    said = target.values
    if said == ("drama",):
        # "A medical drama": beside a genre it says how a story is told.
        return Group(said, "mood", said)
    if target.stance == "bonus":
        return Group(said, "soft", said, HOPED)
    if any(tag in MOODS for tag in said):
        tags = tuple(dict.fromkeys(neighbour for tag in said for neighbour in MOODS.get(tag, (tag,))))
        return Group(tags, "mood", said)
    if "comedy" in said and not COMEDY.search(target.phrase):
        return Group(AMUSING, "mood", said)
    tags = tuple(dict.fromkeys(neighbour for tag in said for neighbour in AS_GOOD.get(tag, (tag,))))
    return Group(tags, "plain", said)


def _take_bounds(delta, heard):
    for name in ("min_volumes", "max_volumes", "min_year", "max_year"):
        if (value := getattr(heard.bounds, name)) is not None:
            delta.facts[name] = value
            start, end = heard.bounds.where.get(name, (0, 0))
            guess = INFERRED if name in heard.bounds.guessed else SAID
            delta.sure[name] = HOPED if _is_hoped(heard.source.lower(), start, end) else guess
    lower = heard.source.lower()
    if ANY_LENGTH.search(lower):
        delta.lifted |= {"min_volumes", "max_volumes"}
    if ANY_AGE.search(lower):
        delta.lifted |= {"min_year", "max_year"}
    for name in delta.lifted:
        delta.facts.pop(name, None)
    delta.count = heard.bounds.count


def _take_nth(delta, source, last_picks, words):
    """Works referred to by their place in the last reply: "두 번째 거 같은 거", "more like the second"."""
    if not last_picks:
        return
    match = LIKE_NTH.search(source.lower())
    if not match:
        return
    if match["last"]:
        place = len(last_picks)
    elif match["top"]:
        place = 1
    else:
        text = next(group for group in match.groups() if group)
        place = ORDINALS.get(text) or int(re.sub(r"\D", "", text) or 0)
    if 1 <= place <= len(last_picks) and last_picks[place - 1] in words.catalogue.by_slug:
        slug = last_picks[place - 1]
        delta.works[slug] = _role_of(slug, source, *match.span(), words)
        delta.refines = True


def _role_of(slug, source, start, end, words):
    """How the reader would stand to a work if its title stood in `source` in place of what does."""
    title = words.catalogue.by_slug[slug].titles["ja"]
    around = parse(f"{source[:start]}『{title}』{source[end:]}", words)
    stand = next((target.stance for target in around.mentions if target.values == (slug,)), "")
    return "refused" if stand in REFUSING else ROLE_OF_STANCE.get(stand, "liked")


def _find_unknown(delta, heard, words):
    """Titles in a clear frame ("I loved X", "X 재밌게 읽었어") in which nothing on the shelf was recognised."""
    for frame in TITLE_FRAMES:
        for match in frame.finditer(heard.source):
            start = match.start("title")
            for part in re.finditer(r"(?:(?!,| and ).)+", match["title"]):
                _take_title(delta, heard, start + part.start(), start + part.end(), words)


def _take_title(delta, heard, start, end, words):
    title = re.sub(r"^\s*and\s|\s(?:and|in|to|a|the)\s*$", "", heard.source[start:end]).strip()
    touching = [t for t in heard.mentions if t.start < end and start < t.end]
    if any(t.kind in ("work", "unknown") for t in touching) or NOT_A_TITLE.search(title):
        return
    covered = sum(min(t.end, end) - max(t.start, start) for t in touching)
    if covered * 2 > len(title) or len(key(title)) < 2:
        return
    if slug := words.nearly(title):
        at = heard.source.index(title, start)
        delta.works[slug] = _role_of(slug, heard.source, at, at + len(title), words)
        delta.sure[slug] = INFERRED
    elif title not in delta.unknown:
        delta.unknown.append(title)
    # "Redo of Healer" asks for no medicine.
    inside = {tag for t in touching for tag in t.values}
    delta.groups = [group for group in delta.groups if not (inside and set(group.said) <= inside)]
    delta.unwanted = [tag for tag in delta.unwanted if tag not in inside]
