"""Conversations and records: who speaks, or what is told («訪談時間：»), stands before a colon, and a paragraph begins with it.

Comes in: the text lines. Goes out: the lines that begin with a speaker or such a label. Refused: labels that the text has within its
lines as well, those of a text in which no two speakers take turns, and a label behind a line that had no room for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.recovery.page_dump.text.profile import Flow
from pipeline.recovery.wording.marks import CLOSERS

_LABEL = re.compile(
    "([\u3400-\u9fff·‧]{1,12}(?:[（(][^（）()]{1,12}[)）])?|[A-Z][A-Za-z0-9.'’]{0,14}(?: [A-Z][A-Za-z.'’]{1,14})?)\\s?[：:](?=\\s?\\S)"
)
_SAYS = "說说道云曰問问答謂谓稱称是為为如"  # a name before one of these is told about, and a verb alone is no name
REACH = 34  # no label is longer
_TOLD = re.compile("[\u3400-\u9fff]{2,8}\\s?[：:](?=\\s?\\S)")
_GOES_ON = "，、；,;（(：:"
ROOM = 4.0  # em short of the measure: the label had room on the line above
TURNS = 3  # times each of two speakers begins a line, at least
ONLY = 0.75  # of a speaker's colons stand at the beginning of lines


def takes_turn(text: str) -> bool:
    """Whether a line may begin with who speaks.

    >>> takes_turn("訪員：後來呢？"), takes_turn("B12：沒有。"), takes_turn("短短一句話。")
    (True, True, False)
    """
    return bool(speaker_of(text))


def speaker_of(text: str) -> str:
    """Who speaks in a line that may begin with it; empty for any other."""
    match = _LABEL.match(text)
    return match[1] if match else ""


def find_speakers(flows: Sequence[Flow]) -> set[int]:
    """The lines that a speaker begins, in a text where two of them take turns."""
    begun: dict[str, list[int]] = defaultdict(list)
    for i, flow in enumerate(flows):
        text = flow.line.text
        if text.find("：", 1, REACH) < 0 and text.find(":", 1, REACH) < 0:
            continue
        if (match := _LABEL.match(text)) and (not i or flow.line.gap or flows[i - 1].last in CLOSERS):
            begun[match[1]].append(i)
    often = {label: lines for label, lines in begun.items() if len(lines) >= TURNS}
    if len(often) < 2:
        return set()
    text = "\n".join(flow.line.text for flow in flows)
    told = {
        label
        for label, lines in often.items()
        if len(lines) >= ONLY * len(re.findall(rf"{re.escape(label)}\s?[：:]", text))
    }
    if len(told) < 2:
        return set()
    return {i for label, lines in begun.items() for i in lines if label in told or label[-1] not in _SAYS}


def find_records(flows: Sequence[Flow], measure: float) -> set[int]:
    """The lines that a label begins below another such line, which had room for more and no reason to go on."""
    told = [_TOLD.match(flow.line.text) is not None for flow in flows]
    return {
        i + 1
        for i in range(len(flows) - 1)
        if told[i]
        and told[i + 1]
        and flows[i].width < measure - ROOM
        and flows[i].last not in _GOES_ON
        and not flows[i + 1].opens
    }
