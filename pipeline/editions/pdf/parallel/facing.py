"""Two texts on facing pages: sheets of two pages, laid out as one, are cut into left and right pages.

Comes in: a PDF whose text stands on sheets twice as wide as its other pages. Goes out: the same PDF with every
sheet as two pages: each holds only the text of its half, tagged as before (ISO 14289-1), with its own links;
bookmarks and named places lead to the page they now stand on. The first sheet begins on a left-hand (even) page:
where the pages before it are even in number, a blank one comes in between.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pikepdf

from pipeline.editions.matrix import IDENTITY, Matrix, read_matrix, times
from pipeline.editions.pages import PageStart
from pipeline.editions.pdf.placing import roman
from pipeline.editions.pdf.sheet import NOTE_HANG, margin_gap
from pipeline.editions.style import Geometry, Style

TEXT = ("text", "odd", "even")  # names of the pages that are sheets
SHOWING = ("Tj", "TJ", "'", '"', "Do")
FIRST = 2  # the number of the first left-hand page


def facing_sheet(style: Style, geometry: Geometry) -> str:
    """The style sheet of sheets of two pages: two type areas, the gutter as wide as both inner margins."""
    g, out = geometry, []
    half = f"width: {g.text_width:.4f}pt; text-align:"
    place = {"outer": ("left", "right"), "centre": ("center", "center")}[style.folio.place]
    for name in TEXT:
        for side in ("left", "right"):
            out.append(
                f"@page {name}:{side} {{ size: {2 * g.width:.4f}pt {g.height:.4f}pt; bleed: 0; marks: none; "
                f"margin-left: {g.outer:.4f}pt; margin-right: {g.outer:.4f}pt; counter-increment: page 2 facing 2; "
                f"@top-left {{ content: string(book); {_margin(style, 'head')} {half} left; }} "
                f"@top-right {{ content: string(chapter); {_margin(style, 'head')} {half} right; }} "
                f"@bottom-center {{ content: none; }} "
                f"@bottom-left {{ content: counter(page); {_margin(style, 'folio')} {half} {place[0]}; }} "
                f"@bottom-right {{ content: counter(facing); {_margin(style, 'folio')} {half} {place[1]}; }} }}"
            )
        out.append(
            f"@page :nth(1 of {name}) {{ @top-left {{ content: none; }} @top-right {{ content: none; }} }}"
        )
    # The sheet's own step of 2 comes on top.
    out.append(f"@page :nth(1 of text) {{ counter-reset: page {FIRST - 2} facing {FIRST - 1}; }}")
    for side, corner in (("left", "left"), ("right", "right")):
        folio = f"content: counter(facing); {_margin(style, 'folio')}"
        out.append(
            f"@page back:{side} {{ counter-increment: page facing; @bottom-{corner} {{ {folio} }} }}"
            if style.folio.place == "outer"
            else f"@page back:{side} {{ counter-increment: page facing; @bottom-center {{ {folio} }} }}"
        )
    gutter = g.inner
    out += [
        ".new-page { break-before: page; }",
        f".text .pair > .side-a, .facing > .side-a, .half.side-a {{ padding-right: {gutter:.4f}pt; }}",
        f".text .pair > .side-b, .facing > .side-b {{ padding-left: {gutter:.4f}pt; }}",
        f".half.side-b {{ padding-left: {gutter + NOTE_HANG * style.note.size:.4f}pt; }}",
        ".front-abstract .pair, .front-abstract .side { display: block; width: auto; padding: 0; }",
        ".entry a[data-target^='#t']::after { content: leader('.') target-counter(attr(data-target), facing); }",
    ]
    return "\n".join(out)


def _margin(style: Style, which: str) -> str:
    text, align = (style.running_head, "bottom") if which == "head" else (style.folio, "top")
    return (
        f"font-size: {text.size:g}pt; line-height: {text.leading:g}pt; vertical-align: {align}; white-space: nowrap; "
        + margin_gap(style, which)
    )


def cut_sheets(content: bytes, width: float) -> bytes:
    """A PDF with its sheets as two pages of ``width`` points each; the same bytes from the same PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = list(pdf.pages)
        sheets = [index for index, page in enumerate(pages) if float(page.mediabox[2]) > width * 1.5]
        if not sheets:
            return content
        tree = _Tree(pdf)
        rights: dict[Any, Any] = {}
        for index in reversed(sheets):
            page = pages[index]
            right = _cut(pdf, page, width, tree)
            pdf.pages.insert(index + 1, right)
            rights[page.obj.objgen] = pdf.pages[index + 1].obj
        if sheets[0] % 2 == 0:
            pdf.pages.insert(sheets[0], _blank(pdf, pages[0]))
        _move_places(pdf, rights, width)
        first = sheets[0] + (sheets[0] % 2 == 0)
        pdf.Root.PageLabels = pikepdf.Dictionary(
            Nums=pikepdf.Array(
                [
                    *([0, pikepdf.Dictionary(S=pikepdf.Name.r)] if first else []),
                    first,
                    pikepdf.Dictionary(S=pikepdf.Name.D, St=FIRST),
                ]
            )
        )
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def facing_labels(doubles: list[bool]) -> list[str]:
    """What the pages are called once the sheets among them (True) are cut."""
    first = next((i for i, double in enumerate(doubles) if double), len(doubles))
    before = first + (first < len(doubles) and first % 2 == 0)
    count = sum(2 if double else 1 for double in doubles[first:])
    return [*map(roman, range(1, before + 1)), *map(str, range(FIRST, FIRST + count))]


def facing_starts(starts: list[PageStart], rights: list[PageStart], doubles: list[bool]) -> list[PageStart]:
    """Where pages begin once the sheets are cut; ``rights``: where the right halves do."""
    out: list[PageStart] = []
    first = True
    for start, right, double in zip(starts, rights, doubles, strict=True):
        if double and first:
            if len(out) % 2 == 0:
                out.append(out[-1] if out else start)
            first = False
        out += [start, right] if double else [start]
    return [replace(start, label=name) for start, name in zip(out, facing_labels(doubles), strict=True)]


class _Tree:
    """The parent tree of a PDF's structure: for each page, the element that each mark belongs to."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.nums = pdf.Root.StructTreeRoot.ParentTree.Nums
        self.at = {int(self.nums[i]): i + 1 for i in range(0, len(self.nums), 2)}
        self.next = max(self.at) + 1

    def divide(self, page: pikepdf.Page, right: pikepdf.Dictionary, marks: set[int]) -> None:
        """Moves the marks of the right half, with their elements, to the right page."""
        place = self.at[int(page.obj.StructParents)]
        own = list(self.nums[place])
        right.StructParents = self.next
        self.nums.append(self.next)
        self.nums.append(pikepdf.Array([e if n in marks else None for n, e in enumerate(own)]))
        self.nums[place] = pikepdf.Array([None if n in marks else e for n, e in enumerate(own)])
        self.next += 1

    def element(self, key: int, mark: int) -> Any:
        """The structure element of a mark."""
        return self.nums[self.at[key]][mark]


def _cut(pdf: pikepdf.Pdf, page: pikepdf.Page, width: float, tree: _Tree) -> pikepdf.Page:
    """Leaves the left half on its page; the right one as a page of its own."""
    operations = list(pikepdf.parse_content_stream(page))
    halves = _halves(operations, width)
    right = pikepdf.Dictionary({key: value for key, value in page.obj.items() if key != "/Annots"})
    key = int(page.obj.StructParents)
    made = pdf.make_indirect(right)
    for mark, half in halves.items():
        if half:
            tree.element(key, mark).Pg = made
    tree.divide(page, made, {mark for mark, half in halves.items() if half})
    for target, half in ((page.obj, 0), (made, 1)):
        kept = pikepdf.unparse_content_stream(list(_kept(operations, halves, half)))
        shift = b"1 0 0 1 %.4f 0 cm\n" % -width if half else b""
        target.Contents = pdf.make_stream(shift + kept)
        for box in ("/MediaBox", "/TrimBox", "/BleedBox", "/CropBox"):
            if box in target:
                target[box] = pikepdf.Array([0, 0, width, target[box][3]])
    links = list(page.obj.get("/Annots", []))
    lefts = [link for link in links if float(link.Rect[0]) < width]
    others = [link for link in links if float(link.Rect[0]) >= width]
    if links:
        page.obj.Annots = pikepdf.Array(lefts)
        made.Annots = pikepdf.Array(others)
    for link in others:
        link.Rect = pikepdf.Array(
            [float(v) - width if n % 2 == 0 else v for n, v in enumerate(list(link.Rect))]
        )
        if "/StructParent" in link:
            _move_link(tree.nums[tree.at[int(link.StructParent)]], link, made)
    return pikepdf.Page(made)


def _move_link(element: Any, link: Any, page: Any) -> None:
    """Says in a link's structure element on which page its area now is."""
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    for kid in kids:
        if (
            isinstance(kid, pikepdf.Dictionary)
            and kid.get("/Type") == "/OBJR"
            and kid.Obj.objgen == link.objgen
        ):
            kid.Pg = page


def _halves(operations: Iterable[Any], width: float) -> dict[int, int]:
    """On which half each mark's content stands: 0 left, 1 right."""
    out: dict[int, int] = {}
    for _, mark, x in _shown(operations):
        if mark is not None:
            out.setdefault(mark, int(x >= width))
    return out


def _shown(operations: Iterable[Any]) -> Iterator[tuple[int, int | None, float]]:
    """What is shown: the operation's number, its mark, its horizontal place in points."""
    matrix: Matrix = IDENTITY
    text: Matrix = matrix
    saved: list[Matrix] = []
    marks: list[int | None] = []
    for number, operation in enumerate(operations):
        name, operands = str(operation.operator), operation.operands
        match name:
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                matrix = times(read_matrix(operands), matrix)
            case "BT":
                text = (1, 0, 0, 1, 0, 0)
            case "Tm":
                text = read_matrix(operands)
            case "BDC" | "BMC":
                found = (
                    operands[1].get("/MCID") if len(operands) > 1 and hasattr(operands[1], "get") else None
                )
                marks.append(None if found is None else int(found))
            case "EMC":
                marks.pop()
            case _ if name in SHOWING:
                place = matrix if name == "Do" else times(text, matrix)
                yield number, next((m for m in reversed(marks) if m is not None), None), place[4]


def _kept(operations: list[Any], halves: dict[int, int], half: int) -> Iterator[Any]:
    """The operations of one half: the other's marks and what they show are left out, colours and the like stay."""
    marks: list[int | None] = []
    for operation in operations:
        name = str(operation.operator)
        if name in ("BDC", "BMC"):
            operands = operation.operands
            found = operands[1].get("/MCID") if len(operands) > 1 and hasattr(operands[1], "get") else None
            mark = None if found is None else int(found)
            marks.append(mark)
            if mark is not None and halves.get(mark, 0) != half:
                continue
        elif name == "EMC":
            mark = marks.pop()
            if mark is not None and halves.get(mark, 0) != half:
                continue
        elif name in SHOWING and any(m is not None and halves.get(m, 0) != half for m in marks):
            continue
        yield operation


def _blank(pdf: pikepdf.Pdf, like: pikepdf.Page) -> pikepdf.Page:
    """A page with nothing on it, as large as another."""
    boxes = {key: like.obj[key] for key in ("/MediaBox", "/TrimBox", "/BleedBox") if key in like.obj}
    page = pikepdf.Dictionary(
        {"/Type": pikepdf.Name.Page, "/Resources": pikepdf.Dictionary(), "/Tabs": pikepdf.Name.S, **boxes}
    )
    page.Contents = pdf.make_stream(b"")
    return pikepdf.Page(pdf.make_indirect(page))


def _move_places(pdf: pikepdf.Pdf, rights: dict[Any, Any], width: float) -> None:
    """Bookmarks and named places on the right half of a sheet lead to its right page."""
    names = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if names is not None:
        for place in list(names.Names)[1::2]:
            _move(place, rights, width)
    if "/Outlines" in pdf.Root:
        for item in _outline(pdf.Root.Outlines):
            _move(item.get("/Dest"), rights, width)


def _outline(item: Any) -> Iterator[Any]:
    child = item.get("/First")
    while child is not None:
        yield child
        yield from _outline(child)
        child = child.get("/Next")


def _move(place: Any, rights: dict[Any, Any], width: float) -> None:
    if isinstance(place, pikepdf.Array) and len(place) >= 3 and float(place[2]) >= width:
        page: Any = place[0]
        if page.objgen in rights:
            place[0] = rights[page.objgen]
            place[2] = float(place[2]) - width
