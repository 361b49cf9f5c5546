"""Lines that single extractors give at another place: first lines of notes, raised numbers, numbers of headings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.recovery.page_dump.lines import pieces
from pipeline.recovery.page_dump.notes.raised import place_raised
from pipeline.recovery.page_dump.pages.scan import read_layout
from tests.recovery.page_dump.dumps import cut, dump, notes, prose, shown


def page(first: int, foot: list[str]) -> str:
    """A page of text that calls three notes, from ``first`` on, in the manner of pdfminer."""
    text = [
        *cut(f"{prose(first)}{first}"),
        *cut(f"{prose(first + 10)}{first + 1}"),
        *cut(f"{prose(first + 20)}{first + 2}"),
    ]
    return "\n\n".join(text) + "\n\n" + "\n".join(foot) + "\n"


def note(n: int) -> tuple[str, str]:
    """The two lines of a note."""
    return f"王某，《河道考》第{n}卷所記碼頭與閘口的沿革，並見縣志，平湖", f"書局，頁{n}。"


@pytest.mark.parametrize("blank", [[], [""]], ids=["tight", "apart"])
def test_first_lines_of_notes_away_from_their_labels(blank: list[str]) -> None:
    pages = []
    for n in range(1, 13, 3):
        (a, b), (c, d), (e, f) = note(n), note(n + 1), note(n + 2)
        foot = [f" {c}", "", f"{n} {a}", b, f"{n + 1}", *blank, d, f"{n + 2}", *blank, f, "", f" {e}", ""]
        pages.append(page(n, foot))
    manuscript = dump("\f".join(pages))
    assert notes(manuscript) == {str(n): "".join(note(n)) for n in range(1, 13)}
    assert manuscript.findings == ()


def test_a_paragraph_that_kept_its_indent_is_no_notes_first_line() -> None:
    """One note's label stands alone, its first line below it."""
    pages, wanted = [], []
    for n in range(1, 13, 3):
        foot = [*note(n), f"{n + 1}", f" {note(n + 1)[0]}", note(n + 1)[1], *note(n + 2)]
        foot[0], foot[5] = f"{n} {foot[0]}", f"{n + 2} {foot[5]}"
        text = "\n\n".join(cut(prose(n + 40)))
        pages.append(f"{text}\n\n\n  {page(n, foot)}")
        texts = (prose(n + 40), *(f"{prose(n + 10 * k)}[{n + k}]" for k in range(3)))
        wanted += texts
    manuscript = dump("\f".join(pages))
    assert notes(manuscript) == {str(n): "".join(note(n)) for n in range(1, 13)}
    assert shown(manuscript) == wanted


def feet(first: int) -> list[str]:
    return [f"{n} 王某，《河道考》，平湖書局，頁{n}。" for n in range(first, first + 2)]


def test_a_call_that_began_the_line_before_which_it_should_stand() -> None:
    pages, wanted = [], []
    for n in range(1, 9, 2):
        text = cut(f"{prose(n)}")
        moved = [*text[:2], "", str(n), "", *text[2:]]  # the call began the second line
        pages.append("\n".join([*moved, *cut(f"{prose(n + 20)}{n + 1}"), "", *feet(n)]))
        wanted += [f"{text[0]}[{n}]{''.join(text[1:])}", f"{prose(n + 20)}[{n + 1}]"]
    assert shown(dump("\n\f".join(pages) + "\n")) == wanted


def test_a_call_that_left_a_hole() -> None:
    pages, wanted = [], []
    for n in range(1, 9, 2):
        text = cut(prose(n))
        at = text[1].index("，", 3) + 1
        holed = [text[0], f"{text[1][:at]} {text[1][at:]}", str(n), "", *text[2:]]
        pages.append("\n".join([*holed, *cut(f"{prose(n + 20)}{n + 1}"), "", *feet(n)]))
        head = text[0] + text[1][:at]
        wanted += [f"{head}[{n}]{prose(n)[len(head) :]}", f"{prose(n + 20)}[{n + 1}]"]
    assert shown(dump("\n\f".join(pages) + "\n")) == wanted


def test_a_call_alone_at_its_lines_end_stays() -> None:
    pages, wanted = [], []
    for n in range(1, 9, 2):
        text = cut(prose(n))
        pages.append("\n".join([*text, str(n), "", *cut(f"{prose(n + 20)}{n + 1}"), "", *feet(n)]))
        wanted += [f"{prose(n)}[{n}]", f"{prose(n + 20)}[{n + 1}]"]
    assert shown(dump("\n\f".join(pages) + "\n")) == wanted


def test_heads_whose_numbers_came_out_on_lines_of_their_own() -> None:
    titles = ["舊碼頭", "新碼頭", "閘口"]
    pages = []
    for k, title in enumerate(titles):
        number = "一二三"[k]
        start = [number, "", title, "", *cut(prose(3 * k + 1)), *cut(prose(3 * k + 2))]
        pages.append("\n".join(["河道考", "", *start]))
        pages += [
            "\n".join([number, "", title, "", *cut(prose(30 * j + 3 * k)), *cut(prose(40 * j + k))])
            for j in (1, 2)
        ]
    found = shown(dump("\n\f".join(pages) + "\n"))
    assert [t for t in found if len(t) < 10] == [
        f"{'一二三'[k]}、{t}".replace("、", " ") for k, t in enumerate(titles)
    ]


@pytest.mark.parametrize("first", [1, 7])
def test_one_label_behind_the_notes_while_that_before_stayed(first: int) -> None:
    """pdftotext gives one of three raised labels last on the page."""
    pages = []
    for n in range(first, first + 12, 3):
        text = [line for k in range(3) for line in cut(f"{prose(n + 20 * k)}{n + k}")]
        bodies = [f"王某，《河道考》第{k}卷（平湖：平湖書局，1910），頁{k}。" for k in range(n, n + 3)]
        foot = ["", str(n), "", *bodies[:2], str(n + 2), bodies[2], str(n + 1), "", f"- {40 + n // 3} -"]
        pages.append("\n".join([*text, *foot]))
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert list(found.values()) == [
        f"王某，《河道考》第{k}卷（平湖：平湖書局，1910），頁{k}。" for k in range(first, first + 12)
    ]


def test_pieces_of_a_line_do_not_swallow_what_was_moved_from_between_them() -> None:
    """Here the number of a call, which the extraction gave below the line that it stands in."""
    layout = read_layout("頭一年不做別的事情\n\n10\n\nK 2\n\n誦")
    one, ten, *rest = layout.lines
    moved = replace(layout, lines=(ten, one, *rest))
    merged = pieces._merged(moved, lambda i, page: page.last if i else 1)
    assert [line.text for line in merged.lines] == ["10", "頭一年不做別的事情", "K 2  誦"]


def test_a_note_of_the_next_page_below_labels_that_are_in_their_place() -> None:
    """A word processor that numbers notes by the page may print the next page's first one on this page."""
    pages = []
    for n in range(1, 13, 3):
        text = [line for k in range(3) for line in cut(f"{prose(n + 20 * k)}{k + 1}")]
        bodies = [f"王某，《河道考》第{n + k}卷（平湖：平湖書局，1910），頁{k}。" for k in range(4)]
        labels = ([1] if n == 1 else []) + [2, 3] + ([1] if n < 10 else [])
        used = bodies if n == 1 else bodies[1:] if n < 10 else bodies[1:3]
        foot = [part for label, body in zip(labels, used, strict=True) for part in (str(label), body)]
        pages.append("\n".join([*text, "", *foot]))
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert [body[len("王某，《河道考》第") :].split("卷")[0] for body in found.values()] == [
        str(k) for k in range(1, 13)
    ]


def test_a_number_that_a_comma_follows_is_no_label_of_a_raised_one() -> None:
    lines = [prose(1)[:20], "", "4", "", prose(2)[:20], "4, 12 September 1946.", prose(3)[:20]]
    for label, moved in (("4, 12 September 1946.", False), ("4 同上。", True)):
        layout = place_raised(read_layout("\n".join(lines).replace(lines[5], label) + "\n"))
        assert (layout.lines[0].text == "4") is moved
