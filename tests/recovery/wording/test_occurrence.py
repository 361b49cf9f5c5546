"""What is asked the cheap way gives what the direct question gives, of any text."""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recovery.characters import fingerprint
from pipeline.recovery.characters.codepoints import unified
from pipeline.recovery.notes.weights import _LABEL_ENDS, _LABELLED, _NO_CALL_BEHIND, weigh_call
from pipeline.recovery.page_dump.front_lines import is_latin_text
from pipeline.recovery.page_dump.notes.bodies import is_closed
from pipeline.recovery.page_dump.pages.layout import Line
from pipeline.recovery.page_dump.pages.tangled import _found
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.page_dump.tables.loose_lines import _has_columns
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.joints import _count_apart, _count_touching, is_spaced
from pipeline.recovery.wording.marks import CLOSERS
from pipeline.recovery.wording.occurrence import has_any, occurring, times
from pipeline.recovery.wording.script import detect_script
from pipeline.settings import RecoverSettings

SIGNS = "的這这，。)12 a é\u0531\u10ff\u1100\u3000\u3400\u9fff\uf9d1\ufb00\ud800\U00020000\U0002f804\n"
TEXTS = st.text(st.sampled_from(SIGNS), max_size=24) | st.text(max_size=12)
WORDS = st.lists(st.text(st.sampled_from(SIGNS), min_size=1, max_size=2), max_size=5)


@given(TEXTS, WORDS)
def test_words_occur_where_the_text_has_them(text: str, words: list[str]) -> None:
    assert occurring(words, text) == [word for word in words if word in text]
    assert has_any(text, words) is any(word in text for word in words)


@given(TEXTS, st.sets(st.sampled_from(SIGNS), min_size=1))
def test_characters_are_counted_as_a_pattern_finds_them(text: str, characters: set[str]) -> None:
    assert times(text, characters) == len(re.findall(f"[{''.join(map(re.escape, characters))}]", text))


@given(TEXTS)
def test_characters_before_hangul_are_half_as_wide(text: str) -> None:
    assert width_of(text) == sum(0.5 if char < "\u1100" else 1.0 for char in text)


@given(TEXTS)
def test_no_compatibility_ideograph_or_radical_is_overlooked(text: str) -> None:
    assert [unified(char) for char in text] == list(unified(text))
    assert len(unified(text)) == len(text)


@given(TEXTS, st.sets(st.text(st.sampled_from(SIGNS.replace("\ud800", "")), min_size=2, max_size=2)))
def test_pairs_are_those_of_neighbouring_ideographs(text: str, pairs: set[str]) -> None:
    there = {a + b for a, b in pairwise(text)}
    ideographs = {pair for pair in pairs if re.fullmatch("[\u3400-\u9fff]{2}", pair)}
    assert _found(pairs, text) == ideographs & there


@given(st.lists(st.text(st.sampled_from("漢字1 a,"), max_size=12), max_size=4))
def test_a_text_is_spaced_where_more_stands_apart_than_touches(texts: list[str]) -> None:
    text = "\n".join(texts)
    assert is_spaced(texts) is (_count_apart(text) > _count_touching(text))


@given(st.text(st.sampled_from("這這個这个國国說说a \n字"), max_size=60))
def test_the_script_with_more_characters_of_its_own_is_told(text: str) -> None:
    hant, hans = (sum(char in own for char in text) for own in ("這個國說", "这个国说"))
    lang = detect_script(text)
    assert lang in ("", "en") or lang == ("zh-Hans" if hans > hant else "zh-Hant")


def test_a_name_or_mark_is_a_heading_also_behind_white_space() -> None:
    assert heading_mark("\u3000結 論") is not None
    assert heading_mark("Ⅹ、結果") is not None
    assert heading_mark("結果與討論") is None


@given(TEXTS)
def test_a_line_ends_a_sentence_where_a_closing_mark_stands_before_digits(text: str) -> None:
    closed = re.search(rf"[{re.escape(CLOSERS)}]\s*[0-9]*$", text.strip()) is not None
    assert is_closed(text.strip()) is closed


def test_a_line_is_replaced_as_a_dataclass_is() -> None:
    line = Line(0, 4, 5, "河道兩岸", 4.0, 2, 1, True, False, True, 20, False)
    changes = {"text": "河道", "em": 2.0, "hidden": True}
    assert line._replace(**changes) == dataclasses.replace(line, **changes)  # type: ignore[arg-type]
    assert line.text == "河道兩岸"
    with pytest.raises(AttributeError):
        line._replace(width=1.0)


@given(st.text(st.sampled_from("漢字aéЖ—’ \u02b0\u2028\U00020000"), max_size=12))
def test_a_text_is_latin_where_its_letters_are(text: str) -> None:
    letters = sum(
        char <= "\u02af" or "\u2010" <= char <= "\u2027" or "\u0370" <= char <= "\u052f" for char in text
    )
    assert is_latin_text(text) is (letters * 10 > len(text) * 7)


@given(st.text(st.sampled_from("漢字 \t|｜\u3000\u2003"), max_size=6))
def test_columns_are_parted_by_wide_spaces_tabs_and_bars(text: str) -> None:
    assert _has_columns(text) is (re.search(r"\s{2}|[\t|｜]", text) is not None)


@given(
    st.text(st.sampled_from("第頁 1a為，。「(年月No."), max_size=8),
    st.text(st.sampled_from("年% .1aMB為，」）"), max_size=4),
)
def test_what_is_asked_first_of_a_calls_neighbours_is_no_answer(before: str, behind: str) -> None:
    assert _LABELLED.search(before) is None or before.strip()[-1] in _LABEL_ENDS
    if _NO_CALL_BEHIND.match(behind) and (not before or not before[-1:].isascii()):
        assert weigh_call(f"{before}2{behind}", len(before), len(before) + 1) < 0


@given(st.text(st.sampled_from("漢字  a"), max_size=300))
def test_a_text_is_set_apart_where_no_more_stands_close(text: str) -> None:
    text = text + " 漢" * 28
    close = sum(len(run) - 1 for run in re.findall("[漢字]{2,}", text))
    apart = len(re.findall("(?<=[漢字]) (?=[漢字])", text))
    assert fingerprint(text, RecoverSettings()).spaced is (apart >= 30 and apart >= close)
