"""Which lines of a recognised paper are headings that the engine did not mark?

Comes in: the drafts of a document in which nothing but the title is marked. Goes out: the same, such lines as headings. Refused:
one numbered line alone, lines whose numbers do not count on from 1, and lines with nothing below them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.document.manuscript import BlockKind
from pipeline.document.traced import PieceKind, Traced
from pipeline.recovery.markdown.drafts import Draft
from pipeline.recovery.ocr_markdown.captions import is_caption
from pipeline.recovery.ocr_markdown.endings import Closing, closing_of
from pipeline.recovery.ocr_markdown.text.sections import bold_around
from pipeline.recovery.wording.headings import NAMED, UNNUMBERED, HeadingMark, heading_mark
from pipeline.recovery.wording.marks import NEVER_LAST_OF_TITLES

_HEADLINE = 30  # characters
_NO_HEADING = (*NEVER_LAST_OF_TITLES, ".")
_TOP = 2  # blocks above which a lone heading is the title
_DIGITS = 8  # the rank of «1.», which numbers lists, too
_PROSE, _SECTION = 60, 100  # characters
_SEVERAL = 3
_APPENDIX = re.compile(r"附[錄录][ \u3000：:][^，。；：]+")


def promote(source: str, drafts: Sequence[Draft]) -> None:
    """Where the engine marked no heading but a title: its lines in bold, or those whose numbers count on from 1."""
    marked = [k for k, d in enumerate(drafts) if d.kind is BlockKind.HEADING]
    if any(k >= _TOP for k in marked):
        return
    found = dict(_bold_lines(drafts) or _numbered_lines(drafts))
    for k, level in found.items():
        drafts[k].kind, drafts[k].level = BlockKind.HEADING, level + len(marked)
        if drafts[k].marker:  # it looked like an item
            _put_number_back(source, drafts[k])


def _put_number_back(source: str, draft: Draft) -> None:
    """An item's number as the beginning of its text."""
    pieces = draft.parts[0].pieces
    pages = [p for p in pieces if p.kind is PieceKind.PAGE]
    rest = [p for p in pieces if p.kind is not PieceKind.PAGE]
    end = rest[0].span.start
    start = source.rindex(draft.marker, 0, end)
    draft.parts[0] = Traced((*pages, *Traced.kept(source[start:end], start).pieces, *rest))
    draft.marker = ""


def _bold_lines(drafts: Sequence[Draft]) -> list[tuple[int, int]]:
    """Short lines in bold are headings, where two at least, and half of them, are numbered or named as headings are.

    Without numbers and names it takes three, all different, with prose below them; a speaker's name comes again.
    """
    lines = [k for k, draft in enumerate(drafts[:-1]) if _is_bold_line(draft)]
    lines = [k for k in lines if k + 1 in lines or _may_be_headed(drafts[k + 1])]
    texts = [drafts[k].tail().strip() for k in lines]
    told = sum(heading_mark(text) is not None for text in texts)
    are_told = told >= 2 and told * 2 >= len(lines)
    are_own = len(set(texts)) == len(lines) >= _SEVERAL and _part_prose(drafts, lines)
    return [(k, 1) for k in lines] if are_told or are_own else []


def _part_prose(drafts: Sequence[Draft], lines: Sequence[int]) -> bool:
    """Whether as much prose stands below the lines, on an average, as a short section has."""
    below = sum(len(part.visible()) for d in drafts[lines[0] :] for part in d.parts)
    return below >= _SECTION * len(lines)


def _is_bold_line(draft: Draft) -> bool:
    text = draft.tail().strip()
    return (
        draft.kind is BlockKind.PARAGRAPH
        and 0 < len(text) <= _HEADLINE
        and not text.endswith(_NO_HEADING)
        and not is_caption(text)
        and bold_around(Traced.joined(draft.parts)) is not None
    )


def _numbered_lines(drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """The lines of a numbering that counts from 1 through the document, and of those that count from 1 inside it."""
    marks = {k: mark for k, d in enumerate(drafts[:-1]) if (mark := _mark_of(drafts, k)) is not None}
    marks = {k: m for k, m in marks.items() if k + 1 in marks or _may_be_headed(drafts[k + 1])}
    ranks = sorted({m.rank for m in marks.values() if m.rank not in UNNUMBERED})
    while ranks and not _counts(drafts, marks, ranks[0]):
        del ranks[0]
    if not ranks:
        return
    kept = ranks[:1]
    for rank in ranks[1:]:
        if _counts_inside(marks, rank, kept):
            kept.append(rank)
    for k, mark in marks.items():
        if mark.rank in kept or mark.rank in UNNUMBERED:
            yield k, 1 + (kept.index(mark.rank) if mark.rank in kept else 0)


def _mark_of(drafts: Sequence[Draft], k: int) -> HeadingMark | None:
    """The numbering of a short line; an item with a number may be one, where no other item stands beside it."""
    draft = drafts[k]
    text = unicodedata.normalize("NFC", "".join(p.visible() for p in draft.parts).strip())
    if draft.kind is BlockKind.ITEM and draft.marker[:1].isdigit():
        if any(d.kind is BlockKind.ITEM for d in (*drafts[max(0, k - 1) : k], *drafts[k + 1 : k + 2])):
            return None
        text = f"{draft.marker} {text}"
    elif draft.kind is not BlockKind.PARAGRAPH:
        return None
    if not 0 < len(text) <= _HEADLINE:
        return None
    mark = heading_mark(text)
    return HeadingMark(NAMED, "", 0) if mark is None and _APPENDIX.fullmatch(text) else mark


def _counts(drafts: Sequence[Draft], marks: Mapping[int, HeadingMark], rank: float) -> bool:
    """Whether the lines of a rank count from 1, two at least; plain digits only with prose between them."""
    places = [k for k, m in marks.items() if m.rank == rank]
    if len(places) < 2 or [marks[k].value for k in places] != list(range(1, len(places) + 1)):
        return False
    return all(
        any(_stands_between(drafts[k], rank) for k in range(a, b) if k not in marks)
        for a, b in pairwise(places)
    )


def _stands_between(draft: Draft, rank: float) -> bool:
    """Whether a block between two lines shows that they are no list."""
    return rank < _DIGITS or sum(len(p.visible()) for p in draft.parts) >= _PROSE


def _counts_inside(marks: Mapping[int, HeadingMark], rank: float, above: Sequence[float]) -> bool:
    """Whether the lines of a rank count from 1, anew behind each line of a rank above."""
    value = 0
    for mark in marks.values():
        if mark.rank in above:
            value = 0
        elif mark.rank == rank:
            if mark.value != value + 1:
                return False
            value = mark.value
    return True


def _may_be_headed(draft: Draft) -> bool:
    """Whether a block is text that a heading stands above, or another such line."""
    tail = draft.tail()
    return draft.kind is BlockKind.TABLE or len(tail) > _HEADLINE or closing_of(tail) is Closing.CLOSED
