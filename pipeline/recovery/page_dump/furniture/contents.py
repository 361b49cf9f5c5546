"""Which lines are the book's contents list, and what does it say of the headings?

Comes in: a layout. Goes out: the lines of the list, its titles with their levels, and the layout without the
list and without the running heads that the list lets one tell: every edition makes its own contents, and a
title found in the text is a heading also without a number. Refused: an outline of chapters inside the text (it
names no pages; one below «目次» is a list where each of its titles comes again below as a line), a table whose last column happens to hold numbers (they do not only rise).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.document.traced import Edit
from pipeline.recovery.page_dump.captions import is_caption
from pipeline.recovery.page_dump.furniture.clearing import Furnished, removal
from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.wording.headings import NAMED, HeadingMark, heading_mark
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.occurrence import occurring

HEADS = frozenset(["目錄", "目录", "目次", "章節目次", "總目錄", "总目录", "contents", "tableofcontents"])
_SHOWN = ("圖", "图", "表", "圖表", "图表", "附圖", "附图", "附表")
FIGURES = frozenset(  # lists of what is no heading
    [what + name for what in _SHOWN for name in ("目錄", "目录", "目次", "次")]
    + ["listoffigures", "listoftables"]
)
_HEAD_STARTS = frozenset("".join(head[0] + head[0].upper() for head in HEADS | FIGURES))
_LEADER_SIGNS = ".．…⋯‥·・‧"
_LEADERS = re.compile(r"[.．…⋯‥·・‧\s]*(?:[.．…⋯‥·・‧]\s?){3,}[.．…⋯‥·・‧\s]*")
_HAS_LEADERS = re.compile(r"[.．…⋯‥·・‧]\s?[.．…⋯‥·・‧]\s?[.．…⋯‥·・‧]")
_NUMBER = re.compile(r"[0-9]{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7}")
_ENTRY = re.compile(
    r"(?P<title>.*?\S)(?P<leaders>[\s.．…⋯‥·・‧]+)(?P<page>[0-9]{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})"
)
_GLUED = re.compile(r"(?P<title>.{2,}[^\s0-9.．…⋯‥·・‧\-–—])(?P<page>[0-9]{1,3})")  # without a blank
_BLANK = re.compile(r"\s+")
_ENTRY_END = re.compile(r"[\s.．…⋯‥·・‧](?:[0-9]{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})\Z")  # so an entry ends
LEAST = 4  # so many entries make a list
LONGEST = 60  # characters of a title
UNPAGED = 40  # entries of a list that names no pages, at most
HEADED = 0.2  # of the pages, at least, have a running head
TOP_RANK = -1.0  # headings that the list names stand above those that only their numbers tell
STEP = 0.1  # of rank, for each level


@dataclass(frozen=True)
class Contents:
    """``lines`` of the layout that are the list; ``titles`` without blanks, each with its mark as a heading."""

    lines: frozenset[int] = frozenset()
    titles: Mapping[str, HeadingMark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Entry:
    first: int
    last: int
    title: str
    indent: int
    page: int  # −1 for a Roman number


def find_contents(layout: Layout) -> Contents:
    """The contents list of a layout; an empty one where there is none.

    It begins below a line that says so, or where entries with leaders stand on end.
    """
    lines = layout.lines
    edges = {i for p in layout.pages for i in (p.first, p.first + 1, p.last - 2, p.last - 1)}
    said = Counter(lines[i].text for i in edges if i < len(lines))
    heads = {text for text, count in said.items() if count >= LEAST}
    taken: set[int] = set()
    entries: list[_Entry] = []
    signs = occurring(_LEADER_SIGNS, layout.source) if _HAS_LEADERS.search(layout.source) else []
    at = 0
    while at < len(lines):
        head = _head_of(lines[at].text)
        headed = head in HEADS or head in FIGURES
        found = (
            _read_entries(lines, at + 1 if headed else at, headed, edges, heads)
            if headed or (signs and _has_leaders(lines[at].text, signs))
            else []
        )
        if head in HEADS and len(found) < 2:
            found = _read_unpaged(lines, at + 1)
        if len(found) >= LEAST or (headed and len(found) >= (1 if head in FIGURES else 2)):
            taken |= {i for entry in found for i in range(entry.first, entry.last)}
            taken |= {at} if headed else set()
            entries += [] if head in FIGURES else found
            at = found[-1].last
        else:
            at += 1
    return Contents(frozenset(taken), _marks(entries))


def _head_of(text: str) -> str:
    """A line as the head of a list would be written: only such a one can be in the tables of heads."""
    return squashed(text).casefold() if text[0] in _HEAD_STARTS else ""


def _has_leaders(text: str, signs: Sequence[str]) -> bool:
    """Whether a line has leaders; ``signs`` are those of them that the source has."""
    for sign in signs:
        if sign in text:
            return _HAS_LEADERS.search(text) is not None
    return False


def _read_entries(
    lines: Sequence[Line], at: int, headed: bool, edges: Container[int], heads: Container[str]
) -> list[_Entry]:
    """The entries from line ``at`` on, as long as one follows the other and the pages only rise.

    What stands between them at the edges of a page is the page's own: a folio, a running head, which many edges say (``heads``).
    """
    out: list[_Entry] = []
    passed, top = 0, 0  # ``top``: the highest page so far
    while at < len(lines) and passed < 4:
        is_head = bool(out) and at in edges and lines[at].text in heads
        entry = None if is_head else _read_entry(lines, at, headed)
        if entry is not None and not 0 <= entry.page < top:
            out.append(entry)
            top = max(top, entry.page)
            at, passed = entry.last, 0
        elif out and at in edges and _head_of(lines[at].text) not in FIGURES:
            at, passed = at + 1, passed + 1
        else:
            break
    return out


def _read_unpaged(lines: Sequence[Line], at: int) -> list[_Entry]:
    """The entries of a list without pages: the lines each of which comes again below; a box of two columns has two titles on a line.

    Where the list seems to go on with a title that the text does not have, it is none.
    """
    last = {squashed(line.text): i for i, line in enumerate(lines)}
    out: list[_Entry] = []
    for i in range(at, min(at + UNPAGED, len(lines))):
        text = lines[i].text
        halves = ((text[: blank.start()], text[blank.end() :]) for blank in _BLANK.finditer(text))
        found = (titles for titles in ((text,), *halves) if min(last.get(squashed(t), 0) for t in titles) > i)
        if titles := next(found, None):
            out += [_Entry(i, i + 1, title, lines[i].indent, -1) for title in titles]
        elif heading_mark(text) is None or squashed(text) in {squashed(entry.title) for entry in out}:
            return out if len(out) >= LEAST - 1 else []
        else:
            return []
    return []


def _read_entry(lines: Sequence[Line], at: int, headed: bool) -> _Entry | None:
    """An entry over one line, or over several: its title, its leaders, its page."""
    parts: list[str] = []
    leaders = False
    for k in range(at, min(at + 120, len(lines))):
        text = lines[k].text
        match = _ENTRY.fullmatch(text) if _ENTRY_END.search(text[-8:]) else None
        if match and (len(match["leaders"]) >= 3 or (headed and match["leaders"].isspace())):
            parts += filter(None, [match["title"].strip(" .．…⋯‥·・‧")])
            return _entry(lines, at, k, parts, match["page"])
        # Then the title ends with a number.
        alone = k + 1 < len(lines) and _NUMBER.fullmatch(lines[k + 1].text)
        if headed and k == at and not alone and (glued := _GLUED.fullmatch(text)):
            return _entry(lines, at, k, [glued["title"]], glued["page"])
        if _NUMBER.fullmatch(text):
            return _entry(lines, at, k, parts, text) if parts and (leaders or headed) else None
        bare = _LEADERS.sub("", text).strip(" .．")
        leaders = leaders or _LEADERS.search(text) is not None
        if bare:
            parts.append(bare)
        if len(parts) > 2 or sum(map(len, parts)) > LONGEST:
            return None
    return None


def _entry(lines: Sequence[Line], first: int, last: int, parts: Sequence[str], page: str) -> _Entry | None:
    title = " ".join(parts)
    if not title or len(title) > LONGEST or title[-1] in "。；！？":
        return None
    return _Entry(first, last + 1, title, lines[first].indent, int(page) if page.isdigit() else -1)


def _marks(entries: Sequence[_Entry]) -> dict[str, HeadingMark]:
    """The titles as headings: levels by their indents, or by their numbering where the dump lost indents."""
    if not entries:
        return {}
    indents = sorted({e.indent for e in entries})
    merged: list[int] = []
    for indent in indents:  # a half-width of difference is no level
        if not merged or indent - merged[-1] > 1:
            merged.append(indent)
    out: dict[str, HeadingMark] = {}
    for entry in entries:
        if is_caption(entry.title):
            continue
        numbered = heading_mark(entry.title)
        level = max(i for i, indent in enumerate(merged) if indent <= entry.indent)
        if len(merged) == 1:
            out.setdefault(squashed(entry.title), numbered or HeadingMark(NAMED, "", 0))
            continue
        number, length = (numbered.number, numbered.length) if numbered else ("", 0)
        out.setdefault(squashed(entry.title), HeadingMark(TOP_RANK + STEP * level, number, length))
    return out


def heads_of(layout: Layout, titles: Mapping[str, HeadingMark]) -> list[int]:
    """First or last lines of pages that are running heads: the text has their title already, or again on that page.

    They stand on many pages: a section's title may come again in the next chapter, and there begin a page.
    """
    seen: set[str] = set()
    over: list[int] = []
    under: list[int] = []  # a dump may give the head behind the text
    for page in layout.pages if titles else ():
        texts = [squashed(line.text) for line in layout.lines[page.first : page.last]]
        said = Counter(text for text in texts if text in titles)
        edges = ((over, page.first), (under, page.last - 1))
        for found, i in edges[: len(texts)]:  # the only line of a page is its first
            title = texts[i - page.first]
            if said[title] > 1 or title in seen:
                found.append(i)
        seen.update(said)
    least = HEADED * len(layout.pages)
    return [i for found in (over, under) if len(found) >= least for i in found]


def take_contents(
    layout: Layout, overlay: Container[int] = ()
) -> tuple[Layout, list[Edit], Mapping[str, HeadingMark]]:
    """The layout without its contents list, the edits that took it away, and the titles it names.

    ``overlay``: where the lines of a watermark begin, which part no list.
    """
    over = {i for i, line in enumerate(layout.lines) if line.start in overlay}
    kept = [i for i in range(len(layout.lines)) if i not in over]
    contents = find_contents(layout.without(over))
    lines = frozenset(kept[i] for i in contents.lines)
    why = "the contents list: every edition makes its own"
    edits = [removal(layout.source, layout.lines[i].span, "L11", why) for i in sorted(lines)]
    return layout.without(lines), edits, contents.titles


def take_heads(furnished: Furnished, titles: Mapping[str, HeadingMark]) -> Furnished:
    """The furnished layout without the running heads that repeat a title of the contents list."""
    heads = heads_of(furnished.layout, titles)
    why = "a running head: a title that the contents list names"
    layout = furnished.layout
    edits = [removal(layout.source, layout.lines[i].span, "L3", why) for i in heads]
    return replace(furnished, layout=layout.without(frozenset(heads)), removed=(*furnished.removed, *edits))
