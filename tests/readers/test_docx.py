"""The way back: a Word file that an editor corrected is a master again, and a diff shows what was changed."""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.document.ast import read_document
from pipeline.document.blocks import write_document
from pipeline.editions.docx import make_docx
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.missing import reword_missing
from pipeline.errors import SourceError
from pipeline.readers.docx import read_docx
from pipeline.settings import Settings


def to_word(master: str, folder: Path, lang: str = "zh-Hant-TW") -> Path:
    """A master as a Word file in its own script."""
    wording = read_wording(lang[:7])
    doc = reword_missing(read_document(master, "case"), wording["missing_note"])
    path = folder / "edited.docx"
    make_docx(Edition(doc, lang[:7], lang, Settings(folder=folder), wording), path)  # type: ignore[arg-type]
    return path


def canonical(master: str) -> str:
    """A master as Fanjian itself would write it."""
    return write_document(read_document(master, "case"))


def changed(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """A copy of a Word file with one part changed."""
    out = path.with_name("changed.docx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == part:
                text = data.decode()
                assert change(text) != text
                data = change(text).encode()
            new.writestr(name, data)
    return out


@pytest.fixture()
def case(project: Path, tmp_path: Path) -> str:
    Image.new("RGB", (80, 40), "#446688").save(tmp_path / "field.png")
    return canonical((project / "tests/cases/docx/everything.md").read_text(encoding="utf-8"))


def test_nothing_is_lost_there_and_back(case: str, tmp_path: Path) -> None:
    source = read_docx(to_word(case, tmp_path))
    assert source.text == case
    assert source.form == "markdown"
    assert source.findings == ()


def test_the_samples_come_back_as_they_were(project: Path, tmp_path: Path) -> None:
    folder = project / "sources" / "city-water"
    master = canonical((folder / "master.md").read_text(encoding="utf-8"))
    for picture in folder.glob("*.svg"):
        (tmp_path / picture.name).write_bytes(picture.read_bytes())
    assert read_docx(to_word(master, tmp_path)).text == master


def test_a_diff_shows_the_editors_change_alone(case: str, tmp_path: Path) -> None:
    edited = changed(
        to_word(case, tmp_path), "word/document.xml", lambda x: x.replace("第二段講", "第二段改講")
    )
    before, after = case.splitlines(), read_docx(edited).text.splitlines()
    lines = [
        d for d in difflib.unified_diff(before, after, lineterm="", n=0) if d[:1] in "+-" and d[1:2] != d[:1]
    ]
    assert [d[:6] for d in lines] == ["-第二段講 ", "+第二段改講"]


def test_an_edited_note_and_a_note_taken_out(case: str, tmp_path: Path) -> None:
    edited = changed(
        to_word(case, tmp_path), "word/footnotes.xml", lambda x: x.replace("格子的註", "格子的新註")
    )
    assert "[^7]: 格子的新註。" in read_docx(edited).text
    gone = changed(
        to_word(case, tmp_path),
        "word/document.xml",
        lambda x: re.sub(r'<w:r>(?:(?!</w:r>).)*<w:footnoteReference w:id="2"/></w:r>', "", x),
    )
    text = read_docx(gone).text
    assert "作者的註" not in text
    assert "[^7]: A note in English." in text  # labels run on from 1


def test_tracked_changes_count_as_accepted_and_comments_are_findings(case: str, tmp_path: Path) -> None:
    def track(xml: str) -> str:
        inserted = (
            '<w:ins w:id="900" w:author="E" w:date="2024-01-01T00:00:00Z"><w:r><w:t>新</w:t></w:r></w:ins>'
        )
        deleted = '<w:del w:id="901" w:author="E" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>舊</w:delText></w:r></w:del>'
        return xml.replace(
            '<w:r><w:t xml:space="preserve">第二段講',
            f'{inserted}{deleted}<w:r><w:t xml:space="preserve">第二段講',
        )

    source = read_docx(changed(to_word(case, tmp_path), "word/document.xml", track))
    assert "新第二段講" in source.text
    assert "舊" not in source.text
    assert [f.rule for f in source.findings] == ["W20"]


def test_words_own_habits_change_nothing(case: str, tmp_path: Path) -> None:
    """Word cuts runs anywhere, marks its spelling and writes the language of whatever is typed."""

    def word_like(xml: str) -> str:
        xml = xml.replace(
            '<w:t xml:space="preserve">第二段講',
            '<w:t>第二</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:eastAsia="zh-TW"/></w:rPr><w:t xml:space="preserve">段講',
        )
        marked = '<w:pStyle w:val="BodyText"/><w:rPr><w:lang w:val="en-US"/></w:rPr>'
        xml = xml.replace('<w:pStyle w:val="BodyText"/>', marked)
        return xml.replace("<w:p>", '<w:p w:rsidR="00AB12CD">')

    edited = changed(to_word(case, tmp_path), "word/document.xml", word_like)
    assert read_docx(edited).text == case


def test_direct_formatting_counts_as_emphasis(tmp_path: Path) -> None:
    path = to_word("一段話。\n", tmp_path)
    edited = changed(
        path, "word/document.xml", lambda x: x.replace("<w:t xml:space=\"preserve\">一段話", "<w:rPr><w:em w:val=\"dot\"/></w:rPr><w:t xml:space=\"preserve\">一段話")
    )  # fmt: skip
    assert "*一段話。*" in read_docx(edited).text


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 broken"])
def test_what_is_no_word_file_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(
        SourceError, match=r"a\.docx: is no Word file that can be read\. Save it as \.docx again\."
    ):
        read_docx(path)


def test_a_zip_without_a_document(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "甲")
    with pytest.raises(SourceError, match="is no Word file"):
        read_docx(tmp_path / "a.docx", out.getvalue())


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
WORDS = st.one_of(
    HAN,
    HAN.map(lambda t: f"*{t}*"),
    HAN.map(lambda t: f"**{t}**"),
    st.sampled_from(["Red Wings", "*The Dyke*", "«Правда»", "“引”", "——", "……", "[乾]{.keep}", "1958 年", "A~b~", "\\*", "#", "`code`"]),
)  # fmt: skip
INLINE = st.lists(WORDS, min_size=1, max_size=6).map(lambda parts: "文" + "、".join(parts) + "。")
BLOCK = st.one_of(
    INLINE,
    INLINE.map(lambda t: f"# {t}"),
    INLINE.map(lambda t: f"## {t}"),
    INLINE.map(lambda t: f"> {t}"),
    st.lists(INLINE, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {i}" for i in items)),
    st.lists(INLINE, min_size=1, max_size=3).map(lambda items: "\n".join(f"{n}. {i}" for n, i in enumerate(items, 1))),
    st.lists(HAN, min_size=2, max_size=2).map(lambda c: f"| {c[0]} | {c[1]} |\n|---|---|\n| {c[1]} | {c[0]} |"),
    INLINE.map(lambda t: f"[]{{.page n=\"12\"}}{t}"),
)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(st.tuples(BLOCK, st.booleans()), min_size=1, max_size=8), HAN)
def test_generated_masters_come_back(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[tuple[str, bool]], note: str
) -> None:
    folder = tmp_path_factory.mktemp("generated")
    parts, notes = [], []
    for number, (block, noted) in enumerate(blocks):
        label = f"[^{number}]" if noted and not block.startswith("|") else ""
        parts.append(block + label)
        if label:
            notes.append(f"{label}: {note}{number}，見 *Works*。")
    master = canonical("---\ntitle: 題\nlang: zh-Hant-TW\n---\n\n" + "\n\n".join([*parts, *notes]) + "\n")
    assert read_docx(to_word(master, folder)).text == master
