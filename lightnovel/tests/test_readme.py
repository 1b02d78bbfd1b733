"""What the README and the pages beside the code say is true."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, get_resolver

ROOT = settings.BASE_DIR
OURS = ("users", "catalogue", "chatbot", "huey_tasks")
SHORT = 12 * 1024  # bytes of a README that is read to its end
FOLDERS = (".github", "chatbot", "users", "huey_tasks", "lightnovel")
PAGES = [ROOT / "README.md", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))]
PATHS = re.compile(r"`((?:chatbot|users|huey_tasks|lightnovel|static|templates|requirements|\.github)/[\w./-]+)`")


@cache
def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def name_of(path):
    return str(path.relative_to(ROOT))


def prose(text):
    """`text` without its code, in which `#` begins no heading and brackets no link."""
    return re.sub(r"^( *)```.*?^\1```", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(text):
    """What GitHub makes of the headings of a page."""
    found = []
    for heading in re.findall(r"^#{1,6} (.+?)\s*$", prose(text), re.MULTILINE):
        told = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower()
        anchor = re.sub(r"[^\w\- ]", "", told).replace(" ", "-")
        found.append(f"{anchor}-{found.count(anchor)}" if anchor in found else anchor)
    return found


def links(text):
    """Targets of links and pictures that lie in this repository."""
    targets = re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", prose(text)))
    return [target for target in targets if not target.startswith(("https://", "http://", "mailto:"))]


def leads_somewhere(path, target):
    """Whether a link of the page at `path` has its file here and, where it names one, its heading in there."""
    where, _, anchor = target.partition("#")
    found = (path.parent / where).resolve() if where else path
    if not found.exists() or not found.is_relative_to(ROOT):
        return False
    return not anchor or anchor in anchors(found.read_text(encoding="utf-8"))


def named_in_tables(text):
    """What the first columns of the tables of files and folders name."""
    for table in re.findall(r"^\| (?:file|folder|where)s? \|.*\n\|[-|]+\|\n((?:\|.*\n?)+)", prose(text), re.MULTILINE):
        for row in table.splitlines():
            yield from re.findall(r"`([^`]+)`", row.split("|")[1])


def is_there(folder, name):
    """Whether a file or folder lies in `folder`, or is data that each language has."""
    languages = ("ko", "en", "ja")
    return (folder / name).exists() or all((folder / "data" / language / name).exists() for language in languages)


def routes(resolver, prefix="/", namespace=""):
    for entry in resolver.url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            if entry.name:
                yield re.sub(r"<\w+:", "<", address), f"{namespace}{entry.name}"
        elif not address.startswith(("/accounts/", "/admin/")):
            yield from routes(entry, address, f"{entry.namespace}:" if entry.namespace else namespace)


def test_the_readme_is_short():
    assert (ROOT / "README.md").stat().st_size <= SHORT


def test_github_shows_the_readme_at_the_top():
    # Of several GitHub shows the one in .github first.
    assert not (ROOT / ".github" / "README.md").exists()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_link_leads_somewhere(path):
    text = path.read_text(encoding="utf-8")
    assert [target for target in links(text) if not leads_somewhere(path, target)] == []


def test_links_are_found_and_code_is_none():
    text = "[a](b.md#c) ![d](e.png) `[f](g)`\n```\n# no heading [h](i)\n```\n# One, two: *three*\n## One, two: three\n"
    assert links(text) == ["b.md#c", "e.png"]
    assert anchors(text) == ["one-two-three", "one-two-three-1"]
    readme = ROOT / "README.md"
    assert leads_somewhere(readme, "users/README.md#taste")
    assert not leads_somewhere(readme, "users/README.md#tastes")
    assert not leads_somewhere(readme, "users/README.txt")
    assert not leads_somewhere(readme, "../README.md")


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_file_in_a_table_exists(path):
    text = path.read_text(encoding="utf-8")
    assert [name for name in named_in_tables(text) if not is_there(path.parent, name)] == []


def test_tables_of_files_are_found():
    found = {name_of(path): list(named_in_tables(path.read_text(encoding="utf-8"))) for path in PAGES}
    assert "chatbot/" in found["README.md"]
    assert {"storage.py", "chaos/"} <= set(found["huey_tasks/README.md"])
    assert {"choosing.py", "tests/plain.py"} <= set(found["chatbot/recommender/README.md"])


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_path_that_is_told_exists(path):
    named = set(PATHS.findall(prose(path.read_text(encoding="utf-8"))))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_folder_of_the_table_has_its_page():
    table = page("README.md").split("## Where things are")[1].split("\n## ")[0]
    linked = {Path(target).parent.as_posix() for target in links(table) if target.endswith("README.md")}
    assert linked == {name_of(path.parent) for path in PAGES if path.name == "README.md"} - {"."}


def test_the_route_table_lists_every_route():
    told = set(re.findall(r"^\| `([^`]+)` \| `([^`]+)` \|", page("chatbot/README.md"), re.MULTILINE))
    told = {(address, name) for address, name in told if address.startswith("/")}
    assert told == set(routes(get_resolver()))


def test_the_diagram_shows_every_model():
    diagram = re.search(r"erDiagram\n(.*?)```", page("chatbot/README.md"), re.DOTALL)[1]
    shown = set(re.findall(r"\b[A-Z][A-Za-z]+\b", re.sub(r'"[^"]*"', "", diagram)))
    assert shown == {model.__name__ for label in OURS for model in apps.get_app_config(label).get_models()}


def test_the_diagram_shows_every_relation():
    shown = set(re.findall(r"^\s+(\w+) \|\|--o\{ (\w+)", page("chatbot/README.md"), re.MULTILINE))
    real = {
        (field.related_model.__name__, model.__name__)
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.fields
        if field.many_to_one and field.related_model._meta.app_label in OURS
    }
    assert shown == real


def settings_read():
    """Names of all settings that the code reads from the environment."""
    code = page("lightnovel/settings.py")
    read = set(re.findall(r'(?:env\.\w+|positive|whole|switch|one_of)\(\s*"([A-Z_]+)"', code))
    read |= set(re.findall(r'environ\.get\(["\']([A-Z_]+)["\']', page("lightnovel/gunicorn.py")))
    return read | {f"{name}_{part}" for name in ("GOOGLE", "KAKAO", "NAVER") for part in ("CLIENT_ID", "SECRET")}


def test_every_setting_is_in_the_example():
    named = set(re.findall(r"^#([A-Z_]+)=", page(".env.example"), re.MULTILINE))
    assert named == settings_read()


@pytest.mark.parametrize("name", ["README.md", "lightnovel/README.md", ".github/README.ko.md"])
def test_every_setting_in_a_table_is_one(name):
    rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", page(name), re.MULTILINE)
    told = [setting for row in rows for setting in re.findall(r"[A-Z_]+", row)]
    assert len(told) >= 8
    assert set(told) <= settings_read()


def test_every_make_command_is_told():
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE)) - {"clean"}
    assert set(re.findall(r"^\| `make ([a-z-]+)` \|", page(".github/CONTRIBUTING.md"), re.MULTILINE)) == targets


def test_every_make_command_that_is_named_exists():
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    for path in PAGES:
        named = set(re.findall(r"(?:`|^|\s)(?:[A-Z_]+=\S+ )*make ([a-z-]+)", "\n".join(code_of(path)), re.MULTILINE))
        assert named <= targets, path
    assert "run" in targets


def test_every_make_command_of_the_workflows_exists():
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    workflow = page(".github/workflows/ci.yml")
    run = set(re.findall(r"run: make ([a-z-]+)", workflow))
    run |= set(re.search(r"what: \[([a-z, -]+)\]", workflow)[1].split(", "))
    assert {"lint", "test", "coverage", "test-postgres", "test-browser", "chaos", "fuzz", "bench"} <= run <= targets


def code_of(path):
    text = path.read_text(encoding="utf-8")
    return [*re.findall(r"```sh\n(.*?)```", text, re.DOTALL), *re.findall(r"`[^`\n]+`", text)]


def test_packages_are_told():
    table = page(".github/CONTRIBUTING.md").split("## Packages")[1]
    for package in re.findall(r"^([a-z0-9-]+)", page("requirements/base.in"), re.MULTILINE):
        assert package in table, package


def test_the_number_of_works_is_told():
    works = page("chatbot/catalogue/data/novels.jsonl").count("\n")
    assert f"holds {works} works" in page("chatbot/catalogue/README.md")
    assert f"{works}편" in page(".github/README.ko.md")
