"""The house's order: arrows point one way, and the rooms in the middle do not know each other."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "pipeline"
ROOMS = {
    "readers",
    "recovery",
    "hanzi",
    "editions",
    "proof",
    "review",
    "schedule",
    "cli",
    "document",
    "programs",
}
GROUND = {
    "han",
    "location",
    "errors",
    "plausible",
    "settings",
    "resources",
    "files",
    "__version__",
    "document",
    "programs",
}
# A room → the rooms it may import, besides the ground that all stand on.
MAY = {
    "document": set(),
    "programs": {"hanzi", "editions"},  # only health.py, which asks each room for its engine
    "readers": set(),
    "recovery": set(),
    "hanzi": set(),
    "editions": set(),
    "proof": {"editions"},  # what is shared of pages and labels
    "review": {"recovery", "editions"},  # edits shown as a page and as a Word file
    "schedule": {"readers", "recovery", "hanzi", "editions", "proof"},
    "cli": {"readers", "recovery", "hanzi", "editions", "proof", "review", "schedule"},
}


def imports(path: Path) -> set[str]:
    """The rooms and ground modules of the package that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "pipeline" else [f"pipeline.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        found |= {n.split(".")[1] for n in names if n.startswith("pipeline.")}
    return found


def test_rooms_import_only_what_they_may() -> None:
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        if room not in ROOMS:
            continue
        for target in imports(path) - {room} - GROUND - MAY[room]:
            wrong.append(f"{path.relative_to(PACKAGE)} imports {target}")
    assert not wrong


def test_only_the_command_knows_click() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] != "cli":
            assert "click" not in path.read_text(encoding="utf-8").replace("double-click", ""), path


def test_there_is_no_grab_bag() -> None:
    assert not [p for p in PACKAGE.rglob("*.py") if p.stem in {"utils", "helpers", "common", "misc"}]


def test_every_bench_can_be_run() -> None:
    import importlib

    for path in (PACKAGE.parent / "bench").glob("*.py"):
        if not path.stem.startswith("_"):
            assert callable(importlib.import_module(f"bench.{path.stem}").main), path.name
