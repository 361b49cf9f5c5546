"""Which lines of a recognised paper are running heads: those that come again, and those beside a page number?

Comes in: the paper's chunks and what is known of its pages. Goes out: the lines. Refused: a line that recurs but never at
a page's edge (a section's name may recur).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from pipeline.note_signs import NOTES_WORDS
from pipeline.recovery.markdown.chunks import LINES, ChunkKind
from pipeline.recovery.ocr_markdown.endings import breaks_off
from pipeline.recovery.ocr_markdown.pages.edges import HEAD, LEAST, NUMBER, Furniture, Paper, ends_as_text
from pipeline.recovery.wording.headings import heading_mark

_HEAD_NUMBER = re.compile(
    r"^[0-9]{1,4}\s+|\s+[0-9]{1,4}$|[．·•]\s?[0-9]{1,4}\s?[．·•]|^第\s?[0-9]{1,4}\s?[頁页]|第\s?[0-9]{1,4}\s?[頁页]$"
)
_HEAD_LENGTH = 40
_OWN = 7  # characters; chapters share shorter headings («小結»)
_NAMES_NOTES = re.compile(
    rf"[【\[［〔]?{NOTES_WORDS}[】\]］〕]?[：:]?", re.IGNORECASE
)  # may stand above each page's
_IS_TEXT = re.compile(
    r"[，。；！？、：=＝]|(?<=[\u3400-\u9fff])[,;:.!?](?=[\u3400-\u9fff])|^(?:第.{1,4}[章節节]|[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．])"
)


def find_running_heads(paper: Paper) -> list[int]:
    """Short lines that recur at the edges of pages."""
    places = _places(paper)
    first = _first_line(paper)
    headings = {m for m, found in places.items() if _is_heading_itself(paper, found[0], first)}
    for masked in headings:
        del places[masked][0]  # the running heads repeat it
    places = {masked: found for masked, found in places.items() if found}
    at_edge = {
        i
        for masked, found in places.items()
        for i in found
        if paper.is_at_edge(i) or (len(masked) >= _OWN and paper.stands_at_rule(i))
    }
    out = _counting_heads(paper, places, at_edge, headings)
    for masked in headings & places.keys():  # once is enough, where it has a page number
        out |= {i for i in places[masked] if i in at_edge and _number_in(paper.text(i)) is not None}
    for masked, found in places.items():
        if found[0] not in out:
            out |= _recurring(paper, found, at_edge, told=masked in headings)
    return sorted(out)


def _first_line(paper: Paper) -> int:
    return next((i for i, c in enumerate(paper.chunks) if c.kind in LINES), -1)


def _places(paper: Paper) -> dict[str, list[int]]:
    """Where each short line stands, without its page number."""
    places: dict[str, list[int]] = {}
    for i in filter(paper.is_line, range(len(paper.chunks))):
        text = paper.text(i)
        masked = _masked(text) if len(text) <= _HEAD_LENGTH and not ends_as_text(text) else ""
        if masked and _NAMES_NOTES.fullmatch(masked) is None:
            places.setdefault(masked, []).append(i)
    return places


def _recurring(paper: Paper, found: Sequence[int], at_edge: set[int], told: bool) -> set[int]:
    """The heads among the lines of one wording: all, where they carry numbers that rise or stand beside such; else those at edges.

    ``told``: a heading says the same; where none of the lines is one, it counts as one of them.
    """
    many, edges = len(found), at_edge & set(found)
    if many > 1 and _numbers_rise([paper.text(i) for i in found]):
        is_often = len(edges) * 2 > many or (many >= LEAST and len(edges) * 3 >= many)
        return set(found) if is_often else set()
    if many > 1 and all(_is_beside_number(paper, i) for i in found):
        return set(found)
    least = LEAST - (told and all(paper.chunks[i].kind is ChunkKind.TEXT for i in found))
    return edges if many >= least and len(edges) * 3 >= many * 2 else set()


def _is_beside_number(paper: Paper, i: int) -> bool:
    """Whether a line that is no heading stands right beside a page number: where it comes again so, twice is enough."""
    is_line = paper.chunks[i].kind is ChunkKind.TEXT and not _says_text(paper.text(i))
    return is_line and any(paper.removed[k] is NUMBER for k in paper.beside(i))


def _is_heading_itself(paper: Paper, i: int, first: int) -> bool:
    """Whether a line, the first of its wording, is a heading or the title and no running head."""
    is_heading = paper.chunks[i].kind is ChunkKind.HEADING or i == first
    return is_heading and _number_in(paper.text(i)) is None


def _counting_heads(
    paper: Paper, places: Mapping[str, Sequence[int]], at_edge: Set[int], headings: Set[str]
) -> set[int]:
    """Heads of left and right pages that differ, but whose page numbers count on by one together; two, where one says a heading."""
    lines = {i: masked for masked, found in places.items() for i in found}
    numbers = {i: n for i in sorted(lines) if (n := _number_in(paper.text(i))) is not None}
    counts = all(b == a + 1 for a, b in pairwise(numbers.values()))
    heads = {lines[i] for i in numbers}
    edges = len(at_edge & numbers.keys())
    least = 2 if heads & headings and edges == 2 else LEAST
    if len(numbers) < least or not counts or len(heads) > 2 or edges * 2 <= len(numbers):
        return set()
    return set(numbers)


def find_heads_at_numbers(paper: Paper) -> list[int]:
    """Short lines beside a page number that say a heading again, stand inside a sentence, or repeat one that does.

    Beside another head, too, where they stand inside sentences more than once.
    """
    out: list[int] = []
    others: list[tuple[int, str]] = []  # beside a page number as well
    cutting: list[str] = []  # inside a sentence, beside a head alone
    heads = {_masked(paper.text(i)) for i, what in paper.removed.items() if what is HEAD}
    headings: set[str] = set()
    first = _first_line(paper)  # what stands above the title, too
    open_above = [False]  # whether the last text broke off, and the one before what may be a note's rest
    for i, chunk in enumerate(paper.chunks):
        text, is_heading = paper.text(i), chunk.kind is ChunkKind.HEADING
        masked = _masked(text) if len(text) <= _HEAD_LENGTH else ""
        near = _furniture_beside(paper, i)
        if paper.is_line(i) and masked and near and not ends_as_text(text):
            is_section = is_heading and not any(open_above) and heading_mark(text) is not None
            says_again = masked in headings and not is_section  # chapters may have sections of one name
            cuts = any(open_above) and _is_between_texts(paper, i) and not _says_text(text)
            if says_again or (cuts and NUMBER in near):
                out.append(i)
                heads.add(masked)
                continue
            if cuts:
                cutting.append(masked)
            others.append((i, masked))
        if is_heading or i == first:
            headings.add(masked)
        if paper.is_line(i):
            above = open_above[-1:] if i + 1 in paper.bodies else []
            open_above = [*above, breaks_off(paper.source, chunk)]
    heads |= {masked for masked, n in Counter(cutting).items() if n > 1}
    return sorted([*out, *(i for i, masked in others if masked in heads)])


def _furniture_beside(paper: Paper, i: int) -> set[Furniture]:
    """What of the page stands right beside a line; a head counts only where it has no number, and beside no heading."""
    beside = paper.beside(i)
    has_head = paper.chunks[i].kind is ChunkKind.HEADING or any(
        _number_in(paper.text(k)) is not None for k in beside
    )
    return {paper.removed[k] for k in beside} - ({HEAD} if has_head else set())


def _is_between_texts(paper: Paper, i: int) -> bool:
    """Whether a line of text has text behind it that is no note's."""
    behind = next((k for k in range(i + 1, len(paper.chunks)) if k not in paper.removed), i)
    is_text = paper.chunks[i].kind is paper.chunks[behind].kind is ChunkKind.TEXT
    return is_text and behind not in paper.bodies


def _says_text(line: str) -> bool:
    """Whether a line that no other repeats is rather text or a heading: a formula, all in bold, numbered or named as headings are."""
    bare = line.strip("*_ ")
    return (
        _IS_TEXT.search(bare) is not None or line.strip().startswith("**") or heading_mark(bare) is not None
    )


def _number_in(line: str) -> int | None:
    """The page number that a line carries."""
    m = _HEAD_NUMBER.search(line.strip())
    return int(re.sub(r"\D", "", m.group())) if m is not None else None


def _numbers_rise(lines: Sequence[str]) -> bool:
    """Whether each line carries a page number, and they rise."""
    numbers = [n for n in map(_number_in, lines) if n is not None]
    return len(numbers) == len(lines) and all(a < b for a, b in pairwise(numbers))


def _masked(text: str) -> str:
    """The line without page numbers; empty when nothing is left."""
    text = unicodedata.normalize("NFC", text)
    text = _HEAD_NUMBER.sub("", re.sub(r"[*_]+", "", text).strip())
    text = re.sub(r"\s+|^[|｜]|[|｜]$", "", text)
    return text if len(text) > 1 and re.search(r"[^\W\d_]", text) else ""
