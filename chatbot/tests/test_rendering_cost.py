"""What the worst replies cost to show, in CPU time: none of them can hold a page up."""

import time

import pytest

from chatbot.assistant import grounding
from chatbot.models import Turn
from chatbot.presentation import markdown

from . import factories

LONGEST = 12_000
WORST = {
    "quotes, lazily continued": "> " * 100 + "a\n" + "b\n" * 6000,
    "quotes, nine deep": "> > > > > > > > > a\n" + "b\n" * 6000,
    "quotes alone": ">" * LONGEST,
    "images": "![" * 6000,
    "brackets": "[" * LONGEST,
    "brackets, empty": "[][" * 4000,
    "brackets, with letters": "[a" * 6000,
    "links begun": "[a](" * 3000,
    "links": "[a](b) " * 1700,
    "marks begun": "[[" * 6000,
    "marks": "[[lamplight]] " * 860,
    "picks": "[[lamplight]] a\n\n" * 700,
    "list": "- a\n" * 3000,
    "list, one line each": "\n".join(" " * (2 * depth) + "- a" for depth in range(100)),
    "list in one line": "- " * 6000,
    "list in quotes": "> - " * 3000,
    "numbered list": "1. a\n" * 2400,
    "lines": "a\n" * 6000,
    "headings": "# a\n" * 3000,
    "headings, underlined": "a\n=\n" * 3000,
    "rules": "---\n" * 3000,
    "bold": "**a** " * 2000,
    "bold, nested": "**a " * 1500 + "**" * 1500,
    "stars": "***a " * 2400,
    "stars and lines": "*_" * 3000 + "a" + "_*" * 3000,
    "stars between letters": "a**b" * 3000,
    "backticks": "".join("`" * number + " " for number in range(1, 150)),
    "autolinks": "<http://a> " * 1000,
    "comments": "<!--" * 3000,
    "entities": "&#xE000;1&#xE001;" * 700,
    "backslashes": "\\" * LONGEST,
    "references": "\n".join(f"[{number}]: /u" for number in range(1200)),
    "table": "| a | b |\n|---|---|\n" + "| c | d |\n" * 1200,
    "table, one row": "|a" * 3000 + "|\n" + "|-" * 3000 + "|",
    "table, empty rows": "|a" * 700 + "|\n" + "|-" * 700 + "|\n" + "|\n" * 380,
    "tables in quotes": "> | a | b |\n> |---|---|\n> | c | d |\n\n" * 200,
    "numbers": "".join(f"{number * 2}. a\n" for number in range(1500)),
    "titles": "『a』" * 4000,
    "titles, open": "『" * LONGEST,
    "quoted": '"ab" ' * 2400,
    "spaces": " " * LONGEST + "[[lamplight]]",
    "one word": "가" * LONGEST,
}


def within_bounds(text):
    """The longest beginning of `text` that is still rendered as Markdown."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        part = text[:middle]
        fits = part.count("\n") <= markdown.MAX_LINES
        fits = fits and sum(part.count(mark) for mark in markdown.MARKS) <= markdown.MAX_MARKS
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low]


def cpu(task):
    best = None
    for _ in range(3):
        markdown.to_html.cache_clear()
        began = time.process_time()
        task()
        took = time.process_time() - began
        best = took if best is None else min(best, took)
    return best


def show(text):
    for block in grounding.read(text):
        words = getattr(block, "text", None) or getattr(block, "reason", "")
        grounding.names_in(words, "x")
        markdown.to_html(words, False)


@pytest.fixture(scope="module")
def ordinary():
    """What as long a reply of ordinary sentences costs here and now: about a hundredth of a second."""
    line = "한 줄의 이야기가 여기 있습니다. A line of words, and 本の話。\n\n"
    return cpu(lambda: show((line * LONGEST)[:LONGEST]))


@pytest.mark.parametrize("name", WORST)
def test_no_reply_takes_long_to_render(name, ordinary):
    whole = WORST[name][:LONGEST]
    for text in (whole, within_bounds(whole)):
        assert cpu(lambda text=text: show(text)) < 25 * ordinary


def test_the_bound_lies_beyond_any_letter():
    """Twelve thousand characters of the liveliest Markdown somebody would really write are still rendered."""
    item = "1. **등불의 서고** — 『등불의 서고』는 *조용한* 이야기예요. `판타지`와 [추리](x)를 좋아하신다면 잘 맞을 거예요, 꼭 한번 읽어 보세요.\n\n"
    text = (item * 200)[:LONGEST]
    assert within_bounds(text) == text
    assert markdown.to_html(text, False).count("<li>") > 100


def test_beyond_it_every_word_is_still_there():
    html = markdown.to_html("**a** <b> [x](y)\n" * 500, False)
    assert html.count("**a** &lt;b&gt; [x](y)") == 500
    assert "<strong>" not in html


@pytest.mark.django_db
def test_a_page_full_of_the_worst_opens(client):
    reader = factories.make_reader()
    first = factories.begin(reader)
    texts = [within_bounds(text[:LONGEST]) for text in list(WORST.values())[:20]]
    for _ in texts[1:]:
        first.conversation.ask("x", key=factories.uuid.uuid4(), language="ko")
    for turn, text in zip(Turn.objects.all(), texts, strict=True):
        Turn.objects.filter(pk=turn.pk).update(reply=text, state="done")
    client.force_login(reader)
    url = f"/conversations/{first.conversation_id}/"
    client.get(url)
    markdown.to_html.cache_clear()
    began = time.process_time()
    assert client.get(url).status_code == 200
    cold = time.process_time() - began
    began = time.process_time()
    client.get(url)
    warm = time.process_time() - began
    assert cold < 5
    assert warm < cold


def test_what_was_rendered_once_is_kept():
    text = within_bounds(WORST["images"])
    markdown.to_html.cache_clear()
    markdown.to_html(text, False)
    assert markdown.to_html.cache_info().misses == 1
    markdown.to_html(text, False)
    assert markdown.to_html.cache_info().hits == 1
