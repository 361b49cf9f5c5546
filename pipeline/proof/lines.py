"""How a finished PDF is set, measured on its own glyphs: flush lines, gaps, the prohibition rules, calls, notes.

Comes in: a tagged PDF. Goes out: ``LineFacts``. A line should be flush when its paragraph goes on below it;
paragraphs are those of the structure tree, places those of the content streams, and nothing else is asked.
Sources: CLREQ (line adjustment, prohibition rules at the basic level, besides — and …), GB/T 15834-2011.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf

from pipeline.proof.glyphs import ARTIFACT, NO_GLYPH, Font, Glyph, read_glyphs

TOLERANCE = 0.3  # points by which a flush line may miss the edge
WIDEST = 0.5  # em that a gap in a flush line may have
NOT_AT_START = frozenset("、，。．：；！？）」』】〕〉》〗”’…—·‧～％%")
NOT_AT_END = frozenset("（「『【〔〈《〖“‘")
HALF = frozenset("、，。．：；！？）」』】〕〉》〗”’")  # marks whose right half may hang over the edge
EXAMPLES = 12
SET_FLUSH = frozenset({"/P", "/Note", "/LBody", "/Div"})


@dataclass
class LineFacts:
    """What was counted; ``examples`` shows some of the lines at fault."""

    lines: int = 0  # that should be flush
    flush: int = 0
    holes: int = 0
    starts: int = 0
    ends: int = 0
    calls: int = 0  # that begin a line
    outside: int = 0  # glyphs beside the type area or below the folio
    without_glyph: int = 0
    characters: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of lines that are flush, of those that should be."""
        return self.flush / self.lines if self.lines else 1.0


@dataclass
class _Block:
    """A paragraph's part on one page: its marks, and which of them are calls or labels."""

    kind: str
    page: int
    marks: list[int] = field(default_factory=list)
    calls: set[int] = field(default_factory=set)
    labels: set[int] = field(default_factory=set)


@dataclass
class _Paragraph:
    """A paragraph by the pages that it stands on."""

    kind: str
    parts: dict[int, _Block] = field(default_factory=dict)

    @property
    def is_unlabelled_note(self) -> bool:
        return self.kind == "/Note" and not any(part.labels for part in self.parts.values())

    def add(self, page: int, mark: int, role: str) -> None:
        """Takes a mark of a page in; ``role``: call, label or nothing."""
        part = self.parts.setdefault(page, _Block(self.kind, page))
        part.marks.append(mark)
        if role == "call":
            part.calls.add(mark)
        elif role == "label":
            part.labels.add(mark)


Row = list[Glyph]


def measure_lines(path: Path) -> LineFacts:
    """Counts what is right and wrong in the lines of a PDF."""
    facts = LineFacts()
    with pikepdf.open(path) as pdf:
        fonts: dict[Any, Font] = {}
        pages = [read_glyphs(page, fonts) for page in pdf.pages]
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        numbered = [page.label.isdigit() for page in pdf.pages]  # the text's pages, without the front matter
        blocks = [b for b in _blocks(pdf.Root["/StructTreeRoot"], numbers, None) if numbered[b.page]]
    by_mark: list[dict[int, Row]] = []
    for glyphs in pages:
        marked: dict[int, Row] = defaultdict(list)
        for glyph in glyphs:
            marked[glyph.mark].append(glyph)
        by_mark.append(marked)
        facts.characters += len(glyphs)
        facts.without_glyph += sum(glyph.text == NO_GLYPH for glyph in glyphs)
    rows = [(block, _rows(block, by_mark[block.page])) for block in blocks]
    edges = _edges(rows)
    for block, lines in rows:
        _measure_block(block, lines, edges[block.page % 2], facts)
    _measure_outside(pages, rows, edges, facts)
    return facts


def _blocks(
    element: Any, pages: dict[Any, int], paragraph: _Paragraph | None, role: str = "", page: int = 0
) -> Iterator[_Block]:
    """The paragraphs of the tree that are set in lines, page by page, in reading order."""
    kind = str(element.get("/S", ""))
    if str(element.get("/T", "")) == "page":  # a page number of the source in the margin
        return
    if kind in ("/TD", "/TH", "/Caption", "/Figure", "/Lbl"):
        return
    if "/Pg" in element:  # the parts of an element that a page's end cut know their own pages
        page = pages.get(element["/Pg"].objgen, 0)
    own = None
    if kind in SET_FLUSH or kind.startswith("/H"):
        own = paragraph = _Paragraph(kind)
    if kind == "/Reference":
        role = "call"
    elif kind == "/Link" and paragraph is not None and paragraph.is_unlabelled_note:
        role = "label"
    kids = element.get("/K")
    inner: list[_Block] = []
    for kid in [] if kids is None else (list(kids) if isinstance(kids, pikepdf.Array) else [kids]):
        if isinstance(kid, pikepdf.Dictionary):
            if "/S" in kid:
                inner += _blocks(kid, pages, paragraph, role, page)
        elif paragraph is not None:
            paragraph.add(page, int(kid), role)
    if own is not None:
        yield from own.parts.values()
    yield from inner


def _rows(block: _Block, marked: dict[int, Row]) -> list[Row]:
    """A paragraph's lines from top to bottom, each from left to right; calls stand on their line."""
    base = [g for mark in block.marks if mark not in block.calls for g in marked.get(mark, [])]
    rows: list[tuple[float, Row]] = []
    for glyph in sorted(base, key=lambda g: -g.y):
        if rows and abs(rows[-1][0] - glyph.y) < glyph.size * 0.45:
            rows[-1][1].append(glyph)
        else:
            rows.append((glyph.y, [glyph]))
    for mark in block.calls:
        for glyph in marked.get(mark, []):
            near = min(rows, key=lambda row: abs(row[0] + glyph.size * 0.5 - glyph.y), default=None)
            if near is not None:
                near[1].append(glyph)
    return [sorted(row, key=lambda g: g.x) for _, row in rows]


def _edges(rows: list[tuple[_Block, list[Row]]]) -> dict[int, tuple[float, float]]:
    """The type area's left and right edge on even and odd pages: where most lines of text begin and end."""
    out = {}
    for parity in (0, 1):
        left: Counter[float] = Counter()
        right: Counter[float] = Counter()
        for kinds in (("/P",), tuple(SET_FLUSH)):  # a page may hold nothing but notes
            own = [
                lines
                for block, lines in rows
                if block.page % 2 == parity and block.kind in kinds and lines[1:]
            ]
            left = left or Counter(round(_first(row).x, 1) for lines in own for row in lines[1:] if row)
            right = right or Counter(
                round(_last(row).end, 1)
                for lines in own
                for row in lines[:-1]
                if row and _last(row).text not in HALF
            )
        out[parity] = (
            left.most_common(1)[0][0] if left else 0.0,
            right.most_common(1)[0][0] if right else 1e9,
        )
    return out


def _first(row: Row) -> Glyph:
    return next((g for g in row if g.text.strip()), row[0])


def _last(row: Row) -> Glyph:
    return next((g for g in reversed(row) if g.text.strip()), row[-1])


def _measure_block(block: _Block, lines: list[Row], edge: tuple[float, float], facts: LineFacts) -> None:
    lines = [row for row in lines if row]
    if len(lines) < 2 or block.kind.startswith("/H"):
        return
    begin = min(_first(row).x for row in lines[1:])
    for number, row in enumerate(lines):
        text = "".join(g.text for g in row)
        first, last = _first(row), _last(row)
        if number and first.mark in block.calls:
            _note(facts, "calls", text)
        elif number and first.text[:1] in NOT_AT_START and first.end - first.x > first.size * 0.3:
            _note(facts, "starts", text)
        if number + 1 == len(lines):
            continue
        if last.text[:1] in NOT_AT_END:
            _note(facts, "ends", text)
        if abs(_first(lines[number + 1]).x - begin) > 0.6:
            continue
        if abs((first.x - edge[0]) - (edge[1] - last.end)) < 1 < first.x - edge[0]:
            continue  # a centred line
        facts.lines += 1
        half = last.size / 2 if last.text in HALF else 0.0
        if min(abs(last.end - edge[1]), abs(last.end - half - edge[1])) <= TOLERANCE:
            facts.flush += 1
        else:
            facts.examples.append(f"ragged {last.end - edge[1]:+.2f} {text}"[:90])
        if _widest(row, block) > WIDEST + 1e-3:
            _note(facts, "holes", f"{_widest(row, block):.2f} {text}")


def _note(facts: LineFacts, what: str, text: str) -> None:
    setattr(facts, what, getattr(facts, what) + 1)
    if len(facts.examples) < EXAMPLES:
        facts.examples.append(f"{what} {text}"[:90])


def _widest(row: Row, block: _Block) -> float:
    """The widest gap between two glyphs of a line in em; a space is a gap."""
    glyphs = [g for g in row if g.text.strip() and g.mark not in block.labels]
    gaps = (
        (b.x - a.end) / max(a.size, b.size)
        for a, b in pairwise(glyphs)
        if a.mark not in block.calls and b.mark not in block.calls
    )
    return max(gaps, default=0.0)


def _measure_outside(
    pages: list[Row],
    rows: list[tuple[_Block, list[Row]]],
    edges: dict[int, tuple[float, float]],
    facts: LineFacts,
) -> None:
    """Glyphs of the text that stand beside the type area, or no higher than the page number."""
    feet = {}
    for index, glyphs in enumerate(pages):
        low = [g.y for g in glyphs if g.mark in (ARTIFACT, -1) and g.text.strip()]
        feet[index] = min(low, default=0.0)
    for block, lines in rows:
        left, right = edges[block.page % 2]
        for row in lines:
            for g in row:
                if not g.text.strip():
                    continue
                hang = g.size / 2 if g.text in HALF else 0.0
                if g.x < left - 1 or g.end - hang > right + 1 or g.y <= feet[block.page] + 1:
                    facts.outside += 1
                    if len(facts.examples) < EXAMPLES:
                        facts.examples.append(f"outside {g.text} {g.x:.1f} {g.y:.1f} p. {block.page + 1}")
