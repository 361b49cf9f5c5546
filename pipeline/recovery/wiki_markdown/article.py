"""An article before it is walked: its source, what is cut out of it, its notes, its chunks, and who reads a stretch of it.

Comes in: the source. Goes out: a record that nothing changes but the readers' own findings and layout. Refused: nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pipeline.recovery.markdown.chunks import Chunk
from pipeline.recovery.markdown.inline import CallMark, Cut
from pipeline.recovery.wiki_markdown.chunks import read_wiki_chunks
from pipeline.recovery.wiki_markdown.cuts.cutting import Cuts, find_cuts
from pipeline.recovery.wiki_markdown.cuts.found import PANDOC_LINK
from pipeline.recovery.wiki_markdown.cuts.page_frame import has_frame
from pipeline.recovery.wiki_markdown.cuts.plain_page import lines_are_paragraphs, names_sections
from pipeline.recovery.wiki_markdown.masks import masked, text_alone
from pipeline.recovery.wiki_markdown.notes.footnotes import find_notes
from pipeline.recovery.wiki_markdown.notes.inset import Inset
from pipeline.recovery.wiki_markdown.notes.lists import WikiNotes
from pipeline.recovery.wiki_markdown.tables.drawn import DrawnTable, find_drawn_tables
from pipeline.recovery.wiki_markdown.text.inline import WikiInline
from pipeline.recovery.wiki_markdown.text.page_inline import PageInline
from pipeline.recovery.wiki_markdown.text.wrapping import dashes_ahead, is_wrapped
from pipeline.recovery.wording.script import detect_script


@dataclass(frozen=True)
class Article:
    """What is known of an article from its marks alone."""

    source: str
    lang: str
    cuts: Cuts
    plain: str  # the source with its cuts masked
    notes: WikiNotes
    alone: str  # without its notes and tables of wikitext as well
    chunks: Sequence[Chunk]
    drawn: Sequence[DrawnTable]
    names_sections: bool  # by links to the editor
    dashes: Collection[int]  # where lines begin whose dash is no bullet
    inline: WikiInline
    cell_inline: WikiInline  # no line end in a cell
    note_inline: WikiInline  # or in a note is its author's


def open_article(source: str, lang: str) -> Article:
    """The article with its readers, which share their findings and their layout. Without ``lang`` its text tells the script."""
    cuts = find_cuts(source)
    plain = masked(source, cuts)
    lang = lang or detect_script(plain if has_frame(source) else source)  # menus may stand in another script
    notes = find_notes(plain, source)
    outside: dict[int, CallMark | Cut] = {
        at: mark for at, mark in {**cuts.at, **notes.calls}.items() if not isinstance(mark, Inset)
    }
    lists = {span.start: Inset(span.end, "", "") for span in notes.lists}
    marks: dict[int, CallMark | Cut] = {**lists, **cuts.at, **notes.calls}
    reader = WikiInline if PANDOC_LINK in source else PageInline
    inline = reader(source, marks, lang=lang, wrapped=is_wrapped(plain, source))
    alone = text_alone(plain, notes, cuts.tables, inline.has_formulas)
    dashes = dashes_ahead(alone) if inline.wrapped else frozenset()
    drawn = find_drawn_tables(alone, source)
    chunks = read_wiki_chunks(
        alone, inline.wrapped, dashes, [table.span for table in drawn], lines_are_paragraphs(source)
    )
    return Article(
        source=source,
        lang=lang,
        cuts=cuts,
        plain=plain,
        notes=notes,
        alone=alone,
        chunks=chunks,
        drawn=drawn,
        names_sections=names_sections(source),
        dashes=dashes,
        inline=inline,
        cell_inline=replace(inline, wrapped=True),
        note_inline=replace(inline, marks=outside, wrapped=True),
    )
