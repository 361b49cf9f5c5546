"""Pandoc's inlines as the pieces of a text: words as text, all else as the marks of Markdown.

Comes in: a list of ``panflute`` inlines and the labels of the notes called in them. Goes out: a ``Traced``
whose spans say nothing, in the very form the recovery gives a master's texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.document.markdown import write_attribute
from pipeline.document.traced import Piece, PieceKind, Traced
from pipeline.location import Span

NOWHERE = Span(0, 0)
AROUND = {"Emph": "*", "Strong": "**", "Strikeout": "~~", "Superscript": "^", "Subscript": "~"}
CLASSES = {"Underline": "underline", "SmallCaps": "smallcaps"}
TIGHT = ("Superscript", "Subscript")  # these may hold no bare space


def to_text(inlines: Iterable[Any], labels: Mapping[int, str]) -> Traced:
    """Inlines as a text. ``labels`` name the notes in them, by the object."""
    return Traced(tuple(_joined(_Writer(labels).pieces(inlines))))


def markup(text: str) -> Piece:
    """A mark of Markdown that no source spells."""
    return Piece(text, NOWHERE, None, PieceKind.MARKUP)


def _text(text: str) -> Piece:
    return Piece(text, NOWHERE)


class _Writer:
    """Inlines as pieces, with the labels of the notes met in them."""

    def __init__(self, labels: Mapping[int, str]) -> None:
        self._labels = labels

    def pieces(self, inlines: Iterable[Any]) -> Iterator[Piece]:
        for inline in inlines:
            yield from self._inline(inline)

    def _inline(self, inline: Any) -> Iterator[Piece]:
        match inline:
            case pf.Str():
                yield _text(inline.text)
            case pf.Space() | pf.SoftBreak():
                yield _text(" ")
            case pf.LineBreak():
                yield _text("\n")
            case pf.Note():
                yield Piece(self._labels.get(id(inline), ""), NOWHERE, None, PieceKind.CALL)
            case pf.Emph() | pf.Strong() | pf.Strikeout() | pf.Superscript() | pf.Subscript():
                yield from self._marked(inline, AROUND[inline.tag])
            case pf.Underline() | pf.SmallCaps():
                yield markup("[")
                yield from self.pieces(inline.content)
                yield markup(f"]{{.{CLASSES[inline.tag]}}}")
            case pf.Quoted():
                marks = "“”" if inline.quote_type == "DoubleQuote" else "‘’"
                yield _text(marks[0])
                yield from self.pieces(inline.content)
                yield _text(marks[1])
            case pf.Code():
                ticks = "`" * (1 + max((len(t) for t in re.findall(r"`+", inline.text)), default=0))
                pad = " " if inline.text.startswith("`") or inline.text.endswith("`") else ""
                yield markup(f"{ticks}{pad}{inline.text}{pad}{ticks}")
            case pf.Math():
                mark = "$$" if inline.format == "DisplayMath" else "$"
                yield markup(f"{mark}{inline.text.strip()}{mark}")
            case pf.Link():
                yield from self._link(inline)
            case pf.Image():
                yield markup("![")
                yield from self.pieces(inline.content)
                yield markup(f"]({_target(inline.url)})")
            case pf.Span():
                yield from self._span(inline)
            case pf.Cite():
                yield from self.pieces(inline.content)
            case _:
                return

    def _marked(self, inline: Any, mark: str) -> Iterator[Piece]:
        """Emphasis and its kin: marks stand at the text, blanks outside of them."""
        inner = list(_joined(self.pieces(inline.content)))
        lead, inner, trail = _trimmed(inner)
        if lead:
            yield _text(lead)
        if any(p.text for p in inner):
            yield markup(mark)
            for piece in inner:
                if inline.tag in TIGHT and piece.kind is PieceKind.TEXT and " " in piece.text:
                    head, *rest = piece.text.split(" ")
                    yield _text(head)
                    for part in rest:
                        yield markup("\\ ")
                        yield _text(part)
                else:
                    yield piece
            yield markup(mark)
        if trail:
            yield _text(trail)

    def _link(self, link: pf.Link) -> Iterator[Piece]:
        if ast.plain(link) == link.url and re.match(r"[a-z][a-z0-9+.-]*:[^\s<>]+$", link.url, re.I):
            yield markup(f"<{link.url}>")
            return
        yield markup("[")
        yield from self.pieces(link.content)
        title = f" {write_attribute(link.title)}" if link.title else ""
        yield markup(f"]({_target(link.url)}{title})")

    def _span(self, span: pf.Span) -> Iterator[Piece]:
        if "page" in span.classes and "n" in span.attributes and not span.content:
            yield Piece(span.attributes["n"], NOWHERE, None, PieceKind.PAGE)
            return
        words = [f"#{span.identifier}"] if span.identifier else []
        words += [f".{name}" for name in span.classes]
        words += [f"{key}={write_attribute(value)}" for key, value in span.attributes.items()]
        if not words:
            yield from self.pieces(span.content)
            return
        yield markup("[")
        yield from self.pieces(span.content)
        yield markup(f"]{{{' '.join(words)}}}")


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbouring pieces of text as one: what must be escaped shows only in the whole."""
    before: Piece | None = None
    for piece in pieces:
        if before is not None and before.kind is piece.kind is PieceKind.TEXT:
            before = _text(before.text + piece.text)
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _trimmed(pieces: list[Piece]) -> tuple[str, list[Piece], str]:
    lead = trail = ""
    if pieces and pieces[0].kind is PieceKind.TEXT:
        text = pieces[0].text.lstrip()
        lead, pieces = pieces[0].text[: len(pieces[0].text) - len(text)], [_text(text), *pieces[1:]]
    if pieces and pieces[-1].kind is PieceKind.TEXT:
        text = pieces[-1].text.rstrip()
        trail, pieces = pieces[-1].text[len(text) :], [*pieces[:-1], _text(text)]
    return lead, pieces, trail


def _target(url: str) -> str:
    return url if re.fullmatch(r"[^\s()<>\\]+", url) else "<" + re.sub(r"[<>\s]", "%20", url) + ">"
