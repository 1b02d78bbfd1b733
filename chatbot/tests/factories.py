"""Readers, novels and conversations for tests. Each has what it needs to exist and nothing more."""

import uuid
from itertools import count

from django.contrib.auth import get_user_model
from django.utils import timezone

from chatbot.catalogue import search
from chatbot.catalogue.models import Name, Novel, NovelTag, Revision, Tag
from chatbot.models import Conversation, Turn

numbers = count(1)


def make_reader(username=None, **fields):
    username = username or f"reader{next(numbers)}"
    return get_user_model().objects.create_user(username, password="lamp-and-shelf-7", **fields)


def make_guest(client=None, **fields):
    """A guest, and the browser `client` is it."""
    fields = {"password": "!", "is_active": False, "guest_address": "a" * 32, **fields}
    guest = get_user_model().objects.create(username=f"/g{next(numbers)}", is_guest=True, **fields)
    if client:
        session = client.session
        session["guest"] = guest.pk
        session.save()
    return guest


def make_tag(slug, group="genre", **fields):
    fields = {"label_ko": slug, "label_en": slug, "label_ja": slug, "words": {}, **fields}
    return Tag.objects.get_or_create(slug=slug, defaults={"group": group, **fields})[0]


def make_novel(slug, title_ko=None, tags=("fantasy",), names=(), **fields):
    fields = {
        "title_ja": f"{slug}の物語",
        "title_en": f"The Tale of {slug.title()}",
        "authors": ["作者"],
        "imprint": "文庫",
        "year": 2015,
        "volumes": 5,
        "status": "completed",
        "synopsis_ko": "오래된 도서관에서 시작되는 조용한 이야기.",
        "synopsis_en": "A quiet story that begins in an old library.",
        "synopsis_ja": "古い図書館から始まる静かな物語。",
        **fields,
    }
    novel = Novel.objects.create(slug=slug, title_ko=title_ko or f"{slug} 이야기", **fields)
    for position, tag in enumerate(tags):
        NovelTag.objects.create(novel=novel, tag=make_tag(tag), strength=3 - min(position, 2))
    for title in {novel.title_ko, novel.title_ja, novel.title_en}:
        Name.objects.create(novel=novel, text=title, given=False)
    for name in names:
        Name.objects.create(novel=novel, text=name)
    search.index([novel.pk])
    Revision.advance()
    return novel


def make_catalogue():
    """A few works, enough to recommend from: fantasies, a romance, a mystery."""
    make_tag("fantasy", label_ko="판타지", label_ja="ファンタジー", words={"ko": ["판타지"], "en": ["fantasy"]})
    make_tag("romance", label_ko="로맨스", label_ja="恋愛", words={"ko": ["로맨스"], "en": ["romance"]})
    make_tag("mystery", label_ko="추리", label_ja="ミステリー", words={"ko": ["추리"], "en": ["mystery"]})
    return [
        make_novel("lamplight", "등불의 서고", ("fantasy", "mystery"), renown=90),
        make_novel("snowfall", "눈 내리는 왕국", ("fantasy", "romance"), renown=80),
        make_novel("harbour", "항구의 마녀", ("fantasy",), renown=70),
        make_novel("letters", "편지를 쓰는 소녀", ("romance",), renown=60),
        make_novel("riddle", "수수께끼 저택", ("mystery",), renown=50),
    ]


def begin(reader, text="판타지 추천해 주세요", language="ko"):
    """A conversation with its first turn, queued."""
    return Conversation.begin(reader, text, key=uuid.uuid4(), language=language)


def make_turn(conversation=None, *, reader=None, **fields):
    """A turn in any state, with what a worker would have written; done, unless `fields` say otherwise."""
    if conversation is None:
        turn = begin(reader or make_reader(), fields.get("text", "판타지 추천해 주세요"))
    else:
        turn = Turn.objects.create(conversation=conversation, reader=conversation.reader, text="더 있나요?")
    ended = {"finished_at": timezone.now()} if fields.get("state", "done") not in Turn.UNFINISHED else {}
    Turn.objects.filter(pk=turn.pk).update(**{"state": "done", "voice": "librarian", **ended, **fields})
    turn.refresh_from_db()
    return turn


def give_reason(client, why="quality", words=""):
    """Say in this browser's session why readers' conversations are opened."""
    session = client.session
    session["look_reason"] = {"why": why, "words": words}
    session.save()
