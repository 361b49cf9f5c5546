"""Are lines that a numbering gives as notes' bodies notes at all, or the entries of a list?

Comes in: a layout, the bodies, what calls them. Goes out: what must speak for them, and yes or no. Refused: deciding for one
body alone where there are more.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from pipeline.recovery.notes.numbers import BODY_MARKS, Mark, MarkStyle, label_number, number_of
from pipeline.recovery.notes.sequences import SKIPPED
from pipeline.recovery.page_dump.notes.missing import opens_paragraph
from pipeline.recovery.page_dump.notes.numbering import Numbering, is_excerpt
from pipeline.recovery.page_dump.notes.plan import NotePlan
from pipeline.recovery.page_dump.notes.tokens import pages_of_lines
from pipeline.recovery.page_dump.pages.layout import LOW, Layout

LIKELY = 1.2  # speaks for each body on average, at least, where they are few or numbered as lists are
LIKELIER = 2.6  # the same where they are both
SURE = 4.0  # the same where the calls could be a list, too
FEW = 5  # fewer bodies are few
PAGES = 3  # so many with calls and bodies have no two lists
HALF = 0.5  # of the lines of a page
CITING, CALLING = 2.5, 3.0  # what speaks for the only note of a text, and for its call
OTHERS = 3  # so many calls of others say that notes are elsewhere
APART = 1.0  # for the call, where the note's label has a line of its own
LISTED = (MarkStyle.PAREN, MarkStyle.DOT, MarkStyle.ROMAN)  # so lists are numbered, too
COLONS = "：:"


def least_weight(layout: Layout, plan: NotePlan, style: MarkStyle) -> float:
    """What must speak for each body on average: more for a few that are not all called, and where what calls them opens paragraphs
    as lists do.

    A number that is glued to its text opens no entry, where the labels of the notes are set apart from theirs; two lists do
    not stand in turn on page after page, and on one page they begin with number 1.
    """
    spaced = {body.label: _is_spaced(layout, body.lines[0], body.mark) for body in plan.bodies if body.lines}
    places = [(number, call) for number, calls in plan.calls.items() for call in calls]
    opening = sum(
        not call.start
        and call.end < len(layout.lines[number].text)
        and opens_paragraph(layout, number)
        and _is_spaced(layout, number, call.end) >= spaced.get(call.label, False)
        for number, call in places
    )
    pages = pages_of_lines(layout)
    shared = {pages[number] for number, _ in places} & {pages[b.lines[0]] for b in plan.bodies if b.lines}
    counted = style in LISTED or (style is MarkStyle.BARE and plan.bodies[0].label == "1")
    if 2 * opening > len(places) and len(shared) < PAGES and counted:
        return SURE
    if len(plan.bodies) >= FEW:
        return LIKELY if style in LISTED else -inf
    if style in LISTED:
        return LIKELIER
    return 0.0 if len(plan.bodies) <= len(places) else LIKELY


def _is_spaced(layout: Layout, number: int, end: int) -> bool:
    """Whether a line's label is set apart from what follows it: by a space before or behind the place where it ends, or its line."""
    text = layout.lines[number].text
    return end >= len(text) or text[end - 1].isspace() or text[end].isspace()


def are_announced(layout: Layout, bodies: Sequence[Mark]) -> bool:
    """Whether the numbers count from right below a line that ends in a colon, and end near it: the entries of a list."""
    firsts = [b for k, b in enumerate(bodies) if not k or b.value <= bodies[k - 1].value]
    announced = 0
    for body in firsts:
        line, above = layout.lines[body.place[0]], layout.lines[max(0, body.place[0] - 1)]
        announced += not line.rule and not line.gap and above.text[-1] in COLONS
    return 2 * announced > len(firsts) and len({b.page for b in bodies}) <= 2 * len(firsts)


def stands_alone(layout: Layout, body: Mark, numbering: Numbering) -> bool:
    """Whether the only note of a text is one: nothing speaks against it, what calls it above is hardly anything else, no other
    note is called near it, and no other line of the page begins with such a number.
    """
    if not is_excerpt(layout) or body.weight < CITING or numbering.style in LISTED:
        return False
    page = layout.pages[body.page]
    least = APART if label_number(layout.lines[body.place[0]].text) else CALLING
    called = {
        mark.place[0]
        for mark in numbering.tokens[body.page]
        if mark.weight >= least and mark.value == body.value and mark.place < body.place
    }
    if not called or body.place[0] - page.first < LOW * (page.last - page.first):
        return False
    others = {mark.value for mark in numbering.tokens[body.page] if mark.weight >= CALLING} - {body.value}
    if sum(abs(value - body.value) <= SKIPPED for value in others) >= OTHERS:
        return False  # the notes are elsewhere
    known = {*called, body.place[0], page.first, page.last - 1}  # at the edges stands the page's own number
    labels = (
        BODY_MARKS[numbering.style].match(layout.lines[i].text)
        for i in range(page.first, page.last)
        if i not in known
    )
    return not any(m is not None and abs(number_of(m[1]) - body.value) <= SKIPPED for m in labels)


def fills_pages(layout: Layout, plan: NotePlan, bodies: Sequence[Mark]) -> bool:
    """Whether the notes take more than half of the pages that they stand on, as sections of the text do."""
    pages = [layout.pages[number] for number in {body.page for body in bodies}]
    taken = sum(i in plan.note_lines for page in pages for i in range(page.first, page.last))
    return taken > HALF * sum(page.last - page.first for page in pages)
