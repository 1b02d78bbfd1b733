"""What a model says beside its reply: thoughts without marks, its task told again, other speakers, addresses.

Text passes sentence by sentence. A line is judged anew when it is whole: what it leaves out of what has passed is taken
back. What remains depends on the text alone, and not on how it was cut.
"""

import re

from ..candidate_ids import is_id
from . import commentary_patterns as patterns

END = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s)|[。！？]+[\"'”’」』)）\]】*_]*")
MAX_SENTENCE = 600  # characters of a sentence that is looked at while it grows
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


class CommentaryFilter:
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

    def take(self, text: str) -> str:
        if self.ended:
            return ""
        lines = (self.line + text).split("\n")
        if len(lines) > 1:
            for line in lines[:-1]:
                self._whole(line, "\n")
            self.place, self.length, self.passing = 0, 0, ""
        self.line = lines[-1]
        return self._given(self.clean + self._passing())

    def rest(self, *, called: bool = False) -> str:
        """What remains. `called`: a call was left out, so that nothing follows a colon at the end."""
        if not self.ended:
            line, self.line = self.line, ""
            self._whole(line, "")
            self._end_thoughts()
        clean = patterns.OVER_AT_END.sub("", self.clean)
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
        found = patterns.TRIGGER.search(sentence)
        self.length = max(self.length, found.start() if found else len(sentence))
        return self.passing + sentence[: self.length]

    def _may_be_label(self, sentence):
        """Whether a line begins as one that is judged as a whole."""
        return len(sentence) < MAX_SENTENCE and any(
            one.match(sentence)
            for one in (
                patterns.RULE,
                patterns.CANDIDATES,
                patterns.STEPS,
                patterns.REACTS,
                patterns.HEAD,
                patterns.MARKER,
                patterns.OTHER,
            )
        )

    def _sentence(self, end):
        sentence = self.line[self.place : end]
        self.place, self.length = end, 0
        self.passing += sentence if not patterns.TRIGGER.search(sentence) else _reworded(sentence)

    # --- A line that is whole ----------------------------------------------------------------

    def _whole(self, line, end):
        if self.ended or self._is_marker(line, end):
            return
        if self.thoughts is None and self._begins_thought(line):
            self.thoughts, self.thought, self.headed = [], True, bool(patterns.HEAD.match(line))
        if self.thoughts is not None:
            if not self._ends_thought(line):
                self.thoughts.append(line)
                return
            self._end_thoughts()
        self._add(line, end)

    def _is_marker(self, line, end):
        """Whether a line begins the answer: what was thought before it goes."""
        if self.waits and (found := patterns.SELF.match(line)):
            self._begin_anew(line[found.end() :], end)
            return True
        found = patterns.MARKER.match(line) or patterns.MARKER_LINE.match(line)
        strong = bool(found and patterns.STRONG_LABEL.search(found[0]))
        thinks = self.thoughts is not None or self.doubtful or self.thought
        if not found and (
            thinks
            or patterns.HEAD.match(line)
            or patterns.MAYBE.match(line)
            or patterns.ASIDE.search(line[:MAX_SENTENCE])
        ):
            found = patterns.MARKER_WITHIN.search(line)
            if found and (
                patterns.STRONG_LABEL.search(found[0]) or self.thoughts is not None or patterns.HEAD.match(line)
            ):
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
        if again := patterns.MARKER.match(line):
            line = line[again.end() :]
        if line.strip():
            self._add(line, end)

    def _begins_thought(self, line):
        """Whether the reply begins with a line in which the model speaks to itself."""
        if self.clean.strip() or not line.strip():
            return False
        start = line[:MAX_SENTENCE]
        if patterns.OTHER.match(line):
            self.waits = True
            return True
        if patterns.MAYBE.match(line):
            self.doubtful = True
        speaks = bool(patterns.SPEAKS_OF_USER.search(start))
        return bool(patterns.HEAD.match(line)) or (speaks and not patterns.REAL.search(start))

    def _ends_thought(self, line):
        apart = not self.thoughts or not self.thoughts[-1].strip()
        picks = PICK.match(line) or (apart and LISTED_PICK.match(line))
        leads = self.thoughts and apart and not self.headed and LED.match(line) and not patterns.ASIDE.search(line)
        return not self.waits and bool(picks or leads)

    def _end_thoughts(self):
        """Of what was thought the last paragraph may be said to the reader: where it is prose, and not of the task."""
        if self.thoughts is None:
            return
        text, self.thoughts, self.waits = "\n".join(self.thoughts).rstrip(), None, False
        _before, apart, last = text.rpartition("\n\n")
        lines = last.split("\n")
        prose = not any(ITEM.match(one) or patterns.ASIDE.search(one) or patterns.HEAD.match(one) for one in lines)
        if apart and prose:
            for line in (*lines, ""):
                self._add(line, "\n")

    def _add(self, line, end):
        """Add a whole line without what is not for the reader."""
        said = bool(self.clean.strip())
        if said and self._is_other(line):
            self._stop()
            return
        if found := patterns.OTHER_WITHIN.search(line):
            line = line[: found.start()]
            self._stop()
        if not said and (found := patterns.SELF.match(line)):
            line, self.labelled = line[found.end() :], True
            if not line.strip():
                return
        kept = "" if self._is_listed(line) or (not said and patterns.ASKED.match(line)) else _line(line)
        if kept != line and RESIDUE.fullmatch(kept):
            self._drop(line)
        elif line.strip() or not (self.dropped and (self.clean.endswith("\n\n") or not self.clean)):
            self.clean += kept + end
            self.dropped = self.dropped and not line.strip()

    def _is_other(self, line):
        """Whether somebody else speaks from this line on, or has since the line before."""
        if patterns.OTHER.match(line):
            return True
        if patterns.WEAK_OTHER.match(line):
            self.other = len(self.clean)
            return self.labelled or bool(patterns.SELF.search(line, 1))
        if self.other is not None and line.strip():
            if patterns.SELF.match(line):
                self.clean = self.clean[: self.other]
                return True
            self.other = None
        return False

    def _is_listed(self, line):
        """Whether a line belongs to a list of candidates that was told again."""
        if patterns.CANDIDATES.match(line):
            self.listing = not line.split(":", 1)[-1].split("：", 1)[-1].strip(" *_")
        elif self.listing and BARE_ITEM.match(line) and not patterns.REAL.search(line):
            return True
        elif line.strip() or self.dropped is False:
            self.listing = False
        return False

    def _drop(self, line):
        self.dropped = True
        self.doubtful = self.doubtful or bool(patterns.ASIDE.search(line[:MAX_SENTENCE]) or patterns.REACTS.match(line))

    def _stop(self):
        self.ended = True
        self.line, self.passing, self.place, self.length = "", "", 0, 0


def _line(line):
    """`line` without what is not for the reader."""
    if len(line) > 20 * MAX_SENTENCE or RESIDUE.fullmatch(line):
        return "" if line.strip() in ("[", "(", "]", ")", "[]", "()") else line
    if (
        patterns.STEPS.match(line)
        or patterns.EMPTY_LABEL.match(line)
        or patterns.OVER.fullmatch(line)
        or patterns.BARE_SELF.match(line)
    ):
        return ""
    if patterns.REACTS.match(line) and not patterns.REAL.search(line):
        return ""
    if patterns.RULE.match(line) and patterns.RULED.search(line) and not patterns.REAL.search(line):
        return ""
    if patterns.CANDIDATES.match(line) and not patterns.REAL.search(line):
        return ""
    line = patterns.SCORE.sub("", patterns.CHOSEN.sub("", line, count=1))
    if not patterns.TRIGGER.search(line) and not patterns.ASIDE.search(line):
        return line
    line = patterns.LINK.sub(_linked, patterns.MARK_LINK.sub("", line))
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
    if patterns.URL.search(text):
        text = _without_addresses(text)
    if patterns.REAL.search(text) or patterns.QUOTED.search(text):
        return text if patterns.FORM.search(text) else patterns.FROM_LIST.sub("", text)
    return "" if _is_aside(text) else text


def _is_aside(text):
    return not patterns.REFUSES.search(text) and bool(
        patterns.ASIDE.search(text) or patterns.ONLY_FROM_LIST.search(text)
    )


def _without_addresses(text):
    bare = patterns.IN_BRACKETS.sub("", text)
    if not patterns.URL.search(bare):
        return bare
    rest = patterns.URL.sub("", patterns.WITH_LEAD.sub("", bare))
    if patterns.REAL.search(rest) or patterns.QUOTED.search(rest):
        return _tidied(rest)
    letters = [one for one in rest if one.isalnum()]
    if len(letters) <= patterns.SHORT or (patterns.POINTING.search(rest) and len(letters) <= 2 * patterns.SHORT):
        return ""
    return _tidied(rest)


def _tidied(text):
    """`text` without the marks that stood around an address."""
    return re.sub(r"[ \t]{2,}", " ", DASHES.sub(r"\1", text))


def _linked(found):
    if found[0].startswith("!"):
        return ""
    words = found[1]
    return f"[{words}]" if is_id(words) and "-" in words else words
