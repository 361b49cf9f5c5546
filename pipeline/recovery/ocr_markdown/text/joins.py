"""Are two chunks one paragraph, and what stands between them?

Comes in: the text before a break and the text behind it. Goes out: whether the first is complete, whether
the second can follow, and the joint. A paragraph of Chinese prose ends in a full stop: one that does not,
at a page's end, goes on. Refused: joining what begins like a heading, a list or an indented paragraph.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.location import Span
from pipeline.note_signs import NUMBER, RINGED
from pipeline.recovery.markdown.drafts import Draft
from pipeline.recovery.ocr_markdown.captions import is_caption, is_record
from pipeline.recovery.ocr_markdown.endings import HAN_END
from pipeline.recovery.ocr_markdown.text.lines import OcrInline
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.joints import hyphen_goes, joint_of
from pipeline.recovery.wording.marks import STOPS

_MUST_FOLLOW = re.compile(
    r"[，。、；：？！」』”’）】〉》〕］,;:!?)\]](?!\s*$)|[，。、；：？！」』”’）]"
    r"|的(?![確确士黎里話话])[\u3400-\u9fff]"
)
_MAY_FOLLOW = re.compile(r"(?!\\[*])[^\s\u3000#>|*＊\-+•]")
_LIST = re.compile(
    rf"[（(]?(?:{NUMBER}|[一二三四五六七八九十]{{1,3}})[)）.．、](?![0-9])|[{RINGED}]|第[一二三四五六七八九十]{{1,2}}[，,、]"
)
_DATED = re.compile(r"[年月日][^。]{0,12}$|[：:][^“「『]*$")  # a place with its date, a label with its value
_FULL_STOP = re.compile(f"[{STOPS}]")
_HEADING = 45  # characters; no heading is longer
_LONG = 30  # characters of prose
_SHORT = 12  # characters; a shorter line without a mark of sentences is a line of its own
_PROSE = re.compile(f"[{STOPS}，；]")


def must_follow(text: str) -> bool:
    """Whether no text can begin so."""
    return _MUST_FOLLOW.match(text) is not None


def may_follow(text: str) -> bool:
    """Whether it does not look like the beginning of something else."""
    if _MAY_FOLLOW.match(text) is None or _LIST.match(text) or is_caption(text) or is_record(text):
        return False
    return len(text) > _HEADING or heading_mark(unicodedata.normalize("NFC", text.strip())) is None


def may_go_on(text: str, pieces: Sequence[Piece]) -> bool:
    """Whether a block can be cut by a page: not a caption, nor a heading without its mark."""
    bare = unicodedata.normalize("NFC", text.strip())
    is_short = len(bare) <= _HEADING
    if is_caption(bare) or is_record(bare) or (is_short and heading_mark(bare) is not None):
        return False
    is_bold = bool(pieces) and pieces[0].text in ("**", "__") and pieces[-1].text == pieces[0].text
    return not (is_short and is_bold) and (len(bare) >= _SHORT or is_prose(bare))


def is_prose(text: str) -> bool:
    """Whether it has the marks of sentences."""
    return _PROSE.search(text) is not None


def goes_on_with(text: str, behind: str) -> bool:
    """Whether a short text stops at a Han character in what is no date or place, and long prose follows."""
    is_open = HAN_END.search(text) is not None and _DATED.search(text) is None
    return is_open and len(behind) >= _LONG and _FULL_STOP.search(behind[:-1]) is not None


class Joiner:
    """Joins the texts of one source."""

    def __init__(self, inline: OcrInline) -> None:
        self.source = inline.source
        self._inline = inline

    def join(self, target: Draft, text: Traced, between: Sequence[Piece] = ()) -> None:
        """Makes a text the end of ``target``. ``between``: what else stands there, the start of a page."""
        joint = self._joint(target, text)
        target.parts.append(Traced((joint, *between, *_resumed(target, text).pieces)))

    def _joint(self, target: Draft, text: Traced) -> Piece:
        """What stands between ``target`` and ``text``, as an edit of the white space before it."""
        before, behind = target.tail(), text.visible()
        ends = target.parts[-1].pieces
        last = ends[-1].span.end if ends else 0
        start = first = text.pieces[0].span.start
        while start > last and self.source[start - 1].isspace():
            start -= 1
        if before.endswith(("-", "\u2010")) and hyphen_goes(before, behind, self._inline.words):
            self._drop_hyphen(target)
            after = ""
        else:
            after = joint_of(before, behind, spaced=False)
            after = "" if before[-1:].isspace() else after
        self._mend_emphasis(target, text)
        span = Span(start, first)
        edit = Edit(span, self.source[start:first], after, "L102", "paragraph cut by a page")
        return Piece(after, span, edit)

    def _drop_hyphen(self, target: Draft) -> None:
        last = target.parts[-1]
        size = len(last.text)
        if size and last.text[-1] in "-\u2010":
            target.parts[-1] = last.replaced(size - 1, size, "", "L103", "hyphen of a divided word")

    def _mend_emphasis(self, target: Draft, text: Traced) -> None:
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


def _resumed(target: Draft, text: Traced) -> Traced:
    """``text`` without the opening mark that goes with one taken away at the end of ``target``."""
    ends = target.parts[-1].pieces
    if not ends or ends[-1].edit is None or ends[-1].edit.rule != "L104" or not text.pieces:
        return text
    first = text.pieces[0]
    if first.kind is not PieceKind.MARKUP or first.text != ends[-1].edit.before:
        return text
    gone = Piece("", first.span, Edit(first.span, first.text, "", "L104", "emphasis cut by a page"))
    return Traced((gone, *text.pieces[1:]))
