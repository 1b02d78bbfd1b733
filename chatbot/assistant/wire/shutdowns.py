"""The days on which OpenAI shuts models down, as the installed client announces them in its list of models."""

import re
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution

LISTED_IN = "openai/types/shared_params/chat_model.py"
ANNOUNCED = re.compile(r'((?:"[\w.-]+",?\s*)+):\s*Announced\s+shutdown\s+date:\s*(\d{4})-(\d{2})-(\d{2})')


@cache
def announced():
    """{model: date} for every model whose end is announced. Read, not imported: the client takes a second to load."""
    try:
        text = distribution("openai").locate_file(LISTED_IN).read_text(encoding="utf-8")
    except (OSError, PackageNotFoundError):
        return {}
    return {
        model: date(int(year), int(month), int(day))
        for models, year, month, day in ANNOUNCED.findall(text)
        for model in re.findall(r'"([\w.-]+)"', models)
    }
