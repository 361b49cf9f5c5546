"""Labels of notes behind the mark that begins their note: they are read before it, and every character stays in its place."""

from __future__ import annotations

import pytest

from tests.recovery.page_dump.dumps import cut, dump, notes, prose, shown

BODIES = {n: f"《河道考》，第{n}頁。" for n in range(1, 17)}


def moved(n: int, between: str) -> str:
    """The label of note ``n`` as pdfplumber gives it."""
    label = str(n)
    return (
        f"{label[:-1]}《{label[-1]}{between}{BODIES[n][1:]}" if n % 3 == 0 else f"{label}{between}{BODIES[n]}"
    )


@pytest.mark.parametrize("between", [" ", ""], ids=["apart", "close"])
def test_endnotes(between: str) -> None:
    text = [line for n in BODIES for line in cut(f"{prose(n)}{n}")]
    manuscript = dump("\n".join([*text, "註釋", *(moved(n, between) for n in BODIES)]) + "\n")
    assert notes(manuscript) == {str(n): body for n, body in BODIES.items()}
    assert shown(manuscript) == [f"{prose(n)}[{n}]" for n in BODIES]


def test_notes_at_the_feet_of_pages() -> None:
    pages = [
        "\n".join(
            [*(line for k in (n, n + 1) for line in cut(f"{prose(k)}{k}")), moved(n, " "), moved(n + 1, " ")]
        )
        for n in range(1, 17, 2)
    ]
    assert notes(dump("\f".join(pages))) == {str(n): body for n, body in BODIES.items()}


def test_a_number_that_begins_a_quotation_stays_there() -> None:
    lines = [
        *cut(f"{prose(1)}1"),
        "「3 號碼頭」的舊址在橋邊，",
        *cut(prose(2)),
        *cut(f"{prose(3)}2"),
        "註釋",
        "1 《河道考》。",
        "2 《縣志》。",
    ]
    assert "「3 號碼頭」" in "".join(shown(dump("\n".join(lines) + "\n")))


def test_a_formula_that_a_bracket_opens_is_read_as_it_stands() -> None:
    lines = [
        *cut(f"{prose(1)}1"),
        "1 《河道考》。",
        *cut(prose(2)),
        "（2−16 尺的單位），",
        "「3−4」的縮寫",
        *cut(prose(3)),
    ]
    text = "".join(shown(dump("\n".join(lines) + "\n")))
    assert "（2−16 尺的單位）" in text and "「3−4」的縮寫" in text
