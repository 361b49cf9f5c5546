"""The soiled cases by number: the same number is the same book in the same dirt, for ever."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.soiler import ocr
from tests.soiler.book import Book, Plan, write_book
from tests.soiler.page_dump import fitted, random_style, soil


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
    plan = Plan(
        spaced=not private and rng.random() < 0.5,
        quotes=not private,
        notes=rng.choice([0.0, 0.1, 0.2]),
        bodies=not private,
        call_after_stop=rng.random() < 0.6,
        latin=bool(style.indent),
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
