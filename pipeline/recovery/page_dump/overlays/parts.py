"""The letters of a slanting watermark, put together from what each page shows of them.

Comes in: the parts, their letters in the mark's order. Goes out: the mark. Refused: a part that has little in common with the others.
"""

from __future__ import annotations

from collections.abc import Sequence


def mark_of(parts: Sequence[str]) -> str:
    """The letters of which each page shows a part, in their order."""
    mark = ""
    for part in sorted(parts, key=lambda part: -len(part)):
        mark = _united(mark, part)
    return mark


def _united(mark: str, part: str) -> str:
    """The shortest text that has the letters of both in their order; the mark where they have too few in common."""
    common = [[0] * (len(part) + 1) for _ in range(len(mark) + 1)]
    for i in range(len(mark) - 1, -1, -1):
        for k in range(len(part) - 1, -1, -1):
            same = mark[i] == part[k]
            common[i][k] = common[i + 1][k + 1] + 1 if same else max(common[i + 1][k], common[i][k + 1])
    if mark and common[0][0] * 2 < len(part):
        return mark
    out: list[str] = []
    i = k = 0
    while i < len(mark) and k < len(part):
        if mark[i] == part[k]:
            i, k = i + 1, k + 1
            out.append(mark[i - 1])
        elif common[i + 1][k] >= common[i][k + 1]:
            i += 1
            out.append(mark[i - 1])
        else:
            k += 1
            out.append(part[k - 1])
    return "".join(out) + mark[i:] + part[k:]
