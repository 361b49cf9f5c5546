"""The master: a manuscript as the Pandoc Markdown that a person proofreads, corrects and keeps.

Comes in: a manuscript. Goes out: ``master.md`` with YAML metadata, one paragraph a line, a blank line
between blocks, and the notes at the end under the source's own labels. Nothing is refused: what Pandoc
would misread is escaped (``pipeline.document.markdown``). The dialect is described in docs/master.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from pipeline.document.manuscript import Block, BlockKind, Front, Manuscript, NoteBody
from pipeline.document.markdown import write_attribute, write_inline, write_label
from pipeline.document.traced import PieceKind, Traced

# Raw HTML and TeX never reach an edition (a source is not trusted); citations and example lists would turn
# e-mail addresses and «(@)» into something else, task lists «[ ]» into boxes; headings are no link targets by their text, or «[參見]»
# in a text would become a link. Line ends between Han characters are no spaces: a person may wrap lines.
MASTER_FORMAT = (
    "markdown-smart+east_asian_line_breaks"
    "-raw_html-raw_tex-raw_attribute-latex_macros-markdown_in_html_blocks-native_divs-native_spans"
    "-citations-example_lists-task_lists-implicit_header_references"
)
MISSING_NOTE = "原註闕"
BREAK = "* * *"
DEEPER = "    "  # before a line of a lower level: as wide as a Han character

_PRINTABLE = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_PLAIN_SCALAR = re.compile(r"[A-Za-z]{2,}(?:-[A-Za-z0-9]+)+")
_ORDERED = re.compile(r"([0-9]{1,9})\.")


def write_master(manuscript: Manuscript, missing_note: str = MISSING_NOTE) -> str:
    """The master of a manuscript. A call whose body the source lacks gets ``missing_note`` as its body.

    A passthrough manuscript is its own master, byte for byte.
    """
    if manuscript.passthrough:
        return manuscript.source_text
    parts = [
        _metadata(manuscript),
        *_write_blocks(manuscript.blocks),
        *_write_notes(manuscript, missing_note),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def write_text(manuscript: Manuscript) -> str:
    """The manuscript's blocks alone, without metadata and notes."""
    return "\n\n".join(part for part in _write_blocks(manuscript.blocks) if part)


# --- metadata


def _metadata(manuscript: Manuscript) -> str:
    own, *others = manuscript.fronts or (Front(manuscript.lang),)
    lines = ["---", *_front(own, "")]
    if manuscript.lang:
        lines.append(f"lang: {_scalar(manuscript.lang)}")
    if manuscript.form:
        lines.append(f"form: {_scalar(manuscript.form)}")
    if others:
        lines.append("translations:")
        for front in others:
            lines.append(f"- lang: {_scalar(front.lang)}")
            lines.extend(_front(front, "  "))
    lines.append("---")
    return "\n".join(lines)


def _front(front: Front, indent: str) -> Iterator[str]:
    if front.title:
        yield f"{indent}title: {_scalar(write_inline(front.title))}"
    if front.subtitle:
        yield f"{indent}subtitle: {_scalar(write_inline(front.subtitle))}"
    yield from _list("author", front.authors, indent)
    if len(front.affiliation) == 1:
        yield f"{indent}affiliation: {_scalar(write_inline(front.affiliation[0]))}"
    else:
        yield from _list("affiliation", front.affiliation, indent)
    if front.abstract:
        yield f"{indent}abstract: |"
        for number, paragraph in enumerate(front.abstract):
            if number:
                yield ""
            for line in _yaml_safe(write_inline(paragraph)).split("\n"):
                yield f"{indent}  {line}"
    yield from _list("keywords", front.keywords, indent)
    yield from _list("masthead", front.masthead, indent)


def _list(key: str, values: Sequence[Traced], indent: str) -> Iterator[str]:
    if values:
        yield f"{indent}{key}:"
        for value in values:
            yield f"{indent}- {_scalar(write_inline(value))}"


def _scalar(text: str) -> str:
    """A YAML string. Single quotes, because text must not turn into a number, a date or a map."""
    if _PLAIN_SCALAR.fullmatch(text):
        return text
    return "'" + _yaml_safe(text).replace("\\\n", " ").replace("'", "''") + "'"


def _yaml_safe(text: str) -> str:
    """YAML allows no control characters: they are left out of the metadata."""
    return "\n".join(_PRINTABLE.sub("", line) for line in text.split("\n"))


# --- blocks


def _write_blocks(blocks: Sequence[Block]) -> Iterator[str]:
    """Each block, or run of blocks that Markdown sees as one, as a part without blank lines around it."""
    for lang, run in groupby(blocks, key=lambda b: b.lang):
        if lang is None:
            yield from _write_runs(list(run))
        else:
            inner = "\n\n".join(_write_runs(list(run)))
            yield f"::: {{lang={write_attribute(lang)}}}\n{inner}\n:::" if inner else ""


def _write_runs(blocks: Sequence[Block]) -> Iterator[str]:
    for kind, group in groupby(blocks, key=lambda b: b.kind):
        run = list(group)
        match kind:
            case BlockKind.QUOTE:
                lines = [f"> {_indent(write_inline(b.content), '> ')}" for b in run]
                yield "\n>\n".join(line for line in lines if line != "> ")
            case BlockKind.ITEM:
                yield from _write_items(run)
            case BlockKind.LINE:
                yield "\n".join(f"| {DEEPER * b.level}{_line(b.content)}".rstrip() for b in run)
            case _:
                yield from (_write_block(b) for b in run)


def _line(text: Traced) -> str:
    return write_inline(text, start=False).replace("\\\n", " ")


def _write_block(block: Block) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return _write_heading(block)
        case BlockKind.TABLE:
            return _write_table(block)
        case BlockKind.FIGURE:
            target = (
                block.marker if re.fullmatch(r"[^\s()<>\\]+", block.marker) else f"<{_angle(block.marker)}>"
            )
            return f"![{_line(block.content)}]({target})"
        case BlockKind.RAW:
            return block.content.text.strip("\n")
        case BlockKind.BREAK:
            return BREAK
        case _:
            return write_inline(block.content)


def _angle(target: str) -> str:
    return re.sub(r"[\s<>\\]", lambda m: f"%{ord(m.group()):02X}" if ord(m.group()) < 128 else "", target)


def _write_heading(block: Block) -> str:
    text = write_inline(block.content, start=False).replace("\\\n", " ")
    text = re.sub(r"(#+)$", lambda m: "\\" + "\\".join(m.group()), text)  # closing marks of a heading
    if text.endswith("}"):
        text += " {}"  # or Pandoc takes a span's attributes for the heading's
    return f"{'#' * min(6, max(1, block.level))} {text}" if text else ""


def _write_items(items: Sequence[Block]) -> Iterator[str]:
    """Lists; level 0 is the outermost. A number that does not follow the one before is parted from it by
    an empty division, or Pandoc would renumber it."""
    lines: list[str] = []
    columns: list[int] = []  # where the text of the open item of each level begins
    last: list[str] = []  # its marker
    for item in items:
        marker = _marker(item.marker)
        if marker is None:  # no list mark of Markdown: it stays text
            yield "\n".join(lines)
            lines, columns, last = [], [], []
            yield write_inline(Traced.kept(item.marker + " ", 0) + item.content)
            continue
        level = min(max(0, item.level), len(columns))
        column = columns[level - 1] if level else 0
        if level < len(last) and not _follows(last[level], marker):
            lines += ["", f"{' ' * column}::: {{}}", f"{' ' * column}:::", ""]
        columns[level:] = [column + len(marker) + 1]
        last[level:] = [marker]
        text = _indent(write_inline(item.content), " " * columns[-1])
        lines.append(f"{' ' * column}{marker} {text}".rstrip())
    yield "\n".join(lines)


def _marker(marker: str) -> str | None:
    marker = unicodedata.normalize("NFKC", marker.strip()) or "-"
    return "-" if marker in "-*+•·" else marker if _ORDERED.fullmatch(marker) else None


def _follows(before: str, marker: str) -> bool:
    if "-" in (before, marker):
        return before == marker
    return int(marker[:-1]) == int(before[:-1]) + 1


def _indent(text: str, indent: str) -> str:
    """The lines after the first, indented."""
    return text.replace("\n", "\n" + indent)


def _write_table(block: Block) -> str:
    width = max((len(row) for row in block.rows), default=0)
    if not width:
        return ""
    rows = [[*row, *[Traced()] * (width - len(row))] for row in block.rows]
    head, *body = [
        [write_inline(c, start=False, cell=True).replace("\\\n", " ") for c in row] for row in rows
    ]
    lines = [_row(head), "|" + "|".join(["---"] * width) + "|", *map(_row, body)]
    caption = write_inline(block.content, start=False).replace("\\\n", " ")
    return "\n".join(lines) + (f"\n\n: {caption}" if caption else "")


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


# --- notes


def _write_notes(manuscript: Manuscript, missing_note: str) -> Iterator[str]:
    written = set()
    for note in manuscript.notes:
        written.add(note.label)
        yield write_note(note, missing_note)
    for label in _called(manuscript):
        if label not in written:
            written.add(label)
            yield write_note(NoteBody(label, (), missing=True), missing_note)


def _called(manuscript: Manuscript) -> Iterator[str]:
    return (p.text for t in manuscript.texts() for p in t.pieces if p.kind is PieceKind.CALL and p.text)


def write_note(note: NoteBody, missing_note: str) -> str:
    """A note's body as it stands at the end of a master."""
    parts = [part for part in _write_blocks(note.blocks) if part]
    if note.missing or not parts:
        parts = [f"[{missing_note}]{{.missing}}", *parts]
    body = "\n\n".join(parts).replace("\n", "\n    ")
    return f"[^{write_label(note.label)}]: " + re.sub(r"(?m)^[ ]+$", "", body)
