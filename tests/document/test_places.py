"""On which line of a master a text stands."""

from __future__ import annotations

import pytest

from pipeline.document.places import Places

MASTER = """# 序 {#preface}

河水退去。

- 水。
1. 閘[^1]

| 渠 | 深 |
|----|----|
| 東 | 二 |

水。

[^1]: 同上。

[^2]: 同上。

[^3]: 見*志*。
"""


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        (["序", "河水退去。", "水。", "閘", "水。"], [1, 3, 5, 6, 12]),
        (["河水退去。", "河水"], [3, None]),  # the words are only a part of a line
        (["水。", "序"], [5, None]),  # and stand before the one that was asked for last
    ],
)
def test_a_few_words_are_found_where_they_are_all_that_a_line_says(
    texts: list[str], lines: list[int | None]
) -> None:
    places = Places(MASTER)
    assert [places.line([text]) for text in texts] == lines


@pytest.mark.parametrize(
    ("runs", "line"),
    [
        (["東"], 10),
        (["深"], 8),
        (["見", "志", "。"], 18),
        (["同上。"], None),
        (["水。"], None),
        (["志"], None),
    ],
)
def test_out_of_order_only_where_no_other_line_says_them(runs: list[str], line: int | None) -> None:
    assert Places(MASTER).line(runs, in_order=False) == line
