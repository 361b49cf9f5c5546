"""Which words that an engine wrote with a picture are no caption?

Comes in: the source, its chunks and the picture's place. Goes out: the reason, or nothing. Refused: a word of the author's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.recovery.markdown.chunks import Chunk

_NAME = re.compile(r"[圖图]片|[圖图]像|插[圖图]|[Ii]mages?|[Ff]igures?|[Pp]ictures?")


def why_no_caption(source: str, chunks: Sequence[Chunk], i: int) -> str:
    """A file's name, an engine's word for any picture, or what the caption below says again."""
    words = source[chunks[i].inner : chunks[i].tail]
    if not words:
        return ""
    if words == chunks[i].marker.rsplit("/", 1)[-1]:
        return "file name as a picture's caption"
    if _NAME.fullmatch(words):
        return "an engine's word for a picture"
    beside = chunks[i + 1 : i + 2]
    is_told = any(source[c.inner : c.tail].strip() == words.strip() for c in beside)
    return "caption that stands below the picture" if is_told else ""
