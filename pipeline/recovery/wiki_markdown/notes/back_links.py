r"""The way back from a note's body to its calls, as each tool writes it: an arrow, and a sign for each place that calls the note.

Comes in: the source with its cuts masked, and where a body begins. Goes out: where its text does. Refused: a sign without an
arrow before it; it may be the body's own.

>>> text_start("[^](#cite_ref-1) 《河志》", 0, 22), text_start("^ ***1.0*** ***1.1*** 《河志》", 0, 26), text_start("a 《河志》", 0, 6)
(17, 22, 0)
"""

from __future__ import annotations

import re

from pipeline.recovery.markdown.inline import TARGET

_TO_CALL = r"\[(?:[^\[\]\n\\]|\\.|\n(?![ \t]*\n))*\]\([^()\s]*#cite_ref(?:[^()\s]|\([^()\s]*\))*\)"  # whatever its words
_ARROWS = (
    rf"\**\[\**\\?[\^↑]\**\]{TARGET}\**",  # linked
    r"\**\\?\^\**(?=[\s\[<])",
    rf"\**{_TO_CALL}\**",
    "↑",
)
_PLACES = (
    rf"(?:<sup>|\^?\(?)\**{_TO_CALL}\**(?:</sup>|\)?\^?)",
    rf"\^?\[\*{{0,3}}(?:[a-z]|[0-9.]+)\*{{0,3}}\]{TARGET}\^?",  # a letter or number, linked
    r"(?:<sup>|\^\(?)?[*_]{1,6}[0-9]{1,3}\.[0-9]{1,2}[*_]{1,6}(?:</sup>|\)?\^|\))?",  # «1.0» in emphasis, raised or not
    r"\^\([0-9]{1,3}\.[0-9]{1,2}\)",
)
_BETWEEN = r"\s|</?span\b[^<>\n]*>|跳[转轉至]*到?："
_BACK_LINKS = re.compile(rf"(?:{_BETWEEN})*(?:{'|'.join(_ARROWS)})(?:{'|'.join((_BETWEEN, *_PLACES))})*")


def text_start(text: str, start: int, end: int) -> int:
    """Where a body's text begins behind what leads back to its calls."""
    m = _BACK_LINKS.match(text, start, end)
    return m.end() if m else start
