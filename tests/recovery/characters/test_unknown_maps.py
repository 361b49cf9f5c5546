"""A broken map that no table knows is a finding with a proposal, never an edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.han import COMMON
from pipeline.recovery import recover
from pipeline.recovery.characters import unknown_maps
from pipeline.recovery.characters.unknown_maps import unknown_pairs
from pipeline.recovery.ledger import edits
from pipeline.recovery.wording.script import detect_script

CASES = Path(__file__).parents[2] / "cases" / "recovery"
BOOKS = "\n".join(
    path.read_text("utf-8")
    for path in sorted((Path(__file__).parents[3] / "sources").rglob("*"))
    if path.suffix in (".md", ".txt") and detect_script(path.read_text("utf-8")) == "zh-Hant"
)
MADE_UP = {"氿": "水", "圁": "地", "仜": "人", "帴": "年", "孖": "字"}


@pytest.fixture(scope="module")
def broken() -> str:
    text = BOOKS
    for wrong, right in MADE_UP.items():
        assert wrong not in text
        text = text.replace(right, wrong)
    return text


def test_no_everyday_character_is_ever_asked() -> None:
    assert all(unknown_maps._is_common(c) for c in COMMON if unknown_maps._HAN.match(c))


def test_five_pairs_of_no_table_are_found(broken: str) -> None:
    assert unknown_pairs(broken) == MADE_UP


def test_they_are_proposals_and_no_edits(broken: str) -> None:
    manuscript = recover(broken, "plain", lang="zh-Hant")
    found = {
        (broken[f.span.start : f.span.end], f.proposal)
        for f in manuscript.findings
        if f.rule == "C307" and f.span is not None
    }
    assert found == set(MADE_UP.items())
    assert not {broken[e.span.start : e.span.end] for e in edits(manuscript)} & set(MADE_UP)


@pytest.mark.parametrize("path", sorted(CASES.rglob("*.txt")), ids=lambda p: p.stem)
def test_other_texts_have_none(path: Path) -> None:
    assert unknown_pairs(path.read_text("utf-8")) == {}


def test_a_name_with_one_neighbour_is_no_map() -> None:
    assert unknown_pairs(BOOKS + "荀彧說，荀彧來，荀彧去，" * 20) == {}
    assert unknown_pairs(BOOKS) == {}


def test_a_character_far_off_in_code_is_no_map() -> None:
    assert unknown_pairs(BOOKS.replace("水", "黀")) == {}


def test_a_variant_that_no_font_of_the_script_has_is_no_map() -> None:
    assert unknown_pairs(BOOKS.replace("高", "髙")) == {}


def test_cantonese_has_characters_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    cantonese = BOOKS.translate(str.maketrans({"他": "佢", "看": "睇", "的": "嘅", "不": "唔"}))
    assert unknown_pairs(cantonese) == {}
    monkeypatch.setattr(unknown_maps, "_DIALECT", "")
    assert unknown_pairs(cantonese) != {}
