"""Markdown, DOCX and EPUB files: their text is converted, nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.errors import SourceError
from pipeline.hanzi.conversion import Wish
from pipeline.hanzi.files import convert_markdown, convert_package, convert_plain
from pipeline.hanzi.packages import carve_word, carve_xhtml, read_package
from pipeline.hanzi.texts import carve_markdown
from pipeline.settings import HANS, HanziSettings

WISH = Wish(HANS, HanziSettings(), "zh-Hant-TW")
MARKDOWN = """---
title: 徐乾學之「研究」
lang: zh-Hant-TW
keywords: [史學, 後漢]
---

# 導論 {#後 .unnumbered}

他看*著*「乾*隆*」[^後]，[Latin 後]{lang=en}頭`後`髮，[乾]{.keep}與[後面](http://a.b/後 "後")，<b>後</b>$後$。這一行必須換行因為有著頭
髮的問題，見<https://例.tw/後>。

::: {.keep}
這裡後面不變。
:::

```python
後 = "頭髮"
```

[^後]: 參見《後漢書》。
"""


def test_markdown_text_is_converted_and_nothing_else():
    done = convert_markdown(MARKDOWN, WISH).data.decode()
    assert "title: 徐乾学之“研究”\nlang: zh-Hans-CN\nkeywords: [史学, 后汉]\n" in done
    assert "# 导论 {#後 .unnumbered}" in done
    assert (
        '他看*着*“乾*隆*”[^後]，[Latin 後]{lang=en}头`後`发，[乾]{.keep}与[后面](http://a.b/後 "後")' in done
    )
    assert "<b>后</b>$後$。" in done
    assert "有着头\n发的问题，见<https://例.tw/後>。" in done
    assert "這裡後面不變。" in done
    assert '後 = "頭髮"' in done
    assert "[^後]: 参见《后汉书》。" in done


@pytest.mark.parametrize(
    "text", ["", "\n", "---\n", "```\n後", "[後", "後\n\n\n後\n", "a  \nb", "::: {.keep}\n後"]
)
def test_a_carved_markdown_is_whole(text):
    carving = carve_markdown(text)
    assert "".join(piece.text for piece in carving.pieces) == text
    assert carving.written("zh-Hans-CN") == text


def make_package(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 2, 3, 4, 6)), content)
    return out.getvalue()


def members_of(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info).decode() for info in archive.infolist()}


WORD = (
    '<w:document xmlns:w="x"><w:body><w:p><w:r><w:rPr><w:lang w:eastAsia="zh-TW"/></w:rPr><w:t>看</w:t></w:r>'
    '<w:r><w:t>著「乾</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t>隆」&amp;後</w:t></w:r>'
    "<w:r><w:instrText>HYPERLINK 後</w:instrText></w:r></w:p></w:body></w:document>"
)


def test_a_word_file():
    data = make_package(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": WORD,
            "word/footnotes.xml": "<w:footnotes><w:footnote><w:p><w:r><w:t>後註</w:t></w:r></w:p></w:footnote></w:footnotes>",
            "word/styles.xml": '<w:styles><w:lang w:val="en-US" w:eastAsia="zh-TW"/></w:styles>',
            "docProps/core.xml": "<cp><dc:title>後漢</dc:title><dc:language>zh-TW</dc:language><x>後</x></cp>",
            "word/media/後.txt": "後",
        }
    )
    done = convert_package(data, "a.docx", WISH)
    new = members_of(done.data)
    assert list(new) == list(members_of(data))
    body = new["word/document.xml"]
    assert "<w:t>看</w:t>" in body and "<w:t>着“乾</w:t>" in body and "<w:t>隆”&amp;后</w:t>" in body
    assert 'w:eastAsia="zh-CN"' in body and "HYPERLINK 後" in body
    assert "后注" in new["word/footnotes.xml"]
    assert new["word/styles.xml"] == '<w:styles><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:styles>'
    assert (
        new["docProps/core.xml"]
        == "<cp><dc:title>后汉</dc:title><dc:language>zh-Hans-CN</dc:language><x>後</x></cp>"
    )
    assert new["word/media/後.txt"] == "後"
    with zipfile.ZipFile(io.BytesIO(done.data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2020, 1, 2, 3, 4, 6)}


PAGE = (
    '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xml:lang="zh-Hant-TW" lang="zh-TW"><head><title>後</title>'
    '<style>/* 後 */</style></head><body><p>看<em>著</em>「乾<a href="#後">隆</a>」<code>後</code>&#x5F8C;'
    '<span lang="ja">後</span><span class="x keep">後</span></p><!-- 後 --><p><img src="後.png" alt="後圖"/></p></body></html>'
)


def test_an_e_book():
    data = make_package(
        {
            "mimetype": "application/epub+zip",
            "EPUB/content.opf": "<package><metadata><dc:title>後</dc:title><dc:language>zh-TW</dc:language>"
            "<dc:identifier>後</dc:identifier></metadata></package>",
            "EPUB/a.xhtml": PAGE,
        }
    )
    new = members_of(convert_package(data, "a.epub", WISH).data)
    assert next(iter(new)) == "mimetype"
    page = new["EPUB/a.xhtml"]
    assert page.startswith(
        '<?xml version="1.0"?>\n<!DOCTYPE html>\n<html xml:lang="zh-Hans-CN" lang="zh-Hans-CN">'
    )
    assert '<p>看<em>着</em>“乾<a href="#後">隆</a>”<code>後</code>&#x5F8C;' in page
    assert '<span lang="ja">後</span><span class="x keep">後</span>' in page
    assert '<img src="後.png" alt="后图"/>' in page and "<!-- 後 -->" in page and "/* 後 */" in page
    assert (
        "<dc:title>后</dc:title><dc:language>zh-Hans-CN</dc:language><dc:identifier>後</dc:identifier>"
        in (new["EPUB/content.opf"])
    )


@pytest.mark.parametrize(
    ("carve", "text"), [(carve_word, WORD), (carve_xhtml, PAGE), (carve_xhtml, "<p>後<b>a"), (carve_word, "")]
)
def test_carved_xml_is_whole(carve, text):
    assert "".join(piece.text for piece in carve(text, "x").pieces) == text


@pytest.mark.parametrize("data", [b"", b"no package", make_package({"a.txt": "後"})])
def test_what_is_no_package_is_refused(data):
    with pytest.raises(SourceError, match=r"a.docx: (is no DOCX or EPUB|holds no text)"):
        read_package(data, "a.docx")


def test_plain_text_keeps_its_line_ends():
    assert convert_plain("後\r\n頭髮\n\n裡", WISH).data.decode() == "后\r\n头发\n\n里"


def test_the_command_converts_standard_input():
    result = CliRunner().invoke(cli, ["convert", "-", "--to", "zh-Hant-TW"], input="后来他说：“里面。”\n")
    assert result.output == "後來他說：「裡面。」\n"


def test_the_command_writes_a_file_and_lists_doubts(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("乾隆看著。\n", encoding="utf-8")
    out = tmp_path / "b.md"
    result = CliRunner().invoke(cli, ["convert", str(path), "--to", "zh-Hans", "-o", str(out)])
    assert result.exit_code == 0
    assert out.read_text(encoding="utf-8") == "乾隆看着。\n"
    listed = (
        CliRunner().invoke(cli, ["convert", str(path), "--to", "zh-Hans", "--doubts"]).output.splitlines()
    )
    assert listed[0] == "place\tword\tchoice\talternatives\twhy\tcontext"
    assert listed[1].startswith("line 1\t乾\t乾\t干\ta word of the library's dictionary\t【乾】隆看著。")
    assert len(listed) == 3


def test_the_command_keeps_marks_on_request():
    result = CliRunner().invoke(
        cli, ["convert", "-", "--to", "zh-Hans", "--punctuation", "keep"], input="「後」\n"
    )
    assert result.output == "「后」\n"


@pytest.mark.parametrize(
    ("to", "expected"),
    [("zh-Hans", "甲"), ("zh-Hans-CN", "乙"), ("zh-Hant", "丙"), ("zh-Hant-TW", "丁"), ("zh-Hant-HK", "丙")],
)
def test_the_command_shows_the_targets_variant(to, expected):
    text = "-{zh-hans:甲;zh-cn:乙;zh-hant:丙;zh-tw:丁}-"
    assert CliRunner().invoke(cli, ["convert", "-", "--to", to], input=text).output == expected


def test_the_command_converts_html(tmp_path):
    path = tmp_path / "a.html"
    path.write_text('<html lang="zh-TW"><p class="後">看<b>著</b></p></html>', encoding="utf-8")
    result = CliRunner().invoke(cli, ["convert", str(path), "--to", "zh-Hans"])
    assert result.output == '<html lang="zh-Hans-CN"><p class="後">看<b>着</b></p></html>'


def test_the_command_reads_big5(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("頭髮與後來，這是一段中文文字。\n".encode("big5"))
    result = CliRunner().invoke(cli, ["convert", str(path), "--to", "zh-Hans"])
    assert result.output == "头发与后来，这是一段中文文字。\n"
