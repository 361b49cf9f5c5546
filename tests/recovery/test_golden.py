"""Whole documents of our own in the manner of each form, against the masters that an editor would make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document.master import write_master
from pipeline.readers.detect import detect_form
from pipeline.recovery import recover
from pipeline.recovery.ledger import account

GOLDEN = Path(__file__).parent.parent / "cases" / "recovery" / "golden"
FORMS = {"wiki": "wiki-markdown", "ocr": "ocr-markdown"}
SOURCES = sorted(p for p in GOLDEN.glob("*.md") if not p.name.endswith(".master.md"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_a_document_becomes_its_master(path: Path) -> None:
    text = path.read_text("utf-8")
    form = detect_form(text, path.name)
    manuscript = recover(text, form)
    assert form == FORMS[path.name.partition("-")[0]]
    assert account(manuscript) == []
    assert write_master(manuscript) == path.with_suffix(".master.md").read_text("utf-8")
