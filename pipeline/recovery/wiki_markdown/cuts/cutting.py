"""What a wiki export carries that is no text, gathered: templates, pictures it lost, parts of its page; comments, notes that broke.

Comes in: the source. Goes out: cuts by their place, and findings where words went away with them. Refused: guessing what
a template had said.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.markdown.inline import Cut
from pipeline.recovery.wiki_markdown.cuts.found import FENCED, Found, Part, all_gone, gone
from pipeline.recovery.wiki_markdown.cuts.galleries import galleries
from pipeline.recovery.wiki_markdown.cuts.lost_tables import lost_tables
from pipeline.recovery.wiki_markdown.cuts.pictures import pictures
from pipeline.recovery.wiki_markdown.cuts.plain_page import names_sections
from pipeline.recovery.wiki_markdown.cuts.raw_marks import raw_marks
from pipeline.recovery.wiki_markdown.cuts.spaces import idle_spaces
from pipeline.recovery.wiki_markdown.cuts.templates import templates
from pipeline.recovery.wiki_markdown.cuts.twice_told import twice_told
from pipeline.recovery.wiki_markdown.cuts.webpage import web_cuts
from pipeline.recovery.wiki_markdown.tables.wikitext import wikitext_tables
from pipeline.recovery.wiki_markdown.verse import TAG
from pipeline.recovery.wording.occurrence import matches

_COMMENT = re.compile(r"<!--(?s:.{0,5000}?)-->")
_ESCAPED_COMMENT = re.compile(r"\\<\\!--(?:(?!\n\n)[\s\S]){0,2000}?--\\>")
_SWITCH = re.compile(r"__[A-Z]{3,20}__")
# An item that holds but items.
_NO_PARENT = re.compile(r"(?m)^[ \t]*(?P<cut>[-*+][ \t]+)(?=[-*+][ \t]+\S)(?![-*+ \t]+$)")
_SCRIPTS_OPEN = re.compile(r"(?m)^[ \t]*\\?-\{(?:zh(?:-[a-z]{2,4})?[ \t;]*)+\|[ \t]*$")
_KEPT_OPEN = re.compile(r"\\?-\{(?=\n[ \t]*\n)")
_SCRIPTS_CLOSE = re.compile(r"(?m)^[ \t]*\}-[ \t]*")
_NO_PICTURE = re.compile(r"(?m)^[ \t]*(?:[-*+][ \t]+)?\[\][ \t]*$")  # of a page as plain text
_FOLDED = re.compile(
    r"<div class=\"NavContent\"[^<>]*>(?:\s|\\>展[開开]|</?(?:center|div)\b[^<>]*>)*(?=\n|\Z)"
)
_OBJECT = re.compile("\N{OBJECT REPLACEMENT CHARACTER}")
_NOWIKI = re.compile(r"\\<\\?/?nowiki ?/?\\?>")  # the author's, that no wikitext stand there
_SIGN = re.compile("[ⓦⓇ](?<=[^>\\s].)(?=</a>)")  # says where a link leads
_LOST_NOTE = re.compile(  # with what a citation's template left in it
    r"[ \t]*<ref\b[^<>]*>(?P<inside>(?:(?!</?ref\b)[\s\S]){0,3000}?)</ref>", re.IGNORECASE
)
_ESCAPED_NOTE = re.compile(r"\\<ref\b[^<>\n]{0,100}\\>(?:\\?</ref\\?>)?")  # one that is called again
_FIELD = re.compile(r"(?m)^[ \t`]*\|\s*[a-z]{3,20}\s*=|\}\}\s*\Z")
_NO_ITEM = "an item of the list has lost all words. Add them."
_NO_BOX = "what a folded box held is missing. Add it below the box's name."
_NO_OBJECT = "a picture or the mark of a note is not there. Look for it."
_PARTS = (
    Part(_NO_PARENT, ("-   - ",), "L203", "mark of an item without words", "L229", _NO_ITEM),
    Part(_FOLDED, ('"NavContent"',), "L203", "folded box without words", "L229", _NO_BOX),
    Part(
        _OBJECT, ("\N{OBJECT REPLACEMENT CHARACTER}",), "L202", "object that is not there", "L223", _NO_OBJECT
    ),
    Part(_COMMENT, ("<!--",), "L206", "comment"),
    Part(_ESCAPED_COMMENT, ("\\!--",), "L206", "comment"),
    Part(_SWITCH, ("__",), "L207", "switch of the wiki"),
    Part(_SIGN, ("</a>",), "L201", "sign at a link"),
    Part(TAG, ("poem",), "L904", "tag without a meaning for the text"),
    Part(_NOWIKI, ("nowiki",), "L904", "tag without a meaning for the text"),
)


@dataclass
class Cuts:
    """Where the source is cut, and what to tell about it."""

    at: dict[int, Cut] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    tables: tuple[Span, ...] = ()  # of wikitext, that can be read

    @cached_property
    def ordered(self) -> list[Span]:
        """The stretches, in order."""
        return [Span(start, cut.end) for start, cut in sorted(self.at.items())]

    def behind(self, start: int) -> int:
        """Where a text begins: behind a cut that a mark of Markdown reached into."""
        k = bisect_right(self.ordered, Span(start, sys.maxsize)) - 1
        return (
            self.ordered[k].end if k >= 0 and self.ordered[k].start < start < self.ordered[k].end else start
        )

    def beside(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretch without what is cut out of it: a cut may end in the middle of a line."""
        at = start
        for cut in self.ordered[max(0, bisect_right(self.ordered, Span(start, start)) - 1) :]:
            if cut.start >= end:
                break
            if cut.end <= at:
                continue
            if cut.start > at:
                yield at, cut.start
            at = cut.end
        if at < end:
            yield at, end


def find_cuts(source: str) -> Cuts:
    """Everything that goes away. Stretches do not overlap: the first and widest wins."""
    cuts = Cuts(tables=tuple(wikitext_tables(source)))
    found = sorted(
        [
            *templates(source),
            *raw_marks(source),
            *lost_tables(source, cuts.tables),
            *_outside_code(
                chain(
                    pictures(source),
                    galleries(source),
                    _lost_notes(source),
                    _scripts(source),
                    _plain_cuts(source),
                    web_cuts(source),
                    twice_told(source),
                ),
                source,
            ),
        ],
        key=lambda f: (f[0], -f[1].end),
    )
    at = 0
    for start, cut, finding in found:
        if start < at:
            continue
        cuts.at[start] = cut
        at = cut.end
        if finding is not None:
            cuts.findings.append(finding)
    return cuts


def _outside_code(found: Iterable[Found], source: str) -> Iterator[Found]:
    """Those that do not stand in a fence of code; wikitext that Pandoc passed on stands in fences, too."""
    fences = [m.span() for m in FENCED.finditer(source) if "{=" not in m.group()[:12]]
    return (f for f in found if not any(begin < f[0] < end for begin, end in fences))


def _plain_cuts(source: str) -> Iterator[Found]:
    yield from all_gone(_PARTS, source)
    yield from idle_spaces(source)
    for m in matches(_NO_PICTURE, source, "[]") if names_sections(source) else ():
        yield gone(m.span(), "L202", "picture that is not there")


def _lost_notes(source: str) -> Iterator[Found]:
    """Notes that were not converted because their citation broke."""
    missing = "a note was not converted, and its text is missing. Add it."
    for m in matches(_ESCAPED_NOTE, source, "\\<ref"):
        yield gone(m.span(), "L203", "note that broke", "L233", missing)
    for m in matches(_LOST_NOTE, source, "<ref"):
        if not m["inside"].strip() and "\n" in m["inside"]:
            yield gone(m.span(), "L203", "note that broke", "L233", missing)
        elif _FIELD.search(m["inside"]):
            words = " ".join(re.sub(r"[`{}]", "", m["inside"]).split())[:200]
            message = f"a note was not converted: «{words}». Add it."
            yield gone(m.span(), "L203", "note that broke", "L233", message)


def _scripts(source: str) -> Iterator[Found]:
    """The ends of a stretch of paragraphs that is shown to readers of some scripts, or never converted."""
    for pattern, sign, why in (
        (_SCRIPTS_OPEN, "-{zh", "scripts that the paragraphs are shown in"),
        (_KEPT_OPEN, "-{\n", "mark of paragraphs that are not converted"),
    ):
        for m in matches(pattern, source, sign):
            if close := _SCRIPTS_CLOSE.search(source, m.end()):
                yield gone(m.span(), "L211", why)
                yield gone(close.span(), "L211", why)
