"""The documentation cannot drift: made pages are as made, links lead somewhere, nothing foreign is in the project."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
HAN = re.compile(r"[^\u3400-\u9fff\uf900-\ufaff]")
RUN = 18  # so many Han characters in a row are a sentence, not a term


def generate(project: Path) -> dict[str, object]:
    spec = importlib.util.spec_from_file_location("generate", project / "docs" / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.PAGES  # type: ignore[no-any-return]


def tracked(project: Path) -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=project, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [
        project / name for name in done.stdout.decode().split("\0") if name and (project / name).is_file()
    ]


@pytest.mark.parametrize("name", ["docs/commands.md", "docs/limits.md", "docs/rules.md", "README.zh-Hant.md"])
def test_made_pages_are_as_made(project: Path, name: str) -> None:
    make = generate(project)[name]
    assert (project / name).read_text(encoding="utf-8") == make(), f"{name} is stale: run «make docs»"  # type: ignore[operator]


def test_every_command_is_in_both_readmes(project: Path) -> None:
    for name in ("README.md", "README.zh-Hans.md"):
        text = (project / name).read_text(encoding="utf-8")
        assert all(f"`fanjian {command}" in text for command in COMMANDS), name


def test_links_lead_somewhere(project: Path) -> None:
    broken = [
        f"{page.relative_to(project)}: {target}"
        for page in [*project.glob("*.md"), *(project / "docs").glob("*.md")]
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not target.startswith(("http", "mailto")) and not (page.parent / target).exists()
    ]
    assert not broken


def test_no_page_keeps_the_marks_of_a_merge(project: Path) -> None:
    pages = [path for path in tracked(project) if path.suffix == ".md"]
    marked = [
        page.name for page in pages if re.search(r"(?m)^(?:<{7}|={7}|>{7})(?: |$)", page.read_text("utf-8"))
    ]
    assert not marked


def test_every_dependency_has_its_reason(project: Path) -> None:
    import tomllib

    table = (project / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    data = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[=<>~\[ ]", d)[0] for d in data["dependencies"]]
    assert [n for n in names if n.lower() not in table] == []
    lock = (project / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in lock and "://" not in lock


def test_no_sentence_of_the_corpus_is_in_the_project(project: Path, corpus: Path) -> None:
    seen: set[str] = set()
    for path in corpus.glob("*.txt"):
        text = HAN.sub("", path.read_text(encoding="utf-8"))
        seen.update(text[i : i + RUN] for i in range(len(text) - RUN))
    found = []
    for path in tracked(project):
        if path.stat().st_size > 2_000_000:
            continue
        try:
            text = HAN.sub("", path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
        if any(text[i : i + RUN] in seen for i in range(len(text) - RUN)):
            found.append(str(path.relative_to(project)))
    assert not found


def test_the_readmes_python_is_the_one_tested(project: Path) -> None:
    assert "Python 3.11" in (project / "README.md").read_text(encoding="utf-8")
    assert os.access(project / ".ci" / "run", os.X_OK)


def test_the_tour_tells_real_numbers(project: Path) -> None:
    from pipeline.readers import read_source
    from pipeline.recovery import ledger, recover
    from pipeline.settings import RecoverSettings

    source = read_source(project / "sources" / "survey-maps" / "thesis.txt")
    manuscript = recover(source.text, source.form, RecoverSettings())
    row = f"{len(manuscript.notes)}        0    {len(ledger.edits(manuscript))}         {len(manuscript.findings)} "
    for name in ("README.md", "README.zh-Hans.md", "README.zh-Hant.md"):
        assert row in (project / name).read_text(encoding="utf-8"), (
            f"{name}: the tour's table should say «{row}»"
        )
