"""The house's order: arrows point one way, and the rooms in the middle do not know each other."""

from __future__ import annotations

import ast
from functools import cache
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
    "note_signs",
    "own_marks",
    "page_signs",
    "wiki_words",
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
    "programs": set(),
    "readers": set(),
    "recovery": set(),
    "hanzi": set(),
    "editions": set(),
    "proof": {"editions"},  # what is shared of pages and labels
    "review": {"recovery", "editions"},  # edits shown as a page and as a Word file
    "schedule": {"readers", "recovery", "hanzi", "editions", "proof"},
    "cli": {"readers", "recovery", "hanzi", "editions", "proof", "review", "schedule", "health"},
}

# Recovery's rooms before its forms, each of which may import those before it.
SHARED = ("wording", "notes", "characters", "markdown")
# Of each form its folders in order: each may import those before it. What stands beside them is the form's own
# ground, or the way through it.
PARTS = {
    "page_dump": ("pages", "overlays", "furniture", "lines", "notes", "tables", "front", "text"),
    "ocr_markdown": ("pages", "notes", "text", "front"),
    "wiki_markdown": ("tables", "cuts", "notes", "text"),
}


@cache
def modules(path: Path) -> frozenset[str]:
    """The modules of the package that a file imports, also inside functions, and only while types are checked."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module] if node.module != "pipeline" else [f"pipeline.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        found |= {name for name in names if name.startswith("pipeline.")}
    return frozenset(found)


def imports(path: Path) -> set[str]:
    """The rooms and ground modules of the package that a file imports."""
    return {name.split(".")[1] for name in modules(path)}


def test_rooms_import_only_what_they_may() -> None:
    wrong = []
    assert all((PACKAGE / room).is_dir() for room in ROOMS)  # none is passed over
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0]
        if room not in ROOMS:
            continue
        for target in imports(path) - {room} - GROUND - MAY[room]:
            wrong.append(f"{path.relative_to(PACKAGE)} imports {target}")
    assert not wrong


def test_the_formats_do_not_know_each_other() -> None:
    formats = ("pdf", "epub", "docx")
    wrong = [
        f"{path.relative_to(PACKAGE)} imports {name}"
        for own in formats
        for path in sorted((PACKAGE / "editions" / own).rglob("*.py"))
        for name in modules(path)
        if name.split(".")[1] == "editions" and name.split(".")[2:][:1] in [[f] for f in formats if f != own]
    ]
    assert all((PACKAGE / "editions" / own).is_dir() for own in formats) and not wrong


def test_what_the_forms_share_stands_below_them() -> None:
    wrong = []
    assert all((PACKAGE / "recovery" / room).is_dir() for room in SHARED)  # none is passed over
    for k, room in enumerate(SHARED):
        for path in sorted((PACKAGE / "recovery" / room).rglob("*.py")):
            targets = {name.split(".")[2] for name in modules(path) if name.startswith("pipeline.recovery.")}
            wrong += [
                f"{path.relative_to(PACKAGE)} imports {target}"
                for target in targets & {*SHARED[k + 1 :], *PARTS, "plain", "decisions"}
            ]
    assert not wrong


def test_the_forms_of_recovery_do_not_know_each_other() -> None:
    wrong = []
    for form, parts in PARTS.items():
        assert all((PACKAGE / "recovery" / form / part).is_dir() for part in parts)  # none is passed over
        for path in sorted((PACKAGE / "recovery" / form).rglob("*.py")):
            part = path.relative_to(PACKAGE / "recovery" / form).parts[0]
            later = parts[parts.index(part) + 1 :] if part in parts else ()
            targets = [
                name.split(".")[2:4] for name in modules(path) if name.startswith("pipeline.recovery.")
            ]
            others = [target for target in targets if target[0] in PARTS and target[0] != form]
            inner = [target for target in targets if target[0] == form and target[1:] and target[1] in later]
            wrong += [f"{path.relative_to(PACKAGE)} imports {'.'.join(target)}" for target in others + inner]
    assert not wrong


def test_no_modules_import_each_other() -> None:
    names = {
        ".".join(("pipeline", *path.relative_to(PACKAGE).with_suffix("").parts)): path
        for path in PACKAGE.rglob("*.py")
    }
    arrows = {name: modules(path) for name, path in names.items()}
    assert not [(a, b) for a in arrows for b in arrows[a] if a < b and a in arrows.get(b, ())]


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
