"""Emphasis of a wiki export: wikitext's quotes, marks that a tool doubled or converted by half.

Comes in: the source, where the marks stand. Goes out: pieces, with a finding where the words between two marks are missing. Refused:
more than five quotes.
"""

from __future__ import annotations

import re

from pipeline.document.manuscript import Finding
from pipeline.document.traced import Piece, PieceKind
from pipeline.location import Span
from pipeline.recovery.wiki_markdown.text.line_ends import LineEndInline

EMPHASIS_TOKENS = (
    r"(?P<half>(?<=\S)\*\*''(?!'))"
    r"|(?P<roomy>(?<![^\n>])(?P<sign>'{2,3})(?: +(?P<within>[^'\n]{1,80}?) *|(?P<inside>[^'\n]{1,80}?) +)(?P=sign)(?=<|[ \t]*(?:\n|\Z)))"
    r"|(?P<empty>(?<!')'{6}(?!'))"
    r"|(?P<quotes>(?<![^\s（「《])'{2,5}[ ](?=\S)|'{2,5})"
    r"|(?P<doubled>(?<!\*)\*{4}(?:\*\*)?(?!\*))"
)
_LONGEST_EMPHASIS = 120  # characters
_OPENED = re.compile(r"(?<!\*)(\*{1,2})(?=[^\s*])[^*\n]*(?<=\S)\Z")
_CLOSED = re.compile(r"(?=\S)[^*\n]{1,80}(?<=[^\s*])(\*{1,2})(?!\*)")
_OPENING, _CLOSING = tuple("：（，、「『《“ "), tuple("（）），。、；：」』》”")
_EMPTY = ("**", "****", "******")


class EmphasisInline(LineEndInline):
    """Reads emphasis."""

    def _token(self, match: re.Match[str], end: int) -> tuple[int, list[Piece]]:
        a, b = match.span()
        match match.lastgroup:
            case "half" if self._closes_three(a):
                why = "half of the marks was not converted"
                return b, [self._edit(a, b, "***", "L210", why, PieceKind.MARKUP)]
            case "half":
                return a + 2, [self._kept(a, a + 2, PieceKind.MARKUP)]
            case "roomy":
                return b, self._roomy(match)
            case "quotes":
                return b, [self._quotes(match)]
            case "star" if match.group() == "***" and (first := self._closes_and_opens(match)):
                at = a + first
                return b, [self._kept(a, at, PieceKind.MARKUP), self._kept(at, b, PieceKind.MARKUP)]
            case "star" | "doubled" | "empty" if self._holds_nothing(match):
                message = "the words between two marks of emphasis are missing. Add them."
                self.findings.append(Finding("L229", message, Span(a, b)))
                return b, [self._edit(a, b, "", "L219", "emphasis of nothing")]
            case "doubled":  # one word in bold type behind another
                return b, [self._kept(at, at + 2, PieceKind.MARKUP) for at in range(a, b, 2)]
        return super()._token(match, end)

    def _holds_nothing(self, match: re.Match[str]) -> bool:
        """Whether two marks of emphasis touch between punctuation, or are wikitext's: a template between them is gone."""
        if match.lastgroup == "empty":
            return True
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
