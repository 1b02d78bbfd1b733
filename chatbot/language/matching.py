"""Finding what one text names: works and tags, and the cues that may take a stand on them."""

import re

from ..text.folding import key
from ..text.matcher import Passage, Span
from .coordination import CONNECTOR
from .cues import Cue
from .mentions import Mention
from .numbers import bounds

TARGET_KINDS = ("tag", "status", "anime", "edition", "known", "obscure", "male", "anything", "about")
DID = re.compile(r"\b(?:i|i've|ive|i have|we|just|already|recently)\s$")
DONE = {"alreadyfinished", "finishedalready", "alreadydone"}
STATE = re.compile(r"(?:\b(?:is|are|be|been|it's|that's|thats|its)|\bhas|['’]s)\s$")
# "性格終わってる主人公", "세상이 끝난 뒤": what is over here is not the series.
DOOMED = re.compile(
    r"(?:세상|세계|인류|인생|문명|전쟁|일|시험|퇴근|학기|방학|世界|文明|人類|人生|性格|倫理観?|頭|戦争|仕事|学校|テスト|世)(?:이|가|은|는|도|の|が|は|も)?\s?(?:이미|다|もう|すでに|既に)?\s?$"
)
QUOTED = re.compile(
    r"『([^』\n]{1,120})』|「([^」\n]{1,120})」|《([^》\n]{1,120})》|〈([^〉\n]{1,120})〉|“([^”\n]{1,120})”|\"([^\"\n]{1,120})\""
)
READ_AFTER = re.compile(
    r"(?:은|는|을|를|도)?\s?(?:이미|다|전부|벌써)?\s?(?:읽[었은음]|봤|본\s?적|완독|정주행)|(?:같은|처럼)\s?(?:책|작품|소설|라노벨)|"
    r"\swas\s(?:so |really |very |pretty )?(?:great|good|amazing|awesome|fun|peak|fantastic|nice|excellent|wonderful|boring|bad|meh)|"
    r"(?:は|も|を|なら)?\s?(?:もう|既に|すでに|全部|全巻|一応)?\s?(?:読[んみ了破]|既読|履修|完走|追って)|(?:みたいな|のような|っぽい)(?:の|やつ|作品|小説|ラノベ|話|$)|以外"
)
# Between a verb and the name that it is said of: "finished all volumes of 86".
VOLUMES_OF = re.compile(
    r"[^.!?,]{0,5}|\s(?:(?:all|every|the|available|volumes?|books?|vols?|of|up|to|through|first|last|latest|\d+)\s)*"
)
READ_BEFORE = re.compile(
    r"\b(?:i've read|ive read|i read|already read|seen|watched|finished|dropped|caught up (?:on|with|to))\s(?:the\s)?$"
)
NAME_ENDS = re.compile(r"\s*(?:$|[,.;!?)])|\s(?:and|but|or|so)\b")
LIKED_BEFORE = re.compile(r"\b(?:loved?|liked?|enjoyed|adored?|like|similar to)\s$")
BUT = re.compile(r"\s(?:but|meets|except|minus|with less|with more)\b")
UNIT = re.compile(
    r"\s?(?:권|화|년|개|편|巻|冊|話|年|歳|세|살|위|만|원|円|%|명|人|volumes?|vols?|years?|books?|chapters?|episodes?)"
)
FOR_WHOM = re.compile(
    r"(?:の|な)?(?:娘|息子|妹|弟|姉|兄|友達|友人|彼女|彼氏|母|父|親|子|子供|子ども|孫|甥|姪)?(?:に|へ|への)(?:プレゼント|贈|あげ|買っ|読ませ|すすめ|勧め|薦め)|"
    r"(?:인|생인|생)?\s?(?:딸|아들|동생|친구|여동생|남동생|조카|아이|애|누나|언니|오빠|형|아내|남편|여친|남친|엄마|아빠)?(?:내미)?\s?"
    r"(?:한테|에게|께)\s?(?:줄|주려|사줄|사 줄|사주|선물|추천|권|읽)"
)
FOR_MY = re.compile(r"\b(?:for|gift for|give|giving) (?:my|our|his|her) (?:[\w']+ ){0,2}$")
PERSONS = {"wife", "husband", "sister", "brother", "딸", "여동생", "남동생", "동생", "wives", "妹", "弟"}
PERSON_WANTS = re.compile(
    r"(?:이|가|은|는)\s?(?:읽을|볼|좋아할|읽기|보기)\s?(?:만|좋|에|법)|\s(?:likes|loves|enjoys|is into|wants|hates|asked for)\b"
)
OWN_MOODS = ("우울", "울적", "슬프", "슬퍼", "침울", "鬱", "病", "悲し")
MOOD_BEFORE = re.compile(
    r"(?:요즘|요새|지금|제가|내가|기분이?|마음이?|상태가)\s(?:너무|좀|많이|계속)?\s?$|"
    r"\b(?:i['’]?m|i am|i feel|feeling|(?:i['’]ve|have|has) been)\s(?:so |really |kinda |a bit |pretty |very |too )*$"
)
# What a story and somebody in it can be: of the latter there are no tags.
NATURES = ("조용", "고요", "차분", "quiet", "calm", "静か", "落ち着")
SOMEONE = re.compile(
    r"\s?(?:성격의?|성격인|타입의?|느낌의)?\s?(?:여자|남자|소년|소녀|미소녀|여자애|남자애|여학생|남학생|학생|아이|사람|인물|캐릭터|캐|"
    r"여주|남주|여주인공|남주인공|주인공|주인공들|히로인|여캐|남캐|성격)|"
    r",?\s(?:and |or )?(?:[a-z-]+ ){0,2}?(?:protagonists?|mc|main characters?|heroines?|hero|leads?|girls?|boys?|guys?|"
    r"kids?|women|woman|man|men|characters?|loner|type|person|personality)\b|"
    r"(?:性格の|感じの|タイプの)?(?:主人公|ヒロイン|女主人公|女の子|男の子|少女|少年|美少女|女性|男性|キャラ|人物|子|性格|女子|男子)"
)
MOOD_AFTER = re.compile(r"(?:해서|할\s?때|하니까|증)(?!\s?(?:좋|재[밌미]))|(?:で|でい)?る?(?:ので|時|とき|時期)")


class MentionFinder:
    """One pass over one text. What it names is in `targets` and `cues`, in the order of the text."""

    def __init__(self, vocabulary, text, this_year):
        self.vocabulary, self.groups = vocabulary, vocabulary.groups
        self.passage = Passage(text)
        self.source = self.passage.source
        self.lower = self.source.lower()
        self.bounds = bounds(self.lower, vocabulary.newest, this_year)
        self.masks = []
        self.targets, self.cues, self.doubtful, self.rivals = [], [], [], []
        self._take_quotes()
        self._take_spans()

    def _take_quotes(self):
        """Quoted titles are works or unknown titles, never tags: 『異世界薬局』 asks for no other world."""
        catalogue = self.vocabulary.catalogue
        for match in QUOTED.finditer(self.source):
            text = next(group for group in match.groups() if group is not None).strip()
            letters = key(text)
            if work := catalogue.find(text):
                self._add("work", (work.slug,), match.span(), letters, quoted=True)
            elif len(letters) < 2 or (match.group()[0] not in "『《" and self._is_known_words(text)):
                continue
            else:
                self._add("unknown", (text,), match.span(), letters, quoted=True)
            self.masks.append(match.span())

    def _is_known_words(self, text):
        """Whether a quotation is made of tag words ("다크 판타지") or is a whole sentence, and so no title."""
        passage = Passage(text)
        covered = sum(len(span.phrase) for span in self.vocabulary.lexicon.find(passage))
        return covered >= len(passage.letters) * 0.75 or bool(re.search(r"[가-힣](?:다|요|줘|어)[.!?]?$", text))

    def _take_spans(self):
        self._take_found(self.vocabulary.lexicon.find(self.passage))
        self._take_doubtful()
        self.targets.sort(key=lambda target: target.start)
        self.cues.sort(key=lambda pair: pair[0].start)

    def _take_found(self, spans):
        places = self.bounds.places or []
        for span in spans:
            if any(span.start < end and start < span.end for start, end in self.masks):
                continue
            meanings = {}
            for meaning in span.meanings:
                kind = "cue" if isinstance(meaning, Cue) else meaning[0]
                meanings.setdefault(kind, []).append(meaning)
            inside = any(span.start < end and start < span.end for start, end in places)
            if inside and not {"status", "work", "anything"} & meanings.keys():
                continue
            if self._is_recipient(span) or self._is_own_mood(span, meanings) or self._is_nature(span):
                continue
            self._sort(span, meanings)

    def _sort(self, span: Span, meanings):
        named = meanings.pop("work", None)
        if named and (not self._is_common(span) or self._clearly_named(span, bool(meanings))):
            self._add("work", (named[0][1],), (span.start, span.end), span.phrase)
            return
        text = self.source[span.start : span.end]
        if named and (text[:1].isupper() or not text[:1].isascii() or text.isdigit()):
            (self.rivals if meanings else self.doubtful).append((span, named[0][1]))
        if named and not meanings:
            self._take_inside(span)
        elif "both" in meanings:
            for tag in meanings["both"][0][1]:
                self._add("tag", (tag,), (span.start, span.end), span.phrase)
        elif kind := next((kind for kind in TARGET_KINDS if kind in meanings), None):
            self._sort_target(span, kind, meanings[kind])
        elif span.phrase in DONE and STATE.search(self.lower[: span.start]):
            self._add("status", ("completed",), (span.start, span.end), span.phrase)
        elif "cue" in meanings:
            self.cues.append((span, tuple(meanings["cue"])))

    def _sort_target(self, span, kind, meanings):
        if kind == "status" and DOOMED.search(self.lower[: span.start]):
            return
        if kind == "status" and span.phrase in ("finished", "complete", "completed") and self._is_verb(span):
            self.cues.append((span, (Cue("read", False),)))
            return
        self._add(kind, tuple(meaning[1] for meaning in meanings), (span.start, span.end), span.phrase)

    def _add(self, kind, values, place, phrase="", quoted=False):
        self.targets.append(Mention(kind, values, *place, phrase, quoted))

    def _take_inside(self, span):
        """What a name that was no name is made of."""
        inner = self.vocabulary.plain.find(Passage(self.source[span.start : span.end]))
        self._take_found(Span(span.start + one.start, span.start + one.end, one.meanings, one.phrase) for one in inner)

    def _is_recipient(self, span):
        """Whether a word says for whom a book is: "高校生の娘にプレゼント" asks for no school."""
        if span.phrase in PERSONS and PERSON_WANTS.match(self.lower, span.end):
            return True
        return bool(
            FOR_WHOM.match(self.lower, span.end) or FOR_MY.search(self.lower[max(0, span.start - 24) : span.start])
        )

    def _is_own_mood(self, span, meanings):
        """Whether a mood is the reader's and not a book's: "요즘 우울한데", "I've been so sad lately"."""
        if not any(self.groups.get(tag) == "tone" for _, tag in meanings.get("tag", ())):
            return False
        before = self.lower[max(0, span.start - 30) : span.start]
        if MOOD_BEFORE.search(before):
            return before.isascii() or self.lower.startswith(("한데", "데", "해", "하", "합"), span.end)
        return span.phrase.startswith(OWN_MOODS) and bool(MOOD_AFTER.match(self.lower, span.end))

    def _is_nature(self, span):
        """Whether a word tells what somebody is like and not the story: "a quiet girl", "차분한 주인공"."""
        return span.phrase.startswith(NATURES) and bool(SOMEONE.match(self.lower, span.end))

    def _is_verb(self, span):
        """Whether "finished" is what the reader did: "finished Overlord", not "something finished"."""
        before, after = self.source[: span.start], self.source[span.end : span.end + 2]
        if found := DID.search(before.lower()):
            return not STATE.search(before.lower()[: found.start()])
        return not before.strip() and bool(re.match(r"\s[A-Z]", after))

    def _take_doubtful(self):
        """A name that is an everyday word or a number ("86") is meant where it stands beside other works.

        A number or a capitalised word also where a stand is taken on it, or where it is all that was said.
        """
        for span, slug in self.doubtful:
            after, before = self.lower[span.end : span.end + 16], self.source[: span.start]
            if UNIT.match(after):
                continue
            stands = any(
                cue.kind not in ("none", "bonus", "indifferent")
                and (
                    (cue.after and 0 <= heard.start - span.end <= 6 and heard.start > span.end - 1)
                    or (
                        not cue.after
                        and cue.kind != "refuse"
                        and VOLUMES_OF.fullmatch(self.lower[heard.end : span.start])
                    )
                )
                for heard, cues in self.cues
                for cue in cues
            )
            name = span.phrase.isdigit() or self.source[span.start].isupper()
            alone = not (before.strip() or after.strip())
            if self._beside_works(span) or (name and (stands or alone or BUT.match(after))):
                self._add("work", (slug,), (span.start, span.end), span.phrase)
        for span, slug in self.rivals:
            if self._beside_works(span):
                self.targets = [target for target in self.targets if target.start != span.start]
                self._add("work", (slug,), (span.start, span.end), span.phrase)

    def _beside_works(self, span):
        return any(
            target.kind == "work"
            and (
                CONNECTOR.fullmatch(self.lower[target.end : span.start])
                or CONNECTOR.fullmatch(self.lower[span.end : target.start])
            )
            for target in self.targets
        )

    def _is_common(self, span):
        text = self.source[span.start : span.end]
        return span.phrase in self.vocabulary.common or self.vocabulary.is_made_of_tags(text)

    def _clearly_named(self, span, ambiguous):
        """Whether a name that is also an everyday word is meant as a name here."""
        text = self.source[span.start : span.end]
        if ambiguous:
            return self._is_read(span)
        if text[:1].isascii() and text[:1].isalpha():
            sentence_start = not self.source[: span.start].strip() or self.source[: span.start].rstrip()[-1:] in ".!?\n"
            if text.isupper() and len(text) > 1:
                return True
            if text[0].isupper() and not sentence_start:
                return True
        after = self.lower[span.end : span.end + 14]
        before = self.lower[max(0, span.start - 18) : span.start]
        if re.match(
            r"\s?(?:이?랑|을|를|은|는|이|가|도)?\s?(?:재밌|재미있|읽었|봤|좋아|같은|처럼|비슷|말고)|みたい|のよう|っぽい|"
            r"(?:は|が|も|を)?(?:もう|全部|全巻)?(?:読[んみ了]|既読|履修|大?好き|面白|最高)",
            after,
        ):
            return True
        return bool(
            re.search(
                r"\b(?:loved|love|like|liked|enjoyed|read|finished|watched|similar to|fan of)\s(?:the\s)?$", before
            )
        ) and (len(span.phrase) > 2 or span.phrase.isdigit())

    def _is_read(self, span):
        """Whether the words around a name that is a tag's too are said of books only: "薬屋は読んだ", "loved Gamers!"."""
        if READ_AFTER.match(self.lower, span.end):
            return True
        before = self.lower[max(0, span.start - 24) : span.start]
        written_as_name = self.source[span.start].isupper() and NAME_ENDS.match(self.lower, span.end)
        return bool(READ_BEFORE.search(before) or (written_as_name and LIKED_BEFORE.search(before)))
