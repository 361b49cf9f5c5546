"""The marks that Pandoc's own Markdown writes with plain signs: quotation marks, dashes, ellipses.

Comes in: a text of an export that Pandoc made, where ``"…"`` stands for “…” and ``--`` for –. Goes out: the text with
the marks that stood there. Refused: a paragraph whose quotation marks do not pair, and signs that are escaped.
Source: Pandoc's manual, extension ``smart``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.document.traced import Traced
from pipeline.recovery.characters import Repair

_PANDOC = re.compile(r"[\])]\{[.#][^{}\n]{1,200}[}\n]")
_CURLED = re.compile("[“”]")
_SIGN = re.compile(r"\"|'|---?(?!-)|\.\.\.(?!\.)")
_PLAIN = {"--": "–", "---": "—", "...": "…"}
_WHY = "sign that Pandoc writes for a mark"


def is_smart(source: str) -> bool:
    """Whether Pandoc wrote it with its plain signs: its attributes are there, and no curled quotation mark is."""
    return _CURLED.search(source) is None and _PANDOC.search(source) is not None


def curled(text: Traced, source: str) -> Traced:
    """The text with the marks that its signs stand for.

    >>> curled(Traced.kept('他說："是的。"', 0), '他說："是的。"').text
    '他說：“是的。”'
    """
    visible = text.visible()
    found = list(_SIGN.finditer(visible))
    if not found:
        return text
    places = text.located([Repair(m.start(), m.end(), "", "", "") for m in found])
    signs = [m for m, at in zip(found, places, strict=True) if source[at.start - 1 : at.start] != "\\"]
    return text.corrected(
        [Repair(*m.span(), after, "L231", _WHY) for m, after in _marks(visible, signs) if after]
    )


def _marks(visible: str, signs: Sequence[re.Match[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """The mark that each sign stands for; empty where nobody can know."""
    pairs = sum(m.group() == '"' for m in signs) % 2 == 0
    double = single = False  # open
    for m in signs:
        before = visible[m.start() - 1 : m.start()]
        if m.group() == "'":
            if before.isascii() and before.isalnum() and not single:
                yield m, "’"
                continue
            single = not single
            yield m, "‘" if single else "’"
        elif m.group() == '"':
            double = not double
            yield m, ("“" if double else "”") if pairs else ""
        else:
            yield m, _PLAIN[m.group()]
