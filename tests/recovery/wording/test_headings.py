"""Headings: what is one, and of which level."""

from __future__ import annotations

import pytest

from pipeline.recovery.wording.headings import HeadingMark, heading_mark
from pipeline.recovery.wording.outlines import drop_outlines, drop_strays, heading_levels


@pytest.mark.parametrize(
    "text",
    [
        "第一章",
        "第十二章 河道",
        "第三節　橋",
        "壹、 緣起",
        "参、资料来源",
        "二、橋與路",
        "（三）碼頭",
        "五　結 論",
        "1. 引言",
        "2.3 方法",
        "1.3.1 日本法",
        "2 世界與地方",
        "結論",
        "參考文獻",
    ],
)
def test_headings(text: str) -> None:
    assert heading_mark(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "一、他說不行。",
        "第一次來到這裏",
        "一個人走了",
        "12 月 14 日",
        "1958 年",
        "9 月 6 日抗",
        "十年以來的變化",
        "三、所有經費，",
        "（二）他在《河志》中說：「不行。」",
        "",
    ],
)
def test_sentences(text: str) -> None:
    assert heading_mark(text) is None


def marks(*ranks: float) -> list[HeadingMark | None]:
    return [None if rank < 0 else HeadingMark(rank, "一", 2) for rank in ranks]


def test_levels_restart_with_every_chapter() -> None:
    ranks = [1, 3, 6, 6, 3, 6, 1, 2, 6, 7, 2]
    assert heading_levels([HeadingMark(r, "一", 2) for r in ranks]) == [1, 2, 3, 3, 2, 3, 1, 2, 3, 4, 2]


def test_an_outline_in_the_text_is_no_heading() -> None:
    def of(rank: float, *numbers: str) -> list[HeadingMark | None]:
        return [HeadingMark(rank, n, 2) for n in numbers]

    outline = [*of(6, "二"), *of(8, "1", "2", "3", "4"), *of(1, "二"), None]
    kept = drop_outlines(outline)
    assert [m is not None for m in kept] == [True, False, False, False, False, True, False]
    chapter = [*of(1, "一"), *of(2, "一"), *of(6, "一"), None]
    assert drop_outlines(chapter) == chapter
    entries = [*of(6, "一"), None, *of(7, "一", "二", "三")]
    assert drop_outlines([*entries, *of(6, "二"), None])[2:] == [None, None, None, *of(6, "二"), None]
    assert drop_outlines([*entries, *of(6, "三"), None])[2:] == [None] * 5, "not the next one of the text"
    chapters = [*of(1, "一"), None, *of(1, "一"), *of(6, "一", "二"), *of(1, "二"), *of(6, "一", "二")]
    assert drop_outlines([*chapters, *of(1, "三"), None])[2:] == [None] * 8, "the outline's own last one"
    assert drop_outlines([*chapters, *of(1, "三", "二"), None])[-2:] == [*of(1, "二"), None]


def test_an_arabic_number_alone_is_no_heading() -> None:
    assert drop_strays([HeadingMark(8, "9", 2), None, HeadingMark(8, "20", 2)]) == [None, None, None]
    kept = drop_strays([HeadingMark(8, "1", 2), None, HeadingMark(8, "2", 2)])
    assert [m is not None for m in kept] == [True, False, True]


def test_short_entries_on_end_are_a_list() -> None:
    entries: list[HeadingMark | None] = [HeadingMark(8, n, 2) for n in ("1", "2", "3")]
    assert drop_outlines([None, *entries, None]) == [None] * 5
    apart: list[HeadingMark | None] = [HeadingMark(8, "1", 2), None, HeadingMark(8, "2", 2), None]
    assert drop_outlines(apart) == apart
