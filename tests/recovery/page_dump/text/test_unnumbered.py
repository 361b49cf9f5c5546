"""Headings without a number, and short lines that are none."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind, Manuscript
from tests.recovery.page_dump.dumps import cut, dump, prose

TITLES = ["河與堤", "碼頭的早晨", "縣衙門前", "潮水退去以後"]


def headings(manuscript: Manuscript) -> list[tuple[int, str]]:
    return [(b.level, b.content.visible()) for b in manuscript.blocks if b.kind is BlockKind.HEADING]


def chapters(titles: list[list[str]], between: str = "") -> str:
    lines = [*cut(prose(1)), *cut(prose(2))]
    for k, pile in enumerate(titles):
        lines += [*([between] if between else []), *pile, *cut(prose(10 * k + 3)), *cut(prose(10 * k + 4))]
    return "\n".join(lines) + "\n"


def test_short_lines_between_paragraphs_are_headings() -> None:
    assert headings(dump(chapters([[t] for t in TITLES]))) == [(1, t) for t in TITLES]


def test_a_heading_directly_above_another_is_of_a_higher_level() -> None:
    piles = [
        ["引言：水的路程"],
        ["老井新井", "井與里的關係"],
        ["井的構造"],
        ["湖與城", "六口井"],
        ["結語：兩種時間"],
    ]
    assert headings(dump(chapters(piles))) == [
        (1, "引言：水的路程"),
        (1, "老井新井"),
        (2, "井與里的關係"),
        (2, "井的構造"),
        (1, "湖與城"),
        (2, "六口井"),
        (1, "結語：兩種時間"),
    ]


def test_among_numbered_headings_they_stand_below() -> None:
    piles = [["一、河道"], ["河與堤"], ["碼頭的早晨"], ["二、縣城"], ["縣衙門前"]]
    found = headings(dump(chapters(piles)))
    assert [level for level, _ in found] == [1, 2, 2, 1, 2]


def test_one_or_two_are_left_as_they_are() -> None:
    assert headings(dump(chapters([[t] for t in TITLES[:2]]))) == []


@pytest.mark.parametrize(
    "short",
    [
        ["寄自平湖縣，", "舟中書懷，", "河上作，"],
        ["二〇〇八年十二月六日", "民國七年三月", "光緒三年"],
        ["第一", "圖三 碼頭", "圖四 閘口"],
        ["The harbour", "The county", "The tide"],
    ],
    ids=["open", "dates", "figures", "letters"],
)
def test_other_short_lines_are_none(short: list[str]) -> None:
    assert headings(dump(chapters([[t] for t in short]))) == []


def test_verse_between_paragraphs_is_none() -> None:
    verse = ["河水向東流去也", "孤舟繫在石橋邊", "誰家燈火還未滅", "遠寺鐘聲到客船"]
    assert headings(dump(chapters([verse, verse, verse, verse]))) == []
