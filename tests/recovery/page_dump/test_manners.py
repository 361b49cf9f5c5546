"""Real dumps whose notes are numbered in another manner, and such as lost a page: the same text and notes come back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.document.manuscript import Manuscript
from pipeline.document.traced import PieceKind, Traced
from pipeline.recovery import recover

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
MANNERS = {  # the call, the label
    "brackets": ("[{}]", "[{}]"),
    "tortoise shells": ("〔{}〕", "〔{}〕"),
    "parentheses": ("({})", "({})"),
    "word": ("（註{}）", "註{}："),
    "bare word": ("註{}", "註{}"),
    "point": ("{}", "{}."),
    "raised": ("^{}", "^{}"),
    "brackets and digits": ("[{}]", "{}"),
    "raised and digits": ("^{}", "{}"),
    "page by page": ("{}", "{}"),
    "circles page by page": ("①{}", "①{}"),
}


class Dump:
    """A page dump, what comes back from it, and where its note numbers stand."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text(encoding="utf-8")
        self.manuscript = recover(self.text, "page-dump")
        lines = self.text.split("\n")
        starts = [
            i
            for i in range(1, len(lines))
            if lines[i][:1] == " " and lines[i][:2] != "  " and lines[i - 1].strip()
        ]
        self.pages = [sum(len(line) + 1 for line in lines[:i]) for i in starts]
        self.calls = [
            (piece.span.start, piece.span.end, piece.text)
            for text in texts(self.manuscript)
            for piece in text.pieces
            if piece.kind is PieceKind.CALL
        ]
        self.labels = list(self._labels())

    def _labels(self) -> Iterator[tuple[int, int, str]]:
        for note in self.manuscript.notes:
            first = note.blocks[0].content.pieces[0].span.start
            match = re.search(rf"{note.label}\s*$", self.text[first - 8 : first])
            assert match is not None
            begin = first - 8 + match.start()
            yield begin, begin + len(note.label), note.label

    def written(self, manner: str) -> str:
        """The dump with its numbers written in this manner."""
        count: Counter[int] = Counter()
        by_page = {}
        for begin, _, label in sorted(self.labels):
            page = bisect_right(self.pages, begin)
            count[page] += 1
            by_page[label] = str(count[page])
        call, label = MANNERS[manner]
        number = by_page.__getitem__ if "page" in manner else str
        places = [(a, b, number(n), call) for a, b, n in self.calls]
        places += [(a, b, number(n), label) for a, b, n in self.labels]
        out, last = [], 0
        for begin, end, shown, form in sorted(places):
            out += [self.text[last:begin], write(shown, form)]
            last = end
        return "".join([*out, self.text[last:]])


def write(number: str, form: str) -> str:
    """A number as this form has it."""
    if form.startswith("①"):
        return CIRCLES[int(number) - 1]
    return number.translate(RAISED) if form.startswith("^") else form.format(number)


def texts(manuscript: Manuscript) -> Iterator[Traced]:
    for front in manuscript.fronts:
        yield from front.texts()
    for block in manuscript.blocks:
        yield from block.texts()


def said(manuscript: Manuscript) -> list[tuple[str, int]]:
    """The text block by block, each with the number of its calls."""
    return [
        (text.visible(), sum(piece.kind is PieceKind.CALL for piece in text.pieces))
        for text in texts(manuscript)
    ]


def bodies(manuscript: Manuscript) -> list[str]:
    return ["".join(block.content.visible() for block in note.blocks) for note in manuscript.notes]


@pytest.fixture(scope="module", params=["001", "004"])
def dump(request: pytest.FixtureRequest, corpus: Path) -> Dump:
    return Dump(next(corpus.glob(f"{request.param}_*")))


@pytest.mark.parametrize("manner", MANNERS)
def test_notes_are_bound_in_whatever_manner_they_are_numbered(dump: Dump, manner: str) -> None:
    manuscript = recover(dump.written(manner), "page-dump")
    assert bodies(manuscript) == bodies(dump.manuscript)
    assert said(manuscript) == said(dump.manuscript)


@pytest.mark.parametrize("share", [0.3, 0.6])
def test_a_lost_page_leaves_all_others_as_they_were(dump: Dump, share: float) -> None:
    k = int(share * len(dump.pages))
    kept = dump.text[: dump.pages[k]] + dump.text[dump.pages[k + 1] :]
    manuscript = recover(kept, "page-dump")
    whole, known = Counter(said(dump.manuscript)), set(bodies(dump.manuscript))
    assert len([block for block in said(manuscript) if block not in whole]) <= 2  # what the page divided
    assert len([body for body in bodies(manuscript) if body and body not in known]) <= 1
    lost = [note.label for note in manuscript.notes if note.missing]
    assert len(lost) <= 8


@pytest.mark.parametrize("count", [1, 2])
def test_pages_alone_have_the_notes_that_stand_on_them(dump: Dump, count: int) -> None:
    """But for a character or two that only the whole dump shows to be a broken map's."""
    starts = sorted({0, len(dump.text), *(at for at, _ in dump.manuscript.pages)})
    for k in range(0, len(starts) - count, 1 + len(starts) // 40):
        begin, end = starts[k], starts[k + count]
        alone = bodies(recover(dump.text[begin:end].rstrip("\n"), "page-dump"))
        for note, body in zip(dump.manuscript.notes, bodies(dump.manuscript), strict=True):
            spans = [piece.span for block in note.blocks for piece in block.content.pieces]
            if begin <= spans[0].start and spans[-1].end < end:
                assert any(nearly(body, found) for found in alone), body


def nearly(body: str, other: str) -> bool:
    return len(body) == len(other) and sum(a != b for a, b in zip(body, other, strict=True)) <= 2


RAISED_IN_OCR = {  # in OCR Markdown: the call, the label
    "tags": ("<sup>{}</sup>", "<sup>{}</sup>"),
    "tag and point": ("<sup>{}</sup>", "{}."),
    "brackets": ("[{}]", "[{}]"),
    "escaped brackets": ("\\[{}\\]", "\\[{}\\]"),
    "formulas": ("$^{{{}}}$", "$^{{{}}}$"),
    "formula and digits": ("$^{{{}}}$", "{}"),
    "Markdown": ("[^{}]", "[^{}]:"),
    "raised": ("^{}", "^{}"),
    "raised and point": ("^{}", "{}."),
    "digits": ("{}", "{}"),
    "digits and points": ("{}", "{}."),
    "word": ("（註{}）", "註{}："),
    "brackets and digits": ("[{}]", "{}"),
}


@pytest.mark.parametrize("manner", RAISED_IN_OCR)
def test_notes_of_a_recognised_text_are_bound_in_whatever_manner(corpus: Path, manner: str) -> None:
    text = next(corpus.glob("002_*")).read_text(encoding="utf-8")
    whole = recover(text, "ocr-markdown")
    called = {p.span.start for t in texts(whole) for p in t.pieces if p.kind is PieceKind.CALL}
    forms = RAISED_IN_OCR[manner]

    def rewritten(match: re.Match[str]) -> str:
        is_call = not called.isdisjoint(range(match.start() - 1, match.end()))
        return write(match[1], forms[0] if is_call else forms[1])

    manuscript = recover(re.sub(r"<sup>(\d{1,3})</sup>", rewritten, text), "ocr-markdown")
    assert bodies(manuscript) == bodies(whole)
    assert said(manuscript) == said(whole)
