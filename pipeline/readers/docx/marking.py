"""What Pandoc would drop of a Word file, put into its text as marks: page starts, languages, names, items, notes.

Comes in: a part's tree. Goes out: the same tree with runs of private characters in it, which ``marks`` takes for
what they mean.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from pipeline.document import word
from pipeline.readers.docx.lists import Item

# Marks in the text, of the private use area: (PAGE hex END), (LANG tag END text CLOSE), (BLOCK tag END).
PAGE, LANG, BLOCK, END, CLOSE, NAME = "\uf8f0", "\uf8f1", "\uf8f2", "\uf8f3", "\uf8f4", "\uf8f6"
NOTE = "\uf8fa"  # (NOTE number END) before the call of a note that is known
BLANK = "\uf8f5"  # a blank at the edge of a run with a style: Pandoc would put it outside of the style


def mark_item(paragraph: etree._Element, item: Item) -> None:
    """The mark of an item; its indent is its list's, and Pandoc would take it for a quotation's."""
    properties = word.properties(paragraph, "w:pPr")
    none = {"w:left": "0", "w:firstLine": "0"}
    word.put(properties, word.make("w:ind", none), word.PPR_ORDER)
    if any(word.local(e) == "oMathPara" for e in paragraph):  # Pandoc reads no text beside a formula
        paragraph.addprevious(word.make("w:p", {}, word.make_run(replace(item, alone=True).mark())))
    else:
        properties.addnext(word.make_run(item.mark()))


def mark_text(root: etree._Element, names: dict[str, str]) -> None:
    for paragraph in word.find(root, ".//w:p"):
        _mark_language_of_block(paragraph)
        heading = word.heading_level(names.get(word.style_of(paragraph), ""))
        for child in list(paragraph.iter()):
            match word.local(child):
                case "bookmarkStart" if word.value(child, "w:name").startswith(word.PAGE_BOOKMARK):
                    label = page_label(word.value(child, "w:name"))
                    child.addnext(word.make_run(f"{PAGE}{label.encode().hex()}{END}"))
                case "bookmarkStart" if heading:
                    _mark_name(child)
                case "r":
                    _mark_run(child)


def mark_notes(document: etree._Element) -> None:
    """Which note of the master a call is of: the only one in its bookmark says it, the first of such bookmarks."""
    seen: set[str] = set()
    for start in word.find(document, ".//w:bookmarkStart"):
        found = re.fullmatch(rf"{word.NOTE_BOOKMARK}(\d+)(?:_Copy_\d+)*", word.value(start, "w:name"))
        if found and found[1] not in seen and len(_calls_of(start)) == 1:
            seen.add(found[1])
            start.addnext(word.make_run(f"{NOTE}{found[1].encode().hex()}{END}"))


def _calls_of(start: etree._Element) -> list[etree._Element]:
    """The note calls in a bookmark; of an empty one what stands right behind it, as LibreOffice writes it."""
    calls: list[etree._Element] = []
    ended = False
    for e in start.itersiblings():
        kind, here = word.local(e), word.value(e, "w:id") == word.value(start, "w:id")
        own = [c for name in ("footnote", "endnote") for c in word.find(e, f".//w:{name}Reference")]
        if ended:
            if kind == "bookmarkStart" and word.value(e, "w:name").startswith(word.NOTE_BOOKMARK):
                break
            if not kind.startswith("bookmark"):
                return own
        elif kind == "bookmarkEnd" and here:
            if calls:
                break
            ended = True
        else:
            calls += own
    return calls


def _mark_name(bookmark: etree._Element) -> None:
    """A heading's name: Pandoc would put one of its own in its place, and in the links to it."""
    name = word.value(bookmark, "w:name")
    if not name.startswith("_"):
        bookmark.addnext(word.make_run(f"{NAME}{name.encode().hex()}{END}"))
    parent = bookmark.getparent()
    if parent is not None:
        parent.remove(bookmark)


def _mark_language_of_block(paragraph: etree._Element) -> None:
    """The language of a whole paragraph, said on its mark.

    Word says one there of whatever keyboard was last used, so a paragraph of Han is none of a foreign language.
    """
    text = "".join(t.text or "" for t in word.find(paragraph, "w:r/w:t"))
    if sum(map(_is_han, text)) > len(text) / 10:
        return
    tag = word.first(paragraph, "w:pPr/w:rPr/w:lang")
    lang = word.value(tag) or word.value(tag, "w:eastAsia")
    if lang and not lang.startswith("zh") and word.first(paragraph, "w:r") is not None:
        runs = word.find(paragraph, "w:r")
        runs[0].addprevious(word.make_run(f"{BLOCK}{lang.encode().hex()}{END}"))


def _mark_run(run: etree._Element) -> None:
    properties = word.first(run, "w:rPr")
    if properties is None:
        return
    if word.value(word.first(properties, "w:em")) not in ("", "none"):
        word.put(properties, word.make("w:i"), word.RPR_ORDER)
    tag = word.first(properties, "w:lang")
    texts = word.find(run, "w:t")
    for text in texts:
        text.text = re.sub(r"^ | $", BLANK, text.text or "")
    if tag is None or not texts:
        return
    shown = "".join(t.text or "" for t in texts)
    lang = word.value(tag) if not _is_han(shown) else word.value(tag, "w:eastAsia")
    if word.value(word.first(properties, "w:rStyle")) == word.FOREIGN:
        lang = f"{lang.split('-')[0]}!"  # the master says it, whatever the writing tells
    if lang and not lang.startswith("zh"):
        texts[0].text = f"{LANG}{lang.encode().hex()}{END}{texts[0].text or ''}"
        texts[-1].text = f"{texts[-1].text or ''}{CLOSE}"


def _is_han(text: str) -> bool:
    return any("\u2e80" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7a3" or c >= "\U00020000" for c in text)


def page_label(bookmark: str) -> str:
    """A page's number from the name of its bookmark.

    >>> page_label("_Page_155"), page_label("_Page_155__2"), page_label("_Page_12x002D3"), page_label("_Page_7_Copy_1")
    ('155', '155', '12-3', '7')
    """
    name = re.sub(r"(__\d+|_Copy_\d+)+$", "", bookmark.removeprefix(word.PAGE_BOOKMARK))
    return re.sub(r"x([0-9A-F]{4})", lambda m: chr(int(m[1], 16)), name)
