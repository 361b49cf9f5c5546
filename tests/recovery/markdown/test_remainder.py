"""What no text holds is booked; words among it are asked for."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import Block, BlockKind, Manuscript
from pipeline.document.traced import Piece, Traced
from pipeline.location import Span
from pipeline.recovery.ledger import account
from pipeline.recovery.markdown.remainder import settle

TEXT = "河水向東。"


def settled(rest: str) -> Manuscript:
    text = Traced((Piece(TEXT, Span(0, len(TEXT))),))
    return settle(
        Manuscript(f"{TEXT}{rest}", "wiki-markdown", "zh-Hant", blocks=(Block(BlockKind.PARAGRAPH, text),))
    )


@pytest.mark.parametrize(
    "rest", ["\n\n---\n", '\n<td style="width: 2em">', "\n| rowspan = 2 |", "\n{.wide}](https://a.cn/b)"]
)
def test_markup_alone_is_no_finding(rest: str) -> None:
    manuscript = settled(rest)
    assert not account(manuscript) and not manuscript.findings


def test_words_in_no_text_are_asked_for() -> None:
    manuscript = settled("\n<td>石橋</td> | two")
    assert not account(manuscript)
    (finding,) = manuscript.findings
    assert finding.rule == "L191" and "«石橋 | two»" in finding.message
    assert finding.span == Span(6, 23)
