"""Are two chunks one paragraph, and what stands between them?

Comes in: the text before a break and the text behind it. Goes out: whether the first is complete, whether
the second can follow, and the joint. A paragraph of Chinese prose ends in a full stop: one that does not,
at a page's end, goes on. Refused: joining what begins like a heading, a list or an indented paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.han import HAN
from pipeline.location import Span
from pipeline.recovery.headings import heading_mark
from pipeline.recovery.ocr_markdown.lines import OcrInline
from pipeline.recovery.page_dump.text.joints import hyphen_goes, joint_of

_STOPS = "。！？…!?⋯；;：:"
_PAUSES = ("；", ";", "：", ":")
_PAIRS = (("“", '”"'), ("「", "」"), ("『", "』"), ("《", "》"), ("〈", "〉"), ("（", "）)"), ("(", ")）"))
_BRACKETS = "」』”’）】〉》〕］)]\"'"
_MUST_FOLLOW = re.compile(
    r"[，。、；：？！」』”’）】〉》〕］,;:!?)\]](?!\s*$)|[，。、；：？！」』”’）]"
    r"|的(?![確确士黎里話话])[\u3400-\u9fff]"
)
_MAY_FOLLOW = re.compile(r"(?!\\[*])[^\s\u3000#>|*＊\-+•]")
_LIST = re.compile(
    r"[（(]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[①-⒇㉑-㉟㊱-㊿❶-❿])[)）.．、](?![0-9])|[①-⒇㉑-㉟㊱-㊿❶-❿]|第[一二三四五六七八九十]{1,2}[，,、]"
)
# A Han character that ends no citation, or a mark that something must follow.
_CUT = re.compile(
    r"(?:(?![頁页年期版社集卷冊册號号日月輯辑章節节館馆藏書书志報报著編编譯译同上下前])[\u3400-\u9fff]|[，、,（(《〈「『“–—]|[0-9A-Za-zА-я]-"
    r"|\b(?:and|or|of|the|in|on|by|to|for|with|from|at|a|an|see|cf|de|la|von|und|et|University|Vol\.|No\.|pp?\.)"
    r"|[；;：:]|(?<![^\W\d_])(?:[A-ZА-ЯЁ]|[Bb]d|Nr|[Vv]gl|ch|chap|trans|vol|no|[сСтТлдф]|лл|стр|оп|вып|кн|[Сс]м)\.)$"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(,.])(?:[A-ZА-ЯЁ]|[a-zа-яё]{1,3}|Vol|No|Mr|Dr|eds?|chap|стр)\.$"
)  # no stop of a sentence
_CAPTION = re.compile(
    r"[*_（(【]*(?:[圖图表]\s?[0-9一二三四五六七八九十]|照片|插[圖图]|附[圖图表]|Fig(?:ure|\.|\s?[0-9])|Table|[資资]料[來来]源|(?P<remark>說明：|说明：|[註注]：))",
    re.IGNORECASE,
)
_REMARK = 40  # characters; a longer «註：…» is a paragraph that a page may cut
# «圖2展示了…，» is a sentence: nothing parts the number from the words.
_SPEAKS = re.compile(
    r"[圖图表]\s?(?:[0-9]{1,3}(?:[-–—.．][0-9]{1,3})?|[一二三四五六七八九十]{1,3})(?=[\u3400-\u9fff])[^，。；]*[，。；]"
)
# What the first page of a journal's paper says of the paper at its foot, wherever an engine put it.
_RECORD = re.compile(
    r"[*_【\[［〔（(]*(?:收稿(?:日期|日|期)|修[回訂订]日期|[網网][絡络]出版|基金[項项]目|[資资]助[項项]目|作者[簡简]介|第一作者|通[訊讯信]作者|[責责]任[編编][輯辑]"
    r"|中[圖图]分[類类][號号]|文[獻献][標标][識识誌志][碼码]|文章[編编][號号]|引用格式|Reference format)[】\]］〕*_]*\s*[:：]",
    re.IGNORECASE,
)
_SIGNS_LEFT = re.compile(r"(?<=[。！？])[○〇□×△]+$")  # for characters that the source left out
_HAN_END = re.compile(f"[{HAN}]$")
_BOUND = 10  # times as often as by chance stand the characters of a word side by side
_HAN_PAIR = re.compile(f"[{HAN}]{{2}}")
_DATED = re.compile(r"[年月日][^。]{0,12}$|[：:][^“「『]*$")  # a place with its date, a label with its value
_FULL_STOP = re.compile(r"[。！？]")
_LONG = 30  # characters of prose
_SHORT = 12  # characters; a shorter line without a mark of sentences is a line of its own
_PROSE = re.compile(r"[，。；！？]")


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
    return _HAN_END.search(text.rstrip()) is not None and not _is_unclosed(text)


def _is_unclosed(text: str) -> bool:
    return any(text.rfind(opening) > max(map(text.rfind, closing)) for opening, closing in _PAIRS)


def is_caption(text: str) -> bool:
    """Whether it stands with a picture or table: «圖3 …», «資料來源：…»."""
    text = text.strip()
    match = _CAPTION.match(text)
    if match is None or _SPEAKS.match(text):
        return False
    return match["remark"] is None or len(text) <= _REMARK


def is_record(text: str) -> bool:
    """Whether it tells of the paper, not of its subject: «收稿日期：…», «基金項目：…», «作者簡介：…»."""
    return _RECORD.match(text.strip()) is not None


class _Parts(Protocol):
    parts: list[Traced]


class Joiner:
    """Joins the texts of one source."""

    def __init__(self, inline: OcrInline) -> None:
        self._source = inline.source
        self._inline = inline

    def must_follow(self, text: str) -> bool:
        """Whether no text can begin so."""
        return _MUST_FOLLOW.match(text) is not None

    def may_follow(self, text: str) -> bool:
        """Whether it does not look like the beginning of something else."""
        if _MAY_FOLLOW.match(text) is None or _LIST.match(text) or is_caption(text) or is_record(text):
            return False
        return len(text) > 45 or heading_mark(unicodedata.normalize("NFC", text.strip())) is None

    def may_go_on(self, text: str, pieces: Sequence[Piece]) -> bool:
        """Whether a block can be cut by a page: not a caption, nor a heading without its mark."""
        bare = unicodedata.normalize("NFC", text.strip())
        if is_caption(bare) or is_record(bare) or (len(bare) <= 45 and heading_mark(bare) is not None):
            return False
        if (
            pieces
            and pieces[0].text in ("**", "__")
            and pieces[-1].text == pieces[0].text
            and len(bare) <= 45
        ):
            return False
        return len(bare) >= _SHORT or _PROSE.search(bare) is not None

    def is_prose(self, text: str) -> bool:
        """Whether it has the marks of sentences."""
        return _PROSE.search(text) is not None

    def breaks_off(self, text: str, behind: str) -> bool:
        """Whether a short text stops at a Han character in what is no date or place, and long prose follows."""
        is_open = _HAN_END.search(text) is not None and _DATED.search(text) is None
        return is_open and len(behind) >= _LONG and _FULL_STOP.search(behind[:-1]) is not None

    def parts_word(self, text: str, behind: str) -> bool:
        """Whether a break parts a word: the source has both Han characters side by side far oftener than by chance."""
        pair = text[-1:] + behind[:1]
        if _HAN_PAIR.fullmatch(pair) is None or (together := self._source.count(pair)) < 2:
            return False
        by_chance = self._source.count(pair[0]) * self._source.count(pair[1]) / len(self._source)
        return together >= _BOUND * by_chance

    def joint(self, target: _Parts, last: int, first: int, text: Traced) -> list[Piece]:
        """What stands between ``target`` and ``text``, as an edit of the white space before ``first``."""
        before = "".join(p.visible() for p in target.parts[-2:])
        behind = text.visible()
        start = first
        while start > last and self._source[start - 1].isspace():
            start -= 1
        if before.endswith(("-", "\u2010")) and hyphen_goes(before, behind, self._inline.words):
            self._drop_hyphen(target)
            after = ""
        else:
            after = joint_of(before, behind, spaced=False)
            after = "" if before[-1:].isspace() else after
        self._mend_emphasis(target, text)
        span = Span(start, first)
        edit = Edit(span, self._source[start:first], after, "L102", "paragraph cut by a page")
        return [Piece(after, span, edit)]

    def _drop_hyphen(self, target: _Parts) -> None:
        last = target.parts[-1]
        size = len(last.text)
        if size and last.text[-1] in "-\u2010":
            target.parts[-1] = last.replaced(size - 1, size, "", "L103", "hyphen of a divided word")

    def _mend_emphasis(self, target: _Parts, text: Traced) -> None:
        """Emphasis that the page cut in two: ``*a*`` and ``*b*`` become one."""
        ends, begins = target.parts[-1].pieces, text.pieces
        if not ends or ends[-1].kind is not PieceKind.MARKUP or begins[0].kind is not PieceKind.MARKUP:
            return
        mark = ends[-1].text
        if begins[0].text != mark or mark not in ("*", "**", "_", "__"):
            return
        if sum(p.kind is PieceKind.MARKUP and p.text == mark for t in target.parts for p in t.pieces) % 2:
            return
        span = ends[-1].span
        gone = Piece("", span, Edit(span, mark, "", "L104", "emphasis cut by a page"))
        target.parts[-1] = Traced((*ends[:-1], gone))

    @staticmethod
    def resumed(target: _Parts, text: Traced) -> Traced:
        """``text`` without the opening mark that goes with one taken away at the end of ``target``."""
        ends = target.parts[-1].pieces
        if not ends or ends[-1].edit is None or ends[-1].edit.rule != "L104" or not text.pieces:
            return text
        first = text.pieces[0]
        if first.kind is not PieceKind.MARKUP or first.text != ends[-1].edit.before:
            return text
        gone = Piece("", first.span, Edit(first.span, first.text, "", "L104", "emphasis cut by a page"))
        return Traced((gone, *text.pieces[1:]))
