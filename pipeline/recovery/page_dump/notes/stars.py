"""Notes that a star calls: mostly on the author or the title.

Comes in: a layout and its note plan. Goes out: the plan with these notes bound too. Refused: a star without
both a body at the foot of its page and a call above it; it may be an ornament or a list.
"""

from __future__ import annotations

import re

from pipeline.recovery.page_dump.front_lines import STARS, is_masthead, is_star
from pipeline.recovery.page_dump.notes.plan import Body, Call, NotePlan
from pipeline.recovery.page_dump.pages.layout import Layout, Page

# «*.txt» names files, «** p < .01» says what the stars of a table's numbers mean; some extractors give the star a line of its own.
_LEGEND = r"\s*(?:表示)?\s*[pPｐ]\s*[值]?\s*[<＜≤≦=＝]"
_BODY = re.compile(rf"([{STARS}]{{1,3}})(?![./_-]|{_LEGEND})(\s*)(?=[^\s{STARS}]|$)")
_CALL = re.compile(rf"(?<=[^\s{STARS}(./_-])[{STARS}]{{1,3}}(?![{STARS}])")
LIST = 3  # so many lines that the same star begins are a list
FOOT = 12  # lines from the foot of a page among which the body of a star stands


def bind_stars(layout: Layout, plan: NotePlan) -> None:
    """Adds the star notes to the plan. Their labels are the marks, with a number where one comes again."""
    taken: dict[str, int] = {}
    for page in layout.pages:
        for line, match in _bodies(layout, plan, page):
            call = _find_call(layout, plan, page, line, match[1])
            if call is None:
                continue
            mark = "*" * len(match[1])
            taken[mark] = taken.get(mark, 0) + 1
            label = mark if taken[mark] == 1 else f"{mark}{taken[mark]}"
            lines = _lines_of(layout, plan, page, line)
            for i, body in enumerate(plan.bodies):
                if set(lines) & set(body.lines):
                    kept = tuple(k for k in body.lines if k not in lines)
                    plan.bodies[i] = Body(body.label, kept, body.mark)
            plan.note_lines.update(lines)
            plan.bodies.append(Body(label, lines, match.end()))
            plan.calls[call[0]].append(Call(call[1], call[2], label))


def _bodies(layout: Layout, plan: NotePlan, page: Page) -> list[tuple[int, re.Match[str]]]:
    """Lines at the foot of a page, or among its notes, that a star begins."""
    notes = [i for i in range(page.first, page.last) if i in plan.note_lines]
    foot = (notes[0] if notes else page.last) - FOOT
    out = []
    for i in range(max(page.first + 1, foot), page.last):
        text = layout.lines[i].text
        match = _BODY.match(text) if text[0] in STARS else None
        if match and (match.end() < len(text) or i + 1 < page.last):
            out.append((i, match))
    marks = [match[1] for _, match in out]
    return out if len(marks) < LIST or len(set(marks)) > 1 else []


def _find_call(
    layout: Layout, plan: NotePlan, page: Page, line: int, mark: str
) -> tuple[int, int, int] | None:
    for i in range(page.first, line):
        if i in plan.note_lines:
            continue
        if i > page.first and layout.lines[i].text == mark:
            return i, 0, len(mark)  # pdfplumber gives raised characters a line below
        for match in _CALL.finditer(layout.lines[i].text):
            if match.group() == mark:
                return i, match.start(), match.end()
    return None


def _lines_of(layout: Layout, plan: NotePlan, page: Page, line: int) -> tuple[int, ...]:
    """The body's lines: up to the next body, to the article's dates, or to the page's end; below a star in a column of labels those
    notes of the page that are no other label's.
    """
    starts = {body.lines[0] for body in plan.bodies if body.lines}
    if is_star(layout.lines[line].text) and line + 1 in starts:
        owned = {i for body in plan.bodies for i in body.lines}
        return (line, *(i for i in range(line, page.last) if i in plan.note_lines - owned))
    end = line + 1
    while end < page.last and end not in starts and not is_masthead(layout.lines[end].text):
        if _BODY.match(layout.lines[end].text):
            break
        end += 1
    return tuple(range(line, end))
