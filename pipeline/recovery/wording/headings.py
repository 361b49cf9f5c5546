"""Which lines could be headings, by their wording?

Comes in: the text of a line or paragraph. Goes out: its numbering, whose rank ``outlines`` makes a level. Refused: a numbered
sentence (it ends with a full stop or comma, or runs over lines).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.han import FORMAL
from pipeline.recovery.wording.numerals import NUMERAL, ROMAN, STEMS, value_of
from pipeline.recovery.wording.section_names import HEADING_NAMES, SUMMARY_NAMES

# rank → pattern. A higher rank stands below a lower one.
_MARKS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        0,
        re.compile(
            rf"第\s?([{NUMERAL}0-9]{{1,4}})\s?(?:部(?!分)|[編编篇卷])(?:[\s：:]|$|(?=[^，。]{{1,24}}$))"
        ),
    ),
    (
        1,
        re.compile(rf"第\s?([{NUMERAL}{FORMAL}0-9]{{1,4}})\s?[章回講讲](?:[\s：:]|$|(?=[^，。]{{1,40}}$))"),
    ),
    (
        1,
        re.compile(
            rf"附\s?[錄录]\s?([{NUMERAL}{FORMAL}0-9]{{1,3}})(?:[\s：:、.．]\s?|$)(?=[^，。]{{0,40}}$)"
        ),
    ),
    (
        1.5,
        re.compile(rf"第\s?([{NUMERAL}]{{1,3}})\s?部分(?:[\s：:]+|$)(?=[^，。；：]{{0,30}}$)"),
    ),  # of a questionnaire
    (2, re.compile(rf"第\s?([{NUMERAL}{FORMAL}0-9]{{1,4}})\s?[節节](?:[\s：:]|$|(?=[^，。]{{1,40}}$))")),
    # Of a law thesis; a treaty has such lines, too, but with a sentence or nothing behind the number.
    (
        2.3,
        re.compile(
            rf"第\s?([{NUMERAL}]{{1,3}})\s?[項项][\s：:]*(?:$|(?![規规之及或但所前後])(?=[^，。；：]{{2,30}}$))"
        ),
    ),
    (2.6, re.compile(rf"第\s?([{NUMERAL}]{{1,3}})\s?款[\s：:]+(?=[^，。；：]{{2,30}}$)")),
    (2.8, re.compile(rf"第\s?([{NUMERAL}]{{1,3}})\s?目[\s：:]+(?=[^，。；：]{{2,30}}$)")),
    (3, re.compile(rf"([{FORMAL}]{{1,3}})\s?[、．.]\s?")),
    (4, re.compile(rf"([{STEMS}])\s?[、．.]\s?")),
    (5, re.compile(rf"([IVX]{{1,5}}|[{ROMAN}])\s?[、．.]\s?(?=\S)")),
    (6, re.compile(rf"([{NUMERAL}]{{1,3}})(?:\s?[、．.]\s?|[\u3000 ]+(?=\S))")),
    (7, re.compile(rf"[（(]([{NUMERAL}]{{1,3}})[)）]\s?")),
    (
        8,
        re.compile(
            r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,3})(?:[.．、]\s?(?![0-9])|\s+)"
            r"(?=日[本俄]|世界|[時时][代間间]|[個个][人案]|[^\s0-9年月日號号時时世萬万億亿個个])"
        ),
    ),
    (9, re.compile(r"[（(]([0-9]{1,2})[)）]\s?(?=\S)")),
)
# One of these begins every mark and every name.
_FIRST = frozenset(f"第附{NUMERAL}{FORMAL}{STEMS}IVX{ROMAN}（(0123456789").union(
    name[0] for name in HEADING_NAMES
)
_SENTENCE_END = "。，；、：！,;:…"
LONGEST = 45  # characters; no heading is longer
# The ranks of headings without a number, among those of the numbered ones (``_MARKS``):
SUMMED = 0.4  # one that ends a chapter
NAMED = 0.5  # when none around it says otherwise
ABOVE, BELOW = 0.6, 6.5  # one with another directly below it, and that one
UNDER = 0.5  # so far below the lowest of the numbered ones stand those between paragraphs
UNNUMBERED = (NAMED, SUMMED)


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A heading's numbering: rank, number as written, length of the mark."""

    rank: float
    number: str
    length: int

    @property
    def value(self) -> int:
        """The number, 0 when there is none."""
        return value_of(self.number)

    def is_all_of(self, text: str) -> bool:
        """Whether a line is only the number («第一章»): the title stands below."""
        return bool(self.number) and self.length >= len(text)


def ends_sentence(text: str) -> bool:
    """Whether the text ends as no heading does; a question may be one.

    >>> [ends_sentence(text) for text in ("一、他說：「不行。」", "一、論「商戰」", "一、誰之過？")]
    [True, False, False]
    """
    bare = text.rstrip("」』”’")
    return bare != "" and bare[-1] in _SENTENCE_END


def heading_mark(text: str) -> HeadingMark | None:
    """The numbering at the beginning of ``text``, if it could be a heading by its wording.

    >>> heading_mark("第一節 背景").rank, heading_mark("二、問題").value, heading_mark("一、他說，不行。")
    (2, 2, None)
    """
    if not text or len(text) > LONGEST:
        return None
    if ((first := text[0]) not in _FIRST and not first.isspace()) or ends_sentence(text):
        return None
    if (bare := "".join(text.split())) in HEADING_NAMES or text in HEADING_NAMES:
        return HeadingMark(SUMMED if bare in SUMMARY_NAMES else NAMED, "", 0)
    for rank, pattern in _MARKS:
        match = pattern.match(text)
        if match and value_of(match[1].split(".")[0]):
            if rank == 8 and "." in match[1]:
                return HeadingMark(8 + match[1].count(".") / 10, match[1].rsplit(".", 1)[1], match.end())
            return HeadingMark(rank, match[1], match.end())
    return None
