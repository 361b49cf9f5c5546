"""Pages that only their notes tell."""

from __future__ import annotations

from pipeline.recovery import recover
from pipeline.recovery.page_dump.notes.numbering import rank_styles
from pipeline.recovery.page_dump.notes.resumed import part_behind_notes
from pipeline.recovery.page_dump.pages.layout import measure_of
from pipeline.recovery.page_dump.pages.scan import read_layout
from tests.recovery.page_dump.dumps import cut, notes, prose, shown

WORDS = "河道在秋天總是最先安靜下來船夫把竹篙靠在橋邊等著潮水退去孩子們便跑到石階上看對岸的燈"
WIDTH = 30


def page(n: int, lines: int = 20) -> list[str]:
    """A page of text that runs on to the next, and the two notes it calls."""
    text = "".join(WORDS[(n * 7 + k * 3) % 30 :] for k in range(lines * 2))
    a, b = 2 * n + 1, 2 * n + 2
    text = f"{text[:40]}，{a}{text[40:200]}。{b}{text[200:]}"
    body = [text[i : i + WIDTH] for i in range(0, lines * WIDTH, WIDTH)]
    return [*body, f"{a} 王某，《橋志》（河口：書局，1931），頁 8。", f"{b} 李某，《水志》，頁 {n + 11}。"]


def circled(n: int) -> str:
    return chr(ord("①") + n - 1)


def dump(count: int) -> list[str]:
    return [line for n in range(count) for line in page(n)]


def test_each_page_ends_behind_its_notes() -> None:
    lines = dump(4)
    layout = read_layout("\n".join(lines))
    parted, findings = part_behind_notes(layout, measure_of(layout.lines), rank_styles(layout))
    size = len(page(0))
    assert [part.first for part in parted.pages] == [0, size, 2 * size, 3 * size]
    assert [finding.rule for finding in findings] == ["L13"]


def test_the_notes_are_bound_and_the_text_is_whole() -> None:
    manuscript = recover("\n".join(dump(4)), "page-dump")
    assert [note.label for note in manuscript.notes] == [str(n) for n in range(1, 9)]
    assert not any(note.missing for note in manuscript.notes)
    assert len(manuscript.blocks) == 1


def test_nothing_is_parted_where_pages_are_told_or_notes_stand_at_the_end() -> None:
    told = read_layout("\f".join("\n".join(page(n)) for n in range(4)))
    assert part_behind_notes(told, 30.0, rank_styles(told)) == (told, [])
    pages = [page(n) for n in range(4)]
    ending = [
        *(line for lines in pages for line in lines[:-2]),
        *(line for lines in pages for line in lines[-2:]),
    ]
    layout = read_layout("\n".join(ending))
    assert part_behind_notes(layout, measure_of(layout.lines), rank_styles(layout))[0] is layout


def test_a_page_as_long_as_two_ends_behind_its_first_notes() -> None:
    """One of the form feeds is lost; the other pages stay as they are told."""
    parts = ["\n".join(page(n)) for n in range(6)]
    layout = read_layout("\f".join([*parts[:2], "\n".join(parts[2:4]), *parts[4:]]))
    parted, findings = part_behind_notes(layout, measure_of(layout.lines), rank_styles(layout))
    size = len(page(0))
    assert [part.first for part in parted.pages] == [n * size for n in range(6)]
    assert [finding.rule for finding in findings] == ["L13"]


def test_columns_told_one_after_the_other_each_with_its_notes() -> None:
    """The pages are told; on each the second column goes on behind the notes of the first."""
    columns = [[*cut(f"{prose(n)[:-1]}{n}。", 22), *cut(prose(n + 20), 22)] for n in range(1, 5)]
    bodies = [f"{n} 王某，《河道考》，頁{n}。" for n in range(1, 5)]
    pages = [[*columns[k], bodies[k], *columns[k + 1], bodies[k + 1], str(k // 2 + 1)] for k in (0, 2)]
    manuscript = recover("\n\f".join("\n".join(lines) for lines in pages) + "\n", "page-dump")
    assert shown(manuscript) == [t for n in range(1, 5) for t in (f"{prose(n)[:-1]}[{n}]。", prose(n + 20))]
    assert notes(manuscript) == {str(n): f"王某，《河道考》，頁{n}。" for n in range(1, 5)}


def test_a_column_that_begins_with_a_section_s_heading_is_no_note() -> None:
    columns = [[*cut(f"{prose(n)[:-1]}{n}。", 22), *cut(prose(n + 20), 22)] for n in range(1, 4)]
    bodies = [f"{n} 王某，《河道考》，頁{n}。" for n in range(1, 4)]
    works = ["參考文獻", "王某，《橋志》，平湖書局，1931。"]
    pages = [[*columns[0], bodies[0], *columns[1], bodies[1], "1"], [*columns[2], bodies[2], *works, "2"]]
    manuscript = recover("\n\f".join("\n".join(lines) for lines in pages) + "\n", "page-dump")
    assert shown(manuscript)[-2:] == works
    assert notes(manuscript)["3"] == "王某，《河道考》，頁3。"


def test_a_note_called_in_the_first_column_may_stand_below_the_second() -> None:
    """It had no room below the first."""
    columns = [
        [
            *cut(f"{prose(n)[:-1]}{circled(2 * n - 1)}。", 22),
            *cut(f"{prose(n + 20)[:-1]}{circled(2 * n)}。", 22),
        ]
        for n in range(1, 5)
    ]
    bodies = [f"{circled(n)} 王某，《河道考》，頁{n}。" for n in range(1, 9)]
    pages = [
        [*columns[0], bodies[0], *columns[1], *bodies[1:4]],
        [*columns[2], bodies[4], *columns[3], *bodies[5:]],
    ]
    manuscript = recover("\f".join("\n".join(page) for page in pages), "page-dump")
    assert notes(manuscript) == {str(n): f"王某，《河道考》，頁{n}。" for n in range(1, 9)}
    assert [f.rule for f in manuscript.findings] == ["L13"]
