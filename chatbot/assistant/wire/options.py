"""What is asked of the model beside the words: how hard it thinks, how much it writes. And whose server it is."""

from urllib.parse import urlsplit

from django.conf import settings

# What suits this work at OpenAI; another server is told nothing that the settings do not say.
EFFORT, VERBOSITY, MAX_TOKENS = "low", "low", 4000
OPENAI = "api.openai.com"


def at_openai():
    """Whether the server is OpenAI's own, or a region of it."""
    host = urlsplit(settings.OPENAI_BASE_URL).hostname or OPENAI
    return host == OPENAI or host.endswith(f".{OPENAI}")


def model_of(brief):
    """The name of the model that is asked."""
    return brief.model or settings.OPENAI_MODEL


def effort():
    return settings.OPENAI_EFFORT or (EFFORT if _speaks_anew() else "")


def verbosity():
    return settings.OPENAI_VERBOSITY or (VERBOSITY if _speaks_anew() else "")


def max_tokens():
    return settings.OPENAI_MAX_TOKENS or (MAX_TOKENS if _speaks_anew() else None)


def _speaks_anew():
    return at_openai() or settings.OPENAI_API == "responses"
