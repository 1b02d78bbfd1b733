"""Function calls that a model writes out as text; small models do."""

import json

from .. import tool_call

MAX_CALLS = 4


class WrittenCalls:
    """The arguments of the calls are in `said`, as dicts or as written."""

    def __init__(self):
        self.said = []

    def take(self, block: str, *, sure: bool) -> bool:
        """Whether `block` is a call. `sure`: its marks say that it is one, also when it cannot be read."""
        arguments = arguments_in(block)
        if arguments is None and not sure and tool_call.NAME not in block:
            return False
        if len(self.said) < MAX_CALLS:
            self.said.append(block.strip() if arguments is None else arguments)
        return True


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
    return values if values and (tool_call.NAME in block[:start] or set(values) <= set(tool_call.FIELDS)) else None
