"""Names readers choose: letters of any script, drawn and compared the same everywhere."""

import itertools
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SHORTEST = 2
MAX_LENGTH = 150
MAX_MARKS = 4  # on one letter; more are drawn over the lines above and below
MAX_TWINS = 64
WRITTEN_SO = _("A username has letters and digits of any language, and . + - _ between them.")
# Letters and marks by their category that draw nothing: a name made of them could not be told from another.
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
# Where scripts of India, and Persian, write one of these, it changes how letters join and not which they are.
JOINERS = re.compile("(?<=[\u0600-\u06ff\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca])[\u200c\u200d]")
# Scripts that share the shapes of many letters; in a line, letters drawn alike.
ALIKE_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
ALIKE = [
    "aɑаα", "cс", "dԁ", "eе", "gɡց", "hһհ", "iıіι", "jȷјϳյ", "kкκ", "lӏ", "nηո", "oоοօ", "pрρ", "qԛզ", "rг", "sѕ", "tт",
    "uυս", "vѵν", "wԝ", "xхχ", "yуγ", "äӓ", "ëё", "ïїϊ", "öӧ", "æӕ", "áά", "íί", "óό", "úύ", "фφ",
    "ロ口", "ニ二", "カ力", "エ工", "ハ八", "ト卜", "タ夕", "へヘ", "べベ", "ぺペ", "ー一", "ミ三", "オ才", "ノ丿",
]  # fmt: skip
# {letter: all letters that are drawn like it, itself among them}
LETTERS_ALIKE = {letter: letters for letters in ALIKE for letter in letters}


def normal(username):
    """The one form a name is kept and looked up in. Small letters, because the database's own folding knows ASCII only
    in SQLite: so `unique` on the column is enough, for every script and against two sign-ups at once."""
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", username).lower())
    return JOINERS.sub("", name)


def clean(username):
    """The normal form of a name, or a ValidationError that says what is wrong with it."""
    username = normal(username.strip())
    if not _is_written(username) or not any(map(str.isalnum, username)):
        raise ValidationError(WRITTEN_SO)
    if len(scripts(username)) > 1:
        raise ValidationError(_("Latin, Greek and Cyrillic letters look alike: please use one of these alphabets."))
    if len(username) < SHORTEST:
        raise ValidationError(_("A username has at least two letters."))
    if len(username) > MAX_LENGTH:
        raise ValidationError(_("A username has at most 150 letters."))
    return username


def validate(username):
    """What the column takes: as Django's own validator, which knows no marks, also names with an @."""
    if not _is_written(normal(username).replace("@", ".")):
        raise ValidationError(WRITTEN_SO)


def _is_written(name):
    """Whether a name is made of letters that are seen, with the marks that belong to them, digits and . + - _."""
    marks = MAX_MARKS  # none may come first
    for letter in name:
        is_mark = unicodedata.category(letter) in {"Mn", "Mc"}
        marks = marks + 1 if is_mark else 0
        if marks > MAX_MARKS or not (is_mark or letter.isalnum() or letter in "._+-"):
            return False
        if letter in "._+-":
            marks = MAX_MARKS
    return bool(name) and not UNSEEN.search(name)


def scripts(name):
    """Which of the scripts that look alike a name is written in."""
    return {script for letter in name for script in ALIKE_SCRIPTS if unicodedata.name(letter, "").startswith(script)}


def twins(name):
    """Other names that look like this one, in one alphabet each: which are looked for before a name is given away.

    Of very many only the first are named; such a name has seven letters or more with two shapes in one alphabet.
    """
    found = set()
    for script in ALIKE_SCRIPTS:
        choices = [[one for one in LETTERS_ALIKE.get(letter, letter) if scripts(one) <= {script}] for letter in name]
        found.update(map("".join, itertools.islice(itertools.product(*choices), MAX_TWINS)))
    return found - {name}
