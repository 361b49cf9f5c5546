"""Traced texts: every character knows where it came from, whatever is cut or replaced."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document.traced import Traced
from pipeline.location import Span

HAN = st.text(alphabet="隨着蘇聯檔案u⏎ k史料，。", min_size=1, max_size=30)


def covered(text: Traced) -> list[int]:
    return [at for p in text.pieces for at in range(p.span.start, p.span.end)]


def test_replacing_records_what_stood_there() -> None:
    text = Traced.kept("隨u蘇聯", 5).replaced(1, 2, "着", "C1", "private glyph")
    (edit,) = text.edits()
    assert text.text == "隨着蘇聯"
    assert (edit.span, edit.before, edit.after) == (Span(6, 7), "u", "着")


def test_replacing_over_a_removed_line_end_keeps_one_edit_a_character() -> None:
    text = Traced.joined(
        [Traced.kept("標誌", 0), Traced.edited("\n\n", 2, "", "L1", "joined"), Traced.kept("u五十", 4)]
    )
    out = text.replaced(1, 3, "志着", "C1", "test")
    assert out.text == "標志着五十"
    assert covered(out) == list(range(7))
    assert [e.before for e in out.edits()] == ["誌", "\n\n", "u"]


@given(HAN, st.data())
def test_cutting_loses_nothing(text: str, data: st.DataObject) -> None:
    whole = Traced.kept(text, 3)
    cut = data.draw(st.integers(0, len(text)))
    parts = [whole.sliced(0, cut), whole.sliced(cut, len(text))]
    assert "".join(p.text for p in parts) == text
    assert [at for p in parts for at in covered(p)] == covered(whole)


@given(HAN, HAN, st.data())
def test_replacing_anywhere_keeps_every_source_character(text: str, after: str, data: st.DataObject) -> None:
    joined = Traced.joined(
        [
            Traced.kept(text, 0),
            Traced.edited("\n", len(text), "", "L1", "joined"),
            Traced.kept(text, len(text) + 1),
        ]
    )
    start = data.draw(st.integers(0, len(joined) - 1))
    end = data.draw(st.integers(start + 1, len(joined)))
    out = joined.replaced(start, end, after, "C1", "test")
    assert out.text == joined.text[:start] + after + joined.text[end:]
    assert covered(out) == covered(joined)


def test_the_span_behind_a_part() -> None:
    text = Traced.joined(
        [Traced.kept("標誌", 10), Traced.edited("\n", 12, "", "L1", ""), Traced.kept("五十", 13)]
    )
    assert text.span_at(1, 3) == Span(11, 14)
