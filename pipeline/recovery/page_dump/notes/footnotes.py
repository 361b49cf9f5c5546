"""The notes of a page dump: which lines of a page are notes, which body belongs to which call.

Comes in: a layout without furniture. Goes out: ``NotePlan``: the bodies with their lines, the calls with
their places, findings. The whole document is one alignment (``pipeline.recovery.notes``): bodies first,
as a run of numbers at the beginning of lines, then for each body its call, near its page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipeline.recovery.letters import is_han, is_latin
from pipeline.recovery.notes import BODY_MARKS, Mark, MarkStyle, label_number, number_of
from pipeline.recovery.page_dump.captions import CAPTION
from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.notes.firsts import SPACE
from pipeline.recovery.page_dump.notes.missing import DOUBTFUL, plan_missing
from pipeline.recovery.page_dump.notes.numbering import Numbering, is_excerpt, rank_styles
from pipeline.recovery.page_dump.notes.open_ends import (
    call_behind_outer,
    find_doubles,
    find_gaps,
    lack_call,
)
from pipeline.recovery.page_dump.notes.plan import Body, NotePlan
from pipeline.recovery.page_dump.notes.stars import bind_stars
from pipeline.recovery.page_dump.notes.tokens import pages_of_lines
from pipeline.recovery.page_dump.notes.unlabelled import Setting, deal, setting_of
from pipeline.recovery.page_dump.pages.layout import Layout, Page, measure_of
from pipeline.recovery.sequences import SKIPPED, align_calls, run_on

_PAIRS = dict(zip("《〈「『（(", "》〉」』）)", strict=True))
OTHER = 3.0  # speaks against a rest in Han characters of a note that broke off behind a word in letters
OVERLEAF = -3.4  # the same on the page before the body's or the one behind, where it weighs less already
REST_LINES = 24  # no rest of a note is longer
FIRST, SECOND = 0.5, 0.75  # so many of the bodies are called, at least: in the likeliest style, in any other
WEAK = 1.0  # less speaks for each body on average where most look like something else
LIKELY = 1.5  # the same where they are numbered as lists are
HALF = 0.5  # of the lines of a page
CITING, CALLING = 3.0, 3.0  # what speaks for the only note of a text, and for its call
APART = 1.0  # for the call, where the note's label has a line of its own
LISTED = (MarkStyle.PAREN, MarkStyle.DOT)  # so lists are numbered, too
NEAR = {0: 0.0, -1: -2.0, 1: -2.5}  # the call's page minus the body's → weight


def plan_notes(layout: Layout, measure: float) -> NotePlan:
    """Binds the notes of a page dump."""
    plan = _plan_numbers(layout, measure)
    bind_stars(layout, plan)
    return plan


def _plan_numbers(layout: Layout, measure: float) -> NotePlan:
    pages = pages_of_lines(layout)
    for rank, numbering in enumerate(rank_styles(layout, pages)):
        if plan := _plan_bodies(layout, numbering, measure, SECOND if rank else FIRST):
            return plan
    return plan_missing(layout, pages)


def _plan_bodies(layout: Layout, numbering: Numbering, measure: float, least: float) -> NotePlan | None:
    """The notes that a numbering gives; None where fewer than the share ``least`` are called: a list counts on, too."""
    style, bodies, tokens = numbering
    if len(bodies) < 2 and not any(
        layout.lines[b.place[0]].rule or _stands_alone(layout, b, numbering) for b in bodies
    ):
        return None
    plan = NotePlan()
    owners = _zones(layout, bodies, measure)
    plan.note_lines = set(owners)
    labels = run_on([body.value for body in bodies])
    lines_of: dict[int, list[int]] = defaultdict(list)
    for line, owner in sorted(owners.items()):
        lines_of[owner].append(line)
    _deal_stacked(layout, bodies, lines_of)
    for number, (body, label) in enumerate(zip(bodies, labels, strict=True)):
        plan.bodies.append(Body(label, tuple(lines_of[number]), body.length))
    _bind(layout, plan, bodies, labels, tokens, style)
    called = sum(map(len, plan.calls.values()))
    if style in LISTED and numbering.weight < LIKELY * len(bodies):
        return None
    weak = numbering.weight < WEAK * len(bodies)
    if style in LISTED or weak or _fills_pages(layout, plan, bodies):
        least = max(least, SECOND)
    return plan if called >= least * len(bodies) else None


def _stands_alone(layout: Layout, body: Mark, numbering: Numbering) -> bool:
    """Whether the only note of a text is one: it cites at the foot of its page, and what calls it is hardly anything else."""
    if not is_excerpt(layout) or body.weight < CITING or numbering.style in LISTED:
        return False
    page = layout.pages[body.page]
    low = body.place[0] - page.first >= HALF * (page.last - page.first)
    least = APART if label_number(layout.lines[body.place[0]].text) else CALLING
    called = any(
        mark.weight >= least and mark.value == body.value and mark.place < body.place
        for mark in numbering.tokens[body.page]
    )
    labels = (BODY_MARKS[numbering.style].match(layout.lines[i].text) for i in range(page.first, page.last))
    near = sum(m is not None and abs(number_of(m[1]) - body.value) <= SKIPPED for m in labels)
    return low and called and near == 1


def _fills_pages(layout: Layout, plan: NotePlan, bodies: Sequence[Mark]) -> bool:
    """Whether the notes take more than half of the pages that they stand on, as sections of the text do."""
    pages = [layout.pages[number] for number in {body.page for body in bodies}]
    taken = sum(i in plan.note_lines for page in pages for i in range(page.first, page.last))
    return taken > HALF * sum(page.last - page.first for page in pages)


# --- zones


def _zones(layout: Layout, bodies: Sequence[Mark], measure: float) -> dict[int, int]:
    """Which body each note line belongs to (by the body's number in the run)."""
    starts = {body.place[0]: number for number, body in enumerate(bodies)}
    by_page: dict[int, list[int]] = defaultdict(list)
    for body in bodies:
        by_page[body.page].append(body.place[0])
    note_measure = _note_measure(layout, by_page)
    owners: dict[int, int] = {}
    owner, carried = -1, ""
    for number, page in enumerate(layout.pages):
        begin = _zone_start(layout, page, by_page.get(number, []), owner, carried, measure, note_measure)
        end = _zone_end(layout, begin, page, set(by_page.get(number, [])))
        for i in range(begin, end):
            owner = starts.get(i, owner)
            if owner >= 0:
                owners[i] = owner
        if begin < end:
            last = layout.lines[end - 1]
            carried = "" if is_closed(last.text) else last.text
    return owners


def _deal_stacked(layout: Layout, bodies: Sequence[Mark], lines_of: dict[int, list[int]]) -> None:
    """Labels that stand in a column of their own came out first, their bodies behind the last of them.

    Each gets its own body where as many lines begin with the space behind a label as there are labels above, or end a sentence
    short of the measure, or where there are no more lines than labels; else the bodies divide the lines as they fit best.
    """
    lines = layout.lines
    setting: Setting | None = None
    at = 0
    while at < len(bodies):
        last = at
        while (
            last + 1 < len(bodies)
            and len(lines_of[last]) == 1
            and lines_of[last + 1][:1] == [lines_of[last][0] + 1]
            and all(bodies[k].length >= len(lines[bodies[k].place[0]].text) for k in (last, last + 1))
        ):
            last += 1
        rest = lines_of[last][1:]
        wide = max((lines[i].width for i in rest), default=0.0)
        ends = [
            k + 1 for k, i in enumerate(rest[:-1]) if lines[i].width < wide - 1.5 and is_closed(lines[i].text)
        ]
        if len(rest) == last - at + 1:
            ends = list(range(1, len(rest)))
        before = lines_of[at - 1][-1:] if at and bodies[at - 1].page == bodies[at].page else []
        open_before = any(not is_closed(lines[i].text) for i in before)
        spaced = [k for k, i in enumerate(rest) if 0 < lines[i].indent <= SPACE]
        if len(spaced) == last - at + 1 and not spaced[0]:
            ends = spaced[1:]
        elif last > at and rest and len(ends) != last - at and rest == list(range(rest[0], rest[-1] + 1)):
            setting = setting or setting_of(layout, _texts(layout, lines_of))
            starts = deal(lines, range(rest[0], rest[-1] + 1), last - at + 1, setting)
            ends = [start - rest[0] for start in starts[1:]]
        if last > at and len(ends) == last - at and not open_before:
            for k, (a, b) in enumerate(pairwise([0, *ends, len(rest)])):
                lines_of[at + k] = [bodies[at + k].place[0], *rest[a:b]]
        at = last + 1


def _texts(layout: Layout, lines_of: dict[int, list[int]]) -> list[range]:
    """The lines of each page above its notes."""
    noted = {i for lines in lines_of.values() for i in lines}
    firsts = (next((i for i in range(*page[:2]) if i in noted), page.last) for page in layout.pages)
    return [range(page.first, first) for page, first in zip(layout.pages, firsts, strict=True)]


def _note_measure(layout: Layout, by_page: dict[int, list[int]]) -> float:
    """How wide the notes' full lines are, in em."""
    return measure_of(
        [
            line._replace(indent=0) if (line := layout.lines[i]).indent else line
            for number, first in by_page.items()
            for i in range(first[0], layout.pages[number].last)
        ]
    )


def _zone_start(
    layout: Layout,
    page: Page,
    starts: Sequence[int],
    owner: int,
    carried: str,
    measure: float,
    note_measure: float,
) -> int:
    """The first note line of a page: its rule, its first body, or a rest of the note before.

    ``carried`` is that note's last line, empty where the note came to an end.
    """
    lines = layout.lines
    first = starts[0] if starts else page.last
    rules = [i for i in range(page.first, min(first + 1, page.last)) if lines[i].rule]
    if rules and owner >= -1 and (starts or owner >= 0):
        return rules[0]
    if not carried or owner < 0 or first <= page.first:
        return first
    return _rest_start(layout, page, first, carried, measure, note_measure)


def _rest_start(
    layout: Layout, page: Page, first: int, carried: str, measure: float, note_measure: float
) -> int:
    """Where the rest of the note before begins, on a page without a rule; ``first`` when nothing shows it.

    Notes are set smaller, so their full lines hold more; a blank line may stand before them; the rest closes what the
    ``carried`` line left open; and the text must break off where the next page takes it up.
    """
    lines = layout.lines
    behind = lines[page.last] if page.last < len(lines) else None
    begins = behind is not None and behind.indent >= 2
    smaller = note_measure >= measure + 1.5
    best, start, worth = 1.5, first, 0.0
    for i in range(first - 1, max(page.first, first - REST_LINES), -1):
        line, text = lines[i], lines[i - 1]
        if i < first - 1 and smaller:  # a full line of the note
            worth += 1 if measure + 1 <= line.width <= note_measure + 1.5 else -1.5
        if worth < -4:
            break
        closed = is_closed(text.text)
        score = worth + (3 if line.gap else 0) - (3 if line.indent >= 2 else 0)
        wide = smaller and i < first - 1 and line.width >= measure + 1
        score += 3 if _closes(carried, line.text + (lines[i + 1].text if wide else "")) else 0
        if behind is not None:
            score += 2 if closed is begins else -1
        score -= OTHER if carried[-1].isalpha() and is_latin(carried[-1]) and is_han(line.text[0]) else 0
        score += 1 if abs(text.width - measure) < 1.2 else 0
        score -= 2 if first < page.last and not is_closed(lines[first - 1].text) else 0
        if not smaller and not line.gap:
            score = 2 if i == first - 1 and first < page.last and line.indent < 2 else 0
        if score > best:
            best, start = score, i
    return start


def _closes(before: str, text: str) -> bool:
    """Whether ``text`` closes the last mark that ``before`` opened and did not close.

    >>> _closes("《橋志》，《河", "道考》，頁 8。"), _closes("《橋志》，", "《河道考》，頁 8。")
    (True, False)
    """
    opened: list[str] = []
    for char in before:
        if char in _PAIRS:
            opened.append(_PAIRS[char])
        elif opened and char == opened[-1]:
            opened.pop()
    inside: list[str] = []
    for char in text if opened else "":
        if char in _PAIRS:
            inside.append(_PAIRS[char])
        elif inside and char == inside[-1]:
            inside.pop()
        elif char in _PAIRS.values():
            return not inside and char == opened[-1]
    return False


def _zone_end(layout: Layout, begin: int, page: Page, starts: set[int]) -> int:
    """Notes go on to the page's end, but for a table that was set below them."""
    for i in range(begin + 1, page.last):
        text = layout.lines[i].text
        if i in starts or not CAPTION.match(text) or text[-1] in "。，；,." or len(text) > 40:
            continue
        if not any(s > i for s in starts) and is_closed(layout.lines[i - 1].text):
            return i
    return page.last


# --- calls


def _bind(
    layout: Layout,
    plan: NotePlan,
    bodies: Sequence[Mark],
    labels: Sequence[str],
    tokens: Sequence[Sequence[Mark]],
    style: MarkStyle,
) -> None:
    by_value: dict[int, list[Mark]] = defaultdict(list)
    wanted = {body.value for body in bodies}
    for marks in tokens:
        for mark in marks:
            parted = mark.tail > 0 and mark.place[0] + 1 in plan.note_lines
            if mark.value in wanted and mark.place[0] not in plan.note_lines and not parted:
                by_value[mark.value].append(mark)
    options = [_near(body, by_value[body.value]) for body in bodies]
    called = sum(1 for choices in options if any(c.weight > 0 for c in choices))
    if called * 2 < len(bodies):  # endnotes: the bodies stand far from their calls
        options = [by_value[body.value] for body in bodies]
    calls = _second_look(bodies, options, align_calls(bodies, options))
    for label, call in zip(labels, calls, strict=True):
        if call is not None:
            plan.add_call(call, label)
    for body, label, call in zip(bodies, labels, calls, strict=True):
        if call is None and not call_behind_outer(layout, plan, tokens, body, label):
            lack_call(layout, plan, body.place[0], label)
    find_gaps(layout, plan, bodies, labels, calls, tokens)
    find_doubles(layout, plan, tokens)


def _second_look(
    bodies: Sequence[Mark], options: Sequence[Sequence[Mark]], calls: Sequence[Mark | None]
) -> list[Mark | None]:
    """For bodies still without a call: the only mark of their number between the calls around them."""
    out = list(calls)
    for k, call in enumerate(out):
        if call is not None:
            continue
        low = next((c.place for c in reversed(out[:k]) if c is not None), (-1, 0))
        high = next((c.place for c in out[k + 1 :] if c is not None), (1 << 60, 0))
        between = [
            m
            for m in options[k]
            if low < m.place < high and m.weight > (DOUBTFUL if m.page == bodies[k].page else OVERLEAF)
        ]
        out[k] = between[0] if len(between) == 1 else None
    return out


def _near(body: Mark, marks: Sequence[Mark]) -> list[Mark]:
    return [
        mark._replace(weight=mark.weight + NEAR[mark.page - body.page])
        for mark in marks
        if mark.page - body.page in NEAR
    ]
