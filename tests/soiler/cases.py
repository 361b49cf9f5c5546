"""The soiled cases by number: the same number is the same book in the same dirt, for ever."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from tests.soiler import ocr
from tests.soiler.book import Book, Plan, write_book
from tests.soiler.page_dump import Style, fitted, random_style, soil


@dataclass(frozen=True)
class Case:
    """A clean book, what it was soiled with, and the dirty text."""

    book: Book
    style: object
    form: str
    text: str


def page_dump_case(seed: int) -> Case:
    """Every fifth is a journal with private-encoded glyphs whose endnotes were not extracted."""
    rng = random.Random(f"page-dump {seed}")
    private = seed % 5 == 0
    style = random_style(rng, private)
    if seed >= 200:
        style = _more(style, random.Random(f"more {seed}"), private)
    if seed >= 600 and not private:
        style = _marked(style, random.Random(f"marks {seed}"))
    plan = Plan(
        spaced=not private and rng.random() < 0.5,
        quotes=not private,
        notes=max(rng.choice([0.0, 0.1, 0.2]), 0.15 if private else 0.0),  # a few calls prove nothing
        bodies=not private,
        call_after_stop=rng.random() < 0.6,
        latin=bool(style.indent) and not style.private,
    )
    book = fitted(write_book(rng, plan), style)
    return Case(book, style, "page-dump", soil(book, style, rng))


def ocr_case(seed: int) -> Case:
    """A book as OCR Markdown."""
    rng = random.Random(f"ocr {seed}")
    style = ocr.random_style(rng)
    plan = Plan(spaced=rng.random() < 0.5, notes=rng.choice([0.1, 0.2]), call_after_stop=rng.random() < 0.6)
    book = write_book(rng, plan)
    return Case(book, style, "ocr-markdown", ocr.soil(book, style, rng))


def _more(style: Style, rng: random.Random, private: bool) -> Style:
    """Front matter, and numbering that starts again on every page."""
    style = replace(style, front=rng.random() < 0.5)
    if not private and rng.random() < 0.3:
        style = replace(style, restart=True, rule=True)
        if rng.random() < 0.5:
            style = replace(style, circled=True, note_mark=rng.choice(["{n} ", "{n}"]))
    return style


def _marked(style: Style, rng: random.Random) -> Style:
    """Calls and notes with other marks than bare numbers."""
    call, mark = rng.choice(
        [
            ("[{n}]", "[{n}] "),
            ("[{n}]", "[{n}]"),
            ("（{n}）", "（{n}）"),
            ("〔{n}〕", "〔{n}〕"),
            ("註{n}", "註{n}："),
            ("[註{n}]", "[註{n}] "),
        ]
    )
    return replace(style, call=call, note_mark=mark, circled=False)
