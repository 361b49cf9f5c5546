"""A clean text passes untouched: read by its path alone, recovered, and no edit in the ledger (promise 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.readers import read_source
from pipeline.recovery import recover
from pipeline.recovery.ledger import account, edits

CLEAN = sorted((Path(__file__).parent.parent / "cases" / "recovery" / "clean").glob("*.txt"))


@pytest.mark.parametrize("path", CLEAN, ids=lambda p: p.stem)
@pytest.mark.parametrize("layout", ["as it is", "blank lines", "indents", "Windows"])
def test_a_clean_text_has_an_empty_ledger(path: Path, layout: str, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    match layout:
        case "blank lines":
            text = text.replace("\n", "\n\n")
        case "indents":
            text = "".join(f"\u3000\u3000{line}\n" for line in text.splitlines())
        case "Windows":
            text = "\ufeff" + text.replace("\n", "\r\n")
    copy = tmp_path / path.name
    copy.write_bytes(text.encode())
    source = read_source(copy)
    manuscript = recover(source.text, source.form)
    assert source.form == "plain"
    assert edits(manuscript) == []
    assert account(manuscript) == []
