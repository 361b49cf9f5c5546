"""Word files of other people and programs: nothing of them is lost without a word."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from pipeline.readers import Source
from pipeline.readers.docx import read_docx
from pipeline.readers.docx.numbers import write_number
from tests.readers.docx.word_files import STYLES, call, notes, p, r, word_file

BY = 'w:author="甲" w:date="2024-01-01T00:00:00Z"'
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NUMBERING = """
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%3"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1章"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>
"""


def read(*body: str, **more: object) -> Source:
    return read_docx(Path("a.docx"), word_file(*body, **more))  # type: ignore[arg-type]


def text_of(source: Source) -> str:
    """The master without its empty metadata."""
    return source.text.removeprefix("---\n---\n").strip("\n")


def rules(source: Source) -> list[str]:
    return [f.rule for f in source.findings]


def item(text: str, level: int = 0, number: int = 1) -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, properties=numbered)


def cell(*blocks: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks)}</w:tc>"


def table(*rows: str, columns: int = 1) -> str:
    grid = "<w:gridCol/>" * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_a_file_written_in_chinese_word() -> None:
    source = read(
        p("題目", style="a3"),
        p("第一章", style="1"),
        p("文。", call(1)),
        parts={"footnotes": notes("footnote", "註。")},
    )
    assert source.text == "---\ntitle: '題目'\n---\n\n# 第一章\n\n文。[^1]\n\n[^1]: 註。\n"
    assert source.findings == ()


def test_endnotes_and_marks_of_ones_own() -> None:
    assert (
        "文。[^1]\n\n[^1]: 註。"
        in read(p("文。", call(1, "endnote")), parts={"endnotes": notes("endnote", "註。")}).text
    )
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>*</w:t></w:r>'
    assert "文。[^1]下" in read(p("文。", own, "下"), parts={"footnotes": notes("footnote", "註。")}).text


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('<w:smartTag w:element="a"><w:smartTagPr/><w:r><w:t>京</w:t></w:r></w:smartTag>', "在京。"),
        ('<w:customXml w:element="a"><w:r><w:t>京</w:t></w:r></w:customXml>', "在京。"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>京</w:t></w:r></w:sdtContent></w:sdt>", "在京。"),
        ('<w:fldSimple w:instr=" REF a "><w:r><w:t>京</w:t></w:r></w:fldSimple>', "在京。"),
        ('<w:bookmarkStart w:id="1" w:name="a"/><w:r><w:t>京</w:t></w:r><w:bookmarkEnd w:id="1"/>', "在京。"),
        ("<w:r><w:t>京</w:t></w:r><w:proofErr/><w:r><w:t>城</w:t></w:r>", "在京城。"),
        ("<w:r><w:br/><w:t>京</w:t></w:r>", "在\\\n京。"),
        ("<w:r><w:t>京</w:t><w:tab/><w:t>城</w:t></w:r>", "在京 城。"),
    ],
)
def test_wrappers_and_cuts_say_nothing(inner: str, text: str) -> None:
    source = read(p("在", inner, "。"))
    assert text_of(source) == text
    assert source.findings == ()


def test_blocks_in_wrappers_stay() -> None:
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{p('甲')}</w:sdtContent></w:sdt><w:customXml>{p('乙')}</w:customXml>"
    )
    assert text_of(read(body)) == "甲\n\n乙"


def test_hidden_text_is_said() -> None:
    source = read(p("看", r("不", "<w:vanish/>"), r("見", '<w:vanish w:val="0"/>')))
    assert text_of(source) == "看見"
    assert [f.message for f in source.findings] == ["The hidden text «不» is left out."]


def test_symbols_become_characters() -> None:
    def symbol(font: str, code: str) -> str:
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    source = read(
        p(
            "甲",
            symbol("Wingdings", "F081"),
            symbol("Wingdings", "F0FE"),
            symbol("Symbol", "F061"),
            symbol("X", "F041"),
        )
    )
    assert text_of(source) == "甲①☑α\uf041"
    assert rules(source) == ["W24"]


def test_ruby_keeps_its_base() -> None:
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('hàn')}</w:rt><w:rubyBase>{r('漢')}</w:rubyBase></w:ruby></w:r>"
    source = read(p("讀", ruby, "字"))
    assert text_of(source) == "讀漢字"
    assert [(f.rule, f.proposal) for f in source.findings] == [("W26", "漢（hàn）")]


def test_text_boxes_stand_behind_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{p('框')}</w:txbxContent>"
    shape = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = read(p("前", shape, "後"), p("下"))
    assert text_of(source) == "前後\n\n框\n\n下"
    assert rules(source) == ["W25"]


def test_drawings_and_objects_are_said() -> None:
    smart = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="a" descr="流程圖"/></wp:inline></w:drawing></w:r>'
    )
    source = read(p("圖", smart, '<w:r><w:object><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r>'))
    assert [f.message.split(" is ")[0] for f in source.findings] == [
        "A drawing «流程圖»",
        "An embedded object without a name",
    ]


def test_indents_typed_as_blanks_go_and_are_said() -> None:
    source = read(p("　　甲　乙"), p("<w:r><w:tab/><w:t>丙</w:t></w:r>"), p("丁"))
    assert text_of(source) == "甲　乙\n\n丙\n\n丁"
    assert [f.message for f in source.findings] == ["2 indents typed as blanks were taken out."]


@pytest.mark.parametrize(
    ("name", "more", "written"),
    [
        ("标题 1", "", "# 章"),
        ("標題 2", "", "## 章"),
        ("見出し 3", "", "### 章"),
        ("論文二級標題", "", "## 章"),
        ("我的樣式", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>', "## 章"),
        ("我的樣式", '<w:basedOn w:val="1"/>', "# 章"),
        ("引文", "", "> 章"),
        ("正文文本", "", "章"),
        ("目录 1", "", ""),
    ],
)
def test_styles_by_other_names(name: str, more: str, written: str) -> None:
    style = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="x"><w:name w:val="{name}"/>{more}</w:style>'
    source = read(p("章", style="x"), p("文"), styles=STYLES + style)
    assert text_of(source) == f"{written}\n\n文".strip("\n")


def test_titles_by_other_names() -> None:
    styles = STYLES + "".join(
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="x{n}"><w:name w:val="{name}"/></w:style>'
        for n, name in enumerate(("论文题目", "作者", "摘要", "关键词"))
    )
    source = read(
        p("題", style="x0"),
        p("顧汀", style="x1"),
        p("述要。", style="x2"),
        p("关键词：堤；田", style="x3"),
        p("文"),
        styles=styles,
    )
    assert source.text == (
        "---\ntitle: '題'\nauthor:\n- '顧汀'\nabstract: |\n  述要。\nkeywords:\n- '堤'\n- '田'\n---\n\n文\n"
    )


def test_an_outline_level_makes_a_heading_and_bold_asks() -> None:
    source = read(
        p("大題", properties='<w:outlineLvl w:val="0"/>'), p(r("小題", "<w:b/>")), p(r("句子。", "<w:b/>"))
    )
    assert text_of(source) == "# 大題\n\n**小題**\n\n**句子。**"
    assert [f.message[:44] for f in source.findings] == ["1 short lines in bold may be headings: «小題»."]


def test_numbers_that_word_makes_are_written_out() -> None:
    source = read(item("甲"), item("子", 1), item("丑", 1), item("圓", 2), item("乙"), numbering=NUMBERING)
    assert text_of(source) == "一、甲\n\n（一）子\n\n（二）丑\n\n①圓\n\n二、乙"
    assert rules(source) == ["W29"]


def test_headings_keep_their_numbers() -> None:
    styles = STYLES.replace(
        '<w:pPr><w:outlineLvl w:val="0"/>',
        '<w:pPr><w:numPr><w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="0"/>',
    )
    source = read(p("緒論", style="1"), p("文"), p("本論", style="1"), styles=styles, numbering=NUMBERING)
    assert text_of(source) == "# 第一章　緒論\n\n文\n\n# 第二章　本論"


def test_lists_of_figures_stay_lists_and_count_as_word_counts() -> None:
    source = read(item("甲", 0, 3), item("乙", 0, 2), p("隔"), item("丙", 0, 2), numbering=NUMBERING)
    assert text_of(source) == "1. 甲\n2. 乙\n\n隔\n\n3. 丙"
    assert source.findings == ()


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (21, "taiwaneseCountingThousand", "二十一"), (110, "chineseCounting", "一百一十"), (1001, "japaneseCounting", "一千〇一"),
        (20, "chineseLegalSimplified", "贰拾"), (2, "ideographTraditional", "乙"), (11, "ideographTraditional", "11"),
        (12, "decimalFullWidth", "１２"), (9, "lowerRoman", "ix"), (28, "upperLetter", "BB"), (7, "decimalZero", "07"),
    ],
)  # fmt: skip
def test_numbers_in_words_formats(number: int, form: str, shown: str) -> None:
    assert write_number(number, form) == shown


def test_merged_cells_and_tables_in_cells_keep_their_text() -> None:
    source = read(
        table(
            cell(p("頭"), properties='<w:gridSpan w:val="2"/>'),
            cell(p("甲"), properties='<w:vMerge w:val="restart"/>') + cell(p("乙")),
            cell(p(""), properties="<w:vMerge/>") + cell(p("丙")),
            columns=2,
        )
    )
    assert all(c in source.text for c in "頭甲乙丙")
    source = read(table(cell(p("外"), table(cell(p("內"))), p(""))))
    assert all(c in source.text for c in "外內")
    assert rules(source) == ["W30"]


def test_all_revisions_are_accepted() -> None:
    gone = f'<w:rPr><w:del w:id="1" {BY}/></w:rPr>'
    source = read(
        p("一", properties=gone),
        p("二"),
        p(
            f"<w:moveFrom w:id='2' {BY}>{r('移')}</w:moveFrom>",
            "三",
            f"<w:ins w:id='3' {BY}>{r('入')}</w:ins>",
        ),
        p(f"<w:del w:id='4' {BY}><w:r><w:delText>刪</w:delText></w:r></w:del>", properties=gone),
        p("四"),
        table(cell(p("頭")), f"<w:trPr><w:del w:id='6' {BY}/></w:trPr>" + cell(p("刪"))),
    )
    assert "一二\n\n三入\n\n四" in source.text
    assert not set("移刪") & set(source.text)
    assert rules(source) == ["W20"] * 3
    at = [source.text.splitlines()[f.line - 1] if f.line else "" for f in source.findings]
    assert at == ["一二", "三入", ""]  # the last for the paragraphs and rows that are gone


def test_pictures_are_taken_out_of_the_file() -> None:
    picture = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="100" cy="100"/><wp:docPr id="1" name="图片 1" descr="一圖"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="0" name="图片 1"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="ra"/></pic:blipFill>'
        "<pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    source = read(p("前"), p(picture), parts={"media/a.png": PNG})
    assert "![一圖](media/a.png)" in source.text
    assert source.pictures == (("media/a.png", PNG),)


def test_a_paragraph_that_libreoffice_cut_is_whole() -> None:
    section = '<w:pPr><w:sectPr/><w:pStyle w:val="a"/></w:pPr>'
    body = (
        f"<w:p>{section}{r('量這樣的')}</w:p>",
        p("陶井。", style="a"),
        f"<w:p>{section}{r('句號。')}</w:p>",
        p("下", style="a"),
    )
    assert text_of(read(*body)) == "量這樣的陶井。\n\n句號。\n\n下"
