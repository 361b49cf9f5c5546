"""A stretch of a wiki export as traced text: links to their text, ``-{…}-`` to spans, the rest as Markdown.

Comes in: the source, a span of it, its calls and cuts. Goes out: a ``Traced``. A link's address goes away
as an edit and its text stays, wherever the export put the brackets. Refused: a ``-{`` that does not close.
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
from pipeline.recovery.inline import FORMULA_TOKEN, CallMark, Cut, token_pattern
from pipeline.recovery.wiki_markdown.cuts.templates import MARK, SPEAKING
from pipeline.recovery.wiki_markdown.notes.inset import Inset
from pipeline.recovery.wiki_markdown.notes.lists import Nested
from pipeline.recovery.wiki_markdown.text.formulas import ESCAPED, ESCAPED_TEX, NOT_TEX, PARTED
from pipeline.recovery.wiki_markdown.text.line_ends import LineEndInline
from pipeline.recovery.wiki_markdown.text.variants import Variant, VariantKind, find_marks, read_variant

_STYLE = r"\{\\{1,2}(?:display|text)style[ ]"
OWN_TOKENS = (
    r"(?P<variant>\\?-\{)"
    r"|(?P<counted>(?<=\n)\\(?=[0-9]{1,3}[.)][ \t]))"
    r"|(?P<displayed>(?<![\\$])\$\$(?=[^$]*[\\^_=])[^$\u3400-\u9fff]{1,2000}(?<!\\)\$\$(?!\$))"
    r"|(?P<ticked>(?<![\\$])\$`(?P<held>[^`]{1,500})`\$)"
    r"|(?P<set>(?<=<span class=\"math inline\">)\$[^$]{1,3000}\$(?=</span>))"
    r"|(?P<tagged><math\b[^<>]*>(?P<told>(?:(?!</?math\b)[\s\S]){1,3000}?)</math>)"
    rf"|(?P<parted>{PARTED})"
    r"|(?P<drawn>!\[(?:Image [0-9]+: )?\{\\{1,2}(?:display|text)style\s(?P<tex>(?:(?!\]\()[^\n]|\n(?![ \t]*\n)){1,2000})\}\]\([^()\s]*/math/render/[^()\s]*(?:\s\"[^\"\n]*\")?\))"
    rf"|(?P<spoken>{_STYLE}(?P<as_tex>(?:(?!{_STYLE})[^\n\u3400-\u9fff]){{1,1500}}?)\}}[ ]?!\[(?!{_STYLE})[^\[\]\n]{{0,1500}}\]\([^()\s]*/math/render/[^()\s]*\))"
    r"|(?P<chem><chem>(?P<formed>[^<>\n]{1,300}(?:\\>[^<>\n]{1,300})*)</chem>)"
    r"|(?P<tower><sup>(?P<low>[\w*+\-−]{1,12})<sup>(?P<high>[\w*+\-−]{1,12})</sup></sup>)"
    r"|(?P<outside>\\\[(?:\s?\s{0,8}<(?P<marked>https?://[^\s<>]+)>[,，]?|(?P<leads>(?:https?:)?//[^\s\[\]()]+)"
    r"|\[(?P<half_known>https?://[^\s\[\]]+)\]\([^()\s]*\)(?P<half_left>[^\s\[\]]*))\s+"
    r"(?P<label>(?:[^\[\]\\\n]|\\[^\[\]]|\n(?![ \t]*\n)){1,500})\\\])"
    rf"|{FORMULA_TOKEN}"
    r"|(?P<wikilink>\[\[(?P<page>[^\[\]|\n]*)(?:\|(?P<shown>[^\[\]\n]*))?\]\])"
    r"|(?P<left>\\\[\\\[(?!(?:[^\W\d]{1,3} ?)?[0-9]+\\)(?P<to>[^\[\]|\\\n]+)(?:\|(?P<seen>(?:[^\[\]|\\\n]|\n(?!\s))*))?"
    r"(?:(?:\\<nowiki\\>)?\\\]\\\]|(?P<off>(?=\s*\Z))))"
    r"|(?P<template>\{\{[^{}\n]{1,300}\}\})"
    r"|(?P<half>(?<=\S)\*\*''(?!'))"
    r"|(?P<roomy>(?<![^\n>])(?P<sign>'{2,3})(?: +(?P<within>[^'\n]{1,80}?) *|(?P<inside>[^'\n]{1,80}?) +)(?P=sign)(?=<|[ \t]*(?:\n|\Z)))"
    r"|(?P<quotes>(?<![^\s（「《])'{2,5}[ ](?=\S)|'{2,5})"
    r"|(?P<doubled>(?<!\*)\*{4}(?:\*\*)?(?!\*))|"
)
OWN_SIGNS = r"\-{'"  # what they begin with, beside the marks of Markdown
_TOKEN = token_pattern(OWN_TOKENS, OWN_SIGNS)
_LONGEST_EMPHASIS = 120  # characters
_OPENED = re.compile(r"(?<!\*)(\*{1,2})(?=[^\s*])[^*\n]*(?<=\S)\Z")
_CLOSED = re.compile(r"(?=\S)[^*\n]{1,80}(?<=[^\s*])(\*{1,2})(?!\*)")
_OPENING, _CLOSING = tuple("：（，、「『《“ "), tuple("（）），。、；：」』》”")
_OF_READINGS = ("ruby", "rb", "rt", "rp", "rtc", "rbc")
_READING_IN_BRACKETS = re.compile(r"<rp>[^<>]*</rp>\s*(?:<rt>[^<>]*</)?(?:<rt>|(?<=</)rt>)\Z", re.IGNORECASE)
_EMPTY = ("**", "****", "******")


@dataclass
class WikiInline(LineEndInline):
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
            case "wikilink":
                return match.end(), self._unwrapped(match, "shown" if match["shown"] is not None else "page")
            case "left" if match["off"] is None:  # a link that the export left as wikitext
                return match.end(), self._unwrapped(match, "seen" if match["seen"] else "to")
            case "left":
                return match.end(), self._broken_off(match)
            case "outside":  # a link that the export did not know: \\[//address label\\]
                return match.end(), self._outside(match)
            case "formula" if match["inline"] and self.has_formulas and "//" not in match["inline"]:
                return match.end(), self._formula(match)
            case "formula" if match["display"] and self.has_formulas and self._is_equation(match):
                return match.end(), self._formula(match)
            # A picture of a formula, and its TeX before one that says it in another way.
            case "drawn" | "spoken":
                said = match["tex"] or match["as_tex"]
                tex = f"${' '.join(ESCAPED_TEX.sub(lambda m: m[1], said).split())}$"
                why = "picture of a formula, whose text it is"
                return match.end(), [self._edit(*match.span(), tex, "L217", why, PieceKind.MARKUP)]
            case "chem":
                return match.end(), self._chemistry(match)
            case "tower":  # a raised number on a raised one: Markdown's marks cannot hold it
                low, high = (match[g].replace("*", "").replace("−", "-") for g in ("low", "high"))
                tex = f"$^{{{low}^{{{high}}}}}$"
                return match.end(), [self._edit(*match.span(), tex, "L903", "inline tags", PieceKind.MARKUP)]
            case "displayed":
                return match.end(), [self._kept(*match.span(), PieceKind.MARKUP)]
            case "ticked":  # as GitHub's Markdown writes it
                return match.end(), list(
                    self._in_dollars(match.start(), *match.span("held"), match.end(), NOT_TEX)
                )
            case "set":  # a formula as Pandoc's HTML holds it
                return match.end(), list(self._set(*match.span()))
            case "parted" if self.has_formulas:
                (a, b), (lo, hi) = match.span(), match.span("begun")
                return b, list(self._in_dollars(a, lo, hi, b, NOT_TEX))
            case "tagged":
                (a, b), (lo, hi) = match.span(), match.span("told")
                is_escaped = "\\\\" in match["told"]
                return b, list(self._in_dollars(a, lo, hi, b, ESCAPED if is_escaped else NOT_TEX))
            case "template":
                return match.end(), self._template(match)
            case "half" if self._closes_three(match.start()):
                why = "half of the marks was not converted"
                return match.end(), [self._edit(*match.span(), "***", "L210", why, PieceKind.MARKUP)]
            case "half":
                return match.start() + 2, [self._kept(match.start(), match.start() + 2, PieceKind.MARKUP)]
            case "roomy":
                return match.end(), self._roomy(match)
            case "star" if match.group() == "***" and (first := self._closes_and_opens(match)):
                at = match.start() + first
                return match.end(), [
                    self._kept(match.start(), at, PieceKind.MARKUP),
                    self._kept(at, match.end(), PieceKind.MARKUP),
                ]
            case "quotes":
                return match.end(), [self._quotes(match)]
            case "star" | "doubled" if self._holds_nothing(match):
                message = "the words between two marks of emphasis are missing. Add them."
                self.findings.append(Finding("L229", message, Span(*match.span())))
                return match.end(), [self._edit(*match.span(), "", "L219", "emphasis of nothing")]
            case "doubled":  # one word in bold type behind another
                a, b = match.span()
                return b, [self._kept(at, at + 2, PieceKind.MARKUP) for at in range(a, b, 2)]
            case _:
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

    def _holds_nothing(self, match: re.Match[str]) -> bool:
        """Whether two marks of emphasis touch between punctuation: a template between them is gone."""
        before, behind = (
            self.source[match.start() - 1 : match.start()],
            self.source[match.end() : match.end() + 1],
        )
        return match.group() in _EMPTY and before in _OPENING and (behind in _CLOSING or not behind.strip())

    def _closes_three(self, at: int) -> bool:
        """Whether bold italics are open here."""
        start = self.source.rfind("***", max(0, at - _LONGEST_EMPHASIS), at)
        return start >= 0 and "*" not in self.source[start + 3 : at] and "\n\n" not in self.source[start:at]

    def _closes_and_opens(self, match: re.Match[str]) -> int:
        """How many of three marks close, where bold begins right behind italics, or the reverse; none of others."""
        opened = _OPENED.search(self.source, max(0, match.start() - _LONGEST_EMPHASIS), match.start())
        closed = _CLOSED.match(self.source, match.end())
        if opened is None or closed is None or len(opened[1]) + len(closed[1]) != len(match.group()):
            return 0
        return len(opened[1])

    def _quotes(self, match: re.Match[str]) -> Piece:
        """Wikitext's bold and italics."""
        mark = {2: "*", 3: "**", 5: "***"}.get(len(match.group().rstrip()))
        if mark is None:
            return self._kept(*match.span())
        return self._edit(*match.span(), mark, "L210", "wikitext's emphasis", PieceKind.MARKUP)

    def _roomy(self, match: re.Match[str]) -> list[Piece]:
        """Wikitext's bold and italics around all that its container holds, with room inside the marks."""
        (a, b), (lo, hi) = match.span(), match.span("within" if match["within"] else "inside")
        mark, why = "*" * (len(match["sign"]) - 1), "wikitext's emphasis"
        return [
            self._edit(a, lo, mark, "L210", why, PieceKind.MARKUP),
            *self._pieces(lo, hi),
            self._edit(hi, b, mark, "L210", why, PieceKind.MARKUP),
        ]

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
        if variant.kind is VariantKind.HIDDEN or variant.shown[0] == variant.shown[1]:
            return stop, [self._edit(start, stop, "", "L211", "rule of conversion that shows nothing")]
        lo, hi = inner + variant.shown[0], inner + variant.shown[1]
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
