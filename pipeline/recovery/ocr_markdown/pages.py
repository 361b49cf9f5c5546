"""What belongs to the pages of an OCR'd paper and not to its text: page numbers, running heads, rules.

Comes in: the source's chunks and which of them are note bodies. Goes out: the chunks to remove, the page
starts, and what rules mean in this document. Refused: a number that does not count on with the others, and
a line that recurs but never at a page's edge (a section's name may recur).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from pipeline.document.traced import Piece, PieceKind
from pipeline.location import Span
from pipeline.recovery.ocr_markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.headlines import find_headlines
from pipeline.recovery.ocr_markdown.joins import Closing, closing_of

_NUMBER = re.compile(
    r"[*_\[(（]*(?:第\s*|page\s*)?[-–—·•．.~〜\s|\[［]*(?P<n>[0-9]{1,4})[-–—·•．.~〜\s|\]］]*(?:[頁页])?[*_\])）]*$",
    re.IGNORECASE,
)
_DRESSED = re.compile(r"[ \t]*(?P<mark>[-–—·•．])[ \t]*[0-9]{1,4}[ \t]*(?P=mark)[ \t]*$")
_DASHED = re.compile(r"[ \t]*-[ \t]+[0-9]{1,4}[ \t]+-[ \t]*$")
_HEAD_NUMBER = re.compile(r"^[0-9]{1,4}\s+|\s+[0-9]{1,4}$|[．·•][0-9]{1,4}[．·•]")
_HEAD_LENGTH = 40
_LEADER = re.compile(
    r"\s*\S.{1,60}?\s*(?:[.．·•]\s?){3,}\s*[(（]?[0-9]{1,4}[)）]?\s*$|\s*\S.{1,60}?…{2,}\s*[(（]?[0-9]{1,4}[)）]?\s*$"
)
_CONTENTS = re.compile(r"[\s*_]*(?:目\s*[錄录次]|Contents)[\s*_]*$", re.IGNORECASE)
_YEARS = 1000
_IS_TEXT = re.compile(r"[，。；！？、：]|^(?:第.{1,4}[章節节]|[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．])")
_LEAST = 3  # so often must a page number or running head occur


@dataclass(frozen=True)
class PageMarks:
    """The page furniture of a source, by chunk."""

    removed: dict[int, tuple[str, str]]  # chunk → rule and why
    starts: dict[int, Piece]  # the page start before this chunk
    kept: dict[int, Span]  # by the chunk's start: its number, which lives on as a page start
    pages: tuple[tuple[int, str], ...]
    heads: int  # rules that stand above notes
    parts: int  # rules that stand below notes, between pages
    rules_are_furniture: bool


def find_page_marks(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> PageMarks:
    """The page furniture of the source."""
    told, printed = _told_pages(source, chunks), _page_numbers(source, chunks, bodies)
    numbers = told or printed
    removed = dict.fromkeys([*told, *printed], ("L113", "page number"))
    heads = _running_heads(source, chunks, bodies, removed)
    removed |= dict.fromkeys(heads, ("L114", "running head"))
    removed |= dict.fromkeys(_heads_at_numbers(source, chunks, bodies, removed), ("L114", "running head"))
    known = bodies | removed.keys()
    lines = find_headlines(
        source, chunks, known, lambda i: _is_at_edge(source, chunks, bodies, removed, i, False)
    )
    removed |= dict.fromkeys(lines, ("L114", "running head"))
    removed |= dict.fromkeys(_contents(source, chunks), ("L116", "list of contents with page numbers"))
    starts, kept, pages = _starts(source, chunks, numbers, removed, bodies)
    return PageMarks(
        removed,
        starts,
        kept,
        pages,
        *_rule_roles(chunks, bodies, removed),
        _rules_are_furniture(source, chunks, bodies, removed),
    )


def _contents(source: str, chunks: Sequence[Chunk]) -> list[int]:
    """The source's list of contents: lines with leaders to page numbers, three at least, and its heading."""
    lines = [
        i
        for i, chunk in enumerate(chunks)
        if chunk.kind in (ChunkKind.TEXT, ChunkKind.ITEM, ChunkKind.HEADING)
        and all(_LEADER.match(line) for line in source[chunk.start : chunk.end].strip().split("\n"))
    ]
    if sum(source.count("\n", chunks[i].start, chunks[i].end) + 1 for i in lines) < _LEAST:
        return []
    first = lines[0] - 1
    if first >= 0 and _CONTENTS.match(source, chunks[first].inner, chunks[first].tail):
        lines.insert(0, first)
    return lines


def _told_pages(source: str, chunks: Sequence[Chunk]) -> dict[int, Span]:
    """Page marks that the OCR engine wrote itself."""
    out = {}
    for i, chunk in enumerate(chunks):
        if chunk.kind is ChunkKind.PAGE:
            at = source.find(chunk.marker, chunk.start, chunk.end)
            out[i] = Span(at, at + len(chunk.marker))
    return out


def _page_numbers(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> dict[int, Span]:
    """Lines that are a number and count on through the document."""
    found: list[tuple[int, int, Span]] = []
    for i, chunk in enumerate(chunks):
        if (
            i in bodies
            or chunk.kind not in (ChunkKind.TEXT, ChunkKind.HEADING, ChunkKind.ITEM)
            or chunk.tail - chunk.inner > 16
        ):
            continue
        if chunk.kind is ChunkKind.ITEM and not _DASHED.match(source, chunk.start, chunk.end):
            continue  # «- 1 -» looks like an item
        if m := _NUMBER.match(source, chunk.inner, chunk.tail):
            found.append((i, int(m["n"]), Span(m.start("n"), m.end("n"))))
    chain = _counting_on([n for _, n, _ in found])
    edges = sum(_is_at_edge(source, chunks, bodies, {}, found[k][0], ends=False) for k in chain)
    is_dressed = edges == len(chain) == 2 and all(
        _DRESSED.match(source, chunks[found[k][0]].start, chunks[found[k][0]].end) for k in chain
    )  # «· 146 ·»
    if (len(chain) < _LEAST and not is_dressed) or len(chain) * 4 < len(found) * 3:
        return {}
    years = found[chain[-1]][1] >= _YEARS
    if edges * 3 < len(chain) * (2 if years else 1):  # sections may be numbered so, or years told
        return {}
    return {found[k][0]: found[k][2] for k in chain}


def _counting_on(numbers: Sequence[int]) -> list[int]:
    """The positions of the longest run that counts on by one to three."""
    best: dict[int, tuple[int, int]] = {}  # number → (length, position)
    origin = [-1] * len(numbers)
    top = (0, -1)
    for k, n in enumerate(numbers):
        length, before = max(
            ((best[n - s][0], best[n - s][1]) for s in (1, 2, 3) if n - s in best), default=(0, -1)
        )
        origin[k] = before
        if length + 1 > best.get(n, (0, -1))[0]:
            best[n] = (length + 1, k)
        top = max(top, (length + 1, k))
    out, k = [], top[1]
    while k >= 0:
        out.append(k)
        k = origin[k]
    return out[::-1]


def _running_heads(
    source: str, chunks: Sequence[Chunk], bodies: frozenset[int], removed: dict[int, tuple[str, str]]
) -> list[int]:
    """Short lines that recur at the edges of pages."""
    places: dict[str, list[int]] = {}
    for i, chunk in enumerate(chunks):
        if i in bodies or i in removed or chunk.kind not in (ChunkKind.TEXT, ChunkKind.HEADING):
            continue
        text = source[chunk.inner : chunk.tail]
        if len(text) <= _HEAD_LENGTH and text[-1:] not in "。！？；，：" and (masked := _masked(text)):
            places.setdefault(masked, []).append(i)
    first = next((i for i, c in enumerate(chunks) if c.kind in (ChunkKind.TEXT, ChunkKind.HEADING)), -1)
    headings = [m for m, found in places.items() if _is_heading_itself(source, chunks, found[0], first)]
    for masked in headings:
        del places[masked][0]  # a heading that the running heads repeat
        if not places[masked]:
            del places[masked]
    at_edge = {
        i for found in places.values() for i in found if _is_at_edge(source, chunks, bodies, removed, i)
    }
    out = _counting_heads(source, chunks, places, at_edge)
    for masked in set(headings) & places.keys():  # once is enough, where it has a page number
        lines = [i for i in places[masked] if i in at_edge and i not in out]
        out.extend(i for i in lines if _HEAD_NUMBER.search(source[chunks[i].inner : chunks[i].tail].strip()))
    for found in places.values():
        edges = [i for i in found if i in at_edge]
        if found[0] in out:
            continue
        if _numbers_rise([source[chunks[i].inner : chunks[i].tail] for i in found]) and len(found) > 1:
            if len(edges) * 2 > len(found) or (len(found) >= _LEAST and len(edges) * 3 >= len(found)):
                out.extend(found)
        elif len(found) >= _LEAST and len(edges) * 3 >= len(found) * 2:
            out.extend(found if len(edges) == len(found) else edges)
    return sorted(set(out))


def _is_heading_itself(source: str, chunks: Sequence[Chunk], i: int, first: int) -> bool:
    """Whether a line, the first of its wording, is a heading or the title and no running head."""
    is_heading = chunks[i].kind is ChunkKind.HEADING or i == first
    return is_heading and _HEAD_NUMBER.search(source[chunks[i].inner : chunks[i].tail].strip()) is None


def _counting_heads(
    source: str, chunks: Sequence[Chunk], places: dict[str, list[int]], edges: Set[int]
) -> list[int]:
    """Heads of left and right pages that differ, but whose page numbers count on by one together."""
    found = []
    for masked, lines in places.items():
        for i in lines:
            if m := _HEAD_NUMBER.search(source[chunks[i].inner : chunks[i].tail].strip()):
                found.append((i, int(re.sub(r"\D", "", m.group())), masked))
    found.sort()
    counts = all(b == a + 1 for (_, a, _), (_, b, _) in pairwise(found))
    heads = {masked for _, _, masked in found}
    at_edge = sum(i in edges for i, _, _ in found)
    if len(found) < _LEAST or not counts or len(heads) > 2 or at_edge * 2 <= len(found):
        return []
    return [i for i, _, _ in found]


def _heads_at_numbers(
    source: str, chunks: Sequence[Chunk], bodies: frozenset[int], removed: dict[int, tuple[str, str]]
) -> list[int]:
    """Short lines beside a page number that say a heading again, stand inside a sentence, or repeat one that does."""
    out: list[int] = []
    others: list[tuple[int, str]] = []  # beside a page number as well
    heads = {
        _masked(source[chunks[i].inner : chunks[i].tail]) for i, why in removed.items() if why[0] == "L114"
    }
    headings: set[str] = set()
    ends = [""]  # how the texts before ended: the last one, and the one before what may be a note's rest
    for i, chunk in enumerate(chunks):
        text = source[chunk.inner : chunk.tail]
        masked = _masked(text) if len(text) <= _HEAD_LENGTH else ""
        is_line = chunk.kind in (ChunkKind.TEXT, ChunkKind.HEADING) and i not in removed and i not in bodies
        near = {removed[k][0] for k in (i - 1, i + 1) if k in removed}
        if chunk.kind is ChunkKind.HEADING:
            near.discard("L114")  # the page has its head already
        if is_line and masked and text[-1] not in "。！？；，：" and near:
            behind = next((k for k in range(i + 1, len(chunks)) if k not in removed), i)
            is_inside = chunk.kind is chunks[behind].kind is ChunkKind.TEXT and behind not in bodies
            is_cut = any(len(end) >= 25 and closing_of(end) is Closing.OPEN for end in ends)
            if masked in headings or (is_inside and is_cut and not _IS_TEXT.search(text)):
                out.append(i)
                heads.add(masked)
                continue
            others.append((i, masked))
        if chunk.kind is ChunkKind.HEADING:
            headings.add(masked)
        if is_line:
            end = (
                source[max(chunk.inner, chunk.tail - 60) : chunk.tail] if chunk.kind is ChunkKind.TEXT else ""
            )
            ends = [ends[-1], end] if i + 1 in bodies else [end]
    return sorted([*out, *(i for i, masked in others if masked in heads)])


def _numbers_rise(lines: Sequence[str]) -> bool:
    """Whether each line carries a page number, and they rise."""
    found = [m for m in (_HEAD_NUMBER.search(line.strip()) for line in lines) if m]
    numbers = [int(re.sub(r"\D", "", m.group())) for m in found]
    return len(numbers) == len(lines) and all(a < b for a, b in pairwise(numbers))


def _masked(text: str) -> str:
    """The line without page numbers; empty when nothing is left."""
    text = unicodedata.normalize("NFC", text)
    text = _HEAD_NUMBER.sub("", re.sub(r"[*_]+", "", text).strip())
    text = re.sub(r"\s+", "", text)
    return text if len(text) > 1 and re.search(r"[^\W\d_]", text) else ""


def _is_at_edge(
    source: str,
    chunks: Sequence[Chunk],
    bodies: frozenset[int],
    removed: dict[int, tuple[str, str]],
    i: int,
    ends: bool = True,
) -> bool:
    """Whether a page begins or ends here: by a rule, a page number, notes, or a sentence cut in two."""
    before = i - 1
    if before < 0 or i + 1 >= len(chunks):
        return ends
    if before in removed or i + 1 in removed or before in bodies:
        return True
    if ChunkKind.RULE in (chunks[before].kind, chunks[i + 1].kind):
        return chunks[i].kind is ChunkKind.TEXT
    tail = source[max(chunks[before].inner, chunks[before].tail - 60) : chunks[before].tail]
    return chunks[before].kind is ChunkKind.TEXT and closing_of(tail) is Closing.OPEN and len(tail) >= 25


def _starts(
    source: str,
    chunks: Sequence[Chunk],
    numbers: dict[int, Span],
    removed: dict[int, tuple[str, str]],
    bodies: frozenset[int],
) -> tuple[dict[int, Piece], dict[int, Span], tuple[tuple[int, str], ...]]:
    """Where each page begins. A number before the first text heads its page, else it stands at the foot."""
    text = [
        i
        for i in range(len(chunks))
        if i not in removed and i not in bodies and chunks[i].kind is not ChunkKind.RULE
    ]
    if not numbers or not text:
        return {}, {}, ()
    ordered = sorted(numbers)
    heads = ordered[0] < text[0]
    starts: dict[int, Piece] = {}
    kept: dict[int, Span] = {}
    pages = []
    k = 0
    for position, i in enumerate(ordered):
        begin = i if heads else (0 if position == 0 else ordered[position - 1] + 1)
        stop = (
            len(chunks) if heads and position + 1 == len(ordered) else (ordered[position + 1] if heads else i)
        )
        while k < len(text) and text[k] < begin:
            k += 1
        span = numbers[i]
        if k < len(text) and text[k] < stop:
            starts[text[k]] = Piece(source[span.start : span.end], span, None, PieceKind.PAGE)
            kept[chunks[i].start] = span
            pages.append((chunks[text[k]].start, source[span.start : span.end]))
    return starts, kept, tuple(pages)


def _rule_roles(
    chunks: Sequence[Chunk], bodies: frozenset[int], removed: dict[int, tuple[str, str]]
) -> tuple[int, int]:
    """How many rules stand above the notes of a page, and how many below them."""
    shown = [i for i in range(len(chunks)) if i not in removed]
    heads = parts = 0
    for k in range(1, len(shown) - 1):
        if chunks[shown[k]].kind is ChunkKind.RULE:
            heads += shown[k - 1] not in bodies and _leads_to_bodies(chunks, bodies, shown[k + 1 : k + 4])
            parts += shown[k - 1] in bodies
    return heads, parts


def _leads_to_bodies(chunks: Sequence[Chunk], bodies: frozenset[int], behind: Sequence[int]) -> bool:
    """Whether bodies follow, at once or behind the rest of one that the page before began."""
    for i in behind:
        if i in bodies:
            return True
        if chunks[i].kind is not ChunkKind.TEXT:
            return False
    return False


def _rules_are_furniture(
    source: str, chunks: Sequence[Chunk], bodies: frozenset[int], removed: dict[int, tuple[str, str]]
) -> bool:
    """Whether a rule stands beside notes or page numbers or inside a sentence somewhere."""
    for i, chunk in enumerate(chunks):
        if chunk.kind is not ChunkKind.RULE or i == 0 or i + 1 >= len(chunks):
            continue
        if {i - 1, i + 1} & (bodies | removed.keys()):
            return True
        before, behind = chunks[i - 1], chunks[i + 1]
        tail = source[max(before.inner, before.tail - 60) : before.tail]
        if (
            before.kind is behind.kind is ChunkKind.TEXT
            and len(tail) >= 25
            and closing_of(tail) is Closing.OPEN
        ):
            return True
    return False
