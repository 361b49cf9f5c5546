"""The text lines of a dump as flows, and what they are gathered into.

Comes in: a layout without furniture, and which of its lines are notes. Goes out: its text lines, with what calls at their ends hide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from pipeline.location import record
from pipeline.recovery.page_dump.front.roles import Para
from pipeline.recovery.page_dump.front_lines import is_label_line, names_journal
from pipeline.recovery.page_dump.furniture.clearing import Furnished
from pipeline.recovery.page_dump.notes.plan import NotePlan
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.page_dump.text.profile import Flow
from pipeline.recovery.wording.headings import HeadingMark

_LONE_LETTER = re.compile("[A-Za-z»](?<=[\u3000-\u9fff\uff00-\uff5e].)(?=[\u3000-\u9fff\uff00-\uff5e]|$)")
FRONT, TITLE = 8, 3  # lines of a title and what stands below it, and of the title alone
_PAUSE = re.compile("[，。；]")


@record
class Run:
    """Flows ``first`` up to ``last``: a paragraph, a heading, or a line of a table."""

    first: int
    last: int
    mark: HeadingMark | None = None
    loose: bool = False
    item: HeadingMark | None = None  # an entry of an outline
    listed: bool = False  # an entry of a list of works


def read_flows(furnished: Furnished, plan: NotePlan, private: bool) -> tuple[list[Flow], list[int]]:
    """The text lines, with what the calls at their ends hide.

    ``private``: single letters stand for Han characters, so they are as wide.
    """
    layout = furnished.layout
    flows: list[Flow] = []
    numbers: list[int] = []
    for number, page in enumerate(layout.pages):
        for i in range(page.first, page.last):
            if i in plan.note_lines:
                continue
            line = layout.lines[i]
            follows = bool(numbers) and numbers[-1] == i - 1 and i > page.first
            if i == page.first and line.tight:  # a page's own space, behind its number
                line = line._replace(tight=False, indent=max(0, line.indent - 1))
            head, tail, called, width = line.text, line.text, False, line.width
            width += 0.5 * len(_LONE_LETTER.findall(line.text)) if private else 0
            calls = plan.calls.get(i, ())
            opens = any(call.start == 0 for call in calls) if calls else False
            for call in calls:
                width -= 0.5 * width_of(line.text[call.start : call.end])
                if call.start == 0:
                    head = line.text[call.end :]
                if call.start < call.end == len(line.text):
                    tail, called = line.text[: call.start].rstrip(), True
            if called and not tail and flows:  # a call alone on its line hangs on the line before
                tail, width = flows[-1].tail, flows[-1].width
            begins = not follows and bool(flows) and plan.parts(flows[-1].line.end, line.start)
            ends = head[:12], tail[-12:], head[:1], tail[-1:]
            flows.append(Flow(line, number, *ends, called, follows, width, opens, begins))
            numbers.append(i)
    return _with_loose_fronts(flows) if layout.spread else flows, numbers


def _with_loose_fronts(flows: list[Flow]) -> list[Flow]:
    """The flows without the missing blank lines that say nothing: of titles and authors, at the beginning and above an abstract."""
    ends = [0, *(i for i, flow in enumerate(flows) if flow.line.tight and is_label_line(flow.line.text))]
    for end in ends:
        step = -1 if end else 1
        for i in range(end or 1, max(0, end - FRONT) if end else min(FRONT, len(flows)), step):
            if not flows[i].line.tight:
                break
            flows[i] = flows[i]._replace(line=flows[i].line._replace(tight=False))
    return flows


def title_block(flows: Sequence[Flow], short: float) -> int:
    """How many lines at the beginning are short, as who wrote a text is; those of the title above them may be wide, and have no mark,
    so may those that name the journal.
    """
    title = sum(1 for _ in takewhile(lambda flow: names_journal(flow.line.text), flows[:FRONT]))
    wide = takewhile(
        lambda flow: flow.width >= short and not _PAUSE.search(flow.line.text), flows[title : title + TITLE]
    )
    title += sum(1 for _ in wide)
    return title + sum(
        1 for _ in takewhile(lambda flow: flow.width < short, flows[title : max(title, FRONT)])
    )


def para_of(flows: Sequence[Flow], run: Run) -> Para:
    """The run as the front matter is told by."""
    flows = flows[run.first : run.last]
    first = flows[0].line
    text = first.text if len(flows) == 1 else " ".join(f.line.text for f in flows)
    rank = run.mark.rank if run.mark else 0.0
    numbered = run.mark is not None and bool(run.mark.number)
    return Para(text, len(flows), run.mark is not None, rank, bool(first.gap), numbered)
