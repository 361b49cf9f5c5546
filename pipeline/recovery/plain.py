"""The way of a clean text: a paragraph a line, or wrapped lines with blank lines between paragraphs.

Comes in: the text. Goes out: a manuscript in which nothing is joined: a wrapped paragraph keeps its line ends as
soft breaks, so a clean text has an empty ledger. Refused: lists and notes guessed from numbers, headings
other than chapters and numbered sections that stand alone and count on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import takewhile

from pipeline.document.manuscript import Block, BlockKind, Finding, Front, Manuscript
from pipeline.document.traced import Piece, PieceKind, Traced
from pipeline.location import Span
from pipeline.recovery.characters import fingerprint
from pipeline.recovery.page_dump.front.parts import find_front
from pipeline.recovery.page_dump.front.roles import Para, Role
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.page_dump.weave import Weaver, fill_layout
from pipeline.recovery.wording.headings import HeadingMark, heading_mark
from pipeline.recovery.wording.marks import CLOSERS
from pipeline.recovery.wording.outlines import drop_outlines, heading_levels
from pipeline.recovery.wording.script import detect_script
from pipeline.recovery.wording.surnames import has_surname
from pipeline.settings import RecoverSettings

_LINE = re.compile(r"[^\S\n]*(\S(?:[^\n]*\S)?)?[^\S\n]*(\n|\Z)")
_BREAK = re.compile(r"(?:[*＊※·•~～◎○●◇◆☆★]\s*){3,}|[-—_=]{3,}")
_CLOSED = (*CLOSERS, *"：:；;．")
# A sentence, an item or a rule is no title.
_NO_TITLE = re.compile(r"[。；]|\A\s*[0-9一二三四五六七八九十]{1,3}[、.．)）]|\A[\W_]*\Z")
_CHAPTERS = 3  # ranks below this are parts, chapters and sections: they need no neighbours to be believed
WRAPPED = 0.6  # of the lines inside blocks do not end a sentence, or are full


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A paragraph: the spans of its lines."""

    lines: tuple[Span, ...]
    text: str


def recover_plain(text: str, settings: RecoverSettings, lang: str = "") -> Manuscript:
    """The manuscript of a clean text."""
    chunks = _chunks(text)
    marks = _headings(chunks)
    weaver = Weaver(text, fingerprint(text, settings), {})
    lang = lang or detect_script(text)
    front, used = _front(chunks, marks, weaver, lang)
    levels = iter(heading_levels([m for i, m in enumerate(marks) if m is not None and i not in used]))
    blocks: list[Block] = []
    layout: list[Span] = []
    for i, (chunk, mark) in enumerate(zip(chunks, marks, strict=True)):
        if i in used:
            continue
        if _BREAK.fullmatch(chunk.text):
            layout += chunk.lines
            blocks.append(Block(BlockKind.BREAK))
        elif mark is not None:
            blocks.append(Block(BlockKind.HEADING, _traced(chunk, weaver), next(levels)))
        else:
            blocks.append(Block(BlockKind.PARAGRAPH, _traced(chunk, weaver)))
    bare = Manuscript(text, "plain", lang, front, tuple(blocks))
    claimed = [piece.span for traced in bare.texts() for piece in traced.pieces]
    findings: tuple[Finding, ...] = tuple(weaver.findings)
    return Manuscript(
        text,
        "plain",
        lang,
        front,
        tuple(blocks),
        layout=fill_layout(text, claimed, layout),
        findings=findings,
    )


def _traced(chunk: _Chunk, weaver: Weaver) -> Traced:
    pieces: list[Piece] = []
    for k, span in enumerate(chunk.lines):
        if k:
            pieces.append(
                Piece("\n", Span(chunk.lines[k - 1].end, chunk.lines[k - 1].end + 1), None, PieceKind.MARKUP)
            )
        pieces.append(Piece(weaver.source[span.start : span.end], span))
    return weaver.repaired(Traced(tuple(pieces)))


def _chunks(text: str) -> list[_Chunk]:
    """The paragraphs: lines, or blocks of wrapped lines."""
    blocks = list(_blocks(text))
    if _is_wrapped(text, blocks):
        return [_Chunk(tuple(b), "".join(text[s.start : s.end] for s in b)) for b in blocks]
    return [_Chunk((s,), text[s.start : s.end]) for block in blocks for s in block]


def _blocks(text: str) -> Iterator[list[Span]]:
    """Lines that no blank line parts."""
    block: list[Span] = []
    for match in _LINE.finditer(text):
        if match[1]:
            span = Span(match.start(1), match.end(1))
            if block and text[block[-1].end : span.start] != "\n":
                yield block  # white space around the line end: no wrapped line
                block = []
            block.append(span)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_wrapped(text: str, blocks: Sequence[Sequence[Span]]) -> bool:
    """Whether lines inside blocks go on: they break off within sentences, or at one and the same width."""
    inner = [text[s.start : s.end] for block in blocks for s in block[:-1]]
    if not inner or len(blocks) < 2:
        return False
    broken = sum(not line.endswith(_CLOSED) for line in inner)
    widths = sorted(width_of(line) for line in inner)
    full = widths[int(len(widths) * 0.9)]
    even = sum(w >= 0.85 * full for w in widths)
    return full >= 15 and broken >= WRAPPED * len(inner) and even >= WRAPPED * len(inner)


def _headings(chunks: Sequence[_Chunk]) -> list[HeadingMark | None]:
    marks = [heading_mark(c.text) if len(c.lines) == 1 and len(c.text) <= 40 else None for c in chunks]
    marks = [m if m is not None and m.rank < 8 else None for m in marks]
    last: dict[float, int] = {}
    counts: dict[float, int] = {}
    for mark in marks:
        if mark is not None and mark.number:
            if mark.value == 1 or mark.value == last.get(mark.rank, 0) + 1:
                counts[mark.rank] = counts.get(mark.rank, 0) + 1
            last[mark.rank] = mark.value
    kept = [
        m if m is not None and (m.rank < _CHAPTERS or (counts.get(m.rank, 0) > 1 and m.number)) else None
        for m in marks
    ]
    return drop_outlines(kept)


def _front(
    chunks: Sequence[_Chunk], marks: Sequence[HeadingMark | None], weaver: Weaver, lang: str
) -> tuple[tuple[Front, ...], set[int]]:
    """Title and author at the head of the text; everything else stays text."""
    paras = [
        Para(c.text, len(c.lines), m is not None, gap=True) for c, m in zip(chunks[:20], marks, strict=False)
    ]
    parts = [
        p for p in find_front(paras) if not p.lang and not p.mark and p.role in (Role.TITLE, Role.AUTHOR)
    ]
    titles = sum(part.role is Role.TITLE for part in parts)
    if titles != 1 or parts[0].role is not Role.TITLE or len(chunks) < 2:
        return (), set()
    names = _authors(chunks, parts[0].index, {p.index for p in parts[1:]})
    is_collection = any(chunk.text == chunks[i].text for i in names for chunk in chunks[i + 1 :])
    if is_collection or _NO_TITLE.search(chunks[parts[0].index].text):
        return (), set()
    title, *authors = (_traced(chunks[i], weaver) for i in (parts[0].index, *names))
    return (Front(lang, title=title, authors=tuple(authors)),), {parts[0].index, *names}


def _authors(chunks: Sequence[_Chunk], title: int, named: Set[int]) -> list[int]:
    """The lines right behind the title that are names: one, or as many as begin with a surname.

    What else is as short as a name is the first verse, or the head of the first piece of a collection.
    """
    behind = list(takewhile(named.__contains__, range(title + 1, len(chunks))))
    if len(behind) < 2:
        return behind
    return list(takewhile(lambda i: has_surname(chunks[i].text), behind))
