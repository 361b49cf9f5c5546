"""``recover(soil(book))`` gives the book back: a hundred cases here, a thousand and more in the sweep."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.recovery import recover
from pipeline.recovery.ledger import account
from tests.soiler.cases import BEHIND, ENGINES, TRANSCRIPTS, Case, ocr_case, page_dump_case, thesis_case
from tests.soiler.compare import differences

# So large a share may differ of the dumps in the manner of extractors without a layout, of those that keep one space of
# a page, and of those that keep nothing.
EXTRACTED, SPACED, UNTOLD = 0.25, 0.2, 0.35
THESES = 0.02  # the same of the theses: those with more flush paragraphs than indented ones


@pytest.mark.parametrize("seed", range(100))
def test_a_page_dump_gives_the_book_back(seed: int) -> None:
    case = page_dump_case(seed)
    assert differences(case.book, recover(case.text, case.form)) == []


@pytest.mark.parametrize("first", [1200, 1400])
def test_notes_are_bound_in_dumps_that_tell_no_pages(first: int) -> None:
    cases = [page_dump_case(seed) for seed in range(first, first + 20)]
    for case in cases:
        manuscript = recover(case.text, case.form)
        assert len(manuscript.notes) == len(case.book.notes), case.style
        assert not any(note.missing for note in manuscript.notes), case.style


@pytest.mark.parametrize("seed", range(50))
def test_ocr_markdown_gives_the_book_back(seed: int) -> None:
    case = ocr_case(seed)
    assert differences(case.book, recover(case.text, case.form)) == []


def test_the_manners_of_many_engines_give_the_book_back() -> None:
    cases = [ocr_case(seed) for seed in range(ENGINES, ENGINES + 24)]
    assert [c.style for c in cases if differences(c.book, recover(c.text, c.form))] == []


def test_transcripts_give_the_book_back() -> None:
    cases = [ocr_case(seed) for seed in range(TRANSCRIPTS, TRANSCRIPTS + 24)]
    assert [c.style for c in cases if differences(c.book, recover(c.text, c.form))] == []


@pytest.mark.parametrize("seed", [*range(12), *range(BEHIND, BEHIND + 4)])
def test_a_thesis_gives_the_book_back(seed: int) -> None:
    case = thesis_case(seed)
    assert differences(case.book, recover(case.text, case.form)) == []


@pytest.mark.parametrize("make", [page_dump_case, ocr_case, thesis_case])
def test_the_same_seed_is_the_same_text(make: Callable[[int], Case]) -> None:
    assert make(7).text == make(7).text != make(8).text


@pytest.mark.parametrize("make", [page_dump_case, ocr_case])
def test_every_character_of_a_soiled_text_is_accounted_for(make: Callable[[int], Case]) -> None:
    for seed in range(300, 320):
        case = make(seed)
        assert account(recover(case.text, case.form)) == []


@pytest.mark.parametrize(
    ("make", "seed"),
    [
        pytest.param(page_dump_case, 320, id="letters of a mark that stand for characters of the text, too"),
        pytest.param(page_dump_case, 838, id="labels that start again, and count on by chance"),
        pytest.param(page_dump_case, 968, id="notes below a line that ends in 第"),
        pytest.param(ocr_case, 555, id="a head whose page has the next note's number"),
        pytest.param(thesis_case, 327, id="calls in brackets behind paragraphs, as sources stand"),
        pytest.param(ocr_case, 2175, id="a foot of plain numbers, the first of which lost its call"),
    ],
)
def test_what_only_the_thousand_showed(make: Callable[[int], Case], seed: int) -> None:
    case = make(seed)
    assert differences(case.book, recover(case.text, case.form)) == []


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("make", "seeds", "allowed"),
    [
        (page_dump_case, range(1000), 0.0),
        (page_dump_case, range(1000, 1200), EXTRACTED),
        (page_dump_case, range(1200, 1400), SPACED),
        (page_dump_case, range(1400, 1600), UNTOLD),
        (ocr_case, range(600), 0.0),
        (thesis_case, range(400), THESES),
    ],
    ids=["page dumps", "extracted", "spaced", "untold", "ocr", "theses"],
)
def test_a_thousand_soiled_texts(make: Callable[[int], Case], seeds: range, allowed: float) -> None:
    differ = []
    for seed in seeds:
        case = make(seed)
        manuscript = recover(case.text, case.form)
        assert account(manuscript) == [], seed
        if differences(case.book, manuscript):
            differ.append(seed)
    print(f"{len(differ)} of {len(seeds)} differ: {differ}")
    assert len(differ) <= allowed * len(seeds), differ
