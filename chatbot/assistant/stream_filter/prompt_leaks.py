"""Our own instructions, which no reply may repeat, whoever asked for them."""

import codecs
import unicodedata

HOLD = 16  # letters in a row as in the instructions, after which text waits
LEAK = 48  # letters in a row that nobody writes by chance: some nine words
LEAKED = 160  # letters in shorter rows, in all


class Recited(Exception):
    """A reply repeats the instructions. The message is for the log; `passed` is what came before and may be shown."""

    def __init__(self, message: str, passed: str = "") -> None:
        super().__init__(message)
        self.passed = passed


class Secret:
    """Instructions as a stretch of letters: forwards, backwards, and shifted by thirteen."""

    def __init__(self, instructions: str) -> None:
        plain = "".join(letters(instructions))
        self.letters = "\n".join((plain, plain[::-1], codecs.encode(plain, "rot13")))
        self.starts = {self.letters[place : place + HOLD] for place in range(len(self.letters) - HOLD + 1)}


def letters(text: str) -> list[str]:
    """The letters of `text`, whatever stands between them: width, case, spaces and marks hide nothing."""
    return [one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalpha()]


class PromptLeakGuard:
    """Raises Recited when a reply repeats the instructions, before more than a few words of them are seen."""

    def __init__(self, secret: Secret) -> None:
        self.secret, self.row, self.held, self.seen = secret, "", "", 0

    def take(self, text: str) -> str:
        out = ""
        for character in text:
            for letter in letters(character):
                self._add(letter, out)
            self.held += character
            if len(self.row) < HOLD:
                out += self.held
                self.held = ""
        return out

    def rest(self) -> str:
        passed, self.held, self.row = self.held, "", ""
        return passed

    def _add(self, letter, passed):
        row = self.row + letter
        if len(row) < HOLD or (row in self.secret.letters if len(row) > HOLD else row in self.secret.starts):
            self.row = row
        else:
            self.seen += len(self.row) if len(self.row) >= HOLD else 0
            self.row = row[1 - HOLD :]
        if len(self.row) >= LEAK or self.seen + len(self.row) >= LEAKED:
            raise Recited("the reply repeats the instructions", passed)
