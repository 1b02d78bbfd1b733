"""Imports point one way: each subject knows those before it and none behind it."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

# Each may import those to its left, and itself. `users` is a reader's taste and shelf, which a conversation builds on.
LAYERS = ("text", "covers", "catalogue", "language", "recommender", "assistant", "chatbot")
# The reading of words has layers of its own. What lies beside its folders (types, relations of tags) all of them may use.
READING = ("", "words", "learned", "stances", "asking", "names", "wishes", "turns")
READERLESS = ("text", "covers", "catalogue", "language", "recommender")  # they are the same for every reader
LEAVES = {"covers": {"catalogue"}}  # who may import it, where that is not everybody behind it
ROOT = Path(settings.BASE_DIR)


def layer_of(module):
    """The layer of a dotted module of `chatbot`; what lies on top belongs to the conversation."""
    name = module.split(".")[1] if "." in module else ""
    return name if name in LAYERS else "chatbot"


def imports_of(path):
    """Dotted names of the modules that a file of `chatbot` imports from there, with their lines."""
    package = path.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            yield from ((f"{module}.{name.name}", node.lineno) for name in node.names)
        elif isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)


def arrows_back(layer, paths):
    """Imports that point from `layer` to one behind it, as "file:line imports module"."""
    for path in paths:
        for module, line in imports_of(path):
            if module.split(".")[0] != "chatbot" or (seen := layer_of(module)) == layer:
                continue
            is_back = LAYERS.index(seen) > LAYERS.index(layer) or layer not in LEAVES.get(seen, {layer})
            if is_back:
                yield f"{path.relative_to(ROOT)}:{line} imports {module}"


def sources(folder):
    return [path for path in sorted(folder.rglob("*.py")) if not {"tests", "migrations"} & set(path.parts)]


@pytest.mark.parametrize("layer", LAYERS[:-1])
def test_imports_point_one_way(layer):
    assert list(arrows_back(layer, sources(ROOT / "chatbot" / layer))) == []


def part_of_reading(module):
    """The folder of `chatbot.language` that a dotted module lies in; empty for what lies beside them."""
    name = module.split(".")[2]
    return name if name in READING else ""


@pytest.mark.parametrize("part", READING[:-1])
def test_the_reading_of_words_builds_upwards(part):
    back = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in sources(ROOT / "chatbot" / "language" / part)
        for module, line in imports_of(path)
        if part or path.parent.name == "language"
        if module.startswith("chatbot.language.") and READING.index(part_of_reading(module)) > READING.index(part)
    ]
    assert back == []


def test_the_conversation_imports_no_drawing():
    top = [path for path in sources(ROOT / "chatbot") if layer_of(".".join(path.relative_to(ROOT).parts)) == "chatbot"]
    assert list(arrows_back("chatbot", top)) == []


def imports_of_readers(paths):
    """Imports from `users`, as "file:line imports module"."""
    for path in paths:
        for module, line in imports_of(path):
            if module.split(".")[0] == "users":
                yield f"{path.relative_to(ROOT)}:{line} imports {module}"


@pytest.mark.parametrize("layer", READERLESS)
def test_what_is_the_same_for_every_reader_knows_none(layer):
    assert list(imports_of_readers(sources(ROOT / "chatbot" / layer))) == []


def test_an_import_of_readers_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    bad = tmp_path / "chatbot" / "catalogue" / "bad.py"
    bad.parent.mkdir(parents=True)
    bad.write_text("from users import taste\nfrom . import users\nimport users.quota\n")
    assert list(imports_of_readers([bad])) == [
        "chatbot/catalogue/bad.py:1 imports users.taste",
        "chatbot/catalogue/bad.py:3 imports users.quota",
    ]


def test_an_arrow_back_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    bad = tmp_path / "chatbot" / "text" / "bad.py"
    bad.parent.mkdir(parents=True)
    bad.write_text("from ..catalogue.models import Novel\nfrom chatbot import replies\nfrom . import folding\n")
    assert list(arrows_back("text", [bad])) == [
        "chatbot/text/bad.py:1 imports chatbot.catalogue.models.Novel",
        "chatbot/text/bad.py:2 imports chatbot.replies",
    ]


def test_conversations_know_nothing_of_the_queue_they_tell():
    top = [path for path in sources(ROOT / "chatbot") if not {"bench", "management"} & set(path.parts)]
    found = {module for path in top for module, _line in imports_of(path) if module.split(".")[0] == "huey_tasks"}
    assert found == set()


def test_the_tables_load_no_reading_of_words():
    """Every process loads them, and the patterns of the language take half a second to compile."""
    code = "import django; django.setup(); import sys; print('chatbot.language.stances.parse' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "lightnovel.settings"}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.split()[-1] == "False"
