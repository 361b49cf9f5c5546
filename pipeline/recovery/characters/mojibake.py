"""Text read in the wrong encoding: runs that only another reading turns into Chinese.

Three kinds: Big5, GBK or UTF-8 bytes read as Latin-1 or Windows-1252 (``ÖÐ¹ú``), single Latin letters of
that kind (``Ã©``, where ftfy is right), and glyph numbers of a Chinese font read as code points
(``ʕ਷ʮ̡``). A reading is accepted only on a clear score of everyday characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.han import COMMON

Hit = tuple[int, int, str]

# A high byte and any trail byte of Big5 or GBK, four characters at least.
_PAIRS = re.compile("(?:[\xa1-\xfe][\x40-\x7e\xa1-\xfe]){4,}")
_UTF8_RUN = re.compile(
    "(?:[\xe2-\xef][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2}){3,}"
)
_LATIN_TOKEN = re.compile(
    "[A-Za-z]*(?:Ã[\x80-\xbf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|â€[\x80-\xbf\u0152-\u0192\u02dc\u2013-\u203a\u20ac\u2122\x9d])[A-Za-z]*"
)
_CLEAR = 0.6  # share of everyday characters; real Chinese has 0.6 to 0.9, a wrong reading less than 0.2
# Blocks in which glyph numbers below 0x1000 land; a real text mixes no three of them within a word.
_BLOCKS = (
    (0x0250, 0x02AF), (0x02B0, 0x02FF), (0x0300, 0x036F), (0x0370, 0x03FF), (0x0530, 0x058F), (0x0590, 0x05FF),
    (0x0600, 0x06FF), (0x0700, 0x08FF), (0x0900, 0x0DFF), (0x0E00, 0x0FFF),
)  # fmt: skip
_ODD_RUN = re.compile("[\u0180-\u0fff\u1680-\u1fff]{4,}")


def find_misread(text: str) -> Iterator[Hit]:
    """Runs of Latin-1 characters that are Chinese in Big5, GBK or UTF-8."""
    for m in _PAIRS.finditer(text):
        if reading := _read_bytes(m.group().encode("latin-1")):
            yield m.start(), m.end(), reading
    for m in _UTF8_RUN.finditer(text):
        reading = _fixed(m.group())
        if reading != m.group() and _share(reading) >= _CLEAR:
            yield m.start(), m.end(), reading


def _read_bytes(content: bytes) -> str:
    found = []
    for encodings in (("cp950", "big5hkscs"), ("gb18030",)):  # the supplement only where it is needed
        for encoding in encodings:
            try:
                found.append(content.decode(encoding))
                break
            except UnicodeDecodeError:
                continue
    readings = sorted(((_share(reading), reading) for reading in found), reverse=True)
    if (
        not readings
        or readings[0][0] < _CLEAR
        or len(set(readings[0][1])) < 2 + len(readings[0][1]) // 8  # one letter again and again
        or (len(readings) > 1 and readings[1][0] > 0.5 * readings[0][0])
    ):
        return ""
    return readings[0][1]


def find_misread_latin(text: str) -> Iterator[Hit]:
    """Single accented letters and marks of UTF-8 read as Windows-1252: ``cafÃ©``."""
    for m in _LATIN_TOKEN.finditer(text):
        reading = _fixed(m.group())
        if reading != m.group() and len(reading) < len(m.group()) and reading not in text:
            yield m.start(), m.end(), reading


def _fixed(text: str) -> str:
    import ftfy  # 60 ms, and most texts never need it

    return ftfy.fix_encoding(text)


def _share(text: str) -> float:
    """The share of everyday characters."""
    return sum(c in COMMON for c in text) / len(text) if text else 0.0


def find_glyph_numbers(text: str) -> Iterator[Hit]:
    """Words of an impossible mixture of scripts: glyph numbers of Adobe-CNS1 read as code points."""
    for m in _ODD_RUN.finditer(text):
        blocks = {i for c in m.group() for i, (a, b) in enumerate(_BLOCKS) if a <= ord(c) <= b}
        if len(blocks - {1, 2}) < 2 or not blocks & {4, 5, 6, 7, 8, 9}:
            continue
        readings = sorted(
            ((_share(r), r) for r in (_read_glyphs(m.group(), offset) for offset in (0, -26))), reverse=True
        )
        best, other = readings
        yield m.start(), m.end(), best[1] if best[0] >= 0.5 and best[0] >= other[0] + 0.3 else ""


def _read_glyphs(run: str, offset: int) -> str:
    """The run as Adobe-CNS1, whose numbers 595 and 5996 begin Big5's two levels of Han characters.

    >>> _read_glyphs("\\u0295\\u0a37", 0)
    '中國'
    """
    out = []
    for c in run:
        number = ord(c) - offset
        first, lead = (595, 0xA4) if number < 5996 else (5996, 0xC9)
        row, cell = divmod(number - first, 157)
        trail = 0x40 + cell if cell < 63 else 0xA1 + cell - 63
        try:
            out.append(bytes([lead + row, trail]).decode("big5"))
        except (UnicodeDecodeError, ValueError):
            return ""
    return "".join(out)
