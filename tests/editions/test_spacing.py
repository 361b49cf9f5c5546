"""Rules of composition, and lines as WeasyPrint sets them by these rules."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.editions.pdf import make_pdf
from pipeline.editions.pdf.lines import spacing
from pipeline.editions.pdf.lines.measure import Measured, Rules
from pipeline.editions.pdf.lines.spacing import CALL, CLOSE, DASH, HAN, LATIN, OPEN, OTHER, PAUSE, SPACE
from pipeline.editions.style.load import load_style
from pipeline.proof.glyphs import read_glyphs
from tests.editions import books

HAN_TEXT = st.text(st.sampled_from("山川日月，。、「」《》（）——……a1 9Ab"), min_size=2, max_size=60)


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("山", "川", True),
        ("山", "。", False),
        ("山", "」", False),
        ("「", "山", False),
        ("”", "山", True),
        ("。", "「", True),
        ("—", "—", False),
        ("山", "—", False),
        ("…", "…", False),
        ("山", "·", False),
        ("5", "％", False),
        ("¥", "5", False),
    ],
)
def test_lines_break_where_the_rules_allow(before: str, after: str, allowed: bool) -> None:
    kinds = [spacing.kind_of(char, not char.isascii()) for char in (before, after)]
    assert spacing.may_break(before, after, *kinds, engine=True) is allowed


def test_a_call_never_begins_a_line() -> None:
    assert not spacing.may_break("山", "1", HAN, CALL, True)


@pytest.mark.parametrize(
    ("before", "after", "mainland", "taiwan"),
    [
        (CLOSE, OPEN, -0.5, -0.5),
        (CLOSE, PAUSE, -0.5, -0.5),
        (PAUSE, OPEN, -0.5, -0.5),
        (PAUSE, CLOSE, -0.5, 0.0),
        (OPEN, OPEN, -0.5, -0.5),
        (HAN, PAUSE, 0.0, 0.0),
        (HAN, LATIN, 0.25, 0.25),
        (LATIN, HAN, 0.25, 0.25),
        (LATIN, PAUSE, 0.0, 0.0),
        (DASH, DASH, 0.0, 0.0),
    ],
)
def test_two_marks_take_one_and_a_half(before: int, after: int, mainland: float, taiwan: float) -> None:
    assert spacing.gap(before, after, False, 1.5, 0.25) == mainland
    assert spacing.gap(before, after, True, 1.5, 0.25) == taiwan


def test_a_space_in_the_source_makes_no_wider_gap() -> None:
    assert spacing.space_width(HAN, LATIN, 0.3, 0.25) == 0.25
    assert spacing.space_width(LATIN, HAN, 0.1, 0.25) == 0.25
    assert spacing.space_width(PAUSE, LATIN, 0.3, 0.25) == 0.0
    assert spacing.space_width(CALL, HAN, 0.3, 0.25) == 0.0
    assert spacing.space_width(LATIN, LATIN, 0.3, 0.25) == 0.3
    assert spacing.space_width(HAN, HAN, 0.3, 0.25) == 0.3
    assert spacing.space_width(HAN, DASH, 0.3, 0.25) == 0.0 == spacing.space_width(DASH, HAN, 0.3, 0.25)
    assert spacing.space_width(DASH, LATIN, 0.3, 0.25) == 0.3


def test_two_calls_that_touch_stand_apart_and_digits_of_one_do_not(tmp_path: Path) -> None:
    book = books.edition("---\ntitle: 甲\n---\n\n# 章\n\n" + "句。[^1]" * 11 + "末[^1][^1]。\n\n[^1]: 註。\n")
    make_pdf(book, tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        glyphs = [glyph for page in pdf.pages for glyph in read_glyphs(page)]
    at = next(i for i, glyph in enumerate(glyphs) if glyph.text == "末")
    first, second, third, fourth = glyphs[at + 1 : at + 5]
    assert "".join(glyph.text for glyph in glyphs[at + 1 : at + 6]) == "1213。"
    assert second.x - first.end == pytest.approx(0, abs=0.05) == fourth.x - third.end
    assert third.x - second.end == pytest.approx(load_style().marks.calls * first.size, abs=0.05)


def test_a_figure_behind_a_call_stands_apart_from_it(tmp_path: Path) -> None:
    text = "# 章\n\n事情發生。[^1]4 月 29 日，又見[^1]於書。\n\n[^1]: 註。\n"
    make_pdf(books.edition(f"---\ntitle: 甲\n---\n\n{text}"), tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        glyphs = [glyph for page in pdf.pages for glyph in read_glyphs(page)]
    (at,) = [i for i, glyph in enumerate(glyphs) if glyph.text == "生"]
    call, figure = glyphs[at + 2 : at + 4]
    assert (call.text, figure.text) == ("1", "4")
    assert figure.x - call.end == pytest.approx(load_style().marks.calls * call.size, abs=0.05)
    (at,) = [i for i, glyph in enumerate(glyphs) if glyph.text == "見"]
    assert glyphs[at + 2].x - glyphs[at + 1].end == pytest.approx(0, abs=0.3)


def test_a_lone_dash_keeps_its_spaces_and_a_dash_of_two_does_not() -> None:
    def width_behind(text: str) -> float:
        rules = Rules(True, False, 1.5, 0.25, 0.3)
        units = [{" ": 220, ".": 300}.get(char, 1000) for char in text]
        measured = Measured(text, 1000.0, units, [True] * len(text), False, rules)
        at = text.rindex(" ")
        return measured.cumulated[at + 1] - measured.cumulated[at]

    assert width_behind("考 —— 根") == 0
    assert width_behind("汀. — 北") == 250


def test_latin_words_are_never_spaced() -> None:
    assert not spacing.may_stretch(LATIN, LATIN)
    assert not spacing.may_stretch(LATIN, OTHER)
    assert not spacing.may_stretch(DASH, DASH)
    assert not spacing.may_stretch(HAN, CALL)
    assert not spacing.may_stretch(OPEN, HAN)
    assert not spacing.may_stretch(PAUSE, OPEN)  # two marks close up, also in a loose line
    assert spacing.may_stretch(HAN, HAN)
    assert spacing.may_stretch(SPACE, LATIN)


def test_what_a_full_line_gives_up() -> None:
    assert spacing.shrink(HAN, LATIN, False, 0.25) == 0.125  # a quarter em to an eighth
    assert spacing.shrink(SPACE, LATIN, False, 0.25) > 0
    assert spacing.shrink(PAUSE, HAN, False, 0.25) > spacing.shrink(PAUSE, HAN, True, 0.25)
    assert spacing.shrink(CLOSE, OPEN, False, 0.25) == 0.0  # has closed up already
    assert spacing.shrink(LATIN, LATIN, False, 0.25) == 0.0


@given(HAN_TEXT)
def test_no_break_is_ever_a_breach(text: str) -> None:
    kinds = [spacing.kind_of(char, not char.isascii()) for char in text]
    for i in range(1, len(text)):
        if spacing.may_break(text[i - 1], text[i], kinds[i - 1], kinds[i], True):
            assert text[i] not in "、，。．：；！？）」』】〕〉》”’…—·％%"
            assert text[i - 1] not in "（「『【〔〈《“‘"
