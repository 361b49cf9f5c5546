"""Notes at the foot of the page: a note that does not fit runs over to the next page and is never lost.

WeasyPrint moves a note that does not fit to another page whole, and loses what is taller than a page. While
``running_notes`` is entered, such a note is cut between two of its lines instead: its beginning stays on the
page of its call, the rest stands first among the next page's notes (JLREQ, notes at the foot of the page).
``check_notes`` reads the finished layout. Internal API, guarded like ``justify``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pipeline.editions.pdf.footnote_halves import cells_of, divide_halves, has_halves, lines_kept
from pipeline.editions.pdf.set_line import SetLine, is_supported

LEAST_HEAD, LEAST_TAIL = 2, 2  # lines of a divided note on either page
LEAST_TEXT = 3  # lines of text left on a page that a running-on note fills


class Notes(list[Any]):
    """A page's notes; never true, which keeps WeasyPrint from moving them to make room for a line."""

    def __bool__(self) -> bool:
        return False


@dataclass
class PlacedNote:
    """Where a note came to stand: pages from 0; ``shown`` and ``whole`` count its characters."""

    number: int
    call_page: int = -1
    pages: list[int] = field(default_factory=list)
    shown: int = 0
    whole: int = 0
    outside: bool = False


def areas(document: Any) -> list[tuple[int, Any]]:
    """The note areas of a laid-out document, each with its page's index."""
    from weasyprint.formatting_structure import boxes

    return [
        (index, child)
        for index, page in enumerate(document.pages)
        for child in page._page_box.children
        if isinstance(child, boxes.FootnoteAreaBox) and child.children
    ]


def shorten_rules(document: Any, width: float, facing: float = 0) -> None:
    """Makes the rule above the notes ``width`` pixels long: CSS borders only know the area's whole width.

    ``facing``: where the right page's type area begins on a sheet of two pages, in pixels from the left one's.
    """
    for _, area in areas(document):
        rule = area.copy_with_children([])
        rule.width, rule.height = min(width, area.width), 0
        for side in ("top", "bottom", "left", "right"):
            setattr(rule, f"padding_{side}", 0)
            setattr(rule, f"margin_{side}", 0)
        rule.position_x, rule.position_y = area.content_box_x(), area.border_box_y()
        area.padding_top += area.border_top_width
        area.border_top_width = 0
        rules = [rule]
        if facing and area.width > facing:
            rules.append(rule.copy())
            rules[-1].position_x += facing
        area.children = [*rules, *area.children]


def check_notes(document: Any) -> dict[int, PlacedNote]:
    """Where every note of a laid-out document stands, and whether all of it does."""
    out: dict[int, PlacedNote] = {}
    for index, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            if box.footnote is not None:
                if (number := note_number(box.footnote)) is None:
                    continue
                note = out.setdefault(number, PlacedNote(number))
                note.call_page, note.whole = index, _count(box.footnote)
    for index, area in areas(document):
        page_box = document.pages[index]._page_box
        top, bottom = page_box.content_box_y(), page_box.content_box_y() + page_box.height
        for child in area.children:
            if (number := note_number(child)) is None:
                continue
            note = out.setdefault(number, PlacedNote(number))
            note.pages.append(index)
            for line in lines_of(child):
                note.shown += sum(_length(text) for text in _texts(line))
                note.outside |= line.position_y < top - 1 or line.position_y + line.height > bottom + 1
    return out


def note_number(box: Any) -> int | None:
    """The number of a note's body; None for other boxes."""
    identifier = box.element.get("id", "") if box.element is not None else ""
    return int(identifier[1:]) if identifier[:1] == "n" and identifier[1:].isdigit() else None


def lines_of(box: Any) -> list[Any]:
    """The lines of a laid-out box from top to bottom, those inside other lines left out."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.LineBox):
        return [box]
    return [line for child in getattr(box, "children", ()) for line in lines_of(child)]


def _texts(box: Any) -> Iterator[Any]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _length(text: Any) -> int:
    """The characters of a text box that are the note's own: no spaces, no hyphen of a divided word."""
    shown = text.text
    layout = getattr(text, "pango_layout", None)
    if isinstance(layout, SetLine) and layout.hyphen and shown.endswith(layout.hyphen):
        shown = shown[: -len(layout.hyphen)]
    return sum(not char.isspace() for char in shown)


def _count(box: Any) -> int:
    return sum(sum(not char.isspace() for char in text.text) for text in _texts(box))


def _cut(box: Any, keep: int) -> tuple[Any, Any, int]:
    """A box not yet laid out as two: its first ``keep`` characters, the rest; how many of ``keep`` are left."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        return _cut_text(box, keep)
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
    tail = box.copy_with_children(tails) if any(map(_count, tails)) else None
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


def _divided(note: Any, keep: int) -> tuple[Any, Any]:
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


class RunningNotes:
    """The methods that take the place of ``LayoutContext``'s own."""

    originals: dict[str, Any]

    @staticmethod
    def overflows_page(context: Any, bottom_space: float, position_y: float) -> bool:
        """WeasyPrint's; remembers where the line under way ends."""
        if bottom_space > float("-inf"):  # not a line of the notes themselves
            context.fanjian_line = (bottom_space, position_y)
        return bool(context.overflows(context.page_bottom - bottom_space, position_y))

    @staticmethod
    def layout_footnote(context: Any, note: Any) -> bool:
        """Adds a note to the page; where it does not fit, its beginning."""
        starts = getattr(note, "fanjian_runs_on", False)
        if context.reported_footnotes:
            if starts:
                context.footnotes.remove(note)
                context.reported_footnotes.append(note)
                return False
            return bool(RunningNotes.originals["layout_footnote"](context, note))
        overflow = bool(RunningNotes.originals["layout_footnote"](context, note))
        page = context.current_footnote_area.page
        if starts:  # at the top of a page, before any text
            leading = page.style["line_height"]
            least = LEAST_TEXT * getattr(leading, "value", 24)
            excess = page.content_box_y() + least - context.page_bottom
        else:
            bottom_space, line_bottom = getattr(context, "fanjian_line", (0.0, 0.0))
            excess = line_bottom - (context.page_bottom - bottom_space)
        if excess > 1e-6 and not context.in_column:
            return not RunningNotes.divide(context, note, excess) or False
        return overflow

    @staticmethod
    def divide(context: Any, note: Any, excess: float) -> bool:
        """Cuts a note just added by at least ``excess`` pixels; whether enough of it stays."""
        from weasyprint.formatting_structure import build
        from weasyprint.layout.block import block_level_layout

        area = context.current_footnote_area
        laid = build.create_anonymous_boxes(area.deepcopy())
        laid = block_level_layout(context, laid, float("-inf"), None, area.page)[0]
        if has_halves(note):
            head, tail = RunningNotes.divided_halves(laid.children[-1], note, excess)
            return RunningNotes.put(context, note, head, tail)
        lines = lines_of(laid.children[-1])
        keep, taken = len(lines), 0.0
        while keep and (taken < excess - 1e-6 or len(lines) - keep < LEAST_TAIL):
            keep -= 1
            taken += lines[keep].height
        if keep < min(LEAST_HEAD, len(lines)) or not keep:
            return False
        characters = sum(_length(text) for line in lines[:keep] for text in _texts(line))
        head, tail = _divided(note, characters)
        return RunningNotes.put(context, note, head, tail)

    @staticmethod
    def divided_halves(laid: Any, note: Any, excess: float) -> tuple[Any, Any]:
        """A note of two halves cut at one height; None where too little of it would stand on either page."""
        cells = [lines_of(cell) for cell in cells_of(laid)]
        keep = lines_kept(cells, excess)
        most = max(map(len, cells), default=0)
        if max(keep, default=0) < min(LEAST_HEAD, most) or not any(keep):
            return None, None
        counts = [
            sum(_length(text) for line in lines[:count] for text in _texts(line))
            for lines, count in zip(cells, keep, strict=True)
        ]
        return divide_halves(note, counts, _divided)

    @staticmethod
    def put(context: Any, note: Any, head: Any, tail: Any) -> bool:
        """Puts a divided note's beginning on the page and its rest on the next; whether it is divided."""
        if head is None or tail is None:
            return False
        tail.fanjian_runs_on = True
        notes = context.current_page_footnotes
        notes[notes.index(note)] = head
        context.reported_footnotes.append(tail)
        context.fanjian_divided = {**getattr(context, "fanjian_divided", {}), id(note): (note, head, tail)}
        context._update_footnote_area()
        return True

    @staticmethod
    def report_footnote(context: Any, note: Any) -> None:
        """Moves a whole note to the next page, its two parts put together again."""
        if note in context.current_page_footnotes:
            RunningNotes.originals["report_footnote"](context, note)

    @staticmethod
    def unlayout_footnote(context: Any, note: Any) -> None:
        """Takes a note back to those that wait, also when it had been divided."""
        divided = getattr(context, "fanjian_divided", {})
        if note not in context.footnotes and id(note) in divided:
            _, head, tail = divided.pop(id(note))
            if head in context.current_page_footnotes:
                context.current_page_footnotes[context.current_page_footnotes.index(head)] = note
            context.reported_footnotes = [other for other in context.reported_footnotes if other is not tail]
        RunningNotes.originals["unlayout_footnote"](context, note)

    @staticmethod
    def _update_footnote_area(context: Any) -> bool:
        """WeasyPrint's, with the notes as a plain list, which is true when there are any."""
        notes = context.current_page_footnotes
        context.__dict__["fanjian_notes"] = list(notes)
        try:
            return bool(RunningNotes.originals["_update_footnote_area"](context))
        finally:
            context.__dict__["fanjian_notes"] = notes


def _get_notes(context: Any) -> Any:
    return context.__dict__.get("fanjian_notes", [])


def _set_notes(context: Any, notes: list[Any]) -> None:
    context.__dict__["fanjian_notes"] = Notes(notes)


METHODS = (
    "overflows_page",
    "layout_footnote",
    "report_footnote",
    "unlayout_footnote",
    "_update_footnote_area",
)


@contextmanager
def running_notes() -> Iterator[None]:
    """While entered, notes that do not fit run over to the next page."""
    if not is_supported():
        yield
        return
    from weasyprint.layout import LayoutContext

    RunningNotes.originals = {name: getattr(LayoutContext, name) for name in METHODS}
    try:
        for name in METHODS:
            setattr(LayoutContext, name, getattr(RunningNotes, name))
        LayoutContext.current_page_footnotes = property(_get_notes, _set_notes)
        yield
    finally:
        for name, method in RunningNotes.originals.items():
            setattr(LayoutContext, name, method)
        del LayoutContext.current_page_footnotes
