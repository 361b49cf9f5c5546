"""What Pandoc passes on as raw in its own Markdown: templates and tags inside code with an attribute.

Comes in: the source. Goes out: cuts for the marks around a template whose words a reader saw or a tag, and for blocks of other
templates whole. Refused: code of any other format.
Source: Pandoc's manual, extension ``raw_attribute``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.recovery.markdown.inline import Cut
from pipeline.recovery.wiki_markdown.cuts.found import Found, gone
from pipeline.recovery.wiki_markdown.cuts.templates import MARK, of_template
from pipeline.wiki_words import SPEAKING

SIGNS = ("{=mediawiki}", "{=html}")
_FORMAT = r"\{=(?:mediawiki|html)\}"
_BLOCK = re.compile(
    rf"(?m)^[ \t]*(?:(?:[-*+]|[0-9]+\.|:)[ \t]+)?(?P<open>(?P<fence>`{{3,}})[ \t]*{_FORMAT}[ \t]*\n[ \t]*)"
    r"(?P<inner>(?s:.{0,20000}?))(?P<close>\n[ \t]*(?P=fence)[ \t]*(?=\n|\Z))"
)
_INLINE = re.compile(
    rf"(?P<open>(?P<ticks>`+)(?!`)[ ]?)(?P<inner>(?:(?!(?P=ticks))[^\n]|\n(?![ \t]*\n)){{1,2000}}?)(?P<close>[ ]?(?P=ticks){_FORMAT})"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_WHY = "mark of raw text"


def raw_marks(source: str) -> Iterator[Found]:
    """Marks of raw text; blocks that hold a template without words go whole."""
    if not any(sign in source for sign in SIGNS):
        return
    for m in _BLOCK.finditer(source):
        if _shows(m["inner"]):
            yield gone(m.span("open"), "L904", _WHY)
            yield gone(m.span("close"), "L904", _WHY)
        else:
            finding = of_template(source, *m.span("inner"))
            yield Found(m.start("open"), Cut(m.end("close"), "L203", "template"), finding)
    for m in _INLINE.finditer(source):
        if _shows(m["inner"]):
            yield gone(m.span("open"), "L904", _WHY)
            yield gone(m.span("close"), "L904", _WHY)
        else:
            yield Found(m.start(), Cut(m.end(), "L203", "template"), of_template(source, *m.span("inner")))


def _shows(inner: str) -> bool:
    """Whether a reader saw some of it."""
    return any(kept.match(inner) for kept in (SPEAKING, MARK, _TAG))
