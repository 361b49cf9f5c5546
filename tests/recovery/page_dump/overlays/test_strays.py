"""Letters of a slanting mark within the lines of the text, and what they tear."""

from __future__ import annotations

import pytest

from pipeline.recovery.ledger import edits
from pipeline.recovery.page_dump.furniture.untold.division import split_untold
from pipeline.recovery.page_dump.holes import without
from pipeline.recovery.page_dump.overlays.strays import find_strays
from pipeline.recovery.page_dump.pages.scan import read_layout
from tests.recovery.page_dump.dumps import cut, dump, notes, prose, shown

MARK = "WKXZVQJB"
PAGES = 6


def page(n: int, mark: str, within: bool, torn: bool = False) -> str:
    """Three paragraphs with a letter of the mark behind each line; every fourth stands within the line before, at its place."""
    lines = [line for k in range(3) for line in cut(prose(3 * n + k))]
    out: list[str] = []
    for k, line in enumerate(lines):
        letter, at = (mark[k], 20 - 2 * k) if k < len(mark) else ("", 0)
        if letter and within and (n + k) % 4 == 0 and len(line) > at:
            out.append(line[:at] + letter + line[at:])
        elif letter and torn and k == 4 and len(line) >= 29:
            out += [line[:at], letter, line[at:]]
        else:
            out += [line, *letter]
    return "\n".join(out)


@pytest.mark.parametrize("gap", ["\n\n", "\n\f", "\n{n}\n"], ids=["blank lines", "feeds", "numbers"])
@pytest.mark.parametrize("point", ["", "‧\n"], ids=["letters alone", "with a point"])
def test_letters_within_lines_go_where_other_pages_have_them(gap: str, point: str) -> None:
    found = [page(n, MARK, within=True).replace("\n", f"\n{point}", 1) for n in range(PAGES)]
    manuscript = dump("".join(part + gap.format(n=n) for n, part in enumerate(found, 1)))
    assert shown(manuscript) == [prose(n) for n in range(3 * PAGES)]
    assert {edit.before for edit in edits(manuscript) if edit.rule == "L5"} >= set(MARK)


def test_a_letter_before_a_line_leaves_no_blank_that_would_tell_a_page() -> None:
    mark = "甲乙丙丁戊己庚辛壬癸"
    found = [page(n, mark, within=True).replace("\n庚\n", "\n庚 ", int(n == 3)) for n in range(PAGES)]
    layout = read_layout("".join(f"{part}\n{n}\n" for n, part in enumerate(found, 1)))
    strays = find_strays(layout, split_untold)
    assert "庚 " in [layout.source[span.start : span.end] for span in strays]
    assert "\n " not in without(layout.source, strays)


def test_letters_that_are_alone_on_few_pages_are_known_by_their_lines() -> None:
    """Which of two letters stands first is known only where one page shows both."""
    manuscript = dump("\n\f".join(page(n, "WNKXNZVN", within=True) for n in range(PAGES)) + "\n")
    assert shown(manuscript) == [prose(n) for n in range(3 * PAGES)]


def test_a_line_that_a_letter_tore_is_one_again() -> None:
    manuscript = dump("\n\n".join(page(n, MARK, within=True, torn=True) for n in range(PAGES)) + "\n")
    assert shown(manuscript) == [prose(n) for n in range(3 * PAGES)]


@pytest.mark.parametrize(
    "marks",
    [[MARK] * PAGES, ["".join(chr(0x4E00 + 97 * n + 13 * k) for k in range(8)) for n in range(PAGES)]],
    ids=["none within a line", "other letters on each page"],
)
def test_other_letters_alone_tell_no_strays(marks: list[str]) -> None:
    same = len(set(marks)) == 1
    text = "\n\n".join(page(n, mark, within=not same) for n, mark in enumerate(marks))
    assert find_strays(read_layout(text), split_untold) == []


def test_a_letter_of_the_text_stays() -> None:
    pages = [page(n, MARK, within=True) for n in range(PAGES)]
    pages[2] = pages[2].replace("，", "（K線）", 1)
    manuscript = dump("\n\n".join(pages) + "\n")
    assert sum("K線" in text for text in shown(manuscript)) == 1


@pytest.mark.parametrize("gap", ["\n\n", "\n\f"], ids=["blank lines", "feeds"])
def test_what_parts_pages_stays_behind_a_letter(gap: str) -> None:
    text = gap.join(page(n, MARK + "YGHF", within=True) for n in range(PAGES))
    layout = read_layout(text)
    ends = {page.first for page in layout.pages} | {i for i, line in enumerate(layout.lines) if line.gap}
    strays = find_strays(layout, split_untold)
    left = read_layout(without(text, strays))
    assert strays and len(ends | {0}) == PAGES
    assert (
        len({page.first for page in left.pages} | {i for i, line in enumerate(left.lines) if line.gap})
        == PAGES
    )


@pytest.mark.parametrize("beside", [True, False], ids=["letter", "none"])
def test_a_last_line_that_came_out_before_the_line_above_it(beside: bool) -> None:
    """pdftotext parts its blocks where a letter of the mark stands."""
    pages = []
    for n in range(PAGES):
        lines = [line for k in range(3) for line in cut(prose(3 * n + k))]
        if n == 2:
            last = next(i for i in range(3, len(lines)) if len(lines[i]) < 26)
            lines[last - 1 : last + 1] = [lines[last], *(["W", "K"] if beside else []), lines[last - 1]]
        pages.append("\n\n".join(["\n".join(lines), *MARK]))
    found = shown(dump("\n\f".join(pages) + "\n"))
    assert (found == [prose(n) for n in range(3 * PAGES)]) is beside


@pytest.mark.parametrize("beside", [True, False], ids=["beside letters", "elsewhere"])
def test_a_full_line_that_came_out_before_the_line_above_it(beside: bool) -> None:
    """The words that go on over their ends tell it: the text has them elsewhere, too."""
    pages = []
    for n in range(PAGES):
        lines = [line for k in range(3) for line in cut(prose(3 * n + k))]
        if n == 2:
            lines[1:3] = [lines[2], *(["W", "K"] if beside else []), lines[1]]
        pages.append("\n\n".join(["\n".join(lines), *MARK]))
    found = shown(dump("\n\f".join(pages) + "\n"))
    assert (found == [prose(n) for n in range(3 * PAGES)]) is beside


@pytest.mark.parametrize("own", [True, False], ids=["the mark's", "the text's"])
def test_letters_and_points_before_the_labels_of_notes(own: bool) -> None:
    """They stand at the edge of a line, set apart; a page that has its points alone has none before a line."""
    pages = []
    for n in range(1, 2 * PAGES, 2):
        text = page(n, MARK, within=True).split("\n")
        first = next(i for i, line in enumerate(text) if line.endswith("。"))
        text[first] += str(n)
        text[-1] += str(n + 1)
        here = n % 4 == 1
        han, point = ("門 ", "‧ " if own else "") if here else ("", "")
        alone = [] if here else ["門", "‧"]
        item = ["‧ 橋志"] if not own and not here else []
        notes_ = [f"{han}{n} 《河道考》，頁{n}。", f"{point}{n + 1} 《橋志》，頁{n}。"]
        pages.append("\n".join([*text, *item, *alone, *notes_]))
    manuscript = dump("\n\f".join(pages) + "\n")
    assert list(notes(manuscript).values()) == [
        f"{title}，頁{n}。" for n in range(1, 2 * PAGES, 2) for title in ("《河道考》", "《橋志》")
    ]
    assert any("‧" in text for text in shown(manuscript)) is not own
