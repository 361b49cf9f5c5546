"""An installed wheel works far from the checkout: rules, tables and templates travel with it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel brings, and nothing else of the project."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    subprocess.run([*command, "--wheel-dir", str(folder), str(project)], check=True, capture_output=True)
    (wheel,) = folder.glob("fanjian-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_makes_a_book(installed: Path, tmp_path: Path) -> None:
    master = (
        "---\ntitle: 水與城\nlang: zh-Hant-TW\n---\n\n# 引言\n\n城市依水而生[^1]。\n\n[^1]: 見《水經注》。\n"
    )
    (tmp_path / "water.md").write_text(master, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "pipeline", "build", "water.md", "-o", "out", "-j", "1"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list((tmp_path / "out").glob("water.zh-Han?.*"))) == 6
    where = [sys.executable, "-c", "import pipeline.resources as r; print(r.templates_folder())"]
    shown = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert Path(shown.stdout.strip()).is_relative_to(installed)
