"""What a tool says of a wiki's page above it: a clipper's lines of YAML, a service's, an extractor's tag, a browser's title, an address.

Comes in: the source. Goes out: cuts, and where the title stands in them. Refused: an author's own words about the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.recovery.wiki_markdown.cuts.found import Found, gone
from pipeline.recovery.wiki_markdown.cuts.plain_page import EXTRACTED
from pipeline.recovery.wiki_markdown.cuts.site import SITE

_CLIPPER = re.compile(
    r"---[ \t]*\n(?:(?!title:|---)[^\n]*\n)*?title:[ \t]*[\"']?(?P<title>[^\n]*?[^\s\"'])"
    rf"(?:[ \t]*[-–—|][ \t]*(?:{SITE}|Wikipedia|[维維]基百科))?[\"']?[ \t]*\n(?:(?!---)[^\n]*\n)*---[ \t]*(?=\n|\Z)",
    re.IGNORECASE,
)
_OF_SITE = rf"(?:[ \t]*[-–—|_][ \t]*(?:{SITE}|[^\n\-–—|_]{{0,20}}(?:Wiki|百科|[维維]基)[^\n]{{0,40}}|Wiki[a-z]*|Fandom))"
_SERVICE = re.compile(
    rf"\ufeff?Title:[ \t]*(?P<title>[^\n]+?){_OF_SITE}*[ \t]*\n\s*URL Source:[^\n]*\n"
    r"(?:[ \t]*\n|(?:Published Time|Warning|Number of Pages|Description|Image):[^\n]*\n)*\s*Markdown Content:[ \t]*(?:\n|\Z)",
    re.IGNORECASE,
)
_BROWSER = re.compile(  # above the same words as a heading
    r"\s*(?P<line>(?P<title>[^\s#>|*\-][^\n]{0,79}?)[ \t]*[-–—|_][ \t]*[^\n]{0,30}(?:Wiki|[维維]基|百科|Fandom)[^\n]{0,40})\n\s*(?=#[ \t]+(?P=title)[ \t]*\n)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(  # below the title
    r"\s*(?:<!--(?:(?!-->)[\s\S]){0,1000}-->\s*)?(?:#[ \t][^\n]*\n\s*)?(?P<line>(?:>[ \t]?)?(?:(?:Source|来源|來源)[:：][ \t]*)(?:\[[^\[\]\s]+\]\([^()\s]+\)|<?https?://[^\s<>]+>?)|<?https?://[^\s<>]*/wiki/[^\s<>]+>?)[ \t]*(?=\n|\Z)"
)


class Head(NamedTuple):
    """A tool's head: where the title stands in it, and where it ends."""

    title: tuple[int, int]
    end: int
    why: str
    is_of_page: bool = False  # the whole page follows, with its menus


def head_of(source: str) -> Head | None:
    """The head of a tool that tells the title."""
    if m := _CLIPPER.match(source):
        return Head(m.span("title"), m.end(), "what a clipper says of the page")
    if m := _SERVICE.match(source):
        return Head(m.span("title"), m.end(), "what a service says of the page", is_of_page=True)
    if m := EXTRACTED.match(source):
        return Head(m.span("title"), m.end("title"), "what a tool says of the page")
    return None


def page_head(source: str) -> Iterator[Found]:
    """What a tool says of the page, but for the title; below a service's head the page's own cuts begin at the title."""
    if head := head_of(source):
        begin, end = head.title
        yield gone((0, begin), "L213", head.why)
        if end < head.end and not head.is_of_page:
            yield gone((end, head.end), "L213", head.why)
    for line in (_ADDRESS.match(source), _BROWSER.match(source)):
        if line is not None:
            yield gone(line.span("line"), "L213", "line that names the source")
