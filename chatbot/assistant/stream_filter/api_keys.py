"""Keys that some servers repeat, and models after them."""

from ...text.masking import settled, without_keys, without_secrets


class ApiKeyMask:
    """Masks keys, also those that come in pieces."""

    def __init__(self):
        self.text = ""

    def take(self, text: str) -> str:
        # A secret that is whole is hidden at once: its end may be the beginning of another, and would be held back.
        self.text = without_secrets(self.text + text)
        end = settled(self.text)
        passed, self.text = self.text[:end], self.text[end:]
        return without_keys(passed)

    def rest(self) -> str:
        passed, self.text = self.text, ""
        return without_keys(passed)
