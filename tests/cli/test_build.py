"""``fanjian build`` as a user types it: lines, table, reports, pictures, exit codes."""

from __future__ import annotations

import io
import json
import shutil
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from rich.console import Console

from pipeline.cli import cli, running
from pipeline.errors import FAILED, GOOD, MISUSED
from pipeline.schedule.books import find_books
from pipeline.schedule.run import DONE, Outcome

MASTER = "---\ntitle: 水與城\nlang: zh-Hant-TW\n---\n\n# 引言\n\n城市依水而生[^1]。\n\n[^1]: 見《水經注》。\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "water.md"
    path.write_text(MASTER, encoding="utf-8")
    return path


def build(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["build", *map(str, arguments), "-j", "1"])


def test_one_command_shows_what_it_does(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = build(
        source, "-o", out, "--script", "zh-Hans", "--format", "pdf", "--preview", "--junit", out / "ci.xml"
    )
    assert result.exit_code == GOOD, result.output
    assert "water: recovers" in result.output
    assert "water: publishes zh-Hans (pdf)" in result.output
    assert "水与城" in result.output
    pages = sorted(p.name for p in (out / "preview" / "zh-Hans").iterdir())
    assert pages[0] == "page-001.png" and len(pages) >= 3
    assert 'name="water.zh-Hans.pdf"' in (out / "ci.xml").read_text(encoding="utf-8")
    assert {"report.json", "report.html", "findings.json"} <= {p.name for p in out.iterdir()}
    assert "unchanged" in build(source, "-o", out, "--script", "zh-Hans", "--format", "pdf").output


def test_findings_fail_only_with_strict(source: Path, tmp_path: Path) -> None:
    source.write_text(MASTER.replace("[^1]。", "[^1]，又[^9]。"), encoding="utf-8")
    arguments = [source, "-o", tmp_path / "out", "--script", "zh-Hans", "--format", "docx"]
    assert build(*arguments).exit_code == GOOD
    assert build(*arguments, "--strict").exit_code == FAILED


def test_a_report_for_ci_that_cannot_be_written_hides_nothing(source: Path, tmp_path: Path) -> None:
    shown = build(
        source,
        tmp_path / "nothing.md",
        "-o",
        tmp_path / "out",
        "--format",
        "docx",
        "--junit",
        source / "ci.xml",
    )
    assert shown.exit_code == FAILED
    assert "nothing.md: there is no such file or folder." in shown.output and "水與城" in shown.output


def test_a_book_that_made_nothing_passes_no_case(tmp_path: Path) -> None:
    assert build(tmp_path / "nothing.md", "--junit", tmp_path / "ci.xml").exit_code == FAILED
    suite = ElementTree.parse(tmp_path / "ci.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")


def test_wrong_settings_are_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text("[book]\ntitel = 'x'\n", encoding="utf-8")
    result = build(tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == MISUSED
    assert "[book] has no key «titel»" in result.output


@pytest.mark.parametrize(
    ("codes", "expected"), [([], GOOD), ([1], FAILED), ([2], MISUSED), ([1, 2], FAILED), ([2, 2], MISUSED)]
)
def test_exit_codes(codes: list[int], expected: int) -> None:
    outcomes = [Outcome(str(i), error="x", exit_code=code) for i, code in enumerate(codes)]
    assert running.exit_code([*outcomes, Outcome("good")], strict=False) == expected


def test_watching_sees_a_change(source: Path, tmp_path: Path) -> None:
    books = find_books([source], tmp_path / "out")
    before = running._changes(books)
    assert running._changes(books) == before
    time.sleep(0.02)
    source.write_text(MASTER + "\n又一段。\n", encoding="utf-8")
    assert running._changes(books) != before


def test_a_bar_ends_where_it_should(source: Path, tmp_path: Path) -> None:
    terminal = Console(file=io.StringIO(), force_terminal=True, width=80)
    with running.progress(terminal, find_books([source], tmp_path / "out")) as say:
        say("water", "recovers [very] " + "long " * 30)
        say("water", DONE)
    assert "Traceback" not in terminal.file.getvalue()  # type: ignore[attr-defined]


def test_a_setting_found_wrong_in_the_work_names_its_file(source: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.toml"
    book.write_text("[page]\ntrim = '0x0'\n", encoding="utf-8")
    result = build(tmp_path, "-o", tmp_path / "out", "--script", "zh-Hans", "--format", "pdf")
    assert result.exit_code == MISUSED
    assert f"fanjian: {book}: [page] trim '0x0'" in result.output
    assert result.output.count("failed: ") == 1


def test_a_word_file_brings_its_pictures(tmp_path: Path) -> None:
    there, alone = tmp_path / "there", tmp_path / "alone"
    for folder in (there, alone):
        folder.mkdir()
    Image.new("RGB", (80, 40), "#446688").save(there / "field.png")
    (there / "field.md").write_text(f"{MASTER}\n![田](field.png)\n", encoding="utf-8")
    assert build(there / "field.md", "-o", there / "out", "--format", "docx").exit_code == GOOD
    shutil.copy(there / "out" / "field.zh-Hant.docx", alone / "edited.docx")
    result = build(alone / "edited.docx", "-o", alone / "out", "--script", "zh-Hant")
    assert result.exit_code == GOOD, result.output
    findings = json.loads((alone / "out" / "findings.json").read_text(encoding="utf-8"))
    assert [f["rule"] for f in findings if f["rule"] == "L92"] == []
    with zipfile.ZipFile(alone / "out" / "edited.zh-Hant.epub") as epub:
        assert any(name.endswith(".png") for name in epub.namelist())
    with zipfile.ZipFile(alone / "out" / "edited.zh-Hant.docx") as docx:
        assert any("media" in name for name in docx.namelist())


def test_what_is_wrong_with_many_books_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    full = "No space left on device. Make room on the disk."
    errors = {"a": f"out/a/a.pdf: {full}", "b": "b.txt: is empty.", "c": f"out/c/c.pdf: {full}", "d": f"out/d: {full}", "e": ""}  # fmt: skip
    running.say_what_failed([Outcome(slug, error=error) for slug, error in errors.items()])
    said = [f"fanjian: out/a/a.pdf: {full} So failed c, d.", "fanjian: b.txt: is empty."]
    assert capsys.readouterr().err.splitlines() == said


def test_a_folder_that_is_passed_over_is_told_and_fails_with_strict(source: Path, tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / "a.txt").write_text("水道。\n", encoding="utf-8")
    for strict, code in (((), GOOD), (("--strict",), FAILED)):
        shown = build(tmp_path, "-o", tmp_path / "out", "--format", "docx", *strict)
        assert (shown.exit_code, shown.output.count("passed over. Name it too")) == (code, 1)
    shown = CliRunner().invoke(cli, ["recover", str(tmp_path), "-o", str(tmp_path / "out")])
    assert f"fanjian: {tmp_path / 'shelf'}: holds sources and no book.toml" in shown.output


def test_findings_fail_in_the_report_for_ci_as_they_do_in_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 水\n\n水道[^9]。\n", encoding="utf-8")
    for strict, failures in (((), "0"), (("--strict",), "1")):
        shown = build(
            tmp_path / "a.md",
            "-o",
            tmp_path / "out",
            "--format",
            "docx",
            "--junit",
            tmp_path / "ci.xml",
            *strict,
        )
        assert shown.exit_code == int(failures)
        assert ElementTree.parse(tmp_path / "ci.xml").getroot()[0].get("failures") == failures


def test_control_characters_spoil_no_report_for_ci(tmp_path: Path) -> None:
    from pipeline.schedule.report import write_junit
    from pipeline.schedule.run import Outcome

    write_junit([Outcome("a", error="bad \x08\udcff")], tmp_path / "ci.xml")
    assert ElementTree.parse(tmp_path / "ci.xml").getroot()[0][0][0].get("message") == "bad ��"
