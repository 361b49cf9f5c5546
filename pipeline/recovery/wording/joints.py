"""How two lines of a paragraph are joined: Han without a space, words with one, divided words whole.

Comes in: the ends of two lines, and how the document sets numbers beside Han. Goes out: what stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import inf

from pipeline.recovery.wording.letters import HAN, LETTERS, WIDE, is_han, is_latin, last_of

_WORD = re.compile(f"[{LETTERS}]+")
_HALF = re.compile(f"([{LETTERS}]+)[-\u2010]$")
_ALPHANUMERIC = re.compile("[0-9A-Za-z]+")
_SPACED = re.compile(f" (?:(?<=[{HAN}] )[0-9A-Za-z]|(?<=[0-9A-Za-z] )[{HAN}])")
_OF_CITATIONS = """
university international government department institute association publishers publishing publications publication cambridge
columbia california harvard princeton stanford routledge oxford london history historical studies review journal quarterly
proceedings conference economic economics political politics revolution republic communist relations foreign military national
american chinese japanese european russian soviet imperial colonial cultural society social archives collection bulletin monograph
dissertation
"""  # words without a hyphen of their own
_CITED = frozenset(_OF_CITATIONS.split())
_FRAGMENT = re.compile(
    r"(?:tions?|tional|sions?|ments?|ings?|ed|ers?|ity|ities|ness|ly|bles?|isms?|ists?|ical|ics?|ous|ive|ances?|ences?|"
    r"[dgmrtv]ences?|[nrtv]ances?|tures?|sian|nese|ary|ory|ies|gress|nist|nists|nism|tary|cial|tial|tics|lution|ployment|ernment)\b"
)
OWN = 2  # so many numbers beside Han characters show a paragraph's own spacing


def is_spaced(texts: Iterable[str]) -> bool:
    """Whether Han characters and the numbers and words beside them stand apart in these texts."""
    text = _lined(texts)
    spaced = _count_apart(text)
    return spaced > 0 and spaced > _count_touching(text, spaced)


def own_spacing(texts: Iterable[str], usual: bool) -> bool:
    """Whether they stand apart in one paragraph, which may have a manner of its own; ``usual``: the document's.

    >>> own_spacing(["1898年租借旅順，1905年", "又讓予日本。"], True), own_spacing(["1898年，"], True)
    (False, True)
    """
    text = _lined(texts)
    spaced, unspaced = _count_apart(text), _count_touching(text)
    if max(spaced, unspaced) < OWN or min(spaced, unspaced) * 3 > max(spaced, unspaced):
        return usual
    return spaced > unspaced


def _lined(texts: Iterable[str]) -> str:
    return "\n".join(texts)  # what a line's end parts neither touches nor stands apart


def _count_apart(text: str) -> int:
    """How often a space parts a Han character and a letter or digit; none of them counts twice."""
    count = free = 0
    for match in _SPACED.finditer(text):
        if match.start() > free:
            count, free = count + 1, match.end()
    return count


def _count_touching(text: str, enough: float = inf) -> int:
    """How often a Han character and a letter or digit touch; none of them counts twice. Counts to ``enough``, or one more."""
    count = free = 0
    for match in _ALPHANUMERIC.finditer(text):
        start, end = match.span()
        if start > free and is_han(text[start - 1]):
            count, start = count + 1, start + 1
        if start < end < len(text) and is_han(text[end]):
            count, free = count + 1, end + 1
        if count >= enough:
            break
    return count


# --- joints


def joint_of(a: str, b: str, spaced: bool) -> str:
    """What stands between the end of one line and the beginning of the next: a space, or nothing.

    >>> joint_of("中國", "外交", True), joint_of("the", "people", False), joint_of("共產黨", "1958", True)
    ('', ' ', ' ')
    """
    if a[-1:] >= WIDE <= b[:1]:
        return ""  # as between nearly all lines: two characters of which neither is of an alphabet
    left, right = last_of(a), (b.lstrip("“‘") or b)[:1]
    if is_latin(left) and is_latin(right):
        if left in "-\u2010/" or right in ",.;:!?)]" or left in "([" or (left.isdigit() and right.isdigit()):
            return ""
        return " "
    left, right = a[-1:], b[:1]
    if spaced and (
        (is_han(left) and right.isalnum() and is_latin(right))
        or (left.isalnum() and is_latin(left) and is_han(right))
    ):
        return " "
    return ""


def hyphen_goes(a: str, b: str, words: frozenset[str] | set[str]) -> bool:
    """Whether the hyphen at the end of ``a`` only divided a word.

    ``words`` are the document's own words in lower case; a part that begins with a capital keeps its hyphen.
    """
    left, right = _HALF.search(a), _WORD.match(b)
    if not left or not right or not right[0][0].islower():
        return False
    whole = (left[1] + right[0]).lower()
    if whole in words or whole in _CITED:
        return True
    return right[0].lower() not in words and _FRAGMENT.fullmatch(right[0]) is not None
