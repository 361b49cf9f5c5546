"""Text → lines of one width, as a page sets them: no line begins with a closing mark, Latin words stay whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.soiler.book import Call, Run

CLOSING = "，。、；：？！）」』》〉】〕”’"
OPENING = "「『（《〈【〔“‘"
_ATOM = re.compile(r"[A-Za-z0-9\u00c0-\u024f.,'’\-:()&]+|.", re.DOTALL)

Atom = tuple[str, float, int]  # text, width, the label of a call or 0


def atoms(runs: Sequence[Run], called: dict[int, str]) -> list[Atom]:
    """What a line cannot part; ``called`` says how the call of a note is printed."""
    out: list[Atom] = []
    for run in runs:
        if isinstance(run, Call):
            mark = called[run.label]
            out.append((mark, 0.25 * len(mark), run.label))
            continue
        out += [(m.group(), _width(m.group()), 0) for m in _ATOM.finditer(run)]
    return out


def _width(text: str) -> float:
    return sum(0.5 if ord(c) < 0x1100 else 1.0 for c in text)


def lines(content: Sequence[Atom], first: float, other: float) -> list[tuple[str, list[int]]]:
    """Lines of these widths in em, each with the labels of the calls in it."""
    out: list[tuple[str, list[int]]] = []
    current: list[Atom] = []
    used = 0.0
    for atom in content:
        limit = first if not out else other
        if used + atom[1] > limit + (1.0 if _hangs(atom) else 0.0) and current and atom[0] != " ":
            carried: list[Atom] = []
            while len(current) > 1 and (_hangs((*carried, atom)[0]) or current[-1][0] in OPENING):
                carried.insert(0, current.pop())
            out.append(_line(current))
            current = [*carried, atom]
            used = sum(a[1] for a in current)
            continue
        current.append(atom)
        used += atom[1]
    if current:
        out.append(_line(current))
    return out


def _hangs(atom: Atom) -> bool:
    """It may not begin a line."""
    return atom[0] in CLOSING or bool(atom[2])


def _line(content: Sequence[Atom]) -> tuple[str, list[int]]:
    return "".join(a[0] for a in content), [a[2] for a in content if a[2]]
