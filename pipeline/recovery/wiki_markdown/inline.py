"""A stretch of a wiki export as traced text: links to their text, ``-{…}-`` to spans, the rest as Markdown.

Comes in: the source, a span of it, its calls and cuts. Goes out: a ``Traced``. A link's address goes away
as an edit and its text stays, wherever the export put the brackets. Refused: a ``-{`` that does not close.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from pipeline.document.manuscript import Finding, Piece, PieceKind
from pipeline.document.markdown import write_attribute
from pipeline.location import Span
from pipeline.recovery.inline import BASE_TOKENS, LINK_TOKEN, Inline
from pipeline.recovery.wiki_markdown.cuts import SPEAKING
from pipeline.recovery.wiki_markdown.variants import Variant, VariantKind, find_marks, read_variant

_TOKEN = re.compile(
    r"(?P<variant>-\{)"
    r"|(?P<wikilink>\[\[(?P<page>[^\[\]|\n]*)(?:\|(?P<shown>[^\[\]\n]*))?\]\])"
    r"|(?P<template>\{\{[^{}\n]{1,300}\}\})"
    r"|(?P<quotes>'{2,5})"
    r"|(?P<outside>\\\[(?:https?:)?//[^\s\[\]]+\s(?P<label>(?:[^\[\]\\\n]|\\[^\[\]])+)\\\])|"
    + BASE_TOKENS
    + LINK_TOKEN
)
_ADDRESS = re.compile(r"(?:https?|ftp)://")


@dataclass
class WikiInline(Inline):
    """Reads spans of a wiki export."""

    lang: str = ""

    tokens: ClassVar[re.Pattern[str]] = _TOKEN

    @cached_property
    def _variants(self) -> dict[int, int]:
        return find_marks(self.source)

    def _token(self, match: re.Match[str], end: int) -> tuple[int, list[Piece]]:
        match match.lastgroup:
            case "variant":
                return self._variant(match.start(), end)
            case "wikilink":
                return match.end(), self._unwrapped(match, "shown" if match["shown"] is not None else "page")
            case "outside":  # a link that the export did not know: \\[//address label\\]
                return match.end(), self._unwrapped(match, "label")
            case "template":
                return match.end(), self._template(match)
            case "quotes":
                return match.end(), [self._quotes(match)]
            case _:
                return super()._token(match, end)

    def _link(self, match: re.Match[str]) -> list[Piece]:
        text, target = match["text"], match["target"]
        if text.strip().isdigit() and _ADDRESS.match(target):
            message = f"the link shows nothing but its number {text.strip()}. Write what it leads to."
            self.findings.append(Finding("L224", message, Span(*match.span()), target))
        return self._unwrapped(match, "text")

    def _unwrapped(self, match: re.Match[str], group: str) -> list[Piece]:
        """A link's text, its marks and address taken away."""
        (a, b), (lo, hi) = match.span(), match.span(group)
        if hi == lo:
            return [self._edit(a, b, "", "L201", "link without a text")]
        head = self._edit(a, lo, "", "L201", "link")
        tail = self._edit(hi, b, "", "L201", "address of a link")
        return [head, *self._pieces(lo, hi), tail]

    def _template(self, match: re.Match[str]) -> list[Piece]:
        """A template whose words a reader saw; others were cut before."""
        a, b = match.span()
        speaking = SPEAKING.fullmatch(match.group())
        if speaking is None:
            return [self._kept(a, b)]
        parts = speaking["inner"].split("|")
        shown = (
            parts[-1] if speaking["name"].lower().startswith(("lang", "nowrap", "nobr", "僻")) else parts[0]
        )
        lo = match.group().rindex(shown) + a if shown else b
        if not shown:
            return [self._edit(a, b, "", "L203", "template")]
        hi = lo + len(shown)
        return [
            self._edit(a, lo, "", "L203", "template"),
            *self._pieces(lo, hi),
            self._edit(hi, b, "", "L203", "template"),
        ]

    def _quotes(self, match: re.Match[str]) -> Piece:
        """Wikitext's bold and italics."""
        mark = {2: "*", 3: "**", 5: "***"}.get(len(match.group()))
        if mark is None:
            return self._kept(*match.span())
        return self._edit(*match.span(), mark, "L210", "wikitext's emphasis", PieceKind.MARKUP)

    # --- -{…}-

    def _variant(self, start: int, end: int) -> tuple[int, list[Piece]]:
        stop = self._variants.get(start, end + 1)
        if stop > end:
            self.findings.append(
                Finding("L225", "«-{» is not closed. Close it or take it away.", Span(start, start + 2))
            )
            return start + 2, [self._kept(start, start + 2)]
        inside = self.source[start + 2 : stop - 2]
        variant = read_variant(inside, self.lang)
        if variant.everywhere:
            message = (
                f"a rule of conversion holds for the whole article: {inside.strip()}. Put it into a glossary."
            )
            self.findings.append(Finding("L226", message, Span(start, stop)))
        if variant.kind is VariantKind.HIDDEN or variant.shown[0] == variant.shown[1]:
            return stop, [self._edit(start, stop, "", "L211", "rule of conversion that shows nothing")]
        lo, hi = start + 2 + variant.shown[0], start + 2 + variant.shown[1]
        why = "forms of a word for each script" if variant.forms else "word that is not converted"
        return stop, [
            self._edit(start, lo, "[", "L212", why, PieceKind.MARKUP),
            *self._pieces(lo, hi),
            self._edit(hi, stop, "]" + _attributes(variant), "L212", why, PieceKind.MARKUP),
        ]


def _attributes(variant: Variant) -> str:
    if variant.kind is VariantKind.KEEP:
        return "{.keep}"
    forms = " ".join(f"{name}={write_attribute(text)}" for name, text in variant.forms)
    return f"{{.variant {forms}}}"
