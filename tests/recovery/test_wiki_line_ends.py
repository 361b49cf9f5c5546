"""Line ends where an export wraps its lines: which were a space that shows, which were nothing, which a dash stood behind."""

from __future__ import annotations

import pytest

from tests.recovery.test_wiki_leftovers import codes
from tests.recovery.test_wiki_markdown import body, link

WRAPPED = "\n[Category:河](https://zh.wikipedia.org/wiki/Category:河)\n[Category:湖](https://zh.wikipedia.org/wiki/Category:湖)\n"


@pytest.mark.parametrize(
    ("source", "master"),
    [
        ("甲船,\n乙船;\n丙船。", "甲船, 乙船; 丙船。"),  # a half-width comma has its space
        ("甲船，\n乙船。", "甲船，乙船。"),
        ("河港\n(北岸)很大。", "河港 (北岸)很大。"),
        ("河港(北岸)\n很大。", "河港(北岸)很大。"),
        (f"長女\n{link('**甲**')}嫁於北岸。", "長女 **甲**嫁於北岸。"),
        ("長女\n**甲**（一說乙）。", "長女 **甲**（一說乙）。"),
        ("長女，\n**甲**。", "長女，**甲**。"),
        ("長**女**\n甲。", "長**女**甲。"),
    ],
)
def test_a_line_end_that_was_a_space(source: str, master: str) -> None:
    assert body(source + WRAPPED) == master


def test_behind_a_stop_and_its_calls_a_line_end_is_nothing() -> None:
    source = "船到了。\\[1\\]\\[2\\]\n7月，船走了\\[3\\]\n8月回來。" + WRAPPED
    assert body(source).startswith("船到了。[^1][^2]7月，船走了[^3] 8月回來。\n\n[^1]:")


def test_a_dash_between_words_of_an_item_begins_no_list() -> None:
    items = f"1.  {link('甲卷')}\n    - {link('上')}\n2.  乙卷 - 下\n3.  {link('丙卷')}\n    -\n    {link('上')}・下\n"
    source = "各卷：\n\n" + items + "\n## 參見\n\n  - 河志\n      - 湖志\n"
    master = "各卷：\n\n1. 甲卷 - 上\n2. 乙卷 - 下\n3. 丙卷 - 上・下\n\n# 參見\n\n- 河志\n  - 湖志"
    assert body(source + WRAPPED) == master
    assert codes(source + WRAPPED) == []


@pytest.mark.parametrize(
    "bullets", ["- 河志\n", "  - 河志\n\n1.  湖志\n\n    - 船志\n"]
)  # no such manner, or another
def test_a_dash_is_a_bullet_where_bullets_stand_so(bullets: str) -> None:
    source = f"各卷：\n\n1.  甲卷\n    - 上\n2.  乙卷\n\n## 參見\n\n{bullets}"
    assert "1. 甲卷\n   - 上\n2. 乙卷" in body(source + WRAPPED)
