"""``<chem>…</chem>``: chemical formulas in the notation of LaTeX's mhchem, as text with raised and lowered signs.

Comes in: what stands between the tags. Goes out: its parts, each with what a reader sees. Refused (an empty result):
notation beyond elements, numbers, charges, masses, brackets and arrows. Source: mhchem's manual.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_PART = re.compile(
    r"(?P<arrow>\s*(?:<=>|<->|-{1,2}\\?>|->)\s*)"
    r"|(?P<raised>\^\{?(?P<up>[0-9]*[+-]?[0-9]*)\}?)"
    r"|(?P<lowered>_\{?(?P<down>[0-9n]+)\}?)"
    r"|(?P<count>(?<=[A-Za-z)\]])[0-9]+)"
    r"|(?P<charge>(?<=[A-Za-z0-9)\]])[+-](?![A-Za-z0-9>\\-]))"
    r"|(?P<plain>[A-Za-z0-9()\[\].=]|\s|(?<=\s)[+-](?=\s|[0-9A-Z(\[]))"
)
_ARROWS = {"<=>": "⇌", "<->": "↔"}


class Part(NamedTuple):
    """A stretch of the formula and what a reader sees of it; ``mark`` is Markdown's around it."""

    start: int
    end: int
    shown: str
    mark: str = ""


def read_formula(inside: str) -> list[Part]:
    """The parts of a formula, in order.

    >>> "".join(p.mark + p.shown + p.mark for p in read_formula("2H2 + O2 -> H3O+"))
    '2H~2~ + O~2~ → H~3~O^+^'
    """
    parts: list[Part] = []
    at = 0
    while at < len(inside):
        m = _PART.match(inside, at)
        if m is None or m.end() == at:
            return []
        match m.lastgroup:
            case "arrow":
                parts.append(Part(at, m.end(), f" {_ARROWS.get(m.group().strip(), '→')} "))
            case "raised":
                parts.append(Part(at, m.end(), m["up"], "^"))
            case "lowered":
                parts.append(Part(at, m.end(), m["down"], "~"))
            case "count":
                parts.append(Part(at, m.end(), m.group(), "~"))
            case "charge":
                parts.append(Part(at, m.end(), m.group(), "^"))
            case _:
                parts.append(Part(at, m.end(), m.group()))
        at = m.end()
    return parts
