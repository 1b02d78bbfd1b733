"""Static files renewed beside a web process that serves them: at no moment is one of them missing.

They are made in a folder of their own, and each takes its place by a rename. What the release before calls for stays
until the next time.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.management.commands import collectstatic
from django.core.files.storage import storages
from django.core.management import call_command

MANIFEST = "staticfiles.json"


def manifest() -> dict[str, str]:
    """The names of the last time, each with its hashed one; none where the manifest is gone or cannot be read."""
    try:
        paths: dict[str, str] = json.loads((settings.STATIC_ROOT / MANIFEST).read_text())["paths"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return paths


def made() -> set[str]:
    """The files of the last time."""
    return {name for pair in manifest().items() for name in pair}


def are_there(names: Collection[str]) -> bool:
    return bool(names) and all((settings.STATIC_ROOT / name).is_file() for name in names)


def renew(before: Collection[str]) -> None:
    """Collect and compress all static files. `before`: those of the last time, which pages still open may call for."""
    root = Path(settings.STATIC_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="static-", dir=root.parent))
    try:
        _collect(fresh)
        new = set(_files(fresh))
        for name in sorted(
            new, key=lambda name: name == MANIFEST
        ):  # the manifest last, when all that it names is there
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(fresh / name, root / name)
    finally:
        shutil.rmtree(fresh)
    for name in set(_files(root)) - new:
        if name.removesuffix(".gz").removesuffix(".br") not in before:
            (root / name).unlink(missing_ok=True)


def _collect(folder: Path) -> None:
    command = collectstatic.Command()
    command.storage = storages.create_storage(settings.STORAGES["staticfiles"] | {"OPTIONS": {"location": folder}})
    call_command(command, verbosity=0, interactive=False)


def _files(folder: Path) -> Iterator[str]:
    return (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
