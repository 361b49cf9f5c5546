"""A person's decisions on the edits of a source, kept from one recovery to the next.

Comes in: a manuscript and decisions by key. Goes out: a manuscript in which a refused edit reads as the
source does, and an accepted proposal as its rule proposed; every character stays accounted for. A key says
the rule and, digested, the words around the edit: it holds when other places of the source change.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline.document.manuscript import Block, BlockKind, Finding, Manuscript
from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.errors import SettingsError
from pipeline.location import Span
from pipeline.recovery.ledger import edits
from pipeline.settings import read_toml

NAME = "decisions.toml"
ACCEPT, REFUSE = "accept", "refuse"
AROUND = 12  # characters on each side that tell one place from another
LOST = "was refused, and is no more: the words around it were changed. Look there again, and take it out of the decisions."
SPLITTABLE = (BlockKind.PARAGRAPH, BlockKind.QUOTE)


def edit_keys(manuscript: Manuscript) -> dict[str, Edit]:
    """The edits of a manuscript by key, in the order of the source."""
    found = edits(manuscript)
    return dict(zip(_keys(manuscript, [(e.rule, e.span, e.after) for e in found]), found, strict=True))


def proposal_keys(manuscript: Manuscript) -> dict[str, Finding]:
    """The findings that propose a text, by key, in the order of the source."""
    found = sorted(
        (f for f in manuscript.findings if f.proposal is not None and f.span is not None),
        key=lambda f: (f.span or Span(0, 0), f.rule),
    )
    places = [(f.rule, f.span or Span(0, 0), f.proposal or "") for f in found]
    return dict(zip(_keys(manuscript, places), found, strict=True))


def _keys(manuscript: Manuscript, places: Iterable[tuple[str, Span, str]]) -> Iterator[str]:
    """A key for each place: the rule, and a digest of what stands there, around it, and how often before."""
    source = manuscript.source_text
    seen: Counter[str] = Counter()
    for rule, span, after in places:
        words = [
            rule,
            "".join(source[max(0, span.start - 3 * AROUND) : span.start].split())[-AROUND:],
            source[span.start : span.end],
            after,
            "".join(source[span.end : span.end + 3 * AROUND].split())[:AROUND],
        ]
        name = hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:10]
        seen[name] += 1
        yield f"{rule}-{name}" + (f"-{seen[name]}" if seen[name] > 1 else "")


def apply_decisions(manuscript: Manuscript, decisions: Mapping[str, str]) -> Manuscript:
    """The manuscript as a person decided. A refusal whose edit is no more is told: one like it may have been made."""
    if manuscript.passthrough or not decisions:
        return manuscript
    made, proposed = edit_keys(manuscript), proposal_keys(manuscript)
    refused = {e for key, e in made.items() if decisions.get(key) == REFUSE}
    accepted = [f for key, f in proposed.items() if decisions.get(key) == ACCEPT]
    settled = [f for key, f in proposed.items() if decisions.get(key) in (ACCEPT, REFUSE)]
    lost = [
        key for key, said in decisions.items() if said == REFUSE and key not in made and key not in proposed
    ]
    undo = partial(_undo, refused=refused)
    layout = list(manuscript.layout)
    blocks = [part for block in manuscript.blocks for part in _undo_block(block, refused, layout)]
    notes = tuple(
        replace(n, blocks=tuple(part for b in n.blocks for part in _undo_block(b, refused, layout)))
        for n in manuscript.notes
    )
    for edit in [e for e in manuscript.removed if e in refused]:
        _put_back(edit, blocks, layout)
    out = replace(
        manuscript,
        fronts=tuple(front.mapped(undo) for front in manuscript.fronts),
        blocks=tuple(blocks),
        notes=notes,
        layout=tuple(layout),
        removed=tuple(e for e in manuscript.removed if e not in refused),
        findings=(
            *(f for f in manuscript.findings if f not in settled),
            *(Finding("L192", f"{key} {LOST}") for key in lost),
        ),
    )
    return _accept(out, accepted)


def _undo(text: Traced, refused: set[Edit]) -> Traced:
    """A text in which refused edits are the source's own words again."""
    if not any(p.edit in refused for p in text.pieces if p.edit is not None):
        return text
    return Traced(tuple(_source_piece(p) if p.edit in refused else p for p in text.pieces))


def _source_piece(piece: Piece) -> Piece:
    before = piece.edit.before if piece.edit is not None else piece.text
    return Piece(before, piece.span, None, PieceKind.TEXT)


def _undo_block(block: Block, refused: set[Edit], layout: list[Span]) -> Iterator[Block]:
    """The block; where a refused edit had joined two lines of a paragraph, two blocks."""
    undo = partial(_undo, refused=refused)
    part: list[Piece] = []
    for piece in block.content.pieces:
        if piece.edit in refused and block.kind in SPLITTABLE and _is_join(piece):
            yield replace(block, content=undo(Traced(tuple(part))))
            layout.append(piece.span)
            part = []
        else:
            part.append(piece)
    yield replace(block, content=Traced(tuple(part))).mapped(undo)


def _is_join(piece: Piece) -> bool:
    """Whether an edit took a line end away."""
    return piece.edit is not None and not piece.edit.before.strip() and "\n" in piece.edit.before


def _put_back(edit: Edit, blocks: list[Block], layout: list[Span]) -> None:
    """A removed line as a paragraph of its own, after the block that surrounds its place."""
    at = edit.span.start
    where = next((i for i, block in enumerate(blocks) if _start(block) > at), len(blocks))
    lines = []
    for line in edit.before.splitlines(keepends=True):
        text = line.strip()
        lead = len(line) - len(line.lstrip()) if text else len(line)
        if lead:
            layout.append(Span(at, at + lead))
        if text:
            lines.append(Block(BlockKind.PARAGRAPH, Traced.kept(text, at + lead)))
            if len(line) > lead + len(text):
                layout.append(Span(at + lead + len(text), at + len(line)))
        at += len(line)
    blocks[where:where] = lines


def _start(block: Block) -> int:
    starts = [p.span.start for text in block.texts() for p in text.pieces if len(p.span)]
    return min(starts, default=-1)


def _accept(manuscript: Manuscript, accepted: list[Finding]) -> Manuscript:
    """The manuscript with the proposals of these findings made, last one first.

    One whose words other edits have cut apart cannot be made and stays a finding.
    """
    for finding in sorted(accepted, key=lambda f: f.span or Span(0, 0), reverse=True):
        before, propose = manuscript, partial(_proposed, finding=finding)
        manuscript = replace(
            before,
            fronts=tuple(front.mapped(propose) for front in manuscript.fronts),
            blocks=tuple(block.mapped(propose) for block in manuscript.blocks),
            notes=tuple(
                replace(note, blocks=tuple(block.mapped(propose) for block in note.blocks))
                for note in manuscript.notes
            ),
        )
        if manuscript == before:
            manuscript = replace(before, findings=(*before.findings, finding))
    return manuscript


def _proposed(text: Traced, finding: Finding) -> Traced:
    """The text with the proposal in it, where an untouched piece holds the whole of its span."""
    span, at = finding.span or Span(0, 0), 0
    for piece in text.pieces:
        if piece.edit is None and piece.span.start <= span.start and span.end <= piece.span.end and len(span):
            start = at + span.start - piece.span.start
            return text.replaced(
                start, start + len(span), finding.proposal or "", finding.rule, finding.message
            )
        at += len(piece.text)
    return text


def read_decisions(path: Path) -> dict[str, str]:
    """The decisions in a file; none when there is no such file. Raises ``SettingsError``."""
    if not path.is_file():
        return {}
    data = read_toml(path)
    table = data.get("decisions", {})
    if set(data) - {"decisions"} or not isinstance(table, dict):
        raise SettingsError("holds more than the table [decisions]. Take the rest out.", str(path))
    for key, said in table.items():
        if said not in (ACCEPT, REFUSE):
            raise SettingsError(f'decides {said!r} on {key}. Write "accept" or "refuse".', str(path))
    return dict(table)


def write_decisions(decisions: Mapping[str, str], notes: Mapping[str, str] | None = None) -> str:
    """``decisions.toml``: sorted by key; ``notes`` say beside a key what it decides."""
    lines = [
        "# Decisions on the edits of this book, made in review: accept or refuse, by an edit's key.",
        "[decisions]",
    ]
    for key in sorted(decisions):
        note = " ".join((notes or {}).get(key, "").split())
        lines.append(f'"{key}" = "{decisions[key]}"' + (f"  # {note}" if note else ""))
    return "\n".join(lines) + "\n"
