import json

from django.core.management.base import BaseCommand, CommandError

from chatbot.assistant.wire import chat, responses

from ...assistant import Brief, librarian, lookups, prompts, tool_call
from ...catalogue.facts import facts_of
from ...catalogue.snapshot import current_catalogue
from ...language.acts import Dialogue
from ...language.turns.act_reader import read_acts
from ...language.wishes.wish import understand
from ...recommender import choosing
from ...recommender.candidates import Choice
from ...recommender.pick_counts import CANDIDATES

ASKS = (
    "이세계물 추천해 주세요",
    "조금 더 밝은 걸로요",
    "주인공이 여자인 것도 있나요?",
    "완결된 것만 보고 싶어요",
    "하렘은 빼 주세요",
    "책벌레의 하극상처럼 잔잔한 거 있어요?",
    "안녕하세요",
    "짧은 걸로 세 권만 골라 주세요",
    "조금 어두운 이야기도 괜찮아요",
    "더 없나요?",
)


class Command(BaseCommand):
    help = (
        "Count the tokens (o200k) of the prompts of a Korean conversation of ten turns, and the share of each that it has "
        "in common with the turn before, which servers keep. The built-in librarian answers, so that no model is asked."
    )

    def add_arguments(self, parser):
        parser.add_argument("--api", choices=("responses", "chat"), default="responses")
        parser.add_argument("--show", type=int, metavar="TURN", help="print this turn's request")

    def handle(self, *, api, show, **options):
        try:
            import bpe_openai
        except ImportError:
            raise CommandError("The tokenizer is not here: pip install -r requirements/dev.txt") from None
        encoding = bpe_openai.get_encoding("o200k_base")
        wire, before, total = {"responses": responses, "chat": chat}[api], None, 0
        for number, request in enumerate(requests(wire), start=1):
            if number == show:
                self.stdout.write(json.dumps(request, ensure_ascii=False, indent=1))
            tokens = encoding.encode(flat(request))
            total += len(tokens)
            shared = "" if before is None else f", {_shared(before, tokens) / len(tokens):.0%} as before"
            self.stdout.write(f"turn {number}: {len(tokens)} tokens{shared}")
            before = tokens
        self.stdout.write(f"{len(ASKS)} turns: {total} tokens")


def requests(wire):
    """The first request of each turn, as `wire` would send it."""
    ours, history, offered, recent = current_catalogue(), [], set(), ()
    for number in range(len(ASKS)):
        wish = understand(list(ASKS[: number + 1]), ours, "ko")
        acts = read_acts(ASKS[number], Dialogue(recent), ours, wish, "ko")
        choice = Choice()
        if acts.wishes:
            choice = choosing.choose(wish, ours, offered=frozenset(offered), count=CANDIDATES)
        brief = Brief(
            language="ko",
            ask=ASKS[number],
            wish=wish,
            candidates=choice.candidates,
            history=list(history),
            relaxed=choice.relaxed,
            blocked_by=choice.blocked_by,
            catalogue=ours,
            parts=acts.parts,
            facts={slug: facts_of(ours.by_slug[slug], ours) for slug in acts.works},
            recent=recent,
            turn=number + 1,
        )
        yield wire.request(prompts.prompt(brief, may_look=True), [tool_call.tool(ours), *lookups.TOOLS], brief)
        reply = "".join(event.text for event in librarian.write(brief))
        picked = [one.work for one in choice.candidates if f"[[{one.work.slug}]]" in reply]
        offered |= {work.pk for work in picked}
        recent = tuple(work.slug for work in picked) or recent
        history.append((ASKS[number], prompts.remembered(reply)))


def flat(request):
    """What of a request is read as tokens, in the order in which models read it: functions, then words."""
    rules = [{"role": "system", "content": request["instructions"]}] if "instructions" in request else []
    words = request.get("messages") or [*rules, *request["input"]]
    tools = json.dumps(request.get("tools", []), ensure_ascii=False)
    return tools + "".join(f"<{one['role']}>{_text(one['content'])}" for one in words)


def _text(content):
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def _shared(one, other):
    """How many tokens two prompts have in common from their beginning on."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (left, right) in pairs if left != right), min(len(one), len(other)))
