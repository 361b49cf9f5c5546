"""Where a sentence or a citation ends, as the last line of a note or of a paragraph does."""

from __future__ import annotations

import re

from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.wording.marks import CLOSERS, STOPS

# A sentence, and the call of a note behind it.
ENDED = re.compile(rf"[{STOPS}][」』]?[\[［(（〔]?\s?[註注]?\s?(?:[0-9]{{1,3}}|[{CIRCLED}])?[\])）〕］]?$")
# A number follows.
_ABBREVIATED = re.compile(r"(?<![A-Za-z])(?:[Vv]ols?|[Pp]ts?|[Nn]os?|pp?|[Cc]h|[Ff]ig|т|ч|с|№)\.$")


def is_closed(text: str) -> bool:
    """Whether a line ends a sentence or a citation, as a note's last line does; digits behind it are a call.

    >>> is_closed("《橋志》，頁 8。"), is_closed("（河口：書局，1931）12"), is_closed("見《橋志》，頁")
    (True, True, False)
    >>> is_closed("in Hydraulics, vol. 4, pt.")
    False
    """
    bare = text.rstrip("0123456789").rstrip()
    if not bare or bare[-1] not in CLOSERS:
        return False
    return not text.endswith(".") or _ABBREVIATED.search(text) is None
