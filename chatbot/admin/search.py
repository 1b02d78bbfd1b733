"""What an operator's search finds. Each word is looked up in the index; only one that half the library says is
compared with row after row, which fills a page as soon."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q

from .. import conversation_search
from ..models import Turn
from ..text.cleaning import clean

MAX_WORDS = 8  # of one search


def words(term):
    return clean(term[:400]).split()[:MAX_WORDS]


def turns_with(word):
    """Turns whose reader said `word`, or that went wrong with it."""
    meant = Q(text__icontains=word) | Q(failure_detail__icontains=word)
    found = conversation_search.TURNS.find(word)
    return meant if found is None else meant & Q(pk__in=[*found, *_unfinished_with(word)])


def conversations_with(word):
    """Conversations with `word` in the title, in what was said or replied, or at the beginning of the reader's name."""
    return _titled(word) | _by_turns(word) | Q(reader__in=_readers(word))


def _titled(word):
    found = conversation_search.CONVERSATIONS.find(word)
    meant = Q(title__icontains=word)
    return meant if found is None else Q(pk__in=found) & meant


def _by_turns(word):
    turns = Turn.objects.filter(Q(text__icontains=word) | Q(reply__icontains=word))
    found = conversation_search.TURNS.find(word)
    if found is None:
        return Q(Exists(turns.filter(conversation=OuterRef("pk"))))
    turns = turns.filter(pk__in=[*found, *_unfinished_with(word)])
    return Q(pk__in=set(turns.values_list("conversation", flat=True)))


def _unfinished_with(word):
    """The index has what has ended; of what has not there is never much."""
    turns = Turn.objects.filter(state__in=Turn.UNFINISHED, text__icontains=word)
    return turns.values_list("pk", flat=True)[: conversation_search.MAX_ROWS]


def _readers(word):
    # Not "startswith": for SQLite that is a LIKE, which reads every name.
    named = get_user_model().objects.filter(username__gte=word.lower(), username__lt=f"{word.lower()}\U0010ffff")
    return list(named.values_list("pk", flat=True)[: conversation_search.MAX_ROWS])


def any_turn(turns):
    """Conversations with one of `turns`: from these where they are few, else looking at each conversation in turn."""
    few = list(turns.order_by().values_list("conversation", flat=True)[: conversation_search.MAX_ROWS + 1])
    if len(few) > conversation_search.MAX_ROWS:
        return Q(Exists(turns.filter(conversation=OuterRef("pk"))))
    return Q(pk__in=set(few))
