"""One module knows tags by their slugs: no other names one, and it names none that the catalogue does not have."""

import ast
import json
from pathlib import Path

from django.conf import settings

from chatbot.catalogue.importing.tags import SLUG_OF
from chatbot.language import tag_relations

ROOT = Path(settings.BASE_DIR)
TAGS = ROOT / "chatbot" / "catalogue" / "data" / "tags.jsonl"
SLUGS = {json.loads(line)["slug"] for line in TAGS.read_text(encoding="utf-8").splitlines()}
# Words that are slugs and something else at once: where they stand, and what they are there.
SOMETHING_ELSE = {
    "chatbot/language/wishes/first_ask.py": {"bright", "dark"},  # the answers to the question for the mood
    "chatbot/language/acts.py": {"abuse"},  # what a turn does to the librarian
    "chatbot/recommender/scoring.py": {"bright", "dark"},  # the values of a reason of the kind "tone"
    "chatbot/presentation/reasons.py": {"bright"},  # such a reason, told on the page
    "chatbot/assistant/librarian/explanation.py": {"bright", "dark"},  # such a reason, and the sentences that tell it
    "chatbot/assistant/stream_filter/data_blocks.py": {"action"},  # a word before a call that is written out
    "chatbot/catalogue/importing/admin.py": {"action"},  # what an operator does with the rows ticked
    "chatbot/catalogue/importing/models.py": {"action"},  # what an upload would do to a work
    "chatbot/catalogue/importing/uploads.py": {"action"},
    "chatbot/catalogue/importing/upload_admin.py": {"action"},
    "chatbot/demo/playing.py": {"dark", "romance"},  # reasons of a drop
    # What an editor is told of tags that contradict each other; the catalogue knows nothing of the language's module.
    "chatbot/catalogue/desk/checks.py": {
        "dark",
        "gritty",
        "bright",
        "cozy",
        "heartwarming",
        "horror",
        "death-game",
        "revenge",
    },
    "users/shelf/models.py": {"dark", "romance"},  # reasons of a drop
    "users/adapters.py": {"action"},  # what a visitor tries, as allauth counts it
    "chatbot/catalogue/management/commands/benchmark_search.py": {"isekai"},  # typed into the search box
    "chatbot/management/commands/benchmark_growth.py": {"romance", "cooking", "dragons"},  # words of made-up asks
}


def modules():
    """The modules of the project, but tests, migrations, drawings (each tag has its motif) and the one that may."""
    apart = {"tests", "migrations", "covers"}
    for app in ("chatbot", "users", "huey_tasks", "lightnovel"):
        for path in sorted((ROOT / app).rglob("*.py")):
            inside = path.relative_to(ROOT)
            if not apart & {*inside.parts} and path.name != "conftest.py" and path != Path(tag_relations.__file__):
                yield inside.as_posix(), path.read_text(encoding="utf-8")


def literals(source):
    nodes = ast.walk(ast.parse(source))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_no_other_module_names_a_tag():
    named = {name: (literals(source) & SLUGS) - SOMETHING_ELSE.get(name, set()) for name, source in modules()}
    assert {name: slugs for name, slugs in named.items() if slugs} == {}


def test_every_exception_is_still_there():
    sources = dict(modules())
    gone = {name: words - literals(sources[name]) for name, words in SOMETHING_ELSE.items()}
    assert {name: words for name, words in gone.items() if words} == {}


def test_a_named_tag_is_found():
    assert literals('WANTED = {"harem": 1}\nif slug == "isekai":\n    pass\n') & SLUGS == {"harem", "isekai"}


def test_it_names_only_tags_of_the_catalogue():
    source = Path(tag_relations.__file__).read_text(encoding="utf-8")
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(ast.parse(source)) if has_docstring(node)}
    named = literals(source) - docstrings - {*tag_relations.TELLS_OF}
    assert len(named) > 50
    assert named - SLUGS == set()


def has_docstring(node):
    return isinstance(node, (ast.Module, ast.FunctionDef))


def test_names_of_other_catalogues_mean_tags_of_ours():
    assert len(SLUG_OF) > 200
    assert set(SLUG_OF.values()) - SLUGS == set()


def test_narrower_forms_come_in_the_order_of_what_they_belong_to():
    assert tag_relations.narrower(["comedy", "harem", "romance"])[:3] == ["romcom", "absurd", "romcom"]
