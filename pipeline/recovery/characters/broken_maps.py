"""Broken character maps: a font told the extraction a neighbour's code for some characters.

The words that prove it are tables in ``rules/*.toml``. Here: near-dead characters that a document's own
words prove wrong (必頇, 尚頇 → every 頇), with the texts in which they are right after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

Hit = tuple[int, int, str]

MEANS = {"頇": "須", "帄": "平", "尌": "就", "詴": "試", "貣": "起"}
_NEAR_DEAD = frozenset("頇帄尌詴")  # the other one lives in old texts
_RIGHT = re.compile(
    "[顢瞞]+頇+|[「『“《〈（\"'][頇帄尌詴貣][」』”》〉）\"']|[頇帄尌詴]字|字?音[頇帄尌詴]"
    "|[頇帄尌詴](?=[●○◎：:，。](?:[音訓讀读].也?[，。]|[\u4e00-\u9fff]{2}切|立也|巾也))|^[頇帄尌詴][●○◎：:]?$"
)
_ANY = re.compile("[頇帄尌詴貣]")


def find_proved(text: str, proved: Set[str]) -> Iterator[Hit]:
    """Near-dead characters that two words of the document prove wrong."""
    return (hit for hit in _find(text) if text[hit[0]] in proved)


def find_unproved(text: str, proved: Set[str]) -> Iterator[Hit]:
    """Near-dead characters that nothing proves: a person decides."""
    return (hit for hit in _find(text) if text[hit[0]] in _NEAR_DEAD - proved)


def _find(text: str) -> Iterator[Hit]:
    right = {at for m in _RIGHT.finditer(text) for at in range(m.start(), m.end())}
    for m in _ANY.finditer(text):
        if m.start() not in right:
            yield m.start(), m.end(), MEANS[m.group()]
