"""The soiled cases by number: the same number is the same book in the same dirt, for ever."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from tests.soiler import ocr
from tests.soiler.book import Book, Plan, write_book
from tests.soiler.page_dump import Style, fitted, random_style, soil
from tests.soiler.thesis import thesis_style, write_thesis

BEHIND = 300  # from this one on the notes of theses stand behind each chapter
ENGINES = 2000  # from this one on OCR cases are in the manners of many engines
TRANSCRIPTS = 3000  # and from this one on in those of language models and rarer ones


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
    if seed % 4 == 3 and style.gap == "\n\n" and not style.feed:
        few = random.Random(f"kept {seed}")
        head, kept = few.choice(["own", "merged"]), few.randint(1, 3)
        style = replace(style, head=head, number="", watermark=False, kept=kept)
    if seed >= 1200:
        style, private = _unparted(style, untold=seed >= 1400), False
    elif seed >= 1000:
        style, private = _extracted(style, random.Random(f"extracted {seed}")), False
    plan = Plan(
        spaced=not private and rng.random() < 0.5,
        quotes=not private and seed < 1000,  # without an indent or a space above nothing tells them
        notes=max(rng.choice([0.0, 0.1, 0.2]), 0.15 if private else 0.0),  # a few calls prove nothing
        bodies=not private,
        call_after_stop=rng.random() < 0.6,
        latin=bool(style.indent) and not style.private,
    )
    book = fitted(write_book(rng, plan), style)
    return Case(book, style, "page-dump", soil(book, style, rng))


def thesis_case(seed: int) -> Case:
    """A thesis's dump."""
    rng = random.Random(f"thesis {seed}")
    style = thesis_style(rng)
    if seed >= BEHIND:
        style = _behind(style, random.Random(f"behind {seed}"))
    book = write_thesis(rng)
    return Case(book, style, "page-dump", soil(book, style, rng))


def _behind(style: Style, rng: random.Random) -> Style:
    """Notes behind each chapter, numbered from 1 there; mostly with a word before the number."""
    call, mark = rng.choice(
        [("[註{n}]", "[註{n}] "), ("[註 {n}]", "[註 {n}] "), ("（註{n}）", "註{n}："), ("[{n}]", "[{n}] ")]
    )
    return replace(
        style, behind=True, call=call, note_mark=mark, circled=False, restart=False, smaller=0, rule=False
    )


def ocr_case(seed: int) -> Case:
    """A book as OCR Markdown."""
    rng = random.Random(f"ocr {seed}")
    style = ocr.random_style(rng) if seed < ENGINES else ocr.engine_style(rng)
    if seed < ENGINES and seed % 4 == 3 and not (style.head or style.number):
        style = replace(style, few=1 + seed % 3)
    if seed >= TRANSCRIPTS:
        style = ocr.transcript_style(random.Random(f"transcript {seed}"))
    plan = Plan(spaced=rng.random() < 0.5, notes=rng.choice([0.1, 0.2]), call_after_stop=rng.random() < 0.6)
    if seed >= ENGINES:
        plan = replace(plan, call_after_stop=True)
    book = write_book(rng, plan)
    text = ocr.soil(book, style, rng)
    return Case(ocr.without_lost_calls(book, style), style, "ocr-markdown", text)


def _more(style: Style, rng: random.Random, private: bool) -> Style:
    """Front matter, and numbering that starts again on every page."""
    style = replace(style, front=rng.random() < 0.5)
    if not private and rng.random() < 0.3:
        style = replace(style, restart=True, rule=True)
        if rng.random() < 0.5:
            style = replace(style, circled=True, note_mark=rng.choice(["{n} ", "{n}"]))
    return style


def _extracted(style: Style, rng: random.Random) -> Style:
    """What pdftotext, pypdf and PyMuPDF make of a page: no indents, no blank lines between lines."""
    style = replace(
        style,
        private=False,
        gap="\n",
        feed=True,
        indent="",
        quote_indent="",
        blank_around=False,
        trailing=False,
        note_mark="{n} ",
        call="{n}",
        circled=False,
        restart=False,
        front=False,
        pull=False,
        watermark=False,
        rule=False,
        compatible=0.0,
        smaller=rng.randint(3, 8),
        kept=0,
    )
    manner = rng.choice(["torn", "labels", "chapters", "plain"])
    if manner == "torn":
        return replace(style, torn=True)
    if manner == "labels":
        return replace(style, labels=rng.choice(["own", "behind"]))
    return replace(style, head="own", number="", chapters=True) if manner == "chapters" else style


def _unparted(style: Style, untold: bool) -> Style:
    """A dump without form feeds and blank lines: their trace is a space, or nothing tells the pages."""
    return replace(
        style,
        private=False,
        gap="\n",
        feed=False,
        kept=0,
        untold=untold,
        restart=style.restart and not untold,
    )


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
