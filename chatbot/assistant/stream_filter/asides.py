"""What a model says beside its reply: thoughts without marks, its task told again, other speakers, addresses.

Text passes sentence by sentence. A line is judged anew when it is whole: what it leaves out of what has passed is taken
back. What remains depends on the text alone, and not on how it was cut.
"""

import re

from . import told

END = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s)|[。！？]+[\"'”’」』)）\]】*_]*")
MAX_SENTENCE = 600  # characters of a sentence that is looked at while it grows
# Words from which a sentence waits for its end.
TRIGGER = re.compile(
    r"https?:|www\.|\]\(|[(（\[【]\s?(?:참고|출처|참조|주|규칙|후보|목록|끝|注|参考|出典|以上|source|note|see\b|end\b)"
    r"|후보|목록|리스트|형식|지시|지침|규칙|시스템|프롬프트|사용자|유저|당신은|제공된|候補|リスト|形式|指示|ルール|システム|プロンプト|ユーザー|あなたは"
    r"|\bcandidates?\b|\bthe (?:list|format|user)\b|\bprompt\b|\binstruct|\bgiven to me\b|\bprovided\b|\bas instructed"
    r"|[\[(（【](?=끝|以上|END|이상)|\bYou are (?:a|the)\b|^(?:assistant|user|human|answer|response|thought|action"
    r"|observation)\b",
    re.IGNORECASE,
)
RESIDUE = re.compile(r"[\W_]*")
BRACKETED = re.compile(r"\s?(?<!\[)[(（\[【](?!\[)([^()（）\[\]【】\n]{1,200})[)）\]】](?!\])")
PICK = re.compile(r"[\s>*_]{0,4}\[\[[^\[\]\n]{1,160}\]\]")
LISTED_PICK = re.compile(r"[\s>*_]{0,4}(?:\d{1,2}[.)]|[-*•・])\s?[*_]{0,2}\[\[[^\[\]\n]{1,160}\]\]")
# How an answer begins that points at works by their titles.
LED = re.compile(r"\s*(?:#{1,6}\s|\d{1,2}[.)]\s|[①-⑳]|\*\*\S|[『《【])")
ITEM = re.compile(r"\s*(?:[-*•・]\s|\d{1,2}[.)]|[^\n:：]{1,30}[:：])")
HANGING = re.compile(r"[ \t]{0,4}[:：]\s{0,8}$")
CJK_STOP = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]\s{0,3}[:：]\s{0,8}$")
BARE_ITEM = re.compile(r"\s*(?:[-*•・]|\d{1,2}[.)．、]|[①-⑳])\s*\S.{0,60}$")
DASHES = re.compile(r"(?<=\s)([-–—|·])(?:\s{1,3}[-–—|·])+(?=\s|$)")
OPENS, CLOSES = re.compile(r"[(（]"), re.compile(r"[)）]")


class Asides:
    """`void`: what was given before must be taken back; what the call returned stands in its place.

    `ended`: another speaker has begun.
    """

    def __init__(self):
        self.void = self.ended = self.thought = False
        self.given = self.clean = ""  # what was returned since the last void, and what is certain of it
        self.line = self.passing = ""  # the line that is not whole yet, and what may be shown of it
        self.place = self.length = 0  # where its last sentence begins, and how much of that was shown
        self.thoughts = None  # lines that are thought until an answer shows; None where none are
        self.doubtful = self.dropped = self.waits = False
        self.listing = self.labelled = False  # candidates are being listed; the reply began with its speaker
        self.headed = False  # whether the thoughts began under a heading of theirs
        self.other = None  # where a line begins that may be another speaker's

    def take(self, text):
        if self.ended:
            return ""
        lines = (self.line + text).split("\n")
        if len(lines) > 1:
            for line in lines[:-1]:
                self._whole(line, "\n")
            self.place, self.length, self.passing = 0, 0, ""
        self.line = lines[-1]
        return self._given(self.clean + self._passing())

    def rest(self, *, called=False):
        """What remains. `called`: a call was left out, so that nothing follows a colon at the end."""
        if not self.ended:
            line, self.line = self.line, ""
            self._whole(line, "")
            self._end_thoughts()
        clean = told.OVER_AT_END.sub("", self.clean)
        self.clean = clean if len(clean) == len(self.clean) else clean.rstrip()
        if called and (found := HANGING.search(self.clean[-80:])):
            stop = "。" if CJK_STOP.search(self.clean[-80:]) else "."
            self.clean = self.clean[: len(self.clean) - len(found[0])] + stop
        return self._given(self.clean)

    def _given(self, text):
        if text.startswith(self.given):
            fresh = text[len(self.given) :]
        else:
            self.void, fresh = True, text
        self.given = text
        return fresh

    # --- A line that is not whole ------------------------------------------------------------

    def _passing(self):
        """What of the unfinished line may be shown: up to a sentence that may be none for the reader."""
        if self.ended or self.thoughts is not None:
            return ""
        while found := END.search(self.line, self.place, self.place + MAX_SENTENCE):
            if found.end() >= len(self.line):
                break
            self._sentence(found.end())
        if len(self.line) - self.place > MAX_SENTENCE:
            self._sentence(self.place + MAX_SENTENCE)
        sentence = self.line[self.place :]
        if not self.place and self._may_be_label(sentence):
            return sentence[: self.length]
        found = TRIGGER.search(sentence)
        self.length = max(self.length, found.start() if found else len(sentence))
        return self.passing + sentence[: self.length]

    def _may_be_label(self, sentence):
        """Whether a line begins as one that is judged as a whole."""
        return len(sentence) < MAX_SENTENCE and any(
            one.match(sentence)
            for one in (told.RULE, told.CANDIDATES, told.STEPS, told.REACTS, told.HEAD, told.MARKER, told.OTHER)
        )

    def _sentence(self, end):
        sentence = self.line[self.place : end]
        self.place, self.length = end, 0
        self.passing += sentence if not TRIGGER.search(sentence) else _reworded(sentence)

    # --- A line that is whole ----------------------------------------------------------------

    def _whole(self, line, end):
        if self.ended or self._is_marker(line, end):
            return
        if self.thoughts is None and self._begins_thought(line):
            self.thoughts, self.thought, self.headed = [], True, bool(told.HEAD.match(line))
        if self.thoughts is not None:
            if not self._ends_thought(line):
                self.thoughts.append(line)
                return
            self._end_thoughts()
        self._add(line, end)

    def _is_marker(self, line, end):
        """Whether a line begins the answer: what was thought before it goes."""
        if self.waits and (found := told.SELF.match(line)):
            self._begin_anew(line[found.end() :], end)
            return True
        found = told.MARKER.match(line) or told.MARKER_LINE.match(line)
        strong = bool(found and told.STRONG_LABEL.search(found[0]))
        thinks = self.thoughts is not None or self.doubtful or self.thought
        if not found and (
            thinks or told.HEAD.match(line) or told.MAYBE.match(line) or told.ASIDE.search(line[:MAX_SENTENCE])
        ):
            found = told.MARKER_WITHIN.search(line)
            if found and (told.STRONG_LABEL.search(found[0]) or self.thoughts is not None or told.HEAD.match(line)):
                thinks = strong = True
            else:
                found = None
        if not found or not (thinks or strong or not self.clean.strip()):
            return False
        if thinks:
            self._begin_anew(line[found.end() :], end)
        else:
            self._add(line[found.end() :], end)
        return True

    def _begin_anew(self, line, end):
        self.thought = self.thought or bool(self.clean.strip())
        self.clean, self.thoughts, self.dropped = "", None, True
        self.doubtful = self.waits = False
        if again := told.MARKER.match(line):
            line = line[again.end() :]
        if line.strip():
            self._add(line, end)

    def _begins_thought(self, line):
        """Whether the reply begins with a line in which the model speaks to itself."""
        if self.clean.strip() or not line.strip():
            return False
        start = line[:MAX_SENTENCE]
        if told.OTHER.match(line):
            self.waits = True
            return True
        if told.MAYBE.match(line):
            self.doubtful = True
        speaks = any(re.search(one, start, told.I) for one in (told.USER_KO, told.USER_JA, told.USER_EN))
        return bool(told.HEAD.match(line)) or (speaks and not told.REAL.search(start))

    def _ends_thought(self, line):
        apart = not self.thoughts or not self.thoughts[-1].strip()
        picks = PICK.match(line) or (apart and LISTED_PICK.match(line))
        leads = self.thoughts and apart and not self.headed and LED.match(line) and not told.ASIDE.search(line)
        return not self.waits and bool(picks or leads)

    def _end_thoughts(self):
        """Of what was thought the last paragraph may be said to the reader: where it is prose, and not of the task."""
        if self.thoughts is None:
            return
        text, self.thoughts, self.waits = "\n".join(self.thoughts).rstrip(), None, False
        _before, apart, last = text.rpartition("\n\n")
        lines = last.split("\n")
        prose = not any(ITEM.match(one) or told.ASIDE.search(one) or told.HEAD.match(one) for one in lines)
        if apart and prose:
            for line in (*lines, ""):
                self._add(line, "\n")

    def _add(self, line, end):
        """Add a whole line without what is not for the reader."""
        said = bool(self.clean.strip())
        if said and self._is_other(line):
            self._stop()
            return
        if found := told.OTHER_WITHIN.search(line):
            line = line[: found.start()]
            self._stop()
        if not said and (found := told.SELF.match(line)):
            line, self.labelled = line[found.end() :], True
            if not line.strip():
                return
        kept = "" if self._is_listed(line) or (not said and told.ASKED.match(line)) else _line(line)
        if kept != line and RESIDUE.fullmatch(kept):
            self._drop(line)
        elif line.strip() or not (self.dropped and (self.clean.endswith("\n\n") or not self.clean)):
            self.clean += kept + end
            self.dropped = self.dropped and not line.strip()

    def _is_other(self, line):
        """Whether somebody else speaks from this line on, or has since the line before."""
        if told.OTHER.match(line):
            return True
        if told.WEAK_OTHER.match(line):
            self.other = len(self.clean)
            return self.labelled or bool(told.SELF.search(line, 1))
        if self.other is not None and line.strip():
            if told.SELF.match(line):
                self.clean = self.clean[: self.other]
                return True
            self.other = None
        return False

    def _is_listed(self, line):
        """Whether a line belongs to a list of candidates that was told again."""
        if told.CANDIDATES.match(line):
            self.listing = not line.split(":", 1)[-1].split("：", 1)[-1].strip(" *_")
        elif self.listing and BARE_ITEM.match(line) and not told.REAL.search(line):
            return True
        elif line.strip() or self.dropped is False:
            self.listing = False
        return False

    def _drop(self, line):
        self.dropped = True
        self.doubtful = self.doubtful or bool(told.ASIDE.search(line[:MAX_SENTENCE]) or told.REACTS.match(line))

    def _stop(self):
        self.ended = True
        self.line, self.passing, self.place, self.length = "", "", 0, 0


def _line(line):
    """`line` without what is not for the reader."""
    if len(line) > 20 * MAX_SENTENCE or RESIDUE.fullmatch(line):
        return "" if line.strip() in ("[", "(", "]", ")", "[]", "()") else line
    if (
        told.STEPS.match(line)
        or told.EMPTY_LABEL.match(line)
        or told.OVER.fullmatch(line)
        or told.BARE_SELF.match(line)
    ):
        return ""
    if told.REACTS.match(line) and not told.REAL.search(line):
        return ""
    if told.RULE.match(line) and told.RULED.search(line) and not told.REAL.search(line):
        return ""
    if told.CANDIDATES.match(line) and not told.REAL.search(line):
        return ""
    line = told.SCORE.sub("", told.CHOSEN.sub("", line, count=1))
    if not TRIGGER.search(line) and not told.ASIDE.search(line):
        return line
    line = told.LINK.sub(_linked, told.MARK_LINK.sub("", line))
    out, until = [], False
    for sentence in _sentences(line):
        if until:
            until = not CLOSES.search(sentence)
            continue
        kept = _reworded(sentence)
        if not kept and len(OPENS.findall(sentence)) > len(CLOSES.findall(sentence)):
            until = True
        out.append(kept if any(out) or (len(kept) == len(sentence) and not out) else kept.lstrip())
    text = "".join(out)
    return text if text == line else text.rstrip()


def _sentences(line):
    place = 0
    for found in END.finditer(line):
        yield line[place : found.end()]
        place = found.end()
    if place < len(line):
        yield line[place:]


def _reworded(sentence):
    """`sentence` without addresses and remarks on the task; "" where it is no more than such."""
    text = BRACKETED.sub(lambda found: "" if _is_aside(found[1]) else found[0], sentence)
    if told.URL.search(text):
        text = _without_addresses(text)
    if told.REAL.search(text) or told.QUOTED.search(text):
        return text if told.FORM.search(text) else told.FROM_LIST.sub("", text)
    return "" if _is_aside(text) else text


def _is_aside(text):
    return not told.REFUSES.search(text) and bool(told.ASIDE.search(text) or told.ONLY_EN.search(text))


def _without_addresses(text):
    bare = told.IN_BRACKETS.sub("", text)
    if not told.URL.search(bare):
        return bare
    rest = told.URL.sub("", told.WITH_LEAD.sub("", bare))
    if told.REAL.search(rest) or told.QUOTED.search(rest):
        return _tidied(rest)
    letters = [one for one in rest if one.isalnum()]
    if len(letters) <= told.SHORT or (told.POINTING.search(rest) and len(letters) <= 2 * told.SHORT):
        return ""
    return _tidied(rest)


def _tidied(text):
    """`text` without the marks that stood around an address."""
    return re.sub(r"[ \t]{2,}", " ", DASHES.sub(r"\1", text))


def _linked(found):
    if found[0].startswith("!"):
        return ""
    words = found[1]
    return f"[{words}]" if re.fullmatch(told.SLUG, words) and "-" in words else words
