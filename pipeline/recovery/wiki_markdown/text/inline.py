"""A stretch of a wiki export as traced text: ``-{…}-`` to spans, templates to their words, the rest as the classes below it read it.

Comes in: the source, a span of it, its calls and cuts. Goes out: a ``Traced``. Refused: a ``-{`` that does not close.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from pipeline.document.manuscript import Finding
from pipeline.document.markdown import write_attribute
from pipeline.document.traced import Piece, PieceKind
from pipeline.location import Span
from pipeline.recovery.markdown.inline import CallMark, Cut, token_pattern
from pipeline.recovery.wiki_markdown.cuts.templates import MARK
from pipeline.recovery.wiki_markdown.notes.inset import Inset
from pipeline.recovery.wiki_markdown.notes.lists import Nested
from pipeline.recovery.wiki_markdown.text.emphasis import EMPHASIS_TOKENS, EmphasisInline
from pipeline.recovery.wiki_markdown.text.formulas import FORMULA_TOKENS
from pipeline.recovery.wiki_markdown.text.links import LINK_TOKENS
from pipeline.recovery.wiki_markdown.text.variants import Variant, VariantKind, find_marks, read_variant
from pipeline.wiki_words import SPEAKING, words_shown

OWN_TOKENS = (
    r"(?P<variant>\\?-\{)"
    r"|(?P<counted>(?<=\n)\\(?=[0-9]{1,3}[.)][ \t]))"
    rf"|{LINK_TOKENS}|{FORMULA_TOKENS}"
    r"|(?P<template>\{\{[^{}\n]{1,300}\}\})"
    rf"|{EMPHASIS_TOKENS}|"
)
OWN_SIGNS = r"\-{'"  # what they begin with, beside the marks of Markdown
_TOKEN = token_pattern(OWN_TOKENS, OWN_SIGNS)
_OF_READINGS = ("ruby", "rb", "rt", "rp", "rtc", "rbc")
_READING_IN_BRACKETS = re.compile(r"<rp>[^<>]*</rp>\s*(?:<rt>[^<>]*</)?(?:<rt>|(?<=</)rt>)\Z", re.IGNORECASE)


@dataclass
class WikiInline(EmphasisInline):
    """Reads spans of a wiki export."""

    lang: str = ""
    wrapped: bool = True  # the export cut lines at spaces; else a line end is the author's
    title_forms: Variant | None = None  # what the article says of its title in each script
    passed: set[int] = field(default_factory=set)  # where a note's body stands that no paragraph holds

    tokens: ClassVar[re.Pattern[str]] = _TOKEN

    @cached_property
    def _variants(self) -> dict[int, int]:
        return find_marks(self.source)

    def _token(self, match: re.Match[str], end: int) -> tuple[int, list[Piece]]:
        match match.lastgroup:
            case "variant":
                return self._variant(match.start(), match.end(), end)
            case "counted":  # before a number that begins no list: some tools'
                self.layout.append(Span(*match.span()))
                return match.end(), []
            case "template":
                return match.end(), self._template(match)
        return super()._token(match, end)

    def _marked(self, where: int, mark: CallMark | Cut) -> Piece:
        if isinstance(mark, Nested):
            return self._edit(where, mark.end, mark.shown, mark.rule, mark.why)
        if not isinstance(mark, Inset):
            return super()._marked(where, mark)
        self.passed.add(where)
        return Piece("", Span(where, where), None)

    def _template(self, match: re.Match[str]) -> list[Piece]:
        """A template whose words a reader saw; others were cut before."""
        a, b = match.span()
        if mark := MARK.fullmatch(match.group()):
            lo, hi = a + mark.start("inner"), a + mark.end("inner")
            return [
                self._edit(a, lo, "", "L203", "template"),
                self._kept(lo, hi),
                self._edit(hi, b, "", "L203", "template"),
            ]
        speaking = SPEAKING.fullmatch(match.group())
        if speaking is None:
            return [self._kept(a, b)]
        lo, hi = (at - speaking.start() + a for at in words_shown(speaking))
        if lo == hi:
            return [self._edit(a, b, "", "L203", "template")]
        return [
            self._edit(a, lo, "", "L203", "template"),
            *self._pieces(lo, hi),
            self._edit(hi, b, "", "L203", "template"),
        ]

    def _tag(self, match: re.Match[str]) -> list[Piece]:
        """A tag; the reading of a character, which stood above it, stands behind it in brackets."""
        name, (a, b) = match["name"].lower(), match.span()
        if name not in _OF_READINGS:
            return super()._tag(match)
        has_brackets = (
            name != "rt" or _READING_IN_BRACKETS.search(self.source, max(0, a - 400), b) is not None
        )
        if has_brackets:
            return [self._edit(a, b, "", "L904", "tag without a meaning for the text")]
        return [self._edit(a, b, "）" if match.group()[1] == "/" else "（", "L237", "reading of a character")]

    # --- -{…}-

    def _variant(self, start: int, inner: int, end: int) -> tuple[int, list[Piece]]:
        stop = self._variants.get(inner - 2, end + 1)
        if stop > end:
            self.findings.append(
                Finding("L225", "«-{» is not closed. Close it or take it away.", Span(start, inner))
            )
            return inner, [self._kept(start, inner)]
        inside = self.source[inner : stop - 2]
        variant = read_variant(inside, self.lang)
        if variant.everywhere:
            message = (
                f"a rule of conversion holds for the whole article: {inside.strip()}. Put it into a glossary."
            )
            self.findings.append(Finding("L226", message, Span(start, stop)))
        if variant.kind is VariantKind.TITLE:
            self.title_forms = variant
            return stop, [
                self._edit(start, stop, "", "L211", "the title for each script: it stands there now")
            ]
        if variant.kind is VariantKind.HIDDEN or not len(variant.shown):
            return stop, [self._edit(start, stop, "", "L211", "rule of conversion that shows nothing")]
        lo, hi = (inner + at for at in variant.shown)
        shown = list(self._pieces(lo, hi))
        if not any(p.text.strip() for p in shown):
            why = "forms that show nothing"
            return stop, [
                self._edit(start, lo, "", "L211", why),
                *shown,
                self._edit(hi, stop, "", "L211", why),
            ]
        why = "forms of a word for each script" if variant.forms else "word that is not converted"
        return stop, [
            self._edit(start, lo, "[", "L212", why, PieceKind.MARKUP),
            *shown,
            self._edit(hi, stop, "]" + variant_attributes(variant), "L212", why, PieceKind.MARKUP),
        ]


def variant_attributes(variant: Variant) -> str:
    if variant.kind is VariantKind.KEEP:
        return "{.keep}"
    forms = " ".join(f"{name}={write_attribute(text)}" for name, text in variant.forms)
    return f"{{.variant {forms}}}"
