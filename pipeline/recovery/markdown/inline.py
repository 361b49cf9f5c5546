"""A stretch of a Markdown source as traced text: calls, emphasis, escapes, entities, inline tags.

Comes in: the source, a span of it, and what each call mark of the source stands for. Goes out: a
``Traced`` whose delimiters are MARKUP and whose calls are CALL pieces. Syntax that only marks (a backslash
before a mark) is no text and no edit: its spans go to the layout. Refused: guessing. A tag or delimiter
without a partner stays text, which the master escapes.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from pipeline.document.manuscript import Finding
from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.location import Span
from pipeline.recovery.markdown.formulas import (
    LONE_BACKSLASH,
    NUMBERS,
    RAISED_NUMBERS,
    is_formula,
    plain_number,
)

# The parts of Markdown that both kinds of source share; a kind may put its own before them.
BASE_TOKENS = (
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<code>(?<!`)(?P<ticks>`+)(?!`)[^\n]{1,500}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<math>(?<![\\$])\$(?=[^\s$])[^$\n\u3400-\u9fff]{1,200}?(?<=[^\s\\$])\$(?![0-9$]))"
    r"|(?P<star>\*{1,3}|(?<![_\w])_{1,2}(?=[^\s_])|(?<=[^\s_])_{1,2}(?![_\w]))"
    r"|(?P<strike>~~)"
    r"|(?P<entity>&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});)"
    r"|(?P<comment><!--(?:[^<]|<(?!!--)){0,3000}?-->)"
    r"|(?P<address><(?:https?|ftp)://[^<>\s]+>)"
    r"|(?P<tag></?(?P<name>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>\n]*(?:\n[ \t]*[^<>\s][^<>\n]*){0,8})?/?>)"
    r"|(?P<hard>(?:(?<! )[ ]{2,}+|\\)\n[ \t]*)"
    r"|(?P<soft>(?:(?<![ \t])[ \t]++)?\n[ \t]*)"
)
_URL = r"(?:[^()\s\\]++|\\.|\((?:[^()\s\\]++|\\.)*\))*"
TARGET = rf"\({_URL}(?:\s+\"[^\"]{{0,300}}\")?\s?\)"
LINK = rf"\[(?P<words>[^\[\]\n]*)\]{TARGET}"  # with nothing but words
LINK_TOKEN = (
    r"|(?P<link>!?\[(?P<text>(?:[^\[\]\n\\]|\\.|\n(?![ \t]*\n)|\[[^\[\]\n]*\]){0,400})\]"
    rf"\((?P<target>{_URL})(?:\s+\"[^\"]{{0,300}}\")?\s?\))"
)


def token_pattern(own: str = "", signs: str = "") -> re.Pattern[str]:
    """The tokens of a kind of source: its own, then the shared ones.

    ``signs`` are the characters that its own begin with. To ask for one of all these first is several times faster than
    to try every token at every character.
    """
    return re.compile(rf"(?=[\\`$*_~&<!\[ \t\n{signs}])(?:{own}{BASE_TOKENS}{LINK_TOKEN})")


_TOKEN = token_pattern()
_TAG_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "sub": "~", "sup": "^", "del": "~~", "s": "~~"}
_PASSING_TAG = re.compile(
    r"u|span|font|div|p|figure|figcaption|center|small|big|ins|mark|a|abbr|cite|nobr|tt|section|header|footer|strike|img|hr|references"
    r"|gallery|blockquote|poem|ul|ol|li|dl|dt|dd|code|var|kbd|nowiki|noinclude|onlyinclude|includeonly"
)
_PARTING_TAGS = ("p", "li", "dd", "dt")  # one behind another is a new line of a cell
_BREAK_TAG = re.compile(r"<br\s*/?>\Z", re.IGNORECASE)
HAN_SIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…·\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class CallMark:
    """A mark of the source that is a note call: where it ends and the label it stands for."""

    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the source that is no text and goes away."""

    end: int
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A stretch of the source whose text is told at another place."""

    end: int


@dataclass
class Inline:
    """Reads spans of one source. ``layout`` and ``findings`` grow as it reads."""

    source: str
    # by the character where each begins
    marks: Mapping[int, CallMark | Cut | Elsewhere] = field(default_factory=dict)
    layout: list[Span] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    tokens: ClassVar[re.Pattern[str]] = _TOKEN

    @cached_property
    def _begins(self) -> list[int]:
        return sorted(self.marks)

    def read(self, start: int, end: int) -> Traced:
        """The text of a span. Emphasis is provisional: see ``emphasis``."""
        return Traced(tuple(self._pieces(start, end)))

    def _pieces(self, start: int, end: int) -> Iterator[Piece]:
        at = start
        for begin, stop, pieces in self._tokens(start, end):
            if begin > at:
                yield self._kept(at, begin)
            yield from pieces
            at = stop
        if at < end:
            yield self._kept(at, end)

    def _kept(self, start: int, end: int, kind: PieceKind = PieceKind.TEXT) -> Piece:
        return Piece(self.source[start:end], Span(start, end), None, kind)

    def _edit(
        self, start: int, end: int, after: str, rule: str, why: str, kind: PieceKind = PieceKind.TEXT
    ) -> Piece:
        span = Span(start, end)
        return Piece(after, span, Edit(span, self.source[start:end], after, rule, why), kind)

    def _tokens(self, start: int, end: int) -> Iterator[tuple[int, int, list[Piece]]]:
        """Everything in the span that is not plain text: where it begins, where it ends, its pieces."""
        at, number = start, bisect_left(self._begins, start)
        match = self.tokens.search(self.source, at, end)
        while True:
            if match is not None and match.start() < at:
                match = self.tokens.search(self.source, at, end)
            begin = match.start() if match else end
            while number < len(self._begins) and self._begins[number] < at:
                number += 1
            if number < len(self._begins) and self._begins[number] <= begin and self._begins[number] < end:
                where = self._begins[number]
                number += 1
                mark = self.marks[where]
                # It may take the blank behind the span along.
                if mark.end <= end or not self.source[end : mark.end].strip():
                    yield where, mark.end, [] if isinstance(mark, Elsewhere) else [self._marked(where, mark)]
                    at = mark.end
                continue
            if match is None:
                return
            stop, pieces = self._token(match, end)
            yield begin, stop, pieces
            at = stop

    def _marked(self, where: int, mark: CallMark | Cut) -> Piece:
        if isinstance(mark, Cut):
            return self._edit(where, mark.end, "", mark.rule, mark.why)
        why = f"the call of note {mark.label}"
        return self._edit(where, mark.end, mark.label, "N1", why, PieceKind.CALL)

    def _token(self, match: re.Match[str], end: int) -> tuple[int, list[Piece]]:
        """Where a token ends and what it means. ``end`` is where the span ends."""
        a, b = match.span()
        match match.lastgroup:
            case "escape":
                self.layout.append(Span(a, a + 1))
                return b, [self._kept(a + 1, b)]
            case "math":
                return b, self._math(a, b)
            case "formula" if is_formula(match):
                return b, self._formula(match)
            case "formula":
                self.layout.append(Span(a, a + 1))
                return a + 2, [self._kept(a + 1, a + 2)]
            case "code" | "star" | "strike":
                return b, [self._kept(a, b, PieceKind.MARKUP)]
            case "entity":
                after = html.unescape(match.group())
                return b, [
                    self._edit(a, b, after, "L905", "HTML entity")
                    if after != match.group()
                    else self._kept(a, b)
                ]
            case "comment":
                return b, [self._edit(a, b, "", "L901", "HTML comment")]
            case "address":  # Markdown's own marks around an address
                self.layout += [Span(a, a + 1), Span(b - 1, b)]
                return b, [self._kept(a + 1, b - 1)]
            case "link":
                return b, self._link(match)
            case "hard":
                at = self.source.index("\n", a)
                self.layout.extend(s for s in (Span(a, at), Span(at + 1, b)) if len(s))
                return b, [self._kept(at, at + 1)]
            case "soft":
                return b, [self._line_end(a, b)]
            case _:
                return b, self._tag(match)

    def _math(self, a: int, b: int) -> list[Piece]:
        """A formula is kept; plain numbers and raised ones, which some engines write as formulas, are text."""
        formula = self.source[a:b]
        if NUMBERS.fullmatch(formula):
            return [self._edit(a, b, plain_number(formula), "C902", "number written as a formula")]
        if m := RAISED_NUMBERS.fullmatch(formula):
            lo, hi = a + m.start("inner"), a + m.end("inner")
            why = "raised number written as a formula"
            return [
                self._edit(a, lo, "^", "C902", why, PieceKind.MARKUP),
                self._kept(lo, hi),
                self._edit(hi, b, "^", "C902", why, PieceKind.MARKUP),
            ]
        return [self._kept(a, b, PieceKind.MARKUP)]

    def _formula(self, match: re.Match[str]) -> list[Piece]:
        """A formula between TeX's own brackets, as Markdown writes it."""
        group, mark = ("inline", "$") if match["inline"] else ("display", "$$")
        (a, b), (lo, hi) = match.span(), match.span(group)
        while self.source[lo].isspace():
            lo += 1
        while self.source[hi - 1].isspace() or LONE_BACKSLASH.match(self.source, hi - 2):
            hi -= 1
        number = f"${self.source[lo:hi]}$"
        if group == "inline" and NUMBERS.fullmatch(number):
            return [self._edit(a, b, plain_number(number), "C902", "number written as a formula")]
        return [
            self._edit(a, lo, mark, "L217", "brackets of a formula", PieceKind.MARKUP),
            self._kept(lo, hi, PieceKind.MARKUP),
            self._edit(hi, b, mark, "L217", "brackets of a formula", PieceKind.MARKUP),
        ]

    def _link(self, match: re.Match[str]) -> list[Piece]:
        """A link is kept as it is, its text readable as text."""
        a, b = match.span()
        lo, hi = match.span("text")
        inner = list(self._pieces(lo, hi)) if hi > lo else []
        return [self._kept(a, lo, PieceKind.MARKUP), *inner, self._kept(hi, b, PieceKind.MARKUP)]

    def _line_end(self, a: int, b: int) -> Piece:
        """A line end inside a paragraph: nothing between Han characters, else a space."""
        before, behind = self.source[a - 1 : a], self.source[b : b + 1]
        is_broken = before == ">" and _BREAK_TAG.search(self.source, max(0, a - 8), a) is not None
        is_han = HAN_SIDE.match(before or "") or HAN_SIDE.match(behind or "")
        joint = "" if is_broken or is_han else " "
        return self._edit(a, b, joint, "L101", "line end inside a paragraph")

    def _is_behind_end_tag(self, at: int) -> bool:
        begin = self.source.rfind("<", max(0, at - 12), at)
        return begin >= 0 and self.source.startswith("</", begin) and self.source[at - 1] == ">"

    def _tag(self, match: re.Match[str]) -> list[Piece]:
        a, b = match.span()
        name = match["name"].lower()
        if name == "br":
            return [self._edit(a, b, "\n", "L902", "line break tag")]
        if name in _TAG_MARKS:
            return [self._edit(a, b, _TAG_MARKS[name], "L903", "inline tag", PieceKind.MARKUP)]
        if name in _PARTING_TAGS and match.group()[1] != "/" and self._is_behind_end_tag(a):
            return [self._edit(a, b, "\n", "L902", "line break tag")]
        if _PASSING_TAG.fullmatch(name):
            return [self._edit(a, b, "", "L904", "tag without a meaning for the text")]
        return [self._kept(a, b)]
