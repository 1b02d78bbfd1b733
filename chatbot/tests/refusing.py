"""What OpenAI's Responses API refuses in a request before any model has seen it.

Without it a request could pass every test here and none there. Not all it refuses, only what a client of two wires may
mix up, in the API's own words as far as they are known.
"""

from functools import cache

ROLES = ("assistant", "system", "developer", "user")
PARTS = {"assistant": ("output_text", "refusal")}
GIVEN = ("input_text", "input_image", "input_file")


def refused(request):
    """(status, body) of the refusal, or None."""
    for status, param, message in _complaints(request):
        error = {"message": message, "type": "invalid_request_error", "param": param, "code": None}
        return status, {"error": error}
    return None


@cache
def _parameters():
    # Here, as importing it takes a second and most tests do not need it.
    from openai.types.responses.response_create_params import ResponseCreateParamsBase

    return {*ResponseCreateParamsBase.__annotations__, "stream"}


def _complaints(request):
    for name in request.keys() - _parameters():
        yield 400, name, f"Unknown parameter: '{name}'."
    for name in (request.get("stream_options") or {}).keys() - {"include_obfuscation"}:
        yield 400, f"stream_options.{name}", f"Unknown parameter: 'stream_options.{name}'."
    yield from _of_tools(request)
    items = request.get("input")
    if isinstance(items, list):
        for place, item in enumerate(items):
            yield from _of_item(item, f"input[{place}]")
        yield from _of_calls(items)
        yield from _of_thoughts(items, request.get("store", True))


def _of_tools(request):
    for place, tool in enumerate(request.get("tools") or ()):
        if tool.get("type") == "function" and not tool.get("name"):
            yield 400, f"tools[{place}].name", f"Missing required parameter: 'tools[{place}].name'."
    choice = request.get("tool_choice")
    if isinstance(choice, dict) and "function" in choice:
        yield 400, "tool_choice.function", "Unknown parameter: 'tool_choice.function'."


def _of_item(item, place):
    if item.get("type", "message") != "message":
        return
    role, content = item.get("role"), item.get("content")
    if role not in ROLES:
        yield (
            400,
            place,
            f"Invalid value: '{role}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.",
        )
    if not isinstance(content, (str, list)):
        yield 400, f"{place}.content", f"Invalid type for '{place}.content': expected one of an array or a string."
    for name in item.keys() & {"tool_calls", "tool_call_id"}:
        yield 400, f"{place}.{name}", f"Unknown parameter: '{place}.{name}'."
    for part in content if isinstance(content, list) else ():
        if part.get("type") not in PARTS.get(role, GIVEN):
            yield 400, f"{place}.content", f"Invalid value: '{part.get('type')}'."


def _of_calls(items):
    called = [item.get("call_id") for item in items if item.get("type") == "function_call"]
    answered = [item.get("call_id") for item in items if item.get("type") == "function_call_output"]
    for ident in called:
        if ident not in answered:
            yield 400, "input", f"No tool output found for function call {ident}."
    for ident in answered:
        if ident not in called:
            yield 400, "input", f"No tool call found for function call output with call_id {ident}."


def _of_thoughts(items, stored):
    for item, after in zip(items, [*items[1:], {}], strict=True):
        if item.get("type") != "reasoning":
            continue
        named = f"'{item.get('id')}'"
        if not stored and not item.get("encrypted_content"):
            yield 404, "input", f"Item with id {named} not found. Items are not persisted when `store` is set to false."
        if after.get("role") != "assistant" and after.get("type") not in ("function_call", "reasoning"):
            yield 400, "input", f"Item {named} of type 'reasoning' was provided without its required following item."
