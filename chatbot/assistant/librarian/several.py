"""What is told of several works at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...catalogue.facts import WorkFacts
from ...catalogue.models import in_language
from ...catalogue.snapshot import Work
from ...language.acts import ActPart, Question
from ...language.asking import particulars
from ...language.names import focus
from .editions import edition_state
from .kinds import kind_of
from .questions import TOLD_OF_STORY, as_put, paragraphs
from .reply import QUOTES, Reply, harmless
from .telling import SENTENCE, Telling

# Questions that works are put in a row for, a sentence each state.
TOGETHER = frozenset((Question.STATUS, Question.VOLUMES, Question.ANIME, Question.EDITION))


class Several:
    """What is told of several works at once: those of which the same is true, together."""

    def __init__(self, reply: Reply, known: Sequence[WorkFacts], part: ActPart) -> None:
        self.reply, self.say, self.known, self.part, self.detail = reply, reply.say, known, part, part.detail

    def paragraphs(self, questions: Sequence[Question]) -> list[str]:
        """One paragraph: a sentence a question where works can be told in a row, else the same of those alike."""
        asked, topics = as_put(Telling(self.reply, self.known[0], self.part, alone=False), questions)
        by_name = topics or particulars.topic_in(self.part.text)
        if all(question in TOGETHER for question in asked) and not by_name:
            return [self.say.between.join(self._in_a_row(question)) for question in asked]
        if set(asked) & TOLD_OF_STORY:
            return [self._gist(facts) for facts in self.known]
        groups: dict[tuple[tuple[str, str], ...], list[WorkFacts]] = {}
        for facts in self.known:
            groups.setdefault(self._would_say(facts, questions), []).append(facts)
        told = [
            self.say.between.join(
                paragraphs(Telling(self.reply, first, self.part, rest, alone=False), questions, leads=len(groups) == 1)
            )
            for first, *rest in groups.values()
        ]
        return [self.say.between.join(filter(None, told))]

    def _would_say(self, facts: WorkFacts, questions: Sequence[Question]) -> tuple[tuple[str, str], ...]:
        """What is told of one of them, as something two can have alike; nothing counts as said by it."""
        used, last, said_back = set(self.reply.used), self.reply.last, set(self.reply.said_back)
        telling = Telling(self.reply, facts, self.part, alone=False)
        paragraphs(telling, questions)
        self.reply.used, self.reply.last, self.reply.said_back = used, last, said_back
        return tuple(telling.calls)

    def _gist(self, facts: WorkFacts) -> str:
        """A line on one work: its premise as the first sentence of the synopsis has it."""
        text = QUOTES.sub("", harmless(in_language(facts.work.synopses, self.reply.language) or ""))
        first = "".join(SENTENCE.findall(text)[:1]).strip() or kind_of(self.reply, facts)
        return self.reply.title_of(facts.work.slug) + self.say.part("found.gist") + first

    def _in_a_row(self, question: Question) -> Iterator[str]:
        languages = focus.editions_in(self.part.text) if question is Question.EDITION else []
        if len(languages) < 2:
            yield from self.together(question)
        for language in languages if len(languages) > 1 else ():
            yield from self.together(question, language)

    def together(self, question: Question, language: str = "") -> Iterator[str]:
        """`language`: of the edition, where not the one that was read."""
        language = language or str(self.detail.get("edition") or self.reply.language)
        groups: dict[str, list[Work]] = {}
        for facts in self.known:
            groups.setdefault(self._state(facts.work, question, language), []).append(facts.work)
        for name, works in groups.items():
            titles = [self._title(work, question) for work in works]
            slots = {"edition": self.say.edition(language)} if "edition" in name else {}
            yield self.reply.one_of(f"facts.several-{name}", titles=self.say.listing(titles), **slots)

    @staticmethod
    def _state(work: Work, question: Question, language: str) -> str:
        if question is Question.ANIME:
            return "anime" if work.anime else "no-anime"
        if question is Question.EDITION:
            return edition_state(work, language)
        return work.status

    def _title(self, work: Work, question: Question) -> str:
        title = self.reply.title_of(work.slug)
        if question in (Question.STATUS, Question.VOLUMES):
            return self.say.finish_part("works.title_volumes", title=title, volumes=work.volumes)
        return title
