"""Function calls that a model writes out as text; small models do."""

import json

from .. import tool_call

MAX_CALLS = 4


class WrittenCalls:
    """The arguments of the calls are in `said`, as dicts or as written; in `named` beside the name of the function."""

    def __init__(self):
        self.named = []

    @property
    def said(self):
        return [arguments for _, arguments in self.named]

    def take(self, block: str, *, sure: bool) -> bool:
        """Whether `block` is a call. `sure`: its marks say that it is one, also when it cannot be read."""
        arguments = arguments_in(block)
        if arguments is None and not sure and not any(name in block for name in tool_call.NAMES):
            return False
        if len(self.named) < MAX_CALLS:
            self.named.append((name_in(block), block.strip() if arguments is None else arguments))
        return True


def name_in(block: str) -> str:
    """The function that a written call names first; the first of ours where it names none."""
    places = {name: block.find(name) for name in tool_call.NAMES if name in block}
    return min(places, key=places.get, default=tool_call.NAME)


def arguments_in(block: str) -> dict | str | None:
    """The arguments of the call that a stretch of text writes out, as a dict or text; None when it is none."""
    start = block.find("{")
    if start < 0:
        return None
    try:
        values, _ = json.JSONDecoder().raw_decode(block, start)
    except (ValueError, RecursionError):
        return None
    if isinstance(inner := values.get("function"), dict):
        values = inner
    for name in ("arguments", "parameters", "args", "input"):
        if isinstance(values.get(name), (dict, str)):
            return values[name]
    named = any(name in block[:start] for name in tool_call.NAMES)
    return values if values and (named or set(values) <= set(tool_call.FIELDS)) else None
