"""Chinese composition by rule: which characters keep together, how wide the gap between two of them is.

Comes in: characters and whether each fills a square. Goes out: their kinds, whether a line may break between
two of them, the gap's natural width in em and how willingly it stretches and shrinks. It knows no engine.
Sources: CLREQ (prohibition rules, mark width adjustment, mixed composition), GB/T 15834-2011.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.editions.marks import CLOSING, DASHES, MARKS, NOT_AT_END, NOT_AT_START, OPENING, PAUSING, is_han

HAN, OPEN, CLOSE, PAUSE, DASH, MARK, LATIN, SPACE, OTHER, CALL, SOLID, QUIET = range(12)
KINDS = 12
SQUARE = 0.75  # em from which on a mark of doubtful width (“ — ·) is a Chinese one
QUIET_MARKS = frozenset(",.;:!?)]}%/'\"-–")  # half-width marks that stay with what stands before them
WIDEST = 0.49  # em that a gap in a flush line has at most, where the others can take the rest
# em that a Han gap and a space may give up when a line is too full
TIGHT_SHRINK, SPACE_SHRINK = 0.03, 0.09
MARK_SHRINK = 0.2  # em of a mark's blank half that may go then


@lru_cache(maxsize=65536)
def kind_of(char: str, square: bool) -> int:
    """What a character is in a line; ``square`` says whether the font gives it a full square.

    >>> kind_of("中", True) == HAN, kind_of("“", False) == OTHER, kind_of("a", False) == LATIN
    (True, True, True)
    """
    if char in " \u00a0":
        return SPACE
    if not square and (char in OPENING or char in CLOSING or char in DASHES or char in MARKS):
        return OTHER
    for kind, members in ((OPEN, OPENING), (CLOSE, CLOSING), (PAUSE, PAUSING), (DASH, DASHES), (MARK, MARKS)):
        if char in members:
            return kind
    if is_han(char):
        return HAN
    if char.isalnum():
        return LATIN
    return QUIET if char in QUIET_MARKS else OTHER


WIDE = frozenset({HAN, OPEN, CLOSE, PAUSE, DASH, MARK})


def may_break(before: str, after: str, kind_before: int, kind_after: int, engine: bool) -> bool:
    """Whether a line may end between two characters (CLREQ, basic level; the solidus and dashes besides).

    ``engine`` is what Unicode's own rules (UAX 14) say: they decide wherever one side is not Chinese.

    >>> may_break("中", "。", HAN, PAUSE, True), may_break("”", "中", CLOSE, HAN, False)
    (False, True)
    """
    if after in NOT_AT_START or before in NOT_AT_END or kind_after == CALL:
        return False
    if kind_before == SPACE:
        return True
    if kind_after == SPACE:
        return False
    if kind_before in WIDE and kind_after in WIDE:
        return True
    return engine


def gap(before: int, after: int, centred: bool, adjacent: float, mixed: float) -> float:
    """The natural gap between two characters in em: marks close up, Han and Latin move apart.

    ``centred`` marks (Taiwan, Hong Kong) have no blank side to give up.

    >>> gap(CLOSE, OPEN, False, 1.5, 0.25), gap(PAUSE, CLOSE, True, 1.5, 0.25), gap(HAN, LATIN, False, 1.5, 0.25)
    (-0.5, 0.0, 0.25)
    """
    squeeze = adjacent - 2
    if before == CLOSE or (before == PAUSE and not centred):
        return squeeze if after in (OPEN, CLOSE, PAUSE) else 0.0
    if before in (OPEN, PAUSE):
        return squeeze if after == OPEN else 0.0
    if (before == HAN and after == LATIN) or (before == LATIN and after == HAN):
        return mixed
    return 0.0


def space_width(before: int, after: int, own: float, mixed: float) -> float:
    """How wide a space is in em: nothing beside a full-width mark or between a dash and Han, the mixed gap between Han and Latin.

    >>> space_width(HAN, LATIN, 0.22, 0.25), space_width(PAUSE, LATIN, 0.22, 0.25), space_width(LATIN, LATIN, 0.22, 0.25)
    (0.25, 0.0, 0.22)
    """
    marks = (OPEN, CLOSE, PAUSE)
    if before in marks or after in marks or (before == CALL and after in WIDE):
        return 0.0
    if {before, after} in ({DASH, HAN}, {DASH}):
        return 0.0
    if (before == HAN) != (after == HAN):
        return mixed
    return own


def may_stretch(before: int, after: int) -> bool:
    """Whether a gap stretches to make a line flush: between Han and at a space.

    Never inside a Latin word, a dash or an ellipsis, before a call, on the inner side of a mark, or between two
    marks that close up.

    >>> may_stretch(HAN, HAN), may_stretch(LATIN, LATIN), may_stretch(SPACE, LATIN), may_stretch(PAUSE, OPEN)
    (True, False, True, False)
    """
    if before == SPACE:
        return True
    if after in (SPACE, CALL, CLOSE, PAUSE) or before == OPEN:
        return False
    if before == CALL:
        return after in (HAN, OPEN)
    if SOLID in (before, after) or before == after == DASH or (before in (CLOSE, PAUSE) and after == OPEN):
        return False
    return (before in WIDE or after in WIDE) and after != QUIET


def shrink(before: int, after: int, centred: bool, mixed: float) -> float:
    """What a gap can give up when a line is too full, in em: spaces, mixed gaps, blank halves of marks, Han a little."""
    if before == SPACE:
        return SPACE_SHRINK if after not in WIDE and after != SPACE else 0.0
    if (before == HAN and after == LATIN) or (before == LATIN and after == HAN):
        return mixed / 2
    if (before == HAN and after == OPEN) or (ends_half(before, centred) and after == HAN):
        return MARK_SHRINK
    if before in (CLOSE, PAUSE) and after in (OPEN, CLOSE, PAUSE):
        return 0.0
    if before in WIDE and after in WIDE and not before == after == DASH:
        return TIGHT_SHRINK
    return 0.0


def ends_half(kind: int, centred: bool) -> bool:
    """Whether a mark has a blank right half that the line's end may cut off (GB/T 15834-2011, 5.1.10)."""
    return kind == CLOSE or (kind == PAUSE and not centred)


STRETCHES = [may_stretch(before, after) for before in range(KINDS) for after in range(KINDS)]


@lru_cache(maxsize=8)
def shrinks(centred: bool, mixed: float) -> list[float]:
    """What ``shrink`` says of every two kinds."""
    return [shrink(before, after, centred, mixed) for before in range(KINDS) for after in range(KINDS)]
