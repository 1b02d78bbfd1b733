import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from chatbot.assistant import Brief, StoodIn, Text, Usage, speaks_for_itself
from chatbot.assistant.wire import connection, options

from ...assistant import failures
from ...assistant.failures import Failure
from ...catalogue.snapshot import current_catalogue
from ...costs import pricing
from ...language.acts import Act, ActPart
from ...language.wishes.wish import Wish

ASK = "안녕하세요. 한 문장으로 인사해 주세요."
ADVICE = {
    failures.KEY: (
        "The server does not let us in, or knows no such model or address: check OPENAI_API_KEY, OPENAI_MODEL and "
        "OPENAI_BASE_URL (most end in /v1). A server without the Responses API needs OPENAI_API=chat."
    ),
    failures.CREDIT: "The account has no credit left: see its billing page.",
    failures.BUSY: "The server limits how often it may be asked: try again, or raise the limits of the account.",
    failures.DOWN: "The server cannot be reached, or is in trouble itself: check OPENAI_BASE_URL, and that it runs.",
    failures.SLOW: (
        "The server was silent for too long: raise OPENAI_FIRST_TIMEOUT (a local server may load its model first) or "
        "lower OPENAI_EFFORT."
    ),
    failures.CUT: "The answer was cut off: raise OPENAI_MAX_TOKENS, or lower OPENAI_EFFORT, as thoughts count too.",
    failures.GARBLED: "What came is no answer of this API: check that OPENAI_BASE_URL is one that speaks it.",
    failures.TOO_LONG: "The model's context is too small: replies need some 8,000 tokens (a local server has a setting).",
    failures.REFUSED: "The model refused a greeting; another model may suit better (OPENAI_MODEL).",
    failures.BROKEN: "The server refused the request for what is said above; another OPENAI_API or OPENAI_MODEL may suit.",
}
LEFT_OUT = {
    "stream": "replies arrive whole, not word by word; at OpenAI a verified organisation may stream",
    "stream_options": "tokens are not counted",
    "tools": "the model cannot ask for other candidates; OPENAI_TOOLS=off spares the try",
    "effort": "the model thinks as hard as it likes; OPENAI_EFFORT may name a level that it takes",
    "effort with functions": "it does not think before it calls; OPENAI_API=responses would let it",
    "max_tokens": "nothing bounds the length of a reply but our own limit",
}


class Command(BaseCommand):
    help = (
        "Ask the model that is set one tiny question, the way replies ask, and say what works, what it takes and costs."
    )

    def handle(self, **options_given):
        if speaks_for_itself():
            self.stdout.write("No key and no server is set: the built-in librarian answers.")
            return
        asked = connection()
        self.stdout.write(f"model: {asked.model} at {asked.server}, by the {asked.wire} API")
        if asked.ends_on:
            self.stdout.write(self.style.WARNING(f"OpenAI shuts {asked.model} down on {asked.ends_on:%Y-%m-%d}."))
        try:
            self._ask()
        except Failure as failure:
            self.stdout.write(f"said: {failure.detail}")
            self._tell_left_out()
            raise CommandError(f"Replies do not work. {ADVICE.get(failure.code, ADVICE[failures.BROKEN])}") from None

    def _ask(self):
        # Only here: it takes over a second to load.
        from chatbot.assistant import chatgpt

        began, first, usage, text = time.monotonic(), None, None, ""
        brief = Brief(
            language="ko",
            ask=ASK,
            wish=Wish(),
            candidates=[],
            catalogue=current_catalogue(),
            parts=(ActPart(Act.GREETING, ASK),),
        )
        writing = chatgpt.Writing(brief)
        stands_in = None
        for event in writing.run():
            if isinstance(event, Text):
                first = first or time.monotonic() - began
                text += event.text
            elif isinstance(event, Usage):
                usage = event
            elif isinstance(event, StoodIn):
                stands_in, text = event, ""
        whole = time.monotonic() - began
        self._tell_request(writing.request)
        self._tell_left_out()
        if stands_in:
            self.stdout.write(f"said: {stands_in.detail[:300]}")
            raise CommandError(
                f"Its answers are none for a reader ({stands_in.reason}): the built-in librarian would write instead. "
                "Another model may suit better (OPENAI_MODEL)."
            )
        self.stdout.write(f"first words after {first:.1f} s, all after {whole:.1f} s: {text.strip()[:60]!r}")
        self._tell_usage(usage)
        self.stdout.write(self.style.SUCCESS("Replies work."))

    def _tell_request(self, request):
        effort = request.get("reasoning_effort") or (request.get("reasoning") or {}).get("effort")
        told = {
            "streamed": "yes" if request["stream"] else "no",
            "function offered": "yes" if "tools" in request else "no",
            "effort": effort or "the server's own",
        }
        self.stdout.write("; ".join(f"{name}: {value}" for name, value in told.items()))

    def _tell_left_out(self):
        for one in connection().left_out:
            why = f" ({LEFT_OUT[one.part]})" if one.part in LEFT_OUT else ""
            self.stdout.write(f"refused, and left out from now on: {one.part}{why}: {one.detail}")

    def _tell_usage(self, usage):
        if usage is None or usage.tokens_in is None:
            self.stdout.write("tokens: the server does not count them")
            return
        read, written = usage.tokens_in, usage.tokens_out or 0
        parts = f"{usage.cached or 0} from the cache", f"{usage.reasoned or 0} thoughts"
        self.stdout.write(f"tokens: {read} read ({parts[0]}), {written} written ({parts[1]})")
        cost = pricing.cost(settings.OPENAI_MODEL, read, written, usage.cached, usage.cache_written) / 1_000_000
        if pricing.is_known():
            self.stdout.write(f"price: {cost:.6f}" + (" dollars" if settings.PRICE_READ is None else ""))
        elif options.at_openai() or settings.DAILY_BUDGET is not None:
            self.stdout.write("price: no rule for this model; PRICE_READ and PRICE_WRITTEN set it")
