"""The whole way on small books: six editions, unchanged left alone, one failure alone, nothing torn."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from pipeline.document.findings import MOST, lines_of
from pipeline.files import digest_file
from pipeline.schedule.books import find_books
from pipeline.schedule.corrections import BASE, RECOVERED, advise
from pipeline.schedule.results import Recovered
from pipeline.schedule.run import Outcome, Wish, build

MASTER = """---
title: 水與城
author: 林遠
lang: zh-Hant-TW
---

# 引言

城市依水而生[^1]。河邊的人說：「看著水，就看見了時間[^2]。」這一句話後來常被引用。

> 水利萬物而不爭。

# 結語

後來的發展[^3]，另有專文。

[^1]: 參見《水經注》卷一。

[^2]: 口述資料，第 12 頁。

[^3]: [原註闕]{.missing}
"""


def make(paths: list[Path], out: Path, jobs: int = 1, **wish: object) -> dict[str, Outcome]:
    return {o.slug: o for o in build(find_books(paths, out), Wish(**wish), jobs)}  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    folder = tmp_path_factory.mktemp("book")
    source = folder / "water.md"
    source.write_text(MASTER, encoding="utf-8")
    return folder, make([source], folder / "out")["water"]


def test_six_editions_and_the_papers(built: tuple[Path, Outcome]) -> None:
    folder, outcome = built
    assert not outcome.error
    names = {p.name for p in (folder / "out").iterdir()}
    assert names >= {f"water.{s}.{f}" for s in ("zh-Hant", "zh-Hans") for f in ("pdf", "epub", "docx")}
    assert names >= {"master.md", "ledger.jsonl", "findings.json"}
    assert not [n for n in names if n.endswith(".part")]
    assert [(p.script, p.notes, p.missing) for p in outcome.published.values()] == [
        ("zh-Hant", 3, 1),
        ("zh-Hans", 3, 1),
    ]


def test_a_master_is_its_own_recovery(built: tuple[Path, Outcome]) -> None:
    folder, _ = built
    assert (folder / "out" / "master.md").read_text(encoding="utf-8") == MASTER
    assert (folder / "out" / "ledger.jsonl").read_text(encoding="utf-8") == ""


def test_the_editions_say_what_the_master_says(built: tuple[Path, Outcome]) -> None:
    _, outcome = built
    assert [f for f in outcome.findings if f.rule[0] in "EWF"] == []


def test_unchanged_is_left_alone_by_content_not_by_time(built: tuple[Path, Outcome]) -> None:
    folder, _ = built
    pdf = folder / "out" / "water.zh-Hans.pdf"
    before = pdf.stat().st_mtime_ns
    os.utime(folder / "water.md")
    assert make([folder / "water.md"], folder / "out")["water"].is_fresh
    assert pdf.stat().st_mtime_ns == before


def test_findings_and_their_places_are_kept_between_runs(tmp_path: Path) -> None:
    source = tmp_path / "places.md"
    source.write_text(
        "城市依水而生<sup>1</sup>。河邊的人<sup>2</sup>都這樣說。\n\n<sup>1</sup> 參見《水經注》。\n", "utf-8"
    )
    first, again = (make([source], tmp_path / "out", recover_only=True)["places"] for _ in range(2))
    assert any(f.span for f in first.findings)
    assert again.recovered and again.recovered.fresh
    assert again.findings == first.findings


def test_a_damaged_edition_is_made_again(built: tuple[Path, Outcome]) -> None:
    folder, _ = built
    path = folder / "out" / "water.zh-Hans.docx"
    good = digest_file(path)
    path.write_bytes(b"damaged")
    outcome = make([folder / "water.md"], folder / "out")["water"]
    assert not outcome.published["zh-Hans"].fresh and outcome.published["zh-Hant"].fresh
    assert digest_file(path) == good


def test_same_bytes_from_another_folder_and_other_processes(
    built: tuple[Path, Outcome], tmp_path: Path
) -> None:
    folder, _ = built
    source = tmp_path / "water.md"
    source.write_text(MASTER, encoding="utf-8")
    make([source], tmp_path / "elsewhere", jobs=2)
    for script in ("zh-Hant", "zh-Hans"):
        for suffix in ("pdf", "epub", "docx"):
            name = f"water.{script}.{suffix}"
            assert digest_file(folder / "out" / name) == digest_file(tmp_path / "elsewhere" / name), name


def test_a_failure_stops_no_other_book(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text(MASTER, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 64)
    outcomes = make([tmp_path], tmp_path / "out", scripts=("zh-Hans",), formats=("docx",))
    assert (tmp_path / "out" / "good" / "good.zh-Hans.docx").is_file()
    assert not outcomes["good"].error
    for slug in ("empty", "binary"):
        assert outcomes[slug].exit_code == 1
        assert outcomes[slug].error.startswith(f"{tmp_path / slug}.txt: ")
        assert outcomes[slug].details == ""


def test_a_finished_book_has_its_findings_when_a_later_one_is_interrupted(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(MASTER, encoding="utf-8")

    def interrupt(slug: str, what: str) -> None:
        if slug == "b":
            raise KeyboardInterrupt

    books = find_books([tmp_path / "a.md", tmp_path / "b.md"], tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        build(books, Wish(("zh-Hans",), ("docx",)), say=interrupt)
    assert (tmp_path / "out" / "a" / "findings.json").is_file()
    assert not (tmp_path / "out" / "b" / "findings.json").exists()


def test_a_master_changed_in_place_is_used_and_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "water.md"
    source.write_text(MASTER, encoding="utf-8")
    make([source], tmp_path / "out", scripts=("zh-Hant",), formats=("docx",))
    master = tmp_path / "out" / "master.md"
    corrected = MASTER.replace("常被引用", "時常被引用")
    master.write_text(corrected, encoding="utf-8")
    for _ in range(2):
        outcome = make([source], tmp_path / "out", scripts=("zh-Hant",), formats=("docx",))["water"]
        assert outcome.recovered and outcome.recovered.corrected and not outcome.recovered.overtaken
        assert master.read_text(encoding="utf-8") == corrected
    source.write_text(MASTER.replace("另有專文", "另有專書"), encoding="utf-8")
    for _ in range(2):  # also when nothing has to be made
        outcome = make([source], tmp_path / "out", scripts=("zh-Hant",), formats=("docx",))["water"]
        assert outcome.recovered and outcome.recovered.overtaken
        assert master.read_text(encoding="utf-8") == corrected
    with zipfile.ZipFile(tmp_path / "out" / "water.zh-Hant.docx") as docx:
        assert "時常被引用" in docx.read("word/document.xml").decode("utf-8")


def test_what_the_source_gives_since_can_be_merged_into_a_corrected_master(tmp_path: Path) -> None:
    source, out = tmp_path / "water.md", tmp_path / "out"
    source.write_text(MASTER, encoding="utf-8")

    def again() -> Recovered:
        recovered = make([source], out, recover_only=True)["water"].recovered
        assert recovered
        return recovered

    again()
    master = out / "master.md"
    master.write_text(MASTER.replace("常被引用", "時常被引用"), encoding="utf-8")
    assert not again().overtaken and not (out / BASE).exists()
    for what in ("專書", "專刊"):  # the beginning stays, however often the source changes
        source.write_text(MASTER.replace("另有專文", f"另有{what}"), encoding="utf-8")
        base = again().base
        assert again().overtaken
    command = f"git merge-file {master} {out / BASE} {out / RECOVERED}"
    assert f"«{command}» takes it over" in advise(str(master), out, base)
    subprocess.run(command.split(), check=True)
    merged = master.read_text(encoding="utf-8")
    assert "時常被引用" in merged and "另有專刊" in merged
    assert again().overtaken  # nobody said yet that this is settled
    (out / RECOVERED).unlink()
    assert not again().overtaken and not (out / BASE).exists()
    assert master.read_text(encoding="utf-8") == merged
    source.write_text(merged, encoding="utf-8")
    assert not again().corrected and not (out / RECOVERED).exists()  # the source has caught up


def test_a_corrected_master_beside_the_source_is_overtaken_too(tmp_path: Path) -> None:
    source, out = tmp_path / "water.md", tmp_path / "out"
    source.write_text(MASTER, encoding="utf-8")
    (tmp_path / "water.master.md").write_text(MASTER.replace("常被引用", "時常被引用"), encoding="utf-8")
    overtaken = []
    for text in (MASTER, MASTER.replace("另有專文", "另有專書")):
        source.write_text(text, encoding="utf-8")
        recovered = make([source], out, recover_only=True)["water"].recovered
        assert recovered and recovered.corrected == str(tmp_path / "water.master.md")
        overtaken.append(recovered.overtaken)
    assert overtaken == [False, True]
    assert (out / BASE).read_text(encoding="utf-8") == MASTER


def test_a_corrected_master_stays_where_the_state_is_lost(tmp_path: Path) -> None:
    (tmp_path / "water.txt").write_text("水與城\n\n城市依水而生。\n", encoding="utf-8")
    out, docx = tmp_path / "out", {"scripts": ("zh-Hant",), "formats": ("docx",)}
    make([tmp_path / "water.txt"], out, **docx)
    (out / ".fanjian.json").unlink()
    outcome = make([tmp_path / "water.txt"], out, **docx)["water"]
    assert outcome.recovered and not outcome.recovered.corrected  # nobody changed it
    (out / "master.md").write_text(MASTER, encoding="utf-8")
    (out / ".fanjian.json").unlink()
    for _ in range(2):
        outcome = make([tmp_path / "water.txt"], out, **docx)["water"]
        assert outcome.recovered and outcome.recovered.corrected
        assert (out / "master.md").read_text(encoding="utf-8") == MASTER


def test_another_source_does_not_take_the_folder_of_a_book(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(MASTER.replace("水與城", name), encoding="utf-8")
    make([tmp_path / "a.md"], tmp_path / "out", recover_only=True)
    before = digest_file(tmp_path / "out" / "master.md")
    refused = make([tmp_path / "b.md"], tmp_path / "out", recover_only=True)["b"]
    assert "holds the work on «a»" in refused.error and refused.exit_code == 2
    assert digest_file(tmp_path / "out" / "master.md") == before
    (tmp_path / "a.md").unlink()  # renamed, as far as anybody knows
    assert not make([tmp_path / "b.md"], tmp_path / "out", recover_only=True)["b"].error


def test_two_corrected_masters_are_for_a_person_to_settle(tmp_path: Path) -> None:
    (tmp_path / "water.txt").write_text("水與城\n\n城市依水而生。\n", encoding="utf-8")
    (tmp_path / "water.master.md").write_text(MASTER, encoding="utf-8")
    assert not make([tmp_path / "water.txt"], tmp_path / "out", recover_only=True)["water"].error
    (tmp_path / "out" / "master.md").write_text(MASTER + "又改。\n", encoding="utf-8")
    refused = make([tmp_path / "water.txt"], tmp_path / "out", recover_only=True)["water"]
    assert "was changed, but" in refused.error
    assert (tmp_path / "out" / "master.md").read_text(encoding="utf-8").endswith("又改。\n")


def test_a_corrected_master_beside_the_source_goes_first(tmp_path: Path) -> None:
    (tmp_path / "water.txt").write_text("水與城\n\n城市依水而生。\n", encoding="utf-8")
    (tmp_path / "water.master.md").write_text(MASTER, encoding="utf-8")
    outcome = make([tmp_path / "water.txt"], tmp_path / "out", scripts=("zh-Hant",), formats=("docx",))[
        "water"
    ]
    assert outcome.recovered and outcome.recovered.corrected
    assert outcome.published["zh-Hant"].notes == 3
    assert (tmp_path / "water.master.md").read_text(encoding="utf-8") == MASTER


def test_killed_in_the_middle_leaves_only_whole_files(tmp_path: Path) -> None:
    source = tmp_path / "water.md"
    source.write_text(MASTER, encoding="utf-8")
    out = tmp_path / "out"
    make([source], out, formats=("docx", "epub"))
    before = {p.name: digest_file(p) for p in out.iterdir()}
    command = [sys.executable, "-m", "pipeline", "build", str(source), "-o", str(out), "--force", "-j", "1"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(2.5)
    running.send_signal(signal.SIGKILL)
    running.wait()
    for path in out.iterdir():
        if path.suffix in {".epub", ".docx"}:
            assert digest_file(path) == before[path.name], path.name
        elif path.suffix == ".pdf":
            assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert not make([source], out)["water"].error


def test_the_report_shows_what_each_rule_did(tmp_path: Path) -> None:
    from pipeline.schedule.report import write_report

    source = tmp_path / "old.txt"
    source.write_text("六\N{CJK COMPATIBILITY IDEOGRAPH-F98E}之後，河水退去。\n", encoding="utf-8")
    outcome = make([source], tmp_path / "out", recover_only=True)["old"]
    write_report(outcome)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    row = '<td>C101</td><td class="n">1</td><td lang="zh">\N{CJK COMPATIBILITY IDEOGRAPH-F98E} (U+F98E) → 年</td>'
    assert row in page
    assert "<h2>Editions</h2>" not in page  # none were asked for


def test_what_recurs_is_told_once_and_no_place_is_lost(tmp_path: Path) -> None:
    from pipeline.schedule.report import report_data, write_junit

    source = tmp_path / "notes.txt"
    lines = [f"第{n}次發行軍用劵以後，米價上漲。" for n in range(1, MOST + 8)]
    source.write_text("\n\n".join([*lines, "這是ㄧ個問題。"]) + "\n", encoding="utf-8")
    outcome = make([source], tmp_path / "out", recover_only=True)["notes"]
    often, once = outcome.findings
    assert (len(often.places), often.line, len(once.places)) == (MOST + 7, 1, 1)
    assert (often.file, lines_of(often).split(", ")[-1]) == ("notes.txt", "39 and 7 more")
    kept = json.loads((tmp_path / "out" / "findings.json").read_text(encoding="utf-8"))
    others = [other["line"] for other in kept[0]["others"]]
    assert (others, kept[1]["others"]) == (list(range(3, 2 * (MOST + 7), 2)), [])
    assert report_data(outcome)["findings_by_rule"][often.rule] == MOST + 7
    write_junit([outcome], tmp_path / "ci.xml")
    assert (tmp_path / "ci.xml").read_text(encoding="utf-8").count("C501 notes.txt:1, 3, 5") == 1
    assert outcome.recovered is not None
    assert len(outcome.recovered.findings) == MOST + 8  # a person can decide on each


def test_the_report_says_the_same_finding_once_with_all_its_lines(tmp_path: Path) -> None:
    from pipeline.schedule.report import write_report

    source = tmp_path / "notes.txt"
    lines = ["發行軍用劵以後，米價上漲。", "軍用劵的數目不明。", "後來收回軍用劵。"]
    source.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    outcome = make([source], tmp_path / "out", recover_only=True)["notes"]
    assert [[place.line for place in f.places] for f in outcome.findings] == [[1, 3, 5]]
    write_report(outcome)
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("<td>C501</td>") == 1
    assert '<td class="n">1, 3, 5</td>' in page and "(3 places)" in page


def test_the_report_holds_no_times(built: tuple[Path, Outcome]) -> None:
    from pipeline.schedule.report import report_data, write_junit

    folder, outcome = built
    data = report_data(outcome)
    assert data == json.loads(json.dumps(data))
    assert "seconds" not in json.dumps(data)
    write_junit([outcome], folder / "junit.xml")
    assert 'tests="6"' in (folder / "junit.xml").read_text(encoding="utf-8")


def test_what_was_built_can_be_proved_and_published_by_its_folder(built: tuple[Path, Outcome]) -> None:
    from pipeline.schedule.books import find_masters
    from pipeline.schedule.proof import prove_book

    folder, _ = built
    checked = list(prove_book(folder / "out"))
    assert [c.name.split(" (")[0] for c in checked] == [
        "water zh-Hant",
        "water zh-Hans",
        "water both scripts",
    ]
    assert all(not c.findings and c.notes == 3 for c in checked)
    (book,) = find_masters([folder / "out" / "master.md"], None)
    assert book.slug == "water"


@pytest.mark.parametrize("inner", ["", "build/water"])
def test_editions_in_the_books_own_folder_do_not_make_it_stale(tmp_path: Path, inner: str) -> None:
    folder = tmp_path / "water"
    folder.mkdir()
    (folder / "book.toml").write_text("", encoding="utf-8")
    source = folder / "water.txt"
    source.write_text("水與城\n\n城市依水而生。\n", encoding="utf-8")
    wish = {"scripts": ("zh-Hant",), "formats": ("docx",)}
    make([source], folder / inner, **wish)
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("x", encoding="utf-8")
    assert make([source], folder / inner, **wish)["water"].is_fresh
    source.write_text("水與城\n\n城市不依水而生。\n", encoding="utf-8")
    outcome = make([source], folder / inner, **wish)["water"]
    assert outcome.recovered and not outcome.recovered.corrected  # our own master is no person's
    assert "不依水" in (folder / inner / "master.md").read_text(encoding="utf-8")
    (folder / "field.png").write_bytes(b"x")
    assert not make([source], folder / inner, **wish)["water"].is_fresh


def test_a_picture_put_beside_a_lone_source_is_seen(tmp_path: Path) -> None:
    from PIL import Image

    (tmp_path / "water.md").write_text(
        "---\ntitle: 水\n---\n\n# 章\n\n![圖[^1]](<a b.png>)\n\n[^1]: 註。\n", encoding="utf-8"
    )
    for rules in (["L92"], []):
        outcome = make([tmp_path / "water.md"], tmp_path / "out", scripts=("zh-Hant",), formats=("docx",))[
            "water"
        ]
        assert [f.rule for f in outcome.findings] == rules
        Image.new("RGB", (9, 9)).save(tmp_path / "a b.png")


def test_what_another_version_made_otherwise_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.document.manuscript import Finding
    from pipeline.schedule import proof

    (tmp_path / "water.md").write_text(MASTER, encoding="utf-8")
    make([tmp_path / "water.md"], tmp_path / "out", scripts=("zh-Hans",), formats=("docx",))
    monkeypatch.setattr(proof, "program_digest", lambda: "another")
    assert [c.findings for c in proof.prove_book(tmp_path / "out")] == [
        []
    ]  # what it reads is right all the same
    monkeypatch.setattr(proof.publishing, "prove", lambda *_: [Finding("W88", "differs")])
    assert [[f.rule for f in c.findings] for c in proof.prove_book(tmp_path / "out")] == [["L93"]]
    monkeypatch.undo()
    monkeypatch.setattr(proof.publishing, "prove", lambda *_: [Finding("W88", "differs")])
    assert [[f.rule for f in c.findings] for c in proof.prove_book(tmp_path / "out")] == [["W88"]]


def test_editions_older_than_their_master_are_not_called_wrong(tmp_path: Path) -> None:
    from pipeline.schedule.proof import prove_book

    (tmp_path / "water.md").write_text(MASTER, encoding="utf-8")
    out = tmp_path / "out"
    make([tmp_path / "water.md"], out, scripts=("zh-Hans",), formats=("epub", "docx"))
    (out / "master.md").write_text(MASTER.replace("口述", "訪談"), encoding="utf-8")
    assert [[f.rule for f in c.findings] for c in prove_book(out)] == [["L93"]]
    make([tmp_path / "water.md"], out, scripts=("zh-Hans",), formats=("docx",))  # the e-book is the old one
    assert [[f.rule for f in c.findings] for c in prove_book(out)] == [["L93"]]
    make([tmp_path / "water.md"], out, scripts=("zh-Hans",), formats=("epub", "docx"))
    assert [c.findings for c in prove_book(out)] == [[]]


def test_a_folder_of_editions_leads_back_to_its_book(built: tuple[Path, Outcome], tmp_path: Path) -> None:
    folder, _ = built
    (book,) = find_books([folder / "out"], None)
    assert (book.slug, getattr(book, "out", None)) == ("water", folder / "out")
    assert make([folder / "out"], folder / "ignored")["water"].is_fresh


def test_a_translation_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('[editions]\nparallel = ["translation"]\n', encoding="utf-8")
    (tmp_path / "water.md").write_text(MASTER, encoding="utf-8")
    (outcome,) = make([tmp_path], tmp_path / "out", scripts=("zh-Hans",), formats=("docx",)).values()
    assert not outcome.error
    assert "H83" in {f.rule for f in outcome.findings}
