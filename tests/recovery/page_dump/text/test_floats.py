"""Figures and tables that stand inside a sentence of a page dump."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.recovery.ledger import account
from pipeline.recovery.page_dump.text.floats import is_cut
from tests.recovery.page_dump.dumps import cut, dump, prose, shown

ROWS = ["年份 漁船 產值", "1931 240 3,900", "1934 262 4,150", "1937 251 3,800"]


def halves(gap: str, figure: list[str]) -> str:
    """A text whose second paragraph has a figure behind its first line, which goes on."""
    first, *rest = cut(prose(2))
    assert rest
    lines = [*cut(prose(1)), first, *figure]
    return "\n".join(lines) + gap + "\n".join([*rest, *cut(prose(3)), *cut(prose(4))]) + "\n"


@pytest.mark.parametrize("caption", ["圖 1 河口的碼頭", "圖為河口的碼頭", "圖：河口的碼頭（1911年）"])
@pytest.mark.parametrize("gap", ["\n", "\n\f"], ids=["page", "end"])
def test_a_figure_inside_a_sentence_stands_behind_its_paragraph(caption: str, gap: str) -> None:
    manuscript = dump(halves(gap, [caption]))
    assert shown(manuscript) == [prose(1), prose(2), caption, prose(3), prose(4)]
    assert account(manuscript) == []


def test_a_table_inside_a_sentence_stands_behind_its_paragraph_with_caption_and_source() -> None:
    manuscript = dump(halves("\n", ["表一 漁船與產值", *ROWS, "資料來源：漁會年報"]))
    kinds = [block.kind for block in manuscript.blocks if block.kind is BlockKind.TABLE]
    texts = [text for text in shown(manuscript) if text]
    assert texts == [prose(1), prose(2), "表一 漁船與產值", "資料來源：漁會年報", prose(3), prose(4)]
    assert kinds == [BlockKind.TABLE]
    assert account(manuscript) == []


def test_a_figure_between_paragraphs_stays() -> None:
    lines = [*cut(prose(1)), "圖 1 河口的碼頭", *cut(prose(2)), *cut(prose(3))]
    assert shown(dump("\n".join(lines) + "\n")) == [prose(1), "圖 1 河口的碼頭", prose(2), prose(3)]


@pytest.mark.parametrize(
    ("tail", "cut_off"), [("幾次撥款。7", False), ("幾次撥款，7", True), ("幾次撥款1907", True)]
)
def test_a_full_line_that_ends_a_sentence_before_a_number_is_whole(tail: str, cut_off: bool) -> None:
    """The number may be a call that nothing bound."""
    flow = SimpleNamespace(last=tail[-1], tail=tail, called=False, width=30.0)
    assert is_cut(flow, SimpleNamespace(measure=30.0)) is cut_off  # type: ignore[arg-type]
