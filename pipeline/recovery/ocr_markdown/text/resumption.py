"""Which block does a text go on with: is it the second half of a paragraph that a page or a picture cut?

Comes in: the blocks so far and a text. Goes out: the block, or nothing. Refused: joining what is indented, announces itself
as something new, or stands behind verse or a list whose items end without a stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document.manuscript import BlockKind
from pipeline.document.traced import Traced
from pipeline.recovery.markdown.drafts import Draft
from pipeline.recovery.ocr_markdown.captions import is_caption, is_record
from pipeline.recovery.ocr_markdown.endings import Closing, closing_of, parts_word
from pipeline.recovery.ocr_markdown.text.joins import (
    goes_on_with,
    is_prose,
    may_follow,
    may_go_on,
    must_follow,
)
from pipeline.recovery.ocr_markdown.text.sections import bold_around

_JOINABLE = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM)
_FLOATS = (BlockKind.FIGURE, BlockKind.TABLE)
_MOST_FLOATS = 5  # pictures, captions and records on end
_BEGUN = 10  # characters of a sentence that a page may cut, where a long text goes on with it
_UNMARKED = 16  # characters of a text without any mark that a page may cut inside a word
_QUOTED = tuple("“「『《〈（(")  # with one of these a line begins that may be whole with its closing mark
_COLONS, _SPEECH = ("：", ":"), ("“", "「")
_STANZA, _VERSE_LINE = 3, 18  # lines; characters of one
_WHOLE = 25  # characters; a shorter line without a stop may be a line of its own


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands: whether a page ended before it, and whether it is indented."""

    turned: bool
    indented: bool


def open_block(source: str, drafts: Sequence[Draft], text: Traced, place: Place) -> Draft | None:
    """The block that a text goes on with, if any."""
    at = len(drafts) - 1
    while at >= 0 and len(drafts) - at <= _MOST_FLOATS and _floats(drafts[at]):
        at -= 1
    if at < 0 or drafts[at].kind not in _JOINABLE:
        return None
    draft, behind = drafts[at], text.visible().lstrip(" ")
    if _is_verse(draft) or _is_starred(text) or _is_bold_beside(draft, text):
        return None
    tail = draft.tail()
    closing = closing_of(tail)
    if place.turned and tail.rstrip().endswith("；"):
        closing = Closing.OPEN  # a page may end so, a paragraph hardly
    if place.turned and tail.rstrip().endswith(_COLONS) and behind.startswith(_SPEECH):
        closing = Closing.OPEN  # somebody speaks
    if must_follow(behind):
        return draft if place.turned or closing is not Closing.CLOSED else None
    if (
        closing is Closing.CLOSED
        or place.indented
        or not may_follow(behind)
        or (_ends_open(drafts, at) and not (place.turned and parts_word(source, tail, behind)))
    ):
        return None
    if draft.kind is BlockKind.QUOTE and not place.turned and not parts_word(source, tail, behind):
        return None  # what goes on with a quotation is marked so, too
    if not may_go_on("".join(p.visible() for p in draft.parts), draft.parts[-1].pieces):
        return None
    if place.turned and at == len(drafts) - 1:
        is_sentence = is_prose(tail) and tail[:1] not in _QUOTED
        return draft if closing is Closing.OPEN or len(tail) >= _WHOLE or is_sentence else None
    if not is_prose(behind):
        return None
    if len(tail) >= _UNMARKED and parts_word(source, tail, behind):
        return draft if closing is Closing.OPEN else None
    is_long = len(tail) >= _WHOLE or (len(tail) >= _BEGUN and goes_on_with(tail, behind))
    return draft if closing is Closing.OPEN and is_long and is_prose(tail) else None


def _is_verse(draft: Draft) -> bool:
    """Whether its lines are kept and short: then it ends without a stop."""
    lines = "".join(part.visible() for part in draft.parts).split("\n")
    return len(lines) >= _STANZA and max(map(len, lines)) <= _VERSE_LINE


def _is_starred(text: Traced) -> bool:
    """Whether it begins with a star that opens no emphasis: it is a note whose call is not known."""
    stars = [p for p in text.pieces if p.text == "*"]
    return len(stars) % 2 == 1 and text.pieces[0] is stars[0]


def _is_bold_beside(draft: Draft, text: Traced) -> bool:
    """Whether all of a text stands in bold, and the block before does not: no sentence changes so."""
    return bold_around(text) is not None and bold_around(Traced.joined(draft.parts)) is None


def _ends_open(drafts: Sequence[Draft], at: int) -> bool:
    """Whether the items of this list end without a stop: then so may the last."""
    before = drafts[at - 1] if at else None
    if drafts[at].kind is not BlockKind.ITEM or before is None or before.kind is not BlockKind.ITEM:
        return False
    return closing_of(before.tail()) is Closing.OPEN


def _floats(draft: Draft) -> bool:
    """Whether it may stand in the middle of a paragraph: a picture, a table, a caption, a record of the paper."""
    if draft.kind is not BlockKind.PARAGRAPH:
        return draft.kind in _FLOATS
    return is_caption(draft.tail()) or is_record(draft.tail())
