"""Tables that came out as loose lines: where they are, and whether they can be rebuilt.

Comes in: lines. Goes out: runs of lines that were a table, and rows where columns are still told apart.
Refused: a table without a caption and without columns; rows of different lengths are not made to fit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

CAPTION = re.compile(
    r"[表](?:\s*[（(]?\s*[一二三四五六七八九十0-9]{1,3}(?:\s*[-–—－.．]\s*[一二三四五六七八九十0-9]{1,3})?\s*[)）]?)(?:\s*[：:、.]?\s*\S|$)"
)
FIGURE = re.compile(
    r"[圖图]\s*[（(]?\s*[一二三四五六七八九十0-9]{1,3}(?:\s*[-–—－.．]\s*[一二三四五六七八九十0-9]{1,3})?\s*[)）]?(?:\s*[：:、.．]\s*|\s+)\S"
)
_TELLS = re.compile(  # «表一列出…»: the text speaks of a table
    r"[表圖图]\s*[（(]?[一二三四五六七八九十0-9.\-–—]{1,6}[)）]?(?:列|顯|显|所|是|為|为|可|的|及|和|與|与|則|则|畫|画|說|说|表明|反映)"
)
SOURCE = re.compile(
    r"(?:資料來源|资料来源|圖片來源|图片来源|表格來源|來源|来源|出處|出处|說明|说明|附註|附注|備註|备注|Sources?|Notes?)\s*[：:]"
)
_COLUMNS = re.compile(r"\s{2,}|\t|\s*[|｜]\s*")
LOOSE = 0.62  # of the measure: lines of a table are shorter
LEAST = 4  # loose lines below a caption
ROWS = 3


@dataclass(frozen=True, slots=True)
class LooseTable:
    """Lines ``first`` up to ``last``; the caption is the line before ``first``."""

    first: int
    last: int


def find_tables(
    texts: Sequence[str], widths: Sequence[float], measure: float, stops: Sequence[bool]
) -> list[LooseTable]:
    """Runs of short lines below a caption, and rows of three columns or more without one. ``stops`` are lines that no table goes over (headings)."""
    out = []
    i = 0
    while i < len(texts):
        if CAPTION.match(texts[i]) and is_caption(texts[i]):
            k = i + 1
            while k < len(texts) and (widths[k] < LOOSE * measure or _cells(texts[k]) > 2) and not stops[k]:
                if SOURCE.match(texts[k]) or FIGURE.match(texts[k]):
                    break
                k += 1
            if k - i - 1 >= LEAST or split_columns(texts[i + 1 : k]) is not None:
                out.append(LooseTable(i + 1, k))
                i = k - 1
        elif (k := _end_of_rows(texts, stops, i)) - i >= ROWS:
            out.append(LooseTable(i, k))
            i = k - 1
        i += 1
    return out


def _end_of_rows(texts: Sequence[str], stops: Sequence[bool], i: int) -> int:
    """Where the lines end, from ``i`` on, that have as many columns as this one, and at least three."""
    cells = _cells(texts[i])
    k = i
    while cells > 2 and k < len(texts) and not stops[k] and _cells(texts[k]) == cells:
        k += 1
    return k


def _cells(text: str) -> int:
    return len(_COLUMNS.split(text)) if _COLUMNS.search(text) else 1


def is_caption(text: str) -> bool:
    """Whether a line names a figure or a table, and no sentence does so.

    >>> is_caption("圖 2-1 碼頭位置"), is_caption("圖2所示的碼頭，今已不存。"), is_caption("表一列出幾種。深度各地")
    (True, False, False)
    """
    if len(text) > 45 or text[-1] in "。，；、：,;" or "。" in text or _TELLS.match(text):
        return False
    return FIGURE.match(text) is not None or (CAPTION.match(text) is not None and len(text) <= 45)


def split_columns(texts: Sequence[str]) -> list[list[tuple[int, int]]] | None:
    """The cells (start, end) of each line, when all lines have the same number of columns, else ``None``.

    >>> split_columns(["年份  數量", "1958  三十", "1959  十二"])
    [[(0, 2), (4, 6)], [(0, 4), (6, 8)], [(0, 4), (6, 8)]]
    """
    rows = []
    for text in texts:
        cells, at = [], 0
        for match in _COLUMNS.finditer(text):
            if match.start() > at:
                cells.append((at, match.start()))
            at = match.end()
        if at < len(text):
            cells.append((at, len(text)))
        rows.append(cells)
    counts = {len(cells) for cells in rows}
    return rows if len(rows) >= ROWS and len(counts) == 1 and counts.pop() > 1 else None
