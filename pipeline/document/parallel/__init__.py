"""Two documents side by side: the two scripts of one book, or a text and its translation.

Comes in: two documents that should have the same blocks. Goes out: one document in which each pair of
blocks is a Div ``pair`` with two Divs ``side``, and findings for whatever does not pair. Headings are not
boxed: a heading pair becomes one heading, so that chapters and contents work as ever. A note belongs to its
side; the n-th note of the one side carries the same number as the n-th of the other (``side_numbers``).
"""

from __future__ import annotations

from dataclasses import dataclass

import panflute as pf

from pipeline.document import ast
from pipeline.document.manuscript import Finding
from pipeline.document.parallel.findings import unequal_pairs, without_partner
from pipeline.document.parallel.front import both_fronts
from pipeline.document.parallel.pairing import pair_blocks, side_by_side


@dataclass(frozen=True)
class Parallel:
    """The paired document and what did not pair."""

    doc: pf.Doc
    findings: list[Finding]


def set_side_by_side(
    left: pf.Doc,
    right: pf.Doc,
    languages: tuple[str, str],
    *,
    names: tuple[str, str] = ("the first master", "the second master"),
    repeat: bool = False,
) -> Parallel:
    """Both documents in one, block by block; the metadata is the left one's, titles of both.

    ``names``: what findings call them. ``repeat``: headings alike on both sides stand on both all the same.

    Blocks pair by their order within a section; where one side has more, by kind, length and notes: a paragraph
    that only one side has stands alone.
    """
    left, right = ast.duplicate(left), ast.duplicate(right)
    rows = list(pair_blocks(list(left.content), list(right.content)))
    findings = [*without_partner(rows, names), *unequal_pairs(rows, names)]
    blocks = [side_by_side(row, languages, repeat) for row in rows]
    doc = pf.Doc(*blocks, metadata=both_fronts(left, right, languages), api_version=left.api_version)
    return Parallel(doc, findings)
