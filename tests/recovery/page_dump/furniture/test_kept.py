"""Dumps that lost most of their running heads: a page without one begins with a space, one with its own behind empty lines."""

from __future__ import annotations

import pytest

from tests.recovery.page_dump.dumps import cut, dump, prose, shown

PAGES = 8
FIRST = 41  # the number of the first page


def pages() -> list[str]:
    """Paragraphs that run on over the pages' ends."""
    lines = [line for n in range(24) for line in cut(prose(n) + prose(n + 50))]
    size = len(lines) // PAGES
    return ["\n\n".join(lines[k * size : (k + 1) * size if k < PAGES - 1 else None]) for k in range(PAGES)]


def joined(heads: dict[int, str], begin: str = "\n\n\n\n") -> str:
    """The dump; ``heads`` stand before these pages, a form with a line of its own or one that ran into the text."""
    out = ""
    for k, text in enumerate(pages()):
        out += (begin if k in heads else "\n " if k else "") + heads.get(k, "") + text
    return out + "\n"


WHOLE = shown(dump(joined({})))


@pytest.mark.parametrize("places", [[3], [2, 5], [1, 4, 6]], ids=["one", "two", "three"])
@pytest.mark.parametrize(
    "head",
    [
        "渡船與縣城 {}",
        "{}　河渠學刊",
        "沈某：渡船與縣城 {}",
        "．{}．沈某 河渠學刊第五期",
        "- {} -",
        "{}",
        "第{}頁",
        "河渠學刊",
    ],
)
def test_the_heads_that_are_left_go(head: str, places: list[int]) -> None:
    manuscript = dump(joined({k: head.format(FIRST + k) + " \n\n" for k in places}))
    assert shown(manuscript) == WHOLE
    if "{}" in head:
        assert {number for _, number in manuscript.pages} >= {str(FIRST + k) for k in places}


@pytest.mark.parametrize("head", ["渡船與縣城 {}", "{}　河渠學刊", "第{}頁"])
def test_heads_that_are_left_behind_the_trace_of_others_go(head: str) -> None:
    assert shown(dump(joined({3: head.format(FIRST + 3) + " \n\n"}, "\n "))) == WHOLE


@pytest.mark.parametrize(
    "kept", ["2　碼頭 \n\n", "漁戶 39 \n\n船戶 12 \n\n商戶 8 \n\n"], ids=["heading", "table"]
)
def test_what_may_be_the_texts_own_behind_such_a_trace_stays(kept: str) -> None:
    assert "".join(kept.split()) in "".join("".join(shown(dump(joined({3: kept}, "\n ")))).split())


@pytest.mark.parametrize("head", ["{} 渡船：縣城的渡口 ", "渡船與縣城 {} "])
def test_a_head_that_ran_into_the_text_goes(head: str) -> None:
    assert shown(dump(joined({3: head.format(FIRST + 3)}))) == WHOLE


@pytest.mark.parametrize("kept", ["三、碼頭 \n\n", "他們又去了河口。 \n\n", "12月，"])
def test_what_is_no_head_stays(kept: str) -> None:
    assert kept.split()[0] in "".join(shown(dump(joined({3: kept}))))


def test_numbers_that_do_not_grow_with_the_pages_stay() -> None:
    text = "".join(shown(dump(joined({2: "年表 80 \n\n", 5: "年表 12 \n\n"}))))
    assert "年表 80" in text and "年表 12" in text


def test_a_number_behind_a_mark_at_the_top_is_that_of_the_text_below() -> None:
    mark = "\n".join("‧國立河口大學‧")
    manuscript = dump(joined({k: f"{mark}\n\n \n\n{FIRST + k} \n \n\n" for k in (2, 4)}))
    assert shown(manuscript) == WHOLE
    assert [number for _, number in manuscript.pages] == [str(FIRST + k) for k in range(PAGES)]
