"""A master opened for publishing: its document, made safe to show, and what an editor should mend in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.document.addresses import line_of, line_with
from pipeline.document.check import check_master
from pipeline.document.manuscript import Finding
from pipeline.errors import MasterError
from pipeline.location import Place
from pipeline.schedule.recovering import read_master

if TYPE_CHECKING:
    import panflute as pf

OPEN_METADATA = re.compile(r"---[ \t]*\n[A-Za-z][\w-]*:(?!(?:.*\n)+(?:---|\.\.\.)[ \t]*(?:\n|\Z))")
MERGED = re.compile(r"^<{7} .*\n(?:.*\n)*?={7}\n(?:.*\n)*?>{7} ", re.M)  # as git leaves it
TWICE = "stands at two places: links lead to the first. Rename the other."
NO_STYLE = "is not taken over: the house style says how a text looks. Take it out."
NO_PAGE = 'holds words or no number, so it is plain text. Write it []{.page n="12"}.'
AS_TEX = "its TeX stands there, in Word the formula. Write it more simply, or put a picture in its place."


def open_master(master: Path, written: Path | None = None) -> tuple[pf.Doc, list[Finding]]:
    """A master as a document, and what is wrong with its notes, headings, links and formulas.

    ``written`` is the file that it copies, and that a person mends. Raises ``MasterError`` for one that was cut short or half
    merged: no edition is made of it.
    """
    from pipeline.document import ast

    text, name = read_master(master), str(written or master)
    if not text.strip():
        raise MasterError("is empty. Bring its text back; the editions made of it are still there.", name)
    if OPEN_METADATA.match(text):
        raise MasterError(
            "the metadata never end. Write --- on a line of its own below them.", Place(name, 1)
        )
    if found := MERGED.search(text):
        where = Place(name, text.count("\n", 0, found.start()) + 1)
        raise MasterError(
            "two texts stand between the marks of a merge. Choose one, and take the marks out.", where
        )
    doc = ast.read_document(text, name)
    ast.drop_empty_headings(doc)  # first: a link to one leads nowhere
    return doc, [*check_master(text), *_settle(doc, text)]


def _settle(doc: pf.Doc, text: str) -> Iterator[Finding]:
    """Makes the document safe to show, in place; what was wrong with it."""
    from pipeline.document.attributes import drop_styles, drop_wordy_pages
    from pipeline.document.formulas import unset_formulas
    from pipeline.document.links import explain, settle_anchors, settle_links

    for name in settle_anchors(doc):
        yield Finding("L94", f"the anchor «{name}» {TWICE}")
    for url in settle_links(doc):
        yield Finding("L90", explain(url), line=line_of(url, text))
    for words in drop_wordy_pages(doc):
        yield Finding("L97", f"the mark of a page «{words[:40]}» {NO_PAGE}", line=line_with("{.page", text))
    for rule in drop_styles(doc):
        yield Finding("L98", f"the style «{rule[:60]}» {NO_STYLE}", line=line_with(rule, text))
    for tex in unset_formulas(doc):
        said = f"the formula «{' '.join(tex.split())[:60]}» is too rich for print and e-book: {AS_TEX}"
        yield Finding("L95", said, line=line_with(tex, text))
