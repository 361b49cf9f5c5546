"""The paragraph styles: text, headings, front matter, notes, and what stands around the text."""

from __future__ import annotations

from pipeline.document import word
from pipeline.editions.docx.styles.names import identifier_of
from pipeline.editions.docx.styles.sheet import Sheet, indent, lines, on_grid, paragraph, room, twips
from pipeline.editions.style import HeadingStyle

COLOPHON_KEYS = 6  # characters that the names of a colophon's lines stand in


def paragraph_styles(sheet: Sheet) -> list[str]:
    """All of them."""
    return [
        *_text(sheet), *_headings(sheet), *_front(sheet), *_notes(sheet), *_apparatus(sheet), *_colophon(sheet),
    ]  # fmt: skip


def _text(sheet: Sheet) -> list[str]:
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
        paragraph("Masthead", "Normal", middle, sheet.text(sheet.style.note)),
        paragraph("Date", "Normal", middle, sheet.run("song", page.publisher)),
        paragraph("Abstract Title", "Normal", "<w:keepNext/>" + room(2, 0.5, pitch) + middle, sheet.run(hei, text.size, True), "Abstract"),
        paragraph("Abstract", "Normal", on_grid(text) + indent(text.indent, text.size, 2, 2), small),
        paragraph("Keywords", "Normal", room(0.5, 0, pitch) + indent(0, text.size, 2, 2), small),
    ]  # fmt: skip
    for key in (
        "Title",
        "Subtitle",
        "Author",
        "Affiliation",
        "Masthead",
        "Abstract Title",
        "Abstract",
        "Keywords",
    ):
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


def _colophon(sheet: Sheet) -> list[str]:
    """The book's name between two rules, its lines over a third: neighbours with the same rules share them."""
    text, note = sheet.style.text, sheet.style.note
    rule = '<w:{side} w:val="single" w:sz="6" w:space="4" w:color="auto"/>'
    above, below = rule.format(side="top"), rule.format(side="bottom")
    keys = twips(COLOPHON_KEYS * note.size)
    hung = f'<w:ind w:left="{keys}" w:hanging="{keys}"/>'
    return [
        paragraph(word.COLOPHON_TITLE, "Normal", f"<w:keepNext/><w:pBdr>{above}{below}</w:pBdr>" + room(10, 0.5, sheet.pitch), sheet.run("song", text.size * 1.25, True), word.COLOPHON),
        paragraph(word.COLOPHON, "Normal", f'<w:pBdr>{below}</w:pBdr><w:tabs><w:tab w:val="left" w:pos="{keys}"/></w:tabs>' + lines(note) + hung, sheet.run("song", note.size)),
        paragraph(word.COLOPHON_DESCRIPTION, "Normal", lines(note) + indent(0, note.size, 2, 2), sheet.run("song", note.size)),
    ]  # fmt: skip
