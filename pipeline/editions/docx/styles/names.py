"""What styles and languages are called in Word: ids, Word's own names, aliases in the edition's language."""

from __future__ import annotations

from lxml import etree

from pipeline.document import word

WORD_LANGS = {
    "zh-Hant-TW": "zh-TW",
    "zh-Hant-HK": "zh-HK",
    "zh-Hans-CN": "zh-CN",
    "zh-Hant": "zh-TW",
    "zh-Hans": "zh-CN",
}
ALIASES = {
    "zh-Hant": {
        "Author": "作者", "Affiliation": "單位", "Masthead": "刊頭", "Abstract": "摘要", "AbstractTitle": "摘要標題", "Keywords": "關鍵詞",
        "FirstParagraph": "首段", "Missing": "原註闕", "Keep": "保留", "Foreign": "外文", "QuotedVerse": "引詩", "HanEmphasis": "著重", "Label": "標籤", "CallGap": "註號間空",
        "TableText": "表格文字", "Compact": "緊湊", "SectionBreak": "分隔", "Verse": "詩行",
        "FootnoteBlockText": "註中引文", "FootnoteList": "註中列表", "ListBlockText": "項中引文", "BlockTextList": "引文列表",
        "DefinitionTerm": "詞條", "Definition": "釋義", "DefinitionContinued": "釋義續段", "RunningTitle": "書眉書名", "Figure": "圖",
        "ColophonTitle": "版權頁書名", "Colophon": "版權頁", "ColophonDescription": "版權頁著錄",
        "TranslatedTitle": "譯題", "TranslatedSubtitle": "譯副題", "TranslatedAuthor": "譯作者",
        "TranslatedAffiliation": "譯單位", "TranslatedMasthead": "譯刊頭", "TranslatedAbstract": "譯摘要", "TranslatedAbstractTitle": "譯摘要標題",
        "TranslatedKeywords": "譯關鍵詞",
    },
    "zh-Hans": {
        "Author": "作者", "Affiliation": "单位", "Masthead": "刊头", "Abstract": "摘要", "AbstractTitle": "摘要标题", "Keywords": "关键词",
        "FirstParagraph": "首段", "Missing": "原注阙", "Keep": "保留", "Foreign": "外文", "QuotedVerse": "引诗", "HanEmphasis": "着重", "Label": "标签", "CallGap": "注号间空",
        "TableText": "表格文字", "Compact": "紧凑", "SectionBreak": "分隔", "Verse": "诗行",
        "FootnoteBlockText": "注中引文", "FootnoteList": "注中列表", "ListBlockText": "项中引文", "BlockTextList": "引文列表",
        "DefinitionTerm": "词条", "Definition": "释义", "DefinitionContinued": "释义续段", "RunningTitle": "书眉书名", "Figure": "图",
        "ColophonTitle": "版权页书名", "Colophon": "版权页", "ColophonDescription": "版权页著录",
        "TranslatedTitle": "译题", "TranslatedSubtitle": "译副题", "TranslatedAuthor": "译作者",
        "TranslatedAffiliation": "译单位", "TranslatedMasthead": "译刊头", "TranslatedAbstract": "译摘要", "TranslatedAbstractTitle": "译摘要标题",
        "TranslatedKeywords": "译关键词",
    },
}  # fmt: skip
# The names of styles that Word has of its own, beside those that it writes in small letters.
BUILT_IN = {
    "Normal", "Title", "Subtitle", "Date", "Body Text", "Block Text", "Bibliography", "TOC Heading", "Hyperlink",
    "Emphasis", "Strong", "Table Grid", "List Paragraph",
}  # fmt: skip


def word_lang(lang: str) -> str:
    """The language tag Word knows for a Chinese edition.

    >>> word_lang("zh-Hant-TW")
    'zh-TW'
    """
    return WORD_LANGS.get(lang) or ("zh-CN" if lang.startswith("zh-Hans") else "zh-TW")


def identifier_of(name: str) -> str:
    """The id of a style: its name in capitals without blanks.

    >>> identifier_of("heading 1"), identifier_of("footnote text"), identifier_of("toc 1")
    ('Heading1', 'FootnoteText', 'TOC1')
    """
    return "".join("TOC" if w == "toc" else w[0].upper() + w[1:] for w in name.split())


def name_in(root: etree._Element, lang: str) -> None:
    """Gives the styles aliases in the edition's language."""
    aliases = ALIASES["zh-Hans" if lang.startswith("zh-Hans") else "zh-Hant"]
    for s in word.find(root, "w:style"):
        alias = aliases.get(word.value(s, "w:styleId"))
        name = word.first(s, "w:name")
        if alias and name is not None:
            name.addnext(word.make("w:aliases", {"w:val": alias}))
