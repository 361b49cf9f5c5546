"""Galleries of a wiki export: several pictures with their captions, between tags or without.

Comes in: the source. Goes out: cuts, and a finding for each gallery that keeps the captions' words. Refused: a picture's name
in a sentence or a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.recovery.wiki_markdown.cuts.captions import NAMED, NAMES, PICTURE_NAME, lost_picture, words_of
from pipeline.recovery.wiki_markdown.cuts.found import Found, gone
from pipeline.recovery.wording.occurrence import has_any, occurring

_PAGES = tuple(dict.fromkeys(f"{name}:" for given in NAMES for name in (given, given.lower())))
_ENDING = r"\.(?:jpe?g|png|gif|svg|tiff?|webp)\\?\|"
_BARE_NAME = re.compile(_ENDING, re.IGNORECASE)
_NO_LINE = r"[|#>*+\-\[<!]"  # what no line of a bare name begins with
_GALLERY = re.compile(  # whose tags the export took away, if it had any
    r"(?m)<gallery[\s\S]*?</gallery>"
    r"|(?:"
    rf"^[ \t]*(?=<{NAMED}:[^<>\n]*>|\[{NAMED}:[^\n]*?\]\({NAMED}(?::|%3A))"  # its files are links
    rf"|(?:\A|(?<=\n\n))(?![ \t]*{_NO_LINE})(?=(?:(?!\n[ \t]*\n)[^|。！？；：「《\[\]<=])*?{_ENDING})"  # or bare names
    r")(?:[^\n]+(?:\n(?![ \t]*\n))?)+"
    rf"|^[ \t]*{NAMED}:{PICTURE_NAME}[ \t]*(?:\|[^\n]*)?$",  # or it is one picture on its line
    re.IGNORECASE,
)
_FILE = re.compile(  # the name before a caption
    rf"<{NAMED}:[^<>\n]*>[^|\n]*(?:\n[^|\n]*(?=\|))?\|?|\[{NAMED}:[^\[\]|\n]*\|?|^[^|\n<\[]*(?:{_ENDING}|{PICTURE_NAME}$)",
    re.IGNORECASE | re.MULTILINE,
)
_FILE_AGAIN = re.compile(  # the end of a link that a file became
    rf"\]\({NAMED}(?::|%3A)[^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)", re.IGNORECASE
)
_CENTRED = re.compile(r"(?<=\|)\s*<center>\s*(?P<caption>[^<>\n]{1,200}?)\s*</center>[ \t]*")
_TAG = re.compile(r"</?gallery\b[^<>]*>", re.IGNORECASE)


def galleries(source: str) -> Iterator[Found]:
    """Galleries, and single pictures that have a line as those of a gallery have."""
    for m in _GALLERY.finditer(source) if _may_hold_one(source) else ():
        captions = [words_of(part) for part in _FILE.split(_FILE_AGAIN.sub("", _TAG.sub("", m.group())))]
        end = m.end()
        # The caption of the last may stand in a block of its own.
        if below := _CENTRED.match(source, end):
            captions.append(words_of(below["caption"]))
            end = below.end()
        yield _gallery(m.start(), end, [caption for caption in captions if caption])


def _may_hold_one(source: str) -> bool:
    pages = occurring(_PAGES, source)
    return (
        "<gallery" in source
        or has_any(source, [lead + page for page in pages for lead in "<[\n "])
        or _BARE_NAME.search(source) is not None
    )


def _gallery(start: int, end: int, captions: list[str]) -> Found:
    if len(captions) < 2:
        return lost_picture(start, end, "".join(captions))
    message = f"pictures are not there, with the captions «{'; '.join(captions)}». Add both if you have them."
    return gone((start, end), "L202", "pictures that are not there", "L223", message)
