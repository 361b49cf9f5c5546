"""The house style as Word styles: ``word/styles.xml`` (ISO/IEC 29500-1 §17.7).

Comes in: a ``Style`` and a language. Goes out: the part. Built-in styles carry Word's own names, so Word
shows them in the user's language; ours carry an alias in the edition's language. First-line indents are in
characters (``firstLineChars``), with the same in twips for programs that know only these.
"""

from __future__ import annotations

from lxml import etree

from pipeline.document import word
from pipeline.editions.docx.styles.characters import character_styles
from pipeline.editions.docx.styles.names import name_in, word_lang
from pipeline.editions.docx.styles.paragraphs import paragraph_styles
from pipeline.editions.docx.styles.sheet import Sheet, write_style
from pipeline.editions.style import Style


def make_styles(style: Style, lang: str, characters: int) -> etree._Element:
    """``word/styles.xml`` of a house style in a language, for a measure of so many characters."""
    sheet = Sheet(style, lang, characters)
    xml = "".join([_defaults(sheet), *paragraph_styles(sheet), *character_styles(sheet), *_tables()])
    root = word.parse(f'<w:styles xmlns:w="{word.NAMESPACES["w"]}">{xml}</w:styles>'.encode())
    name_in(root, lang)
    return root


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
        + write_style("paragraph", "Normal", "Normal", "", ASIAN, "", default=True, quick=True)
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )


def _tables() -> list[str]:
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
