"""Two texts side by side on the printed page: the columns, the notes they share, the sizes they need.

Comes in: a parallel ``Edition``, whose pairs of blocks are ``div.pair`` > two ``div.side``. Goes out: the house
style with the smaller type that columns need, the book as a tree whose notes float as one body of two halves
(the number once on either side), and the style sheet of both. A note without a partner has its half alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from pipeline.editions.composition import BOTH, Composition
from pipeline.editions.edition import Edition
from pipeline.editions.pdf.printed import HEADINGS, Printed
from pipeline.editions.pdf.sheet import NOTE_HANG, families
from pipeline.editions.pdf.tables import natural_width
from pipeline.editions.style import Style
from pipeline.editions.style.columns import columns_style
from pipeline.editions.titles import width

SIDES = ("side-a", "side-b")


def is_parallel(edition: Edition) -> bool:
    """Whether an edition has two texts side by side."""
    return len(edition.languages) == 2


def is_spread(edition: Edition) -> bool:
    """Whether the two texts stand on facing pages."""
    return is_parallel(edition) and edition.settings.editions.parallel_layout == "pages"


def page_style(style: Style, edition: Edition) -> Style:
    """The house style for an edition's PDF: facing pages are set as any others, columns in their own sizes."""
    if not is_parallel(edition) or is_spread(edition):
        return style
    return columns_style(style, edition.settings.page.trim)


class ParallelPrinted(Printed):
    """The tree of a parallel edition."""

    def __init__(
        self,
        edition: Edition,
        composition: Composition,
        style: Style,
        labels: Mapping[int, str],
        characters: int,
    ) -> None:
        self.partners = _partners(edition, composition)
        gutter = style.parallel.gutter
        self.column = (characters - gutter) / 2 if not is_spread(edition) else float(characters)
        super().__init__(edition, composition, style, labels, characters)

    def _set(self, element: etree._Element) -> etree._Element:
        for pair in element.iter("div"):
            if pair.get("class") == "pair" and not is_spread(self.edition) and self._is_wide(pair):
                pair.set("class", "pair stacked")
        return super()._set(element)

    def _is_wide(self, pair: etree._Element) -> bool:
        """Whether a table in a pair is too wide for its column."""
        share = self.style.table.size / self.style.text.size
        return any(natural_width(table) * share > self.column for table in pair.iter("table"))

    def _set_call(self, call: etree._Element) -> None:
        number = int(call.get("data-note", "0"))
        side, _ = _side(call)
        if side < 0:
            super()._set_call(call)
            return
        call.text = self.labels[number]
        if side == 1 and number in self.partners:
            return  # its note floats from the left
        numbers = (number, self.partners.get(number)) if side == 0 else (None, number)
        note = etree.Element("span", {"id": f"n{number}", "class": "note both"})
        columns = etree.SubElement(note, "span", {"class": "columns"})
        for index, (own, lang) in enumerate(zip(numbers, self.edition.languages, strict=True)):
            half = etree.SubElement(columns, "span", {"class": f"half {SIDES[index]}", "lang": lang})
            if own is not None:
                self._fill(half, own, outer=number)
        parent = call.getparent()
        if parent is not None:
            parent.insert(parent.index(call), note)

    def _fill(self, half: etree._Element, number: int, outer: int) -> None:
        """Puts a note's body into its half."""
        note = self._note(number, self.labels[number])
        half.set("data-half", str(number))
        if number != outer:
            half.set("id", f"n{number}")
        half.extend(list(note))

    def _chapters(self) -> Iterable[etree._Element]:
        for section in super()._chapters():
            if is_spread(self.edition):
                self._face(section)
            yield section

    def _face(self, section: etree._Element) -> None:
        """Sets a section for sheets of two pages: they begin anywhere, headings stand on both pages."""
        if "text" not in section.get("class", "").split():
            section.set("class", f"{section.get('class', '')} text".strip())
        if "break-before: recto" in (style := section.get("style", "")):
            section.set("style", style.replace("break-before: recto", "break-before: page"))
        for heading in section.iter(*HEADINGS):
            sides = [span for span in heading if span.get("class") in SIDES]
            if len(sides) != len(SIDES):
                continue
            columns = etree.Element("span", {"class": "columns facing"})
            for line_break in list(heading.iter("br")):
                parent = line_break.getparent()
                if parent is heading:
                    heading.remove(line_break)
            for side in sides:
                side.tail = None
                columns.append(side)
            heading.append(columns)

    def _head(self, title: str) -> str:
        """A running head: both languages where there is room, else the first."""
        first = title.split(BOTH)[0]
        room = self.head_room
        return title if width(title) <= room else super()._head(first)


def _side(element: etree._Element) -> tuple[int, etree._Element | None]:
    """On which side an element stands (-1: on neither), and the pair or heading around."""
    side, at = -1, element.getparent()
    while at is not None:
        classes = (at.get("class") or "").split()
        for index, name in enumerate(SIDES):
            if side < 0 and name in classes:
                side = index
        if side >= 0 and ("pair" in classes or at.tag in HEADINGS):
            return side, at
        at = at.getparent()
    return side, None


def _partners(edition: Edition, composition: Composition) -> dict[int, int]:
    """The notes of one pair of blocks that carry one number: each one's partner."""
    known: dict[tuple[etree._Element, int], tuple[int, int]] = {}
    out: dict[int, int] = {}
    for chapter in composition.chapters:
        for call in chapter.element.iter("a"):
            if call.get("class") != "call":
                continue
            number = int(call.get("data-note", "0"))
            side, holder = _side(call)
            if side < 0 or holder is None:
                continue
            key = (holder, edition.numbers[number - 1])
            if side == 1 and key in known and known[key][0] == 0:
                other = known[key][1]
                out[number], out[other] = other, number
            known.setdefault(key, (side, number))
    return out


def parallel_sheet(edition: Edition, style: Style) -> str:
    """The rules that a parallel edition's style sheet has besides those of every book."""
    gutter = style.parallel.gutter / 2
    note_gutter = gutter * style.text.size / style.note.size
    return "\n".join([
        ".pair { display: table; table-layout: fixed; width: 100%; border-spacing: 0; }",
        ".pair > .side { display: table-cell; box-sizing: border-box; width: 50%; vertical-align: top; }",
        f".pair > .side-a {{ padding-right: {gutter:g}em; }} .pair > .side-b {{ padding-left: {gutter:g}em; }}",
        ".pair.stacked, .pair.stacked > .side { display: block; width: auto; padding: 0; }",
        ".note.both { padding-left: 0; text-indent: 0; }",
        ".columns { display: table; table-layout: fixed; width: 100%; border-spacing: 0; }",
        ".half { display: table-cell; box-sizing: border-box; width: 50%; vertical-align: top; "
        f"padding-left: {NOTE_HANG:g}em; text-indent: -{NOTE_HANG:g}em; }}",
        f".half.side-a {{ padding-right: {note_gutter:g}em; }}",
        f".half.side-b {{ padding-left: {NOTE_HANG + note_gutter:g}em; }}",
        ":is(h1, h2, h3, h4, h5, h6) .side-b { font-size: 0.85em; }",
        ".facing > .side-a, .facing > .side-b { display: table-cell; box-sizing: border-box; width: 50%; "
        "vertical-align: top; font-size: inherit; }",
        *_faces(edition, style),
    ])  # fmt: skip


def _faces(edition: Edition, style: Style) -> list[str]:
    """The faces of the right side, where they are not those of the left."""
    lang = edition.languages[1]
    if not lang.startswith("zh"):
        return []
    faces = style.faces_of(lang)
    song, hei, kai = (families(faces.of(role).print) for role in ("song", "hei", "kai"))
    heads = {level: families(faces.of(style.heading(level).face).print) for level in range(1, 7)}
    quote = families(faces.of(style.quote.face).print)
    han = style.emphasis.han
    emphasis = families(faces.of(han).print) if han != "dots" else "inherit"
    return [
        f".side-b {{ font-family: {song}; }}",
        f".side-b :is(strong, b, dt, th, .missing, code, pre, figcaption, caption) {{ font-family: {hei}; }}",
        f".side-b :is(blockquote) {{ font-family: {quote}; }} .side-b .line-block {{ font-family: {kai}; }}",
        f".side-b .han {{ font-family: {emphasis}; }}",
        f".side-b .call {{ font-family: {song}; }}",
        *[f"h{level} .side-b {{ font-family: {face}; }}" for level, face in heads.items()],
    ]
