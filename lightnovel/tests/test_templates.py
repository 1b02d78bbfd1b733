"""Templates and style sheets can be read line by line."""

import json
import re

import pytest
from django.conf import settings

TEMPLATES = settings.BASE_DIR / "templates"
STYLES = settings.BASE_DIR / "static" / "css"
MAX_LINE = 120

COMMENT = re.compile(r"\{# (?P<text>.+) #\}")
CROWDED = re.compile(r"[;{}]\s*\S|\S\s*\}")
STRING_OR_COMMENT = re.compile(r"/\*.*?\*/|\"[^\"]*\"|'[^']*'|url\([^)]*\)", re.S)


def templates(pattern="*"):
    return [path for path in sorted(TEMPLATES.rglob(pattern)) if path.is_file()]


def long_lines(text):
    return [number for number, line in enumerate(text.splitlines(), 1) if len(line) > MAX_LINE]


def opening(text):
    """The comments that a template opens with, as one text."""
    comments = []
    for line in text.splitlines():
        if not (comment := COMMENT.fullmatch(line.strip())):
            break
        comments.append(comment["text"])
    return " ".join(comments)


def crowded_lines(css):
    """Numbers of the lines on which something follows a declaration or a brace, or stands before a closing one."""
    bare = STRING_OR_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), css)
    return [number for number, line in enumerate(bare.splitlines(), 1) if CROWDED.search(line)]


def test_no_line_is_too_long():
    found = templates()
    assert len(found) > 90
    lines = {str(path.relative_to(TEMPLATES)): long_lines(path.read_text(encoding="utf-8")) for path in found}
    assert {name: numbers for name, numbers in lines.items() if numbers} == {}


def test_a_partial_opens_with_what_it_needs():
    found = templates("_*.html")
    assert len(found) > 20
    openings = {str(path.relative_to(TEMPLATES)): opening(path.read_text(encoding="utf-8")) for path in found}
    assert {name: text for name, text in openings.items() if "Needs" not in text} == {}


def test_style_sheets_hold_one_declaration_a_line():
    found = sorted(STYLES.glob("*.css"))
    assert len(found) > 8
    lines = {path.name: crowded_lines(path.read_text(encoding="utf-8")) for path in found}
    assert {name: numbers for name, numbers in lines.items() if numbers} == {}


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("{# One novel. Needs: novel. #}\n<li></li>", "One novel. Needs: novel."),
        ("{# One novel. #}\n{# Needs: novel. #}\n<li></li>", "One novel. Needs: novel."),
        ("<li></li>\n{# Needs: novel. #}", ""),
        ("{# Needs: novel. #}<li></li>", ""),
    ],
)
def test_comments_count_where_they_open_the_template(text, comment):
    assert opening(text) == comment


@pytest.mark.parametrize(
    ("css", "crowded"),
    [
        ("a {\n  color: red;\n  margin: 0;\n}\n", []),
        ('a {\n  background: url("data:image/svg+xml;a;b");\n}\n', []),
        ("a {\n  color: red; /* red; {green} */\n}\n", []),
        ("a {\n  color: red; margin: 0;\n}\n", [2]),
        ("a { color: red }\n", [1]),
        ("a {\n  color: red; }\n", [2]),
    ],
)
def test_crowded_lines_are_found(css, crowded):
    assert crowded_lines(css) == crowded


# What the content security policy refuses, in markup and in scripts. A style that a script sets by `element.style` is none.
REFUSED = re.compile(
    r"\sstyle\s*=|<style\b|\s(?:hx-)?on(?!e=)[a-z:-]+\s*=\s*[\"']|javascript:|\bhx-(?:on|vars)\b|\bhx-(?:vals|headers)=[\"']js:"
    r"|<script(?![^>]*\b(?:src|type)=)",
    re.I,
)
REFUSED_IN_SCRIPTS = re.compile(r"setAttribute\(\s*[\"'](?:style|on\w+)[\"']|cssText|\beval\(|new Function|javascript:")


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="x">', "<p\n style = 'x'>", "<style>p {}</style>", '<b onclick="x()">', '<b hx-on:click="x()">',
        '<a href="javascript:x">', "<b hx-vals='js:{}'>", "<script>x()</script>",
    ],
)  # fmt: skip
def test_what_the_policy_refuses_is_seen(markup):
    assert REFUSED.search(markup)


def test_no_template_holds_what_the_policy_refuses():
    lines = {path.name: REFUSED.findall(path.read_text(encoding="utf-8")) for path in templates("*.[hs][tv][mg]*")}
    assert len(lines) > 90
    assert {name: found for name, found in lines.items() if found} == {}


def test_no_script_does_what_the_policy_refuses():
    found = sorted((settings.BASE_DIR / "static" / "js").glob("*.js"))
    assert len(found) > 10
    assert [path.name for path in found if REFUSED_IN_SCRIPTS.search(path.read_text(encoding="utf-8"))] == []


def test_htmx_writes_no_style_wherever_it_is_loaded():
    loading = [path for path in templates("*.html") if "htmx-2.min.js" in path.read_text(encoding="utf-8")]
    assert len(loading) == 2
    for path in loading:
        config = json.loads(re.search(r"htmx-config\" content='([^']*)'", path.read_text(encoding="utf-8"))[1])
        assert not config["includeIndicatorStyles"]
        # What settles is copied from the element before as an attribute, whoever has set it.
        assert config["attributesToSettle"] == ["class", "width", "height"]
