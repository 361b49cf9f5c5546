"""The marks of punctuation by what they do in a line: end a sentence, part it, close, open; and what a line ends with."""

from __future__ import annotations

import re

STOPS = "。！？"  # end a sentence
PAUSES = "，、；："  # part it
QUOTE_ENDS = "」』”’"
SENTENCE_ENDS = STOPS + QUOTE_ENDS + '…⋯.!?"'
BRACKET_ENDS = "）】〉》)]>"
CLOSERS = SENTENCE_ENDS + BRACKET_ENDS  # a sentence, a citation or what stands in brackets is whole here
# The same in Chinese text, where points stand in numbers and leaders.
HAN_CLOSERS = STOPS + QUOTE_ENDS + "）》"
NEVER_FIRST = STOPS + PAUSES + QUOTE_ENDS + "）》〉】〕"  # no printed line begins with one of these
BEHIND_WORDS = NEVER_FIRST + "…⋯,.;:?!)]］"  # of either width
NEVER_LAST_OF_TITLES = STOPS + PAUSES + ",;:!?"
BRACKETS = re.compile("[「」『』《》〈〉（）]")
_PAIRS = (("「", "」"), ("『", "』"), ("《", "》"), ("〈", "〉"), ("（", "）"), ("“", "”"))
_WIDE_BRACKETS = str.maketrans("()", "（）")
TO_WIDE = str.maketrans(",.:;!?)", "，。：；！？）")
_INITIAL = re.compile(r"(?:^|[^A-Za-zА-я])[A-ZА-Я]\.$")  # «A. P.»: the name goes on


_SOURCE = re.compile(f"[{STOPS}…⋯][{QUOTE_ENDS}]*[（(][^（）()]+[)）]\\Z")


def ends_in_source(text: str) -> bool:
    """Whether a text ends in brackets that tell where the closed sentence before them comes from.

    >>> [ends_in_source(text) for text in ("門就關上了。（丙三，2009.4.2）", "他走了！」（第二回）", "至今（1936）")]
    [True, True, False]
    """
    return text[-1:] in "）)" and _SOURCE.search(text) is not None


def is_sentence_end(tail: str) -> bool:
    """Whether a sentence ends here: a quotation mark alone may close a word.

    >>> [is_sentence_end(tail) for tail in ("成功。", "成功。」", "成功」。", "「大躍進」", "成功")]
    [True, True, True, False, False]
    """
    bare = tail.rstrip(f'{QUOTE_ENDS}"')
    if bare and bare[-1] in f"{STOPS}…⋯.!?":
        return not is_initial(bare)
    return False


def is_left_open(text: str) -> bool:
    """Whether a bracket or quotation mark opens in a text that does not close in it: the text goes on.

    >>> [is_left_open(text) for text in ("詩人的「夜", "詩人的「夜讀」", "（未完")]
    [True, False, True]
    """
    text = text.translate(_WIDE_BRACKETS)  # often of different widths
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS)


def is_initial(tail: str) -> bool:
    """Whether a name's initial ends here, and no sentence."""
    return tail[-1:] == "." and _INITIAL.search(tail) is not None
