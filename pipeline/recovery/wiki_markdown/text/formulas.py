"""Formulas of a wiki export: TeX between its own brackets, dollars or tags, chemical formulas in tags.

Comes in: the source, where a formula stands. Goes out: its pieces, between dollars. Refused: brackets without TeX in a text
that has no formulas.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cached_property

from pipeline.document.traced import Piece, PieceKind, Traced
from pipeline.recovery.markdown.formulas import FORMULA_TOKEN, LONE_BACKSLASH
from pipeline.recovery.markdown.inline import Inline
from pipeline.recovery.wiki_markdown.cuts.found import PANDOC_LINK
from pipeline.recovery.wiki_markdown.text.chemistry import read_formula

_PARTED = r"\\\((?P<begun>\\begin\{(?:(?!\\[()\[\]])[^\u3400-\u9fff]){1,3000}?)\\\)"  # a formula that holds blank lines
_IN_BRACKETS = r"(?:(?!\\[()\[\]])[^\u3400-\u9fff/])"
_TEX_IN_BRACKETS = re.compile(
    rf"\\\({_IN_BRACKETS}{{0,200}}?(?:\\[A-Za-z]{{2}}|\^|_\{{|=){_IN_BRACKETS}{{0,400}}?\\\)"
)
_NUMBER_IN_BRACKETS = re.compile(r"\\\((?<!_\\\()[0-9][0-9.,]*\\\)(?!\.md| \"|[_/#)])")  # and in no address
_STYLE = r"\{\\{1,2}(?:display|text)style[ ]"
FORMULA_TOKENS = (
    r"(?P<displayed>(?<![\\$])\$\$(?=[^$]*[\\^_=])[^$\u3400-\u9fff]{1,2000}(?<!\\)\$\$(?!\$))"
    r"|(?P<ticked>(?<![\\$])\$`(?P<held>[^`]{1,500})`\$)"
    r"|(?P<set>(?<=<span class=\"math inline\">)\$[^$]{1,3000}\$(?=</span>))"
    r"|(?P<tagged><math\b[^<>]*>(?P<told>(?:(?!</?math\b)[\s\S]){1,3000}?)</math>)"
    rf"|(?P<parted>{_PARTED})"
    r"|(?P<drawn>!\[(?:Image [0-9]+: )?\{\\{1,2}(?:display|text)style\s(?P<tex>(?:(?!\]\()[^\n]|\n(?![ \t]*\n)){1,2000})\}\]\([^()\s]*/math/render/[^()\s]*(?:\s\"[^\"\n]*\")?\))"
    rf"|(?P<spoken>{_STYLE}(?P<as_tex>(?:(?!{_STYLE})[^\n\u3400-\u9fff]){{1,1500}}?)\}}[ ]?!\[(?!{_STYLE})[^\[\]\n]{{0,1500}}\]\([^()\s]*/math/render/[^()\s]*\))"
    r"|(?P<chem>\\?<chem\\?>(?P<formed>[^<>\n]{1,300}?(?:\\>[^<>\n]{1,300}?)*)\\?</chem\\?>)"
    r"|(?P<tower><sup>(?P<low>[\w*+\-−]{1,12})<sup>(?P<high>[\w*+\-−]{1,12})</sup></sup>)"
    rf"|{FORMULA_TOKEN}"
)
FORMULA = re.compile(rf"{FORMULA_TOKEN}|{_PARTED}")
TAGGED_FORMULA = re.compile(r"<math\b[^<>]*>(?:(?!</?math\b)[\s\S]){1,3000}?</math>")
_NOT_TEX = re.compile(r"&(?:amp|lt|gt|quot);|\s*\n\s*")
_ESCAPED = re.compile(rf"{_NOT_TEX.pattern}|\\(?=[^A-Za-z0-9\s])(?P<sign>.)")
_ESCAPED_TEX = re.compile(r"\\([\\_^*()])")


class FormulaInline(Inline):
    """Reads formulas."""

    @cached_property
    def has_formulas(self) -> bool:
        """Whether TeX's round brackets hold TeX somewhere: then they hold it everywhere, for prose escapes none.

        Where the export is Pandoc's, that escapes none at all, a number is enough.
        """
        return _TEX_IN_BRACKETS.search(self.source) is not None or (
            PANDOC_LINK in self.source and _NUMBER_IN_BRACKETS.search(self.source) is not None
        )

    def _token(self, match: re.Match[str], end: int) -> tuple[int, list[Piece]]:
        a, b = match.span()
        match match.lastgroup:
            case "formula" if match["inline"] and self.has_formulas and "//" not in match["inline"]:
                return b, self._formula(match)
            case "formula" if match["display"] and self.has_formulas and self._is_equation(match):
                return b, self._formula(match)
            # A picture of a formula, and its TeX before one that says it in another way.
            case "drawn" | "spoken":
                tex = (
                    f"${' '.join(_ESCAPED_TEX.sub(lambda m: m[1], match['tex'] or match['as_tex']).split())}$"
                )
                why = "picture of a formula, whose text it is"
                return b, [self._edit(a, b, tex, "L217", why, PieceKind.MARKUP)]
            case "chem":
                return b, self._chemistry(match)
            case "tower":  # a raised number on a raised one: Markdown's marks cannot hold it
                low, high = (match[g].replace("*", "").replace("−", "-") for g in ("low", "high"))
                return b, [
                    self._edit(a, b, f"$^{{{low}^{{{high}}}}}$", "L903", "inline tags", PieceKind.MARKUP)
                ]
            case "displayed":
                return b, [self._kept(a, b, PieceKind.MARKUP)]
            case "ticked":  # as GitHub's Markdown writes it
                return b, list(self._in_dollars(a, *match.span("held"), b, _NOT_TEX))
            case "set":  # a formula as Pandoc's HTML holds it
                return b, list(self._set(a, b))
            case "parted" if self.has_formulas:
                return b, list(self._in_dollars(a, *match.span("begun"), b, _NOT_TEX))
            case "tagged":
                signs = _ESCAPED if "\\\\" in match["told"] else _NOT_TEX
                return b, list(self._in_dollars(a, *match.span("told"), b, signs))
        return super()._token(match, end)

    def _set(self, a: int, b: int) -> Iterator[Piece]:
        """A formula between dollars."""
        end = self._end_of_tex(a + 1, b - 1)
        yield from self._tex(a, end, _NOT_TEX)
        if end < b - 1:
            yield self._edit(end, b - 1, "", "L217", "space at the end of a formula", PieceKind.MARKUP)
        yield self._kept(b - 1, b, PieceKind.MARKUP)

    def _end_of_tex(self, start: int, end: int) -> int:
        """Where a formula ends, without spaces and TeX's own one."""
        while end > start and (
            self.source[end - 1].isspace() or LONE_BACKSLASH.match(self.source, max(start, end - 2))
        ):
            end -= 1
        return end

    def _in_dollars(self, a: int, lo: int, hi: int, b: int, others: re.Pattern[str]) -> Iterator[Piece]:
        """A formula that stands from ``lo`` to ``hi`` between marks of another kind."""
        while lo < hi and self.source[lo].isspace():
            lo += 1
        hi = self._end_of_tex(lo, hi)
        yield self._edit(a, lo, "$", "L217", "brackets of a formula", PieceKind.MARKUP)
        yield from self._tex(lo, hi, others)
        yield self._edit(hi, b, "$", "L217", "brackets of a formula", PieceKind.MARKUP)

    def displayed(self, match: re.Match[str]) -> Traced:
        """A formula of its own: ``tex`` between ``open`` and ``close``."""
        begin, end = (
            self._edit(*match.span(group), "$$", "L217", "marks of a formula", PieceKind.MARKUP)
            for group in ("open", "close")
        )
        return Traced((begin, *self._tex(*match.span("tex"), _NOT_TEX), end))

    def _tex(self, start: int, end: int, others: re.Pattern[str]) -> Iterator[Piece]:
        """A formula without what its place did to it: entities, escapes, line ends."""
        at = start
        for m in others.finditer(self.source, start, end):
            if m.start() > at:
                yield self._kept(at, m.start(), PieceKind.MARKUP)
            after = html.unescape(m.group()) if m.group()[0] == "&" else (m.groupdict().get("sign") or " ")
            yield self._edit(*m.span(), after, "L217", "sign in a formula", PieceKind.MARKUP)
            at = m.end()
        if at < end:
            yield self._kept(at, end, PieceKind.MARKUP)

    def _is_equation(self, match: re.Match[str]) -> bool:
        """Whether square brackets alone on a line hold one, in a text that has formulas."""
        before = self.source[self.source.rfind("\n", 0, match.start()) + 1 : match.start()]
        return (
            "=" in match["display"]
            and not before.strip()
            and self.source[match.end() : match.end() + 1] in "\n"
        )

    def _chemistry(self, match: re.Match[str]) -> list[Piece]:
        """A chemical formula with its raised and lowered numbers; without the tags where it has other signs."""
        (a, b), (lo, hi) = match.span(), match.span("formed")
        why = "tag of a chemical formula"
        pieces = [self._edit(a, lo, "", "L234", why)]
        for part in read_formula(match["formed"]):
            start, end = lo + part.start, lo + part.end
            if part.mark:
                pieces += [
                    self._edit(start, start, part.mark, "L234", why, PieceKind.MARKUP),
                    self._edit(start, end, part.shown, "L234", "notation of a chemical formula"),
                    self._edit(end, end, part.mark, "L234", why, PieceKind.MARKUP),
                ]
            elif self.source[start:end] == part.shown:
                pieces.append(self._kept(start, end))
            else:
                pieces.append(self._edit(start, end, part.shown, "L234", "notation of a chemical formula"))
        if len(pieces) == 1:
            pieces += self._pieces(lo, hi)
        return [*pieces, self._edit(hi, b, "", "L234", why)]
