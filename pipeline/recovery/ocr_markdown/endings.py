"""How a text ends: with a stop, in the middle of a sentence, where no note's body can end."""

from __future__ import annotations

import re
from enum import Enum

from pipeline.han import HAN
from pipeline.note_signs import RAISED, RINGED
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind

_STOPS = "。！？…!?⋯；;：:"
_PAUSES = ("；", ";", "：", ":")
_PAIRS = (("“", '”"'), ("「", "」"), ("『", "』"), ("《", "》"), ("〈", "〉"), ("（", "）)"), ("(", ")）"))
_BRACKETS = "」』”’）】〉》〕］)]\"'"
# A Han character that ends no citation, or a mark that something must follow.
_CUT = re.compile(
    r"(?:(?![頁页年期版社集卷冊册號号日月輯辑章節节館馆藏書书志報报著編编譯译同上下前])[\u3400-\u9fff]|[，、,（(《〈「『“–—]|[0-9A-Za-zА-я]-"
    r"|\b(?:and|or|of|the|in|on|by|to|for|with|from|at|a|an|see|cf|de|la|von|und|et|University|Vol\.|No\.|pp?\.)"
    r"|[；;：:]|(?<![^\W\d_])(?:[A-ZА-ЯЁ]|[Bb]d|Nr|[Vv]gl|ch|chap|trans|vol|no|[сСтТлдф]|лл|стр|оп|вып|кн|[Сс]м)\.)$"
)
# No stop of a sentence.
_ABBREVIATION = re.compile(r"(?:^|[\s(,.])(?:[A-ZА-ЯЁ]|[a-zа-яё]{1,3}|Vol|No|Mr|Dr|eds?|chap|стр)\.$")
# Signs for characters that the source left out; the mark of a call that stayed text.
_SIGNS_LEFT = re.compile(
    rf"(?<=[。！？」』”’])(?:[○〇□×△{RINGED}{RAISED}]+|[ ]?(?:\\?\[[0-9]{{1,3}}\\?\]|[0-9]{{1,3}}))$"
)
HAN_END = re.compile(f"[{HAN}]$")
_HAN_PAIR = re.compile(f"[{HAN}]{{2}}")
_TAIL = 60  # characters
LONG = 25  # characters of a sentence that breaks off
_BOUND = 10  # times as often as by chance stand the characters of a word side by side


class Closing(Enum):
    """How a text ends."""

    CLOSED = "closed"  # with a stop
    WEAK = "weak"  # with a bracket or quotation mark and no stop
    OPEN = "open"  # in the middle of a sentence


def closing_of(text: str) -> Closing:
    """How a text ends.

    >>> closing_of("他說：“不。”"), closing_of("（一九五〇年）"), closing_of("中國的")
    (<Closing.CLOSED: 'closed'>, <Closing.WEAK: 'weak'>, <Closing.OPEN: 'open'>)
    """
    text = _SIGNS_LEFT.sub("", text.rstrip())
    inner = text.rstrip(_BRACKETS)
    if not inner or inner[-1] in _STOPS:
        return Closing.CLOSED
    if inner[-1] == "." and _ABBREVIATION.search(inner) is None:
        return Closing.CLOSED
    return Closing.WEAK if len(inner) < len(text) else Closing.OPEN


def tail_of(source: str, chunk: Chunk) -> str:
    """The end of a chunk's text: enough to see how it ends."""
    return source[max(chunk.inner, chunk.tail - _TAIL) : chunk.tail]


def breaks_off(source: str, chunk: Chunk) -> bool:
    """Whether a chunk is text, no short line, that stops in the middle of a sentence, as at a page's end."""
    tail = tail_of(source, chunk) if chunk.kind is ChunkKind.TEXT else ""
    return len(tail) >= LONG and closing_of(tail) is Closing.OPEN


def is_cut(text: str) -> bool:
    """Whether a note's body cannot end so: inside quotation marks or a sentence, not with a page, year or publisher.

    >>> is_cut("這一點前人說得不少，但是"), is_cut("《河志》，第3頁"), is_cut("London, 1928, p. 3"), is_cut("Пермь, 1928, с.")
    (True, False, False, True)
    """
    text = text.rstrip()
    if _is_unclosed(text):
        return True
    is_open = text.endswith(_PAUSES) or closing_of(text) is Closing.OPEN
    return is_open and _CUT.search(text) is not None


def ends_in_word(text: str) -> bool:
    """Whether a text that is cut ends with a Chinese word and inside no quotation: another document's note may end so."""
    return HAN_END.search(text.rstrip()) is not None and not _is_unclosed(text)


def parts_word(source: str, text: str, behind: str) -> bool:
    """Whether a break parts a word: the source has both Han characters side by side far oftener than by chance."""
    pair = text[-1:] + behind[:1]
    if _HAN_PAIR.fullmatch(pair) is None or (together := source.count(pair)) < 2:
        return False
    by_chance = source.count(pair[0]) * source.count(pair[1]) / len(source)
    return together >= _BOUND * by_chance


def parts_pair(text: str, behind: str) -> bool:
    """Whether a break parts a word of letters, or what opens from what closes it.

    >>> parts_pair("他說：「代", "行職權」一語"), parts_pair("寫作«испо", "лняет»"), parts_pair("他說：「代", "另有一說，「代理」")
    (True, True, False)
    """
    if text[-1:].isalpha() and behind[:1].islower() and HAN_END.search(text) is None:
        return True
    for opening, closing in (*_PAIRS, ("«", "»")):
        first = re.search(f"[{opening}{closing}]", behind)
        is_open = text.rfind(opening) > max(map(text.rfind, closing))
        if is_open and first is not None and first.group() in closing:
            return True
    return False


def _is_unclosed(text: str) -> bool:
    return any(text.rfind(opening) > max(map(text.rfind, closing)) for opening, closing in _PAIRS)
