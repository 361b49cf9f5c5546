"""A clean book as a page dump: pages of lines with heads, numbers, notes at the foot, and what extraction adds."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass, replace

from tests.soiler.book import Book, Call, Part
from tests.soiler.typeset import atoms, lines

COMPATIBLE = {
    unicodedata.normalize("NFC", c): c
    for c in map(chr, range(0xFAD9, 0xF8FF, -1))
    if unicodedata.normalize("NFC", c) != c
}
PRIVATE = str.maketrans({"着": "u", "裏": "G", "敍": "»", "衞": "k"})
WATERMARK = ["‧", "河", "", "海 大", "", "學", "‧", "", "R", "iv", "", "er  &  S", "ea U", "", "niv"]


@dataclass(frozen=True)
class Style:
    """How the pages were printed and what their extraction did."""

    measure: int = 34  # em
    height: int = 30  # lines a page
    gap: str = "\n\n"
    feed: bool = False  # form feeds; else their trace, a leading space
    untold: bool = False  # not even that
    indent: str = "  "  # before a paragraph; "" when the extraction lost it
    trailing: bool = True  # a paragraph's last line ends in a blank
    head: str = ""  # "", "own" or "merged"
    number: str = ""  # "", "foot"; with a head the number stands in it
    rule: bool = True  # a line of spaces before the notes of a page
    note_mark: str = "{n} "
    note_indent: str = ""
    quote_indent: str = "    "
    blank_around: bool = True  # a blank line around headings and quotations
    watermark: bool = False
    pull: bool = False
    compatible: float = 0.0  # share of the characters that have a compatibility twin
    private: bool = False
    circled: bool = False  # ①②③ instead of 1 2 3
    restart: bool = False  # numbering restarts on every page
    first_page: int = 1
    front: bool = False  # title and author at the head of the first page
    call: str = "{n}"  # how a call is printed: 12, [12], （12）
    torn: bool = False  # the extraction began a new line behind every call
    labels: str = ""  # labels of notes: "own" line, or the first of a page "behind" all notes
    smaller: int = 0  # em that a line of the notes, set smaller, holds more
    chapters: bool = False  # the odd pages' head is the chapter's title
    apart: bool = False  # a blank line between all paragraphs
    behind: bool = False  # the notes stand behind each chapter, numbered from 1 there
    kept: int = 0  # so many pages alone kept their head, behind empty lines; 0: all have it
    tops: bool = False  # a quotation without an indent may begin a page: a colon and a blank tell it


_CHAPTER = re.compile("第.{1,3}章")
HOLDER = 0xF0000  # a call until its page, and so its number, is known
BODY = 0x8000  # added to it: the mark of the note itself


@dataclass
class _Line:
    text: str
    labels: list[int]
    above: bool = False  # space above it
    heading: bool = False
    quote: bool = False  # the first line of a quotation


def fitted(book: Book, style: Style) -> Book:
    """The book as this style can tell its paragraphs apart: where the indents are lost, no paragraph ends
    with a full line (a person could not see it either)."""
    if style.indent:
        return book
    called = _holders(book)
    parts = []
    for part in book.parts:
        while part.kind == "paragraph" and _last_width(part, style, called) > 0.8 * style.measure:
            part = replace(part, runs=(*part.runs, "事情大抵如此，並無例外。"))
        parts.append(part)
    return replace(book, parts=tuple(parts))


def _last_width(part: Part, style: Style, called: dict[int, str]) -> float:
    last = _set(part, replace(style, trailing=False), called)[-1].text
    return sum(0.5 if c < "\u1100" else 1.0 for c in last)


def soil(book: Book, style: Style, rng: random.Random) -> str:
    """The dump of ``book`` in ``style``."""
    pages = _paginate(book, style, _holders(book))
    assert all(_can_be_read(page, style) for page in pages[1:])
    if len(pages) < 7 and not style.kept:  # a head that hardly recurs is no running head
        style = replace(style, head="")
    chapters = _chapters(pages)
    headed = set(range(1, len(pages))) if style.head else set()
    if style.kept:
        headed = set(rng.sample(sorted(headed), min(style.kept, len(headed) // 2)))
    printed = [
        _printed(page, number, book, style, rng, chapters[number], number in headed)
        for number, page in enumerate(pages)
    ]
    text = _numbered(_bound(printed, style, headed), pages, style)
    if style.private:
        text = text.translate(PRIVATE)
    if style.compatible:
        text = "".join(
            COMPATIBLE[c] if c in COMPATIBLE and rng.random() < style.compatible else c for c in text
        )
    return text


def _chapters(pages: list[_Page]) -> list[str]:
    """The heading that is open when each page begins."""
    out, last = [], ""
    for page in pages:
        out.append(last)
        last = next((line.text.strip() for line in reversed(page.body) if line.heading), last)
    return out


def _holders(book: Book) -> dict[int, str]:
    return {label: chr(HOLDER + label) for label in book.notes}


def _numbered(text: str, pages: list[_Page], style: Style) -> str:
    """The text with every call and mark as it was printed."""
    printed: dict[str, str] = {}
    number = 0
    for page in pages:
        number = number if style.behind else 0
        for line in page.body:
            number = 0 if line.heading and style.behind and _CHAPTER.match(line.text) else number
            for label in line.labels:
                number += 1
                mark = _mark(number if style.restart or style.behind else label, style)
                printed[chr(HOLDER + label)] = style.call.format(n=mark)
                printed[chr(HOLDER + BODY + label)] = mark
    return re.sub(f"[{chr(HOLDER)}-{chr(HOLDER + 0xFFFF)}]", lambda m: printed[m.group()], text)


def _mark(number: int, style: Style) -> str:
    if style.private and number > 9:
        return chr(ord("a") + number // 10) + chr(ord("k") + number % 10)
    if style.circled and number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


# --- pages


@dataclass
class _Page:
    body: list[_Line]
    notes: list[str]
    carried: int  # how many of the notes' lines belong to a note of the page before


def _body(book: Book, style: Style, called: dict[int, str]) -> list[_Line]:
    out: list[_Line] = []
    before = ""
    waiting: list[int] = []  # labels of the notes that stand behind the chapter
    for part in book.parts:
        if style.behind and part.kind == "heading" and part.level == 1:
            out += _list_of_notes(book, waiting, style)
            waiting = []
        waiting += [run.label for run in part.runs if isinstance(run, Call)]
        found = _set(part, style, called)
        around = part.kind != "paragraph" or before == "quote"
        if style.tops:  # the space stands around a quotation, not between its paragraphs
            around = "heading" in (part.kind, before) or (part.kind == "quote") != (before == "quote")
        found[0].above = bool(out) and (
            (style.blank_around and around) or (style.apart and part.kind == before == "paragraph")
        )
        out += found
        before = part.kind
    return out + (_list_of_notes(book, waiting, style) if style.behind else [])


def _list_of_notes(book: Book, labels: list[int], style: Style) -> list[_Line]:
    """The notes of a chapter behind it, below a line that says so."""
    end = " " * style.trailing
    texts = [line for label in labels for line in _note_lines(label, book.notes[label], style)]
    return (
        [_Line("註釋" + end, [], above=True, heading=True), *(_Line(text, []) for text in texts)]
        if labels
        else []
    )


def _set(part: Part, style: Style, called: dict[int, str]) -> list[_Line]:
    measure = float(style.measure)
    if part.kind == "heading":
        return [_Line(part.text + (" " if style.trailing else ""), [], heading=True)]
    if part.kind == "quote":
        narrow = measure - 3 - len(style.quote_indent) / 2
        set_lines = lines(atoms(part.runs, called), narrow, narrow)
        found = [_Line(style.quote_indent + text.strip(" "), labels) for text, labels in set_lines]
        found[0].quote = not style.tops
    else:
        set_lines = lines(atoms(part.runs, called), measure - 2 * (not part.resumes), measure)
        found = [_Line(text.strip(" "), labels) for text, labels in set_lines]
        found[0].text = style.indent * (not part.resumes) + found[0].text
    if style.trailing:
        found[-1].text += " "
    return found


def _note_lines(label: int, text: str, style: Style) -> list[str]:
    mark = style.note_indent + style.note_mark.format(n=chr(HOLDER + BODY + label))
    measure = style.measure + style.smaller
    set_lines = lines(atoms((text,), {}), measure - len(mark) / 2, measure)
    found = [line.strip(" ") for line, _ in set_lines]
    if style.labels:
        return [mark.strip(), *found]
    found[0] = mark + found[0]
    if style.trailing:
        found[-1] += " "
    return found


def _paginate(book: Book, style: Style, called: dict[int, str]) -> list[_Page]:
    waiting = _body(book, style, called)
    pages: list[_Page] = []
    carried: list[str] = []
    while waiting or carried:
        page = _Page([], carried[: style.height - 4], min(len(carried), style.height - 4))
        carried = carried[style.height - 4 :]
        while waiting and not carried:
            line = waiting[0]
            bodies = [
                _note_lines(n, book.notes[n], style)
                for n in line.labels
                if book.notes[n] and not style.behind
            ]
            room = style.height - len(page.body) - len(page.notes) - 1
            if room < (1 if bodies else 0) or (page.body and room <= 0):
                break
            page.body.append(waiting.pop(0))
            foot = [text for body in bodies for text in body]
            # Without a rule nothing would tell a note's continuation from the text: the page gets longer.
            fits = max(room, len(bodies[0]) if len(bodies) > 1 else 1) if style.rule else len(foot)
            page.notes += foot[:fits]
            carried = foot[fits:]
        while waiting and len(page.body) > 1 and page.body[-1].heading:  # no heading ends a page
            waiting.insert(0, page.body.pop())
        # A quotation without an indent is told by the space above it, and that is lost at the head of a page.
        lost = bool(waiting) and waiting[0].quote and not style.quote_indent and bool(page.body)
        if lost and len(page.body) > 2 and not page.body[-1].labels and not page.body[-2].heading:
            waiting.insert(0, page.body.pop())
        elif lost:  # the page is a line longer rather
            page.body.append(waiting.pop(0))
        pages.append(page)
    return pages


def _can_be_read(page: _Page, style: Style) -> bool:
    """Whether the page's layout has one reading: what tells a quotation, and a note that goes on, is on it."""
    quoted = bool(page.body) and page.body[0].quote and not style.quote_indent
    return not quoted and (style.rule or not page.carried)


# --- what stands on a page


def _printed(
    page: _Page, number: int, book: Book, style: Style, rng: random.Random, chapter: str, headed: bool
) -> list[str]:
    out: list[str] = []
    for line in page.body:
        if line.above and out:
            out.append(" " if style.gap == "\n\n" else "")
        out += _broken(line.text) if style.torn else [line.text]
    folio = style.first_page + number
    if style.front and not number:
        blank = [" " if style.gap == "\n\n" else ""]
        end = " " * style.trailing
        out = [book.title + end, *blank, book.author + end, *blank, *out]
    if headed:
        title = (chapter or book.title) if style.chapters and folio % 2 else book.title
        head = f"{folio} {title}" if folio % 2 == 0 else f"{title} {folio}"
        if style.head == "own":
            out.insert(0, head + " " * style.trailing)
        elif folio % 2 == 0 or style.kept:
            out[0] = f"{head} {out[0].lstrip(' ')}"
    if style.pull and number % 3 == 1:
        out += _pull_quote(page, rng)
    behind = _first_label(page) if style.labels == "behind" else None
    if behind is not None:
        page.notes.append(page.notes.pop(behind))
    if page.notes:
        if style.rule and page.carried:
            out.append(" " * 112)
            out += page.notes[: page.carried]
            if page.notes[page.carried :]:
                out += page.notes[page.carried :]
        else:
            out += [" " * 54] if style.rule else []
            out += page.notes
    if style.watermark:
        out += WATERMARK
    if style.number == "foot":
        out.append(f"{folio} ")
    return out


def _first_label(page: _Page) -> int | None:
    """The line of the first note's label on a page; ``None`` where the rest of a note stands above it."""
    if page.carried or not page.notes:
        return None
    return 0


def _broken(text: str) -> list[str]:
    """A line as extractors give it that begin a new one behind whatever stands higher."""
    parts = re.split(f"(?<=[{chr(HOLDER)}-{chr(HOLDER + BODY - 1)}])(?=.)", text)
    return [part for part in parts if part.strip()]


def _pull_quote(page: _Page, rng: random.Random) -> list[str]:
    """A narrow column that repeats a few sentences of the page, as a magazine sets it."""
    whole = "".join("\n" if line.above else line.text.strip() for line in page.body[1:-1])
    whole = re.sub(f"[{chr(HOLDER)}-{chr(HOLDER + 0xFFFF)}]", "", whole)
    sentences = [s for run in whole.split("\n") for s in re.findall("(?<=。)[^。A-Za-z「]{14,60}。", run)]
    if len(sentences) < 3:
        return []
    at = rng.randrange(len(sentences) - 2)
    text, width = "".join(sentences[at : at + rng.randint(3, 5)]), rng.randint(8, 10)
    return [line for line, _ in lines(atoms((text,), {}), width, width)]


def _bound(pages: list[list[str]], style: Style, headed: Set[int]) -> str:
    """The pages one after the other; a form feed, the space that it turned into, or nothing between them."""
    if style.untold:
        return "".join(style.gap.join(page) + "\n" for page in pages)
    if style.feed:
        return "".join(style.gap.join(page) + "\n\f" for page in pages)
    if style.kept:
        begins = ["\n\n\n\n" if number in headed else "\n " for number in range(1, len(pages))]
        return "".join(a + style.gap.join(b) for a, b in zip(["", *begins], pages, strict=True)) + "\n"
    return "\n ".join(style.gap.join(page) for page in pages) + "\n"


def random_style(rng: random.Random, private: bool = False) -> Style:
    """A style that a journal or a thesis could have."""
    gap = rng.choice(["\n\n", "\n\n", "\n"])
    style = Style(
        measure=rng.randint(28, 40),
        height=rng.randint(22, 34),
        gap=gap,
        feed=gap == "\n" or rng.random() < 0.4,
        indent=rng.choice(["  ", "\u3000\u3000", "    "]),
        trailing=rng.random() < 0.6,
        head=rng.choice(["", "own", "merged"]),
        number=rng.choice(["", "foot"]),
        rule=rng.random() < 0.7,
        note_mark=rng.choice(["{n} ", "{n} ", "{n}. "]),
        note_indent=rng.choice(["", "  "]),
        blank_around=rng.random() < 0.7,
        watermark=rng.random() < 0.2,
        pull=rng.random() < 0.2,
        compatible=rng.choice([0.0, 0.0, 0.7]),
        first_page=rng.randint(1, 180),
    )
    if private:
        style = replace(
            style, private=True, compatible=0.0, indent=rng.choice(["", "\u3000\u3000"]), trailing=False
        )
    if style.head:
        style = replace(style, number="")
    quote = {"    ": ["      ", "        "]}.get(style.indent, ["    ", "", "\u3000\u3000\u3000"])
    style = replace(style, quote_indent=rng.choice(quote))
    return style if style.quote_indent else replace(style, blank_around=True)
