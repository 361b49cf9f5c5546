"""Formulas that a tool wrote twice or three times: the page holds each as signs, as TeX and as a picture.

Comes in: the source. Goes out: cuts that leave the picture, whose text is the TeX. Refused: signs that are not the TeX's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.recovery.wiki_markdown.cuts.found import Found, gone

_STYLE = r"\{\\{1,2}(?:display|text)style"
_TEX = re.compile(
    rf"{_STYLE}[ ]?(?P<tex>(?:(?!{_STYLE}|\n[ \t]*\n|[\u3400-\u9fff]).){{1,1500}}?)\}}\s*(?=(?:\$|!)?\[?(?:!\[|\$))",
    re.DOTALL,
)
_PICTURE = re.compile(rf"!\[(?:Image [0-9]+: )?{_STYLE}")
_TICKED = re.compile(rf"\$`{_STYLE}[^`]*`\$\s*(?={_PICTURE.pattern})")
_DOLLARS = re.compile(
    rf"\[?\$\{{\\(?:display|text)style[^$\n]*\}}\$(?:\]\{{[^{{}}\n]*\}})?\s*(?={_PICTURE.pattern})"
)
_COMMAND = re.compile(r"\\+[A-Za-z]+")
_SIGNS = 300  # characters before the TeX
_WHY = "formula that is told again"


def twice_told(source: str) -> Iterator[Found]:
    """What stands before the picture of each formula and says the same."""
    if "/math/render/" not in source:
        return
    for m in (*_TICKED.finditer(source), *_DOLLARS.finditer(source)):
        yield gone(m.span(), "L217", _WHY)
    for m in _TEX.finditer(source):
        if (
            _PICTURE.match(source, m.end())
            and source[m.start() - 1 : m.start()] not in ("[", " [")
            and "![" not in m.group()
        ):
            yield gone((_begin(source, m.start(), m["tex"]), m.end()), "L217", _WHY)


def _begin(source: str, at: int, tex: str) -> int:
    """Where the formula's signs begin: back as far as letters and digits are those of the TeX."""
    wanted = re.sub(r"[^A-Za-z0-9]", "", _COMMAND.sub("", tex))
    got, begin = "", at
    for i in range(at - 1, max(-1, at - _SIGNS), -1):
        c = source[i]
        if "\u3000" <= c <= "\u9fff" or c in "，。；：（）「」“”" or source.startswith("\n\n", i):
            break
        if c.isascii() and c.isalnum():
            got = c + got
            if not wanted.endswith(got):
                break
        if got == wanted and not c.isspace():
            begin = i
    return begin
