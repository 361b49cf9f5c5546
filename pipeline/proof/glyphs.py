"""The glyphs of a finished PDF with their places, read from its content streams.

Comes in: a page of an open PDF. Goes out: each glyph's text, origin, advance and size in points from the page's
lower left corner, and the mark (MCID) that ties it to the structure tree. Text in other writing directions and
in form XObjects is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

import pikepdf

from pipeline.editions.matrix import IDENTITY, Matrix, read_matrix, times

ARTIFACT = -2  # the mark of what belongs to the page and not to the text
NO_GLYPH = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph as drawn: ``x`` is its origin, ``end`` where its own width ends (adjustments not counted)."""

    text: str
    x: float
    y: float
    end: float
    size: float
    font: str
    mark: int


@dataclass
class Font:
    """What a content stream needs of a font: widths in thousandths, texts, bytes per code."""

    name: str
    widths: dict[int, float]
    default: float
    texts: dict[int, str]
    length: int


@dataclass
class _State:
    """The text state while a stream is read, the fonts that the page names, and the glyphs so far."""

    fonts: Callable[[str], Font | None]
    glyphs: list[Glyph] = field(default_factory=list)
    matrix: Matrix = IDENTITY
    stack: list[Matrix] = field(default_factory=list)
    text: Matrix = IDENTITY
    line: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    rise: float = 0.0
    spacing: float = 0.0
    marks: list[int] = field(default_factory=list)
    actual: list[tuple[str, int] | None] = field(default_factory=list)  # of each mark, and its first glyph


def read_glyphs(page: pikepdf.Page, fonts: dict[Any, Font] | None = None) -> list[Glyph]:
    """All glyphs of a page in the order in which they are drawn. ``fonts`` keeps fonts between pages."""
    known = fonts if fonts is not None else {}
    table = page.get("/Resources", {}).get("/Font", {})
    state = _State(lambda name: _font(table, name, known))
    for operands, operator in pikepdf.parse_content_stream(page):
        _step(state, str(operator), operands)
    return state.glyphs


def _step(state: _State, operator: str, operands: Any) -> None:
    """Follows one operator (ISO 32000-1, annex A); those that draw no text are passed over."""
    match operator:
        case "TJ":
            _show(state, operands[0])
        case "Tj":
            _show(state, [operands[0]])
        case "Tf":
            state.font, state.size = state.fonts(str(operands[0])), float(operands[1])
        case "Ts":
            state.rise = float(operands[0])
        case "Tc":
            state.spacing = float(operands[0])
        case "BT" | "Tm" | "Td" | "TD" | "q" | "Q" | "cm":
            _move(state, operator, operands)
        case "BMC" | "BDC" | "EMC":
            _mark(state, operator, operands)


def _move(state: _State, operator: str, operands: Any) -> None:
    """Where the next glyph goes."""
    match operator:
        case "BT":
            state.text = state.line = IDENTITY
        case "Tm":
            state.text = state.line = read_matrix(operands)
        case "Td" | "TD":
            x, y = float(operands[0]), float(operands[1])
            state.text = state.line = times((1, 0, 0, 1, x, y), state.line)
        case "q":
            state.stack.append(state.matrix)
        case "Q":
            state.matrix = state.stack.pop() if state.stack else IDENTITY
        case "cm":
            state.matrix = times(read_matrix(operands), state.matrix)


def _mark(state: _State, operator: str, operands: Any) -> None:
    """Begins or ends marked content; at its end a text that stands for its glyphs takes their place."""
    if operator == "EMC":
        if state.marks:
            state.marks.pop()
            if actual := state.actual.pop():
                _share(*actual, state.glyphs)
        return
    properties = operands[1] if len(operands) > 1 else None
    said = properties if isinstance(properties, pikepdf.Dictionary) else pikepdf.Dictionary()
    mark, actual = said.get("/MCID"), said.get("/ActualText")
    state.marks.append(int(mark) if mark is not None else _above(state, str(operands[0])))
    state.actual.append(None if actual is None else (str(actual), len(state.glyphs)))


def _above(state: _State, tag: str) -> int:
    """The mark of content that has none of its own: that of the content around it."""
    if tag == "/Artifact":
        return ARTIFACT
    return state.marks[-1] if state.marks else -1


def _show(state: _State, parts: Any) -> None:
    """Draws strings one behind the other; a number between two moves the second back, in thousandths of the size."""
    font, size = state.font, state.size
    if font is None:
        return
    a, b, _, d, e, f = times(state.text, state.matrix)
    is_level = abs(b) < 1e-6
    mark = state.marks[-1] if state.marks else -1
    at = 0.0
    for part in parts:
        if not isinstance(part, pikepdf.String):
            at -= float(part) / 1000 * size
            continue
        content = bytes(part)
        for i in range(0, len(content), font.length):
            code = int.from_bytes(content[i : i + font.length], "big")
            width = font.widths.get(code, font.default) / 1000 * size
            if is_level:
                glyph = Glyph(
                    text=font.texts.get(code, NO_GLYPH),
                    x=e + at * a,
                    y=f + state.rise * abs(d),
                    end=e + (at + width) * a,
                    size=size * abs(a),
                    font=font.name,
                    mark=mark,
                )
                state.glyphs.append(glyph)
            at += width + state.spacing
    state.text = times((1, 0, 0, 1, at, 0), state.text)


def _share(text: str, start: int, out: list[Glyph]) -> None:
    """Gives the glyphs from ``start`` on the text that stands for them: one each, else all to the first."""
    drawn = out[start:]
    texts = text if len(text) == len(drawn) else [text, *[""] * (len(drawn) - 1)]
    out[start:] = [replace(glyph, text=own) for glyph, own in zip(drawn, texts, strict=False)]


def _font(table: Any, name: str, known: dict[Any, Font]) -> Font | None:
    source = table.get(name)
    if source is None:
        return None
    key = source.objgen
    if key not in known:
        known[key] = _read_font(source)
    return known[key]


def _read_font(source: Any) -> Font:
    widths: dict[int, float] = {}
    default, length = 1000.0, 1
    if source.get("/Subtype") == "/Type0":
        length = 2
        inner = source["/DescendantFonts"][0]
        default = float(inner.get("/DW", 1000))
        items = list(inner.get("/W", []))
        while items:
            first, second = int(items[0]), items[1]
            if isinstance(second, pikepdf.Array):
                widths.update({first + i: float(w) for i, w in enumerate(second)})
                items = items[2:]
            else:
                widths.update({code: float(items[2]) for code in range(first, int(second) + 1)})
                items = items[3:]
    else:
        first = int(source.get("/FirstChar", 0))
        widths = {first + i: float(w) for i, w in enumerate(source.get("/Widths", []))}
    texts = _texts(source["/ToUnicode"].read_bytes()) if "/ToUnicode" in source else {}
    return Font(str(source.get("/BaseFont", "/?"))[1:], widths, default, texts, length)


def _texts(cmap: bytes) -> dict[int, str]:
    """What codes mean, from a ToUnicode CMap (ISO 32000-1, 9.10.3)."""
    out: dict[int, str] = {}
    words = iter(
        cmap.replace(b"<", b" <").replace(b">", b"> ").replace(b"[", b" [ ").replace(b"]", b" ] ").split()
    )
    for word in words:
        if word == b"beginbfchar":
            for code in _until(b"endbfchar", words):
                out[_code(code)] = _unicode(next(words))
        elif word == b"beginbfrange":
            for begin in _until(b"endbfrange", words):
                out.update(_range_texts(_code(begin), _code(next(words)), words))
    return out


def _range_texts(first: int, last: int, words: Iterator[bytes]) -> dict[int, str]:
    """The texts of the codes ``first`` to ``last``: a list of them, or the first, whose last character the others count on from."""
    word = next(words)
    if word == b"[":
        texts = [_unicode(text) for text in _until(b"]", words)]
    else:
        text = _unicode(word)
        texts = [text[:-1] + chr(ord(text[-1]) + k) for k in range(last - first + 1)]
    return dict(zip(range(first, last + 1), texts, strict=False))


def _until(end: bytes, words: Iterator[bytes]) -> Iterator[bytes]:
    """The words before ``end``, which is passed over."""
    return takewhile(lambda word: word != end, words)


def _code(word: bytes) -> int:
    return int(word[1:-1], 16)


def _unicode(word: bytes) -> str:
    return bytes.fromhex(word[1:-1].decode("ascii")).decode("utf-16-be", "replace")
