"""Notes behind each section of a text: a line such as 註釋, the bodies, and the next section's heading; or behind the whole
text, below the titles of its chapters.

Comes in: a layout without furniture. Goes out: a ``NotePlan``, or None where fewer than two sections have notes of their
own. Refused: bodies that their section does not call.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, takewhile
from typing import NamedTuple

from pipeline.note_signs import NOTES_WORDS
from pipeline.recovery.notes.numbers import BODY_MARKS, Mark, MarkStyle, number_of
from pipeline.recovery.notes.sequences import align_calls, run_on
from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.front_lines import is_label_line, reads_as_title, signs_article
from pipeline.recovery.page_dump.notes.doubts import fills_pages
from pipeline.recovery.page_dump.notes.numbering import Numbering
from pipeline.recovery.page_dump.notes.open_ends import lack_call
from pipeline.recovery.page_dump.notes.plan import Body, NotePlan
from pipeline.recovery.page_dump.notes.tokens import call_tokens, pages_of_lines, signed_lines
from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.letters import squashed

_HEAD = re.compile(
    rf"[【\[［〔]?(?:{NOTES_WORDS}|文[後后][註注]|本[章節节][註注][釋释]?)[】\]］〕]?[：:]?", re.IGNORECASE
)
_HEAD_STARTS = frozenset("【[［〔註注尾附腳脚文本NnEeFf")  # one of these begins it
_CITES = re.compile(r"[《〈]|[頁页]\s?[0-9]")
STYLES = (
    MarkStyle.WORD,
    MarkStyle.BRACKET,
    MarkStyle.CIRCLED,
    MarkStyle.PAREN,
    MarkStyle.DOT,
    MarkStyle.BARE,
    MarkStyle.ROMAN,
)
UNMISTAKABLE = (MarkStyle.BRACKET, MarkStyle.WORD)  # sections are not numbered so
SHORT = 1.5  # so much wider is the line below a heading
TITLES = 3  # so many titles, at most, stand on end
NAME = 4  # characters: what the author does may have a line of its own
SECTIONS = 2  # so many lists of notes, at least


def notes_heads(lines: Sequence[Line]) -> list[int]:
    """The lines that say «notes» and nothing else."""
    return [i for i, line in enumerate(lines) if _is_notes_head(line.text)]


def _is_notes_head(text: str) -> bool:
    return text[:1] in _HEAD_STARTS and _HEAD.fullmatch(squashed(text)) is not None


def list_end(lines: Sequence[Line], last: int, stopped: bool = True) -> int:
    """The line behind a list of notes whose last body begins with line ``last``: a heading, a label of the front, the author.

    A heading without a number is a short line above one of the text, with others of its kind between them or none.
    ``stopped``: the body ends with a full stop or with what else closes a sentence.
    """
    for i in range(last + 1, len(lines)):
        text = lines[i].text
        if is_label_line(text):
            while i > last + 1 and text_alone(lines[i - 1].text):
                i -= 1
            return i
        if stopped and not is_closed(lines[i - 1].text):
            continue
        behind = lines[i + 1].text if len(text) <= NAME and i + 1 < len(lines) else ""
        if signs_article(f"{text} {behind}"):
            return i
        if _CITES.search(text):
            continue
        if heading_mark(text) is not None:
            return i
        titles = sum(1 for _ in takewhile(lambda line: reads_as_title(line.text), lines[i : i + TITLES]))
        if titles and i + titles < len(lines) and SHORT * lines[i].em <= lines[i + titles].em:
            return i
    return len(lines)


def text_alone(text: str) -> bool:
    """Whether a line above an abstract is its title or author, and no end of a note."""
    return len(text) < 80 and not is_closed(text) and not text.endswith((".", "。"))


def plan_sections(layout: Layout) -> NotePlan | None:
    """Binds the notes of each section to the calls in it, where lines say that notes follow."""
    heads = notes_heads(layout.lines)
    for style in STYLES if len(heads) >= SECTIONS else ():
        lists = list(_lists(layout, heads, style))
        if len(lists) >= SECTIONS and len(lists) == len(heads):
            begins = [0, *(end for _, _, end in lists[:-1])]
            return _plan(
                layout,
                [
                    _Listed(range(begin, head), (head,), bodies, end)
                    for begin, (head, bodies, end) in zip(begins, lists, strict=True)
                ],
                style,
            )
    return None


def plan_unnamed(layout: Layout, numbering: Numbering) -> NotePlan | None:
    """The same where no line says so: bodies up to the heading of the section whose text calls the next of them."""
    lists = _unnamed_lists(layout, numbering)
    if not SECTIONS <= len(lists) < len(numbering.bodies) or _cut_sentences(layout, numbering, lists):
        return None
    begins = [0, *(end for _, end in lists[:-1])]
    listed = [
        _Listed(range(begin, bodies[0].place[0]), (), bodies, end)
        for begin, (bodies, end) in zip(begins, lists, strict=True)
    ]
    plan = _plan(layout, listed, numbering.style)
    if plan and numbering.style not in UNMISTAKABLE and fills_pages(layout, plan, numbering.bodies):
        return None  # numbered sections, and the numbers that a list of contents has of them
    return plan


def _unnamed_lists(layout: Layout, numbering: Numbering) -> list[tuple[list[Mark], int]]:
    """Lists of bodies parted by headings, and the line behind each: the first body of a list is called in the text above it."""
    lines = layout.lines
    called: dict[int, list[int]] = {}  # for each number its lines in their order
    for mark in chain.from_iterable(numbering.tokens):
        if mark.weight > 0:
            called.setdefault(mark.value, []).append(mark.place[0])
    lists: list[tuple[list[Mark], int]] = []
    bodies: list[Mark] = []
    stopped = True  # the lists so far end with a full stop
    for body in numbering.bodies:
        last = bodies[-1].place[0] if bodies else -1
        places = called.get(body.value, [])
        k = bisect_right(places, last)
        call = places[k] if k < len(places) else body.place[0]
        if bodies and call < body.place[0]:
            stop = min(body.place[0], call + 2)  # there is text between the two, up to the call at least
            end = last + list_end(lines[last:stop], 0, stopped)
            if end > call:
                end = last + list_end(lines[last:stop], 0, stopped=False)
                stopped = stopped and end > call
            if end <= call:
                lists.append((bodies, end))
                bodies = []
        bodies.append(body)
    return [*lists, (bodies, list_end(lines, bodies[-1].place[0], stopped))] if bodies else lists


def _cut_sentences(layout: Layout, numbering: Numbering, lists: Sequence[tuple[list[Mark], int]]) -> bool:
    """Whether most lists stand inside a sentence, as at the feet of pages: behind a section its text has come to an end."""
    last_calls = {mark.place[0]: mark for mark in chain.from_iterable(numbering.tokens)}
    cut = 0
    for bodies, _ in lists:
        above = bodies[0].place[0] - 1
        text, call = layout.lines[above].text if above >= 0 else "", last_calls.get(above)
        if call is not None and call.place[1] + call.length == len(text):
            text = text[: call.place[1]]
        cut += not is_closed(text) and not _is_notes_head(text)
    return 2 * cut > len(lists)


def _lists(layout: Layout, heads: Sequence[int], style: MarkStyle) -> Iterator[tuple[int, list[Mark], int]]:
    """The lists of notes: the line that says so, the bodies, and the line behind the last of them."""
    pattern = BODY_MARKS[style]
    for head, following in zip(heads, [*heads[1:], len(layout.lines)], strict=True):
        bodies: list[Mark] = []
        for i in range(head + 1, following):
            match = pattern.match(layout.lines[i].text)
            value = number_of(match[1]) if match else 0
            if match and value and (not bodies or value == bodies[-1].value + 1):
                bodies.append(Mark(value, (i, 0), match.end(), 1.0))
            elif not bodies or i >= list_end(layout.lines[:following], bodies[-1].place[0]):
                break
        if bodies:
            yield head, bodies, list_end(layout.lines[:following], bodies[-1].place[0])


class _Listed(NamedTuple):
    """A list of notes: the lines of the text that call them, the heads above the list, if any, its bodies, the line behind it."""

    text: range
    heads: tuple[int, ...]
    bodies: list[Mark]
    end: int


def plan_chapters(layout: Layout, head: int) -> NotePlan | None:
    """Binds notes behind the text that stand below the titles of their chapters, numbered from 1 below each."""
    lines = layout.lines
    asked = {squashed(line.text) for line in lines[head + 1 :] if heading_mark(line.text) is not None}
    titles: dict[str, int] = {}
    for i, line in enumerate(lines[:head] if asked else ()):
        if (title := squashed(line.text)) in asked:
            titles.setdefault(title, i)
    named = [i for i in range(head + 1, len(lines) - 1) if squashed(lines[i].text) in titles]
    for style in STYLES if len(named) >= SECTIONS and named[0] == head + 1 else ():
        firsts = [
            i for i in named if (m := BODY_MARKS[style].match(lines[i + 1].text)) and number_of(m[1]) == 1
        ]
        lists = (
            list(_lists(layout, firsts, style)) if len(firsts) >= SECTIONS and firsts[0] == named[0] else []
        )
        if len(lists) == len(firsts) > 0:
            begins = [titles[squashed(lines[i].text)] for i in firsts]
            stops = [*begins[1:], head]
            return _plan(
                layout,
                [
                    _Listed(range(begin, stop), (head, i) if i == firsts[0] else (i,), bodies, end)
                    for begin, stop, (i, bodies, end) in zip(begins, stops, lists, strict=True)
                ],
                style,
            )
    return None


def _plan(layout: Layout, lists: Sequence[_Listed], style: MarkStyle) -> NotePlan | None:
    plan = NotePlan()
    labels = iter(run_on([body for listed in lists for body in listed.bodies]))
    tokens = [
        mark
        for called in {style, MarkStyle.BARE if style is MarkStyle.DOT else style}
        for marks in call_tokens(layout, pages_of_lines(layout), called, signed_lines(layout))
        for mark in marks
    ]
    missing = 0
    for listed in lists:
        bodies = listed.bodies
        here = [mark for mark in tokens if mark.place[0] in listed.text]
        calls = align_calls(bodies, [[m for m in here if m.value == body.value] for body in bodies])
        plan.marks += [layout.lines[i].span for i in listed.heads]
        starts = [body.place[0] for body in bodies]
        plan.note_lines |= set(range((*listed.heads, *starts)[0], listed.end))
        for body, last, call, label in zip(bodies, [*starts[1:], listed.end], calls, labels, strict=False):
            plan.bodies.append(Body(label, tuple(range(body.place[0], last)), body.length))
            if call is not None:
                plan.add_call(call, label)
                continue
            missing += 1
            lack_call(layout, plan, body.place[0], label)
    return plan if missing * 2 <= len(plan.bodies) else None
