"""A stretch of a wiki's web page, as other tools than Pandoc write it: italics with signs that are none beside a Han character,
links whose addresses have spaces.

Comes in: the source, a span of it. Goes out: a ``Traced``. Refused: an underscore without its fellow.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import ClassVar

from pipeline.document.traced import Piece, PieceKind
from pipeline.recovery.markdown.inline import token_pattern
from pipeline.recovery.wiki_markdown.text.inline import OWN_SIGNS, OWN_TOKENS, WikiInline

_MARKED = r"[^\s_](?:[^_\n]{0,80}[^\s_])?"
_HAN = r"[\u3400-\u9fff，。、；：（）「」《》“”]"
_TOKEN = token_pattern(
    rf"(?P<underscored>(?<={_HAN})_{_MARKED}_(?![A-Za-z0-9_])|(?<!\w)_{_MARKED}_(?={_HAN}))"
    r"|(?P<spaced>(?<!!)\[(?P<words>[^\[\]\n]{1,200})\]\((?P<gaps>https?://[^()\s\"<>]+(?:[ ][^()\s\"<>]+)+)\))"
    r"|(?P<raised>(?<=[\w)])\^[0-9A-Za-z+−–-]{1,12}\^|(?<=[A-Za-z)\u3400-\u9fff])~[0-9A-Za-z+\u3400-\u9fff−-]{1,8}~(?!~))"
    rf"|{OWN_TOKENS}",
    OWN_SIGNS + "^",
)
_PANDOC = re.compile(r"[\])`]\{[.#=]|\]\{[a-z]+=|(?m:^ *:{3,})")
_LINK_IN_CODE = re.compile(r"\[(?P<words>[^\[\]`\n]+)\]\(/w(?:iki)?/[^()\s`]*[ ]\"[^\"`\n]*\"\)")
_WHY = "sign of italics that is none beside a Han character"


class PageInline(WikiInline):
    """Reads spans of a page."""

    tokens: ClassVar[re.Pattern[str]] = _TOKEN

    def _token(self, match: re.Match[str], end: int) -> tuple[int, list[Piece]]:
        a, b = match.span()
        match match.lastgroup:
            case "underscored":
                return b, [self._italics(a, a + 1), *self._pieces(a + 1, b - 1), self._italics(b - 1, b)]
            case "star" if match.group()[0] == "_":
                return b, [self._italics(a, b)]
            case "code" if _LINK_IN_CODE.search(match.group()):
                return b, self._code(a, b)
            case "raised" if self._is_pandoc:
                ends = (self._kept(at, at + 1, PieceKind.MARKUP) for at in (a, b - 1))
                return b, [next(ends), *self._pieces(a + 1, b - 1), next(ends)]
            case "raised":
                return a + 1, [self._kept(a, a + 1)]
            case "spaced":
                (lo, hi), (begin, stop) = match.span("words"), match.span("gaps")
                address = match["gaps"].replace(" ", "%20")
                return b, [
                    self._kept(a, lo, PieceKind.MARKUP),
                    *self._pieces(lo, hi),
                    self._kept(hi, begin, PieceKind.MARKUP),
                    self._edit(begin, stop, address, "L201", "spaces of an address", PieceKind.MARKUP),
                    self._kept(stop, b, PieceKind.MARKUP),
                ]
        return super()._token(match, end)

    def _code(self, start: int, end: int) -> list[Piece]:
        """Code with links inside, which show in code: their words stay."""
        pieces: list[Piece] = []
        at = start
        for m in _LINK_IN_CODE.finditer(self.source, start, end):
            a, b = m.span("words")
            pieces += [
                self._kept(at, m.start(), PieceKind.MARKUP),
                self._edit(m.start(), a, "", "L201", "link in code"),
                self._kept(a, b, PieceKind.MARKUP),
                self._edit(b, m.end(), "", "L201", "link in code"),
            ]
            at = m.end()
        return [*(piece for piece in pieces if len(piece.span)), self._kept(at, end, PieceKind.MARKUP)]

    @cached_property
    def _is_pandoc(self) -> bool:
        """Whether Pandoc wrote it in its own Markdown, which raises and lowers with plain signs."""
        return _PANDOC.search(self.source) is not None

    def _italics(self, start: int, end: int) -> Piece:
        return self._edit(start, end, "*" * (end - start), "L210", _WHY, PieceKind.MARKUP)
