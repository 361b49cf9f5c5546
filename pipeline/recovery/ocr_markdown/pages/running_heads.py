"""Which lines of a recognised paper are running heads: those that come again, and those beside a page number?

Comes in: the source's chunks and what is known of the pages. Goes out: the lines. Refused: a line that recurs but never at
a page's edge (a section's name may recur).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from pipeline.recovery.markdown.chunks import LINES, Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.endings import breaks_off
from pipeline.recovery.ocr_markdown.pages.edges import LEAST, ends_as_text, is_at_edge, stands_at_rule
from pipeline.recovery.wording.headings import heading_mark

_HEAD_NUMBER = re.compile(
    r"^[0-9]{1,4}\s+|\s+[0-9]{1,4}$|[．·•][0-9]{1,4}[．·•]|^第\s?[0-9]{1,4}\s?[頁页]|第\s?[0-9]{1,4}\s?[頁页]$"
)
_HEAD_LENGTH = 40
_OWN = 7  # characters; chapters share shorter headings («小結»)
_IS_TEXT = re.compile(
    r"[，。；！？、：=＝]|(?<=[\u3400-\u9fff])[,;:.!?](?=[\u3400-\u9fff])|^(?:第.{1,4}[章節节]|[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．])"
)


def find_running_heads(
    source: str, chunks: Sequence[Chunk], bodies: frozenset[int], removed: dict[int, tuple[str, str]]
) -> list[int]:
    """Short lines that recur at the edges of pages."""
    places: dict[str, list[int]] = {}
    for i, chunk in enumerate(chunks):
        if i in bodies or i in removed or chunk.kind not in LINES:
            continue
        text = source[chunk.inner : chunk.tail]
        if len(text) <= _HEAD_LENGTH and not ends_as_text(text) and (masked := _masked(text)):
            places.setdefault(masked, []).append(i)
    first = next((i for i, c in enumerate(chunks) if c.kind in LINES), -1)
    headings = [m for m, found in places.items() if _is_heading_itself(source, chunks, found[0], first)]
    for masked in headings:
        del places[masked][0]  # a heading that the running heads repeat
        if not places[masked]:
            del places[masked]
    at_edge = {
        i
        for masked, found in places.items()
        for i in found
        if is_at_edge(source, chunks, bodies, removed, i)
        or (len(masked) >= _OWN and stands_at_rule(chunks, i))
    }
    out = _counting_heads(source, chunks, places, at_edge, set(headings))
    for masked in set(headings) & places.keys():  # once is enough, where it has a page number
        lines = [i for i in places[masked] if i in at_edge and i not in out]
        out.extend(i for i in lines if _HEAD_NUMBER.search(source[chunks[i].inner : chunks[i].tail].strip()))
    for found in places.values():
        edges = [i for i in found if i in at_edge]
        if found[0] in out:
            continue
        if _numbers_rise([source[chunks[i].inner : chunks[i].tail] for i in found]) and len(found) > 1:
            if len(edges) * 2 > len(found) or (len(found) >= LEAST and len(edges) * 3 >= len(found)):
                out.extend(found)
        elif len(found) > 1 and all(_is_beside_number(source, chunks, removed, i) for i in found):
            out.extend(found)
        elif len(found) >= LEAST and len(edges) * 3 >= len(found) * 2:
            out.extend(found if len(edges) == len(found) else edges)
    return sorted(set(out))


def _is_beside_number(
    source: str, chunks: Sequence[Chunk], removed: dict[int, tuple[str, str]], i: int
) -> bool:
    """Whether a line that is no heading stands right beside a page number: where it comes again so, twice is enough."""
    is_line = chunks[i].kind is ChunkKind.TEXT and not _says_text(source[chunks[i].inner : chunks[i].tail])
    return is_line and any(removed.get(k, ("",))[0] == "L113" for k in (i - 1, i + 1))


def _is_heading_itself(source: str, chunks: Sequence[Chunk], i: int, first: int) -> bool:
    """Whether a line, the first of its wording, is a heading or the title and no running head."""
    is_heading = chunks[i].kind is ChunkKind.HEADING or i == first
    return is_heading and _HEAD_NUMBER.search(source[chunks[i].inner : chunks[i].tail].strip()) is None


def _counting_heads(
    source: str, chunks: Sequence[Chunk], places: dict[str, list[int]], edges: Set[int], headings: Set[str]
) -> list[int]:
    """Heads of left and right pages that differ, but whose page numbers count on by one together; two, where one says a heading."""
    found = []
    for masked, lines in places.items():
        for i in lines:
            if m := _HEAD_NUMBER.search(source[chunks[i].inner : chunks[i].tail].strip()):
                found.append((i, int(re.sub(r"\D", "", m.group())), masked))
    found.sort()
    counts = all(b == a + 1 for (_, a, _), (_, b, _) in pairwise(found))
    heads = {masked for _, _, masked in found}
    at_edge = sum(i in edges for i, _, _ in found)
    least = 2 if heads & headings and at_edge == 2 else LEAST
    if len(found) < least or not counts or len(heads) > 2 or at_edge * 2 <= len(found):
        return []
    return [i for i, _, _ in found]


def find_heads_at_numbers(
    source: str, chunks: Sequence[Chunk], bodies: frozenset[int], removed: dict[int, tuple[str, str]]
) -> list[int]:
    """Short lines beside a page number that say a heading again, stand inside a sentence, or repeat one that does.

    Beside another head, too, where they stand inside sentences more than once.
    """
    out: list[int] = []
    others: list[tuple[int, str]] = []  # beside a page number as well
    cutting: list[str] = []  # inside a sentence, beside a head alone
    heads = {
        _masked(source[chunks[i].inner : chunks[i].tail]) for i, why in removed.items() if why[0] == "L114"
    }
    headings: set[str] = set()
    ends = [
        False
    ]  # whether the texts before broke off: the last one, and the one before what may be a note's rest
    for i, chunk in enumerate(chunks):
        text = source[chunk.inner : chunk.tail]
        masked = _masked(text) if len(text) <= _HEAD_LENGTH else ""
        is_line = chunk.kind in LINES and i not in removed and i not in bodies
        beside = [k for k in (i - 1, i + 1) if k in removed]
        near = {removed[k][0] for k in beside}
        has_head = any(_HEAD_NUMBER.search(source[chunks[k].inner : chunks[k].tail].strip()) for k in beside)
        if chunk.kind is ChunkKind.HEADING or has_head:
            near.discard("L114")  # the page has its head already
        if is_line and masked and not ends_as_text(text) and near:
            behind = next((k for k in range(i + 1, len(chunks)) if k not in removed), i)
            is_inside = chunk.kind is chunks[behind].kind is ChunkKind.TEXT and behind not in bodies
            is_cut = any(ends)
            is_section = chunk.kind is ChunkKind.HEADING and not is_cut and heading_mark(text) is not None
            says_again = masked in headings and not is_section  # chapters may have sections of one name
            cuts = is_inside and is_cut and not _says_text(text)
            if says_again or (cuts and "L113" in near):
                out.append(i)
                heads.add(masked)
                continue
            if cuts:
                cutting.append(masked)
            others.append((i, masked))
        if chunk.kind is ChunkKind.HEADING:
            headings.add(masked)
        if is_line:
            ends = [ends[-1], breaks_off(source, chunk)] if i + 1 in bodies else [breaks_off(source, chunk)]
    heads |= {masked for masked, n in Counter(cutting).items() if n > 1}
    return sorted([*out, *(i for i, masked in others if masked in heads)])


def _says_text(line: str) -> bool:
    """Whether a line that no other repeats is rather text or a heading: a formula, all in bold, numbered or named as headings are."""
    bare = line.strip("*_ ")
    return (
        _IS_TEXT.search(bare) is not None or line.strip().startswith("**") or heading_mark(bare) is not None
    )


def _numbers_rise(lines: Sequence[str]) -> bool:
    """Whether each line carries a page number, and they rise."""
    found = [m for m in (_HEAD_NUMBER.search(line.strip()) for line in lines) if m]
    numbers = [int(re.sub(r"\D", "", m.group())) for m in found]
    return len(numbers) == len(lines) and all(a < b for a, b in pairwise(numbers))


def _masked(text: str) -> str:
    """The line without page numbers; empty when nothing is left."""
    text = unicodedata.normalize("NFC", text)
    text = _HEAD_NUMBER.sub("", re.sub(r"[*_]+", "", text).strip())
    text = re.sub(r"\s+|^[|｜]|[|｜]$", "", text)
    return text if len(text) > 1 and re.search(r"[^\W\d_]", text) else ""
