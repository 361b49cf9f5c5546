"""Hyphens that an extractor took away: pdftotext puts the halves of what a line's end divided together and drops the hyphen.

It does so for all that ends in one: «Sino-⏎Soviet» becomes «SinoSoviet», pages «122-⏎128» become «122128».

Comes in: a source. Goes out: the characters behind which a hyphen stood. Refused: sources in which lines end in hyphens, words that the
source has whole elsewhere, and numbers that could be one number.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from pipeline.recovery.page_dump.pages.widths import whole_widths, width_of
from pipeline.recovery.wording.letters import LETTERS

# What is rare stands first and what is before it in a look behind: so the text is searched much faster.
_KEPT = [re.compile(rf"{hyphen}(?<=[{LETTERS}0-9].)[ \t\r]*\n") for hyphen in "-\u2010"]
# A word with a capital inside, two numbers of as many digits, a long word.
_JOINED = re.compile(
    r"[0-9A-Za-z\u0400-\u04ff](?<!\w.)(?:"
    r"(?<=[A-Z\u0410-\u042f])[a-z\u0430-\u044f]{2,}[A-Z\u0410-\u042f][a-z\u0430-\u044f]{2,}"
    r"|(?<=[0-9])(?:[0-9]{5}|[0-9]{7})|(?<=[A-Za-z\u0400-\u04ff])[A-Za-z\u0400-\u04ff]{7,})\b"
)
_HYPHENED = re.compile(rf"[{LETTERS}](?<![{LETTERS}].)[{LETTERS}]++(?:[-\u2010][{LETTERS}]{{2,}}+)+")
_HYPHEN = re.compile("[-\u2010]")
_FIRSTS = "русско|советско|китайско|японско|англо|американо|германо|франко|монголо|корейско|польско"
_SECONDS = "русск|советск|китайск|японск|английск|американск|германск|французск|монгольск|корейск|польск"
_LATIN_FIRSTS = "sino|anglo|russo|franco|indo|afro|austro"
_LATIN_SECONDS = (
    "American|Asian|British|Burmese|Chinese|Dutch|European|Foreign|French|German|Hungarian|Indian|Italian|Japanese|Korean|Mongol"
    "|Pakistan|Portuguese|Prussian|Russian|Saxon|Soviet|Spanish|Tibetan|Turkish|Vietnamese|Western"
)
# What is written with a hyphen: two peoples, two cities.
_ALWAYS = re.compile(
    rf"(?:{_FIRSTS})(?={_SECONDS})|(?:{_LATIN_FIRSTS})(?={_LATIN_SECONDS})|санкт(?=Петербург)|нью(?=Йорк)"
)
_CITED = re.compile(r"(?:[，,、]|[頁页]|pp?\.)\s?$")  # pages are told behind it
_NUMBERED = re.compile(r"(?:[號号碼码第：:]|No\.)\s?$")  # no years are told behind one of these
_DATED = re.compile(r"\s?[年）)（(，,。;；」》、]")  # but before one of these
FIRST, LAST = 1300, 2100  # years
SPAN = 100  # of them, or of pages, from one to another
EDGE = (0.75, 1.2)  # of a full line: there a line ended
FULL = 5  # lines of one width


def find_lost_hyphens(source: str) -> list[int]:
    """The places in ``source`` before which a hyphen was taken away."""
    if any(kept.search(source) for kept in _KEPT) or (match := _JOINED.search(source)) is None:
        return []
    told = _Told(source)
    return [at for match in _JOINED.finditer(source, match.start()) if (at := told.hyphen_in(match))]


class _Told:
    """What a source says of its lines and words, asked only where a word may lack its hyphen."""

    def __init__(self, source: str) -> None:
        self.source = source

    def hyphen_in(self, match: re.Match[str]) -> int:
        """The place of the hyphen in a word or number; 0 where it may have none."""
        word = match[0]
        if word[0].isdigit():
            return match.start() + len(word) // 2 if self._are_two(match) else 0
        lower = word[0].lower() + word[1:]
        if (always := _ALWAYS.match(lower)) is not None:
            return match.start() + always.end()
        left, often = self.halved.get(word.lower(), (0, 0))
        if not left or not self._at_edge(match.start() + left) or not self._goes_on(match.end()):
            return 0
        whole = sum(other[0].lower() == word.lower() for other in _JOINED.finditer(self.source))
        return match.start() + left if whole <= often else 0

    def _are_two(self, match: re.Match[str]) -> bool:
        """Whether a number is two that count from one to another: years, or pages where no work has so many."""
        half = len(match[0]) // 2
        low, high = int(match[0][:half]), int(match[0][half:])
        if match[0][0] == "0" or match[0][half] == "0" or not low < high <= low + SPAN:
            return False
        if half == 4:
            numbered = _NUMBERED.search(self.source, match.start() - 4, match.start())
            return (
                low >= FIRST
                and high < LAST
                and numbered is None
                and _DATED.match(self.source, match.end()) is not None
            )
        if FIRST <= int(match[0][:4]) < LAST and 1 <= int(match[0][4:]) <= 12:
            return False  # a month
        return _CITED.search(self.source, match.start() - 4, match.start()) is not None

    @cached_property
    def halved(self) -> dict[str, tuple[int, int]]:
        """How long the first half is, and how often the source has the word so, by the words that it has with one hyphen."""
        found = Counter(match[0].lower() for match in _HYPHENED.finditer(self.source))
        halves = [(_HYPHEN.split(word), n) for word, n in found.items()]
        return {"".join(parts): (len(parts[0]), n) for parts, n in halves if len(parts) == 2}

    @cached_property
    def full(self) -> float:
        """How wide the widest full lines are, in em: those of the notes, where these are set smaller."""
        widths = whole_widths(width_of(line) for line in self.source.split("\n") if _is_han(line))
        return float(max((width for width, n in widths.items() if n >= FULL), default=0))

    def _at_edge(self, at: int) -> bool:
        """Whether a line of the page may have ended at a place."""
        before = self.source[self.source.rfind("\n", 0, at) + 1 : at]
        return EDGE[0] * self.full <= width_of(before.strip()) <= EDGE[1] * self.full

    def _goes_on(self, at: int) -> bool:
        """Whether a line goes on behind a place: the extractor set the next printed line behind the first half of the word."""
        end = self.source.find("\n", at)
        return self.source[at : end if end >= 0 else len(self.source)].strip() != ""


def _is_han(line: str) -> bool:
    """Whether most of its characters take three bytes: Han characters and their marks do, letters one or two."""
    return len(line) > 8 and len(line.encode()) >= 2 * len(line)
