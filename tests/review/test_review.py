"""Review: every edit in its place, on the page and in Word, and the answers read back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from pipeline.cli import cli
from pipeline.cli.review import CLEAN
from pipeline.document import word
from pipeline.editions.style.load import load_style
from pipeline.errors import GOOD, SourceError
from pipeline.recovery import recover
from pipeline.recovery.decisions import apply_decisions, edit_keys, read_decisions
from pipeline.review.apply import read_decisions_of
from pipeline.review.docx import write_docx
from pipeline.review.page import write_page
from pipeline.review.passages import Review, make_review

# Four pages of a journal with running heads, lines of 20 characters, blanks between the lines.
LINE = "河流改道以後沿岸的村莊大多遷往高處居住"
PAGE = "\n\n".join(["{number} 水利叢刊", *[LINE + c for c in "甲乙丙丁戊己"], LINE[:7] + "。"])
SOURCE = "\n \f".join(PAGE.replace("{number}", str(n)) for n in range(30, 36))
DATE = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def made() -> Review:
    manuscript = recover(SOURCE, "page-dump")
    assert edit_keys(manuscript)
    return make_review(manuscript, {})


@pytest.fixture(scope="module")
def content(made: Review) -> bytes:
    return write_docx(made, "叢刊", "zh-Hant-TW", load_style(), DATE)


def test_the_page_holds_every_edit_once_and_in_its_place(made: Review) -> None:
    page = write_page(made, "叢刊", "zh-Hant")
    shown = re.findall(r'<span class="c[^"]*"[^>]*id="([^"]+)"', page)
    assert sorted(shown) == sorted(made.changes)
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    assert set(data) == set(made.changes)
    assert all(d["rule"] and d["why"] and d["line"] for d in data.values())


def test_the_page_runs_nothing_of_the_source() -> None:
    evil = "<script>alert(1)</script></script><img src=x onerror=alert(1)>"
    text = "\n \f".join(f"{n} 水利叢刊\n\n{LINE}\n\n{evil}{LINE[:5]}。" for n in range(30, 36))
    page = write_page(make_review(recover(text, "page-dump"), {}), evil, "zh-Hant")
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "default-src 'none'" in page


def test_decisions_so_far_are_shown(made: Review) -> None:
    key = next(iter(made.changes))
    again = make_review(recover(SOURCE, "page-dump"), {key: "refuse"})
    assert again.changes[key].decision == "refuse"


def tree(content: bytes, part: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return word.parse(archive.read(part))


def test_word_has_each_edit_as_a_tracked_change_with_its_rule_and_reason(
    made: Review, content: bytes
) -> None:
    document = tree(content)
    authors = {word.value(e, "w:author") for e in document.iter() if word.local(e) in ("ins", "del")}
    assert authors == {f"Fanjian {c.rule}" for c in made.changes.values()}
    comments = [
        "".join(t.text or "" for t in word.find(c, ".//w:t")) for c in tree(content, "word/comments.xml")
    ]
    spoken = [c for c in made.changes.values() if not c.is_layout]
    assert len(comments) == len(spoken)
    reasons = {c.why for c in spoken}
    assert reasons == {max((w for w in reasons if t.startswith(w)), key=len) for t in comments}
    ids = [word.value(e, "w:id") for e in document.iter() if word.local(e) in ("ins", "del", "bookmarkStart")]
    assert len(ids) == len(set(ids))


def test_word_is_the_same_from_run_to_run(made: Review, content: bytes) -> None:
    assert write_docx(made, "叢刊", "zh-Hant-TW", load_style(), DATE) == content


def resolved(content: bytes, choose: Callable[[etree._Element], str]) -> bytes:
    """The file as Word saves it when its user accepts or refuses changes: "accept", "refuse" or ""."""
    document = tree(content)
    body = word.find(document, "w:body")[0]
    for change in [e for e in document.iter() if word.local(e) in ("ins", "del")]:
        parent = change.getparent()
        if parent is None or word.local(parent) == "rPr" or not (said := choose(change)):
            continue
        if (word.local(change) == "ins") == (said == "accept"):
            for run in list(change):
                for text in word.find(run, "w:delText"):
                    text.tag = word.qualified("w:t")
                change.addprevious(run)
        parent.remove(change)
    for paragraph in word.find(body, "w:p"):
        mark = word.first(paragraph, "w:pPr/w:rPr/w:del")
        if mark is None or not (said := choose(mark)):
            continue
        following = paragraph.getnext()
        if said == "refuse":
            parent = mark.getparent()
            assert parent is not None
            parent.remove(mark)
        elif following is not None and word.local(following) == "p":
            for at, child in enumerate([e for e in paragraph if word.local(e) != "pPr"], 1):
                following.insert(at, child)
            body.remove(paragraph)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, word.serialize(document) if name == "word/document.xml" else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("said", ["accept", "refuse"])
def test_what_is_decided_in_word_is_read_back(made: Review, content: bytes, said: str) -> None:
    applied = read_decisions_of(resolved(content, lambda _: said), made, "review.docx")
    assert applied.decisions == dict.fromkeys(made.changes, said)
    assert applied.unclear == []


def test_what_is_not_decided_stays_open(made: Review, content: bytes) -> None:
    applied = read_decisions_of(content, made, "review.docx")
    assert applied.decisions == {}
    assert set(applied.open) == set(made.changes)


def test_one_rule_refused_in_word_is_the_sources_word_again(made: Review, content: bytes) -> None:
    rule = next(c.rule for c in made.changes.values() if not c.is_layout)
    reviewed = resolved(
        content, lambda e: "refuse" if word.value(e, "w:author") == f"Fanjian {rule}" else "accept"
    )
    applied = read_decisions_of(reviewed, made, "review.docx")
    refused = {k for k, d in applied.decisions.items() if d == "refuse"}
    assert refused == {k for k, c in made.changes.items() if c.rule == rule}
    after = apply_decisions(recover(SOURCE, "page-dump"), applied.decisions)
    assert rule not in {e.rule for e in edit_keys(after).values()}


@pytest.fixture(scope="module")
def repaired() -> tuple[Review, bytes]:
    """A review of a text with wrong characters in it, which are replaced."""
    lines = [
        f"{a}{b}\uf98e修的堤，到{b}{a}\uf98e才築成，後來再沒有決口。" for a in "甲乙丙丁" for b in "子丑寅卯"
    ]
    review = make_review(recover("\n\n".join(lines), "plain"), {})
    return review, write_docx(review, "叢刊", "zh-Hant-TW", load_style(), DATE)


def test_what_an_editor_changed_besides_is_said(repaired: tuple[Review, bytes]) -> None:
    made, content = repaired
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                text = data.decode()
                at = text.index("後來再沒有")
                data = (text[:at] + "另改" + text[at:]).encode()
            new.writestr(name, data)
    applied = read_decisions_of(out.getvalue(), made, "review.docx")
    assert applied.decisions == {}
    ((before, after),) = applied.other
    assert "另改" in after and "另改" not in before
    assert read_decisions_of(content, made, "review.docx").other == []
    for said in ("accept", "refuse"):
        assert read_decisions_of(resolved(content, lambda _, s=said: s), made, "r").other == []


def test_an_edit_answered_only_in_part_stays_open(repaired: tuple[Review, bytes]) -> None:
    """Its deletion accepted, its insertion still tracked."""
    made, content = repaired
    reviewed = resolved(content, lambda e: "accept" if word.local(e) == "del" else "")
    applied = read_decisions_of(reviewed, made, "review.docx")
    both = {k for k, c in made.changes.items() if c.before.strip() and c.after.strip()}
    assert both and not both & set(applied.decisions)
    assert applied.unclear == []


def with_empty_bookmarks(content: bytes) -> bytes:
    """The file as LibreOffice 7.4 may save it: bookmarks end where they begin."""
    document = tree(content)
    for start in word.find(document, ".//w:bookmarkStart"):
        end = next(e for e in word.find(document, ".//w:bookmarkEnd") if word.value(e, "w:id") == word.value(start, "w:id"))  # fmt: skip
        start.addnext(end)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, word.serialize(document) if name == "word/document.xml" else old.read(name))
    return out.getvalue()


@pytest.mark.parametrize("said", ["", "refuse"])
def test_words_outside_of_their_bookmark_decide_nothing(
    made: Review, content: bytes, repaired: tuple[Review, bytes], said: str
) -> None:
    for review, written in ((made, content), repaired):
        applied = read_decisions_of(with_empty_bookmarks(resolved(written, lambda _: said)), review, "r")
        assert not {k for k, d in applied.decisions.items() if d != said}


def test_a_file_of_another_book_is_said(made: Review, content: bytes, tmp_path: Path) -> None:
    other = write_docx(Review((), {}), "別的書", "zh-Hant-TW", load_style(), DATE)
    with pytest.raises(SourceError, match="holds none of this book's edits"):
        read_decisions_of(other, made, "other.docx")
    with pytest.raises(SourceError, match="is no Word file"):
        read_decisions_of(b"none", made, "none.docx")


def test_the_command_from_source_to_the_next_recovery(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "journal.txt").write_text(SOURCE, encoding="utf-8")

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(cli, ["review", "journal.txt", "-o", "out", "--no-open", *arguments])
        assert result.exit_code == 0, result.output
        return result.output

    assert "edits" in run()
    assert (tmp_path / "out/review.html").is_file()
    run("--docx")
    reviewed = tmp_path / "reviewed.docx"
    reviewed.write_bytes(resolved((tmp_path / "out/review.docx").read_bytes(), lambda _: "refuse"))
    said = run("--apply", str(reviewed))
    assert "0 accepted" in said and "0 open" in said
    kept = read_decisions(tmp_path / "journal.decisions.toml")
    assert set(kept.values()) == {"refuse"}
    from pipeline.schedule.books import Book, find_books

    (book,) = find_books([tmp_path / "journal.txt"], tmp_path / "out")
    assert isinstance(book, Book)
    assert edit_keys(recover(SOURCE, "page-dump", book.settings.recover)) == {}


def test_a_clean_text_has_nothing_to_review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clean.md").write_text(
        "---\ntitle: 題\n---\n\n# 章\n\n一段[^1]。\n\n[^1]: 註。\n", encoding="utf-8"
    )
    result = CliRunner().invoke(cli, ["review", "clean.md", "--no-open"])
    assert (result.exit_code, result.output) == (GOOD, f"clean.md: {CLEAN}\n")
    (tmp_path / "decisions.toml").write_text("", encoding="utf-8")
    result = CliRunner().invoke(cli, ["review", "clean.md", "--apply", "decisions.toml"])
    assert CLEAN in str(result.exception)  # they cannot be taken over
