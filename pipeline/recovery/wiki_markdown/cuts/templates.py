"""Templates of a wiki export, ``{{…}}``: which go, and which show words.

Comes in: the source. Goes out: cuts, and findings where words went away with them. Refused: templates whose text a
reader saw (``{{lang|en|…}}``): ``inline`` keeps that text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.markdown.formulas import FORMULA_TOKEN
from pipeline.recovery.markdown.inline import Cut
from pipeline.recovery.wiki_markdown.cuts.found import Found, gone
from pipeline.wiki_words import SPEAKING

_LONGEST = 20_000  # characters of a template
_SILENT = re.compile(  # templates without words of their own in the text
    r"\{\{\s*(?:-|clear|clr|reflist|notelist|refbegin|refend|portal|commons|wikisource|wiktionary|main|see ?also|about|otheruses|"
    r"short description|use dmy|coord|authority control|stub|toc|noteta|noteTA|cite|citation|sfn|efn|redirect|"
    r"anchor|toc limit|div col|col-(?:begin|[0-9]|break|end)|notefoot|簡繁轉換|简繁转换|defaultsort:|according to whom|消歧義|参考资料|參考資料|主條目|主条目|導航|导航|navbox|infobox|featured|good article|.{0,12}小作品|.{0,16}navbox|.{0,16}導航)",
    re.IGNORECASE,
)
TAGGED = re.compile(r"\{\{\s*\\?#tag:ref\s*\|", re.IGNORECASE)  # a note: ``inset_notes``
# A mark as itself.
MARK = re.compile(
    r"\{\{\s*(?P<inner>[〈〉《》「」『』（）“”‘’·・•、。，：；！？…—～=→←↑↓↔⇒⇔×÷±≠≤≥★☆●○◎◆◇■□▲△▼▽]{1,3})\s*\}\}"
)
_BRACES = re.compile(  # no template goes over a heading, out of a cell or into code and formulas
    rf"(?:\{{\{{|\}}\}}|(?P<stop>^\#|</t[dh]>)|{FORMULA_TOKEN}|\{{\\{{1,2}}(?:display|text)style[^\n]*"
    r"|(?<=<span class=\"math inline\">)\$[^$\n]{1,3000}\$|`[^`\n]*`(?!\{{=))",
    re.MULTILINE,
)
_BRACES_BEGIN = re.compile(r"[{}#<\\$`]")
_OPENING = re.compile(  # of a template that shows its words; or in a link's text, all that is left of one
    r"\{\{\s*(?:(?:lang\s*\|\s*[a-z-]{2,8}|nowrap|nobr)\s*\||(?:[a-z]{1,20}|僻字)(?=[^\[\]{}|\n]{0,40}\]\())",
    re.IGNORECASE,
)
_FIELDS = re.compile(r"\s*\\?\|[ \t]*[\w ]{1,30}=")
_FIELD = re.compile(r"\\?\|[ \t]*\w[\w （）()/、-]{0,30}=")
_BREAK = re.compile("(?=\n\n)")  # between paragraphs
# Its value was parted from it.
_BARE_FIELD = re.compile(r"(?m)(?<=\n\n)[ \t]*\\?\|[ \t]*[a-z]\w{1,20}[ \t]*=[ \t]*(?=\n\n)")
_ITEM = re.compile(r"(?m)^[ \t]*(?:[-*+]|[0-9]{1,3}\.)[ \t]+")
_NEAR = 600  # characters before the end of a template
_MANY = 3  # fields: so many stand in no sentence
_CITES = re.compile(r"\{\{\s*(?:cite|citation|vcite|sfn|harv|引用|引文)", re.IGNORECASE)
_CITED = re.compile(  # what a citation shows
    r"\|\s*(?:author|last|first|title|publisher|journal|location|year|date|pages?|id|isbn)[0-9]?\s*=(?P<value>[^|{}]+)"
)


def templates(source: str) -> Iterator[Found]:
    """``{{…}}``, with those inside; ends that lost their beginnings, and the reverse."""
    if "{{" not in source and "}}" not in source:
        return
    pairs, lone = _pairs(source)
    above: _Above | None = None
    at = 0
    for start, end in sorted(pairs):
        if start < at:  # inside another
            continue
        at = end
        if any(kept.fullmatch(source, start, end) for kept in (SPEAKING, MARK)) or TAGGED.match(
            source, start
        ):
            continue
        yield Found(start, Cut(end, "L203", "template"), of_template(source, start, end))
    for start, end in lone:
        above = above or _Above(source)
        if start == end:
            opening = _OPENING.match(source, start)
            end = opening.end() if opening is not None else above.unclosed(start)
        else:
            yield from _bare_fields(source, start)
        if start < end:
            start = above.rest(start)
            left = " ".join(source[start:end].split())[:200]
            message = f"only «{left}» is left of a template. Look for words that are missing."
            yield gone((start, end), "L203", "end of a template", "L221", message)


def _bare_fields(source: str, end: int) -> Iterator[Found]:
    """Names of fields that became paragraphs, before an end on a line of its own."""
    if source.startswith("\n}}", end - 1):
        for m in _BARE_FIELD.finditer(source, max(0, end - _NEAR), end):
            yield gone(m.span(), "L203", "field of a template")


class _Above:
    """What stands above a place, asked of the whole source once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._fields = [m.span() for m in _FIELD.finditer(source)]
        self._breaks = [m.start() for m in _BREAK.finditer(source)]
        self._bold, self._heading = (
            at if (at := source.find(sign)) >= 0 else len(source) for sign in ("**", "\n#")
        )

    def rest(self, end: int) -> int:
        """Where what is left of a template that ends at ``end`` begins."""
        return self._head(self._first_field(end))

    def _paragraph(self, end: int) -> int:
        k = bisect_right(self._breaks, end - 2)
        return self._breaks[k - 1] + 2 if k else 0

    def _first_field(self, end: int) -> int:
        """With the paragraph, where that holds but its fields."""
        source, begin = self.source, self._paragraph(end)
        if _FIELDS.match(source, begin, end) or self._is_hatnote(begin, end):
            return begin
        fields = self._fields[bisect_left(self._fields, (begin, 0)) : bisect_left(self._fields, (end, 0))]
        if len(fields) < _MANY:
            return end
        first = fields[0][0]
        item = next((m.end() for m in reversed(list(_ITEM.finditer(source, begin, end)))), -1)
        return max(first, item) if item >= 0 or "。" in source[begin:first] else begin

    def _head(self, start: int) -> int:
        """Where such a rest begins that holds fields and goes over paragraphs, above all the article's own: with its first field."""
        count = bisect_right(self._fields, (start, start))
        if count < _MANY or self._bold < start or self._heading < start:
            return start
        return self._paragraph(self._fields[0][0])

    def unclosed(self, start: int) -> int:
        """Where a template ends that begins here, above the article, and lost its end: there, if nothing tells it."""
        begin = self._paragraph(self._bold)
        if begin != self._bold or self._heading < begin:
            return start
        fields = bisect_left(self._fields, (begin, 0)) - bisect_left(self._fields, (start, 0))
        return begin if fields >= _MANY else start

    def _is_hatnote(self, begin: int, end: int) -> bool:
        """Whether a line above the first heading is what is left of a template that leads to other pages."""
        if end - begin > _NEAR or self._heading < begin or self.source[end : end + 3] not in ("}}", "}}\n"):
            return False
        line = self.source[begin:end]
        is_line = not any(mark in line for mark in "\n。！？#") and _ITEM.match(line) is None
        return is_line and ("|" in line or self._bold == end + len("}}\n"))


def _pairs(source: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Templates with both their ends, and ends without a partner. TeX has such braces too."""
    opened: list[int] = []
    pairs, lone = [], []
    for m in _braces(source):
        if m["stop"]:
            lone += [(start, start) for start in opened]
            opened.clear()
        elif m.group() == "{{":
            opened.append(m.start())
        elif m.group() == "}}" and opened and m.end() - opened[-1] <= _LONGEST:
            pairs.append((opened.pop(), m.end()))
        elif m.group() == "}}":
            lone.append(m.span())
    return pairs, lone + [(start, start) for start in opened]


def _braces(source: str) -> Iterator[re.Match[str]]:
    """Braces and what stops them. One character is found much faster than one of all their patterns."""
    sign = _BRACES_BEGIN.search(source)
    while sign is not None:
        m = _BRACES.match(source, sign.start())
        if m is not None:
            yield m
        sign = _BRACES_BEGIN.search(source, (m or sign).end())


def of_template(source: str, start: int, end: int) -> Finding | None:
    """What to tell of a template that goes."""
    if not _SILENT.match(source, start):
        name = re.split(r"[|}\n]", source[start + 2 : start + 60])[0].strip()
        message = f"template «{name}» was taken away. Add its words where they are missing."
        return Finding("L221", message, Span(start, end))
    if _CITES.match(source, start) is None:
        return None
    if words := ", ".join(" ".join(f["value"].split()) for f in _CITED.finditer(source, start, end)):
        message = f"a citation was not converted: «{words[:300]}». Write it."
        return Finding("L221", message, Span(start, end))
    return None
