"""A document made ready for Pandoc's DOCX writer: every part carries the name of its Word style.

Comes in: an ``Edition``. Goes out: a document without metadata whose front matter stands before the text
and whose translations stand after it; findings about pictures. Pandoc would put its own title block
where it likes and in an order of notes of its own. Refused: raw markup, pictures outside the book's folder.
"""

from __future__ import annotations

import base64
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import panflute as pf

from pipeline.document import ast, word
from pipeline.document.blocks import is_given
from pipeline.document.languages import Seen, mark_languages
from pipeline.document.manuscript import Finding
from pipeline.editions.docx.front import read_front, read_translations, styled
from pipeline.editions.docx.parallel import mark_pairs
from pipeline.editions.docx.pictures import for_word
from pipeline.editions.edition import Edition
from pipeline.editions.pictures import read_picture
from pipeline.editions.style import Faces

# Pandoc replaces names that begin with a line; the finish gives them theirs.
PAGE_ID, NOTE_ID = "fjpage", "fjnote"
MARK, END_OF_FRONT, START_OF_BACK = "FanjianMark", "end of front", "start of back"
LANGUAGE_MARK = "\uf8f6"  # around the language of a whole paragraph, until the finish puts it on its mark
DISPLAY_MARK = (
    "\uf8f9"  # behind a formula on a line of its own in an item, which Pandoc would take out of the list
)
SECTION_MARK = "＊　＊　＊"


@dataclass(frozen=True)
class Prepared:
    """The document, with marks where front matter ends and translations begin; ``pages`` are page labels;
    ``pictures`` and ``marks`` what the master says of pictures and of marked words; ``left_out`` the pictures that could
    not be had."""

    doc: pf.Doc
    pages: list[str]
    pictures: dict[str, dict[str, str]]
    marks: dict[str, dict[str, str]]
    left_out: dict[str, Finding]


def prepare(edition: Edition, faces: Faces) -> Prepared:
    """The edition's document for Pandoc; the edition's own is not changed. Drawings are lettered in ``faces``."""
    doc = mark_languages(ast.duplicate(edition.doc))
    if edition.languages:
        mark_pairs(doc)
    dress = _Dresser(edition, faces, doc)
    meta = doc.metadata.content
    front, back = read_front(meta, edition.wording), list(read_translations(meta, edition))
    doc.metadata = pf.MetaMap()
    fences = [styled("Fanjian Mark", pf.Para(pf.Str(text))) for text in (END_OF_FRONT, START_OF_BACK)]
    doc.content = [*front, fences[0], *doc.content, fences[1], *back]
    doc.walk(dress)
    doc.metadata["lang"] = pf.MetaString(edition.lang[:7])
    return Prepared(doc, dress.pages, dress.pictures, dress.marks, dress.left_out)


class _Dresser:
    """Gives each element of the document what Word knows it by, and keeps what the finish asks for."""

    def __init__(self, edition: Edition, faces: Faces, doc: pf.Doc) -> None:
        self.edition, self.faces = edition, faces
        self.linked = _linked(doc)
        self.numbers = {id(note): number for number, note in enumerate(ast.notes(doc), 1)}
        self.pages: list[str] = []
        self.pictures: dict[str, dict[str, str]] = {}
        self.marks: dict[str, dict[str, str]] = {}
        self.left_out: dict[str, Finding] = {}

    def __call__(self, e: pf.Element, _: pf.Doc | None) -> Any:
        match e:
            case pf.RawInline() | pf.RawBlock():
                return []
            case pf.Span():
                return self._span(e)
            case pf.Note() if id(e) in self.numbers:
                return pf.Span(e, identifier=f"{NOTE_ID}{self.numbers[id(e)]}")
            case pf.Header():
                e.identifier = e.identifier if e.identifier in self.linked or is_given(e) else ""
            case pf.Div() if e.attributes.get("lang") and "custom-style" not in e.attributes:
                _mark_language(e)
            case pf.HorizontalRule():
                return styled(word.BREAK, pf.Para(pf.Str(SECTION_MARK)))
            case pf.LineBlock():
                quoted = isinstance(e.parent, pf.BlockQuote)
                return styled("Quoted Verse" if quoted else "Verse", pf.Para(*_lines(e)))
            case pf.BlockQuote():
                return _quotation(e)
            case pf.Definition():
                e.content = [*list(e.content)[:1], *map(_continued, list(e.content)[1:])]
            case pf.Math() if e.format == "DisplayMath" and _is_alone_in_item(e):
                return [pf.Math(e.text, format="InlineMath"), pf.Str(DISPLAY_MARK)]
            case pf.Figure():
                return self._figure(e)
            case pf.Image():
                return self._image(e)
        return None

    def _span(self, span: pf.Span) -> Any:
        if "page" in span.classes and "n" in span.attributes:
            self.pages.append(span.attributes["n"])
            return pf.Span(identifier=f"{PAGE_ID}{len(self.pages)}")
        for name, style in (("missing", word.MISSING), ("keep", word.KEEP)):
            if name in span.classes:
                span.classes = [c for c in span.classes if c != name]
                span.attributes["custom-style"] = style
        if (lang := span.attributes.get("lang")) and not isinstance(lang, Seen):
            span.attributes.setdefault("custom-style", word.FOREIGN)
        if "custom-style" not in span.attributes and (other := _said(span)):
            self.marks.setdefault(ast.plain(span), other)
            span.attributes["custom-style"] = word.MARKED
        return span

    def _figure(self, figure: pf.Figure) -> Any:
        """A figure whose picture could not be had is its caption; Pandoc would make a table of one with a name.

        Links to it lead to its caption.
        """
        images = [i for b in figure.content for i in getattr(b, "content", ()) if isinstance(i, pf.Image)]
        if figure.identifier in self.linked and figure.caption.content:
            figure.caption.content[0].content.insert(0, pf.Span(identifier=figure.identifier))
        if figure.identifier and images:
            self.pictures.setdefault(images[0].title, {})["#"] = figure.identifier
        figure.identifier = ""
        return figure if images else styled("caption", *figure.caption.content)

    def _image(self, image: pf.Image) -> Any:
        """The picture with its bytes in it, as the sandbox demands; its caption alone when it cannot be had."""
        found = read_picture(image.url, self.edition.folder_of(image.url))
        shown = found if isinstance(found, str) else for_word(found, self.faces)
        if isinstance(shown, str):
            self.left_out[image.url] = self.edition.left_out(image.url, shown)
            return _words_of(image)
        image.title = unquote(image.url)  # the finish makes it the picture's name
        if image.attributes:
            self.pictures[image.title] = dict(image.attributes)
        image.attributes.setdefault("alt", ast.plain(image) or Path(unquote(image.url)).stem)
        image.url = f"data:{shown.media};base64,{base64.b64encode(shown.content).decode('ascii')}"
        return image


def _linked(doc: pf.Doc) -> set[str]:
    """The identifiers that links of the document point to."""
    found = set()

    def look(e: pf.Element, _: pf.Doc | None) -> None:
        if isinstance(e, pf.Link) and e.url.startswith("#"):
            found.add(unquote(e.url[1:]))

    doc.walk(look)
    return found


def _said(span: pf.Span) -> dict[str, str]:
    """What a span says beside its language and its name, such as the forms of a word in each script."""
    said = {key: value for key, value in span.attributes.items() if key != "lang"}
    return said | ({"class": " ".join(span.classes)} if span.classes else {})


def _mark_language(div: pf.Div) -> None:
    """Says on each paragraph of a foreign division that the whole of it is foreign."""

    for block in div.content:
        if isinstance(block, pf.Para | pf.Plain):
            block.content = [
                pf.Str(f"{LANGUAGE_MARK}{div.attributes['lang']}{LANGUAGE_MARK}"),
                *block.content,
            ]
        elif isinstance(block, pf.BlockQuote):
            _mark_language(pf.Div(*block.content, attributes=div.attributes))


def _quotation(quotation: pf.BlockQuote) -> Any:
    """A quotation in an item has a style of its own; one with lists says of each of their lines that it is quoted."""
    if isinstance(quotation.parent, pf.ListItem):
        return styled(word.ITEM_QUOTE, *quotation.content)
    for block in quotation.content:
        if isinstance(block, pf.BulletList | pf.OrderedList):
            block.walk(lambda e, _: pf.Para(*e.content) if isinstance(e, pf.Plain) else None)
    return None


def _continued(block: Any) -> Any:
    """A further paragraph of a definition, which Word would take for another definition."""
    return styled(word.CONTINUED, pf.Para(*block.content)) if isinstance(block, pf.Para | pf.Plain) else block


def _is_alone_in_item(formula: pf.Math) -> bool:
    paragraph = formula.parent
    return len(paragraph.content) == 1 and isinstance(paragraph.parent, pf.ListItem)


def _lines(block: pf.LineBlock) -> Iterator[pf.Inline]:
    for number, item in enumerate(block.content):
        if number:
            yield pf.LineBreak()
        yield from item.content


def _words_of(image: pf.Image) -> list[pf.Inline]:
    """What stands for a picture that could not be had."""
    return list(image.content) or [pf.Str(f"[{image.url[:80]}]")]


def as_shown(doc: pf.Doc, left_out: Container[str]) -> pf.Doc:
    """A document as its Word file reads without the pictures that were left out, so that the way back knows their captions."""

    def show(e: pf.Element, _: pf.Doc | None) -> Any:
        if isinstance(e, pf.Image) and e.url in left_out:
            return _words_of(e)
        if isinstance(e, pf.Figure) and not any(
            isinstance(i, pf.Image) for b in e.content for i in b.content
        ):
            return list(e.caption.content)
        return None

    return ast.duplicate(doc).walk(show) if left_out else doc
