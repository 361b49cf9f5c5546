"""A thesis as its dump: quotations behind a colon that lost their indents, entries among them, texts that take up again.

What tells a quotation there is the colon before it, the blank behind the paragraph that ends, and the space around it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from tests.soiler.book import NUMERALS, Book, Call, Part, Run
from tests.soiler.page_dump import Style
from tests.soiler.prose import Prose

INTRODUCED = ("他在日記中寫道", "相關的記載如下", "報告說", "當時的會議紀錄指出", "其內容如下")
ENTRIES = ("{c}、", "{n}. ", "（{c}）")
QUOTED = 0.2  # of the paragraphs announce a quotation


def thesis_style(rng: random.Random) -> Style:
    """Blanks behind paragraphs, mostly the space between them, a rule before the notes."""
    gap = rng.choice(["\n\n", "\n\n", "\n"])
    restart = rng.random() < 0.3
    circled = restart and rng.random() < 0.5
    head = rng.choice(["", "", "own"])
    return Style(
        measure=rng.randint(33, 37),
        height=rng.randint(26, 33),
        gap=gap,
        feed=gap == "\n" or rng.random() < 0.3,
        indent=rng.choice(["    ", "  ", "\u3000\u3000"]),
        head=head,
        number="" if head else rng.choice(["", "foot"]),
        note_mark="{n}" if circled else rng.choice(["{n} ", "{n} ", "{n}. "]),
        quote_indent="",
        watermark=rng.random() < 0.4,
        circled=circled,
        restart=restart,
        smaller=rng.choice([0, 4, 6]),
        apart=rng.random() < 0.8,
        tops=True,
    )


def write_thesis(rng: random.Random) -> Book:
    """Chapters, sections and parts of sections, with notes numbered from 1 through the book."""
    writer = _Writer(rng)
    parts = [part for chapter in range(rng.randint(2, 4)) for part in writer.chapter(chapter)]
    return Book(writer.prose.title(), tuple(parts), writer.notes)


class _Writer:
    """Writes the parts of a thesis and keeps its notes."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.prose = Prose(rng, rng.random() < 0.7)
        self.notes: dict[int, str] = {}

    def chapter(self, number: int) -> Iterator[Part]:
        yield self._heading(f"第{NUMERALS[number]}章 ", 1)
        yield self._paragraph()
        for section in range(self.rng.randint(2, 3)):
            yield self._heading(f"第{NUMERALS[section]}節 ", 2)
            parts = self.rng.choice([0, 2, 3])
            for part in range(max(1, parts)):
                if parts:
                    yield self._heading(f"{NUMERALS[part]}、", 3)
                for _ in range(self.rng.randint(2, 5)):
                    yield from self._passage()

    def _passage(self) -> Iterator[Part]:
        paragraph = self._paragraph()
        if self.rng.random() >= QUOTED:
            yield paragraph
            return
        colon = self.rng.choice("：：：:")
        yield replace(paragraph, runs=_merged([*paragraph.runs, self.rng.choice(INTRODUCED) + colon]))
        yield from self._called(self._quotation())
        yield replace(self._paragraph(), resumes=self.rng.random() < 0.6)

    def _quotation(self) -> list[Part]:
        if self.rng.random() < 0.55:
            count = self.rng.choice([1, 1, 1, 2])
            return [Part("quote", ("".join(self.prose.sentences(2, 5)),)) for _ in range(count)]
        mark = self.rng.choice(ENTRIES)
        return [
            Part("quote", (mark.format(c=NUMERALS[k], n=k + 1) + "".join(self.prose.sentences(1, 2)),))
            for k in range(self.rng.randint(2, 4))
        ]

    def _called(self, parts: list[Part]) -> list[Part]:
        if self.rng.random() < 0.7:
            parts[-1] = replace(parts[-1], runs=(*parts[-1].runs, self._call()))
        return parts

    def _paragraph(self) -> Part:
        runs: list[Run] = []
        for sentence in self.prose.sentences(3, 8):
            runs += [sentence, self._call()] if self.rng.random() < 0.2 else [sentence]
        return Part("paragraph", _merged(runs))

    def _call(self) -> Call:
        label = len(self.notes) + 1
        self.notes[label] = self.prose.note()
        return Call(label)

    def _heading(self, mark: str, level: int) -> Part:
        return Part("heading", (mark + self.prose.heading(),), level)


def _merged(runs: list[Run]) -> tuple[Run, ...]:
    out: list[Run] = []
    for run in runs:
        if isinstance(run, str) and out and isinstance(out[-1], str):
            out[-1] += run
        else:
            out.append(run)
    return tuple(out)
