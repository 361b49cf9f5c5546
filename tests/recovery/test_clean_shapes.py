"""Clean texts of many shapes, short ones: each is known for what it is, and nothing in it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document.master import write_master
from pipeline.readers.detect import detect_form
from pipeline.recovery import recover
from pipeline.recovery.ledger import account, edits

SHAPES = sorted((Path(__file__).parent.parent / "cases" / "recovery" / "shapes").iterdir())


@pytest.mark.parametrize("path", SHAPES, ids=lambda p: p.name)
def test_a_clean_text_of_any_shape_passes_untouched(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    form = detect_form(text, path.name)
    manuscript = recover(text, form)
    assert form in ("plain", "markdown")
    assert edits(manuscript) == []
    assert account(manuscript) == []
    master = write_master(manuscript)
    assert write_master(recover(master, detect_form(master, "master.md"))) == master
