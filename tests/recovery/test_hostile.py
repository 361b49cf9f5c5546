"""Texts that no book has: the time that recovery takes grows with their length and no faster."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from pipeline.recovery import recover

FORMS = ("page-dump", "ocr-markdown", "wiki-markdown", "plain")  # Markdown is taken as it is
SMALL = 4000  # characters
LARGE = 250_000  # from half a megabyte up, in Han characters
NOISE = 0.15  # seconds: what takes less is not compared
FASTER = 9  # times as long for a text four times as long; a square would be 16
SECONDS = 40  # of CPU time for the large ones: a line of one character costs as much as one of forty

Shape = Callable[[int], str]


def again(text: str) -> Shape:
    """``text`` again and again."""
    return lambda length: (text * (length // len(text) + 1))[:length]


def between(first: str, text: str, last: str = "") -> Shape:
    """``text`` again and again between two others."""
    return lambda length: first + again(text)(length) + last


SHAPES: dict[str, Shape] = {
    "spaces": between("水", " ", "城"),
    "leading spaces": between("", " ", "城"),
    "wide spaces": between("水", "\N{IDEOGRAPHIC SPACE}", "城"),
    "tabs": between("水", "\t", "城"),
    "spaces in a raised formula": between("水$ ^", " ", "城"),
    "spaces in a label": between("水\n\n$ ^", " ", "城"),
    "blank lines": between("水", "\n", "城"),
    "spaces behind words": again("水" + " " * 50),
    "spaces before words": again(" " * 50 + "水\n"),
    "tildes": again("~"),
    "backticks": again("`"),
    "stars": again("*"),
    "underscores": again("_"),
    "hyphens": again("-"),
    "marks of quotations": again("> "),
    "bars": again("|"),
    "dots": again("."),
    "digits": again("1"),
    "letters": again("abcdefgh"),
    "one line": again("水城河湖山路船橋，"),
    "long lines": again("水城河湖山路船橋" * 12_500 + "\n"),
    "lines of one character": again("水\n"),
    "lines of one digit": again("1\n"),
    "lines torn at marks": again("水城河，\n湖山\n。\n"),
    "labels above and below": again("水城。1\n[2]\n湖山\n[1]\n"),
    "form feeds": again("\f水"),
    "backticks in pairs": again("`水"),
    "fences": again("```\n"),
    "an open fence": between("```\n", "水。\n"),
    "rules of tildes": again("~~~\n"),
    "comments": again("<!-- 水 "),
    "an open comment": between("<!--", "水。\n\n"),
    "brackets": again("["),
    "brackets in brackets": lambda length: "[" * (length // 2) + "]" * (length // 2),
    "links": again("[水](城"),
    "pictures": again("![水]("),
    "formulas": again("$a"),
    "raised": again("水<sup>"),
    "raised numbers": lambda length: "".join(f"水<sup>{n}</sup>" for n in range(length // 15)),
    "one raised number": again("<sup>1</sup>"),
    "tags": again("<b>水"),
    "open tags": again("<a "),
    "templates": again("{{水"),
    "templates in templates": lambda length: "{{" * (length // 4) + "}}" * (length // 4),
    "variants": again("-{水"),
    "references": again("<ref>水"),
    "calls": again("水1。\n"),
    "notes": again("1 水\n"),
    "bound notes": lambda length: (
        "".join(f"水{n}。\n" for n in range(length // 12)) + "".join(f"{n} 城\n" for n in range(length // 12))
    ),
    "numbers at line ends": lambda length: "".join(
        f"水水水水{1000 + n}\n水水水水水水水水\n" for n in range(length // 18)
    ),
    "quotations in quotations": lambda length: "".join(
        ">" * n + " 水\n" for n in range(int((2 * length) ** 0.5))
    ),
    "items in items": lambda length: "".join("  " * n + "- 水\n" for n in range(int(length**0.5))),
    "opened quotations": again("「水"),
    "chapters": again("第一章 水\n"),
    "contents": between("目錄\n", "水.... 3\n"),
    "divided words": again("abc-\n"),
    "spaced characters": again("水 "),
    "tables": again("<tr><td>水"),
    "rows": again("|水|\n"),
}


def seconds(text: str, form: str) -> float:
    begun = time.process_time()
    recover(text, form)
    return time.process_time() - begun


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_time_grows_with_length(shape: Shape, form: str) -> None:
    longer = seconds(shape(4 * SMALL), form)
    if longer > NOISE:  # once more, so that a slow moment of the machine is not counted
        shorter = max(seconds(shape(SMALL), form), NOISE / FASTER)
        assert min(longer, seconds(shape(4 * SMALL), form)) <= FASTER * shorter


@pytest.mark.sweep
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_large_text_takes_seconds(shape: Shape, form: str) -> None:
    assert seconds(shape(LARGE), form) <= SECONDS


def test_a_dollar_before_many_spaces_takes_no_longer_than_its_length() -> None:
    def seconds(spaces: int) -> float:
        begin = time.process_time()
        recover("# 水\n\n水$" + " " * spaces + "。\n", "ocr-markdown")
        return time.process_time() - begin

    assert seconds(20_000) < 2  # each space once, not once for each other
