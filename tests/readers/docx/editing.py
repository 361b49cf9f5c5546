"""What an editor does in Word with a file that Fanjian made, generated; and what a diff of the masters then may show.

Each edit changes a file's trees as Word does, and returns what its judge wants to know, or nothing where the
text has no place for it. A judge looks at both masters: whether they differ in what was edited, and in nothing else.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from pipeline.document import word
from tests.readers.docx.edits import (
    AUTHOR,
    DOCUMENT,
    FOOTNOTES,
    NEW,
    Trees,
    han_places,
    retype,
    runs,
    split_run,
    text_of,
)
from tests.readers.docx.judges import (
    block_added,
    call_moved,
    emphasised,
    gone,
    inserted,
    joined,
    line_added,
    note_added,
    note_gone,
    parted,
    releveled,
    reordered,
    replaced,
    requoted,
)

RUNNING = ("BodyText", "FirstParagraph")
Element = etree._Element


@dataclass(frozen=True)
class Edit:
    """``make`` edits, ``judge`` tells whether the second master is the first one so edited."""

    make: Callable[[Trees, random.Random], str | None]
    judge: Callable[[str, str, str], bool]


# --- where


def body_of(trees: Trees) -> Element:
    """The text's body."""
    return word.find(trees[DOCUMENT], "w:body")[0]


def paragraphs(trees: Trees, *styles: str) -> list[Element]:
    """The body's own paragraphs of these styles that end no section and are in the text's own language."""
    return [
        p
        for p in word.find(body_of(trees), "w:p")
        if word.style_of(p) in styles
        and word.first(p, "w:pPr/w:sectPr") is None
        and word.first(p, "w:pPr/w:rPr/w:lang") is None
    ]


def headings(trees: Trees) -> list[Element]:
    """The headings, of whatever level."""
    return paragraphs(trees, *(f"Heading{n}" for n in range(1, 6)))


def inner(paragraph: Element) -> list[Element]:
    """What a paragraph holds beside its properties."""
    return [e for e in paragraph if word.local(e) != "pPr"]


def pieces(paragraph: Element) -> list[Element]:
    """The runs of a paragraph, and its formulas whole."""
    return [e for e in paragraph.iter() if word.local(e) == "oMath" or e.tag == word.qualified("w:r")]


def shown(paragraph: Element) -> str:
    """The text of a paragraph."""
    return "".join(t.text or "" for t in word.find(paragraph, ".//w:t"))


def plain_runs(paragraph: Element) -> list[Element]:
    """The runs of a paragraph's own that no style sets apart, long enough to be cut."""
    return [r for r in runs(paragraph.getparent()) if r.getparent() is paragraph and is_plain(r)]  # type: ignore[arg-type]


def is_plain(run: Element) -> bool:
    """Whether a run of more than one Han character has no style."""
    text = text_of(run).text or ""
    marks = {word.local(e) for e in word.find(run, "w:rPr/*")} - {"rFonts", "lang"}
    return not marks and "_" not in text and len(re.findall("[\u4e00-\u9fff]", text)) > 1


def goes_on(paragraph: Element) -> bool:
    """Whether the item that a paragraph begins goes on in the next one."""
    numbers = [
        word.value(word.first(p, "w:pPr/w:numPr/w:numId"))
        for p in (paragraph, paragraph.getnext())
        if p is not None
    ]
    return len(numbers) == 2 and "" not in numbers and numbers[0] != numbers[1]


def _choose(rng: random.Random, found: list[Element]) -> Element | None:
    return rng.choice(found) if found else None


# --- edits


def split(trees: Trees, rng: random.Random) -> str | None:
    """Enter, within a paragraph."""
    found = [r for p in paragraphs(trees, *RUNNING) for r in plain_runs(p)]
    run = _choose(rng, found)
    if run is None:
        return None
    second = split_run(run, rng.randrange(1, len(text_of(run).text or "")))
    paragraph = run.getparent()
    following = word.make("w:p", {}, copy.deepcopy(word.first(paragraph, "w:pPr")))  # type: ignore[arg-type]
    moved = [second, *second.itersiblings()]
    paragraph.addnext(following)  # type: ignore[union-attr]
    for e in moved:
        following.append(e)
    return shown(following)


def join(trees: Trees, rng: random.Random) -> str | None:
    """Delete, at the end of a paragraph."""
    pairs = [
        p
        for p in paragraphs(trees, *RUNNING)
        if p.getnext() is not None
        and p.getnext() in paragraphs(trees, *RUNNING)
        and shown(p)
        and shown(p.getnext())  # type: ignore[arg-type]
    ]
    first = _choose(rng, pairs)
    if first is None:
        return None
    second = first.getnext()
    for e in inner(second):  # type: ignore[arg-type]
        first.append(e)
    body_of(trees).remove(second)  # type: ignore[arg-type]
    return shown(first)


def _cut_and_target(trees: Trees, rng: random.Random) -> tuple[Element, Element] | None:
    found = [p for p in paragraphs(trees, *RUNNING) if shown(p)]
    targets = [*found, *headings(trees)]
    paragraph, target = _choose(rng, found), _choose(rng, targets)
    if paragraph is None or target is None or target in (paragraph, paragraph.getnext()):
        return None
    return paragraph, target


def move(trees: Trees, rng: random.Random) -> str | None:
    """Cut a paragraph, paste it before another."""
    chosen = _cut_and_target(trees, rng)
    if chosen is None:
        return None
    chosen[1].addprevious(chosen[0])
    return shown(chosen[0])


def track_move(trees: Trees, rng: random.Random) -> str | None:
    """The same with changes tracked: Word marks a move."""
    chosen = _cut_and_target(trees, rng)
    if chosen is None:
        return None
    old, target = chosen
    new = copy.deepcopy(old)
    for mark in [m for m in new.iter() if word.local(m).startswith("bookmark")]:
        mark.getparent().remove(mark)  # type: ignore[union-attr]
    target.addprevious(new)
    for paragraph, kind in ((old, "moveFrom"), (new, "moveTo")):
        properties = word.properties(word.properties(paragraph, "w:pPr"), "w:rPr")
        word.put(word.properties(paragraph, "w:pPr"), properties, word.PPR_ORDER)
        properties.insert(0, word.make(f"w:{kind}", {"w:id": "9200", **AUTHOR}))
        for run in pieces(paragraph):
            around = word.make(f"w:{kind}", {"w:id": "9201", **AUTHOR})
            run.addprevious(around)
            around.append(run)
        start = word.make(f"w:{kind}RangeStart", {"w:id": "9202", "w:name": "move1", **AUTHOR})
        paragraph.insert(1, start)
        paragraph.append(word.make(f"w:{kind}RangeEnd", {"w:id": "9202"}))
    return shown(new)


def relevel(trees: Trees, rng: random.Random) -> str | None:
    """Another level for a heading."""
    heading = _choose(rng, headings(trees))
    if heading is None:
        return None
    level = int(word.style_of(heading)[-1])
    style = word.first(heading, "w:pPr/w:pStyle")
    style.set(word.qualified("w:val"), f"Heading{level + 1 if level < 4 else level - 1}")  # type: ignore[union-attr]
    return shown(heading)


def drop_note(trees: Trees, rng: random.Random) -> str | None:
    """A note's call deleted, and with it the note."""
    call = _choose(rng, word.find(trees[DOCUMENT], ".//w:p/w:r[w:footnoteReference]"))
    if call is None:
        return None
    reference = word.first(call, "w:footnoteReference")
    notes = trees[FOOTNOTES]
    for note in word.find(notes, "w:footnote"):
        if word.value(note, "w:id") == word.value(reference, "w:id"):
            notes.remove(note)
    call.getparent().remove(call)  # type: ignore[union-attr]
    return "note"


def add_note(trees: Trees, rng: random.Random) -> str | None:
    """A new note, called within a paragraph."""
    found = [
        r for p in paragraphs(trees, *RUNNING, *(f"Heading{n}" for n in range(1, 6))) for r in plain_runs(p)
    ]
    run = _choose(rng, found)
    if run is None:
        return None
    split_run(run, rng.randrange(1, len(text_of(run).text or "")))
    style = word.make("w:rPr", {}, word.make("w:rStyle", {"w:val": "FootnoteReference"}))
    run.addnext(word.make("w:r", {}, style, word.make("w:footnoteReference", {"w:id": "777"})))
    mark = word.make("w:r", {}, copy.deepcopy(style), word.make("w:footnoteRef"))
    text = word.make("w:r", {}, word.make("w:t", {"xml:space": "preserve"}, f" {NEW}註。"))
    properties = word.make("w:pPr", {}, word.make("w:pStyle", {"w:val": "FootnoteText"}))
    trees[FOOTNOTES].append(
        word.make("w:footnote", {"w:id": "777"}, word.make("w:p", {}, properties, mark, text))
    )
    return f"{NEW}註。"


def move_call(trees: Trees, rng: random.Random) -> str | None:
    """A call cut and pasted elsewhere, its bookmark with it."""
    calls = word.find(trees[DOCUMENT], ".//w:p/w:r[w:footnoteReference]")
    call = _choose(rng, calls)
    found = [r for p in paragraphs(trees, *RUNNING) for r in plain_runs(p)]
    run = _choose(rng, found)
    if call is None or run is None:
        return None
    around = [e for e in (call.getprevious(), call, call.getnext()) if e is not None]
    around = [e for e in around if e is call or word.local(e).startswith("bookmark")]
    split_run(run, rng.randrange(1, len(text_of(run).text or "")))
    for e in reversed(around):
        run.addnext(e)
    return "call"


def retype_in(*wanted: str) -> Callable[[Trees, random.Random], str | None]:
    """One character retyped in a run or paragraph of these styles, or in a table's cell."""

    def edit(trees: Trees, rng: random.Random) -> str | None:
        found = []
        for _, run, at in han_places(trees):
            styles = {word.style_of(run.getparent()), word.value(word.first(run, "w:rPr/w:rStyle"))}  # type: ignore[arg-type]
            if any(word.local(a) == "tc" for a in run.iterancestors()):
                styles.add("cell")
            if styles & set(wanted):
                found.append((run, at))
        if not found:
            return None
        run, at = rng.choice(found)
        old = (text_of(run).text or "")[at]
        retype(run, at, NEW, tracked=rng.random() < 0.5)
        return old

    return edit


def add_row(trees: Trees, rng: random.Random) -> str | None:
    """A row more at a table's end or within it, tracked or not."""
    rows = [
        r
        for r in word.find(trees[DOCUMENT], ".//w:tbl/w:tr")
        if r.getprevious() is not None and word.local(r.getprevious()) == "tr"
    ]  # type: ignore[arg-type]
    row = _choose(rng, rows)
    if row is None:
        return None
    new = word.make("w:tr")
    for cell in word.find(row, "w:tc"):
        properties = word.first(cell, "w:tcPr")
        style = word.make("w:pPr", {}, word.make("w:pStyle", {"w:val": "TableText"}))
        paragraph = word.make("w:p", {}, style, word.make("w:r", {}, word.make("w:t", {}, f"{NEW}格")))
        new.append(
            word.make("w:tc", {}, *([copy.deepcopy(properties)] if properties is not None else []), paragraph)
        )
    if rng.random() < 0.5:
        new.insert(0, word.make("w:trPr", {}, word.make("w:ins", {"w:id": "9300", **AUTHOR})))
    row.addnext(new)
    return f"{NEW}格"


def paste(
    properties: str, run_properties: str, text: str = f"{NEW}文貼來。"
) -> Callable[[Trees, random.Random], str | None]:
    """A paragraph of another document, with what that document says of it."""
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def edit(trees: Trees, rng: random.Random) -> str | None:
        target = _choose(rng, [*paragraphs(trees, *RUNNING), *headings(trees)])
        if target is None:
            return None
        xml = f"<w:p {names}><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run_properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
        target.addprevious(etree.fromstring(xml))
        return text

    return edit


FORMATTED = (
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="微軟正黑體" w:cs="Arial" w:hint="eastAsia"/><w:color w:val="333333"/>'
    '<w:kern w:val="0"/><w:sz w:val="27"/><w:szCs w:val="27"/><w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/><w:lang w:val="en-US"/>'
)


def paste_words(trees: Trees, rng: random.Random) -> str | None:
    """Words of another document within a paragraph, in their own fonts."""
    run = _choose(rng, [r for r in runs(trees[DOCUMENT]) if is_plain(r)])
    if run is None:
        return None
    split_run(run, rng.randrange(1, len(text_of(run).text or "")))
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    run.addnext(etree.fromstring(f"<w:r {names}><w:rPr>{FORMATTED}</w:rPr><w:t>{NEW}貼</w:t></w:r>"))
    return f"{NEW}貼"


def add_paragraph_of(style: str, tracked: bool) -> Callable[[Trees, random.Random], str | None]:
    """A new paragraph of this style before one of running text, or behind one of its own."""

    def edit(trees: Trees, rng: random.Random) -> str | None:
        target = _choose(
            rng,
            [*paragraphs(trees, *RUNNING), *headings(trees)]
            if style in RUNNING
            else [p for p in paragraphs(trees, style) if not goes_on(p)],
        )
        if target is None:
            return None
        properties = word.make("w:pPr", {}, word.make("w:pStyle", {"w:val": style}))
        if style not in RUNNING:
            properties = copy.deepcopy(word.first(target, "w:pPr"))  # type: ignore[arg-type]
        run = word.make("w:r", {}, word.make("w:t", {}, f"{NEW}新。"))
        if tracked:
            word.put(
                properties,
                word.make("w:rPr", {}, word.make("w:ins", {"w:id": "9400", **AUTHOR})),
                word.PPR_ORDER,
            )
            run = word.make("w:ins", {"w:id": "9401", **AUTHOR}, run)
        made = word.make("w:p", {}, properties, run)
        target.addprevious(made) if style in RUNNING else target.addnext(made)
        return f"{NEW}新。"

    return edit


def delete_tracked(paragraph: Element) -> None:
    """Marks a paragraph, all of it and its end, as deleted."""
    properties = word.properties(paragraph, "w:pPr")
    word.put(
        properties, word.make("w:rPr", {}, word.make("w:del", {"w:id": "9500", **AUTHOR})), word.PPR_ORDER
    )
    for run in pieces(paragraph):
        around = word.make("w:del", {"w:id": "9501", **AUTHOR})
        run.addprevious(around)
        around.append(run)
        for text in word.find(run, "w:t"):
            text.tag = word.qualified("w:delText")


def drop_paragraph(tracked: bool) -> Callable[[Trees, random.Random], str | None]:
    """A paragraph without notes, or a heading, taken out."""

    def edit(trees: Trees, rng: random.Random) -> str | None:
        found = [
            p
            for p in [*paragraphs(trees, *RUNNING), *headings(trees)]
            if shown(p) and not word.find(p, ".//w:footnoteReference")
        ]
        paragraph = _choose(rng, found)
        if paragraph is None:
            return None
        said = shown(paragraph)
        if not tracked:
            body_of(trees).remove(paragraph)
            return said
        delete_tracked(paragraph)
        return said

    return edit


def emphasise(trees: Trees, rng: random.Random) -> str | None:
    """A word made emphatic, by style or by hand."""
    run = _choose(rng, [r for p in paragraphs(trees, *RUNNING) for r in plain_runs(p)])
    if run is None:
        return None
    text = text_of(run).text or ""
    places = [n for n, c in enumerate(text) if "\u4e00" <= c <= "\u9fff"]
    at = rng.choice(places)
    split_run(run, at + 1) if at + 1 < len(text) else None
    middle = split_run(run, at) if at else run
    properties = word.properties(middle, "w:rPr")
    if rng.random() < 0.5:
        word.put(properties, word.make("w:rStyle", {"w:val": "HanEmphasis"}), word.RPR_ORDER)
    else:
        word.put(properties, word.make("w:em", {"w:val": "dot"}), word.RPR_ORDER)
    return text[at]


def quote(trees: Trees, rng: random.Random) -> str | None:
    """A paragraph made a quotation."""
    paragraph = _choose(rng, [p for p in paragraphs(trees, *RUNNING) if shown(p)])
    if paragraph is None:
        return None
    word.first(paragraph, "w:pPr/w:pStyle").set(word.qualified("w:val"), "BlockText")  # type: ignore[union-attr]
    return shown(paragraph)


EMPHATIC = ("Emphasis", "HanEmphasis", "Strong", "StrongEmphasis", "StrongHanEmphasis")
NORMAL = '<w:pStyle w:val="Normal"/>'
EDITS = {
    "split": Edit(split, parted),
    "join": Edit(join, joined),
    "move": Edit(move, reordered),
    "move, tracked": Edit(track_move, reordered),
    "level": Edit(relevel, releveled),
    "note taken out": Edit(drop_note, note_gone),
    "note added": Edit(add_note, note_added),
    "call moved": Edit(move_call, call_moved),
    "word in emphasis": Edit(retype_in(*EMPHATIC), replaced),
    "cell": Edit(retype_in("cell"), replaced),
    "row added": Edit(add_row, line_added),
    "caption": Edit(retype_in("Caption"), replaced),
    "verse": Edit(retype_in("Verse", "QuotedVerse"), replaced),
    "item": Edit(retype_in("ListParagraph"), replaced),
    "front matter": Edit(retype_in("Title", "Author"), replaced),
    "pasted, Normal": Edit(paste(NORMAL, ""), block_added),
    "pasted, no style": Edit(paste("", FORMATTED), block_added),
    "pasted, List Paragraph": Edit(paste('<w:pStyle w:val="ListParagraph"/>', ""), block_added),
    "pasted, with an indent": Edit(
        paste(
            '<w:spacing w:before="100" w:after="100" w:line="360" w:lineRule="auto"/><w:ind w:firstLine="480" w:firstLineChars="200"/><w:jc w:val="left"/>',
            FORMATTED,
        ),
        block_added,
    ),
    "pasted words": Edit(paste_words, inserted),
    "paragraph added": Edit(add_paragraph_of("BodyText", False), block_added),
    "paragraph added, tracked": Edit(add_paragraph_of("BodyText", True), block_added),
    "item added": Edit(add_paragraph_of("ListParagraph", False), block_added),
    "quotation goes on": Edit(add_paragraph_of("BlockText", False), block_added),
    "paragraph taken out": Edit(drop_paragraph(False), gone),
    "paragraph taken out, tracked": Edit(drop_paragraph(True), gone),
    "emphasis": Edit(emphasise, emphasised),
    "quoted": Edit(quote, requoted),
}
