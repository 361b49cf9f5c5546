"""The house style as Word styles: ``word/styles.xml`` (ISO/IEC 29500-1 §17.7).

Comes in: a ``Style`` and a language. Goes out: the part. Built-in styles carry Word's own names, so Word
shows them in the user's language; ours carry an alias in the edition's language. First-line indents are in
characters (``firstLineChars``), with the same in twips for programs that know only these.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.document import word
from pipeline.editions.style import HeadingStyle, Style, TextStyle

WORD_LANGS = {
    "zh-Hant-TW": "zh-TW",
    "zh-Hant-HK": "zh-HK",
    "zh-Hans-CN": "zh-CN",
    "zh-Hant": "zh-TW",
    "zh-Hans": "zh-CN",
}
ALIASES = {
    "zh-Hant": {
        "Author": "作者", "Affiliation": "單位", "Abstract": "摘要", "AbstractTitle": "摘要標題", "Keywords": "關鍵詞",
        "FirstParagraph": "首段", "Missing": "原註闕", "Keep": "保留", "Foreign": "外文", "QuotedVerse": "引詩", "HanEmphasis": "著重", "Label": "標籤",
        "TableText": "表格文字", "Compact": "緊湊", "SectionBreak": "分隔", "Verse": "詩行",
        "FootnoteBlockText": "註中引文", "FootnoteList": "註中列表", "ListBlockText": "項中引文", "BlockTextList": "引文列表",
        "DefinitionTerm": "詞條", "Definition": "釋義", "DefinitionContinued": "釋義續段", "RunningTitle": "書眉書名", "Figure": "圖",
        "TranslatedTitle": "譯題", "TranslatedSubtitle": "譯副題", "TranslatedAuthor": "譯作者",
        "TranslatedAffiliation": "譯單位", "TranslatedAbstract": "譯摘要", "TranslatedAbstractTitle": "譯摘要標題",
        "TranslatedKeywords": "譯關鍵詞",
    },
    "zh-Hans": {
        "Author": "作者", "Affiliation": "单位", "Abstract": "摘要", "AbstractTitle": "摘要标题", "Keywords": "关键词",
        "FirstParagraph": "首段", "Missing": "原注阙", "Keep": "保留", "Foreign": "外文", "QuotedVerse": "引诗", "HanEmphasis": "着重", "Label": "标签",
        "TableText": "表格文字", "Compact": "紧凑", "SectionBreak": "分隔", "Verse": "诗行",
        "FootnoteBlockText": "注中引文", "FootnoteList": "注中列表", "ListBlockText": "项中引文", "BlockTextList": "引文列表",
        "DefinitionTerm": "词条", "Definition": "释义", "DefinitionContinued": "释义续段", "RunningTitle": "书眉书名", "Figure": "图",
        "TranslatedTitle": "译题", "TranslatedSubtitle": "译副题", "TranslatedAuthor": "译作者",
        "TranslatedAffiliation": "译单位", "TranslatedAbstract": "译摘要", "TranslatedAbstractTitle": "译摘要标题",
        "TranslatedKeywords": "译关键词",
    },
}  # fmt: skip


def word_lang(lang: str) -> str:
    """The language tag Word knows for a Chinese edition.

    >>> word_lang("zh-Hant-TW")
    'zh-TW'
    """
    return WORD_LANGS.get(lang) or ("zh-CN" if lang.startswith("zh-Hans") else "zh-TW")


@dataclass(frozen=True)
class Sheet:
    """What styles are made of: the house style, the edition's language, the body's line in twips."""

    style: Style
    lang: str
    characters: int  # of the measure

    @property
    def pitch(self) -> int:
        """The baseline grid in twips."""
        return twips(self.style.text.leading)

    def fonts(self, role: str) -> str:
        """``w:rFonts``: East Asian and Latin faces apart."""
        faces = self.style.faces_of(self.lang)
        latin = faces.latin.sans if role == "hei" else faces.latin.serif
        return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{faces.of(role).word}" w:cs="{latin}"/>'

    def run(self, role: str, size: float, bold: bool = False, extra: str = "") -> str:
        """Run properties of a text in this face and size."""
        heavy = "<w:b/><w:bCs/>" if bold else ""
        half = round(size * 2)
        return f'{self.fonts(role)}{heavy}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>{extra}'

    def text(self, text: TextStyle) -> str:
        """Run properties of a running text."""
        return self.run(text.face, text.size)


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def indent(first: float, size: float, left: float = 0, right: float = 0) -> str:
    """``w:ind`` in characters, with the same in twips."""
    parts = []
    for name, chars in (("left", left), ("right", right), ("firstLine", first)):
        parts.append(f'w:{name}Chars="{round(chars * 100)}" w:{name}="{twips(chars * size)}"')
    return f"<w:ind {' '.join(parts)}/>"


def lines(text: TextStyle) -> str:
    """``w:spacing`` of a text with its own leading, off the page's grid."""
    return (
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{twips(text.leading)}" w:lineRule="exact"/>'
    )


def on_grid(text: TextStyle) -> str:
    """``w:spacing`` of running text: its leading exactly, so that no face of whatever height spreads a line.

    The leading is the grid's own; snapping would do nothing in Word, and LibreOffice snaps hanging lines twice.
    """
    return lines(text)


def room(before: float, after: float, pitch: int, size: float = 0) -> str:
    """``w:spacing`` before and after in lines of the grid; with a ``size``, lines of one and a half of it."""
    leading = f' w:line="{twips(size * 1.5)}" w:lineRule="exact"' if size else ""
    off = '<w:snapToGrid w:val="0"/>' if size else ""
    return (
        f"{off}"
        f'<w:spacing w:beforeLines="{round(before * 100)}" w:before="{round(before * pitch)}" '
        f'w:afterLines="{round(after * 100)}" w:after="{round(after * pitch)}"{leading}/>'
    )


def make_styles(style: Style, lang: str, characters: int) -> etree._Element:
    """``word/styles.xml`` of a house style in a language, for a measure of so many characters."""
    sheet = Sheet(style, lang, characters)
    xml = "".join([_defaults(sheet), *_text_styles(sheet), *_headings(sheet), *_front(sheet), *_notes(sheet)])
    xml += "".join([*_apparatus(sheet), *_characters(sheet), *_tables(sheet)])
    root = word.parse(f'<w:styles xmlns:w="{word.NAMESPACES["w"]}">{xml}</w:styles>'.encode())
    _name_in(root, ALIASES["zh-Hans" if lang.startswith("zh-Hans") else "zh-Hant"])
    return root


def _name_in(root: etree._Element, aliases: dict[str, str]) -> None:
    for s in word.find(root, "w:style"):
        alias = aliases.get(word.value(s, "w:styleId"))
        name = word.first(s, "w:name")
        if alias and name is not None:
            name.addnext(word.make("w:aliases", {"w:val": alias}))


# Kinsoku on, no hanging marks, a gap between Han and Latin; said in Normal too, for programs that pass over
# the document's defaults.
ASIAN = (
    '<w:widowControl/><w:kinsoku/><w:wordWrap/><w:overflowPunct w:val="0"/><w:autoSpaceDE/><w:autoSpaceDN/>'
)


def _defaults(sheet: Sheet) -> str:
    """Document defaults: faces, languages, kinsoku and punctuation (CLREQ, line breaking; no hanging marks)."""
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{sheet.text(sheet.style.text)}"
        f'<w:lang w:val="en-US" w:eastAsia="{word_lang(sheet.lang)}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr>{ASIAN}<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
        '<w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>'
        + _style("paragraph", "Normal", "Normal", "", ASIAN, "", default=True, quick=True)
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )


def _style(
    kind: str,
    identifier: str,
    name: str,
    based: str,
    ppr: str,
    rpr: str,
    *,
    following: str = "",
    default: bool = False,
    quick: bool = False,
) -> str:
    built_in = name[0].islower() or name in BUILT_IN
    return (
        f'<w:style w:type="{kind}"{" w:default=" + chr(34) + "1" + chr(34) if default else ""}'
        f'{"" if built_in else " w:customStyle=" + chr(34) + "1" + chr(34)} w:styleId="{identifier}">'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + ("<w:qFormat/>" if quick else "")
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
        + "</w:style>"
    )


BUILT_IN = {
    "Normal", "Title", "Subtitle", "Date", "Body Text", "Block Text", "Bibliography", "TOC Heading", "Hyperlink",
    "Emphasis", "Strong", "Table Grid", "List Paragraph",
}  # fmt: skip


def paragraph(name: str, based: str, ppr: str, rpr: str = "", following: str = "", quick: bool = True) -> str:
    """A paragraph style whose id is its name without blanks, as Word makes them."""
    return _style("paragraph", identifier_of(name), name, based, ppr, rpr, following=following, quick=quick)


def identifier_of(name: str) -> str:
    """The id of a style: its name in capitals without blanks.

    >>> identifier_of("heading 1"), identifier_of("footnote text"), identifier_of("toc 1")
    ('Heading1', 'FootnoteText', 'TOC1')
    """
    return "".join("TOC" if w == "toc" else w[0].upper() + w[1:] for w in name.split())


def _text_styles(sheet: Sheet) -> list[str]:
    text, quote = sheet.style.text, sheet.style.quote
    first = on_grid(text) + indent(text.indent, text.size)
    set_off = on_grid(quote) + indent(quote.indent, quote.size, quote.left, quote.right)
    return [
        paragraph("Body Text", "Normal", first),
        paragraph("First Paragraph", "BodyText", "", following="BodyText"),
        paragraph("List Paragraph", "BodyText", indent(0, text.size)),
        paragraph("Compact", "BodyText", indent(0, text.size)),
        paragraph("Block Text", "BodyText", set_off, sheet.text(quote)),
        paragraph(word.ITEM_QUOTE, "ListParagraph", "", sheet.text(quote)),
        paragraph(word.QUOTED_LIST, "ListParagraph", "", sheet.text(quote)),
        paragraph("Verse", "BodyText", indent(0, text.size, 2, 0) + '<w:jc w:val="left"/>', sheet.text(quote)),
        paragraph("Quoted Verse", "Verse", indent(0, text.size, 4, 0)),
        paragraph("Bibliography", "BodyText", '<w:ind w:leftChars="200" w:left="420" w:hangingChars="200" w:hanging="420"/>'),
        paragraph(word.BREAK, "BodyText", indent(0, text.size) + '<w:jc w:val="center"/>', following="BodyText"),
        paragraph("Source Code", "Normal", on_grid(text) + '<w:jc w:val="left"/>', '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'),
        paragraph(word.TERM, "BodyText", "<w:keepNext/>" + indent(0, text.size), "<w:b/><w:bCs/>"),
        paragraph(word.DEFINITION, "BodyText", indent(0, text.size, 2)),
        paragraph(word.CONTINUED, word.DEFINITION, indent(2, text.size, 2)),
    ]  # fmt: skip


def _headings(sheet: Sheet) -> list[str]:
    out = []
    for level in range(1, 10):
        head = sheet.style.heading(level)
        out.append(
            paragraph(
                f"heading {level}",
                "Normal",
                _heading_layout(head, sheet) + f'<w:outlineLvl w:val="{level - 1}"/>',
                sheet.run(head.face, head.size, head.bold),
                following="FirstParagraph",
                quick=level <= 4,
            )
        )
    return out


def _heading_layout(head: HeadingStyle, sheet: Sheet) -> str:
    left = head.indent if head.align == "left" else 0
    return (
        "<w:keepNext/><w:keepLines/>"
        + room(head.before, head.after, sheet.pitch, head.size)
        + (indent(0, sheet.style.text.size, left) if left else "")
        + f'<w:jc w:val="{"center" if head.align == "center" else "left"}"/>'
    )


def _front(sheet: Sheet) -> list[str]:
    page, text = sheet.style.title_page, sheet.style.text
    pitch, hei = sheet.pitch, "hei"
    middle = '<w:jc w:val="center"/>'
    small = sheet.run(sheet.style.quote.face, text.size)
    out = [
        paragraph("Title", "Normal", "<w:keepNext/>" + room(4, 1, pitch) + middle, sheet.run(hei, page.title, True), "Subtitle"),
        paragraph("Subtitle", "Normal", "<w:keepNext/>" + room(0, 1, pitch) + middle, sheet.run(hei, page.subtitle), "Author"),
        paragraph("Author", "Normal", room(0.5, 0, pitch) + middle, sheet.run("kai", page.author)),
        paragraph("Affiliation", "Normal", middle, sheet.run("song", page.publisher)),
        paragraph("Date", "Normal", middle, sheet.run("song", page.publisher)),
        paragraph("Abstract Title", "Normal", "<w:keepNext/>" + room(2, 0.5, pitch) + middle, sheet.run(hei, text.size, True), "Abstract"),
        paragraph("Abstract", "Normal", on_grid(text) + indent(text.indent, text.size, 2, 2), small),
        paragraph("Keywords", "Normal", room(0.5, 0, pitch) + indent(0, text.size, 2, 2), small),
    ]  # fmt: skip
    for key in ("Title", "Subtitle", "Author", "Affiliation", "Abstract Title", "Abstract", "Keywords"):
        ppr = room(2, 1, pitch) if key == "Title" else ""
        rpr = sheet.run(hei, sheet.style.heading(1).size, True) if key == "Title" else ""
        out.append(paragraph(f"Translated {key}", identifier_of(key), ppr, rpr))
    return out


def _notes(sheet: Sheet) -> list[str]:
    note = sheet.style.note
    return [
        # No widow control: a long note may begin with one line, so that it begins on the page of its call.
        paragraph(
            "footnote text",
            "Normal",
            '<w:widowControl w:val="0"/>' + lines(note) + indent(note.indent, note.size),
            sheet.text(note),
        ),
        paragraph("Footnote List", "FootnoteText", indent(0, note.size)),
        paragraph(
            "Footnote Block Text", "FootnoteText", indent(0, note.size, 2), sheet.run("kai", note.size)
        ),
    ]


def _apparatus(sheet: Sheet) -> list[str]:
    style = sheet.style
    head, folio, toc = style.running_head, style.folio, style.contents
    measure = twips(style.text.size) * sheet.characters
    out = [
        paragraph("caption", "Normal", "<w:keepLines/>" + room(0.5, 0.5, sheet.pitch) + '<w:jc w:val="center"/>', sheet.text(style.caption)),
        paragraph("Figure", "Normal", "<w:keepNext/>" + room(0.5, 0, sheet.pitch) + '<w:jc w:val="center"/>'),
        paragraph("Table Text", "Normal", lines(style.table) + '<w:jc w:val="left"/>', sheet.text(style.table)),
        paragraph("header", "Normal", '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>', sheet.text(head), quick=False),
        paragraph("footer", "Normal", '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>', sheet.text(folio), quick=False),
        paragraph("TOC Heading", "Normal", "<w:keepNext/>" + room(1, 1, sheet.pitch) + '<w:jc w:val="center"/>', sheet.run("hei", style.heading(1).size, True)),
    ]  # fmt: skip
    for level in range(1, 10):
        step = (level - 1) * toc.step
        out.append(
            paragraph(
                f"toc {level}",
                "Normal",
                f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{measure}"/></w:tabs>'
                + indent(0, toc.size, step),
                sheet.text(toc),
                quick=False,
            )
        )
    return out


def emphasise_han(style: Style, lang: str) -> etree._Element:
    """What emphasises Han in the house style: dots below, or another face."""
    if style.emphasis.han == "dots":
        return word.make("w:em", {"w:val": "dot"})
    return word.make("w:rFonts", {"w:eastAsia": style.faces_of(lang).of(style.emphasis.han).word})


def _xml(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode")


def _characters(sheet: Sheet) -> list[str]:
    mono = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
    missing = f"{sheet.fonts('kai')}" + '<w:color w:val="595959"/>'
    table = {
        "footnote reference": '<w:vertAlign w:val="superscript"/>',
        "Emphasis": "<w:i/><w:iCs/>",
        "Strong": "<w:b/><w:bCs/>",
        word.HAN_EMPHASIS: _xml(emphasise_han(sheet.style, sheet.lang)),
        "Hyperlink": '<w:color w:val="1F3864"/>',
        word.MISSING: missing,
        word.KEEP: "",
        word.FOREIGN: "",
        word.MARKED: "",
        word.LABEL: f"{sheet.fonts('hei')}<w:b/><w:bCs/>",
        word.RUNNING_TITLE: "",
        "Verbatim Char": mono,
    }
    return [
        _style("character", identifier_of(name), name, "DefaultParagraphFont", "", rpr, quick=name in ("Emphasis", "Strong"))
        for name, rpr in table.items()
    ]  # fmt: skip


def _tables(sheet: Sheet) -> list[str]:
    """One table style: a rule above, a thinner one under the head, one below, as Chinese journals set tables."""
    rule = '<w:{} w:val="single" w:sz="{}" w:space="0" w:color="auto"/>'
    return [
        '<w:style w:type="table" w:customStyle="1" w:styleId="Parallel"><w:name w:val="Parallel"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/></w:style>',
        '<w:style w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/>'
        f"<w:qFormat/><w:tblPr><w:tblBorders>{rule.format('top', 12)}{rule.format('bottom', 12)}</w:tblBorders></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>'
        f"{rule.format('bottom', 6)}</w:tcBorders></w:tcPr></w:tblStylePr></w:style>",
    ]
