"""The doctor on machines where something is broken on purpose."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.errors import EditionError, ProgramError
from pipeline.programs import fonts, pandoc


def examine() -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["doctor"])
    return result.exit_code, result.output


def test_all_is_well_here() -> None:
    code, said = examine()
    assert code == 0, said
    assert "BAD" not in said


def test_without_a_face_it_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    others = tuple(f for f in fonts.installed() if "WenKai" not in f.family)
    monkeypatch.setattr(fonts, "installed", lambda: others)
    code, said = examine()
    assert code == 1
    assert "BAD LXGW WenKai: not installed" in said
    assert "fonts-lxgw-wenkai" in said
    with pytest.raises(EditionError, match="the face is not installed"):
        fonts.require(["LXGW WenKai"])


def test_without_pandoc_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise ProgramError("Pandoc is not there. Install pypandoc_binary, which brings it.", "pandoc")

    monkeypatch.setattr(pandoc, "probe", none)
    code, said = examine()
    assert code == 1
    assert "BAD Pandoc" in said and "Install pypandoc_binary." in said
