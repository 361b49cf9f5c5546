"""The review as a Word file: every edit a tracked change, its reason a comment.

Comes in: a ``Review``. Goes out: a DOCX that reads like the source with the recovery's edits tracked in it,
each under the author «Fanjian RULE» and between bookmarks that carry its key. Line ends that recovery joined
are tracked as deleted paragraph marks, without a comment each. What a rule only proposes is a comment.
Notes follow the text as paragraphs: Word allows no comments inside of footnotes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from pipeline.document import word
from pipeline.document.traced import PieceKind
from pipeline.editions.docx.package import COMMENTS, CORE, CUSTOM, DOCUMENT, FONTS, SETTINGS, STYLES, Package
from pipeline.editions.docx.parts import make_custom, make_fonts
from pipeline.editions.docx.styles import make_styles
from pipeline.editions.docx.styles.names import word_lang
from pipeline.editions.docx.styles.sheet import twips
from pipeline.editions.style import Style
from pipeline.programs import pandoc
from pipeline.review.passages import Change, Part, Passage, Review

AUTHOR = "Fanjian"
STYLES_OF = {"title": "Title", "quote": "BlockText", "note": "FootnoteText", "row": "TableText"}
W = word.make


def bookmark(key: str) -> str:
    """The bookmark's name of an edit's key: Word allows letters, digits and low lines, at most 40.

    >>> bookmark("C202-00fc7f42f1-2")
    'E_C202_00fc7f42f1_2'
    """
    return "E_" + key.replace("-", "_")[:38]


def write_docx(review: Review, title: str, lang: str, style: Style, date: datetime) -> bytes:
    """The review as a Word file's bytes, the same from run to run."""
    package = Package(pandoc.run(b"", ["--print-default-data-file=reference.docx"]))
    writer = _Writer(review, date)
    paragraphs = [p for passage in review.passages for p in writer.passage(passage)]
    pitch = str(twips(style.text.leading))
    section = W(
        "w:sectPr",
        {},
        W("w:pgSz", {"w:w": "11906", "w:h": "16838"}),
        W("w:pgMar", {f"w:{k}": "1418" for k in ("top", "right", "bottom", "left")} | {f"w:{k}": "709" for k in ("header", "footer")} | {"w:gutter": "0"}),
        W("w:docGrid", {"w:type": "lines", "w:linePitch": pitch}),
    )  # fmt: skip
    package.put(DOCUMENT, W("w:document", {}, W("w:body", {}, *paragraphs, section)))
    package.put(COMMENTS, W("w:comments", {}, *writer.comments))
    package.put(STYLES, _styles(style, lang))
    package.put(FONTS, make_fonts(style, lang))
    package.put(SETTINGS, _settings(lang))
    package.put(CUSTOM, make_custom({"review of": title}))
    package.remove("word/footnotes.xml")
    for date_element in package.tree(CORE).iter():
        if word.local(date_element) in ("created", "modified"):
            date_element.text = date.strftime("%Y-%m-%dT%H:%M:%SZ")
    return package.write(date)


def _styles(style: Style, lang: str) -> etree._Element:
    root = make_styles(style, lang, 42)
    for name, kind in (("annotation text", "paragraph"), ("annotation reference", "character")):
        identifier = "CommentText" if kind == "paragraph" else "CommentReference"
        root.append(W("w:style", {"w:type": kind, "w:styleId": identifier}, W("w:name", {"w:val": name})))
    return root


def _settings(lang: str) -> etree._Element:
    return W(
        "w:settings",
        {},
        W("w:zoom", {"w:percent": "100"}),
        W("w:trackRevisions"),
        W("w:characterSpacingControl", {"w:val": "compressPunctuation"}),
        W("w:themeFontLang", {"w:val": "en-US", "w:eastAsia": word_lang(lang)}),
    )


class _Writer:
    """Passages as paragraphs; ids and comments are counted as they come."""

    def __init__(self, review: Review, date: datetime) -> None:
        self._changes = review.changes
        self._date = date.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._ids = itertools.count(1)
        self.comments: list[etree._Element] = []

    def passage(self, passage: Passage) -> Iterator[etree._Element]:
        """A passage as one paragraph, or as many as the source's lines were joined from."""
        style = STYLES_OF.get(passage.kind, "BodyText")
        if passage.kind == "heading":
            style = f"Heading{min(passage.level or 1, 9)}"
        paragraph = self._paragraph(style)
        if passage.label:
            paragraph.append(_run(f"[{passage.label}] "))
        for part in passage.parts:
            change = self._changes.get(part.key)
            if change is None:
                if part.kind is not PieceKind.PAGE:
                    paragraph.append(_run(part.text, part.kind))
            elif change.is_layout and "\n" in change.before:
                self._delete_mark(paragraph, change)
                yield paragraph
                paragraph = self._paragraph(style)
                paragraph.extend(self._marked(change, []))
            else:
                paragraph.extend(self._change(change, part))
        if passage.kind == "removed" and passage.parts:
            self._delete_mark(paragraph, self._changes[passage.parts[0].key])
        yield paragraph

    def _paragraph(self, style: str) -> etree._Element:
        return W("w:p", {}, W("w:pPr", {}, W("w:pStyle", {"w:val": style})))

    def _by(self, change: Change) -> dict[str, str]:
        return {"w:id": str(next(self._ids)), "w:author": f"{AUTHOR} {change.rule}", "w:date": self._date}

    def _delete_mark(self, paragraph: etree._Element, change: Change) -> None:
        """The end of a paragraph, tracked as deleted."""
        properties = word.properties(paragraph, "w:pPr")
        properties.append(W("w:rPr", {}, W("w:del", self._by(change))))

    def _marked(self, change: Change, inner: list[etree._Element]) -> list[etree._Element]:
        """What stands between a change's bookmarks."""
        number = str(next(self._ids))
        return [
            W("w:bookmarkStart", {"w:id": number, "w:name": bookmark(change.key)}),
            *inner,
            W("w:bookmarkEnd", {"w:id": number}),
        ]

    def _change(self, change: Change, part: Part) -> list[etree._Element]:
        if change.proposed:
            return self._marked(change, self._commented(change, [_run(part.text, part.kind)]))
        inner = []
        if change.before:
            inner.append(W("w:del", self._by(change), _run(change.before, deleted=True)))
        if change.after:
            inner.append(W("w:ins", self._by(change), _run(change.after, part.kind)))
        # The bookmark goes around the comment: LibreOffice 7.4 empties one that ends inside of it.
        return self._marked(change, inner if change.is_layout else self._commented(change, inner))

    def _commented(self, change: Change, inner: list[etree._Element]) -> list[etree._Element]:
        number = str(len(self.comments))
        proposal = f" → «{change.after}»?" if change.proposed else ""
        where = f" (line {change.line}" + (f", page {change.page}" if change.page else "") + ")"
        text = W(
            "w:p",
            {},
            W("w:pPr", {}, W("w:pStyle", {"w:val": "CommentText"})),
            _run(change.why + proposal + where),
        )
        by = {"w:id": number, "w:author": f"{AUTHOR} {change.rule}", "w:date": self._date, "w:initials": "F"}
        self.comments.append(W("w:comment", by, text))
        reference = W("w:r", {}, W("w:rPr", {}, W("w:rStyle", {"w:val": "CommentReference"})))
        reference.append(W("w:commentReference", {"w:id": number}))
        return [
            W("w:commentRangeStart", {"w:id": number}),
            *inner,
            W("w:commentRangeEnd", {"w:id": number}),
            reference,
        ]  # fmt: skip


def _run(text: str, kind: PieceKind = PieceKind.TEXT, deleted: bool = False) -> etree._Element:
    """A run; line ends in it become breaks, what XML cannot hold is left out."""
    run = W("w:r")
    if kind is PieceKind.CALL:
        run.append(W("w:rPr", {}, W("w:rStyle", {"w:val": "FootnoteReference"})))
    name = "w:delText" if deleted else "w:t"
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(W("w:br"))
        if line:
            run.append(W(name, {"xml:space": "preserve"}, allowed(line)))
    return run


def allowed(text: str) -> str:
    """The text without the control characters that XML 1.0 refuses (§2.2)."""
    return "".join(
        c
        for c in text
        if (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff") or c == "\t"
    )
