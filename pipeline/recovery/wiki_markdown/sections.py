"""Sections that are empty once their notes are notes.

Comes in: the article's drafts. Goes out: those that stay, those that go, findings. «參考文獻» over nothing but the
list of bodies goes, with the names that stood over parts of the list; any other empty section is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.document.manuscript import BlockKind, Finding
from pipeline.recovery.markdown.drafts import Draft

OF_NOTES = re.compile(
    r"(?:[註注][釋释解腳脚记記]?|[附備备腳脚尾][註注]|引[用註注文]|參考|参考|資料|资料|文獻|文献|來源|来源|出處|出处|與|与|和|及|、|/|\s"
    r"|校[勘記记]+|Notes?|References|Footnotes|Citations|Sources|and)+[：:]?$",
    re.IGNORECASE,
)
# It stood over nothing but the list.
_OF_A_LIST = re.compile(r"(?:引[用註注]|[腳脚][註注]|[註注][腳脚])[：:]?$")


def without_empty_sections(
    drafts: Sequence[Draft], has_notes: bool
) -> tuple[list[Draft], list[Draft], list[Finding]]:
    """What stays, what goes, and the sections that have no text. ``has_notes``: notes are called or have a list."""
    keep: list[Draft] = []
    gone: list[Draft] = []
    findings: list[Finding] = []
    for draft, is_inside in zip(reversed(drafts), reversed(_inside_notes(drafts)), strict=True):
        behind = keep[-1] if keep else None
        is_last = behind is None or behind.kind is BlockKind.HEADING
        if draft.kind is BlockKind.HEADING and (behind is None or (is_last and behind.level <= draft.level)):
            if has_notes and OF_NOTES.match(_name(draft)):
                gone.append(draft)
                continue
            message = f"the section «{_name(draft)}» has no text. Add it, or take the heading away."
            findings.append(Finding("L227", message, draft.parts[0].pieces[0].span))
        elif has_notes and is_inside and (OF_NOTES if is_last else _OF_A_LIST).match(_name(draft)):
            gone.append(draft)
            continue
        keep.append(draft)
    return keep[::-1], gone, findings


def _inside_notes(drafts: Sequence[Draft]) -> list[bool]:
    """Which drafts may name a part of the notes: items and paragraphs of a section of notes."""
    out, inside = [], False
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            inside = OF_NOTES.match(_name(draft)) is not None
        out.append(inside and draft.kind in (BlockKind.ITEM, BlockKind.PARAGRAPH))
    return out


def _name(draft: Draft) -> str:
    return draft.parts[0].visible().strip() if draft.parts else ""
