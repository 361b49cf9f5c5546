"""What lines tell by their characters is the same, however fast it is asked."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.recovery.page_dump.tables import loose_lines
from pipeline.recovery.wording import joints

SHORT = st.text("年月，12aB |｜\t\u3000é", max_size=8)


@given(SHORT)
def test_columns_are_told_as_the_pattern_that_parts_them_does(text: str) -> None:
    assert (loose_lines._HAS_COLUMNS.search(text) is None) == (loose_lines._COLUMNS.search(text) is None)


@given(st.lists(SHORT, max_size=4))
def test_han_and_numbers_stand_apart_where_more_do_than_touch(texts: list[str]) -> None:
    han, other = "[年月]", "[0-9A-Za-z]"
    apart = sum(len(re.findall(f"{han} {other}|{other} {han}", text)) for text in texts)
    touching = sum(len(re.findall(f"{han}{other}|{other}{han}", text)) for text in texts)
    assert joints.is_spaced(texts) == (apart > touching)


@given(st.text("年月 1a，", max_size=12))
def test_no_character_counts_twice(text: str) -> None:
    han, other = "[年月]", "[1a]"
    assert joints._count_apart(text) == len(re.findall(f"{han} {other}|{other} {han}", text))
    assert joints._count_touching(text) == len(re.findall(f"{han}{other}|{other}{han}", text))
