"""A note's box: its number, its lines, its characters, and the box cut in two between two characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.editions.pdf.lines.set_line import SetLine


def note_number(box: Any) -> int | None:
    """The number of a note's body; None for other boxes."""
    identifier = box.element.get("id", "") if box.element is not None else ""
    return int(identifier[1:]) if identifier[:1] == "n" and identifier[1:].isdigit() else None


def lines_of(box: Any) -> list[Any]:
    """The lines of a laid-out box from top to bottom, those inside other lines left out, and items' markers beside them."""
    from weasyprint.formatting_structure import boxes

    if is_marker(box):
        return []
    if isinstance(box, boxes.LineBox):
        return [box]
    return [line for child in getattr(box, "children", ()) for line in lines_of(child)]


def is_marker(box: Any) -> bool:
    """Whether a box is the bullet or the number of an item, which is none of the note's characters."""
    return (getattr(box, "element_tag", None) or "").endswith("::marker")


def texts_of(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    if is_marker(box):
        return
    if isinstance(box, boxes.TextBox):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from texts_of(child)


def length_of(text: Any) -> int:
    """The characters of a text box that are the note's own: no spaces, no hyphen of a divided word."""
    shown = text.text
    layout = getattr(text, "pango_layout", None)
    if isinstance(layout, SetLine) and layout.hyphen and shown.endswith(layout.hyphen):
        shown = shown[: -len(layout.hyphen)]
    return sum(not char.isspace() for char in shown)


def count_of(box: Any) -> int:
    return sum(sum(not char.isspace() for char in text.text) for text in texts_of(box))


def _cut(box: Any, keep: int) -> tuple[Any, Any, int]:
    """A box not yet laid out as two: its first ``keep`` characters, the rest; how many of ``keep`` are left."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        return _cut_text(box, keep)
    if is_marker(box):
        return box, None, keep
    children = getattr(box, "children", None)
    if not children:
        return (box, None, keep) if keep else (None, box, 0)
    heads, tails = [], []
    for child in children:
        if not keep:
            tails.append(child)
            continue
        head, tail, keep = _cut(child, keep)
        if head is not None:
            heads.append(head)
        if tail is not None:
            tails.append(tail)
    head = box.copy_with_children(heads) if heads else None
    tail = box.copy_with_children(tails) if any(map(count_of, tails)) else None
    return head, tail, keep


def _cut_text(box: Any, keep: int) -> tuple[Any, Any, int]:
    for at, char in enumerate(box.text):
        if not keep:
            rest = box.text[at:].lstrip(" ")
            return (
                box.copy_with_text(box.text[:at]) if at else None,
                box.copy_with_text(rest) if rest else None,
                0,
            )
        keep -= not char.isspace()
    return box, None, keep


def divided_note(note: Any, keep: int) -> tuple[Any, Any]:
    """A note not yet laid out as its beginning, whose last line is full, and its rest, which is not indented."""
    head, tail, _ = _cut(note, keep)
    if head is None or tail is None:
        return head, tail
    block, rest = head, tail
    while True:  # the paragraph that is cut, on both sides
        block.style = block.style.copy()
        block.style["text_align_last"] = "justify"
        rest.style = rest.style.copy()
        rest.style["text_indent"] = _zero()
        if not (block.children and rest.children and block.children[-1].is_in_normal_flow()):
            break
        last, first = block.children[-1], rest.children[0]
        if last.element is not first.element or not getattr(last, "children", None):
            break
        if last.element_tag not in ("p", "div", "blockquote", "li"):
            break
        block, rest = last, first
    if block is head and rest is not tail:
        head.style["text_align_last"] = "auto"
    return head, tail


def _zero() -> Any:
    from weasyprint.css.properties import ZERO_PIXELS

    return ZERO_PIXELS


def ends_in_word(line: Any) -> bool:
    """Whether a line ends with the hyphen of a divided word."""
    last = next((text for text in reversed(list(texts_of(line))) if text.text), None)
    layout = getattr(last, "pango_layout", None)
    return isinstance(layout, SetLine) and bool(layout.hyphen)
