"""A clean book as OCR Markdown: pages with ``<sup>`` calls, bodies between rules or at once, broken paragraphs."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from pipeline.recovery.notes.numbers import CIRCLED
from tests.soiler.book import Book, Call, Part
from tests.soiler.page_dump import COMPATIBLE

_HAN_DIGITS = "〇一二三四五六七八九"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class OcrStyle:
    """What the recognition made of the pages."""

    height: int = 900  # characters a page
    rule: bool = True  # a rule before the notes of a page
    rule_after: bool = False  # and one behind them
    space_after: bool = False  # a space after </sup>
    emphasis: bool = True  # headings in bold, besides their marks
    levels: tuple[str, str] = ("## ", "### ")
    broken_notes: bool = True  # a note may go on at the foot of the next page
    call: str = "<sup>{n}</sup>"
    head: bool = False  # a running head at the top of each page, title and page number by turns
    number: bool = False  # the page number on a line of its own at the foot
    few: int = 0  # so many page numbers alone were left, each inside a sentence
    compatible: float = 0.0  # share of the characters that have a compatibility twin
    first_page: int = 1
    title: bool = False  # the title as a heading above the text
    bold: bool = False  # headings are only bold
    body: str = "{call} "  # what a body begins with
    box: str = "{body}"  # what stands around it
    sep: str = ""  # between pages
    lost_calls: int = 0
    inset: str = ""  # a note told in its sentence, instead of call and body
    fence: bool = False  # each page is a block of Markdown
    heading: str = ""  # around a heading, instead of its marks
    folio: str = "{n}"  # the page number's dress


def soil(book: Book, style: OcrStyle, rng: random.Random) -> str:
    """The recognised text of ``book``."""
    uncalled = lost_calls(book, style)
    out: list[str] = [f"# {book.title}"] if style.title else []
    page: list[str] = []  # blocks of this page
    foot: list[str] = []  # bodies of this page
    carried = ""  # the rest of a body that goes on
    used = 0
    folio = style.first_page
    few = style.few
    told = book.notes if style.inset else {}

    def close(unfinished: bool) -> None:
        nonlocal page, foot, carried, used, folio, few
        notes = ([carried] if carried else []) + foot
        carried = ""
        if style.broken_notes and notes and len(notes[-1]) > 60 and rng.random() < 0.3 and unfinished:
            cut = _cut(list(notes[-1]), rng.randint(30, len(notes[-1]) - 15), rng)
            if cut and style.rule:  # without one a rest of a note may as well be the text's
                notes[-1], carried = notes[-1][:cut], notes[-1][cut:]
        if style.sep and folio > style.first_page:
            out.append(style.sep.format(n=folio))
        begin = len(out)
        if style.head and folio > style.first_page:
            out.append(f"{folio} {book.title}" if folio % 2 == 0 else f"{book.title} {folio}")
        out.extend(page)
        if notes:
            out.extend(["---"] if style.rule else [])
            out.extend(notes)
            out.extend(["---"] if style.rule_after else [])
        elif style.rule:
            out.append("---")
        is_left = few > 0 and unfinished and len(page) > 1
        few -= is_left
        if style.number or is_left:
            out.append(style.folio.format(n=folio, h="".join(_HAN_DIGITS[int(d)] for d in str(folio))))
        if style.fence:
            out[begin:] = ["```markdown\n" + "\n\n".join(out[begin:]) + "\n```"]
        page, foot, used = [], [], 0
        folio += 1

    for part in book.parts:
        for piece, labels, whole in _pieces(part, style, style.height - used, rng, uncalled, told):
            page.append(piece)
            used += len(piece)
            if not style.inset:
                foot += [_body(n, book.notes[n], style) for n in labels if book.notes[n]]
            if not whole or used >= style.height:
                close(not whole)
    close(False)
    text = "\n\n".join(out) + "\n"
    return "".join(COMPATIBLE[c] if c in COMPATIBLE and rng.random() < style.compatible else c for c in text)


def lost_calls(book: Book, style: OcrStyle) -> frozenset[int]:
    """The numbers that the recognition overlooked in the text: neither the first nor the last."""
    inner = sorted(book.notes)[1:-1]
    return frozenset(random.Random(book.title).sample(inner, min(len(inner), style.lost_calls)))


def without_lost_calls(book: Book, style: OcrStyle) -> Book:
    """The book as the recognised text still has it."""
    lost = lost_calls(book, style)

    def kept(part: Part) -> Part:
        return replace(
            part, runs=tuple(r for r in part.runs if not (isinstance(r, Call) and r.label in lost))
        )

    return replace(book, parts=tuple(map(kept, book.parts)))


def _mark(template: str, label: int) -> str:
    hundreds, below = divmod(label, 100)
    tens, units = divmod(below, 10)
    han = _HAN_DIGITS[hundreds] + "百" if hundreds else ""
    han += (
        (_HAN_DIGITS[tens] if tens > 1 or hundreds else "")
        + "十" * (tens > 0)
        + _HAN_DIGITS[units] * (units > 0)
    )
    return template.format(n=label, c=CIRCLED[label - 1 :][:1], r=str(label).translate(_RAISED), h=han)


def _body(label: int, text: str, style: OcrStyle) -> str:
    body = _mark(style.body.replace("{call}", style.call), label) + text
    return style.box.format(body=body)


def _pieces(
    part: Part,
    style: OcrStyle,
    room: int,
    rng: random.Random,
    uncalled: frozenset[int] = frozenset(),
    told: Mapping[int, str] = MappingProxyType({}),
) -> list[tuple[str, list[int], bool]]:
    """The part, or its two halves where a page ends inside it: text, the calls in it, is it whole?"""
    if part.kind == "heading" and style.heading:
        return [(style.heading.format(n=part.level + 1, text=part.text), [], True)]
    if part.kind == "heading" and style.bold:
        return [(f"**{part.text}**", [], True)]
    if part.kind == "heading":
        return [(style.levels[part.level - 1] + part.text, [], True)]
    marks = "> " if part.kind == "quote" else ""
    units: list[str | int] = []
    for run in part.runs:
        units += [run.label] if isinstance(run, Call) else list(run)
    cut = _cut(units, room, rng) if part.kind == "paragraph" and len(units) > room + 40 and room > 60 else 0
    if not cut:
        return [
            (marks + _written(units, style, uncalled, told), [u for u in units if isinstance(u, int)], True)
        ]
    halves = units[:cut], units[cut:]
    return [
        (_written(half, style, uncalled, told), [u for u in half if isinstance(u, int)], whole)
        for half, whole in zip(halves, (False, True), strict=True)
    ]


def _cut(units: list[str | int], room: int, rng: random.Random) -> int:
    """A place between two Han characters, well inside a sentence."""
    for at in range(room, len(units) - 20):
        around = units[at - 2 : at + 2]
        if all(isinstance(u, str) and "\u4e00" <= u <= "\u9fff" for u in around):
            return at
    return 0


def _written(
    units: list[str | int],
    style: OcrStyle,
    uncalled: frozenset[int] = frozenset(),
    told: Mapping[int, str] = MappingProxyType({}),
) -> str:
    if style.inset:
        return "".join(u if isinstance(u, str) else style.inset.replace("TEXT", told[u]) for u in units)
    gap = " " if style.space_after else ""
    text = "".join(
        u if isinstance(u, str) else "" if u in uncalled else _mark(style.call, u) + gap for u in units
    )
    return re.sub("(?<=>) (?=[A-Za-z]|$)", "", text)  # before Latin words the space may be the text's own


def random_style(rng: random.Random) -> OcrStyle:
    """A recognition as one meets them."""
    return OcrStyle(
        height=rng.randint(500, 1200),
        rule=rng.random() < 0.7,
        rule_after=rng.random() < 0.2,
        space_after=rng.random() < 0.4,
        levels=rng.choice([("## ", "### "), ("# ", "## "), ("### ", "#### ")]),
        broken_notes=rng.random() < 0.7,
        call=rng.choice(["<sup>{n}</sup>", "<sup>{n}</sup>", "<sup>{n}</sup>", "<sup>[{n}]</sup>"]),
        head=rng.random() < 0.25,
        number=rng.random() < 0.25,
        compatible=rng.choice([0.0, 0.0, 0.7]),
        first_page=rng.randint(1, 180),
    )


MANNERS: tuple[dict[str, str], ...] = (  # how engines write calls and bodies
    {},
    {"body": "{n}. "},
    {"body": "[{n}] "},
    {"call": "$^{{{n}}}$"},
    {"call": " $ ^{{{n}}} $ ", "body": "[{n}] "},
    {"call": "[{n}]"},
    {"call": "〔{n}〕", "body": "〔{n}〕"},
    {"call": "{r}"},
    {"call": "{n}"},
    {"call": "[^{n}]", "body": "[^{n}]: "},
)
BOXES = ("{body}", "{body}", "- {body}", "> {body}", "<small>{body}</small>", "<footnote>{body}</footnote>")
SEPARATORS = (
    "",
    "",
    "<!-- page {n} -->",
    "<page_number>{n}</page_number>",
    "<!-- PageBreak -->",
    "## Page {n}",
)


def engine_style(rng: random.Random) -> OcrStyle:
    """A recognition in the manner of one of many engines; a few calls or bodies may be lost."""
    manner = rng.choice(MANNERS)
    return OcrStyle(
        height=rng.randint(500, 1200),
        rule=rng.random() < 0.5,
        levels=rng.choice([("## ", "### "), ("## ", "## ")]),
        bold=rng.random() < 0.2,
        broken_notes=False,
        title=True,
        head=rng.random() < 0.3,
        number=rng.random() < 0.3,
        first_page=rng.randint(20, 180),
        box="{body}" if manner.get("call", "").startswith("[^") else rng.choice(BOXES),
        sep=rng.choice(SEPARATORS),
        lost_calls=rng.choice([0, 0, 0, 1]),
        **manner,  # type: ignore[arg-type]
    )


TRANSCRIPTS: tuple[dict[str, str], ...] = (  # rarer ones, and what language models write
    {},
    {"call": "〔{h}〕", "body": "〔{h}〕"},
    {"call": "（註{n}）", "body": "註{n}："},
    {"call": "（註{h}）", "body": "註{h}："},
    {"call": "[注{n}]", "body": "[注{n}] "},
    {"call": "﹝{n}﹞", "body": "﹝{n}﹞"},
    {"call": "［{n}］", "body": "［{n}］"},
    {"call": "\\(^{{[{n}]}}\\)", "body": "[{n}] "},
    {"call": "$\\textcircled{{{n}}}$", "body": "$\\textcircled{{{n}}}$ "},
    {"call": "^[{n}]^", "body": "^[{n}]^ "},
    {"call": "<sup>[{n}](#page-{n}-1)</sup>", "body": '<span id="page-{n}-1"></span><sup>{n}</sup> '},
    {"call": "<sup>{n}</sup>", "body": "**{n}** ", "box": "> {body}"},
    {"call": "<sup>{n}</sup>", "box": '<p class="footnote">{body}</p>'},
    {"call": "<sup>{n}</sup>", "box": "*{body}*"},
    {"inset": "\\footnote{TEXT}"},
    {"inset": "<footnote>TEXT</footnote>"},
)
TRANSCRIPT_SEPARATORS = (
    "",
    "=== 第 {n} 页 ===",
    "**[第{n}页]**",
    "[Page {n}]",
    '<div style="page-break-after: always;"></div>',
)
FOLIOS = ("{n}", "$\\cdot {n} \\cdot$", "\\- {n} -", "<center>{n}</center>", "第{n}頁", "{h}")


def transcript_style(rng: random.Random) -> OcrStyle:
    """A transcript as language models and rarer engines give it."""
    manner = rng.choice(TRANSCRIPTS)
    return OcrStyle(
        height=rng.randint(500, 1200),
        rule=rng.random() < 0.5 and "inset" not in manner,
        levels=rng.choice([("## ", "### "), ("## ", "## ")]),
        heading=rng.choice(["", "", "", "<h{n}>{text}</h{n}>"]),
        broken_notes=False,
        title=True,
        head=rng.random() < 0.2,
        number=rng.random() < 0.4,
        first_page=rng.randint(120, 180),
        sep=rng.choice(TRANSCRIPT_SEPARATORS),
        fence=rng.random() < 0.15,
        folio=rng.choice(FOLIOS),
        **manner,  # type: ignore[arg-type]
    )
