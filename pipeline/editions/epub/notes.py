"""Notes of an e-book: pop-ups where a reader knows how, linked both ways where it does not.

Comes in: the neutral tree's ``<a class="call">`` and the notes' bodies. Goes out: calls as
``<sup><a epub:type="noteref" role="doc-noteref">`` and bodies as ``<aside epub:type="footnote"
role="doc-footnote">`` in a section at the end of their chapter, each beginning with the link back (EPUB 3.3
§D.5 structural semantics, DPUB-ARIA 1.1). Readers that hide an ``aside`` show it when the call is touched.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from lxml import etree

from pipeline.editions.composition import NoteHtml
from pipeline.editions.epub.xhtml import element, replace_by

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CALL, HELD = "call", "held"
APART, AHEAD = "apart", "ahead"  # of a call right behind another; right before a figure


def turn_calls(part: etree._Element, notes: Sequence[NoteHtml], words: Mapping[str, str]) -> list[NoteHtml]:
    """Turns each call of a part into a note reference; the notes called, in order."""
    called = []
    for call in list(part.iterfind(".//a[@class='call']")):
        note = notes[int(call.get("data-note", "0")) - 1]
        link = element(
            "a",
            note.label,
            kind="noteref",
            role="doc-noteref",
            id=f"c{note.number}",
            href=f"#n{note.number}",
            aria_label=f"{words['note']} {note.label}",
        )
        reference = element("sup", "", link, class_=_classes_of(call))
        replace_by(call, _held(call, reference))
        called.append(note)
    return called


def write_notes(notes: Sequence[NoteHtml], words: Mapping[str, str]) -> etree._Element:
    """The notes of one chapter as the section that ends it."""
    section = element("section", kind="footnotes", class_="notes", aria_label=words["notes"])
    section.append(element("hr", class_="notes-rule"))
    for note in notes:
        section.append(_write_note(note, words))
    return section


def _write_note(note: NoteHtml, words: Mapping[str, str]) -> etree._Element:
    """One body. The link back stands first, so that a pop-up shows the number and a reader finds the way."""
    aside = element("aside", kind="footnote", role="doc-footnote", id=f"n{note.number}", class_="note")
    back = element(
        "a",
        note.label,
        role="doc-backlink",
        class_="back",
        href=f"#c{note.number}",
        aria_label=f"{words['note']} {note.label}{words['list_separator']}{words['back_to_text']}",
    )
    for name in ("lang", XML_LANG):
        if tag := note.body.get(name):
            aside.set(name, tag)
    text = note.body.text or ""
    blocks = list(note.body)
    if text.strip() or not blocks:
        blocks.insert(0, element("p", text))
    if blocks[0].tag != "p":
        blocks.insert(0, element("p"))
    first = blocks[0]
    back.tail = " " + (first.text or "").lstrip()
    first.text = None
    first.set("class", "first")
    first.insert(0, back)
    aside.extend(blocks)
    return aside


def _classes_of(call: etree._Element) -> str:
    """What keeps a call's number apart from the figures beside it: of another call, which is a reference by now, or the text's."""
    before, behind = call.getprevious(), (call.tail or "")[:1]
    touches = before is not None and not before.tail and before.get("class", "").split(" ")[0] in (CALL, HELD)
    return CALL + f" {APART}" * touches + f" {AHEAD}" * behind.isdecimal()


def _held(call: etree._Element, reference: etree._Element) -> etree._Element:
    """The reference together with the character before it, so that no line begins with a call.

    CLREQ has calls among the marks that may not start a line; ``nowrap`` over both holds in every reader,
    while U+2060 shows as a box in old ones. Where markup ends right before the call, the joiner has to do.
    """
    before = call.getprevious()
    parent = call.getparent()
    text = (before.tail if before is not None else parent.text if parent is not None else None) or ""
    if not text:
        return element("span", "\N{WORD JOINER}", reference, class_=HELD) if before is not None else reference
    last = text[-1]
    if not _may_break_after(last):
        return reference
    if before is not None:
        before.tail = text[:-1]
    elif parent is not None:
        parent.text = text[:-1]
    return element("span", last, reference, class_=HELD)


def _may_break_after(character: str) -> bool:
    """Whether a line may end after the character: Han and full-width marks, not Latin letters and digits."""
    return unicodedata.east_asian_width(character) in "WFA" and unicodedata.combining(character) == 0
