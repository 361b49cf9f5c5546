"""Title, authors, abstract and keywords of an OCR'd paper: which chunks are front matter?

Comes in: the source and its chunks. Goes out: entries, each a span with its role and language. Refused:
guessing. A line between title and text that is neither name nor institution nor labelled stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from pipeline.recovery.markdown.chunks import LINES, Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.captions import is_caption
from pipeline.recovery.ocr_markdown.front.below import ABSTRACT, below_title
from pipeline.recovery.ocr_markdown.front.labels import (
    HAN,
    Entry,
    bare_text,
    is_prose,
    label_of,
    lang_of,
    trimmed,
)
from pipeline.recovery.ocr_markdown.front.lines import (
    SUBTITLE,
    english_names,
)
from pipeline.recovery.ocr_markdown.front.people import CALLS, parts_of, role_of
from pipeline.recovery.ocr_markdown.text.sections import unglued
from pipeline.recovery.wording.headings import heading_mark

_CENTRED = re.compile(r"[ \t]*<(?:center\b|(?:div|p|h[1-6])\b[^<>]*center)", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__)[^\s*_](?:[^*_\n]*[^\s*_])?\1")
_TEXTS = (
    ChunkKind.QUOTE,
    ChunkKind.TABLE,
    ChunkKind.HTML_TABLE,
    ChunkKind.CODE,
)  # none of them stands above the text
_SHORTEST, _HIGH = 4, 4  # characters of a title; lines above the authors
_SHORT = 40  # characters of a line above the title; of a title that is not marked
_LONGEST = 160  # characters of a line between an English title and its abstract
_BEHIND = 12  # chunks behind the text


def find_front(
    source: str, chunks: Sequence[Chunk], bodies: frozenset[int], furniture: Set[int] = frozenset()
) -> list[Entry]:
    """The front matter: at the beginning, and in another language at the end. ``furniture`` is the pages' own."""
    hidden = {
        i for i, c in enumerate(chunks) if c.kind is ChunkKind.COMMENT and not ABSTRACT.match(source, c.start)
    }
    shown = [i for i in range(len(chunks)) if i not in furniture | hidden]
    places = {i: k for k, i in enumerate(shown)}
    notes = frozenset(places[i] for i in bodies if i in places)
    found = _find_front(source, [chunks[i] for i in shown], notes)
    return [replace(entry, chunk=shown[entry.chunk]) for entry in found]


def _find_front(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> list[Entry]:
    first_text = _first_text(source, chunks, bodies)
    title = _title(source, chunks, first_text)
    if title is None:
        return []
    entries = [e for i in range(title) for e in _above_title(source, chunks[i], i)]
    entries.append(Entry(title, "title", "", chunks[title].inner, chunks[title].tail))
    entries.extend(below_title(source, chunks, title + 1, bodies))
    taken = {e.chunk for e in entries}
    entries.extend(e for e in _at_end(source, chunks, bodies) if e.chunk not in taken)
    return entries


def _above_title(source: str, chunk: Chunk, i: int) -> Iterator[Entry]:
    """A masthead's lines."""
    if chunk.kind is ChunkKind.RULE:
        yield Entry(i, "separator", "", chunk.start, chunk.end)
    elif chunk.kind in (*LINES, ChunkKind.ITEM):
        for line in re.finditer(r"[^\s\\](?:[^\n]*[^\s\\])?", source[chunk.inner : chunk.tail]):
            yield Entry(i, "masthead", "", chunk.inner + line.start(), chunk.inner + line.end())


def _first_text(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> int:
    for i, chunk in enumerate(chunks):
        if i in bodies or chunk.kind in _TEXTS or is_prose(source, chunk):
            return i
    return len(chunks)


def _title(source: str, chunks: Sequence[Chunk], first_text: int) -> int | None:
    """The heading that is the document's title: the deepest above all sections, before the text begins."""
    marked = [i for i in range(first_text) if chunks[i].kind is ChunkKind.HEADING]
    if not any(chunk.kind is ChunkKind.HEADING for chunk in chunks):
        marked = [i for i in range(first_text) if _is_bold(source, chunks[i])]
    options = [
        i
        for i in marked
        if heading_mark(bare_text(source, chunks[i])) is None
        and not label_of(source, chunks[i]).role
        and not is_caption(bare_text(source, chunks[i]))
        and not bare_text(source, chunks[i]).endswith("。")
    ]
    if not options:
        title = _unmarked_title(source, chunks, first_text)
        return _centred_title(source, chunks, first_text) if title is None else title
    if (named := _above_names(source, chunks, options)) is not None:
        return named
    later = [c.level for c in chunks[options[-1] + 1 :] if c.kind is ChunkKind.HEADING]
    above = [i for i in options if not later or chunks[i].level < min(later)]
    if not above:
        han = [i for i in options if HAN.search(source, chunks[i].inner, chunks[i].tail)]
        if han and options[0] < han[0] < first_text - 1:
            return han[0]  # a title in another language stands above it, names below
        return options[0] if _heads_all(source, chunks, options[0]) else None
    han = [i for i in above if HAN.search(source, chunks[i].inner, chunks[i].tail)]
    best = (han or above)[-1]
    if SUBTITLE.match(source, chunks[best].inner) and len(above) > 1:
        best = above[-2]
    if len(above) > 1 and best - 1 in above and chunks[best].level == chunks[best - 1].level:
        best -= 1  # two on end: title and subtitle
    return best


def _is_bold(source: str, chunk: Chunk) -> bool:
    """Whether all of a line stands in bold, but for a call behind it."""
    bold = _BOLD.match(source, chunk.inner, chunk.tail) if chunk.kind is ChunkKind.TEXT else None
    return bold is not None and not CALLS.sub("", source[bold.end() : chunk.tail]).strip()


def _above_names(source: str, chunks: Sequence[Chunk], options: Sequence[int]) -> int | None:
    """The first of these lines, all marked alike, that stands right above the authors' names: the journal's name is one, too."""
    if len({chunks[i].level for i in options}) > 1:
        return None
    for i in options:
        parts = parts_of(source, chunks[i + 1].inner, chunks[i + 1].tail, "") if i + 1 < len(chunks) else ()
        roles = {role_of(source[a:b]) for a, b in parts}
        if "author" in roles and roles <= {"author", "affiliation"}:
            return i if SUBTITLE.match(source, chunks[i].inner) is None else None
    return None


def _heads_all(source: str, chunks: Sequence[Chunk], i: int) -> bool:
    """Whether a heading of the sections' level is the title: near the top, and unlike the sections."""
    if not all(len(bare_text(source, c)) <= _SHORT for c in chunks[:i]) or i + 1 >= len(chunks):
        return False
    if not is_prose(source, chunks[i + 1]):
        return True
    later = unglued([bare_text(source, c) for c in chunks[i + 1 :] if c.kind is ChunkKind.HEADING])
    return sum(heading_mark(text) is not None for text in later) * 2 > len(later)


def _unmarked_title(source: str, chunks: Sequence[Chunk], first_text: int) -> int | None:
    """A first line that is no heading by its mark: short, no sentence, and sections follow."""
    if not chunks or first_text == 0 or chunks[0].kind is not ChunkKind.TEXT:
        return None
    bare = bare_text(source, chunks[0])
    if (
        not 2 <= len(bare) <= _SHORT
        or "\n" in bare
        or heading_mark(bare) is not None
        or label_of(source, chunks[0]).role
        or bare[-1] in "：:，,、；;。？?"
    ):
        return None
    if any(c.kind is ChunkKind.HEADING for c in chunks) or source[chunks[0].inner] == "*":
        return 0
    return _title_of_names(source, chunks, first_text)


def _title_of_names(source: str, chunks: Sequence[Chunk], first_text: int) -> int | None:
    """The line above the authors, where the abstract or the keywords follow soon, and no heading is marked."""
    for k in range(1, min(first_text, _HIGH)):
        names = [role_of(source[a:b]) for a, b in parts_of(source, chunks[k].inner, chunks[k].tail, "")]
        if names and set(names) == {"author"}:
            bare = bare_text(source, chunks[k - 1])
            is_told = any(label_of(source, c).role in ("abstract", "keywords") for c in chunks[k + 1 : k + 4])
            return k - 1 if is_told and len(bare) >= _SHORTEST and "\n" not in bare else None
    return None


def _centred_title(source: str, chunks: Sequence[Chunk], first_text: int) -> int | None:
    """The first line that an engine centred, above sections or an abstract that follow."""
    options = (i for i in range(first_text) if _CENTRED.match(source, chunks[i].start))
    i = next(options, None)
    if i is None or chunks[i].kind is not ChunkKind.TEXT:
        return None
    bare = bare_text(source, chunks[i])
    is_title = len(bare) >= _SHORTEST and heading_mark(bare) is None and not is_caption(bare)
    return i if is_title and not label_of(source, chunks[i]).role else None


def _at_end(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> list[Entry]:
    """An English title, author and abstract behind the text; the notes may stand behind them."""
    for i in [i for i in range(len(chunks)) if i not in bodies][-_BEHIND:]:
        is_abstract = label_of(source, chunks[i]).role == "abstract"
        if not is_abstract or lang_of(source, chunks[i].inner, chunks[i].tail) != "en":
            continue
        start = i
        while start > 0 and i - start < 3 and start - 1 not in bodies:
            before = chunks[start - 1]
            is_english = before.kind in LINES and lang_of(source, before.inner, before.tail) == "en"
            if not is_english or len(bare_text(source, before)) > _LONGEST:
                break
            start -= 1
        head = []
        if start < i:
            title = trimmed(source, chunks[start].inner, chunks[start].tail) or (chunks[start].inner,) * 2
            head.append(Entry(start, "title", "en", *title))
        names = [entry for k in range(start + 1, i) for entry in english_names(source, chunks[k], k)]
        return head + names + list(below_title(source, chunks, i, bodies))
    return []
