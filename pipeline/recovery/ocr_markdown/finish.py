"""Blocks and notes of a recognised paper when all of them are read.

Comes in: the drafts, and the paragraphs of each body. Goes out: blocks with their levels, bodies in the order of their
labels, those that the source lacks among them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pipeline.document.manuscript import Block, BlockKind, NoteBody
from pipeline.document.traced import Traced
from pipeline.recovery.markdown.drafts import Draft, item_levels
from pipeline.recovery.ocr_markdown.text.promotions import promote
from pipeline.recovery.ocr_markdown.text.sections import heading_levels_of, unbolded


def finished_blocks(
    source: str, drafts: Sequence[Draft], finish: Callable[[Traced], Traced]
) -> tuple[Block, ...]:
    """The blocks; ``finish`` is what is done to each whole text."""
    promote(source, drafts)
    texts = [finish(Traced.joined(d.parts)) for d in drafts]
    texts = [unbolded(t) if d.kind is BlockKind.HEADING else t for d, t in zip(drafts, texts, strict=True)]
    pairs = list(zip(drafts, texts, strict=True))
    levels = heading_levels_of([(d.level, t.visible()) for d, t in pairs if d.kind is BlockKind.HEADING])
    out = []
    for (draft, text), item in zip(pairs, item_levels(drafts), strict=True):
        level = next(levels) if draft.kind is BlockKind.HEADING else item
        rows = tuple(tuple(finish(c) for c in row) for row in draft.rows)
        out.append(Block(draft.kind, text, level, draft.marker, rows))
    return tuple(out)


def finished_bodies(
    bodies: Mapping[str, Sequence[Sequence[Traced]]],
    missing: Sequence[str],
    finish: Callable[[Traced], Traced],
) -> tuple[NoteBody, ...]:
    """The bodies, by label, and the ``missing`` ones."""
    out = [
        NoteBody(label, tuple(Block(BlockKind.PARAGRAPH, finish(Traced.joined(p))) for p in paragraphs))
        for label, paragraphs in bodies.items()
    ]
    out += [NoteBody(label, (), missing=True) for label in missing if label not in bodies]
    return tuple(sorted(out, key=lambda n: (not n.label.isdigit(), int(n.label) if n.label.isdigit() else 0)))
