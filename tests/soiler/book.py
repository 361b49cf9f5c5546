"""A clean book: what recovery must give back."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from tests.soiler.prose import PEOPLE, Prose

HEADING_STYLES: tuple[tuple[str, ...], ...] = (
    ("{c}、",),
    ("{c}、", "（{c}）"),
    ("{f}、", "{c}、"),
    ("第{c}章　", "第{c}節　"),
    ("第{c}節　", "{c}、"),
)
NUMERALS = "一二三四五六七八九十"
FORMAL = "壹貳參肆伍陸柒捌玖拾"


@dataclass(frozen=True)
class Call:
    """A note call in a text."""

    label: int


Run = str | Call


@dataclass(frozen=True)
class Part:
    """A paragraph, a quotation or a heading (``level`` above 0)."""

    kind: str
    runs: tuple[Run, ...]
    level: int = 0
    resumes: bool = False  # a paragraph that takes up the one before a quotation: it has no indent

    @property
    def text(self) -> str:
        """Its text with the calls as ``[^n]``."""
        return "".join(run if isinstance(run, str) else f"[^{run.label}]" for run in self.runs)


@dataclass(frozen=True)
class Book:
    """Parts in order, notes by label (an empty text: the source lacks the body)."""

    title: str
    parts: tuple[Part, ...]
    notes: dict[int, str] = field(default_factory=dict)
    author: str = ""


@dataclass(frozen=True)
class Plan:
    """What a book shall have in it."""

    spaced: bool = False
    quotes: bool = True
    headings: bool = True
    notes: float = 0.15  # calls a sentence
    bodies: bool = True
    call_after_stop: bool = True
    latin: bool = True  # Latin words in the text


def write_book(rng: random.Random, plan: Plan) -> Book:
    """A book of a few sections, with notes numbered from 1 through the book."""
    prose = Prose(rng, plan.spaced, plan.latin)
    parts: list[Part] = []
    notes: dict[int, str] = {}
    style = rng.choice(HEADING_STYLES)
    for section in range(rng.randint(3, 7)):
        if plan.headings:
            parts.append(_heading(prose, style[0], 1, section))
        for sub in range(rng.randint(1, 2) if len(style) > 1 else 1):
            if plan.headings and len(style) > 1 and rng.random() < 0.7:
                parts.append(_heading(prose, style[1], 2, sub))
            for _ in range(rng.randint(3, 8)):
                parts.append(_paragraph(prose, plan, notes))
                if plan.quotes and rng.random() < 0.15:
                    parts.append(Part("quote", ("".join(prose.sentences(3, 6)),)))
    while len(parts) < 4:
        parts.append(_paragraph(prose, plan, notes))
    if parts[-1].kind == "quote":
        parts.append(_paragraph(prose, plan, notes))
    return Book(prose.title(), tuple(parts), notes, rng.choice(PEOPLE))


def _heading(prose: Prose, mark: str, level: int, number: int) -> Part:
    text = mark.format(c=NUMERALS[number], f=FORMAL[number]) + prose.heading()
    return Part("heading", (text,), level)


def _paragraph(prose: Prose, plan: Plan, notes: dict[int, str]) -> Part:
    runs: list[Run] = []
    for sentence in prose.sentences(3, 9):
        if prose.rng.random() >= plan.notes:
            runs.append(sentence)
            continue
        label = len(notes) + 1
        notes[label] = prose.note() if plan.bodies else ""
        if plan.call_after_stop or sentence.endswith("」"):
            runs += [sentence, Call(label)]
        else:
            runs += [sentence[:-1], Call(label), sentence[-1]]
    merged: list[Run] = []
    for run in runs:
        if isinstance(run, str) and merged and isinstance(merged[-1], str):
            merged[-1] += run
        else:
            merged.append(run)
    return Part("paragraph", tuple(merged))
