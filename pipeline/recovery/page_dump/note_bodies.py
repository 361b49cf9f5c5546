"""The notes of a page dump as blocks, bound to their calls; the heading of the place where they stood goes.

Comes in: the plan of the notes and their lines. Goes out: ``NoteBody`` values in the order of their labels.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document.manuscript import Block, BlockKind, NoteBody
from pipeline.document.traced import Edit, Traced
from pipeline.location import Span
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.work import Work
from pipeline.recovery.wording.joints import is_spaced
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.section_names import NOTE_HEADS


def read_notes(work: Work) -> list[NoteBody]:
    """The bodies, each woven of its lines; one that the dump lacks is missing."""
    layout = work.furnished.layout
    texts = [
        layout.lines[i].text[0 if k else body.mark :]
        for body in work.plan.bodies
        for k, i in enumerate(body.lines)
    ]
    spaced = is_spaced(texts)
    out = []
    for body in sorted(
        work.plan.bodies, key=lambda b: (not b.label.isdigit(), int(b.label) if b.label.isdigit() else 0)
    ):
        if not body.lines:
            out.append(NoteBody(body.label, missing=True))
            continue
        numbered = [(i, layout.lines[i]) for i in body.lines]
        first = numbered[0][1]
        work.marks.append(Span(first.start, first.start + body.mark))
        if body.mark >= len(first.text):
            numbered = numbered[1:]
            woven = work.weaver.weave(numbered, spaced) if numbered else Traced()
        else:
            woven = work.weaver.weave(numbered, spaced, body.mark)
        out.append(NoteBody(body.label, (Block(BlockKind.PARAGRAPH, woven),)))
    return out


def without_note_heads(work: Work, runs: Sequence[Run]) -> list[Run]:
    """The runs without headings of lists of notes: the notes stand at their calls now."""
    out: list[Run] = []
    for k, run in enumerate(runs):
        number = work.numbers[run.first]
        text = squashed(work.flows[run.first].line.text)
        last = k + 1 == len(runs) or runs[k + 1].mark is not None
        if run.mark is not None and last and text in NOTE_HEADS and number + 1 in work.plan.note_lines:
            span = work.flows[run.first].line.span
            before = work.weaver.source[span.start : span.end]
            work.removed.append(
                Edit(span, before, "", "N5", "the heading of the notes, which stand at their calls")
            )
        else:
            out.append(run)
    return out
