"""The state kept between runs: what each step was made from and what it made, by content and not by time."""

from __future__ import annotations

import functools
import importlib.metadata
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.files import digest, digest_file, digest_folder, write_whole
from pipeline.resources import PACKAGE, templates_folder

NAME = ".fanjian.json"
LIBRARIES = (
    "weasyprint",
    "pypandoc_binary",
    "EbookLib",
    "opencc-python-reimplemented",
    "opencc",
    "fonttools",
)


@dataclass
class Step:
    """One step's last run: the key of its inputs, the digests of its files, and its result."""

    key: str = ""
    files: dict[str, str] = field(default_factory=dict)
    result: dict[str, Any] = field(default_factory=dict)

    def is_fresh(self, key: str, out: Path, names: list[str]) -> bool:
        """Whether ``names`` were made from these very inputs and still are as they were made."""
        return self.key == key and all(
            name in self.files and self.files[name] == digest_file(out / name) for name in names
        )


@dataclass
class State:
    """The steps of one book by name: ``recover``, and one per script."""

    steps: dict[str, Step] = field(default_factory=dict)

    def step(self, name: str) -> Step:
        """The step of this name; an empty one when it never ran."""
        return self.steps.get(name, Step())


def load_state(out: Path) -> State:
    """The state in ``out``. One that is missing or damaged counts as empty: everything is made anew."""
    try:
        data = json.loads((out / NAME).read_text(encoding="utf-8"))
        return State({name: _step(name, step) for name, step in data["steps"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State()


def _step(name: str, data: dict[str, Any]) -> Step:
    """A step as it was saved. Raises ``TypeError`` for one that this version would not write."""
    step = Step(**data)
    needed = ("slug", "source", "folder") if name == "recover" and step.result else ()
    if (
        isinstance(step.key, str)
        and isinstance(step.files, dict)
        and isinstance(step.result, dict)
        and all(isinstance(step.result.get(key), str) for key in needed)
    ):
        return step
    raise TypeError(name)


def save_state(out: Path, state: State) -> None:
    """Writes the state into ``out``."""
    data = {"steps": {name: vars(step) for name, step in sorted(state.steps.items())}}
    write_whole(out / NAME, json.dumps(data, ensure_ascii=False, indent=1) + "\n")


@functools.cache
def program_digest() -> str:
    """A digest of Fanjian itself and of the libraries that shape the editions."""
    versions = []
    for name in LIBRARIES:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"{name} -")
    return digest(
        __version__,
        *versions,
        digest_folder(PACKAGE, ("*.py", "*.toml", "*.tsv")),
        digest_folder(templates_folder()),
    )
