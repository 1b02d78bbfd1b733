"""The text that is passed on, with the empty lines that belong around what was put in or left out."""


class Paragraphs:
    def __init__(self):
        self.out = ""
        self.end = "\n\n"  # the last two characters given; nothing has been: as after an empty line
        self.waiting = None  # the white space since something was put in or left out
        self.apart = False  # whether what follows is a paragraph of its own in any case

    def given(self) -> str:
        out, self.out = self.out, ""
        return out

    def add(self, text: str) -> None:
        if self.waiting is not None:
            following = text.lstrip()
            self.waiting += text[: len(text) - len(following)]
            if not following:
                return
            apart = self.apart or "\n" in self.waiting or self.end.endswith("\n")
            space, self.waiting, text = self.waiting, None, following
            self._give(self._missing() if apart else space)
        self._give(text)

    def paragraph(self, text: str) -> None:
        """Add `text` as a paragraph of its own."""
        self.waiting = None
        self._give(self._missing() + text)
        self.waiting, self.apart = "", True

    def gap(self) -> None:
        """Something was left out here."""
        if self.waiting is None:
            self.waiting, self.apart = "", False

    def _missing(self):
        """What is missing of an empty line."""
        return "" if self.end.endswith("\n\n") else "\n" if self.end.endswith("\n") else "\n\n"

    def _give(self, text):
        if text:
            self.out += text
            self.end = (self.end + text)[-2:]
