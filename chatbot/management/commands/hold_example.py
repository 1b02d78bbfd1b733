import json
import uuid

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from lightnovel import batches

from ... import in_process
from ...models import Conversation
from ...presentation.examples import DATA, KEPT

ASKS = {
    "ko": "혼자 여행하며 사람을 만나는 차분한 판타지가 읽고 싶어요. 하렘은 빼고요.",
    "en": "Something quiet like Kino's Journey, about travelling and meeting people. No harem, please.",
    "ja": "『キノの旅』のような、旅をして人に出会う静かな物語が読みたいです。ハーレムはなしで。",
}


class Command(BaseCommand):
    help = "Hold anew the example of a reply that strangers are shown on the first page."

    def handle(self, *args, **options):
        with in_process.written_here(OPENAI_API_KEY="", OPENAI_BASE_URL=""):  # by the built-in librarian
            held = {language: self.hold(ask, language) for language, ask in ASKS.items()}
        DATA.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def hold(self, ask, language):
        reader = get_user_model().objects.create_user(f"example-{uuid.uuid4().hex[:12]}")
        try:
            turn = Conversation.begin(reader, ask, key=uuid.uuid4(), language=language)
            turn = in_process.write(turn, "hold_example")
            picked = set(turn.picks.values_list("novel__slug", flat=True))
            kept = {name: getattr(turn, name) for name in KEPT}
            return kept | {"candidates": [one for one in turn.candidates if one["slug"] in picked]}
        finally:
            batches.delete(get_user_model().objects.filter(pk=reader.pk))
