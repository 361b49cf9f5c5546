"""What Word has no place for, taken over from the document that a file was made from.

A formula goes through Word's own language and comes back with other braces; code comes back without the name of
its language; LibreOffice gives all words of a link one style, whatever else they were. Where the text is the same,
all of them are as they were.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

import panflute as pf

from pipeline.document import ast


def bare_formula(text: str) -> str:
    """A formula without what only its spelling has: braces and blanks.

    >>> bare_formula("x^{2} + y") == bare_formula("x^2+y")
    True
    """
    return re.sub(r"[{}\s]", "", text)


def take_over(made: pf.Doc, edited: pf.Doc) -> None:
    """Gives formulas, code and links of ``edited``, in place, what they had in ``made``."""
    formulas: dict[str, str] = {}
    codes: dict[str, pf.CodeBlock] = {}
    links: dict[str, pf.Link] = {}

    def note(e: pf.Element, _: pf.Doc | None) -> None:
        if isinstance(e, pf.Math):
            formulas.setdefault(bare_formula(e.text), e.text)
        elif isinstance(e, pf.CodeBlock):
            codes.setdefault(e.text, e)
        elif isinstance(e, pf.Link) and _has_marks(e):
            links.setdefault(_bare_link(e), e)

    def give(e: pf.Element, _: pf.Doc | None) -> None:
        if isinstance(e, pf.Math):
            e.text = formulas.get(bare_formula(e.text), e.text)
        elif isinstance(e, pf.CodeBlock) and (known := codes.get(e.text)):
            e.identifier, e.classes, e.attributes = known.identifier, known.classes, dict(known.attributes)
        elif isinstance(e, pf.Link) and not _has_marks(e) and (link := links.get(_bare_link(e))):
            e.content = list(ast.duplicate(link).content)

    made.walk(note)
    edited.walk(give)


def _has_marks(link: pf.Link) -> bool:
    """Whether the master says something of words in a link; one with notes is left as it is."""
    found: list[pf.Element] = []
    link.walk(lambda e, _: found.append(e) if isinstance(e, pf.Span | pf.Note) else None)
    return any(isinstance(e, pf.Span) for e in found) and not any(isinstance(e, pf.Note) for e in found)


def _bare_link(link: pf.Link) -> str:
    """What a link says without spans: its address, its text, its emphasis."""
    other: list[str] = []

    def note(e: pf.Element, _: pf.Doc | None) -> None:
        if not isinstance(e, pf.Str | pf.Space | pf.SoftBreak | pf.Span | pf.Link):
            other.append(f"{e.tag} {ast.plain(e)}")

    link.walk(note)
    return "\n".join([unquote(link.url), ast.plain(link), *other])
