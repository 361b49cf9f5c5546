"""Blocks of the text made ready for the page: set lines, numbered lists, a chapter's last paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from pipeline.editions.pdf.turning import TURN
from pipeline.editions.titles import width

BLOCKS = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "td",
        "th",
        "figure",
        "pre",
    ]
)
SHORT = 30.0  # characters of a paragraph that may fit on one line


def lay_blocks(body: etree._Element) -> None:
    """Makes verse lines paragraphs of their own and lets lists begin with the number they say."""
    for part in [part for part in body.iter("p", "div") if part.find("br") is not None]:
        if part.find(f"br[@class='{TURN}']") is None:
            _lay_verse(part)
    for numbered in body.iter("ol"):
        if (start := numbered.get("start", "")).lstrip("-").isdigit():
            numbered.set("style", f"counter-reset: list-item {int(start) - 1}")


def drop_blanks(part: etree._Element) -> None:
    """Takes the blanks away that stand between blocks: in a note, which floats from a line, each would be a line of its own."""
    for holder in part.iter():
        if not any(child.tag in BLOCKS for child in holder):
            continue
        if not (holder.text or "").strip():
            holder.text = None
        for child in holder:
            if not (child.tail or "").strip():
                child.tail = None


def keep_ending(section: etree._Element) -> None:
    """Keeps a chapter's short last paragraph on the page of what stands before it: no page of a single line."""
    last = section[-1] if len(section) > 1 else None
    if last is None or last.tag != "p":
        return
    if width("".join(_own_texts(last))) < SHORT:
        last.set("class", f"{last.get('class', '')} ending".strip())


def _own_texts(element: etree._Element) -> Iterator[str]:
    """An element's texts without those of its notes."""
    yield element.text or ""
    for child in element:
        if child.get("class") != "note":
            yield from _own_texts(child)
        yield child.tail or ""


def _lay_verse(part: etree._Element) -> None:
    """Makes a paragraph of set lines (verse, an address) a block with a paragraph for each line."""
    lines = set_lines(part)
    tail, lang = part.tail, part.get("lang", "")
    kind = "line-block " * (part.get("class") == "line-block")
    part.clear()
    part.tag, part.tail = "div", tail
    if lang:
        part.set("lang", lang)
    part.set("class", f"{kind}set-lines")
    part.extend(lines)
    for is_empty, stanza in groupby(lines, lambda line: not len(line) and not (line.text or "").strip()):
        if not is_empty:
            _keep_ends(list(stanza))


def _keep_ends(stanza: list[etree._Element]) -> None:
    """Keeps a stanza's first two lines on one page, and its last two."""
    if len(stanza) > 1:
        stanza[1].set("class", "set-line ending")
        stanza[-1].set("class", "set-line ending")


def set_lines(part: etree._Element) -> list[etree._Element]:
    """What stands between the line breaks of a paragraph, each as a paragraph; it holds nothing afterwards."""
    lines = [_line(part.text)]
    for child in list(part):
        if child.tag == "br":
            lines.append(_line((child.tail or "").lstrip("\n")))
        else:
            lines[-1].append(child)
    return lines


def _line(text: str | None) -> etree._Element:
    line = etree.Element("p", {"class": "set-line"})
    line.text = text
    return line
