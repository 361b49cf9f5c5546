"""Which lines are the list of contents that the source printed with its page numbers?

Comes in: the source's chunks. Goes out: the lines and their heading. Refused: fewer than three such lines.
"""

from __future__ import annotations

import re

from pipeline.recovery.markdown.chunks import LINES, ChunkKind
from pipeline.recovery.ocr_markdown.pages.edges import LEAST, Paper

_LEADER = re.compile(
    r"\s*\S.{1,60}?\s*(?:[.．·•]\s?){3,}\s*[(（]?[0-9]{1,4}[)）]?\s*$|\s*\S.{1,60}?…{2,}\s*[(（]?[0-9]{1,4}[)）]?\s*$"
)
_CONTENTS = re.compile(r"[\s*_]*(?:目\s*[錄录次]|Contents)[\s*_]*$", re.IGNORECASE)


def find_contents(paper: Paper) -> list[int]:
    """The source's list of contents: lines with leaders to page numbers, three at least, and its heading."""
    source, chunks = paper.source, paper.chunks
    lines = [
        i
        for i, chunk in enumerate(chunks)
        if chunk.kind in (*LINES, ChunkKind.ITEM)
        and all(_LEADER.match(line) for line in source[chunk.start : chunk.end].strip().split("\n"))
    ]
    if sum(source.count("\n", chunks[i].start, chunks[i].end) + 1 for i in lines) < LEAST:
        return []
    first = lines[0] - 1
    if first >= 0 and _CONTENTS.match(source, chunks[first].inner, chunks[first].tail):
        lines.insert(0, first)
    return lines
