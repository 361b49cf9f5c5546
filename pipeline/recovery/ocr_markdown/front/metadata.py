"""The metadata of an OCR'd paper from the entries of its front matter.

Comes in: entries (spans with role and language). Goes out: a front for each language, the document's own first, and the
edits for what only named or parted the entries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pipeline.document.manuscript import BlockKind, Front
from pipeline.document.traced import Edit, Traced
from pipeline.location import Span
from pipeline.recovery.markdown.chunks import Chunk
from pipeline.recovery.markdown.drafts import Draft
from pipeline.recovery.ocr_markdown.endings import Closing, closing_of
from pipeline.recovery.ocr_markdown.front.labels import Entry
from pipeline.recovery.ocr_markdown.text.joins import Joiner
from pipeline.recovery.ocr_markdown.text.sections import unbolded


def read_fronts(
    entries: Sequence[Entry], lang: str, read: Callable[[int, int], Traced], joiner: Joiner
) -> tuple[Front, ...]:
    """The fronts; ``read`` gives the text of a span."""
    fronts: dict[str, Front] = {"": Front(lang)}
    for entry in entries:
        if entry.role == "separator":
            continue
        key = "" if entry.lang and lang.startswith(entry.lang) else entry.lang
        front = fronts.setdefault(key, Front(key))
        if not entry.role.endswith("-label"):
            text = unbolded(read(entry.start, entry.end))
            if entry.role == "abstract" and front.abstract and _is_cut(front.abstract[-1], text):
                whole = _joined(joiner, front.abstract[-1], text)
                fronts[key] = replace(front, abstract=(*front.abstract[:-1], whole))
                continue
            fronts[key] = _entered(front, entry, text)
    return tuple(f for key, f in fronts.items() if not key or any(f.texts()))


def _is_cut(text: Traced, behind: Traced) -> bool:
    """Whether an abstract's paragraph stops inside a sentence that another goes on with: a page ended there."""
    return bool(text and behind) and closing_of(text.visible()) is Closing.OPEN


def _joined(joiner: Joiner, text: Traced, behind: Traced) -> Traced:
    draft = Draft(BlockKind.PARAGRAPH, [text])
    joiner.join(draft, behind)
    return Traced.joined(draft.parts)


def front_labels(source: str, chunks: Sequence[Chunk], entries: Sequence[Entry]) -> Iterator[Edit]:
    """«摘要：» and the commas between names: the metadata's keys and lists say it."""
    at = {e.chunk: chunks[e.chunk].inner for e in entries if e.role != "separator"}
    for entry in entries:
        if entry.role == "separator":
            continue
        if before := source[at[entry.chunk] : entry.start].strip():
            start = source.index(before, at[entry.chunk])
            why = "label or separator in the front matter"
            yield Edit(Span(start, start + len(before)), before, "", "L115", why)
        at[entry.chunk] = entry.end


def _entered(front: Front, entry: Entry, text: Traced) -> Front:
    match entry.role:
        case "title" if not front.title:
            return replace(front, title=text)
        case "subtitle" if not front.subtitle:
            return replace(front, subtitle=text)
        case "author":
            return replace(front, authors=(*front.authors, text))
        case "affiliation":
            return replace(front, affiliation=(*front.affiliation, text))
        case "abstract":
            return replace(front, abstract=(*front.abstract, text))
        case "keywords":
            return replace(front, keywords=(*front.keywords, text))
        case _:
            return replace(front, masthead=(*front.masthead, text))
