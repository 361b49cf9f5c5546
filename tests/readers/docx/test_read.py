"""The way back: a Word file that an editor corrected is a master again, and a diff shows what was changed."""

from __future__ import annotations

import difflib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from PIL import Image

from pipeline.document.ast import notes, read_document
from pipeline.document.blocks import write_document
from pipeline.document.collation.units import cut_units, key_of_note
from pipeline.editions.docx import make_docx
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.missing import reword_missing
from pipeline.errors import SourceError
from pipeline.proof.docx_conformance import check_docx
from pipeline.readers.docx import read_docx
from pipeline.settings import Settings
from tests.readers.docx.masters import masters


def to_word(master: str, folder: Path, lang: str = "zh-Hant-TW", enclosed: bool = False) -> Path:
    """A master as a Word file in its own script, with the master in it or not."""
    wording = read_wording(lang[:7])
    doc = reword_missing(read_document(master, "case"), wording["missing_note"])
    path = folder / "edited.docx"
    own = master if enclosed else ""
    make_docx(Edition(doc, lang[:7], lang, Settings(folder=folder), wording, master=own), path)  # type: ignore[arg-type]
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
    path = to_word(case, tmp_path)
    source = read_docx(path)
    assert source.text == case
    assert source.form == "markdown"
    assert (source.findings, source.pictures) == ((), ())
    elsewhere = read_docx(tmp_path / "elsewhere" / "a.docx", path.read_bytes())
    assert [f.rule for f in elsewhere.findings] == ["W32"]  # the picture, which no book has there
    assert [name for name, _ in elsewhere.pictures] == ["field.png"]


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
    (found,) = source.findings
    assert found.rule == "W20"
    assert source.text.splitlines()[found.line - 1].startswith("新第二段講")


def test_comments_are_told_with_their_words_in_notes_too(tmp_path: Path) -> None:
    def marked(xml: str, words: str, number: int) -> str:
        start, end = (f'<w:commentRange{side} w:id="{number}"/>' for side in ("Start", "End"))
        return re.sub(rf"<w:r>(?:(?!</w:r>).)*{words}</w:t></w:r>", rf"{start}\g<0>{end}", xml)

    path = to_word("河水退去。[^1]\n\n[^1]: 見縣志。\n", tmp_path)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    for part, words, number in (("document", "河水退去。", 0), ("footnotes", "見縣志。", 1)):
        name = f"word/{part}.xml"
        parts[name] = marked(parts[name].decode("utf-8"), words, number).encode("utf-8")
    said = "".join(
        f'<w:comment w:id="{n}" w:author="編"><w:p><w:r><w:t>查{n}</w:t></w:r></w:p></w:comment>'
        for n in (0, 1)
    )
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{main}">{said}</w:comments>'.encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    found = [f.message for f in read_docx(path).findings if f.rule == "W21"]
    assert found == ["編 comments on «河水退去。»: 查0", "編 comments on «見縣志。»: 查1"]


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


HAND_WRITTEN = """---
title: "堤 與 _田_"   # a person's own way
author: [顧汀, 陸行]
rights: 無
---

第一章
======

衆人：_走_，*一同*[^walk]。
又一行。

- 鬆的項

- 又一項[^b]

| 名   | 高   |
|:-----|-----:|
| 東堤 | 三丈 |

[^walk]: 註文，
    續行。

> 引文一。

> 引文二。

[^b]:
    註中：

    1. 甲
    2. 乙
"""


def made_of(master: str) -> str:
    """What another form of a character and book.toml make of a master."""
    return master.replace("衆", "眾").replace("rights: 無", "rights: 無\nkeywords: [堤]")


def with_made(master: str, folder: Path) -> Path:
    """A Word file of the edition whose master is enclosed as its author spelled it."""
    doc = read_document(made_of(master), "case")
    edition = Edition(
        doc, "zh-Hant", "zh-Hant-TW", Settings(folder=folder), read_wording("zh-Hant"), master=master
    )
    make_docx(edition, folder / "edited.docx")
    return folder / "edited.docx"


def lines_changed(before: str, after: str) -> list[str]:
    found = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [d for d in found if d[:1] in "+-" and d[:3] not in ("---", "+++")]


def test_a_master_written_by_hand_comes_back_to_the_letter(tmp_path: Path) -> None:
    source = read_docx(with_made(HAND_WRITTEN, tmp_path))
    assert source.text == HAND_WRITTEN
    assert source.findings == ()


@pytest.mark.parametrize(
    ("part", "before", "after", "lines"),
    [
        ("word/document.xml", "眾人", "眾位", ["-衆人：_走_，*一同*[^walk]。", "+衆位：_走_，*一同*[^walk]。"]),
        ("word/document.xml", "鬆的項", "不緊的項", ["-- 鬆的項", "+- 不緊的項"]),
        ("word/document.xml", ">三丈<", ">四丈<", ["-| 東堤 | 三丈 |", "+| 東堤 | 四丈 |"]),
        ("word/document.xml", "引文二", "引文貳", ["-> 引文二。", "+> 引文貳。"]),
        ("word/document.xml", "第一章</w:t>", "第一回</w:t>", ["-第一章", "+第一回"]),
        ("word/footnotes.xml", "續行", "續一行", ["-    續行。", "+    續一行。"]),
        ("word/footnotes.xml", ">乙<", ">丙<", ["-    2. 乙", "+    2. 丙"]),
        ("word/document.xml", ">顧汀<", ">顧廷<", ["-author: [顧汀, 陸行]", "+author: [顧廷, 陸行]"]),
    ],
)  # fmt: skip
def test_what_nobody_changed_keeps_its_spelling(
    tmp_path: Path, part: str, before: str, after: str, lines: list[str]
) -> None:
    edited = changed(with_made(HAND_WRITTEN, tmp_path), part, lambda x: x.replace(before, after))
    assert lines_changed(HAND_WRITTEN, read_docx(edited).text) == lines


def test_new_paragraphs_and_notes_find_their_places(tmp_path: Path) -> None:
    def write(xml: str) -> str:
        new = '<w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t>新的一段。</w:t></w:r><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="77"/></w:r></w:p>'
        at = xml.index("<w:tbl>")
        return xml[:at] + new + xml[at:]

    def note(xml: str) -> str:
        new = '<w:footnote w:id="77"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> 新註。</w:t></w:r></w:p></w:footnote>'
        return xml.replace("</w:footnotes>", new + "</w:footnotes>")

    path = changed(with_made(HAND_WRITTEN, tmp_path), "word/document.xml", write)
    path = changed(path.rename(tmp_path / "first.docx"), "word/footnotes.xml", note)
    text = read_docx(path).text
    assert [d for d in lines_changed(HAND_WRITTEN, text) if d != "+"] == ["+新的一段。[^1]", "+[^1]: 新註。"]
    assert text.index("新的一段") < text.index("| 名")


def test_what_an_editor_took_out_is_gone_with_its_note(tmp_path: Path) -> None:
    path = with_made(HAND_WRITTEN, tmp_path)
    edited = changed(
        path,
        "word/document.xml",
        lambda x: re.sub(r"<w:p>(?:(?!</w:p>).)*又一項.*?</w:p>", "", x, flags=re.S),
    )
    text = read_docx(edited).text
    assert "又一項" not in text and "[^b]" not in text
    assert "- 鬆的項" in text and "[^walk]: 註文，\n    續行。" in text


def test_the_other_script_gives_its_corrections_to_the_one_master(tmp_path: Path) -> None:
    master = "---\ntitle: 馬與車\nlang: zh-Hant\n---\n\n馬車來了，眾人讓開。[^1]\n\n[^1]: 見車馬志。\n"
    doc = read_document("---\ntitle: 马与车\nlang: zh-Hant\n---\n\n马车来了，众人让开。[^1]\n\n[^1]: 见车马志。\n", "case")  # fmt: skip
    edition = Edition(
        doc, "zh-Hans", "zh-Hans-CN", Settings(folder=tmp_path), read_wording("zh-Hans"), master=master
    )
    make_docx(edition, tmp_path / "a.docx")
    assert read_docx(tmp_path / "a.docx").text == master
    edited = changed(tmp_path / "a.docx", "word/document.xml", lambda x: x.replace("来了", "来过了"))
    source = read_docx(edited)
    assert lines_changed(master, source.text) == [
        "-馬車來了，眾人讓開。[^1]",
        "+馬車來过了，眾人讓開。[^1]",  # as it was typed
    ]
    assert [f.rule for f in source.findings] == ["W22"]


def test_a_paragraph_that_an_editor_divides_keeps_its_spelling(tmp_path: Path) -> None:
    master = "衆人都來了，走得很快。後來又走了，走得很慢。\n"
    path = with_made(master, tmp_path)
    cut = '</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr><w:r><w:t xml:space="preserve">'
    edited = changed(path, "word/document.xml", lambda x: x.replace("後來又走", cut + "後來又走"))
    assert read_docx(edited).text == "衆人都來了，走得很快。\n\n後來又走了，走得很慢。\n"


@pytest.mark.parametrize(
    "spoiled", [b"", b"no xml urn:fanjian:master", b'<enclosed xmlns="urn:fanjian:master">AAAA</enclosed>']
)
def test_a_spoiled_enclosure_is_passed_over(tmp_path: Path, spoiled: bytes) -> None:
    path = with_made(HAND_WRITTEN, tmp_path)
    out = tmp_path / "spoiled.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, spoiled if name == "customXml/item1.xml" else old.read(name))
    assert "眾人：*走*" in read_docx(out).text


def test_a_file_that_another_program_saved_is_read_by_what_it_says(tmp_path: Path) -> None:
    """Without the enclosed master and the custom properties: as programs write it that keep neither."""
    path = with_made(HAND_WRITTEN, tmp_path)
    out = tmp_path / "bare.docx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if not name.startswith("customXml/") and name != "docProps/custom.xml":
                new.writestr(name, old.read(name))
    text = read_docx(out).text
    assert "眾人：*走*，*一同*[^1]。又一行。" in text
    assert "[^2]: 註中：\n\n    1. 甲\n    2. 乙" in text


def said(text: str) -> tuple[list[str], list[str]]:
    """What a master says: its units and its notes, without their spelling."""
    doc = read_document(text, "case")
    return [u.key for u in cut_units(doc.content)], [key_of_note(n) for n in notes(doc)]


@pytest.mark.parametrize("enclosed", [True, False])
def test_an_item_keeps_all_its_paragraphs(tmp_path: Path, enclosed: bool) -> None:
    body = "1. 文。\n\n    次。\n\n    三。\n\n2. 後。\n\n    又。\n\n段落。\n\n- 甲\n\n    乙\n"
    master = f"---\ntitle: 渡口\nlang: zh-Hant-TW\nrights: 無\n---\n\n{body}"
    text = read_docx(to_word(master, tmp_path, "zh-Hant-TW", enclosed=enclosed)).text
    assert said(text) == said(master)
    assert not enclosed or text == master


def test_a_formula_in_a_note_comes_back_where_the_text_has_none(tmp_path: Path) -> None:
    master = "---\ntitle: 渡口\nlang: zh-Hant-TW\nrights: 無\n---\n\n文[^1]。\n\n[^1]: 註 $x^2$。\n"
    assert said(read_docx(to_word(master, tmp_path, "zh-Hant-TW")).text) == said(master)


# Each example runs Pandoc eight times: making a failing one smaller would take minutes.
BRIEFLY = (Phase.explicit, Phase.reuse, Phase.generate)


@settings(max_examples=6, phases=BRIEFLY)
@given(masters())
def test_generated_masters_come_back(tmp_path_factory: pytest.TempPathFactory, master: str) -> None:
    folder = tmp_path_factory.mktemp("generated")
    Image.new("RGB", (80, 40), "#446688").save(folder / "field.png")
    lang = "zh-Hans-CN" if "zh-Hans-CN" in master else "zh-Hant-TW"
    assert read_docx(to_word(master, folder, lang, enclosed=True)).text == master
    assert said(read_docx(to_word(master, folder, lang)).text) == said(master)


@pytest.mark.sweep
@settings(max_examples=300, phases=BRIEFLY)
@given(masters(6, 14))
def test_many_generated_masters_come_back(tmp_path_factory: pytest.TempPathFactory, master: str) -> None:
    folder = tmp_path_factory.mktemp("generated")
    Image.new("RGB", (80, 40), "#446688").save(folder / "field.png")
    lang = "zh-Hans-CN" if "zh-Hans-CN" in master else "zh-Hant-TW"
    assert read_docx(to_word(master, folder, lang, enclosed=True)).text == master
    path = to_word(master, folder, lang)
    assert check_docx(path) == []
    assert said(read_docx(path).text) == said(master)


def test_a_figure_above_a_table_keeps_its_caption(tmp_path: Path) -> None:
    Image.new("RGB", (80, 40), "#446688").save(tmp_path / "field.png")
    master = (
        "---\ntitle: 文\nlang: zh-Hant-TW\n---\n\n![的](field.png)\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n"
    )
    assert read_docx(to_word(master, tmp_path, "zh-Hant-TW", enclosed=True)).text == master
