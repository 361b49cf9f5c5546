"""Decisions: a refused edit reads as the source does, in every recovery after, and nothing is unaccounted for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document.manuscript import Block, BlockKind, Finding, Manuscript
from pipeline.document.master import write_master
from pipeline.document.traced import Edit, Traced
from pipeline.errors import SettingsError
from pipeline.location import Span
from pipeline.recovery.decisions import (
    apply_decisions,
    edit_keys,
    proposal_keys,
    read_decisions,
    write_decisions,
)
from pipeline.recovery.ledger import account, edits

SOURCE = "河堤u高\n\n三尺，田在堤内。\n\n12 堤田雜記\n\n又一段有疑字。\n"


def manuscript() -> Manuscript:
    """A source of two paragraphs with a glyph mended, lines joined, a running head taken away, a proposal."""
    join, head, last = SOURCE.index("\n\n"), SOURCE.index("12 "), SOURCE.index("又")
    first = Traced.joined(
        [
            Traced.kept("河堤", 0),
            Traced.edited("u", 2, "着", "C1", "a private glyph"),
            Traced.kept("高", 3),
            Traced.edited("\n\n", join, "", "L1", "one paragraph"),
            Traced.kept("三尺，田在堤内。", join + 2),
        ]
    )
    return Manuscript(
        source_text=SOURCE,
        form="page-dump",
        lang="zh-Hant",
        blocks=(
            Block(BlockKind.PARAGRAPH, first),
            Block(BlockKind.PARAGRAPH, Traced.kept("又一段有疑字。", last)),
        ),
        layout=(Span(head - 2, head), Span(last - 2, last), Span(len(SOURCE) - 1, len(SOURCE))),
        removed=(Edit(Span(head, last - 2), "12 堤田雜記", "", "L3", "a running head"),),
        findings=(Finding("C9", "an odd character", Span(last + 4, last + 5), "凝"),),
    )


def key_of(rule: str) -> str:
    return next(k for k in {**edit_keys(manuscript()), **proposal_keys(manuscript())} if k.startswith(rule))


def test_the_case_itself_is_in_order() -> None:
    assert account(manuscript()) == []
    assert len(edit_keys(manuscript())) == 3


@pytest.mark.parametrize(
    ("rule", "says"), [("C1", "河堤u高三尺"), ("L1", "河堤着高\n\n三尺"), ("L3", "堤内。\n\n12 堤田雜記\n\n又一段")]
)  # fmt: skip
def test_a_refused_edit_reads_as_the_source(rule: str, says: str) -> None:
    decided = apply_decisions(manuscript(), {key_of(rule): "refuse"})
    assert account(decided) == []
    assert says in write_master(decided)
    assert len(edits(decided)) == 2


def test_an_accepted_edit_changes_nothing() -> None:
    decisions = dict.fromkeys(edit_keys(manuscript()), "accept")
    assert write_master(apply_decisions(manuscript(), decisions)) == write_master(manuscript())


def test_an_accepted_proposal_is_made_and_a_refused_one_is_said_no_more() -> None:
    accepted = apply_decisions(manuscript(), {key_of("C9"): "accept"})
    assert "有疑凝。" in write_master(accepted) or "有凝字" in write_master(accepted)
    assert account(accepted) == []
    refused = apply_decisions(manuscript(), {key_of("C9"): "refuse"})
    assert refused.findings == () and "有疑字" in write_master(refused)


def test_a_proposal_that_cannot_be_made_stays_a_finding() -> None:
    over = Finding("C9", "words over an edit", Span(1, 4), "隄着高")
    case = replace(manuscript(), findings=(over,))
    (key,) = proposal_keys(case)
    decided = apply_decisions(case, {key: "accept"})
    assert decided.findings == (over,)
    assert account(decided) == []


def test_a_key_holds_when_other_places_change() -> None:
    def lone(before: str) -> Manuscript:
        text = Traced.edited("u", len(before) + 2, "着", "C1", "a private glyph")
        source = before + SOURCE
        return Manuscript(source, "page-dump", "zh-Hant", blocks=(Block(BlockKind.PARAGRAPH, text),))

    filler = "這是一段與堤無關的長話，說了許多別的事情，說完便罷。" * 2
    assert list(edit_keys(lone(filler))) == list(edit_keys(lone("序言。" + filler)))
    assert list(edit_keys(lone(filler))) != list(edit_keys(lone("")))


def test_a_refusal_whose_edit_is_no_more_is_told_and_changes_nothing() -> None:
    done = apply_decisions(manuscript(), {"C1-0000000000": "refuse", "C1-1111111111": "accept"})
    assert [f.message.split()[0] for f in done.findings if f.rule == "L192"] == ["C1-0000000000"]
    assert replace(done, findings=manuscript().findings) == manuscript()


@given(st.sets(st.sampled_from(["C1", "L1", "L3", "C9"])))
def test_any_choice_of_refusals_is_accounted_for(rules: set[str]) -> None:
    decided = apply_decisions(manuscript(), {key_of(rule): "refuse" for rule in rules})
    assert account(decided) == []


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(write_decisions({"C1-a": "refuse", "L1-b": "accept"}, {"C1-a": "line 3:\n'u' → '着'"}))
    assert read_decisions(path) == {"C1-a": "refuse", "L1-b": "accept"}
    assert read_decisions(tmp_path / "none.toml") == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [('[decisions]\n"a" = "perhaps"\n', "Write \"accept\" or \"refuse\""), ("[other]\n", "more than the table"), ("x", "not valid TOML")],
)  # fmt: skip
def test_a_spoiled_file_is_said(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "decisions.toml").write_text(text)
    with pytest.raises(SettingsError, match=says):
        read_decisions(tmp_path / "decisions.toml")


@pytest.mark.corpus
def test_real_documents_stay_accounted_for(corpus: Path) -> None:
    from pipeline.readers import read_source
    from pipeline.recovery import recover

    for path in sorted(corpus.glob("*.txt")):
        source = read_source(path)
        made = recover(source.text, source.form)
        keys = list(edit_keys(made))
        for step in (1, 3, 10):
            assert account(apply_decisions(made, dict.fromkeys(keys[::step], "refuse"))) == [], path.name
