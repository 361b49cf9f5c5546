"""Spaces beside a mark that has its own room, behind a call, between two.

Comes in: the source. Goes out: cuts, with a finding where words between may have gone. Refused: a space between two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.recovery.wiki_markdown.cuts.found import Found, gone

_MARK, _CALL = "[，。、；：]", r"[0-9]\\\]"
_CLOSING = "[，。、；：！？」』》）]"
_PLACES = (  # what stands before it, how many spaces it may have, what stands behind it
    (r"[^\s\-*+.>|#:]", " {1,4}", _CLOSING),  # no sign of Markdown's
    (r"[^\s*]\*\*", " {1,4}", _CLOSING),
    ("[，。、；：「『《〈]", " ", r"\[?[\u3400-\u9fff《「『“〈（●○※①-⑳]"),
    (_MARK, " ", "[0-9A-Za-z]"),
    (_CALL, " ", r"\[?[\u3400-\u9fff「『“〈●○※①-⑳]"),
    (_CALL, " ", r"[0-9]{1,4}[\u3400-\u9fff]"),
    (_CALL, " ", r"\\\[[0-9]{1,3}\\\]"),
)
_SPACE = re.compile("(?= )(?:" + "|".join(f"(?<={a}){spaces}(?={b})" for a, spaces, b in _PLACES) + ")")
_LEADS = re.compile(r"[為为是作即如稱称叫和或與与以發发讀读成] +[，。、；）」』]")


def idle_spaces(source: str) -> Iterator[Found]:
    """Spaces that go."""
    for m in _SPACE.finditer(source):
        message = f"«{source[m.start() - 1 : m.end() + 1]}»: words between may be missing. Look for them."
        told = ("L229", message) if _LEADS.match(source, max(0, m.start() - 1)) else ()
        yield gone(m.span(), "L236", "space beside a full-width mark", *told)
