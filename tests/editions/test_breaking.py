"""Lines chosen together, and words divided: the two pure halves of paragraph-wise line breaking."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.editions.pdf.lines.breaking import Gaps, Measure, Places, break_lines
from pipeline.editions.pdf.lines.division import Hyphens, divisions

ENGLISH = Hyphens("en", 5, 2, 2)
SPACE, GIVE, TAKE = 0.25, 0.09, 0.35  # em of a space, what it gives up and takes


def words(lengths: list[int], hyphen_after: int = 0) -> tuple[Places, Gaps]:
    """Words of half-em letters with spaces between, as one endless line of size 1."""
    places = Places()
    starts, stretch, shrink, sizes = [0.0], [0.0], [0.0], [0.0]
    at = 0
    for number, length in enumerate(lengths):
        for letter in range(length):
            if hyphen_after and letter and letter % hyphen_after == 0:
                places.add(at, at - 1, starts[at] + 0.33, starts[at], 1.0, True)
            starts.append(starts[-1] + 0.5)
            for sums in (stretch, shrink, sizes):
                sums.append(0.0)
            at += 1
        end = starts[at]
        starts.append(end + SPACE)
        stretch.append(TAKE)
        shrink.append(GIVE)
        sizes.append(1.0)
        at += 1
        last = number + 1 == len(lengths)
        places.add(at, at - 2, end, starts[at], 0.0, False)
        if last:
            break
    return places, Gaps(list(accumulate(stretch)), list(accumulate(shrink)), list(accumulate(sizes)))


def rooms(places: Places, found: list[int], width: float) -> list[float]:
    """What each line leaves when its gaps are natural."""
    begins = [0.0, *[places.begin[n] for n in found]]
    return [width - (places.end[n] - begin) for n, begin in zip(found, begins, strict=False)]


def test_an_earlier_line_gives_way_for_a_later_one() -> None:
    """Filled one by one, a line of these would have a hole; together, all are even."""
    places, gaps = words([10, 3, 9, 12, 7, 11, 6, 3, 6, 9, 5, 12, 9, 11, 3, 4, 5, 3])
    width = 18.0
    found = break_lines(places, gaps, 0, 0.0, Measure(width, 1.0))
    assert found is not None
    for (before, number), room in zip(pairwise([-1, *found]), rooms(places, found, width), strict=True):
        spaces = number - before - 1
        if number != found[-1]:
            assert -GIVE * spaces - 1e-6 <= room <= TAKE * spaces + 1e-6


def test_without_a_way_only_the_patient_get_an_answer() -> None:
    places, gaps = words([20, 20, 20])
    measure = Measure(15.0, 1.0)
    assert break_lines(places, gaps, 0, 0.0, measure) is None
    found = break_lines(places, gaps, 0, 0.0, measure, patient=True)
    assert found is not None
    assert found[-1] == len(places.at) - 1


def test_words_are_divided_rather_than_spaced() -> None:
    places, gaps = words([20, 20, 20, 20], hyphen_after=3)
    found = break_lines(places, gaps, 0, 0.0, Measure(15.0, 1.0), patient=True)
    assert found is not None
    assert any(places.hyphen[number] for number in found)


def test_what_cannot_be_divided_takes_a_line_of_its_own() -> None:
    places, gaps = words([4, 4, 4, 40, 4, 4])
    found = break_lines(places, gaps, 0, 0.0, Measure(21.0, 1.0), patient=True)
    assert found == [2, 3, 5]


def test_a_lone_character_is_no_last_line() -> None:
    places, gaps = words([4] * 9 + [2])
    places.lone_after = places.at[-2] - 1
    found = break_lines(places, gaps, 0, 0.0, Measure(20.0, 1.0))
    assert found is not None
    assert len(found) > 1
    assert places.at[found[-2]] <= places.lone_after


@given(st.lists(st.integers(1, 14), min_size=1, max_size=60), st.integers(12, 40))
def test_lines_cover_the_paragraph_and_never_overflow(lengths: list[int], width: int) -> None:
    places, gaps = words(lengths, hyphen_after=2)
    found = break_lines(places, gaps, 0, 0.0, Measure(float(width), 1.0), patient=True)
    assert found is not None
    assert found[-1] == len(places.at) - 1
    assert all(a < b for a, b in pairwise(found))
    begins = [0.0, *[places.begin[n] for n in found]]
    firsts = [0, *[places.at[n] for n in found]]
    for number, begin, first in zip(found, begins, firsts, strict=False):
        give = gaps.shrink[places.tail[number]] - gaps.shrink[first]
        assert places.end[number] - begin - give <= width + 1e-6


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("1942-1945/46", ["1942-", "1945/", "46"]),
        ("doi:10.1093/acprof/97801", ["doi:10.1093/", "acprof/", "97801"]),
        ("www.example.org/a_b?c=1", ["www.", "example.", "org/", "a_", "b?", "c=", "1"]),
    ],
)
def test_addresses_and_numbers_break_after_their_marks(text: str, pieces: list[str]) -> None:
    found = divisions(text, lambda at: ENGLISH)
    ends = [0, *(place.at for place in found), len(text)]
    assert [text[a:b] for a, b in pairwise(ends)] == pieces
    assert not any(place.hyphen for place in found)


def test_any_letter_divides_only_what_nothing_else_does() -> None:
    word = "Llanfairpwllgwyn"
    assert not divisions(word, lambda at: None)
    anywhere = divisions(word, lambda at: None, anywhere=True)
    assert [place.at for place in anywhere] == list(range(2, len(word) - 1))
    assert all(place.hyphen for place in anywhere)
    assert min(place.cost for place in anywhere) > max(
        place.cost for place in divisions("hydrography", lambda at: ENGLISH)
    )
