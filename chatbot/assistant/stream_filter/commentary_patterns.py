"""What a model says of its task and not of books: patterns for the three languages, over one sentence or line at most.

They ask for words that no reply needs: the list it was given, the form it was told to keep, its instructions, and the
reader spoken of as a third person. Candidates for a throne or an altar and rules of a game are matters of plots.

The words stand in `data/<language>/commentary.txt`; here they are put together.
"""

import re

from ..phrasebook import either

I = re.IGNORECASE  # noqa: E741
X = re.VERBOSE


def _words(section: str, *languages: str) -> str:
    return either("commentary", section, *languages)


# The mark of a work, and not the form itself, as in "[[id]]".
PLACEHOLDER = rf"\[\[\s?(?:{_words('placeholder')}|…|\.\.\.)\s?\]\]"
REAL = re.compile(rf"(?!{PLACEHOLDER})\[\[[^\[\]\n]{{1,160}}\]\]")
QUOTED = re.compile(r"[『《][^』》\n]{1,120}[』》]")

# --- The task told again: the list, the form, the role, the reader as a third person ----------------------------------

GIVEN_EN = _words("given", "en")
LIST_KO = rf"{_words('given', 'ko')}{_words('given.list', 'ko')}"
LIST_JA = rf"{_words('given', 'ja')}{_words('given.list', 'ja')}"
LIST_EN = rf"""
    \bthe\s(?:\w+\s){{0,2}}{_words("given.list", "en")}\s(?:of\s\w+\s)?{_words("given.how", "en")}?{GIVEN_EN}
"""
LIST = rf"""
    {LIST_KO} | {LIST_JA} | {LIST_EN}
    | {_words("of_list")}
    | {_words("on_list")}[^\n]{{0,20}}{_words("on_list.works")}
    | (?:^|[,;:(]\s?)(?:{_words("candidates.taken")}\s)?(?:\w+\s){{0,4}}{_words("candidates.from")}
"""
FORM_WORDS = rf"""
    {_words("form")}
    | {_words("obeys.rules", "ko")}[^\n]{{0,30}}{_words("obeys.answer", "ko")}
    | {_words("obeys.rules", "ja")}[^\n。]{{0,30}}{_words("obeys.answer", "ja")}
    | {_words("obeys.rules", "en")}{_words("obeys.answer", "en")}
    | {PLACEHOLDER}
"""
USER = rf"""
    # Korean
    (?: ^ | [,.:*\-)】\]]\s? | {_words("user.lead", "ko")}[,.]?\s )
        {_words("user.who", "ko")}[^\n]{{0,80}}{_words("user.wants", "ko")}
    # Japanese
    | (?: ^ | [、。：:*\-）)】\s] | {_words("user.lead", "ja")} )
        {_words("user.who", "ja")}[^\n。]{{0,80}}{_words("user.wants", "ja")}
    # English
    | (?: ^ | [.,:;*\-]\s? | \b{_words("user.lead", "en")}[,.]?\s )
        {_words("user.who", "en")}{_words("user.wants", "en")}
    | {_words("reader.asks")}
    # A plan for the answer: "I need to pick three candidates."
    | ^\s{{0,4}}{_words("plan.begins")}\s(?:\w+\s){{0,3}}{_words("plan.verbs")}\b[^\n]{{0,80}}\b{_words("plan.of")}\b
"""
ASIDE = re.compile(rf"{LIST}|{FORM_WORDS}|{_words('role')}|{USER}", I | X)
SPEAKS_OF_USER = re.compile(USER, I | X)
ONLY_FROM_LIST = re.compile(rf"{_words('only.offer')}[^\n]{{0,50}}\b{_words('only.given')}\b", I)
FORM = re.compile(FORM_WORDS, I | X)
# In a sentence that names a work, only the words that lead to it go.
FROM_LIST = re.compile(
    rf"""
    (?:{LIST_KO}|{_words("list.candidates", "ko")})\s?{_words("list.from", "ko")}?[,\s]{{0,2}}
    | (?:{LIST_JA}|{_words("list.candidates", "ja")}){_words("list.inside")}?{_words("list.from", "ja")}?、?
    | \b{_words("list.from", "en")}\s
        (?:{_words("list.candidates", "en")}|{_words("list.plain", "en")}{GIVEN_EN})[,\s]{{0,2}}
    """,
    I | X,
)

# --- Labels of the task and of its steps ------------------------------------------------------------------------------

RULE = re.compile(rf"[\s>#*_\[(（【「\-・•]{{0,8}}{_words('rule')}\s?(?:\d{{1,2}})?[\s*_\]】]{{0,4}}[:：]", I)
RULED = re.compile(rf"{_words('ruled')}|\[\[", I)
CANDIDATES = re.compile(
    rf"[\s>#*_\[(（【\-・•]{{0,8}}{_words('candidates')}(?:\s?\(\d{{1,3}}[^\n()]{{0,4}}\))?[\s*_\]】]{{0,4}}[:：]", I
)
STEPS = re.compile(rf"[\s>#*_]{{0,6}}{_words('steps')}\s?\d{{0,2}}[\s*_]{{0,3}}[:：]", I)
REACTS = re.compile(r"[\s>#*_]{0,6}thought\s?\d{0,2}[\s*_]{0,3}[:：]", I)  # a step of the ReAct format
EMPTY_LABEL = re.compile(rf"[\s>#*_\[(`]{{0,6}}{_words('empty_label')}[\s*_]{{0,3}}[:：][\s*_`\])]{{0,6}}$", I)
OVER = re.compile(
    rf"""
    \s{{0,4}}[*_-]{{0,3}}\s?[\[(（【<]\s?{_words("over")}\s?[.。]?[\])）】>]\s?[*_-]{{0,3}}\s{{0,4}}
    | \s{{0,4}}[-=*_]{{2,8}}\s?{_words("over.ruled")}\s?[-=*_]{{2,8}}\s{{0,4}}
    """,
    I | X,
)
OVER_AT_END = re.compile(rf"(?:{OVER.pattern})$", I | X)
CHOSEN = re.compile(rf"^[\s>*_]{{0,4}}{_words('chosen')}[\s*_]{{0,3}}[:：]\s{{0,3}}[*_]{{0,3}}(?=\[\[)", I)

# --- Thoughts without marks, and the answer behind them ---------------------------------------------------------------

HEAD = re.compile(
    rf"""
    [\s>#*_\[(（【<]{{0,8}}{_words("thinking")}\s?(?:…|\.{{2,3}})?
    (?: [\s*_\])）】>]{{0,6}}(?:[:：]|…|\.{{3}}|\*\*|$) | [】\]] )
    """,
    I | X,
)
MAYBE = re.compile(rf"[\s>#*_]{{0,6}}{_words('begins_to_think')}", I)
STRONG, WEAK = _words("final_label"), _words("answer_label")
MARKER = re.compile(rf"[\s>#*_\[【\-]{{0,8}}(?P<label>{STRONG}|{WEAK})[\s*_\]】]{{0,5}}[:：][\s*_]{{0,6}}", I)
MARKER_LINE = re.compile(
    rf"""
    [\s>]{{0,4}}
    (?: (?:\#{{1,6}}\s|\*\*|__|【|\[)\s?{WEAK} | [\s#*_\[【]{{0,8}}{STRONG} )
    [\s*_\]】#]{{0,6}}$
    """,
    I | X,
)
MARKER_WITHIN = re.compile(
    rf"""
    (?: (?:\*\*|__|【|\[)\s?(?:{STRONG}|{WEAK})\s?[:：]?\s?(?:\*\*|__|】|\])\s?[:：]?
      | (?<![^\W_]){STRONG}\s?[:：]
    )\s{{0,4}}
    """,
    I | X,
)
STRONG_LABEL = re.compile(STRONG, I)

# --- Speakers ---------------------------------------------------------------------------------------------------------

SELF = re.compile(rf"[\s#*_\[<]{{0,6}}{_words('self')}[\s*_\]>]{{0,4}}(?:[:：][\s*_]{{0,4}}|$)", I)
BARE_SELF = re.compile(r"[\s#*_\[<]{0,6}(?:assistant|model)[\s*_\]>:：]{0,4}$", I)
_SPEAKS = r"[\s>]{0,4}(?:\#{1,4}\s?)?[*_\[]{0,3}"
OTHER = re.compile(rf"{_SPEAKS}{_words('other')}(?:\s?\d)?[*_\]]{{0,3}}\s?[:：]", I)
WEAK_OTHER = re.compile(rf"{_SPEAKS}{_words('other.weak')}[*_\]]{{0,3}}\s?[:：]", I)
OTHER_WITHIN = re.compile(rf"\#{{2,4}}\s?[*_]{{0,2}}{_words('other.within')}[*_]{{0,2}}\s?[:：]", I)

# --- Addresses --------------------------------------------------------------------------------------------------------

ADDRESS = r"(?:https?://|www\.)[^\s<>()（）「」『』【】\[\]、。，\"'*|가-힣\u3040-\u30ff\u4e00-\u9fff]{1,500}"
LINK = re.compile(
    r"""
    !?\[([^\[\]\n]{1,200})\]
    \(\s?<?
        (?:https?://|www\.|/)[^()\s]{0,500}
        (?:\([^()\s]{0,80}\)[^()\s]{0,100})?  # brackets within an address
        (?:\s"[^"\n]{0,80}")?  # its title
    \s?\)
    """,
    X,
)
MARK_LINK = re.compile(r"(?<=\]\])\(\s?(?:https?://|www\.)[^()\s]{0,500}\)")
URL = re.compile(rf"<?{ADDRESS}>?", I)
LEAD = (
    rf"(?:[-*•・]\s)?[*_]{{0,2}}{_words('address.lead')}[*_]{{0,2}}\s{{0,2}}"
    rf"(?:[:：→]|{_words('address.topic')})?[*_]{{0,2}}\s{{0,2}}"
)
IN_BRACKETS = re.compile(rf"\s?[(（\[【]\s?(?:{LEAD})?(?:{ADDRESS}[\s,、]{{0,3}}){{1,4}}\s?[)）\]】]", I)
WITH_LEAD = re.compile(rf"(?:^|(?<=[\s,、。—–-]))(?:{LEAD}){ADDRESS}", I)
# What is left of a sentence that only points at an address.
POINTING = re.compile(_words("address.points"), I)
SHORT = 26  # letters of a sentence that says no more than where an address is

# --- What is answered by a refusal, and remarks on the answer itself --------------------------------------------------

REFUSES = re.compile(_words("refuses"), I)
ASKED = re.compile(rf"[\s>#*_\[]{{0,6}}{_words('asked')}[\s*_\]]{{0,3}}[:：]", I)
SCORE = re.compile(
    rf"""
    \s?[(（\[]?{_words("score")}(?:\sscore)?\s?[:：=]\s?
    \d{{1,3}}(?:\.\d{{1,4}})?\s?(?:%|/\s?\d{{1,3}})?[)）\]]?[.。]?
    """,
    I | X,
)

# --- Words from which a sentence waits for its end --------------------------------------------------------------------

TRIGGER = re.compile(
    rf"""
    https?:|www\.|\]\(
    | [(（\[【]\s?{_words("trigger.bracketed")}
    | {_words("trigger")}
    | [\[(（【](?={_words("trigger.end")})
    | ^(?:assistant|user|human|answer|response|thought|action|observation)\b
    """,
    I | X,
)
