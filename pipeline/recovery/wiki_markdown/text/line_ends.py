"""Line ends inside a paragraph of a wiki export: nothing, a space, or the author's.

Comes in: the source, a line end, whether the export cut its lines. Goes out: a piece. Refused: short lines of an export that
cuts none; they may be a list, and stay.
"""

from __future__ import annotations

import re
from functools import cached_property

from pipeline.document.traced import Piece
from pipeline.recovery.markdown.inline import TARGET, CallMark
from pipeline.recovery.wiki_markdown.cuts.found import PANDOC_LINK
from pipeline.recovery.wiki_markdown.text.links import LinkInline
from pipeline.recovery.wiki_markdown.text.wrapping import FULL_STOP, shows_space
from pipeline.recovery.wiki_markdown.verse import are_verses

_LINES_OF_ITEM = 12
_LONG_LINE = 80  # characters: no entry of a list is as long
_LINK_TARGET = re.compile(TARGET)
_WORD_AHEAD = re.compile(r"\[?[\u3400-\u9fff]")
_BULLET = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,3}[.)])[ \t]+(?=\S)")
_CODE_ENDS, _CODE_BEGINS = ("`", PANDOC_LINK), ("`", "[`")
_WORD = re.compile(r"\S+")
_PANDOC_COLUMNS = 72  # of its lines; a Han character takes two


def _columns(text: str) -> int:
    return len(text) + sum("\u2e80" < char < "\uffe0" for char in text)


class LineEndInline(LinkInline):
    """Reads line ends."""

    wrapped: bool  # the export cut lines at spaces; else a line end is the author's

    def _line_end(self, a: int, b: int) -> Piece:
        """A line end of the author's is kept: between lines of code, and where the export wraps no lines."""
        if self.source[max(0, a - 8) : a].endswith(("<br>", "<br/>", "<br />", "```")):
            return super()._line_end(a, b)
        if self.source.endswith("<poem>", 0, a) or self.source.startswith("</poem>", b):
            return self._edit(a, b, "", "L101", "line end beside a tag")
        is_code = self.source.endswith(_CODE_ENDS, 0, a) and self.source.startswith(_CODE_BEGINS, b)
        is_between_verses = self._is_between_verses(a, b)
        if isinstance(self.marks.get(b), CallMark) and not is_between_verses:
            return self._edit(a, b, "", "L101", "line end inside a paragraph")
        wrapped = self.wrapped or (self._is_of_pandoc and self._is_full(a, b) and self._is_in_item(a, b))
        if wrapped and not is_code and not is_between_verses:
            before = self._before_calls(a)
            if before < a and FULL_STOP.match(self.source, before - 1):
                return self._edit(a, b, "", "L101", "line end inside a paragraph")
            if shows_space(self.source, before, a, b):
                return self._edit(a, b, " ", "L101", "line end inside a paragraph")
            return super()._line_end(a, b)
        if self._is_prose(a, b) if self._is_of_pandoc else self._is_in_item(a, b):
            return super()._line_end(a, b)
        return self._edit(a, b, "\n", "L101", "line end that the author made")

    def _is_between_verses(self, a: int, b: int) -> bool:
        if self.source[b - 1] != " ":  # they stand indented
            return False
        begin, end = self.source.rfind("\n", 0, a) + 1, self.source.find("\n", b)
        return are_verses(self.source[begin:a], self.source[b : end if end >= 0 else len(self.source)])

    def _is_prose(self, a: int, b: int) -> bool:
        """Whether two long lines meet, the second begun by a word: wikitext shows them as one."""
        begin, end = self.source.rfind("\n", 0, a) + 1, self.source.find("\n", b)
        lines = self.source[begin:a], self.source[b : end if end >= 0 else len(self.source)]
        return _WORD_AHEAD.match(lines[1]) is not None and all(
            len(_LINK_TARGET.sub("", line)) >= _LONG_LINE for line in lines
        )

    def _is_in_item(self, a: int, b: int) -> bool:
        """Whether a line end stands in an item of a list, where wikitext allows none: a tool made it, but no Pandoc."""
        if self.source[b - 1] not in " \t":
            return False
        for _ in range(_LINES_OF_ITEM):
            begin = self.source.rfind("\n", 0, a) + 1
            if _BULLET.match(self.source, begin, a):
                return True
            if begin == 0 or self.source[begin] not in " \t":
                return False
            a = begin - 1
        return False

    def _is_full(self, a: int, b: int) -> bool:
        """Whether the next word had no room on a line: then the export ended it, and not the author."""
        word = _WORD.match(self.source, b)
        line = self.source[self.source.rfind("\n", 0, a) + 1 : a]
        return _columns(line) + 1 + _columns(word[0] if word is not None else "") > _PANDOC_COLUMNS

    @cached_property
    def _call_ends(self) -> dict[int, int]:
        return {mark.end: at for at, mark in self.marks.items() if isinstance(mark, CallMark)}

    def _before_calls(self, at: int) -> int:
        """Where the text ends whose calls end here."""
        while (begin := self._call_ends.get(at)) is not None:
            at = begin
        return at
