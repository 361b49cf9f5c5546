"""The printed edition: an edition → PDF by WeasyPrint.

Comes in: an ``Edition`` and where the file is to be. Goes out: the file, whole or not at all (promise 7), the
same bytes from the same edition (promise 6), and a ``PdfResult``. Refused: a layout in which a note would be
lost, faces that are not installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pipeline.document.manuscript import Finding
from pipeline.editions.composition import Composition
from pipeline.editions.edition import Edition
from pipeline.editions.html import compose
from pipeline.editions.pages import PageStart
from pipeline.editions.pdf.engine import Laid, lay_out, write
from pipeline.editions.pdf.glyphs.missing import stand_in
from pipeline.editions.pdf.lines.set_line import is_supported
from pipeline.editions.pdf.notes.placed import PlacedNote, check_notes, shorten_rules
from pipeline.editions.pdf.parallel.facing import cut_sheets, facing_sheet, facing_starts
from pipeline.editions.pdf.parallel.pages import parallel_starts
from pipeline.editions.pdf.parallel.sides import (
    ParallelPrinted,
    is_parallel,
    is_spread,
    page_style,
    parallel_sheet,
)
from pipeline.editions.pdf.placing import labels_by_page, page_labels, page_starts
from pipeline.editions.pdf.printed import Printed
from pipeline.editions.pdf.sheet import style_sheet
from pipeline.editions.pdf.source_pages import set_outside
from pipeline.editions.style import Style
from pipeline.editions.style.load import load_style
from pipeline.errors import EditionError
from pipeline.files import write_whole
from pipeline.programs import fonts

PX = 96 / 72  # WeasyPrint's unit is the CSS pixel
PASSES = 4  # attempts at numbers per page: another label may move a call to another page


@dataclass(frozen=True)
class PdfResult:
    """What became of an edition: its pages, the notes' pages (from 1) and labels, where pages begin."""

    pages: int
    findings: list[Finding] = field(default_factory=list)
    note_pages: dict[int, int] = field(default_factory=dict)
    note_labels: dict[int, str] = field(default_factory=dict)
    page_starts: list[PageStart] = field(default_factory=list)


def make_pdf(edition: Edition, path: Path) -> PdfResult:
    """Writes an edition's PDF. Raises ``EditionError`` when it would be wrong."""
    style = page_style(load_style(edition.settings.folder, edition.settings.editions.style), edition)
    faces = style.faces_of(edition.lang)
    fonts.require(name for face in (faces.song, faces.hei, faces.kai) for name in face.print)
    composition = compose(edition)
    geometry = style.geometry(edition.settings.page.trim)
    laid, labels, placed, content = _set(edition, composition, style)
    if laid.missing:  # once more, with a mark for each character that no font has
        missing = list(laid.missing)
        laid, labels, placed, content = _set(edition, composition, style, frozenset(missing))
        laid.missing = missing
    if is_parallel(edition):
        starts, rights = parallel_starts(laid.document)
    else:
        starts = rights = page_starts(laid.document)
    if is_spread(edition):
        doubles = [page.width > geometry.width * PX * 1.5 for page in laid.document.pages]
        content, starts = cut_sheets(content, geometry.width), facing_starts(starts, rights, doubles)
    write_whole(path, content)
    return PdfResult(
        pages=len(starts),
        findings=list(_findings(edition, laid, composition, placed)),
        note_pages={number: note.call_page + 1 for number, note in sorted(placed.items())},
        note_labels=labels,
        page_starts=starts,
    )


def _set(
    edition: Edition, composition: Composition, style: Style, missing: frozenset[str] = frozenset()
) -> tuple[Laid, dict[int, str], dict[int, PlacedNote], bytes]:
    """The pages, the notes' labels and places, and the file. Raises ``EditionError`` when a note would be lost."""
    laid, labels, placed = _numbered(edition, composition, style, missing)
    _refuse_lost(placed, edition)
    geometry = style.geometry(edition.settings.page.trim)
    facing = (geometry.text_width + 2 * geometry.inner) * PX if is_spread(edition) else 0.0
    shorten_rules(laid.document, style.note.rule * style.text.size * PX, facing)
    if edition.settings.page.source_pages and not is_spread(edition):
        set_outside(laid.document)
    return laid, labels, placed, write(laid, edition, page_labels(laid.document))


def _numbered(
    edition: Edition, composition: Composition, style: Style, missing: frozenset[str]
) -> tuple[Laid, dict[int, str], dict[int, PlacedNote]]:
    """The pages with the notes' labels on them; numbers that each page counts anew take a second pass."""
    labels = {note.number: note.label for note in composition.notes}
    laid = _lay_out(edition, composition, style, labels, missing)
    placed = check_notes(laid.document)
    if edition.settings.notes.numbering != "page" or edition.numbers:
        return laid, labels, placed
    for _ in range(PASSES):
        wanted = labels | labels_by_page(placed, edition.settings.notes.style)
        if wanted == labels:
            return laid, labels, placed
        labels = wanted
        laid = _lay_out(edition, composition, style, labels, missing)
        placed = check_notes(laid.document)
    return laid, labels, placed


def _lay_out(
    edition: Edition,
    composition: Composition,
    style: Style,
    labels: dict[int, str],
    missing: frozenset[str],
) -> Laid:
    geometry = style.geometry(edition.settings.page.trim)
    css = style_sheet(edition, style, geometry)
    if is_parallel(edition):
        css += parallel_sheet(edition, style)
    if is_spread(edition):
        css += facing_sheet(style, geometry)
    tree = ParallelPrinted if is_parallel(edition) else Printed
    printed = tree(edition, composition, style, labels, geometry.characters)
    if missing:
        stand_in(printed.root, missing)
    laid = lay_out(printed.root, css, style, edition)
    laid.left_out.extend(printed.left_out)
    laid.too_wide.extend(printed.too_wide)
    return laid


def _refuse_lost(placed: dict[int, PlacedNote], edition: Edition) -> None:
    """Raises ``EditionError`` for a note of which a part has no place on a page."""
    for note in placed.values():
        if note.shown < note.whole or note.outside or not note.pages:
            raise EditionError(
                f"note {note.number} does not fit on the pages it stands on ({note.shown} of {note.whole} "
                "characters). Choose a larger trim or divide the note.",
                edition.title,
            )


def _findings(
    edition: Edition, laid: Laid, composition: Composition, placed: dict[int, PlacedNote]
) -> Iterator[Finding]:
    for picture, said in laid.left_out:
        yield edition.left_out(picture, said)
    for name in laid.too_wide:
        said = f"the table «{name}» is too wide for the page: its type is very small, its words may be broken. Divide it, or choose a larger trim."
        yield Finding("F005", said)
    by_place: dict[str, list[str]] = {}
    for char, where in fonts.find_missing(laid.missing, _places(composition)).items():
        by_place.setdefault(where, []).append(char)
    for where, chars in by_place.items():
        codes = ", ".join(f"U+{ord(char):04X}" for char in chars)
        said = f"no installed font has {' '.join(chars)} ({codes}), {where}: 〓 is printed. Install one that does."
        yield Finding("F002", said)
    for note in placed.values():
        if note.pages and note.pages[0] != note.call_page:
            yield Finding("F003", f"note {note.number} stands on the page after its call")
    for message in dict.fromkeys(laid.warnings):
        yield Finding("F006", f"WeasyPrint says: {message}")
    if not is_supported():
        yield Finding(
            "F004", "this WeasyPrint is not the one that Chinese lines were written for: they stay ragged"
        )


def _places(composition: Composition) -> Iterator[tuple[str, str]]:
    """Texts of the book, each with the words that say where it stands."""

    def text(element: etree._Element) -> str:
        return "".join(str(part) for part in element.itertext())

    for key, divs in composition.front.items():
        for div in divs:
            yield f"on the title page ({key})", text(div)
    for chapter in composition.chapters:
        yield f"in «{chapter.title}»" if chapter.title else "in the text", text(chapter.element)
    for note in composition.notes:
        yield f"in note {note.number}", text(note.body)
