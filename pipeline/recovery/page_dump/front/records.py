"""What a journal prints about an article on its first page: class numbers, dates, the fund, a line about the author.

Comes in: a layout and its note plan. Goes out: the lines of each such record; they are no text and no note. Refused: a record
with more lines below it than stand at a page's foot, unless its own line says all of it or a heading or record follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.front_lines import is_label_line, is_masthead
from pipeline.recovery.page_dump.notes.plan import Body, NotePlan
from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.letters import HAN_CHARACTER
from pipeline.recovery.wording.papers import CODE, RECORD

_OPEN, _CLOSE = r"[［\[【〔（(＊*]?\s?", r"(?:\s?[］\]】〕）)]\s?[：:]?|\s?[：:])"
_CODE = re.compile(f"{_OPEN}(?:{CODE}){_CLOSE}")
_RECORD = re.compile(f"{_OPEN}(?:{RECORD}){_CLOSE}")
_CODE_GOES_ON = re.compile(r"[0-9A-Za-z.．:：/()（）\[\]\-–—－ ]+")
_DAY = r"[0-9]{4}\s?[-–—./年]\s?[0-9]{1,2}(?:\s?[-–—./月]\s?[0-9]{1,2})?\s?[日月]?"
_DATES = re.compile(rf"{_DAY}(?:[；;，,、\s]+(?:[^\s：:，；。0-9]{{2,8}}[：:]\s?)?{_DAY})*[。.]?")
_DAY_GOES_ON = re.compile(r"(?=.*[月日])年?\s?[0-9]{0,2}\s?月?\s?[0-9]{0,2}\s?日?[。.]?")
_ENGLISH = re.compile(r"[A-Z][A-Za-z]*,? [^@\u3400-\u9fff]+")  # words in letters, and no address
PAGES = 2  # the first page, or the one behind a cover
FOOT = 14  # lines that such records take at the foot of a page, at most
LONGEST = 6  # lines of one of them
INDENTED = 2.6  # em by which its first line may be the narrower one


def take_records(layout: Layout, plan: NotePlan) -> list[tuple[int, ...]]:
    """The lines of each record on the first pages, in order; they are taken out of the plan's notes."""
    found: list[tuple[int, ...]] = []
    starts = {body.lines[0] for body in plan.bodies if body.lines}
    for page in layout.pages[:PAGES]:
        i = page.first
        while i < page.last:
            end = _end(layout.lines, i, page.last, starts, plan)
            if end > i:
                found.append(tuple(range(i, end)))
            i = max(end, i + 1)
    taken = {i for lines in found for i in lines}
    if taken:
        plan.bodies[:] = [
            Body(body.label, tuple(i for i in body.lines if i not in taken), body.mark)
            if taken.intersection(body.lines)
            else body
            for body in plan.bodies
        ]
        plan.note_lines |= taken
    return found


def _end(lines: Sequence[Line], i: int, last: int, starts: set[int], plan: NotePlan) -> int:
    """The line behind a record that begins with line ``i``; ``i`` itself where none does."""
    text = lines[i].text
    if _CODE.match(text):
        end = i + 1
        while end < last and _CODE_GOES_ON.fullmatch(lines[end].text):
            end += 1
        return end
    if i + 1 == last and not plan.note_lines.isdisjoint((i - 1, i)) and _names_issue(lines[i - 1], text):
        return last
    match = _RECORD.match(text)
    if match is None:
        return i
    if _DATES.fullmatch(text, match.end()):
        return i + 1 + (i + 1 < last and _DAY_GOES_ON.fullmatch(lines[i + 1].text) is not None)
    inside = i in plan.note_lines
    foot = i + 1
    while foot < last and foot not in starts and (foot in plan.note_lines) is inside:
        foot += 1
    end = i + 1
    while end < foot and not _opens(lines, end) and lines[end].width <= lines[end - 1].width + INDENTED:
        end += 1
    told = foot - i <= FOOT or end == foot or _opens(lines, end)
    return end if told and end - i <= LONGEST else i


def _names_issue(above: Line, text: str) -> bool:
    """Whether the last line of a page names its journal and the issue, below notes that are closed; works that are cited have marks."""
    return is_masthead(text) and "《" not in text and is_closed(above.text)


def _opens(lines: Sequence[Line], i: int) -> bool:
    """Whether line ``i`` begins something that is no part of the record above it: another one, a heading, a label, the title in English."""
    text = lines[i].text
    records = _RECORD.match(text) or _CODE.match(text) or heading_mark(text)
    english = _ENGLISH.fullmatch(text) and HAN_CHARACTER.search(lines[i - 1].text)
    return bool(records or english) or is_label_line(text)
