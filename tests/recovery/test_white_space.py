"""White space that editors, engines and browsers leave at lines: every character stays accounted for, in every form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.recovery import recover
from pipeline.recovery.ledger import account
from tests.soiler.cases import ocr_case, page_dump_case, thesis_case

SOURCES = Path(__file__).resolve().parents[2] / "sources"
TEXTS = {
    "dump": ("page-dump", page_dump_case(5).text),
    "extracted": ("page-dump", page_dump_case(1202).text),
    "thesis": ("page-dump", thesis_case(4).text),
    "ocr": ("ocr-markdown", ocr_case(5).text),
    "engine": ("ocr-markdown", ocr_case(2050).text),
    "transcript": ("ocr-markdown", ocr_case(3034).text),
    "wiki": ("wiki-markdown", (SOURCES / "paper-wiki" / "wiki.md").read_text(encoding="utf-8")),
}


def at_ends(sign: str) -> Callable[[str], str]:
    """Puts a sign behind every line that is not blank."""
    return lambda text: "\n".join(line + sign if line.strip() else line for line in text.split("\n"))


def at_starts(sign: str) -> Callable[[str], str]:
    """Puts a sign before every line that is not blank."""
    return lambda text: "\n".join(sign + line if line.strip() else line for line in text.split("\n"))


MANNERS = {
    "space": at_ends(" "),
    "tab": at_ends("\t"),
    "wide": at_ends("\N{IDEOGRAPHIC SPACE}"),
    "no-break": at_ends("\N{NO-BREAK SPACE}"),
    "separator": at_ends("\N{LINE SEPARATOR}"),
    "backslash": at_ends("\\"),
    "break": at_ends("<br>"),
    "indented": at_starts(" "),
    "indented wide": at_starts("\N{IDEOGRAPHIC SPACE}"),
    "zero width": at_starts("\N{ZERO WIDTH SPACE}"),
    "quoted": at_starts("> "),
    "carriage returns": lambda text: text.replace("\n", "\r\n"),
    "blanks": lambda text: "\n".join(line or "  " for line in text.split("\n")),
    "doubled": lambda text: text.replace("\n", "\n\n"),
    "halved": lambda text: text.replace("\n\n", "\n"),
    "tabs": lambda text: text.replace(" ", "\t"),
}


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("name", TEXTS)
def test_every_character_is_accounted_for(name: str, manner: str) -> None:
    form, text = TEXTS[name]
    assert account(recover(MANNERS[manner](text), form)) == []


@pytest.mark.parametrize("manner", ["space", "tab", "wide", "no-break"])
@pytest.mark.parametrize("name", ["ocr", "engine"])
def test_white_space_behind_lines_says_nothing_in_recognised_text(name: str, manner: str) -> None:
    text = "\n".join(line.rstrip() for line in TEXTS[name][1].split("\n"))
    plain, dressed = (recover(t, "ocr-markdown") for t in (text, MANNERS[manner](text)))
    shown = [[block.content.visible() for block in m.blocks] for m in (plain, dressed)]
    assert shown[0] == shown[1]
    assert [note.label for note in plain.notes] == [note.label for note in dressed.notes]
