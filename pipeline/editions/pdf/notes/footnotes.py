"""Notes at the foot of the page: a note that does not fit runs over to the next page and is never lost.

WeasyPrint moves a note that does not fit to another page whole, and loses what is taller than a page. While
``running_notes`` is entered, such a note is cut between two of its lines instead: its beginning stays on the
page of its call, the rest stands first among the next page's notes (JLREQ, notes at the foot of the page).
``placed`` reads the finished layout. Internal API, guarded like ``justify``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.editions.pdf.lines.set_line import is_supported
from pipeline.editions.pdf.notes.boxes import (
    count_of,
    divided_note,
    ends_in_word,
    length_of,
    lines_of,
    texts_of,
)
from pipeline.editions.pdf.notes.halves import cells_of, divide_halves, has_halves, lines_kept
from pipeline.editions.pdf.notes.lists import KEPT, kept, make_all_pages

LEAST_HEAD, LEAST_TAIL = 2, 2  # lines of a divided note on either page
LEAST_TEXT = 3  # lines of text left on a page that a running-on note fills
MOST_GIVEN = 2  # lines of text for which a divided note gives way
MOST_BELOW = 4  # lines that a page's first box may have below it
EARLY = 0.25  # of a page's height, in which its first line, also of a chapter, ends
MOST_ON_A_PAGE = 8000  # characters


class RunningNotes:
    """The methods that take the place of ``LayoutContext``'s own."""

    originals: dict[str, Any]

    @staticmethod
    def overflows_page(context: Any, bottom_space: float, position_y: float) -> bool:
        """WeasyPrint's; remembers where the line under way ends, for which a divided note may give way."""
        overflows = bool(context.overflows(context.page_bottom - bottom_space, position_y))
        if bottom_space == float("-inf"):  # a line of the notes themselves
            return overflows
        context.fanjian_line = (context.current_footnote_area, bottom_space, position_y)
        return overflows and not RunningNotes.give_way(context)

    @staticmethod
    def layout_footnote(context: Any, note: Any) -> bool:
        """Adds a note to the page; where it does not fit, its beginning. True sends it, with its line, to the next."""
        starts = _line_under_way(context) is None  # at the top of a page, before any text
        context.reported_footnotes.quiet = False
        if context.reported_footnotes and starts:
            context.footnotes.remove(note)
            context.reported_footnotes.append(note)
            return False
        if context.reported_footnotes and not RunningNotes.make_room(context, note):
            return bool(RunningNotes.originals["layout_footnote"](context, note))
        overflow = bool(RunningNotes.originals["layout_footnote"](context, note))
        if starts:
            page = context.current_footnote_area.page
            excess = page.content_box_y() + LEAST_TEXT * _leading(page) - context.page_bottom
        else:
            excess = RunningNotes.excess(context)
        if context.in_column:
            return overflow
        if excess > 1e-6:
            least = 1 if RunningNotes.is_early(context) else LEAST_HEAD
            if not RunningNotes.divide(context, note, excess, least):
                return True
        context.reported_footnotes.quiet = not starts
        return False

    @staticmethod
    def excess(context: Any) -> float:
        """How far the line under way reaches into the notes, in pixels."""
        bottom_space, line_bottom = _line_under_way(context) or (0.0, 0.0)
        return float(line_bottom - (context.page_bottom - bottom_space))

    @staticmethod
    def is_early(context: Any) -> bool:
        """Whether the line under way is one of the page's first, of which one cannot go to the next page."""
        page = context.current_footnote_area.page
        _, line_bottom = _line_under_way(context) or (0.0, 0.0)
        return bool(line_bottom - page.content_box_y() < EARLY * page.height)

    @staticmethod
    def make_room(context: Any, note: Any) -> bool:
        """On a page that the rest of a note fills, and whose first lines call another: the rest gives way to it."""
        if not len(context.current_page_footnotes) or not RunningNotes.is_early(context):
            return False
        page = context.current_footnote_area.page
        wanted = min(_height(context, note) or 0.0, page.height / 2) + RunningNotes.excess(context)
        return wanted <= 0 or RunningNotes.shorten(context, context.current_page_footnotes[0], wanted)

    @staticmethod
    def give_way(context: Any) -> bool:
        """Lets the page's divided note lose another line or two for the lines that must stand with its call's."""
        notes = context.current_page_footnotes
        leading = _leading(context.current_footnote_area.page)
        excess = RunningNotes.excess(context)
        if not len(notes) or not len(context.reported_footnotes):
            return False
        if RunningNotes.is_early(context) and excess < MOST_BELOW * leading:  # a heading's space below it
            return RunningNotes.shorten(context, notes[0], excess)
        if excess > 1.05 * leading:
            return False
        given = getattr(notes[-1], "fanjian_given", 0)
        if given >= MOST_GIVEN or not RunningNotes.shorten(context, notes[-1], excess):
            return False
        notes[-1].fanjian_given = given + 1
        return True

    @staticmethod
    def shorten(context: Any, head: Any, excess: float) -> bool:
        """Cuts a divided note of this page again, lower by ``excess`` pixels."""
        divided = getattr(context, "fanjian_divided", {})
        whole, _, tail = next((d for d in divided.values() if d[1] is head), (None, None, None))
        notes, reported = context.current_page_footnotes, context.reported_footnotes
        if whole is None or tail not in list(reported) or has_halves(whole):
            return False
        cut = RunningNotes.cut(context, head, excess, LEAST_HEAD)
        if cut is None or cut[0] is None:
            return False
        shorter, rest = divided_note(whole, count_of(cut[0]))
        if shorter is None or rest is None:
            return False
        notes[notes.index(head)] = shorter
        reported[reported.index(tail)] = rest
        divided[id(whole)] = (whole, shorter, rest)
        context._update_footnote_area()
        return True

    @staticmethod
    def divide(context: Any, note: Any, excess: float, least: int = LEAST_HEAD) -> bool:
        """Cuts a note just added by at least ``excess`` pixels; whether ``least`` lines of it stay."""
        head, tail = RunningNotes.cut(context, note, excess, least) or (None, None)
        return RunningNotes.put(context, note, head, tail)

    @staticmethod
    def cut(context: Any, note: Any, excess: float, least: int) -> tuple[Any, Any] | None:
        """A page's note as two, the first lower by ``excess`` pixels at least; None where too little would stay."""
        laid = _laid_alone(context, note)
        if has_halves(note):
            return RunningNotes.divided_halves(laid, note, excess)
        lines = lines_of(laid)
        keep, taken = len(lines), 0.0
        while keep and (
            taken < excess - 1e-6 or len(lines) - keep < LEAST_TAIL or ends_in_word(lines[keep - 1])
        ):
            keep -= 1
            taken += lines[keep].height
        if keep < min(least, len(lines)) or not keep:
            return None
        return divided_note(note, sum(length_of(text) for line in lines[:keep] for text in texts_of(line)))

    @staticmethod
    def divided_halves(laid: Any, note: Any, excess: float) -> tuple[Any, Any]:
        """A note of two halves cut at one height; None where too little of it would stand on either page."""
        cells = [lines_of(cell) for cell in cells_of(laid)]
        keep = lines_kept(cells, excess)
        most = max(map(len, cells), default=0)
        if max(keep, default=0) < min(LEAST_HEAD, most) or not any(keep):
            return None, None
        counts = [
            sum(length_of(text) for line in lines[:count] for text in texts_of(line))
            for lines, count in zip(cells, keep, strict=True)
        ]
        return divide_halves(note, counts, divided_note)

    @staticmethod
    def put(context: Any, note: Any, head: Any, tail: Any) -> bool:
        """Puts a divided note's beginning on the page and its rest on the next; whether it is divided."""
        if head is None or tail is None:
            return False
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
        """In place of WeasyPrint's, which lays all notes of the page out again for each: every one only once."""
        notes, area = context.current_page_footnotes, context.current_footnote_area
        heights = [] if context.in_column else [_height(context, note) for note in notes]
        if heights and None not in heights:
            if area.height != "auto":
                context.page_bottom += area.margin_height()
            area.children = list(notes)
            area.height = sum(height for height in heights if height)
            context.page_bottom -= area.margin_height()
            return False
        context.__dict__["fanjian_current_page_footnotes"] = list(notes)  # true when there are any
        try:
            return bool(RunningNotes.originals["_update_footnote_area"](context))
        finally:
            context.__dict__["fanjian_current_page_footnotes"] = notes


def _leading(page: Any) -> float:
    return float(getattr(page.style["line_height"], "value", 24))


def _line_under_way(context: Any) -> tuple[float, float] | None:
    """The room to keep below the line that is being placed, and its lower edge; None before a page's first."""
    area, *line = getattr(context, "fanjian_line", (None, 0.0, 0.0))
    return (line[0], line[1]) if area is context.current_footnote_area else None


def _laid_alone(context: Any, note: Any) -> Any:
    """A note laid out as if it were the page's only one; of a very long one as much as any page holds."""
    from weasyprint.formatting_structure import build
    from weasyprint.layout.block import block_level_layout

    if not has_halves(note) and count_of(note) > MOST_ON_A_PAGE:
        note = divided_note(note, MOST_ON_A_PAGE)[0]
    area = context.current_footnote_area.copy_with_children([note])
    area.height = "auto"
    laid = build.create_anonymous_boxes(area.deepcopy())
    return block_level_layout(context, laid, float("-inf"), None, area.page)[0].children[-1]


def _height(context: Any, note: Any) -> float | None:
    """A note's height in pixels; None where it is not simply added to the others' (margins)."""
    width = context.current_footnote_area.width
    known = getattr(note, "fanjian_height", None)
    if known is None or known[:2] != (note, width):  # a part of a note inherits what is known of the whole
        laid = _laid_alone(context, note)
        simple = laid.margin_top == laid.margin_bottom == 0
        known = note.fanjian_height = note, width, laid.margin_height() if simple else None
    height: float | None = known[2]
    return height


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
    from weasyprint import layout
    from weasyprint.layout import LayoutContext

    original = layout.make_all_pages
    RunningNotes.originals = {name: getattr(LayoutContext, name) for name in METHODS}
    try:
        for name in METHODS:
            setattr(LayoutContext, name, getattr(RunningNotes, name))
        for name in KEPT:
            setattr(LayoutContext, name, kept(name))
        layout.make_all_pages = make_all_pages
        yield
    finally:
        for name, method in RunningNotes.originals.items():
            setattr(LayoutContext, name, method)
        for name in KEPT:
            delattr(LayoutContext, name)
        layout.make_all_pages = original
