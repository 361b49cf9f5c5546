"""The command: exit codes, and errors of one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import COMMANDS, cli, main
from pipeline.errors import FanjianError
from pipeline.settings import load_settings


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output


def test_wrong_use_is_2() -> None:
    assert run("nonsense").exit_code == 2
    assert run("build", "--format", "rtf").exit_code == 2


def test_new_makes_a_book_that_loads(tmp_path: Path) -> None:
    source = tmp_path / "text.txt"
    source.write_text("文", encoding="utf-8")
    folder = tmp_path / "lunheng"
    assert run("new", str(folder), "--source", str(source)).exit_code == 0
    assert 'source = "text.txt"' in (folder / "book.toml").read_text(encoding="utf-8")
    again = run("new", str(folder))
    assert isinstance(again.exception, FanjianError)
    assert "is there already" in str(again.exception)


def test_what_new_says_to_do_next_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "my book"
    assert f"then: fanjian build '{folder}'" in run("new", str(folder)).output


def test_what_is_no_master_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\x00\xff\xfe")
    (tmp_path / "b.md").write_bytes("題".encode("big5"))
    result = run(
        "publish", str(tmp_path / "a.pdf"), str(tmp_path / "b.md"), "-o", str(tmp_path / "out"), "-j", "1"
    )
    assert result.exit_code == 1
    assert "a.pdf: is no master" in result.output
    assert "b.md: is not UTF-8. Save the master as UTF-8." in result.output


def test_a_missing_path_gets_a_sentence(tmp_path: Path) -> None:
    result = run("build", str(tmp_path / "nothing.txt"), "-o", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert "nothing.txt: there is no such file or folder." in result.output


def test_proof_without_books_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("proof")
    assert isinstance(result.exception, FanjianError)
    assert "Run «fanjian build» first" in str(result.exception)


def test_proof_of_a_master_finds_its_editions_or_says_that_there_are_none(tmp_path: Path) -> None:
    master, out = tmp_path / "water.md", tmp_path / "out"
    master.write_text("# 水\n\n水道。[^1]\n\n[^1]: 注。\n", encoding="utf-8")
    assert run("publish", str(master), "-o", str(out), "--format", "docx", "-j", "1").exit_code == 0
    result = run("proof", str(master))
    assert (result.exit_code, "there are no editions of water.md" in result.output) == (1, True)
    assert f"fanjian proof MASTER -o {out}" in str(run("proof", str(out)).exception)
    result = run("proof", str(master), "-o", str(out))
    assert (result.exit_code, "water zh-Hans (docx): 1 notes" in result.output) == (0, True)


def test_proof_of_a_folder_of_books_reads_each(tmp_path: Path) -> None:
    for name in ("water", "hills"):
        (tmp_path / f"{name}.md").write_text(
            "---\ntitle: 水\nlang: zh-Hant\n---\n\n# 引言\n\n看著水[^1]。\n\n[^1]: 註。\n", "utf-8"
        )
    run("build", str(tmp_path), "-o", str(tmp_path / "out"), "--format", "docx", "-j", "1")
    result = run("proof", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    assert [line.split()[:2] for line in result.output.splitlines() if "both" in line] == [
        ["hills", "both"],
        ["water", "both"],
    ]
    assert result.output.count("1 notes, 1 headings, 0 findings") == 6


def test_a_book_that_cannot_be_proven_hides_no_other(tmp_path: Path) -> None:
    for name in ("hills", "water"):
        (tmp_path / f"{name}.md").write_text("# 引言\n\n看著水[^1]。\n\n[^1]: 註。\n", "utf-8")
    run("build", str(tmp_path), "-o", str(tmp_path / "out"), "--format", "epub", "-j", "1")
    (tmp_path / "out" / "hills" / "hills.zh-Hant.epub").write_bytes(b"none")
    (tmp_path / "out" / "water" / "water.zh-Hans.epub").unlink()
    result = run("proof", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert "hills.zh-Hant.epub: cannot be read as an e-book" in result.output
    assert "water zh-Hant (epub): 1 notes, 1 headings, 0 findings" in result.output
    assert "L96 water.zh-Hans.epub was made and is no longer there" in result.output


def test_no_source_is_converted_onto_itself(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("皇后後來", "utf-8")
    result = run("convert", str(source), "--to", "zh-Hans", "-o", str(tmp_path / "." / "a.txt"))
    assert "is the source itself" in str(result.exception)
    assert source.read_text("utf-8") == "皇后後來"


def test_a_fault_of_our_own_is_a_sentence_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumbles() -> None:
        raise KeyError("span")

    monkeypatch.setattr("pipeline.cli.cli", stumbles)
    monkeypatch.setattr("sys.argv", ["fanjian", "build"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    told = capsys.readouterr().err
    assert told == (
        "fanjian: KeyError: 'span'. This is a fault of Fanjian: run again with --debug and report it. What is finished stays.\n"
    )
    monkeypatch.setattr("sys.argv", ["fanjian", "build", "--debug"])
    with pytest.raises(KeyError):
        main()


def test_new_copies_a_source_of_any_name_and_over_no_other_file(tmp_path: Path) -> None:
    source = tmp_path / 'a "b".md'
    source.write_text("# 甲\n", encoding="utf-8")
    assert run("new", str(tmp_path / "one"), "--source", str(source)).exit_code == 0
    assert load_settings(tmp_path / "one" / "book.toml").book.source == source.name
    other = tmp_path / "two" / source.name
    other.parent.mkdir()
    other.write_text("# 乙\n", encoding="utf-8")
    assert run("new", str(tmp_path / "two"), "--source", str(source)).exit_code != 0
    assert other.read_text(encoding="utf-8") == "# 乙\n"
